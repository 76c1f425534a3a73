"""The saved poll, `poll.json`: which slots of which session people vote on, who votes, and until when.

A poll is a folder: `poll.json`, `votes.csv`, in which people answer, and `slots.ics`, the slots for their calendars.
Only `votes.csv` has anything of an answer in it.
"""

from datetime import date
from os.path import relpath
from pathlib import Path
from typing import Final, Literal

from pydantic import PositiveInt

from calendars.calendar_file import Moment, Record
from calendars.wording import short_day, show

POLL_FORMAT: Final = "semainier-poll/1"


class Voter(Record):
    """Somebody who votes, by the role or pseudonym as it was typed; `key` is the same without case and accents.

    A slot to which a required voter says no cannot win.
    """

    key: str
    title: str
    required: bool


class PolledSlot(Record):
    """A slot by the number that it has in the offer."""

    number: PositiveInt
    start: Moment
    end: Moment

    def heading(self, language: str) -> str:
        """The slot at the top of its column of votes: "1: Tue 10 Nov 2026 14:00"."""
        return f"{self.number}: {short_day(self.start.date(), language)} {show(self.start.time(), language)}"


class PolledSession(Record):
    """The session that is to stand in one of the slots: its UID in the calendar and in the offer, and its title."""

    uid: str
    title: str


class PollFile(Record):
    """A poll on the slots of one session of an offer.

    `offer` is the path of the offer's folder from the folder of the poll. Voters may answer until the day `until`,
    that day included; `quorum` is how many have to. `opened` is the day that the time stamps of `slots.ics` bear.
    """

    format: Literal["semainier-poll/1"]
    offer: str
    programme: str
    language: Literal["fr", "en"]
    time_zone: str
    session: PolledSession
    slots: tuple[PolledSlot, ...]
    voters: tuple[Voter, ...]
    until: date
    quorum: PositiveInt
    opened: date


def path_between(poll: Path, offer: Path) -> str:
    """The path of an offer's folder from the folder of a poll, with slashes on every system."""
    return Path(relpath(offer.resolve(), poll.resolve())).as_posix()


def poll_bytes(poll: PollFile) -> bytes:
    """The bytes of `poll.json`."""
    return (poll.model_dump_json(indent=1) + "\n").encode()
