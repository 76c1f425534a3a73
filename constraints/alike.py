from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from calendars.naming import name_of
from calendars.programme import Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say
from constraints.aspects import NOUNS, Counted, FirstWeek, InPlace, Moments, Starts, Trainers
from constraints.members import unknown_sessions
from constraints.nested import nest, not_nested
from constraints.of_parts import LawOfParts
from constraints.of_spans import HOURS, WEEKDAYS, WEEKS, OfSpans
from constraints.rule import Breach, Model

COUNTED: Mapping[str, Counted[Any]] = {
    "first-week": FirstWeek(),
    "start": Starts(),
    "times": Moments(),
    "place": InPlace(),
    "trainers": Trainers(),
}
"""What sessions may have in common, a number of which they have in any case."""

NESTED: Mapping[str, OfSpans[Any]] = {"hours": HOURS, "weekdays": WEEKDAYS, "weeks": WEEKS}
"""What the sessions of a part may have more or less of."""


class Alike(LawOfParts):
    """The sessions of some parts have the same times, hours, weekdays or weeks, the same place or the same trainers.

    Or they begin in the same week. A single part may be named too, for a place, trainers or an hour to start at that
    stay the same. Sessions are at the same times where they begin and end together. Of two parts that do not have as
    many weekdays, weeks or hours of the day, those of the one are all among those of the other. Whoever or whatever the
    programme does not name for a part is not looked at.

    Formula: for each two parts, or for the only one, |V ∪ V'| ≤ max(k, k'), where V is what the sessions of a part
    have, and k what they have in any case: one first week, one hour to start at, one place, as many times as sessions,
    as many trainers as give a session together. For hours, weekdays and weeks, V ⊆ V' or V' ⊆ V.
    Unit: weeks, hours, times, places or trainers above, for each two parts; where each has only one, and for hours,
    weekdays and weeks, pairs that differ.
    Boundary: what one of them has in any case is allowed; a session may begin or end with another that it lies in.
    Source: bachelor of computer science (Angers), groups that sit the same exam; SameStart, SameTime, SameDays,
    SameWeeks and SameRoom in the timetabling competition ITC 2019.

    Example:
        [[laws.alike]]
        parts = "scenario.virtual-class"
        same = "trainers"
    """

    name: ClassVar[str] = "alike"

    same: Annotated[
        Literal["first-week", "start", "hours", "weekdays", "weeks", "times", "place", "trainers"],
        Field(description="what they have in common"),
    ]

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names, one part that cannot differ from itself, or parts that cannot be at the same times."""
        yield from unknown_sessions(programme, self.parts)
        parts = self._parts(programme)
        if len(parts) == 1 and self.same not in ("start", "place", "trainers"):
            yield say("{name} is one part; name two or more", name=self.parts)
        if self.same == "times" and len({(part.count, part.minutes) for part in parts}) > 1:
            yield say("{names} differ in number or length of their sessions; name parts that do not", names=self.parts)

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each two parts."""
        parts = self._parts(programme)
        if self.same in NESTED:
            nest(model, parts, NESTED[self.same])
            return
        aspect = COUNTED[self.same]
        choices = {part.key: aspect.choices(model, part) for part in parts}
        for pair in _pairs(parts):
            values = dict.fromkeys(value for part in pair for value in choices[part.key])
            used = []
            for value in values:
                unknowns = [choices[part.key][value] for part in pair if value in choices[part.key]]
                used.append(model.any_of(f"{pair[0].key} or {pair[-1].key} has {value}", unknowns))
            model.at_most(_most(aspect, pair), [(1, literal) for literal in used])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks at what each two parts have together."""
        parts = self._parts(programme)
        if self.same in NESTED:
            yield from not_nested(self.name, programme, parts, timetable, NESTED[self.same], NOUNS[self.same])
            return
        aspect = COUNTED[self.same]
        had = {part.key: aspect.had(part, timetable.of(part.key)) for part in parts}
        for pair in _pairs(parts):
            values = [*dict.fromkeys(value for part in pair for value in had[part.key])]
            if len(values) > _most(aspect, pair):
                names = tuple(name_of(programme, part) for part in pair)
                yield Breach(
                    self.name,
                    aspect.words(programme, names, values),
                    len(values) - _most(aspect, pair),
                    activities=tuple(part.key for part in pair),
                    trainers=tuple(key for key in programme.trainers if key in values and self.same == "trainers"),
                )


def _most(aspect: Counted[Any], pair: Sequence[Part]) -> int:
    return max(aspect.least(part) for part in pair)


def _pairs(parts: Sequence[Part]) -> list[tuple[Part, ...]]:
    """Each two of some parts; the only one by itself."""
    return [*combinations(parts, 2)] or [(part,) for part in parts]
