from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from constraints.complete import Complete
from constraints.few_changes import FewChanges
from constraints.rule import Rule
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed, cheapest

THREE_WEEKS = [date(2026, 11, 2), date(2026, 11, 20)]
STAFF: dict[str, Any] = {
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve", "zoe")},
    "places": {key: {"title": key.title()} for key in ("room", "hall", "gym")},
}
EITHER: dict[str, Any] = {"trainer": ["ann", "bob", "eve"], "together": 2, "place": ["room", "hall"]}


def year() -> Programme:
    """Three weeks with one of everything."""
    return small(
        dates=THREE_WEEKS,
        **STAFF,
        modules={"m": module(classes(2), classes(1, id="team", title="Team", **EITHER), work(2))},
        blocks={"b": {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": THREE_WEEKS}},
        milestones={"due": {"title": "Thesis due", "group": "all", "dates": THREE_WEEKS}},
        internships={"host": {"title": "Internship", "hours": 14, "group": "all", "dates": THREE_WEEKS}},
    )


TEAM = at("2026-11-10 14:00", part="m.team", trainers=("ann", "bob"), place="room")
BEFORE = (
    at("2026-11-03 09:00"),
    at("2026-11-10 09:00"),
    TEAM,
    week_of("2026-11-02", 60),
    week_of("2026-11-09", 60),
    on("2026-11-05", "2026-11-06"),
    on("2026-11-20", activity="due"),
    on("2026-11-12", activity="host"),
    on("2026-11-13", activity="host"),
)


def changed(before: Placement, *after: Placement) -> Timetable:
    """The calendar as it was, but for one thing."""
    return timetable(*(placement for placement in BEFORE if placement != before), *after)


def told(found: Timetable, *previous: Placement) -> list[tuple[str, int]]:
    """The words of each breach with its excess."""
    rule = FewChanges(placements=previous or BEFORE)
    return [(str(breach.message), breach.excess) for breach in rule.check(year(), found)]


def test_the_same_calendar_costs_nothing() -> None:
    assert told(timetable(*BEFORE)) == []


def test_it_comes_before_every_level_of_a_file() -> None:
    assert (FewChanges(placements=()).rank, FewChanges(placements=()).price) == (0, 1)


def test_a_session_at_another_time_costs_ten() -> None:
    assert told(changed(BEFORE[0], at("2026-11-03 10:00"))) == [
        ("“Module” (virtual class) no longer stands on Tuesday 3 November 2026 09:00", 10)
    ]


def test_sessions_of_a_part_are_interchangeable() -> None:
    """The first is now the later one of the two: one of the old times is free, one move is paid."""
    assert told(changed(BEFORE[0], at("2026-11-17 09:00"))) == [
        ("“Module” (virtual class) no longer stands on Tuesday 3 November 2026 09:00", 10)
    ]


def test_a_session_of_another_length_at_the_same_start_has_moved() -> None:
    assert told(changed(BEFORE[0], at("2026-11-03 09:00", 120))) == [
        ("“Module” (virtual class) no longer stands on Tuesday 3 November 2026 09:00", 10)
    ]


def test_blocks_and_milestones_cost_ten() -> None:
    assert told(changed(BEFORE[5], on("2026-11-09", "2026-11-10"))) == [
        ("“Seminar” no longer stands from Thursday 5 November 2026 to Friday 6 November 2026", 10)
    ]
    assert told(changed(BEFORE[6], on("2026-11-19", activity="due"))) == [
        ("“Thesis due” no longer stands on Friday 20 November 2026", 10)
    ]


def test_each_host_day_costs_one() -> None:
    assert told(changed(BEFORE[7], on("2026-11-16", activity="host"))) == [
        ("“Internship” no longer stands on Thursday 12 November 2026", 1)
    ]


def test_a_week_with_less_work_costs_one_however_much_less_and_one_with_more_nothing() -> None:
    less = "“Module” (self-paced work) has less planned in the week of Monday 9 November 2026 than before"
    assert told(changed(BEFORE[4], week_of("2026-11-09", 30), week_of("2026-11-16", 30))) == [(less, 1)]
    assert told(changed(BEFORE[4], week_of("2026-11-16", 60))) == [(less, 1)]
    assert told(changed(BEFORE[4], week_of("2026-11-09", 90))) == []


REASSIGNED = "“Module” (Team) on Tuesday 10 November 2026 14:00 no longer has the trainers or the place that it had"


@pytest.mark.parametrize(
    ("edit", "excess"),
    [
        ({"trainers": ("bob", "ann")}, 0),
        ({"trainers": ("ann", "eve")}, 3),
        ({"trainers": ("eve",)}, 3 + 3),
        ({"place": "hall"}, 3),
        ({"trainers": ("bob", "eve"), "place": "hall"}, 3 + 3),
        ({"trainers": ("eve",), "place": "hall"}, 3 + 3 + 3),
    ],
)
def test_each_trainer_and_the_place_cost_three(edit: dict[str, Any], excess: int) -> None:
    assert told(changed(TEAM, TEAM._replace(**edit))) == ([(REASSIGNED, excess)] if excess else [])


def test_those_who_give_a_session_no_longer_are_named() -> None:
    found = changed(TEAM, TEAM._replace(trainers=("bob", "eve"), place="hall"))
    (breach,) = FewChanges(placements=BEFORE).check(year(), found)
    assert (breach.activities, breach.monday, breach.trainers) == (("m.team",), date(2026, 11, 9), ("ann",))


def test_a_session_that_moves_loses_its_trainers_and_its_place_at_that_time() -> None:
    moved = TEAM._replace(span=at("2026-11-10 15:00").span)
    assert told(changed(TEAM, moved)) == [
        ("“Module” (Team) no longer stands on Tuesday 10 November 2026 14:00", 10),
        (REASSIGNED, 3 + 3 + 3),
    ]


def test_trainers_and_a_place_that_the_programme_decides_are_no_change_of_the_search() -> None:
    staffed = at("2026-11-03 09:00", trainers=("zoe",), place="gym")
    assert told(changed(BEFORE[0], at("2026-11-03 09:00")), staffed) == []


def test_what_the_programme_no_longer_has_costs_nothing() -> None:
    assert told(timetable(), at("2026-11-03 09:00", part="m.gone"), on("2026-11-03", activity="gone")) == []


WEIGHED = (at("2026-11-03 09:00"), TEAM, BEFORE[3], BEFORE[7])


def test_each_placement_costs_as_often_as_its_weight_says() -> None:
    """A session twice, one with two trainers and a room three times, a week of work four, a host day five times."""
    rule = FewChanges(placements=WEIGHED, weights=(2, 3, 4, 5))
    moved = TEAM._replace(span=at("2026-11-10 15:00").span)
    assert [breach.excess for breach in rule.check(year(), timetable(*WEIGHED))] == []
    assert [breach.excess for breach in rule.check(year(), timetable())] == [20, 30, 27, 4, 5]
    assert [breach.excess for breach in rule.check(year(), timetable(*WEIGHED[:1], moved, *WEIGHED[2:]))] == [30, 27]
    handed_over = TEAM._replace(trainers=("bob", "eve"))
    found = rule.check(year(), timetable(*WEIGHED[:1], handed_over, *WEIGHED[2:]))
    assert [breach.excess for breach in found] == [9]


def test_without_weights_each_placement_counts_once() -> None:
    plain, ones = (
        [breach.excess for breach in FewChanges(placements=WEIGHED, weights=weights).check(year(), timetable())]
        for weights in ((), (1, 1, 1, 1))
    )
    assert plain == ones == [10, 10, 9, 1, 1]


@pytest.mark.parametrize("weights", [(1,), (1, 1, 1)])
def test_there_is_a_weight_for_each_placement(weights: tuple[int, ...]) -> None:
    with pytest.raises(ValidationError, match="so many weights as placements, or none"):
        FewChanges(placements=WEIGHED[:2], weights=weights)


@pytest.mark.parametrize("weight", [0, -1])
def test_every_weight_counts(weight: int) -> None:
    with pytest.raises(ValidationError, match="greater than 0"):
        FewChanges(placements=WEIGHED[:1], weights=(weight,))


def one_start_a_day(*laws: Rule, previous: tuple[Placement, ...], **keys: Any) -> int:
    """The least cost of the sessions of a part from 9 to 12 November, at 9:00."""
    days = {"dates": [date(2026, 11, 9), date(2026, 11, 12)], "opening_hours": {"monday": "09:00-10:00"}}
    programme = small(**days, **STAFF, modules={"m": module(classes(**keys))})
    return cheapest(programme, [Complete(), *laws, FewChanges(placements=previous)])


MONDAY, TUESDAY, THURSDAY = (at(f"2026-11-{day} 09:00") for day in ("09", "10", "12"))
SUNDAY = at("2026-11-15 09:00")
"""No candidate: after the programme."""


def test_the_model_keeps_what_can_be_kept_and_pays_for_the_rest() -> None:
    assert one_start_a_day(previous=(MONDAY, TUESDAY), sessions=2) == 0
    assert one_start_a_day(previous=(MONDAY, TUESDAY), sessions=1) == 10
    assert one_start_a_day(previous=(MONDAY,), sessions=2) == 0


def test_the_model_pays_in_any_case_for_what_is_no_candidate_any_more() -> None:
    assert one_start_a_day(previous=(MONDAY, SUNDAY), sessions=2) == 10
    # with two trainers and a place that may be chosen
    staffed = SUNDAY._replace(trainers=("ann", "bob"), place="room")
    assert one_start_a_day(previous=(staffed,), sessions=1, **EITHER) == 10 + 3 + 3 + 3


def test_the_model_moves_what_weighs_least() -> None:
    """One of two sessions has to go; with the check it agrees on what that costs."""
    programme = small(
        dates=[date(2026, 11, 9), date(2026, 11, 10)],
        opening_hours={"monday": "09:00-10:00", "tuesday": "09:00-10:00"},
        **STAFF,
        modules={"m": module(classes(1))},
    )
    for weights, least in ((5, 2), 20), ((2, 5), 20), ((3, 3), 30):
        rule = FewChanges(placements=(MONDAY, TUESDAY), weights=weights)
        every = allowed(programme, [Complete()])
        assert cheapest(programme, [Complete(), rule]) == least
        assert min(sum(each.excess for each in rule.check(programme, one)) for one in every) == least


def test_the_model_weighs_who_gives_a_session_and_work() -> None:
    """In the model what is lost of each costs as often as its weight says: Zoe, the gym, and a week of work."""
    staffed = MONDAY._replace(trainers=("ann", "zoe"), place="gym")
    days = {"dates": [date(2026, 11, 9), date(2026, 11, 12)], "opening_hours": {"monday": "09:00-10:00"}}
    programme = small(**days, **STAFF, modules={"m": module(classes(1, **EITHER), work(1))})
    rule = FewChanges(placements=(staffed, week_of("2026-11-02", 60)), weights=(4, 7))
    assert cheapest(programme, [Complete(), rule]) == 4 * (3 + 3) + 7


def test_a_week_of_work_that_is_no_candidate_any_more_costs_one() -> None:
    programme = small(modules={"m": module(work(2))})
    after = week_of("2026-11-16", 60)
    assert cheapest(programme, [Complete(), FewChanges(placements=(after, week_of("2026-11-09", 60)))]) == 1


def test_a_place_where_there_was_none_is_no_change() -> None:
    staffed = MONDAY._replace(trainers=("ann", "bob"))
    assert one_start_a_day(previous=(staffed,), sessions=1, **EITHER) == 0
    found = changed(TEAM, TEAM._replace(place="hall"))
    assert told(found, TEAM._replace(place=None)) == []


def test_the_model_pays_for_a_trainer_and_a_place_who_are_no_longer_named() -> None:
    """Zoe and the gym are not for this part; Ann and the time are kept."""
    staffed = MONDAY._replace(trainers=("ann", "zoe"), place="gym")
    assert one_start_a_day(previous=(staffed,), sessions=1, **EITHER) == 3 + 3


def test_the_model_forbids_no_change_and_finds_the_least_that_the_check_finds() -> None:
    """Four days, two sessions by one of two, an hour of work in two weeks; one of the old times is no candidate."""
    programme = small(
        dates=[date(2026, 11, 6), date(2026, 11, 9)],
        opening_hours={"monday": "09:00-10:00"},
        **STAFF,
        modules={"m": module(classes(2, trainer=["ann", "bob"]), work(1))},
    )
    previous = (
        at("2026-11-07 09:00", trainers=("ann",)),
        at("2026-11-09 09:20", trainers=("bob",)),
        week_of("2026-11-02", 30),
        week_of("2026-11-09", 30),
    )
    rule = FewChanges(placements=previous)
    every = allowed(programme, [Complete()])
    # two of four days, each by one of two; no, half or all of an hour in the first week
    assert len(every) == 6 * 4 * 3
    assert allowed(programme, [Complete(), rule]) == every
    costs = {sum(breach.excess for breach in rule.check(programme, one)) for one in every}
    # what stood at 9:20 is lost in any case, with Bob; the rest is kept, or Ann, the time, and a week are lost
    assert costs == {13 + lost for lost in (0, 1, 3, 4, 13, 14)}
    assert cheapest(programme, [Complete(), rule]) == 13
