from collections.abc import Iterable
from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.electives import Electives
from defended import defended, viva, vivas
from small import at, classes, module, small, timetable
from solving import allowed, model_of

GROUPS = {
    "all": {"title": "All"},
    "a": {"title": "Art", "part_of": "all"},
    "b": {"title": "Botany", "part_of": "all"},
    "c": {"title": "Chess", "part_of": "all"},
    "d": {"title": "Dance", "part_of": "all"},
}


def elective(choose: int, *groups: str) -> dict[str, Any]:
    return {"title": "Elective", "choose": choose, "groups": list(groups)}


def programme_of(*electives: dict[str, Any], taught: Iterable[str] = "abcd", **tables: Any) -> Programme:
    """One session for each group taught, in the part "m.<group>"."""
    parts = [classes(1, id=group, group=group) for group in taught]
    chosen = {f"elective-{place}": one for place, one in enumerate(electives)}
    return small(**({"groups": GROUPS} | tables), electives=chosen, modules={"m": module(*parts)})


def sessions(**starts: str) -> list[Placement]:
    return [at(f"2026-11-10 {start}", part=f"m.{group}") for group, start in starts.items()]


def words(programme: Programme, *placements: Placement, **parameters: int) -> list[str]:
    return [str(breach.message) for breach in Electives(**parameters).check(programme, timetable(*placements))]


def pairs(told: list[str]) -> list[str]:
    """Whom each breach concerns."""
    return [sentence.partition(" for ")[2].partition(";")[0] for sentence in told]


def test_two_groups_that_may_be_chosen_together_are_clash_free() -> None:
    programme = programme_of(elective(2, "a", "b", "c", "d"))
    assert words(programme, *sessions(a="09:00", b="09:30")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and "
        "“Module” (virtual class) on Tuesday 10 November 2026 09:30 overlap for groups “Art” and “Botany”"
    ]


def test_exactly_the_buffer_is_allowed() -> None:
    programme = programme_of(elective(2, "a", "b", "c", "d"))
    assert words(programme, *sessions(a="09:00", b="10:15")) == []
    assert words(programme, *sessions(a="09:00", b="10:14")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and “Module” (virtual class) on Tuesday 10 "
        "November 2026 10:14 are 14 min apart for groups “Art” and “Botany”; the least is 15 min"
    ]
    assert words(programme, *sessions(a="09:00", b="10:00"), buffer_minutes=0) == []


def test_of_two_of_four_all_four_are_clash_free_pair_by_pair() -> None:
    programme = programme_of(elective(2, "a", "b", "c", "d"))
    told = words(programme, *sessions(a="09:00", b="09:00", c="09:00", d="09:00"))
    assert pairs(told) == [
        "groups “Art” and “Botany”",
        "groups “Art” and “Chess”",
        "groups “Botany” and “Chess”",
        "groups “Art” and “Dance”",
        "groups “Botany” and “Dance”",
        "groups “Chess” and “Dance”",
    ]


def test_groups_of_one_of_four_may_meet_at_one_time() -> None:
    programme = programme_of(elective(1, "a", "b", "c", "d"))
    assert words(programme, *sessions(a="09:00", b="09:00", c="09:00", d="09:00")) == []


def test_two_electives_with_one_of_two_each_are_clash_free_across() -> None:
    programme = programme_of(elective(1, "a", "b"), elective(1, "c", "d"))
    told = words(programme, *sessions(a="09:00", b="09:00", c="09:00", d="14:00"))
    assert pairs(told) == ["groups “Art” and “Chess”", "groups “Botany” and “Chess”"]


def test_known_choices_bind_alone() -> None:
    """Ann takes a and b, Bob b and c: nobody takes a and c."""
    listed = {"a": ["ann"], "b": ["ann", "bob"], "c": ["bob"]}
    groups = {"all": {"title": "All"}} | {key: GROUPS[key] | {"students": names} for key, names in listed.items()}
    programme = programme_of(elective(2, "a", "b", "c"), taught="abc", groups=groups)
    assert words(programme, *sessions(a="09:00", c="09:00")) == []


def test_people_who_are_in_both_for_certain_are_left_to_one_at_a_time() -> None:
    """Everybody in Art is in All, and Botany lists a student of Chess."""
    shared = {key: GROUPS[key] | {"students": ["eve"]} for key in ("b", "c")}
    programme = programme_of(elective(2, "a", "b", "c"), taught=("all", "a", "b", "c"), groups=GROUPS | shared)
    assert words(programme, *sessions(all="09:00", a="09:00")) == []
    assert words(programme, *sessions(b="09:00", c="09:00")) == []
    assert len(words(programme, *sessions(a="09:00", c="09:00"))) == 1


def test_two_sessions_of_one_group_are_left_to_one_at_a_time() -> None:
    programme = programme_of(elective(2, "a", "b", "c", "d"))
    assert words(programme, *sessions(a="09:00"), *sessions(a="09:00")) == []


def starts(programme: Programme, groups: str, *laws: Electives) -> set[tuple[int, ...]]:
    """The hours of these groups' sessions in each timetable that the model allows."""
    found = allowed(programme, [Complete(), *laws])
    return {tuple(one.of(f"m.{group}")[0].span.start // 60 % 24 for group in groups) for one in found}


MORNING: dict[str, Any] = {
    "dates": [date(2026, 11, 2)] * 2,
    "opening_hours": {"monday": "09:00-13:00"},
}
NO_BUFFER = Electives(buffer_minutes=0)


def test_the_model_gives_four_groups_of_two_of_four_an_hour_each() -> None:
    """Four hours for four sessions: 4! ways."""
    programme = programme_of(elective(2, "a", "b", "c", "d"), **MORNING)
    assert len(starts(programme, "abcd", NO_BUFFER)) == 24


def test_one_bound_holds_four_groups_of_two_of_four_apart() -> None:
    programme = programme_of(elective(2, "a", "b", "c", "d"), **MORNING | {"opening_hours": {"monday": "09:00-10:00"}})
    bounds = model_of(programme, [Electives()]).cp.proto.constraints
    assert [len(bound.at_most_one.literals) for bound in bounds] == [4]


def test_the_model_leaves_one_of_two_free_and_keeps_two_electives_apart() -> None:
    """Four hours; a and b avoid c and d: 4 · 3² with a = b, 4 · 3 · 2² with a ≠ b."""
    programme = programme_of(elective(1, "a", "b"), elective(1, "c", "d"), **MORNING)
    found = starts(programme, "abcd", NO_BUFFER)
    assert found == {
        (a, b, c, d)
        for a in range(9, 13)
        for b in range(9, 13)
        for c in range(9, 13)
        for d in range(9, 13)
        if not {a, b} & {c, d}
    }
    assert len(found) == 36 + 48


def test_the_model_does_not_part_two_sessions_of_one_group() -> None:
    """a has two sessions, which nothing but other laws keeps apart: with the buffer they may share 9 and 10, or 12."""
    parts = [classes(1, id="a", group="a"), classes(1, id="a2", group="a"), classes(1, id="b", group="b")]
    electives = {"elective": elective(2, "a", "b")}
    programme = small(groups=GROUPS, electives=electives, modules={"m": module(*parts)}, **MORNING)
    found = {
        tuple(one.of(f"m.{part}")[0].span.start // 60 % 24 for part in ("a", "a2", "b"))
        for one in allowed(programme, [Complete(), Electives()])
    }
    hours = range(9, 13)
    assert found == {
        (a, again, b) for a in hours for again in hours for b in hours if abs(a - b) > 1 and abs(again - b) > 1
    }


def test_a_defence_in_an_elective_meets_no_class_of_another_that_its_student_may_take() -> None:
    """Eve and Joe may have chosen both; their own defences may meet each other."""
    groups = {"all": {"title": "All"}} | {key: {"title": key.upper(), "part_of": "all"} for key in "ab"}
    programme = defended(
        vivas("eve", group="a", jury=[]),
        vivas("joe", id="oral", group="b", jury=[]),
        classes(1, group="b"),
        groups=groups,
        electives={"e": {"title": "Choice", "choose": 2, "groups": ["a", "b"]}},
        dates=[date(2026, 11, 3)] * 2,
        opening_hours={"tuesday": "09:00-10:00"},
    )
    eve, joe = viva("eve", "2026-11-03 09:00"), at("2026-11-03 09:00", part="m.oral.joe")
    course = at("2026-11-03 09:00")
    assert [breach.activities for breach in Electives().check(programme, timetable(eve, joe, course))] == [
        ("m.viva.eve", "m.virtual-class")
    ]
    assert allowed(programme, [Electives()]) == {
        timetable(*some) for some in ((), (eve,), (joe,), (course,), (eve, joe), (joe, course))
    }
