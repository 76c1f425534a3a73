"""What a person writes of a change in the year: the tables and keys of a changes file, one class a table."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, WithJsonSchema

from calendars.faults import fault_error
from calendars.programme_file import Closure, Count, Id, SchoolPeriod, Table, TwoDates
from calendars.reading import read_tables, read_text
from calendars.wording import say


def _read_moment(value: object) -> object:
    if type(value) is date:
        return datetime(value.year, value.month, value.day)
    if not isinstance(value, datetime) or value.tzinfo is not None:
        raise fault_error(say("write a moment as 2026-11-10T14:00:00, without quotes, or 2026-11-10 for a block"))
    return value


_MOMENT_SCHEMA: dict[str, Any] = {"type": "string", "format": "date-time", "description": "local wall time"}

WrittenMoment = Annotated[datetime, BeforeValidator(_read_moment), WithJsonSchema(_MOMENT_SCHEMA)]
"""`2026-11-10T14:00:00`, or a day for what takes whole days."""
Named = Annotated[str, Field(min_length=1)]
"""`PART#NUMBER`, the key of a block, or a UID."""


class AwayTable(Table):
    """A trainer is away on some days."""

    trainer: Id
    dates: TwoDates


class ClosedTable(Table):
    """A place is closed on some days."""

    place: Id
    dates: TwoDates


class MoveTable(Table):
    """A session or block has to leave the time at which it stands, for a given one where there is one."""

    session: Named
    to: WrittenMoment | None = None


class MissedTable(Table):
    """A session did not take place; it is made up for, unless it is cancelled instead."""

    session: Named


class CancelTable(Table):
    """A session is called off, and not made up for; also one that did not take place."""

    session: Named


class AddTable(Table):
    """A part has so many sessions more, the first of them at a given time where there is one."""

    part: Named
    sessions: Count = 1
    at: WrittenMoment | None = None


class ChangesFile(Table):
    """A whole changes file: what happened, and why."""

    why: str = ""
    away: tuple[AwayTable, ...] = ()
    closed: tuple[ClosedTable, ...] = ()
    struck: tuple[Closure, ...] = ()
    school_holidays: tuple[SchoolPeriod, ...] = ()
    move: tuple[MoveTable, ...] = ()
    missed: tuple[MissedTable, ...] = ()
    cancel: tuple[CancelTable, ...] = ()
    add: tuple[AddTable, ...] = ()


def read_changes(path: Path) -> tuple[ChangesFile, str]:
    """A changes file and its text, from which the lines of faults are told.

    Raises:
        FaultyInput: with every fault of the file at once.
    """
    text = read_text(path)
    return read_tables(text, path, ChangesFile), text
