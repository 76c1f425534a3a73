from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.handover import Handover
from defended import defended, vivas
from small import at, classes, module, on, small, timetable
from solving import allowed

DATES = [date(2026, 11, 2), date(2026, 11, 13)]
GROUPS = {"all": {"title": "Cohort 2"}, "first": {"title": "Cohort 1"}}
BLOCK = {"title": "Integration", "kind": "course", "group": "all", "dates": DATES, "days": 3}
TALK = "m.talk"


def defences(sessions: int = 1, **keys: Any) -> dict[str, Any]:
    return {"kind": "defence", "sessions": sessions, "minutes": 60} | keys


def of(sessions: int = 1, **tables: Any) -> Programme:
    """The defences of cohort 1, "d.spring" and "d.autumn", and the integration of cohort 2 with a talk about them."""
    modules = {
        "d": module(defences(2, id="spring"), defences(id="autumn"), title="Thesis", group="first"),
        "m": module(classes(sessions, id="talk"), title="Welcome"),
    }
    return small(**{"groups": GROUPS, "blocks": {"b": BLOCK}, "modules": modules} | tables)


def law(**keys: Any) -> Handover:
    return Handover(**{"session": TALK, "block": "b"} | keys)


def found(programme: Programme, rule: Handover, *placements: Placement) -> list[str]:
    breaches = list(rule.check(programme, timetable(*placements)))
    assert {(each.rule, each.excess) for each in breaches} <= {("handover", 1)}
    return [str(each.message) for each in breaches]


def talk(moment: str) -> Placement:
    return at(moment, part=TALK)


BLOCK_PLACED = on("2026-11-03", "2026-11-05")


@pytest.mark.parametrize("moment", ["2026-11-03 00:00", "2026-11-05 23:00"])
def test_the_session_lies_inside_the_block_from_its_first_minute_to_its_last(moment: str) -> None:
    assert found(of(), law(defences=date(2026, 11, 2)), BLOCK_PLACED, talk(moment)) == []


def test_a_session_beside_the_block_as_it_stands_is_named() -> None:
    outside = [
        "“Welcome” (virtual class) stands on Friday 6 November 2026 09:00, outside “Integration”",
    ]
    assert found(of(), law(defences=date(2026, 11, 2)), BLOCK_PLACED, talk("2026-11-06 09:00")) == outside
    assert found(of(), law(defences=date(2026, 11, 2)), talk("2026-11-06 09:00")) == outside
    assert len(found(of(), law(defences=date(2026, 11, 1)), BLOCK_PLACED, talk("2026-11-02 23:00"))) == 1


def test_each_session_of_the_part_is_looked_at() -> None:
    placed = talk("2026-11-02 09:00"), talk("2026-11-04 09:00"), talk("2026-11-06 09:00")
    assert len(found(of(3), law(defences=date(2026, 11, 1)), BLOCK_PLACED, *placed)) == 2


def test_the_day_after_the_last_defence_is_allowed_and_the_day_itself_is_not() -> None:
    rule = law(defences=date(2026, 11, 3))
    assert found(of(), rule, BLOCK_PLACED, talk("2026-11-04 09:00")) == []
    assert found(of(), rule, BLOCK_PLACED, talk("2026-11-03 16:00")) == [
        "“Welcome” (virtual class) stands on Tuesday 3 November 2026 16:00, but the last defence is on "
        "Tuesday 3 November 2026"
    ]


def test_the_starts_up_to_the_last_defence_are_struck() -> None:
    programme, rule = of(), law(defences=date(2026, 11, 4))
    forbids = rule.forbids(programme, programme.parts[TALK])
    assert forbids is not None
    left = {span.day.day for span in programme.candidates(programme.parts[TALK]) if not forbids(span)}
    assert left == {5, 6, 7, 8, 9, 10, 11, 12, 13}
    assert rule.forbids(programme, programme.parts["d.autumn"]) is None
    assert law(after="d.spring").forbids(programme, programme.parts[TALK]) is None


def test_defences_in_the_same_file_come_before_the_day_of_the_session() -> None:
    rule = law(after=["d.spring", "d.autumn"])
    early = at("2026-11-02 09:00", part="d.spring"), at("2026-11-02 10:00", part="d.autumn")
    assert found(of(), rule, BLOCK_PLACED, *early, talk("2026-11-03 09:00")) == []
    late = at("2026-11-04 09:00", part="d.spring")
    assert found(of(), rule, BLOCK_PLACED, *early, late, talk("2026-11-05 09:00")) == []
    assert found(of(), rule, BLOCK_PLACED, *early, late, talk("2026-11-04 16:00")) == [
        "“Welcome” (virtual class) on Wednesday 4 November 2026 16:00 begins too soon after "
        "“Thesis” (defence) on Wednesday 4 November 2026 09:00: days from end to start 0, at least 1"
    ]


def test_defences_that_are_watched_live_end_before_the_session_begins() -> None:
    rule = law(after="d.spring", watched_live="d.autumn")
    placed = BLOCK_PLACED, at("2026-11-02 09:00", part="d.spring"), at("2026-11-04 09:00", part="d.autumn")
    assert found(of(), rule, *placed, talk("2026-11-04 10:00")) == []
    assert found(of(), rule, *placed, talk("2026-11-04 09:30")) == [
        "“Welcome” (virtual class) on Wednesday 4 November 2026 09:30 begins too early: "
        "it comes after “Thesis” (defence) on Wednesday 4 November 2026 09:00"
    ]


def test_every_breach_is_told() -> None:
    rule = law(defences=date(2026, 11, 6), after="d.spring")
    placed = BLOCK_PLACED, at("2026-11-06 14:00", part="d.spring"), talk("2026-11-06 09:00")
    assert len(found(of(), rule, *placed)) == 3


def test_a_timetable_that_lacks_things_is_judged_by_what_stands() -> None:
    rule = law(defences=date(2026, 11, 2), after="d.spring", watched_live="d.autumn")
    assert found(of(), rule) == []
    assert found(of(), rule, BLOCK_PLACED, talk("2026-11-03 09:00")) == []


@pytest.mark.parametrize(
    ("keys", "lawful"),
    [
        # The block on three of four days in a row; the talk on the 4th to 6th, 6 ways in each of the two runs.
        ({"defences": date(2026, 11, 2)}, 6 + 6),
        # From the 5th on: 1 day of the block from the 3rd, 2 of that from the 4th, 2 starts each.
        ({"defences": date(2026, 11, 4)}, 2 + 4),
        # The defence on a day before: of the talk on the 3rd 0, 4th 2, 5th 4, 6th 6 ways, times two starts.
        ({"after": "m.defence"}, 2 * (0 + 2 + 4) + 2 * (2 + 4 + 6)),
        # One way more for each talk at 10 o'clock.
        ({"watched_live": "m.defence"}, 2 * (0 + 2 + 4) + 3 + 2 * (2 + 4 + 6) + 3),
    ],
)
def test_model_and_check_agree(keys: dict[str, Any], lawful: int) -> None:
    """Tuesday 3 to Friday 6 November, starts at 9 and 10, a talk and, where it counts, a defence."""
    dates = [date(2026, 11, 3), date(2026, 11, 6)]
    parts = [classes(1, id="talk"), *([defences()] if "defences" not in keys else [])]
    programme = small(
        dates=dates,
        blocks={"b": BLOCK | {"dates": dates}},
        modules={"m": module(*parts)},
        opening_hours={"monday": "09:00-11:00"},
    )
    clean = {one for one in allowed(programme, [Complete()]) if not list(law(**keys).check(programme, one))}
    assert allowed(programme, [Complete(), law(**keys)]) == clean
    assert len(clean) == lawful


def faults(**keys: Any) -> list[str]:
    return [str(fault) for fault in law(**keys).faults(of())]


def test_unknown_names_are_told_together() -> None:
    assert faults(after=["d.spring", "d.autumn"], watched_live="d.autumn") == []
    assert faults(session="m.talks", block="bb", after="d.sprin", watched_live="d.autumm") == [
        "there is no part m.talks with live sessions; did you mean m.talk?",
        "there is no block bb; did you mean b?",
        "there is no other part d.sprin of defences; did you mean d.spring?",
        "there is no other part d.autumm of defences; did you mean d.autumn?",
    ]


def test_only_defences_of_others_are_presented() -> None:
    assert faults(after="m.talk") == ["there is no other part m.talk of defences; choose from d.spring and d.autumn"]
    assert faults(session="d.autumn", watched_live="d.autumn") == [
        "there is no other part d.autumn of defences; choose from d.spring"
    ]


def test_some_defences_are_needed() -> None:
    with pytest.raises(ValidationError):
        law()


def test_the_defences_of_a_file_are_named_as_a_series_or_one_by_one_but_not_those_of_the_session() -> None:
    block = {"title": "Opening", "kind": "seminar", "group": "all", "days": 2}
    days = [date(2026, 11, 2), date(2026, 11, 13)]
    programme = defended(vivas("eve", "joe"), vivas("eve", id="oral"), blocks={"b": block | {"dates": days}})
    other = Handover(session="m.oral.eve", block="b", after=("m.viva", "m.viva.eve"))
    assert list(other.faults(programme)) == []
    own = Handover(session="m.oral.eve", block="b", after=("m.oral",))
    assert [str(fault) for fault in own.faults(programme)] == [
        "there is no other part m.oral of defences; choose from m.viva.eve, m.viva and m.viva.joe"
    ]
