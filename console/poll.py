"""Polls in words and for machines: what was opened, how the answers stand, what they decide."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from calendars.naming import few
from calendars.wording import Message, say, say_count
from console.screen import Screen
from polls.closing import ClosedPoll
from polls.confirming import Confirmed, chosen
from polls.deciding import Decision, Outcome, Standing, Tally, Tie
from polls.poll_file import PollFile, Voter


def tell_opened(screen: Screen, poll: PollFile, folder: Path) -> None:
    """Tells that a poll is open in a folder, and what is to be done with its files."""
    told = say("A poll on “{title}” is open in {folder}.", title=poll.session.title, folder=str(folder))
    screen.line(told, "bold green")
    slots = say_count("{count} slot", "{count} slots", len(poll.slots))
    voters = say_count("{count} voter", "{count} voters", len(poll.voters))
    required = tuple(voter.title for voter in poll.voters if voter.required)
    screen.line(say("{slots}, {voters}, a quorum of {quorum}.", slots=slots, voters=voters, quorum=poll.quorum))
    if required:
        screen.line(say("Required: {voters}. A slot to which one of them says no cannot win.", voters=required))
    screen.line(say("Until {day} they answer yes, if need be or no in votes.csv.", day=poll.until))
    screen.line(say("slots.ics shows the slots in calendars."))


def opened_record(poll: PollFile, folder: Path) -> dict[str, Any]:
    """The poll, and the folder that it is in."""
    return {"poll": poll.model_dump(mode="json"), "output": str(folder)}


def tell_decision(screen: Screen, decision: Decision) -> None:
    """Tells the standing of each poll, then what they decide together or why they do not."""
    for standing in decision.standings:
        _tell_standing(screen, standing)
        screen.gap()
    match decision.outcome:
        case Outcome.DECIDED:
            _tell_winners(screen, decision)
        case Outcome.WAITING:
            for standing in decision.standings:
                if not standing.over:
                    screen.finding(_waiting(standing.poll), "bold")
        case Outcome.NO_QUORUM:
            for standing in decision.standings:
                if not standing.has_quorum:
                    screen.finding(_no_quorum(standing), "bold red")
        case Outcome.IMPOSSIBLE:
            _tell_impossible(screen, decision.standings)


def decision_record(decision: Decision, folders: Sequence[Path]) -> dict[str, Any]:
    """The outcome, and each poll by its folder; the slots are in the order of their numbers."""
    numbers: Sequence[int | None] = decision.numbers or [None] * len(folders)
    every = zip(folders, decision.standings, numbers, strict=True)
    return {
        "outcome": decision.outcome.value,
        "polls": [_standing_record(folder, standing, number) for folder, standing, number in every],
        "ties": [
            [{"poll": str(folders[place]), "slot": number} for place, number in zip(*tie, strict=True)]
            for tie in decision.ties
        ],
    }


def tell_confirmed(
    screen: Screen, polls: Sequence[ClosedPoll], numbers: Sequence[int], confirmed: Confirmed | None, output: Path
) -> None:
    """Tells which slots are taken and where the calendar is, or that no lawful calendar has them by now."""
    for each, number in zip(polls, numbers, strict=True):
        told: dict[str, object] = {"title": each.poll.session.title, "moment": chosen(each.poll, number).start}
        screen.finding(say("“{title}”: {moment}.", **told), "bold")
    if confirmed is None:
        screen.finding(say("No lawful calendar has these slots any more, unless published sessions move."), "bold red")
        return
    if confirmed.moved is not None:
        screen.line(say("The calendar has changed since the offer was made: the slots were certified anew."))
    if confirmed.moved:
        screen.line(
            say_count("{count} other session moves.", "{count} other sessions move.", confirmed.moved),
        )
    screen.finding(say("The calendar with the chosen slots is in {folder}.", folder=str(output)), "bold green")
    screen.line(say("It is a draft: publish it, and the feeds follow."))


def confirmed_record(confirmed: Confirmed | None, output: Path) -> dict[str, Any]:
    """Whether a calendar has the slots, how many others moved for it where it was certified anew, and where it is."""
    if confirmed is None:
        return {"outcome": Outcome.IMPOSSIBLE.value}
    files = sorted(confirmed.accepted.files)
    return {"outcome": Outcome.DECIDED.value, "moved": confirmed.moved, "output": str(output), "files": files}


def _tell_standing(screen: Screen, standing: Standing) -> None:
    poll = standing.poll
    told: dict[str, object] = {"title": poll.session.title, "count": standing.answered, "voters": len(poll.voters)}
    screen.finding(say("“{title}”: {count} of {voters} voters answered.", **told), "bold")
    if standing.missing:
        screen.finding(say("No answer yet from {voters}.", voters=tuple(map(_name, standing.missing))))
    headers = (say("Slot"), say("Yes"), say("If need be"), say("No"), say("Silent"), say("Others to move"))
    ranked = sorted(standing.slots, key=lambda tally: (not tally.can_win, tally.score))
    screen.table("<>>>>>", headers, [_row(tally, screen.language) for tally in ranked])
    for tally in standing.slots:
        told = {"number": tally.slot.number, "voters": tuple(voter.title for voter in tally.refused_by)}
        if tally.refused_by:
            screen.finding(say("Slot {number} cannot win: {voters}, required, said no.", **told))
        if tally.gone:
            screen.finding(say("Slot {number} cannot win: it is past.", number=tally.slot.number))


def _row(tally: Tally, language: str) -> tuple[object, ...]:
    return tally.slot.heading(language), tally.yes, tally.if_need_be, tally.no, tally.unanswered, tally.moved


def _name(voter: Voter) -> Message | str:
    return say("{voter} (required)", voter=voter.title) if voter.required else voter.title


def _tell_winners(screen: Screen, decision: Decision) -> None:
    for standing, number in zip(decision.standings, decision.numbers, strict=True):
        start = next(tally.slot.start for tally in standing.slots if tally.slot.number == number)
        told: dict[str, object] = {"title": standing.poll.session.title, "number": number, "moment": start}
        screen.finding(say("“{title}”: slot {number} is proposed, on {moment}.", **told), "bold green")
    if decision.ties:
        screen.finding(say("As many votes, but more others to move, or a later time:"))
        for tied in few([_tied(decision.standings, tie) for tie in decision.ties]):
            screen.item(tied)


def _tied(standings: Sequence[Standing], tie: Tie) -> Message:
    slots = tuple(
        say("slot {number} of “{title}”", number=number, title=standings[place].poll.session.title)
        for place, number in zip(*tie, strict=True)
    )
    return slots[0] if len(slots) == 1 else say("{slots} together", slots=slots)


def _waiting(poll: PollFile) -> Message:
    return say("“{title}” is not decided yet: answers may come until {day}.", title=poll.session.title, day=poll.until)


def _no_quorum(standing: Standing) -> Message:
    poll = standing.poll
    told: dict[str, object] = {"title": poll.session.title, "quorum": poll.quorum}
    return say_count(
        "“{title}” has no quorum: {count} voter has answered, the quorum is {quorum}.",
        "“{title}” has no quorum: {count} voters have answered, the quorum is {quorum}.",
        standing.answered,
        **told,
    )


def _tell_impossible(screen: Screen, standings: Sequence[Standing]) -> None:
    lost = [standing for standing in standings if not any(tally.can_win for tally in standing.slots)]
    for standing in lost:
        screen.finding(say("No slot of “{title}” can win.", title=standing.poll.session.title), "bold red")
    if not lost:
        screen.finding(say("No lawful calendar has the slots that can win together."), "bold red")


def _standing_record(folder: Path, standing: Standing, number: int | None) -> dict[str, Any]:
    return {
        "poll": str(folder),
        "uid": standing.poll.session.uid,
        "title": standing.poll.session.title,
        "winner": number,
        "until": standing.poll.until.isoformat(),
        "over": standing.over,
        "voters": len(standing.poll.voters),
        "answered": standing.answered,
        "quorum": standing.poll.quorum,
        "missing": [voter.model_dump(include={"title", "required"}) for voter in standing.missing],
        "slots": [_tally_record(tally) for tally in standing.slots],
    }


def _tally_record(tally: Tally) -> dict[str, Any]:
    return {
        **tally.slot.model_dump(mode="json"),
        "yes": tally.yes,
        "if_need_be": tally.if_need_be,
        "no": tally.no,
        "unanswered": tally.unanswered,
        "moved": tally.moved,
        "refused_by": [voter.title for voter in tally.refused_by],
        "past": tally.gone,
    }
