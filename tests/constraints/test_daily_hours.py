from datetime import date, time

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.daily_hours import DailyHours
from constraints.room import Starts
from constraints.rule import Breach
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

A, B = "a.virtual-class", "b.virtual-class"
MONDAY, TUESDAY = "2026-11-02", "2026-11-03"


def of(*minutes: int) -> Programme:
    """Modules a, b, c with two sessions each of so many minutes."""
    modules = {key: module(classes(2, each), title=key.upper()) for key, each in zip("abc", minutes, strict=False)}
    return small(modules=modules)


def breaches(hours: float, *placements: Placement, parts: tuple[str, ...] = ("a", "b")) -> list[Breach]:
    return list(DailyHours(parts=parts, hours_per_day=hours).check(of(60, 90, 60), timetable(*placements)))


BUSY = at(f"{MONDAY} 09:00", part=A), at(f"{MONDAY} 09:30", 90, part=B)


def test_exactly_the_hours_are_allowed_and_each_day_is_by_itself() -> None:
    assert breaches(2.5, *BUSY, at(f"{TUESDAY} 09:00", part=A)) == []


def test_each_minute_above_is_told_by_day() -> None:
    found = breaches(1.25, *BUSY, at(f"{TUESDAY} 09:00", 90, part=B), at("2026-11-10 09:00", part=A))
    assert [(breach.excess, breach.activities, breach.monday) for breach in found] == [
        (75, (A, B), date(2026, 11, 2)),
        (15, (B,), date(2026, 11, 2)),
    ]
    assert str(found[0].message) == (
        "“A” (virtual class) and “B” (virtual class) add up to 2 h 30 on Monday 2 November 2026, "
        "at most 1 h 15 are allowed"
    )


def test_a_part_is_named_once_in_the_order_of_the_programme() -> None:
    placed = at(f"{MONDAY} 09:00", 90, part=B), at(f"{MONDAY} 11:00", part=A), at(f"{MONDAY} 14:00", 90, part=B)
    (breach,) = breaches(1, *placed)
    assert breach.activities == (A, B)
    assert str(breach.message).startswith("“B” (virtual class) and “A” (virtual class) add up to 4 h on")


def test_other_parts_do_not_count() -> None:
    assert breaches(2.5, *BUSY, at(f"{MONDAY} 14:00", part="c.virtual-class")) == []


def test_unknown_names_are_refused() -> None:
    assert [str(fault) for fault in DailyHours(parts="d", hours_per_day=1).faults(of(60))] == [
        "there are no live sessions d; choose from a and a.virtual-class"
    ]


def test_so_many_hours_are_open_on_each_day_with_a_candidate() -> None:
    programme = of(60, 90)
    starts = Starts({A: [BUSY[0].span, at(f"{TUESDAY} 09:00").span], B: [BUSY[1].span]})
    (room,) = DailyHours(parts=["a", "b"], hours_per_day=1.5).rooms(programme, starts)
    assert (str(room.concerned), room.activities, dict(room.weeks)) == (
        "these parts",
        (A, B),
        {date(2026, 11, 2): 180},
    )


@pytest.mark.parametrize(("hours", "found"), [(1, 2), (2, 4)])
def test_the_model_allows_so_many_hours_a_day(hours: float, found: int) -> None:
    """One start on each of two days for each of two parts, which may stand together where two hours are allowed."""
    modules = {key: module(classes(1), title=key) for key in "ab"}
    opening = {"monday": "09:00-10:00", "tuesday": "09:00-10:00"}
    programme = small(opening_hours=opening, dates=[date(2026, 11, 2), date(2026, 11, 3)], modules=modules)
    assert len(allowed(programme, [Complete(), DailyHours(parts=["a", "b"], hours_per_day=hours)])) == found


def of_mondays() -> Programme:
    """Two courses that meet every Monday of two weeks at nine."""
    part = {"kind": "virtual-class", "minutes": 60, "meets": [{"weekdays": ["monday"], "at": time(9)}]}
    return small(modules={key: module(part) for key in "ab"})


def test_a_weight_prices_each_minute_of_each_day() -> None:
    """Thirty minutes above on two Mondays."""
    rules = [Complete(), DailyHours(parts=["a", "b"], hours_per_day=1.5, weight=2)]
    assert cheapest(of_mondays(), rules) == 2 * 2 * 30
