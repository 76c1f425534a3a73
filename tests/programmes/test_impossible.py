"""Programmes that one law makes impossible: each is refused with the message that stands beside it, in both languages.

`make golden` rewrites the messages.
"""

import os
from itertools import takewhile
from pathlib import Path

import pytest

from constraints import RULES
from constraints.rule import Preference
from door import semainier_here

FOLDER = Path(__file__).parents[2] / "programmes" / "impossible"
FILES = sorted(FOLDER.glob("*.toml"))
LAWS = [rule.name for rule in RULES if rule.origin == "file" and not issubclass(rule, Preference)]


@pytest.mark.parametrize("law", [*LAWS, "within"])
def test_each_law_has_a_programme_that_it_makes_impossible(law: str) -> None:
    """Of what always holds `within` too; `complete` is kept wherever nothing else is in the way."""
    assert (FOLDER / f"{law}.toml").is_file()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_it_is_refused_in_the_words_beside_it(file: Path, language: str, tmp_path: Path) -> None:
    run = semainier_here("solve", file, "-o", tmp_path / "out", "--lang", language)
    beside = file.with_suffix(f".{language}.txt")
    if os.environ.get("SEMAINIER_GOLDEN") == "rewrite":
        beside.write_text(run.out, "utf-8")
    assert (run.code, run.out) == (1, beside.read_text("utf-8"))
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_the_law_is_named(file: Path) -> None:
    """A file has the name of its law, with what tells it from another one of the same law after that.

    Which defences cannot be held is told after it, whatever the law.
    """
    every = file.with_suffix(".en.txt").read_text("utf-8").splitlines()[1:]
    told = list(takewhile(lambda line: "cannot be held" not in line, every))
    assert told
    assert [line for line in told if file.stem.startswith(tuple(laws_in(line)))] == told


def laws_in(line: str) -> list[str]:
    return [law for law in [*LAWS, "within"] if law in line]
