"""A year ready to publish: its files, its certificate, and the refusal of whatever a law would refuse."""

from datetime import date
from pathlib import Path

import pytest

from calendars.calendar_file import Calendar, CertificateRecord, LevelRecord
from calendars.feeds import feeds_of
from calendars.inheritance import inherit
from calendars.page import page
from calendars.report import report
from calendars.saving import calendar_bytes, calendar_of, timetable_of
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.near_date import NearDate
from constraints.rule import Rule
from scheduler.following import following
from scheduler.problem import Problem
from scheduler.result import Level, Outcome, Result
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


def saved(*moments: str, as_of: date = AS_OF) -> Calendar:
    """The calendar of sessions at these moments."""
    return calendar_of(PROGRAMME, timetable(*map(at, moments)), CERTIFICATE, as_of, seed=0)


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
        "“Module” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day"
    )


LATER = date(2026, 11, 12)
BEFORE = saved("2026-11-10 09:00", "2026-11-13 09:00")
"""The year of 1 September, judged by no law against days off."""


def followed(*laws: Rule, before: Calendar = BEFORE) -> Problem:
    """The problem of a year that follows that one from 12 November on."""
    return following(Problem(PROGRAMME, (Complete(), *laws)), before, LATER, Path("calendar.json"))


def moments(calendar: Calendar) -> list[tuple[str, str, int, str]]:
    """Each session: its identity, its start, how often it changed, and its state."""
    return [(each.uid, f"{each.start:%d %H:%M}", each.sequence, each.state) for each in calendar.sessions]


def test_what_stands_again_and_what_has_moved_keep_their_identities() -> None:
    first, second = (session.uid for session in BEFORE.sessions)
    problem = followed(DaysOff())
    same = timetable(at("2026-11-10 09:00"), at("2026-11-13 09:00"))
    year = year_of(problem, same, RESULT, LATER, seed=0, language="en", previous=BEFORE)
    assert moments(year.calendar) == [(first, "10 09:00", 0, "planned"), (second, "13 09:00", 0, "planned")]
    assert year.calendar == inherit(saved("2026-11-10 09:00", "2026-11-13 09:00", as_of=LATER), BEFORE, LATER)
    moved = timetable(at("2026-11-10 09:00"), at("2026-11-12 10:00"))
    year = year_of(problem, moved, RESULT, LATER, seed=0, language="en", previous=BEFORE)
    assert moments(year.calendar) == [(first, "10 09:00", 0, "planned"), (second, "12 10:00", 1, "planned")]
    assert (year.calendar.as_of, year.past) == (LATER, ())
    assert year.files["calendar.json"] == calendar_bytes(year.calendar)


def test_without_a_previous_calendar_everything_is_new() -> None:
    same = timetable(at("2026-11-10 09:00"), at("2026-11-13 09:00"))
    year = year_of(PROBLEM, same, RESULT, LATER, seed=0, language="en")
    assert [session.last_modified.date() for session in year.calendar.sessions] == [LATER, LATER]


def test_breaches_that_lie_in_the_past_are_told_and_refuse_nothing() -> None:
    """The session of the 11th was held on what is now known to be a day off."""
    before = saved("2026-11-11 09:00", "2026-11-13 09:00")
    problem = followed(DaysOff(), before=before)
    same = timetable(at("2026-11-11 09:00"), at("2026-11-13 09:00"))
    year = year_of(problem, same, RESULT, LATER, seed=0, language="en", previous=before)
    assert [(breach.rule, str(breach.message)) for breach in year.past] == [
        ("days_off", "“Module” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day")
    ]


def test_breaches_of_what_is_to_come_refuse_the_year_and_name_no_others() -> None:
    before = saved("2026-11-11 09:00", "2026-11-13 09:00")
    problem = followed(DaysOff(), before=before)
    weekend = timetable(at("2026-11-11 09:00"), at("2026-11-14 09:00"))
    with pytest.raises(RefusedYear) as refused:
        year_of(problem, weekend, RESULT, LATER, seed=0, language="en", previous=before)
    assert str(refused.value) == (
        "“Module” (virtual class) stands on Saturday 14 November 2026 09:00: not a day of the working week"
    )


def test_a_year_that_does_not_keep_what_was_held_is_refused() -> None:
    moved = timetable(at("2026-11-10 10:00"), at("2026-11-13 09:00"))
    with pytest.raises(RefusedYear) as refused:
        year_of(followed(), moved, RESULT, LATER, seed=0, language="en", previous=BEFORE)
    assert str(refused.value) == (
        "“Module” (virtual class) was held on Tuesday 10 November 2026 09:00 and cannot be moved any more; "
        "“Module” (virtual class) on Tuesday 10 November 2026 10:00 lies in the past and was not held"
    )
