from collections.abc import Iterator
from datetime import timedelta
from typing import Annotated, ClassVar

from pydantic import Field

from calendars.loads import weekly_reach, workloads
from calendars.naming import name_of_groups
from calendars.programme import Part, Programme, Work
from calendars.timetable import Timetable, in_week, weekly_minutes
from calendars.wording import say
from constraints.room import Room, Starts
from constraints.rule import BendingLaw, Breach, Model, weekly_terms


class DistanceCap(BendingLaw):
    """A participant has at most so many minutes of distance work a week, over everything that they are enrolled in.

    Distance work is live sessions that are virtual and self-paced work, personal or not, together.

    Formula: for each enrolment and ISO week, Σ minutes of virtual sessions + Σ minutes of self-paced work ≤
    `minutes_per_week`. Enrolments with the same distance work count once. Unit: minutes above.
    Boundary: exactly `minutes_per_week` is allowed; a session counts in the week in which it starts.
    Source: m@gistère, distance work is limited to two hours a week.

    Example:
        [laws.distance_cap]
        minutes_per_week = 120
    """

    name: ClassVar[str] = "distance_cap"
    bend: ClassVar[int | None] = 2
    asks: ClassVar[bool] = False

    minutes_per_week: Annotated[int, Field(ge=0, le=10_080, description="most minutes of distance work a week")] = 120

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """The cap in each week for each workload."""
        for load in workloads(programme, lambda activity: _is_distance(programme, activity)):
            concerned = name_of_groups(programme, {activity.group for activity in load.activities})
            keys = tuple(activity.key for activity in load.activities)
            yield Room(concerned, keys, starts.weeks(keys, self.minutes_per_week))

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each workload and week that could break it."""
        for load in workloads(programme, lambda activity: _is_distance(programme, activity)):
            reach = weekly_reach(load.activities, model.choices)
            for monday, terms in weekly_terms(model, load.activities).items():
                if reach[monday] > self.minutes_per_week:
                    model.at_most(self.minutes_per_week, terms)

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Adds up the weeks of each workload."""
        for load in workloads(programme, lambda activity: _is_distance(programme, activity)):
            groups = {activity.group for activity in load.activities}
            for monday, minutes in sorted(weekly_minutes(timetable, load.activities).items()):
                if minutes > self.minutes_per_week:
                    message = say(
                        "{planned} of {work} in the week of {monday} for {groups}; {limit}",
                        planned=timedelta(minutes=minutes),
                        work=say("distance work"),
                        monday=monday,
                        groups=name_of_groups(programme, groups),
                        limit=say("at most {most} are allowed", most=timedelta(minutes=self.minutes_per_week)),
                    )
                    found = in_week(timetable, load.activities, monday)
                    yield Breach(self.name, message, minutes - self.minutes_per_week, activities=found, monday=monday)


def _is_distance(programme: Programme, activity: Part | Work) -> bool:
    return isinstance(activity, Work) or programme.is_virtual(activity)
