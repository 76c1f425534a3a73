"""What sessions have by their times alone; that the model has the same is in `test_aspects.py`."""

from datetime import date
from typing import Any

import pytest
from ortools.sat.python import cp_model

from constraints.complete import Complete
from constraints.of_spans import HOURS, WEEKDAYS, WEEKS, OfSpans
from scheduler.candidates import candidates_of
from scheduler.model import SearchModel, literal_of
from small import at, classes, module, small
from solving import Exactly, allowed

PART = "m.virtual-class"


@pytest.mark.parametrize(
    ("aspect", "values"),
    [
        (HOURS, [*range(540, 600), *range(600, 660)]),
        (WEEKDAYS, [6, 0]),
        (WEEKS, [date(2026, 11, 2), date(2026, 11, 9)]),
    ],
)
def test_each_value_is_told_once(aspect: OfSpans[Any], values: list[Any]) -> None:
    """A Sunday from 9:00 and two Mondays from 10:00, of which the first is in the next week."""
    sessions = [at(moment) for moment in ("2026-11-08 09:00", "2026-11-09 10:00", "2026-11-09 10:00")]
    assert aspect.of(each.span for each in sessions) == values
    part = small(modules={"m": module(classes(3))}).parts[PART]
    assert aspect.had(part, sessions) == values


def test_minutes_of_the_same_sessions_share_an_unknown() -> None:
    """Sessions of an hour from 9:00 and from 9:30: from 9:00 up to 9:30, up to 10:00, up to 10:30."""
    programme = small(
        dates=[date(2026, 11, 2)] * 2,
        starts_every_minutes=30,
        opening_hours={"monday": "09:00-10:30"},
        modules={"m": module(classes(1))},
    )
    model = SearchModel(programme, candidates_of(programme, []), [])
    choices = HOURS.choices(model, programme.parts[PART])
    assert [*choices] == [*range(540, 630)]
    assert len({id(variable) for variable in choices.values()}) == 3


@pytest.mark.parametrize("aspect", [HOURS, WEEKDAYS, WEEKS])
def test_the_model_has_what_the_timetable_has(aspect: OfSpans[Any]) -> None:
    """Two sessions at one of two hours of a Friday and a Monday."""
    programme = small(
        dates=[date(2026, 11, 6), date(2026, 11, 9)],
        opening_hours=dict.fromkeys(("friday", "monday"), "09:00-11:00"),
        modules={"m": module(classes(2))},
    )
    for timetable in allowed(programme, [Complete()]):
        rules = [Complete(), Exactly(placements=timetable.placements)]
        model = SearchModel(programme, candidates_of(programme, rules), rules)
        choices = aspect.choices(model, programme.parts[PART])
        solver = cp_model.CpSolver()
        assert solver.solve(model.cp) == cp_model.OPTIMAL
        had = {value for value, variable in choices.items() if solver.value(literal_of(variable))}
        assert had == set(aspect.had(programme.parts[PART], timetable.of(PART)))
