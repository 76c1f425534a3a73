from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.enough_seats import EnoughSeats
from constraints.rule import Breach
from small import at, classes, module, small, timetable
from solving import cheapest, model_of

PLACES: dict[str, dict[str, Any]] = {
    "room": {"title": "Room", "seats": 20},
    "hall": {"title": "Hall", "seats": 29},
    "gym": {"title": "Gym"},
}


def plain(*parts: dict[str, Any], size: int | None = 30, **tables: Any) -> Programme:
    groups = {"all": {"title": "All"} | ({} if size is None else {"size": size}), "a": {"title": "A", "size": 20}}
    modules = {"m": module(*(parts or [classes(3, place=["room", "hall", "gym"])]))}
    return small(**{"groups": groups, "places": PLACES, "modules": modules} | tables)


def in_places(*places: str | None, part: str = "m.virtual-class") -> list[Placement]:
    """A session on each day from 2 November on, in these places."""
    return [at(f"2026-11-{2 + n:02} 09:00", part=part, place=place) for n, place in enumerate(places)]


def breaches(programme: Programme, *placements: Placement) -> list[Breach]:
    return list(EnoughSeats().check(programme, timetable(*placements)))


def lacking(programme: Programme, *placements: Placement) -> list[int]:
    return [breach.excess for breach in breaches(programme, *placements)]


def test_everybody_without_a_seat_counts_in_each_session() -> None:
    """A group of 30 where 20 and 29 are seated."""
    found = breaches(plain(), *in_places("room", "hall", "gym"))
    assert [(str(breach.message), breach.excess) for breach in found] == [
        (
            "“Module” (virtual class) on Monday 2 November 2026 09:00 has 10 seats too few in place “Room”",
            10,
        ),
        (
            "“Module” (virtual class) on Tuesday 3 November 2026 09:00 has 1 seat too few in place “Hall”",
            1,
        ),
    ]
    assert [(breach.activities, str(breach.monday)) for breach in found] == [(("m.virtual-class",), "2026-11-02")] * 2


def test_a_group_as_large_as_the_seats_or_smaller_costs_nothing() -> None:
    assert lacking(plain(size=29), *in_places("hall")) == []
    assert lacking(plain(size=20), *in_places("room", "hall")) == []


def test_a_group_or_a_place_without_a_number_is_never_short_of_seats() -> None:
    assert lacking(plain(size=None), *in_places("room")) == []
    assert lacking(plain(), *in_places("gym")) == []


def test_a_session_without_a_place_or_in_an_unknown_one_costs_nothing() -> None:
    """Such a timetable was edited by hand; `complete` tells of it."""
    assert lacking(plain(), *in_places(None, "cellar")) == []


def test_the_group_of_each_session_counts() -> None:
    programme = plain(classes(1, id="a", group="a", place="room"), classes(1, id="b", place="room"))
    assert lacking(programme, *in_places("room", part="m.a"), *in_places("room", part="m.b")) == [10]


def test_a_defence_of_a_named_student_is_never_short_of_seats() -> None:
    defence = {"kind": "defence", "minutes": 60, "defences": [{"student": "eve"}], "place": "room"}
    programme = plain(defence, places={"room": {"title": "Room", "seats": 1}})
    (part,) = programme.parts
    assert lacking(programme, *in_places("room", part=part)) == []


def test_the_model_pays_for_the_smallest_lack_that_it_cannot_spare() -> None:
    """Two sessions on one day at 9:00 and 10:00; the gym cannot, the hall can from 10:00 on: 10 + 1 without a seat."""
    monday: dict[str, Any] = {"dates": [date(2026, 11, 2)] * 2, "opening_hours": {"monday": "09:00-11:00"}}
    cannot = {"gym": [{"hours": "09:00-11:00"}], "hall": [{"hours": "09:00-10:00"}], "room": []}
    places = {key: place | {"cannot": cannot[key]} for key, place in PLACES.items()}
    programme = plain(classes(2, place=["room", "hall", "gym"]), places=places, **monday)
    assert cheapest(programme, [Complete(), Availability(), EnoughSeats(weight=3)]) == 3 * (10 + 1)


def test_a_place_without_a_choice_is_paid_too() -> None:
    programme = plain(classes(3, place="room"))
    assert cheapest(programme, [Complete(), EnoughSeats()]) == 3 * 10


def test_places_that_are_large_enough_have_no_cost_in_the_model() -> None:
    assert model_of(plain(classes(3, place=["hall", "gym"]), size=29), [EnoughSeats()]).costs == []
