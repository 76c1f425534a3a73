"""Years as a person makes them: by the command, in a process of its own, from the files of `programmes/`."""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
AS_OF = "2026-11-22"

Run = subprocess.CompletedProcess[str]


def semainier(*words: object) -> Run:
    """The command as it is installed beside this interpreter."""
    command = [str(Path(sys.executable).with_name("semainier")), *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="session")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Path]:
    """Makes the year of a programme, once for each number, and gives its folder."""

    @cache
    def solve(programme: str, number: int) -> Path:
        folder = tmp_path_factory.mktemp(f"{programme}-{number}")
        run = semainier("solve", f"programmes/{programme}.toml", "-o", folder, "--as-of", AS_OF)
        assert run.returncode == 0, run.stdout + run.stderr
        return folder

    return solve


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[str, dict[str, Any]], Run]:
    """Judges a calendar, as it was made or as somebody edited it, by the laws of its programme."""

    def check(programme: str, calendar: dict[str, Any]) -> Run:
        edited = tmp_path / "calendar.json"
        edited.write_text(json.dumps(calendar), "utf-8")
        return semainier("check", "--lang", "en", f"programmes/{programme}.toml", edited)

    return check
