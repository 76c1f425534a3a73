from collections import defaultdict
from collections.abc import Iterator
from typing import Annotated, ClassVar

from pydantic import Field

from calendars.naming import name_of
from calendars.programme import Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say_count
from constraints.members import unknown_sessions
from constraints.of_parts import LawOfParts
from constraints.rule import Breach, Model, Variable


class FewWeekdays(LawOfParts):
    """Some parts together have sessions on few weekdays, counted over the whole programme.

    A session counts on the weekday on which it starts.

    Formula: Σ used(weekday) ≤ `weekdays`, where used is 1 if a session of any of the parts starts on that weekday in
    any week. Unit: weekdays above. Boundary: exactly `weekdays` are allowed. Source: MaxDays in the timetabling
    competition ITC 2019; a trainer who comes from far away.

    Example:
        [[laws.few_weekdays]]
        parts = ["scenario", "memoire"]
        weekdays = 2
    """

    name: ClassVar[str] = "few_weekdays"
    asks: ClassVar[bool] = False

    parts: Annotated[Names, Field(description="modules or parts with live sessions, counted together")]
    weekdays: Annotated[int, Field(ge=1, le=7, description="most weekdays with a session")]

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown names."""
        yield from unknown_sessions(programme, self.parts)

    def post(self, programme: Programme, model: Model) -> None:
        """A sum of one literal for each weekday."""
        weekdays: dict[int, list[Variable]] = defaultdict(list)
        for part in self._parts(programme):
            for span, variable in model.choices(part.key).items():
                weekdays[span.day.weekday()].append(variable)
        used = [model.any_of(f"{self.parts[0]} on weekday {day}", weekdays[day]) for day in sorted(weekdays)]
        model.at_most(self.weekdays, [(1, literal) for literal in used])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the weekdays of all the parts together."""
        sessions = {part: timetable.of(part.key) for part in self._parts(programme)}
        used = {placement.span.day.weekday() for placed in sessions.values() for placement in placed}
        if len(used) > self.weekdays:
            there = [part for part, placed in sessions.items() if placed]
            message = say_count(
                "{names} meet on {planned} different weekdays, at most {count} is allowed",
                "{names} meet on {planned} different weekdays, at most {count} are allowed",
                self.weekdays,
                names=tuple(name_of(programme, part) for part in there),
                planned=len(used),
            )
            keys = tuple(part.key for part in there)
            yield Breach(self.name, message, len(used) - self.weekdays, activities=keys)
