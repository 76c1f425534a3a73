"""What the members of a plan cost at least, and so the plan: a bound for each of its ranks."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from scheduler import parameters
from scheduler.running import bound_of

Values = tuple[int, ...]
"""What something costs at each rank, compared one after the other, the first rank first."""

_WORK = 3.0
"""Deterministic time for the bound of a rank."""


class Least:
    """What is known of the least costs of some members, alone and in sets.

    What the site's own preferences charge is never below 0, and left out.
    """

    def __init__(self, members: Sequence[str], ranks: int) -> None:
        self._members = tuple(members)
        self._none = (0,) * ranks
        self._known: dict[tuple[str, ...], Values] = {}
        self._floors: dict[tuple[str, int], int] = {}
        self._bounds: tuple[Values, list[int]] = self._none, [*self._none]

    def of(self, *members: str) -> Values:
        """What some members cost at least without the others, rank after rank, as far as it is known."""
        return self._known.get(members, self._none)

    def learn(self, members: tuple[str, ...], values: Values) -> None:
        """Some members without the others cost no less than this at the first ranks, one compared after the other."""
        self._known[members] = max(self.of(*members), (*values, *self._none)[: len(self._none)])

    def floor(self, member: str, place: int, value: int) -> None:
        """A member costs no less at a rank, whatever it costs at those above."""
        self._floors[member, place] = value

    def bounds(self, values: Values) -> list[int]:
        """A bound for each rank, given what the plan costs: below the first one, at the ranks above."""
        self._bounds = values, [min(value, self._bound(place, values)) for place, value in enumerate(values)]
        return self._bounds[1]

    def bounds_so_far(self, values: Values) -> list[int]:
        """The bounds worked out last, as far as they hold for these values too."""
        before, bounds = self._bounds
        return [
            min(value, bound) if values[:place] == before[:place] else 0
            for place, (value, bound) in enumerate(zip(values, bounds, strict=True))
        ]

    def _bound(self, place: int, values: Values) -> int:
        """The least sum at a rank with which all that is known is compatible, where those above sum up to their values.

        Members that cost more than they have to above may cost less here, but not less than their floors.
        """
        if not any(known[place] for known in self._known.values()):
            return 0
        model = cp_model.CpModel()
        costs = [
            {member: model.new_int_var(self._floor(member, rank), values[rank], "") for member in self._members}
            for rank in range(place + 1)
        ]
        for rank in range(place):
            model.add(sum(costs[rank].values()) <= values[rank])
        for members, least in self._known.items():
            self._charge(model, [[each[member] for member in members] for each in costs], members, least)
        model.minimize(sum(costs[place].values()))
        solver = cp_model.CpSolver()
        parameters.relaxed()(solver.parameters)
        solver.parameters.max_deterministic_time = _WORK
        solver.solve(model)
        return max(0, bound_of(solver.best_objective_bound))

    def _charge(
        self, model: cp_model.CpModel, costs: Sequence[Sequence[cp_model.IntVar]], members: Sequence[str], least: Values
    ) -> None:
        """Some members cost their least, rank after rank, until it is a point more at one; below it anything."""
        strays = model.new_constant(0)
        for rank, each in enumerate(costs):
            strays_now = model.new_bool_var("")
            gain = max(0, least[rank] - sum(self._floor(member, rank) for member in members))
            model.add(strays_now >= strays)
            model.add(sum(each) >= least[rank] + strays_now - (gain + 1) * strays)
            strays = strays_now

    def _floor(self, member: str, rank: int) -> int:
        return self._floors.get((member, rank), 0)
