"""Annealing: lawful all the way, at the costs that the model has, as low as can be where there are few timetables."""

from collections.abc import Sequence
from itertools import permutations
from random import Random

import pytest
from ortools.sat.python import cp_model

from scheduler.annealing.anneal import Annealing
from scheduler.annealing.layout import Slot
from scheduler.annealing.rows import Unreadable

WORK = 0.02


def assignment(costs: Sequence[Sequence[int]], late: int = 0) -> tuple[cp_model.CpModel, dict[int, Slot]]:
    """Sessions at distinct times, each at its cost, and `late` for each in the last two times beyond one of them."""
    cp, times = cp_model.CpModel(), range(len(costs[0]))
    taken = [[cp.new_bool_var(f"{session} at {time}") for time in times] for session in range(len(costs))]
    for session in taken:
        cp.add_exactly_one(session)
    for time in times:
        cp.add_at_most_one(session[time] for session in taken)
    excess = cp.new_int_var(0, len(costs), "excess")
    cp.add(sum(each for session in taken for each in session[-2:]) - excess <= 1)
    paid = [
        cost * each for session, row in zip(taken, costs, strict=True) for each, cost in zip(session, row, strict=True)
    ]
    cp.minimize(cp_model.LinearExpr.sum([*paid, late * excess]))
    slots = {each.index: Slot(time, 0) for session in taken for time, each in enumerate(session)}
    return cp, slots


def unhurried(done: float) -> float:
    return done


def standing(costs: Sequence[Sequence[int]]) -> list[int]:
    """Each session at the time of its number; the excess is not told."""
    return [int(session == time) for session, row in enumerate(costs) for time in range(len(row))] + [0]


def cost_of(cp: cp_model.CpModel, values: Sequence[int]) -> int:
    """What some values cost by CP-SAT itself, which says so where they break nothing."""
    cp = cp.clone()
    for index, value in enumerate(values):
        cp.add(cp.get_int_var_from_proto_index(index) == value)
    solver = cp_model.CpSolver()
    assert solver.solve(cp) == cp_model.OPTIMAL
    return round(solver.objective_value)


@pytest.mark.parametrize("seed", range(8))
def test_it_finds_the_cheapest_of_few_timetables(seed: int) -> None:
    random = Random(seed)
    costs = [[random.randrange(20) for _ in range(5)] for _ in range(5)]
    late = random.randrange(30)
    cp, slots = assignment(costs, late)
    values = Annealing(cp, standing(costs), slots, seed).run(0, WORK, unhurried)
    cheapest = min(sum(costs[each][time] for each, time in enumerate(order)) for order in permutations(range(5)))
    assert cost_of(cp, values) == cheapest + late


def test_full_times_are_left_by_changing_places() -> None:
    costs = [[9, 0], [0, 9]]
    cp, slots = assignment(costs)
    assert [*Annealing(cp, standing(costs), slots, 0).run(0, WORK, unhurried)] == [0, 1, 1, 0, 1]


def test_what_stands_is_left_where_it_is_enough() -> None:
    costs = [[9, 0, 0], [0, 9, 0]]
    cp, slots = assignment(costs)
    values = Annealing(cp, standing(costs), slots, 0).run(18, WORK, unhurried)
    assert [*values] == standing(costs)


def test_it_ends_at_once_when_it_is_told_to() -> None:
    costs = [[9, 0, 0], [0, 9, 0]]
    cp, slots = assignment(costs)
    assert [*Annealing(cp, standing(costs), slots, 0).run(0, 1e9, lambda done: 1.0)] == standing(costs)


def test_who_hurries_cools_down_faster() -> None:
    costs = [[9, 0, 0], [0, 9, 0]]
    cp, slots = assignment(costs)
    asked = iter([0.0, *(number / 10 for number in range(100))])
    assert cost_of(cp, Annealing(cp, standing(costs), slots, 0).run(-1, 10.0, lambda done: next(asked))) == 0
    assert 0.9 < next(asked) < 1.3


def test_it_starts_as_often_as_there_is_work_for() -> None:
    """Six options are moved 1,800 times each time, in 0.0022 units of work; each time has as many temperatures."""
    costs = [[9, 0, 0], [0, 9, 0]]
    asked = []
    for work in (0.0036, 0.0071, 1.0):
        cp, slots = assignment(costs)
        asked.append(0)

        def counted(done: float) -> float:
            asked[-1] += 1
            return done

        Annealing(cp, standing(costs), slots, 0).run(-1, work, counted)
    assert [round(each / asked[0]) for each in asked] == [1, 3, 5]


def test_the_same_seed_gives_the_same_timetable() -> None:
    random = Random(7)
    costs = [[random.randrange(50) for _ in range(30)] for _ in range(25)]
    first, second = (Annealing(*_of(costs), 3).run(0, WORK, unhurried) for _ in range(2))
    assert first == second


def _of(costs: Sequence[Sequence[int]]) -> tuple[cp_model.CpModel, list[int], dict[int, Slot]]:
    cp, slots = assignment(costs)
    return cp, standing(costs), slots


def test_a_timetable_that_breaks_a_law_is_no_start() -> None:
    cp, slots = assignment([[1, 2], [3, 4]])
    with pytest.raises(Unreadable):
        Annealing(cp, [1, 0, 1, 0, 0], slots, 0)


def test_costs_beyond_what_is_counted_are_not_read() -> None:
    for late, readable in ((1 << 30, True), ((1 << 30) + 1, False)):
        cp, slots = assignment([[1, 2], [3, 4]], late)
        if readable:
            Annealing(cp, [1, 0, 0, 1, 0], slots, 0)
        else:
            with pytest.raises(Unreadable):
                Annealing(cp, [1, 0, 0, 1, 0], slots, 0)
