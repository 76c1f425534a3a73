"""Offers kept in a folder: with each slot the calendar that certifies it, until one is accepted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from os.path import relpath
from pathlib import Path

from calendars.calendar_file import Calendar, PlacedSession
from calendars.clock import moment_of
from calendars.faults import Fault, FaultyInput
from calendars.holding import SlotToHold, held_slots, released
from calendars.inheritance import inherit
from calendars.offer_file import (
    OFFER_FORMAT,
    FileRecord,
    OfferedSession,
    OfferedSlot,
    OfferedTogether,
    OfferFile,
)
from calendars.saving import calendar_bytes, calendar_of, read_calendar, timetable_of
from calendars.standing import digest_of
from calendars.timetable import Timetable
from calendars.wording import say
from calendars.writing import read_whole
from constraints.rule import Breach
from scheduler.amending import amended
from scheduler.following import holding
from scheduler.offers import Offer, Offers
from scheduler.problem import Problem, read_problem
from scheduler.publishing import certified
from scheduler.together import Combination, Together
from scheduler.verdict import breaches, breaches_of_the_past
from scheduler.year import files_of


@dataclass(frozen=True)
class Offered:
    """What was offered in a calendar: sessions, their slots, and what becomes of these together.

    `paths` are those of the programme file and of the calendar, `day` that of the time stamps.
    """

    problem: Problem
    calendar: Calendar
    paths: tuple[Path, Path]
    sessions: tuple[PlacedSession, ...]
    several: tuple[Offers, ...]
    together: Together | None
    day: date


def offer_files(offered: Offered, folder: Path) -> dict[str, bytes]:
    """The files of an offer by path below its folder: `offer.json` and every calendar that certifies a slot."""
    files: dict[str, bytes] = {}
    sessions = tuple(_offered_session(offered, place, files) for place in range(len(offered.sessions)))
    joint = offered.together
    together = (
        tuple(OfferedTogether(numbers=(slot.number,), certificate=slot.certificate) for slot in sessions[0].slots)
        if joint is None
        else tuple(_offered_together(offered, joint.calendars, files))
    )
    offer = OfferFile(
        format=OFFER_FORMAT,
        programme=offered.calendar.programme,
        language=offered.calendar.language,
        time_zone=offered.calendar.time_zone,
        files=tuple(_file_record(path, folder) for path in offered.paths),
        standing=digest_of(offered.calendar),
        made=offered.day,
        sessions=sessions,
        together=together,
        one_remainder=joint is None or joint.remainder is not None,
        failing=() if joint is None else tuple(map(_numbers, joint.failing)),
        unknown=() if joint is None else tuple(map(_numbers, joint.unknown)),
    )
    return {"offer.json": (offer.model_dump_json(indent=1) + "\n").encode(), **files}


def with_holds(offered: Offered, offer: str) -> Calendar:
    """The calendar with the offered slots on hold under the name of the offer; a draft.

    The slot at which a session stands is its own already.
    """
    calendar = offered.calendar
    for session, offers in zip(offered.sessions, offered.several, strict=True):
        slots = [_slot_to_hold(each) for each in offers.offers if each.span != offers.asked.now_at]
        calendar = held_slots(calendar, session.uid, slots, offer, offered.day)
    return calendar.model_copy(update={"draft": True})


@dataclass(frozen=True)
class Accepted:
    """A calendar in which slots of an offer are taken, and its files by path."""

    calendar: Calendar
    files: Mapping[str, bytes]


def accept(
    offer: OfferFile, folder: Path, calendar: Calendar, path: Path, numbers: Sequence[int], day: date, language: str
) -> Accepted:
    """The calendar that certifies some slots, in the stead of the one that the offer was made on.

    Args:
        offer: read from the folder.
        folder: that of the offer.
        calendar: in which the slots are to be taken.
        path: where it was read.
        numbers: that of a slot for each session.
        day: from which on nothing of it may lie in the past; time stamps bear it.
        language: of the report.

    Raises:
        FaultyInput: where there is no such slot, or the offer is stale: the calendar or its programme file is another.
    """
    faults = [*_wrong_numbers(offer, folder, numbers), *_stale_file(offer, folder)]
    if digest_of(calendar) != offer.standing:
        stale = say("the calendar has changed since the offer was made on {day}; make a new offer", day=offer.made)
        faults.append(Fault(stale, (), str(path)))
    if faults:
        raise FaultyInput(faults)
    witness, problem = certificate_of(offer, folder, numbers), amended(problem_of(offer, folder), calendar)
    draft, past = taken(problem, released(calendar, folder.resolve().name, day), witness, path, day)
    return Accepted(draft, files_of(problem, draft, language, past))


def certificate_of(offer: OfferFile, folder: Path, numbers: Sequence[int]) -> Timetable:
    """The lawful timetable that certifies some slots, by the number of one for each session.

    Raises:
        FaultyInput: where there is no such slot, or no lawful calendar has them together.
    """
    faults = list(_wrong_numbers(offer, folder, numbers))
    if faults:
        raise FaultyInput(faults)
    certificate = next(each.certificate for each in offer.together if each.numbers == tuple(numbers))
    return timetable_of(read_calendar(folder / certificate, offer.programme))


def taken(
    problem: Problem, calendar: Calendar, witness: Timetable, path: Path, day: date
) -> tuple[Calendar, tuple[Breach, ...]]:
    """The draft that follows a calendar and has what a lawful timetable has, and the breaches of the past in it.

    Args:
        problem: the programme and its rules.
        calendar: the one that people know.
        witness: what is to stand.
        path: where the calendar was read.
        day: before which nothing may change; time stamps bear it.

    Raises:
        FaultyInput: where a law forbids it by now: something of it is past, pinned or on hold.
    """
    bound = holding(problem, calendar, day, path)
    past = breaches_of_the_past(bound)
    found = breaches(bound, witness)
    if new := [each for each in found if each not in past]:
        why = say("the offer holds no more, make a new one: {why}", why=tuple(each.message for each in new))
        raise FaultyInput([Fault(why, (), str(path))])
    return certified(problem, draft_of(problem, calendar, witness, day)), found


def draft_of(problem: Problem, calendar: Calendar, timetable: Timetable, day: date) -> Calendar:
    """A calendar of a timetable, with the identities of the one that people know."""
    return inherit(calendar_of(problem.programme, timetable, calendar.certificate, day, calendar.seed), calendar, day)


def _offered_session(offered: Offered, place: int, files: dict[str, bytes]) -> OfferedSession:
    session, offers = offered.sessions[place], offered.several[place]
    slots = []
    for number, offer in enumerate(offers.offers, 1):
        certificate = f"{session.part}-{session.number}/{number}.json"
        files[certificate] = _certifying(offered, offer.witness)
        slots.append(_offered_slot(offer, number, certificate))
    return OfferedSession(
        uid=session.uid,
        part=session.part,
        title=f"{session.module_title} · {session.title} ({session.number})",
        start=session.start,
        end=session.end,
        slots=tuple(slots),
        complete=offers.complete,
    )


def _offered_slot(offer: Offer, number: int, certificate: str) -> OfferedSlot:
    return OfferedSlot(
        number=number,
        start=moment_of(offer.span.start),
        end=moment_of(offer.span.end),
        trainers=offer.placement.trainers,
        place=offer.placement.place,
        moved=offer.moved,
        certificate=certificate,
    )


def _offered_together(
    offered: Offered, calendars: Mapping[Combination, Timetable], files: dict[str, bytes]
) -> Iterator[OfferedTogether]:
    for combination in sorted(calendars):
        numbers = _numbers(combination)
        certificate = f"together/{'-'.join(map(str, numbers))}.json"
        files[certificate] = _certifying(offered, calendars[combination])
        yield OfferedTogether(numbers=numbers, certificate=certificate)


def _certifying(offered: Offered, witness: Timetable) -> bytes:
    draft = draft_of(offered.problem, offered.calendar, witness, offered.day)
    return calendar_bytes(certified(offered.problem, draft))


def _numbers(combination: Combination) -> tuple[int, ...]:
    return tuple(place + 1 for place in combination)


def _file_record(path: Path, folder: Path) -> FileRecord:
    below = Path(relpath(path.resolve(), folder.resolve())).as_posix()
    return FileRecord(path=below, digest=sha256(read_whole(path)).hexdigest())


def _slot_to_hold(offer: Offer) -> SlotToHold:
    placement = offer.placement
    start, end = map(moment_of, placement.span)
    return SlotToHold(start, end, placement.trainers, placement.place)


def _wrong_numbers(offer: OfferFile, folder: Path, numbers: Sequence[int]) -> Iterator[Fault]:
    """Why no calendar has the slots of these numbers."""
    asked = tuple(numbers)
    if asked in [each.numbers for each in offer.together]:
        return
    if len(asked) != len(offer.sessions):
        why = say("give one slot for each session of the offer: {count}", count=len(offer.sessions))
    elif asked in offer.failing:
        why = say(
            "no lawful calendar with so few others moved has these slots together, which is proved; choose others"
        )
    elif asked in offer.unknown:
        why = say("it is not known whether a lawful calendar has these slots together; choose others")
    else:
        counts = tuple(str(len(session.slots)) for session in offer.sessions)
        why = say("there is no such slot; the offer has slots from 1 to {counts}", counts=counts)
    yield Fault(why, (), str(folder))


def problem_of(offer: OfferFile, folder: Path) -> Problem:
    """The problem that the offer was made with.

    Raises:
        FaultyInput: where its programme file is gone or is another by now.
    """
    faults = list(_stale_file(offer, folder))
    if faults:
        raise FaultyInput(faults)
    return read_problem(folder / offer.files[0].path)


def _stale_file(offer: OfferFile, folder: Path) -> Iterator[Fault]:
    """That the programme file of the offer is gone, or is another by now."""
    record = offer.files[0]
    file = folder / record.path
    if not file.exists():
        gone = say("the programme file of the offer is not at {path} any more; make a new offer", path=str(file))
        yield Fault(gone, (), str(folder))
    elif sha256(file.read_bytes()).hexdigest() != record.digest:
        changed = say("has changed since the offer was made on {day}; make a new offer", day=offer.made)
        yield Fault(changed, (), str(file))
