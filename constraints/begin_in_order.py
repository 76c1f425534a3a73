from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from operator import itemgetter
from typing import Annotated, ClassVar

from pydantic import Field

from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.full_days import so_far
from constraints.members import named, unknown_sessions
from constraints.of_parts import LawOfParts
from constraints.pairs import in_words, one_at_most
from constraints.rule import Breach, Model, Variable, keys_in_order


class BeginInOrder(LawOfParts):
    """Some parts begin in the order in which they are named: the first session of each ends before the next ones begin.

    What comes after the first session of a part is not looked at. A name that stands for several parts says nothing of
    the order of these.

    Formula: for each part p of a name and each part q of a later name, end(first session of p) ≤ start(first session
    of q). Unit: pairs of parts in the wrong order. Boundary: a start in the very minute of the end is in order.
    Source: Precedence in the timetabling competition ITC 2019; a lecture before its seminars.

    Example:
        [[laws.begin_in_order]]
        parts = ["scenario.virtual-class", "memoire.tutorat"]
    """

    name: ClassVar[str] = "begin_in_order"

    parts: Annotated[Names, Field(description="modules or parts with live sessions, in the order in which they begin")]

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, a single one, or two that stand for the same part."""
        yield from unknown_sessions(programme, self.parts)
        if len(self.parts) == 1:
            yield say("{name} is one name; name two or more, in order", name=self.parts)
        parts = [part for some in self._named(programme) for part in some]
        for part in dict.fromkeys(part for part in parts if parts.count(part) > 1):
            yield say("{name} is named twice; name it once", name=part.key)

    def post(self, programme: Programme, model: Model) -> None:
        """Where a first session is taken, nothing that is to follow has begun before it ends."""
        begins = {part: _Begins(model, part) for some in self._named(programme) for part in some}
        for one, other in self._pairs(programme):
            firsts = ((begins[other].begun_before(end), *first) for end, *first in begins[one].firsts())
            one_at_most(
                model,
                [
                    [*((1, variable) for variable in (*taken, *begun)), *((-1, each) for each in earlier)]
                    for begun, taken, earlier in firsts
                    if begun
                ],
            )

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Compares the first sessions of each two parts."""
        for pair in self._pairs(programme):
            one, other = pair
            for first, then in product(timetable.of(one.key)[:1], timetable.of(other.key)[:1]):
                if then.span.start < first.span.end:
                    message = say(
                        "{second} begins {then}, before the first session of {first} {when} is over",
                        **in_words(programme, pair, (first.span, then.span)),
                    )
                    keys = keys_in_order(programme, [part.key for part in pair])
                    yield Breach(self.name, message, activities=keys, monday=then.span.week)

    def _named(self, programme: Programme) -> list[list[Part]]:
        """The parts of each name, in the order of the names."""
        return [named(programme.parts.values(), (name,)) for name in self.parts]

    def _pairs(self, programme: Programme) -> Iterator[tuple[Part, Part]]:
        """Each two parts of which the one has to begin first."""
        for some, others in combinations(self._named(programme), 2):
            yield from product(some, others)


class _Begins:
    """When the first session of a part may stand: for a part that meets regularly, the first one of each way."""

    def __init__(self, model: Model, part: Part) -> None:
        ways = model.ways(part.key)
        firsts = [(part.ways[number].spans[0], variable) for number, variable in ways.items()]
        choices = firsts or [*model.choices(part.key).items()]
        self._ends = _by_moment((span.end, variable) for span, variable in choices)
        self._starts = _by_moment((span.start, variable) for span, variable in choices)
        self._ended = so_far(model, f"{part.key} ended", self._ends.values())
        self._begun = so_far(model, f"{part.key} begun", self._starts.values())

    def firsts(self) -> Iterator[tuple[int, Sequence[Variable], Sequence[Variable]]]:
        """Each end of a session, with what may end then and a literal for what has ended before, if anything may."""
        for number, (end, ending) in enumerate(self._ends.items()):
            yield end, ending, self._ended[:number][-1:]

    def begun_before(self, moment: int) -> Sequence[Variable]:
        """A literal for what has begun before a moment, if anything may."""
        return self._begun[: bisect_left([*self._starts], moment)][-1:]


def _by_moment(choices: Iterable[tuple[int, Variable]]) -> dict[int, list[Variable]]:
    found: dict[int, list[Variable]] = defaultdict(list)
    for moment, variable in sorted(choices, key=itemgetter(0)):
        found[moment].append(variable)
    return found
