"""From decided polls to a calendar: the slots of their numbers are taken, what was on hold for them is let go.

Where nothing has changed since the offer, its certificate is made. Else the slots are put into the calendar as it is
now, and where that breaks a law, the lawful calendar that has them and moves the fewest others is looked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Event
from typing import NamedTuple

from calendars.calendar_file import Calendar, PlacedSession
from calendars.clock import Span, minute_of
from calendars.faults import Fault, FaultyInput
from calendars.holding import released
from calendars.offer_file import OfferedSlot
from calendars.pins import pinned_at
from calendars.saving import placement_of, timetable_of
from calendars.standing import digest_of
from calendars.timetable import Placement, Timetable
from calendars.wording import render, say
from polls.closing import ClosedPoll
from polls.poll_file import PolledSlot, PollFile
from scheduler.amending import amended
from scheduler.certifying import Wide, fewest_moved, moved_between
from scheduler.following import keeping
from scheduler.offer_folder import Accepted, certificate_of, problem_of, taken
from scheduler.problem import Problem
from scheduler.verdict import breaches, breaches_of_the_past
from scheduler.year import files_of


class Chosen(NamedTuple):
    """The folder of an offer, the UID of a session in it, and the slot that it is to take."""

    offer: Path
    uid: str
    slot: PolledSlot


def chosen(poll: PollFile, number: int) -> PolledSlot:
    """The slot of a poll by its number.

    Raises:
        FaultyInput: where the poll has no slot of that number.
    """
    for slot in poll.slots:
        if slot.number == number:
            return slot
    numbers = tuple(str(slot.number) for slot in poll.slots)
    raise FaultyInput(
        [Fault(say("the poll has no slot {number}; choose from {numbers}", number=number, numbers=numbers))]
    )


def choice(folder: Path, poll: PollFile, number: int) -> Chosen:
    """What the poll in a folder asks of its offer, where the slot of that number is chosen.

    Raises:
        FaultyInput: where the poll has no slot of that number.
    """
    return Chosen((folder / poll.offer).resolve(), poll.session.uid, chosen(poll, number))


@dataclass(frozen=True)
class Confirmed:
    """The calendar with the slots that polls chose; `moved` others stand otherwise, None where the offer said which."""

    accepted: Accepted
    moved: int | None


def confirm(
    polls: Sequence[ClosedPoll],
    numbers: Sequence[int],
    calendar: Calendar,
    path: Path,
    day: date,
    language: str,
    stop: Event,
) -> Confirmed | None:
    """The calendar in which each polled session takes its slot, pinned there by the machine.

    Args:
        polls: on offers of one programme.
        numbers: that of the slot for each.
        calendar: the one that people know.
        path: where it was read.
        day: from which on nothing of it may lie in the past; time stamps bear it.
        language: of the report, and of the reason of the pins.
        stop: once set, ends the search.

    Returns:
        None where it is proved that no lawful calendar has these slots by now.

    Raises:
        FaultyInput: where a session, a slot or the programme file of the offers is no more.
        OutOfWork: where the work allowed was too little.
    """
    problem = amended(problem_of(polls[0].offer, polls[0].offer_folder), calendar)
    sessions = [_session(calendar, each, path) for each in polls]
    for each, session in zip(polls, sessions, strict=True):
        calendar = released(calendar, each.offer_folder.name, day, [session.uid])
    slots = [_slot(each, number) for each, number in zip(polls, numbers, strict=True)]
    there = [_placed(session, slot) for session, slot in zip(sessions, slots, strict=True)]
    witness, moved = _kept_certificate(polls, numbers, calendar), None
    if witness is None:
        bound = keeping(problem, calendar, day, path, published=True, but=[each.uid for each in sessions])
        found = _arranged(bound, timetable_of(calendar), [placement_of(each) for each in sessions], there, stop)
        if found is None:
            return None
        witness, moved = found
    draft, past = taken(problem, calendar, witness, path, day)
    why = render(say("chosen in a poll"), draft.language)
    draft = pinned_at(draft, [(each.activity, each.span) for each in there], why, day)
    return Confirmed(Accepted(draft, files_of(problem, draft, language, past)), moved)


def _session(calendar: Calendar, poll: ClosedPoll, path: Path) -> PlacedSession:
    uid = poll.poll.session.uid
    for session in calendar.sessions:
        if session.uid == uid and session.state != "cancelled":
            return session
    gone = say("“{title}”, which people have voted on, stands in it no more", title=poll.poll.session.title)
    raise FaultyInput([Fault(gone, (), str(path))])


def _slot(poll: ClosedPoll, number: int) -> OfferedSlot:
    chosen(poll.poll, number)
    return next(slot for slot in poll.offer.sessions[poll.place].slots if slot.number == number)


def _placed(session: PlacedSession, slot: OfferedSlot) -> Placement:
    span = Span(minute_of(slot.start), minute_of(slot.end))
    return Placement(span, session.part, trainers=slot.trainers, place=slot.place)


def _kept_certificate(polls: Sequence[ClosedPoll], numbers: Sequence[int], calendar: Calendar) -> Timetable | None:
    """The certificate of the offer, if these are all its sessions and nothing has changed since."""
    offer, folder = polls[0].offer, polls[0].offer_folder
    places = [each.place for each in polls if each.offer_folder == folder]
    if len(places) < len(polls) or sorted(places) != list(range(len(offer.sessions))):
        return None
    if digest_of(calendar) != offer.standing:
        return None
    by_place = dict(zip(places, numbers, strict=True))
    return certificate_of(offer, folder, [by_place[place] for place in sorted(places)])


def _arranged(
    problem: Problem, timetable: Timetable, moving: Sequence[Placement], there: Sequence[Placement], stop: Event
) -> tuple[Timetable, int] | None:
    """A lawful timetable with sessions where they are asked, and how many others stand otherwise in it."""
    rest = [each for each in timetable.placements if each not in moving]
    alone, past = Timetable((*rest, *there)), breaches_of_the_past(problem)
    if all(breach in past for breach in breaches(problem, alone)):
        return alone, 0
    found = fewest_moved(Wide(problem, timetable), moving, there, stop)
    return None if found is None else (found, moved_between(problem.programme, timetable, found, moving))
