from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from calendars.faults import fault_error
from calendars.loads import (
    COUNTED,
    Counts,
    Workload,
    each_module,
    is_counted,
    teaching_weeks,
    unknown_names,
    weekly_reach,
    workloads,
)
from calendars.naming import name_of_groups
from calendars.programme import Part, Programme, Work
from calendars.timetable import Timetable, in_week, weekly_minutes
from calendars.wording import Message, say
from constraints.room import Room, Starts
from constraints.rule import BendingLaw, Breach, Model, weekly_terms

WeekHours = Annotated[float, Field(gt=0, le=168, multiple_of=0.25)]


class WeeklyLoad(BendingLaw):
    """A group has at least so many hours in each teaching week, and at most so many in every week.

    Each enrolment that contains the group is looked at as a whole. Teaching is live sessions and self-paced work that
    is not personal. A teaching week of an enrolment has a working day on which one of its live parts may lie.

    Formula: `at_least_hours` ≤ Σ hours(week) in teaching weeks, Σ hours(week) ≤ `at_most_hours` in all weeks, over the
    activities that count. Enrolments with the same activities count once. Unit: minutes above or below.
    With `each_module` the limits hold for each module by itself.
    Boundary: exactly the limits are allowed; a session counts in the week in which it starts.
    Source: IPM, 25 h of courses and 25 h of personal work a week; IPM at a distance and IFUNO, about 20 h.

    Example:
        [[laws.weekly_load]]
        group = "promotion"
        counts = "teaching"
        at_least_hours = 15
        at_most_hours = 25
    """

    name: ClassVar[str] = "weekly_load"

    group: Annotated[str, Field(description="group whose weeks are counted, in every enrolment that contains it")]
    counts: Annotated[
        Counts,
        Field(description="live sessions and presence-equivalent work, personal work, or both"),
    ] = "all"
    at_least_hours: Annotated[WeekHours | None, Field(description="least hours in a teaching week")] = None
    at_most_hours: Annotated[WeekHours | None, Field(description="most hours in any week")] = None
    modules_left_out: Annotated[tuple[str, ...], Field(description="modules that do not count")] = ()
    each_module: Annotated[bool, Field(description="each module by itself, instead of all together")] = False

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.at_least_hours is None and self.at_most_hours is None:
            raise fault_error(say("no limit is given; add at_least_hours or at_most_hours"))
        if self.at_least_hours and self.at_most_hours and self.at_least_hours > self.at_most_hours:
            raise fault_error(say("at_least_hours is above at_most_hours; lower it"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown group, or unknown modules."""
        yield from unknown_names(programme, self.group, self.modules_left_out)

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """The most of each week and the least of each teaching week, for each workload."""
        for load in self._loads(programme):
            concerned = name_of_groups(programme, {self.group, *(activity.group for activity in load.activities)})
            keys = tuple(activity.key for activity in load.activities)
            if self.at_most_hours is not None:
                yield Room(concerned, keys, starts.weeks(keys, _minutes(self.at_most_hours)))
            if self.at_least_hours is not None:
                taught = teaching_weeks(programme, load.groups)
                yield Room(concerned, keys, dict.fromkeys(taught, _minutes(self.at_least_hours)), least=True)

    def post(self, programme: Programme, model: Model) -> None:
        """For each workload one bound a teaching week for the least, one for each week that could go above the most."""
        for load in self._loads(programme):
            terms = weekly_terms(model, load.activities)
            if self.at_least_hours is not None:
                for monday in teaching_weeks(programme, load.groups):
                    model.at_least(_minutes(self.at_least_hours), terms.get(monday, ()))
            if self.at_most_hours is not None:
                most = _minutes(self.at_most_hours)
                for monday, reach in weekly_reach(load.activities, model.choices).items():
                    if reach > most:
                        model.at_most(most, terms[monday])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Adds up the weeks of each workload."""
        for load in self._loads(programme):
            planned = weekly_minutes(timetable, load.activities)
            if self.at_least_hours is not None:
                least = _minutes(self.at_least_hours)
                for monday in teaching_weeks(programme, load.groups):
                    if planned[monday] < least:
                        needs = say("at least {least} are needed", least=timedelta(minutes=least))
                        message = self._sentence(programme, load, monday, planned[monday], needs)
                        keys = tuple(activity.key for activity in load.activities)
                        yield Breach(self.name, message, least - planned[monday], activities=keys, monday=monday)
            if self.at_most_hours is not None:
                most = _minutes(self.at_most_hours)
                for monday, minutes in sorted(planned.items()):
                    if minutes > most:
                        allows = say("at most {most} are allowed", most=timedelta(minutes=most))
                        message = self._sentence(programme, load, monday, minutes, allows)
                        keys = in_week(timetable, load.activities, monday)
                        yield Breach(self.name, message, minutes - most, activities=keys, monday=monday)

    def _loads(self, programme: Programme) -> tuple[Workload, ...]:
        loads = workloads(programme, self._counts, self.group)
        return each_module(loads) if self.each_module else loads

    def _counts(self, activity: Part | Work) -> bool:
        return activity.module not in self.modules_left_out and is_counted(activity, self.counts)

    def _sentence(self, programme: Programme, load: Workload, monday: date, minutes: int, limit: Message) -> Message:
        return say(
            "{planned} of {work} in the week of {monday} for {groups}; {limit}",
            planned=timedelta(minutes=minutes),
            work=self._work(programme, load),
            monday=monday,
            groups=name_of_groups(programme, {self.group, *(activity.group for activity in load.activities)}),
            limit=limit,
        )

    def _work(self, programme: Programme, load: Workload) -> Message:
        if not self.each_module:
            return COUNTED[self.counts]
        title = programme.module_titles[load.activities[0].module]
        return say("{work} in “{module}”", work=COUNTED[self.counts], module=title)


def _minutes(hours: float) -> int:
    return round(hours * 60)
