"""A problem from its file: rules once or several times, faults with their lines, and a schema that knows them all."""

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from calendars.faults import FaultyInput
from constraints import RULES
from constraints.capacity import Capacity
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.even_load import EvenLoad
from constraints.one_at_a_time import OneAtATime
from constraints.regular_slot import RegularSlot
from constraints.rule import Preference
from constraints.spread import Spread
from constraints.steady import Steady
from constraints.trainer_preference import TrainerPreference
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from constraints.working_hours import WorkingHours
from programmes import ROOT, SMALL, changed, write
from scheduler.problem import read_problem, schema

RULES_OF_SMALL = SMALL.index("[laws.days_off]")
THINGS = SMALL[:RULES_OF_SMALL]
FIRST = THINGS.count("\n") + 1
"""The line after the things."""


def faults_of(folder: Path, text: str) -> list[str]:
    path = write(folder, text)
    with pytest.raises(FaultyInput) as refused:
        read_problem(path)
    return [fault.words("en").removeprefix(f"{folder}/") for fault in refused.value.faults]


def test_the_programme_has_the_name_of_its_file(tmp_path: Path) -> None:
    programme = read_problem(write(tmp_path, name="le-mans.toml")).programme
    assert (programme.key, programme.title, list(programme.parts)) == (
        "le-mans",
        "Small year",
        ["design.virtual-class"],
    )


def test_rules_stand_in_the_order_in_which_they_strike_whatever_the_file_says(tmp_path: Path) -> None:
    rules = "[preferences.trainer_preference]\n[laws.one_at_a_time]\n[laws.working_hours]\n[laws.days_off]\n"
    problem = read_problem(write(tmp_path, THINGS + rules))
    assert problem.rules == (Complete(), Within(), DaysOff(), WorkingHours(), OneAtATime(), TrainerPreference())


def test_some_laws_hold_without_a_word_in_the_file(tmp_path: Path) -> None:
    assert read_problem(write(tmp_path, THINGS)).rules == (Complete(), Within())


def test_a_law_once_or_several_times(tmp_path: Path) -> None:
    once = THINGS + "[laws.spread]\nsessions_per_week = 2\n"
    listed = THINGS + "[[laws.spread]]\nsessions_per_week = 2\n"
    twice = listed + "[[laws.spread]]\ndays_apart = 3\n"
    weekly, apart = Spread(sessions_per_week=2), Spread(days_apart=3)
    assert read_problem(write(tmp_path, once)).rules[2:] == (weekly,)
    assert read_problem(write(tmp_path, listed)).rules[2:] == (weekly,)
    assert read_problem(write(tmp_path, twice)).rules[2:] == (weekly, apart)


def test_a_weight_makes_a_law_a_matter_of_price(tmp_path: Path) -> None:
    rules = (
        '[[laws.weekly_load]]\ngroup = "all"\nat_most_hours = 9\n'
        '[[laws.weekly_load]]\ngroup = "all"\nat_most_hours = 2\nweight = 5\nlevel = 2\n'
        "[preferences.regular_slot]\n"
    )
    problem = read_problem(write(tmp_path, THINGS + rules))
    kept = WeeklyLoad(group="all", at_most_hours=9)
    priced = WeeklyLoad(group="all", at_most_hours=2, weight=5, level=2)
    assert problem.laws == (Complete(), Within(), kept)
    assert problem.priced == (priced, RegularSlot())


def test_places_are_limited_and_staff_is_kept_where_the_file_says_so(tmp_path: Path) -> None:
    rules = "[preferences.steady]\nweight = 3\nlevel = 2\n[laws.capacity]\n"
    assert read_problem(write(tmp_path, THINGS + rules)).rules[2:] == (Capacity(), Steady(weight=3, level=2))


def test_a_law_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert faults_of(tmp_path, THINGS + "[laws.one_at_time]\n[preferences.regular_slots]\n") == [
        f"small.toml:{FIRST}, laws.one_at_time: no law has that name yet; did you mean one_at_a_time?",
        f"small.toml:{FIRST + 1}, preferences.regular_slots: no preference has that name yet; "
        "did you mean regular_slot?",
    ]


def test_a_preference_is_no_law_and_what_always_holds_is_not_declared(tmp_path: Path) -> None:
    assert [fault.split("; ")[0] for fault in faults_of(tmp_path, THINGS + "[laws.near_date]\n[laws.within]\n")] == [
        f"small.toml:{FIRST}, laws.near_date: no law has that name yet",
        f"small.toml:{FIRST + 1}, laws.within: no law has that name yet",
    ]


def test_a_faulty_parameter_has_its_line(tmp_path: Path) -> None:
    assert faults_of(tmp_path, THINGS + "[laws.spread]\nsessions_per_week = 0\n") == [
        f"small.toml:{FIRST + 1}, laws.spread.sessions_per_week: sessions_per_week is 0; the least is 1"
    ]


def test_what_a_rule_refuses_has_its_line(tmp_path: Path) -> None:
    rules = '[laws.days_off]\n[laws.open_days]\ngroup = "al"\ndays_per_week = 2\n'
    assert faults_of(tmp_path, THINGS + rules) == [
        f"small.toml:{FIRST + 1}, laws.open_days: the programme has no group al; did you mean all?"
    ]


def test_what_the_second_of_two_refuses_has_the_line_of_the_second(tmp_path: Path) -> None:
    rules = '[[laws.spread]]\ndays_apart = 2\n[[laws.spread]]\nmodules = ["desing"]\ndays_apart = 3\n'
    assert faults_of(tmp_path, THINGS + rules) == [
        f"small.toml:{FIRST + 2}, laws.spread[1]: there is no module desing; did you mean design?"
    ]


def test_what_several_rules_refuse_is_told_at_once_in_order_of_line(tmp_path: Path) -> None:
    rules = (
        '[preferences.even_load]\ngroup = "nobody"\ntarget_hours_per_week = 2\n'
        '[laws.open_days]\ngroup = "al"\ndays_per_week = 2\n'
    )
    assert faults_of(tmp_path, THINGS + rules) == [
        f"small.toml:{FIRST}, preferences.even_load: there is no group nobody; choose from all",
        f"small.toml:{FIRST + 3}, laws.open_days: the programme has no group al; did you mean all?",
    ]


def test_the_defaults_of_a_rule_are_its_own(tmp_path: Path) -> None:
    rules = '[preferences.even_load]\ngroup = "all"\ntarget_hours_per_week = 2\n[laws.one_at_a_time]\n'
    assert read_problem(write(tmp_path, THINGS + rules)).rules[2:] == (
        OneAtATime(buffer_minutes=15, between_site_and_virtual_minutes=60),
        EvenLoad(group="all", target_hours_per_week=2, weight=1, level=1),
    )


def test_the_schema_knows_every_rule_and_no_other() -> None:
    declared = {rule.name for rule in RULES if rule.origin == "file"}
    tables = [schema()["$defs"][name]["properties"] for name in ("Laws", "Preferences")]
    assert set(tables[0]) | set(tables[1]) == declared
    assert set(tables[1]) == {rule.name for rule in RULES if issubclass(rule, Preference)} & declared
    assert set(tables[0]) & set(tables[1]) == set()


def test_the_schema_is_json_and_every_reference_in_it_leads_somewhere() -> None:
    whole = json.loads(json.dumps(schema()))
    assert whole == schema()
    named = {reference.removeprefix("#/$defs/") for reference in references(whole)}
    assert named == set(whole["$defs"])


def references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        yield from (value for key, value in part.items() if key == "$ref")
        part = list(part.values())
    if isinstance(part, list):
        for each in part:
            yield from references(each)


def test_the_schema_accepts_a_law_once_or_several_times() -> None:
    several = SMALL + "[[laws.spread]]\nsessions_per_week = 2\n[[laws.spread]]\ndays_apart = 1\n"
    assert refused_by_schema(SMALL) == []
    assert refused_by_schema(several) == []


@pytest.mark.parametrize("file", sorted((ROOT / "programmes").glob("*.toml")), ids=lambda file: file.stem)
def test_the_schema_accepts_the_programmes_of_the_house(file: Path) -> None:
    assert refused_by_schema(file.read_text("utf-8")) == []


def test_the_schema_refuses_what_the_door_refuses() -> None:
    assert refused_by_schema(changed("sessions = 3", 'sessions = "3"')) == ["modules.design.parts.0: no alternative"]
    assert refused_by_schema(changed('title = "Ann"', 'titel = "Ann"')) == [
        "trainers.ann: unknown titel",
        "trainers.ann: missing title",
    ]
    assert refused_by_schema(SMALL + '[laws.open_days]\ngroup = "all"\n') == ["laws.open_days: no alternative"]


def refused_by_schema(text: str) -> list[str]:
    """What the schema refuses in a programme, dates being text to it."""
    tables = json.loads(json.dumps(tomllib.loads(text), default=str))
    return list(refusals(tables, schema(), schema()["$defs"], ""))


def refusals(value: Any, form: dict[str, Any], defs: dict[str, Any], place: str) -> Iterator[str]:
    """JSON Schema as far as ours goes: types, alternatives, references, keys, words, patterns and limits."""
    if "$ref" in form:
        yield from refusals(value, defs[form["$ref"].removeprefix("#/$defs/")], defs, place)
    for alternatives in (form.get("anyOf"), form.get("oneOf")):
        if alternatives and all(list(refusals(value, each, defs, place)) for each in alternatives):
            yield f"{place}: no alternative"
    types: dict[str, type | tuple[type, ...]] = {
        "object": dict,
        "array": list,
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
    }
    if "type" in form and form["type"] != "null" and not isinstance(value, types[form["type"]]):
        yield f"{place}: no {form['type']}"
        return
    if form.get("type") == "null" and value is not None:
        yield f"{place}: not null"
    if value not in form.get("enum", [value]) or value != form.get("const", value):
        yield f"{place}: another word"
    if "pattern" in form and not re.search(form["pattern"], value):
        yield f"{place}: another pattern"
    if "minimum" in form and not form["minimum"] <= value <= form.get("maximum", value):
        yield f"{place}: beyond the limits"
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from refusals(each, form.get("items", {}), defs, f"{place}.{number}")
    if isinstance(value, dict) and "properties" in form:
        yield from (f"{place}: unknown {key}" for key in value if key not in form["properties"])
        yield from (f"{place}: missing {key}" for key in form.get("required", ()) if key not in value)
        for key, each in form["properties"].items():
            if key in value:
                yield from refusals(value[key], each, defs, f"{place}.{key}".lstrip("."))
    for pattern, each in form.get("patternProperties", {}).items():
        for key in value:
            if re.search(pattern, key):
                yield from refusals(value[key], each, defs, f"{place}.{key}".lstrip("."))


def test_the_schema_accepts_one_trainer_and_place_or_several() -> None:
    several = changed('trainer = "ann"', 'trainer = ["ann"]\ntogether = 1\nplace = ["room", "hall"]')
    assert refused_by_schema(several) == []
    assert refused_by_schema(changed('trainer = "ann"', "trainer = 3")) == ["modules.design.trainer: no alternative"]
