"""A drawn region: its courses, trainers and people, around a plan that keeps the weekly cap of everybody.

The plan is not told. It makes sure that no weekly sum of a person, and no absence of a trainer, is impossible at a
glance.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import islice
from random import Random

from benchmarks.region.templates import TEMPLATES, Template
from calendars.clock import Dates
from calendars.days_off import DaysOff, resolve
from calendars.programme_file import DaysOffTable

AUDIENCES = (("A",), ("B",), ("C",), ("A", "B"), ("B", "C"), ("A", "C"), ("A", "B", "C"))
SITES = {"salle-nord": "Salle de formation, nord", "salle-sud": "Salle de formation, sud"}
SITES |= {"salle-est": "Salle de formation, est", "salle-ouest": "Salle de formation, ouest"}
CAP = 120
"""Minutes of distance work a week."""

_YEAR = Dates(date(2026, 9, 1), date(2027, 7, 2))
_SEASONS = (date(2026, 10, 5), date(2026, 11, 16), date(2027, 1, 11), date(2027, 3, 1))
"""The first weeks in which courses of a season may start."""
_WEEKS_OF_STARTS = 5
_COURSES_A_SITE = 25
"""Courses for each site in a large region, half of them with a day there."""
_SEATS = (18, 24)
_LOOKED_AT = 100
"""Courses that a person looks at before they choose no more, so that the time of drawing grows with the region."""
_WEEK = timedelta(days=7)
_WEEKDAYS = ("monday", "tuesday", "thursday", "friday")
_HALVES = ("09:00-12:00", "13:30-17:30")


@dataclass(frozen=True)
class Course:
    """A session of a course: its key, the days in which it lies, the wished start, and its two trainers.

    `mondays` are the weeks of the plan.
    """

    key: str
    title: str
    template: Template
    zones: tuple[str, ...]
    dates: Dates
    near: date
    trainers: tuple[str, str]
    site: str
    mondays: tuple[date, ...]

    @cached_property
    def load(self) -> Counter[date]:
        """Minutes of distance work by week in the plan."""
        return Counter(dict(zip(self.mondays, self.template.load, strict=True)))


@dataclass(frozen=True)
class Trainer:
    """When somebody has other duties: a weekday, half of another one, and some weeks; and what they prefer."""

    key: str
    title: str
    weekday: str
    half: tuple[str, str]
    away: tuple[Dates, ...]
    prefers: tuple[str, str]


@dataclass(frozen=True)
class Region:
    """The titles of its sites, the courses, their trainers, and for each person the keys of their courses."""

    sites: dict[str, str]
    courses: tuple[Course, ...]
    trainers: tuple[Trainer, ...]
    people: dict[str, tuple[str, ...]]


def planted(count: int, seed: int) -> Region:
    """A region of so many courses."""
    chance = Random(seed)
    names = [f"formation-{number:03}" for number in range(1, max(2, -(-count // 2)) + 1)]
    sites = _sites(-(-count // _COURSES_A_SITE))
    courses = tuple(_course(chance, number, names, [*sites]) for number in range(count))
    trainers = tuple(_trainer(chance, number, name, courses) for number, name in enumerate(names, 1))
    return Region(sites, courses, trainers, _people(chance, courses))


def _sites(count: int) -> dict[str, str]:
    """So many sites, but four at least."""
    return SITES | {f"salle-{n}": f"Salle de formation {n}" for n in range(len(SITES) + 1, count + 1)}


def _course(chance: Random, number: int, names: Sequence[str], sites: Sequence[str]) -> Course:
    template, session = TEMPLATES[number % len(TEMPLATES)], number // len(TEMPLATES) + 1
    zones, season = chance.choice(AUDIENCES), chance.choice(_SEASONS)
    working = _working_weeks(zones)
    first = next(place for place, monday in enumerate(working) if monday >= season)
    starts = [monday for monday in working[first:] if monday < season + _WEEKS_OF_STARTS * _WEEK]
    start = first + chance.randrange(len(starts))
    last = working[first + len(starts) + template.weeks - 2] + timedelta(days=4)
    one = names[number % len(names)]
    return Course(
        key=f"{template.key}-{session:03}",
        title=f"{template.title}, session {session}",
        template=template,
        zones=zones,
        dates=Dates(starts[0], last),
        near=chance.choice(starts) + timedelta(days=chance.randrange(3)),
        trainers=(one, chance.choice([name for name in names if name != one])),
        site=chance.choice(sites),
        mondays=tuple(working[start : start + template.weeks]),
    )


@cache
def _days_off() -> DaysOff:
    return resolve(DaysOffTable(), AUDIENCES[-1], _YEAR, "fr")[0]


@cache
def _working_weeks(zones: tuple[str, ...]) -> tuple[date, ...]:
    """The Mondays of the weeks in which a day is no rest in any of the zones."""
    return tuple(
        monday
        for monday in _YEAR.weeks()
        if any(not _days_off().on(monday + timedelta(days=day), zones) for day in range(5))
    )


def _trainer(chance: Random, number: int, key: str, courses: Iterable[Course]) -> Trainer:
    busy = {monday for course in courses if key in course.trainers for monday in course.mondays}
    free = [monday for monday in _YEAR.weeks() if monday not in busy]
    away = sorted(chance.sample(free, min(len(free), chance.randint(1, 3))))
    weekday, other = chance.sample(_WEEKDAYS, 2)
    return Trainer(
        key=key,
        title=f"Équipe de formation, poste {number}",
        weekday=weekday,
        half=(other, chance.choice(_HALVES)),
        away=tuple(Dates(monday, monday + timedelta(days=4)) for monday in away),
        prefers=(chance.choice([day for day in _WEEKDAYS if day != weekday]), chance.choice(_HALVES)),
    )


def _people(chance: Random, courses: Sequence[Course]) -> dict[str, tuple[str, ...]]:
    """Fills the seats of every course with people in one, two or three courses of their zone."""
    seats = {course.key: chance.randint(*_SEATS) for course in courses}
    people: dict[str, tuple[str, ...]] = {}
    open_courses = [*courses]
    while open_courses:
        (wanted,) = chance.choices((1, 2, 3), (60, 28, 12))
        joined = _joined(chance, open_courses, wanted)
        for course in joined:
            seats[course.key] -= 1
            if not seats[course.key]:
                open_courses.remove(course)
        people[f"p{len(people) + 1:05}"] = tuple(sorted(course.key for course in joined))
    return people


def _joined(chance: Random, courses: list[Course], wanted: int) -> list[Course]:
    """So many courses that one person may take together, or fewer where too few fit of those that they look at."""
    drawn = islice(_drawn(chance, courses), _LOOKED_AT)
    joined = [next(drawn)]
    zone = chance.choice(joined[0].zones)
    while len(joined) < wanted and (course := next(drawn, None)):
        if zone in course.zones and _fits(course, joined):
            joined.append(course)
    return joined


def _drawn(chance: Random, courses: list[Course]) -> Iterator[Course]:
    """Some courses in an order of chance, which is drawn and left in the list only as far as it is asked for."""
    for left in range(len(courses), 0, -1):
        place = chance.randrange(left)
        courses[place], courses[left - 1] = courses[left - 1], courses[place]
        yield courses[left - 1]


def _fits(course: Course, joined: Iterable[Course]) -> bool:
    """Whether a person may add a course to others: not another session of one, and within the cap by the plan."""
    every = [course, *joined]
    load = sum((each.load for each in every), Counter[date]())
    return len({each.template.key for each in every}) == len(every) and max(load.values()) <= CAP
