"""Offers in words and for machines: the slots of each session with their price, and what becomes of them together."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from calendars.calendar_file import PlacedSession
from calendars.clock import Span, moment_of
from calendars.naming import name_of, name_of_groups, name_of_trainer, when_of
from calendars.programme import Programme
from calendars.wording import Message, say, say_count
from console.moves import move_words
from console.records import move_record
from console.screen import Screen
from scheduler.moves import Move
from scheduler.offer_folder import Accepted, Offered
from scheduler.offers import Offer, Offers
from scheduler.together import Combination, Together


def tell_offers(screen: Screen, offered: Offered, folder: Path | None, held: Path | None) -> None:
    """Tells the slots of each session, best first, then what becomes of them together, and where they are kept.

    `held` is the calendar that has them on hold.
    """
    for place, (session, offers) in enumerate(zip(offered.sessions, offered.several, strict=True)):
        if place:
            screen.gap()
        _tell_session(screen, offered.problem.programme, session, offers)
    if offered.together is not None:
        screen.gap()
        _tell_together(screen, offered.together)
    if folder is not None:
        screen.gap()
        screen.line(say("Kept in {folder}, each slot with its calendar.", folder=str(folder)))
    if held is not None:
        screen.line(say("The slots are on hold in {path}: publish it, and the feeds show them.", path=str(held)))


def offers_record(offered: Offered, folder: Path | None) -> dict[str, Any]:
    """The offers as plain JSON values; moments are wall times of the programme."""
    joint = offered.together
    return {
        "sessions": [
            {
                "uid": session.uid,
                "part": session.part,
                "number": session.number,
                "slots": [_offer_record(number, offer) for number, offer in enumerate(offers.offers, 1)],
                "certified": [_moment(span) for span in offers.certified],
                "complete": offers.complete,
                "searched": offers.searched,
            }
            for session, offers in zip(offered.sessions, offered.several, strict=True)
        ],
        "together": None
        if joint is None
        else {
            "certified": [_numbers(each) for each in sorted(joint.calendars)],
            "one_remainder": joint.remainder is not None,
            "failing": [_numbers(each) for each in joint.failing],
            "unknown": [_numbers(each) for each in joint.unknown],
        },
        "output": None if folder is None else str(folder),
    }


def tell_accepted(screen: Screen, accepted: Accepted, output: Path) -> None:
    """Tells that a calendar with the slots is made, and what to do with it."""
    screen.finding(say("The calendar with the chosen slots is in {folder}.", folder=str(output)), "bold green")
    screen.line(say("It is a draft: publish it, and the feeds follow."))


def accepted_record(accepted: Accepted, output: Path) -> dict[str, Any]:
    """Where the calendar is, and the files that tell it."""
    return {"output": str(output), "files": sorted(accepted.files)}


def _tell_session(screen: Screen, programme: Programme, session: PlacedSession, offers: Offers) -> None:
    part = programme.parts[session.part]
    told = {"name": name_of(programme, part), "number": session.number, "when": _when(programme, offers)}
    screen.finding(say("{name}, session {number}, now {when}:", **told), "bold")
    headers = (say("Slot"), say("Date"), say("Time"), say("Others that move"), say("Preferences"))
    screen.table("><><<", headers, [_row(number, offer) for number, offer in enumerate(offers.offers, 1)])
    for number, offer in enumerate(offers.offers, 1):
        moving = _moves_of_others(offers, offer)
        if moving:
            screen.finding(_with_slot(number, len(moving)))
            for move in moving:
                screen.item(move_words(programme, move))
            screen.finding(say("This touches {people}.", people=_touched(programme, offer)))
    others = [span for span in offers.certified if span not in [offer.span for offer in offers.offers]]
    if others:
        count = len(others)
        screen.finding(
            say_count("{count} more slot holds; ask with --count.", "{count} more slots hold; ask with --count.", count)
        )
    screen.finding(_how_far(offers))


def _with_slot(number: int, others: int) -> Message:
    return say_count("With slot {number} this moves too:", "With slot {number} these move too:", others, number=number)


def _when(programme: Programme, offers: Offers) -> Message:
    assert offers.asked.now_at is not None
    return when_of(programme.parts[offers.asked.activity], offers.asked.now_at)


def _row(number: int, offer: Offer) -> tuple[object, ...]:
    start = moment_of(offer.span.start)
    changes = tuple(
        say("level {rank}: {before} → {after}", rank=price.rank, before=price.before, after=price.after)
        for price in offer.prices
        if price.before != price.after
    )
    return number, start.date(), start.time(), offer.moved or None, changes or None


def _moves_of_others(offers: Offers, offer: Offer) -> Sequence[Move]:
    """All but that of the session itself; it may stay, where another session of its part goes to the slot."""
    own = [one for one in offer.moves[:1] if one.before is not None and one.before.span == offers.asked.now_at]
    return offer.moves[len(own) :]


def _touched(programme: Programme, offer: Offer) -> tuple[Message, ...]:
    trainers = (name_of_trainer(programme, key) for key in offer.trainers)
    return (name_of_groups(programme, offer.groups), *trainers)


def _how_far(offers: Offers) -> Message:
    if offers.complete:
        return say("These are all, which is proved.") if offers.searched is None else _all_of(offers.searched)
    if offers.searched == -1:
        return say("There may be more: not all slots were looked at. See --all.")
    if offers.searched == 0:
        return say("There may be more: not all calendars in which others move were looked at. See --all.")
    return say_count(
        "There may be more: of calendars in which more than {count} other moves, not all were looked at.",
        "There may be more: of calendars in which more than {count} others move, not all were looked at.",
        offers.searched or 0,
    )


def _all_of(searched: int) -> Message:
    if searched <= 0:
        return say("These are all that hold where no other session moves, which is proved.")
    return say_count(
        "These are all that hold where at most {count} other moves, which is proved.",
        "These are all that hold where at most {count} others move, which is proved.",
        searched,
    )


def _tell_together(screen: Screen, joint: Together) -> None:
    count = len(joint.calendars)
    if joint.remainder is not None:
        screen.finding(
            say_count(
                "{count} combination: it holds with all else in one place.",
                "All {count} combinations hold with all else in one place, whichever slots are chosen.",
                count,
            ),
            "bold green",
        )
        return
    screen.finding(
        say_count(
            "{count} combination holds, in a calendar of its own.",
            "{count} combinations hold, each in a calendar of its own.",
            count,
        )
    )
    for combination in joint.failing:
        screen.finding(
            say(
                "Not together: {slots}. With so few others moved no lawful calendar has them, which is proved.",
                slots=_slots(combination),
            )
        )
    for combination in joint.unknown:
        screen.finding(say("Not known: {slots}. The time was too short.", slots=_slots(combination)))


def _slots(combination: Combination) -> tuple[str, ...]:
    return tuple(map(str, _numbers(combination)))


def _numbers(combination: Combination) -> list[int]:
    return [place + 1 for place in combination]


def _offer_record(number: int, offer: Offer) -> dict[str, Any]:
    start, end = map(moment_of, offer.span)
    return {
        "number": number,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "trainers": list(offer.placement.trainers),
        "place": offer.placement.place,
        "moved": offer.moved,
        "moves": [move_record(move) for move in offer.moves],
        "prices": [price._asdict() for price in offer.prices],
        "groups": list(offer.groups),
        "touched_trainers": list(offer.trainers),
    }


def _moment(span: Span) -> str:
    return moment_of(span.start).isoformat()
