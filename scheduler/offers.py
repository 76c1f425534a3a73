"""Offers: the slots that a session may take, each certified by a whole lawful calendar that has it there.

They are looked for layer by layer: first where nothing else moves, then where self-paced work and host days do, then
one other session, then two, and so on, so that no slot is offered at the price of more moves than it takes. A calendar
found with some moves certifies every slot that is free beside the same moves, which the close model tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from threading import Event
from typing import NamedTuple

from calendars.clock import Span
from calendars.faults import Fault, FaultyInput
from calendars.naming import name_of
from calendars.timetable import Placement, Timetable
from calendars.wording import say
from scheduler.asked import Asked
from scheduler.candidates import candidates_of_one
from scheduler.certifying import FEW, OutOfWork, Wide, close_by, moved_between
from scheduler.moves import Move, moves, touched
from scheduler.problem import Problem
from scheduler.ranking import ranked
from scheduler.slot import Price, RefusedWitness
from scheduler.verdict import breaches, price

_AT_ONCE = 32
"""Slots that are asked about together, where not all are wanted."""

_MANY = 8
"""With so many more slots wanted, a close model made for them costs less than asking the wide one for each."""


@dataclass(frozen=True)
class Offer:
    """A slot, with the session in it, and the lawful calendar that certifies it.

    `moved` is how many other sessions and blocks stand otherwise in it, and it is proved that fewer are not enough
    where the layer was bounded; `moves` are all changes, that of the session first; `prices` is what they do to each
    level. `groups` and `trainers` are those whom the changes touch.
    """

    placement: Placement
    moved: int
    moves: tuple[Move, ...]
    prices: tuple[Price, ...]
    groups: tuple[str, ...]
    trainers: tuple[str, ...]
    witness: Timetable

    @property
    def span(self) -> Span:
        """The slot."""
        return self.placement.span


@dataclass(frozen=True)
class Offers:
    """The slots that a session may take, the best first.

    `certified` are all that were found, `offers` those of them that were asked for. `complete` where it is proved that
    there is no other slot with as many moves of others as were allowed; `searched` is the number of moves for which
    that is proved, -1 where it is not even for none, None where it is for any.
    """

    asked: Asked
    offers: tuple[Offer, ...]
    certified: tuple[Span, ...]
    complete: bool
    searched: int | None


class _Certified(NamedTuple):
    """A lawful calendar that has a slot, and how many others stand otherwise in it."""

    moved: int
    witness: Timetable


class Offering:
    """What may be offered in a calendar; for many sessions one after the other.

    Args:
        problem: the programme and its rules; with `held` and `kept` among them, what they name never moves.
        timetable: the calendar in hand, lawful but for what the past alone has broken.
    """

    def __init__(self, problem: Problem, timetable: Timetable) -> None:
        self._problem = problem
        self._timetable = timetable
        self._known = breaches(problem, timetable)
        self._wide = Wide(problem, timetable)

    def offers(
        self, asked: Asked, count: int = 10, most: int | None = 0, every: bool = False, stop: Event | None = None
    ) -> Offers:
        """The slots that one session may take, that at which it stands among them.

        Args:
            asked: the key of a part, and where its session stands.
            count: how many are wanted.
            most: how many other sessions and blocks may move; None for any.
            every: whether to look for all slots that exist, also where there are enough.
            stop: once set, ends it with what was found so far.

        Raises:
            FaultyInput: where it is no session of the calendar.
            RefusedWitness: where a law's own check refuses a calendar that the model allowed.
        """
        stop = stop or Event()
        programme, session = self._problem.programme, self._session(asked)
        slots = self._slots(session)
        found = {session.span: _Certified(0, self._timetable)}
        searched = self._search(session, slots, found, None if every else max(count, 2), most, stop)
        complete = searched == most or len(found) == len(slots)
        order = ranked(programme, self._timetable, programme.parts[session.activity], found, session.span)
        best = sorted(order, key=lambda span: found[span].moved)
        shown = tuple(self._offer(session, span, found[span], stop) for span in best[:count])
        return Offers(asked, shown, tuple(sorted(found)), complete, searched)

    def _session(self, asked: Asked) -> Placement:
        programme, key = self._problem.programme, asked.activity
        standing = self._timetable.of(key) if key in programme.parts else ()
        session = next((each for each in standing if each.span == asked.now_at), None)
        if session is None:
            name = name_of(programme, programme.activities[key])
            raise FaultyInput([Fault(say("{name} is no session that stands in the calendar", name=name))])
        return session

    def _slots(self, session: Placement) -> tuple[Span, ...]:
        """Where no law forbids the part by itself and it does not stand yet, and where the session stands."""
        programme, part = self._problem.programme, self._problem.programme.parts[session.activity]
        standing = {each.span for each in self._timetable.of(part.key)}
        free = candidates_of_one(programme, part, self._problem.laws).free
        slots = [session.span, *(span for span in free if span not in standing)]
        return ranked(programme, self._timetable, part, slots, session.span)

    def _search(
        self,
        session: Placement,
        slots: Sequence[Span],
        found: dict[Span, _Certified],
        enough: int | None,
        most: int | None,
        stop: Event,
    ) -> int | None:
        """Adds slots layer by layer until there are enough; how many moves the last layer had that was ended."""
        some_by_some = _in_order(slots) if enough is not None else _by_week(slots)
        searched: int | None = -1
        try:
            for moved in _layers(self._alone, most):
                for some in some_by_some:
                    if enough is not None and len(found) >= enough:
                        return searched
                    wanted = {span for span in some if span not in found}
                    for witness in self._calendars(session, wanted, moved, enough is None, stop):
                        moving = moved_between(self._problem.programme, self._timetable, witness, [session])
                        for span in [each.span for each in witness.of(session.activity) if each.span in slots]:
                            found.setdefault(span, _Certified(moving, witness))
                        if enough is not None and len(found) >= enough and moved != self._alone:
                            return searched
                searched = moved
        except OutOfWork:
            return searched
        return searched

    def _calendars(
        self, session: Placement, wanted: set[Span], moved: int | None, every: bool, stop: Event
    ) -> Iterator[Timetable]:
        """Lawful calendars that have wanted slots; of one with moves of others, those that share these moves too."""
        if moved == self._alone:
            yield from close_by(self._problem, self._timetable, session, wanted, stop)
            return
        asked = frozenset(wanted)
        for witness in self._wide.with_moves(session, wanted, moved, stop):
            yield witness
            if every and len(wanted) >= _MANY:
                placed = next(each for each in witness.of(session.activity) if each.span in asked)
                yield from close_by(self._problem, witness, placed, wanted, stop)

    @property
    def _alone(self) -> int:
        """The layer in which the session moves alone: that before 0 where work or host days could make room for it."""
        return -1 if self._problem.programme.works or self._problem.programme.internships else 0

    def _offer(self, session: Placement, span: Span, certified: _Certified, stop: Event) -> Offer:
        programme, asked = self._problem.programme, (session.activity, session.span, span)
        moved, witness = certified
        changes = moves(programme, self._timetable, witness, asked)
        if len(changes) > 1:
            witness = self._wide.polished(witness, stop)
            changes = moves(programme, self._timetable, witness, asked)
        self._refuse_breaches(witness)
        placement = next(each for each in witness.of(session.activity) if each.span == span)
        return Offer(placement, moved, changes, self._prices(witness), *touched(programme, changes), witness)

    def _prices(self, witness: Timetable) -> tuple[Price, ...]:
        return tuple(Price(rank, before, price(self._problem, witness, rank)) for rank, before in self._costs.items())

    @cached_property
    def _costs(self) -> Mapping[int, int]:
        """What each level costs in the calendar in hand."""
        ranks = sorted({rule.rank for rule in self._problem.priced})
        return {rank: price(self._problem, self._timetable, rank) for rank in ranks}

    def _refuse_breaches(self, witness: Timetable) -> None:
        new = [each for each in breaches(self._problem, witness) if each not in self._known]
        if new:
            raise RefusedWitness("; ".join(str(each.message) for each in new))


def _layers(first: int, most: int | None) -> Iterator[int | None]:
    """How many others may move, layer by layer."""
    yield from range(first, FEW if most is None else most + 1)
    if most is None:
        yield None


def _in_order(slots: Sequence[Span]) -> list[Sequence[Span]]:
    return [slots[first : first + _AT_ONCE] for first in range(0, len(slots), _AT_ONCE)]


def _by_week(slots: Sequence[Span]) -> list[Sequence[Span]]:
    """What stands near each other is refuted for the same reasons."""
    return [tuple(some) for _, some in groupby(sorted(slots), key=lambda span: span.week)]
