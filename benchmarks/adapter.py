"""What the adapters of public instances have in common: their command, the limits of the search, and what is told.

    python -m benchmarks.FAMILY INSTANCE -o SOLUTION [--cpu 240] [--seed 0] [--json]

A line says what was found; `--json` prints it as the keys of `semainier solve --json` of the same names, with the laws
that the solution breaks by their own checks, once for each breach.
"""

import argparse
import json
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar

from calendars.timetable import Timetable
from scheduler.problem import Problem
from scheduler.result import Limits, Result
from scheduler.search import search
from scheduler.verdict import breaches

T = TypeVar("T")


class Score(NamedTuple):
    """The value of a timetable in the points of its family, and the bound proved for it."""

    value: int
    bound: int


def cost_of(result: Result) -> Score:
    """The levels of a search added up."""
    return Score(sum(level.value for level in result.levels), sum(level.bound for level in result.levels))


@dataclass(frozen=True)
class Adapter(Generic[T]):
    """A family of instances.

    Attributes:
        about: the command in a sentence.
        read: the instance of a file.
        problem_of: the instance as an ordinary problem.
        solution_of: what is written, None where nothing is.
        told: what was found and what was proved, in a few words.
        score_of: how good a result with a timetable is; its levels added up where not given.
    """

    about: str
    read: Callable[[Path], T]
    problem_of: Callable[[T], Problem]
    solution_of: Callable[[T, Result], bytes | None]
    told: Callable[[T, Result], str]
    score_of: Callable[[T, Result], Score] = lambda _, result: cost_of(result)


def xml_of(root: ET.Element) -> bytes:
    """A solution as the text of an XML file."""
    written: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def solve(adapter: Adapter[T], words: Sequence[str] | None = None) -> None:
    """The command of a family."""
    chosen = _chosen(adapter.about, words)
    instance = adapter.read(chosen.instance)
    problem = adapter.problem_of(instance)
    result = search(problem, limits_of(chosen.cpu, chosen.seed))
    solution = adapter.solution_of(instance, result)
    if solution is not None:
        chosen.output.write_bytes(solution)
    if chosen.json:
        scores = [] if result.timetable is None else [adapter.score_of(instance, result)]
        print(json.dumps(record(result, scores) | {"breaches": broken(problem, result.timetable)}))
    else:
        print(f"{chosen.instance.name}: {adapter.told(instance, result)}, search {result.seconds:.2f} s")


def _chosen(about: str, words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("instance", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--cpu", type=float, default=240.0, help="seconds of all workers together")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", action="store_true", help="tell what was found as JSON")
    return parser.parse_args(words)


def limits_of(cpu_seconds: float, seed: int) -> Limits:
    """What ends the search of an instance: so many CPU seconds of all workers together, since machines are shared."""
    return Limits(work=cpu_seconds, seconds=cpu_seconds, seed=seed, clock=time.process_time)


def record(result: Result, scores: Sequence[Score]) -> dict[str, Any]:
    """How a search ended, as plain JSON values, with a score for each level."""
    return {
        "outcome": result.outcome.value,
        "levels": [score._asdict() for score in scores],
        "seconds_to_lawful": round(result.seconds_to_lawful, 3),
        "seconds": round(result.seconds, 3),
    }


def broken(problem: Problem, timetable: Timetable | None) -> list[str]:
    """The law of each breach that the laws' own checks find in a timetable."""
    return [] if timetable is None else [breach.rule for breach in breaches(problem, timetable)]
