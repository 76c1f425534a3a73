"""The page of impossible wishes: each change is made, each answer is what the page shows.

`SEMAINIER_GOLDEN=rewrite` writes the answers into the page instead.
"""

import os
import re
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest
from rich.console import Console

from console.screen import Screen
from console.why import tell_repairs, tell_why
from programmes import ROOT
from scheduler.conflict import Explanation, explain
from scheduler.problem import read_problem
from scheduler.repairs import Repair, repairs

PAGE = ROOT / "docs" / "impossible-wishes.md"
CHANGE = re.compile(r"```diff\nprogrammes/(.+)\n-(.+)\n\+(.+)\n```\n")
ANSWER = re.compile(r"```text (en|fr)\n(.*?)```\n", re.DOTALL)


def wishes() -> list[str]:
    """The sections of the page, one for each wish."""
    return [section for section in PAGE.read_text("utf-8").split("\n## ") if CHANGE.search(section)]


@pytest.mark.parametrize("number", range(3))
def test_the_page_shows_what_is_told(number: int, tmp_path: Path) -> None:
    section = wishes()[number]
    told = answers(section, tmp_path)
    if os.environ.get("SEMAINIER_GOLDEN") == "rewrite":
        new = ANSWER.sub(lambda found: f"```text {found[1]}\n{told[found[1]]}```\n", section)
        PAGE.write_text(PAGE.read_text("utf-8").replace(section, new), "utf-8")
    else:
        assert dict(ANSWER.findall(section)) == told


def answers(section: str, folder: Path) -> dict[str, str]:
    """What `why` finds of the changed programme, as it tells it in both languages."""
    found = CHANGE.search(section)
    assert found is not None
    name, before, after = found.groups()
    copytree(ROOT / "programmes", folder, dirs_exist_ok=True)
    text = (folder / name).read_text("utf-8")
    assert text.count(f"\n{before}\n") == 1
    (folder / name).write_text(text.replace(before, after), "utf-8")
    problem = read_problem(folder / name)
    explanation = explain(problem)
    ways_out = repairs(problem, explanation)
    return {language: in_words(explanation, ways_out, language) for language in ("en", "fr")}


def in_words(explanation: Explanation, ways_out: Sequence[Repair], language: str) -> str:
    """As the command prints it into a pipe."""
    printed = StringIO()
    screen = Screen(Console(file=printed), language)
    tell_why(screen, explanation)
    screen.gap()
    tell_repairs(screen, ways_out, ())
    return printed.getvalue()
