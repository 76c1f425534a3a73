"""University timetables in the XML of the International Timetabling Competition 2019.

    python -m benchmarks.itc2019 PROBLEM.xml -o SOLUTION.xml [--cpu 240] [--seed 0]

The file becomes an ordinary problem. A class is a part that meets regularly: each of its times is a way, on real dates,
each of its rooms a place. Distributions become laws where they are required, preferences where they have a
penalty. The result is written in the competition's own format. Students are enrolled once the timetable stands.

The competition charges some distributions by the week: what they exceed on all days, divided by the number of weeks and
rounded down. Where one of these has a penalty all weights are multiplied, so that no price is a fraction, and the total
is divided again as a whole. So it may lie a little above what the competition charges, which rounds each distribution
by itself; what is proved is proved of the total.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import groupby
from math import lcm
from pathlib import Path
from typing import NamedTuple

from benchmarks.adapter import Adapter, Score, cost_of, solve, xml_of
from benchmarks.itc2019_distributions import KINDS
from benchmarks.itc2019_students import Demands, enrolled, read_demands
from calendars.clock import DAY, Dates, Span, start_of
from calendars.enrolments import Group
from calendars.programme import Module, Part, Place, Programme, Way
from calendars.programme_file import WEEKDAYS, ProgrammeFile, When
from calendars.resolving import resolve
from calendars.timetable import Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.few_overlaps import FewOverlaps
from constraints.liked_places import LikedPlaces
from constraints.liked_ways import LikedWays
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Rule
from constraints.travel import Travel
from constraints.trips import Trip
from constraints.within import Within
from scheduler.problem import Problem
from scheduler.result import Result

MODULE = "classes"
FIRST = date(2018, 1, 1)
"""The Monday of the first week."""


class Time(NamedTuple):
    """A time of a class or of a room: which days of which weeks, as digits, and slots of the day."""

    days: str
    start: int
    length: int
    weeks: str


class Option(NamedTuple):
    """A time that a class may take, and its penalty."""

    time: Time
    penalty: int


class Class(NamedTuple):
    """A class with the times and, by room, the penalties of what it may have; no rooms where it needs none."""

    key: str
    times: tuple[Option, ...]
    rooms: Mapping[str, int]


class Distribution(NamedTuple):
    """A constraint on some classes: its kind and numbers, and its penalty, None where it is required."""

    kind: str
    numbers: tuple[int, ...]
    penalty: int | None
    classes: tuple[str, ...]


class Instance(NamedTuple):
    """A file: its name, the weights of its costs, the minutes of a slot, what it plans, and what students ask for."""

    name: str
    weights: Mapping[str, int]
    minutes: int
    weeks: int
    closed: Mapping[str, Sequence[Time]]
    travel: Mapping[tuple[str, str], int]
    classes: tuple[Class, ...]
    distributions: tuple[Distribution, ...]
    demands: Demands


def read_instance(path: Path) -> Instance:
    """The instance of a file."""
    root = ET.parse(path).getroot()
    rooms = root.findall("rooms/room")
    return Instance(
        name=root.attrib["name"],
        weights={key: int(value) for one in root.findall("optimization") for key, value in one.attrib.items()},
        minutes=DAY // int(root.attrib["slotsPerDay"]),
        weeks=int(root.attrib["nrWeeks"]),
        closed={room.attrib["id"]: [_time(one) for one in room.findall("unavailable")] for room in rooms},
        travel={
            (room.attrib["id"], way.attrib["room"]): int(way.attrib["value"])
            for room in rooms
            for way in room.findall("travel")
        },
        classes=tuple(map(_class, root.findall("courses/course/config/subpart/class"))),
        distributions=tuple(map(_distribution, root.findall("distributions/distribution"))),
        demands=read_demands(root),
    )


def _time(element: ET.Element) -> Time:
    days, start, length, weeks = (element.attrib[name] for name in ("days", "start", "length", "weeks"))
    return Time(days, int(start), int(length), weeks)


def _class(element: ET.Element) -> Class:
    cheapest: dict[Time, int] = {}
    for each in element.findall("time"):
        time, penalty = _time(each), int(each.attrib["penalty"])
        cheapest[time] = min(penalty, cheapest.get(time, penalty))
    rooms = {room.attrib["id"]: int(room.attrib["penalty"]) for room in element.findall("room")}
    return Class(element.attrib["id"], tuple(Option(*each) for each in cheapest.items()), rooms)


def _distribution(element: ET.Element) -> Distribution:
    kind, _, numbers = element.attrib["type"].rstrip(")").partition("(")
    required = element.get("required") == "true"
    return Distribution(
        kind,
        tuple(map(int, numbers.split(","))) if numbers else (),
        None if required else int(element.attrib["penalty"]),
        tuple(each.attrib["id"] for each in element.findall("class")),
    )


def problem_of(instance: Instance) -> Problem:
    """The instance as a programme in which every day is a working day, with its rules."""
    return Problem(_programme(instance), tuple(_rules(instance)))


def _programme(instance: Instance) -> Programme:
    days = Dates(FIRST, FIRST + timedelta(days=7 * instance.weeks - 1))
    frame = ProgrammeFile.model_validate(
        {
            "title": instance.name,
            "language": "en",
            "dates": [*days],
            "working_week": WEEKDAYS,
            "opening_hours": dict.fromkeys(WEEKDAYS, "00:00-24:00"),
            "groups": {"all": {"title": "All"}},
            "milestones": {"end": {"title": "End", "group": "all", "dates": [days.last, days.last]}},
        }
    )
    students = _students(instance)
    spans = cache(lambda time: _spans(instance, time))
    return replace(
        resolve(frame, instance.name),
        blocks={},
        modules={MODULE: Module(MODULE, "Classes", None, 1)},
        groups={each.key: _group(each.key, students[each.key]) for each in instance.classes},
        places={key: _place(instance, key) for key in instance.closed},
        parts={_key(each.key): _part(each, days, spans) for each in instance.classes},
    )


def _key(name: str) -> str:
    return f"{MODULE}.{name}"


def _students(instance: Instance) -> Mapping[str, set[str]]:
    """By class who has to attend it: somebody for each distribution that asks for that."""
    found = defaultdict[str, set[str]](set)
    for number, each in enumerate(instance.distributions):
        if each.penalty is None and each.kind in ("NotOverlap", "SameAttendees"):
            for key in each.classes:
                found[key].add(f"{each.kind}-{number}")
    return found


def _group(key: str, students: set[str]) -> Group:
    return Group(key=key, title=key, students=frozenset(students), time_zones=("Europe/Paris",))


def _place(instance: Instance, key: str) -> Place:
    return Place(key, key, cannot=tuple(when for time in instance.closed[key] for when in _whens(instance, time)))


def _whens(instance: Instance, time: Time) -> Iterator[When]:
    """A time as weekdays in runs of weeks."""
    hours = time.start * instance.minutes, min(DAY, (time.start + time.length) * instance.minutes)
    for on, run in groupby(enumerate(time.weeks), key=lambda each: each[1] == "1"):
        weeks = [number for number, _ in run]
        dates = Dates(FIRST + timedelta(days=7 * weeks[0]), FIRST + timedelta(days=7 * weeks[-1] + 6))
        for weekday, digit in zip(WEEKDAYS, time.days, strict=True) if on else ():
            if digit == "1":
                yield When.model_construct(weekday=weekday, hours=hours, dates=dates)


def _spans(instance: Instance, time: Time) -> tuple[Span, ...]:
    """The sessions of a time, in order."""
    first, length = time.start * instance.minutes, time.length * instance.minutes
    days = (
        FIRST + timedelta(days=7 * week + day)
        for week, on in enumerate(time.weeks)
        for day, meets in enumerate(time.days)
        if on == meets == "1"
    )
    return tuple(Span(start_of(day) + first, start_of(day) + first + length) for day in days)


def _part(each: Class, days: Dates, spans: Callable[[Time], tuple[Span, ...]]) -> Part:
    ways = tuple(Way(spans(time), penalty) for time, penalty in each.times)
    return Part(
        key=_key(each.key),
        module=MODULE,
        title=each.key,
        kind="course",
        group=each.key,
        trainers=(),
        together=0,
        places=tuple(each.rooms),
        count=max(len(way.spans) for way in ways),
        minutes=max(way.spans[0].minutes for way in ways),
        dates=days,
        series=_key(each.key),
        ways=ways,
    )


def _rules(instance: Instance) -> Iterator[Rule]:
    trips, weights = _trips(instance), instance.weights
    travelling = tuple(
        f"{each.kind}-{number}"
        for number, each in enumerate(instance.distributions)
        if each.penalty is None and each.kind == "SameAttendees"
    )
    yield Complete()
    yield Within()
    yield Availability()
    yield OneAtATime(buffer_minutes=0, between_site_and_virtual_minutes=0)
    if trips and travelling:
        yield Travel(trips=trips, students=travelling)
    scale = _scale(instance)
    if weights["time"]:
        yield LikedWays.model_construct(weight=scale * weights["time"])
    if weights["room"]:
        points = {
            _key(each.key): {room: price for room, price in each.rooms.items() if price} for each in instance.classes
        }
        yield LikedPlaces.model_construct(weight=scale * weights["room"], points=points)
    for each in instance.distributions:
        price = None if each.penalty is None else each.penalty * weights["distribution"] * scale
        keys = tuple(map(_key, each.classes))
        if each.kind in KINDS and price != 0:
            kind = KINDS[each.kind]
            weight = None if price is None else price // _units(instance, each)
            limits = {"parts": keys, "weight": weight, **kind.limits(instance.minutes, *each.numbers)}
            yield kind.law.model_construct(**limits)
        elif price and each.kind in ("NotOverlap", "SameAttendees"):
            along = trips if each.kind == "SameAttendees" else ()
            yield FewOverlaps.model_construct(weight=price, parts=keys, trips=along)


def _scale(instance: Instance) -> int:
    """What all weights are multiplied with, so that each unit of a law's excess costs whole points."""
    return lcm(*(_units(instance, each) for each in instance.distributions if each.penalty))


def _units(instance: Instance, each: Distribution) -> int:
    """How many units of the excess of its law make one that the competition charges."""
    kind = KINDS.get(each.kind)
    if kind is None:
        return 1
    return (instance.weeks if kind.by_week else 1) * (instance.minutes if kind.in_minutes else 1)


def _trips(instance: Instance) -> tuple[Trip, ...]:
    return tuple(
        Trip.model_construct(between=rooms, minutes=slots * instance.minutes)
        for rooms, slots in instance.travel.items()
        if slots
    )


def solution_of(instance: Instance, timetable: Timetable) -> ET.Element:
    """The timetable in the competition's format; a class without sessions is left out."""
    root = ET.Element("solution", name=instance.name)
    spans = cache(lambda time: _spans(instance, time))
    students = enrolled(instance.demands, {each.key: timetable.of(_key(each.key)) for each in instance.classes})
    for each in instance.classes:
        placements = timetable.of(_key(each.key))
        taken = tuple(placement.span for placement in placements)
        time = next((time for time, _ in each.times if spans(time) == taken), None)
        if time is not None:
            told = {"id": each.key, "days": time.days, "start": str(time.start), "weeks": time.weeks}
            place = placements[0].place
            element = ET.SubElement(root, "class", told | ({} if place is None else {"room": place}))
            for student in students.get(each.key, ()):
                ET.SubElement(element, "student", id=student)
    ET.indent(root)
    return root


def told(instance: Instance, result: Result) -> str:
    """What was found and what was proved, in a few words."""
    if result.timetable is None:
        return result.outcome.value
    value, bound = score_of(instance, result)
    return f"total {value}, {f'at least {bound}' if bound < value else 'proved to be the least'}"


def score_of(instance: Instance, result: Result) -> Score:
    """The total in the competition's points, and its bound."""
    return Score(*(points // _scale(instance) for points in cost_of(result)))


def file_of(instance: Instance, result: Result) -> bytes | None:
    """The solution in the competition's format, where there is one."""
    return None if result.timetable is None else xml_of(solution_of(instance, result.timetable))


ADAPTER = Adapter(
    about=(__doc__ or "").partition("\n")[0],
    read=read_instance,
    problem_of=problem_of,
    solution_of=file_of,
    told=told,
    score_of=score_of,
)


if __name__ == "__main__":
    solve(ADAPTER)
