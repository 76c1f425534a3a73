"""The saved calendar, `calendar.json`: every placed thing with its identity, the days off as resolved, the certificate.

Times are local wall times of `time_zone`, without an offset: `2026-11-10T14:00`. Time stamps are UTC. The documented
shape is the JSON Schema of `Calendar`; a reader must refuse a `format` that it does not know.
"""

from datetime import date, datetime
from typing import Annotated, Final, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime, PositiveInt

from calendars.clock import Dates
from calendars.days_off import DayOff, Waived
from calendars.programme_file import FIRST_YEAR, LAST_YEAR, BlockKind, Id, SessionKind

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
    """One live session; `number` counts the sessions of its part by date, from 1.

    `student` is the only one of its groups who attends, by pseudonym.
    """

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
    student: str | None = None

    @property
    def activity(self) -> str:
        """The part."""
        return self.part


class PlacedDays(Stamped):
    """Whole days, both ends included: a block, a milestone, or a run of host days of an internship."""

    source: str
    first: Day
    last: Day
    kind: DaysKind
    title: str
    groups: tuple[str, ...]
    place: str | None = None

    @property
    def activity(self) -> str:
        """The block, milestone or internship."""
        return self.source


class PlannedWork(Stamped):
    """Self-paced work of a module in the week of `monday`."""

    part: str
    monday: Day
    minutes: PositiveInt
    title: str
    module: str
    module_title: str
    groups: tuple[str, ...]

    @property
    def activity(self) -> str:
        """The part."""
        return self.part


Entry = PlacedSession | PlacedDays | PlannedWork
"""Whatever a calendar places."""


class Pin(Record):
    """A session or a block that is to stay where it stands, by its `uid`: `by` whom, `why`, and since which `day`.

    `machine` tells a command's pins from a person's; `by` may be empty, and so may `why`.
    """

    uid: str
    by: str = ""
    why: str = ""
    day: date
    machine: bool = False


class Hold(Record):
    """A slot kept free for a session, named by its UID, until people have chosen; `offer` names what they choose from.

    It has an identity of its own, since feeds show it as an event of its own.
    """

    uid: str
    sequence: int = 0
    last_modified: AwareDatetime
    session: str
    start: Moment
    end: Moment
    trainers: tuple[str, ...] = ()
    place: str | None = None
    offer: str

    def as_session(self, session: PlacedSession) -> PlacedSession:
        """Its session, as it would stand there."""
        own = ("uid", "sequence", "last_modified", "start", "end", "trainers", "place")
        return session.model_copy(update={name: getattr(self, name) for name in own})


class LevelRecord(Record):
    """A level of the objective, 1 first: its rules, its value, the bound proved for it, and whether the two meet."""

    rank: int
    rules: tuple[str, ...]
    value: int
    bound: int
    proved: bool


class CertificateRecord(Record):
    """How good the calendar provably is; a level's bound holds given the levels above it at their values.

    `together` names the programmes that were solved with this one: values and bounds are those of all of them.
    """

    levels: tuple[LevelRecord, ...]
    reproducible: bool
    together: tuple[str, ...] = ()


class Version(Record):
    """A calendar that was published, under a name, on a day."""

    name: str
    day: date


class Away(Record):
    """A trainer who is away on some days."""

    trainer: str
    dates: Dates


class Closed(Record):
    """A place that is closed on some days."""

    place: str
    dates: Dates


class Struck(Record):
    """Days on which nothing is held for anybody."""

    title: str
    dates: Dates


class SchoolHoliday(Record):
    """A school holiday of a zone as it is now known; a projected one that it overlaps goes away whole."""

    zone: str
    title: str
    dates: Dates
    source: str


class BarredSlot(Record):
    """A time at which no session of a part, or a block, may stand any more."""

    activity: str
    start: Moment
    end: Moment


class Revision(Record):
    """What happened in the year, as it was told on a `day`: what holds beside the programme file from then on.

    `sessions` counts by part how many there are more, or fewer, than the programme file says. `missed`, `called_off`
    and `moved` are UIDs: of sessions that did not take place and were made up for, of sessions that no longer stand,
    and of what had to leave its time. A revision that is `withdrawn` since a day holds no more, but is not forgotten.
    """

    day: date
    why: str = ""
    away: tuple[Away, ...] = ()
    closed: tuple[Closed, ...] = ()
    struck: tuple[Struck, ...] = ()
    school_holidays: tuple[SchoolHoliday, ...] = ()
    barred: tuple[BarredSlot, ...] = ()
    sessions: dict[str, int] = {}
    missed: tuple[str, ...] = ()
    called_off: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    withdrawn: date | None = None


class RoleRecord(Record):
    """A role in a jury, and those who may hold it."""

    title: str
    trainers: tuple[str, ...]
    number: PositiveInt = 1


class Calendar(Record):
    """A whole saved calendar.

    `dates` are the programme's. `titles` names groups, trainers and places by key for readers without the programme;
    `people` are the groups of each student known by a pseudonym. `juries` are the roles of those parts whose sessions a
    jury holds; who holds which follows from the trainers of a session. `births` counts the identities that each
    activity has been given, so that none is given twice. `versions` are those published so far, the oldest first: a
    published calendar is the last of them, a draft follows it. `pins` and `holds` are of live sessions; feeds show the
    holds. `history` is what happened in the year, the oldest first.
    """

    format: Literal["semainier-calendar/1"]
    programme: str
    title: str
    language: Literal["fr", "en"]
    time_zone: str
    dates: Dates
    as_of: date
    seed: int
    sessions: tuple[PlacedSession, ...]
    days: tuple[PlacedDays, ...]
    work: tuple[PlannedWork, ...]
    titles: dict[str, dict[Id, str]]
    people: dict[Id, tuple[str, ...]] = {}
    juries: dict[str, tuple[RoleRecord, ...]] = {}
    births: dict[str, int] = {}
    versions: tuple[Version, ...] = ()
    draft: bool = True
    pins: tuple[Pin, ...] = ()
    holds: tuple[Hold, ...] = ()
    history: tuple[Revision, ...] = ()
    days_off: tuple[DayOff, ...]
    waived: tuple[Waived, ...] = ()
    certificate: CertificateRecord
