"""Dated timetables of a university in the XML of Angers: weeks of sessions, with rules in sets of sessions.

    python -m benchmarks.angers INSTANCE.xml -o SOLUTION.xml [--seed N]

The file becomes an ordinary problem: each class a part, its students, teachers, rooms and starts as the file has them,
each rule a law of the law book. What is found is written as the format asks: the instance with its `<solution>`, which
gets a `<session class rank slot rooms teachers>` for each session, and is read by `benchmarks.angers_check`.

Who is in which class is in the file already, as groups of students with their classes. Rooms are those of the part that
seat the class, and of these those that the file lists for the class, where it does; so for teachers. Heads above
`maxHeadCount` are no fault, since the only class of a course is smaller than its students there. A session in several
rooms takes one that seats all.

Sessions of a class that are alike are one part. Those that its `weekly` rule leaves out stand apart, in their order
among the others.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import groupby, pairwise, product
from pathlib import Path
from typing import NamedTuple

from benchmarks.adapter import Adapter, solve, xml_of
from calendars.clock import DAY, Dates, day_of, start_of
from calendars.days_off import DaysOff
from calendars.enrolments import Group
from calendars.programme import Module, Part, Place, Trainer
from calendars.programme_file import WEEKDAYS, ProgrammeFile
from calendars.resolving import resolve
from calendars.timetable import Placement, Timetable
from constraints.alike import Alike
from constraints.capacity import Capacity
from constraints.complete import Complete
from constraints.one_at_a_time import OneAtATime
from constraints.order import Order
from constraints.rule import Rule
from constraints.trainer_load import TrainerLoad
from constraints.weekly import Weekly
from constraints.within import Within
from scheduler.problem import Problem
from scheduler.result import Result

FIRST = date(2021, 9, 6)
"""The Monday of the first week: the file numbers its weeks and has no days off."""

SAME = {"sameWeek": "first-week", "sameSlots": "times", "sameRooms": "place", "sameTeachers": "trainers"}
"""Rules on what sessions have in common, as the law `alike` has them."""


class Class(NamedTuple):
    """Students who are taught together in a part of a course, where and by whom they may be."""

    key: str
    students: frozenset[str]
    rooms: tuple[str, ...]
    teachers: tuple[str, ...]


class CoursePart(NamedTuple):
    """A part of a course: so many sessions for each class, and how many of them fall to each teacher."""

    key: str
    course: str
    labels: Mapping[tuple[str, str], frozenset[str]]
    """By "course" or "part" and "id" or "label"."""
    sessions: int
    minutes: int
    slots: tuple[int, ...]
    """Minutes from the first midnight, in days that follow each other without weekends."""
    together: int
    shares: Mapping[str, int]
    classes: tuple[Class, ...]


Sessions = Mapping[str, tuple[int, ...]]
"""By class, the ranks of some of its sessions."""


class RuleOfFile(NamedTuple):
    """A rule: its constraint, and for each of its selections the sets of sessions that it makes."""

    constraint: str
    selections: tuple[tuple[Sessions, ...], ...]


class Instance(NamedTuple):
    """A file: its days a week and weeks, the seats of rooms, its parts and rules."""

    path: Path
    days: int
    weeks: int
    seats: Mapping[str, int | None]
    teachers: tuple[str, ...]
    parts: tuple[CoursePart, ...]
    rules: tuple[RuleOfFile, ...]

    def day_of(self, slot: int) -> date:
        """The date of a slot."""
        week, day = divmod(slot // DAY, self.days)
        return FIRST + timedelta(weeks=week, days=day)

    def slot_of(self, minute: int) -> int:
        """The slot of a minute of the calendar."""
        week, day = divmod((day_of(minute) - FIRST).days, 7)
        return (week * self.days + day) * DAY + minute % DAY


class Row(NamedTuple):
    """Sessions of a class that are alike, by their ranks among all of the class."""

    key: str
    ranks: tuple[int, ...]


def read_instance(path: Path) -> Instance:
    """The instance of a file.

    Raises:
        ValueError: where the file does not say who is in which class, or has a rule that is not known here.
    """
    root = ET.parse(path).getroot()
    days = int(root.attrib["nrDaysPerWeek"])
    seats = {room.attrib["id"]: _seats(int(room.attrib["capacity"])) for room in root.iterfind("rooms/room")}
    classes = _Classes(root, seats)
    parts = tuple(_part(course, part, days, classes) for course in root.iter("course") for part in course.iter("part"))
    return Instance(
        path,
        days,
        int(root.attrib["nrWeeks"]),
        seats,
        tuple(teacher.attrib["id"] for teacher in root.iterfind("teachers/teacher")),
        parts,
        tuple(_rule(rule, parts) for rule in root.iterfind("rules/rule")),
    )


def _seats(capacity: int) -> int | None:
    return capacity if capacity >= 0 else None


class _Classes:
    """What the solution of a file says of its classes: their students, and perhaps their rooms and teachers."""

    def __init__(self, root: ET.Element, seats: Mapping[str, int | None]) -> None:
        self._seats = seats
        self._students: dict[str, set[str]] = defaultdict(set)
        self._listed: dict[str, set[str]] = defaultdict(set)
        groups = {group.attrib["id"]: group for group in root.iterfind("solution/groups/group")}
        joined = {(key, one) for key, group in groups.items() for one in _references(group, "classes/class")}
        for one in root.iterfind("solution/classes/class"):
            joined.update((key, one.attrib["refId"]) for key in _references(one, "groups/group"))
            self._listed[one.attrib["refId"]].update(
                _references(one, "rooms/room"), _references(one, "teachers/teacher")
            )

        for key, name in joined:
            self._students[name].update(_references(groups[key], "students/student"))

    def read(self, key: str, rooms: Sequence[str], teachers: Sequence[str]) -> Class:
        """A class of a part that may be in these rooms with these teachers."""
        if key not in self._students:
            raise ValueError(f"no group of students is in class {key}: the file has to say who is in which class")
        students = frozenset(self._students[key])
        large = [room for room in rooms if (seats := self._seats[room]) is None or seats >= len(students)]
        return Class(key, students, self._of_these(key, large), self._of_these(key, teachers))

    def _of_these(self, key: str, options: Sequence[str]) -> tuple[str, ...]:
        """Those that are listed for the class as well; all, where none is."""
        return tuple(each for each in options if each in self._listed[key]) or tuple(options)


def _part(course: ET.Element, part: ET.Element, days: int, classes: _Classes) -> CoursePart:
    slots, staff = _only(part, "allowedSlots"), _only(part, "allowedTeachers")
    daily = [int(minute) for minute in _text(slots, "dailySlots").split(",")]
    rooms = tuple(dict.fromkeys(_references(part, "allowedRooms/room")))
    shares = {each.attrib["refId"]: int(each.attrib["nrSessions"]) for each in staff.iterfind("teacher")}
    return CoursePart(
        part.attrib["id"],
        course.attrib["id"],
        {
            (kind, name): frozenset(element.get(name, "").split(","))
            for kind, element in (("course", course), ("part", part))
            for name in ("id", "label")
        },
        int(part.attrib["nrSessions"]),
        int(slots.attrib["sessionLength"]),
        tuple(
            ((week - 1) * days + day - 1) * DAY + minute
            for week, day, minute in product(_numbers(_text(slots, "weeks")), _numbers(_text(slots, "days")), daily)
        ),
        int(staff.attrib["sessionTeachers"]),
        shares,
        tuple(classes.read(one.attrib["id"], rooms, tuple(shares)) for one in part.iterfind("classes/class")),
    )


def _rule(rule: ET.Element, parts: Sequence[CoursePart]) -> RuleOfFile:
    name = _only(rule, "constraint").attrib["name"]
    selections = tuple(_sets(selection, parts) for selection in rule.iterfind("sessions"))
    if name not in ("weekly", "sequenced", *SAME) or (name == "sequenced") == (len(selections) == 1):
        raise ValueError(f"the rule {name} with {len(selections)} selections is not known here")
    return RuleOfFile(name, selections)


def _sets(selection: ET.Element, parts: Sequence[CoursePart]) -> tuple[Sessions, ...]:
    """The sets that a selection makes of the sessions of the parts that its filters leave."""
    mask, group_by = selection.get("sessionsMask"), selection.attrib["groupBy"]
    found: dict[str, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for part in parts:
        if all(_passes(part, condition) for condition in selection.iterfind("filter")):
            ranks = tuple(range(1, part.sessions + 1)) if mask is None else tuple(_numbers(mask))
            for one in part.classes:
                for rank in ranks:
                    name = {"course": part.course, "part": part.key, "class": one.key, "session": f"{one.key} {rank}"}
                    ranks_of = found[name[group_by]]
                    ranks_of[one.key] = (*ranks_of.get(one.key, ()), rank)
    return tuple(found.values())


def _passes(part: CoursePart, condition: ET.Element) -> bool:
    has = part.labels[condition.attrib["type"], condition.attrib["attributeName"]]
    return all(
        has.isdisjoint(condition.attrib[name].split(",")) == (name == "notIn")
        for name in ("in", "notIn")
        if name in condition.attrib
    )


def _numbers(text: str) -> Iterator[int]:
    """The numbers of a list such as "1,3-5"."""
    for stretch in text.split(","):
        first, _, last = stretch.partition("-")
        yield from range(int(first), int(last or first) + 1)


def _references(element: ET.Element, path: str) -> list[str]:
    return [each.attrib["refId"] for each in element.iterfind(path)]


def _only(element: ET.Element, tag: str) -> ET.Element:
    [found] = element.iterfind(tag)
    return found


def _text(element: ET.Element, tag: str) -> str:
    return _only(element, tag).text or ""


def rows_of(instance: Instance) -> Mapping[str, tuple[Row, ...]]:
    """The rows of each class: those of its sessions that keep a weekly slot or all, then each run that stands apart."""
    apart: dict[str, set[int]] = defaultdict(set)
    sessions = {one.key: part.sessions for part in instance.parts for one in part.classes}
    for rule in instance.rules:
        for row in rule.selections[0] if rule.constraint == "weekly" else ():
            for key, ranks in row.items():
                apart[key].update({*range(1, sessions[key] + 1)}.difference(ranks))
    return {key: tuple(_rows(key, number, apart[key])) for key, number in sessions.items()}


def _rows(key: str, number: int, apart: Iterable[int]) -> Iterator[Row]:
    yield Row(key, tuple(rank for rank in range(1, number + 1) if rank not in apart))
    for _, run in groupby(enumerate(sorted(apart)), key=lambda each: each[1] - each[0]):
        ranks = tuple(rank for _, rank in run)
        yield Row(f"{key} {ranks[0]}", ranks)


def problem_of(instance: Instance) -> Problem:
    """The instance as a programme, whose groups are the classes, and its rules as laws."""
    days = Dates(FIRST, FIRST + timedelta(days=7 * instance.weeks - 1))
    frame = ProgrammeFile.model_validate(
        {
            "title": "University",
            "language": "en",
            "dates": [*days],
            "opening_hours": dict.fromkeys(WEEKDAYS[: instance.days], "00:00-24:00"),
            "working_week": WEEKDAYS[: instance.days],
            "groups": {"all": {"title": "All"}},
            "milestones": {"end": {"title": "End", "group": "all", "dates": [days.last, days.last]}},
        }
    )
    rows = rows_of(instance)
    programme = replace(
        resolve(frame, "university"),
        days_off=DaysOff(()),
        blocks={},
        groups={
            one.key: Group(one.key, one.key, len(one.students), students=one.students)
            for part in instance.parts
            for one in part.classes
        },
        modules={part.course: Module(part.course, part.course, None, 1) for part in instance.parts},
        trainers={key: Trainer(key, key) for key in instance.teachers},
        places={key: Place(key, key, seats=seats) for key, seats in instance.seats.items()},
        parts={part.key: part for part in _parts(instance, rows, days)},
    )
    always = Complete(), Within(), Capacity(), OneAtATime(buffer_minutes=0, between_site_and_virtual_minutes=0)
    return Problem(programme, (*always, *_shares(instance, rows), *_in_order(rows), *_laws(instance, rows)))


def _parts(instance: Instance, rows: Mapping[str, Sequence[Row]], days: Dates) -> Iterator[Part]:
    for part in instance.parts:
        starts = tuple(start_of(instance.day_of(slot)) + slot % DAY for slot in part.slots)
        for one in part.classes:
            for row in rows[one.key]:
                yield Part(
                    key=row.key,
                    module=part.course,
                    title=row.key,
                    kind="course",
                    group=one.key,
                    trainers=one.teachers,
                    together=part.together,
                    places=one.rooms,
                    count=len(row.ranks),
                    minutes=part.minutes,
                    dates=days,
                    starts=starts,
                )


def _shares(instance: Instance, rows: Mapping[str, Sequence[Row]]) -> Iterator[Rule]:
    """What each teacher gives of a part at most; together it is all of the part."""
    for part in instance.parts:
        keys = tuple(row.key for one in part.classes for row in rows[one.key])
        for teacher, number in part.shares.items():
            yield TrainerLoad(trainers=(teacher,), parts=keys, sessions_in_all=number)


def _in_order(rows: Mapping[str, Sequence[Row]]) -> Iterator[Rule]:
    """The sessions of a class that stand apart come between the others as their ranks say."""
    for regular, *others in rows.values():
        for other in others:
            before = sum(rank < other.ranks[0] for rank in regular.ranks)
            if before:
                yield Order(first=regular.key, then=other.key, until_session=before)
            if before < len(regular.ranks):
                yield Order(first=other.key, then=regular.key, from_session=before + 1)


def _laws(instance: Instance, rows: Mapping[str, Sequence[Row]]) -> Iterator[Rule]:
    for rule in instance.rules:
        if rule.constraint == "sequenced":
            for first, then in pairwise(rule.selections):
                yield from _sequenced(rows, first, then)
            continue
        for sessions in rule.selections[0]:
            keys = tuple(row.key for key, ranks in sessions.items() for row in _touched(rows, key, ranks))
            if rule.constraint == "weekly":
                yield Weekly(parts=keys)
                yield from (Order(first=first, then=then) for first, then in pairwise(keys))
            elif len(keys) > 1 or rule.constraint in ("sameRooms", "sameTeachers"):
                yield Alike(parts=keys, same=SAME[rule.constraint])


def _touched(rows: Mapping[str, Sequence[Row]], key: str, ranks: Sequence[int]) -> list[Row]:
    """The rows of a class that have some of these sessions."""
    return [row for row in rows[key] if not set(row.ranks).isdisjoint(ranks)]


def _sequenced(
    rows: Mapping[str, Sequence[Row]], first: Sequence[Sessions], then: Sequence[Sessions]
) -> Iterator[Rule]:
    """All sessions of each set end before any of each set after: so many of some parts before the others from there."""
    ends = _rows_at(rows, [(key, max(ranks)) for sessions in first for key, ranks in sessions.items()])
    starts = _rows_at(rows, [(key, min(ranks)) for sessions in then for key, ranks in sessions.items()])
    for (until, last), (start, _) in product(ends, starts):
        keys = {"first": ends[until, last], "then": starts[start, _]}
        yield Order(**keys, until_session=None if last else until, from_session=start)


def _rows_at(
    rows: Mapping[str, Sequence[Row]], sessions: Iterable[tuple[str, int]]
) -> Mapping[tuple[int, bool], tuple[str, ...]]:
    """Rows by the number that a session of this rank has in them, and whether it is their last."""
    found: dict[tuple[int, bool], list[str]] = defaultdict(list)
    for key, rank in sessions:
        [row] = _touched(rows, key, [rank])
        number = row.ranks.index(rank) + 1
        found[number, number == len(row.ranks)].append(row.key)
    return {at: tuple(dict.fromkeys(keys)) for at, keys in found.items()}


def solution_of(instance: Instance, timetable: Timetable) -> "ET.ElementTree[ET.Element]":
    """The file with its sessions, in the order of its classes and of time."""
    tree = ET.parse(instance.path)
    sessions = ET.SubElement(_only(tree.getroot(), "solution"), "sessions")
    for key, rows in rows_of(instance).items():
        every = sorted((each for row in rows for each in timetable.of(row.key)), key=lambda each: each.span)
        for rank, session in enumerate(every, start=1):
            ET.SubElement(sessions, "session", _attributes(instance, key, rank, session))
    ET.indent(tree)
    return tree


def _attributes(instance: Instance, key: str, rank: int, session: Placement) -> dict[str, str]:
    return {
        "class": key,
        "rank": str(rank),
        "slot": str(instance.slot_of(session.span.start)),
        "rooms": session.place or "",
        "teachers": ",".join(session.trainers),
    }


def told(instance: Instance, result: Result) -> str:
    """What was found, in a few words."""
    if result.timetable is None:
        return result.outcome.value
    return f"{len(result.timetable.placements)} sessions, lawful after {result.seconds_to_lawful:.1f} s"


def file_of(instance: Instance, result: Result) -> bytes | None:
    """The file with its sessions, where there are any."""
    return None if result.timetable is None else xml_of(solution_of(instance, result.timetable).getroot())


ADAPTER = Adapter(
    about=(__doc__ or "").partition("\n")[0],
    read=read_instance,
    problem_of=problem_of,
    solution_of=file_of,
    told=told,
)


if __name__ == "__main__":
    solve(ADAPTER)
