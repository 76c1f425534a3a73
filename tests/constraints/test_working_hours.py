from datetime import date
from typing import Any

import pytest

from calendars.clock import moment_of
from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.working_hours import WorkingHours
from small import at, classes, module, on, small, timetable
from solving import allowed

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
EIGHT_TO_EIGHT = dict.fromkeys(DAYS, "08:00-20:00")


def words(programme: Programme, *placements: Placement) -> list[str]:
    return [str(breach.message) for breach in WorkingHours().check(programme, timetable(*placements))]


def one_session(*zones: str, **tables: Any) -> Programme:
    groups = {"all": {"title": "All", "time_zones": zones or ("Europe/Paris",)}}
    return small(modules={"m": module(classes(1))}, groups=groups, **tables)


def lawful_starts(programme: Programme, day: str) -> list[int]:
    """The hours of a day, on the programme's clock, at which the session may start."""
    part = programme.parts["m.virtual-class"]
    forbids = WorkingHours().forbids(programme, part)
    assert forbids is not None
    lawful = (moment_of(span.start) for span in programme.candidates(part) if not forbids(span))
    return [moment.hour for moment in lawful if str(moment.date()) == day]


def test_a_session_within_opening_hours_is_lawful() -> None:
    assert words(one_session(), at("2026-11-10 14:00")) == []


def test_a_session_exactly_between_opening_and_lunch_or_lunch_and_closing_is_lawful() -> None:
    whole_morning, whole_afternoon = at("2026-11-10 09:00", 180), at("2026-11-10 13:00", 240)
    assert words(one_session(), whole_morning, whole_afternoon) == []


def test_a_session_before_opening_is_told_the_hours() -> None:
    assert words(one_session(), at("2026-11-10 08:45")) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 08:45: before opening (open from 09:00 to 17:00)"
    ]


def test_a_session_that_ends_after_closing_is_told_the_hours() -> None:
    assert words(one_session(), at("2026-11-10 16:15")) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 16:15: after closing (open from 09:00 to 17:00)"
    ]


def test_a_session_from_opening_till_after_closing_ends_after_closing() -> None:
    assert words(one_session(), at("2026-11-10 09:00", 495)) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 09:00: after closing (open from 09:00 to 17:00)"
    ]


def test_a_session_through_midnight_ends_after_closing() -> None:
    assert words(one_session(), at("2026-11-10 16:00", 1440)) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 16:00: after closing (open from 09:00 to 17:00)"
    ]


def test_a_session_that_takes_some_of_lunch_is_told_when_lunch_is() -> None:
    assert words(one_session(), at("2026-11-10 11:15"), at("2026-11-10 12:45")) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 11:15: during lunch (from 12:00 to 13:00)",
        "“Module” (virtual class) stands on Tuesday 10 November 2026 12:45: during lunch (from 12:00 to 13:00)",
    ]


def test_without_a_lunch_break_noon_is_lawful() -> None:
    assert words(one_session(opening_hours={"tuesday": "09:00-17:00"}), at("2026-11-10 12:00")) == []


def test_each_weekday_has_its_own_hours() -> None:
    programme = one_session(opening_hours={"tuesday": "09:00-17:00", "wednesday": "09:00-12:00"})
    assert words(programme, at("2026-11-03 14:00"), at("2026-11-04 14:00"), at("2026-11-05 14:00")) == [
        "“Module” (virtual class) stands on Wednesday 4 November 2026 14:00: after closing (open from 09:00 to 12:00)",
        "“Module” (virtual class) stands on Thursday 5 November 2026 14:00: closed on that day",
    ]


def test_only_live_sessions_have_opening_hours() -> None:
    dates = [date(2026, 11, 2), date(2026, 11, 13)]
    block = {"title": "Block", "kind": "course", "group": "all", "dates": dates, "days": 7}
    assert words(small(blocks={"b": block}), on("2026-11-02", "2026-11-08")) == []


def test_every_start_outside_the_hours_is_struck_and_no_other() -> None:
    assert lawful_starts(one_session(), "2026-11-10") == [9, 10, 11, 13, 14, 15, 16]
    assert lawful_starts(one_session(), "2026-11-07") == []


@pytest.mark.parametrize(
    ("zones", "winter", "summer"),
    [
        (["Europe/Paris"], (8, 20), (8, 20)),
        (["Europe/Paris", "America/Guadeloupe"], (13, 20), (14, 20)),
        (["Europe/Paris", "America/Guadeloupe", "Indian/Reunion"], (13, 17), (14, 18)),
        (["Europe/Paris", "Pacific/Noumea"], (8, 10), (8, 11)),
        (["Europe/Paris", "America/Guadeloupe", "Pacific/Noumea"], (0, 0), (0, 0)),
    ],
)
def test_the_windows_of_all_zones_intersect(zones: list[str], winter: tuple[int, int], summer: tuple[int, int]) -> None:
    """Open 08:00-20:00 everywhere: Guadeloupe is 5 h behind Paris in winter, Réunion 3 h and Nouméa 10 h ahead of it.

    In summer Paris is one hour nearer to those in the east and farther from those in the west.
    """
    in_winter = one_session(*zones, opening_hours=EIGHT_TO_EIGHT)
    in_summer = one_session(*zones, opening_hours=EIGHT_TO_EIGHT, dates=[date(2027, 6, 1), date(2027, 6, 30)])
    assert lawful_starts(in_winter, "2026-11-10") == list(range(*winter))
    assert lawful_starts(in_summer, "2027-06-08") == list(range(*summer))


def test_the_window_moves_in_the_week_of_a_clock_change() -> None:
    """Clocks change in Paris on Sunday 28 March 2027, and never in Guadeloupe."""
    dates = [date(2027, 3, 22), date(2027, 4, 2)]
    programme = one_session("Europe/Paris", "America/Guadeloupe", opening_hours=EIGHT_TO_EIGHT, dates=dates)
    assert words(programme, at("2027-03-26 13:00"), at("2027-03-29 14:00")) == []
    assert words(programme, at("2027-03-29 13:00")) == [
        "“Module” (virtual class) stands on Monday 29 March 2027 13:00: before opening (open from 08:00 to 20:00) in "
        "America/Guadeloupe, where it is Monday 29 March 2027 07:00"
    ]


def test_each_zone_at_fault_is_named() -> None:
    """At 18:00 in Paris it is exactly the end of lunch in Guadeloupe, which is lawful there."""
    programme = one_session("Europe/Paris", "America/Guadeloupe", "Pacific/Noumea")
    assert words(programme, at("2026-11-06 12:30"), at("2026-11-06 18:00")) == [
        "“Module” (virtual class) stands on Friday 6 November 2026 12:30: during lunch (from 12:00 to 13:00), before "
        "opening (open from 09:00 to 17:00) in America/Guadeloupe, where it is Friday 6 November 2026 07:30 and after "
        "closing (open from 09:00 to 17:00) in Pacific/Noumea, where it is Friday 6 November 2026 22:30",
        "“Module” (virtual class) stands on Friday 6 November 2026 18:00: after closing (open from 09:00 to 17:00) and "
        "closed on that day in Pacific/Noumea, where it is Saturday 7 November 2026 04:00",
    ]


def test_the_model_allows_what_the_check_finds_clean() -> None:
    programme = one_session(dates=[date(2026, 11, 10), date(2026, 11, 10)])
    found = allowed(programme, [Complete(), WorkingHours()])
    assert found == {timetable(at(f"2026-11-10 {hour:02}:00")) for hour in (9, 10, 11, 13, 14, 15, 16)}
    assert [words(programme, *clean.placements) for clean in found] == [[]] * 7
