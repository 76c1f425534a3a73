from datetime import date
from typing import Any

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.as_many import AsMany
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.one_at_a_time import OneAtATime
from small import at, classes, module, small, timetable, work
from solving import allowed, cheapest

TWO_DAYS = [date(2026, 11, 10), date(2026, 11, 11)]
"""A Tuesday, and a Wednesday that is off."""
MORNING: dict[str, Any] = {"opening_hours": dict.fromkeys(("tuesday", "wednesday"), "09:00-11:00")}
"""Two starts a day, at 9:00 and at 10:00."""
NINE, TEN = at("2026-11-10 09:00"), at("2026-11-10 10:00")
REST = Complete(may_lack_sessions=True)


def year(sessions: int) -> Programme:
    return small(dates=TWO_DAYS, **MORNING, modules={"m": module(classes(sessions))})


def told(programme: Programme, *placements: Placement) -> list[tuple[str, int]]:
    return [(str(one.message), one.excess) for one in AsMany().check(programme, timetable(*placements))]


def test_all_sessions_cost_nothing() -> None:
    assert told(year(2), NINE, TEN) == []


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ((NINE,), [("“Module” (virtual class) lacks 1 session", 1)]),
        ((), [("“Module” (virtual class) lacks 2 sessions", 2)]),
    ],
)
def test_each_session_that_is_lacking_costs_one(held: tuple[Placement, ...], words: list[tuple[str, int]]) -> None:
    assert told(year(2), *held) == words


def test_it_comes_before_whatever_else_costs() -> None:
    assert (AsMany().rank, AsMany().price) == (-1, 1)


def test_as_few_as_can_be_are_lacking() -> None:
    """Two hours are open on the only working day."""
    laws = [REST, DaysOff(), OneAtATime()]
    assert [cheapest(year(count), [*laws, AsMany()]) for count in (1, 2, 3)] == [0, 1, 2]
    assert [cheapest(year(count), [REST, DaysOff(), AsMany()]) for count in (1, 2, 3)] == [0, 0, 1]


def test_without_a_price_any_number_is_allowed_but_no_more_than_announced() -> None:
    assert allowed(year(1), [REST, DaysOff()]) == {timetable(), timetable(NINE), timetable(TEN)}


def test_only_live_sessions_may_be_lacking() -> None:
    programme = small(dates=TWO_DAYS, **MORNING, modules={"m": module(work(1))})
    assert [str(breach.message) for breach in REST.check(programme, timetable())] == [
        str(breach.message) for breach in Complete().check(programme, timetable())
    ]
    assert told(programme) == []


def test_more_than_announced_is_a_breach_all_the_same() -> None:
    found = [breach.excess for breach in REST.check(year(1), timetable(NINE, TEN))]
    assert found == [breach.excess for breach in Complete().check(year(1), timetable(NINE, TEN))] == [1]
