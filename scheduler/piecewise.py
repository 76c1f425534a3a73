"""Many programmes of one site, placed piece by piece: a region's plan of courses.

A model of the whole would hold everything that could stand somewhere, although most programmes have little to do with
each other. A piece (`scheduler/piece.py`) is an ordinary model of the ordinary laws for a few *members* of the plan.

1. *Insert*: each member in turn, in the order of the dates that they aim at, goes where those before it leave room, at
   little cost of the first rank. Each session has few starts to choose from (`scheduler/few_starts.py`). Where that
   leaves no room, the fewest others give way (`scheduler/giving_way.py`) and are placed anew. When all stand, the plan
   is lawful, and stays so from then on.
2. *Settle*, rank after rank: a member that costs more than it has to is placed as it would be if there were no other,
   as few of the others as possible giving way. Those who have to join it, until nobody has to, and the plan is better,
   or they are proved to cost no less together than they do. What is proved so of members alone and of sets of them
   makes the bound on the plan (`scheduler/least.py`).
3. *Improve*: members that cost more than alone are placed anew, by themselves and with a few of those in their way,
   until nothing is gained any more.
4. *Floors*: what each member costs at a lower rank in any case, for the bounds.
"""

import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, zip_longest
from typing import TypeVar

from calendars.joint import Joint
from calendars.programme import Activity, Block, Part, Programme
from calendars.timetable import Placement, Timetable, programme_of
from constraints.rule import Rule
from scheduler import parameters
from scheduler.giving_way import may_give_way
from scheduler.least import Least, Values
from scheduler.piece import Neighbourhoods, Piece
from scheduler.placing import Found, Placing
from scheduler.plan import Plan, plan_of
from scheduler.result import Level, Limits, Outcome, Progress, Result
from scheduler.search import search

T = TypeVar("T")

MANY = 5
"""Programmes from which on a plan is placed piece by piece."""

_MAKING_WAY = (1, 2, 4, 8, 16)
"""How many members are placed together with one that finds no room."""

_PATIENCE = 20
"""How often a member gives way to another until the plan is lawful."""

_SETTLED, _IMPROVED = (0.35, 0.55, 0.65), 0.8
"""Of the seconds allowed, how many may have gone by when the first rank, the second, those below are settled, and when
the plan is improved; the others go to the floors."""

_SETS = ((3, 6, 12), (3,), (1,))
"""How many members are settled together at most at the first rank, at the second, at those below: few at first."""

_ONE_OF, _TOGETHER = 6, (2, 4)
"""Who is placed anew with a member, of those nearest to it: one of so many, or so many together."""


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
        self._gave_way: Counter[str] = Counter()
        self._changes: Counter[str] = Counter()
        self._costs: dict[str, Values] = {}
        self._tried: dict[tuple[int | str, ...], Mapping[str, int]] = {}
        self.placing = Placing(plan.whole, self.near, self.order, limits.seed, self._is_over)
        self._charges = any(rule.price is not None for rule in self.placing.shared)
        self._names = [tuple(dict.fromkeys(each.name for each in priced if each.rank == rank)) for rank in self.ranks]
        self._told: list[Level] = []

    def run(self) -> Result:
        """All steps; what comes of the first alone is lawful."""
        stuck = self._insert_all()
        if stuck is not None:
            return self._without(stuck)
        lawful_after = self.elapsed()
        self._tell()
        for number in range(1, len(self.ranks) + 1):
            self._settle_all(number)
        self._improve()
        self._find_floors()
        return Result(
            Outcome.LAWFUL,
            self.timetable,
            tuple(self._levels(anew=True)),
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
        waiting = deque(self.order)
        while waiting:
            member = waiting.popleft()
            self.placing.following = waiting[0] if waiting else None
            leaving = self._insert(member)
            if leaving is None:
                return member
            waiting.extendleft(leaving)
        return None

    def _insert(self, member: str) -> Sequence[str] | None:
        """Places a member among few starts, or where few others give way, or together with others; tells who gave way.

        None where it finds no room.
        """
        piece = self.near.piece([member], self.stands)
        found = self._lawful(piece) or self._press_in(piece)
        if found is None:
            return () if self._make_way(member) else None
        self._take(piece, found)
        for other in found.leaving:
            self._gave_way[other] += 1
            self._remove(other)
        return found.leaving

    def _press_in(self, piece: Piece) -> Found | None:
        """Where the members of a piece stand so that few others give way, least those that often did."""
        staying = [member for member, number in self._gave_way.items() if number >= _PATIENCE]
        return self.placing.loosened(piece, may_give_way(piece, staying), self.ranks[:1], price=self._gave_way)

    def _make_way(self, member: str) -> bool:
        """Looks for room where more and more of those around are placed anew."""
        around = self._standing_around(member)
        pieces = (
            self.near.piece([member, *around[:number]], self.stands)
            for number in sorted({min(number, len(around)) for number in _MAKING_WAY})
        )
        return any(self._take(piece, self.placing.place(piece, (), parameters.first())) for piece in pieces)

    def _standing_around(self, member: str) -> list[str]:
        """Who stands in the dates of a member and has to do with it, the most first."""
        standing = {programme_of(key) for key in self.near.piece([member], self.stands).around}
        return [key for key, _ in self.near.near(member).most_common() if key in standing]

    def _lawful(self, piece: Piece) -> Found | None:
        """Where the members of a piece may stand at little cost of the first rank, among few starts."""
        return self.placing.place(piece, self.ranks[:1], parameters.first(), few=True)

    def _best(self, piece: Piece) -> Found | None:
        """Where the members of a piece cost least."""
        return self.placing.place(piece, self.ranks, parameters.best())

    def _settle_all(self, number: int) -> None:
        """Settles the members that cost more at so many ranks than they have to, as long as less is spent there."""
        for most in _of_rank(_SETS, number):
            before: Values | None = None
            while before != (spent := self._costs_of(self.order)[:number]):
                before = spent
                for member in self._dearest(number):
                    self._settle(member, number, most)
            self._join_sets(number, most)
        self._tell(anew=True)

    def _dearest(self, number: int) -> list[str]:
        """The members that cost more at so many ranks than they have to, as far as it is known, the dearest first."""
        dear = [member for member in self.order if not self._is_settled(member, number)]
        return sorted(dear, key=lambda member: self._costs[member][:number], reverse=True)

    def _is_settled(self, member: str, number: int) -> bool:
        """Whether a member, alone or with those in its way, is known to cost no less at so many ranks than it does."""
        return self._is_least([member], number) or self._is_least([member, *self._in_the_way[member]], number)

    def _settle(self, member: str, number: int, most: int) -> None:
        """Lets a member stand at its least cost, and with it those that it has in its way, if less is spent so.

        It ends where nobody is, where it is proved that all these cost no less together, or where they are too many.
        """
        over = self._is_over(_of_rank(_SETTLED, number))
        if not over and not self._is_settled(member, number) and self._has_changed((number, most, member)):
            piece, found = self._settled([member], number, most)
            self._in_the_way[member] = sorted(piece.members - {member}) or self._in_the_way[member]
            self._remember((number, most, member), piece.members)
            self._gain(piece, found)

    def _settled(self, members: Sequence[str], number: int, most: int) -> tuple[Piece, Found | None]:
        """Where some members stand at their least cost with those in their way, as far as these are few."""
        piece = self.near.piece(members, self.stands)
        found = self._least_together(piece, number, most)
        if found is None or not found.leaving or self._is_least(members, number):
            return piece, found
        if len(members) + len(found.leaving) > most:
            return piece, self.placing.place(piece, self.ranks[:number], parameters.best())
        return self._settled([*members, *found.leaving], number, most)

    def _is_least(self, members: Sequence[str], number: int) -> bool:
        """Whether some members are known to cost no less at so many ranks than they do."""
        return self._costs_of(members)[:number] <= self.least.of(*sorted(members))[:number]

    def _least_together(self, piece: Piece, number: int, most: int) -> Found | None:
        """Where the members of a piece cost least at so many ranks, whoever gives way; as few as there can be."""
        standing = may_give_way(piece, ()) if most > 1 else {}
        around = {key: self.stands[key] for key in piece.around if programme_of(key) in standing}
        found = self.placing.loosened(self.near.piece(piece.members, around), standing, self.ranks[:number])
        if found is not None:
            self.least.learn(tuple(sorted(piece.members)), found.least[:number])
        return found

    def _join_sets(self, number: int, most: int) -> None:
        """What sets that share a member cost together: in the bound it may pay for all of them."""
        groups: list[set[str]] = []
        sets = [{member, *self._in_the_way[member]} for member in self._in_the_way]
        for one in sets:
            if 1 < len(one) <= most and self._costs_of([*one])[number - 1]:
                joined = (each for each in groups if each & one and len(each | one) <= most)
                group = next(joined, None)
                if group is None:
                    groups.append(one)
                else:
                    group |= one
        for group in groups:
            if not self._is_over(_of_rank(_SETTLED, number)) and not self._is_least([*group], number):
                piece = self.near.piece(group, self.stands)
                self._gain(piece, self._least_together(piece, number, most))

    def _gain(self, piece: Piece, found: Found | None) -> bool:
        """Lets the members of a piece stand where they were found to, if nobody gave way and they cost less so."""
        if found is None or found.leaving or not self._is_better(piece, found.placements):
            return False
        if not self._is_lawful(piece, found.placements):
            return False
        self._take(piece, found)
        self._tell()
        return True

    def _is_better(self, piece: Piece, placements: Sequence[Placement]) -> bool:
        """Whether the members of a piece cost less so than as they stand."""
        return self._cost(piece, placements) < self._cost(piece, self._placements_of(piece))

    def _is_lawful(self, piece: Piece, placements: Sequence[Placement]) -> bool:
        """Whether the members of a piece, lawful by themselves, may stand so in the midst of the others."""
        around = (each for found in piece.around.values() for each in found.held.values())
        there, laws = Timetable((*placements, *around)), (rule for rule in self.placing.shared if rule.price is None)
        return not any(True for law in laws for _ in law.check(piece.programme, there))

    def _improve(self) -> None:
        """Places anew whatever costs more than alone, with more and more of those around, while something is gained."""
        gained = 1
        while gained and not self._is_over(_IMPROVED):
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
        member = members[0]
        if self._is_over(_IMPROVED) or not self._has_changed(members) or self._costs[member] <= self.least.of(member):
            return False
        self._remember(members, members)
        piece = self.near.piece(members, self.stands)
        return self._gain(piece, self._best(piece))

    def _has_changed(self, question: tuple[int | str, ...]) -> bool:
        """Whether a question was not yet asked of what stands."""
        known = self._tried.get(question)
        return known is None or any(self._changes[key] != number for key, number in known.items())

    def _remember(self, question: tuple[int | str, ...], members: Iterable[str]) -> None:
        """That a question was asked of what stands around some members."""
        near = {key for member in members for key in (member, *self.near.near(member))}
        self._tried[question] = {key: self._changes[key] for key in near}

    def _find_floors(self) -> None:
        """The least that each member costs at a lower rank, where what it costs above matters for the bound."""
        for place, level in enumerate(self._levels(anew=True)):
            for member in self.order if place > 0 and not level.proved else ():
                if self.least.of(member)[place] and not self._is_over():
                    self.least.floor(member, place, self._least_at(place, member))
        self._tell(anew=True)

    def _least_at(self, place: int, member: str) -> int:
        """What a member costs at least at one rank, if there are no others."""
        found = self.placing.place(self.near.piece([member], {}), self.ranks[place : place + 1], parameters.best())
        return 0 if found is None else found.least[0]

    def _take(self, piece: Piece, found: Found | None) -> bool:
        """Lets the members of a piece stand where they were found to, if they were."""
        if found is None:
            return False
        by_activity = Timetable(found.placements)
        for member in piece.members:
            self._changes[member] += 1
            self._costs[member] = self._values(self.placing.own_rules[member], self.joint, by_activity)
            self.stands.update((activity.key, by_activity.of(activity.key)) for activity in self.near.own[member])
        return True

    def _remove(self, member: str) -> None:
        """Lets a member stand nowhere."""
        del self._costs[member]
        for activity in self.near.own[member]:
            del self.stands[activity.key]

    def _placements_of(self, piece: Piece) -> tuple[Placement, ...]:
        own = (activity.key for member in piece.members for activity in self.near.own[member])
        return tuple(each for key in own for each in self.stands[key])

    def _costs_of(self, members: Sequence[str]) -> Values:
        """What some members cost by themselves."""
        return tuple(map(sum, zip(*(self._costs[member] for member in members), strict=True)))

    def _cost(self, piece: Piece, placements: Sequence[Placement]) -> Values:
        """What the members of a piece cost, and what the site's own preferences charge for them and those around."""
        around = (each for found in piece.around.values() for each in found.held.values())
        rules = [
            *self.placing.shared,
            *chain.from_iterable(self.placing.own_rules[member] for member in sorted(piece.members)),
        ]
        return self._values(rules, piece.programme, Timetable((*placements, *around)))

    def _values(self, rules: Sequence[Rule], programme: Programme, timetable: Timetable) -> Values:
        found: Counter[int] = Counter()
        for rule in rules:
            if rule.price is not None:
                found[rule.rank] += rule.price * sum(breach.excess for breach in rule.check(programme, timetable))
        return tuple(found[rank] for rank in self.ranks)

    def _aim(self, member: str) -> tuple[date, str]:
        """The first day that a member aims at, or may take."""
        return min(_aim(activity) for activity in self.near.own[member]), member

    def _levels(self, anew: bool = False) -> list[Level]:
        """The value of each rank with its bound, which is worked out anew or known from before."""
        shared = (
            self._values(self.placing.shared, self.joint, self.timetable) if self._charges else (0,) * len(self.ranks)
        )
        values = tuple(map(sum, zip(shared, *self._costs.values(), strict=True)))
        bounds = self.least.bounds(values) if anew else self.least.bounds_so_far(values)
        return [Level(*each) for each in zip(self.ranks, self._names, values, bounds, strict=True)]

    def _tell(self, anew: bool = False) -> None:
        """Reports each level that has changed."""
        levels = self._levels(anew)
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


def _of_rank(values: Sequence[T], number: int) -> T:
    """What holds at so many ranks; the last one at any more."""
    return values[min(number, len(values)) - 1]


def _aim(activity: Activity) -> date:
    near = activity.near if isinstance(activity, Block | Part) else None
    return near or activity.dates.first
