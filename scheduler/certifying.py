"""Lawful calendars around one in hand: whoever is offered a slot gets one that has it.

Two models find them. In the *close* one a single session may move, so that it is small and made anew for each question.
In the *wide* one everything may, of which a bound on what moves leaves little. Both are answered by plain propagation
from the calendar in hand: measured on years of 7,400 and 14,000 candidates, a slot takes 0.02 s in the first and 0.1 s
in the second, where presolve and linear relaxation take 1 to 4 s. Where propagation is lost, they have their turn.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from threading import Event

from ortools.sat.python import cp_model

from calendars.clock import Span
from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from constraints.few_changes import FewChanges
from constraints.rule import Term, Variable
from scheduler import parameters
from scheduler.candidates import Candidates, candidates_of
from scheduler.model import SearchModel, hint, index_of, literal_of, weighted_sum
from scheduler.moves import counts_as_move
from scheduler.problem import Problem
from scheduler.running import run

FEW = 3
"""Where any number of others may move, fewer than so many are tried first."""

_PROPAGATED_WORK = 2.0
_RELAXED_WORK = 20.0
_POLISHING_WORK = 1.0
"""In CP-SAT's deterministic time."""


class OutOfWork(Exception):
    """It is not known whether there is a calendar: too little work was allowed, or somebody stopped it."""


def close_by(
    problem: Problem, timetable: Timetable, moving: Placement, wanted: set[Span], stop: Event
) -> Iterator[Timetable]:
    """The lawful calendars in which nothing but one session of a calendar moves, to slots that are wanted.

    Its trainers and its place may change with it, where the programme leaves them open. What is found is taken out of
    `wanted`, and so may the caller do; what is left of it at the end no such calendar has.

    Raises:
        OutOfWork: where it was stopped.
    """
    model = SearchModel(problem.programme, _close_candidates(problem, timetable, moving.activity, wanted), problem.laws)
    others = Timetable(tuple(each for each in timetable.placements if each is not moving))
    for value, variable in model.kept(others):
        model.cp.add(literal_of(variable) == value)
    hint(model.cp, [*model.kept(timetable), *_own_staff(model, moving)])
    yield from _answers(model, model.cp, moving.activity, wanted, stop)


class Wide:
    """All that a calendar could become, for many questions; the model is built once."""

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self._problem = problem
        self._timetable = timetable
        self._changes = FewChanges(placements=timetable.placements)

    def with_moves(self, moving: Placement, wanted: set[Span], most: int | None, stop: Event) -> Iterator[Timetable]:
        """The lawful calendars that have a wanted slot for a session, and in which few others stand otherwise.

        Args:
            moving: the session as it stands in the calendar in hand.
            wanted: slots at which its part does not stand yet; used as by `close_by`.
            most: how many other sessions and blocks may stand otherwise, by time, trainer or place; None for any.
            stop: once set, ends it.

        Raises:
            OutOfWork: where the work allowed or the one who stops it ends it.
        """
        yield from _answers(self._model, self._bounded([moving], most), moving.activity, wanted, stop)

    def with_all(
        self, moving: Sequence[Placement], there: Sequence[Placement], most: int | None, stop: Event
    ) -> Timetable | None:
        """A lawful calendar with several sessions where they are asked; None where it is proved that there is none.

        Args:
            moving: the sessions as they stand in the calendar in hand.
            there: as they are to stand.
            most: as in `with_moves`, of all other sessions and blocks.
            stop: once set, ends it.

        Raises:
            OutOfWork: as `with_moves`.
        """
        cp = self._bounded(moving, most)
        for placement in there:
            asked = list(self._model.kept(Timetable((placement,))))
            if not asked:
                return None
            for value, variable in asked:
                cp.add(literal_of(variable) == value)
        solution = solved(cp, stop)
        return None if solution is None else self._model.timetable(solution)

    def _bounded(self, moving: Sequence[Placement], most: int | None) -> cp_model.CpModel:
        stay = [each for placement, each in self._staying.items() if placement not in moving]
        cp = self._model.cp.clone()
        leaving = ((0, variable) for _, variable in self._model.kept(Timetable(tuple(moving))))
        hint(cp, [*self._model.kept(self._timetable), *leaving])
        if most is not None:
            at_most_moved(cp, stay, most)
        return cp

    def polished(self, witness: Timetable, stop: Event) -> Timetable:
        """A calendar with the same sessions and blocks as a lawful one, whose other placements change the least."""
        cp = self._model.cp.clone()
        known = Timetable(
            tuple(each for each in witness.placements if counts_as_move(self._problem.programme, each.activity))
        )
        for value, variable in self._model.kept(known):
            cp.add(literal_of(variable) == value)
        hint(cp, self._model.kept(witness))
        cp.minimize(self._model.cost(self._changes.rank))
        solver = cp_model.CpSolver()
        parameters.alone()(solver.parameters)
        solver.parameters.max_deterministic_time = _POLISHING_WORK
        response = run(solver, cp, stop.is_set)
        return self._model.timetable(response.solution) if response.solution else witness

    @cached_property
    def _model(self) -> SearchModel:
        candidates = candidates_of(self._problem.programme, self._problem.laws)
        model = SearchModel(self._problem.programme, candidates, self._problem.laws)
        model.post([self._changes])
        return model

    @cached_property
    def _staying(self) -> Mapping[Placement, Variable]:
        return staying(self._model, self._timetable)


def fewest_moved(wide: Wide, moving: Sequence[Placement], there: Sequence[Placement], stop: Event) -> Timetable | None:
    """A lawful calendar with several sessions where they are asked, in which no more others move than need to.

    Beyond a few moves any number will do. None where it is proved that no lawful calendar has them there.

    Raises:
        OutOfWork: as `Wide.with_all`.
    """
    for most in (*range(FEW), None):
        found = wide.with_all(moving, there, most, stop)
        if found is not None:
            return found
    return None


def moved_between(programme: Programme, before: Timetable, after: Timetable, moving: Sequence[Placement]) -> int:
    """How many sessions and blocks stand otherwise than before, beside those that are asked to move."""
    return sum(
        counts_as_move(programme, each.activity) and each not in after.of(each.activity)
        for each in before.placements
        if each not in moving
    )


def staying(model: SearchModel, timetable: Timetable) -> dict[Placement, Variable]:
    """By session or block of a timetable, an unknown that is 1 only where it stands as it does there."""
    found = {}
    for placement in timetable.placements:
        if counts_as_move(model.programme, placement.activity):
            kept = {index_of(variable): variable for _, variable in model.kept(Timetable((placement,)))}
            found[placement] = _all_of(model, f"{placement.activity} stays {placement.span.start}", kept.values())
    return found


def at_most_moved(cp: cp_model.CpModel, stay: Sequence[Variable], most: int) -> None:
    """All but so many stay."""
    cp.add(weighted_sum((1, each) for each in stay) >= len(stay) - most)


def _all_of(model: SearchModel, name: str, choices: Collection[Variable]) -> Variable:
    if len(choices) == 1:
        return next(iter(choices))
    found = model.literal(name)
    for one in choices:
        model.cp.add_implication(literal_of(found), literal_of(one))
    return found


def _close_candidates(
    problem: Problem, timetable: Timetable, moving: str, slots: Collection[Span]
) -> dict[str, Candidates]:
    """What stands, and for one part the slots beside it."""
    found = {}
    for key, activity in problem.programme.activities.items():
        held = {each.span: each for law in problem.laws for each in law.holds(activity)}
        spans = {*held, *(each.span for each in timetable.of(key)), *(slots if key == moving else ())}
        closed = frozenset(span for span in spans if span not in held and any(law.closes(span) for law in problem.laws))
        found[key] = Candidates(activity, tuple(sorted(spans)), {}, held, closed)
    return found


def _own_staff(model: SearchModel, moving: Placement) -> Iterator[Term]:
    """A session takes its own trainers and place along, if it can."""
    part = model.programme.parts[moving.activity]
    own = [trainer for trainer in moving.trainers if trainer in part.trainers_to_choose]
    yield from ((1, each) for trainer in own for each in model.given_by(part.key, trainer).values())
    if part.chooses_place and moving.place is not None:
        yield from ((1, each) for each in model.in_place(part.key, moving.place).values())


def _answers(
    model: SearchModel, cp: cp_model.CpModel, part: str, wanted: set[Span], stop: Event
) -> Iterator[Timetable]:
    """Solutions with a slot that is wanted, until it is proved that there is none; what is found is wanted no more."""
    choices = model.choices(part)
    untested = {span: literal_of(choices[span]) for span in sorted(wanted) if span in choices}
    while untested:
        cp.add_bool_or(list(untested.values()))
        solution = solved(cp, stop)
        if solution is None:
            return
        timetable = model.timetable(solution)
        wanted.difference_update(each.span for each in timetable.of(part))
        yield timetable
        untested = {span: literal for span, literal in untested.items() if span in wanted}


def solved(cp: cp_model.CpModel, stop: Event) -> Sequence[int] | None:
    """The values of a solution; None where it is proved that there is none."""
    for set_to, work in ((parameters.propagated(), _PROPAGATED_WORK), (parameters.relaxed(), _RELAXED_WORK)):
        if stop.is_set():
            break
        solver = cp_model.CpSolver()
        set_to(solver.parameters)
        solver.parameters.max_deterministic_time = work
        response = run(solver, cp, stop.is_set)
        if response.solution:
            return tuple(response.solution)
        if response.status == cp_model.INFEASIBLE:
            return None
    raise OutOfWork
