"""The search: lawful first, then level by level to the optimum that a person can work out, and never beyond a stop."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.even_load import EvenLoad
from constraints.near_date import NearDate
from constraints.one_at_a_time import OneAtATime
from constraints.regular_slot import RegularSlot
from constraints.rule import Rule
from constraints.trainer_preference import TrainerPreference
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.bottlenecks import Bottleneck
from scheduler.problem import Problem
from scheduler.result import Level, Limits, Outcome, Progress, Result, gap
from scheduler.search import search
from scheduler.shortages import Shortage
from scheduler.verdict import breaches, price
from small import at, classes, module, small, timetable, week_of, work

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
LAWS = (Complete(), Within(), DaysOff(), WorkingHours(), OneAtATime())


def problem(*preferences: Rule, **tables: Any) -> Problem:
    return Problem(small(**tables), (*LAWS, *preferences))


def near_a_day_off(near_at: int, friday_at: int) -> Problem:
    """One session on a working day of 9 to 13 November, at 9:00, near the 11th, which is off; Friday is preferred.

    Tuesday and Thursday: 1 day from the 11th, 1 session outside Friday. Friday: 2 days, nothing outside.
    """
    return problem(
        TrainerPreference(level=friday_at),
        NearDate(level=near_at),
        dates=[date(2026, 11, 9), date(2026, 11, 13)],
        opening_hours=dict.fromkeys(WEEK, "09:00-10:00"),
        trainers={"ann": {"title": "Ann", "prefers": [{"weekday": "friday"}]}},
        modules={"m": module(classes(1, near=date(2026, 11, 11)), trainer="ann")},
    )


def busy() -> Problem:
    """Four weeks, five parts of four sessions of one trainer, self-paced work, and three levels: it takes a while."""
    parts = [classes(4, id=f"p{number}") for number in range(5)]
    return problem(
        TrainerPreference(level=1),
        RegularSlot(level=2),
        EvenLoad(level=3, group="all", target_hours_per_week=7),
        dates=[date(2026, 11, 2), date(2026, 11, 27)],
        trainers={"ann": {"title": "Ann", "prefers": [{"hours": "09:00-11:00"}]}},
        modules={"m": module(*parts, work(8), trainer="ann")},
    )


def test_the_optimum_of_a_level_with_its_proof() -> None:
    result = search(near_a_day_off(near_at=1, friday_at=2), Limits())
    assert result.outcome == Outcome.LAWFUL
    assert result.levels == (Level(1, ("near_date",), 1, 1), Level(2, ("trainer_preference",), 1, 1))
    assert [(level.proved, level.gap) for level in result.levels] == [(True, 0), (True, 0)]
    assert result.reproducible
    assert result.shortages == ()
    assert result.timetable in (
        timetable(at("2026-11-10 09:00", trainers=("ann",))),
        timetable(at("2026-11-12 09:00", trainers=("ann",))),
    )


def test_a_level_that_may_cost_so_much_is_kept_like_a_law() -> None:
    """Nothing outside Friday: the session is 2 days from the 11th."""
    result = search(near_a_day_off(near_at=1, friday_at=2), Limits(), most={2: 0})
    assert result.levels == (Level(1, ("near_date",), 2, 2),)
    assert result.timetable == timetable(at("2026-11-13 09:00", trainers=("ann",)))
    assert search(near_a_day_off(near_at=1, friday_at=2), Limits(), most={1: 0}).outcome == Outcome.IMPOSSIBLE


def test_a_level_need_not_go_below_what_is_enough() -> None:
    """2 days from the 11th are enough, which leaves Friday; 1 day is no better than that."""
    result = search(near_a_day_off(near_at=1, friday_at=2), Limits(), enough={1: 2})
    assert result.levels == (Level(1, ("near_date",), 2, 2), Level(2, ("trainer_preference",), 0, 0))
    assert result.timetable == timetable(at("2026-11-13 09:00", trainers=("ann",)))


def test_a_level_that_costs_less_in_any_case_has_what_is_enough() -> None:
    result = search(near_a_day_off(near_at=1, friday_at=2), Limits(), enough={1: 9})
    assert result.levels == (Level(1, ("near_date",), 9, 9), Level(2, ("trainer_preference",), 0, 0))


def test_a_level_above_what_is_enough_is_worked() -> None:
    """From Monday, Tuesday, Thursday and Friday, which all are lawful, to a day from the 11th."""
    result = search(near_a_day_off(near_at=1, friday_at=2), Limits(), enough={1: 0})
    assert result.levels == (Level(1, ("near_date",), 1, 1), Level(2, ("trainer_preference",), 1, 1))


def test_a_lower_level_never_costs_a_higher_one_anything() -> None:
    """The same two preferences the other way round: Friday first, then 2 days from the 11th."""
    result = search(near_a_day_off(near_at=2, friday_at=1), Limits())
    assert result.levels == (Level(1, ("trainer_preference",), 0, 0), Level(2, ("near_date",), 2, 2))
    assert result.timetable == timetable(at("2026-11-13 09:00", trainers=("ann",)))


def test_rules_of_one_level_are_added_up() -> None:
    """Tuesday or Thursday: 1 day + 1 session; Friday: 2 days. All cost 2; Monday costs 2 + 1."""
    result = search(near_a_day_off(near_at=4, friday_at=4), Limits())
    assert result.levels == (Level(4, ("trainer_preference", "near_date"), 2, 2),)


def test_weights_decide_within_a_level() -> None:
    """A session outside Friday costs 3: Tuesday 1 + 3, Friday 2."""
    cheap = near_a_day_off(near_at=1, friday_at=1)
    dear = Problem(cheap.programme, (*LAWS, NearDate(), TrainerPreference(weight=3)))
    result = search(dear, Limits())
    assert result.levels == (Level(1, ("near_date", "trainer_preference"), 2, 2),)
    assert result.timetable == timetable(at("2026-11-13 09:00", trainers=("ann",)))


def test_a_law_with_a_weight_is_a_level_too() -> None:
    """Two sessions, at most one hour a week, which costs 2 a minute above: 60 minutes above."""
    result = search(
        problem(
            WeeklyLoad(group="all", at_most_hours=1, weight=2),
            dates=[date(2026, 11, 9), date(2026, 11, 9)],
            opening_hours={"monday": "09:00-12:00"},
            modules={"m": module(classes(2))},
        ),
        Limits(),
    )
    assert result.levels == (Level(1, ("weekly_load",), 120, 120),)
    assert result.timetable == timetable(at("2026-11-09 09:00"), at("2026-11-09 11:00"))


def test_a_preference_that_concerns_nothing_costs_nothing() -> None:
    result = search(problem(NearDate(), modules={"m": module(classes(1))}), Limits())
    assert result.levels == (Level(1, ("near_date",), 0, 0),)


def test_without_a_preference_there_is_no_level() -> None:
    reports: list[Progress] = []
    result = search(problem(modules={"m": module(classes(2))}), Limits(), reports.append)
    assert (result.outcome, result.levels, reports) == (Outcome.LAWFUL, (), [])


def test_two_sessions_and_one_slot_are_seen_before_any_search() -> None:
    monday = [date(2026, 11, 9)] * 2
    result = search(
        problem(dates=monday, opening_hours={"monday": "09:00-10:00"}, modules={"m": module(classes(2))}), Limits()
    )
    assert (result.outcome, result.timetable, result.levels) == (Outcome.IMPOSSIBLE, None, ())
    assert [(type(short), short.needed, short.room) for short in result.shortages] == [(Shortage, 2, 1)]


def test_two_parts_and_one_slot_are_counted_before_any_search() -> None:
    monday = [date(2026, 11, 9)] * 2
    parts = module(classes(1), classes(1, id="other"))
    result = search(
        problem(dates=monday, opening_hours={"monday": "09:00-10:00"}, modules={"m": parts}),
        Limits(),
    )
    assert (result.outcome, result.unkeepable) == (Outcome.IMPOSSIBLE, ())
    assert [(type(short), short.needed, short.room) for short in result.shortages] == [(Bottleneck, 120, 60)]


ONE_HOUR: dict[str, Any] = {
    "dates": [date(2026, 11, 3)] * 2,
    "opening_hours": {"tuesday": "09:00-10:00"},
    "trainers": {"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
    "places": {"room": {"title": "Room"}, "hall": {"title": "Hall"}},
    "groups": {"one": {"title": "One"}, "two": {"title": "Two"}},
}


EITHER: dict[str, Any] = {"trainer": ["ann", "bob"], "place": ["room", "hall"]}


def two_parts_in_one_hour(**keys: Any) -> Problem:
    """A session of each of two groups in the only hour that there is, with the same trainers and places."""
    parts = [classes(1, id=group, group=group) for group in ("one", "two")]
    return problem(**ONE_HOUR, modules={"m": module(*parts, group="one", **keys)})


def test_two_trainers_and_two_rooms_make_room_for_two_parts_in_one_hour() -> None:
    planned = two_parts_in_one_hour(**EITHER)
    result = search(planned, Limits())
    assert result.timetable is not None
    staff = [(each.activity, each.trainers, each.place) for each in result.timetable.placements]
    assert [part for part, _, _ in staff] == ["m.one", "m.two"]
    assert sorted(trainers for _, trainers, _ in staff) == [("ann",), ("bob",)]
    assert sorted(str(place) for _, _, place in staff) == ["hall", "room"]
    assert breaches(planned, result.timetable) == ()


@pytest.mark.parametrize("single", [{"trainer": "ann"}, {"place": "hall"}])
def test_one_trainer_or_one_room_for_both_makes_it_impossible(single: dict[str, str]) -> None:
    assert search(two_parts_in_one_hour(**EITHER | single), Limits()).outcome == Outcome.IMPOSSIBLE


def test_together_alone_makes_it_impossible() -> None:
    outcomes = [search(two_parts_in_one_hour(**EITHER, together=number), Limits()).outcome for number in (1, 2)]
    assert outcomes == [Outcome.LAWFUL, Outcome.IMPOSSIBLE]


def test_a_stop_set_before_the_search_ends_it_at_once() -> None:
    """At once is when a lawful timetable is known, or sooner: no level is worked on."""
    limits, stopped = Limits(), busy()
    limits.stop.set()
    began = time.monotonic()
    result = search(stopped, limits)
    assert time.monotonic() - began < 2
    assert not result.reproducible
    assert_sound(stopped, result)


@pytest.mark.parametrize("reports", [1, 2, 5, 9])
def test_a_stop_in_the_middle_keeps_the_best_so_far(reports: int) -> None:
    limits = Limits()
    seen: list[Progress] = []

    def stop_after_some(progress: Progress) -> None:
        seen.append(progress)
        if len(seen) == reports:
            limits.stop.set()

    stopped = busy()
    result = search(stopped, limits, stop_after_some)
    assert (result.outcome, result.reproducible) == (Outcome.LAWFUL, False)
    assert_sound(stopped, result)


def test_a_limit_of_a_hundredth_of_a_second_is_kept() -> None:
    began = time.monotonic()
    limited = busy()
    result = search(limited, Limits(seconds=0.01))
    assert time.monotonic() - began < 2
    assert not result.reproducible
    assert_sound(limited, result)


def assert_sound(of: Problem, result: Result) -> None:
    """A search that was ended knows nothing, or a lawful timetable with true values and bounds."""
    if result.timetable is None:
        assert result == Result(Outcome.UNKNOWN, reproducible=False, seconds=result.seconds)
        return
    assert result.outcome == Outcome.LAWFUL
    assert breaches(of, result.timetable) == ()
    assert [level.rank for level in result.levels] == [1, 2, 3]
    assert [level.value for level in result.levels] == [price(of, result.timetable, rank) for rank in (1, 2, 3)]
    assert [level for level in result.levels if not 0 <= level.bound <= level.value] == []


def test_two_runs_with_two_workers_find_the_same_timetable() -> None:
    one, other = (search(busy(), Limits(workers=2, seed=7)) for _ in range(2))
    assert one.reproducible
    assert one.timetable is not None
    assert one.timetable == other.timetable
    assert one.levels == other.levels
    assert breaches(busy(), one.timetable) == ()


def test_progress_never_goes_back_and_ends_at_the_result() -> None:
    reports: list[Progress] = []
    result = search(busy(), Limits(), reports.append)
    by_rank: dict[int, list[Progress]] = defaultdict(list)
    for progress in reports:
        by_rank[progress.rank].append(progress)
    assert list(by_rank) == [1, 2, 3]
    assert len(reports) > 3
    for level in result.levels:
        moments = by_rank[level.rank]
        assert backwards([progress.value for progress in reversed(moments)]) == []
        assert backwards([progress.bound for progress in moments]) == []
        assert [progress for progress in moments if progress.bound > progress.value] == []
        assert (moments[-1].value, moments[-1].bound) == (level.value, level.bound)
    assert backwards([progress.seconds for progress in reports]) == []


def backwards(numbers: Sequence[float]) -> list[tuple[float, float]]:
    """Each number that is less than the one before it, after that one."""
    return [(one, other) for one, other in pairwise(numbers) if other < one]


def test_the_gap_is_a_share_of_the_value() -> None:
    assert (gap(10, 5), gap(10, 10), gap(1, 0), gap(0, 0)) == (0.5, 0, 1, 0)
    assert Level(1, (), 8, 6).gap == Progress(1, 8, 6, 0.0).gap == 0.25


def test_a_year_that_follows_another_is_that_one_where_no_law_is_against_it() -> None:
    """Without any preference: who gives the sessions, where and when they stand, and how the work is split."""
    planned = problem(
        trainers={"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
        places={"room": {"title": "Room"}, "hall": {"title": "Hall"}},
        modules={"m": module(classes(3, **EITHER), work(3))},
    )
    before = timetable(
        at("2026-11-03 15:00", trainers=("bob",), place="hall"),
        at("2026-11-06 11:00", trainers=("ann",), place="hall"),
        at("2026-11-12 10:00", trainers=("bob",), place="room"),
        week_of("2026-11-02", 30),
        week_of("2026-11-09", 150),
    )
    assert search(replace(planned, previous=before), Limits()).timetable == before


def test_a_year_that_cannot_be_that_one_is_another_one() -> None:
    """A session at 10:30 and one on the day off can no longer stand there, and two at once not together."""
    planned = problem(modules={"m": module(classes(4), classes(1, id="other"))})
    before = timetable(
        *(at(f"2026-11-{moment}") for moment in ("11 09:00", "12 10:00", "13 10:30")),
        at("2026-11-12 10:00", part="m.other"),
    )
    result = search(replace(planned, previous=before), Limits())
    assert result.timetable is not None
    assert breaches(planned, result.timetable) == ()


def test_two_runs_that_follow_the_same_year_find_the_same_timetable() -> None:
    first = search(busy(), Limits(work=0.2)).timetable
    one, other = (search(replace(busy(), previous=first), Limits(work=0.2)) for _ in range(2))
    assert (one.timetable, one.levels, one.reproducible) == (other.timetable, other.levels, True)
