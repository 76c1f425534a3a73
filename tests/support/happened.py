"""Random small programmes with a calendar, in whose course something happens, and all that it could become.

What happens is read here as though the programme file had said so all along, without the package's own reading.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import reduce
from math import prod
from random import Random
from typing import Any, NamedTuple

from asking import SHAPES
from calendars.calendar_file import Calendar, CertificateRecord, Entry, Pin, PlacedDays, PlacedSession, Version
from calendars.changes_file import ChangesFile
from calendars.clock import DAY, Dates, Span, moment_of, start_of
from calendars.programme import Block, Programme
from calendars.saving import calendar_of, placement_of, placements_of, standing
from calendars.timetable import Placement, Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.distance_cap import DistanceCap
from constraints.near_date import NearDate
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.order import Order
from constraints.regular_slot import RegularSlot
from constraints.rule import Preference, Rule
from constraints.spread import Spread
from constraints.trainer_preference import TrainerPreference
from constraints.within import Within
from drawing import (
    DAYS,
    LONG,
    MANY_STARTS,
    ONE_START,
    SHORT,
    TWO_DAYS,
    Shape,
    Tables,
    Ways,
    complete_ways,
    draw,
    timetables,
)
from drawing import MOST as MOST_WAYS
from scheduler.problem import Problem
from scheduler.replanning import Scope
from small import small

KINDS = (
    "away",
    "closed",
    "struck",
    "school_holidays",
    "move",
    "move to",
    "missed",
    "cancel",
    "cancel what was missed",
    "add",
    "add at",
)
"""What may happen."""
YEARS = (
    *SHAPES,
    Shape(("sessions", "several parts"), (*LONG, *DAYS), ONE_START),
    Shape(("sessions", "blocks"), LONG, ONE_START),
    Shape(("sessions", "days off", "groups"), (*LONG, *DAYS), ONE_START),
    Shape(("sessions", "trainers", "places", "choices", "juries", "students"), (*LONG, *DAYS), ONE_START),
    Shape(("sessions", "trainers", "places", "choices"), TWO_DAYS, ONE_START),
    Shape(("sessions", "trainers", "places", "groups"), TWO_DAYS, MANY_STARTS),
    Shape(("sessions", "internship"), SHORT, ONE_START),
)
PREFERENCES: tuple[Preference, ...] = (RegularSlot(), TrainerPreference(level=2), NearDate(level=2, weight=3))
LOOKED_AT, FEWEST = 40, 4
"""Of so many timetables of a programme so many at least are lawful before anything happens."""
MOST = 1_000
"""How many timetables, lawful or not, there are at most after what happened."""
TELLING = 0.7
"""In such a share of them there is a way, and not all that is to come can stay."""
ATTEMPTS = 25
"""So many times something is drawn for a calendar, before another one is drawn."""

Standing = PlacedSession | PlacedDays


@dataclass(frozen=True)
class Told:
    """What a programme file would have to say after what happened, and what no file can say.

    `more` counts sessions by part, fewer below 0; `barred` are minutes at which an activity does not stand any more.
    """

    tables: Tables
    more: Mapping[str, int] = field(default_factory=dict)
    barred: tuple[tuple[str, frozenset[int]], ...] = ()

    def programme(self) -> Programme:
        """The programme that has it all."""
        found = small(**self.tables)
        parts = {key: replace(part, count=part.count + self.more.get(key, 0)) for key, part in found.parts.items()}
        return replace(found, parts=parts)


class Change(NamedTuple):
    """What happened: its kind, its table of a changes file, the entry it is about, and what is to start at a minute."""

    kind: str
    table: Tables
    entry: Standing | None = None
    asked: tuple[str, int] | None = None


class Case(NamedTuple):
    """A calendar in whose course something happens.

    `problem` is that of the programme file, `told` has all that happened. `stood` is what is known to stand, but for
    what was missed or called off, each with its weight; `asked` are the slots that are to be taken. `every` are all
    lawful timetables that keep what was held, what is pinned and what is asked for, and have nothing where it had to
    leave.
    """

    problem: Problem
    told: Told
    calendar: Calendar
    day: date
    changes: tuple[Change, ...]
    scope: Scope
    stood: tuple[tuple[Placement, int], ...]
    asked: tuple[tuple[str, Span], ...]
    every: tuple[Timetable, ...]

    @property
    def file(self) -> ChangesFile:
        """What a person writes of it."""
        tables: dict[str, list[Tables]] = {}
        for change in self.changes:
            tables.setdefault(change.kind.partition(" ")[0], []).append(change.table)
        return ChangesFile.model_validate(tables)

    def about(self, *kinds: str) -> list[str]:
        """The UIDs of what changes of these kinds are about."""
        return [change.entry.uid for change in self.changes if change.kind in kinds and change.entry is not None]


def first_case(random: Random, kind: str) -> Case:
    """A drawn programme with a calendar, in whose course something of a kind happens."""
    while True:
        _, programme, _ = drawn = draw(random, random.choice(YEARS))
        tables = _with_sizes(random, drawn[0])
        problem = Problem(small(**tables), _rules_of(random, programme))
        some = random.sample(drawn[2], min(LOOKED_AT, len(drawn[2])))
        lawful = [one for one in some if _is_lawful(problem, one)]
        if len(lawful) >= FEWEST:
            calendar = _published(random, calendar_of(problem.programme, random.choice(lawful), _NOTHING, _MADE, 0))
            case = next_case(random, problem, Told(tables), calendar, _as_of(random, calendar), kind)
            if case is not None:
                return case


def next_case(random: Random, problem: Problem, told: Told, calendar: Calendar, day: date, kind: str) -> Case | None:
    """Something that happens to a calendar after what was told; None where nothing of the kind was found."""
    now, has_to_tell = told.programme(), random.random() < TELLING
    for _ in range(ATTEMPTS):
        changes = _changes(random, now, calendar, day, kind)
        if changes:
            case = _case(problem, told, calendar, day, changes, _scope(random, problem.programme))
            if case is not None and (not has_to_tell or _has_another_way(case)):
                return case
    return None


def _has_another_way(case: Case) -> bool:
    """Whether there are timetables, none of which has all that was to come where it stood."""
    to_come = {placement for placement, _ in case.stood if placement.span.start >= start_of(case.day)}
    return bool(case.every) and not any(to_come <= {*one.placements} for one in case.every)


def _is_lawful(problem: Problem, timetable: Timetable) -> bool:
    return not any(True for law in problem.laws for _ in law.check(problem.programme, timetable))


def lies_open(scope: Scope, activity: str, span: Span) -> bool:
    """Whether a scope lets an activity be changed at a span."""
    days = [date.fromordinal(day) for day in range(span.start // DAY, -(-span.end // DAY))]
    in_time = any(all(dates.first <= day <= dates.last for day in days) for dates in scope.dates)
    return (activity in scope.activities or not scope.activities) and (in_time or not scope.dates)


# What happens

_NOTHING = CertificateRecord(levels=(), reproducible=True)
_MADE = date(2026, 9, 1)
_SIZES = (None, None, 15, 16, 50, 51)


def _with_sizes(random: Random, tables: Tables) -> Tables:
    """Groups of some people, on either side of what counts as many."""
    groups = {key: {**group, "size": random.choice(_SIZES)} for key, group in tables["groups"].items()}
    sized = {key: {name: value for name, value in group.items() if value} for key, group in groups.items()}
    return {**tables, "groups": {key: {"cannot": [], **group} for key, group in sized.items()}}


def _rules_of(random: Random, programme: Programme) -> tuple[Rule, ...]:
    """The laws that look at absences and days, a few more, and sometimes preferences."""
    some: list[Rule] = [
        Spread(days_apart=2),
        DailyLoad(hours_per_day=1),
        OpenDays(group="all", days_per_week=1),
        DistanceCap(minutes_per_week=random.choice((90, 120))),
    ]
    if len(programme.activities) > 1:
        first, then = random.sample(list(programme.activities), 2)
        some.append(Order(first=(first,), then=(then,)))
    laws = (Within(), Availability(), DaysOff(), OneAtATime(buffer_minutes=random.choice((0, 60))))
    priced = random.sample(PREFERENCES, random.choice((0, 0, 1, 2)))
    return (*laws, *random.sample(some, random.choice((0, 1, 1, 2))), Complete(), *priced)


def _published(random: Random, calendar: Calendar) -> Calendar:
    """A calendar of which a part is published, with SEQUENCEs that have grown, and some pins."""

    def known(entry: Any) -> Any:
        state = random.choice(("planned", "published"))
        return entry.model_copy(update={"state": state, "sequence": random.randint(0, 2)})

    runs = [run for run in calendar.days if run.kind != "internship"]
    pins = [Pin(uid=each.uid, day=_MADE) for each in (*calendar.sessions, *runs) if random.random() < 0.2]
    entries = {name: tuple(map(known, getattr(calendar, name))) for name in ("sessions", "days", "work")}
    versions = (Version(name="1", day=_MADE),)
    return calendar.model_copy(update={**entries, "pins": tuple(pins), "versions": versions, "draft": False})


def _as_of(random: Random, calendar: Calendar) -> date:
    """A day before which something was held and after which something is to come, or a day before all begins."""
    first, last = calendar.dates
    inside = random.choice(list(Dates(first, last).days()))
    return random.choice((inside, inside, inside, first - timedelta(days=random.choice((0, 3, 10, 24)))))


def _scope(random: Random, programme: Programme) -> Scope:
    """In every second case nothing but some activities, or some days, may change."""
    keys = [key for key in programme.activities if random.random() < 0.6]
    first, last = sorted(random.choices(list(programme.dates.days()), k=2))
    of_keys, of_days = Scope(activities=frozenset(keys)), Scope(dates=(Dates(first, last),))
    return random.choice((Scope(), Scope(), Scope(), of_keys, of_days, replace(of_keys, dates=of_days.dates)))


def _changes(random: Random, programme: Programme, calendar: Calendar, day: date, kind: str) -> tuple[Change, ...]:
    """One or two changes, of different things; none where nothing of the kind can happen."""
    one = _change(random, programme, calendar, day, kind)
    if one is None:
        return ()
    other = _change(random, programme, calendar, day, random.choice(KINDS)) if random.random() < 0.5 else None
    if other is None or (other.entry is not None and other.entry == one.entry):
        return (one,)
    return (one, other)


def _change(random: Random, programme: Programme, calendar: Calendar, day: date, kind: str) -> Change | None:
    every: list[Standing] = [*calendar.sessions, *(run for run in calendar.days if run.kind != "internship")]
    live = [entry for entry in every if entry.state != "cancelled"]
    begun = [entry for entry in live if _has_begun(entry, day) and isinstance(entry, PlacedSession)]
    to_come = [entry for entry in live if not _has_begun(entry, day)]
    sessions = [entry for entry in to_come if isinstance(entry, PlacedSession)]
    zones = sorted({zone for group in programme.groups.values() for zone in group.school_zones})
    days = _days(random, calendar)
    match kind:
        case "away" if programme.trainers:
            return Change(kind, {"trainer": random.choice(list(programme.trainers)), "dates": days})
        case "closed" if programme.places:
            return Change(kind, {"place": random.choice(list(programme.places)), "dates": days})
        case "struck":
            return Change(kind, {"title": "Storm", "dates": days})
        case "school_holidays" if zones:
            told = {"zone": random.choice(zones), "title": "Holidays", "source": "Order of today", "dates": days}
            return Change(kind, told)
        case "move" if to_come:
            return _about(random, kind, to_come)
        case "move to" if to_come:
            moved = _about(random, kind, to_come)
            return _asking(random, programme, day, moved, "to", moved.entry)
        case "missed" | "cancel what was missed" if begun:
            return _about(random, kind, begun)
        case "cancel" if sessions:
            return _about(random, kind, sessions)
        case "add" if programme.parts:
            sessions_more = {} if random.random() < 0.7 else {"sessions": 2}
            return Change(kind, {"part": random.choice(list(programme.parts)), **sessions_more})
        case "add at" if programme.parts:
            added = Change(kind, {"part": random.choice(list(programme.parts))})
            return _asking(random, programme, day, added, "at", None)
    return None


def _days(random: Random, calendar: Calendar) -> list[date]:
    """Some days, mostly such on which something stands."""
    standing_on = [placement.span.day for entry in standing(calendar) for placement in placements_of(entry)]
    first = random.choice([*standing_on, *standing_on, *calendar.dates.days()])
    return [first, first + timedelta(days=random.choice((0, 0, 1, 2)))]


def _about(random: Random, kind: str, entries: Sequence[Standing]) -> Change:
    """One of them, by its UID or by its name."""
    entry = random.choice(entries)
    name = f"{entry.activity}#{entry.number}" if isinstance(entry, PlacedSession) else entry.activity
    return Change(kind, {"session": random.choice((entry.uid, name))}, entry)


def _asking(
    random: Random, programme: Programme, day: date, change: Change, key: str, entry: Standing | None
) -> Change | None:
    """The change with a slot that it asks for, in which the entry does not stand yet."""
    activity = programme.activities[change.table["part"] if entry is None else entry.activity]
    slots = [span for span in programme.candidates(activity) if span.start >= start_of(day)]
    elsewhere = [span for span in slots if entry is None or span.start != placement_of(entry).span.start]
    if not elsewhere:
        return None
    span = random.choice(elsewhere)
    return change._replace(table={**change.table, key: moment_of(span.start)}, asked=(activity.key, span.start))


def _has_begun(entry: Standing, day: date) -> bool:
    return placement_of(entry).span.start < start_of(day)


# What it means


def _case(
    problem: Problem, told: Told, calendar: Calendar, day: date, changes: Sequence[Change], scope: Scope
) -> Case | None:
    """All that the calendar could become; None where that is too much, or a slot is not to be had."""
    told = reduce(_after, changes, told)
    programme = told.programme()
    slots = [_slot(programme, change) for change in changes]
    if any(change.asked and not slot for change, slot in zip(changes, slots, strict=True)):
        return None
    wanted = [(slot.activity, slot.span) for slot in slots if slot is not None]
    taken = {(each.activity, each.span) for entry in standing(calendar) for each in placements_of(entry)}
    if len({*wanted}) < len(wanted) or taken & {*wanted}:
        return None
    told = replace(told, barred=(*told.barred, *map(_barred, changes, slots)))
    gone = {change.entry.uid for change in changes if change.entry is not None and not _is_move(change)}
    entries = [entry for entry in standing(calendar) if entry.uid not in gone]
    stood = tuple((each, _weight(told.tables, entry, each, day)) for entry in entries for each in placements_of(entry))
    ways = _ways(programme, [each for each, _ in stood if each.span.start < start_of(day)], day)
    if ways is None:
        return None
    asked = tuple((slot.activity, slot.span) for slot in slots if slot is not None)
    case = Case(problem, told, calendar, day, tuple(changes), scope, stood, asked, ())
    return case._replace(every=tuple(_lawful(case, programme, timetables(ways))))


def _lawful(case: Case, programme: Programme, every: Iterable[Timetable]) -> Iterator[Timetable]:
    """Those in which all is kept; what was held may break what it breaks by itself."""
    pins = {pin.uid for pin in case.calendar.pins}.difference(case.about(*KINDS))
    pinned = {each for entry in standing(case.calendar) if entry.uid in pins for each in placements_of(entry)}
    held = Timetable(tuple(each for each, _ in case.stood if each.span.start < start_of(case.day)))
    laws = case.problem.laws
    past = [breach for law in laws for breach in law.check(programme, held) if not breach.lacks]
    for one in every:
        places = {(each.activity, each.span) for each in one.placements}
        stands = pinned <= {*one.placements} and places.issuperset(case.asked)
        lawful = (breach in past for law in laws for breach in law.check(programme, one))
        if stands and not _is_barred(case.told, one) and all(lawful):
            yield one


def _is_barred(told: Told, timetable: Timetable) -> bool:
    return any(
        minute in minutes
        for activity, minutes in told.barred
        for each in timetable.of(activity)
        for minute in range(*each.span)
    )


def _slot(programme: Programme, change: Change) -> Placement | None:
    """Where something would stand if it started as a change asks for."""
    if change.asked is None:
        return None
    key, start = change.asked
    spans = programme.candidates(programme.activities[key])
    return next((Placement(span, key) for span in spans if span.start == start), None)


def _barred(change: Change, slot: Placement | None) -> tuple[str, frozenset[int]]:
    """Where what has to move, or is called off before it begins, does not stand any more: but for its new time."""
    if change.entry is None or not (_is_move(change) or change.kind == "cancel"):
        return "", frozenset()
    minutes = frozenset(range(*placement_of(change.entry).span))
    return change.entry.activity, minutes.difference(() if slot is None else range(*slot.span))


def _is_move(change: Change) -> bool:
    return change.kind in ("move", "move to")


def _ways(programme: Programme, held: Collection[Placement], day: date) -> Ways | None:
    """The ways of each activity to have all that it needs, what was held among it, and nothing more before the day."""
    found: Ways = []
    for activity, ways in zip(programme.activities.values(), complete_ways(programme), strict=True):
        own = {each for each in held if each.activity == activity.key}
        if isinstance(activity, Block) and own:
            found.append([tuple(own)])
        else:
            found.append([way for way in ways if {each for each in way if each.span.start < start_of(day)} == own])
        if len(ways) > MOST_WAYS:
            return None
    return found if prod(len(each) for each in found) <= MOST else None


def _after(told: Told, change: Change) -> Told:
    """What is told after a change too."""
    tables, table, entry = told.tables, change.table, change.entry
    match change.kind:
        case "away":
            return replace(told, tables=_absent(tables, "trainers", table["trainer"], table["dates"]))
        case "closed":
            return replace(told, tables=_absent(tables, "places", table["place"], table["dates"]))
        case "struck":
            return replace(told, tables=_off(tables, "closures", table))
        case "school_holidays":
            return replace(told, tables=_off(tables, "school_periods", table))
        case "add" | "add at":
            return _with_more(told, table["part"], table.get("sessions", 1))
        case "cancel" | "cancel what was missed" if entry is not None:
            return _with_more(told, entry.activity, -1)
    return told


def _absent(tables: Tables, kind: str, key: str, dates: list[date]) -> Tables:
    every = tables[kind]
    cannot = [*every[key].get("cannot", ()), {"dates": dates}]
    return {**tables, kind: {**every, key: {**every[key], "cannot": cannot}}}


def _off(tables: Tables, kind: str, table: Tables) -> Tables:
    days_off = tables["days_off"]
    return {**tables, "days_off": {**days_off, kind: [*days_off.get(kind, ()), table]}}


def _with_more(told: Told, part: str, sessions: int) -> Told:
    return replace(told, more={**told.more, part: told.more.get(part, 0) + sessions})


def _weight(tables: Tables, entry: Entry, placement: Placement, day: date) -> int:
    """1 for what nobody knows; else 2, and 1 more each for 4, 2 and 1 weeks, for more than 15 people, and than 50."""
    if entry.state != "published":
        return 1
    groups = [tables["groups"][key] for key in entry.groups]
    whole = sum(group.get("size") or len(group.get("students", ())) for group in groups)
    people = 1 if getattr(entry, "student", None) else whole
    weeks = (placement.span.day - day).days // 7
    return 2 + (weeks < 4) + (weeks < 2) + (weeks < 1) + (people > 15) + (people > 50)
