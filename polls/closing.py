"""Polls are closed: their files and those of their offers are read, and what they decide together."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import prod
from pathlib import Path

from calendars.faults import Fault, FaultyInput
from calendars.offer_file import OfferFile
from calendars.wording import say
from polls.deciding import Decision, Excluded, decide, standing_of
from polls.poll_file import PollFile
from polls.saved import read_offer, read_poll
from polls.votes import Votes, read_votes


@dataclass(frozen=True)
class ClosedPoll:
    """A poll from disk with its answers, the folder of its offer, the offer, and the place of its session there."""

    folder: Path
    poll: PollFile
    votes: Votes
    offer_folder: Path
    offer: OfferFile
    place: int


def read_polls(folders: Sequence[Path]) -> tuple[ClosedPoll, ...]:
    """Polls with their answers and their offers.

    Raises:
        FaultyInput: with every fault of the files; where an offer has changed since, or two polls are about the same.
    """
    found, faults = list[ClosedPoll](), list[Fault]()
    for folder in folders:
        try:
            found.append(_read(folder))
        except FaultyInput as error:
            faults += error.faults
    if faults := [*faults, *_faults_together(found)]:
        raise FaultyInput(faults)
    return tuple(found)


def close(polls: Sequence[ClosedPoll], today: date) -> Decision:
    """What polls decide together on the day `today`."""
    standings = [standing_of(each.poll, each.votes, _moved(each), today) for each in polls]
    return decide(standings, tuple(excluded_of(polls)))


def excluded_of(polls: Sequence[ClosedPoll]) -> Iterator[Excluded]:
    """For each offer with failing combinations and a poll: what its polls may not choose together.

    Where sessions of the offer are not polled, it is what fails with all of their slots.
    """
    places = defaultdict[Path, list[int]](list)
    for place, each in enumerate(polls):
        places[each.offer_folder].append(place)
    for own in places.values():
        offer = polls[own[0]].offer
        within = [polls[place].place for place in own]
        others = prod(len(each.slots) for place, each in enumerate(offer.sessions) if place not in within)
        counts = Counter(tuple(numbers[place] for place in within) for numbers in set(offer.failing))
        if failing := frozenset(numbers for numbers, count in counts.items() if count == others):
            yield Excluded(tuple(own), failing)


def _read(folder: Path) -> ClosedPoll:
    poll = read_poll(folder)
    offer_folder = (folder / poll.offer).resolve()
    faults, votes, offer = list[Fault](), None, None
    try:
        votes = read_votes(folder / "votes.csv", poll)
    except FaultyInput as error:
        faults += error.faults
    try:
        offer = read_offer(offer_folder)
    except FaultyInput as error:
        faults += error.faults
    if votes is None or offer is None:
        raise FaultyInput(faults)
    return ClosedPoll(folder, poll, votes, offer_folder, offer, _place_of(poll, offer, folder))


def _place_of(poll: PollFile, offer: OfferFile, folder: Path) -> int:
    """The place in the offer of the session that a poll is about; refused where it has other slots there by now."""
    slots = {(slot.number, slot.start, slot.end) for slot in poll.slots}
    for place, session in enumerate(offer.sessions):
        if session.uid == poll.session.uid and slots == {(slot.number, slot.start, slot.end) for slot in session.slots}:
            return place
    other = say("the offer has changed since the poll was opened; open a new poll on it")
    raise FaultyInput([Fault(other, (), str(folder / "poll.json"))])


def _faults_together(polls: Sequence[ClosedPoll]) -> Iterator[Fault]:
    first: dict[tuple[Path, str], Path] = {}
    for each in polls:
        about = (each.offer_folder, each.poll.session.uid)
        if about in first:
            same = say("is about the same session as {other}; close one of the two", other=str(first[about]))
            yield Fault(same, (), str(each.folder))
        first.setdefault(about, each.folder)


def _moved(each: ClosedPoll) -> dict[int, int]:
    return {slot.number: slot.moved for slot in each.offer.sessions[each.place].slots}
