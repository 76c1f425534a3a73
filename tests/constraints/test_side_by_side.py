from datetime import date, time
from typing import Any

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.held import Held
from constraints.rule import Breach
from constraints.side_by_side import SideBySide
from constraints.within import Within
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

A, B, C = "a.virtual-class", "b.virtual-class", "c.virtual-class"
LAW = SideBySide(parts=["a", "b"])


def of(*counts: int, **tables: Any) -> Programme:
    """Modules a, b, c with so many sessions each."""
    modules = {key: module(classes(count), title=key.upper()) for key, count in zip("abc", counts, strict=False)}
    return small(**{"modules": modules} | tables)


def breaches(programme: Programme, *placements: Placement) -> list[Breach]:
    return list(SideBySide(parts=[*programme.modules]).check(programme, timetable(*placements)))


def test_one_minute_together_is_enough() -> None:
    placed = at("2026-11-02 09:00", part=A), at("2026-11-03 09:00", part=A), at("2026-11-03 09:59", part=B)
    assert breaches(of(2, 1), *placed) == []


def test_a_session_that_starts_when_another_one_ends_is_not_at_the_same_time() -> None:
    placed = at("2026-11-02 09:00", part=A), at("2026-11-02 10:00", part=B)
    [breach] = breaches(of(1, 1), *placed)
    assert str(breach.message) == "“A” (virtual class) and “B” (virtual class) are never in session at the same time"
    assert (breach.excess, breach.activities, breach.monday) == (1, (A, B), None)


def test_each_two_parts_have_a_time_of_their_own() -> None:
    """A meets B on Monday and C on Tuesday, but B does not meet C."""
    moments = ((A, "02 09"), (B, "02 09"), (A, "03 09"), (C, "03 09"))
    placed = [at(f"2026-11-{moment}:00", part=part) for part, moment in moments]
    assert [breach.activities for breach in breaches(of(2, 1, 1), *placed)] == [(B, C)]


def test_parts_of_which_one_has_no_session_are_not_looked_at() -> None:
    assert breaches(of(1, 1), at("2026-11-02 09:00", part=A)) == []
    assert breaches(of(1, 1), at("2026-11-02 09:00", part=B)) == []


@pytest.mark.parametrize(
    ("parts", "faults"),
    [
        ("d", ["there are no live sessions d; choose from a, a.virtual-class, b and b.virtual-class"]),
        ("a", ["a is one part; name two or more"]),
        (["a", "b"], []),
    ],
)
def test_unknown_names_and_a_single_part_are_refused(parts: str | list[str], faults: list[str]) -> None:
    assert [str(fault) for fault in SideBySide(parts=parts).faults(of(1, 1))] == faults


@pytest.mark.parametrize(("counts", "number"), [((1, 1), 3), ((2, 1), 6), ((2, 2), 9)])
def test_the_model_allows_what_meets(counts: tuple[int, int], number: int) -> None:
    """Three hours. One session meets the other in 3 ways, one of two does in 3 · 2, and two always meet two: 3 · 3."""
    programme = of(*counts, dates=[date(2026, 11, 2)] * 2, opening_hours={"monday": "09:00-12:00"})
    assert len(allowed(programme, [Complete(), LAW])) == number


def test_the_model_allows_a_minute_together() -> None:
    """Of two days, a has both at 9:00 and b one at 9:59."""
    modules = {
        "a": module(classes(2, starts=[time(9)]), title="A"),
        "b": module(classes(1, starts=[time(9, 59)]), title="B"),
    }
    programme = small(modules=modules, dates=[date(2026, 11, 2), date(2026, 11, 3)])
    assert len(allowed(programme, [Complete(), LAW])) == 2


def test_regular_courses_meet_in_some_week() -> None:
    """Of b, Tuesdays from 9:30 and Thursdays meet Tuesdays and Thursdays from 9:00; Mondays do not."""
    ways: dict[str, list[dict[str, Any]]] = {
        "a": [{"weekdays": ["tuesday", "thursday"], "at": time(9)}],
        "b": [
            {"weekdays": "monday", "at": time(9)},
            {"weekdays": "tuesday", "at": time(9, 30)},
            {"weekdays": "thursday", "at": time(9)},
        ],
    }
    modules = {key: module({"kind": "course", "minutes": 60, "meets": meets}, title=key) for key, meets in ways.items()}
    found = allowed(small(modules=modules), [Complete(), LAW])
    assert sorted({f"{one.of('b.course')[0].span.day:%A}" for one in found}) == ["Thursday", "Tuesday"]


def test_a_weight_prices_each_two_parts() -> None:
    """Three parts on three days: three pairs."""
    days = {key: [date(2026, 11, day)] * 2 for key, day in (("a", 2), ("b", 3), ("c", 4))}
    modules = {key: module(classes(1, dates=dates), title=key) for key, dates in days.items()}
    assert cheapest(of(modules=modules), [Complete(), Within(), SideBySide(parts=[*days], weight=2)]) == 6


def test_a_past_in_breach_is_not_refused() -> None:
    placed = at("2026-11-02 09:00", part=A), at("2026-11-02 10:00", part=B)
    rules = [Held(before=date(2026, 11, 3), placements=placed), Complete(), LAW]
    assert allowed(of(1, 1, dates=[date(2026, 11, 2)] * 2), rules) == {timetable(*placed)}
