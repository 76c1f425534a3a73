"""What roles, juries and defences do wrong, each with its place and its words; exactly enough people is no fault."""

from datetime import date
from typing import Any

import pytest

from calendars.jury_references import jury_faults
from calendars.programme_file import ProgrammeFile
from calendars.references import reference_faults
from calendars.wording import render

PART = ("modules", "m", "parts", 0)


def file(*parts: dict[str, Any], **tables: Any) -> ProgrammeFile:
    """A programme of three trainers and two roles; any of them may be a member, Ann alone presides."""
    plain: dict[str, Any] = {
        "title": "Year",
        "dates": [date(2026, 9, 1), date(2027, 6, 30)],
        "opening_hours": {"monday": "09:00-17:00"},
        "groups": {"all": {"title": "All"}},
        "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "cy")},
        "roles": {
            "chair": {"title": "Chair", "trainers": "ann"},
            "member": {"title": "Member", "trainers": ["ann", "bob", "cy"]},
        },
        "modules": {"m": {"title": "M", "group": "all", "parts": list(parts)}},
    }
    return ProgrammeFile.model_validate(plain | tables)


def defences(*students: str | dict[str, Any], **keys: Any) -> dict[str, Any]:
    """A part of defences before a chair and a member."""
    listed = [{"student": each} if isinstance(each, str) else each for each in students]
    return {"kind": "defence", "minutes": 60, "jury": ["chair", "member"], "defences": listed} | keys


def exam(**keys: Any) -> dict[str, Any]:
    """Two sessions before a chair and a member."""
    return {"kind": "exam", "sessions": 2, "minutes": 60, "jury": ["chair", "member"]} | keys


def faults(*parts: dict[str, Any], **tables: Any) -> list[tuple[tuple[str | int, ...], str]]:
    return [(fault.path, render(fault.message, "en")) for fault in jury_faults(file(*parts, **tables))]


def test_sound_juries_and_defences() -> None:
    named = {"student": "joe", "title": "Thesis", "jury": {"member": ["bob", "cy"]}}
    assert faults(defences("eve", named), exam(id="oral")) == []
    assert reference_faults(file(defences("eve", named), exam(id="oral"))) == []


def test_a_session_needs_no_jury() -> None:
    assert faults({"kind": "exam", "sessions": 1, "minutes": 60}) == []


def test_it_has_to_be_said_how_many_sessions_there_are() -> None:
    part = {"kind": "exam", "minutes": 60}
    told = "how many sessions is not said; add sessions, or list defences"
    assert faults(part) == faults(part | {"defences": []}) == [(PART, told)]


def test_defences_are_counted_already() -> None:
    told = "each of the defences is a session; remove sessions"
    assert faults(defences("eve", sessions=1)) == [((*PART, "sessions"), told)]


def test_a_jury_says_who_gives_the_sessions() -> None:
    told = "the jury says who gives the sessions; remove trainer"
    assert faults(exam(trainer="bob")) == [((*PART, "trainer"), told)]


def test_a_role_stands_once_in_a_jury() -> None:
    assert faults(exam(jury=["member", "member"]))[:1] == [
        ((*PART, "jury"), "a role stands twice here; name each once")
    ]


def test_an_unknown_role_is_told_where_all_unknown_names_are() -> None:
    assert faults(exam(jury=["chairs"])) == []
    [fault] = reference_faults(file(exam(jury=["chairs"])))
    told = "there is no [roles.chairs] in this file; did you mean chair?"
    assert (fault.path, render(fault.message, "en")) == ((*PART, "jury", 0), told)


def test_an_unknown_trainer_of_a_role() -> None:
    roles = {"chair": {"title": "Chair", "trainers": ["anna"]}}
    told = "there is no [trainers.anna] in this file; did you mean ann?"
    assert faults(exam(jury=["chair"]), roles=roles) == [(("roles", "chair", "trainers"), told)]


@pytest.mark.parametrize(("trainers", "count"), [(["ann", "bob"], 2), (["ann", "bob", "ann"], 2), ("ann", 1)])
def test_a_role_takes_no_more_than_may_hold_it(trainers: str | list[str], count: int) -> None:
    roles = {"member": {"title": "Member", "trainers": trainers, "number": 3}}
    told = f"the role takes 3, but {count} may hold it; name more"
    assert faults(exam(jury=[]), roles=roles) == [(("roles", "member", "trainers"), told)]


def test_a_role_may_take_all_who_may_hold_it() -> None:
    roles = {"member": {"title": "Member", "trainers": ["ann", "bob", "cy"], "number": 3}}
    assert faults(exam(jury=["member"]), roles=roles) == []


def test_nobody_holds_two_roles() -> None:
    """Ann alone may preside and alone be a member: one too few; with Bob it is enough."""
    roles = {"chair": {"title": "Chair", "trainers": "ann"}, "member": {"title": "Member", "trainers": ["ann"]}}
    told = "too few people are named for the roles chair and member, as nobody holds two; name more"
    assert faults(exam(), roles=roles) == [((*PART, "jury"), told)]
    enough = roles | {"member": {"title": "Member", "trainers": ["ann", "bob"]}}
    assert faults(exam(), roles=enough) == []


def test_a_role_that_nobody_may_hold_is_named_for_by_each_defence() -> None:
    roles = {"tutor": {"title": "Tutor"}}
    told = "nobody may hold the role tutor; name somebody here, or in [roles.tutor]"
    assert faults(exam(jury=["tutor"]), roles=roles) == [((*PART, "jury"), told)]
    part = defences("eve", {"student": "joe", "jury": {"tutor": "bob"}}, jury=["tutor"])
    assert faults(part, roles=roles) == [((*PART, "defences", 0), told)]


def test_those_whom_a_defence_names_fill_its_roles_alone() -> None:
    """Ann presides, so that she cannot be the only member too."""
    told = "too few people are named for the roles chair and member, as nobody holds two; name more"
    part = defences({"student": "eve", "jury": {"member": "ann"}})
    assert faults(part) == [((*PART, "defences", 0), told)]


def test_a_defence_names_roles_of_its_jury_and_those_who_may_hold_them() -> None:
    jury = {"chair": "bob", "members": "cy", "member": ["bob", "dan"]}
    place = (*PART, "defences", 0, "jury")
    assert faults(defences({"student": "eve", "jury": jury})) == [
        ((*place, "chair"), "bob may not hold this role; name them in [roles.chair]"),
        ((*place, "members"), "the jury of these defences has no role members; did you mean member?"),
        ((*place, "member"), "there is no [trainers.dan] in this file; did you mean ann?"),
    ]


def test_a_student_defends_once_in_a_part() -> None:
    told = "eve has a defence above; keep one of the two"
    assert faults(defences("eve", "joe", "eve")) == [((*PART, "defences", 2), told)]


@pytest.mark.parametrize(("keys", "place"), [({"group": "team"}, (*PART, "group")), ({}, PART)])
def test_defences_are_of_students_of_one_group(keys: dict[str, str], place: tuple[str | int, ...]) -> None:
    """Whether the part or its module is for the small groups."""
    groups = {"all": {"title": "All", "size": 4}, "team": {"title": "Team", "part_of": "all", "of": 2}}
    own = "all" if keys else "team"
    modules = {"m": {"title": "M", "group": own, "parts": [defences("eve", **keys)]}}
    told = "team stands for small groups; defences are of students of one group"
    assert faults(groups=groups, modules=modules) == [(place, told)]


def test_a_group_that_lists_its_students_lists_those_who_defend() -> None:
    """Joe stands in a sub-group of it; nobody is asked for where the group has no list."""
    groups = {"all": {"title": "All", "students": ["eve"]}, "b": {"title": "B", "part_of": "all", "students": ["joe"]}}
    told = "no group lists the student eva; did you mean eve?"
    assert faults(defences("eve", "joe", "eva"), groups=groups) == [((*PART, "defences", 2, "student"), told)]
    assert faults(defences("eva"), groups={"all": {"title": "All"}, "b": groups["b"]}) == []


def test_all_faults_at_once() -> None:
    roles = {"chair": {"title": "Chair", "trainers": "zoe"}, "member": {"title": "Member", "trainers": ["ann", "bob"]}}
    parts = (
        {"kind": "exam", "id": "oral", "minutes": 60},
        defences("eve", "eve", sessions=2, trainer="ann", jury=["member"]),
    )
    second = ("modules", "m", "parts", 1)
    assert [path for path, _ in faults(*parts, roles=roles)] == [
        ("roles", "chair", "trainers"),
        PART,
        (*second, "sessions"),
        (*second, "trainer"),
        (*second, "defences", 1),
    ]
