from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.jury import Jury
from constraints.one_at_a_time import OneAtATime
from constraints.within import Within
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

TRAINERS = {key: {"title": key.title()} for key in ("ann", "bob", "kim")}
ROLES = {"supervisor": {"title": "Supervisor"}, "chair": {"title": "Chair", "trainers": ["bob", "kim"]}}


def defences(*students: str, **keys: Any) -> dict[str, Any]:
    """Defences of students whom Ann supervises, with Bob or Kim in the chair."""
    listed = [{"student": student, "jury": {"supervisor": "ann"}} for student in students]
    plain = {"kind": "defence", "minutes": 60, "jury": ["supervisor", "chair"], "defences": listed}
    return plain | keys


def plain(*parts: dict[str, Any], **tables: Any) -> Programme:
    modules = {"m": module(*(parts or (defences("eve", "joe", "sam"),))), "n": module(classes(4, trainer="ann"))}
    return small(**{"trainers": TRAINERS, "roles": ROLES, "modules": modules} | tables)


def held(*moments: str, chair: str = "bob", part: str = "m.defence") -> list[Placement]:
    """The defences of Eve, Joe and Sam."""
    students = ("eve", "joe", "sam")
    return [
        at(moment, part=f"{part}.{student}", trainers=("ann", chair))
        for student, moment in zip(students, moments, strict=False)
    ]


def breaches(programme: Programme, placements: list[Placement], **limits: Any) -> list[tuple[str, int]]:
    return [(str(one.message), one.excess) for one in Jury(**limits).check(programme, timetable(*placements))]


def test_exactly_so_many_days_of_a_member_are_allowed() -> None:
    two = held("2026-11-02 09:00", "2026-11-02 16:00", "2026-11-03 09:00")
    assert breaches(plain(), two, days_per_member=2) == []
    assert breaches(plain(), two, days_per_member=1) == [
        ("trainer “Ann” has defences on 2 days; at most 1 is allowed", 1),
        ("trainer “Bob” has defences on 2 days; at most 1 is allowed", 1),
    ]
    three = held("2026-11-02 09:00", "2026-11-03 09:00", "2026-11-09 09:00")
    assert breaches(plain(), three, days_per_member=2) == [
        ("trainer “Ann” has defences on 3 days; at most 2 are allowed", 1),
        ("trainer “Bob” has defences on 3 days; at most 2 are allowed", 1),
    ]
    assert [excess for _, excess in breaches(plain(), three, days_per_member=1)] == [2, 2]


def test_exactly_so_many_days_of_defences_are_allowed() -> None:
    three = held("2026-11-02 09:00", "2026-11-03 09:00", "2026-11-09 09:00")
    assert breaches(plain(), three, days=3) == []
    assert breaches(plain(), three, days=2) == [("defences are held on 3 days; at most 2 are allowed", 1)]
    assert breaches(plain(), three, days=1) == [("defences are held on 3 days; at most 1 is allowed", 2)]


def test_each_limit_holds_by_itself() -> None:
    """Ann comes on two days, Bob and Kim on one each."""
    shared = [*held("2026-11-02 09:00"), *held("2026-11-02 10:00", "2026-11-03 09:00", chair="kim")[1:]]
    assert breaches(plain(), shared, days_per_member=1, days=1) == [
        ("trainer “Ann” has defences on 2 days; at most 1 is allowed", 1),
        ("defences are held on 2 days; at most 1 is allowed", 1),
    ]


def test_a_breach_is_about_its_defences_and_its_member() -> None:
    two = held("2026-11-02 09:00", "2026-11-03 09:00")
    found = [*Jury(days_per_member=1, days=1).check(plain(), timetable(*two))]
    assert [(one.activities, one.trainers, one.monday) for one in found] == [
        (("m.defence.eve", "m.defence.joe"), ("ann",), None),
        (("m.defence.eve", "m.defence.joe"), ("bob",), None),
        (("m.defence.eve", "m.defence.joe"), (), None),
    ]


def test_other_sessions_of_a_member_do_not_count() -> None:
    class_of_ann = at("2026-11-03 09:00", part="n.virtual-class", trainers=("ann",))
    assert breaches(plain(), [*held("2026-11-02 09:00"), class_of_ann], days_per_member=1, days=1) == []


def test_a_substitute_is_not_asked() -> None:
    """Kim is named for neither seat of Ann, whom she stands in for."""
    parts = [defences("eve", "joe", jury=["supervisor"])]
    placements = [
        at("2026-11-02 09:00", part="m.defence.eve", trainers=("kim",)),
        at("2026-11-03 09:00", part="m.defence.joe", trainers=("kim",)),
    ]
    assert breaches(plain(*parts), placements, days_per_member=1) == []


@pytest.mark.parametrize(("names", "count"), [("m", 3), ("m.june", 2), (["m.june.eve", "m.autumn"], 2), (None, 3)])
def test_only_the_defences_named_count(names: Any, count: int) -> None:
    """By module, by part, or one by one."""
    programme = plain(defences("eve", "joe", id="june"), defences("sam", id="autumn"))
    placements = [*held("2026-11-02 09:00", "2026-11-03 09:00", part="m.june")]
    placements.append(at("2026-11-09 09:00", part="m.autumn.sam", trainers=("ann", "bob")))
    assert breaches(programme, placements, defences=names, days=1) == [
        (f"defences are held on {count} days; at most 1 is allowed", count - 1)
    ]


def test_unknown_defences_are_a_fault_with_its_cure() -> None:
    assert [str(fault) for fault in Jury(days=1, defences="m.defense").faults(plain())] == [
        "there are no defences m.defense; did you mean m.defence?"
    ]
    assert [str(fault) for fault in Jury(days=1, defences="n").faults(plain())] == [
        "there are no defences n; choose from m, m.defence, m.defence.eve, m.defence.joe and m.defence.sam"
    ]
    assert [*Jury(days=1, defences=["m", "m.defence", "m.defence.eve"]).faults(plain())] == []


@pytest.mark.parametrize("limits", [{}, {"days": 0}, {"days_per_member": 0}])
def test_what_is_no_limit(limits: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        Jury(**limits)


def of_hours(hours: str, *students: str) -> Programme:
    """Defences of 1 h on Monday 2 and Tuesday 3 November, at these hours."""
    open_hours = {"monday": hours, "tuesday": hours}
    days = [date(2026, 11, 2), date(2026, 11, 3)]
    return plain(defences(*students), dates=days, opening_hours=open_hours, modules={"m": module(defences(*students))})


def test_the_model_brings_a_member_on_one_day() -> None:
    """Two defences, two starts on each of two days: 16 ways for times, 4 for chairs; Ann is at both."""
    programme = of_hours("09:00-11:00", "eve", "joe")
    assert len(allowed(programme, [Complete(), Within()])) == 4 * 4 * 4
    assert len(allowed(programme, [Complete(), Within(), Jury(days_per_member=1)])) == 2 * 4 * 4
    assert len(allowed(programme, [Complete(), Within(), Jury(days=1)])) == 2 * 4 * 4
    assert len(allowed(programme, [Complete(), Within(), Jury(days=2, days_per_member=2)])) == 4 * 4 * 4


def test_three_defences_do_not_fit_in_one_day_of_two_slots() -> None:
    laws = [Complete(), Within(), OneAtATime(buffer_minutes=0)]
    programme = of_hours("09:00-11:00", "eve", "joe", "sam")
    assert allowed(programme, [*laws, Jury(days_per_member=1)]) == set()
    assert cheapest(programme, [*laws, Jury(days=1, weight=5)]) == 5
    assert cheapest(programme, [*laws, Jury(days_per_member=1, weight=5)]) == 5
