"""Times before places: the values that one model of both gives, with bounds that hold, or no timetable at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from random import Random
from typing import Any

import pytest

from constraints.apart import Apart
from constraints.capacity import Capacity
from constraints.complete import Complete
from constraints.enough_seats import EnoughSeats
from constraints.liked_places import LikedPlaces
from constraints.one_at_a_time import OneAtATime
from constraints.regular_slot import RegularSlot
from constraints.rule import Rule
from constraints.steady import Steady
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.candidates import candidates_of
from scheduler.problem import Problem
from scheduler.result import Level, Limits, Outcome, Result
from scheduler.search import search
from scheduler.times_first import TimesFirst, has_many_places, without_places
from scheduler.verdict import breaches, price
from small import classes, module, small

LAWS = (Complete(), Within(), WorkingHours(), OneAtATime(buffer_minutes=0))


def planned(sizes: Sequence[int], seats: Sequence[int], *rules: Rule, hours: str = "09:00-11:00") -> Problem:
    """Two sessions of each of some groups that share nobody, in any of some rooms, on two mornings."""
    rooms = [f"room-{number}" for number in range(len(seats))]
    programme = small(
        opening_hours=dict.fromkeys(("monday", "tuesday"), hours),
        groups={f"g{number}": {"title": f"G{number}", "size": size} for number, size in enumerate(sizes)},
        places={room: {"title": room, "seats": many} for room, many in zip(rooms, seats, strict=True)},
        modules={
            "m": module(*(classes(2, id=f"p{n}", group=f"g{n}", place=rooms) for n in range(len(sizes))), group="g0")
        },
    )
    return Problem(programme, (*LAWS, *rules))


def weekly(number: int, hours: range) -> Problem:
    """Courses of one group that meet each Monday at one of some hours, and all like the hall, which costs nothing.

    The second level counts hours that a course changes.
    """
    meets = [{"weekdays": "monday", "at": time(hour)} for hour in hours]
    part: dict[str, Any] = {"kind": "course", "minutes": 60, "meets": meets, "place": ["hall", "room"]}
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 27)],
        places={room: {"title": room.title()} for room in ("hall", "room")},
        modules={f"m{n}": module(part, title=f"M{n}") for n in range(number)},
    )
    liked = LikedPlaces(points={f"m{n}.course": {"room": 3} for n in range(number)})
    laws = Complete(), Within(), OneAtATime(buffer_minutes=0)
    return Problem(programme, (*laws, liked, RegularSlot(level=2)))


def times_first(problem: Problem) -> Result:
    candidates = candidates_of(problem.programme, problem.rules)
    return TimesFirst(problem, candidates, Limits(work=4.0), lambda progress: None, 0.0).run()


@pytest.mark.parametrize("seed", range(6))
def test_it_agrees_with_the_search_in_one_model(seed: int) -> None:
    random = Random(seed)
    sizes, seats = ([random.randint(10, 40) for _ in range(number)] for number in (4, 3))
    problem = planned(sizes, seats, EnoughSeats(), Steady(), RegularSlot(level=2))
    found, expected = times_first(problem), search(problem, Limits())
    assert found.timetable is not None
    assert breaches(problem, found.timetable) == ()
    assert [level.value for level in found.levels] == [price(problem, found.timetable, rank) for rank in (1, 2)]
    assert found.levels[0].value == expected.levels[0].value
    assert [level.rules for level in found.levels] == [level.rules for level in expected.levels]
    assert found.levels[0].bound <= expected.levels[0].value


def test_what_rules_say_of_places_alone_is_no_matter_of_times() -> None:
    """The third room costs nothing, but holds only one of two parts that are apart: the other pays once for its own."""
    liked = LikedPlaces(points={f"m.p{number}": {"room-0": 5, "room-1": 5} for number in range(2)})
    problem = planned([30] * 2, [30] * 3, liked, Apart(parts=["m"], different="place"), Steady(weight=9))
    found = times_first(problem)
    assert found.timetable is not None
    assert breaches(problem, found.timetable) == ()
    assert [level.value for level in found.levels] == [5]


def test_what_places_cost_at_a_moment_is_part_of_the_bound() -> None:
    """Four groups of 30, each twice, in eight hours and two rooms: four sessions have to be in the room of 20."""
    problem = planned([30] * 4, [30, 20], EnoughSeats(), hours="09:00-10:00")
    [level] = times_first(problem).levels
    assert (level.value, level.bound) == (40, 40)


def test_a_room_for_each_group_at_a_time_keeps_sessions_apart() -> None:
    """Only the hall seats a group; its sessions fill every hour that there is."""
    problem = planned([30] * 4, [30, 20], Capacity())
    result = times_first(problem)
    assert result.timetable is not None
    assert breaches(problem, result.timetable) == ()
    assert {placement.place for placement in result.timetable.placements} == {"room-0"}


def test_too_few_rooms_are_impossible() -> None:
    result = times_first(planned([30] * 5, [30, 20], Capacity()))
    assert (result.outcome, result.timetable) == (Outcome.IMPOSSIBLE, None)


def test_a_programme_without_places_has_the_same_sessions_elsewhere() -> None:
    programme = planned([30, 20], [30, 20]).programme
    plain = without_places(programme)
    for key, part in plain.parts.items():
        assert len(part.places) == 1
        assert replace(part, places=programme.parts[key].places) == programme.parts[key]
        assert plain.is_virtual(part) == programme.is_virtual(programme.parts[key])


def test_many_places_take_this_way(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = planned([30] * 4, [30, 20], EnoughSeats(), hours="09:00-10:00")
    monkeypatch.setattr("scheduler.times_first.MANY", 1)
    assert search(problem, Limits(work=4.0)).levels == times_first(problem).levels


def test_courses_that_meet_weekly_keep_the_place_that_they_like() -> None:
    problem = weekly(3, range(9, 13))
    result = times_first(problem)
    assert result.timetable is not None
    assert breaches(problem, result.timetable) == ()
    assert result.levels == (Level(1, ("liked_places",), 0, 0), Level(2, ("regular_slot",), 0, 0))
    assert [price(problem, result.timetable, rank) for rank in (1, 2)] == [0, 0]


def test_too_many_courses_are_impossible() -> None:
    result = times_first(weekly(4, range(9, 12)))
    assert (result.outcome, result.timetable) == (Outcome.IMPOSSIBLE, None)


def test_ways_in_all_their_places_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three courses with four hours in two rooms each are 24."""
    problem = weekly(3, range(9, 13))
    candidates = candidates_of(problem.programme, problem.rules)
    monkeypatch.setattr("scheduler.times_first.MANY", 24)
    assert not has_many_places(problem, candidates)
    monkeypatch.setattr("scheduler.times_first.MANY", 23)
    assert has_many_places(problem, candidates)


def test_who_goes_on_has_the_time_that_is_left() -> None:
    problem = planned([30], [30])
    candidates = candidates_of(problem.programme, problem.rules)
    now = iter((100.0, 130.0))
    limits = Limits(seconds=60.0, clock=now.__next__)
    assert TimesFirst(problem, candidates, limits, lambda progress: None, 0.0).limits_left().seconds == 30.0


def test_who_goes_on_has_all_the_time_where_there_is_no_end_to_it() -> None:
    problem = planned([30], [30])
    candidates = candidates_of(problem.programme, problem.rules)
    limits = Limits()
    assert TimesFirst(problem, candidates, limits, lambda progress: None, 0.0).limits_left() == limits
