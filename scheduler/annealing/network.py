"""Which unknowns of a model are options, and how all others follow from what is taken of them.

A part that takes so many of its options is a *group*. What is counted, united or paid for follows: where a model says
of an unknown only how small it may be, and whoever pays for it would have it as small as that, it is just that small.
So a timetable is known by the options that it takes, and a move changes few sums.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from itertools import chain

from scheduler.annealing.rows import Row, Said, Unreadable


@dataclass(frozen=True)
class Definition:
    """What an unknown is: the least (`sense` 1) or the greatest (-1) that keeps some rows, within bounds."""

    sense: int
    rows: tuple[Row, ...]
    least: int
    most: int


@dataclass(frozen=True)
class Network:
    """The groups of options, what follows from them, each after all that it follows from, and the laws: all other rows.

    What is neither an option nor follows stays as it is.
    """

    groups: Sequence[Sequence[int]]
    definitions: Mapping[int, Definition]
    laws: Sequence[Row]
    prices: Mapping[int, int]
    counts: Mapping[int, Sequence[int]]
    """What is the sum of some others, with these."""


def network_of(said: Said) -> Network:
    """The network of what a model says.

    Raises:
        Unreadable: where an option is of two groups, or what follows goes in a circle.
    """
    pairs, single = _pairs(said.rows)
    counts, others = _counts(said.equal)
    totals = [row for row in (*others, *pairs) if _is_total(row)]
    groups = [[*_options(row.terms, counts)] for row in totals]
    options = {option for group in groups for option in group}
    if len(options) < sum(map(len, groups)) or not options.isdisjoint(said.unions):
        raise Unreadable
    laws = [*single, *(each for row in others if not _is_total(row) for each in (row, row.negated()))]
    definitions = {
        **{index: _sum(index, terms, len(terms)) for index, terms in counts.items()},
        **{index: _sum(index, terms, 1) for index, terms in said.unions.items()},
    }
    laws += [Row({index: 1}, said.most[index]) for index in counts]
    free = set(range(len(said.least))) - options - definitions.keys()
    owned = _pressed(said, laws, free)
    definitions |= {
        index: Definition(sense, tuple(laws[number] for number in numbers), said.least[index], said.most[index])
        for index, (sense, numbers) in owned.items()
    }
    taken = {number for _, numbers in owned.values() for number in numbers}
    left = [row for number, row in enumerate(laws) if number not in taken]
    return Network(groups, _in_order(definitions), left, said.prices, counts)


def _pairs(rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """Sums that two rows hold at one value, and all other rows."""
    rows = list(rows)
    known = {(frozenset(row.terms.items()), row.limit): number for number, row in enumerate(rows)}
    paired = set[int]()
    pairs = []
    for number, row in enumerate(rows):
        if all(factor == 1 for factor in row.terms.values()):
            back = row.negated()
            other = known.get((frozenset(back.terms.items()), back.limit))
            if other is not None:
                paired |= {number, other}
                pairs.append(row)
    return pairs, [row for number, row in enumerate(rows) if number not in paired]


def _counts(equal: Iterable[Row]) -> tuple[dict[int, Sequence[int]], list[Row]]:
    """What is the sum of some others, once each, and all other equal sums."""
    found, left = dict[int, Sequence[int]](), list[Row]()
    for row in equal:
        whole = _whole(row)
        if whole is None or whole in found:
            left.append(row)
        else:
            found[whole] = [index for index in row.terms if index != whole]
    return found, left


def _whole(row: Row) -> int | None:
    """The one unknown that all others of a row add up to."""
    for sign in (1, -1):
        whole = [index for index, factor in row.terms.items() if factor == -sign]
        parts = [index for index, factor in row.terms.items() if factor == sign]
        if row.limit == 0 and len(whole) == 1 and len(parts) == len(row.terms) - 1 > 0:
            return whole[0]
    return None


def _is_total(row: Row) -> bool:
    return row.limit > 0 and all(factor == 1 for factor in row.terms.values())


def _options(terms: Iterable[int], counts: Mapping[int, Sequence[int]]) -> Iterator[int]:
    for index in terms:
        if index in counts:
            yield from _options(counts[index], counts)
        else:
            yield index


def _sum(index: int, terms: Iterable[int], most: int) -> Definition:
    return Definition(1, (Row({**dict.fromkeys(terms, 1), index: -1}, 0),), 0, most)


def _pressed(said: Said, laws: Sequence[Row], free: Collection[int]) -> dict[int, tuple[int, list[int]]]:
    """What a price or a limit presses down, what spares it, and what is idle, each with the rows that hold it."""
    holding = defaultdict[int, list[int]](list)
    for number, row in enumerate(laws):
        for index in row.terms:
            if index in free:
                holding[index].append(number)
    found = dict[int, tuple[int, list[int]]]()
    owned = set[int]()
    paid = ((index, 1 if price > 0 else -1) for index, price in said.prices.items() if index in free and price)
    limited = ((index, 1) for row in laws if min(row.terms.values()) > 0 for index in row.terms if index in free)
    idle = ((index, 1) for index in free if all(laws[number].terms[index] < 0 for number in holding[index]))
    for start in chain(paid, limited, idle):
        queue = [start]
        while queue:
            index, sense = queue.pop()
            if index in found:
                continue
            numbers = [each for each in holding[index] if laws[each].terms[index] * sense < 0 and each not in owned]
            owned.update(numbers)
            found[index] = sense, numbers
            for number in numbers:
                others = ((other, factor) for other, factor in laws[number].terms.items() if other != index)
                queue += [(other, 1 if factor > 0 else -1) for other, factor in others if other in free]
    return found


def _in_order(definitions: Mapping[int, Definition]) -> dict[int, Definition]:
    """Each after all that it follows from."""
    before = {
        index: {other for row in each.rows for other in row.terms if other in definitions and other != index}
        for index, each in definitions.items()
    }
    try:
        return {index: definitions[index] for index in TopologicalSorter(before).static_order()}
    except CycleError:
        raise Unreadable from None
