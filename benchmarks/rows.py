"""Rows of RESULTS.md: when, of which commit and on what machine something was measured, and where a row goes."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

RESULTS = Path(__file__).with_name("RESULTS.md")
_MEASURED = ("benchmarks/RESULTS.md", "benchmarks/points", "docs/figures")


def dated_row(*cells: object) -> str:
    """A row of a table that begins with the columns date, commit and machine."""
    return f"| {' | '.join(map(str, (*origin(), *cells)))} |"


def origin() -> tuple[str, str, str]:
    """Date, commit and machine of what is measured now."""
    return f"{datetime.now(UTC):%Y-%m-%d}", commit(), machine()


@cache
def commit() -> str:
    """The commit that is measured, marked where files differ from it; results may, since measuring makes them.

    A copy of the project that git does not know has none.
    """
    try:
        described = subprocess.run(["git", "describe", "--always"], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "no commit"
    differs = ["git", "diff", "--quiet", "HEAD", "--", ":(top)", *(f":(top,exclude){path}" for path in _MEASURED)]
    return described.stdout.strip() + ("-dirty" if subprocess.run(differs, check=False).returncode else "")


def machine() -> str:
    """Cores, processor family and Python, without a name."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def append(results: Path, head: str, row: str) -> None:
    """Puts a row at the end of the table that begins with a head; where there is none yet, both at the end.

    A head is a heading, what is to be said, and the first two lines of the table.
    """
    text = results.read_text(encoding="utf-8") if results.exists() else ""
    if head not in text:
        text = f"{text}\n{head}\n" if text else f"{head}\n"
    before, _, after = text.partition(head)
    table, gap, rest = after.rstrip("\n").partition("\n\n")
    results.write_text(f"{before}{head}{table}\n{row}{gap}{rest}\n", encoding="utf-8")
