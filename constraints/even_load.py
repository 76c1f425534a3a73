from collections.abc import Iterator
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from calendars.loads import (
    COUNTED,
    Counts,
    Workload,
    is_counted,
    titles_of,
    unknown_names,
    weekly_reach,
    workloads,
)
from calendars.programme import Part, Programme, Work
from calendars.programme_file import TwoDates
from calendars.timetable import Timetable, in_week, weekly_minutes
from calendars.wording import Message, say
from constraints.rule import Breach, Model, Preference, weekly_terms


class EvenLoad(Preference):
    """The weeks of a group are alike: each has the target hours, give or take the tolerance.

    Each enrolment that contains the group is looked at as a whole; enrolments with the same activities count once.
    Teaching is live sessions and self-paced work that is not personal. Every week that has a day in `dates` counts,
    also one without a working day.

    Formula: for each workload and week, max(0, |Σ minutes - target| - tolerance).
    Unit: minutes. Boundary: exactly the tolerance above or below the target costs nothing; a session counts in the week
    in which it starts. Source: IPM at a distance, about 20 h of work a week, regular; IFUNO, about 20 h a week.

    Example:
        [preferences.even_load]
        group = "promotion"
        target_hours_per_week = 20
        tolerance_hours = 1
        level = 3
    """

    name: ClassVar[str] = "even_load"

    group: str = Field(description="group whose weeks are counted, in every enrolment that contains it")
    dates: TwoDates | None = Field(None, description="dates whose weeks count; those of the programme if left out")
    target_hours_per_week: float = Field(ge=0, le=168, multiple_of=0.25, description="hours that each week should have")
    tolerance_hours: float = Field(0, ge=0, le=168, multiple_of=0.25, description="hours above or below that are free")
    counts: Counts = Field("all", description="live sessions and presence-equivalent work, personal work, or both")
    modules_left_out: tuple[str, ...] = Field((), description="modules that do not count")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown group, or unknown modules."""
        yield from unknown_names(programme, self.group, self.modules_left_out)

    def post(self, programme: Programme, model: Model) -> None:
        """Two bounds for each workload and week: the least, and the most where the week could go above it."""
        for load in workloads(programme, self._counts, self.group):
            terms = weekly_terms(model, load.activities)
            reach = weekly_reach(load.activities, model.choices)
            for monday in self._weeks(programme):
                if reach[monday] > self._most:
                    model.at_most(self._most, terms[monday])
                model.at_least(self._least, terms.get(monday, ()))

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Adds up the weeks of each workload."""
        for load in workloads(programme, self._counts, self.group):
            minutes = weekly_minutes(timetable, load.activities)
            for monday in self._weeks(programme):
                excess = max(minutes[monday] - self._most, self._least - minutes[monday])
                if excess > 0:
                    message = self._departure(programme, load, monday, minutes[monday])
                    every = tuple(activity.key for activity in load.activities)
                    lacks = excess == self._least - minutes[monday]
                    found = every if lacks else in_week(timetable, load.activities, monday)
                    yield Breach(self.name, message, excess, activities=found, monday=monday)

    @property
    def _least(self) -> int:
        return max(0, round((self.target_hours_per_week - self.tolerance_hours) * 60))

    @property
    def _most(self) -> int:
        return round((self.target_hours_per_week + self.tolerance_hours) * 60)

    def _weeks(self, programme: Programme) -> Iterator[date]:
        return (self.dates or programme.dates).weeks()

    def _counts(self, activity: Part | Work) -> bool:
        return activity.module not in self.modules_left_out and is_counted(activity, self.counts)

    def _departure(self, programme: Programme, load: Workload, monday: date, minutes: int) -> Message:
        least, most = timedelta(minutes=self._least), timedelta(minutes=self._most)
        return say(
            "{planned} of {work} in the week of {monday} for {groups}; {target} should be planned",
            planned=timedelta(minutes=minutes),
            work=COUNTED[self.counts],
            monday=monday,
            groups=titles_of(programme, {self.group, *(activity.group for activity in load.activities)}),
            target=most if least == most else say("{least} to {most}", least=least, most=most),
        )
