"""What adapters of public instances may know of the search: a problem goes in, a result comes out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.families import PUBLIC
from programmes import ROOT

ADAPTERS = [ROOT / "benchmarks" / f"{family}.py" for family in PUBLIC]


def imported(source: Path) -> Iterator[str]:
    """The modules that a file imports, also inside functions; the names that it takes from packages of ours."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module="scheduler", names=names):
                yield from (f"scheduler.{alias.name}" for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module


def inner(source: Path) -> set[str]:
    """What a file imports of the solver and of the search."""
    return {name for name in imported(source) if name.partition(".")[0] in ("ortools", "scheduler")}


@pytest.mark.parametrize("adapter", ADAPTERS, ids=lambda path: path.stem)
def test_an_adapter_knows_the_problem_and_the_search_alone(adapter: Path) -> None:
    assert inner(adapter) <= {"scheduler.problem", "scheduler.result"}


def test_what_adapters_share_judges_as_well() -> None:
    shared = inner(ROOT / "benchmarks" / "adapter.py")
    assert shared == {"scheduler.problem", "scheduler.result", "scheduler.search", "scheduler.verdict"}
