from datetime import date, time
from typing import Any

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.begin_in_order import BeginInOrder
from constraints.complete import Complete
from constraints.held import Held
from constraints.rule import Breach
from constraints.within import Within
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

A, B, C = "a.virtual-class", "b.virtual-class", "c.virtual-class"
HOURS = (9, 10, 11, 12, 13, 14, 15, 16)
MONDAY, TUESDAY, NEXT_MONDAY = "2026-11-02", "2026-11-03", "2026-11-09"


def of(*counts: int, **tables: Any) -> Programme:
    """Modules a, b, c with so many sessions each."""
    modules = {key: module(classes(count), title=key.upper()) for key, count in zip("abc", counts, strict=False)}
    return small(**{"modules": modules} | tables)


def regular(*weekdays: str) -> Programme:
    """Modules a and b that meet every week at nine, on one of these weekdays."""
    meets = [{"weekdays": [weekday], "at": time(9)} for weekday in weekdays]
    part = {"kind": "virtual-class", "minutes": 60, "meets": meets}
    return small(modules={key: module(part, title=key.upper()) for key in "ab"})


def breaches(programme: Programme, *placements: Placement, parts: tuple[str, ...] = ("a", "b")) -> list[Breach]:
    return list(BeginInOrder(parts=parts).check(programme, timetable(*placements)))


def test_a_part_begins_in_the_very_minute_in_which_the_first_session_before_it_ends() -> None:
    """What comes after that session comes as it will."""
    placed = at(f"{MONDAY} 09:00", part=A), at(f"{NEXT_MONDAY} 09:00", part=A), at(f"{MONDAY} 10:00", part=B)
    assert breaches(of(2, 1), *placed) == []


def test_a_minute_sooner_is_out_of_order() -> None:
    (breach,) = breaches(of(1, 1), at(f"{NEXT_MONDAY} 09:00", part=A), at(f"{NEXT_MONDAY} 09:59", part=B))
    assert (breach.excess, breach.activities, breach.monday) == (1, (A, B), date(2026, 11, 9))
    assert str(breach.message) == (
        "“B” (virtual class) begins on Monday 9 November 2026 09:59, before the first session of "
        "“A” (virtual class) on Monday 9 November 2026 09:00 is over"
    )


def test_only_the_first_session_of_what_follows_is_told() -> None:
    placed = at(f"{TUESDAY} 09:00", part=A), at(f"{MONDAY} 09:00", part=B), at(f"{MONDAY} 10:00", part=B)
    assert len(breaches(of(1, 2), *placed)) == 1


def test_the_names_give_the_order_and_each_two_parts_out_of_order_are_told() -> None:
    """C first, then A, then B; it is A, B, C."""
    placed = [at(f"{MONDAY} {hour}:00", part=part) for hour, part in (("09", A), ("10", B), ("11", C))]
    found = breaches(of(1, 1, 1), *placed, parts=("c", "a", "b"))
    assert [breach.activities for breach in found] == [(A, C), (B, C)]


def test_parts_of_one_name_have_no_order() -> None:
    programme = small(modules={"m": module(classes(1, id="a"), classes(1, id="b")), "n": module(classes(1))})
    placed = at(f"{MONDAY} 09:00", part="m.b"), at(f"{MONDAY} 10:00", part="m.a"), at(f"{MONDAY} 11:00", part=B)
    assert breaches(programme, *placed, parts=("m", "n")) == []


def test_what_does_not_stand_is_in_order() -> None:
    assert breaches(of(1, 1), at(f"{MONDAY} 09:00", part=B)) == []
    assert breaches(of(1, 1), at(f"{MONDAY} 09:00", part=A)) == []


@pytest.mark.parametrize(
    ("parts", "faults"),
    [
        (["a", "d"], ["there are no live sessions d; choose from a, a.virtual-class, b and b.virtual-class"]),
        ("a", ["a is one name; name two or more, in order"]),
        (["a", "b", A], ["a.virtual-class is named twice; name it once"]),
        (["b", A], []),
    ],
)
def test_names_that_give_no_order_are_refused(parts: Any, faults: list[str]) -> None:
    assert [str(fault) for fault in BeginInOrder(parts=parts).faults(of(1, 1))] == faults


def test_the_model_allows_what_begins_in_order() -> None:
    """Of the eight starts of a day, two in order; nine to ten and ten to eleven touch."""
    programme = of(1, 1, dates=[date(2026, 11, 2)] * 2)
    found = allowed(programme, [Complete(), BeginInOrder(parts=["b", "a"])])
    hours = sorted([one.of(part)[0].span.start % 1440 // 60 for part in (A, B)] for one in found)
    assert hours == [[a, b] for a in HOURS for b in HOURS if b < a]


def test_of_what_meets_regularly_the_first_meeting_counts() -> None:
    """Mondays come before Tuesdays, and nothing before itself."""
    found = allowed(regular("monday", "tuesday"), [Complete(), BeginInOrder(parts=["a", "b"])])
    firsts = [[one.of(part)[0].span.day.day for part in (A, B)] for one in found]
    assert firsts == [[2, 3]]


def test_what_is_not_placed_bars_nothing_in_the_model() -> None:
    programme = of(1, 1, opening_hours={"monday": "09:00-10:00"}, dates=[date(2026, 11, 2)] * 2)
    found = allowed(programme, [Complete(may_lack_sessions=True), BeginInOrder(parts=["a", "b"])])
    assert sorted(len(one.placements) for one in found) == [0, 1, 1]


def test_what_was_held_out_of_order_bars_nothing() -> None:
    held = Held(before=date(2026, 11, 9), placements=(at(f"{TUESDAY} 09:00", part=A), at(f"{MONDAY} 09:00", part=B)))
    assert len(allowed(of(1, 1), [Complete(), held, BeginInOrder(parts=["a", "b"])])) == 1


def test_a_weight_prices_each_two_parts_out_of_order() -> None:
    """Three parts that may only stand against their order: three pairs."""
    days = {"a": 4, "b": 3, "c": 2}
    modules = {key: module(classes(1, dates=[date(2026, 11, day)] * 2), title=key) for key, day in days.items()}
    law = BeginInOrder(parts=["a", "b", "c"], weight=2)
    assert cheapest(small(modules=modules), [Complete(), Within(), law]) == 6
