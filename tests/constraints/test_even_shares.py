from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.programme_file import WEEKDAYS
from calendars.timetable import Placement
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.even_shares import EvenShares
from constraints.within import Within
from small import at, classes, module, small, timetable
from solving import cheapest

TRAINERS = {key: {"title": key.title()} for key in ("ann", "bob", "kim", "lea")}
ROLES = {"supervisor": {"title": "supervisor"}, "chair": {"title": "chair", "trainers": ["ann", "bob", "kim"]}}
STUDENTS = ("eve", "joe", "sam", "zoe")


def plain(*parts: dict[str, Any], **tables: Any) -> Programme:
    modules = {"m": module(*(parts or (classes(5, trainer=["ann", "bob"]),)))}
    return small(**{"trainers": TRAINERS, "roles": ROLES, "modules": modules} | tables)


def given(*teams: str, part: str = "m.virtual-class") -> list[Placement]:
    """A session on each day from 2 November on, given by these trainers."""
    return [at(f"2026-11-{2 + n:02} 09:00", part=part, trainers=tuple(team.split())) for n, team in enumerate(teams)]


def breaches(programme: Programme, placements: list[Placement], **parameters: Any) -> list[tuple[str, int]]:
    rule = EvenShares(**parameters)
    return [(str(one.message), one.excess) for one in rule.check(programme, timetable(*placements))]


def test_exactly_the_even_share_costs_nothing_and_each_session_beyond_it_costs_one() -> None:
    """Five sessions for two: three at most."""
    assert breaches(plain(), given("ann", "ann", "ann", "bob", "bob")) == []
    assert breaches(plain(), given("ann", "ann", "ann", "ann", "bob")) == [
        ("4 sessions fall to trainer “Ann”; the even share is 3", 1)
    ]
    assert breaches(plain(), given("bob", "bob", "bob", "bob", "bob")) == [
        ("5 sessions fall to trainer “Bob”; the even share is 3", 2)
    ]


def test_sessions_of_several_together_are_so_many_to_share() -> None:
    """Two sessions by two of three trainers: four seats, two at most for each."""
    programme = plain(classes(2, trainer=["ann", "bob", "kim"], together=2))
    assert breaches(programme, given("ann bob", "ann kim")) == []
    more = given("ann bob", "ann kim", "ann bob")
    assert breaches(programme, more) == [("3 sessions fall to trainer “Ann”; the even share is 2", 1)]


def test_parts_that_the_same_trainers_may_give_are_shared_together() -> None:
    """In whatever order they are named; one session each of three trainers is shared apart."""
    parts = [
        classes(1, id="a", trainer=["ann", "bob"]),
        classes(1, id="b", trainer=["bob", "ann"]),
        classes(1, id="c", trainer=["ann", "bob", "kim"]),
    ]
    placements = [*given("ann", part="m.a"), *given("ann", part="m.b"), *given("ann", part="m.c")]
    assert breaches(plain(*parts), placements) == [("2 sessions fall to trainer “Ann”; the even share is 1", 1)]


def test_what_a_trainer_gives_in_any_case_is_not_shared() -> None:
    parts = [classes(2, id="a", trainer="ann"), classes(2, id="b", trainer=["ann", "bob"], together=2)]
    assert breaches(plain(*parts), [*given("ann", "ann", part="m.a"), *given("ann bob", part="m.b")]) == []


def juries(*supervisors: str) -> dict[str, Any]:
    listed = [
        {"student": student, "jury": {"supervisor": supervisor}}
        for student, supervisor in zip(STUDENTS, supervisors, strict=False)
    ]
    return {"kind": "defence", "minutes": 60, "jury": ["supervisor", "chair"], "defences": listed}


def defended(*teams: str) -> list[Placement]:
    return [
        at("2026-11-02 09:00", part=f"m.defence.{student}", trainers=tuple(team.split()))
        for student, team in zip(STUDENTS, teams, strict=False)
    ]


def test_a_role_is_shared_between_all_who_may_hold_it() -> None:
    """Four defences and three who may be in the chair: two each; of what they supervise nothing counts."""
    programme = plain(juries("ann", "ann", "bob", "kim"))
    assert breaches(programme, defended("ann bob", "ann bob", "bob ann", "kim ann")) == []
    assert breaches(programme, defended("ann bob", "ann bob", "bob ann", "kim bob")) == [
        ("3 sessions fall to trainer “Bob” as chair; the even share is 2", 1)
    ]


def test_a_role_is_shared_as_one_where_a_defence_names_fewer_for_it() -> None:
    """Only Bob or Kim may be in the chair for Zoe; of the four defences two fall to Ann, and that is her share."""
    part = juries("lea", "lea", "lea", "lea")
    part["defences"][3]["jury"]["chair"] = ["bob", "kim"]
    programme = plain(part)
    assert breaches(programme, defended("lea ann", "lea ann", "lea kim", "lea kim")) == []
    assert breaches(programme, defended("lea ann", "lea ann", "lea ann", "lea kim")) == [
        ("3 sessions fall to trainer “Ann” as chair; the even share is 2", 1)
    ]


def test_a_breach_is_about_its_sessions_and_its_trainer() -> None:
    programme = plain(juries("ann", "ann", "ann"))
    found = [*EvenShares().check(programme, timetable(*defended("ann bob", "ann kim", "ann bob")))]
    assert found == []
    found = [*EvenShares().check(programme, timetable(*defended("ann kim", "ann kim", "ann kim")))]
    keys = tuple(f"m.defence.{student}" for student in ("eve", "joe", "sam"))
    assert [(one.activities, one.trainers, one.monday, one.excess) for one in found] == [(keys, ("kim",), None, 1)]


def test_a_substitute_is_not_asked() -> None:
    assert breaches(plain(), given("kim", "kim", "kim", "kim", "kim")) == []


def test_only_the_parts_named_are_shared() -> None:
    parts = [classes(2, id="a", trainer=["ann", "bob"]), classes(2, id="b", trainer=["ann", "bob"])]
    placements = [*given("ann", "ann", part="m.a"), *given("bob", "bob", part="m.b")]
    assert breaches(plain(*parts), placements) == []
    assert breaches(plain(*parts), placements, parts="m.a") == [
        ("2 sessions fall to trainer “Ann”; the even share is 1", 1)
    ]


def test_unknown_sessions_are_a_fault_with_its_cure() -> None:
    assert [str(fault) for fault in EvenShares(parts="m.virtual-clas").faults(plain())] == [
        "there are no sessions m.virtual-clas; did you mean m.virtual-class?"
    ]
    assert [*EvenShares(parts=("m", "m.virtual-class")).faults(plain())] == []


def test_the_model_shares_out_evenly_as_far_as_trainers_can() -> None:
    """Five sessions, one a day from Monday to Friday: if Bob can on Monday alone, Ann has four instead of three."""
    only_monday = {"bob": {"title": "Bob", "cannot": [{"dates": [date(2026, 11, 3), date(2026, 11, 13)]}]}}
    keys: dict[str, Any] = {
        "dates": [date(2026, 11, 2), date(2026, 11, 6)],
        "opening_hours": dict.fromkeys(WEEKDAYS[:5], "09:00-10:00"),
    }
    rules = [Complete(), Within(), Availability(), EvenShares(weight=7)]
    assert cheapest(plain(**keys), rules) == 0
    assert cheapest(plain(trainers=TRAINERS | only_monday, **keys), rules) == 7
