"""Places at a moment: the least cost of an assignment, and cuts that never ask for more than an assignment costs."""

from collections.abc import Sequence
from datetime import date
from itertools import combinations, permutations
from random import Random

import pytest

from calendars.programme import Programme
from constraints.availability import Availability
from constraints.capacity import Capacity
from constraints.enough_seats import EnoughSeats
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Rule
from scheduler.places import Places, Running
from small import at, classes, module, small, timetable

MOMENT = "2026-11-02 09:00"
START = at(MOMENT).span.start


def programme_of(sizes: Sequence[int], seats: Sequence[int]) -> Programme:
    """A part for a group of each size, which may have any of the rooms; nobody is in two groups."""
    rooms = [f"room-{number}" for number in range(len(seats))]
    return small(
        groups={f"g{number}": {"title": "G", "size": size} for number, size in enumerate(sizes)},
        places={room: {"title": room, "seats": many} for room, many in zip(rooms, seats, strict=True)},
        modules={
            "m": module(*(classes(1, id=f"p{n}", group=f"g{n}", place=rooms) for n in range(len(sizes))), group="g0")
        },
    )


def running(numbers: Sequence[int]) -> list[Running]:
    return [(f"m.p{number}", at(MOMENT).span) for number in numbers]


def by_hand(sizes: Sequence[int], seats: Sequence[int], numbers: Sequence[int]) -> int | None:
    """The least that some groups lack of seats, over all ways to give each a room of its own."""
    ways = (
        sum(max(0, sizes[number] - room) for number, room in zip(numbers, rooms, strict=True))
        for rooms in permutations(seats, len(numbers))
    )
    return min(ways, default=None)


@pytest.mark.parametrize("seed", range(40))
def test_the_least_cost_and_a_cut_that_is_tight_there_and_too_high_nowhere(seed: int) -> None:
    random = Random(seed)
    sizes = [random.randint(5, 40) for _ in range(5)]
    seats = [random.randint(5, 40) for _ in range(3)]
    places = Places(programme_of(sizes, seats), [OneAtATime()], [EnoughSeats()])
    sets = [numbers for most in (1, 2, 3, 4) for numbers in combinations(range(5), most)]
    for asked in sets:
        least = by_hand(sizes, seats, asked)
        cost, cut, found = places.assigned(running(asked), START)
        assert (least is None) == (cut is not None and not cut.soft)
        assert cost == (least or 0)
        if least is not None:
            assert {*found} == {*running(asked)}
            assert len({*found.values()}) == len(asked)
            assert sum(places.tolls(one)[place] for one, place in found.items()) == least
        assert (cut is None) == (least == 0)
        if cut is None:
            continue
        for others in sets:
            paid = sum(places.terms(cut, running(others), START).values()) - cut.limit
            there = by_hand(sizes, seats, others)
            if there is not None:
                assert paid <= (there if cut.soft else 0)
            if others == asked:
                assert paid == (least if cut.soft else 1)


def test_a_place_of_several_sessions_at_once_has_room_for_them() -> None:
    table = {"title": "Hall", "sessions_at_once": 2}
    parts = [classes(1, id=f"p{n}", place=["hall", "other"]) for n in range(4)]
    programme = small(places={"hall": table, "other": {"title": "Other"}}, modules={"m": module(*parts)})
    places = Places(programme, [OneAtATime()], [])
    assert places.assigned(running(range(3)), START)[:2] == (0, None)
    cut = places.assigned(running(range(4)), START).cut
    assert cut is not None
    assert (cut.soft, cut.limit) == (False, 3)


def test_without_a_law_against_it_a_place_holds_any_number() -> None:
    places = Places(programme_of([5, 5], [9, 9]), [], [])
    assert places.assigned(running([0, 1]), START)[:2] == (0, None)


def test_what_runs_on_takes_its_place_but_costs_where_it_started() -> None:
    """Two groups of 30 and two rooms, of which the larger has 30 seats: one of them lacks 10."""
    places = Places(programme_of([30, 30], [30, 20]), [OneAtATime()], [EnoughSeats()])
    earlier = ("m.p1", at("2026-11-02 08:30", 90).span)
    now = ("m.p0", at(MOMENT).span)
    assert places.assigned([earlier, now], START).cost == 0
    assert places.assigned([earlier, now], earlier[1].start).cost == 0
    assert places.assigned(running([0, 1]), START).cost == 10


def test_of_places_that_cost_the_same_a_part_keeps_its_own() -> None:
    """Two groups of 20, each at home in one of the rooms; a group of 30 has the larger one whoever was there before."""
    places = Places(programme_of([20, 20, 30], [30, 20]), [OneAtATime()], [EnoughSeats()])
    first, second, third = running(range(3))
    homes = {first[0]: {"room-1"}, second[0]: {"room-0"}, third[0]: {"room-1"}}
    assert places.steady([first, second], START, homes) == {first: "room-1", second: "room-0"}
    assert places.steady([second, third], START, homes) == {second: "room-1", third: "room-0"}


TOLLS: list[tuple[Rule, str, int | None]] = [
    (Capacity(), "room", None),
    (Capacity(), "gym", 0),
    (EnoughSeats(), "room", 10),
    (EnoughSeats(), "gym", 0),
    (Availability(), "room", None),
    (Availability(), "gym", 0),
]


@pytest.mark.parametrize(("rule", "place", "toll"), TOLLS)
def test_a_toll_is_what_the_check_finds(rule: Rule, place: str, toll: int | None) -> None:
    programme = small(
        groups={"all": {"title": "All", "size": 30}},
        places={
            "room": {"title": "Room", "seats": 20, "cannot": [{"dates": [date(2026, 11, 2), date(2026, 11, 2)]}]},
            "gym": {"title": "Gym", "seats": 30},
        },
        modules={"m": module(classes(1, place=["room", "gym"]))},
    )
    [part] = programme.parts.values()
    found = rule.toll(programme, part, programme.places[place])
    breaches = list(rule.check(programme, timetable(at(MOMENT, place=place))))
    assert (0 if found is None else found(at(MOMENT).span)) == toll
    assert sum(breach.excess for breach in breaches) == (1 if toll is None else toll)
