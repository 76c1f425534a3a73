"""Where the cost of a calendar comes from, and what the next better value of a level would take.

A priced breach costs its excess times the weight of its rule. The same breaches are put together four times: by rule,
by module, by week, and by the people whom they concern. A breach about several modules or people is a share of its own,
under all of them together, so that the shares of each table add up to the value of the level.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Generic, Literal, NamedTuple, TypeVar

from calendars.calendar_file import LevelRecord
from calendars.programme import Part, Programme, Work
from calendars.timetable import Timetable
from constraints.few_changes import FewChanges
from constraints.rule import Breach
from scheduler.moves import Move, moves
from scheduler.patience import Patience
from scheduler.problem import Problem
from scheduler.repairs import Lowering, lowering
from scheduler.result import Limits, Outcome, Result
from scheduler.search import search
from scheduler.verdict import price

About = TypeVar("About", bound=Hashable)
"""What a share is about."""


class People(NamedTuple):
    """Those whom a breach concerns: the trainers whom it names, else the groups of its activities."""

    kind: Literal["trainers", "groups"]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Charge:
    """A breach of a priced rule, and its points: the weight of the rule times the excess."""

    breach: Breach
    points: int


@dataclass(frozen=True)
class Share(Generic[About]):
    """What of a level is about one thing: its charges, the dearest first."""

    about: About
    charges: tuple[Charge, ...]

    @property
    def points(self) -> int:
        """What the charges add up to."""
        return sum(charge.points for charge in self.charges)


@dataclass(frozen=True)
class LevelCosts:
    """A level of a calendar: what its rules' own checks find and the shares of it, each with the dearest first.

    `bound` is what the certificate proves of every lawful calendar that is no worse at the levels above; None where it
    says nothing of this one. Modules are keys of modules, or of what belongs to none; a week is None for breaches that
    lie in no week. `untold` points are those that the reader may not see.
    """

    rank: int
    bound: int | None
    charges: tuple[Charge, ...]
    rules: tuple[Share[str], ...]
    modules: tuple[Share[tuple[str, ...]], ...]
    weeks: tuple[Share[date | None], ...]
    people: tuple[Share[People], ...]
    untold: int = 0

    @property
    def value(self) -> int:
        """What the charges add up to, with those that are not told."""
        return sum(charge.points for charge in self.charges) + self.untold

    @property
    def proved(self) -> bool:
        """Whether no lawful calendar that is no worse at the levels above has less."""
        return self.value == self.bound


def costs_of(problem: Problem, timetable: Timetable, levels: Sequence[LevelRecord]) -> tuple[LevelCosts, ...]:
    """The costs of a timetable level by level, the first one first.

    Args:
        problem: what is placed and what is priced.
        timetable: what stands where.
        levels: those of the certificate, if any; of one for several programmes, `problem` is that of all of them.
    """
    ranks = sorted({rule.rank for rule in problem.priced})
    values = {rank: price(problem, timetable, rank) for rank in ranks}
    return tuple(_level(problem, timetable, rank, _bound(rank, values, levels)) for rank in ranks)


def _bound(rank: int, values: dict[int, int], levels: Sequence[LevelRecord]) -> int | None:
    """The bound of a level, which holds for calendars that are no worse at the levels above than the certified one."""
    above = [level for level in levels if level.rank < rank]
    if any(level.rank not in values or values[level.rank] > level.value for level in above):
        return None
    return next((level.bound for level in levels if level.rank == rank), None)


def _level(problem: Problem, timetable: Timetable, rank: int, bound: int | None) -> LevelCosts:
    programme = problem.programme
    charges = _dearest_first(
        Charge(breach, rule.price * breach.excess)
        for rule in problem.priced
        if rule.rank == rank and rule.price is not None
        for breach in rule.check(programme, timetable)
    )
    return LevelCosts(
        rank,
        bound,
        charges,
        _shares(charges, lambda breach: breach.rule),
        _shares(charges, lambda breach: _modules(programme, breach)),
        _shares(charges, lambda breach: breach.monday),
        _shares(charges, lambda breach: _people(programme, breach)),
    )


def _shares(charges: Iterable[Charge], about: Callable[[Breach], About]) -> tuple[Share[About], ...]:
    found: dict[About, list[Charge]] = defaultdict(list)
    for charge in charges:
        found[about(charge.breach)].append(charge)
    shares = (Share(key, tuple(some)) for key, some in found.items())
    return tuple(sorted(shares, key=lambda share: -share.points))


def _dearest_first(charges: Iterable[Charge]) -> tuple[Charge, ...]:
    return tuple(sorted(charges, key=lambda charge: -charge.points))


def _modules(programme: Programme, breach: Breach) -> tuple[str, ...]:
    activities = (programme.activities[key] for key in breach.activities)
    return tuple(dict.fromkeys(one.module if isinstance(one, Part | Work) else one.key for one in activities))


def _people(programme: Programme, breach: Breach) -> People:
    if breach.trainers:
        return People("trainers", breach.trainers)
    groups = {programme.activities[key].group for key in breach.activities}
    return People("groups", tuple(key for key in programme.groups if key in groups))


class Answer(Enum):
    """What is known of a better value of a level."""

    BEST = "best"
    """It is proved that no lawful calendar has less, whatever is given up at the levels above."""
    POSSIBLE = "possible"
    """A calendar that has less was found."""
    OPEN = "open"
    """Nobody knows: the bound of the level is lower than its value, or there is none."""
    UNKNOWN = "unknown"
    """No calendar that has less was found within the work allowed, and nothing is proved."""


@dataclass(frozen=True)
class Loss:
    """A level above: its value now and then, and a bound on what it has then, the losses above it being what they are.

    A value then that is below the one now is welcome, and not looked for.
    """

    rank: int
    now: int
    then: int
    bound: int

    @property
    def points(self) -> int:
        """What is given up."""
        return max(0, self.then - self.now)

    @property
    def proved(self) -> bool:
        """Whether less cannot be given up."""
        return self.points == max(0, self.bound - self.now)


@dataclass(frozen=True)
class NextBetter:
    """What it would take to bring a level below its value `now`.

    Where it is possible: its value `then`, the levels above, first to last, and what moves in a calendar with these
    values, which few do, though it is not proved that fewer would be enough. Where no lawful calendar has less:
    `lowering` says which laws would have to give way for it, with no more at the levels above.
    """

    rank: int
    now: int
    answer: Answer
    then: int | None = None
    losses: tuple[Loss, ...] = ()
    moves: tuple[Move, ...] = ()
    lowering: Lowering | None = None

    @property
    def proved(self) -> bool:
        """Whether the answer is the last word: nothing better exists, or nothing less need be given up for it."""
        return self.answer == Answer.BEST or (
            self.answer == Answer.POSSIBLE and all(loss.proved for loss in self.losses)
        )


def next_better(
    problem: Problem, timetable: Timetable, costs: Sequence[LevelCosts], rank: int, limits: Limits
) -> NextBetter:
    """What it would take to have a level at least one point better.

    As little as can be is given up at the first level, then at the next one, and so on down to the level itself; the
    levels below it are left alone. Where the bound of the level is lower than its value, it may be better without any
    loss, which is for a longer search to say.

    Args:
        problem: what is placed under which rules.
        timetable: a lawful timetable of it.
        costs: what `costs_of` says of the timetable.
        rank: the level.
        limits: what ends the search early; what is proved until then is told.
    """
    level = next(each for each in costs if each.rank == rank)
    above = [each for each in costs if each.rank < rank]
    if not level.proved:
        return NextBetter(rank, level.value, Answer.OPEN)
    if not level.value:
        return NextBetter(rank, level.value, Answer.BEST)
    if not above:
        return _best(problem, timetable, level, above, limits)
    result = _searched(problem, timetable, level, above, limits)
    if result.outcome == Outcome.IMPOSSIBLE:
        return _best(problem, timetable, level, above, limits)
    if result.timetable is None:
        return NextBetter(rank, level.value, Answer.UNKNOWN)
    then = {each.rank: price(problem, result.timetable, each.rank) for each in (*above, level)}
    losses = tuple(
        Loss(each.rank, each.value, then[each.rank], found.bound)
        for each, found in zip(above, result.levels[:-1], strict=True)
    )
    moved = moves(problem.programme, timetable, result.timetable)
    return NextBetter(rank, level.value, Answer.POSSIBLE, then[rank], losses, moved)


def _best(
    problem: Problem, timetable: Timetable, level: LevelCosts, above: Sequence[LevelCosts], limits: Limits
) -> NextBetter:
    """No lawful calendar has less: laws would have to give way. Where none need to, the bound was one of other laws."""
    most = {**{each.rank: each.value for each in above}, level.rank: level.value - 1}
    about = {key for charge in level.charges for key in charge.breach.activities}
    found = lowering(problem, timetable, most, about, Patience(limits.work, limits.stop))
    if found.repair is not None and not found.repair.breaches:
        return NextBetter(level.rank, level.value, Answer.OPEN)
    return NextBetter(level.rank, level.value, Answer.BEST, lowering=found)


class _FewMoves(FewChanges):
    """What stood stands again, after every level that a file can name."""

    @property
    def rank(self) -> int:
        """Below all others."""
        return 10


def _searched(
    problem: Problem, timetable: Timetable, level: LevelCosts, above: Sequence[LevelCosts], limits: Limits
) -> Result:
    """The levels above one as near to their values as can be where it has at least a point less; then few moves."""
    rules = [rule for rule in problem.rules if rule.price is None or rule.rank <= level.rank]
    enough = {each.rank: each.value for each in above}
    nearby = replace(problem, rules=(*rules, _FewMoves(placements=timetable.placements)), previous=None)
    return search(nearby, limits, most={level.rank: level.value - 1}, enough=enough)
