"""A year ready to publish: its files, its certificate, and the refusal of whatever a law would refuse."""

from datetime import date

import pytest

from calendars.calendar_file import CertificateRecord, LevelRecord
from calendars.feeds import feeds_of
from calendars.page import page
from calendars.report import report
from calendars.saving import calendar_bytes, calendar_of, timetable_of
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.near_date import NearDate
from scheduler.problem import Problem
from scheduler.search import Level, Outcome, Result
from scheduler.year import RefusedYear, year_of
from small import at, classes, module, small, timetable

AS_OF = date(2026, 9, 1)
PROGRAMME = small(modules={"m": module(classes(2, near=date(2026, 11, 10)))})
PROBLEM = Problem(PROGRAMME, (Complete(), DaysOff(), NearDate(level=2)))
SOUND = timetable(at("2026-11-10 09:00"), at("2026-11-12 09:00"))
RESULT = Result(Outcome.LAWFUL, SOUND, (Level(2, ("near_date",), 2, 1),), reproducible=False)
CERTIFICATE = CertificateRecord(
    levels=(LevelRecord(rank=2, rules=("near_date",), value=2, bound=1, proved=False),), reproducible=False
)


def test_the_files_tell_the_calendar() -> None:
    year = year_of(PROBLEM, SOUND, RESULT, AS_OF, seed=3, language="en")
    calendar = calendar_of(PROGRAMME, SOUND, CERTIFICATE, AS_OF, seed=3)
    assert year.calendar == calendar
    assert timetable_of(year.calendar) == SOUND
    # near_date: 0 days and 2 days from the 10th
    text = report(PROGRAMME, calendar, {(2, "near_date"): 2}, "en")
    assert year.files == {
        "calendar.json": calendar_bytes(calendar),
        "calendar.html": page(calendar, "en"),
        **{f"feeds/{name}": data for name, data in feeds_of(calendar).items()},
        "report.txt": text.encode(),
    }
    assert list(year.files) == [
        "calendar.json",
        "calendar.html",
        "feeds/programme.ics",
        "feeds/groups/all.ics",
        "report.txt",
    ]


def test_page_and_report_speak_the_language_asked_for() -> None:
    english, french = (year_of(PROBLEM, SOUND, RESULT, AS_OF, seed=0, language=each).files for each in ("en", "fr"))
    assert {name for name in english if english[name] != french[name]} == {
        "calendar.html",
        "report.txt",
    }


def test_a_breach_refuses_publication() -> None:
    broken = timetable(at("2026-11-10 09:00"), at("2026-11-11 09:00"), at("2026-11-12 09:00"))
    with pytest.raises(RefusedYear) as refused:
        year_of(PROBLEM, broken, RESULT, AS_OF, seed=0, language="en")
    assert str(refused.value) == (
        "“Module” (virtual class) has 3 sessions; the programme announces 2; "
        "“Module” (virtual class) stands on Wednesday 11 November 09:00: Armistice Day"
    )
