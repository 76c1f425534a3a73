"""Small offers and polls: slots of two sessions in a week of November 2026."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from calendars.offer_file import OFFER_FORMAT, OfferedSession, OfferedSlot, OfferFile
from calendars.sheets import folded
from polls.poll_file import POLL_FORMAT, PolledSession, PolledSlot, PollFile, Voter

OPENED, UNTIL, AFTER = date(2026, 10, 5), date(2026, 10, 16), date(2026, 10, 17)
"""The day on which polls open, the last day to answer, and the first day on which they can be closed."""

TUESDAY, WEDNESDAY, THURSDAY = "2026-11-10 14:00", "2026-11-11 09:00", "2026-11-12 09:00"


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def offered(number: int, start: str, moved: int = 0) -> OfferedSlot:
    """A slot of an hour."""
    end = moment(start) + timedelta(hours=1)
    return OfferedSlot(number=number, start=moment(start), end=end, moved=moved, certificate=f"{number}/calendar.json")


def session(uid: str, *slots: OfferedSlot, title: str = "Design", part: str = "m.virtual-class") -> OfferedSession:
    """A session that stands on 2 November."""
    start, end = moment("2026-11-02 09:00"), moment("2026-11-02 10:00")
    return OfferedSession(uid=uid, part=part, title=title, start=start, end=end, slots=slots, complete=True)


def offer(*sessions: OfferedSession, **keys: Any) -> OfferFile:
    """An offer in English."""
    plain: dict[str, Any] = {
        "format": OFFER_FORMAT,
        "programme": "small",
        "language": "en",
        "time_zone": "Europe/Paris",
        "files": (),
        "standing": "0" * 64,
        "made": OPENED,
        "sessions": sessions,
    }
    return OfferFile.model_validate(plain | keys)


DESIGN = session("s1", offered(1, TUESDAY), offered(2, WEDNESDAY, moved=2), offered(3, THURSDAY, moved=1))
"""A session with three slots, on Tuesday at 14:00 and on Wednesday and Thursday at 9:00."""

EXAM = session("s2", offered(1, TUESDAY), offered(2, THURSDAY), title="Exam")
"""Another one with two slots, of which nothing else has to move for either."""


def voter(title: str, required: bool = False) -> Voter:
    return Voter(key=folded(title), title=title, required=required)


ANN, BOB, CLEO = voter("Trainer, design", required=True), voter("Délégué"), voter("Student 1")


def poll(
    slots: Sequence[OfferedSlot] = DESIGN.slots, voters: Iterable[Voter] = (ANN, BOB, CLEO), **keys: Any
) -> PollFile:
    """A poll on a session of an offer that lies beside it."""
    plain: dict[str, Any] = {
        "format": POLL_FORMAT,
        "offer": "../offer",
        "programme": "small",
        "language": "en",
        "time_zone": "Europe/Paris",
        "session": PolledSession(uid="s1", title="Design"),
        "slots": tuple(PolledSlot(number=slot.number, start=slot.start, end=slot.end) for slot in slots),
        "voters": tuple(voters),
        "until": UNTIL,
        "quorum": 2,
        "opened": OPENED,
    }
    return PollFile.model_validate(plain | keys)


def write_offer(folder: Path, of: OfferFile) -> Path:
    """The folder of an offer, without the calendars that prove it."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "offer.json").write_text(of.model_dump_json(), "utf-8")
    return folder


def write_voters(folder: Path, text: str) -> Path:
    """A table of voters."""
    path = folder / "voters.csv"
    path.write_text(text, "utf-8")
    return path
