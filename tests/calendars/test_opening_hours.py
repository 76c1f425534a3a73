"""Opening hours to the minute, and spans of one zone on the clock of another, also where clocks change."""

from datetime import datetime

import pytest

from calendars.clock import Span, minute_of, moment_of
from calendars.opening_hours import OpeningHours, local_span

HOURS = OpeningHours({0: (540, 1020), 1: (600, 720), 5: (480, 720)}, (720, 780))
"""Monday 09:00-17:00, Tuesday 10:00-12:00, Saturday 08:00-12:00; lunch 12:00-13:00."""


def span(start: str, minutes: int) -> Span:
    """A span from a wall time."""
    first = minute_of(datetime.fromisoformat(start))
    return Span(first, first + minutes)


def test_from_the_earliest_opening_to_the_latest_closing() -> None:
    assert HOURS.hull == (480, 1020)


@pytest.mark.parametrize(
    ("start", "minutes", "is_open"),
    [
        ("2026-11-09 09:00", 480, True),
        ("2026-11-09 09:00", 481, False),
        ("2026-11-09 08:59", 60, False),
        ("2026-11-09 12:00", 60, True),
        ("2026-11-10 09:00", 60, False),
        ("2026-11-10 11:00", 60, True),
        ("2026-11-11 10:00", 60, False),
        ("2026-11-14 08:00", 240, True),
    ],
)
def test_open_is_wholly_within_the_hours_of_the_weekday(start: str, minutes: int, is_open: bool) -> None:
    assert HOURS.is_open(span(start, minutes)) is is_open


def test_a_span_over_midnight_is_never_open() -> None:
    all_day = OpeningHours({0: (0, 1440), 1: (0, 1440)})
    assert all_day.is_open(span("2026-11-09 23:00", 60))
    assert not all_day.is_open(span("2026-11-09 23:00", 61))


@pytest.mark.parametrize(
    ("start", "minutes", "at_lunch"),
    [
        ("2026-11-09 11:00", 60, False),
        ("2026-11-09 11:00", 61, True),
        ("2026-11-09 12:59", 60, True),
        ("2026-11-09 13:00", 60, False),
        ("2026-11-11 12:00", 60, True),
    ],
)
def test_lunch_is_on_every_day_and_one_minute_of_it_counts(start: str, minutes: int, at_lunch: bool) -> None:
    assert HOURS.is_at_lunch(span(start, minutes)) is at_lunch


def test_without_a_lunch_break_nothing_is_at_lunch() -> None:
    assert not OpeningHours({0: (540, 1020)}).is_at_lunch(span("2026-11-09 12:00", 60))


@pytest.mark.parametrize(
    ("paris", "zone", "there"),
    [
        ("2026-11-10 14:00", "Europe/Paris", "2026-11-10 14:00"),
        ("2026-11-10 14:00", "Indian/Reunion", "2026-11-10 17:00"),
        ("2026-11-10 14:00", "America/Martinique", "2026-11-10 09:00"),
        ("2026-11-10 18:00", "Pacific/Noumea", "2026-11-11 04:00"),
        ("2027-03-26 14:00", "Indian/Reunion", "2027-03-26 17:00"),
        ("2027-03-29 14:00", "Indian/Reunion", "2027-03-29 16:00"),
    ],
)
def test_a_wall_time_in_paris_elsewhere(paris: str, zone: str, there: str) -> None:
    """Paris is UTC+1 in winter and UTC+2 from 28 March 2027; the others are UTC+4, UTC-4 and UTC+11 all year."""
    local = local_span(span(paris, 90), "Europe/Paris", zone)
    assert (moment_of(local.start), local.minutes) == (datetime.fromisoformat(there), 90)


@pytest.mark.parametrize(
    ("paris", "reunion"),
    [
        ("2027-03-28 01:30", "2027-03-28 04:30"),
        ("2027-03-28 02:30", "2027-03-28 05:30"),
        ("2027-03-28 03:30", "2027-03-28 05:30"),
    ],
)
def test_half_past_two_that_no_clock_shows_is_read_as_an_hour_later(paris: str, reunion: str) -> None:
    """On 28 March 2027 clocks in Paris go from 02:00 to 03:00: 02:30 at UTC+1 is 01:30 UTC, as 03:30 at UTC+2 is."""
    local = local_span(span(paris, 60), "Europe/Paris", "Indian/Reunion")
    assert (moment_of(local.start), local.minutes) == (datetime.fromisoformat(reunion), 60)


@pytest.mark.parametrize(
    ("paris", "reunion"),
    [
        ("2026-10-25 01:30", "2026-10-25 03:30"),
        ("2026-10-25 02:30", "2026-10-25 04:30"),
        ("2026-10-25 03:00", "2026-10-25 06:00"),
    ],
)
def test_of_the_hour_that_comes_twice_the_first_is_meant(paris: str, reunion: str) -> None:
    """On 25 October 2026 clocks in Paris go from 03:00 back to 02:00: the first 02:30 is at UTC+2, 00:30 UTC."""
    local = local_span(span(paris, 60), "Europe/Paris", "Indian/Reunion")
    assert moment_of(local.start) == datetime.fromisoformat(reunion)
