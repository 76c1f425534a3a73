from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import ClassVar

from pydantic import Field

from calendars.clock import Span, moment_of, monday_of, start_of
from calendars.loads import Workload, titles_of, unknown_names, workloads
from calendars.programme import Part, Programme
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say
from constraints.complete import needed
from constraints.rule import Breach, Model, Preference, Variable, keys_in_order

Sessions = tuple[tuple[str, Span], ...]
"""Candidates of one day, each with its part."""


class CompactDays(Preference):
    """The people of a group come on site on few days, and wait little between the sessions of such a day.

    Each enrolment that contains the group is looked at as a whole; enrolments with the same sessions count once.
    Waiting is counted in steps of the grid of starts, which a session could fill; a virtual session fills none.

    Formula: for each enrolment `points_per_day` · (Σ open(day) - 1) + Σ idle(step), where a step is idle if a session
    of that day has ended by its start, another starts at its end or later, and none takes a minute of it. Unit: points.
    Boundary: one day costs nothing, nor does what a gap has beside its whole steps, nor a step that touches lunch.
    Source: custom; working days and compact curricula in the timetabling competitions (ITC 2007, track 3).

    Example:
        [preferences.compact_days]
        group = "promotion"
        points_per_day = 8
    """

    name: ClassVar[str] = "compact_days"

    group: str = Field(description="group whose days are counted, in every enrolment that contains it")
    points_per_day: int = Field(8, ge=1, le=100, description="points of a day on site; a step of waiting is one point")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown group."""
        yield from unknown_names(programme, self.group, ())

    def post(self, programme: Programme, model: Model) -> None:
        """Charges a literal for each day and each idle step; the last tie only makes the bound on the days.

        Enrolments that may have the same sessions on a day share its literals.
        """
        known: dict[Sessions, tuple[Variable, list[Variable]]] = {}
        for load in self._loads(programme):
            count = sum(needed(part) for part in load.activities)
            days: list[tuple[int, Variable]] = []
            for sessions in _by_day(model, load):
                if sessions not in known:
                    known[sessions] = _opened(model, self.group, sessions), _idle(programme, model, sessions)
                opened, idle = known[sessions]
                model.charge((1, step) for step in idle)
                days.append((len(sessions), opened))
            if days:
                model.charge([(self.points_per_day, opened) for _, opened in days], -self.points_per_day)
                model.links(-count, [(-min(count, size), opened) for size, opened in days])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts the days of each enrolment, and walks along the steps of each day."""
        for load in self._loads(programme):
            groups = titles_of(programme, {self.group, *(part.group for part in load.activities)})
            days: dict[date, list[Placement]] = defaultdict(list)
            for part in load.activities:
                for placement in timetable.of(part.key):
                    days[placement.span.day].append(placement)
            if len(days) > 1:
                message = say("{days} days on site for {groups}", groups=groups, days=len(days))
                found = tuple(part.key for part in load.activities)
                yield Breach(self.name, message, self.points_per_day * (len(days) - 1), activities=found)
            for day, sessions in sorted(days.items()):
                spans = [session.span for session in sessions]
                steps = _steps(programme, day, spans)
                idle = sum(not any(span.overlaps(step) for span in spans) for step in steps)
                if idle:
                    waits = _waits(groups, timedelta(minutes=idle * programme.starts_every), day)
                    found = keys_in_order(programme, [session.activity for session in sessions])
                    yield Breach(self.name, waits, idle, activities=found, monday=monday_of(day))

    def _loads(self, programme: Programme) -> tuple[Workload, ...]:
        return workloads(programme, lambda one: isinstance(one, Part) and not programme.is_virtual(one), self.group)


def _by_day(model: Model, load: Workload) -> Iterator[Sessions]:
    """What may stand on each day."""
    days: dict[date, list[tuple[str, Span]]] = defaultdict(list)
    for part in load.activities:
        for span in model.choices(part.key):
            days[span.day].append((part.key, span))
    return map(tuple, days.values())


def _steps(programme: Programme, day: date, spans: Iterable[Span]) -> list[Span]:
    """The whole steps of the grid from the first end to the last start of some spans, but for those at lunch."""
    first, last = min(span.end for span in spans), max(span.start for span in spans)
    length = programme.starts_every
    start = first + (start_of(day) + programme.opening.hull[0] - first) % length
    steps = (Span(minute, minute + length) for minute in range(start, last - length + 1, length))
    return [step for step in steps if not programme.opening.is_at_lunch(step)]


def _opened(model: Model, group: str, sessions: Sessions) -> Variable:
    day = sessions[0][1].day
    return model.any_of(f"{group} on site {day}", [model.choices(part)[span] for part, span in sessions])


def _idle(programme: Programme, model: Model, sessions: Sessions) -> list[Variable]:
    """A literal for each step of a day, 1 where the step is idle; where it is not, 0 is the cheaper."""
    day = sessions[0][1].day
    steps = _steps(programme, day, [span for _, span in sessions])
    ending: list[list[Variable]] = [[] for _ in steps]
    starting: list[list[Variable]] = [[] for _ in steps]
    inside: list[list[Variable]] = [[] for _ in steps]
    for part, span in sessions:
        variable = model.choices(part)[span]
        following = bisect_left(steps, span.end, key=lambda step: step.start)
        preceding = bisect_right(steps, span.start, key=lambda step: step.end) - 1
        if following < len(steps):
            ending[following].append(variable)
        if preceding >= 0:
            starting[preceding].append(variable)
        for between in inside[preceding + 1 : following]:
            between.append(variable)
    ended = _so_far(model, f"ended {day}", ending)
    to_come = _so_far(model, f"to come {day}", starting[::-1])[::-1]
    found = [model.literal(f"idle {day} {moment_of(step.start)}") for step in steps]
    for before, after, idle, taken in zip(ended, to_come, found, inside, strict=True):
        model.links(1, [(1, before), (1, after), (-1, idle), *((-1, variable) for variable in taken)])
    return found


def _so_far(model: Model, name: str, batches: Iterable[Sequence[Variable]]) -> list[Variable]:
    """For each batch, 1 where something of it or of a batch before it is taken."""
    found: list[Variable] = []
    for number, batch in enumerate(batches):
        found.append(model.any_of(f"{name} {number}", [*found[-1:], *batch]))
    return found


def _waits(groups: Sequence[str], waiting: timedelta, day: date) -> Message:
    return say(
        "{length} of waiting between sessions on site on {day} for {groups}, lunch left out",
        groups=groups,
        length=waiting,
        day=day,
    )
