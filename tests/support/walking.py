"""Pages of docs that are walked through: each command is given in order, in a folder, as it stands on the page.

A block of `toml` whose first line is a comment with a file's name is that file. `SEMAINIER_GOLDEN=rewrite` writes what
the commands print into the pages. `SEMAINIER_WALKED=en` walks through the English pages alone.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

from programmes import ROOT, environment

BLOCK = re.compile(r"(?<=```)(console|toml)\n(.*?)(?=```\n)", re.DOTALL)
SECONDS = re.compile(r"\d+([.,]\d)?(?=\ss\b)")
"""How long a search takes depends on the machine; whole seconds are told without a fraction."""

BYTE_ORDER_MARK = "\ufeff"


class Walk(NamedTuple):
    """A page as it is, as its commands make it, and the codes with which they end where it is not 0."""

    path: Path
    page: str
    told: str
    codes: dict[str, int]

    def settle(self) -> None:
        """Compares the page with what is told, or writes it.

        Raises:
            AssertionError: where the page shows something else.
        """
        if os.environ.get("SEMAINIER_GOLDEN") == "rewrite":
            self.path.write_text(self.told, "utf-8")
        else:
            assert self.told == self.page


def languages_of(pages: Mapping[str, Path]) -> list[str]:
    """The languages of a walk: all of them, or the one that SEMAINIER_WALKED names."""
    return [language for language in pages if language in os.environ.get("SEMAINIER_WALKED", " ".join(pages)).split()]


def walk(path: Path, folder: Path, after: Callable[[str], None]) -> Walk:
    """Goes through a page in a folder that has the programmes; `after` hears of each command that was given."""
    page, codes = path.read_text("utf-8"), dict[str, int]()
    copytree(ROOT / "programmes", folder / "programmes")

    def given(command: str) -> str:
        run = in_shell(command, folder)
        if run.returncode:
            codes[command] = run.returncode
        after(command)
        told = (run.stdout + (run.stderr if run.returncode == 2 else "")).replace(BYTE_ORDER_MARK, "")
        return f"$ {command}\n" + SECONDS.sub("20", told)

    def made(block: re.Match[str]) -> str:
        kind, text = block.groups()
        if kind == "toml":
            name = text.partition("\n")[0].removeprefix("# ")
            (folder / name).write_text(text, "utf-8")
            return block[0]
        lines = text.splitlines()
        return "console\n" + "".join(given(line.removeprefix("$ ")) for line in lines if line.startswith("$ "))

    return Walk(path, page, BLOCK.sub(made, page), codes)


def in_shell(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """The command as it stands on the page, in a folder that has nothing but what the page has made there."""
    door = f'semainier() {{ "{sys.executable}" "{ROOT / "cli.py"}" "$@"; }}\n'
    run = subprocess.run(["bash", "-c", door + command], cwd=folder, env=environment(), capture_output=True, text=True)
    assert "Traceback" not in run.stderr, run.stderr
    return run
