from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.even_load import EvenLoad
from small import at, classes, module, small, timetable, week_of, work
from solving import allowed, cheapest, model_of

FIRST, SECOND = "2026-11-02", "2026-11-09"


def breaches(programme: Programme, *placements: Placement, **parameters: Any) -> list[tuple[str, int]]:
    rule = EvenLoad(**{"group": "all", "target_hours_per_week": 2} | parameters)
    return [(str(one.message), one.excess) for one in rule.check(programme, timetable(*placements))]


def excesses(programme: Programme, *placements: Placement, **parameters: Any) -> list[int]:
    return [excess for _, excess in breaches(programme, *placements, **parameters)]


def mixed() -> Programme:
    return small(modules={"m": module(classes(4), work(4)), "n": module(work(4, personal=True))})


def test_weeks_on_the_target_cost_nothing() -> None:
    placements = at(f"{FIRST} 09:00"), week_of(FIRST, 60), week_of(SECOND, 120)
    assert breaches(mixed(), *placements) == []


def test_a_full_week_names_what_stands_in_it_and_an_empty_one_what_could() -> None:
    law = EvenLoad(group="all", target_hours_per_week=2)
    found = law.check(mixed(), timetable(at(f"{FIRST} 09:00"), week_of(FIRST, 90), week_of(SECOND, 60)))
    assert [(breach.activities, breach.monday) for breach in found] == [
        (("m.virtual-class", "m.distance-work"), date(2026, 11, 2)),
        (("m.virtual-class", "m.distance-work", "n.distance-work"), date(2026, 11, 9)),
    ]


def test_each_week_above_or_below_the_target_is_named_with_its_minutes() -> None:
    placements = at(f"{FIRST} 09:00"), week_of(FIRST, 90), week_of(SECOND, 60)
    assert breaches(mixed(), *placements) == [
        (
            "2 h 30 of teaching and personal work in the week of Monday 2 November 2026 for All; 2 h should be planned",
            30,
        ),
        (
            "1 h of teaching and personal work in the week of Monday 9 November 2026 for All; 2 h should be planned",
            60,
        ),
    ]


def test_exactly_the_tolerance_costs_nothing_and_beyond_it_only_what_lies_beyond() -> None:
    exact = week_of(FIRST, 150), week_of(SECOND, 90)
    beyond = week_of(FIRST, 180), week_of(SECOND, 60)
    assert breaches(mixed(), *exact, tolerance_hours=0.5) == []
    assert breaches(mixed(), *beyond, tolerance_hours=0.5, counts="teaching") == [
        ("3 h of teaching in the week of Monday 2 November 2026 for All; 1 h 30 to 2 h 30 should be planned", 30),
        ("1 h of teaching in the week of Monday 9 November 2026 for All; 1 h 30 to 2 h 30 should be planned", 30),
    ]


def test_a_tolerance_above_the_target_asks_for_nothing() -> None:
    assert breaches(mixed(), tolerance_hours=3) == []
    (told,) = breaches(mixed(), week_of(FIRST, 360), tolerance_hours=3)
    assert told[0].endswith("; 0 min to 5 h should be planned")


def test_a_minute_too_many_costs_one() -> None:
    assert excesses(mixed(), at(f"{FIRST} 09:00", minutes=121), week_of(SECOND, 120)) == [1]


def test_a_group_that_has_its_work_from_another_is_named_too() -> None:
    groups = {"all": {"title": "All"}, "a": {"title": "A", "part_of": "all"}}
    programme = small(groups=groups, modules={"m": module(work(4))})
    assert breaches(programme, week_of(FIRST, 180), week_of(SECOND, 120), group="a") == [
        (
            "3 h of teaching and personal work in the week of Monday 2 November 2026 for All and A; "
            "2 h should be planned",
            60,
        )
    ]


def test_what_counts() -> None:
    """In the first week 1 h of class, 2 h of teaching alone, 4 h of personal work; the second week is empty."""
    placements = at(f"{FIRST} 09:00"), week_of(FIRST, 120), week_of(FIRST, 240, activity="n.distance-work")
    assert excesses(mixed(), *placements, counts="teaching") == [60, 120]
    assert excesses(mixed(), *placements, counts="personal") == [120, 120]
    assert excesses(mixed(), *placements, counts="all") == [300, 120]
    assert excesses(mixed(), *placements, modules_left_out=("n",)) == [60, 120]


def test_every_week_with_a_day_in_the_dates_counts() -> None:
    placements = week_of(FIRST, 60), week_of(SECOND, 60)
    assert excesses(mixed(), *placements, dates=(date(2026, 11, 8), date(2026, 11, 8))) == [60]
    assert excesses(mixed(), *placements, dates=(date(2026, 11, 8), date(2026, 11, 9))) == [60, 60]


def test_the_week_53_of_2026_is_one_week() -> None:
    """ISO week 53 runs from Monday 28 December 2026 to Sunday 3 January 2027."""
    programme = small(dates=[date(2026, 12, 28), date(2027, 1, 3)], modules={"m": module(work(2, in_holidays=True))})
    assert breaches(programme, week_of("2026-12-28", 120)) == []


def test_the_enrolments_of_the_group_count_and_those_with_equal_activities_count_once() -> None:
    """Of three sub-groups only "a" has a module: one workload with it, one without. "others" is not looked at."""
    groups = {"all": {"title": "All"}, "others": {"title": "Others"}}
    groups |= {key: {"title": key.upper(), "part_of": "all"} for key in "abc"}
    modules = {"m": module(work(4)), "n": module(work(2), group="a"), "o": module(work(2), group="others")}
    programme = small(groups=groups, modules=modules)
    placements = week_of(FIRST, 120), week_of(SECOND, 120), week_of(SECOND, 30, activity="n.distance-work")
    assert breaches(programme, *placements) == [
        (
            "2 h 30 of teaching and personal work in the week of Monday 9 November 2026 for All and A; "
            "2 h should be planned",
            30,
        )
    ]


def test_unknown_groups_and_modules_are_faults_that_name_the_nearest() -> None:
    rule = EvenLoad(group="al", target_hours_per_week=2, modules_left_out=("m", "mm"))
    assert [str(fault) for fault in rule.faults(mixed())] == [
        "there is no group al; did you mean all?",
        "there is no module mm; did you mean m?",
    ]


def test_hours_come_in_quarters() -> None:
    with pytest.raises(ValidationError):
        EvenLoad(group="all", target_hours_per_week=1.1)


def test_the_model_and_the_check_agree() -> None:
    """Three hours of work in steps of 30 min and one class of 1 h over two weeks, the target 1 h 30 a week.

    4 h in all are 1 h above twice the target, so that 60 minutes are the least cost; within 15 min they are 30.
    """
    programme = small(modules={"m": module(classes(1), work(3))}, opening_hours={"friday": "09:00-10:00"})
    every = allowed(programme, [Complete()])
    for tolerance, least in ((0, 60), (0.25, 30)):
        rule = EvenLoad(group="all", target_hours_per_week=1.5, tolerance_hours=tolerance, weight=2)
        assert min(sum(breach.excess for breach in rule.check(programme, one)) for one in every) == least
        assert cheapest(programme, [Complete(), rule]) == 2 * least


def test_nothing_is_posted_where_every_week_is_within_the_tolerance() -> None:
    """A class of 1 h and an hour of work: 0 to 2 h in any week."""
    programme = small(modules={"m": module(classes(1), work(1))})
    rule = EvenLoad(group="all", target_hours_per_week=1, tolerance_hours=1)
    plain, even = (str(model_of(programme, rules).cp) for rules in ([Complete()], [Complete(), rule]))
    assert even == plain


def test_the_model_pays_for_a_week_in_which_nothing_may_stand() -> None:
    """Zone B is on holiday from 17 October to 1 November 2026 (arrêté of 22 Oct 2025): that week lacks its hour."""
    programme = small(
        dates=[date(2026, 10, 26), date(2026, 11, 6)],
        days_off={"school_zones": ["B"]},
        modules={"m": module(work(1))},
    )
    rule = EvenLoad(group="all", target_hours_per_week=1)
    assert excesses(programme, week_of(FIRST, 60), target_hours_per_week=1) == [60]
    assert cheapest(programme, [Complete(), DaysOff(), rule]) == 60
