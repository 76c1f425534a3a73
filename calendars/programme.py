"""A programme as the laws and the search read it: every default filled in, every reference resolved."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Literal

from calendars.clock import DAY, Dates, Span, dates_of, days_span, monday_of, start_of, week_dates
from calendars.days_off import DaysOff
from calendars.enrolments import Elective, Group, enrolments
from calendars.opening_hours import OpeningHours, local_span
from calendars.programme_file import WEEKDAYS, AnnouncedTable, BlockKind, FindingsTable, SessionKind, When


@dataclass(frozen=True)
class Trainer:
    """Somebody who gives sessions, by role."""

    key: str
    title: str
    cannot: tuple[When, ...] = ()
    prefers: tuple[When, ...] = ()


@dataclass(frozen=True)
class Place:
    """A room, a site or a virtual room; None where seats or sessions at once have no limit."""

    key: str
    title: str
    virtual: bool = False
    seats: int | None = None
    sessions_at_once: int | None = 1
    cannot: tuple[When, ...] = ()


@dataclass(frozen=True)
class Module:
    """A unit of teaching: its credits, where the file gives any, and the year of the path in which it is taken."""

    key: str
    title: str
    credits: float | None
    year: int


@dataclass(frozen=True)
class Part:
    """`count` live sessions of `minutes` each that differ in nothing but their dates.

    Each is given by `together` of the `trainers`, in one of the `places` where it has any.
    """

    key: str
    module: str
    title: str
    kind: SessionKind
    group: str
    trainers: tuple[str, ...]
    together: int
    places: tuple[str, ...]
    count: int
    minutes: int
    dates: Dates
    blocks: tuple[str, ...] = ()
    near: date | None = None

    @property
    def chooses_trainers(self) -> bool:
        """Whether more can give a session than need to."""
        return self.together < len(self.trainers)

    @property
    def chooses_place(self) -> bool:
        """Whether a session may stand in several places."""
        return len(self.places) > 1


@dataclass(frozen=True)
class Work:
    """Self-paced work of a module, planned by the week in steps of `step` minutes."""

    key: str
    module: str
    title: str
    group: str
    minutes: int
    step: int
    personal: bool
    in_holidays: bool
    dates: Dates
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A run of days whose first day is chosen; a milestone is a block of one day."""

    key: str
    title: str
    kind: BlockKind | Literal["milestone"]
    group: str
    dates: Dates
    days: int | None
    working_weeks: int | None = None
    near: date | None = None
    place: str | None = None


@dataclass(frozen=True)
class Internship:
    """`minutes` with a host, on whole host days of `minutes_per_day`."""

    key: str
    title: str
    group: str
    dates: Dates
    minutes: int
    minutes_per_day: int
    closures: tuple[Dates, ...] = ()
    credits: float | None = None


Activity = Part | Work | Block | Internship
"""Whatever is placed: it has a key, a title, a group and dates."""


@dataclass(frozen=True, eq=False)
class Programme:
    """Everything that is to be placed, and what the laws need to know of it. Keys are unique in each mapping.

    `shared_trainers` and `shared_places` are those that it has from its `site`, where other programmes have them too.
    """

    key: str
    title: str
    language: str
    time_zone: str
    dates: Dates
    starts_every: int
    working_week: frozenset[int]
    opening: OpeningHours
    days_off: DaysOff
    trainers: Mapping[str, Trainer]
    groups: Mapping[str, Group]
    electives: Mapping[str, Elective]
    places: Mapping[str, Place]
    parts: Mapping[str, Part]
    works: Mapping[str, Work]
    blocks: Mapping[str, Block]
    internships: Mapping[str, Internship]
    modules: Mapping[str, Module]
    announced: AnnouncedTable
    findings: FindingsTable
    site: str | None = None
    shared_trainers: frozenset[str] = frozenset()
    shared_places: frozenset[str] = frozenset()

    @cached_property
    def module_titles(self) -> Mapping[str, str]:
        """The title of each module."""
        return {key: module.title for key, module in self.modules.items()}

    @cached_property
    def enrolments(self) -> tuple[frozenset[str], ...]:
        """The maximal sets of groups that one person is, or may be, in."""
        return enrolments(self.groups, self.electives)

    @cached_property
    def _companions(self) -> dict[str, frozenset[str]]:
        return {key: frozenset().union(*(groups for groups in self.enrolments if key in groups)) for key in self.groups}

    def share_a_person(self, one: str, other: str) -> bool:
        """Whether somebody is, or may be, in both groups."""
        return other in self._companions[one]

    @cached_property
    def _rest_days(self) -> dict[str, frozenset[date]]:
        around = Dates(monday_of(self.dates.first), self.dates.last + timedelta(days=14))
        return {
            key: frozenset(
                day
                for day in around.days()
                if day.weekday() not in self.working_week or self.days_off.on(day, group.school_zones)
            )
            for key, group in self.groups.items()
        }

    def is_rest(self, group: str, day: date) -> bool:
        """Whether a day is no working day for a group: outside the working week, or off in any of its zones."""
        return day in self._rest_days[group]

    def working_days(self, group: str, monday: date) -> tuple[date, ...]:
        """The working days of a group in a week."""
        return tuple(day for day in week_dates(monday).days() if not self.is_rest(group, day))

    def live_parts(self, groups: Collection[str]) -> tuple[Part, ...]:
        """The parts with live sessions of any of these groups."""
        return tuple(part for part in self.parts.values() if part.group in groups)

    def works_of(self, groups: Collection[str]) -> tuple[Work, ...]:
        """The self-paced work of any of these groups."""
        return tuple(work for work in self.works.values() if work.group in groups)

    def local_spans(self, group: str, span: Span) -> tuple[Span, ...]:
        """A span of the programme's wall time on the clock of each time zone of a group."""
        return tuple(local_span(span, self.time_zone, zone) for zone in self.groups[group].time_zones)

    def is_virtual(self, part: Part) -> bool:
        """Whether a part needs nobody to travel."""
        if not part.places:
            return part.kind == "virtual-class"
        return self.places[part.places[0]].virtual

    @cached_property
    def activities(self) -> Mapping[str, Activity]:
        """All that is to be placed, by key."""
        return {**self.blocks, **self.parts, **self.works, **self.internships}

    def candidates(self, activity: Activity) -> Iterator[Span]:
        """Every place in time that an activity could take, lawful or not, in order of time.

        A session starts on the grid within the widest opening hours, on any day; a block on any day; host days are
        any days; self-paced work takes any week. The widest opening hours are those of the programme's own clock, for
        a group that lives only elsewhere those of any clock of the group.
        """
        match activity:
            case Part():
                zones = self.groups[activity.group].time_zones
                return iter(self._sessions(activity.minutes, () if self.time_zone in zones else zones))
            case Block():
                runs = (self.dates_of_block(activity, day) for day in self.dates.days())
                return (days_span(run) for run in runs if run is not None)
            case Internship():
                return (days_span(Dates(day, day)) for day in self.dates.days())
            case Work():
                return (days_span(week_dates(monday)) for monday in self.dates.weeks())

    @cached_property
    def _sessions(self) -> Callable[[int, tuple[str, ...]], tuple[Span, ...]]:
        """The candidates of sessions by their length in minutes, and by the zones of a group that lives only elsewhere.

        Parts alike share them.
        """
        first, last = self.opening.hull

        def of_length(minutes: int, far: tuple[str, ...]) -> tuple[Span, ...]:
            if not far:
                return tuple(self._daily(minutes, range(first, last - minutes + 1, self.starts_every)))
            spans = self._daily(minutes, range(first % self.starts_every, DAY, self.starts_every))
            return tuple(span for span in spans if any(self._is_in_hull(span, zone) for zone in far))

        return cache(of_length)

    def _daily(self, minutes: int, starts: range) -> Iterator[Span]:
        """Spans of a length that start at these minutes of every day."""
        for midnight in map(start_of, self.dates.days()):
            for start in starts:
                yield Span(midnight + start, midnight + start + minutes)

    def _is_in_hull(self, span: Span, zone: str) -> bool:
        """Whether a span lies within the widest opening hours on the clock of a zone."""
        first, last = self.opening.hull
        return first <= local_span(span, self.time_zone, zone).start % DAY <= last - span.minutes

    def dates_of_block(self, block: Block, first: date) -> Dates | None:
        """The days that a block takes if it starts on `first`; None where the programme ends before it.

        Working weeks are counted from the week of `first`; a week without any working day of the block's group is
        not counted. The last day is the last working day of the last week counted.
        """
        if block.working_weeks is None:
            last = first + timedelta(days=(block.days or 1) - 1)
            return Dates(first, last) if last <= self.dates.last else None
        weeks = (self.working_days(block.group, monday) for monday in Dates(first, self.dates.last).weeks())
        counted = [days for days in weeks if days and days[-1] >= first][: block.working_weeks]
        if len(counted) < block.working_weeks or counted[-1][-1] > self.dates.last:
            return None
        return Dates(first, counted[-1][-1])


def matches(when: When, span: Span) -> bool:
    """Whether a weekly or dated pattern takes any minute of a span; hours bound each day of the pattern."""
    return any(taken.overlaps(span) for taken in _minutes_of(when, dates_of(span)))


def lies_in(when: When, span: Span) -> bool:
    """Whether a weekly or dated pattern takes every minute of a span."""
    met = [taken for taken in _minutes_of(when, dates_of(span)) if taken.overlaps(span)]
    return sum(min(taken.end, span.end) - max(taken.start, span.start) for taken in met) == span.minutes


def _minutes_of(when: When, dates: Dates) -> Iterator[Span]:
    """What a pattern takes of each day."""
    for day in dates.days():
        if when.weekday is not None and day.weekday() != WEEKDAYS.index(when.weekday):
            continue
        if when.dates is not None and day not in when.dates:
            continue
        first, last = when.hours or (0, DAY)
        yield Span(start_of(day) + first, start_of(day) + last)
