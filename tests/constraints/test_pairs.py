"""Bounds on two parts of which each takes one thing."""

from datetime import date, time
from typing import Any, ClassVar

import pytest

from calendars.programme import Programme
from constraints.complete import Complete
from constraints.held import Held
from constraints.pairs import Taken, by_key, keep_apart, once, one_at_most, one_taken
from constraints.rule import BendingLaw, Model
from scheduler.candidates import candidates_of
from scheduler.model import SearchModel
from small import at, classes, module, small
from solving import allowed, cheapest, model_of

A, B = "a.virtual-class", "b.virtual-class"


def of(*counts: int) -> Programme:
    """Parts with so many sessions each, at two hours of a Monday."""
    modules: dict[str, Any] = {key: module(classes(count), title=key) for key, count in zip("ab", counts, strict=False)}
    return small(modules=modules, dates=[date(2026, 11, 2)] * 2, opening_hours={"monday": "09:00-11:00"})


def taken(programme: Programme, key: str, *rules: Held) -> list[Taken] | None:
    model = SearchModel(programme, candidates_of(programme, rules), rules)
    return one_taken(model, programme.parts[key])


def test_of_a_single_session_one_candidate_is_taken() -> None:
    found = taken(of(1), A)
    assert found is not None
    assert [one.spans for one in found] == [(at("2026-11-02 09:00").span,), (at("2026-11-02 10:00").span,)]


def test_of_several_sessions_and_of_what_was_held_there_are_no_single_things() -> None:
    held = Held(before=date(2026, 11, 3), placements=(at("2026-11-02 09:00", part=A),))
    assert (taken(of(2), A), taken(of(1), A, held)) == (None, None)


def test_of_a_part_that_meets_regularly_a_way_is_taken() -> None:
    meets = [{"weekdays": "monday", "at": time(9)}, {"weekdays": "tuesday", "at": time(9)}]
    part = {"kind": "course", "minutes": 60, "meets": meets}
    programme = small(modules={"a": module(part, title="A")})
    found = taken(programme, "a.course")
    assert found is not None
    assert [one.spans for one in found] == [way.spans for way in programme.parts["a.course"].ways]


class OtherHours(BendingLaw):
    """Two parts of one session each do not stand at the same hour."""

    name: ClassVar[str] = "other_hours"

    def post(self, programme: Programme, model: Model) -> None:
        hours = [
            by_key(model, one_taken(model, part), lambda spans: spans[0].start % 1440 // 60)
            for part in programme.parts.values()
        ]
        one, other = hours
        if one is not None and other is not None:
            keep_apart(model, one, other, lambda mine, theirs: mine == theirs)


def test_what_clashes_is_kept_apart() -> None:
    found = allowed(of(1, 1), [Complete(), OtherHours()])
    assert sorted(tuple(one.of(key)[0].span.start % 1440 // 60 for key in (A, B)) for one in found) == [
        (9, 10),
        (10, 9),
    ]


class AtMostOneAnHour(BendingLaw):
    """Of two parts at most one is at each hour: one bound for all hours."""

    name: ClassVar[str] = "at_most_one_an_hour"

    def post(self, programme: Programme, model: Model) -> None:
        mine, theirs = (model.choices(key) for key in programme.parts)
        one_at_most(model, [[(1, mine[span]), (1, theirs[span])] for span in mine])


@pytest.mark.parametrize("count", [1, 2])
def test_rows_that_are_broken_together_cost_once(count: int) -> None:
    """Two parts that fill both hours, or one part of one session that finds a free hour."""
    assert cheapest(of(count, count), [Complete(), AtMostOneAnHour(weight=3)]) == (0 if count == 1 else 3)


def test_one_session_is_taken_once_and_several_as_one() -> None:
    programme = of(1, 2)
    model = model_of(programme, [])
    one, several = (once(model, part, [*model.choices(part.key).values()]) for part in programme.parts.values())
    assert ([factor for factor, _ in one], [factor for factor, _ in several]) == ([1, 1], [1])
