"""A CP-SAT model of some pieces of a guarded model: what they need is there, and nothing else."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from calendars.timetable import Timetable
from scheduler import parameters
from scheduler.guarded import GuardedModel, Piece, Row
from scheduler.patience import Patience
from scheduler.running import bound_of, run

_NEAR_WORK = 1.0
_WORKERS = 2

_MANY = 8
"""From so many choices on, that none is taken is said by one sum: it is made in less time."""


@dataclass(frozen=True)
class Found:
    """What CP-SAT made of an excerpt: whether it is proved impossible, or a timetable.

    `values` are those of all unknowns by their index in CP-SAT; no timetable costs less than `bound`.
    """

    impossible: bool = False
    timetable: Timetable | None = None
    values: Sequence[int] = ()
    cost: int = 0
    bound: int = 0


class Excerpt:
    """Some pieces of a guarded model are kept, some rows may bend, all else does not stand.

    What nothing asks for is not placed.
    """

    def __init__(self, model: GuardedModel, kept: Sequence[Piece], bent: Iterable[Row] = ()) -> None:
        self.cp = cp_model.CpModel()
        self._model = model
        self._unknowns: dict[int, cp_model.IntVar] = {}
        self._waiting: list[int] = []
        rows, bent = [row for piece in kept for row in piece.rows], list(bent)
        self._never = self._struck(rows)
        self._wanted = _wanted(model, [*rows, *bent])
        for piece in kept:
            self._keep(piece)
        self.excesses = [self._bend(row) for row in bent]
        for index in model.held:
            self._unknown(index)
        self._close()

    def solved(self, patience: Patience) -> Found:
        """What one worker makes of it."""
        return self._run(parameters.relaxed(), patience, patience.work)

    def cheapest(self, patience: Patience, cost: cp_model.LinearExprT) -> Found:
        """What costs least: one worker proves it where it is near, else all workers look for something cheaper."""
        self.cp.minimize(cost)
        first = self._run(parameters.relaxed(), patience, min(patience.work, _NEAR_WORK))
        if first.impossible or (first.timetable is not None and first.cost == first.bound):
            return first
        self._hint(first.values)
        second = self._run(parameters.jump(_WORKERS), patience, patience.work)
        best = second if second.timetable is not None else first
        return replace(best, bound=max(first.bound, second.bound))

    def _struck(self, rows: Iterable[Row]) -> set[int]:
        """The candidates that are not taken in any case."""
        return {row.terms[0][1] for row in rows if self._strikes_all(row)}

    def _keep(self, piece: Piece) -> None:
        for row in piece.rows:
            if not self._strikes_all(row):
                self._add(row)

    def _strikes_all(self, row: Row) -> bool:
        """Whether it strikes a candidate, and not one trainer or place: then the others have to be there to choose."""
        return self._model.strikes(row) and self._model.is_choice(row.terms[0][1])

    def _run(self, way: parameters.Parameters, patience: Patience, work: float) -> Found:
        solver = cp_model.CpSolver()
        way(solver.parameters)
        solver.parameters.max_deterministic_time = work
        response = run(solver, self.cp, patience.stop.is_set)
        if response.status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Found(impossible=response.status == cp_model.INFEASIBLE)
        values = tuple(response.solution)
        best, bound = round(response.objective_value), bound_of(response.best_objective_bound)
        return Found(timetable=self._timetable(values), values=values, cost=best, bound=bound)

    def _hint(self, values: Sequence[int]) -> None:
        self.cp.clear_hints()
        self.cp.proto.solution_hint.vars.extend(range(len(values)))
        self.cp.proto.solution_hint.values.extend(values)

    def _bend(self, row: Row) -> cp_model.IntVar:
        """By how much a row is exceeded; of a strike, whether it is."""
        if self._model.strikes(row) and row.is_count and self._is_there(row.terms[0][1]):
            return self._unknown(row.terms[0][1])
        excess = self.cp.new_int_var(0, self._model.most_above(row), "")
        self.cp.add(self._sum(row) <= row.limit + excess)
        return excess

    def _is_there(self, index: int) -> bool:
        """Whether anything could be gained by an unknown that is not 0."""
        if index in self._never:
            return False
        owner = self._model.owners.get(index, index)
        free = self._model.is_choice(owner) and owner not in self._model.held
        return not free or index in self._wanted or owner in self._wanted

    def _unknown(self, index: int) -> cp_model.IntVar:
        if index not in self._unknowns:
            least, most = self._model.domain(index)
            self._unknowns[index] = self.cp.new_int_var(least, most, "")
            self._waiting.append(index)
        return self._unknowns[index]

    def _sum(self, row: Row) -> cp_model.LinearExprT:
        terms = [(factor, self._unknown(index)) for factor, index in row.terms if self._is_there(index)]
        return cp_model.LinearExpr.weighted_sum([unknown for _, unknown in terms], [factor for factor, _ in terms])

    def _add(self, row: Row) -> cp_model.Constraint:
        return self.cp.add(self._sum(row) <= row.limit)

    def _close(self) -> None:
        """What the unknowns stand for, and that no activity has more than it needs."""
        tied: set[Row] = set()
        while self._waiting:
            index = self._waiting.pop()
            if index in self._model.unions:
                self._unite(self._unknowns[index], self._model.unions[index])
            for row in self._model.ties.get(index, ()):
                if row not in tied:
                    tied.add(row)
                    self._add(row)
        for row in self._model.most_rows(self._unknowns):
            self._add(row)

    def _unite(self, found: cp_model.IntVar, indices: Sequence[int]) -> None:
        choices = [self._unknown(index) for index in indices if self._is_there(index)]
        self.cp.add_bool_or([*choices, ~found])
        if len(choices) < _MANY:
            for choice in choices:
                self.cp.add_implication(choice, found)
        else:
            self.cp.add(cp_model.LinearExpr.sum(choices) <= 0).only_enforce_if(~found)

    def _timetable(self, solution: Sequence[int]) -> Timetable:
        values = {index: solution[unknown.index] for index, unknown in self._unknowns.items()}
        return self._model.timetable_of(values)


class SwitchedExcerpt(Excerpt):
    """Pieces of which some are kept, others each time: it is made once, for many questions."""

    def __init__(self, model: GuardedModel, pieces: Sequence[Piece]) -> None:
        self._switches: dict[Piece, cp_model.IntVar] = {}
        super().__init__(model, pieces)
        self._every = self.cp

    def keeping(self, kept: Collection[Piece], patience: Patience) -> Found:
        """What one worker makes of some of the pieces."""
        self.cp = self._every.clone()
        for piece, switch in self._switches.items():
            self.cp.add(switch == (piece in kept))
        return self.solved(patience)

    def _struck(self, rows: Iterable[Row]) -> set[int]:
        return set()

    def _keep(self, piece: Piece) -> None:
        self._switches[piece] = self.cp.new_bool_var("")
        for row in piece.rows:
            self._add(row).only_enforce_if(self._switches[piece])


def _wanted(model: GuardedModel, rows: Iterable[Row]) -> set[int]:
    """The choices of which more could help to keep some row."""
    found: set[int] = set()
    seen: set[tuple[int, bool]] = set()
    waiting = [(index, factor < 0) for row in rows for factor, index in row.terms]
    while waiting:
        each = waiting.pop()
        if each in seen:
            continue
        seen.add(each)
        index, helps = each
        if helps:
            found.add(index)
        if index in model.unions:
            waiting += [(choice, helps) for choice in model.unions[index]]
        elif helps or index not in model.owners:
            waiting += [(other, True) for row in model.ties.get(index, ()) for _, other in row.terms]
    return found
