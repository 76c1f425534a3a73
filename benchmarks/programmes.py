"""Measures the shipped programmes as a user runs them, and prints dated rows for RESULTS.md.

`python -m benchmarks.programmes [--seeds 3] programmes/*.toml`: each programme is solved with each seed, one run at a
time; the median of the seeds counts. Seconds to the first lawful year, and in all, are the search's own, from the
candidates on; CPU seconds and peak memory are the whole command's, as the system counts them.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

HEADER = (
    "| date | commit | machine | programme | first lawful s | all levels s | CPU s | peak MB | levels (value/bound) |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True)
class Run:
    """One run of the command: its outcome as JSON, its CPU seconds and its peak memory in megabytes."""

    outcome: dict[str, object]
    cpu_seconds: float
    peak_megabytes: float


def main(words: Sequence[str] | None = None) -> None:
    """Prints a row for each programme, then what the help of the command costs."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("programmes", nargs="+", type=Path)
    parser.add_argument("--seeds", type=int, default=3)
    chosen = parser.parse_args(words)
    print(HEADER)
    for programme in chosen.programmes:
        print(row(programme, [solve(programme, seed) for seed in range(chosen.seeds)]), flush=True)
    print(f"\n`semainier --help`: {median(command(['--help']).cpu_seconds for _ in range(5)):.2f} s of CPU")


def row(programme: Path, runs: Sequence[Run]) -> str:
    """A row of the table: medians, and the levels of the first seed."""
    cells = (
        f"{datetime.now(UTC):%Y-%m-%d}",
        commit(),
        machine(),
        programme.stem,
        f"{median(_seconds(run, 'seconds_to_lawful') for run in runs):.1f}",
        f"{median(_seconds(run, 'seconds') for run in runs):.1f}",
        f"{median(run.cpu_seconds for run in runs):.1f}",
        f"{max(run.peak_megabytes for run in runs):.0f}",
        levels(runs[0]),
    )
    return f"| {' | '.join(cells)} |"


def solve(programme: Path, seed: int) -> Run:
    """Solves a programme once, into a folder that is thrown away."""
    with TemporaryDirectory() as folder:
        return command(["solve", str(programme), "-o", folder, "--seed", str(seed), "--json"])


def command(words: Sequence[str]) -> Run:
    """Runs `semainier` and measures the process."""
    process = subprocess.Popen([sys.executable, "cli.py", *words], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    printed = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"semainier {' '.join(words)} ended with {process.returncode}")
    outcome = json.loads(printed) if printed.startswith(b"{") else {}
    return Run(outcome, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def levels(run: Run) -> str:
    """Value and bound of each level: `7/7 8/8 0/0`."""
    found = run.outcome["levels"]
    assert isinstance(found, list)
    return " ".join(f"{level['value']}/{level['bound']}" for level in found)


def commit() -> str:
    """The commit that is measured, marked where files differ from it."""
    described = subprocess.run(["git", "describe", "--always", "--dirty"], capture_output=True, text=True, check=True)
    return described.stdout.strip()


def machine() -> str:
    """Cores, processor family and Python, without a name."""
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"


def _seconds(run: Run, key: str) -> float:
    return float(str(run.outcome[key]))


if __name__ == "__main__":
    main()
