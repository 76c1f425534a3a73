from datetime import date, time
from typing import Any, Literal

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.alike import Alike
from constraints.complete import Complete
from constraints.held import Held
from constraints.rule import Breach
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

A, B, C = "a.virtual-class", "b.virtual-class", "c.virtual-class"
TABLES: dict[str, Any] = {
    "dates": [date(2026, 11, 2), date(2026, 11, 20)],
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve", "hall")},
    "places": {key: {"title": key.title()} for key in ("room", "hall")},
}
NINE = dict.fromkeys(("monday", "tuesday"), "09:00-10:00")
Same = Literal["first-week", "start", "hours", "weekdays", "weeks", "times", "place", "trainers"]


def of(*counts: int, keys: dict[str, Any] | None = None, **tables: Any) -> Programme:
    """Modules a, b, c with so many sessions each."""
    modules = {
        key: module(classes(count, **keys or {}), title=key.upper()) for key, count in zip("abc", counts, strict=False)
    }
    return small(**TABLES | {"modules": modules} | tables)


def regular(weekdays: list[str], *starts: time, minutes: int = 60) -> dict[str, Any]:
    """A part that meets on these weekdays at one of some hours."""
    return {"kind": "course", "minutes": minutes, "meets": [{"weekdays": weekdays, "at": start} for start in starts]}


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


def test_three_places_are_two_too_many_and_no_matter_of_trainers() -> None:
    """A trainer has the key of the hall."""
    programme = of(
        3, places={key: {"title": key} for key in ("room", "hall", "den")}, keys={"place": ["room", "hall", "den"]}
    )
    placed = [at(f"2026-11-0{day} 09:00", part=A, place=place) for day, place in ((2, "room"), (3, "hall"), (4, "den"))]
    assert [(each.excess, each.trainers) for each in breaches("place", programme, *placed)] == [(2, ())]


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


def test_sessions_start_at_one_hour_of_whatever_days() -> None:
    placed = [
        at(f"2026-11-{day}", 90 if part == A else 60, part=part) for part, day in ((A, "02 09:00"), (B, "05 09:00"))
    ]
    assert told("start", of(1, 1), *placed) == []
    late = at("2026-11-03 09:30", part=A)
    assert told("start", of(2, 1), *placed, late) == [
        ("“A” (virtual class) and “B” (virtual class): not all at one hour of the day, but at 09:00 and 09:30", 1)
    ]


def test_a_single_part_keeps_the_hour_at_which_it_starts() -> None:
    programme = small(dates=[date(2026, 11, 2), date(2026, 11, 3)], modules={"a": module(classes(2))})
    found = allowed(programme, [Complete(), Alike(parts="a", same="start")])
    assert sorted(len({each.span.start % 1440 for each in one.placements}) for one in found) == [1] * 8


def test_the_hours_of_a_part_may_lie_in_those_of_another() -> None:
    """From 9:00 to 11:00 in all; nine to ten lies within, half past ten to half past eleven does not."""
    long = at("2026-11-02 09:00", part=A), at("2026-11-03 10:00", part=A)
    for start, minutes in (("10:00", 60), ("09:30", 60), ("08:30", 180)):
        assert told("hours", of(2, 1), *long, at(f"2026-11-04 {start}", minutes, part=B)) == []
    assert told("hours", of(2, 1), *long, at("2026-11-04 10:01", part=B)) == [
        (
            "“A” (virtual class) on Monday 2 November 2026 09:00 and “B” (virtual class) on Wednesday 4 November 2026 "
            "10:01: each has an hour of the day that the other has not",
            1,
        )
    ]


def test_the_weekdays_of_a_part_are_among_those_of_another() -> None:
    """Monday and Tuesday beside Tuesday, then beside Tuesday and Wednesday: one pair, however many weekdays."""
    days = ((A, "02"), (A, "03"), (B, "10"))
    placed = [at(f"2026-11-{day} 09:00", part=part) for part, day in days]
    assert told("weekdays", of(2, 1), *placed) == []
    placed += [at(f"2026-11-{day} 09:00", part=B) for day in ("11", "12")]
    [breach] = breaches("weekdays", of(2, 3), *placed)
    assert str(breach.message) == (
        "“A” (virtual class) on Monday 2 November 2026 09:00 and “B” (virtual class) on Wednesday 11 November 2026 "
        "09:00: each has a weekday that the other has not"
    )
    assert (breach.excess, breach.activities, breach.monday) == (1, (A, B), None)


def test_the_weeks_of_a_part_are_among_those_of_another() -> None:
    placed = [at(f"2026-11-{day} 09:00", part=part) for part, day in ((A, "02"), (A, "09"), (B, "15"))]
    assert told("weeks", of(2, 1), *placed) == []
    late = at("2026-11-16 09:00", part=B)
    assert [excess for _, excess in told("weeks", of(2, 2), *placed[:2], late)] == [1]


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
        ({"parts": "a", "same": "weekdays"}, (1, 1), ["a is one part; name two or more"]),
        ({"parts": "a", "same": "start"}, (1, 1), []),
        ({"parts": "a", "same": "place"}, (1, 1), []),
        ({"parts": "a", "same": "trainers"}, (1, 1), []),
        ({"parts": ["a", "b"], "same": "weeks"}, (1, 2), []),
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


@pytest.mark.parametrize(("counts", "number"), [((1, 1), 2), ((2, 1), 2), ((2, 2), 1)])
def test_the_model_has_one_set_of_weekdays_in_the_other(counts: tuple[int, int], number: int) -> None:
    """Monday or Tuesday, at one hour. One session each: both on one day. Two have both days, whatever the other has."""
    programme = of(*counts, dates=[date(2026, 11, 2), date(2026, 11, 3)], opening_hours=NINE)
    assert len(allowed(programme, [Complete(), Alike(parts=["a", "b"], same="weekdays")])) == number


def test_a_weight_prices_each_two_parts_of_which_none_lies_in_the_other() -> None:
    """A and B have two days each of which one is the other's; C has one day of theirs both."""
    days = {"a": ["monday", "tuesday"], "b": ["tuesday", "thursday"], "c": ["tuesday"]}
    programme = small(modules={key: module(regular(some, time(9)), title=key) for key, some in days.items()})
    assert cheapest(programme, [Complete(), Alike(parts=[*days], same="weekdays", weight=3)]) == 3


def test_regular_courses_at_hours_of_which_one_lies_in_the_other() -> None:
    """Two hours from 9:00 beside one hour from 8:30, 10:00 or 10:30: only the second lies within."""
    one = regular(["monday"], time(9), minutes=120)
    other = regular(["friday"], time(8, 30), time(10), time(10, 30))
    programme = small(modules={"a": module(one), "b": module(other)})
    found = allowed(programme, [Complete(), Alike(parts=["a", "b"], same="hours")])
    assert [each.of("b.course")[0].span.start % 1440 for each in found] == [600]


@pytest.mark.parametrize("same", ["start", "hours", "weekdays"])
def test_a_past_in_breach_is_not_refused(same: Same) -> None:
    """All of both was held on other days, at other hours."""
    placed = at("2026-11-02 09:00", part=A), at("2026-11-03 10:00", part=B)
    programme = of(1, 1, dates=[date(2026, 11, 2), date(2026, 11, 3)])
    rules = [Held(before=date(2026, 11, 4), placements=placed), Complete(), Alike(parts=["a", "b"], same=same)]
    assert allowed(programme, rules) == {timetable(*placed)}
