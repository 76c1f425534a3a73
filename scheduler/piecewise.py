"""Many programmes of one site, placed piece by piece: a region's plan of courses.

A model of the whole would hold everything that could stand somewhere, although most programmes have little to do with
each other. A piece (`scheduler/piece.py`) is an ordinary model of the ordinary laws for a few *members* of the plan.

1. *Insert*: each member in turn, in the order of the dates that they aim at, goes where those before it leave room, at
   little cost of the first rank; where they leave none, some of them make way and are placed anew with it. Each session
   has few starts to choose from (`scheduler/few_starts.py`), all only where that fails. Then the plan is lawful, and
   stays so from then on.
2. *First rank*: members that cost something there are placed anew with some of those around, again among few starts.
3. *Alone*: each member as if there were no other. That is the least that it can cost; where the others leave room for
   it, it is taken.
4. *Conflicts*: every two members that keep each other from standing as they would alone. What members cost alone, and
   two of them together, makes the bound on the plan (`scheduler/least.py`).
5. *Improve*: members that cost more than alone are placed anew, by themselves and with a few of those in their way,
   until nothing is gained any more.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import chain, zip_longest
from random import Random
from threading import Thread
from typing import NamedTuple

from ortools.sat.python import cp_model

from calendars.joint import Joint
from calendars.programme import Activity, Block, Part, Programme
from calendars.timetable import Placement, Timetable, programme_of
from constraints.rule import Rule
from constraints.scoped import concerned
from scheduler import parameters
from scheduler.candidates import Candidates, candidates_of_one
from scheduler.few_starts import few_starts
from scheduler.least import Least, Values
from scheduler.model import SearchModel
from scheduler.parameters import Parameters
from scheduler.piece import Neighbourhoods, Piece
from scheduler.plan import Plan, plan_of
from scheduler.result import Level, Limits, Outcome, Progress, Result
from scheduler.running import bound_of, run
from scheduler.search import search

MANY = 5
"""Programmes from which on a plan is placed piece by piece."""

_WORK = 2.0
"""Deterministic time for a piece: about as many seconds."""

_MAKING_WAY = (1, 2, 4, 8, 16)
"""How many members make way for one that finds no room."""

_FIRST_RANK, _IMPROVING = 0.5, 0.75
"""Of the seconds allowed, how many may have gone by while the first rank, then the plan is improved; the others go to
the bounds."""

_BESIDE_THE_DEAREST = 6
"""How many members are placed anew with one that costs more at the first rank than it has to."""

_ONE_OF, _TOGETHER = 6, (2, 4)
"""Who is placed anew with a member, of those nearest to it: one of so many, or so many together."""


class _Found(NamedTuple):
    """The placements of the members of a piece, and the least that any could cost."""

    placements: tuple[Placement, ...]
    least: Values


def search_plan(plan: Plan, limits: Limits, report: Callable[[Progress], None] = lambda progress: None) -> Result:
    """The best timetable of a plan within the limits; of many programmes piece by piece, else as `search` has it.

    Args:
        plan: what to place, and under which rules.
        limits: what ends the search early; `work` bounds each step of `search` alone.
        report: called at each better value or bound.
    """
    joint = plan.whole.programme
    if not isinstance(joint, Joint) or len(plan.problems) < MANY:
        return search(plan.whole, limits, report)
    return _Piecewise(plan, joint, limits, report).run()


class _Piecewise:
    """A plan as it grows."""

    def __init__(self, plan: Plan, joint: Joint, limits: Limits, report: Callable[[Progress], None]) -> None:
        self.plan, self.joint, self.limits, self.report = plan, joint, limits, report
        self.started = time.monotonic()
        self.near = Neighbourhoods(joint)
        self.order = sorted(self.near.members, key=self._aim)
        priced = plan.whole.priced
        self.ranks = sorted({rule.rank for rule in priced})
        self.stands: dict[str, tuple[Placement, ...]] = {}
        self.least = Least(self.near.members, len(self.ranks))
        self.cut_short = False
        self._in_the_way: defaultdict[str, list[str]] = defaultdict(list)
        self._ideal: dict[str, tuple[Placement, ...]] = {}
        self._changes: Counter[str] = Counter()
        self._costs: dict[str, Values] = {}
        self._tried: dict[tuple[str, ...], Mapping[str, int]] = {}
        self._rules_of = concerned(plan.whole.rules)
        self._shared = self._rules_of("")
        shared = {id(rule) for rule in self._shared}
        self._own_rules = {
            member: [rule for rule in self._rules_of(f"{member}:") if id(rule) not in shared] for member in self.order
        }
        self._charges = any(rule.price is not None for rule in self._shared)
        self._names = [tuple(dict.fromkeys(each.name for each in priced if each.rank == rank)) for rank in self.ranks]
        self._candidates: dict[str, Mapping[str, Candidates]] = {}
        self._before = plan.whole.previous or Timetable()
        self._following: str | None = None
        self._told: list[Level] = []

    def run(self) -> Result:
        """All steps; what comes of the first alone is lawful."""
        stuck = self._insert_all()
        if stuck is not None:
            return self._without(stuck)
        lawful_after = self.elapsed()
        self._tell()
        for step in (self._improve_first_rank, self._alone, self._find_conflicts, self._improve, self._find_floors):
            step()
        return Result(
            Outcome.LAWFUL,
            self.timetable,
            tuple(self._levels()),
            reproducible=not self.cut_short,
            seconds_to_lawful=lawful_after,
            seconds=self.elapsed(),
        )

    @property
    def timetable(self) -> Timetable:
        """What stands."""
        return Timetable(tuple(chain.from_iterable(self.stands.values())))

    def _without(self, stuck: str) -> Result:
        """How the search ends where a member finds no room: impossible if that is proved of it and some around it."""
        around = [key for key, _ in self.near.near(stuck).most_common()]
        alone = Result(Outcome.UNKNOWN)
        for number in sorted({min(number, len(around)) for number in (0, *_MAKING_WAY)}):
            if alone.outcome != Outcome.IMPOSSIBLE and not self._is_over():
                alone = search(self._part([stuck, *around[:number]]).whole, self.limits)
        found = alone if alone.outcome == Outcome.IMPOSSIBLE else Result(Outcome.UNKNOWN)
        return replace(found, reproducible=not self.cut_short, seconds=self.elapsed())

    def _part(self, members: Sequence[str]) -> Plan:
        """The plan with some members alone."""
        pairs = zip(self.plan.problems, self.plan.files, strict=True)
        kept = [(problem, path) for problem, path in pairs if problem.programme.key in members]
        return plan_of([problem for problem, _ in kept], [path for _, path in kept])

    def _insert_all(self) -> str | None:
        """Places every member; tells the first one for which there is no room."""
        for member, following in zip(self.order, [*self.order[1:], None], strict=True):
            self._following = following
            if not self._insert(member):
                return member
        return None

    def _insert(self, member: str) -> bool:
        """Looks for room among few starts, and if there is none where others make way or among all starts."""
        alone = self.near.piece([member], self.stands)
        return self._take(alone, self._lawful(alone, few=True)) or self._make_way(member)

    def _make_way(self, member: str) -> bool:
        """Looks for room where more and more of those around are placed anew, among few starts and then among all."""
        around = self._standing_around(member)
        numbers = sorted({min(number, len(around)) for number in (0, *_MAKING_WAY)})
        pieces = (
            (self.near.piece([member, *around[:number]], self.stands), few)
            for few in (True, False)
            for number in numbers
            if number or not few
        )
        return any(self._take(piece, self._lawful(piece, few)) for piece, few in pieces)

    def _standing_around(self, member: str) -> list[str]:
        """Who stands in the dates of a member and has to do with it, the most first."""
        standing = {programme_of(key) for key in self.near.piece([member], self.stands).around}
        return [key for key, _ in self.near.near(member).most_common() if key in standing]

    def _lawful(self, piece: Piece, few: bool) -> _Found | None:
        """Where the members of a piece may stand; among few starts, at little cost of the first rank."""
        return self._place(piece, self.ranks[:1] if few else (), parameters.first(), few)

    def _best(self, piece: Piece) -> _Found | None:
        """Where the members of a piece cost least."""
        return self._place(piece, self.ranks, parameters.best())

    def _improve_first_rank(self) -> None:
        """Places the dearest members anew with some of those around, among few starts, while something is gained."""
        chance, gained = Random(self.limits.seed), 1
        while gained and self.ranks:
            dearest = sorted(self.order, key=lambda member: -self._costs[member][0])
            dear = [member for member in dearest if self._costs[member][0]]
            gained = sum(not self._is_over(_FIRST_RANK) and self._gain_beside(member, chance) for member in dear)

    def _gain_beside(self, member: str, chance: Random) -> bool:
        """Whether less is spent where a member and some of those around it, drawn by chance, are placed anew."""
        nearest = self._standing_around(member)[: 2 * _BESIDE_THE_DEAREST]
        chosen = chance.sample(nearest, min(len(nearest), _BESIDE_THE_DEAREST))
        piece = self.near.piece([member, *chosen], self.stands)
        return self._gain(piece, self._place(piece, self.ranks[:1], parameters.best(), few=True))

    def _gain(self, piece: Piece, found: _Found | None) -> bool:
        """Lets the members of a piece stand where they were found to, if they cost less so."""
        if found is None or not self._is_better(piece, found.placements):
            return False
        self._take(piece, found)
        self._tell()
        return True

    def _alone(self) -> None:
        """What each member costs at least by itself; it is placed so where the others leave room for it."""
        for member in self.order:
            alone = self._best(self.near.piece([member], {}))
            if alone is None:
                continue
            self.least.alone(member, alone.least)
            self._ideal[member] = alone.placements
            piece = self.near.piece([member], self.stands)
            if self._is_better(piece, alone.placements) and self._is_lawful(piece, alone.placements):
                self._take(piece, alone)
                self._tell()

    def _is_better(self, piece: Piece, placements: Sequence[Placement]) -> bool:
        """Whether the members of a piece cost less so than as they stand."""
        return self._cost(piece, placements) < self._cost(piece, self._placements_of(piece))

    def _is_lawful(self, piece: Piece, placements: Sequence[Placement]) -> bool:
        """Whether the members of a piece, lawful by themselves, may stand so in the midst of the others."""
        around = (each for found in piece.around.values() for each in found.held.values())
        there, laws = Timetable((*placements, *around)), (rule for rule in self._shared if rule.price is None)
        return not any(True for law in laws for _ in law.check(piece.programme, there))

    def _improve(self) -> None:
        """Places anew whatever costs more than alone, with more and more of those around, while something is gained."""
        gained = 1
        while gained and not self._is_over(_IMPROVING):
            around = {key: [(key, *few) for few in self._few_around(key)] for key in self.order}
            rounds = zip_longest(*around.values())
            gained = sum(self._improve_one(members) for some in rounds for members in some if members is not None)

    def _few_around(self, member: str) -> Iterator[tuple[str, ...]]:
        """Those with whom a member is placed anew, one set after the other: nobody, those in its way, those near it."""
        nearest = [key for key, _ in self.near.near(member).most_common()]
        chosen = list(dict.fromkeys((*self._in_the_way[member], *nearest)))
        yield ()
        yield from ((key,) for key in chosen[:_ONE_OF])
        yield from (tuple(chosen[:number]) for number in _TOGETHER)

    def _improve_one(self, members: tuple[str, ...]) -> bool:
        """Whether something is gained; where nothing around has changed since it was last asked, nothing is."""
        near = {key for member in members for key in (member, *self.near.near(member))}
        state = {key: self._changes[key] for key in near}
        member = members[0]
        if (
            self._is_over(_IMPROVING)
            or self._tried.get(members) == state
            or self._costs[member] <= self.least.of(member)
        ):
            return False
        piece = self.near.piece(members, self.stands)
        found = self._best(piece)
        self._tried[members] = state
        return self._gain(piece, found)

    def _find_conflicts(self) -> None:
        """Finds the members that keep each other from standing as they would alone, and what two cost together."""
        for one, other in self._pairs():
            if not self._is_over() and not self._are_free(one, other):
                self._in_the_way[one].append(other)
                self._in_the_way[other].append(one)
                self.least.together((one, other), self._least_at(0, (one, other)))
        self._tell()

    def _pairs(self) -> Iterator[tuple[str, str]]:
        """Every two members that have to do with each other, once, as far as it is known how they stand alone."""
        place = {member: number for number, member in enumerate(self._ideal)}
        for member in self._ideal:
            others = sorted(
                (other for other in self.near.near(member) if other in place), key=lambda other: place[other]
            )
            yield from ((member, other) for other in others if place[other] > place[member])

    def _find_floors(self) -> None:
        """The least that each member costs at a lower rank, where what it costs above matters for the bound."""
        for place, level in enumerate(self._levels()):
            for member in self.order if place > 0 and not level.proved else ():
                self.least.floor(member, place, self._least_at(place, (member,)))
        self._tell()

    def _are_free(self, member: str, other: str) -> bool:
        """Whether two members may both stand as they would alone."""
        theirs = Timetable(self._ideal[other])
        ideal = {activity.key: theirs.of(activity.key) for activity in self.near.own[other]}
        return self._is_lawful(self.near.piece([member], ideal), self._ideal[member])

    def _least_at(self, place: int, members: Sequence[str]) -> int:
        """What some members cost at least at one rank, if there are no others."""
        if self._is_over():
            return 0
        model = self._model(self.near.piece(members, {}), self.ranks[place : place + 1])
        model.cp.minimize(model.cost(self.ranks[place]))
        return max(0, self._solve(model, parameters.best())[1])

    def _place(
        self, piece: Piece, ranks: Sequence[int], with_parameters: Parameters, few: bool = False
    ) -> _Found | None:
        """Where the members of a piece may stand, at the least cost of some ranks; None if none was found in time."""
        if self._is_over():
            return None
        model = self._model(piece, ranks, few)
        weights = self._weights(model, ranks)
        if ranks:
            model.cp.minimize(sum(weight * model.cost(rank) for rank, weight in zip(ranks, weights, strict=True)))
        values, bound = self._solve(model, with_parameters)
        if values is None:
            return None
        placed = model.timetable(values).placements
        own = tuple(each for each in placed if programme_of(each.activity) in piece.members)
        return _Found(own, _least(bound, weights))

    def _solve(self, model: SearchModel, with_parameters: Parameters) -> tuple[Sequence[int] | None, int]:
        """The values of a solution, if any was found, and the bound on what is minimised."""
        solver = cp_model.CpSolver()
        with_parameters(solver.parameters)
        solver.parameters.random_seed = self.limits.seed
        solver.parameters.max_deterministic_time = _WORK
        with self._listing_ahead():
            response = run(solver, model.cp, self._is_over)
        return list(response.solution) or None, bound_of(solver.best_objective_bound)

    def _model(self, piece: Piece, ranks: Sequence[int], few: bool = False) -> SearchModel:
        """The model of a piece, with what is charged at some ranks."""
        candidates: dict[str, Candidates] = {}
        rules = list(self._shared)
        for member in self.order:
            if member in piece.members:
                candidates |= self._candidates_of(member)
                rules += self._own_rules[member]
        if few:
            candidates = few_starts(piece, candidates, self._before)
        laws = (rule for rule in rules if rule.price is None)
        model = SearchModel(piece.programme, {**piece.around, **candidates}, laws)
        model.post(rule for rule in rules if rule.price is not None and rule.rank in ranks)
        return model

    def _weights(self, model: SearchModel, ranks: Sequence[int]) -> list[int]:
        """For each rank so much that a point of it outweighs whatever the ranks below could cost."""
        weights, weight = [], 1
        for rank in reversed(ranks):
            weights.append(weight)
            weight *= 1 + model.most_cost(rank)
        return weights[::-1]

    def _take(self, piece: Piece, found: _Found | None) -> bool:
        """Lets the members of a piece stand where they were found to, if they were."""
        if found is None:
            return False
        by_activity = Timetable(found.placements)
        for member in piece.members:
            self._changes[member] += 1
            self._costs[member] = self._values(self._own_rules[member], self.joint, by_activity)
            self.stands.update((activity.key, by_activity.of(activity.key)) for activity in self.near.own[member])
        return True

    def _placements_of(self, piece: Piece) -> tuple[Placement, ...]:
        own = (activity.key for member in piece.members for activity in self.near.own[member])
        return tuple(each for key in own for each in self.stands[key])

    def _cost(self, piece: Piece, placements: Sequence[Placement]) -> Values:
        """What the members of a piece cost, and what the site's own preferences charge for them and those around."""
        around = (each for found in piece.around.values() for each in found.held.values())
        rules = [*self._shared, *chain.from_iterable(self._own_rules[member] for member in sorted(piece.members))]
        return self._values(rules, piece.programme, Timetable((*placements, *around)))

    def _values(self, rules: Sequence[Rule], programme: Programme, timetable: Timetable) -> Values:
        found: Counter[int] = Counter()
        for rule in rules:
            if rule.price is not None:
                found[rule.rank] += rule.price * sum(breach.excess for breach in rule.check(programme, timetable))
        return tuple(found[rank] for rank in self.ranks)

    @contextmanager
    def _listing_ahead(self) -> Iterator[None]:
        """Lists the candidates of the member that is inserted next, while the solver is at work."""
        if self._following is None or self._following in self._candidates:
            yield
            return
        thread = Thread(target=self._candidates_of, args=(self._following,))
        thread.start()
        yield
        thread.join()

    def _candidates_of(self, member: str) -> Mapping[str, Candidates]:
        """Where a member may stand; why not elsewhere is not kept."""
        if member not in self._candidates:
            rules = self._rules_of(f"{member}:")
            found = {each.key: candidates_of_one(self.joint, each, rules) for each in self.near.own[member]}
            self._candidates[member] = {key: replace(each, struck={}) for key, each in found.items()}
        return self._candidates[member]

    def _aim(self, member: str) -> tuple[date, str]:
        """The first day that a member aims at, or may take."""
        return min(_aim(activity) for activity in self.near.own[member]), member

    def _levels(self) -> list[Level]:
        """The value of each rank with its bound."""
        shared = self._values(self._shared, self.joint, self.timetable) if self._charges else (0,) * len(self.ranks)
        values = [sum(found) for found in zip(shared, *self._costs.values(), strict=True)]
        bounds = self.least.bounds(values)
        return [Level(*each) for each in zip(self.ranks, self._names, values, bounds, strict=True)]

    def _tell(self) -> None:
        """Reports each level that has changed."""
        levels = self._levels()
        for level in levels:
            if level not in self._told:
                self.report(Progress(level.rank, level.value, level.bound, self.elapsed()))
        self._told = levels

    def _is_over(self, share: float = 1.0) -> bool:
        """Whether a person has ended the search, or the clock has run so far of what it may; then it is cut short."""
        seconds = self.limits.seconds
        over = self.limits.stop.is_set() or (seconds is not None and self.elapsed() > share * seconds)
        self.cut_short |= over
        return over

    def elapsed(self) -> float:
        """Seconds since the search began."""
        return time.monotonic() - self.started


def _least(bound: int, weights: Sequence[int]) -> Values:
    """A bound on all ranks together as the least costs of the ranks, compared one after the other."""
    found = []
    for weight in weights:
        points, bound = divmod(max(0, bound), weight)
        found.append(points)
    return tuple(found)


def _aim(activity: Activity) -> date:
    near = activity.near if isinstance(activity, Block | Part) else None
    return near or activity.dates.first
