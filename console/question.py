"""What `semainier why` is asked: about programme files, a calendar of theirs, a session in it, and for whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from calendars.faults import Fault, FaultyInput, with_nearest
from calendars.site import programme_files
from calendars.wording import Message, say
from scheduler.problem import Problem


@dataclass(frozen=True)
class Question:
    """The words of the command line, told apart: a calendar ends in .json, a session is named after it.

    `at` is the moment that is asked about, `reader` the trainer for whom the answer is.
    """

    files: tuple[Path, ...]
    calendar: Path | None = None
    session: str | None = None
    at: str | None = None
    reader: str | None = None


def question_of(words: Sequence[str], at: str | None, reader: str | None) -> Question:
    """The question in the words `FILE… [CALENDAR] [SESSION]`.

    Raises:
        FaultyInput: where words are missing or too many.
    """
    named = [word for word in words if word.endswith(".toml")] or list(words[:1])
    files = programme_files(map(Path, named))
    others = [word for word in words if word not in named]
    calendars = [word for word in others if word.endswith(".json")]
    sessions = [word for word in others if word not in calendars]
    faults = [Fault(message) for message in _faults(files, calendars, sessions, at)]
    if faults:
        raise FaultyInput(faults)
    return Question(files, _path(calendars), next(iter(sessions), None), at, reader)


def ensure_known(reader: str | None, problem: Problem) -> None:
    """Refuses a trainer whom the programme does not know.

    Raises:
        FaultyInput: with the nearest name.
    """
    trainers = problem.programme.trainers
    if reader is not None and reader not in trainers:
        raise FaultyInput([Fault(with_nearest(say("there is no trainer {name}", name=reader), reader, trainers))])


def _path(calendars: Sequence[str]) -> Path | None:
    return Path(calendars[0]) if calendars else None


def _faults(files: Sequence[Path], calendars: Sequence[str], sessions: Sequence[str], at: str | None) -> list[Message]:
    faults = []
    if len(calendars) > 1 or len(sessions) > 1:
        unclear = (*calendars[1:], *sessions[1:])
        faults.append(say("one calendar and one session can be asked about; remove {words}", words=unclear))
    if sessions and at is None:
        faults.append(say("say at which moment {session} is to stand: --at 2026-11-10T14:00", session=sessions[0]))
    if at is not None and not sessions:
        faults.append(say("name the session that is to stand there, such as PART#NUMBER or a UID of the calendar"))
    if len(files) > 1 and (calendars or sessions):
        faults.append(say("a calendar or a session is asked about with the file of its own programme alone"))
    return faults
