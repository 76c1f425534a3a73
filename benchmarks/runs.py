"""One run of an instance: a command that is measured, and what an outside checker says of its solution."""

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.process import Ended, ended

IMPOSSIBLE = "impossible"
_LONGEST = 200


class Checker(NamedTuple):
    """A script that judges a solution by itself: exit code 0 where no rule is broken, and a score in what it prints.

    It is given the instance, the solution and `--json`.
    """

    script: Path
    score: Callable[[str], int]


class Run(NamedTuple):
    """How a run ended: its outcome, by level its values and bounds, and what it took.

    There are no values where nothing lawful was found. `wrong` is set where the outcome tells of a fault: a
    command that failed, a solution that breaks rules, a proof that a known solution refutes.
    """

    outcome: str
    values: tuple[int, ...] | None
    bounds: tuple[int, ...]
    lawful_seconds: float | None
    used: Ended
    wrong: bool = False

    @property
    def proved(self) -> bool:
        """Whether nothing better exists."""
        return self.outcome == IMPOSSIBLE or (self.values is not None and self.values == self.bounds)


def run(command: Sequence[str]) -> Run:
    """Runs a command of this project that tells as JSON how its search ended."""
    used = ended([sys.executable, *command])
    try:
        told = json.loads(used.printed)
    except ValueError:
        return _wrong(f"FAILED, exit code {used.code}: {used.errors.strip().rpartition(chr(10))[2]}", used)
    if told.get("breaches"):
        return _wrong(f"HARD BREACHES by our own laws: {', '.join(dict.fromkeys(told['breaches']))}", used)
    if told["outcome"] != "lawful":
        return Run(told["outcome"], None, (), None, used)
    values, bounds = (tuple(level[key] for level in told["levels"]) for key in ("value", "bound"))
    return Run("lawful", values, bounds, told["seconds_to_lawful"], used)


def run_checked(module: str, instance: Path, cpu_seconds: int, checker: Checker | None, seed: int) -> Run:
    """Runs a family's adapter on an instance; the checker's score counts, where there is one."""
    with TemporaryDirectory() as folder:
        solution = Path(folder, "solution")
        options = ["-o", str(solution), "--cpu", str(cpu_seconds), "--seed", str(seed), "--json"]
        found = run(["-m", module, str(instance), *options])
        return found if checker is None or found.values is None else _judged(found, checker, instance, solution)


def _judged(found: Run, checker: Checker, instance: Path, solution: Path) -> Run:
    said = ended([sys.executable, str(checker.script), str(instance), str(solution), "--json"])
    if said.code:
        return _wrong(f"HARD BREACHES by the checker: {(said.printed or said.errors).strip()}", found.used)
    score = (checker.score(said.printed),)
    if score == found.values:
        return found
    own = " ".join(map(str, found.values or ()))
    return found._replace(values=score, outcome=f"lawful, {own} by our own count")


def compared(found: Run, best: int | None, is_most_best: bool) -> Run:
    """The run, which is wrong where the best value known refutes what it proved."""
    if best is None:
        return found
    if found.outcome == IMPOSSIBLE:
        return _wrong(f"FALSE PROOF of impossibility: {best} is known", found.used)
    if any(bound < best if is_most_best else bound > best for bound in found.bounds):
        return _wrong(f"FALSE BOUND {found.bounds[0]}: {best} is known", found.used)
    return found


def _wrong(why: str, used: Ended) -> Run:
    return Run(" ".join(why.split())[:_LONGEST].replace("|", "/"), None, (), None, used, wrong=True)
