"""The saved offers, `offer.json`: which slots some sessions may take, and which version of the calendar they are for.

An offer is a folder: `offer.json`, and below it for each slot a whole lawful calendar that has the session there.
"""

from datetime import date
from typing import Final, Literal

from pydantic import PositiveInt

from calendars.calendar_file import Moment, Record

OFFER_FORMAT: Final = "semainier-offer/1"


class OfferedSlot(Record):
    """A slot that a lawful calendar contains, kept at `certificate`, a path below the folder of the offer.

    `number` counts the slots of its session from 1, the best first. `moved` is how many other sessions stand otherwise
    in that calendar than in the one that the offer was made on.
    """

    number: PositiveInt
    start: Moment
    end: Moment
    trainers: tuple[str, ...] = ()
    place: str | None = None
    moved: int
    certificate: str


class OfferedSession(Record):
    """A session of the calendar by its UID, where it stands, and the slots that it may take.

    `complete` where these are all slots that it could take with so many moves of others as were allowed.
    """

    uid: str
    part: str
    title: str
    start: Moment
    end: Moment
    slots: tuple[OfferedSlot, ...]
    complete: bool


class FileRecord(Record):
    """A file that the offer was made with: its path from the folder of the offer, and the SHA-256 of its bytes."""

    path: str
    digest: str


class OfferedTogether(Record):
    """A combination of slots, by the number of one for each session, and the calendar that has them together."""

    numbers: tuple[PositiveInt, ...]
    certificate: str


class OfferFile(Record):
    """The offers for one session or several of a programme, made on one version of its calendar.

    `standing` is the digest of what stood in that calendar (`calendars.standing`). `together` has the combinations of
    slots that a lawful calendar has, the only session's own slots where there is one; with `one_remainder` these
    calendars differ by the sessions alone. `failing` names the combinations that none has in which no more others move
    than were allowed to, by a slot's number for each session, and `unknown` those of which it is not known.
    """

    format: Literal["semainier-offer/1"]
    programme: str
    language: Literal["fr", "en"]
    time_zone: str
    files: tuple[FileRecord, ...]
    standing: str
    made: date
    sessions: tuple[OfferedSession, ...]
    together: tuple[OfferedTogether, ...] = ()
    one_remainder: bool = True
    failing: tuple[tuple[int, ...], ...] = ()
    unknown: tuple[tuple[int, ...], ...] = ()
