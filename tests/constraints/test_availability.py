from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.availability import Availability
from constraints.complete import Complete
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed

BLOCK = {
    "title": "Block",
    "kind": "seminar",
    "group": "all",
    "dates": [date(2026, 11, 2), date(2026, 11, 13)],
    "days": 2,
}
TUESDAY_MORNINGS = {"weekday": "tuesday", "hours": "09:00-12:00"}


def words(programme: Programme, *placements: Placement) -> list[str]:
    return [str(breach.message) for breach in Availability().check(programme, timetable(*placements))]


def with_trainer(*cannot: dict[str, Any], **tables: Any) -> Programme:
    trainers = {"ann": {"title": "Trainer, design", "cannot": cannot}}
    return small(trainers=trainers, modules={"m": module(classes(1), trainer="ann")}, **tables)


def test_a_session_is_lawful_where_nobody_is_missing() -> None:
    assert words(with_trainer(TUESDAY_MORNINGS), at("2026-11-10 14:00"), at("2026-11-12 09:00")) == []


def test_a_missing_trainer_is_named_and_the_pattern_is_not() -> None:
    assert words(with_trainer(TUESDAY_MORNINGS), at("2026-11-10 09:00")) == [
        "“Module” (virtual class) stands on Tuesday 10 November 09:00: trainer “Trainer, design” is not available"
    ]


def test_a_session_that_ends_or_starts_exactly_at_the_hours_is_lawful() -> None:
    programme = with_trainer({"weekday": "tuesday", "hours": "10:00-12:00"})
    assert words(programme, at("2026-11-10 09:00"), at("2026-11-10 12:00")) == []
    assert len(words(programme, at("2026-11-10 09:15"), at("2026-11-10 11:45"))) == 2


def test_a_trainer_may_be_missing_on_dates_both_included() -> None:
    programme = with_trainer({"dates": [date(2026, 11, 4), date(2026, 11, 5)]})
    assert words(programme, at("2026-11-03 16:00"), at("2026-11-06 09:00")) == []
    assert len(words(programme, at("2026-11-04 09:00"), at("2026-11-05 16:00"))) == 2


def test_a_pattern_may_be_for_a_weekday_in_some_dates_only() -> None:
    programme = with_trainer({"weekday": "tuesday", "dates": [date(2026, 11, 9), date(2026, 11, 13)]})
    assert words(programme, at("2026-11-03 09:00"), at("2026-11-12 09:00")) == []
    assert len(words(programme, at("2026-11-10 09:00"))) == 1


def test_any_of_several_patterns_is_enough() -> None:
    programme = with_trainer(TUESDAY_MORNINGS, {"weekday": "friday"})
    assert len(words(programme, at("2026-11-10 09:00"), at("2026-11-12 09:00"), at("2026-11-13 09:00"))) == 2


def test_a_session_through_midnight_needs_its_trainer_on_both_days() -> None:
    assert len(words(with_trainer({"weekday": "thursday"}), at("2026-11-11 23:00", 120))) == 1


def test_the_trainers_of_other_parts_do_not_matter() -> None:
    trainers = {"ann": {"title": "Ann"}, "bob": {"title": "Bob", "cannot": [TUESDAY_MORNINGS]}}
    modules = {"m": module(classes(1), trainer="ann"), "n": module(classes(1), trainer="bob")}
    assert words(small(trainers=trainers, modules=modules), at("2026-11-10 09:00")) == []


def test_a_group_is_missing_where_it_or_what_it_is_part_of_is() -> None:
    groups = {
        "year": {"title": "Year", "cannot": [{"weekday": "monday"}]},
        "half": {"title": "Half", "part_of": "year", "cannot": [{"weekday": "tuesday"}]},
        "four": {"title": "Four", "part_of": "half", "cannot": [{"weekday": "thursday"}]},
    }
    programme = small(groups=groups, modules={"m": module(classes(1), group="half")})
    on_three_days = at("2026-11-02 09:00"), at("2026-11-03 09:00"), at("2026-11-05 09:00")
    assert words(programme, *on_three_days) == [
        "“Module” (virtual class) stands on Monday 2 November 09:00: group “Year” is not available",
        "“Module” (virtual class) stands on Tuesday 3 November 09:00: group “Half” is not available",
    ]


def test_all_who_are_missing_are_named_together() -> None:
    friday = [{"weekday": "friday"}]
    programme = small(
        trainers={"ann": {"title": "Ann", "cannot": friday}},
        places={"room": {"title": "Room 1", "cannot": friday}},
        groups={"all": {"title": "All", "cannot": friday}},
        modules={"m": module(classes(1), trainer="ann", place="room")},
    )
    assert words(programme, at("2026-11-06 09:00")) == [
        "“Module” (virtual class) stands on Friday 6 November 09:00: trainer “Ann” is not available, place “Room 1” is "
        "not available and group “All” is not available"
    ]


def test_a_block_needs_its_place_and_group_on_each_of_its_days_at_any_hour() -> None:
    programme = small(
        places={"campus": {"title": "Campus", "cannot": [{"weekday": "wednesday", "hours": "13:00-14:00"}]}},
        groups={"all": {"title": "All", "cannot": [{"dates": [date(2026, 11, 6), date(2026, 11, 6)]}]}},
        blocks={"b": BLOCK | {"place": "campus"}},
    )
    assert words(programme, on("2026-11-02", "2026-11-03")) == []
    assert words(programme, on("2026-11-03", "2026-11-04"), on("2026-11-05", "2026-11-06")) == [
        "“Block” stands from Tuesday 3 November 2026 to Wednesday 4 November 2026: place “Campus” is not available",
        "“Block” stands from Thursday 5 November 2026 to Friday 6 November 2026: group “All” is not available",
    ]


def test_self_paced_work_needs_nobody() -> None:
    groups = {"all": {"title": "All", "cannot": [{"weekday": "monday"}]}}
    assert words(small(groups=groups, modules={"m": module(work(1))}), week_of("2026-11-02", 60)) == []


def test_the_model_allows_what_the_check_finds_clean() -> None:
    programme = with_trainer({"hours": "10:00-16:00"}, dates=[date(2026, 11, 10), date(2026, 11, 10)])
    found = allowed(programme, [Complete(), Availability()])
    assert found == {timetable(at("2026-11-10 09:00")), timetable(at("2026-11-10 16:00"))}


def test_the_model_moves_a_block_out_of_the_way() -> None:
    """Two days without the Wednesday, 2 to 6 November: from Monday, or from Thursday."""
    groups = {"all": {"title": "All", "cannot": [{"weekday": "wednesday", "hours": "09:00-10:00"}]}}
    programme = small(
        groups=groups,
        blocks={"b": BLOCK | {"dates": [date(2026, 11, 2), date(2026, 11, 6)]}},
        dates=[date(2026, 11, 2), date(2026, 11, 6)],
    )
    found = allowed(programme, [Complete(), Availability()])
    assert found == {timetable(on("2026-11-02", "2026-11-03")), timetable(on("2026-11-05", "2026-11-06"))}
