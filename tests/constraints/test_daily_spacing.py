from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.daily_spacing import DailySpacing
from constraints.held import Held
from constraints.rule import Breach
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

A, B, C = "a.virtual-class", "b.virtual-class", "c.virtual-class"
MONDAY, TUESDAY = "2026-11-02", "2026-11-03"
ONE_DAY = [date(2026, 11, 2)] * 2


def of(*counts: int, minutes: int = 60, **tables: Any) -> Programme:
    """Modules a, b, c with so many sessions each."""
    modules = {
        key: module(classes(count, minutes), title=key.upper()) for key, count in zip("abc", counts, strict=False)
    }
    return small(**{"modules": modules} | tables)


def breaches(*placements: Placement, **limits: Any) -> list[Breach]:
    return list(DailySpacing(parts=["a", "b", "c"], **limits).check(of(2, 2, 1), timetable(*placements)))


def told(*placements: Placement, **limits: Any) -> list[str]:
    return [str(breach.message) for breach in breaches(*placements, **limits)]


def test_exactly_the_gap_is_kept() -> None:
    assert told(at(f"{MONDAY} 09:00", part=A), at(f"{MONDAY} 10:30", part=B), gap_minutes=30) == []


def test_a_minute_less_is_too_near_and_so_is_an_overlap() -> None:
    """B is named second, and stands first."""
    placed = at(f"{MONDAY} 10:29", part=A), at(f"{MONDAY} 09:00", part=B)
    (breach,) = breaches(*placed, gap_minutes=30)
    assert (breach.excess, breach.activities, breach.monday) == (1, (A, B), date(2026, 11, 2))
    assert str(breach.message) == (
        "less than 30 min lie between “B” (virtual class) on Monday 2 November 2026 09:00 and "
        "“A” (virtual class) on Monday 2 November 2026 10:29"
    )
    assert len(told(at(f"{MONDAY} 09:00", part=A), at(f"{MONDAY} 09:00", part=B), gap_minutes=30)) == 1


def test_exactly_the_hours_are_enough() -> None:
    assert told(at(f"{MONDAY} 09:00", part=A), at(f"{MONDAY} 14:00", part=B), within_hours=6) == []


def test_a_minute_later_is_too_far() -> None:
    (breach,) = breaches(at(f"{MONDAY} 09:00", part=A), at(f"{MONDAY} 14:01", part=B), within_hours=6)
    assert (breach.excess, breach.activities, breach.monday) == (1, (A, B), date(2026, 11, 2))
    assert str(breach.message) == (
        "“A” (virtual class) on Monday 2 November 2026 09:00 and “B” (virtual class) on Monday 2 November 2026 14:01 "
        "do not lie within 6 h"
    )


def test_the_last_end_counts_whichever_session_it_is_of() -> None:
    """A session of four hours with a short one during it."""
    long, short = at(f"{MONDAY} 09:00", 240, part=A), at(f"{MONDAY} 10:00", part=B)
    assert [len(told(long, short, within_hours=hours)) for hours in (4, 3.75)] == [0, 1]


def test_what_stands_on_different_days_is_not_compared() -> None:
    """B starts half an hour after A ends, past midnight."""
    placed = at(f"{MONDAY} 22:45", part=A), at(f"{TUESDAY} 00:15", part=B)
    assert told(*placed, gap_minutes=60, within_hours=1) == []


def test_sessions_of_one_part_are_not_compared() -> None:
    placed = at(f"{MONDAY} 09:00", part=A), at(f"{MONDAY} 16:00", part=A)
    assert told(*placed, within_hours=2) == []


def test_each_two_parts_are_told_once_however_often_they_are_at_fault() -> None:
    """On two days, and too near as well as too far."""
    twice = [at(f"{day} {hour}:00", part=part) for day in (MONDAY, TUESDAY) for hour, part in (("09", A), ("10", B))]
    found = breaches(*twice, at(f"{TUESDAY} 16:00", part=C), gap_minutes=15, within_hours=1.5)
    assert [breach.activities for breach in found] == [(A, B), (A, C), (B, C)]
    assert str(found[0].message).startswith("less than 15 min lie between “A” (virtual class) on Monday")


@pytest.mark.parametrize(
    ("parts", "faults"),
    [
        (["a", "b", "d"], ["there are no live sessions d; choose from a, a.virtual-class, b and b.virtual-class"]),
        ("a", ["a is one part; name two or more"]),
        (["a", "b"], []),
    ],
)
def test_names_that_cannot_be_compared_are_refused(parts: Any, faults: list[str]) -> None:
    assert [str(fault) for fault in DailySpacing(parts=parts, gap_minutes=5).faults(of(1, 1))] == faults


def test_a_limit_is_needed() -> None:
    with pytest.raises(ValidationError, match="refused"):
        DailySpacing(parts=["a", "b"])


def hours(programme: Programme, law: DailySpacing) -> list[list[int]]:
    """When the sessions of a and of b start in what the model allows."""
    found = allowed(programme, [Complete(), law])
    return sorted([each.span.start % 1440 // 60 for part in (A, B) for each in one.of(part)] for one in found)


HOURS = (9, 10, 11, 12, 13, 14, 15, 16)


def test_the_model_allows_what_keeps_its_distance() -> None:
    law = DailySpacing(parts=["a", "b"], gap_minutes=60)
    assert hours(of(1, 1, dates=ONE_DAY), law) == [[a, b] for a in HOURS for b in HOURS if abs(a - b) >= 2]


def test_the_model_allows_what_stays_together() -> None:
    law = DailySpacing(parts=["a", "b"], within_hours=3)
    assert hours(of(1, 1, dates=ONE_DAY), law) == [[a, b] for a in HOURS for b in HOURS if abs(a - b) <= 2]


def test_what_takes_too_long_by_itself_lets_nothing_stand_beside_it() -> None:
    """Sessions of two hours within an hour and a half: never on one day."""
    programme = of(1, 1, minutes=120, dates=[date(2026, 11, 2), date(2026, 11, 3)])
    found = allowed(programme, [Complete(), DailySpacing(parts=["a", "b"], within_hours=1.5)])
    assert {len({each.span.day for each in one.placements}) for one in found} == {2}


def test_a_short_session_during_one_that_takes_too_long_is_too_far_from_it() -> None:
    """Three hours within two; the second of them lies within two hours of the start and within two of the end."""
    modules = {"a": module(classes(1, 180), title="A"), "b": module(classes(1), title="B")}
    programme = small(modules=modules, dates=[date(2026, 11, 2), date(2026, 11, 3)])
    found = allowed(programme, [Complete(), DailySpacing(parts=["a", "b"], within_hours=2)])
    assert {len({each.span.day for each in one.placements}) for one in found} == {2}


def test_two_sessions_of_a_part_count_as_one_beside_another_part() -> None:
    """Four hours with two sessions of a and one of b: with an hour between a and b, a in a row and b at an end."""
    programme = of(2, 1, dates=ONE_DAY, opening_hours={"monday": "09:00-13:00"})
    law = DailySpacing(parts=["a", "b"], gap_minutes=60)
    assert hours(programme, law) == [[9, 10, 12], [11, 12, 9]]


def test_what_was_held_too_near_bars_nothing() -> None:
    held = Held(before=date(2026, 11, 9), placements=(at(f"{MONDAY} 09:00", part=A), at(f"{MONDAY} 10:00", part=B)))
    law = DailySpacing(parts=["a", "b"], gap_minutes=15)
    assert len(allowed(of(1, 1), [Complete(), held, law])) == 1


def test_a_weight_prices_each_two_parts_once() -> None:
    """Three courses that meet every Monday at nine, all week long."""
    part = {"kind": "virtual-class", "minutes": 60, "meets": [{"weekdays": ["monday"], "at": time(9)}]}
    programme = small(modules={key: module(part) for key in "abc"})
    law = DailySpacing(parts=["a", "b", "c"], gap_minutes=15, within_hours=0.5, weight=3)
    assert cheapest(programme, [Complete(), law]) == 9
