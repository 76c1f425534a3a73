"""Where the members of a piece of a plan go: its model, what is to be small in it, and what the solver finds."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import NamedTuple

from ortools.sat.python import cp_model

from calendars.timetable import Placement, Timetable, programme_of
from constraints.rule import Variable
from constraints.scoped import concerned
from scheduler import parameters
from scheduler.candidates import Candidates, candidates_of_one
from scheduler.few_starts import few_starts
from scheduler.giving_way import Standing, loosened, stays
from scheduler.least import Values
from scheduler.model import SearchModel, index_of, literal_of
from scheduler.parameters import Parameters
from scheduler.piece import Neighbourhoods, Piece
from scheduler.problem import Problem
from scheduler.running import bound_of, run

_WORK = 4.0
"""Deterministic time for a piece: about as many seconds."""


class Found(NamedTuple):
    """The placements of the members of a piece, the least that any could cost, and who gave way to them."""

    placements: tuple[Placement, ...]
    least: Values
    leaving: tuple[str, ...] = ()


class _Goal(NamedTuple):
    """What is to be small, and the most that it could be."""

    cost: cp_model.LinearExprT
    most: int


class Placing:
    """Places the members of pieces of a plan, with the same amount of work for each.

    Attributes:
        shared: the site's rules.
        own_rules: those of each member.
        following: the member whose candidates are listed while the solver is at work.
    """

    def __init__(
        self, whole: Problem, near: Neighbourhoods, order: Sequence[str], seed: int, is_over: Callable[[], bool]
    ) -> None:
        self._near, self._order, self._seed, self._is_over = near, order, seed, is_over
        self._joint = whole.programme
        self._rules_of = concerned(whole.rules)
        self.shared = self._rules_of("")
        shared = {id(rule) for rule in self.shared}
        self.own_rules = {
            member: [rule for rule in self._rules_of(f"{member}:") if id(rule) not in shared] for member in order
        }
        self.following: str | None = None
        self._candidates: dict[str, Mapping[str, Candidates]] = {}
        self._before = whole.previous or Timetable()

    def place(self, piece: Piece, ranks: Sequence[int], with_parameters: Parameters, few: bool = False) -> Found | None:
        """Where the members of a piece may stand, at the least cost of some ranks; None if none was found in time."""
        if self._is_over():
            return None
        model = self._model(piece, ranks, few)
        return self._found(model, piece, _goals(model, ranks), {}, with_parameters)

    def loosened(
        self, piece: Piece, standing: Standing, ranks: Sequence[int], price: Mapping[str, int] | None = None
    ) -> Found | None:
        """Where the members of a piece stand at the least cost of some ranks, and then as few as there can be give way.

        With a price of each of those it is the other way round; each costs one more than its price.
        """
        if self._is_over():
            return None
        model = self._model(loosened(piece, standing), ranks)
        stay = stays(model, standing)
        prices = {member: 1 + (price or {}).get(member, 0) for member in stay}
        leaving = sum(prices[member] * (1 - literal_of(unknown)) for member, unknown in stay.items())
        goals, way = _goals(model, ranks), _Goal(leaving, sum(prices.values()))
        in_order = [*goals, way] if price is None else [way, *goals]
        return self._found(model, piece, in_order, stay, parameters.best())

    def _found(
        self,
        model: SearchModel,
        piece: Piece,
        goals: Sequence[_Goal],
        stay: Mapping[str, Variable],
        with_parameters: Parameters,
    ) -> Found | None:
        """What comes of a model of a piece, each goal of which outweighs those after it."""
        weights = _weights(goals)
        if goals:
            model.cp.minimize(sum(weight * goal.cost for weight, goal in zip(weights, goals, strict=True)))
        values, bound = self._solve(model, with_parameters)
        if values is None:
            return None
        placed = model.timetable(values).placements
        own = tuple(each for each in placed if programme_of(each.activity) in piece.members)
        leaving = tuple(member for member, unknown in stay.items() if not values[index_of(unknown)])
        return Found(own, _least(bound, weights), leaving)

    def _solve(self, model: SearchModel, with_parameters: Parameters) -> tuple[Sequence[int] | None, int]:
        """The values of a solution, if any was found, and the bound on what is minimised."""
        solver = cp_model.CpSolver()
        with_parameters(solver.parameters)
        solver.parameters.random_seed = self._seed
        solver.parameters.max_deterministic_time = _WORK
        with self._listing_ahead():
            response = run(solver, model.cp, self._is_over)
        return list(response.solution) or None, bound_of(solver.best_objective_bound)

    def _model(self, piece: Piece, ranks: Sequence[int], few: bool = False) -> SearchModel:
        """The model of a piece, with what is charged at some ranks."""
        candidates: dict[str, Candidates] = {}
        rules = list(self.shared)
        for member in self._order:
            if member in piece.members:
                candidates |= self._candidates_of(member)
                rules += self.own_rules[member]
        if few:
            candidates = few_starts(piece, candidates, self._before)
        laws = (rule for rule in rules if rule.price is None)
        model = SearchModel(piece.programme, {**piece.around, **candidates}, laws)
        model.post(rule for rule in rules if rule.price is not None and rule.rank in ranks)
        return model

    @contextmanager
    def _listing_ahead(self) -> Iterator[None]:
        """Lists the candidates of the member that is inserted next, while the solver is at work."""
        if self.following is None or self.following in self._candidates:
            yield
            return
        thread = Thread(target=self._candidates_of, args=(self.following,))
        thread.start()
        yield
        thread.join()

    def _candidates_of(self, member: str) -> Mapping[str, Candidates]:
        """Where a member may stand; why not elsewhere is not kept."""
        if member not in self._candidates:
            rules = self._rules_of(f"{member}:")
            found = {each.key: candidates_of_one(self._joint, each, rules) for each in self._near.own[member]}
            self._candidates[member] = {key: replace(each, struck={}) for key, each in found.items()}
        return self._candidates[member]


def _goals(model: SearchModel, ranks: Sequence[int]) -> list[_Goal]:
    """That each of some ranks costs little."""
    return [_Goal(model.cost(rank), model.most_cost(rank)) for rank in ranks]


def _weights(goals: Sequence[_Goal]) -> list[int]:
    """For each goal so much that a point of it outweighs whatever those after it could cost."""
    weights, weight = [], 1
    for goal in reversed(goals):
        weights.append(weight)
        weight *= 1 + goal.most
    return weights[::-1]


def _least(bound: int, weights: Sequence[int]) -> Values:
    """A bound on all ranks together as the least costs of the ranks, compared one after the other."""
    found = []
    for weight in weights:
        points, bound = divmod(max(0, bound), weight)
        found.append(points)
    return tuple(found)
