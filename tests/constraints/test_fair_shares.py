from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.fair_shares import FairShares
from programmes import SMALL, write
from scheduler.problem import read_problem
from small import at, classes, module, small, timetable
from solving import allowed, cheapest

GROUPS = {
    "all": {"title": "All"},
    "a": {"title": "A", "part_of": "all"},
    "b": {"title": "B", "part_of": "all"},
    "guests": {"title": "Guests"},
}
TRAINERS = {key: {"title": key.title()} for key in ("ann", "bob")}
LATE_OR_FRIDAY = [{"hours": "16:00-24:00"}, {"weekday": "friday"}]


def plain(**tables: Any) -> Programme:
    parts = [
        classes(4, trainer=["ann", "bob"]),
        classes(2, id="a", group="a", trainer="ann"),
        classes(2, id="guests", group="guests", trainer=["ann", "bob"], together=2),
    ]
    return small(**{"groups": GROUPS, "trainers": TRAINERS, "modules": {"m": module(*parts)}} | tables)


def rule_of(of: str, **parameters: Any) -> FairShares:
    return FairShares.model_validate({"of": of, "unloved": LATE_OR_FRIDAY, "share": 1} | parameters)


def breaches(programme: Programme, rule: FairShares, *placements: Placement) -> list[tuple[str, int]]:
    return [(str(one.message), one.excess) for one in rule.check(programme, timetable(*placements))]


def given(by: str, *moments: str, part: str = "m.virtual-class") -> list[Placement]:
    return [at(moment, part=part, trainers=tuple(by.split())) for moment in moments]


def test_exactly_the_share_costs_nothing_and_each_session_beyond_it_costs_one() -> None:
    """Friday 6, late on Monday 2 and Tuesday 3."""
    one, two, three = "2026-11-06 09:00", "2026-11-02 16:00", "2026-11-03 16:00"
    assert breaches(plain(), rule_of("trainers"), *given("ann", one, "2026-11-02 15:00")) == []
    assert breaches(plain(), rule_of("trainers"), *given("ann", one, two, three)) == [
        ("3 sessions at times that nobody likes for trainer “Ann”; the share is 1", 2)
    ]
    assert breaches(plain(), rule_of("trainers", share=0), *given("ann", one)) == [
        ("1 session at a time that nobody likes for trainer “Ann”; the share is 0", 1)
    ]
    assert breaches(plain(), rule_of("trainers"), *given("ann", one), *given("bob", two)) == []


def test_a_minute_of_an_unloved_time_is_enough_and_two_patterns_count_once() -> None:
    rule = rule_of("trainers", share=0)
    touching = at("2026-11-02 15:15", trainers=("ann",))
    both = at("2026-11-06 16:00", trainers=("ann",))
    assert [excess for _, excess in breaches(plain(), rule, touching)] == [1]
    assert [excess for _, excess in breaches(plain(), rule, both)] == [1]


def test_dated_patterns() -> None:
    rule = rule_of("trainers", unloved=[{"dates": [date(2026, 11, 9), date(2026, 11, 10)]}], share=0)
    days = [f"2026-11-{day} 09:00" for day in ("06", "09", "10", "12")]
    assert [excess for _, excess in breaches(plain(), rule, *given("ann", *days))] == [2]


def test_everyone_who_gives_a_session_has_it_but_not_a_substitute() -> None:
    together = given("ann bob", "2026-11-06 09:00", part="m.guests")
    substitute = given("bob", "2026-11-06 14:00", part="m.a")
    assert breaches(plain(), rule_of("trainers", share=0), *together, *substitute) == [
        ("1 session at a time that nobody likes for trainer “Ann”; the share is 0", 1),
        ("1 session at a time that nobody likes for trainer “Bob”; the share is 0", 1),
    ]


def test_groups_share_by_enrolment() -> None:
    """Who is in "a" has two more than the others; guests have their own."""
    of_all = given("ann", "2026-11-06 09:00", "2026-11-06 10:00")
    of_a = given("ann", "2026-11-06 11:00", "2026-11-13 11:00", part="m.a")
    of_guests = given("ann bob", "2026-11-06 09:00", part="m.guests")
    assert breaches(plain(), rule_of("groups"), *of_all, *of_a, *of_guests) == [
        ("4 sessions at times that nobody likes for groups “All” and “A”; the share is 1", 3),
        ("2 sessions at times that nobody likes for group “All”; the share is 1", 1),
    ]


@pytest.mark.parametrize("parameters", [{"of": "places"}, {"unloved": []}, {"share": -1}])
def test_what_is_no_share(parameters: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FairShares.model_validate({"of": "trainers", "unloved": LATE_OR_FRIDAY, "share": 1} | parameters)


def test_a_programme_file_declares_it(tmp_path: Path) -> None:
    text = f"""{SMALL}
[preferences.fair_shares]
of = "trainers"
unloved = [{{ hours = "16:00-24:00" }}, {{ weekday = "friday" }}]
share = 1
"""
    problem = read_problem(write(tmp_path, text))
    assert [rule for rule in problem.rules if isinstance(rule, FairShares)] == [rule_of("trainers")]


def test_the_model_shares_out_what_somebody_has_to_take() -> None:
    """Four sessions on a Friday, 9:00 to 13:00: two each within a share of 2; one each of two is beyond one of 1."""
    friday = {"dates": [date(2026, 11, 6)] * 2, "opening_hours": {"friday": "09:00-13:00"}}
    programme = plain(**friday, modules={"m": module(classes(4, trainer=["ann", "bob"]))})
    assert len(allowed(programme, [Complete()])) == 2**4
    assert cheapest(programme, [Complete(), rule_of("trainers", share=2, weight=3)]) == 0
    assert cheapest(programme, [Complete(), rule_of("trainers", share=1, weight=3)]) == 3 * 2
    assert cheapest(programme, [Complete(), rule_of("groups", share=1, weight=3)]) == 3 * 3
