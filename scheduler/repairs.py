"""The cheapest ways out of an impossible problem: which laws give way, where, and the calendar that follows.

Every row of every law that may bend is let go at a price, and CP-SAT looks for the timetable that costs least. What the
file or the law itself says never bends stays as it is. Something may then stand where a law strikes it, as much as a
week before or after its dates too.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, islice
from types import MappingProxyType

from ortools.sat.python import cp_model

from calendars.clock import Dates, days_span
from calendars.timetable import Timetable
from constraints.complete import Complete
from constraints.rule import Breach, Rule
from constraints.within import Within
from scheduler.candidates import Candidates, candidates_of
from scheduler.conflict import Explanation
from scheduler.excerpt import Excerpt, Found
from scheduler.guarded import GuardedModel, Row, lies_in
from scheduler.patience import Patience
from scheduler.problem import Problem
from scheduler.verdict import breaches, price

POINTS = 60
"""What it costs that a law gives way in one place: by one session, one day, or an hour of which each minute counts."""

_BEYOND = timedelta(days=7)
"""How far from its dates something may stand at a price."""

_WORK = 2.0
"""The most for each repair, in CP-SAT's deterministic time."""

_NEAR_WORK = 1.0
"""The same where a repair counts only if it is proved, which is done soon or not at all."""

_FEW = 15_000
"""With more candidates than these a programme is a large one."""


@dataclass(frozen=True)
class Repair:
    """A timetable of the whole programme that keeps every law but for some breaches.

    `cost` is in points; `bound` is what every repair costs at least that is as unlike the ones before it.
    """

    breaches: tuple[Breach, ...]
    timetable: Timetable
    cost: int
    bound: int

    @property
    def proved(self) -> bool:
        """Whether it is proved that none is cheaper."""
        return self.cost == self.bound


@dataclass(frozen=True)
class Lowering:
    """What it takes of the laws that levels cost less than in any lawful calendar.

    `repair` is None where none was found; `hopeless` where it is proved that there is none.
    """

    repair: Repair | None
    hopeless: bool = False


def lowering(
    problem: Problem, timetable: Timetable, most: Mapping[int, int], about: Collection[str], patience: Patience
) -> Lowering:
    """The cheapest repair of the demand that some levels cost no more than so much, with nothing left out.

    Priced rules may take for granted that all stands which the programme announces. In a large programme whatever the
    levels are not about stays at its time: the repair is the cheapest of that kind, which says nothing of others, so
    that its bound is 0. Where the cheapest cannot be proved, there is none to tell.

    Args:
        problem: one that has lawful calendars.
        timetable: one of them.
        most: what levels may cost, by rank.
        about: the activities that the levels are about.
        patience: what ends it early.
    """
    if patience.stop.is_set():
        return Lowering(None)
    problem = replace(problem, bends={**problem.bends, Complete.name: None})
    patience = replace(patience, work=min(patience.work, _NEAR_WORK))
    every = _within_reach(problem)
    few = {key: found if key in about else _standing(found, timetable) for key, found in every.items()}
    for candidates in (every, few):
        if _is_small(candidates):
            found = _Workshop(problem, candidates, patience, most).proved()
            return _lowering(problem, most, found, candidates is every)
    return Lowering(None)


def _lowering(problem: Problem, most: Mapping[int, int], found: Found, whole: bool) -> Lowering:
    """What a level costs is taken from the rules' own checks, as everywhere."""
    if found.timetable is None or found.cost > found.bound:
        return Lowering(None, found.impossible and whole)
    if any(price(problem, found.timetable, rank) > limit for rank, limit in most.items()):
        return Lowering(None)
    repair = _repair(problem, found, found.timetable)
    return Lowering(repair if whole else replace(repair, bound=0))


def repairs(
    problem: Problem,
    explanation: Explanation,
    most: int = 3,
    patience: Patience | None = None,
    report: Callable[[Repair], None] = lambda repair: None,
) -> tuple[Repair, ...]:
    """Up to so many repairs of an impossible problem, cheapest first.

    The first is the cheapest of all. Each of the others keeps some law as a whole that each before it bends; where that
    is not possible any more, it keeps some place at which each before it gives way. Where that cannot be proved, as in
    a large programme, one law of a conflict bends alone, or the dates, or all laws if that does not help; and only what
    is in a conflict stands where one of them strikes it. `bound` is then what such a repair costs at least.

    Args:
        problem: an impossible one.
        explanation: its conflicts.
        most: how many are looked for.
        patience: what ends it early.
        report: called with each repair as soon as it is found.
    """
    patience = patience or Patience()
    patience = replace(patience, work=min(patience.work, _WORK))
    found: list[Repair] = []
    for repair in islice(_proposed(problem, explanation, patience), most):
        report(repair)
        found.append(repair)
    return tuple(sorted(found, key=lambda repair: repair.cost))


def _proposed(problem: Problem, explanation: Explanation, patience: Patience) -> Iterator[Repair]:
    """Every law may bend, if that can be proved the cheapest; else those of the conflicts alone."""
    candidates = _within_reach(problem)
    if _is_small(candidates):
        every = _Workshop(problem, candidates, patience).repairs()
        first = list(islice(every, 1))
        if all(repair.proved for repair in first):
            yield from chain(first, every)
            return
    yield from _of_conflicts(problem, explanation, patience)


def _of_conflicts(problem: Problem, explanation: Explanation, patience: Patience) -> Iterator[Repair]:
    """The cheapest repair by each law of the conflicts alone; where none helps, by all of them together."""
    demands = [demand for conflict in explanation.conflicts for demand in conflict.demands]
    concerned = frozenset[str]().union(*(demand.activities for demand in demands))
    bending = {law.name: price for law in problem.laws if (price := problem.bend(law)) is not None}
    named = {Within.name, *(demand.law.name for demand in demands)} & {*bending}
    none = dict.fromkeys(law.name for law in problem.laws)
    alone = [{name: bending[name]} for name in sorted(named, key=lambda name: (bending[name], name))]
    lawful = candidates_of(problem.programme, problem.laws)
    helped = False
    for bends in (*alone, bending):
        if helped and bends is bending:
            return
        loose = replace(problem, bends={**none, **bends})
        reach = {key: found if key in concerned else lawful[key] for key, found in _within_reach(loose).items()}
        for repair in islice(_Workshop(loose, reach, patience).repairs(), 1):
            helped = True
            yield repair


class _Workshop:
    """The model of a problem, and all the rows that may give way; levels cost no more than `most` says."""

    def __init__(
        self,
        problem: Problem,
        candidates: Mapping[str, Candidates],
        patience: Patience,
        most: Mapping[int, int] = MappingProxyType({}),
    ) -> None:
        self.problem = problem
        self.patience = patience
        self.model = GuardedModel(problem.programme, candidates, problem.laws)
        pieces = self.model.pieces
        self.stiff = [piece for piece in pieces if problem.bend(piece.law) is None]
        self.loose = [(piece.law, row) for piece in pieces if problem.bend(piece.law) is not None for row in piece.rows]
        self.model.post(rule for rule in problem.priced if rule.rank in most)
        self.stiff += [self.model.ceiling(rank, limit) for rank, limit in most.items()]

    def proved(self) -> Found:
        """The cheapest one, as far as one worker can prove it."""
        return _Attempt(self).proved()

    def repairs(self) -> Iterator[Repair]:
        """One after the other, first unlike in the laws that bend, then in the places."""
        bent: list[frozenset[int]] = []
        for by_law in (True, False):
            attempt = _Attempt(self)
            for places in bent:
                attempt.keep_one_of(places, by_law)
            while (found := attempt.solved()).timetable is not None:
                places = attempt.bent_in(found)
                yield _repair(self.problem, found, found.timetable)
                attempt.keep_one_of(places, by_law)
                bent.append(places)
            if not bent:
                return


class _Attempt:
    """An excerpt in which every loose row may give way at its price; rows go by their places in the list."""

    def __init__(self, workshop: _Workshop) -> None:
        self._laws = [law for law, _ in workshop.loose]
        self._patience = workshop.patience
        self._excerpt = Excerpt(workshop.model, workshop.stiff, [row for _, row in workshop.loose])
        self._excesses = self._excerpt.excesses
        self._broken: dict[int, cp_model.IntVar] = {}
        self._cost = cp_model.LinearExpr.sum(
            [
                (workshop.problem.bend(law) or 0) * self._points(workshop.model, row, place)
                for place, (law, row) in enumerate(workshop.loose)
            ]
        )

    def solved(self) -> Found:
        """The cheapest timetable."""
        return self._excerpt.cheapest(self._patience, self._cost)

    def proved(self) -> Found:
        """What one worker finds, looking for the cheapest and for the proof."""
        self._excerpt.cp.minimize(self._cost)
        return self._excerpt.solved(self._patience)

    def bent_in(self, found: Found) -> frozenset[int]:
        """The rows that give way in a solution."""
        return frozenset(place for place, excess in enumerate(self._excesses) if found.values[excess.index])

    def keep_one_of(self, places: Iterable[int], as_a_law: bool) -> None:
        """One of some rows has to hold, or with all other rows of its law."""
        kept = [self._all_of(law) for law in self._laws_of(places)] if as_a_law else map(self._any, places)
        self._excerpt.cp.add_bool_or([broken.negated() for broken in kept])

    def _laws_of(self, places: Iterable[int]) -> Iterable[Rule]:
        return {id(self._laws[place]): self._laws[place] for place in sorted(places)}.values()

    def _all_of(self, law: Rule) -> cp_model.IntVar:
        """1 where a law gives way anywhere."""
        broken = self._excerpt.cp.new_bool_var("")
        for place, one in enumerate(self._laws):
            if one is law:
                self._excerpt.cp.add_implication(self._any(place), broken)
        return broken

    def _any(self, place: int) -> cp_model.IntVar:
        """1 where a row gives way."""
        if place not in self._broken:
            excess = self._excesses[place]
            broken = self._broken[place] = self._excerpt.cp.new_bool_var("")
            self._excerpt.cp.add(excess == 0).only_enforce_if(~broken)
        return self._broken[place]

    def _points(self, model: GuardedModel, row: Row, place: int) -> cp_model.LinearExprT:
        """A place costs by itself where it is not counted in ones; on top each minute costs one."""
        if row.is_count:
            return POINTS * self._excesses[place]
        if model.is_in_minutes(row):
            return POINTS * self._any(place) + self._excesses[place]
        return POINTS * self._any(place)


def _repair(problem: Problem, found: Found, timetable: Timetable) -> Repair:
    return Repair(breaches(problem, timetable), timetable, found.cost, found.bound)


def _is_small(candidates: Mapping[str, Candidates]) -> bool:
    return sum(len(found.lawful) for found in candidates.values()) <= _FEW


def _within_reach(problem: Problem) -> Mapping[str, Candidates]:
    """Where each activity may stand at a price: wherever no law strikes it whose strikes never bend."""
    stiff = [law for law in problem.laws if problem.bend(law) is None or not law.bends_strikes]
    return {key: _near(found) for key, found in candidates_of(problem.programme, stiff).items()}


def _near(found: Candidates) -> Candidates:
    """The candidates within a week of the dates."""
    dates = found.activity.dates
    reach = days_span(Dates(dates.first - _BEYOND, dates.last + _BEYOND))
    near = tuple(span for span in found.lawful if lies_in(found.activity, reach, span))
    return replace(found, lawful=near, struck={})


def _standing(found: Candidates, timetable: Timetable) -> Candidates:
    """The candidates at which something stands."""
    spans = {each.span for each in timetable.of(found.activity.key)}
    return replace(found, lawful=tuple(span for span in found.lawful if span in spans))
