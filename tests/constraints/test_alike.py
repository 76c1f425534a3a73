from datetime import date
from typing import Any, Literal

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.alike import Alike
from constraints.complete import Complete
from constraints.rule import Breach
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

A, B, C = "a.virtual-class", "b.virtual-class", "c.virtual-class"
TABLES: dict[str, Any] = {
    "dates": [date(2026, 11, 2), date(2026, 11, 20)],
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve")},
    "places": {key: {"title": key.title()} for key in ("room", "hall")},
}
Same = Literal["first-week", "times", "place", "trainers"]


def of(*counts: int, keys: dict[str, Any] | None = None, **tables: Any) -> Programme:
    """Modules a, b, c with so many sessions each."""
    modules = {
        key: module(classes(count, **keys or {}), title=key.upper()) for key, count in zip("abc", counts, strict=False)
    }
    return small(**TABLES | {"modules": modules} | tables)


def breaches(same: Same, programme: Programme, *placements: Placement) -> list[Breach]:
    return list(Alike(parts=list(programme.modules), same=same).check(programme, timetable(*placements)))


def told(same: Same, programme: Programme, *placements: Placement) -> list[tuple[str, int]]:
    return [(str(breach.message), breach.excess) for breach in breaches(same, programme, *placements)]


def test_parts_may_begin_on_any_days_of_one_week() -> None:
    placed = at("2026-11-02 09:00", part=A), at("2026-11-12 09:00", part=A), at("2026-11-06 16:00", part=B)
    assert told("first-week", of(2, 1), *placed) == []


def test_a_part_that_begins_on_the_next_monday_is_late() -> None:
    placed = at("2026-11-06 16:00", part=A), at("2026-11-09 09:00", part=B)
    assert told("first-week", of(1, 1), *placed) == [
        (
            "“A” (virtual class) and “B” (virtual class): not all from one week on, but from those of "
            "Monday 2 November 2026 and Monday 9 November 2026",
            1,
        )
    ]


def test_sessions_at_the_same_times_are_alike_each_two_that_differ_are_told() -> None:
    same = [at(moment, part=part) for part in (A, B) for moment in ("2026-11-02 09:00", "2026-11-03 09:00")]
    assert told("times", of(2, 2), *same) == []
    moved = *same[:3], at("2026-11-03 10:00", part=B)
    assert told("times", of(2, 2), *moved) == [
        (
            "“A” (virtual class) and “B” (virtual class): not all at the same times, but at Monday 2 November 2026 "
            "09:00, Tuesday 3 November 2026 09:00 and Tuesday 3 November 2026 10:00",
            1,
        )
    ]


def test_each_two_parts_that_differ_cost_one() -> None:
    """A with B and with C; B and C are alike."""
    placed = [at(f"2026-11-0{day} 09:00", part=part) for part, day in ((A, 2), (B, 3), (C, 3))]
    found = breaches("times", of(1, 1, 1), *placed)
    assert [(breach.activities, breach.excess, breach.monday) for breach in found] == [
        ((A, B), 1, None),
        ((A, C), 1, None),
    ]


def test_a_single_part_keeps_its_place() -> None:
    programme = of(2, keys={"place": ["room", "hall"]})
    assert told("place", programme, *[at(f"2026-11-0{day} 09:00", part=A, place="hall") for day in (2, 3)]) == []
    placed = at("2026-11-02 09:00", part=A, place="hall"), at("2026-11-03 09:00", part=A, place="room")
    assert told("place", programme, *placed) == [
        ("“A” (virtual class): not all in one place, but in place “Room” and place “Hall”", 1)
    ]


def test_as_many_trainers_as_give_a_session_together_are_alike() -> None:
    programme = of(1, 1, keys={"trainer": ["ann", "bob", "eve"], "together": 2})
    one = at("2026-11-02 09:00", part=A, trainers=("ann", "bob"))
    assert told("trainers", programme, one, at("2026-11-03 09:00", part=B, trainers=("bob", "ann"))) == []
    (breach,) = breaches("trainers", programme, one, at("2026-11-03 09:00", part=B, trainers=("eve", "bob")))
    assert (breach.excess, breach.trainers) == (1, ("ann", "bob", "eve"))
    assert str(breach.message) == (
        "“A” (virtual class) and “B” (virtual class): not all by the same trainers, but by trainer “Ann”, "
        "trainer “Bob” and trainer “Eve”"
    )


@pytest.mark.parametrize(
    ("keys", "counts", "faults"),
    [
        (
            {"parts": "d", "same": "place"},
            (1, 1),
            ["there are no live sessions d; choose from a, a.virtual-class, b and b.virtual-class"],
        ),
        ({"parts": "a", "same": "times"}, (1, 1), ["a is one part; name two or more"]),
        ({"parts": "a", "same": "first-week"}, (1, 1), ["a is one part; name two or more"]),
        ({"parts": "a", "same": "trainers"}, (1, 1), []),
        (
            {"parts": ["a", "b"], "same": "times"},
            (1, 2),
            ["a and b differ in number or length of their sessions; name parts that do not"],
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(keys: dict[str, Any], counts: tuple[int, ...], faults: list[str]) -> None:
    assert [str(fault) for fault in Alike(**keys).faults(of(*counts))] == faults


def test_the_model_allows_the_same_times_and_no_others() -> None:
    """Eight starts from 09:00 to 16:00, lunch being no law here."""
    programme = of(1, 1, dates=[date(2026, 11, 2)] * 2)
    found = allowed(programme, [Complete(), Alike(parts=["a", "b"], same="times")])
    assert sorted(len({each.span for each in one.placements}) for one in found) == [1] * 8


def test_a_weight_prices_each_two_parts_that_differ() -> None:
    """Three parts of which each has a room of its own: three pairs."""
    rooms = {key: {"title": key.title()} for key in ("x", "y", "z")}
    modules = {key: module(classes(1, place=place), title=key) for key, place in zip("abc", rooms, strict=True)}
    programme = of(places=rooms, modules=modules)
    assert cheapest(programme, [Complete(), Alike(parts=["a", "b", "c"], same="place", weight=2)]) == 6
