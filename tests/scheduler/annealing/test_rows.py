"""What is read of a CP-SAT model: sums with limits, unions, bounds; nothing that is fixed."""

import pytest
from ortools.sat.python import cp_model

from scheduler.annealing.rows import Row, Unreadable, said_by


@pytest.fixture
def cp() -> cp_model.CpModel:
    """Three 0/1 unknowns by the indices 0 to 2, and a number of at most 5 by index 3."""
    model = cp_model.CpModel()
    for name in "abc":
        model.new_bool_var(name)
    model.new_int_var(0, 5, "n")
    return model


def test_a_sum_within_two_limits_is_two_rows(cp: cp_model.CpModel) -> None:
    cp.add_linear_constraint(cp.get_int_var_from_proto_index(3) * 2 + cp.get_bool_var_from_proto_index(0), 1, 7)
    assert said_by(cp).rows == [Row({3: 2, 0: 1}, 7), Row({3: -2, 0: -1}, -1)]


def test_a_limit_that_nothing_can_reach_is_left_out(cp: cp_model.CpModel) -> None:
    number = cp.get_int_var_from_proto_index(3)
    cp.add(2 * number + cp.get_bool_var_from_proto_index(0) <= 11)
    assert said_by(cp).rows == []


def test_one_at_most_counts_what_is_negated(cp: cp_model.CpModel) -> None:
    one, other = (cp.get_bool_var_from_proto_index(index) for index in (0, 1))
    cp.add_at_most_one([one, ~other])
    assert said_by(cp).rows == [Row({0: 1, 1: -1}, 0)]


def test_what_is_one_exactly_where_one_of_others_is_is_their_union(cp: cp_model.CpModel) -> None:
    one, other, whole = (cp.get_bool_var_from_proto_index(index) for index in range(3))
    cp.add_implication(one, whole)
    cp.add_implication(other, whole)
    cp.add_bool_or([one, other, ~whole])
    said = said_by(cp)
    assert said.unions == {2: frozenset({0, 1})}
    assert said.rows == []


def test_a_clause_that_implies_nothing_back_is_a_row(cp: cp_model.CpModel) -> None:
    one, other, whole = (cp.get_bool_var_from_proto_index(index) for index in range(3))
    cp.add_implication(one, whole)
    cp.add_bool_or([one, other, ~whole])
    said = said_by(cp)
    assert said.unions == {}
    assert said.rows == [Row({0: -1, 1: -1, 2: 1}, 0), Row({0: 1, 2: -1}, 0)]


def test_what_is_fixed_is_in_no_row(cp: cp_model.CpModel) -> None:
    one, other, third = (cp.get_bool_var_from_proto_index(index) for index in range(3))
    cp.add(one == 1)
    cp.add(one + other + third <= 2)
    said = said_by(cp)
    assert (said.least[0], said.most[0]) == (1, 1)
    assert said.rows == [Row({1: 1, 2: 1}, 1)]
    assert said.equal == []


@pytest.mark.parametrize(("fixed", "least", "most"), [(0, [0, 0, 0], [0, 0, 0]), (1, [0, 0, 1], [1, 1, 1])])
def test_a_fixed_union_binds_its_members(cp: cp_model.CpModel, fixed: int, least: list[int], most: list[int]) -> None:
    one, other, whole = (cp.get_bool_var_from_proto_index(index) for index in range(3))
    cp.add_implication(one, whole)
    cp.add_implication(other, whole)
    cp.add_bool_or([one, other, ~whole])
    cp.add(whole == fixed)
    said = said_by(cp)
    assert (said.least[:3], said.most[:3]) == (least, most)
    assert said.unions == {}
    assert said.rows == ([Row({0: -1, 1: -1}, -1)] if fixed else [])


def test_the_cost_is_read_by_index(cp: cp_model.CpModel) -> None:
    cp.minimize(3 * cp.get_int_var_from_proto_index(3) + cp.get_bool_var_from_proto_index(1))
    assert dict(said_by(cp).prices) == {3: 3, 1: 1}


def test_a_condition_of_a_sum_is_not_read(cp: cp_model.CpModel) -> None:
    one, other = (cp.get_bool_var_from_proto_index(index) for index in (0, 1))
    cp.add(cp.get_int_var_from_proto_index(3) <= 2).only_enforce_if([one, other])
    with pytest.raises(Unreadable):
        said_by(cp)


def test_other_things_than_sums_are_not_read(cp: cp_model.CpModel) -> None:
    number = cp.get_int_var_from_proto_index(3)
    cp.add_multiplication_equality(cp.new_int_var(0, 25, "square"), [number, number])
    with pytest.raises(Unreadable):
        said_by(cp)
