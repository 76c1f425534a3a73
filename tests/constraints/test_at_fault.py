from datetime import date

import pytest

from calendars.programme import Programme
from constraints.at_fault import Pairs, once
from constraints.begin_in_order import BeginInOrder
from constraints.complete import Complete
from constraints.held import Held
from constraints.rule import Model, Rule
from small import at, classes, module, small
from solving import allowed, cheapest, model_of

A, B = "a.virtual-class", "b.virtual-class"
MONDAY = "2026-11-02"


class Apart(BeginInOrder):
    """No session of a stands at the same time as one of b; said twice."""

    def post(self, programme: Programme, model: Model) -> None:
        pairs, (one, other) = Pairs(model, self), programme.parts.values()
        for _ in range(2):
            for span, variable in model.choices(A).items():
                pairs.at_most_one(one, other, [(1, variable), (1, model.choices(B)[span])])


def of(*counts: int) -> Programme:
    """Modules a and b, on a Monday morning with two starts."""
    modules = {key: module(classes(count), title=key) for key, count in zip("ab", counts, strict=True)}
    return small(modules=modules, opening_hours={"monday": "09:00-11:00"}, dates=[date(2026, 11, 2)] * 2)


def apart(weight: int | None = None) -> Rule:
    return Apart(parts=["a", "b"], weight=weight)


def test_two_parts_at_fault_are_forbidden() -> None:
    assert len(allowed(of(1, 1), [Complete(), apart()])) == 2
    assert len(allowed(of(2, 2), [Complete(), apart()])) == 0


def test_two_parts_at_fault_twice_are_priced_once() -> None:
    assert cheapest(of(2, 2), [Complete(), apart(weight=3)]) == 3


@pytest.mark.parametrize(("weight", "cost"), [(None, 0), (3, 3)])
def test_what_was_held_at_fault_is_paid_but_bars_nothing(weight: int | None, cost: int) -> None:
    held = Held(before=date(2026, 11, 3), placements=(at(f"{MONDAY} 09:00", part=A), at(f"{MONDAY} 09:00", part=B)))
    assert cheapest(of(1, 1), [Complete(), held, apart(weight)]) == cost


def test_one_session_is_taken_once_and_several_as_one() -> None:
    programme = of(1, 2)
    model = model_of(programme, [])
    one, several = (once(model, part, [*model.choices(part.key).values()]) for part in programme.parts.values())
    assert ([factor for factor, _ in one], [factor for factor, _ in several]) == ([1, 1], [1])
