"""Why there is no lawful calendar: minimal sets of pieces of laws that cannot all hold, proved twice.

A piece is what a law asks of some activities, from some week on (`scheduler/guarded.py`). A conflict is looked for
where it is easily told: in one activity, in one module, with one trainer, at last in the whole programme. What is found
is halved again and again (QuickXplain; Junker, AAAI 2004), first law by law, then demand by demand. So far what is
struck is absent; with the few laws and activities that are left the strikes return as pieces too, and all is halved
once more, week by week where they are few.

What is shown is proved impossible, and the set less any one piece is proved possible by a timetable. The breaches that
the law finds in it tell what the piece asks for.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from calendars.clock import DAY, Span
from calendars.programme import Part, Programme, Work
from constraints.complete import Complete
from constraints.pinned import Pinned
from constraints.rule import Breach, Rule
from scheduler.candidates import Candidates, candidates_of
from scheduler.excerpt import Excerpt, Found, SwitchedExcerpt
from scheduler.guarded import GuardedModel, Piece, returned
from scheduler.patience import Patience
from scheduler.problem import Problem
from scheduler.result import Outcome

_FURTHER_WORK = 0.5
"""The most for each step once there is a conflict to show."""

_MUCH = 500
"""With more pieces than these, one conflict is enough: whoever mends it asks again."""

_MANY = 24
"""With more pieces than these, a conflict is not looked at week by week."""

_NEAR = (7, 21, 63)
"""Days from a slot that is asked for within which reasons are looked for before they are anywhere."""

_BESIDE = 1_000
"""What another piece of a law costs beside the one that is to be told."""


Block = Sequence[Piece]
"""Pieces that are kept or left out together."""

Blocks = Callable[[Sequence[Piece]], list[Block]]
"""Into which blocks pieces fall."""


@dataclass(frozen=True)
class Demand:
    """What a law asks of some activities, a part of a conflict; `mondays` are the first weeks of what is needed of it.

    A week is None for what is about none; `strikes` where the law says of single candidates that they are not taken.

    `breaches` are what the law finds of it in a timetable that keeps all other demands of the conflict.
    """

    law: Rule
    activities: frozenset[str]
    mondays: tuple[date | None, ...]
    strikes: bool
    breaches: tuple[Breach, ...]


@dataclass(frozen=True)
class Conflict:
    """Demands of which it is proved that they cannot all hold; `minimal` if also that all but any one can."""

    demands: tuple[Demand, ...]
    minimal: bool


@dataclass(frozen=True)
class Explanation:
    """Whether a lawful calendar exists, and conflicts of which no two have a piece in common where none does."""

    outcome: Outcome
    conflicts: tuple[Conflict, ...] = ()


def explain(
    problem: Problem,
    most: int = 3,
    patience: Patience | None = None,
    report: Callable[[Conflict], None] = lambda conflict: None,
) -> Explanation:
    """Why a problem is impossible, in up to so many independent conflicts.

    Args:
        problem: what to place, and under which laws; what is priced is left out.
        most: how many conflicts are looked for.
        patience: what ends it early; a conflict is then not proved minimal.
        report: called with each conflict as soon as it is found.
    """
    diagnosis = _Diagnosis(problem, patience or Patience())
    found: list[Conflict] = []
    for conflict in diagnosis.conflicts():
        report(conflict)
        found.append(conflict)
        if len(found) == most:
            break
    return Explanation(Outcome.IMPOSSIBLE if found else diagnosis.outcome, tuple(found))


class _Diagnosis:
    """The conflicts of a problem, one after the other."""

    def __init__(self, problem: Problem, patience: Patience) -> None:
        self.problem = problem
        self.patience = patience
        self.outcome = Outcome.UNKNOWN
        self._candidates = candidates_of(problem.programme, problem.laws)
        self._taken: set[object] = set()

    def conflicts(self) -> Iterator[Conflict]:
        """Conflicts of which no two have a piece in common; afterwards `outcome` is known where there is none."""
        near = _Pieces(GuardedModel(self.problem.programme, self._candidates, self.problem.laws), self.patience)
        for activities in dict.fromkeys(self._where_to_look()):
            if self._taken and len(near.model.pieces) > _MUCH:
                return
            while near.are_impossible(pool := self._left(near, activities)):
                few = near.fewest(pool, (_by_law, _by_demand))
                conflict = self._conflict(few)
                self._taken |= {piece.key for piece in few}
                near.patience = replace(near.patience, work=min(near.patience.work, _FURTHER_WORK))
                if conflict is not None:
                    yield conflict
        if not self._taken:
            self.outcome = Outcome.LAWFUL if near.last.timetable is not None else Outcome.UNKNOWN

    def _where_to_look(self) -> Iterator[frozenset[str]]:
        """Of what is asked for, or of all things; what is asked for is part of a conflict if it is to be found."""
        pins = [law for law in self.problem.laws if isinstance(law, Pinned)]
        asked_for = frozenset(pin.activity for pin in pins)
        yield from (each for each in _neighbourhoods(self.problem.programme) if asked_for <= each)
        yield from (asked_for | self._near(pin, days) for pin in pins for days in _NEAR)
        yield frozenset(self.problem.programme.activities)

    def _near(self, pin: Pinned, days: int) -> frozenset[str]:
        """What can stand nowhere but near the slot that is asked for."""
        about = Span(pin.span.start - days * DAY, pin.span.end + days * DAY)
        every = self._candidates.items()
        return frozenset(key for key, found in every if all(about.contains(span) for span in found.lawful))

    def _left(self, pieces: "_Pieces", activities: frozenset[str]) -> Sequence[Piece]:
        """The pieces about some activities that no conflict has taken yet; no other activity has to be complete."""
        return [piece for piece in pieces.model.pieces if piece.key not in self._taken and _concerns(piece, activities)]

    def _conflict(self, few: Sequence[Piece]) -> Conflict | None:
        """The conflict of pieces that are impossible where all that any law strikes is absent.

        None where one before it has taken what is needed.
        """
        laws, about = [piece.law for piece in few], frozenset[str]().union(*(piece.activities for piece in few))
        posting = [law for law in self.problem.laws if law.name == Complete.name or any(law is one for one in laws)]
        asking = any(law.asks and not isinstance(law, Complete | Pinned) for law in posting)
        candidates = returned(self._candidates if asking else _alone(self._candidates, about))
        far = _Pieces(GuardedModel(self.problem.programme, candidates, self.problem.laws, posting), self.patience)
        if not any(far.are_impossible(pool) for pool in self._pools(far, few, about)):
            return None
        is_small = len(far.smallest) <= _MANY
        kept = far.fewest(far.smallest, (_one_by_one,) if is_small else (_by_law, _by_demand, _one_by_one))
        self._taken |= {piece.key for piece in kept}
        demands = tuple(self._demand(far, some, kept) for some in _by_demand(kept))
        return Conflict(demands, all(demand.breaches for demand in demands))

    def _pools(self, far: "_Pieces", few: Sequence[Piece], about: frozenset[str]) -> Iterator[Sequence[Piece]]:
        """Pieces that are impossible with what is struck: the same ones if they are that too, then more of them."""
        asked, own, left = (
            {_demand_of(piece) for piece in few},
            self._left(far, about),
            self._left(far, frozenset(self.problem.programme.activities)),
        )
        yield [piece for piece in own if piece.strikes or _demand_of(piece) in asked]
        yield own
        yield [piece for piece in left if piece.strikes or piece in own]

    def _demand(self, pieces: "_Pieces", own: Sequence[Piece], conflict: Sequence[Piece]) -> Demand:
        """What some pieces ask for: what is broken of them, and if need be of their law, where all others are kept."""
        piece, others = own[0], [other for other in conflict if other not in own]
        found = Found() if pieces.is_over else pieces.bent(own, others)
        breaches: Iterable[Breach] = ()
        if found.timetable is not None:
            breaches = piece.law.check(self.problem.programme, found.timetable)
        told = tuple(breach for breach in breaches if _concerns(piece, {*breach.activities}))
        mondays = tuple(one.monday for one in own)
        return Demand(piece.law, piece.activities, mondays, piece.strikes, told)


class _Pieces:
    """The pieces of one model, and what is impossible of them."""

    def __init__(self, model: GuardedModel, patience: Patience) -> None:
        self.model = model
        self.patience = patience
        self.last = Found()
        self.smallest: Sequence[Piece] = ()
        self._looked_at = 0

    def are_impossible(self, kept: Sequence[Piece]) -> bool:
        """Whether it is proved that some pieces cannot all hold; the last such set is remembered."""
        if self.patience.stop.is_set():
            return False
        self.last = Excerpt(self.model, kept).solved(self.patience)
        if self.last.impossible:
            self.smallest = kept
        return self.last.impossible

    @property
    def is_over(self) -> bool:
        """Whether no more is tried to make a conflict smaller, or to tell more of it."""
        return self._looked_at >= self.patience.pieces or self.patience.stop.is_set()

    def _cannot_hold(self, kept: Sequence[Piece]) -> bool:
        """As `are_impossible`, by a model that is there already; unknown once enough was looked at."""
        if self.is_over:
            return False
        self._looked_at += len(kept)
        impossible = self._switched.keeping({*kept}, self.patience).impossible
        if impossible:
            self.smallest = kept
        return impossible

    def fewest(self, impossible: Sequence[Piece], ways: Iterable[Blocks]) -> Sequence[Piece]:
        """Of impossible pieces so few that all but any block of them can hold, block by block in each way."""
        self._looked_at = 0
        for blocks_of in ways:
            blocks = blocks_of(impossible)
            if blocks_of is _one_by_one and len(blocks) > _MANY:
                break
            self._switched = SwitchedExcerpt(self.model, impossible)
            few = [piece for block in self._halved([], False, blocks) for piece in block]
            impossible = few if self.are_impossible(few) else self.smallest
        return impossible

    def bent(self, own: Sequence[Piece], others: Sequence[Piece]) -> Found:
        """Some pieces kept, those of a demand bent by as little as can be, and the rest of its law by less still."""
        about = frozenset[str]().union(*(other.activities for other in (*own, *others)))
        beside = [
            one
            for one in self.model.pieces
            if one.law is own[0].law and one not in own and one not in others and one.activities & about
        ]
        rows = [(1, row) for one in own for row in one.rows] + [(_BESIDE, row) for one in beside for row in one.rows]
        excerpt = Excerpt(self.model, others, [row for _, row in rows])
        cost = sum(factor * excess for (factor, _), excess in zip(rows, excerpt.excesses, strict=True))
        return excerpt.cheapest(self.patience, cost)

    def _halved(self, beside: Sequence[Block], grown: bool, blocks: Sequence[Block]) -> Sequence[Block]:
        """What of some blocks is needed for a conflict with those beside them; `grown` if some of these are new."""
        if grown and self._cannot_hold([piece for block in beside for piece in block]):
            return []
        if len(blocks) <= 1:
            return blocks
        first, second = blocks[: len(blocks) // 2], blocks[len(blocks) // 2 :]
        of_second = self._halved([*beside, *first], True, second)
        of_first = self._halved([*beside, *of_second], bool(of_second), first)
        return [*of_first, *of_second]


def _by_law(pieces: Sequence[Piece]) -> list[Block]:
    return _blocks(pieces, lambda piece: id(piece.law))


def _by_demand(pieces: Sequence[Piece]) -> list[Block]:
    """The pieces of a law about the same activities are one demand, whatever their weeks."""
    return _blocks(pieces, _demand_of)


def _demand_of(piece: Piece) -> Hashable:
    return id(piece.law), piece.activities, piece.strikes


def _one_by_one(pieces: Sequence[Piece]) -> list[Block]:
    return [[piece] for piece in pieces]


def _blocks(pieces: Sequence[Piece], key: Callable[[Piece], Hashable]) -> list[Block]:
    found: dict[Hashable, list[Piece]] = {}
    for piece in pieces:
        found.setdefault(key(piece), []).append(piece)
    return list(found.values())


def _neighbourhoods(programme: Programme) -> Iterator[frozenset[str]]:
    """Sets of activities in which a conflict is easily told."""
    activities, parts = programme.activities.values(), programme.parts.values()
    by_module = [{each.key for each in activities if _module(each) == key} for key in programme.modules]
    by_block = [{key, *(part.key for part in parts if key in part.blocks)} for key in programme.blocks]
    by_trainer = [{part.key for part in parts if key in part.trainers} for key in programme.trainers]
    by_place = [{part.key for part in parts if key in part.places} for key in programme.places]
    alone = [{each.key} for each in activities]
    every = (frozenset(some) for some in (*alone, *by_module, *by_block, *by_trainer, *by_place))
    yield from dict.fromkeys(each for each in every if each)


def _concerns(piece: Piece, activities: Collection[str]) -> bool:
    """Whether a piece asks for something of some activities; one about nothing at all, such as a week, always does."""
    if piece.law.name == Complete.name:
        return piece.activities.issubset(activities)
    return not piece.activities or not piece.activities.isdisjoint(activities)


def _module(activity: object) -> str | None:
    return activity.module if isinstance(activity, Part | Work) else None


def _alone(candidates: dict[str, Candidates], activities: frozenset[str]) -> dict[str, Candidates]:
    """The candidates of some activities, and of all others what was held."""
    return {
        key: found if key in activities else replace(found, lawful=tuple(found.held), struck={}, closed=frozenset())
        for key, found in candidates.items()
    }
