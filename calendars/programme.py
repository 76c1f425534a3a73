"""A programme as the laws and the search read it: every default filled in, every reference resolved."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import islice
from operator import itemgetter
from typing import Literal, NamedTuple, TypeVar

from calendars.clock import DAY, Dates, Span, dates_of, days_span, monday_of, start_of, week_dates
from calendars.closed import Closed
from calendars.days_off import DaysOff
from calendars.enrolments import Elective, Group, enrolments, groups_of_students, with_ancestors
from calendars.juries import Need, Role, certain, holders, needs_of
from calendars.opening_hours import OpeningHours, local_span
from calendars.programme_file import WEEKDAYS, AnnouncedTable, BlockKind, Can, FindingsTable, SessionKind, When


@dataclass(frozen=True)
class Trainer:
    """Somebody who gives sessions, by role. With `can`, only within one of these times."""

    key: str
    title: str
    cannot: tuple[When, ...] = ()
    prefers: tuple[When, ...] = ()
    can: tuple[Can, ...] = ()

    def liking(self, span: Span) -> int | None:
        """How much they like a time in which they can give a session, 5 being most; None where they cannot."""
        return max((time.liking for time in self.can if lies_in(time, span)), default=None)


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


class Way(NamedTuple):
    """Sessions that a part may have together, in order of time; `points` is what they cost, 0 where liked best."""

    spans: tuple[Span, ...]
    points: int = 0


@dataclass(frozen=True)
class Part:
    """`count` live sessions of `minutes` each that differ in nothing but their dates.

    Each is given by `together` of the `trainers`, in one of the `places` where it has any. With `roles` the trainers
    are those who may hold one, and each role takes its own. `series` is the key of the part in the file, which for
    several groups or students stands for as many parts; `student` is the only one of the group who attends. `starts`
    are the only minutes at which a session may start, where the file lists them.

    A part that meets regularly has `ways`, of which it takes one: its sessions are those of the way, all with the same
    trainers and in the same place. `count` and `minutes` are then the most sessions of a way, and the longest of all.
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
    series: str = ""
    student: str | None = None
    roles: tuple[Role, ...] = ()
    starts: tuple[int, ...] = ()
    ways: tuple[Way, ...] = field(default=(), hash=False)

    @cached_property
    def ways_at(self) -> Mapping[Span, tuple[int, ...]]:
        """By span, in order of time, the numbers of the ways that have a session there."""
        found: dict[Span, list[int]] = defaultdict(list)
        for number, way in enumerate(self.ways):
            for span in way.spans:
                found[span].append(number)
        return {span: tuple(found[span]) for span in sorted(found)}

    @property
    def fewest(self) -> int:
        """The fewest sessions that it can have."""
        return min((len(way.spans) for way in self.ways), default=self.count)

    @property
    def fewest_minutes(self) -> int:
        """The fewest minutes that its sessions can have in all."""
        every = (sum(span.minutes for span in way.spans) for way in self.ways)
        return min(every, default=self.count * self.minutes)

    @property
    def most_minutes(self) -> int:
        """The most minutes that its sessions can have in all."""
        every = (sum(span.minutes for span in way.spans) for way in self.ways)
        return max(every, default=self.count * self.minutes)

    @property
    def chooses_trainers(self) -> bool:
        """Whether more can give a session than need to."""
        return self.together < len(self.trainers)

    @property
    def trainers_to_choose(self) -> tuple[str, ...]:
        """The trainers without whom a session can be given."""
        return tuple(key for key in self.trainers if key not in self.certain_trainers)

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """How many of which trainers a session takes."""
        return needs_of(self.all_roles)

    @cached_property
    def certain_trainers(self) -> frozenset[str]:
        """The trainers who give each session, whoever else does."""
        return frozenset(certain(self.all_roles))

    def staff(self) -> tuple[str, ...]:
        """Trainers who can give a session together: the first of them, as far as can be."""
        found = holders(self.all_roles, self.trainers) or {}
        return tuple(key for key in self.trainers if any(key in names for names in found.values()))

    @property
    def all_roles(self) -> tuple[Role, ...]:
        """Its roles; without any, all trainers of a session have the same, which has no name."""
        return self.roles or (Role("", "", self.trainers, self.together),)

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
    series: str = ""


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


P = TypeVar("P", Part, Work)

Activity = Part | Work | Block | Internship
"""Whatever is placed: it has a key, a title, a group and dates."""


@dataclass(frozen=True, eq=False)
class Programme:
    """Everything that is to be placed, and what the laws need to know of it. Keys are unique in each mapping.

    `shared_trainers` and `shared_places` are those that it has from its `site`, where other programmes have them too;
    `shared_people` is everybody in the site's enrolments, one person in all programmes.
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
    shared_people: frozenset[str] = frozenset()

    @cached_property
    def module_titles(self) -> Mapping[str, str]:
        """The title of each module."""
        return {key: module.title for key, module in self.modules.items()}

    @cached_property
    def enrolments(self) -> tuple[frozenset[str], ...]:
        """The maximal sets of groups that one person is, or may be, in."""
        return enrolments(self.groups, self.electives)

    @cached_property
    def _companions(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {key: set() for key in self.groups}
        for groups in self.enrolments:
            for key in groups:
                found[key] |= groups
        return found

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
        return self._working_days(group, monday)

    @cached_property
    def _working_days(self) -> Callable[[str, date], tuple[date, ...]]:
        return cache(
            lambda group, monday: tuple(day for day in week_dates(monday).days() if not self.is_rest(group, day))
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """What a law may name: modules, activities, and parts of the file that stand for several."""
        series = [part.series for part in self.parts.values()] + [work.series for work in self.works.values()]
        return tuple(dict.fromkeys((*self.modules, *self.activities, *filter(None, series))))

    @cached_property
    def students(self) -> Mapping[str, tuple[str, ...]]:
        """The groups of each student whom a group lists or who attends something alone."""
        joined = {student: {*groups} for student, groups in groups_of_students(self.groups).items()}
        for part in self.parts.values():
            if part.student is not None:
                joined.setdefault(part.student, set()).update(with_ancestors(part.group, self.groups))
        return {key: tuple(group for group in self.groups if group in groups) for key, groups in joined.items()}

    @cached_property
    def parts_of_students(self) -> Mapping[str, tuple[Part, ...]]:
        """What each student attends who attends something alone: that, and the parts of all their groups."""
        alone = dict.fromkeys(part.student for part in self.parts.values() if part.student is not None)
        own = {key: [part for part in self.parts.values() if part.student == key] for key in alone}
        return {key: (*self.live_parts(self.students[key]), *parts) for key, parts in own.items()}

    def live_parts(self, groups: Collection[str]) -> tuple[Part, ...]:
        """The parts with live sessions of any of these groups, but for those that one student attends alone."""
        return tuple(part for part in _of_groups(self._parts_by_group, groups) if part.student is None)

    def meets_somebody_of(self, part: Part, other: Part) -> bool:
        """Whether somebody has to be, or may have to be, in the sessions of both."""
        if part.student and other.student:
            return part.student == other.student
        if student := part.student or other.student:
            group = (other if part.student else part).group
            return any(self.share_a_person(group, joined) for joined in self.students[student])
        return self.share_a_person(part.group, other.group)

    def works_of(self, groups: Collection[str]) -> tuple[Work, ...]:
        """The self-paced work of any of these groups."""
        return _of_groups(self._works_by_group, groups)

    @cached_property
    def _parts_by_group(self) -> Mapping[str, list[tuple[int, Part]]]:
        return _by_group(self.parts.values())

    @cached_property
    def _works_by_group(self) -> Mapping[str, list[tuple[int, Work]]]:
        return _by_group(self.works.values())

    def local_spans(self, group: str, span: Span) -> tuple[Span, ...]:
        """A span of the programme's wall time on the clock of each time zone of a group."""
        zones = self.groups[group].time_zones
        return (
            (span,) if zones == (self.time_zone,) else tuple(local_span(span, self.time_zone, zone) for zone in zones)
        )

    def is_virtual(self, part: Part) -> bool:
        """Whether a part needs nobody to travel."""
        if not part.places:
            return part.kind == "virtual-class"
        return self.places[part.places[0]].virtual

    @cached_property
    def needed_trainers(self) -> tuple[str, ...]:
        """Its own trainers, and of the site's those whom its parts name."""
        named = frozenset[str]().union(*(part.trainers for part in self.parts.values()))
        return tuple(key for key in self.trainers if key in named or key not in self.shared_trainers)

    @cached_property
    def needed_places(self) -> tuple[str, ...]:
        """Its own places, and of the site's those that its parts and blocks name."""
        named = {block.place for block in self.blocks.values()}.union(*(part.places for part in self.parts.values()))
        return tuple(key for key in self.places if key in named or key not in self.shared_places)

    @cached_property
    def closed(self) -> Mapping[str, Closed]:
        """When each place is not available."""
        return {
            key: Closed(span for when in place.cannot for span in times_of(when, self.dates))
            for key, place in self.places.items()
        }

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
            case Part() if activity.ways:
                return iter(activity.ways_at)
            case Part() if activity.starts:
                return (Span(start, start + activity.minutes) for start in activity.starts)
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
        counted = list(islice((days for days in weeks if days and days[-1] >= first), block.working_weeks))
        if len(counted) < block.working_weeks or counted[-1][-1] > self.dates.last:
            return None
        return Dates(first, counted[-1][-1])


def _by_group(activities: Iterable[P]) -> dict[str, list[tuple[int, P]]]:
    """Activities, each with its number in their order, by group."""
    found: defaultdict[str, list[tuple[int, P]]] = defaultdict(list)
    for number, activity in enumerate(activities):
        found[activity.group].append((number, activity))
    return found


def _of_groups(by_group: Mapping[str, list[tuple[int, P]]], groups: Collection[str]) -> tuple[P, ...]:
    """Those of any of these groups, in the order of all."""
    found = [each for group in set(groups) for each in by_group.get(group, ())]
    return tuple(activity for _, activity in sorted(found, key=itemgetter(0)))


def matches(when: When, span: Span) -> bool:
    """Whether a weekly or dated pattern takes any minute of a span; hours bound each day of the pattern."""
    return any(taken.overlaps(span) for taken in times_of(when, dates_of(span)))


def lies_in(when: When, span: Span) -> bool:
    """Whether a weekly or dated pattern takes every minute of a span."""
    met = [taken for taken in times_of(when, dates_of(span)) if taken.overlaps(span)]
    return sum(min(taken.end, span.end) - max(taken.start, span.start) for taken in met) == span.minutes


def times_of(when: When, dates: Dates) -> Iterator[Span]:
    """What a pattern takes of each day."""
    for day in dates.days():
        if when.weekday is not None and day.weekday() != WEEKDAYS.index(when.weekday):
            continue
        if when.dates is not None and day not in when.dates:
            continue
        first, last = when.hours or (0, DAY)
        yield Span(start_of(day) + first, start_of(day) + last)
