from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.rule import Breach
from constraints.teaching_days import TeachingDays
from constraints.within import Within
from small import at, classes, module, small, timetable
from solving import cheapest

MONDAY, TUESDAY, WEDNESDAY = "2026-11-02", "2026-11-03", "2026-11-04"


def plain(**tables: Any) -> Programme:
    modules = {"m": module(classes(3, id="a"), classes(2, id="b")), "n": module(classes(2), title="Other")}
    return small(**{"modules": modules} | tables)


def sessions(part: str, *moments: str) -> list[Placement]:
    return [at(moment, part=part) for moment in moments]


OF_A = sessions("m.a", f"{MONDAY} 09:00", f"{MONDAY} 10:00", f"{TUESDAY} 09:00")
OF_B = sessions("m.b", f"{WEDNESDAY} 09:00", f"{WEDNESDAY} 10:00")
OF_N = sessions("n.virtual-class", f"{MONDAY} 09:00", f"{WEDNESDAY} 10:00")


def breaches(*placements: Placement, **parameters: Any) -> list[Breach]:
    return list(TeachingDays(**parameters).check(plain(), timetable(*placements)))


def told(*placements: Placement, **parameters: Any) -> list[tuple[str, int]]:
    """The part of each breach with the days too few."""
    return [(breach.activities[0], breach.excess) for breach in breaches(*placements, **parameters)]


def test_exactly_enough_days_and_more_cost_nothing() -> None:
    assert told(*OF_A, *OF_N, parts=["m.a", "n"], days=2) == []
    assert told(*OF_A, *OF_N, parts=["m.a", "n"], days=1) == []


def test_each_day_too_few_is_a_point() -> None:
    assert [(str(breach.message), breach.excess) for breach in breaches(*OF_A, *OF_B, parts="m", days=3)] == [
        ("“Module” (virtual class) is taught on 2 days instead of 3", 1),
        ("“Module” (virtual class) is taught on 1 day instead of 3", 2),
    ]


def test_parts_are_looked_at_one_by_one_and_all_of_them_where_none_is_named() -> None:
    assert told(*OF_A, *OF_B, *OF_N, days=3) == [("m.a", 1), ("m.b", 2), ("n.virtual-class", 1)]
    assert told(*OF_A, *OF_B, *OF_N, parts=["m.b", "n"], days=2) == [("m.b", 1)]


def test_what_is_missing_lacks_its_days() -> None:
    (breach,) = breaches(parts="m.a", days=2)
    assert (str(breach.message), breach.excess, breach.lacks, breach.monday) == (
        "“Module” (virtual class) is taught on 0 days instead of 2",
        2,
        True,
        None,
    )


def test_unknown_names_are_faults_with_their_cures() -> None:
    faults = TeachingDays(parts=["m.a", "m.bb"], days=2).faults(plain())
    assert [str(fault) for fault in faults] == ["there are no sessions m.bb; did you mean m.b?"]


@pytest.mark.parametrize("days", [0, 367])
def test_days_have_bounds(days: int) -> None:
    with pytest.raises(ValidationError):
        TeachingDays(days=days)


def cheapest_on(number: int, days: int) -> int:
    """The least cost of three sessions of the part "a" on so many days from Monday, of three that it should have."""
    dates = [date(2026, 11, 2), date(2026, 11, 1 + number)]
    programme = plain(dates=dates, modules={"m": module(classes(3, id="a"))})
    return cheapest(programme, [Complete(), Within(), TeachingDays(days=days, weight=5)])


def test_the_model_spreads_the_sessions_and_pays_for_the_days_that_there_are_not() -> None:
    assert cheapest_on(3, 3) == 0
    assert cheapest_on(2, 3) == 5
    assert cheapest_on(1, 3) == 2 * 5


def test_a_part_of_fewer_sessions_than_days_always_lacks_some() -> None:
    assert cheapest_on(5, 5) == (5 - 3) * 5
