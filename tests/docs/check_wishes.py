"""The page of impossible wishes: each change is made, each answer is what the page shows.

`SEMAINIER_GOLDEN=rewrite` writes the answers into the page instead.
"""

import os
import re
from pathlib import Path
from shutil import copytree

import pytest

from door import semainier_here
from programmes import ROOT

PAGE = ROOT / "docs" / "impossible-wishes.md"
CHANGE = re.compile(r"```diff\nprogrammes/(.+)\n-(.+)\n\+(.+)\n```\n")
ANSWER = re.compile(r"```text (en|fr)\n(.*?)```\n", re.DOTALL)


def wishes() -> list[str]:
    """The sections of the page, one for each wish."""
    return [section for section in PAGE.read_text("utf-8").split("\n## ") if CHANGE.search(section)]


@pytest.mark.parametrize("number", range(3))
def test_the_page_shows_what_the_command_prints(number: int, tmp_path: Path) -> None:
    section = wishes()[number]
    told = {language: answer(section, language, tmp_path) for language in ("en", "fr")}
    if os.environ.get("SEMAINIER_GOLDEN") == "rewrite":
        new = ANSWER.sub(lambda found: f"```text {found[1]}\n{told[found[1]]}```\n", section)
        PAGE.write_text(PAGE.read_text("utf-8").replace(section, new), "utf-8")
    else:
        assert dict(ANSWER.findall(section)) == told


def answer(section: str, language: str, folder: Path) -> str:
    """What `why` prints of the changed programme."""
    found = CHANGE.search(section)
    assert found is not None
    name, before, after = found.groups()
    changed = folder / language
    copytree(ROOT / "programmes", changed)
    text = (changed / name).read_text("utf-8")
    assert text.count(f"\n{before}\n") == 1
    (changed / name).write_text(text.replace(before, after), "utf-8")
    ended = semainier_here("why", str(changed / name), "--lang", language)
    assert ended.code == 1
    return ended.out
