"""`semainier offer` and `semainier accept`: slots certified by whole lawful calendars, and one of these made."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from threading import Event

from rich.console import Console

from calendars.calendar_file import Calendar, PlacedSession
from calendars.clock import minute_of
from calendars.faults import Fault, FaultyInput
from calendars.naming import name_of
from calendars.offer_file import OfferFile
from calendars.pins import pin_of, reason_of
from calendars.saving import read_calendar, timetable_of
from calendars.wording import say
from calendars.writing import ensure_writable, write_whole
from commands.printing import print_json
from console.offer import accepted_record, offers_record, tell_accepted, tell_offers
from console.question import ensure_known
from console.screen import Screen
from scheduler.amending import amended
from scheduler.asked import session_named
from scheduler.discretion import offers_for
from scheduler.following import holding, keeping
from scheduler.offer_folder import Offered, accept, offer_files, with_holds
from scheduler.offers import Offering, Offers
from scheduler.problem import Problem
from scheduler.together import together
from scheduler.verdict import breaches_of_the_past
from scheduler.year import files_of

_HELD = "held"
"""Where, below an offer, the calendar is that has its slots on hold."""


@dataclass(frozen=True)
class OfferAsked:
    """What is asked for: the programme file, its calendar, sessions in it as people name them, and what may move.

    `count` slots for each session; `most` other sessions and blocks may move, None for any, published ones only if
    `published`; `every` looks for all slots that exist; `holds` puts the slots on hold in a calendar beside the offer.
    """

    file: Path
    calendar: Path
    sessions: tuple[str, ...]
    count: int
    most: int | None
    every: bool
    published: bool
    holds: bool
    reader: str | None
    folder: Path | None


def asked_of(words: Sequence[str]) -> tuple[Path, Path, tuple[str, ...]]:
    """The words `FILE CALENDAR SESSION…`, told apart.

    Raises:
        FaultyInput: where one is missing.
    """
    files = [word for word in words if word.endswith(".toml")]
    if len(files) > 1:
        raise FaultyInput([Fault(say("slots are offered with the file of one programme alone; give one .toml file"))])
    file, *others = [*files, *(word for word in words if word not in files)]
    if len(others) < 2:
        raise FaultyInput([Fault(say("name the calendar, then the sessions, such as PART#NUMBER or a UID"))])
    return Path(file), Path(others[0]), tuple(others[1:])


def offer(problem: Problem, asked: OfferAsked, day: date, stop: Event, lang: str | None, as_json: bool) -> bool | None:
    """Tells the slots, and keeps them where a folder is given.

    Returns:
        Whether each session has another slot than its own; None where there was too little time to know.

    Raises:
        FaultyInput: with every fault of what is asked for.
    """
    language = lang or problem.programme.language
    offered = _offered(problem, asked, day, stop)
    held = asked.folder / _HELD / "calendar.json" if asked.folder is not None and asked.holds else None
    told = replace(offered, several=tuple(_for(asked.reader, problem, each) for each in offered.several))
    if as_json:
        print_json(offers_record(told, asked.folder))
    else:
        tell_offers(Screen(Console(), language), told, asked.folder, held)
    lacking = [each for each in offered.several if len(each.certified) < 2]
    return not lacking or (False if any(each.complete for each in lacking) else None)


def _offered(problem: Problem, asked: OfferAsked, day: date, stop: Event) -> Offered:
    """What is offered, kept where a folder is given."""
    calendar = read_calendar(asked.calendar, problem.programme.key)
    problem = amended(problem, calendar)
    sessions = _sessions(problem, calendar, asked)
    free = [each.uid for each in sessions]
    bound = keeping(problem, calendar, day, asked.calendar, published=not asked.published, but=free)
    if asked.folder is not None:
        ensure_writable(asked.folder)
    timetable = timetable_of(calendar)
    offering = Offering(bound, timetable)
    several = tuple(
        offering.offers(session_named(problem, calendar, each.uid), asked.count, asked.most, asked.every, stop)
        for each in sessions
    )
    joint = together(bound, timetable, several, asked.most, stop) if len(several) > 1 else None
    offered = Offered(problem, calendar, (asked.file, asked.calendar), sessions, several, joint, day)
    if asked.folder is not None:
        _write(asked.folder, offered, asked.holds)
    return offered


def accept_offer(
    saved: OfferFile,
    calendar_path: Path,
    folder: Path,
    numbers: Sequence[int],
    output: Path,
    day: date,
    lang: str | None,
    as_json: bool,
) -> None:
    """Makes the calendar that certifies some slots of an offer.

    Raises:
        FaultyInput: as `scheduler.offer_folder.accept`.
    """
    language = lang or saved.language
    calendar = read_calendar(calendar_path, saved.programme)
    ensure_writable(output)
    accepted = accept(saved, folder, calendar, calendar_path, numbers, day, language)
    write_whole(output, accepted.files)
    if as_json:
        print_json(accepted_record(accepted, output))
    else:
        tell_accepted(Screen(Console(), language), accepted, output)


def _for(reader: str | None, problem: Problem, offers: Offers) -> Offers:
    return offers if reader is None else offers_for(offers, problem)


def _sessions(problem: Problem, calendar: Calendar, asked: OfferAsked) -> tuple[PlacedSession, ...]:
    """The sessions by name; each once, none of them pinned. Who reads of them is somebody of the programme."""
    found, faults = list[PlacedSession](), list[Fault]()
    try:
        ensure_known(asked.reader, problem)
    except FaultyInput as error:
        faults += error.faults
    for name in asked.sessions:
        try:
            found.append(_session(problem, calendar, name))
        except FaultyInput as error:
            faults += error.faults
    if len({each.uid for each in found}) < len(found):
        faults.append(Fault(say("a session is named twice; name each once")))
    if faults:
        raise FaultyInput(faults)
    return tuple(found)


def _session(problem: Problem, calendar: Calendar, name: str) -> PlacedSession:
    asked = session_named(problem, calendar, name)
    for session in calendar.sessions:
        at = (session.part, minute_of(session.start), session.state == "cancelled")
        if asked.now_at is not None and at == (asked.activity, asked.now_at.start, False):
            pin = pin_of(calendar, session.uid)
            if pin is None:
                return session
            why = say("{name} is {reason}; take the pin off with pin --remove", name=name, reason=reason_of(pin))
            raise FaultyInput([Fault(why)])
    activity = problem.programme.activities[asked.activity]
    none = say("{name} is no session that stands in the calendar", name=name_of(problem.programme, activity))
    raise FaultyInput([Fault(none)])


def _write(folder: Path, offered: Offered, holds: bool) -> None:
    files = offer_files(offered, folder)
    if holds:
        calendar = with_holds(offered, folder.resolve().name)
        past = breaches_of_the_past(holding(offered.problem, offered.calendar, offered.day, offered.paths[1]))
        year = files_of(offered.problem, calendar, calendar.language, past)
        files |= {f"{_HELD}/{name}": data for name, data in year.items()}
    write_whole(folder, files)
