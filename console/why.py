"""Why there is no lawful calendar, in words: each conflict, and what would become of each law if it gave way."""

from calendars.naming import few
from calendars.wording import Message, say
from console.screen import Screen
from scheduler.conflict import Conflict, Demand, Explanation
from scheduler.search import Outcome


def tell_why(screen: Screen, explanation: Explanation) -> None:
    """Tells each conflict on its own, or that there is nothing to explain."""
    if explanation.outcome == Outcome.LAWFUL:
        screen.line(say("A lawful calendar exists: nothing is impossible."), "bold green")
    if explanation.outcome == Outcome.UNKNOWN:
        screen.finding(say("It is not known whether a lawful calendar exists: the time was too short."))
    for number, conflict in enumerate(explanation.conflicts):
        if number:
            screen.gap()
        screen.finding(_title(conflict), "bold red")
        for demand in conflict.demands:
            screen.finding(_words(demand))


def _title(conflict: Conflict) -> Message:
    count = len(conflict.demands)
    if not conflict.minimal:
        return say("These cannot all be kept, which is proved; perhaps fewer of them cannot either:")
    if count == 1:
        return say("This cannot be kept by itself, which is proved:")
    if count == 2:
        return say("These two cannot both be kept, either of them can; both is proved:")
    return say(
        "These {count} cannot all be kept, any {fewer} of them can; both is proved:", count=count, fewer=count - 1
    )


def _words(demand: Demand) -> Message:
    if not demand.breaches:
        return say("{law}, whose part in it is not known", law=demand.law)
    return say("{law}; otherwise {breaches}", law=demand.law, breaches=few(demand.breaches))
