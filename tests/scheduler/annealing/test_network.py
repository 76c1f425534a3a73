"""What follows from the options that are taken: counts, unions, and what a price or a limit presses down."""

import pytest
from ortools.sat.python import cp_model

from scheduler.annealing.network import Network, network_of
from scheduler.annealing.rows import Row, Unreadable, said_by


def of(cp: cp_model.CpModel) -> Network:
    return network_of(said_by(cp))


def options_of(cp: cp_model.CpModel, number: int) -> list[cp_model.IntVar]:
    """Some options, from index 0 on, of which exactly one is taken."""
    options = [cp.new_bool_var(f"option {index}") for index in range(number)]
    cp.add_exactly_one(options)
    return options


def test_what_is_taken_exactly_is_a_group() -> None:
    cp = cp_model.CpModel()
    options_of(cp, 3)
    assert [*of(cp).groups] == [[0, 1, 2]]


def test_two_limits_at_one_number_are_a_group() -> None:
    cp = cp_model.CpModel()
    options = [cp.new_bool_var(f"option {index}") for index in range(3)]
    cp.add(sum(options) <= 2)
    cp.add(sum(options) >= 2)
    network = of(cp)
    assert [*network.groups] == [[0, 1, 2]]
    assert [*network.laws] == []


def test_what_counts_options_stands_for_them_and_is_one_at_most() -> None:
    cp = cp_model.CpModel()
    first, second = cp.new_bool_var("at nine"), cp.new_bool_var("at ten")
    places = [cp.new_bool_var(f"place {index}") for index in range(4)]
    cp.add(places[0] + places[1] == first)
    cp.add(places[2] + places[3] == second)
    cp.add_exactly_one([first, second])
    network = of(cp)
    assert [*network.groups] == [[2, 3, 4, 5]]
    assert network.definitions[0].rows == (Row({2: 1, 3: 1, 0: -1}, 0),)
    assert [*network.laws] == [Row({0: 1}, 1), Row({1: 1}, 1)]


def test_what_is_paid_for_is_as_small_as_its_rows_let_it_be() -> None:
    cp = cp_model.CpModel()
    first, second = options_of(cp, 2)
    excess = cp.new_int_var(0, 9, "excess")
    cp.add(4 * first + 2 * second - excess <= 1)
    cp.minimize(excess)
    network = of(cp)
    assert network.definitions[2].sense == 1
    assert network.definitions[2].rows == (Row({0: 4, 1: 2, 2: -1}, 1),)
    assert [*network.laws] == []


def test_what_spares_a_price_is_as_great_as_its_rows_let_it_be() -> None:
    cp = cp_model.CpModel()
    first, second = options_of(cp, 2)
    taught, lacking = cp.new_bool_var("taught"), cp.new_int_var(0, 9, "lacking")
    cp.add(taught <= first)
    cp.add(taught + lacking >= 1)
    cp.minimize(lacking + second)
    network = of(cp)
    assert (network.definitions[2].sense, network.definitions[3].sense) == (-1, 1)
    assert [*network.definitions] == [2, 3]


def test_what_a_limit_presses_is_as_small_as_it_may_be() -> None:
    cp = cp_model.CpModel()
    first, second = options_of(cp, 2)
    excess = cp.new_int_var(0, 9, "excess of a level above")
    cp.add(4 * first + 2 * second - excess <= 1)
    cp.add(3 * excess + first <= 9)
    network = of(cp)
    assert network.definitions[2].rows == (Row({0: 4, 1: 2, 2: -1}, 1),)
    assert [*network.laws] == [Row({2: 3, 0: 1}, 9)]


def test_what_costs_nothing_is_as_small_as_it_may_be() -> None:
    cp = cp_model.CpModel()
    first, second = options_of(cp, 2)
    excess = cp.new_int_var(0, 9, "excess of a level below")
    cp.add(4 * first + 2 * second - excess <= 1)
    network = of(cp)
    assert network.definitions[2].rows == (Row({0: 4, 1: 2, 2: -1}, 1),)
    assert [*network.laws] == []


def test_an_option_of_two_groups_is_not_read() -> None:
    cp = cp_model.CpModel()
    options = options_of(cp, 3)
    cp.add_exactly_one(options[1:])
    with pytest.raises(Unreadable):
        of(cp)


def test_what_follows_from_itself_is_not_read() -> None:
    cp = cp_model.CpModel()
    options = options_of(cp, 2)
    one, other = cp.new_int_var(0, 9, "one"), cp.new_int_var(0, 9, "other")
    cp.add(other - one + options[0] <= 0)
    cp.add(one - other + options[1] <= 0)
    cp.minimize(one + other)
    with pytest.raises(Unreadable):
        of(cp)
