"""Why there is no lawful calendar, in words: each conflict, what would become of each law, and the ways out."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from calendars.naming import few
from calendars.wording import Message, render, say
from console.screen import Screen
from constraints.rule import Breach
from scheduler.conflict import Conflict, Demand, Explanation
from scheduler.repairs import POINTS, Repair
from scheduler.result import Outcome


def tell_why(screen: Screen, explanation: Explanation) -> None:
    """Tells each conflict on its own, or that there is nothing to explain."""
    for number, conflict in enumerate(explanation.conflicts):
        if number:
            screen.gap()
        tell_conflict(screen, conflict)
    tell_outcome_of(screen, explanation)


def tell_outcome_of(screen: Screen, explanation: Explanation) -> None:
    """That a lawful calendar exists, or that it is not known."""
    if explanation.outcome == Outcome.LAWFUL:
        screen.line(say("A lawful calendar exists: nothing is impossible."), "bold green")
    if explanation.outcome == Outcome.UNKNOWN:
        screen.finding(say("It is not known whether a lawful calendar exists: the time was too short."))


def tell_conflict(screen: Screen, conflict: Conflict) -> None:
    """The laws of a conflict, each with what it would come to if it gave way."""
    laws = [list(demands) for _, demands in groupby(conflict.demands, lambda demand: id(demand.law))]
    screen.finding(_title(len(laws), conflict.minimal), "bold red")
    for demands in laws:
        screen.finding(_words(demands))


def tell_repairs(screen: Screen, repairs: Sequence[Repair], folders: Sequence[Path]) -> None:
    """The ways out, cheapest first, with the folders of their calendars, if there are any."""
    if not repairs:
        screen.finding(say("No way out was found among the laws that may give way; [repairs] in the file names them."))
    for number, repair in enumerate(repairs):
        screen.finding(_way_out(number + 1, repair), "bold")
        tell_giving_way(screen, repair)
        if folders:
            screen.line(say("Its calendar: {folder}", folder=str(folders[number])))


def tell_giving_way(screen: Screen, repair: Repair) -> None:
    """Each law that gives way in a repair, with its breaches."""
    for law, breaches in groupby(repair.breaches, lambda breach: breach.rule):
        screen.finding(_giving_way(law, list(breaches)))


def _title(count: int, minimal: bool) -> Message:
    if not minimal:
        return say("These cannot all be kept, which is proved; perhaps fewer of them cannot either:")
    if count == 1:
        return say("This cannot be kept by itself, which is proved:")
    if count == 2:
        return say("These two cannot both be kept, either of them can; both is proved:")
    return say(
        "These {count} cannot all be kept, any {fewer} of them can; both is proved:", count=count, fewer=count - 1
    )


def _words(demands: Sequence[Demand]) -> Message:
    """What the demands of one law come to, as far as it is known."""
    law, known = demands[0].law.name, [demand.breaches for demand in demands if demand.breaches]
    if not known:
        return say("{law}, whose part in it is not known", law=law)
    if len(demands) == 1:
        return say("{law}; otherwise {breaches}", law=law, breaches=_few(known[0]))
    firsts = [breaches[0] for breaches in known]
    return say("{law}, {count} times; otherwise {breaches}", law=law, count=len(demands), breaches=_few(firsts))


def _few(breaches: Sequence[Breach]) -> tuple[Message, ...]:
    return few([breach.message for breach in breaches])


def _way_out(number: int, repair: Repair) -> Message:
    price, least = _price(repair.cost), _price(repair.bound)
    if repair.proved:
        return say(
            "Way out {number}, at a price of {price}, which is proved to be the least:", number=number, price=price
        )
    return say(
        "Way out {number}, at a price of {price}; the least is {least} or more:",
        number=number,
        price=price,
        least=least,
    )


def _price(points: int) -> int | float:
    """Points in places at which a law gives way."""
    return points // POINTS if points % POINTS == 0 else round(points / POINTS, 1)


def _giving_way(law: str, breaches: Sequence[Breach]) -> Message:
    if len(breaches) == 1:
        return say("{law} gives way: {breaches}", law=law, breaches=_few(breaches))
    return say("{law} gives way in {count} places: {breaches}", law=law, count=len(breaches), breaches=_few(breaches))


def explanation_record(
    explanation: Explanation, repairs: Sequence[Repair], folders: Sequence[Path], language: str
) -> dict[str, Any]:
    """Whether a lawful calendar exists, why none does, and the ways out with their calendars; texts in `language`."""
    return {
        "outcome": explanation.outcome.value,
        "conflicts": [conflict_record(conflict, language) for conflict in explanation.conflicts],
        "repairs": [
            {
                "price": repair.cost / POINTS,
                "bound": repair.bound / POINTS,
                "breaches": [
                    {"law": breach.rule, "text": render(breach.message, language)} for breach in repair.breaches
                ],
                "calendar": str(folders[number] / "calendar.json") if folders else None,
            }
            for number, repair in enumerate(repairs)
        ],
    }


def conflict_record(conflict: Conflict, language: str) -> dict[str, Any]:
    """Demands of laws that cannot all be kept."""
    return {
        "minimal": conflict.minimal,
        "demands": [
            {
                "law": demand.law.name,
                "activities": sorted(demand.activities),
                "mondays": [monday.isoformat() for monday in demand.mondays if monday],
                "otherwise": [render(breach.message, language) for breach in demand.breaches],
            }
            for demand in conflict.demands
        ],
    }
