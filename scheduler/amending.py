"""The problem as it is in the course of the year: what happened since the programme file was written binds too."""

from dataclasses import replace

from calendars.amending import amended as amended_programme
from calendars.amending import in_force
from calendars.calendar_file import Calendar
from calendars.clock import Span, minute_of
from calendars.timetable import Placement
from constraints.barred import Barred
from scheduler.problem import Problem


def amended(problem: Problem, calendar: Calendar | None) -> Problem:
    """The problem of a programme file with what a calendar of it tells of the year."""
    revisions = in_force(calendar) if calendar is not None else ()
    if not revisions:
        return problem
    slots = tuple(
        Placement(Span(minute_of(slot.start), minute_of(slot.end)), slot.activity)
        for revision in revisions
        for slot in revision.barred
    )
    rules = (Barred(slots=slots), *problem.rules) if slots else problem.rules
    return replace(problem, programme=amended_programme(problem.programme, revisions), rules=rules)
