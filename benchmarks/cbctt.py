"""Curriculum-based course timetabling in the text format of the 2007 competition (ITC 2007, track 3), formulation UD2.

    python -m benchmarks.cbctt INSTANCE.ctt -o SOLUTION [--cpu 240] [--seed 0] [--json]

The file becomes an ordinary problem: each course is a part with its teacher and the choice of all rooms, each
curriculum a student of its courses. It is solved by the ordinary search and written in the competition's own format, a
line "course room day period" for each lecture.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.adapter import Adapter, solve
from calendars.clock import DAY, Dates, start_of
from calendars.enrolments import Group
from calendars.programme import Module, Part, Place, Trainer
from calendars.programme_file import WEEKDAYS, ProgrammeFile
from calendars.resolving import resolve
from calendars.timetable import Timetable
from constraints.complete import Complete
from constraints.enough_seats import EnoughSeats
from constraints.lone_sessions import LoneSessions
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Rule
from constraints.steady import Steady
from constraints.teaching_days import TeachingDays
from constraints.within import Within
from scheduler.problem import Problem
from scheduler.result import Result

MODULE, STUDENTS = "courses", "students"
FIRST = date(2026, 11, 2)
"""The first day of an instance, a Monday."""


class Course(NamedTuple):
    """A course: its teacher, its lectures, the days over which they should be spread, and its students."""

    teacher: str
    lectures: int
    days: int
    students: int


class Instance(NamedTuple):
    """A file: days, periods of each day, courses, seats of rooms, courses of curricula, and when a course cannot be.

    Days and periods are counted from 0.
    """

    days: int
    periods: int
    courses: Mapping[str, Course]
    rooms: Mapping[str, int]
    curricula: Mapping[str, Sequence[str]]
    closed: frozenset[tuple[str, int, int]]

    @property
    def minutes(self) -> int:
        """How long a period is, so that the periods of a day follow one another."""
        return DAY // self.periods

    def start(self, day: int, period: int) -> int:
        """The minute at which a period starts."""
        return start_of(FIRST) + day * DAY + period * self.minutes

    def period_of(self, start: int) -> tuple[int, int]:
        """The day and the period that start at a minute."""
        day, minute = divmod(start - start_of(FIRST), DAY)
        return day, minute // self.minutes


def read_instance(path: Path) -> Instance:
    """The instance of a file: a head of "Key: value", then sections, each a "NAME:" with a row on each line."""
    head: dict[str, str] = {}
    sections: defaultdict[str, list[list[str]]] = defaultdict(list)
    rows: list[list[str]] | None = None
    for line in path.read_text(encoding="utf-8").partition("\nEND.")[0].splitlines():
        key, colon, value = line.strip().partition(":")
        if colon and not value:
            rows = sections[key]
        elif colon:
            head[key] = value.strip()
        elif rows is not None and line.strip():
            rows.append(line.split())
    return Instance(
        days=int(head["Days"]),
        periods=int(head["Periods_per_day"]),
        courses={key: Course(teacher, *map(int, numbers)) for key, teacher, *numbers in sections["COURSES"]},
        rooms={key: int(seats) for key, seats in sections["ROOMS"]},
        curricula={key: courses for key, _, *courses in sections["CURRICULA"]},
        closed=frozenset(
            (course, int(day), int(period)) for course, day, period in sections["UNAVAILABILITY_CONSTRAINTS"]
        ),
    )


def problem_of(instance: Instance) -> Problem:
    """The instance as a programme of dated days without nights, whose courses start at the periods open to them."""
    days = Dates(FIRST, FIRST + timedelta(days=instance.days - 1))
    frame = ProgrammeFile.model_validate(
        {
            "title": "Courses",
            "language": "en",
            "dates": [*days],
            "working_week": WEEKDAYS,
            "opening_hours": dict.fromkeys(WEEKDAYS, "00:00-24:00"),
            "groups": {STUDENTS: {"title": "Students"}},
            "milestones": {"end": {"title": "End", "group": STUDENTS, "dates": [days.last, days.last]}},
        }
    )
    programme = resolve(frame, "courses")
    teachers = dict.fromkeys(course.teacher for course in instance.courses.values())
    programme = replace(
        programme,
        blocks={},
        modules={MODULE: Module(MODULE, "Courses", None, 1)},
        trainers={key: Trainer(key, key) for key in teachers},
        places={key: Place(key, key, seats=seats) for key, seats in instance.rooms.items()},
        groups={group.key: group for group in _groups(instance, programme.groups[STUDENTS])},
        parts={part.key: part for part in _parts(instance, days)},
    )
    laws = Complete(), Within(), OneAtATime(buffer_minutes=0, between_site_and_virtual_minutes=0)
    return Problem(programme, (*laws, *_preferences(instance)))


def _groups(instance: Instance, students: Group) -> Iterator[Group]:
    """The students of all curricula, and those of each course, in which each curriculum is a student."""
    yield students
    curricula: defaultdict[str, set[str]] = defaultdict(set)
    for curriculum, keys in instance.curricula.items():
        for key in keys:
            curricula[key].add(curriculum)
    for key, course in instance.courses.items():
        above = STUDENTS if key in curricula else None
        yield replace(
            students, key=key, title=key, size=course.students, part_of=above, students=frozenset(curricula[key])
        )


def _parts(instance: Instance, days: Dates) -> Iterator[Part]:
    for key, course in instance.courses.items():
        yield Part(
            key=f"{MODULE}.{key}",
            module=MODULE,
            title=key,
            kind="course",
            group=key,
            trainers=(course.teacher,),
            together=1,
            places=tuple(instance.rooms),
            count=course.lectures,
            minutes=instance.minutes,
            dates=days,
            starts=tuple(
                instance.start(day, period)
                for day in range(instance.days)
                for period in range(instance.periods)
                if (key, day, period) not in instance.closed
            ),
        )


def _preferences(instance: Instance) -> Iterator[Rule]:
    """The costs of the formulation UD2, in one level."""
    yield Steady()
    yield EnoughSeats()
    alike: defaultdict[int, list[str]] = defaultdict(list)
    for key, course in instance.courses.items():
        alike[course.days].append(f"{MODULE}.{key}")
    for days, parts in sorted(alike.items()):
        if days:
            yield TeachingDays(parts=tuple(parts), days=days, weight=5)
    yield LoneSessions(group=STUDENTS, gap_minutes=0, weight=2)


def solution_of(instance: Instance, timetable: Timetable) -> list[str]:
    """The lines of a solution: course by course, in order of time."""
    return [
        " ".join((key, placement.place or "", *map(str, instance.period_of(placement.span.start))))
        for key in instance.courses
        for placement in timetable.of(f"{MODULE}.{key}")
    ]


def file_of(instance: Instance, result: Result) -> bytes | None:
    """The file of a solution; there is none without a timetable."""
    if result.timetable is None:
        return None
    return "\n".join([*solution_of(instance, result.timetable), ""]).encode()


def told(_: Instance, result: Result) -> str:
    """What was found and what was proved, in a few words."""
    if result.timetable is None:
        return result.outcome.value
    [level] = result.levels
    return f"cost {level.value}, at least {level.bound}"


ADAPTER = Adapter(
    about=(__doc__ or "").partition("\n")[0],
    read=read_instance,
    problem_of=problem_of,
    solution_of=file_of,
    told=told,
)


if __name__ == "__main__":
    solve(ADAPTER)
