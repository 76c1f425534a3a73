"""What members cost at least adds up to bounds on the plan: below every plan that there could be."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.least import Least, Values


def of(*alone: Values) -> Least:
    """Members a, b, c … that cost at least this alone."""
    least = Least([chr(ord("a") + n) for n in range(len(alone))], len(alone[0]))
    for n, values in enumerate(alone):
        least.learn((chr(ord("a") + n),), values)
    return least


def test_nothing_known_bounds_nothing() -> None:
    assert Least(["a", "b"], 2).bounds((7, 9)) == [0, 0]


def test_what_members_cost_alone_adds_up() -> None:
    assert of((2, 5), (3, 4)).bounds((5, 9)) == [5, 9]


def test_each_point_above_may_let_one_member_cost_less_below() -> None:
    assert of((2, 5), (3, 4)).bounds((6, 9)) == [5, 4]
    assert of((2, 5), (3, 4)).bounds((7, 9)) == [5, 0]


def test_a_floor_holds_whatever_a_member_costs_above() -> None:
    least = of((2, 5), (3, 4))
    least.floor("a", 1, 3)
    assert least.bounds((6, 9)) == [5, 5]
    assert least.bounds((9, 9)) == [5, 3]


def test_a_point_of_the_second_rank_counts_for_the_third() -> None:
    assert of((0, 1, 6), (0, 1, 4)).bounds((0, 2, 10)) == [0, 2, 10]
    assert of((0, 1, 6), (0, 1, 4)).bounds((0, 3, 10)) == [0, 2, 4]


def test_members_in_each_others_way_raise_the_bound() -> None:
    least = of((0,), (0,), (0,))
    least.learn(("a", "b"), (4,))
    assert least.bounds((9,)) == [4]
    least.learn(("b", "c"), (3,))
    assert least.bounds((9,)) == [4]
    least.learn(("a", "c"), (5,))
    assert least.bounds((9,)) == [6]


def test_no_bound_is_above_the_value() -> None:
    assert of((2,), (3,)).bounds((4,)) == [4]


@given(st.integers(0, 10_000))
def test_no_plan_costs_less_than_the_bounds(seed: int) -> None:
    random = Random(seed)
    options = [[_values(random) for _ in range(random.randint(1, 4))] for _ in range(random.randint(1, 5))]
    least = of(*map(min, options))
    for n, values in enumerate(options):
        for place in random.sample((1, 2), random.randint(0, 2)):
            least.floor(chr(ord("a") + n), place, min(each[place] for each in values))
    chosen = [random.choice(values) for values in options]
    plan = [sum(each) for each in zip(*chosen, strict=True)]
    bounds = least.bounds(tuple(plan))
    assert all(bound <= value for bound, value in zip(bounds, plan, strict=True))
    first = [values for values in _plans(options) if values[0] == plan[0]]
    assert bounds[0] <= min(values[0] for values in _plans(options))
    assert bounds[1] <= min(values[1] for values in first)
    assert bounds[2] <= min(values[2] for values in first if values[1] == plan[1])


def _values(random: Random) -> Values:
    return random.randint(0, 3), random.randint(0, 3), random.randint(0, 9)


def _plans(options: list[list[Values]]) -> list[Values]:
    found: list[Values] = [(0, 0, 0)]
    for values in options:
        found = [(a + d, b + e, c + f) for a, b, c in found for d, e, f in values]
    return found


@pytest.mark.parametrize("seed", range(20))
def test_members_together_never_raise_the_bound_above_a_plan(seed: int) -> None:
    random = Random(seed)
    costs = {name: random.randint(0, 9) for name in "abcd"}
    least = of(*((random.randint(0, costs[name]),) for name in "abcd"))
    for one, other in ("ab", "bc", "cd", "ad"):
        least.learn((one, other), (random.randint(0, costs[one] + costs[other]),))
    total = sum(costs.values())
    assert least.bounds((total,))[0] <= total


def test_a_set_that_costs_its_least_above_costs_its_least_below() -> None:
    """Alone each may cost nothing. Together they cost 4 and then 7, or 5 and then less."""
    least = of((0, 0), (0, 0))
    least.learn(("a", "b"), (4, 7))
    assert least.bounds((4, 9)) == [4, 7]
    assert least.bounds((5, 9)) == [4, 0]


def test_what_is_known_of_a_set_is_never_forgotten() -> None:
    least = of((2, 5))
    least.learn(("a",), (1, 9))
    least.learn(("a",), (2,))
    assert least.of("a") == (2, 5)


def test_a_bound_holds_for_other_values_as_long_as_those_above_are_the_same() -> None:
    least = of((2, 5), (3, 4))
    assert least.bounds((5, 12)) == [5, 9]
    assert least.bounds_so_far((5, 10)) == [5, 9]
    assert least.bounds_so_far((6, 10)) == [5, 0]


@given(st.integers(0, 10_000))
def test_no_plan_in_which_some_may_not_stand_together_costs_less_than_the_bounds(seed: int) -> None:
    random = Random(seed)
    options = [[_values(random) for _ in range(random.randint(1, 4))] for _ in range(3)]
    pairs = [(one, other) for one in options[0] for other in options[1]]
    allowed = random.sample(pairs, random.randint(1, len(pairs)))
    least = of(*map(min, options))
    least.learn(("a", "b"), min(_sum(pair) for pair in allowed)[: random.randint(1, 3)])
    plans = [_sum((*pair, third)) for pair in allowed for third in options[2]]
    plan = random.choice(plans)
    bounds = least.bounds(plan)
    for place in range(3):
        assert bounds[place] <= min(values[place] for values in plans if values[:place] == plan[:place])


def _sum(chosen: Sequence[Values]) -> Values:
    first, second, third = map(sum, zip(*chosen, strict=True))
    return first, second, third
