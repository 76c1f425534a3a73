from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.daily_blocks import DailyBlocks
from constraints.held import Held
from constraints.rule import Breach
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

A, B = "a.virtual-class", "b.virtual-class"
MONDAY, TUESDAY = "2026-11-02", "2026-11-03"


def of(*counts: int, minutes: int = 60, **tables: Any) -> Programme:
    """Modules a, b, c with so many sessions each."""
    modules = {
        key: module(classes(count, minutes), title=key.upper()) for key, count in zip("abc", counts, strict=False)
    }
    return small(**{"modules": modules} | tables)


def breaches(*placements: Placement, **limits: Any) -> list[Breach]:
    return list(DailyBlocks(parts=["a", "b"], **limits).check(of(3, 3, 1), timetable(*placements)))


def sessions(*hours: str, day: str = MONDAY) -> list[Placement]:
    """Sessions of an hour, of a and of b in turn."""
    return [at(f"{day} {hour}", part=(A, B)[number % 2]) for number, hour in enumerate(hours)]


def test_what_leaves_less_than_the_break_is_one_block() -> None:
    assert breaches(*sessions("09:00", "10:29", "12:00"), break_minutes=32, blocks_per_day=1) == []


def test_exactly_the_break_parts_two_blocks() -> None:
    found = breaches(*sessions("09:00", "10:30", "12:00"), break_minutes=30, blocks_per_day=1)
    assert [(breach.excess, breach.activities, breach.monday) for breach in found] == [(2, (A, B), date(2026, 11, 2))]
    assert str(found[0].message) == (
        "the sessions on Monday 2 November 2026 make 3 blocks, with 30 min or more between them, at most 1 is allowed: "
        "“A” (virtual class) and “B” (virtual class)"
    )
    (breach,) = breaches(*sessions("09:00", "10:30", "12:00"), break_minutes=30, blocks_per_day=2)
    assert "make 3 blocks, with 30 min or more between them, at most 2 are allowed" in str(breach.message)


def test_exactly_the_blocks_are_allowed_on_each_day() -> None:
    placed = [*sessions("09:00", "14:00"), *sessions("09:00", "14:00", day=TUESDAY)]
    assert breaches(*placed, blocks_per_day=2) == []


def test_a_block_lasts_exactly_its_hours() -> None:
    assert breaches(*sessions("09:00", "10:00", "11:00"), hours_per_block=3) == []


def test_each_block_that_lasts_longer_is_told() -> None:
    """Two hours and a half each, with a pause of half an hour in them."""
    placed = sessions("09:00", "10:30", "14:00", "15:30")
    found = breaches(*placed, break_minutes=31, hours_per_block=2.25)
    assert [(breach.excess, breach.activities, breach.monday) for breach in found] == [
        (1, (A, B), date(2026, 11, 2)),
        (1, (A, B), date(2026, 11, 2)),
    ]
    assert str(found[1].message) == (
        "the block from Monday 2 November 2026 14:00 lasts 2 h 30 without a break of 31 min, "
        "at most 2 h 15 are allowed: “A” (virtual class) and “B” (virtual class)"
    )


def test_a_session_by_itself_never_lasts_too_long() -> None:
    long = at(f"{MONDAY} 09:00", 240, part=A)
    assert breaches(long, hours_per_block=2) == []
    assert len(breaches(long, at(f"{MONDAY} 10:00", part=B), hours_per_block=2)) == 1


def test_a_part_is_named_once_and_others_do_not_count() -> None:
    placed = [at(f"{MONDAY} {hour}:00", part=A) for hour in ("09", "12")]
    (breach,) = breaches(*placed, at(f"{MONDAY} 15:00", part="c.virtual-class"), blocks_per_day=1)
    assert (breach.excess, breach.activities) == (1, (A,))
    assert str(breach.message).endswith("at most 1 is allowed: “A” (virtual class)")


def test_unknown_names_are_refused() -> None:
    assert [str(fault) for fault in DailyBlocks(parts=["a", "d"], blocks_per_day=1).faults(of(1))] == [
        "there are no live sessions d; choose from a and a.virtual-class"
    ]


def test_a_limit_is_needed() -> None:
    with pytest.raises(ValidationError, match="refused"):
        DailyBlocks(parts=["a"])


def hours(programme: Programme, law: DailyBlocks) -> list[list[int]]:
    """When sessions start in what the model allows."""
    found = allowed(programme, [Complete(), law])
    return sorted(sorted(each.span.start % 1440 // 60 for each in one.placements) for one in found)


ONE_DAY = [date(2026, 11, 2)] * 2


def test_the_model_allows_one_block() -> None:
    """Three sessions in a row, where an hour is a break."""
    programme = of(3, dates=ONE_DAY)
    law = DailyBlocks(parts="a", break_minutes=60, blocks_per_day=1)
    assert hours(programme, law) == [[hour, hour + 1, hour + 2] for hour in range(9, 15)]


def test_the_model_allows_short_blocks() -> None:
    """Not three in a row."""
    programme = of(3, dates=ONE_DAY, opening_hours={"monday": "09:00-14:00"})
    law = DailyBlocks(parts="a", break_minutes=60, hours_per_block=2)
    assert hours(programme, law) == [
        [9, 10, 12],
        [9, 10, 13],
        [9, 11, 12],
        [9, 11, 13],
        [9, 12, 13],
        [10, 11, 13],
        [10, 12, 13],
    ]


@pytest.mark.parametrize(("weight", "cost"), [(None, 0), (3, 3)])
def test_what_was_held_in_too_many_blocks_is_paid_but_bars_nothing(weight: int | None, cost: int) -> None:
    held = Held(before=date(2026, 11, 9), placements=(at(f"{MONDAY} 09:00", part=A), at(f"{MONDAY} 14:00", part=B)))
    law = DailyBlocks(parts=["a", "b"], blocks_per_day=1, weight=weight)
    assert cheapest(of(1, 1), [Complete(), held, law]) == cost


def of_mondays(*clocks: time) -> Programme:
    """Courses that meet every Monday of two weeks for an hour at these times."""
    courses = [{"kind": "course", "minutes": 60, "meets": [{"weekdays": ["monday"], "at": clock}]} for clock in clocks]
    return small(modules={key: module(part) for key, part in zip("abc", courses, strict=False)})


def test_a_weight_prices_each_block_above_on_each_day() -> None:
    """Three blocks on two Mondays where one is allowed."""
    programme = of_mondays(time(9), time(11), time(13))
    law = DailyBlocks(parts=["a", "b", "c"], break_minutes=60, blocks_per_day=1, weight=3)
    assert cheapest(programme, [Complete(), law]) == 3 * 2 * 2


def test_a_weight_prices_each_long_block_of_each_day() -> None:
    """From nine to noon on two Mondays."""
    programme = of_mondays(time(9), time(10), time(11))
    law = DailyBlocks(parts=["a", "b", "c"], hours_per_block=2, weight=3)
    assert cheapest(programme, [Complete(), law]) == 3 * 2
