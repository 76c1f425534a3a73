"""Parts that meet regularly: spans of the same ways share one unknown, so that a weekly course costs as one session."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from calendars.clock import Span
from calendars.programme import Part
from constraints.rule import Variable
from scheduler.candidates import Candidates


class Runs(NamedTuple):
    """Spans of a part that stand together: by span, in order of time, the number of its run; by run its ways."""

    numbers: Mapping[Span, int]
    ways: Sequence[tuple[int, ...]]


class AtSpans(Mapping[Span, Variable]):
    """Unknowns by span, one for each run."""

    def __init__(self, numbers: Mapping[Span, int], unknowns: Sequence[Variable]) -> None:
        self._numbers = numbers
        self._unknowns = unknowns

    def __getitem__(self, span: Span) -> Variable:
        return self._unknowns[self._numbers[span]]

    def __iter__(self) -> Iterator[Span]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)


def runs_of(part: Part, ways: Mapping[int, Variable], found: Candidates) -> Runs:
    """The runs of the spans that some of these ways have, or at which something was held."""
    numbers: dict[Span, int] = {}
    runs: dict[tuple[int, ...], int] = {}
    at = {span: tuple(number for number in part.ways_at.get(span, ()) if number in ways) for span in found.lawful}
    for span in sorted({*(span for span, some in at.items() if some), *found.held}):
        numbers[span] = runs.setdefault(at.get(span, ()), len(runs))
    return Runs(numbers, list(runs))
