"""Few and full days: a price for each day on which somebody comes, and for each idle step between its sessions."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from calendars.clock import Span, moment_of, start_of
from calendars.programme import Programme
from constraints.duties import Duty, candidates
from constraints.rule import Model, Term, Variable

Sessions = tuple[tuple[Duty, Span], ...]
"""Candidates of one day."""


class DayCosts:
    """Charges the days and the waiting of people; those who may have the same sessions on a day share its literals."""

    def __init__(self, programme: Programme, model: Model, points_per_day: int) -> None:
        self._programme = programme
        self._model = model
        self._points = points_per_day
        self._known: dict[Sessions, tuple[Variable, list[Variable]]] = {}

    def charge(self, who: str, duties: Iterable[Duty]) -> None:
        """Pays the points of each day beyond the first of whoever has these duties, and one for each idle step."""
        days = by_day(self._model, duties)
        for sessions in days:
            if sessions not in self._known:
                self._known[sessions] = any_of_day(self._model, who, sessions), self._idle(who, sessions)
            self._model.charge((1, step) for step in self._known[sessions][1])
        literals = [self._known[sessions][0] for sessions in days]
        self._model.at_most(self._points, [(self._points, literal) for literal in literals])
        tie_days(self._model, days, literals)

    def _idle(self, who: str, sessions: Sessions) -> list[Variable]:
        """A literal for each step of a day, 1 where the step is idle; where it is not, 0 is the cheaper."""
        day = sessions[0][1].day
        steps = _steps(self._programme, [span for _, span in sessions])
        ending: list[list[Variable]] = [[] for _ in steps]
        starting: list[list[Variable]] = [[] for _ in steps]
        inside: list[list[Variable]] = [[] for _ in steps]
        for duty, span in sessions:
            variable = duty.choices(self._model)[span]
            following = bisect_left(steps, span.end, key=lambda step: step.start)
            preceding = bisect_right(steps, span.start, key=lambda step: step.end) - 1
            if following < len(steps):
                ending[following].append(variable)
            if preceding >= 0:
                starting[preceding].append(variable)
            for between in inside[preceding + 1 : following]:
                between.append(variable)
        ended = so_far(self._model, f"{who} ended {day}", ending)
        to_come = so_far(self._model, f"{who} to come {day}", starting[::-1])[::-1]
        found = [self._model.literal(f"{who} idle {moment_of(step.start)}") for step in steps]
        for before, after, waits, taken in zip(ended, to_come, found, inside, strict=True):
            self._model.links(1, [(1, before), (1, after), (-1, waits), *((-1, variable) for variable in taken)])
        return found


def by_day(model: Model, duties: Iterable[Duty]) -> list[Sessions]:
    """What may stand on each day, the first day first."""
    days: dict[date, list[tuple[Duty, Span]]] = defaultdict(list)
    for duty, span in candidates(model, duties):
        days[span.day].append((duty, span))
    return [tuple(days[day]) for day in sorted(days)]


def any_of_day(model: Model, who: str, sessions: Sessions) -> Variable:
    """1 where one of the sessions of a day stands."""
    return model.any_of(f"{who} {sessions[0][1].day}", _choices(model, sessions))


def tie_days(model: Model, days: Sequence[Sessions], literals: Sequence[Variable]) -> None:
    """Makes the bound on the days of somebody: a day that is not opened has no session, and an open one not too many.

    It follows from the laws, which do not let them be in two sessions at once.
    """
    in_all: list[Term] = []
    for sessions, literal in zip(days, literals, strict=True):
        exclusive = model.exclusive(_choices(model, sessions))
        for some in exclusive:
            model.links(0, [*((1, variable) for variable in some), (-1, literal)])
        in_all += [*((1, variable) for variable in _choices(model, sessions)), (-len(exclusive), literal)]
    model.links(0, in_all)


def idle_steps(programme: Programme, spans: Sequence[Span]) -> int:
    """How many steps are idle between some sessions of a day.

    A step of the grid of starts is idle if one of them has ended by its start, another starts at its end or later, and
    none takes a minute of it; one that touches lunch is not.
    """
    steps = _steps(programme, spans)
    return sum(not any(span.overlaps(step) for span in spans) for step in steps)


def so_far(model: Model, name: str, batches: Iterable[Sequence[Variable]]) -> list[Variable]:
    """For each batch, 1 where something of it or of a batch before it is taken."""
    found: list[Variable] = []
    for number, batch in enumerate(batches):
        found.append(model.any_of(f"{name} {number}", [*found[-1:], *batch]))
    return found


def _choices(model: Model, sessions: Sessions) -> list[Variable]:
    return [duty.choices(model)[span] for duty, span in sessions]


def _steps(programme: Programme, spans: Iterable[Span]) -> list[Span]:
    """The whole steps of the grid from the first end to the last start of some spans, but for those at lunch."""
    every = list(spans)
    first, last = min(span.end for span in every), max(span.start for span in every)
    length = programme.starts_every
    start = first + (start_of(every[0].day) + programme.opening.hull[0] - first) % length
    steps = (Span(minute, minute + length) for minute in range(start, last - length + 1, length))
    return [step for step in steps if not programme.opening.is_at_lunch(step)]
