"""The saved calendar, `calendar.json`: every placed thing with its identity, the days off as resolved, the certificate.

Times are local wall times of `time_zone`, without an offset: `2026-11-10T14:00`. Time stamps are UTC. The documented
shape is the JSON Schema of `Calendar`; a reader must refuse a `format` that it does not know.
"""

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime, PositiveInt

from calendars.days_off import DayOff
from calendars.programme_file import FIRST_YEAR, LAST_YEAR, BlockKind, SessionKind

FORMAT: Final = "semainier-calendar/1"


Day = Annotated[date, Field(ge=date(FIRST_YEAR, 1, 1), le=date(LAST_YEAR, 12, 31))]
Moment = Annotated[NaiveDatetime, Field(ge=datetime(FIRST_YEAR, 1, 1), le=datetime(LAST_YEAR, 12, 31))]
DaysKind = BlockKind | Literal["milestone", "internship"]


class Record(BaseModel):
    """A frozen part of a saved calendar; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Stamped(Record):
    """What every entry that a feed shows has: an identity for life, and a count of its visible changes."""

    uid: str
    sequence: int = 0
    last_modified: AwareDatetime
    state: Literal["planned", "published", "cancelled"] = "planned"


class PlacedSession(Stamped):
    """One live session; `number` counts the sessions of its part by date, from 1."""

    part: str
    number: PositiveInt
    start: Moment
    end: Moment
    kind: SessionKind
    title: str
    module: str
    module_title: str
    groups: tuple[str, ...]
    trainers: tuple[str, ...] = ()
    place: str | None = None


class PlacedDays(Stamped):
    """Whole days, both ends included: a block, a milestone, or a run of host days of an internship."""

    source: str
    first: Day
    last: Day
    kind: DaysKind
    title: str
    groups: tuple[str, ...]
    place: str | None = None


class PlannedWork(Stamped):
    """Self-paced work of a module in the week of `monday`."""

    part: str
    monday: Day
    minutes: PositiveInt
    title: str
    module: str
    module_title: str
    groups: tuple[str, ...]


class LevelRecord(Record):
    """A level of the objective, 1 first: its rules, its value, the bound proved for it, and whether the two meet."""

    rank: int
    rules: tuple[str, ...]
    value: int
    bound: int
    proved: bool


class CertificateRecord(Record):
    """How good the calendar provably is; a level's bound holds given the levels above it at their values."""

    levels: tuple[LevelRecord, ...]
    reproducible: bool


class Calendar(Record):
    """A whole saved calendar. `titles` names groups, trainers and places by key for readers without the programme."""

    format: Literal["semainier-calendar/1"]
    programme: str
    title: str
    language: Literal["fr", "en"]
    time_zone: str
    as_of: date
    seed: int
    sessions: tuple[PlacedSession, ...]
    days: tuple[PlacedDays, ...]
    work: tuple[PlannedWork, ...]
    titles: dict[str, dict[str, str]]
    days_off: tuple[DayOff, ...]
    certificate: CertificateRecord
