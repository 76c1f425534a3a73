from datetime import date, time
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.held import Held
from constraints.rule import Rule
from constraints.weekly import Weekly
from constraints.working_hours import WorkingHours
from small import at, classes, module, small, timetable
from solving import allowed

LABS = "m.course"
FIVE_WEEKS = [date(2026, 10, 26), date(2026, 11, 27)]
"""Wednesday 11 November is off."""
MORNINGS: dict[str, Any] = {"opening_hours": {"monday": "09:00-10:00", "wednesday": "09:00-10:00"}}


def of(sessions: int = 3, labs: int = 0, **tables: Any) -> Programme:
    parts = [classes(sessions), *([classes(labs) | {"kind": "course"}] if labs else [])]
    return small(**{"dates": FIVE_WEEKS, "modules": {"m": module(*parts)}} | tables)


def found(programme: Programme, *placements: Placement, parts: str = "m") -> list[tuple[str, int]]:
    every = Weekly(parts=parts).check(programme, timetable(*placements))
    return [(str(breach.message), breach.excess) for breach in every]


def test_one_session_a_week_in_one_slot_is_lawful() -> None:
    assert found(of(), at("2026-10-27 09:00"), at("2026-11-03 09:00"), at("2026-11-10 09:00")) == []


def test_another_hour_or_weekday_is_another_slot() -> None:
    assert found(of(), at("2026-10-27 09:00"), at("2026-11-03 10:00"), at("2026-11-12 09:00")) == [
        (
            "“Module” (virtual class): 3 weekly slots instead of one, first used on Tuesday 27 October 2026 09:00, "
            "Tuesday 3 November 2026 10:00 and Thursday 12 November 2026 09:00",
            1,
        )
    ]


def test_a_week_left_out_puts_the_last_session_too_far() -> None:
    """Three Tuesdays hold three sessions, the fourth is one too many."""
    assert found(of(), at("2026-10-27 09:00"), at("2026-11-03 09:00"), at("2026-11-17 09:00")) == [
        (
            "“Module” (virtual class) on Tuesday 27 October 2026 09:00 and “Module” (virtual class) on Tuesday "
            "17 November 2026 09:00 are too far apart for 3 sessions, one in each of 4 weeks",
            1,
        )
    ]


def test_a_rest_day_of_the_weekday_is_passed_over() -> None:
    """Wednesdays 4 and 18 November; the 11th is off."""
    assert found(of(2), at("2026-11-04 09:00"), at("2026-11-18 09:00")) == []
    assert len(found(of(2), at("2026-11-04 09:00"), at("2026-11-25 09:00"))) == 1


def test_a_session_on_a_rest_day_stands_for_the_next_working_day() -> None:
    assert found(of(2), at("2026-11-04 09:00"), at("2026-11-11 09:00")) == []
    assert found(of(2), at("2026-11-11 09:00"), at("2026-11-18 09:00")) == [
        (
            "“Module” (virtual class) on Wednesday 11 November 2026 09:00 and “Module” (virtual class) on Wednesday "
            "18 November 2026 09:00 are in one week",
            1,
        )
    ]


def test_parts_named_together_are_one_row() -> None:
    programme = of(2, labs=1)
    row = at("2026-10-27 09:00"), at("2026-11-03 09:00"), at("2026-11-10 09:00", part=LABS)
    assert found(programme, *row) == []
    assert [excess for _, excess in found(programme, *row[:2], at("2026-11-03 09:00", part=LABS))] == [1]
    assert found(programme, *row[:2], at("2026-11-20 14:00", part=LABS), parts="m.virtual-class") == []


def test_a_breach_names_its_parts_and_its_first_week() -> None:
    placed = timetable(at("2026-10-27 09:00"), at("2026-11-12 09:00", part=LABS))
    (breach,) = Weekly(parts="m").check(of(2, labs=1), placed)
    assert (breach.activities, breach.monday) == (("m.virtual-class", LABS), date(2026, 10, 26))


def test_unknown_names_are_refused() -> None:
    assert [str(fault) for fault in Weekly(parts=["m", "n"]).faults(of())] == [
        "there are no live sessions n; choose from m and m.virtual-class"
    ]


def test_a_part_that_meets_regularly_is_refused() -> None:
    tuesdays = {"kind": "course", "minutes": 60, "meets": [{"weekdays": ["tuesday"], "at": time(9)}]}
    programme = of(modules={"m": module(classes(3), tuesdays)})
    assert [str(fault) for fault in Weekly(parts="m").faults(programme)] == [
        "m.course meets regularly as it is: remove it from here, or its meets"
    ]


def days(programme: Programme, *rules: Rule) -> set[tuple[str, ...]]:
    """The days of each timetable that the model allows within the opening hours."""
    found = allowed(programme, [*rules, WorkingHours(), Weekly(parts="m")])
    return {tuple(f"{each.span.day:%m-%d}" for each in one.placements) for one in found}


def test_the_model_allows_the_runs_of_each_slot() -> None:
    """Four of five Mondays in a row, and four Wednesdays, of which the 11th may stand for the 18th."""
    assert days(of(4, **MORNINGS), Complete()) == {
        ("10-26", "11-02", "11-09", "11-16"),
        ("11-02", "11-09", "11-16", "11-23"),
        ("10-28", "11-04", "11-11", "11-25"),
        ("10-28", "11-04", "11-18", "11-25"),
    }


def test_any_sessions_of_a_run_may_be_lacking() -> None:
    """Of three Mondays those two in a row, any one, or none; not the first and the last."""
    programme = of(2, dates=[date(2026, 11, 2), date(2026, 11, 20)], opening_hours={"monday": "09:00-10:00"})
    two = {("11-02", "11-09"), ("11-09", "11-16")}
    assert days(programme, Complete(may_lack_sessions=True)) == {(), ("11-02",), ("11-09",), ("11-16",)} | two


def held(*moments: str) -> Held:
    """What began before the end of October."""
    return Held(before=date(2026, 11, 1), placements=tuple(at(moment) for moment in moments))


def test_beside_the_past_a_row_goes_on_week_after_week() -> None:
    past = held("2026-10-26 09:00")
    assert days(of(3, **MORNINGS), past, Complete()) == {("10-26", "11-02", "11-09")}


def test_a_past_in_two_slots_asks_only_that_no_third_is_used() -> None:
    """A Monday and a Wednesday were held; Monday the 2nd follows, or Wednesday the 4th."""
    past = held("2026-10-26 09:00", "2026-10-28 09:00")
    hours = dict.fromkeys(("monday", "tuesday", "wednesday"), "09:00-10:00")
    programme = of(3, dates=[date(2026, 10, 26), date(2026, 11, 6)], opening_hours=hours)
    assert days(programme, past, Complete()) == {("10-26", "10-28", "11-02"), ("10-26", "10-28", "11-04")}
