"""The families that are measured: their instances, and how one of them is run."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.peers import Others, others_on
from benchmarks.process import ended
from benchmarks.runs import Checker, Run, run, run_checked


class Budget(NamedTuple):
    """CPU seconds of a run on a public instance, seeds, sizes of regions in courses, and wall seconds of other runs."""

    cpu_seconds: int
    seeds: int
    courses: tuple[int, ...]
    region_seconds: int
    programme_seconds: int = 60


BUDGETS = {
    "short": Budget(cpu_seconds=30, seeds=1, courses=(20, 100), region_seconds=40),
    "long": Budget(cpu_seconds=240, seeds=3, courses=(20, 100, 500, 2000), region_seconds=240),
}


class Instance(NamedTuple):
    """An instance: how it is called, its number of seeds, its run with one, and what others reach."""

    name: str
    seeds: int
    run: Callable[[int], Run]
    others: Others = Others()
    is_most_best: bool = False


class Public(NamedTuple):
    """A family of public instances: the names of its files, its checker in `tools`, and where that tells the score.

    Its files lie in a folder of its name in `bench-data`, and its adapter is the module of its name.
    """

    files: str
    checker: str | None = None
    score: Callable[[str], int] = int
    is_most_best: bool = False


PUBLIC: Mapping[str, Public] = {
    "cbctt": Public("*.ctt", "cbctt_check.py", lambda printed: int(json.loads(printed)["cost"])),
    "itc2019": Public("*.xml", "itc2019_check.py", lambda printed: int(json.loads(printed)["total"])),
    "angers": Public("*.xml"),
    "juries": Public("*_in.xml", "viva_check.py", is_most_best=True),
}
FAMILIES = (*PUBLIC, "region", "programmes")


def instances_of(family: str, data: Path, peers: Path, budget: Budget) -> Iterator[Instance]:
    """The instances of a family, small ones first where they are drawn."""
    if family in PUBLIC:
        return _public(family, data, peers, budget)
    return _regions(budget) if family == "region" else _programmes(budget)


def _public(family: str, data: Path, peers: Path, budget: Budget) -> Iterator[Instance]:
    files, script, score, is_most_best = PUBLIC[family]
    checker = None if script is None else Checker(data / "tools" / script, score)
    for file in sorted((data / "bench-data" / family).glob(files)):
        adapted = partial(run_checked, f"benchmarks.{family}", file, budget.cpu_seconds, checker)
        yield Instance(file.stem, budget.seeds, adapted, others_on(peers, family, file), is_most_best)


def _regions(budget: Budget) -> Iterator[Instance]:
    for courses in budget.courses:
        yield Instance(f"{courses} courses", 1, partial(region, courses, budget.region_seconds))


def region(courses: int, seconds: int, _: int = 0) -> Run:
    """The plan of drawn files; its search has no seed."""
    with TemporaryDirectory() as folder:
        module = ["-m", "benchmarks.region"]
        ended([sys.executable, *module, "generate", "--courses", str(courses), "--seed", "1", "-o", folder])
        return run([*module, "measure", folder, "--seconds", str(seconds), "--json"])


def _programmes(budget: Budget) -> Iterator[Instance]:
    for file in sorted(Path("programmes").glob("*.toml")):
        yield Instance(file.stem, budget.seeds, partial(_programme, file, budget.programme_seconds))


def _programme(file: Path, seconds: int, seed: int) -> Run:
    with TemporaryDirectory() as folder:
        options = ["--seed", str(seed), "--time-limit", str(seconds), "--json"]
        return run(["cli.py", "solve", str(file), "-o", folder, *options])
