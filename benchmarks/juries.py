"""Juries of defences in the XML of an engineering school's planner: dated availabilities liked from 1 to 5.

    python -m benchmarks.juries AGENDA.xml -o SCHEDULE.xml [--cpu 240] [--seed 0] [--json]

The file becomes an ordinary problem: each defence a session with its jury, each availability a `can` of its person. It
is solved by the ordinary search and written in the planner's own format, with its total preference, which the search
proves to be the greatest, or with an error where it proves that there is no schedule.
"""

import xml.etree.ElementTree as ET
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from benchmarks.adapter import Adapter, Score, cost_of, solve, xml_of
from calendars.clock import DAY, Dates, Span, day_of, minute_of, moment_of, start_of
from calendars.juries import Role, trainers_of
from calendars.programme import Module, Part, Trainer
from calendars.programme_file import WEEKDAYS, Can, ProgrammeFile
from calendars.resolving import resolve
from calendars.timetable import Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.one_at_a_time import OneAtATime
from constraints.trainer_preference import TrainerPreference
from constraints.within import Within
from scheduler.problem import Problem
from scheduler.result import Outcome, Result

MODULE, STUDENTS = "vivas", "students"


class Window(NamedTuple):
    """When somebody can, and how much they like it, 5 being most."""

    span: Span
    liking: int


class Viva(NamedTuple):
    """A defence: its student, its title, and by role whoever is in its jury, in the order of the file."""

    student: str
    title: str
    jury: tuple[tuple[str, str], ...]


class Agenda(NamedTuple):
    """A file: the minutes of a defence, the defences, and the windows of each person."""

    minutes: int
    vivas: tuple[Viva, ...]
    windows: Mapping[str, Sequence[Window]]


def read_agenda(path: Path) -> Agenda:
    """The agenda of a file; windows are cut to whole minutes."""
    root = ET.parse(path).getroot()
    hours, minutes, _ = map(int, root.attrib["duration"].split(":"))
    vivas = tuple(
        Viva(one.attrib["student"], one.attrib["title"], tuple((each.tag, each.attrib["id"]) for each in one))
        for one in root.iter("viva")
    )
    people = [person for tag in ("teacher", "external") for person in root.iter(tag) if "id" in person.attrib]
    windows = {person.attrib["id"]: [*map(_window, person.iter("availability"))] for person in people}
    return Agenda(60 * hours + minutes, vivas, windows)


def _window(availability: ET.Element) -> Window:
    first, last = (datetime.fromisoformat(availability.attrib[name]) for name in ("start", "end"))
    start = minute_of(first) + (first.second > 0)
    return Window(Span(start, minute_of(last)), int(availability.attrib["preference"]))


def problem_of(agenda: Agenda) -> Problem:
    """The agenda as a programme without nights or days off, whose people can in their windows alone."""
    every = [window.span for windows in agenda.windows.values() for window in windows]
    days = Dates(day_of(min(span.start for span in every)), day_of(max(span.end for span in every)))
    frame = ProgrammeFile.model_validate(
        {
            "title": "Defences",
            "language": "en",
            "dates": [*days],
            "working_week": WEEKDAYS,
            "opening_hours": dict.fromkeys(WEEKDAYS, "00:00-24:00"),
            "groups": {STUDENTS: {"title": "Students"}},
            "milestones": {"end": {"title": "End", "group": STUDENTS, "dates": [days.last, days.last]}},
        }
    )
    programme = replace(
        resolve(frame, "defences"),
        blocks={},
        modules={MODULE: Module(MODULE, "Defences", None, 1)},
        trainers={key: Trainer(key, key, can=tuple(map(_can, windows))) for key, windows in agenda.windows.items()},
        parts={part.key: part for part in _parts(agenda, days)},
    )
    laws = Complete(), Within(), Availability(), OneAtATime(buffer_minutes=0, between_site_and_virtual_minutes=0)
    return Problem(programme, (*laws, TrainerPreference()))


def _can(window: Window) -> Can:
    start = window.span.start % DAY
    return Can.model_construct(
        dates=Dates(window.span.day, window.span.day),
        hours=(start, min(DAY, start + window.span.minutes)),
        liking=window.liking,
    )


def _parts(agenda: Agenda, days: Dates) -> Iterator[Part]:
    chains = _chains(agenda)
    for viva in agenda.vivas:
        roles = tuple(Role(str(number), role, (person,)) for number, (role, person) in enumerate(viva.jury))
        yield Part(
            key=f"{MODULE}.{viva.student}",
            module=MODULE,
            title=viva.title,
            kind="defence",
            group=STUDENTS,
            trainers=trainers_of(roles),
            together=len(roles),
            places=(),
            count=1,
            minutes=agenda.minutes,
            dates=days,
            student=viva.student,
            roles=roles,
            starts=tuple(_starts(agenda, viva, chains)),
        )


def _chains(agenda: Agenda) -> list[int]:
    """The minutes at which defences in a row can start, if the first of a row starts with a window.

    No others are needed: a defence that starts later can be moved back until it meets the end of another one or the
    beginning of a window, and stays in the windows in which it was.
    """
    every = [window.span for windows in agenda.windows.values() for window in windows]
    return sorted({start for span in every for start in range(span.start, start_of(span.day) + DAY, agenda.minutes)})


def _starts(agenda: Agenda, viva: Viva, chains: Sequence[int]) -> Iterator[int]:
    """The starts at which everybody in a jury can."""
    first, *others = sorted(({person for _, person in viva.jury}), key=lambda key: len(agenda.windows.get(key, ())))
    for window in agenda.windows.get(first, ()):
        last = window.span.end - agenda.minutes
        for start in chains[bisect_left(chains, window.span.start) : bisect_right(chains, last)]:
            span = Span(start, start + agenda.minutes)
            if all(any(each.span.contains(span) for each in agenda.windows.get(key, ())) for key in others):
                yield start


def total_preference(agenda: Agenda, timetable: Timetable) -> int:
    """What all members like their defences together."""
    return sum(map(sum, (_likings(agenda, viva, _span(viva, timetable)) for viva in agenda.vivas)))


def _span(viva: Viva, timetable: Timetable) -> Span:
    [placement] = timetable.of(f"{MODULE}.{viva.student}")
    return placement.span


def _likings(agenda: Agenda, viva: Viva, span: Span) -> list[int]:
    """How much each member of a jury likes a time."""
    windows = (agenda.windows[person] for _, person in viva.jury)
    return [max(window.liking for window in some if window.span.contains(span)) for some in windows]


def schedule_of(agenda: Agenda, result: Result) -> ET.Element:
    """The schedule in the planner's format: its defences in order of time, or why there are none."""
    if result.timetable is None:
        why = {Outcome.IMPOSSIBLE: "no schedule exists", Outcome.UNKNOWN: "no schedule was found"}
        return ET.Element("schedule", error=why[result.outcome])
    timetable = result.timetable
    root = ET.Element("schedule", totalPreference=str(total_preference(agenda, timetable)))
    for viva in sorted(agenda.vivas, key=lambda each: (_span(each, timetable), each.student)):
        span = _span(viva, timetable)
        found = ET.SubElement(
            root,
            "viva",
            student=viva.student,
            title=viva.title,
            start=f"{moment_of(span.start):%Y-%m-%dT%H:%M:%S}",
            end=f"{moment_of(span.end):%Y-%m-%dT%H:%M:%S}",
            preference=str(sum(_likings(agenda, viva, span))),
        )
        for role, person in viva.jury:
            ET.SubElement(found, role, name=person)
    ET.indent(root)
    return root


def file_of(agenda: Agenda, result: Result) -> bytes:
    """The file of a schedule, or of why there is none."""
    return xml_of(schedule_of(agenda, result))


def score_of(agenda: Agenda, result: Result) -> Score:
    """The total preference, and the most that it could be: what is liked less costs the search as many points."""
    assert result.timetable is not None
    total, cost = total_preference(agenda, result.timetable), cost_of(result)
    return Score(total, total + cost.value - cost.bound)


def told(agenda: Agenda, result: Result) -> str:
    """What was found and what was proved, in a few words."""
    if result.timetable is None:
        return result.outcome.value
    total, most = score_of(agenda, result)
    return f"total preference {total}, {f'at most {most}' if most > total else 'proved to be the greatest'}"


ADAPTER = Adapter(
    about=(__doc__ or "").partition("\n")[0],
    read=read_agenda,
    problem_of=problem_of,
    solution_of=file_of,
    score_of=score_of,
    told=told,
)


if __name__ == "__main__":
    solve(ADAPTER)
