from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.held import Held
from constraints.recurring import Recurring
from constraints.working_hours import WorkingHours
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

M = "m.virtual-class"
AUTUMN = [date(2026, 10, 12), date(2026, 11, 13)]
"""Zone B is on holiday from 17 October to 1 November 2026 (arrêté of 22 Oct 2025): three of five weeks are left."""
ONE_A_DAY: dict[str, Any] = {"opening_hours": {"monday": "09:00-10:00"}}


def of(sessions: int = 3, **tables: Any) -> Programme:
    return small(
        **{"dates": AUTUMN, "days_off": {"school_zones": ["B"]}, "modules": {"m": module(classes(sessions))}} | tables
    )


def found(programme: Programme, *placements: Placement, **keys: Any) -> list[str]:
    breaches = list(Recurring(part=M, **keys).check(programme, timetable(*placements)))
    assert {(each.rule, each.excess) for each in breaches} <= {("recurring", 1)}
    return [str(each.message) for each in breaches]


def faults(programme: Programme, **keys: Any) -> list[str]:
    return [str(fault) for fault in Recurring(**{"part": M} | keys).faults(programme)]


def test_a_session_in_each_working_week_is_lawful_wherever_it_stands_there() -> None:
    assert found(of(), at("2026-10-16 09:00"), at("2026-11-02 14:00"), at("2026-11-13 16:00")) == []


def test_each_week_without_a_session_is_named() -> None:
    assert found(of(), at("2026-10-16 09:00"), at("2026-10-12 09:00")) == [
        "“Module” (virtual class) has no session in the week of Monday 2 November 2026",
        "“Module” (virtual class) has no session in the week of Monday 9 November 2026",
    ]


def test_two_sessions_in_one_week_leave_another_one_without() -> None:
    assert found(of(), at("2026-10-12 09:00"), at("2026-11-02 09:00"), at("2026-11-03 09:00")) == [
        "“Module” (virtual class) has no session in the week of Monday 9 November 2026"
    ]


def test_a_week_counts_from_its_only_working_day_in_the_dates_of_the_part() -> None:
    """Friday 16 October to Monday 2 November, and Saturday 17 October to Sunday 1 November."""
    tight = of(modules={"m": module(classes(2, dates=[date(2026, 10, 16), date(2026, 11, 2)]))})
    assert found(tight) == [
        "“Module” (virtual class) has no session in the week of Monday 12 October 2026",
        "“Module” (virtual class) has no session in the week of Monday 2 November 2026",
    ]
    empty = of(modules={"m": module(classes(2, dates=[date(2026, 10, 17), date(2026, 11, 1)]))})
    assert found(empty) == []


def test_dates_narrow_the_weeks() -> None:
    dates = (date(2026, 11, 6), date(2026, 11, 8))
    assert found(of(), dates=dates) == ["“Module” (virtual class) has no session in the week of Monday 2 November 2026"]
    assert found(of(), dates=(date(2026, 11, 7), date(2026, 11, 8))) == []


def test_dates_do_not_add_weeks_to_those_of_the_part() -> None:
    programme = of(modules={"m": module(classes(1, dates=[date(2026, 11, 9), date(2026, 11, 13)]))})
    assert found(programme, at("2026-11-09 09:00"), dates=AUTUMN) == []


def test_the_working_days_are_those_of_the_group_of_the_part() -> None:
    """Zone A is on holiday from 13 February 2027, zone B from the 20th, both beyond the 26th."""
    dates = [date(2027, 2, 15), date(2027, 2, 26)]
    groups = {"a": {"title": "A", "school_zones": ["A"]}, "b": {"title": "B", "school_zones": ["B"]}}
    programme = small(dates=dates, groups=groups, modules={"m": module(classes(1), group="b")})
    assert found(programme) == ["“Module” (virtual class) has no session in the week of Monday 15 February 2027"]


def test_the_number_of_sessions_is_that_of_the_weeks() -> None:
    assert faults(of(3)) == []
    assert faults(of(2)) == [
        "sessions of m.virtual-class is 2, but it has 3 weeks with a working day; write 3",
    ]
    assert faults(of(4)) == [
        "sessions of m.virtual-class is 4, but it has 3 weeks with a working day; write 3",
    ]
    one = [date(2026, 11, 2), date(2026, 11, 8)]
    assert faults(of(2), dates=one) == [
        "sessions of m.virtual-class is 2, but it has 1 week with a working day; write 1",
    ]


def test_with_a_weight_any_number_will_do() -> None:
    assert faults(of(2), weight=1) == []
    assert faults(of(4), weight=1) == []


def test_dates_without_a_working_week_are_refused_at_any_price() -> None:
    words = ["m.virtual-class has no week with a working day in these dates; move them"]
    holidays = [date(2026, 10, 19), date(2026, 10, 30)]
    assert faults(of(), dates=holidays) == words
    assert faults(of(), dates=holidays, weight=1) == words
    assert faults(of(), dates=[date(2027, 1, 4), date(2027, 1, 8)]) == words


def test_an_unknown_part_is_told_with_the_nearest() -> None:
    assert faults(of(), part="m.virtual-clas") == [
        "there is no part m.virtual-clas with live sessions; did you mean m.virtual-class?"
    ]
    assert faults(of(), part="m") == ["there is no part m with live sessions; choose from m.virtual-class"]


def test_model_and_check_agree() -> None:
    """Two sessions on Thursday 5 to Monday 9 November, four days in one week and one in the next, one start each."""
    dates = [date(2026, 11, 5), date(2026, 11, 9)]
    programme = of(2, dates=dates, **ONE_A_DAY)
    lawful = {one for one in allowed(programme, [Complete()]) if not list(Recurring(part=M).check(programme, one))}
    assert allowed(programme, [Complete(), Recurring(part=M)]) == lawful
    assert len(lawful) == 4


def test_a_weight_prices_each_week_without() -> None:
    """Two sessions for three weeks: one goes without, at 10 a week."""
    assert cheapest(of(2), [Complete(), Recurring(part=M, weight=10)]) == 10
    assert cheapest(of(3), [Complete(), Recurring(part=M, weight=10)]) == 0


def test_a_week_without_a_lawful_start_is_paid_for_or_makes_the_year_impossible() -> None:
    """Friday 6 to Monday 9 November, open on Mondays alone."""
    programme = of(2, dates=[date(2026, 11, 6), date(2026, 11, 9)], opening_hours={"monday": "09:00-12:00"})
    laws = [Complete(), WorkingHours()]
    assert allowed(programme, [*laws, Recurring(part=M)]) == set()
    assert cheapest(programme, [*laws, Recurring(part=M, weight=7)]) == 7


def test_a_week_that_the_past_left_without_is_no_reason_to_refuse() -> None:
    """None was held in October; Sunday 8 and Monday 9 November have two starts each, in two weeks."""
    dates = [date(2026, 10, 12), date(2026, 11, 9)]
    programme = of(2, dates=dates, opening_hours={"monday": "09:00-11:00"})
    past = Held(before=date(2026, 11, 8), placements=())
    found = allowed(programme, [past, Complete(), Recurring(part=M)])
    assert [[each.span.day.day for each in one.placements] for one in found] == [[8, 9]] * 4
