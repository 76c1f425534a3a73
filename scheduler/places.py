"""Whether what stands at one time finds places, and what that costs at least: an assignment for each moment.

The sessions that run at a moment need distinct places, as far as places hold one session at a time, and each session
costs what the rules charge for its place (`Rule.toll`) at the moment at which it starts. This is an assignment, whose
linear relaxation is exact. Its dual has a price for each place; at these prices a session cannot have a place for less
than its cheapest one, which bounds what any sessions at any moment cost, not only those that were asked about: such a
*cut* teaches a model that knows no places what they cost (Lach and Lübbecke, Curriculum based course timetabling, 2012,
split time from place in the same sense; Benders for the cuts).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ortools.linear_solver import pywraplp

from calendars.clock import Span
from calendars.programme import Part, Programme
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Rule, Toll

Running = tuple[str, Span]
"""A part, and where a session of it stands."""

_HALF = 0.5
"""What a session has of its place is 0 or 1, but for rounding."""


class Cut(NamedTuple):
    """At each moment the sum of what sessions cost at some prices is at most `limit`, and what is paid there if `soft`.

    `prices` are those of having a place at a moment, by its key.
    """

    soft: bool
    limit: int
    prices: tuple[tuple[str, int], ...]


class Assignment(NamedTuple):
    """The best places of what runs at a moment.

    `cost` is what those pay that start there, `cut` what says so, if it is anything; a hard one where there are not
    places for all. `places` has the place of each that has one.
    """

    cost: int
    cut: Cut | None
    places: Mapping[Running, str]


class Places:
    """The places that parts may choose from, and what the laws and the rules of one rank say of them."""

    def __init__(self, programme: Programme, laws: Iterable[Rule], priced: Iterable[Rule]) -> None:
        self._programme = programme
        self._laws, self._priced = [*laws], [*priced]
        self._tolls: dict[Running, dict[str, int]] = {}
        self._assigned: dict[tuple[frozenset[Running], int], Assignment] = {}

    def assigned(self, running: Collection[Running], start: int) -> Assignment:
        """The best places of the sessions that run at a moment."""
        key = frozenset(running), start
        if key not in self._assigned:
            self._assigned[key] = self._assign(sorted(running), start)
        return self._assigned[key]

    def terms(self, cut: Cut, running: Iterable[Running], start: int) -> Mapping[Running, int]:
        """What each candidate that may run at a moment adds to the sum of a cut, where that is anything."""
        prices = dict(cut.prices)
        found = {one: self._least(cut.soft, prices, one, start) for one in running}
        return {one: points for one, points in found.items() if points > 0}

    def _least(self, soft: bool, prices: Mapping[str, int], one: Running, start: int) -> int:
        """The cheapest place of a session at some prices."""
        counts = soft and one[1].start == start
        options = [prices[place] + toll * counts for place, toll in self.tolls(one).items()]
        return min(options, default=0) if soft else min([1, *options])

    def tolls(self, one: Running) -> Mapping[str, int]:
        """What each place costs in which a session may stand."""
        if one not in self._tolls:
            part = self._programme.parts[one[0]]
            found = {place: self._toll(part, place, one[1]) for place in part.places}
            self._tolls[one] = {place: toll for place, toll in found.items() if toll is not None}
        return self._tolls[one]

    def _toll(self, part: Part, place: str, span: Span) -> int | None:
        total = 0
        for weight, toll in self._rules_of[part.key, place]:
            points = toll(span)
            if points is None:
                return None
            total += weight * points
        return total

    @cached_property
    def _rules_of(self) -> Mapping[tuple[str, str], Sequence[tuple[int, Toll]]]:
        found: defaultdict[tuple[str, str], list[tuple[int, Toll]]] = defaultdict(list)
        for rule in (*self._laws, *self._priced):
            for part in self._programme.parts.values():
                for place in part.places:
                    toll = rule.toll(self._programme, part, self._programme.places[place])
                    if toll is not None:
                        found[part.key, place].append((rule.price or 0, toll))
        return found

    @cached_property
    def _room(self) -> Mapping[str, int | None]:
        """How many sessions a place holds at once."""
        single = any(isinstance(law, OneAtATime) for law in self._laws)
        return {
            key: place.sessions_at_once if single or place.sessions_at_once != 1 else None
            for key, place in self._programme.places.items()
        }

    def _assign(self, running: Sequence[Running], start: int) -> Assignment:
        lacking = self._solve(running, start, soft=False)
        if lacking.cost:
            return lacking._replace(cost=0)
        best = self._solve(running, start, soft=True)
        return best if best.cost else best._replace(cut=None)

    def _solve(self, running: Sequence[Running], start: int, soft: bool) -> Assignment:
        """The assignment of least cost, or of least sessions without a place, with the prices of its dual."""
        solver = pywraplp.Solver.CreateSolver("GLOP")
        taken: defaultdict[str, list[tuple[Running, pywraplp.Variable]]] = defaultdict(list)
        objective = solver.Objective()
        for one in running:
            row = solver.Constraint(1, 1)
            for place, toll in self.tolls(one).items():
                has = solver.NumVar(0, 1, "")
                row.SetCoefficient(has, 1)
                objective.SetCoefficient(has, toll if soft and one[1].start == start else 0)
                taken[place].append((one, has))
            if not soft:
                without = solver.NumVar(0, 1, "")
                row.SetCoefficient(without, 1)
                objective.SetCoefficient(without, 1)
        rows = {}
        for place, some in taken.items():
            if (room := self._room[place]) is not None:
                rows[place] = solver.Constraint(-solver.infinity(), room)
                for _, has in some:
                    rows[place].SetCoefficient(has, 1)
        objective.SetMinimization()
        solver.Solve()
        prices = dict.fromkeys(self._room, 0) | {place: round(-row.dual_value()) for place, row in rows.items()}
        limit = sum(price * (self._room[place] or 0) for place, price in prices.items())
        places = {one: place for place, some in taken.items() for one, has in some if has.solution_value() > _HALF}
        return Assignment(round(objective.Value()), Cut(soft, limit, tuple(prices.items())), places)
