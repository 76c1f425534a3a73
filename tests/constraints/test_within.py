from datetime import date, datetime, time
from itertools import product
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.within import Within
from defended import defended, viva, vivas
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed

FIRST_WEEK = [date(2026, 11, 2), date(2026, 11, 6)]
TWO_WEEKS = [date(2026, 11, 2), date(2026, 11, 13)]
WEDNESDAY_TO_TUESDAY = [date(2026, 11, 4), date(2026, 11, 10)]

ONE_HOUR = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-10:00")


def words(programme: Programme, *placements: Placement) -> list[str]:
    return [str(breach.message) for breach in Within().check(programme, timetable(*placements))]


def block(dates: list[date], days: int = 2, **keys: Any) -> dict[str, Any]:
    return {"title": "Block", "kind": "course", "group": "all", "dates": dates, "days": days} | keys


def lawful_days(programme: Programme, key: str) -> list[int]:
    activity = programme.activities[key]
    forbids = Within().forbids(programme, activity)
    assert forbids is not None
    return sorted({span.day.day for span in programme.candidates(activity) if not forbids(span)})


def test_a_session_on_the_first_or_the_last_of_its_days_is_lawful() -> None:
    programme = small(modules={"m": module(classes(2), dates=WEDNESDAY_TO_TUESDAY)})
    assert words(programme, at("2026-11-04 09:00"), at("2026-11-10 16:00")) == []


def test_a_session_outside_its_block_is_told_with_it() -> None:
    blocks = {key: block(TWO_WEEKS) for key in ("b", "c", "d")}
    programme = small(blocks=blocks, modules={"m": module(classes(1, blocks=["c", "b"]))})
    (breach,) = Within().check(programme, timetable(on("2026-11-02", "2026-11-03"), at("2026-11-10 09:00")))
    assert (breach.activities, breach.monday) == (("b", "c", "m.virtual-class"), date(2026, 11, 9))


def test_a_session_outside_its_dates_is_told_them() -> None:
    programme = small(modules={"m": module(classes(2), dates=WEDNESDAY_TO_TUESDAY)})
    assert words(programme, at("2026-11-03 16:00"), at("2026-11-11 09:00")) == [
        "“Module” (virtual class) stands on Tuesday 3 November 2026 16:00, outside its dates: from Wednesday 4 "
        "November 2026 to Tuesday 10 November 2026",
        "“Module” (virtual class) stands on Wednesday 11 November 2026 09:00, outside its dates: from Wednesday 4 "
        "November 2026 to Tuesday 10 November 2026",
    ]


def test_a_session_may_not_run_out_of_its_dates_at_midnight() -> None:
    programme = small(modules={"m": module(classes(1), dates=WEDNESDAY_TO_TUESDAY)})
    assert words(programme, at("2026-11-10 23:00", 60)) == []
    assert len(words(programme, at("2026-11-10 23:00", 75))) == 1


def test_a_block_lies_in_its_dates_with_all_its_days() -> None:
    programme = small(blocks={"b": block(WEDNESDAY_TO_TUESDAY)})
    assert words(programme, on("2026-11-04", "2026-11-05")) == []
    assert words(programme, on("2026-11-09", "2026-11-10")) == []
    assert words(programme, on("2026-11-10", "2026-11-11")) == [
        "“Block” stands from Tuesday 10 November 2026 to Wednesday 11 November 2026, outside its dates: from Wednesday "
        "4 November 2026 to Tuesday 10 November 2026"
    ]


def test_a_host_day_lies_in_the_dates_of_its_internship() -> None:
    stay = {"title": "Internship", "group": "all", "dates": WEDNESDAY_TO_TUESDAY, "hours": 14}
    programme = small(internships={"i": stay})
    assert words(programme, on("2026-11-04", activity="i"), on("2026-11-10", activity="i")) == []
    assert len(words(programme, on("2026-11-03", activity="i"), on("2026-11-11", activity="i"))) == 2


def test_self_paced_work_takes_a_week_that_shares_a_day_of_the_working_week_with_its_dates() -> None:
    """From Friday 6 to Monday 9 November both weeks count; from Saturday 7 only the second."""
    from_friday = small(modules={"m": module(work(2), dates=[date(2026, 11, 6), date(2026, 11, 9)])})
    from_saturday = small(modules={"m": module(work(2), dates=[date(2026, 11, 7), date(2026, 11, 9)])})
    both = week_of("2026-11-02", 60), week_of("2026-11-09", 60)
    assert words(from_friday, *both) == []
    assert words(from_saturday, *both) == [
        "“Module” (self-paced work) stands in the week of Monday 2 November 2026, outside its dates: from Saturday 7 "
        "November 2026 to Monday 9 November 2026"
    ]


def test_a_session_is_inside_one_of_its_blocks_wherever_they_stand() -> None:
    blocks = {"b": block(FIRST_WEEK), "c": block(TWO_WEEKS, title="Other")}
    programme = small(blocks=blocks, modules={"m": module(classes(1), blocks=["b", "c"])})
    stand = on("2026-11-05", "2026-11-06"), on("2026-11-09", "2026-11-10", "c")
    for inside in ("2026-11-05 09:00", "2026-11-06 16:00", "2026-11-09 09:00", "2026-11-10 16:00"):
        assert words(programme, *stand, at(inside)) == []
    assert words(programme, *stand, at("2026-11-04 16:00"), at("2026-11-12 09:00")) == [
        "“Module” (virtual class) stands on Wednesday 4 November 2026 16:00, outside “Block” and “Other”",
        "“Module” (virtual class) stands on Thursday 12 November 2026 09:00, outside “Block” and “Other”",
    ]


def test_a_start_is_struck_only_where_none_of_the_blocks_can_come() -> None:
    blocks = {"b": block(FIRST_WEEK), "c": block([date(2026, 11, 9), date(2026, 11, 11)])}
    programme = small(blocks=blocks, modules={"m": module(classes(1), blocks=["b", "c"])})
    assert sorted({*lawful_days(programme, "m.virtual-class")}) == [2, 3, 4, 5, 6, 9, 10, 11]


def test_a_session_whose_block_stands_nowhere_is_outside() -> None:
    programme = small(blocks={"b": block(FIRST_WEEK)}, modules={"m": module(classes(1), blocks=["b"])})
    assert words(programme, at("2026-11-05 09:00")) == [
        "“Module” (virtual class) stands on Thursday 5 November 2026 09:00, outside “Block”"
    ]


def test_a_session_may_be_outside_both_its_dates_and_its_block() -> None:
    part = module(classes(1), blocks=["b"], dates=WEDNESDAY_TO_TUESDAY)
    programme = small(blocks={"b": block(FIRST_WEEK)}, modules={"m": part})
    assert len(words(programme, on("2026-11-05", "2026-11-06"), at("2026-11-12 09:00"))) == 2


def test_self_paced_work_takes_a_week_in_which_its_block_has_a_working_day() -> None:
    """Four days from Thursday have no working day of the second week; four days from Friday have its Monday."""
    programme = small(blocks={"b": block(TWO_WEEKS, days=4)}, modules={"m": module(work(1), blocks=["b"])})
    second_week = week_of("2026-11-09", 60)
    assert words(programme, on("2026-11-06", "2026-11-09"), second_week) == []
    assert words(programme, on("2026-11-05", "2026-11-08"), second_week) == [
        "“Module” (self-paced work) stands in the week of Monday 9 November 2026, outside “Block”"
    ]


def test_in_a_week_in_which_its_block_pauses_only_work_that_goes_on_in_holidays_is_inside() -> None:
    closed = {"title": "Shut", "dates": [date(2026, 11, 9), date(2026, 11, 15)]}
    three_weeks = [date(2026, 11, 2), date(2026, 11, 20)]
    course = {"title": "Course", "kind": "course", "group": "all", "dates": three_weeks, "working_weeks": 2}
    parts = work(1, id="resting"), work(1, id="running", in_holidays=True)
    programme = small(
        dates=three_weeks,
        days_off={"closures": [closed]},
        blocks={"b": course},
        modules={"m": module(*parts, blocks=["b"])},
    )
    stands = on("2026-11-02", "2026-11-20")
    assert words(programme, stands, week_of("2026-11-09", 60, "m.running")) == []
    assert len(words(programme, stands, week_of("2026-11-09", 60, "m.resting"))) == 1


def test_what_lies_outside_its_dates_or_out_of_reach_of_its_blocks_is_struck() -> None:
    """The part may stand from 4 November on, its block up to 6 November."""
    part = module(classes(1), blocks=["b"], dates=[date(2026, 11, 4), date(2026, 11, 13)])
    programme = small(blocks={"b": block(FIRST_WEEK)}, modules={"m": part})
    assert lawful_days(programme, "m.virtual-class") == [4, 5, 6]
    assert lawful_days(programme, "b") == [2, 3, 4, 5]


def test_a_milestone_may_hold_sessions() -> None:
    day = {"title": "Day", "group": "all", "dates": FIRST_WEEK}
    programme = small(milestones={"b": day}, modules={"m": module(classes(1), blocks=["b"])})
    assert words(programme, on("2026-11-05"), at("2026-11-05 09:00")) == []
    assert len(words(programme, on("2026-11-05"), at("2026-11-06 09:00"))) == 1


def test_the_model_keeps_a_session_inside_its_block() -> None:
    """One start a day. The block starts on Tuesday or Wednesday, and has the session on either of its days."""
    programme = small(
        dates=FIRST_WEEK,
        opening_hours=ONE_HOUR,
        blocks={"b": block([date(2026, 11, 3), date(2026, 11, 5)])},
        modules={"m": module(classes(1), blocks=["b"])},
    )
    tuesday, wednesday = on("2026-11-03", "2026-11-04"), on("2026-11-04", "2026-11-05")
    assert allowed(programme, [Complete(), Within()]) == {
        timetable(tuesday, at("2026-11-03 09:00")),
        timetable(tuesday, at("2026-11-04 09:00")),
        timetable(wednesday, at("2026-11-04 09:00")),
        timetable(wednesday, at("2026-11-05 09:00")),
    }


def test_the_model_keeps_self_paced_work_inside_its_block() -> None:
    """One hour in two halves: before, over, or after the weekend, as the four days of the block have it."""
    programme = small(
        blocks={"b": block([date(2026, 11, 5), date(2026, 11, 10)], days=4)},
        modules={"m": module(work(1), blocks=["b"])},
    )
    before, over, after = on("2026-11-05", "2026-11-08"), on("2026-11-06", "2026-11-09"), on("2026-11-07", "2026-11-10")
    first, second = "2026-11-02", "2026-11-09"
    assert allowed(programme, [Complete(), Within()]) == {
        timetable(before, week_of(first, 60)),
        timetable(over, week_of(first, 60)),
        timetable(over, week_of(first, 30), week_of(second, 30)),
        timetable(over, week_of(second, 60)),
        timetable(after, week_of(second, 60)),
    }


def test_the_model_allows_exactly_what_the_check_finds_clean() -> None:
    """Two blocks that may overlap, and a session on a Sunday too: every combination is looked at."""
    days = [date(2026, 11, 4), date(2026, 11, 9)]
    programme = small(
        dates=days,
        opening_hours=dict.fromkeys(("monday", "wednesday"), "09:00-10:00"),
        blocks={"b": block(days), "c": block([date(2026, 11, 4), date(2026, 11, 7)], days=3)},
        modules={"m": module(classes(1), blocks=["b", "c"], dates=[date(2026, 11, 5), date(2026, 11, 9)])},
    )
    spans = [programme.candidates(programme.activities[key]) for key in ("b", "c", "m.virtual-class")]
    every = [
        timetable(Placement(b, "b"), Placement(c, "c"), Placement(session, "m.virtual-class"))
        for b, c, session in product(*spans)
    ]
    clean = {one for one in every if not list(Within().check(programme, one))}
    assert len(every) == 5 * 4 * 6
    assert allowed(programme, [Complete(), Within()]) == clean


def test_a_session_begins_at_one_of_the_starts_that_the_file_lists() -> None:
    """A minute earlier or later is none of them; where there is no list any minute will do."""
    listed = defended(vivas("eve", starts=[time(9, 10), datetime(2026, 11, 4, 14, 5)]))
    lawful = viva("eve", "2026-11-03 09:10"), viva("eve", "2026-11-04 14:05")
    assert list(Within().check(listed, timetable(*lawful))) == []
    for moment in ("09:09", "09:11", "14:05"):
        [breach] = Within().check(listed, timetable(viva("eve", f"2026-11-03 {moment}")))
        assert str(breach.message) == (
            f"“Module” (defence, eve) stands on Tuesday 3 November 2026 {moment}, "
            "which is none of the starts that the programme lists for it"
        )
        assert (breach.excess, breach.activities, breach.monday) == (1, ("m.viva.eve",), date(2026, 11, 2))
        assert list(Within().check(defended(vivas("eve")), timetable(viva("eve", f"2026-11-03 {moment}")))) == []


def test_starts_beyond_the_dates_of_a_part_are_struck() -> None:
    days = [date(2026, 11, 3), date(2026, 11, 4)]
    moments = [datetime(2026, 11, day, 9, 10) for day in (2, 3, 4, 5)]
    programme = defended(vivas("eve", dates=days, starts=moments, jury=[]))
    inside = {timetable(viva("eve", "2026-11-03 09:10")), timetable(viva("eve", "2026-11-04 09:10"))}
    assert allowed(programme, [Complete(), Within()]) == inside
