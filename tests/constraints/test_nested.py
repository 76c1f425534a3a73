"""The weekdays of a part among those of another, where neither takes one thing alone."""

from datetime import date
from itertools import product
from typing import Any, ClassVar

import pytest

from calendars.programme import Programme
from calendars.wording import say
from constraints.complete import Complete
from constraints.nested import nest, not_nested
from constraints.of_spans import WEEKDAYS
from constraints.rule import BendingLaw, Model
from small import at, classes, module, small, timetable
from solving import allowed

NINE = dict.fromkeys(("monday", "tuesday", "wednesday"), "09:00-10:00")


class OneInTheOther(BendingLaw):
    """The weekdays of parts, compared as a law does."""

    name: ClassVar[str] = "one_in_the_other"

    def post(self, programme: Programme, model: Model) -> None:
        nest(model, [*programme.parts.values()], WEEKDAYS)


def of(*counts: int) -> Programme:
    """Parts with so many sessions each, on three days."""
    modules: dict[str, Any] = {
        key: module(classes(count), title=key) for key, count in zip("abc", counts, strict=False)
    }
    return small(modules=modules, dates=[date(2026, 11, 2), date(2026, 11, 4)], opening_hours=NINE)


@pytest.mark.parametrize("counts", [*product((1, 2), repeat=2), (1, 2, 2), (1, 1, 2)])
def test_the_model_allows_what_is_not_in_breach(counts: tuple[int, ...]) -> None:
    programme = of(*counts)
    parts = [*programme.parts.values()]
    every = allowed(programme, [Complete()])
    lawful = {one for one in every if not [*not_nested("", programme, parts, one, WEEKDAYS, say("a weekday"))]}
    assert allowed(programme, [Complete(), OneInTheOther()]) == lawful
    assert 0 < len(lawful) < len(every)


def test_each_two_parts_are_one_breach() -> None:
    """Monday and Tuesday beside Tuesday and Wednesday; Tuesday is among both."""
    programme = of(2, 2, 1)
    days = (("a", 2), ("a", 3), ("b", 3), ("b", 4), ("c", 3))
    placed = timetable(*(at(f"2026-11-0{day} 09:00", part=f"{key}.virtual-class") for key, day in days))
    found = [*not_nested("law", programme, [*programme.parts.values()], placed, WEEKDAYS, say("a weekday"))]
    assert [(each.rule, each.excess, each.activities) for each in found] == [
        ("law", 1, ("a.virtual-class", "b.virtual-class"))
    ]
    assert str(found[0].message) == (
        "“a” (virtual class) on Monday 2 November 2026 09:00 and “b” (virtual class) on Wednesday 4 November 2026 "
        "09:00: each has a weekday that the other has not"
    )
