from collections.abc import Sequence
from datetime import date

import pytest
from ortools.sat.python import cp_model

from constraints.blocks import Blocks
from constraints.rule import Variable
from scheduler.model import weighted_sum
from small import classes, module, small
from solving import model_of

HOURS = (9, 10, 11, 12)


def least(literals: Sequence[Variable], cp: cp_model.CpModel) -> int:
    """The least that some literals can add up to."""
    cp.minimize(weighted_sum([(1, literal) for literal in literals]))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(cp) == cp_model.OPTIMAL
    return round(solver.objective_value)


def counted(taken: Sequence[int], pause: int = 60, most: int = 60, minutes: int = 60) -> tuple[int, int]:
    """How many blocks there are, and how many that last too long, where sessions start at these hours."""
    part = classes(4, minutes)
    days = [date(2026, 11, 2)] * 2
    programme = small(modules={"m": module(part)}, opening_hours={"monday": "09:00-15:00"}, dates=days)
    model = model_of(programme, [])
    choices = [*model.choices("m.virtual-class").items()]
    blocks = Blocks(model, choices, pause)
    longer = [*blocks.longer_than(most)]
    for span, variable in choices:
        model.cp.add(weighted_sum([(1, variable)]) == int(span.start % 1440 // 60 in taken))
    return least([*blocks.begins.values()], model.cp), least(longer, model.cp)


@pytest.mark.parametrize(
    ("taken", "found"),
    [([], (0, 0)), ([9], (1, 0)), ([9, 10], (1, 1)), ([9, 11], (2, 0)), ([9, 10, 12, 13], (2, 2))],
)
def test_blocks_are_parted_by_the_pause(taken: Sequence[int], found: tuple[int, int]) -> None:
    assert counted(taken) == found


def test_a_pause_of_a_minute_more_joins_them() -> None:
    assert counted([9, 11, 13], pause=61) == (1, 1)


def test_a_block_may_last_exactly_so_long() -> None:
    assert [counted([9, 10, 11], most=most) for most in (180, 179)] == [(1, 0), (1, 1)]


def test_a_session_too_long_by_itself_is_no_block_that_lasts_too_long() -> None:
    assert [counted(taken, minutes=120) for taken in ([9], [9, 10], [9, 11], [9, 12])] == [
        (1, 0),
        (1, 1),
        (1, 1),
        (2, 0),
    ]
