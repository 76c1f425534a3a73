"""Whom and where a session had: told of what may be chosen, and of nothing else."""

from datetime import date
from typing import Any

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.stays import assigned, lost
from small import at, classes, module, on, small, week_of, work
from solving import model_of

STAFF: dict[str, Any] = {
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve", "zoe")},
    "places": {key: {"title": key.title()} for key in ("room", "hall", "gym")},
}
EITHER: dict[str, Any] = {"trainer": ["ann", "bob", "eve"], "together": 2, "place": ["room", "hall"]}
BEFORE = at("2026-11-10 09:00", trainers=("ann", "bob"), place="room")


def year(**keys: Any) -> Programme:
    dates = [date(2026, 11, 10), date(2026, 11, 12)]
    block = {"title": "Seminar", "kind": "seminar", "days": 1, "group": "all", "dates": dates}
    return small(dates=dates, **STAFF, modules={"m": module(classes(1, **keys), work(1))}, blocks={"b": block})


@pytest.mark.parametrize(
    ("there", "gone"),
    [
        ([BEFORE], []),
        ([BEFORE._replace(trainers=("bob", "ann"))], []),
        ([BEFORE._replace(trainers=("eve", "ann"))], ["bob"]),
        ([BEFORE._replace(place="hall")], ["room"]),
        ([BEFORE._replace(trainers=("eve",), place=None)], ["ann", "bob", "room"]),
        ([], ["ann", "bob", "room"]),
    ],
)
def test_what_a_session_has_lost(there: list[Placement], gone: list[str]) -> None:
    assert lost(year(**EITHER).parts["m.virtual-class"], BEFORE, there) == gone


def test_where_there_is_no_choice_nothing_is_lost() -> None:
    assert lost(year(trainer="eve", place="hall").parts["m.virtual-class"], BEFORE, []) == []
    assert lost(year(**EITHER).parts["m.virtual-class"], at("2026-11-10 09:00"), []) == []


def test_the_unknowns_are_those_of_what_it_had() -> None:
    programme = year(**EITHER)
    model, part = model_of(programme, []), programme.parts["m.virtual-class"]
    assert list(assigned(model, part, BEFORE)) == [
        model.given_by(part.key, "ann"),
        model.given_by(part.key, "bob"),
        model.in_place(part.key, "room"),
    ]
    strangers = BEFORE._replace(trainers=("ann", "zoe"), place="gym")
    assert list(assigned(model, part, strangers)) == [model.given_by(part.key, "ann"), {}, {}]


def test_blocks_and_work_have_none() -> None:
    programme = year(**EITHER)
    model = model_of(programme, [])
    for before in (on("2026-11-10"), week_of("2026-11-09", 60)):
        assert list(assigned(model, programme.activities[before.activity], before)) == []
