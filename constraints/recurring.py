from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

from pydantic import Field

from calendars.faults import with_nearest
from calendars.naming import name_of
from calendars.programme import Programme
from calendars.programme_file import TwoDates
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count
from constraints.rule import BendingLaw, Breach, Model, Term


class Recurring(BendingLaw):
    """A part has a session every week, such as office hours: in each week with a working day of its group in its dates.

    There is one session for each of these weeks, so that none has two. With a weight there may be fewer sessions than
    weeks, or more. That they keep their weekday and hour is the preference `regular_slot`.

    Formula: for each ISO week with a working day of the part's group in the part's dates, and in `dates` where given,
    Σ sessions ≥ 1; sessions = weeks.
    Unit: weeks without a session. Boundary: one working day makes a week, be it the first or the last day of the dates;
    a session on a rest day of the week would do. Source: master IPM at a distance (Lille), half a day of live
    administration every week.

    Example:
        [laws.recurring]
        part = "memoire.permanence"
    """

    name: ClassVar[str] = "recurring"

    part: str = Field(description="part with live sessions: module.part")
    dates: TwoDates | None = Field(None, description="days whose weeks count; those of the part if left out")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown part, no week at all, or a number of sessions that is not that of the weeks."""
        if self.part not in programme.parts:
            fault = say("there is no part {name} with live sessions", name=self.part)
            yield with_nearest(fault, self.part, tuple(programme.parts))
            return
        part, weeks = programme.parts[self.part], len(self._weeks(programme))
        if weeks == 0:
            yield say("{part} has no week with a working day in these dates; move them", part=self.part)
        elif self.weight is None and not part.ways and part.count != weeks:
            yield say_count(
                "sessions of {part} is {sessions}, but it has {count} week with a working day; write {count}",
                "sessions of {part} is {sessions}, but it has {count} weeks with a working day; write {count}",
                weeks,
                part=self.part,
                sessions=part.count,
            )

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each week."""
        weeks: dict[date, list[Term]] = defaultdict(list)
        for span, variable in model.choices(self.part).items():
            weeks[span.week].append((1, variable))
        for monday in self._weeks(programme):
            model.at_least(1, weeks[monday])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks for the weeks without a session."""
        met = {placement.span.week for placement in timetable.of(self.part)}
        for monday in self._weeks(programme):
            if monday not in met:
                name = name_of(programme, programme.parts[self.part])
                message = say("{name} has no session in the week of {monday}", name=name, monday=monday)
                yield Breach(self.name, message, activities=(self.part,), monday=monday)

    def _weeks(self, programme: Programme) -> list[date]:
        part = programme.parts[self.part]
        dates = part.dates if self.dates is None else part.dates.meet(self.dates)
        return [
            monday
            for monday in dates.weeks()
            if any(day in dates for day in programme.working_days(part.group, monday))
        ]
