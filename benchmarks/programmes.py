"""Measures the shipped programmes as a user runs them, and prints dated rows for RESULTS.md.

`python -m benchmarks.programmes [--seeds 3] programmes/*.toml`: each programme is solved with each seed, one run at a
time; the median of the seeds counts. Seconds to the first lawful year, and in all, are the search's own, from the
candidates on; CPU seconds and peak memory are the whole command's, as the system counts them.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.process import ended
from benchmarks.rows import dated_row

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
    return dated_row(
        programme.stem,
        f"{median(_seconds(run, 'seconds_to_lawful') for run in runs):.1f}",
        f"{median(_seconds(run, 'seconds') for run in runs):.1f}",
        f"{median(run.cpu_seconds for run in runs):.1f}",
        f"{max(run.peak_megabytes for run in runs):.0f}",
        levels(runs[0]),
    )


def solve(programme: Path, seed: int) -> Run:
    """Solves a programme once, into a folder that is thrown away."""
    with TemporaryDirectory() as folder:
        return command(["solve", str(programme), "-o", folder, "--seed", str(seed), "--json"])


def command(words: Sequence[str]) -> Run:
    """Runs `semainier` and measures the process."""
    process = ended([sys.executable, "cli.py", *words])
    if process.code:
        raise SystemExit(f"semainier {' '.join(words)} ended with {process.code}")
    outcome = json.loads(process.printed) if process.printed.startswith("{") else {}
    return Run(outcome, process.cpu_seconds, process.mebibytes)


def levels(run: Run) -> str:
    """Value and bound of each level: `7/7 8/8 0/0`."""
    found = run.outcome["levels"]
    assert isinstance(found, list)
    return " ".join(f"{level['value']}/{level['bound']}" for level in found)


def _seconds(run: Run, key: str) -> float:
    return float(str(run.outcome[key]))


if __name__ == "__main__":
    main()
