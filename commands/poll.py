"""`semainier poll`: a poll is opened, polls are closed, and what they chose is confirmed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Event

from rich.console import Console

from calendars.faults import Fault, FaultyInput
from calendars.saving import read_calendar
from calendars.wording import say
from calendars.writing import ensure_writable, write_whole
from commands.printing import print_json, telling_faults
from console.poll import (
    confirmed_record,
    decision_record,
    opened_record,
    tell_confirmed,
    tell_decision,
    tell_opened,
)
from console.screen import Screen
from polls.closing import close, read_polls
from polls.confirming import confirm
from polls.deciding import Outcome
from polls.opening import Opening, poll_files
from polls.opening import open_poll as opened


def open_poll(asked: Opening, today: date, lang: str | None, as_json: bool) -> None:
    """Opens a poll in its folder and tells it in `lang`, else in the language of the offer.

    Raises:
        FaultyInput: with every fault of what is asked for; nothing is written then.
    """
    poll = opened(asked, today)
    files = poll_files(poll)
    ensure_writable(asked.folder)
    write_whole(asked.folder, files)
    if as_json:
        print_json(opened_record(poll, asked.folder))
    else:
        tell_opened(Screen(Console(), lang or poll.language), poll, asked.folder)


def close_polls(folders: Sequence[Path], today: date, lang: str | None, as_json: bool) -> Outcome:
    """Tells what polls decide together, in `lang`, else in the language of the first; nothing is written.

    Raises:
        FaultyInput: with every fault of the polls, their answers and their offers.
    """
    polls = read_polls(folders)
    decision = close(polls, today)
    if as_json:
        print_json(decision_record(decision, folders))
    else:
        tell_decision(Screen(Console(), lang or polls[0].poll.language), decision)
    return decision.outcome


def confirm_polls(
    calendar_path: Path,
    folders: Sequence[Path],
    numbers: Sequence[int],
    output: Path,
    today: date,
    stop: Event,
    lang: str | None,
    as_json: bool,
) -> Outcome:
    """Makes the calendar with the slots that polls decide, or with those of the numbers given, one for each poll.

    Returns:
        DECIDED where it is made, else why not; IMPOSSIBLE also where no lawful calendar has these slots by now.

    Raises:
        FaultyInput: with every fault of the polls, their answers, their offers and the file of the calendar.
        SystemExit: for the faults of `polls.confirming.confirm`, told in `lang`, else in the calendar's language.
    """
    polls = read_polls(folders)
    calendar = read_calendar(calendar_path, polls[0].offer.programme)
    language = lang or calendar.language
    screen = Screen(Console(), language)
    if numbers and len(numbers) != len(polls):
        raise FaultyInput([Fault(say("give one --slot for each poll, or none"))])
    if not numbers:
        decision = close(polls, today)
        numbers = decision.numbers
        if decision.outcome is not Outcome.DECIDED:
            if as_json:
                print_json(decision_record(decision, folders))
            else:
                tell_decision(screen, decision)
            return decision.outcome
    with telling_faults(language):
        ensure_writable(output)
        confirmed = confirm(polls, numbers, calendar, calendar_path, today, language, stop)
    if confirmed is not None:
        write_whole(output, confirmed.accepted.files)
    if as_json:
        print_json(confirmed_record(confirmed, output))
    else:
        tell_confirmed(screen, polls, numbers, confirmed, output)
    return Outcome.IMPOSSIBLE if confirmed is None else Outcome.DECIDED
