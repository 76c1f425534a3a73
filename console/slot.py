"""What becomes of a slot that somebody asks about: in words, and for machines."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from calendars.clock import moment_of
from calendars.naming import name_of, name_of_place, name_of_trainer, when_of
from calendars.programme import Activity, Programme, Work
from calendars.timetable import Placement
from calendars.wording import Message, say, say_count
from console.records import breach_records
from console.screen import Screen
from console.why import conflict_record, tell_conflict
from constraints.rule import Breach
from scheduler.problem import Problem
from scheduler.slot import Answer, Move, Price, Slot


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
        "moves": [_moved(move) for move in answer.moves],
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
        screen.item(_words(programme, move))
    if answer.least:
        screen.finding(say("No lawful calendar changes less, which is proved."))
    else:
        screen.finding(say("Perhaps another calendar changes less: the time was too short."))


def _words(programme: Programme, move: Move) -> Message:
    """What stood where, and where it stands now; with whom and in which place, if that is not as it was."""
    activity, before, after = programme.activities[move.activity], move.before, move.after
    told: dict[str, object] = {
        "name": name_of(programme, activity),
        "before": before and _where(activity, before),
        "after": after and _where(activity, after),
    }
    if before is None:
        return say("{name}: now also {after}", **told)
    if after is None:
        return say("{name} {before}: no longer", **told)
    if staff := _new_staff(programme, before, after):
        told["after"] = say("{when} with {staff}", when=told["after"], staff=staff)
    return say("{name} {before}: now {after}", **told)


def _where(activity: Activity, placement: Placement) -> Message:
    when = when_of(activity, placement.span)
    if isinstance(activity, Work):
        return say("{when} ({length})", when=when, length=timedelta(minutes=placement.amount))
    return when


def _new_staff(programme: Programme, before: Placement, after: Placement) -> tuple[Message, ...]:
    """The trainers and the place of a session, where it had others."""
    if (before.trainers, before.place) == (after.trainers, after.place):
        return ()
    trainers = (name_of_trainer(programme, key) for key in after.trainers)
    places = (name_of_place(programme, key) for key in [after.place] if key is not None)
    return (*trainers, *places)


def _tell_prices(screen: Screen, prices: Sequence[Price]) -> None:
    for rank, before, after in prices:
        if before != after:
            screen.finding(say("Level {rank} goes from {before} to {after}.", rank=rank, before=before, after=after))


def _moved(move: Move) -> dict[str, Any]:
    return {"activity": move.activity, "before": _placed(move.before), "after": _placed(move.after)}


def _placed(placement: Placement | None) -> dict[str, Any] | None:
    """A placement; its amount is 1, or minutes of self-paced work."""
    if placement is None:
        return None
    return {
        "start": moment_of(placement.span.start).isoformat(),
        "end": moment_of(placement.span.end).isoformat(),
        "amount": placement.amount,
        "trainers": placement.trainers,
        "place": placement.place,
    }
