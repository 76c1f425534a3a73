"""Measures the families of instances, prints their tables row by row, and keeps the rows in RESULTS.md.

`python -m benchmarks --data DATA --family all --budget short`, or `make bench DATA=… FAMILY=… BUDGET=…`. README.md
beside this file says what is measured and how.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.families import BUDGETS, FAMILIES, PUBLIC, Instance, instances_of
from benchmarks.peers import PEERS, peers_of
from benchmarks.rows import RESULTS, append
from benchmarks.runs import compared
from benchmarks.table import Line, head_of, line, row, sums


def main(words: Sequence[str] | None = None) -> int:
    """Measures the families asked for; 1 where a run was wrong, or a family has no instances."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--data", type=Path, help="a folder with bench-data and tools")
    parser.add_argument("--family", choices=(*FAMILIES, "all"), default="all")
    parser.add_argument("--budget", choices=BUDGETS, default="short")
    parser.add_argument("--peers", type=Path, default=PEERS, help="what others reach")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where rows are kept")
    chosen = parser.parse_args(words)
    families = FAMILIES if chosen.family == "all" else (chosen.family,)
    if chosen.data is None and not PUBLIC.keys().isdisjoint(families):
        parser.error("--data: where are the public instances?")
    measured = [measure(family, chosen) for family in families]
    return int(not all(lines and not _wrong(lines) for lines in measured))


def measure(family: str, chosen: argparse.Namespace) -> list[Line]:
    """Prints and keeps the table of a family, each row once its runs have ended."""
    head = head_of(family, peers_of(chosen.peers, family))
    print(f"\n{head}", flush=True)
    lines = []
    for instance in instances_of(family, chosen.data, chosen.peers, BUDGETS[chosen.budget]):
        lines.append(_measured(family, instance))
        _keep(chosen.results, head, row(lines[-1], chosen.budget))
    if lines:
        _keep(chosen.results, head, sums(lines, chosen.budget))
    else:
        print(f"!!! {family}: no instances found", file=sys.stderr)
    return lines


def _wrong(lines: Sequence[Line]) -> bool:
    return any(run.wrong for found in lines for run in found.runs)


def _measured(family: str, instance: Instance) -> Line:
    runs = []
    for seed in range(instance.seeds):
        runs.append(compared(instance.run(seed), instance.others.best, instance.is_most_best))
        if runs[-1].wrong:
            print(f"!!! {family}, {instance.name}, seed {seed}: {runs[-1].outcome}", file=sys.stderr, flush=True)
    return line(instance, runs)


def _keep(results: Path, head: str, found: str) -> None:
    print(found, flush=True)
    append(results, head, found)


if __name__ == "__main__":
    sys.exit(main())
