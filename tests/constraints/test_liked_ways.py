"""Regular courses at the times that are liked best."""

from datetime import time

from calendars.programme import Programme
from constraints.complete import Complete
from constraints.liked_ways import LikedWays
from small import at, classes, module, small, timetable
from solving import allowed, cheapest


def course() -> Programme:
    """On Mondays at 9 for 2 points, or on Tuesdays and Thursdays at 14 for none."""
    meets = [
        {"weekdays": "monday", "at": time(9), "points": 2},
        {"weekdays": ["tuesday", "thursday"], "at": time(14), "minutes": 90},
    ]
    part = {key: value for key, value in classes(1).items() if key != "sessions"}
    return small(modules={"m": module(part | {"meets": meets})})


MONDAYS = timetable(at("2026-11-02 09:00"), at("2026-11-09 09:00"))
OTHERS = timetable(*(at(f"2026-11-{day:02} 14:00", 90) for day in (3, 5, 10, 12)))


def test_a_liked_way_costs_nothing_another_one_its_points() -> None:
    found = [(each.excess, str(each.message)) for each in LikedWays().check(course(), MONDAYS)]
    assert found == [(2, "“Module” (virtual class) meets at times that cost 2 points")]
    assert list(LikedWays().check(course(), OTHERS)) == []


def test_sessions_that_make_no_way_cost_nothing_since_they_are_not_lawful() -> None:
    astray = timetable(at("2026-11-02 09:00"))
    assert list(LikedWays().check(course(), astray)) == []
    assert [str(each.message) for each in Complete().check(course(), astray)] == [
        "“Module” (virtual class) lacks sessions of the nearest way to meet: on Monday 9 November 2026 09:00"
    ]


def test_the_model_allows_whole_ways_alone() -> None:
    assert allowed(course(), [Complete()]) == {MONDAYS, OTHERS}
    assert cheapest(course(), [Complete(), LikedWays(weight=3)]) == 0
