from datetime import date
from typing import Any

from calendars.programme import Programme
from constraints.duties import Duty, candidates, duties_of_people, duties_of_place, duties_of_trainer
from small import at, classes, module, small
from solving import model_of

TABLES: dict[str, Any] = {
    "dates": [date(2026, 11, 2)] * 2,
    "opening_hours": {"monday": "09:00-11:00"},
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve")},
    "places": {key: {"title": key.title()} for key in ("room", "hall")},
    "groups": {"one": {"title": "One"}, "two": {"title": "Two"}},
}


def programme(**parts: dict[str, Any]) -> Programme:
    """The parts "m.<id>" of one session each, on a Monday with two starts: 9:00 and 10:00."""
    tables = [classes(1, id=key, **part) for key, part in parts.items()]
    return small(**TABLES, modules={"m": module(*tables, group="one")})


MIXED = programme(
    alone={"trainer": "ann", "place": "room"},
    pair={"trainer": ["ann", "bob"], "together": 2, "group": "two"},
    choice={"trainer": ["bob", "ann", "eve"], "together": 2, "place": ["hall", "room"]},
    nobody={},
)


def test_a_trainer_has_the_parts_that_name_them_and_a_share_of_those_that_choose() -> None:
    assert duties_of_trainer(MIXED, "ann") == (Duty("m.alone"), Duty("m.pair"), Duty("m.choice", trainer="ann"))
    assert duties_of_trainer(MIXED, "bob") == (Duty("m.pair"), Duty("m.choice", trainer="bob"))
    assert duties_of_trainer(MIXED, "eve") == (Duty("m.choice", trainer="eve"),)


def test_a_place_has_the_parts_that_name_it_and_a_share_of_those_that_choose() -> None:
    assert duties_of_place(MIXED, "room") == (Duty("m.alone"), Duty("m.choice", place="room"))
    assert duties_of_place(MIXED, "hall") == (Duty("m.choice", place="hall"),)


def test_people_are_the_trainers_then_the_enrolments() -> None:
    trainers = [duties_of_trainer(MIXED, key) for key in ("ann", "bob", "eve")]
    assert duties_of_people(MIXED, MIXED.enrolments) == [
        *trainers,
        (Duty("m.alone"), Duty("m.choice"), Duty("m.nobody")),
        (Duty("m.pair"),),
    ]
    assert duties_of_people(MIXED, []) == trainers


def test_the_unknowns_of_a_duty_are_those_of_its_part_its_trainer_or_its_place() -> None:
    model = model_of(MIXED, [])
    assert Duty("m.choice").choices(model) is model.choices("m.choice")
    assert Duty("m.choice", trainer="eve").choices(model) is model.given_by("m.choice", "eve")
    assert Duty("m.choice", place="hall").choices(model) is model.in_place("m.choice", "hall")


def test_the_candidates_of_duties_one_after_another() -> None:
    nine, ten = (at(f"2026-11-02 {hour}:00").span for hour in ("09", "10"))
    wanted = [Duty("m.nobody"), Duty("m.choice", trainer="eve")]
    assert candidates(model_of(MIXED, []), wanted) == [(duty, span) for duty in wanted for span in (nine, ten)]
