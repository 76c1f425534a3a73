from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby, pairwise
from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from calendars.clock import monday_of
from calendars.faults import fault_error, with_nearest
from calendars.loads import Workload, workloads
from calendars.naming import name_of, name_of_groups, when_of
from calendars.programme import Part, Programme, Work
from calendars.programme_file import SessionKind
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say, say_count
from constraints.complete import needed
from constraints.room import Room, Starts
from constraints.rule import Breach, Model, Rule, Term, keys_in_order

_Near = tuple[Message, Sequence[Placement]]
"""What is wrong with some sessions, and these sessions in order of time."""


class Spread(Rule):
    """The live sessions of a module lie apart: few in a week, days between neighbours, few in any run of days.

    Each module is looked at by itself, for each person alone: sessions that nobody has together do not meet. Sessions
    inside blocks are left out, because the block decides their days.

    Formula: for each ISO week Σ sessions ≤ `sessions_per_week`; for each run of `days_apart` calendar days Σ sessions
    ≤ 1; for each run of `in_days` calendar days Σ sessions ≤ `at_most`.
    Boundary: exactly the limits are allowed. `days_apart` counts from start day to start day: 1 is not on one day, 2
    not on days in a row. Source: all programmes, for instance at most 3 exams in any 5 days.

    Example:
        [[laws.spread]]
        modules = ["scenario"]
        kinds = ["virtual-class"]
        sessions_per_week = 1
    """

    name: ClassVar[str] = "spread"
    asks: ClassVar[bool] = False

    modules: Annotated[tuple[str, ...] | None, Field(description="modules, each by itself; all where not given")] = None
    kinds: Annotated[tuple[SessionKind, ...] | None, Field(description="kinds of session; all where not given")] = None
    sessions_per_week: Annotated[int | None, Field(ge=1, description="most sessions in an ISO week")] = None
    days_apart: Annotated[int | None, Field(ge=1, le=366, description="least days from start to start")] = None
    at_most: Annotated[int | None, Field(ge=1, description="most sessions in any run of in_days days")] = None
    in_days: Annotated[int | None, Field(ge=1, le=366, description="days of the run for at_most")] = None

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if (self.at_most is None) != (self.in_days is None):
            raise fault_error(say("at_most and in_days need each other; add the other one"))
        if self.sessions_per_week is None and self.days_apart is None and self.at_most is None:
            raise fault_error(say("no limit is given; add sessions_per_week, days_apart, or at_most with in_days"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Unknown modules."""
        for module in self.modules or ():
            if module not in programme.module_titles:
                yield with_nearest(say("there is no module {name}", name=module), module, programme.module_titles)

    def rooms(self, programme: Programme, starts: Starts) -> Iterator[Room]:
        """So many of the longest sessions in each week, for each module and person."""
        for load in self._loads(programme):
            if self.sessions_per_week is not None and load.activities:
                longest = self.sessions_per_week * max(part.minutes for part in load.activities)
                concerned = name_of_groups(programme, {part.group for part in load.activities})
                keys = tuple(part.key for part in load.activities)
                yield Room(concerned, keys, starts.weeks(keys, longest))

    def post(self, programme: Programme, model: Model) -> None:
        """One sum for each week and each run of days that could hold too many sessions."""
        for load in self._loads(programme):
            sessions: dict[date, list[Term]] = defaultdict(list)
            for part in load.activities:
                for span, variable in model.choices(part.key).items():
                    sessions[span.day].append((1, variable))
            for most, days in self._bounds(sorted(sessions)):
                if sum(needed(part) for part in load.activities) > most:
                    model.at_most(most, [term for day in days for term in sessions[day]])

    def _bounds(self, days: Sequence[date]) -> Iterator[tuple[int, Sequence[date]]]:
        """Each set of days that belongs together, with the most sessions that it may hold."""
        if self.sessions_per_week is not None:
            for _, week in groupby(days, monday_of):
                yield self.sessions_per_week, tuple(week)
        if self.days_apart is not None:
            for run in _runs(days, self.days_apart):
                yield 1, run
        if self.at_most is not None and self.in_days is not None:
            for run in _runs(days, self.in_days):
                yield self.at_most, run

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Walks along the sessions of each module and person; what several people share is told once."""
        found: dict[Message, Breach] = {}
        for load in self._loads(programme):
            keys = {part.key for part in load.activities}
            sessions = [placement for placement in timetable.placements if placement.activity in keys]
            for message, near in (
                *self._full_weeks(programme, sessions),
                *self._near_neighbours(programme, sessions),
                *self._full_runs(programme, sessions),
            ):
                activities = keys_in_order(programme, [session.activity for session in near])
                monday = near[0].span.week
                found.setdefault(message, Breach(self.name, message, activities=activities, monday=monday))
        yield from found.values()

    def _full_weeks(self, programme: Programme, sessions: Sequence[Placement]) -> Iterator[_Near]:
        for monday, every in groupby(sessions, lambda session: session.span.week):
            week = tuple(every)
            if self.sessions_per_week is not None and len(week) > self.sessions_per_week:
                message = say_count(
                    "“{module}” has {planned} sessions in the week of {monday}; at most {count} is allowed",
                    "“{module}” has {planned} sessions in the week of {monday}; at most {count} are allowed",
                    self.sessions_per_week,
                    module=_module_of(programme, sessions[0]),
                    planned=len(week),
                    monday=monday,
                )
                yield message, week

    def _near_neighbours(self, programme: Programme, sessions: Sequence[Placement]) -> Iterator[_Near]:
        for earlier, later in pairwise(sessions):
            days = (later.span.day - earlier.span.day).days
            if self.days_apart is not None and days < self.days_apart:
                message = say(
                    "{later} is too near to {earlier}: days apart {days}, at least {least}",
                    later=_session(programme, later),
                    earlier=_session(programme, earlier),
                    days=days,
                    least=self.days_apart,
                )
                yield message, (earlier, later)

    def _full_runs(self, programme: Programme, sessions: Sequence[Placement]) -> Iterator[_Near]:
        if self.at_most is None or self.in_days is None:
            return
        last_told = 0
        for n, session in enumerate(sessions):
            after = session.span.day + timedelta(days=self.in_days)
            run = [other for other in sessions[n:] if other.span.day < after]
            if len(run) > self.at_most and n + len(run) > last_told:
                last_told = n + len(run)
                message = say_count(
                    "“{module}” has {planned} sessions from {first} to {last}; at most {count} is allowed in {days}",
                    "“{module}” has {planned} sessions from {first} to {last}; at most {count} are allowed in {days}",
                    self.at_most,
                    module=_module_of(programme, session),
                    planned=len(run),
                    first=run[0].span.day,
                    last=run[-1].span.day,
                    days=say_count("{count} day", "{count} days", self.in_days),
                )
                yield message, run

    def _loads(self, programme: Programme) -> Iterator[Workload]:
        for module in programme.module_titles if self.modules is None else self.modules:
            yield from workloads(programme, partial(self._counts, module))

    def _counts(self, module: str, activity: Part | Work) -> bool:
        return (
            isinstance(activity, Part)
            and activity.module == module
            and (self.kinds is None or activity.kind in self.kinds)
            and not activity.blocks
        )


def _runs(days: Sequence[date], length: int) -> Iterator[Sequence[date]]:
    """The days within each run of `length` calendar days, but for runs that hold no day more than one before."""
    reached = 0
    for n, day in enumerate(days):
        after = bisect_left(days, day + timedelta(days=length))
        if after > reached:
            yield days[n:after]
            reached = after


def _module_of(programme: Programme, session: Placement) -> str:
    return programme.module_titles[programme.parts[session.activity].module]


def _session(programme: Programme, session: Placement) -> Message:
    part = programme.parts[session.activity]
    return say("{name} {when}", name=name_of(programme, part), when=when_of(part, session.span))
