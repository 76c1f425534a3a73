"""Making a calendar again: what was held stays, what people count on moves as little as can be."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from calendars.calendar_file import Calendar
from calendars.clock import start_of
from calendars.faults import Fault, FaultyInput
from calendars.naming import name_of, when_of
from calendars.saving import timetable_of
from calendars.timetable import Placement
from calendars.wording import Message, say
from constraints.few_changes import FewChanges
from constraints.held import Held
from scheduler.problem import Problem


def holding(problem: Problem, known: Calendar, as_of: date, path: Path) -> Problem:
    """The problem with what a known calendar has before a day held.

    Args:
        problem: as the programme file has it.
        known: the calendar that people know.
        as_of: what begins before this day is held.
        path: where the calendar was read, for what is said of it.

    Raises:
        FaultyInput: where what was held cannot be counted, as a session that stands twice.
    """
    held = tuple(each for each in timetable_of(known).placements if each.span.start < start_of(as_of))
    faults = [Fault(message, (), str(path)) for message in _faults(problem, held)]
    if faults:
        raise FaultyInput(faults)
    return replace(problem, rules=(Held(before=as_of, placements=held), *problem.rules))


def following(problem: Problem, previous: Calendar, as_of: date, path: Path) -> Problem:
    """The problem of a calendar that follows another one: what is past is held, all else stays where it can.

    Args and faults are those of `holding`.
    """
    before, begun = timetable_of(previous), start_of(as_of)
    to_come = tuple(each for each in before.placements if each.span.start >= begun)
    held = holding(problem, previous, as_of, path)
    return replace(held, rules=(*held.rules, FewChanges(placements=to_come)), previous=before)


def _faults(problem: Problem, held: tuple[Placement, ...]) -> Iterator[Message]:
    programme = problem.programme
    for (span, key), count in Counter((placement.span, placement.activity) for placement in held).items():
        if count > 1 and key in programme.activities:
            activity = programme.activities[key]
            told = {"name": name_of(programme, activity), "when": when_of(activity, span)}
            yield say("{name} stands twice {when}; remove one of the two", **told)
    for placement in held:
        work = programme.works.get(placement.activity)
        if work is not None and placement.amount % work.step:
            told = {"name": name_of(programme, work), "when": when_of(work, placement.span)}
            yield say(
                "{name} had {minutes} minutes {when}, which steps of {step} do not make; lower its step_minutes",
                minutes=placement.amount,
                step=work.step,
                **told,
            )
