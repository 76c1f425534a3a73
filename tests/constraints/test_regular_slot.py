from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.regular_slot import RegularSlot
from small import at, classes, module, small, timetable
from solving import allowed, cheapest


def with_classes(sessions: int, **tables: Any) -> Programme:
    return small(**{"modules": {"m": module(classes(sessions))}} | tables)


def breaches(programme: Programme, *placements: Placement) -> list[tuple[str, int]]:
    return [(str(one.message), one.excess) for one in RegularSlot().check(programme, timetable(*placements))]


def test_sessions_at_one_weekday_and_hour_cost_nothing() -> None:
    assert breaches(with_classes(2), at("2026-11-03 14:00"), at("2026-11-10 14:00")) == []


def test_the_same_hour_on_another_weekday_is_another_slot() -> None:
    assert breaches(with_classes(3), at("2026-11-03 14:00"), at("2026-11-09 14:00"), at("2026-11-10 14:00")) == [
        (
            "“Module” (virtual class) has 2 weekly slots instead of one, "
            "first used on Tuesday 3 November 2026 14:00 and Monday 9 November 2026 14:00",
            1,
        )
    ]


def test_each_slot_beyond_the_first_counts_once() -> None:
    """Tuesday 14:00 twice, Tuesday 15:00, Friday 09:00: three slots."""
    sessions = [at(f"2026-11-{moment}") for moment in ("03 14:00", "10 14:00", "10 15:00", "13 09:00")]
    found = list(RegularSlot().check(with_classes(4), timetable(*sessions)))
    assert [breach.excess for breach in found] == [2]


def test_a_slot_across_the_clock_change_of_october_is_one() -> None:
    programme = with_classes(2, dates=[date(2026, 10, 19), date(2026, 10, 30)])
    assert breaches(programme, at("2026-10-20 14:00"), at("2026-10-27 14:00")) == []


def test_parts_in_blocks_parts_of_one_session_and_parts_without_sessions_are_left_out() -> None:
    block = {"title": "Seminar", "kind": "seminar", "group": "all", "days": 5}
    blocks = {"b": block | {"dates": [date(2026, 11, 2), date(2026, 11, 13)]}}
    inside = with_classes(2, blocks=blocks, modules={"m": module(classes(2, blocks=["b"]))})
    assert breaches(inside, at("2026-11-02 09:00"), at("2026-11-03 10:00")) == []
    assert breaches(with_classes(1), at("2026-11-02 09:00"), at("2026-11-03 10:00")) == []
    assert breaches(with_classes(2)) == []


def test_the_model_pays_for_the_slots_that_it_cannot_spare() -> None:
    """Two weeks have two Fridays at 09:00, so that three sessions need a second slot and five a third.

    One start a day on 12 days: Monday to Friday occur twice, Saturday and Sunday once.
    """
    hours = {"friday": "09:00-10:00"}
    costs = [cheapest(with_classes(n, opening_hours=hours), [Complete(), RegularSlot()]) for n in (2, 3, 4, 5)]
    assert costs == [0, 1, 1, 2]


def test_the_model_and_the_check_agree_on_the_least_cost_and_forbid_nothing() -> None:
    programme = with_classes(3, opening_hours={"friday": "09:00-10:00"})
    rule = RegularSlot(weight=7)
    every = allowed(programme, [Complete()])
    assert allowed(programme, [Complete(), rule]) == every
    assert cheapest(programme, [Complete(), rule]) == 7 * min(
        sum(breach.excess for breach in rule.check(programme, one)) for one in every
    )


def test_exams_and_defences_need_no_regular_slot() -> None:
    defences = {"kind": "defence", "sessions": 2, "minutes": 60}
    programme = small(modules={"m": module(defences)})
    assert breaches(programme, at("2026-11-03 14:00", part="m.defence"), at("2026-11-04 09:00", part="m.defence")) == []
    assert cheapest(small(modules={"m": module(defences)}), [Complete(), RegularSlot()]) == 0
