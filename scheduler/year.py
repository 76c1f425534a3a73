"""A year ready to publish: the files of a result, judged by every law before any of them is written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calendars.calendar_file import Calendar, CertificateRecord, LevelRecord
from calendars.feeds import feeds_of
from calendars.page import page
from calendars.report import report
from calendars.saving import calendar_bytes, calendar_of
from calendars.timetable import Timetable
from scheduler.problem import Problem
from scheduler.search import Result
from scheduler.verdict import breaches, prices


class RefusedYear(Exception):
    """The search returned a timetable that a law's own check refuses: an error of this program, never published."""


@dataclass(frozen=True)
class Year:
    """A judged calendar and the files that tell it, by path below the output folder."""

    calendar: Calendar
    files: Mapping[str, bytes]


def year_of(problem: Problem, timetable: Timetable, result: Result, as_of: date, seed: int, language: str) -> Year:
    """The files of a lawful timetable.

    Raises:
        RefusedYear: where any law's own check finds a breach.
    """
    found = breaches(problem, timetable)
    if found:
        raise RefusedYear("; ".join(str(breach.message) for breach in found))
    calendar = calendar_of(problem.programme, timetable, _certificate(result), as_of, seed)
    files = {
        "calendar.json": calendar_bytes(calendar),
        "calendar.html": page(calendar, language),
        **{f"feeds/{name}": data for name, data in feeds_of(calendar).items()},
        "report.txt": report(problem.programme, calendar, prices(problem, timetable), language).encode(),
    }
    return Year(calendar, files)


def _certificate(result: Result) -> CertificateRecord:
    levels = tuple(
        LevelRecord(rank=level.rank, rules=level.rules, value=level.value, bound=level.bound, proved=level.proved)
        for level in result.levels
    )
    return CertificateRecord(levels=levels, reproducible=result.reproducible)
