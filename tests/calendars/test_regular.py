"""Ways to meet regularly, from the tables of a part to dated sessions."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from calendars.clock import moment_of
from calendars.days_off import corrected
from calendars.faults import FaultyInput
from calendars.programme import Part
from calendars.programme_file import Closure
from calendars.regular import on_working_days
from small import module, small


def part(**meets: Any) -> Part:
    """The part of a module that meets in one way; 11 November is off."""
    tables = {"kind": "course", "minutes": 60, "meets": [{"weekdays": "wednesday", "at": time(14)} | meets]}
    return small(modules={"m": module(tables)}).parts["m.course"]


def days(part: Part) -> list[str]:
    return [f"{moment_of(span.start):%d %H:%M} {span.minutes}" for way in part.ways for span in way.spans]


def test_a_way_leaves_days_off_out() -> None:
    assert days(part()) == ["04 14:00 60"]
    assert days(part(weekdays=["tuesday", "wednesday"])) == ["03 14:00 60", "04 14:00 60", "10 14:00 60"]


def test_a_way_may_have_its_own_length_dates_and_weeks() -> None:
    assert days(part(weekdays="monday", minutes=90)) == ["02 14:00 90", "09 14:00 90"]
    assert days(part(weekdays="monday", every_weeks=2)) == ["02 14:00 60"]
    late = [date(2026, 11, 3), date(2026, 11, 13)]
    assert days(part(weekdays="monday", dates=late)) == ["09 14:00 60"]
    assert days(part(weekdays="friday", dates=late, every_weeks=2)) == ["06 14:00 60"]  # from the week of the third


def test_count_and_minutes_are_the_most_of_all_ways() -> None:
    tables = {
        "kind": "course",
        "minutes": 60,
        "meets": [
            {"weekdays": "monday", "at": time(9), "minutes": 120},
            {"weekdays": ["monday", "tuesday", "thursday"], "at": time(9), "minutes": 30},
        ],
    }
    found = small(modules={"m": module(tables)}).parts["m.course"]
    assert (found.count, found.minutes, found.fewest) == (6, 120, 2)
    assert (found.fewest_minutes, found.most_minutes) == (180, 240)
    shared = [numbers for numbers in found.ways_at.values() if len(numbers) > 1]
    assert (len(found.ways_at), shared) == (8, [])


def test_days_that_are_off_by_now_leave_the_ways() -> None:
    tables = {"kind": "course", "minutes": 60, "meets": [{"weekdays": "monday", "at": time(9)}]}
    programme = small(modules={"m": module(tables)})
    closed = corrected(programme.days_off, [Closure(title="Snow", dates=[date(2026, 11, 9)] * 2)], [])
    assert days(on_working_days(replace(programme, days_off=closed)).parts["m.course"]) == ["02 09:00 60"]


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"sessions": 3}, "meets says already when the sessions are; remove sessions"),
        ({"starts": [time(9)]}, "meets says already when the sessions are; remove starts"),
        ({"near": date(2026, 11, 4)}, "meets says already when the sessions are; remove near"),
    ],
)
def test_what_meets_says_already_is_not_said_again(keys: dict[str, Any], told: str) -> None:
    tables = {"kind": "course", "minutes": 60, "meets": [{"weekdays": "monday", "at": time(9)}]} | keys
    with pytest.raises(FaultyInput) as caught:
        small(modules={"m": module(tables)})
    assert [str(fault.message) for fault in caught.value.faults] == [told]


def test_a_way_without_a_day_is_a_fault() -> None:
    with pytest.raises(FaultyInput) as caught:
        part(weekdays="saturday")
    assert [(fault.path, str(fault.message)) for fault in caught.value.faults] == [
        (
            ("modules", "m", "parts", 0, "meets", 0),
            "no working day of the group is one of these weekdays in these dates; widen them",
        )
    ]
