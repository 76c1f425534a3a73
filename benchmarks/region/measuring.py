"""How long the plan of a region takes, and how good it provably is."""

from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from time import perf_counter
from typing import NamedTuple

from benchmarks.rows import dated_row
from calendars.site import programme_files
from scheduler.piecewise import search_plan
from scheduler.plan import Plan, plan_of, read_problems
from scheduler.result import Limits, Result

HEADER = (
    "| date | commit | machine | courses | people | reading s | lawful after s | stopped after s "
    "| levels, value and bound | MiB |\n"
    "|---|---|---|---|---|---|---|---|---|---|"
)


class Measured(NamedTuple):
    """The plan of a folder's files, the seconds that they took to read, and how the search ended."""

    plan: Plan
    reading: float
    result: Result


def measured(folder: Path, seconds: float) -> Measured:
    """Reads the files in a folder and searches their plan for so many seconds."""
    start = perf_counter()
    paths = programme_files([folder])
    plan = plan_of(read_problems(paths), paths)
    reading = perf_counter() - start
    return Measured(plan, reading, search_plan(plan, Limits(seconds=seconds)))


def row(found: Measured) -> str:
    """A row of the table."""
    plan, reading, result = found
    people = frozenset[str]().union(*(group.students for group in plan.whole.programme.groups.values()))
    return dated_row(
        str(len(plan.problems)),
        str(len(people)),
        f"{reading:.1f}",
        f"{result.seconds_to_lawful:.1f}",
        f"{result.seconds:.0f}",
        ", ".join(f"{level.value} ≥ {level.bound}" for level in result.levels) or result.outcome.value,
        str(getrusage(RUSAGE_SELF).ru_maxrss // 1024),
    )
