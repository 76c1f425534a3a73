"""For whom an answer is: nobody learns from it what somebody else cannot, prefers or gives at most."""

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from calendars.wording import say
from constraints import RULES
from constraints.rule import Breach, Rule
from scheduler.conflict import Conflict, Demand, Explanation
from scheduler.costs import About, Charge, LevelCosts, NextBetter, Share
from scheduler.offers import Offers
from scheduler.problem import Problem
from scheduler.repairs import Lowering, Repair
from scheduler.slot import Answer

_PRIVATE = frozenset(rule.name for rule in RULES if rule.private)


class SomebodyElse(Rule):
    """What somebody else asks for, without a word of what it is."""

    name: ClassVar[str] = "private"
    private: ClassVar[bool] = True


_UNTOLD = Breach(SomebodyElse.name, say("somebody else's constraint is not kept"))


def is_open(breach: Breach, reader: str) -> bool:
    """Whether a trainer may read of a breach: it is about no person, or about themselves alone."""
    return breach.rule not in _PRIVATE or {*breach.trainers} <= {reader}


def breaches_for(breaches: Iterable[Breach], reader: str) -> tuple[Breach, ...]:
    """The breaches that a trainer may read of; all others are one that says no more than that there are some."""
    return tuple(dict.fromkeys(breach if is_open(breach, reader) else _UNTOLD for breach in breaches))


def explanation_for(explanation: Explanation, reader: str) -> Explanation:
    """The explanation as a trainer may read it."""
    conflicts = tuple(conflict_for(conflict, reader) for conflict in explanation.conflicts)
    return replace(explanation, conflicts=conflicts)


def conflict_for(conflict: Conflict, reader: str) -> Conflict:
    """A conflict in which all that others keep to themselves is one demand, the last."""
    told = tuple(demand for demand in conflict.demands if _may_read(demand, reader))
    return replace(conflict, demands=told if len(told) == len(conflict.demands) else (*told, _SOMEBODY_ELSE))


def repairs_for(repairs: Iterable[Repair], reader: str) -> tuple[Repair, ...]:
    """The repairs that ask nothing of what others keep to themselves."""
    return tuple(repair for repair in repairs if all(is_open(breach, reader) for breach in repair.breaches))


def costs_for(costs: Iterable[LevelCosts], reader: str) -> tuple[LevelCosts, ...]:
    """The costs without those that say how far others have what they prefer: these are a sum of points."""
    return tuple(_level_for(level, reader) for level in costs)


def _level_for(level: LevelCosts, reader: str) -> LevelCosts:
    charges = _charges_for(level.charges, reader)
    return replace(
        level,
        charges=charges,
        rules=_shares_for(level.rules, reader),
        modules=_shares_for(level.modules, reader),
        weeks=_shares_for(level.weeks, reader),
        people=_shares_for(level.people, reader),
        untold=level.value - sum(charge.points for charge in charges),
    )


def _shares_for(shares: Iterable[Share[About]], reader: str) -> tuple[Share[About], ...]:
    told = (replace(share, charges=_charges_for(share.charges, reader)) for share in shares)
    return tuple(share for share in told if share.charges)


def _charges_for(charges: Iterable[Charge], reader: str) -> tuple[Charge, ...]:
    return tuple(charge for charge in charges if is_open(charge.breach, reader))


def better_for(better: Iterable[NextBetter], costs: Iterable[LevelCosts], reader: str) -> tuple[NextBetter, ...]:
    """What less would take: which laws would give way is not told where it would be for what others prefer.

    Args:
        better: the answers.
        costs: the levels, as `costs_for` leaves them.
        reader: the key of a trainer.
    """
    untold = {level.rank for level in costs if level.untold}
    return tuple(
        replace(each, lowering=None if each.rank in untold else _lowering_for(each, reader)) for each in better
    )


def _lowering_for(better: NextBetter, reader: str) -> Lowering | None:
    lowering = better.lowering
    if lowering is None or lowering.repair is None:
        return lowering
    return replace(lowering, repair=replace(lowering.repair, breaches=breaches_for(lowering.repair.breaches, reader)))


def answer_for(answer: Answer, reader: str) -> Answer:
    """What becomes of a slot, as a trainer may read it."""
    return replace(
        answer,
        by_itself=breaches_for(answer.by_itself, reader),
        in_its_way=breaches_for(answer.in_its_way, reader),
        conflicts=tuple(conflict_for(conflict, reader) for conflict in answer.conflicts),
    )


def offers_for(offers: Offers, problem: Problem) -> Offers:
    """Offers as the trainer may read them: no price of a level at which somebody's own preferences are paid."""
    private = {rule.rank for rule in problem.priced if rule.private}
    told = tuple(
        replace(offer, prices=tuple(price for price in offer.prices if price.rank not in private))
        for offer in offers.offers
    )
    return replace(offers, offers=told)


def _may_read(demand: Demand, reader: str) -> bool:
    """A private law of which nothing is known might be anybody's."""
    if not demand.law.private:
        return True
    return bool(demand.breaches) and all(is_open(breach, reader) for breach in demand.breaches)


_SOMEBODY_ELSE = Demand(SomebodyElse(), frozenset(), (), False, (_UNTOLD,))
