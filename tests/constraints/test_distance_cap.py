from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from calendars.wording import render
from constraints.complete import Complete
from constraints.distance_cap import DistanceCap
from programmes import plain
from small import at, classes, module, small, timetable, week_of, work
from solving import allowed, cheapest, model_of

ONE_A_DAY = {"monday": "09:00-10:00"}


def found(programme: Programme, *placements: Placement, **keys: Any) -> list[tuple[str, int]]:
    breaches = DistanceCap(**keys).check(programme, timetable(*placements))
    return [(str(breach.message), breach.excess) for breach in breaches]


def test_exactly_the_cap_is_allowed() -> None:
    programme = small(modules={"m": module(classes(1), work(1))})
    assert found(programme, at("2026-11-03 09:00"), week_of("2026-11-02", 60)) == []


def test_live_and_self_paced_work_add_up_and_personal_work_counts_too() -> None:
    """60 + 30 + 45 = 135 min."""
    own = work(1, id="own", personal=True, step_minutes=15)
    programme = small(modules={"m": module(classes(1), work(1), own)})
    week = week_of("2026-11-02", 30), week_of("2026-11-02", 45, "m.own")
    assert found(programme, at("2026-11-06 16:00"), *week) == [
        (
            "2 h 15 of distance work in the week of Monday 2 November 2026 for group “All”; at most 2 h are allowed",
            15,
        )
    ]


def test_each_iso_week_is_counted_by_itself() -> None:
    """Sunday 8 November ends a week, Monday 9 November begins one."""
    programme = small(modules={"m": module(classes(2, minutes=120))})
    assert found(programme, at("2026-11-08 09:00", 120), at("2026-11-09 09:00", 120)) == []


def test_what_needs_travel_is_no_distance_work() -> None:
    places = {"room": {"title": "Room"}, "online": {"title": "Online", "virtual": True}}
    parts = [classes(1, 180, place="room"), {"kind": "course", "sessions": 1, "minutes": 180, "place": "online"}]
    programme = small(places=places, modules={"m": module(*parts)})
    assert found(programme, at("2026-11-02 09:00", 180)) == []
    assert [excess for _, excess in found(programme, at("2026-11-02 09:00", 180, "m.course"))] == [60]


def test_everything_that_a_participant_is_enrolled_in_counts() -> None:
    """An hour for all, and one and a half for each half: 150 min for "a" and for "b", 30 above."""
    groups = {"all": {"title": "All"}, "a": {"title": "A", "part_of": "all"}, "b": {"title": "B", "part_of": "all"}}
    own = {key: module(classes(1, 90), group=key) for key in ("a", "b")}
    programme = small(groups=groups, modules={"m": module(classes(1))} | own)
    week = [at("2026-11-02 09:00"), at("2026-11-03 09:00", 90, "a.virtual-class")]
    more = at("2026-11-03 09:00", 90, "b.virtual-class")
    assert found(programme, *week, more) == [
        (
            "2 h 30 of distance work in the week of Monday 2 November 2026 for groups “All” and “A”; at most 2 h are "
            "allowed",
            30,
        ),
        (
            "2 h 30 of distance work in the week of Monday 2 November 2026 for groups “All” and “B”; at most 2 h are "
            "allowed",
            30,
        ),
    ]


def test_a_breach_that_two_enrolments_share_is_one_breach_and_is_paid_once() -> None:
    """Two groups without distance work of their own; 3 h in one week, 1 h above."""
    groups = {"all": {"title": "All"}, "a": {"title": "A", "part_of": "all"}, "b": {"title": "B", "part_of": "all"}}
    programme = small(dates=[date(2026, 11, 2), date(2026, 11, 6)], groups=groups, modules={"m": module(work(3))})
    assert len(programme.enrolments) == 2
    assert [excess for _, excess in found(programme, week_of("2026-11-02", 180))] == [60]
    assert cheapest(programme, [Complete(), DistanceCap(weight=1)]) == 60


def test_the_model_allows_exactly_what_the_check_finds_clean() -> None:
    """Two sessions on any two of six days, and an hour in steps of 30 min over two weeks; at most 90 min a week."""
    programme = small(
        dates=[date(2026, 11, 6), date(2026, 11, 11)],
        opening_hours=ONE_A_DAY,
        modules={"m": module(classes(2), work(1))},
    )
    law = DistanceCap(minutes_per_week=90)
    every = allowed(programme, [Complete()])
    clean = {one for one in every if not list(law.check(programme, one))}
    assert allowed(programme, [Complete(), law]) == clean
    # C(6, 2) = 15 pairs of days, 3 ways of the work. One session in each week (3 × 3), 30 min of work in each.
    assert (len(every), len(clean)) == (45, 9)


def test_the_cost_is_the_excess_that_the_check_finds() -> None:
    """5 h over two weeks of 2 h: 1 h above, wherever it lies."""
    programme = small(
        dates=[date(2026, 11, 6), date(2026, 11, 11)],
        opening_hours=ONE_A_DAY,
        modules={"m": module(classes(3), work(2))},
    )
    law = DistanceCap(weight=3)
    prices = [sum(breach.excess for breach in law.check(programme, one)) for one in allowed(programme, [Complete()])]
    assert min(prices) == 60
    assert cheapest(programme, [Complete(), law]) == 3 * 60


def test_nothing_is_posted_where_no_week_can_reach_above_the_cap() -> None:
    programme = small(modules={"m": module(classes(1), work(1))})
    plain, capped = (model_of(programme, rules).cp for rules in ([Complete()], [Complete(), DistanceCap()]))
    assert str(capped) == str(plain)


def test_negative_minutes_are_refused() -> None:
    with pytest.raises(ValidationError):
        DistanceCap(minutes_per_week=-1)


def test_groups_are_named_in_quotes_in_both_languages() -> None:
    groups = {"all": {"title": "All"}, "a": {"title": "A", "part_of": "all"}}
    programme = small(groups=groups, modules={"m": module(work(1)), "n": module(work(1), group="a")})
    placed = timetable(week_of("2026-11-02", 60), week_of("2026-11-02", 60, "n.distance-work"))
    (breach,) = DistanceCap(minutes_per_week=60).check(programme, placed)
    assert [plain(render(breach.message, language)) for language in ("en", "fr")] == [
        "2 h of distance work in the week of Monday 2 November 2026 for groups “All” and “A”; at most 1 h are allowed",
        "travail à distance : 2 h dans la semaine du lundi 2 novembre 2026 "
        "pour les groupes « All » et « A » ; 1 h au plus",
    ]
