"""What a timetable makes of every row of a guarded model, reckoned without a solver."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from calendars.timetable import Timetable
from scheduler.guarded import GuardedModel, Row
from scheduler.model import index_of

POINTS = 60
"""What a place costs at which a law gives way, at a price of 1."""

Excesses = Mapping[int, int]
"""By the place of a row in the list of rows, by how much it is exceeded; all others are kept."""

Values = dict[int, int]
"""The value of each unknown, by its index."""


class Reckoner:
    """The rows of all pieces of a model, each with its piece, and what its unknowns stand for."""

    def __init__(self, model: GuardedModel) -> None:
        self.model = model
        self.rows = [(piece, row) for piece in model.pieces for row in piece.rows]
        self._unknowns = range(len(model.cp.proto.variables))
        self._most_rows = list(model.most_rows(self._unknowns))
        self._open = [index for index in self._unknowns if not model.is_choice(index) and index not in model.owners]
        self._gains = Counter[int]()
        for _, row in self.rows:
            self._gains.update({index: -factor for factor, index in row.terms})
        self._ties: dict[int, list[Row]] = defaultdict(list)
        for tie in dict.fromkeys(tie for ties in model.ties.values() for tie in ties):
            self._ties[max((index for _, index in tie.terms if index in self._open), default=-1)].append(tie)

    def excesses(self, timetable: Timetable) -> Excesses | None:
        """What a timetable breaks; None where the model has no such timetable."""
        if any(each.span not in self.model.choices(each.activity) for each in timetable.placements):
            return None
        taken = {index_of(variable): value for value, variable in self.model.kept(timetable)}
        values = dict.fromkeys(self._unknowns, 0) | taken
        if not _are_kept([*self._most_rows, *self._ties[-1]], values) or not self._complete(values, 0):
            return None
        above = ((place, _sum(row, values) - row.limit) for place, (_, row) in enumerate(self.rows))
        return {place: excess for place, excess in above if excess > 0}

    def points(self, place: int, excess: int) -> int:
        """What it costs at a price of 1 that a row is exceeded by so much."""
        row = self.rows[place][1]
        if {factor for factor, _ in row.terms} in ({1}, {-1}):
            return POINTS * excess
        return POINTS + excess if self.model.is_in_minutes(row) else POINTS

    def _complete(self, values: Values, place: int) -> bool:
        """Gives the unknowns from some place on what their ties demand, else what is of more use to the laws."""
        if place == len(self._open):
            return all(self._least(index) <= value <= self._most(index) for index, value in values.items())
        index = self._open[place]
        for value in self._options(index, values):
            values[index] = value
            if _are_kept(self._ties[index], values) and self._complete(values, place + 1):
                return True
        return False

    def _options(self, index: int, values: Values) -> Iterable[int]:
        if index in self.model.unions:
            return [max(values[choice] for choice in self.model.unions[index])]
        every = range(self._least(index), self._most(index) + 1)
        return reversed(every) if self._gains[index] > 0 else every

    def _least(self, index: int) -> int:
        return self.model.domain(index)[0]

    def _most(self, index: int) -> int:
        return self.model.domain(index)[1]


def _are_kept(rows: Iterable[Row], values: Values) -> bool:
    return all(_sum(row, values) <= row.limit for row in rows)


def _sum(row: Row, values: Values) -> int:
    return sum(factor * values[index] for factor, index in row.terms)
