"""Small programmes for tests: two plain weeks of November 2026, everything else said by the test.

Monday 2 November to Friday 13 November 2026, no school holidays (no zone), 11 November off. Open 09:00-12:00 and
13:00-17:00 from Monday to Friday, starts on every hour.
"""

from datetime import date, datetime
from typing import Any

from calendars.clock import Dates, Span, days_span, minute_of, week_dates
from calendars.programme import Part, Programme
from calendars.programme_file import ProgrammeFile
from calendars.resolving import resolve
from calendars.timetable import Placement, Timetable

OPEN = "09:00-17:00"


def small(**tables: Any) -> Programme:
    """A programme from the tables that matter to the test, in the form of a programme file."""
    week = ("monday", "tuesday", "wednesday", "thursday", "friday")
    plain: dict[str, Any] = {
        "title": "Small",
        "language": "en",
        "dates": [date(2026, 11, 2), date(2026, 11, 13)],
        "starts_every_minutes": 60,
        "opening_hours": {**dict.fromkeys(week, OPEN), "lunch": "12:00-13:00"},
        "groups": {"all": {"title": "All"}},
    }
    return resolve(ProgrammeFile.model_validate(plain | tables), "small")


def module(*parts: dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A module of the group "all" with these parts."""
    return {"title": "Module", "group": "all", "parts": list(parts)} | keys


def classes(sessions: int, minutes: int = 60, **keys: Any) -> dict[str, Any]:
    """A part of virtual classes."""
    return {"kind": "virtual-class", "sessions": sessions, "minutes": minutes} | keys


def work(hours: float, **keys: Any) -> dict[str, Any]:
    """A part of self-paced work."""
    return {"kind": "distance-work", "hours": hours} | keys


def at(
    moment: str,
    minutes: int = 60,
    part: str = "m.virtual-class",
    trainers: tuple[str, ...] = (),
    place: str | None = None,
) -> Placement:
    """A session at a wall time: `at("2026-11-10 14:00")`."""
    start = minute_of(datetime.fromisoformat(moment))
    return Placement(Span(start, start + minutes), part, trainers=trainers, place=place)


def on(first: str, last: str | None = None, activity: str = "b") -> Placement:
    """Whole days of a block or host days."""
    days = Dates(date.fromisoformat(first), date.fromisoformat(last or first))
    return Placement(days_span(days), activity)


def week_of(monday: str, minutes: int, activity: str = "m.distance-work") -> Placement:
    """Self-paced work in a week."""
    return Placement(days_span(week_dates(date.fromisoformat(monday))), activity, minutes)


def timetable(*placements: Placement) -> Timetable:
    """A timetable of these placements."""
    return Timetable(placements)


def staffed(programme: Programme, *placements: Placement) -> Timetable:
    """A timetable of these placements, where a part leaves no choice with its trainers and its place."""
    return Timetable(tuple(_staffed(programme.parts.get(each.activity), each) for each in placements))


def _staffed(part: Part | None, placement: Placement) -> Placement:
    if part is None:
        return placement
    trainers = () if part.chooses_trainers else part.trainers
    place = part.places[0] if len(part.places) == 1 else None
    return placement._replace(trainers=placement.trainers or trainers, place=placement.place or place)
