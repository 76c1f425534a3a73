from datetime import date, time
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.jury_days import JuryDays
from constraints.one_at_a_time import OneAtATime
from constraints.within import Within
from constraints.working_hours import WorkingHours
from small import at, classes, module, small, timetable
from solving import cheapest

TRAINERS = {key: {"title": key.title()} for key in ("ann", "bob", "kim")}
ROLES = {"supervisor": {"title": "Supervisor"}, "chair": {"title": "Chair", "trainers": ["bob", "kim"]}}
STUDENTS = ("eve", "joe", "sam")


def defences(*students: str, **keys: Any) -> dict[str, Any]:
    """Defences of students whom Ann supervises."""
    listed = [{"student": student, "jury": {"supervisor": "ann"}} for student in students]
    return {"kind": "defence", "minutes": 60, "jury": ["supervisor"], "defences": listed} | keys


def plain(**tables: Any) -> Programme:
    modules = {"m": module(defences(*STUDENTS)), "n": module(classes(4, trainer="ann"))}
    return small(**{"trainers": TRAINERS, "roles": ROLES, "modules": modules} | tables)


def held(*moments: str, minutes: int = 60) -> list[Placement]:
    return [
        at(moment, minutes, part=f"m.defence.{student}", trainers=("ann",))
        for student, moment in zip(STUDENTS, moments, strict=False)
    ]


def breaches(programme: Programme, placements: list[Placement], **parameters: Any) -> list[tuple[str, int]]:
    rule = JuryDays(**{"points_per_day": 10} | parameters)
    return [(str(one.message), one.excess) for one in rule.check(programme, timetable(*placements))]


def test_defences_in_a_row_on_one_day_cost_nothing() -> None:
    assert breaches(plain(), held("2026-11-02 09:00", "2026-11-02 10:00", "2026-11-02 11:00")) == []


def test_each_day_beyond_the_first_costs_its_points() -> None:
    assert breaches(plain(), held("2026-11-02 09:00", "2026-11-03 09:00", "2026-11-09 09:00")) == [
        ("3 days with defences for trainer “Ann”", 2 * 10)
    ]


def test_each_free_step_between_two_defences_of_a_day_costs_one() -> None:
    """9:00 to 10:00, then 11:00, then 15:00: idle at 10:00, 13:00 and 14:00, not at lunch."""
    assert breaches(plain(), held("2026-11-02 09:00", "2026-11-02 11:00", "2026-11-02 15:00")) == [
        ("3 h of waiting between defences on Monday 2 November 2026 for trainer “Ann”, lunch left out", 3)
    ]


def test_breaches_are_about_their_defences_their_week_and_their_member() -> None:
    placements = held("2026-11-03 09:00", "2026-11-03 11:00", "2026-11-09 09:00")
    found = [*JuryDays().check(plain(), timetable(*placements))]
    assert [(one.activities, one.monday and f"{one.monday}", one.trainers) for one in found] == [
        (("m.defence.eve", "m.defence.joe", "m.defence.sam"), None, ("ann",)),
        (("m.defence.eve", "m.defence.joe"), "2026-11-02", ("ann",)),
    ]


def test_other_sessions_make_no_day_and_fill_no_gap() -> None:
    classes_of_ann = [at(moment, part="n.virtual-class", trainers=("ann",)) for moment in ("2026-11-02 10:00",)]
    placements = [*held("2026-11-02 09:00", "2026-11-02 11:00"), *classes_of_ann]
    assert [excess for _, excess in breaches(plain(), placements)] == [1]
    elsewhere = at("2026-11-03 09:00", part="n.virtual-class", trainers=("ann",))
    assert breaches(plain(), [*held("2026-11-02 09:00"), elsewhere]) == []


def test_only_the_defences_named_count() -> None:
    parts = defences("eve", id="june"), defences("joe", id="autumn")
    programme = plain(modules={"m": module(*parts)})
    two = [
        at("2026-11-02 09:00", part="m.june.eve", trainers=("ann",)),
        at("2026-11-09 09:00", part="m.autumn.joe", trainers=("ann",)),
    ]
    assert breaches(programme, two) == [("2 days with defences for trainer “Ann”", 10)]
    assert breaches(programme, two, defences="m.june") == []


def test_unknown_defences_are_a_fault_with_its_cure() -> None:
    assert [str(fault) for fault in JuryDays(defences="m.defenc").faults(plain())] == [
        "there are no defences m.defenc; did you mean m.defence?"
    ]


def test_a_day_is_worth_a_point_at_least() -> None:
    with pytest.raises(ValidationError):
        JuryDays(points_per_day=0)


LAWS = [Complete(), Within(), WorkingHours(), OneAtATime(buffer_minutes=0)]


def two_days(students: int, hours: str, jury: tuple[str, ...] = ("supervisor",), **keys: Any) -> Programme:
    listed = [{"student": f"s{n}", "jury": {"supervisor": "ann"}} for n in range(students)]
    return plain(
        dates=[date(2026, 11, 2), date(2026, 11, 3)],
        opening_hours={"monday": hours, "tuesday": hours},
        modules={"m": module(defences(jury=jury, defences=listed, **keys))},
    )


def test_the_model_fills_a_day_and_pays_for_a_second_one() -> None:
    """Three hours are open each day."""
    rule = JuryDays(points_per_day=10, weight=3)
    assert cheapest(two_days(3, "09:00-12:00"), [*LAWS, rule]) == 0
    assert cheapest(two_days(4, "09:00-12:00"), [*LAWS, rule]) == 3 * 10


def test_the_model_weighs_days_against_waiting() -> None:
    """Starts at 9:00 and 16:00 alone: of one day with both, the six hours between are idle."""
    starts: dict[str, Any] = {"starts": [time(9), time(16)]}
    programme = two_days(2, "09:00-17:00", **starts)
    assert cheapest(programme, [*LAWS, JuryDays(points_per_day=10)]) == 6
    assert cheapest(programme, [*LAWS, JuryDays(points_per_day=4)]) == 4


def test_a_chair_that_is_free_goes_to_whoever_comes_anyway() -> None:
    """Four defences, two a day: Ann comes on two days, and one chair a day for each of Bob and Kim costs nothing."""
    programme = two_days(4, "09:00-11:00", jury=("supervisor", "chair"))
    assert cheapest(programme, [*LAWS, JuryDays(points_per_day=10)]) == 10
