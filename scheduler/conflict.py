"""Why there is no lawful calendar: minimal sets of pieces of laws that cannot all hold, proved twice.

A piece is what a law asks of some activities, from some week on (`scheduler/guarded.py`). First whole laws are left out
one by one; what is left is halved again and again (QuickXplain; Junker, AAAI 2004), in the order in which laws post,
which goes through people and weeks. The set is proved impossible, and the set less any one piece is proved possible by
a timetable. The breaches that the law finds in it tell what the piece asks for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import CpSolverResponse

from calendars.wording import Message
from constraints.rule import Rule
from scheduler.candidates import candidates_of
from scheduler.guarded import GuardedModel, Piece, returned, solved
from scheduler.problem import Problem
from scheduler.search import Outcome


@dataclass(frozen=True)
class Demand:
    """A piece of a law in a conflict, by its place among the pieces of the diagnosis.

    `breaches` are what its law finds in a timetable that keeps all other pieces of the conflict.
    """

    law: str
    breaches: tuple[Message, ...]
    piece: int


@dataclass(frozen=True)
class Conflict:
    """Pieces of laws of which it is proved that they cannot all hold; `minimal` if also that all but any one can."""

    demands: tuple[Demand, ...]
    minimal: bool


@dataclass(frozen=True)
class Explanation:
    """Whether a lawful calendar exists, and conflicts of which no two have a piece in common where none does."""

    outcome: Outcome
    conflicts: tuple[Conflict, ...] = ()


def explain(problem: Problem, most: int = 3, work: float = 10.0) -> Explanation:
    """Why a problem is impossible, in up to so many independent conflicts.

    Args:
        problem: what to place, and under which laws; what is priced is left out.
        most: how many conflicts are looked for.
        work: the most for each step, in CP-SAT's deterministic time.
    """
    diagnosis = _Diagnosis(problem, work)
    outcome = diagnosis.outcome()
    found: list[Conflict] = []
    while len(found) < most and diagnosis.is_impossible(diagnosis.pieces):
        found.append(diagnosis.next_conflict())
    return Explanation(outcome, tuple(found))


class _Diagnosis:
    """The guarded model of a problem, and the pieces that no conflict has taken yet."""

    def __init__(self, problem: Problem, work: float) -> None:
        candidates = returned(candidates_of(problem.programme, problem.laws))
        self.problem = problem
        self.work = work
        self.model = GuardedModel(problem.programme, candidates, problem.laws)
        self.pieces: Sequence[Piece] = self.model.pieces
        self._smallest: Sequence[Piece] = ()

    def outcome(self) -> Outcome:
        """Whether all pieces can hold."""
        status = self._solved(self.pieces).status
        known = {cp_model.INFEASIBLE: Outcome.IMPOSSIBLE, cp_model.UNKNOWN: Outcome.UNKNOWN}
        return known.get(status, Outcome.LAWFUL)

    def is_impossible(self, kept: Sequence[Piece]) -> bool:
        """Whether it is proved that some pieces cannot all hold; the last such set is remembered."""
        found = self._solved(kept).status == cp_model.INFEASIBLE
        if found:
            self._smallest = kept
        return bool(found)

    def next_conflict(self) -> Conflict:
        """A conflict among the pieces that are left, which are proved impossible; its own are left out from then on."""
        few = self._halved([], False, self._of_few_laws())
        kept = few if self.is_impossible(few) else self._smallest
        demands = tuple(self._demand(piece, [other for other in kept if other is not piece]) for piece in kept)
        self.pieces = [piece for piece in self.pieces if piece not in kept]
        return Conflict(demands, all(demand.breaches for demand in demands))

    def _of_few_laws(self) -> Sequence[Piece]:
        """The pieces of laws none of which is seen to be left out as a whole."""
        kept = self.pieces
        for law in self.problem.laws:
            without = [piece for piece in kept if piece.law is not law]
            if len(without) < len(kept) and self.is_impossible(without):
                kept = without
        return kept

    def _halved(self, beside: Sequence[Piece], grown: bool, pieces: Sequence[Piece]) -> Sequence[Piece]:
        """What of some pieces is needed for a conflict with those beside them; `grown` if some of these are new."""
        if grown and self.is_impossible(beside):
            return []
        if len(pieces) == 1:
            return pieces
        first, second = pieces[: len(pieces) // 2], pieces[len(pieces) // 2 :]
        of_second = self._halved([*beside, *first], True, second)
        of_first = self._halved([*beside, *of_second], bool(of_second), first)
        return [*of_first, *of_second]

    def _demand(self, piece: Piece, others: Sequence[Piece]) -> Demand:
        """What a piece asks for: the breaches of its law in a timetable that keeps the others."""
        number, response = self.model.pieces.index(piece), self._solved(others, piece.law)
        if not response.solution:
            return Demand(piece.law.name, (), number)
        timetable = self.model.timetable(response.solution)
        breaches = piece.law.check(self.problem.programme, timetable)
        return Demand(piece.law.name, tuple(breach.message for breach in breaches), number)

    def _solved(self, kept: Iterable[Piece], bent: Rule | None = None) -> CpSolverResponse:
        """Some pieces kept and all others broken; those of the law that is bent by as little as can be."""
        cp = self.model.cp.clone()
        kept = set(kept)
        excesses: list[cp_model.IntVar] = []
        for piece in self.model.pieces:
            if piece in kept or piece.law is not bent:
                _fix(cp, piece.broken, int(piece not in kept))
            else:
                excesses += piece.excesses
        if excesses:
            cp.minimize(cp_model.LinearExpr.sum(excesses))
        return solved(cp, self.work)


def _fix(cp: cp_model.CpModel, literal: cp_model.IntVar, value: int) -> None:
    domain = cp.proto.variables[literal.index].domain
    domain[0] = domain[1] = value
