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

from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from calendars.clock import Span
from calendars.programme import Part, Programme
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Rule, Toll

Running = tuple[str, Span]
"""A part, and where a session of it stands."""

_NOWHERE = "nowhere"
"""Where a session is that has no place."""


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

    def steady(
        self, running: Collection[Running], start: int, had: Mapping[str, Collection[str]]
    ) -> Mapping[Running, str]:
        """The best places of the sessions that run at a moment, among equals those that their parts have elsewhere."""
        costs = {
            one: {place: (len(running) + 1) * toll + (place not in had[one[0]]) for place, toll in options.items()}
            for one, options in self._costs(sorted(running), start).items()
        }
        return self._solve(costs, soft=True).places

    def terms(self, cut: Cut, running: Iterable[Running], start: int) -> Mapping[Running, int]:
        """What each candidate that may run at a moment adds to the sum of a cut, where that is anything."""
        prices = dict(cut.prices)
        found = {one: self._least(cut.soft, prices, one, start) for one in running}
        return {one: points for one, points in found.items() if points > 0}

    def _least(self, soft: bool, prices: Mapping[str, int], one: Running, start: int) -> int:
        """The cheapest place of a session at some prices."""
        counts = soft and one[1].start == start
        options = [prices.get(place, 0) + toll * counts for place, toll in self.tolls(one).items()]
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
        """The assignment of least cost, or of least sessions without a place."""
        costs = self._costs(running, start)
        best = self._solve(costs, soft=True)
        if len(best.places) < len(running):
            lacking = {one: dict.fromkeys(places, 0) | {_NOWHERE: 1} for one, places in costs.items()}
            return self._solve(lacking, soft=False)._replace(cost=0)
        return best if best.cost else best._replace(cut=None)

    def _costs(self, running: Sequence[Running], start: int) -> dict[Running, dict[str, int]]:
        """What each place costs those that start at a moment."""
        return {
            one: {place: toll * (one[1].start == start) for place, toll in self.tolls(one).items()} for one in running
        }

    def _solve(self, costs: Mapping[Running, Mapping[str, int]], soft: bool) -> Assignment:
        """As many sessions as can be in places, at the least cost, with the prices that say so."""
        keys = [*dict.fromkeys(place for places in costs.values() for place in places)]
        node = {key: number for number, key in enumerate((*costs, *keys))}
        arcs = [(node[one], node[place], cost) for one, places in costs.items() for place, cost in places.items()]
        flow = SimpleMinCostFlow()
        for tail, head, cost in arcs:
            flow.add_arc_with_capacity_and_unit_cost(tail, head, 1, cost)
        for key in keys:
            room = self._room.get(key)
            flow.add_arc_with_capacity_and_unit_cost(node[key], len(node), len(costs) if room is None else room, 0)
        for number in range(len(costs)):
            flow.set_node_supply(number, 1)
        flow.set_node_supply(len(node), -len(costs))
        flow.solve_max_flow_with_min_cost()
        every = [(one, place) for one, places in costs.items() for place in places]
        places = {one: place for number, (one, place) in enumerate(every) if flow.flow(number)}
        prices = {place: price for place, price in sorted(_prices(costs, places).items()) if price}
        limit = sum(price * (self._room.get(place) or 0) for place, price in prices.items())
        return Assignment(flow.optimal_cost(), Cut(soft, limit, tuple(prices.items())), places)


def _prices(costs: Mapping[Running, Mapping[str, int]], places: Mapping[Running, str]) -> dict[str, int]:
    """The least prices at which nobody would rather be in another place: the dual of the best assignment."""
    prices = {place: 0 for options in costs.values() for place in options}
    changed = True
    while changed:
        changed = False
        for one, place in places.items():
            paid = costs[one][place] + prices[place]
            for other, cost in costs[one].items():
                if paid - cost > prices[other]:
                    prices[other] = paid - cost
                    changed = True
    return prices
