"""Offers for several sessions at once: whichever slots win, a whole lawful calendar has them together.

One *remainder*, where all else stands, may serve every combination of slots. The calendar in hand is tried first: each
combination put into it is judged by the rules' own checks, law by law, since least loads and orders depend on more than
pairs. Where one fails, a remainder is looked for that keeps the laws in several worlds at once, one world for each
combination that failed so far; each remainder found is judged with all combinations. Where there is none, each
combination that fails is looked at by itself: it has a calendar of its own, or it is proved that none has it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from threading import Event

from ortools.sat.python import cp_model

from calendars.clock import Span
from calendars.faults import Fault, FaultyInput
from calendars.timetable import Placement, Timetable
from calendars.wording import say
from constraints.rule import Variable
from scheduler.candidates import candidates_of
from scheduler.certifying import OutOfWork, Wide, at_most_moved, solved, staying
from scheduler.model import SearchModel, hint, literal_of
from scheduler.offers import Offers
from scheduler.problem import Problem
from scheduler.verdict import breaches

MOST_COMBINATIONS = 256
"""So many are judged one by one, which is the proof."""

_MOST_WORLDS = 6

Combination = tuple[int, ...]
"""For each session the place of its slot among those offered, from 0."""


@dataclass(frozen=True)
class Together:
    """What becomes of the combinations of slots of several sessions.

    `calendars` has a lawful calendar for each combination that has one; where one `remainder` serves them all, they
    differ by the sessions alone. `failing` are those that no lawful calendar has in which no more others move than are
    allowed to, which is proved; `unknown` those of which it is not known.
    """

    calendars: Mapping[Combination, Timetable]
    remainder: Timetable | None
    failing: tuple[Combination, ...] = ()
    unknown: tuple[Combination, ...] = ()


def together(
    problem: Problem, timetable: Timetable, several: Sequence[Offers], most: int | None = 0, stop: Event | None = None
) -> Together:
    """Whether the slots offered for several sessions hold in every combination.

    Args:
        problem: the programme and its rules, as the offers were made with.
        timetable: the calendar in hand.
        several: the offers, one for each session.
        most: how many other sessions and blocks may move; None for any.
        stop: once set, ends it with what is known so far.

    Raises:
        FaultyInput: where the combinations are too many to be judged one by one.
    """
    count = prod(len(each.offers) for each in several)
    if count > MOST_COMBINATIONS:
        told = {"count": count, "most": MOST_COMBINATIONS}
        many = say("{count} combinations are more than {most}: offer fewer slots with --count", **told)
        raise FaultyInput([Fault(many)])
    return _Polled(problem, timetable, several, most, stop or Event()).answer()


@dataclass
class _Polled:
    """The sessions, each with its slots, in a calendar."""

    problem: Problem
    timetable: Timetable
    several: Sequence[Offers]
    most: int | None
    stop: Event
    worlds: list[Combination] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sessions = [self._session(each) for each in self.several]
        self.rest = tuple(each for each in self.timetable.placements if each not in self.sessions)
        self.known = breaches(self.problem, self.timetable)
        self.every = list(product(*(range(len(each.offers)) for each in self.several)))
        self.possible = [each for each in self.every if not self._shares_a_slot(each)]
        self.wide = Wide(self.problem, self.timetable)

    def answer(self) -> Together:
        calendars = self._with(Timetable(self.rest))
        if len(calendars) == len(self.every):
            return Together(calendars, Timetable(self.rest))
        try:
            for remainder in self._remainders(calendars):
                found = self._with(remainder)
                if len(found) == len(self.every):
                    return Together(found, remainder)
                self.worlds.append(next(each for each in self.every if each not in found))
        except OutOfWork:
            pass
        return self._one_by_one(calendars)

    def _session(self, offers: Offers) -> Placement:
        return next(each for each in self.timetable.of(offers.asked.activity) if each.span == offers.asked.now_at)

    def placements(self, combination: Combination) -> list[Placement]:
        return [each.offers[place].placement for each, place in zip(self.several, combination, strict=True)]

    def _shares_a_slot(self, combination: Combination) -> bool:
        """Whether two sessions of one part would have one slot, which is one session."""
        slots = [(each.activity, each.span) for each in self.placements(combination)]
        return len(set(slots)) < len(slots)

    def _with(self, remainder: Timetable) -> dict[Combination, Timetable]:
        """The lawful calendars that a remainder makes with combinations."""
        found = {}
        for combination in self.possible:
            calendar = Timetable((*remainder.placements, *self.placements(combination)))
            if self._is_lawful(calendar):
                found[combination] = calendar
        return found

    def _is_lawful(self, calendar: Timetable) -> bool:
        return all(
            breach in self.known for law in self.problem.laws for breach in law.check(self.problem.programme, calendar)
        )

    def _remainders(self, calendars: Mapping[Combination, Timetable]) -> Iterator[Timetable]:
        """Remainders that keep the laws in every world so far; none where that is impossible, or too much."""
        if self.most == 0 or self.possible != self.every:
            return
        self.worlds = [next(each for each in self.every if each not in calendars)]
        while len(self.worlds) <= _MOST_WORLDS:
            remainder = _common(self, self.worlds)
            if remainder is None:
                return
            yield remainder

    def _one_by_one(self, calendars: dict[Combination, Timetable]) -> Together:
        failing, unknown = [each for each in self.every if each not in self.possible], list[Combination]()
        for combination in self.possible:
            if combination in calendars:
                continue
            try:
                calendar = self.wide.with_all(self.sessions, self.placements(combination), self.most, self.stop)
            except OutOfWork:
                unknown.append(combination)
                continue
            if calendar is None:
                failing.append(combination)
            else:
                calendars[combination] = calendar
        return Together(calendars, None, tuple(sorted(failing)), tuple(unknown))


def _common(polled: _Polled, worlds: Sequence[Combination]) -> Timetable | None:
    """Where all else may stand, so that each world keeps the laws; None where it is proved that it can nowhere."""
    programme, laws = polled.problem.programme, polled.problem.laws
    candidates = candidates_of(programme, laws)
    offered = {(offer.placement.activity, offer.span) for each in polled.several for offer in each.offers}
    cp = cp_model.CpModel()
    models = [SearchModel(programme, candidates, laws, cp) for _ in worlds]
    shared: dict[tuple[str, str | None, Span], Variable] = {}
    for model, world in zip(models, worlds, strict=True):
        chosen = {(each.activity, each.span): each for each in polled.placements(world)}
        for key, option, span, variable in model.unknowns():
            if (key, span) in offered:
                cp.add(literal_of(variable) == _taken(chosen.get((key, span)), option))
            elif (key, option, span) in shared:
                cp.add(literal_of(variable) == literal_of(shared[key, option, span]))
            else:
                shared[key, option, span] = variable
    if polled.most is not None:
        stay = staying(models[0], Timetable(polled.rest))
        at_most_moved(cp, list(stay.values()), polled.most)
    hint(cp, models[0].kept(polled.timetable))
    solution = solved(cp, polled.stop)
    if solution is None:
        return None
    chosen_first = polled.placements(worlds[0])
    return Timetable(tuple(each for each in models[0].timetable(solution).placements if each not in chosen_first))


def _taken(placement: Placement | None, option: str | None) -> int:
    if placement is None:
        return 0
    return int(option is None or option in (*placement.trainers, placement.place))
