"""A network in arrays, as the walk needs it: who is in which sums, and which options are like which others."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scheduler.annealing.network import Network
from scheduler.annealing.rows import Row, Unreadable

Numbers = NDArray[np.int32]

_GREATEST, _ENDLESS = 1 << 30, (1 << 31) - 1
"""No sum may come near the end of what 32 bits hold, nor reach it."""


class Slot(NamedTuple):
    """Where an option stands: its time and its place, by numbers."""

    time: int
    place: int


class Layout(NamedTuple):
    """A network in arrays; ranges are half open.

    Attributes:
        unknowns: for each its range of entries, its price, its sense (0 where it does not follow), its range of
            definitions, and its bounds.
        entries: a row and the factor of the unknown in it.
        definitions: a row that defines an unknown, its limit, and the size of the factor of that unknown.
        rows: the sum, which the walk keeps; up to where and from where on it makes no difference how great the sum is;
            the unknown that the row defines, or -1 where it is a law, which is kept up to the first of the two.
        by_time, by_place: the options of each group in the order of their slots, or of their places.
        groups: for each group its range in both.
        options: for each option its group, the number of its slot, the range of those of its group at its time in
            `by_time`, and that of those in its place in `by_place`.
        guards: laws that let so many of their unknowns be 1, none more.
        guarded: for each option its range of guards.
        follows: all that follows, each after what it follows from.
    """

    unknowns: Numbers
    entries: Numbers
    definitions: Numbers
    rows: Numbers
    by_time: Numbers
    by_place: Numbers
    groups: Numbers
    options: Numbers
    guards: Numbers
    guarded: Numbers
    follows: Numbers


def layout_of(network: Network, number: int, slots: Mapping[int, Slot]) -> Layout:
    """The arrays of a network of so many unknowns; an option of which no slot is known stands by itself.

    Raises:
        Unreadable: where sums may be too great for them.
    """
    defined = [(row, index) for index, each in network.definitions.items() for row in each.rows]
    rows = [*((row, -1) for row in network.laws), *defined]
    _check(network, [row for row, _ in rows])
    entries, definitions = _members(rows, number)
    unknowns = np.zeros((number, 8), np.int32)
    unknowns[:, :2], unknowns[:, 4:6] = _ranges(entries), _ranges(definitions)
    unknowns[[*network.prices], 2] = [*network.prices.values()]
    for index, each in network.definitions.items():
        unknowns[index, [3, 6, 7]] = each.sense, each.least, each.most
    options = np.zeros((number, 6), np.int32)
    places = 1 + max((slot.place for slot in slots.values()), default=0)
    by_time = _sorted(network, options, 2, lambda option: _slot(slots, option))
    by_place = _sorted(network, options, 4, lambda option: _slot(slots, option)[::-1])
    for group, some in enumerate(by_time):
        options[some, 0] = group
        options[some, 1] = [
            slots[option].time * places + slots[option].place if option in slots else -1 for option in some
        ]
    guards = _guards(network, number)
    return Layout(
        unknowns,
        _table(entries, 2),
        _table(definitions, 3),
        _table([[(0, *_ends(row, target, network), target) for row, target in rows]], 4),
        np.array([*chain(*by_time)], np.int32),
        np.array([*chain(*by_place)], np.int32),
        _ranges(by_time),
        options,
        np.array([*chain(*guards)], np.int32),
        _ranges(guards),
        np.array([*network.definitions], np.int32),
    )


def _check(network: Network, rows: Sequence[Row]) -> None:
    sizes = (abs(row.limit) + sum(map(abs, row.terms.values())) for row in rows)
    if max([0, *sizes, *network.prices.values(), *(each.most for each in network.definitions.values())]) > _GREATEST:
        raise Unreadable


def _ends(row: Row, target: int, network: Network) -> tuple[int, int]:
    """Up to where and from where on it makes no difference to what a row says how great its sum is."""
    if target < 0:
        return row.limit, _ENDLESS
    defined, size = network.definitions[target], abs(row.terms[target])
    low, high = (defined.least, defined.most - 1) if defined.sense > 0 else (-defined.most, -defined.least - 1)
    return _within_bits(row.limit + low * size), _within_bits(row.limit + high * size + 1)


def _within_bits(number: int) -> int:
    return max(-_ENDLESS, min(number, _ENDLESS))


def _members(rows: Sequence[tuple[Row, int]], number: int) -> tuple[list[list[tuple[int, ...]]], ...]:
    """For each unknown the rows that it is in, with its factor, and those that define it, with limit and its size."""
    entries: list[list[tuple[int, ...]]] = [[] for _ in range(number)]
    definitions: list[list[tuple[int, ...]]] = [[] for _ in range(number)]
    for place, (row, target) in enumerate(rows):
        for index, factor in row.terms.items():
            if index == target:
                definitions[index].append((place, row.limit, abs(factor)))
            else:
                entries[index].append((place, factor))
    return entries, definitions


def _ranges(lists: Sequence[Sequence[object]]) -> Numbers:
    """Where each of some lists begins and ends when all are put together."""
    ends = np.cumsum([0, *map(len, lists)])
    return np.stack([ends[:-1], ends[1:]], 1).astype(np.int32)


def _table(lists: Sequence[Sequence[tuple[int, ...]]], columns: int) -> Numbers:
    return np.array([*chain(*lists)], np.int32).reshape(-1, columns)


def _slot(slots: Mapping[int, Slot], option: int) -> tuple[int, int]:
    """A slot, or one that no other option has."""
    return slots.get(option, Slot(-1 - option, -1 - option))


def _sorted(network: Network, options: Numbers, column: int, key: Callable[[int], tuple[int, int]]) -> list[list[int]]:
    """The options of each group in some order; the two columns have the range of those that begin alike."""
    found, begin = [], 0
    for group in network.groups:
        found.append(sorted(group, key=key))
        for _, some in groupby(found[-1], lambda option: key(option)[0]):
            alike = [*some]
            options[alike, column], options[alike, column + 1] = begin, begin + len(alike)
            begin += len(alike)
    return found


def _guards(network: Network, number: int) -> list[list[int]]:
    """For each option the laws of which it is a unit, or what counts it."""
    units = defaultdict[int, list[int]](list)
    for place, row in enumerate(network.laws):
        if all(factor == 1 for factor in row.terms.values()):
            for index in row.terms:
                units[index].append(place)
    wholes = defaultdict[int, list[int]](list)
    for whole, parts in network.counts.items():
        for part in parts:
            wholes[part].append(whole)

    def guards_of(index: int) -> Iterator[int]:
        yield from units[index]
        for whole in wholes[index]:
            yield from guards_of(whole)

    found: list[list[int]] = [[] for _ in range(number)]
    for option in chain(*network.groups):
        found[option] = sorted(set(guards_of(option)))
    return found
