from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.held import Held
from constraints.rule import Breach
from constraints.steady import Steady
from small import at, classes, module, small, staffed, timetable
from solving import allowed, cheapest, model_of

TABLES: dict[str, Any] = {
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve")},
    "places": {key: {"title": key.title()} for key in ("room", "hall", "gym")},
}
TWO_OF_THREE: dict[str, Any] = {"trainer": ["ann", "bob", "eve"], "together": 2}


def taught(sessions: int, *, hours: str = "09:00-11:00", **keys: Any) -> Programme:
    """One part of so many sessions, on a Monday."""
    monday = {"dates": [date(2026, 11, 2)] * 2, "opening_hours": {"monday": hours}}
    return small(**TABLES, **monday, modules={"m": module(classes(sessions, **keys))})


def sessions(*staff: dict[str, Any]) -> list[Placement]:
    """Sessions on days that follow each other, with these trainers and places."""
    return [at(f"2026-11-{day:02} 09:00", **keys) for day, keys in enumerate(staff, 2)]


def breaches(programme: Programme, *placements: Placement) -> list[Breach]:
    return list(Steady().check(programme, staffed(programme, *placements)))


def told(programme: Programme, *staff: dict[str, Any]) -> list[tuple[str, int]]:
    """The words of each breach with its excess."""
    return [(str(breach.message), breach.excess) for breach in breaches(programme, *sessions(*staff))]


def by(*trainers: str) -> dict[str, Any]:
    return {"trainers": trainers}


def test_one_trainer_for_all_sessions_costs_nothing() -> None:
    assert told(taught(3, trainer=["ann", "bob"]), by("bob"), by("bob"), by("bob")) == []


def test_each_trainer_beyond_the_first_costs_one() -> None:
    programme = taught(4, trainer=["ann", "bob", "eve"])
    assert told(programme, by("ann"), by("bob"), by("ann"), by("bob")) == [
        ("“Module” (virtual class) has 2 trainers in turn instead of 1", 1)
    ]
    assert told(programme, by("ann"), by("bob"), by("eve"), by("bob")) == [
        ("“Module” (virtual class) has 3 trainers in turn instead of 1", 2)
    ]


def test_those_who_take_turns_are_named() -> None:
    (breach,) = breaches(taught(2, trainer=["ann", "bob", "eve"]), *sessions(by("eve"), by("ann")))
    assert (breach.activities, breach.monday, breach.trainers) == (("m.virtual-class",), None, ("ann", "eve"))


def test_as_many_trainers_as_a_session_needs_cost_nothing() -> None:
    """In whichever order they are named."""
    programme = taught(2, **TWO_OF_THREE)
    assert told(programme, by("ann", "bob"), by("bob", "ann")) == []
    assert told(programme, by("ann", "bob"), by("ann", "eve")) == [
        ("“Module” (virtual class) has 3 trainers in turn instead of 2", 1)
    ]


def test_one_place_for_all_sessions_costs_nothing_and_each_other_one_costs_one() -> None:
    programme = taught(3, place=["room", "hall", "gym"])
    assert told(programme, {"place": "hall"}, {"place": "hall"}, {"place": "hall"}) == []
    assert told(programme, {"place": "hall"}, {"place": "hall"}, {"place": "room"}) == [
        ("“Module” (virtual class) stands in 2 places instead of one", 1)
    ]
    assert told(programme, {"place": "hall"}, {"place": "gym"}, {"place": "room"}) == [
        ("“Module” (virtual class) stands in 3 places instead of one", 2)
    ]


def test_trainers_and_places_are_told_apart() -> None:
    programme = taught(2, trainer=["ann", "bob"], place=["room", "hall"])
    changing = {"trainers": ("ann",), "place": "room"}, {"trainers": ("bob",), "place": "hall"}
    assert told(programme, *changing) == [
        ("“Module” (virtual class) has 2 trainers in turn instead of 1", 1),
        ("“Module” (virtual class) stands in 2 places instead of one", 1),
    ]


def test_parts_are_looked_at_one_by_one() -> None:
    parts = [classes(1, id=key, trainer=["ann", "bob"], place=["room", "hall"]) for key in ("one", "other")]
    programme = small(**TABLES, modules={"m": module(*parts)})
    apart = [
        at("2026-11-02 09:00", part="m.one", trainers=("ann",), place="room"),
        at("2026-11-03 09:00", part="m.other", trainers=("bob",), place="hall"),
    ]
    assert breaches(programme, *apart) == []


def test_what_leaves_no_choice_costs_nothing_whatever_the_timetable_says() -> None:
    """Such a timetable was edited by hand; `complete` tells of it."""
    programme = taught(2, trainer=["ann", "bob"], together=2, place="room")
    edited = {"trainers": ("eve",), "place": "gym"}, {"trainers": ("ann", "bob"), "place": "room"}
    assert told(programme, *edited) == []
    assert model_of(programme, [Steady()]).costs == []


def test_who_and_where_the_programme_does_not_name_for_the_part_costs_nothing() -> None:
    programme = taught(2, trainer=["ann", "bob"], place=["room", "hall"])
    edited = {"trainers": ("ann",), "place": "room"}, {"trainers": ("eve",), "place": "gym"}
    assert told(programme, *edited) == []


def test_nothing_is_charged_for_a_part_that_has_no_session_or_too_few_trainers() -> None:
    programme = taught(2, **TWO_OF_THREE, place=["room", "hall"])
    assert told(programme) == []
    assert told(programme, by("ann")) == []


def test_the_model_forbids_no_change_and_finds_that_none_is_needed() -> None:
    """Two sessions on two starts, each given by two of three, in one of two places: 3² · 2² ways.

    A pair and a place for both cost nothing; another pair has one trainer more, another place is one more.
    """
    programme = taught(2, **TWO_OF_THREE, place=["room", "hall"])
    rule = Steady(weight=5)
    every = allowed(programme, [Complete()])
    excess = [sum(breach.excess for breach in rule.check(programme, one)) for one in every]
    # 3 · 2 ways without a change; 6 · 2 with another pair and 3 · 2 with another place; 6 · 2 with both
    assert [excess.count(units) for units in range(4)] == [6, 12 + 6, 12, 0]
    assert allowed(programme, [Complete(), rule]) == set(every)
    assert cheapest(programme, [Complete(), rule]) == 0


def cheapest_where(cannot: dict[str, list[dict[str, Any]]], weight: int, **keys: Any) -> int:
    """The least cost of three sessions at 9:00, 10:00 and 11:00 where these trainers and places cannot."""
    tables = {
        kind: {key: table | {"cannot": cannot.get(key, [])} for key, table in named.items()}
        for kind, named in TABLES.items()
    }
    monday = {"dates": [date(2026, 11, 2)] * 2, "opening_hours": {"monday": "09:00-12:00"}}
    programme = small(**tables, **monday, modules={"m": module(classes(3, **keys))})
    return cheapest(programme, [Complete(), Availability(), Steady(weight=weight)])


def test_the_model_pays_for_the_change_that_it_cannot_spare() -> None:
    nine, ten, eleven = ([{"hours": hours}] for hours in ("09:00-10:00", "10:00-11:00", "11:00-12:00"))
    three = {"trainer": ["ann", "bob", "eve"]}
    assert cheapest_where({"ann": nine, "bob": ten}, 7, **three) == 0
    assert cheapest_where({"ann": nine, "bob": ten, "eve": eleven}, 7, **three) == 7
    # each of three can at one hour only: two beyond the first
    alone = {"ann": [*ten, *eleven], "bob": [*nine, *eleven], "eve": [*nine, *ten]}
    assert cheapest_where(alone, 7, **three) == 2 * 7
    # a pair of three where each is missing once: all three, one beyond the pair
    assert cheapest_where({"ann": nine, "bob": ten, "eve": eleven}, 7, **TWO_OF_THREE) == 7
    assert cheapest_where({"room": nine, "hall": ten}, 7, place=["room", "hall"]) == 7
    assert cheapest_where({"room": nine}, 7, place=["room", "hall"]) == 0


def test_more_sessions_held_by_one_trainer_than_are_announced_stand_and_cost_nothing() -> None:
    """Two are announced; Ann gave three."""
    programme = taught(2, hours="09:00-12:00", trainer=["ann", "bob"])
    past = [at(f"2026-11-02 {hour}:00", trainers=("ann",)) for hour in ("09", "10", "11")]
    held = Held(before=date(2026, 11, 3), placements=tuple(past))
    assert allowed(programme, [Complete(), held, Steady()]) == {timetable(*past)}
    assert cheapest(programme, [Complete(), held, Steady()]) == 0
