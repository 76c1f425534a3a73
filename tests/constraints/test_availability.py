from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.availability import Availability
from constraints.complete import Complete
from defended import defended, viva, vivas
from scheduler.candidates import candidates_of
from small import at, classes, module, on, small, staffed, timetable, week_of, work
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
    return [str(breach.message) for breach in Availability().check(programme, staffed(programme, *placements))]


def with_trainer(*cannot: dict[str, Any], **tables: Any) -> Programme:
    trainers = {"ann": {"title": "Trainer, design", "cannot": cannot}}
    return small(trainers=trainers, modules={"m": module(classes(1), trainer="ann")}, **tables)


def test_a_session_is_lawful_where_nobody_is_missing() -> None:
    assert words(with_trainer(TUESDAY_MORNINGS), at("2026-11-10 14:00"), at("2026-11-12 09:00")) == []


def test_a_missing_trainer_is_named_and_the_pattern_is_not() -> None:
    assert words(with_trainer(TUESDAY_MORNINGS), at("2026-11-10 09:00")) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 09:00: trainer “Trainer, design” is not available"
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
        "“Module” (virtual class) stands on Monday 2 November 2026 09:00: group “Year” is not available",
        "“Module” (virtual class) stands on Tuesday 3 November 2026 09:00: group “Half” is not available",
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
        "“Module” (virtual class) stands on Friday 6 November 2026 09:00: trainer “Ann” is not available, place “Room "
        "1” is not available and group “All” is not available"
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
    assert found == {timetable(at(f"2026-11-10 {hour}", trainers=("ann",))) for hour in ("09:00", "16:00")}


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


def chosen(cannot: dict[str, list[dict[str, Any]]], **keys: Any) -> Programme:
    """One session on Tuesday 10 November, at 9:00 or at 10:00, of trainers and places who cannot at these times."""
    trainers = {key: {"title": key.title(), "cannot": cannot.get(key, [])} for key in ("ann", "bob", "eve")}
    places = {key: {"title": key.title(), "cannot": cannot.get(key, [])} for key in ("room", "hall")}
    day = {"dates": [date(2026, 11, 10)] * 2, "opening_hours": {"tuesday": "09:00-11:00"}}
    return small(**day, trainers=trainers, places=places, modules={"m": module(classes(1, **keys))})


def ways(programme: Programme) -> set[tuple[int, tuple[str, ...], str | None]]:
    """The hour, the trainers and the place of the session in each timetable that the model allows."""
    found = [one.placements for one in allowed(programme, [Complete(), Availability()])]
    return {(placed.span.start // 60 % 24, placed.trainers, placed.place) for (placed,) in found}


NINE, TEN = [{"hours": "09:00-10:00"}], [{"hours": "10:00-11:00"}]
EITHER = {"trainer": ["ann", "bob"]}
TWO_OF_THREE = {"trainer": ["ann", "bob", "eve"], "together": 2}


def test_who_gives_a_session_is_asked_and_not_who_might() -> None:
    programme = chosen({"ann": NINE, "room": NINE}, place=["room", "hall"], **EITHER)
    assert words(programme, at("2026-11-10 09:00", trainers=("bob",), place="hall")) == []
    assert words(programme, at("2026-11-10 10:00", trainers=("ann",), place="room")) == []
    assert words(programme, at("2026-11-10 09:00", trainers=("ann",), place="hall")) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 09:00: trainer “Ann” is not available"
    ]
    assert words(programme, at("2026-11-10 09:00", trainers=("bob",), place="room")) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 09:00: place “Room” is not available"
    ]


def test_all_who_give_a_session_together_are_needed() -> None:
    programme = chosen({"bob": NINE, "eve": NINE}, **TWO_OF_THREE)
    assert words(programme, at("2026-11-10 09:00", trainers=("ann", "bob"))) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 09:00: trainer “Bob” is not available"
    ]
    assert words(programme, at("2026-11-10 09:00", trainers=("bob", "eve"))) == [
        "“Module” (virtual class) stands on Tuesday 10 November 2026 09:00: trainer “Bob” is not available and trainer "
        "“Eve” is not available"
    ]


def test_names_that_the_programme_does_not_know_are_left_to_complete() -> None:
    programme = chosen({"ann": NINE}, **EITHER)
    assert words(programme, at("2026-11-10 09:00", trainers=("zoe",), place="gym")) == []
    assert len(words(programme, at("2026-11-10 09:00", trainers=("zoe", "ann"), place="gym"))) == 1


def test_a_trainer_or_a_place_that_is_free_takes_the_session() -> None:
    """At 9:00 the one, at 10:00 either."""
    assert ways(chosen({"ann": NINE}, **EITHER)) == {(9, ("bob",), None), (10, ("ann",), None), (10, ("bob",), None)}
    assert ways(chosen({"room": NINE}, place=["room", "hall"])) == {(9, (), "hall"), (10, (), "room"), (10, (), "hall")}


def test_no_start_is_left_where_too_few_are_free() -> None:
    """At 9:00 one of three, where two are needed; then both of two; then both of two places."""
    two = chosen({"ann": NINE, "eve": NINE}, **TWO_OF_THREE)
    pairs = ("ann", "bob"), ("ann", "eve"), ("bob", "eve")
    assert ways(two) == {(10, pair, None) for pair in pairs}
    assert ways(chosen({"ann": NINE, "bob": NINE}, **EITHER)) == {(10, ("ann",), None), (10, ("bob",), None)}
    assert ways(chosen({"room": NINE, "hall": NINE}, place=["room", "hall"])) == {(10, (), "room"), (10, (), "hall")}
    places = chosen({"room": NINE, "hall": NINE}, place=["room", "hall"]), chosen({"hall": NINE}, place="hall")
    for programme in (two, chosen({"ann": NINE, "bob": NINE}, **EITHER), *places):
        (found,) = candidates_of(programme, [Availability()]).values()
        assert (len(found.lawful), found.struck_by()) == (1, {"availability": 1})


def test_as_many_free_as_are_needed_are_enough() -> None:
    """Two of three; where all three are needed one hour is left, or none."""
    assert ways(chosen({"eve": NINE, "bob": TEN}, **TWO_OF_THREE)) == {
        (9, ("ann", "bob"), None),
        (10, ("ann", "eve"), None),
    }
    all_three = TWO_OF_THREE | {"together": 3}
    assert ways(chosen({"eve": NINE}, **all_three)) == {(10, ("ann", "bob", "eve"), None)}
    assert ways(chosen({"eve": NINE, "bob": TEN}, **all_three)) == set()


MORNING = {"dates": [date(2026, 11, 3)] * 2, "hours": "09:00-12:00"}


def test_a_trainer_who_says_when_they_can_is_available_then_alone() -> None:
    """Exactly the time is lawful, a minute before or after is not; nor is what two such times share out."""
    afternoon = {"dates": [date(2026, 11, 3)] * 2, "hours": "12:00-14:00"}
    programme = small(
        trainers={"ann": {"title": "Ann", "can": [MORNING, afternoon]}},
        modules={"m": module(classes(1, minutes=180), trainer="ann")},
    )
    assert words(programme, at("2026-11-03 09:00", 180), at("2026-11-03 12:00", 120)) == []
    assert allowed(programme, [Complete(), Availability()]) == {
        timetable(at("2026-11-03 09:00", 180, trainers=("ann",)))
    }
    late = [at("2026-11-03 08:59", 60), at("2026-11-03 11:59", 2), at("2026-11-03 13:01", 60), at("2026-11-04 09:00")]
    assert [words(programme, each)[0].removeprefix("“Module” (virtual class) stands on ") for each in late] == [
        f"{when}: trainer “Ann” is not available"
        for when in (
            "Tuesday 3 November 2026 08:59",
            "Tuesday 3 November 2026 11:59",
            "Tuesday 3 November 2026 13:01",
            "Wednesday 4 November 2026 09:00",
        )
    ]


def test_who_can_and_cannot_is_not_available_where_they_cannot() -> None:
    trainers = {"ann": {"title": "Ann", "can": [MORNING], "cannot": [{"hours": "10:00-11:00"}]}}
    programme = small(trainers=trainers, modules={"m": module(classes(1), trainer="ann")})
    assert [len(words(programme, at(f"2026-11-03 {hour}:00"))) for hour in ("09", "10", "11", "12")] == [0, 1, 0, 1]
    starts = {timetable(at(f"2026-11-03 {hour}:00", trainers=("ann",))) for hour in ("09", "11")}
    assert allowed(programme, [Complete(), Availability()]) == starts


def test_a_jury_stands_where_enough_are_available_for_each_role() -> None:
    """At nine only Cy is away, at ten Ann and Bob, who alone preside, at eleven both who can be a member with Bob."""
    away = {"ann": "10:00-11:00", "bob": "10:00-11:00", "cy": "11:00-12:00", "dan": "11:00-12:00"}
    trainers = {key: {"title": key.title(), "cannot": [{"hours": hours}]} for key, hours in away.items()}
    trainers["cy"]["cannot"] = [{"hours": "09:00-10:00"}, {"hours": "11:00-12:00"}]
    programme = defended(
        vivas("eve"), trainers=trainers, dates=[date(2026, 11, 2)] * 2, opening_hours={"monday": "09:00-12:00"}
    )
    pairs = {"09:00": ("ann-bob", "ann-dan", "bob-dan"), "11:00": ("ann-bob",)}
    assert allowed(programme, [Complete(), Availability()]) == {
        timetable(viva("eve", f"2026-11-02 {hour}", *pair.split("-"))) for hour, some in pairs.items() for pair in some
    }
