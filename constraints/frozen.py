from collections.abc import Iterator
from typing import ClassVar

from calendars.clock import Dates, Span, dates_of
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Part, Programme, Work
from calendars.timetable import Placement, Timetable
from calendars.wording import say
from constraints.rule import Breach, Forbids, Model, Origin, Rule
from constraints.stays import ask_to_stay, lost


class Frozen(Rule):
    """Outside what may change, everything stands as it stood, and nothing new does.

    What may change are the `activities` named, on the `dates` named; none named stands for all. A session keeps its
    trainers and its place too, and self-paced work its minutes of each week.

    Formula: outside, x = 1 for what stood, g = 1 for its choices g, and x = 0 for all else. Boundary: a session, block
    or week that lies in the dates with all its days may change, and nothing may move out of them. Source: custom.
    """

    name: ClassVar[str] = "frozen"
    origin: ClassVar[Origin] = "asked"
    bend: ClassVar[int | None] = None
    makes_up: ClassVar[bool] = True

    stood: tuple[Placement, ...]
    activities: frozenset[str] = frozenset()
    dates: tuple[Dates, ...] = ()

    def leaves_open(self, activity: str, span: Span) -> bool:
        """Whether an activity may be placed, or no longer placed, at a span."""
        days = dates_of(span)
        within = any(days.first in dates and days.last in dates for dates in self.dates)
        return (not self.activities or activity in self.activities) and (not self.dates or within)

    def forbids(self, programme: Programme, activity: Activity) -> Forbids:
        """Strikes what is new outside."""
        stood = {placement.span for placement in self._of(activity)}
        return lambda span: span not in stood and not self.leaves_open(activity.key, span)

    def post(self, programme: Programme, model: Model) -> None:
        """Asks for what stood outside, which may be missing."""
        for activity, before in self._outside(programme):
            if not isinstance(activity, Work):
                ask_to_stay(model, activity, before)
                continue
            there = model.choices(activity.key).get(before.span)
            steps = before.amount // activity.step
            model.at_least(steps, [] if there is None else [(1, there)])
            model.at_most(steps, [] if there is None else [(1, there)])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Looks for what stood outside, then for what is new there."""
        for activity, before in self._outside(programme):
            yield from self._lacking(programme, activity, before, timetable)
        for activity in programme.activities.values():
            forbids = self.forbids(programme, activity)
            for placement in timetable.of(activity.key):
                if forbids(placement.span):
                    told = {"name": name_of(programme, activity), "when": when_of(activity, placement.span)}
                    message = say("{name} is new {when}, outside what may change", **told)
                    yield Breach(self.name, message, activities=(activity.key,), monday=placement.span.week)

    def _lacking(
        self, programme: Programme, activity: Activity, before: Placement, timetable: Timetable
    ) -> Iterator[Breach]:
        there = [placement for placement in timetable.of(activity.key) if placement.span == before.span]
        told = {"name": name_of(programme, activity), "when": when_of(activity, before.span)}
        about, monday = (activity.key,), before.span.week
        if isinstance(activity, Work):
            missing = (before.amount - sum(placement.amount for placement in there)) // activity.step
            if missing:
                message = say("{name} has not the same minutes {when}, outside what may change", **told)
                yield Breach(self.name, message, abs(missing), lacks=missing > 0, activities=about, monday=monday)
            return
        if not there:
            message = say("{name} no longer stands {when}, outside what may change", **told)
            yield Breach(self.name, message, lacks=True, activities=about, monday=monday)
        gone = lost(activity, before, there) if isinstance(activity, Part) else []
        if gone:
            message = say("{name} {when} has not the same trainers or place, outside what may change", **told)
            trainers = tuple(key for key in before.trainers if key in gone)
            yield Breach(self.name, message, len(gone), lacks=True, activities=about, monday=monday, trainers=trainers)

    def _of(self, activity: Activity) -> list[Placement]:
        return [placement for placement in self.stood if placement.activity == activity.key]

    def _outside(self, programme: Programme) -> Iterator[tuple[Activity, Placement]]:
        for placement in self.stood:
            known = programme.activities.get(placement.activity)
            if known is not None and not self.leaves_open(placement.activity, placement.span):
                yield known, placement
