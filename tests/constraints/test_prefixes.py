from collections.abc import Iterable, Sequence
from itertools import product

import pytest
from ortools.sat.python import cp_model

from calendars.clock import Span
from calendars.programme import Programme
from constraints.complete import Complete
from constraints.prefixes import Choice, any_before, choices_of, enough_before, sum_before, times
from constraints.rule import Term, Variable
from scheduler.model import SearchModel, weighted_sum
from small import classes, module, small, work
from solving import model_of

HOUR = Span(0, 60)


def with_one_part() -> Programme:
    return small(opening_hours={"monday": "09:00-10:00"}, modules={"m": module(classes(1), work(1))})


def values_at(model: SearchModel, terms: Iterable[Term], choices: Sequence[Choice], taken: Sequence[int]) -> list[int]:
    """The least and the most that the terms can be where the choices are so."""
    fixed = model.cp.clone()
    for choice, value in zip(choices, taken, strict=True):
        fixed.add(weighted_sum([(1, choice.variable)]) == value)
    bounds = []
    for set_goal in (fixed.minimize, fixed.maximize):
        set_goal(weighted_sum(terms))
        solver = cp_model.CpSolver()
        assert solver.solve(fixed) == cp_model.OPTIMAL
        bounds.append(round(solver.objective_value))
    return bounds


def three(model: SearchModel, most: int = 1, amount: int = 1) -> list[Choice]:
    """Three unknowns from 0 to `most`."""
    names = (f"choice {number}" for number in range(3))
    return [Choice("choices", HOUR, Variable(model.cp.new_int_var(0, most, name)), most, amount) for name in names]


def test_a_choice_is_worth_one_or_the_minutes_of_a_step() -> None:
    programme = with_one_part()
    model = model_of(programme, [])
    live = choices_of(model, programme.parts["m.virtual-class"])
    alone = choices_of(model, programme.works["m.distance-work"])
    assert [(choice.most, choice.amount) for choice in live] == [(1, 1)] * 12
    assert [(choice.most, choice.amount) for choice in alone] == [(2, 30)] * 2


@pytest.mark.parametrize("taken", list(product((0, 2), repeat=3)))
def test_any_before_says_whether_something_is_taken(taken: tuple[int, ...]) -> None:
    model = model_of(with_one_part(), [])
    choices = three(model, most=2)
    found = any_before(model, "choices", choices, [3, 0, 1])
    assert {place: values_at(model, terms, choices, taken) for place, terms in found.items()} == {
        0: [0, 0],
        1: [int(any(taken[:1]))] * 2,
        3: [int(any(taken))] * 2,
    }


@pytest.mark.parametrize("taken", [(0, 0, 0), (2, 0, 1), (0, 1, 2), (1, 1, 1)])
def test_sum_before_adds_up_the_amounts(taken: tuple[int, ...]) -> None:
    """Steps of 30 min, 90 min in all at most."""
    model = model_of(with_one_part(), [])
    choices = three(model, most=2, amount=30)
    found = sum_before(model, "choices", choices, [2, 1, 2], 90)
    assert {place: values_at(model, terms, choices, taken) for place, terms in found.items()} == {
        0: [0, 0],
        1: [30 * taken[0]] * 2,
        2: [30 * sum(taken[:2])] * 2,
    }


def test_ties_forbid_nothing_by_themselves() -> None:
    programme = with_one_part()
    model = model_of(programme, [Complete()])
    choices = choices_of(model, programme.parts["m.virtual-class"])
    any_before(model, "m", choices, range(12))
    sum_before(model, "m", choices, range(12), 1)
    for number in range(12):
        assert values_at(model, [(1, choices[number].variable)], [], []) == [0, 1]


def test_each_choice_stands_in_few_ties_however_many_places_there_are() -> None:
    programme = with_one_part()
    model = model_of(programme, [])
    choices = choices_of(model, programme.parts["m.virtual-class"])
    any_before(model, "m", choices, range(13))
    sum_before(model, "m", choices, range(13), 1)
    first = cp_index(choices[0].variable)
    assert sum(first in constraint.linear.vars for constraint in model.cp.proto.constraints) == 4


def cp_index(variable: Variable) -> int:
    assert isinstance(variable, cp_model.IntVar)
    return variable.index


def test_times_multiplies_every_term() -> None:
    model = model_of(with_one_part(), [])
    one, other = model.literal("one"), model.literal("other")
    assert times(-2, [(1, one), (3, other)]) == [(-2, one), (-6, other)]


@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.parametrize("taken", list(product((0, 1), repeat=3)))
def test_enough_before_says_whether_a_number_is_reached(taken: tuple[int, ...], number: int) -> None:
    model = model_of(with_one_part(), [])
    choices = three(model)
    found = enough_before(model, "choices", choices, [0, 2, 3], number, 3)
    assert {place: values_at(model, terms, choices, taken) for place, terms in found.items()} == {
        place: [int(sum(taken[:place]) >= number)] * 2 for place in (0, 2, 3)
    }
