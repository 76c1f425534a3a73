"""What sessions have by their times alone: hours of the day, weekdays, weeks."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

from calendars.clock import DAY, Span
from calendars.programme import Part
from calendars.timetable import Placement
from constraints.rule import Model, Variable

Value = TypeVar("Value", bound=Hashable)


class OfSpans(Generic[Value]):
    """What sessions have by their times alone, such as a weekday."""

    def __init__(self, values: Callable[[Span], Sequence[Value]]) -> None:
        self._values = values

    def choices(self, model: Model, part: Part) -> dict[Value, Variable]:
        """1 for a value that a session has; values of the same candidates share their unknown."""
        candidates: dict[Sequence[Value], list[Variable]] = defaultdict(list)
        for span, variable in model.choices(part.key).items():
            candidates[self._values(span)].append(variable)
        having: dict[Value, list[Variable]] = defaultdict(list)
        for values, some in candidates.items():
            literal = model.any_of(f"{part.key} has {values}", some)
            for value in values:
                having[value].append(literal)
        alike = {tuple(map(id, some)): (value, some) for value, some in having.items()}
        literals = {same: model.any_of(f"{part.key} has {value}", some) for same, (value, some) in alike.items()}
        return {value: literals[tuple(map(id, some))] for value, some in having.items()}

    def had(self, part: Part, sessions: Sequence[Placement]) -> Sequence[Value]:
        """What the sessions have."""
        return self.of(session.span for session in sessions)

    def of(self, spans: Iterable[Span]) -> Sequence[Value]:
        """What sessions at some spans have, each once."""
        distinct = dict.fromkeys(map(self._values, spans))
        return [*dict.fromkeys(value for values in distinct for value in values)]


HOURS = OfSpans(lambda span: range(span.start % DAY, span.start % DAY + span.minutes))
"""The minutes of the day, whatever the day."""

WEEKDAYS = OfSpans(lambda span: (span.day.weekday(),))
"""The weekdays, Monday 0."""

WEEKS = OfSpans(lambda span: (span.week,))
"""The weeks, named by their Mondays."""
