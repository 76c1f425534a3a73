"""Parts in the places that are liked best for them."""

from calendars.programme import Programme
from constraints.complete import Complete
from constraints.liked_places import LikedPlaces
from small import at, classes, module, small, timetable
from solving import cheapest

POINTS = LikedPlaces(points={"m.course": {"amphi": 5, "annex": 2}})


def course() -> Programme:
    """Two sessions in any of three rooms."""
    places = {key: {"title": key.title()} for key in ("amphi", "annex", "lab")}
    return small(places=places, modules={"m": module(classes(2, kind="course", place=list(places)))})


def test_each_place_costs_its_points_once() -> None:
    in_turn = timetable(
        at("2026-11-02 09:00", part="m.course", place="annex"), at("2026-11-03 09:00", part="m.course", place="amphi")
    )
    assert [(each.excess, str(each.message)) for each in POINTS.check(course(), in_turn)] == [
        (2, "“Module” (course) is in place “Annex”, which costs 2 points"),
        (5, "“Module” (course) is in place “Amphi”, which costs 5 points"),
    ]
    same = timetable(*(at(f"2026-11-0{day} 09:00", part="m.course", place="annex") for day in (2, 3)))
    assert [each.excess for each in POINTS.check(course(), same)] == [2]


def test_a_place_without_points_costs_nothing() -> None:
    assert cheapest(course(), [Complete(), POINTS]) == 0
    everywhere = LikedPlaces(points={"m.course": {"amphi": 5, "annex": 2, "lab": 3}})
    assert cheapest(course(), [Complete(), everywhere]) == 2


def test_what_the_programme_does_not_know_is_a_fault() -> None:
    unknown = LikedPlaces(points={"m.curse": {"lab": 1}, "m.course": {"attic": 1}})
    assert [str(fault) for fault in unknown.faults(course())] == [
        "there is no part m.curse with live sessions; did you mean m.course?",
        "m.course may not be in attic; choose from amphi, annex and lab",
    ]
