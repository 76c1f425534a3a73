from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.whole_week import WholeWeek
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed

PLAIN = [date(2026, 11, 16), date(2026, 11, 29)]
"""Two weeks without a day off, the last weekend included."""
GROUPS = {
    "all": {"title": "All"},
    "half": {"title": "Half", "part_of": "all"},
    "others": {"title": "Others"},
}


def seminar(**keys: Any) -> dict[str, Any]:
    return {"title": "Seminar", "kind": "seminar", "group": "all", "dates": PLAIN, "days": 5} | keys


def with_seminar(*parts: dict[str, Any], **tables: Any) -> Programme:
    plain = {"dates": PLAIN, "groups": GROUPS, "blocks": {"b": seminar()}, "modules": {"m": module(*parts)}}
    return small(**plain | tables)


def words(programme: Programme, *placements: Placement) -> list[str]:
    return [str(breach.message) for breach in WholeWeek().check(programme, timetable(*placements))]


def test_monday_to_friday_with_nothing_else_is_lawful() -> None:
    assert words(with_seminar(classes(1)), on("2026-11-16", "2026-11-20")) == []


def test_a_seminar_or_an_intensive_week_that_is_not_monday_to_friday_is_named() -> None:
    programme = with_seminar(classes(1), blocks={"b": seminar(), "c": seminar(kind="intensive-week", group="others")})
    early = on("2026-11-16", "2026-11-19")
    late = on("2026-11-17", "2026-11-23", activity="c")
    assert words(programme, early, late) == [
        "“Seminar” stands from Monday 16 November 2026 to Thursday 19 November 2026; "
        "it must take Monday to Friday of one week",
        "“Seminar” stands from Tuesday 17 November 2026 to Monday 23 November 2026; "
        "it must take Monday to Friday of one week",
    ]


def test_a_seminar_over_a_day_off_is_named_with_the_day() -> None:
    november = [date(2026, 11, 2), date(2026, 11, 13)]
    programme = with_seminar(classes(1), dates=november, blocks={"b": seminar(dates=november)})
    assert words(programme, on("2026-11-02", "2026-11-06")) == []
    assert words(programme, on("2026-11-09", "2026-11-13")) == [
        "“Seminar” stands from Monday 9 November 2026 to Friday 13 November 2026, "
        "but it may hold no day off: Wednesday 11 November 2026"
    ]


def test_only_whole_weeks_without_a_day_off_are_candidates() -> None:
    dates = [date(2026, 11, 2), date(2026, 11, 29)]
    programme = with_seminar(classes(1), dates=dates, blocks={"b": seminar(dates=dates)})
    block = programme.blocks["b"]
    forbids = WholeWeek().forbids(programme, block)
    assert forbids is not None
    lawful = [span.day.day for span in programme.candidates(block) if not forbids(span)]
    assert lawful == [2, 16, 23]


def test_other_activities_are_not_struck() -> None:
    course = seminar(kind="course", days=8)
    programme = with_seminar(classes(1), work(1), blocks={"b": course})
    assert [WholeWeek().forbids(programme, activity) for activity in programme.activities.values()] == [None] * 3


def test_each_session_of_the_week_from_monday_to_sunday_is_foreign() -> None:
    programme = with_seminar(classes(4), dates=[date(2026, 11, 9), date(2026, 11, 29)])
    sunday_before, sunday = at("2026-11-15 16:00"), at("2026-11-22 16:00")
    monday, monday_after = at("2026-11-16 09:00"), at("2026-11-23 09:00")
    assert words(programme, on("2026-11-16", "2026-11-20"), sunday_before, monday, sunday, monday_after) == [
        "“Module” (virtual class) stands on Monday 16 November 2026 09:00, in the week that belongs to “Seminar”",
        "“Module” (virtual class) stands on Sunday 22 November 2026 16:00, in the week that belongs to “Seminar”",
    ]


def test_what_names_the_block_stands_inside_it() -> None:
    programme = with_seminar(classes(1, blocks=["b"]), work(1, blocks=["b"]))
    assert words(programme, on("2026-11-16", "2026-11-20"), at("2026-11-17 09:00"), week_of("2026-11-16", 60)) == []


def test_a_group_that_shares_a_person_is_bound_and_no_other() -> None:
    modules = {"m": module(classes(1), group="half"), "n": module(classes(1), group="others")}
    programme = with_seminar(modules=modules)
    sessions = at("2026-11-17 09:00"), at("2026-11-17 09:00", part="n.virtual-class")
    assert words(programme, on("2026-11-16", "2026-11-20"), *sessions) == [
        "“Module” (virtual class) stands on Tuesday 17 November 2026 09:00, in the week that belongs to “Seminar”"
    ]


def test_self_paced_work_is_foreign_unless_it_is_personal() -> None:
    teaching, personal = with_seminar(work(1)), with_seminar(work(1, personal=True))
    placements = on("2026-11-16", "2026-11-20"), week_of("2026-11-16", 60)
    assert words(teaching, *placements) == [
        "“Module” (self-paced work) stands in the week of Monday 16 November 2026, "
        "in the week that belongs to “Seminar”"
    ]
    assert words(personal, *placements) == []
    assert words(teaching, placements[0], week_of("2026-11-23", 60)) == []


def test_milestones_and_other_blocks_may_stand_in_the_week() -> None:
    course = seminar(kind="course", days=8)
    milestone = {"title": "Thesis due", "group": "all", "dates": PLAIN}
    programme = with_seminar(classes(1), blocks={"b": seminar(), "c": course}, milestones={"due": milestone})
    others = on("2026-11-16", "2026-11-23", activity="c"), on("2026-11-18", activity="due")
    assert words(programme, on("2026-11-16", "2026-11-20"), *others) == []


def test_two_such_blocks_of_a_sharing_group_are_one_breach() -> None:
    blocks = {"b": seminar(), "c": seminar(title="Retreat", group="half"), "d": seminar(group="others")}
    programme = with_seminar(classes(1), blocks=blocks)
    weeks = [on("2026-11-16", "2026-11-20", activity=key) for key in "bcd"]
    assert words(programme, *weeks) == [
        "“Retreat” stands from Monday 16 November 2026 to Friday 20 November 2026, "
        "in the week that belongs to “Seminar”"
    ]
    assert words(programme, weeks[0], on("2026-11-23", "2026-11-27", activity="c"), weeks[2]) == []


def test_the_model_allows_what_the_check_finds_clean() -> None:
    """One class on one of 14 days, two steps of work over two weeks, and a run of five of the 14 days.

    The seminar takes one of two weeks; the class has the 7 days of the other, where all the work lies: 2 · 7 = 14.
    """
    programme = with_seminar(classes(1), work(1), opening_hours={"friday": "09:00-10:00"})
    every = allowed(programme, [Complete()])
    clean = {one for one in every if not list(WholeWeek().check(programme, one))}
    assert (len(every), len(clean)) == (10 * 14 * 3, 14)
    assert allowed(programme, [Complete(), WholeWeek()]) == clean


def test_the_model_keeps_two_seminars_apart() -> None:
    """Of the four ways to lay two seminars into two weeks, two have them apart."""
    blocks = {"b": seminar(), "c": seminar(group="half")}
    class_ = classes(1, blocks=["b", "c"])
    programme = with_seminar(class_, blocks=blocks, opening_hours={"friday": "09:00-10:00"})
    found = allowed(programme, [Complete(), WholeWeek()])
    assert {tuple(one.of(key)[0].span.day.day for key in "bc") for one in found} == {(16, 23), (23, 16)}
