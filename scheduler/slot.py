"""Why not this slot: whether a session, a block or a milestone may stand at a moment, and what it takes.

The question is answered by the cheapest step that can: the laws that the slot breaks by itself; the calendar with this
one thing moved, judged by the rules' own checks; then CP-SAT, which looks for the lawful calendar that has it there and
is nearest to the one in hand, as `few_changes` counts, or proves that none has it; at last the laws that forbid it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from threading import Event
from typing import NamedTuple

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import CpSolverResponse

from calendars.clock import Span
from calendars.programme import Activity, Part
from calendars.timetable import Placement, Timetable
from constraints.few_changes import FewChanges
from constraints.pinned import Pinned
from constraints.rule import Breach, Rule
from scheduler import parameters
from scheduler.asked import candidate_at
from scheduler.candidates import candidates_of
from scheduler.conflict import Conflict, explain
from scheduler.model import SearchModel, literal_of
from scheduler.moves import Move, moves
from scheduler.patience import Patience
from scheduler.problem import Problem
from scheduler.result import Limits, Outcome
from scheduler.running import run
from scheduler.search import search
from scheduler.verdict import breaches, price

_REASONS_WORK = 1.0
_REASONS_PIECES = 10_000
"""The most for each step of the reasons, and how many of them; then they are as few as is known."""


class Slot(Enum):
    """What a slot can be for what is asked to stand there."""

    STANDS = "stands"
    FREE = "free"
    STRUCK = "struck"
    POSSIBLE = "possible"
    FORBIDDEN = "forbidden"
    UNKNOWN = "unknown"


class Price(NamedTuple):
    """What the rules of a level cost in the calendar and in the one with the slot taken, in points."""

    rank: int
    before: int
    after: int


@dataclass(frozen=True)
class Answer:
    """What becomes of an activity at a span.

    - STANDS: it is there already.
    - FREE: it may go there, and nothing else has to move.
    - STRUCK: `by_itself` are the breaches of the laws that forbid the slot whatever else stands where.
    - POSSIBLE: `moves` make a lawful calendar, the one asked for first; `least` where it is proved that no calendar
      changes less by the points of `few_changes`.
    - FORBIDDEN: it is proved that no lawful calendar has it there; of the laws in a conflict one is that it does.
    - UNKNOWN: the work allowed was too little, or somebody stopped it.

    `in_its_way` are the breaches that come with the move alone. `witness` is the lawful calendar that has it there, and
    `prices` what that does to each level. Without a calendar in hand there are no moves, prices or things in the way.
    """

    slot: Slot
    activity: str
    span: Span
    by_itself: tuple[Breach, ...] = ()
    in_its_way: tuple[Breach, ...] = ()
    moves: tuple[Move, ...] = ()
    least: bool = False
    prices: tuple[Price, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    witness: Timetable | None = None


class RefusedWitness(Exception):
    """The model allowed a calendar that a law's own check refuses: an error of this program, never told."""


class Slots:
    """What may stand where, in a calendar or in any; the model is built once, for many questions.

    Args:
        problem: the programme and its rules. With `held` among them, what has begun stays.
        timetable: the calendar in hand; None asks whether any lawful calendar has the slot.
        work: the most for a rearrangement, in CP-SAT's deterministic time; most take less than a tenth of it.
    """

    def __init__(self, problem: Problem, timetable: Timetable | None, work: float = 20.0) -> None:
        activities = problem.programme.activities.values()
        self._problem = problem
        self._held = tuple(each for law in problem.laws for activity in activities for each in law.holds(activity))
        self._calendar = None if timetable is None else _Calendar(problem, timetable, work)

    def ask(self, activity: str, start: int, now_at: Span | None = None, stop: Event | None = None) -> Answer:
        """Whether an activity may begin at a minute.

        Args:
            activity: the key of a part, a block or a milestone.
            start: in minutes, as in a span.
            now_at: where the session that is to move stands in the calendar; None for the nearest one of its part.
            stop: once set, ends the search at once.

        Raises:
            FaultyInput: where no candidate of the activity begins then, whatever the laws say.
        """
        stop = stop or Event()
        planned = self._problem.programme.activities[activity]
        pin = Pinned(activity=activity, span=candidate_at(self._problem.programme, planned, start))
        if self._calendar is None:
            return self._struck(planned, pin, None) or self._in_any_calendar(pin, stop)
        moved = self._calendar.moved(pin, now_at)
        return self._struck(planned, pin, moved) or self._calendar.answer(pin, moved, now_at, stop)

    def _struck(self, activity: Activity, pin: Pinned, moved: Timetable | None) -> Answer | None:
        by_itself = tuple(self._by_itself(activity, pin.span, moved))
        return Answer(Slot.STRUCK, pin.activity, pin.span, by_itself=by_itself) if by_itself else None

    def _by_itself(self, activity: Activity, span: Span, moved: Timetable | None) -> Iterator[Breach]:
        """What each law says that strikes or closes the span; nothing of what was held there."""
        for law in self._problem.laws:
            forbids = law.forbids(self._problem.programme, activity)
            if law.closes(span) or (forbids is not None and forbids(span)):
                yield from self._words(law, activity, span, moved)

    def _words(self, law: Rule, activity: Activity, span: Span, moved: Timetable | None) -> list[Breach]:
        """The breaches that a placement brings alone; of these, those that the calendar has with it, if it has any."""
        programme = self._problem.programme
        there = [each for each in (moved.of(activity.key) if moved else ()) if each.span == span]
        alone = Timetable(tuple(dict.fromkeys((*self._held, *(there[:1] or [_placed(activity, span)])))))
        known = list(law.check(programme, Timetable(self._held)))
        found = [breach for breach in law.check(programme, alone) if breach not in known]
        told = list(law.check(programme, moved)) if moved else []
        return [breach for breach in found if breach in told] or found

    def _in_any_calendar(self, pin: Pinned, stop: Event) -> Answer:
        result = search(_with(self._problem, pin), Limits(stop=stop))
        if result.outcome is Outcome.IMPOSSIBLE:
            return _forbidden(self._problem, pin, stop)
        if result.timetable is None:
            return Answer(Slot.UNKNOWN, pin.activity, pin.span)
        _refuse(breaches(self._problem, result.timetable))
        return Answer(Slot.POSSIBLE, pin.activity, pin.span, witness=result.timetable)


class _Calendar:
    """A calendar in hand, what is wrong with it already, and the model of all that it could become."""

    def __init__(self, problem: Problem, timetable: Timetable, work: float) -> None:
        self._problem = problem
        self._work = work
        self._timetable = timetable
        self._known = breaches(problem, timetable)
        self._changes = FewChanges(placements=timetable.placements)
        self._model = SearchModel(problem.programme, candidates_of(problem.programme, problem.laws), problem.laws)
        self._model.post([self._changes])
        self._hint = {literal_of(variable).index: value for value, variable in self._model.kept(timetable)}

    def moved(self, pin: Pinned, now_at: Span | None) -> Timetable:
        """The calendar with one session moved to where it is asked: the one that stands nearest to `now_at`."""
        standing = self._timetable.of(pin.activity)
        if any(each.span == pin.span for each in standing):
            return self._timetable
        about = (now_at or pin.span).start
        nearest = min(standing, key=lambda each: abs(each.span.start - about), default=None)
        if nearest is None:
            there = _placed(self._problem.programme.activities[pin.activity], pin.span)
        else:
            there = nearest._replace(span=pin.span)
        return Timetable((*(each for each in self._timetable.placements if each is not nearest), there))

    def answer(self, pin: Pinned, moved: Timetable, now_at: Span | None, stop: Event) -> Answer:
        """By the rules' own checks first, then by the solver."""
        if moved == self._timetable:
            return self._reached(Slot.STANDS, pin, moved, now_at)
        in_its_way = self._new_breaches(moved)
        if not in_its_way:
            return self._reached(Slot.FREE, pin, moved, now_at)
        return replace(self._rearranged(pin, now_at, stop), in_its_way=in_its_way)

    def _rearranged(self, pin: Pinned, now_at: Span | None, stop: Event) -> Answer:
        if stop.is_set():
            return Answer(Slot.UNKNOWN, pin.activity, pin.span)
        response = self._nearest(pin, now_at, stop)
        if response.status == cp_model.INFEASIBLE:
            return _forbidden(self._problem, pin, stop)
        if not response.solution:
            return Answer(Slot.UNKNOWN, pin.activity, pin.span)
        witness = self._model.timetable(response.solution)
        _refuse(self._new_breaches(witness))
        least = response.status == cp_model.OPTIMAL
        return replace(self._reached(Slot.POSSIBLE, pin, witness, now_at), least=least)

    def _nearest(self, pin: Pinned, now_at: Span | None, stop: Event) -> CpSolverResponse:
        """The lawful calendar that changes least; of several one in which the session asked about leaves its place."""
        choices = self._model.choices(pin.activity)
        cp = self._model.cp.clone()
        cp.proto.solution_hint.vars.extend(list(self._hint))
        cp.proto.solution_hint.values.extend(list(self._hint.values()))
        cp.add(literal_of(choices[pin.span]) == 1)
        stays = [literal_of(variable) for span, variable in choices.items() if span == now_at]
        cost = self._model.cost(self._changes.rank)
        cp.minimize(cp_model.LinearExpr.weighted_sum([cost, *stays], [2, *(1 for _ in stays)]))
        solver = cp_model.CpSolver()
        parameters.relaxed()(solver.parameters)
        solver.parameters.max_deterministic_time = self._work
        return run(solver, cp, stop.is_set)

    def _new_breaches(self, timetable: Timetable) -> tuple[Breach, ...]:
        """Those that the calendar in hand does not have: what the past alone has broken cannot be mended."""
        return tuple(breach for breach in breaches(self._problem, timetable) if breach not in self._known)

    def _reached(self, slot: Slot, pin: Pinned, witness: Timetable, now_at: Span | None) -> Answer:
        ranks = sorted({rule.rank for rule in self._problem.priced})
        both = (self._timetable, witness)
        prices = tuple(Price(rank, *(price(self._problem, each, rank) for each in both)) for rank in ranks)
        moved = moves(self._problem.programme, *both, (pin.activity, now_at, pin.span))
        return Answer(slot, pin.activity, pin.span, moves=moved, prices=prices, witness=witness)


def _refuse(found: Sequence[Breach]) -> None:
    if found:
        raise RefusedWitness("; ".join(str(breach.message) for breach in found))


def _with(problem: Problem, pin: Pinned) -> Problem:
    """The laws alone, with what is asked for among them."""
    return replace(problem, rules=(*problem.laws, pin))


def _forbidden(problem: Problem, pin: Pinned, stop: Event) -> Answer:
    """No lawful calendar has it there, and why; two reasons would both have the pin, so that there is one at most."""
    patience = Patience(_REASONS_WORK, stop, _REASONS_PIECES)
    conflicts = () if stop.is_set() else explain(_with(problem, pin), 1, patience).conflicts
    return Answer(Slot.FORBIDDEN, pin.activity, pin.span, conflicts=conflicts)


def _placed(activity: Activity, span: Span) -> Placement:
    """An activity at a span, with the first trainers and the first place that it may have."""
    if not isinstance(activity, Part):
        return Placement(span, activity.key)
    place = activity.places[0] if activity.places else None
    return Placement(span, activity.key, trainers=activity.staff(), place=place)
