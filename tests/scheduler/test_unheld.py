"""Which defences of an impossible programme cannot be held, and whose availability would free them."""

from dataclasses import replace
from datetime import date
from typing import Any

from calendars.programme import Programme
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.one_at_a_time import OneAtATime
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.problem import Problem
from scheduler.result import Limits, Outcome
from scheduler.search import search
from scheduler.unheld import Freed, Unheld, unheld
from small import at, classes, module, small

MORNING = {"hours": "09:00-10:00"}


def defended(**trainers: Any) -> Programme:
    """Two students on 2 November, each before a president and a tutor, who can when they say, or at any time."""
    defences = [
        {"student": "one", "jury": {"tutor": "ann"}},
        {"student": "two", "jury": {"tutor": "bob"}},
    ]
    part = {"kind": "defence", "minutes": 60, "jury": ["president", "tutor"], "defences": defences}
    return small(
        dates=[_day(2), _day(2)],
        groups={"all": {"title": "All", "students": ["one", "two"]}},
        trainers={key: {"title": key.title()} | trainers.get(key, {}) for key in ("pat", "ann", "bob")},
        roles={"president": {"title": "President", "trainers": "pat"}, "tutor": {"title": "Tutor"}},
        modules={"m": module(part)},
    )


def _day(number: int) -> date:
    return date(2026, 11, number)


def problem(programme: Programme) -> Problem:
    laws = Complete(), Within(), WorkingHours(), Availability(), OneAtATime(buffer_minutes=0)
    return Problem(programme, laws)


def answer(programme: Programme) -> Unheld | None:
    asked = problem(programme)
    assert search(asked, Limits()).outcome == Outcome.IMPOSSIBLE
    return unheld(asked, Limits())


def test_a_tutor_who_can_only_when_the_president_cannot() -> None:
    found = answer(
        defended(pat={"can": [MORNING]}, ann={"cannot": [MORNING]}, bob={"cannot": [{"hours": "10:00-17:00"}]})
    )
    assert found is not None
    [lacking] = found.parts
    assert lacking in ("m.defence.one", "m.defence.two")
    assert {each.trainer for each in found.freed} == {"pat"}


def test_a_president_with_one_hour_for_two_defences() -> None:
    found = answer(defended(pat={"can": [MORNING]}))
    assert found is not None
    [lacking] = found.parts
    assert [(freed.trainer, [each.activity for each in freed.defences]) for freed in found.freed] == [
        ("pat", [lacking])
    ]


def test_whoever_could_come_at_another_time_is_told() -> None:
    found = answer(defended(ann={"can": [MORNING]}, pat={"cannot": [MORNING]}))
    assert found is not None
    assert found.parts == ("m.defence.one",)
    assert [freed.trainer for freed in found.freed] == ["pat", "ann"]
    assert found.freed[0] == Freed("pat", (at("2026-11-02 09:00", 60, "m.defence.one", ("pat", "ann")),))


def test_nobody_alone_may_free_a_defence() -> None:
    found = answer(defended(ann={"can": [MORNING]}, pat={"cannot": [{"hours": "09:00-17:00"}]}))
    assert found is not None
    assert found.parts == ("m.defence.one", "m.defence.two")
    assert [freed.trainer for freed in found.freed] == ["pat"]


def test_a_programme_without_defences_has_no_answer() -> None:
    plain = small(dates=[_day(2), _day(2)], modules={"m": module(classes(9))})
    assert answer(plain) is None


def test_where_another_session_is_lacking_too_there_is_no_answer() -> None:
    programme = defended(pat={"can": [MORNING]})
    part = replace(
        programme.parts["m.defence.one"], key="m.x", student=None, roles=(), trainers=("pat",), together=1, count=3
    )
    crowded = replace(programme, parts={**programme.parts, "m.x": part})
    assert answer(crowded) is None
