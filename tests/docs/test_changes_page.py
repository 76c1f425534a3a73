"""The reference of the changes file: its examples can be read, and every key stands where it belongs."""

import re
from pathlib import Path
from typing import get_args

from pydantic import BaseModel

from calendars.changes_file import ChangesFile, read_changes
from programmes import ROOT
from scheduler.problem import read_problem

PAGE = (ROOT / "docs" / "changes-file.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```\n", PAGE, re.DOTALL)
KEY = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def examples(folder: Path) -> list[ChangesFile]:
    """What the examples tell."""
    found = []
    for text in EXAMPLES:
        path = folder / "changes.toml"
        path.write_text(text, "utf-8")
        found.append(read_changes(path)[0])
    return found


def rows_of(table: type[BaseModel]) -> list[str]:
    """The keys that the page should have of a table; tables in it have sections of their own."""
    return [name for name, field in table.model_fields.items() if not isinstance(field.default, tuple)]


def test_every_key_stands_in_its_section() -> None:
    sections = dict(re.findall(r"^## (?:`\[\[)?(\w+).*?\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
    tables = {name: get_args(field.annotation)[0] for name, field in ChangesFile.model_fields.items() if name != "why"}
    assert {name: KEY.findall(text) for name, text in sections.items()} == {
        "Top": rows_of(ChangesFile),
        **{name: rows_of(table) for name, table in tables.items()},
    }


def test_the_examples_show_every_table(tmp_path: Path) -> None:
    told = {name for each in examples(tmp_path) for name in each.model_fields_set}
    assert told == {*ChangesFile.model_fields}


def test_the_examples_name_what_the_programme_has(tmp_path: Path) -> None:
    programme = read_problem(ROOT / "programmes" / "ifuno-m1.toml").programme
    every = examples(tmp_path)
    sessions = [one.session for each in every for table in (each.move, each.missed, each.cancel) for one in table]
    parts = [one.part for each in every for one in each.add]
    zones = {zone for group in programme.groups.values() for zone in group.school_zones}
    assert {*parts, *(name.partition("#")[0] for name in sessions)} <= {*programme.parts}
    assert {one.trainer for each in every for one in each.away} <= {*programme.trainers}
    assert {one.place for each in every for one in each.closed} <= {*programme.places}
    assert {one.zone for each in every for one in each.school_holidays} <= zones
