"""Places at some times, and times with them: what a part cannot keep at its times it keeps at others."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from calendars.timetable import Timetable
from constraints.complete import Complete
from constraints.liked_places import LikedPlaces
from constraints.one_at_a_time import OneAtATime
from constraints.steady import Steady
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.candidates import candidates_of
from scheduler.climbing import Search
from scheduler.neighbourhoods import Neighbourhoods
from scheduler.place_search import PlaceSearch
from scheduler.problem import Problem
from scheduler.result import Limits
from scheduler.times_first import without_places
from scheduler.verdict import breaches, price
from small import at, classes, module, small

NINE, TEN = "2026-11-02 09:00", "2026-11-02 10:00"
GUEST, HALL, ROOM = "m.guest", "m.hall", "m.room"


def planned(rooms: Sequence[str] = ("hall", "room")) -> Problem:
    """Guests meet twice, in any of the rooms; one other group needs the first once, another one the last.

    All are there for three hours of one morning, so that one room alone is too few.
    """
    parts = (
        classes(2, id="guest", group="g0", place=list(rooms)),
        classes(1, id="hall", group="g1", place=rooms[0]),
        classes(1, id="room", group="g2", place=rooms[-1]),
    )
    programme = small(
        dates=[date(2026, 11, 2), date(2026, 11, 2)],
        opening_hours={"monday": "09:00-12:00"},
        groups={f"g{number}": {"title": f"G{number}"} for number in range(3)},
        places={key: {"title": key.title()} for key in rooms},
        modules={"m": module(*parts, group="g0")},
    )
    laws = Complete(), Within(), WorkingHours(), OneAtATime(buffer_minutes=0)
    return Problem(programme, (*laws, Steady()))


def search_of(problem: Problem) -> PlaceSearch:
    candidates = candidates_of(problem.programme, problem.rules)
    limits = Limits()
    plain = Problem(without_places(problem.programme), problem.rules)
    search = Search(plain, candidates, limits, lambda progress: None, 0.0)
    return PlaceSearch(problem, candidates, Neighbourhoods(search.model, plain), limits, search.solve)


CROSSED = Timetable(
    (
        at(NINE, part=GUEST, place="hall"),
        at(TEN, part=GUEST, place="room"),
        at(NINE, part=ROOM, place="room"),
        at(TEN, part=HALL, place="hall"),
    )
)


def test_places_are_found_for_times_even_if_others_are_wished() -> None:
    problem = planned()
    placing = search_of(problem)
    wished = Timetable(
        tuple(each._replace(place="hall") if each.activity == GUEST else each for each in CROSSED.placements)
    )
    assert placing.find(wished, lambda: False)
    assert sorted(placing.stands.placements) == sorted(CROSSED.placements)


def test_times_without_places_are_mended() -> None:
    """The hall is wanted twice at nine; the other part of it finds another hour."""
    problem = planned()
    placing = search_of(problem)
    assert placing.find(Timetable((*CROSSED.placements[:3], at(NINE, part=HALL, place="hall"))), lambda: False)
    assert breaches(problem, placing.stands) == ()


def test_no_other_times_are_looked_for_once_a_search_is_over() -> None:
    placing = search_of(planned())
    assert not placing.find(Timetable((*CROSSED.placements[:3], at(NINE, part=HALL, place="hall"))), lambda: True)
    assert placing.stands == Timetable()


def test_where_nothing_is_lawful_nothing_is_found() -> None:
    problem = planned(rooms=("hall",))
    placing = search_of(problem)
    wished = Timetable((at(NINE, part=GUEST, place="hall"), at(TEN, part=GUEST, place="hall")))
    assert not placing.find(wished, lambda: False)
    assert placing.stands == Timetable()


def test_what_finds_no_place_is_placed_anew_at_little_cost() -> None:
    """The hall is wanted twice at nine; its other part finds an hour, and the guests keep one place."""
    problem = planned()
    placing = search_of(problem)
    assert placing.find(CROSSED, lambda: False)
    wished = Timetable((*CROSSED.placements[:3], at(NINE, part=HALL, place="hall")))
    placing.improve(1, wished, 1.0, lambda: False)
    assert price(problem, placing.stands, 1) == 0
    assert breaches(problem, placing.stands) == ()


def test_places_alone_cannot_mend_what_other_times_can() -> None:
    """At these times the guests have the hall, then the room; an hour later the hall is theirs twice."""
    problem = planned()
    placing = search_of(problem)
    assert placing.find(CROSSED, lambda: False)
    placing.improve(1, CROSSED, 1.0, lambda: False)
    assert price(problem, placing.stands, 1) == 1
    placing.improve_together(1, 0, 2.0, lambda: False)
    assert price(problem, placing.stands, 1) == 0
    assert breaches(problem, placing.stands) == ()


def test_what_a_level_has_reached_is_kept() -> None:
    """No guests may change their place any more, so that the times at which they have to are left."""
    problem = planned()
    placing = search_of(problem)
    placing.held[1] = 0
    assert placing.find(CROSSED, lambda: False)
    assert price(problem, placing.stands, 1) == 0


def test_times_and_places_cool_down_together() -> None:
    problem = planned()
    placing = search_of(problem)
    assert placing.find(CROSSED, lambda: False)
    placing.anneal(1, 0, 0.01, lambda done: done)
    assert price(problem, placing.stands, 1) == 0
    assert breaches(problem, placing.stands) == ()


def test_annealing_leaves_what_a_level_has_reached() -> None:
    """The guests like the room better, but to have one session there and one in the hall costs the first level."""
    problem = planned()
    liked = LikedPlaces(level=2, points={GUEST: {"hall": 1}, HALL: {"room": 9}, ROOM: {"hall": 9}})
    problem = replace(problem, rules=(*problem.rules, liked))
    placing = search_of(problem)
    assert placing.find(CROSSED, lambda: False)
    placing.anneal(1, 0, 0.01, lambda done: done)
    placing.held[1], before = 0, price(problem, placing.stands, 2)
    placing.anneal(2, 0, 0.01, lambda done: done)
    assert price(problem, placing.stands, 1) == 0
    assert price(problem, placing.stands, 2) <= before
    assert breaches(problem, placing.stands) == ()


def test_few_times_and_places_have_a_bound_of_their_own() -> None:
    """With a third group all day in the room, the guests have both places or none."""
    assert search_of(planned()).bound(1) == 0
    crowded = planned()
    one_morning = replace(crowded.programme.parts[ROOM], count=2)
    parts = {**crowded.programme.parts, ROOM: one_morning, HALL: replace(crowded.programme.parts[HALL], count=2)}
    crowded = replace(crowded, programme=replace(crowded.programme, parts=parts))
    assert search_of(crowded).bound(1) == 1
