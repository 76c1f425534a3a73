"""Small programme files, and the command run on them as people run it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent.parent

SMALL = """\
title = "Small year"
language = "en"
dates = [2026-11-09, 2026-11-20]
starts_every_minutes = 60

[opening_hours]
monday = "09:00-12:00"
tuesday = "09:00-12:00"
wednesday = "09:00-12:00"
thursday = "09:00-12:00"
friday = "09:00-12:00"

[groups.all]
title = "Everybody"

[trainers.ann]
title = "Ann"
prefers = [{ weekday = "tuesday" }]

[modules.design]
title = "Design"
group = "all"
trainer = "ann"

[[modules.design.parts]]
kind = "virtual-class"
sessions = 3
minutes = 60

[laws.days_off]
[laws.working_hours]
[laws.one_at_a_time]

[preferences.trainer_preference]
level = 1

[preferences.regular_slot]
level = 2
"""
"""Three sessions in two weeks, on 10 and 17 November if they can be; the 11th is off.

Level 1 costs nothing: all three on a Tuesday. Then one Tuesday has two of them, which makes a second weekly slot, so
that level 2 costs 1.
"""


def changed(old: str, new: str, text: str = SMALL) -> str:
    """A programme with one thing said otherwise."""
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
    return text.replace(old, new)


def write(folder: Path, text: str = SMALL, name: str = "small.toml") -> Path:
    """A programme file."""
    path = folder / name
    path.write_text(text, "utf-8")
    return path


class Run(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it said, with plain spaces."""
        return plain(self.out).splitlines()

    @property
    def errors(self) -> list[str]:
        """What it said beside, with plain spaces."""
        return plain(self.err).splitlines()


def environment(locale: str = "C.UTF-8") -> dict[str, str]:
    """What the command sees of the machine: nothing that names a language but this locale."""
    others = {key: value for key, value in os.environ.items() if key not in ("LANG", "LANGUAGE", "LC_MESSAGES")}
    return {**others, "LC_ALL": locale, "COLUMNS": "80"}


def command(*words: object) -> list[str]:
    """The command line from the top of the project."""
    return [sys.executable, "cli.py", *map(str, words)]


def semainier(*words: object, locale: str = "C.UTF-8") -> Run:
    """Runs the command to its end; a traceback fails the test."""
    run = subprocess.run(
        command(*words), cwd=ROOT, env=environment(locale), capture_output=True, text=True, timeout=120, check=False
    )
    assert "Traceback" not in run.stderr, run.stderr
    return Run(run.returncode, run.stdout, run.stderr)


def plain(text: str) -> str:
    """A text with plain spaces for those that French typography keeps from breaking."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path there."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
