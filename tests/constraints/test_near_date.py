from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.near_date import NearDate
from small import at, classes, module, on, small, timetable
from solving import allowed, cheapest

NOVEMBER = [date(2026, 11, 2), date(2026, 11, 13)]
TUESDAY = date(2026, 11, 10)


def near(**tables: Any) -> Programme:
    """A block of three days, a milestone and two classes, all near Tuesday 10 November."""
    block = {"title": "Block", "kind": "course", "group": "all", "dates": NOVEMBER, "days": 3, "near": TUESDAY}
    milestone = {"title": "Thesis due", "group": "all", "dates": NOVEMBER, "near": TUESDAY}
    plain = {
        "blocks": {"b": block},
        "milestones": {"due": milestone},
        "modules": {"m": module(classes(2, near=TUESDAY)), "n": module(classes(1))},
    }
    return small(**plain | tables)


def breaches(*placements: Placement) -> list[tuple[str, int]]:
    return [(str(one.message), one.excess) for one in NearDate().check(near(), timetable(*placements))]


def test_the_date_itself_costs_nothing() -> None:
    assert breaches(on("2026-11-10", "2026-11-12"), on("2026-11-10", activity="due"), at("2026-11-10 16:00")) == []


def test_days_before_and_days_after_count_alike_from_the_first_day() -> None:
    assert breaches(on("2026-11-09", "2026-11-11"), on("2026-11-13", activity="due")) == [
        (
            "“Block” stands from Monday 9 November 2026 to Wednesday 11 November 2026, "
            "1 day from Tuesday 10 November 2026",
            1,
        ),
        ("“Thesis due” stands on Friday 13 November 2026, 3 days from Tuesday 10 November 2026", 3),
    ]


def test_each_session_of_a_part_counts_and_a_part_without_date_does_not() -> None:
    sessions = at("2026-11-03 09:00"), at("2026-11-11 09:00"), at("2026-11-02 09:00", part="n.virtual-class")
    assert breaches(*sessions) == [
        ("“Module” (virtual class) stands on Tuesday 3 November 2026 09:00, 7 days from Tuesday 10 November 2026", 7),
        ("“Module” (virtual class) stands on Wednesday 11 November 2026 09:00, 1 day from Tuesday 10 November 2026", 1),
    ]


def test_the_model_pays_the_days() -> None:
    """One start a day: one class on the 10th, the other a day off it. Everything else lies on the 10th."""
    modules = {"m": module(classes(2, near=TUESDAY))}
    programme = near(modules=modules, opening_hours={"friday": "09:00-10:00"})
    assert cheapest(programme, [Complete(), NearDate()]) == 1
    assert cheapest(programme, [Complete(), NearDate(weight=3)]) == 3


def test_the_model_and_the_check_agree_where_the_date_is_out_of_reach() -> None:
    """Ten days from 2 to 13 November end on the 13th at the latest: they start on the 4th, six days early."""
    block = {"title": "Block", "kind": "course", "group": "all", "dates": NOVEMBER, "days": 10, "near": TUESDAY}
    programme = near(blocks={"b": block}, milestones={}, modules={})
    every = allowed(programme, [Complete()])
    costs = [sum(breach.excess for breach in NearDate().check(programme, one)) for one in every]
    assert sorted(costs) == [6, 7, 8]
    assert cheapest(programme, [Complete(), NearDate()]) == 6
