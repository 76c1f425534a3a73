from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from calendars.naming import name_of
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.aspects import Aspect, FirstWeek, InPlace, Moments, Trainers
from constraints.members import named, unknown_sessions
from constraints.rule import BendingLaw, Breach, Model

ASPECTS: Mapping[str, Aspect[Any]] = {
    "first-week": FirstWeek(),
    "times": Moments(),
    "place": InPlace(),
    "trainers": Trainers(),
}
"""What sessions may have in common."""


class Alike(BendingLaw):
    """The sessions of some parts have the same times, the same place or the same trainers, or begin in the same week.

    A single part may be named too, for a place or trainers that stay the same. Sessions are at the same times where
    they begin and end together. Whoever or whatever the programme does not name for a part is not looked at.

    Formula: for each two parts, or for the only one, |V ∪ V'| ≤ max(k, k'), where V is what the sessions of a part
    have, and k what they have in any case: one first week, one place, as many times as sessions, as many trainers as
    give a session together.
    Unit: weeks, times, places or trainers above, for each two parts; where each has only one, pairs that differ.
    Boundary: what one of them has in any case is allowed. Source: bachelor of computer science (Angers), groups that
    sit the same exam; same room, same time and same attendees in the timetabling competition ITC 2019.

    Example:
        [[laws.alike]]
        parts = "scenario.virtual-class"
        same = "trainers"
    """

    name: ClassVar[str] = "alike"

    parts: Annotated[Names, Field(description="modules or parts with live sessions")]
    same: Annotated[Literal["first-week", "times", "place", "trainers"], Field(description="what they have in common")]

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, one part that cannot differ from itself, or parts that cannot be at the same times."""
        yield from unknown_sessions(programme, self.parts)
        parts = self._parts(programme)
        if len(parts) == 1 and self.same in ("first-week", "times"):
            yield say("{name} is one part; name two or more", name=self.parts)
        if self.same == "times" and len({(part.count, part.minutes) for part in parts}) > 1:
            yield say("{names} differ in number or length of their sessions; name parts that do not", names=self.parts)

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each two parts."""
        aspect, parts = self._aspect, self._parts(programme)
        choices = {part.key: aspect.choices(model, part) for part in parts}
        for pair in _pairs(parts):
            values = dict.fromkeys(value for part in pair for value in choices[part.key])
            used = []
            for value in values:
                unknowns = [choices[part.key][value] for part in pair if value in choices[part.key]]
                used.append(model.any_of(f"{pair[0].key} or {pair[-1].key} has {value}", unknowns))
            model.at_most(self._most(pair), [(1, literal) for literal in used])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts what each two parts have together."""
        parts = self._parts(programme)
        had = {part.key: self._aspect.had(part, timetable.of(part.key)) for part in parts}
        for pair in _pairs(parts):
            values = [*dict.fromkeys(value for part in pair for value in had[part.key])]
            if len(values) > self._most(pair):
                names = tuple(name_of(programme, part) for part in pair)
                yield Breach(
                    self.name,
                    self._aspect.words(programme, names, values),
                    len(values) - self._most(pair),
                    activities=tuple(part.key for part in pair),
                    trainers=tuple(key for key in programme.trainers if key in values and self.same == "trainers"),
                )

    @property
    def _aspect(self) -> Aspect[Any]:
        return ASPECTS[self.same]

    def _most(self, pair: Sequence[Part]) -> int:
        return max(self._aspect.least(part) for part in pair)

    def _parts(self, programme: Programme) -> list[Part]:
        return named(programme.parts.values(), self.parts)


def _pairs(parts: Sequence[Part]) -> list[tuple[Part, ...]]:
    """Each two of some parts; the only one by itself."""
    return [*combinations(parts, 2)] or [(part,) for part in parts]
