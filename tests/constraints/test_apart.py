from datetime import date, time
from typing import Any, Literal

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.apart import Apart
from constraints.complete import Complete
from constraints.held import Held
from constraints.rule import Breach
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

A, B, C = "a.virtual-class", "b.virtual-class", "c.virtual-class"
TABLES: dict[str, Any] = {
    "dates": [date(2026, 11, 2), date(2026, 11, 20)],
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve", "hall")},
    "places": {"room": {"title": "Room"}, "hall": {"title": "Hall"}, "link": {"title": "Link", "virtual": True}},
}
Different = Literal["hours", "weekdays", "weeks", "place", "trainers"]


def of(*counts: int, keys: dict[str, Any] | None = None, **tables: Any) -> Programme:
    """Modules a, b, c with so many sessions each."""
    modules = {
        key: module(classes(count, **keys or {}), title=key.upper()) for key, count in zip("abc", counts, strict=False)
    }
    return small(**TABLES | {"modules": modules} | tables)


def breaches(different: Different, programme: Programme, *placements: Placement) -> list[Breach]:
    return list(Apart(parts=list(programme.modules), different=different).check(programme, timetable(*placements)))


def told(different: Different, programme: Programme, *placements: Placement) -> list[tuple[str, int]]:
    return [(str(breach.message), breach.excess) for breach in breaches(different, programme, *placements)]


def test_hours_of_the_day_that_begin_where_others_end_are_other_hours() -> None:
    placed = at("2026-11-02 09:00", part=A), at("2026-11-03 10:00", part=B)
    assert told("hours", of(1, 1), *placed) == []


def test_a_minute_of_the_day_in_common_is_too_much_whatever_the_day() -> None:
    placed = at("2026-11-02 09:00", part=A), at("2026-11-10 09:59", part=B)
    assert told("hours", of(1, 1), *placed) == [
        (
            "“A” (virtual class) on Monday 2 November 2026 09:00 and “B” (virtual class) on Tuesday 10 November 2026 "
            "09:59 have an hour of the day in common",
            1,
        )
    ]


def test_two_weekdays_in_common_are_one_pair() -> None:
    """Mondays and Tuesdays of different weeks; the first sessions with a weekday of both are told."""
    days = ((A, "02"), (A, "03"), (A, "04"), (B, "09"), (B, "10"), (B, "13"))
    placed = [at(f"2026-11-{day} 09:00", part=part) for part, day in days]
    assert told("weekdays", of(3, 3), *placed) == [
        (
            "“A” (virtual class) on Monday 2 November 2026 09:00 and “B” (virtual class) on Monday 9 November 2026 "
            "09:00 have a weekday in common",
            1,
        )
    ]
    assert told("weekdays", of(3, 3), *placed[2:3], *placed[3:]) == []


def test_a_sunday_and_the_monday_after_it_are_in_other_weeks() -> None:
    placed = at("2026-11-08 09:00", part=A), at("2026-11-09 09:00", part=B), at("2026-11-15 09:00", part=C)
    assert [breach.activities for breach in breaches("weeks", of(1, 1, 1), *placed)] == [(B, C)]


@pytest.mark.parametrize(
    ("places", "taken", "found"),
    [
        (["room", "hall"], ("hall", "hall"), [((A, B), ())]),
        (["room", "hall"], ("hall", "room"), []),
        ("link", ("link", "link"), []),
    ],
)
def test_rooms_are_apart_and_addresses_are_not_looked_at(
    places: str | list[str], taken: tuple[str, str], found: list[Any]
) -> None:
    """A trainer has the key of the hall."""
    programme = of(1, 1, keys={"place": places})
    one, other = taken
    placed = at("2026-11-02 09:00", part=A, place=one), at("2026-11-03 09:00", part=B, place=other)
    assert [(breach.activities, breach.trainers) for breach in breaches("place", programme, *placed)] == found
    assert cheapest(programme, [Complete(), Apart(parts=["a", "b"], different="place", weight=1)]) == 0


def test_the_trainers_whom_both_have_are_named() -> None:
    programme = of(1, 1, keys={"trainer": ["ann", "bob", "eve"], "together": 2})
    placed = at("2026-11-02 09:00", part=A, trainers=("ann", "bob")), at("2026-11-03 09:00", part=B, trainers=("bob",))
    (breach,) = breaches("trainers", programme, *placed)
    assert (breach.excess, breach.trainers, breach.monday) == (1, ("bob",), None)
    assert str(breach.message) == (
        "“A” (virtual class) on Monday 2 November 2026 09:00 and “B” (virtual class) on Tuesday 3 November 2026 09:00 "
        "have a trainer in common"
    )


@pytest.mark.parametrize(
    ("parts", "faults"),
    [
        ("d", ["there are no live sessions d; choose from a, a.virtual-class, b and b.virtual-class"]),
        ("a", ["a is one part; name two or more"]),
        (["a", "b"], []),
    ],
)
def test_unknown_names_and_a_single_part_are_refused(parts: str | list[str], faults: list[str]) -> None:
    assert [str(fault) for fault in Apart(parts=parts, different="hours").faults(of(1, 1))] == faults


def test_the_model_allows_other_hours_and_no_others() -> None:
    """Two sessions of 90 minutes among five starts by the hour, any two of which but neighbours keep apart."""
    programme = small(
        dates=[date(2026, 11, 2)] * 2,
        opening_hours={"monday": "09:00-14:30"},
        modules={key: module(classes(1, 90), title=key) for key in "ab"},
    )
    found = allowed(programme, [Complete(), Apart(parts=["a", "b"], different="hours")])
    starts = {tuple(placement.span.start % 1440 // 60 for placement in one.placements) for one in found}
    assert starts == {(a, b) for a in range(9, 14) for b in range(9, 14) if a + 1 < b}
    assert len(found) == 2 * len(starts)


def test_a_weight_prices_each_two_parts_once() -> None:
    """Three parts that all meet on Mondays and Tuesdays: three pairs."""
    meets = [{"weekdays": ["monday", "tuesday"], "at": time(9)}]
    parts = {key: module({"kind": "course", "minutes": 60, "meets": meets}, title=key) for key in "abc"}
    programme = small(modules=parts)
    assert cheapest(programme, [Complete(), Apart(parts=[*parts], different="weekdays", weight=2)]) == 6


@pytest.mark.parametrize("counts", [(1, 1), (2, 2)])
def test_a_past_in_breach_is_not_refused(counts: tuple[int, int]) -> None:
    """Both were held on the Monday; what is to come may stand on any day, as nothing can be added to one pair."""
    placed = at("2026-11-02 09:00", part=A), at("2026-11-02 10:00", part=B)
    rules = [
        Held(before=date(2026, 11, 3), placements=placed),
        Complete(),
        Apart(parts=["a", "b"], different="weekdays"),
    ]
    programme = of(*counts, dates=[date(2026, 11, 2), date(2026, 11, 3)])
    hours = 8 ** (sum(counts) - 2)
    assert len(allowed(programme, rules)) == hours
