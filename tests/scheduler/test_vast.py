"""A few parts at a time: as good as one model where that is small, and lawful whatever the size."""

from datetime import date, time
from typing import Any

import pytest

from calendars.programme import Programme
from constraints.complete import Complete
from constraints.liked_places import LikedPlaces
from constraints.one_at_a_time import OneAtATime
from constraints.regular_slot import RegularSlot
from constraints.within import Within
from scheduler.candidates import candidates_of
from scheduler.problem import Problem
from scheduler.result import Level, Limits, Outcome, Result
from scheduler.search import search
from scheduler.vast import VastSearch, is_vast
from scheduler.verdict import breaches, price
from small import module, small

LAWS = (Complete(), Within(), OneAtATime(buffer_minutes=0))
ROOMS = ("hall", "room")


def weekly(number: int, hours: range) -> Programme:
    """Courses of one group that meet each Monday at one of some hours, in either of two rooms."""
    meets = [{"weekdays": "monday", "at": time(hour)} for hour in hours]
    part: dict[str, Any] = {"kind": "course", "minutes": 60, "meets": meets, "place": list(ROOMS)}
    return small(
        dates=[date(2026, 11, 2), date(2026, 11, 27)],
        places={room: {"title": room.title()} for room in ROOMS},
        modules={f"m{n}": module(part, title=f"M{n}") for n in range(number)},
    )


def problem_of(number: int, hours: range) -> Problem:
    """Each course likes the hall, which costs nothing; the second level counts hours that a course changes."""
    points = {f"m{n}.course": {"room": 3} for n in range(number)}
    return Problem(weekly(number, hours), (*LAWS, LikedPlaces(points=points), RegularSlot(level=2)))


def vast(problem: Problem) -> Result:
    candidates = candidates_of(problem.programme, problem.rules)
    return VastSearch(problem, candidates, Limits(work=8.0), lambda progress: None, 0.0).run()


def test_every_level_is_improved_and_kept() -> None:
    problem = problem_of(3, range(9, 13))
    result = vast(problem)
    assert result.timetable is not None
    assert breaches(problem, result.timetable) == ()
    assert result.levels == (Level(1, ("liked_places",), 0, 0), Level(2, ("regular_slot",), 0, 0))
    assert [price(problem, result.timetable, rank) for rank in (1, 2)] == [0, 0]


def test_too_many_courses_are_impossible() -> None:
    result = vast(problem_of(4, range(9, 12)))
    assert (result.outcome, result.timetable) == (Outcome.IMPOSSIBLE, None)


def test_ways_in_all_their_places_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three courses with four hours in two rooms each are 24."""
    problem = problem_of(3, range(9, 13))
    candidates = candidates_of(problem.programme, problem.rules)
    monkeypatch.setattr("scheduler.vast.VAST", 25)
    assert not is_vast(problem, candidates)
    monkeypatch.setattr("scheduler.vast.VAST", 24)
    assert is_vast(problem, candidates)
    assert search(problem, Limits(work=8.0)).levels == vast(problem).levels
