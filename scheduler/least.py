"""What the members of a plan cost at least, and so the plan: a bound for each of its ranks."""

from collections.abc import Sequence

from ortools.sat.python import cp_model

from scheduler import parameters
from scheduler.running import bound_of

Values = tuple[int, ...]
"""What something costs at each rank, compared one after the other, the first rank first."""


class Least:
    """What is known of the least costs of some members.

    What the site's own preferences charge is never below 0, and left out.
    """

    def __init__(self, members: Sequence[str], ranks: int) -> None:
        self._alone: dict[str, Values] = dict.fromkeys(members, (0,) * ranks)
        self._floors: dict[tuple[str, int], int] = {}
        self._together: dict[tuple[str, ...], int] = {}
        self._known: int | None = None

    def of(self, member: str) -> Values:
        """What a member costs at least, rank after rank."""
        return self._alone[member]

    def alone(self, member: str, values: Values) -> None:
        """A member alone costs no less than this, rank after rank."""
        self._alone[member] = values
        self._known = None

    def floor(self, member: str, place: int, value: int) -> None:
        """A member costs no less at a rank, whatever it costs at those above."""
        self._floors[member, place] = value

    def together(self, members: tuple[str, ...], value: int) -> None:
        """Some members together cost no less at the first rank."""
        self._together[members] = value
        self._known = None

    def bounds(self, values: Sequence[int]) -> list[int]:
        """A bound for each rank, given what the plan costs; below the first one, given the ranks above at their values.

        At the first rank it is the least sum of costs with which all that is known of members, alone and together, is
        compatible. Each point above it may let one member cost more there than alone, and so less at a rank below, but
        not less than its floor. The same holds for each rank after it.
        """
        found: list[int] = []
        straying = 0
        for place, value in enumerate(values):
            bound = self._known_first() if place == 0 else self._below(place, straying)
            found.append(min(value, bound))
            straying += value - found[-1] if place else value - sum(least[0] for least in self._alone.values())
        return found

    def _below(self, place: int, straying: int) -> int:
        floors = [self._floors.get((member, place), 0) for member in self._alone]
        least = [max(values[place], floor) for values, floor in zip(self._alone.values(), floors, strict=True)]
        gains = sorted((each - floor for each, floor in zip(least, floors, strict=True)), reverse=True)
        return sum(least) - sum(gains[: max(0, straying)])

    def _known_first(self) -> int:
        """The bound of the first rank, worked out anew only where something has been learnt since."""
        if self._known is None:
            self._known = self._first()
        return self._known

    def _first(self) -> int:
        """The least sum that each member and each set of them allows."""
        model = cp_model.CpModel()
        most = sum(self._together.values()) + sum(values[0] for values in self._alone.values())
        costs = {member: model.new_int_var(values[0], most, member) for member, values in self._alone.items()}
        for members, value in self._together.items():
            model.add(sum(costs[member] for member in members) >= value)
        model.minimize(sum(costs.values()))
        solver = cp_model.CpSolver()
        parameters.relaxed()(solver.parameters)
        solver.parameters.max_deterministic_time = 1.0
        solver.solve(model)
        return max(0, bound_of(solver.best_objective_bound))
