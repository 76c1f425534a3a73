"""Everybody has the time that the way from one place to another takes."""

import pytest

from calendars.programme import Programme
from calendars.timetable import Timetable
from constraints.complete import Complete
from constraints.one_at_a_time import OneAtATime
from constraints.travel import Travel
from small import at, classes, module, small, timetable
from solving import allowed

LAW = Travel(trips=[{"between": ("campus", "hospital"), "minutes": 60}])


def two_parts(other: str = "hospital") -> Programme:
    """A part on the campus and another one in some place, of one group."""
    places = {key: {"title": key.title()} for key in ("campus", "hospital", "annex")}
    one = classes(1, kind="course", id="one", place="campus")
    return small(places=places, modules={"m": module(one, classes(1, kind="course", id="two", place=other))})


def on_monday(first: str, second: str, other: str = "hospital") -> Timetable:
    return timetable(
        at(f"2026-11-02 {first}", part="m.one", place="campus"), at(f"2026-11-02 {second}", part="m.two", place=other)
    )


@pytest.mark.parametrize(("first", "second"), [("09:00", "10:59"), ("10:30", "09:00"), ("09:00", "10:00")])
def test_too_little_time_for_the_way_is_a_breach(first: str, second: str) -> None:
    assert len(list(LAW.check(two_parts(), on_monday(first, second)))) == 1


@pytest.mark.parametrize(("first", "second"), [("09:00", "11:00"), ("11:00", "09:00")])
def test_exactly_the_minutes_of_the_way_are_enough(first: str, second: str) -> None:
    assert list(LAW.check(two_parts(), on_monday(first, second))) == []


def test_what_overlaps_is_left_to_another_law() -> None:
    assert list(LAW.check(two_parts(), on_monday("09:00", "09:30"))) == []


def test_other_places_are_next_door() -> None:
    assert list(LAW.check(two_parts("annex"), on_monday("09:00", "10:00", "annex"))) == []


def test_the_breach_says_how_long_the_way_is() -> None:
    [breach] = LAW.check(two_parts(), on_monday("09:00", "10:30"))
    assert str(breach.message) == (
        "“Module” (course) on Monday 2 November 2026 09:00 and “Module” (course) on Monday 2 November 2026 10:30 "
        "are 30 min apart for group “All”; the way takes 1 h"
    )
    assert (breach.activities, breach.trainers) == (("m.one", "m.two"), ())


def test_the_model_keeps_them_apart() -> None:
    """Of the ordered pairs of 70 starts on 10 days 10 × 7 × 6 have two on one day, 10 × 6 × 2 of them in a row."""
    programme = two_parts()
    near = OneAtATime(buffer_minutes=0)
    without, with_way = allowed(programme, [Complete(), near]), allowed(programme, [Complete(), near, LAW])
    assert {one for one in without if list(LAW.check(programme, one))} == without - with_way
    assert len(without - with_way) > 0


def test_students_may_be_named() -> None:
    programme = two_parts()
    assert list(Travel(trips=LAW.trips, students=()).check(programme, on_monday("09:00", "10:00"))) == []
    unknown = Travel(trips=[{"between": ("campus", "hostel"), "minutes": 5}], students=("eve",))
    assert [str(fault) for fault in unknown.faults(programme)] == [
        "there is no place hostel; did you mean hospital?",
        "there is no student eve; remove it",
    ]
