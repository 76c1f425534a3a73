"""Who takes which course: the table of enrolments that a site file names, as spreadsheets leave it."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from calendars.enrolments import Group, groups_of_students
from calendars.faults import Fault, FaultyInput, nearest, with_nearest
from calendars.programme_file import ID_PATTERN
from calendars.sheets import Row, column_of, no_column, read_rows
from calendars.wording import say

PERSON = ("person", "personne")
COURSE = ("course", "parcours")
GROUP = ("group", "groupe")
"""The headings of the columns; that of the groups may be left out."""


class Enrolment(NamedTuple):
    """A row of the table, with its line: a pseudonym, the key of a programme, and a group or nothing."""

    line: int
    person: str
    course: str
    group: str


@dataclass(frozen=True)
class EnrolmentFile:
    """The table of a site, and where it is."""

    path: Path
    rows: tuple[Enrolment, ...]

    @cached_property
    def people(self) -> frozenset[str]:
        """Everybody who is enrolled in anything."""
        return frozenset(row.person for row in self.rows)

    def of(self, course: str) -> list[Enrolment]:
        """The rows of one course."""
        return self._by_course.get(course, [])

    @cached_property
    def _by_course(self) -> dict[str, list[Enrolment]]:
        found: defaultdict[str, list[Enrolment]] = defaultdict(list)
        for row in self.rows:
            found[row.course].append(row)
        return found


def read_enrolments(path: Path, courses: Collection[str]) -> EnrolmentFile:
    """The table of enrolments in any of these courses; what is not in UTF-8 is taken for Latin-1.

    Raises:
        FaultyInput: with every missing column, or every row without a pseudonym or a known course.
    """
    headings, *rows = read_rows(path, "latin-1")
    person, course, group = (column_of(headings, names) for names in (PERSON, COURSE, GROUP))
    if person is None or course is None:
        missing = [names for names, column in ((PERSON, person), (COURSE, course)) if column is None]
        raise FaultyInput([Fault(no_column(names), (), str(path), headings.line) for names in missing])
    read = [_enrolment(row, person, course, group) for row in rows]
    if faults := [fault.at(str(path), fault.line) for fault in _faults(read, courses)]:
        raise FaultyInput(faults)
    return EnrolmentFile(path, tuple(read))


def enrolled(groups: Mapping[str, Group], course: str, table: EnrolmentFile) -> tuple[dict[str, Group], list[Fault]]:
    """The groups of a course with those enrolled among their students, and what is wrong with the rows of the course.

    A row without a group is about the only group that is not part of another one.
    """
    students: defaultdict[str, dict[str, int]] = defaultdict(dict)
    faults = []
    for row in table.of(course):
        found = _group_of(row, groups)
        if isinstance(found, Fault):
            faults.append(found.at(str(table.path), row.line))
        elif (first := students[found].setdefault(row.person, row.line)) != row.line:
            twice = say(
                "{person} stands in {group} on line {line} too; keep one of the two rows",
                person=row.person,
                group=found,
                line=first,
            )
            faults.append(Fault(twice, (), str(table.path), row.line))
    joined = {key: replace(group, students=group.students.union(students[key])) for key, group in groups.items()}
    return joined, faults


def overfull(groups: Mapping[str, Group]) -> Iterator[Fault]:
    """A fault for each group whose students, with those of the groups that are part of it, are more than its size."""
    counts: defaultdict[str, int] = defaultdict(int)
    for joined in groups_of_students(groups).values():
        for key in joined:
            counts[key] += 1
    for key, group in groups.items():
        if group.size is not None and counts[key] > group.size:
            why = say(
                "{count} people are enrolled here, and the size is {size}; write size = {count}, or enrol fewer",
                count=counts[key],
                size=group.size,
            )
            yield Fault(why, ("groups", key, "size"))


def _enrolment(row: Row, person: int, course: int, group: int | None) -> Enrolment:
    return Enrolment(row.line, row.cell(person), row.cell(course), "" if group is None else row.cell(group))


def _faults(rows: Iterable[Enrolment], courses: Collection[str]) -> Iterator[Fault]:
    for row in rows:
        if not re.fullmatch(ID_PATTERN, row.person):
            why = say(
                "“{name}” is no pseudonym; write small letters, digits and hyphens, such as p012", name=row.person
            )
            yield Fault(why, line=row.line)
        if row.course not in courses:
            near = nearest(row.course, sorted(courses))
            cure = say("did you mean {nearest}?", nearest=near) if near else say("write its name, without .toml")
            unknown = say("no programme file in the folder is that of “{name}”", name=row.course)
            yield Fault(say("{fault}; {cure}", fault=unknown, cure=cure), line=row.line)


def _group_of(row: Enrolment, groups: Mapping[str, Group]) -> str | Fault:
    """The group that a row is about, or what is wrong with the row."""
    known = {key: group for key, group in groups.items() if group.division is None}
    if row.group in known:
        return row.group
    if row.group:
        unknown = say("there is no group {name}", name=row.group)
        return Fault(with_nearest(unknown, row.group, known), (row.course,))
    whole = [key for key, group in known.items() if group.part_of is None]
    if len(whole) == 1:
        return whole[0]
    return Fault(say("the course has several groups; write one of {groups}", groups=tuple(known)), (row.course,))
