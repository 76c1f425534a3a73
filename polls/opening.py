"""A poll is opened: a session of an offer, the voters, a deadline and a quorum become the files of a poll."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from calendars.calendar_file import Calendar
from calendars.faults import Fault, FaultyInput, with_nearest
from calendars.offer_file import OfferedSession, OfferFile
from calendars.saving import read_calendar
from calendars.wording import Message, say
from calendars.writing import settled
from polls.poll_file import (
    POLL_FORMAT,
    PolledSession,
    PolledSlot,
    PollFile,
    Voter,
    path_between,
    poll_bytes,
)
from polls.saved import read_offer
from polls.slots_feed import slots_feed
from polls.voters import read_voters
from polls.votes import empty_votes

_FILES = ("poll.json", "votes.csv")
"""What no second poll may replace."""


@dataclass(frozen=True)
class Opening:
    """What is asked for: the folder of an offer, the table of the voters, the last day to answer, and a folder.

    `session` names one of the offer by its UID, `PART#NUMBER` or `PART`, None where it has one only; `quorum` is how
    many have to answer, None for the usual number.
    """

    offer: Path
    voters: Path
    until: date
    folder: Path
    session: str | None = None
    quorum: int | None = None


def open_poll(asked: Opening, today: date) -> PollFile:
    """The poll that is asked for, opened on the day `today`.

    Raises:
        FaultyInput: with every fault of offer, voters, deadline, quorum and folder.
    """
    faults = list(_faults_of_folder(asked.folder))
    offer, session, voters = None, None, None
    try:
        offer = read_offer(asked.offer)
        session = session_named(offer, asked.session, _calendar(offer, asked.offer))
    except FaultyInput as found:
        faults += found.faults
    try:
        voters = read_voters(asked.voters)
    except FaultyInput as found:
        faults += found.faults
    faults += _faults_of_deadline(asked.until, today, session)
    faults += _faults_of_quorum(asked.quorum, voters)
    if faults or offer is None or session is None or voters is None:
        raise FaultyInput(faults)
    return PollFile(
        format=POLL_FORMAT,
        offer=path_between(asked.folder, asked.offer),
        programme=offer.programme,
        language=offer.language,
        time_zone=offer.time_zone,
        session=PolledSession(uid=session.uid, title=session.title),
        slots=tuple(PolledSlot(number=slot.number, start=slot.start, end=slot.end) for slot in session.slots),
        voters=voters,
        until=asked.until,
        quorum=usual_quorum(voters) if asked.quorum is None else asked.quorum,
        opened=today,
    )


def poll_files(poll: PollFile) -> dict[str, bytes]:
    """The files of an open poll by name, before anybody has answered."""
    return {"poll.json": poll_bytes(poll), "votes.csv": empty_votes(poll), "slots.ics": slots_feed(poll)}


def usual_quorum(voters: Sequence[Voter]) -> int:
    """Half of the voters, rounded up, and at least as many as are required."""
    return max((len(voters) + 1) // 2, sum(voter.required for voter in voters))


def session_named(offer: OfferFile, text: str | None, calendar: Calendar | None) -> OfferedSession:
    """The session of an offer that a person names, or its only one; numbers are those of its calendar.

    Raises:
        FaultyInput: where none or several have that name, or it has no slot to vote on.
    """
    numbers = {each.uid: each.number for each in calendar.sessions} if calendar is not None else {}
    names = {session.uid: _name(session, numbers.get(session.uid)) for session in offer.sessions}
    named = [each for each in offer.sessions if text in (None, each.uid, each.part, names[each.uid])]
    if not named:
        unknown = say("the offer has no session {name}", name=text)
        raise FaultyInput([Fault(with_nearest(unknown, text or "", list(names.values())))])
    if len(named) > 1:
        several = tuple(names[each.uid] for each in named)
        raise FaultyInput(
            [Fault(say("a poll is about one session: name it with --session, as {names}", names=several))]
        )
    if not named[0].slots:
        none = say("{name} has no slot in the offer to vote on; make another offer", name=names[named[0].uid])
        raise FaultyInput([Fault(none)])
    return named[0]


def _name(session: OfferedSession, number: int | None) -> str:
    """The number that people know it by; the UID where the calendar is not there to tell it."""
    return session.uid if number is None else f"{session.part}#{number}"


def _calendar(offer: OfferFile, folder: Path) -> Calendar | None:
    """The calendar that the offer was made with, if it is still there."""
    for file in offer.files:
        path = folder / file.path
        if path.suffix == ".json" and path.exists():
            return read_calendar(path, offer.programme)
    return None


def _faults_of_folder(folder: Path) -> Iterator[Fault]:
    for name in _FILES:
        if settled(folder / name).exists():
            yield Fault(say("a poll is open here already; name another folder with -o"), (), str(folder / name))


def _faults_of_deadline(until: date, today: date, session: OfferedSession | None) -> Iterator[Fault]:
    if until < today:
        yield Fault(say("--until {until} is past; choose {today} or a later day", until=until, today=today))
    first = min((slot.start.date() for slot in session.slots), default=None) if session is not None else None
    if first is not None and until >= first:
        yield Fault(_too_late(until, first, today))


def _too_late(until: date, first: date, today: date) -> Message:
    eve = first - timedelta(days=1)
    told: dict[str, object] = {"until": until, "first": first}
    if eve < today:
        return say("--until {until} is too late: the first slot is on {first}; make an offer of later slots", **told)
    return say(
        "--until {until} is too late: the first slot is on {first}; choose {eve} or a day before", eve=eve, **told
    )


def _faults_of_quorum(quorum: int | None, voters: Sequence[Voter] | None) -> Iterator[Fault]:
    if quorum is not None and voters is not None and quorum > len(voters):
        yield Fault(
            say("--quorum {quorum} is more than all voters; choose {count} or fewer", quorum=quorum, count=len(voters))
        )
