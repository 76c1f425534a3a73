"""How long the plan of a region takes, and how good it provably is."""

from datetime import UTC, datetime
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter

from benchmarks.programmes import commit, machine
from calendars.site import programme_files
from scheduler.piecewise import search_plan
from scheduler.plan import plan_of, read_problems
from scheduler.search import Limits

HEADER = (
    "| date | commit | machine | courses | people | reading s | lawful after s | stopped after s "
    "| levels, value and bound | MiB |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


def row(folder: Path, seconds: float) -> str:
    """A row for the files in a folder, searched for so many seconds."""
    start = perf_counter()
    paths = programme_files([folder])
    plan = plan_of(read_problems(paths), paths)
    reading = perf_counter() - start
    result = search_plan(plan, Limits(seconds=seconds))
    people = frozenset[str]().union(*(group.students for group in plan.whole.programme.groups.values()))
    cells = (
        f"{datetime.now(UTC):%Y-%m-%d}",
        commit(),
        machine(),
        str(len(plan.problems)),
        str(len(people)),
        f"{reading:.1f}",
        f"{result.seconds_to_lawful:.1f}",
        f"{result.seconds:.0f}",
        ", ".join(f"{level.value} ≥ {level.bound}" for level in result.levels) or result.outcome.value,
        str(getrusage(RUSAGE_SELF).ru_maxrss // 1024),
    )
    return f"| {' | '.join(cells)} |"
