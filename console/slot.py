"""What becomes of a slot that somebody asks about: in words, and for machines."""

from collections.abc import Sequence
from typing import Any

from calendars.clock import moment_of
from calendars.naming import name_of, when_of
from calendars.programme import Programme
from calendars.wording import Message, say, say_count
from console.moves import move_words
from console.records import breach_records, move_record
from console.screen import Screen
from console.why import conflict_record, tell_conflict
from constraints.rule import Breach
from scheduler.problem import Problem
from scheduler.slot import Answer, Price, Slot


def tell_slot(screen: Screen, problem: Problem, answer: Answer) -> None:
    """Tells the answer first, then its reasons: what breaks, what moves, what it costs, or what cannot all be kept."""
    style = "bold green" if answer.slot in (Slot.STANDS, Slot.FREE, Slot.POSSIBLE) else "bold red"
    screen.finding(_title(problem.programme, answer), style)
    _tell_breaches(screen, answer.by_itself)
    if answer.in_its_way:
        screen.finding(say("In its way:"))
        _tell_breaches(screen, answer.in_its_way)
    if answer.slot is Slot.POSSIBLE and answer.moves:
        _tell_moves(screen, problem.programme, answer)
    _tell_prices(screen, answer.prices)
    for conflict in answer.conflicts:
        tell_conflict(screen, conflict)


def slot_record(answer: Answer, language: str) -> dict[str, Any]:
    """The answer as plain JSON values; moments are wall times of the programme, texts are in `language`."""
    return {
        "slot": answer.slot.value,
        "activity": answer.activity,
        "start": moment_of(answer.span.start).isoformat(),
        "end": moment_of(answer.span.end).isoformat(),
        "by_itself": breach_records(answer.by_itself, language),
        "in_its_way": breach_records(answer.in_its_way, language),
        "moves": [move_record(move) for move in answer.moves],
        "least": answer.least,
        "prices": [price._asdict() for price in answer.prices],
        "conflicts": [conflict_record(conflict, language) for conflict in answer.conflicts],
    }


def _title(programme: Programme, answer: Answer) -> Message:
    activity = programme.activities[answer.activity]
    told = {"name": name_of(programme, activity), "when": when_of(activity, answer.span)}
    match answer.slot:
        case Slot.STANDS:
            return say("{name} stands {when} already.", **told)
        case Slot.FREE:
            return say("The slot is free: {name} can stand {when}, and nothing else has to move.", **told)
        case Slot.STRUCK:
            return say("{name} cannot stand {when}: by itself this breaks", **told)
        case Slot.POSSIBLE:
            return say("{name} can stand {when}: a lawful calendar has it there.", **told)
        case Slot.FORBIDDEN:
            return say("{name} cannot stand {when}: no lawful calendar has it there, which is proved.", **told)
        case Slot.UNKNOWN:
            return say("It is not known whether {name} can stand {when}: the time was too short.", **told)


def _tell_breaches(screen: Screen, found: Sequence[Breach]) -> None:
    for breach in found:
        screen.finding(say("{law}: {what}", law=breach.rule, what=breach.message))


def _tell_moves(screen: Screen, programme: Programme, answer: Answer) -> None:
    screen.finding(say_count("It takes {count} change:", "It takes {count} changes:", len(answer.moves)))
    for move in answer.moves:
        screen.item(move_words(programme, move))
    if answer.least:
        screen.finding(say("No lawful calendar changes less, which is proved."))
    else:
        screen.finding(say("Perhaps another calendar changes less: the time was too short."))


def _tell_prices(screen: Screen, prices: Sequence[Price]) -> None:
    for rank, before, after in prices:
        if before != after:
            screen.finding(say("Level {rank} goes from {before} to {after}.", rank=rank, before=before, after=after))
