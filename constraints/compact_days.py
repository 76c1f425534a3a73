from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from calendars.clock import monday_of
from calendars.loads import Workload, titles_of, unknown_names, workloads
from calendars.programme import Part, Programme
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say
from constraints.duties import Duty
from constraints.full_days import DayCosts, idle_steps
from constraints.rule import Breach, Model, Preference, keys_in_order


class CompactDays(Preference):
    """The people of a group come on site on few days, and wait little between the sessions of such a day.

    Each enrolment that contains the group is looked at as a whole; enrolments with the same sessions count once.
    Waiting is counted in steps of the grid of starts, which a session could fill; a virtual session fills none.

    Formula: for each enrolment `points_per_day` · (Σ open(day) - 1) + Σ idle(step), where a step is idle if a session
    of that day has ended by its start, another starts at its end or later, and none takes a minute of it. Unit: points.
    Boundary: one day costs nothing, nor does what a gap has beside its whole steps, nor a step that touches lunch.
    Source: custom; working days and compact curricula in the timetabling competitions (ITC 2007, track 3).

    Example:
        [preferences.compact_days]
        group = "promotion"
        points_per_day = 8
    """

    name: ClassVar[str] = "compact_days"

    group: str = Field(description="group whose days are counted, in every enrolment that contains it")
    points_per_day: int = Field(8, ge=1, le=100, description="points of a day on site; a step of waiting is one point")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown group."""
        yield from unknown_names(programme, self.group, ())

    def post(self, programme: Programme, model: Model) -> None:
        """Charges the days and the waiting of each enrolment."""
        costs = DayCosts(programme, model, self.points_per_day)
        for load in self._loads(programme):
            costs.charge(f"{self.group} on site", [Duty(part.key) for part in load.activities])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the days of each enrolment, and walks along the steps of each day."""
        for load in self._loads(programme):
            groups = titles_of(programme, {self.group, *(part.group for part in load.activities)})
            days: dict[date, list[Placement]] = defaultdict(list)
            for part in load.activities:
                for placement in timetable.of(part.key):
                    days[placement.span.day].append(placement)
            if len(days) > 1:
                message = say("{days} days on site for {groups}", groups=groups, days=len(days))
                found = tuple(part.key for part in load.activities)
                yield Breach(self.name, message, self.points_per_day * (len(days) - 1), activities=found)
            for day, sessions in sorted(days.items()):
                if idle := idle_steps(programme, [session.span for session in sessions]):
                    waits = _waits(groups, timedelta(minutes=idle * programme.starts_every), day)
                    found = keys_in_order(programme, [session.activity for session in sessions])
                    yield Breach(self.name, waits, idle, activities=found, monday=monday_of(day))

    def _loads(self, programme: Programme) -> tuple[Workload, ...]:
        return workloads(programme, lambda one: isinstance(one, Part) and not programme.is_virtual(one), self.group)


def _waits(groups: Sequence[str], waiting: timedelta, day: date) -> Message:
    return say(
        "{length} of waiting between sessions on site on {day} for {groups}, lunch left out",
        groups=groups,
        length=waiting,
        day=day,
    )
