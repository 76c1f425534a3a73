from datetime import date
from itertools import product
from typing import Any

import pytest
from ortools.sat.python import cp_model

from calendars.programme import Programme
from calendars.timetable import Timetable
from constraints.alike import COUNTED, NESTED
from constraints.aspects import Aspect
from constraints.complete import Complete
from scheduler.candidates import candidates_of
from scheduler.model import SearchModel, literal_of
from small import classes, module, small
from solving import Exactly, allowed

PART = "m.virtual-class"
ASPECTS: dict[str, Aspect[Any]] = {**COUNTED, **NESTED}


def with_choices() -> Programme:
    """Two sessions on three days of two weeks, by one of two trainers in one of two places."""
    people = {key: {"title": key.title()} for key in ("ann", "bob")}
    rooms = {key: {"title": key.title()} for key in ("room", "hall")}
    tables: dict[str, Any] = {
        "dates": [date(2026, 11, 7), date(2026, 11, 9)],
        "opening_hours": {"monday": "09:00-10:00"},
        "trainers": people,
        "places": rooms,
    }
    return small(**tables, modules={"m": module(classes(2, trainer=[*people], place=[*rooms]))})


def chosen(programme: Programme, aspect: str, timetable: Timetable) -> set[Any]:
    """What the model says that the part has where the timetable is this one."""
    rules = [Complete(), Exactly(placements=timetable.placements)]
    model = SearchModel(programme, candidates_of(programme, rules), rules)
    choices = ASPECTS[aspect].choices(model, programme.parts[PART])
    solver = cp_model.CpSolver()
    assert solver.solve(model.cp) == cp_model.OPTIMAL
    return {value for value, variable in choices.items() if solver.value(literal_of(variable))}


@pytest.mark.parametrize(("aspect", "number"), [*product(ASPECTS, range(6))])
def test_the_model_has_what_the_timetable_has(aspect: str, number: int) -> None:
    programme = with_choices()
    every = sorted(allowed(programme, [Complete()]), key=lambda one: [each.rank for each in one.placements])
    timetable = every[number * (len(every) - 1) // 5]
    had = ASPECTS[aspect].had(programme.parts[PART], timetable.of(PART))
    assert chosen(programme, aspect, timetable) == set(had)
