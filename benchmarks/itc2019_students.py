"""The students of the International Timetabling Competition 2019: who attends which classes of a timetable.

The timetable is made without them. Each in turn gets, of each course asked for, one class of every subpart of a
configuration, with the classes that these are parts of, among those with a seat left; those first that fall together
with the fewest of theirs.
"""

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import NamedTuple

from calendars.timetable import Placement


class Offer(NamedTuple):
    """A class as students see it: its seats, None where it has any number, and the class that it is a part of."""

    key: str
    seats: int | None
    parent: str | None


class Demands(NamedTuple):
    """By course the configurations, each with the classes of its subparts; by student the courses asked for."""

    courses: Mapping[str, Sequence[Sequence[Sequence[Offer]]]]
    students: Mapping[str, Sequence[str]]


def read_demands(root: ET.Element) -> Demands:
    """What a file says of students."""
    courses = {
        course.attrib["id"]: [
            [[_offer(each) for each in subpart.findall("class")] for subpart in config.findall("subpart")]
            for config in course.findall("config")
        ]
        for course in root.findall("courses/course")
    }
    students = root.findall("students/student")
    return Demands(
        courses, {each.attrib["id"]: [one.attrib["id"] for one in each.findall("course")] for each in students}
    )


def _offer(element: ET.Element) -> Offer:
    limit = element.get("limit")
    return Offer(element.attrib["id"], None if limit is None else int(limit), element.get("parent"))


def enrolled(demands: Demands, placed: Mapping[str, Sequence[Placement]]) -> Mapping[str, Sequence[str]]:
    """The students of each class; a course without a seat left is left out for who comes last."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for student, courses in demands.students.items():
        attended: list[str] = []
        for course in courses:
            full = {each.key for each in _offers(demands.courses[course]) if each.seats == len(found[each.key])}
            attended += next(_choices(demands.courses[course], full, attended, placed), [])
        for key in attended:
            found[key].append(student)
    return found


def _offers(configs: Sequence[Sequence[Sequence[Offer]]]) -> Iterator[Offer]:
    return (each for config in configs for subpart in config for each in subpart)


def _choices(
    configs: Sequence[Sequence[Sequence[Offer]]],
    full: set[str],
    attended: Sequence[str],
    placed: Mapping[str, Sequence[Placement]],
) -> Iterator[list[str]]:
    """What a student may attend of a course; in each subpart first what falls together with the fewest others."""
    for config in configs:
        open_to = [
            sorted(
                (each for each in subpart if each.key not in full),
                key=lambda each: sum(_overlap(placed[each.key], placed[other]) for other in attended),
            )
            for subpart in config
        ]
        for chosen in product(*open_to):
            keys = [each.key for each in chosen]
            if all(each.parent is None or each.parent in keys for each in chosen):
                yield keys


def _overlap(some: Sequence[Placement], others: Sequence[Placement]) -> bool:
    return any(one.span.overlaps(other.span) for one in some for other in others)
