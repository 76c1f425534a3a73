"""What a person writes: the tables and keys of a programme file, one class a table.

Every class refuses a key that it does not know. Cross references are looked at in `calendars.references`, all at once,
so that a class here judges only its own table.
"""

import re
from datetime import date, datetime, time
from math import inf
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from calendars.clock import Dates
from calendars.faults import fault_error
from calendars.wording import say

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
WEEKDAYS: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of `date.weekday()`."""

SessionKind = Literal["virtual-class", "course", "exam", "defence", "meeting"]
BlockKind = Literal["seminar", "intensive-week", "course"]

FIRST_YEAR, LAST_YEAR = 2000, 2100
"""The years in which a programme may lie."""

_HOURS = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)-([01]?\d|2[0-4]):([0-5]\d)")


def _read_dates(value: object) -> object:
    if not (isinstance(value, (list, tuple)) and len(value) == 2 and all(type(day) is date for day in value)):
        raise PydanticCustomError("dates_form", "two dates are needed")
    if value[1] < value[0]:
        raise PydanticCustomError("dates_reversed", "end before start", {"first": value[0], "last": value[1]})
    if value[0].year < FIRST_YEAR or value[1].year > LAST_YEAR:
        raise fault_error(
            say("the dates lie outside the years {first} to {last}; correct the year", first=FIRST_YEAR, last=LAST_YEAR)
        )
    return Dates(*value)


def _read_hours(value: object) -> object:
    found = _HOURS.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise PydanticCustomError("hours_form", "hours are written 09:00-12:30")
    first, last = (int(found[n]) * 60 + int(found[n + 1]) for n in (1, 3))
    if not first < last <= 1440:
        raise PydanticCustomError("hours_reversed", "end before start")
    return first, last


def _read_hours_per_credit(value: object) -> object:
    match value:
        case [int() | float() as least, int() | float() as most] if 0 < least <= most < inf:
            return least, most
    raise fault_error(
        say("hours_per_credit takes the least and the most hours, the least first; write [25, 30] for instance")
    )


def _read_start(value: object) -> object:
    if isinstance(value, time | datetime) and value.tzinfo is None and not (value.second or value.microsecond):
        return value
    raise fault_error(
        say("a start is a time or a moment in whole minutes, without quotes: 09:10:00 or 2027-06-14T09:10:00")
    )


def _read_zone(value: str) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(value)
    except (OSError, ValueError, KeyError) as error:
        raise PydanticCustomError("time_zone", "unknown time zone") from error
    return value


_DATES_SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {"type": "string", "format": "date"},
    "minItems": 2,
    "maxItems": 2,
    "description": "first and last day, both included",
}
_HOURS_PER_CREDIT_SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {"type": "number", "exclusiveMinimum": 0},
    "minItems": 2,
    "maxItems": 2,
    "description": "least and most hours of a student's work",
}
_START_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string", "format": "time"}, {"type": "string", "format": "date-time"}]
}
_HOURS_SCHEMA: dict[str, Any] = {"type": "string", "pattern": f"^{_HOURS.pattern}$"}

TwoDates = Annotated[Dates, BeforeValidator(_read_dates), WithJsonSchema(_DATES_SCHEMA)]
"""`[first, last]`, both included."""
Hours = Annotated[tuple[int, int], BeforeValidator(_read_hours), WithJsonSchema(_HOURS_SCHEMA)]
"""`"09:00-12:30"`: minutes of the day, the end not included."""
Zone = Annotated[str, AfterValidator(_read_zone)]
ID_PATTERN = r"^[a-z0-9][a-z0-9-]*$"
Id = Annotated[str, Field(pattern=ID_PATTERN)]
Minutes = Annotated[int, Field(strict=True, ge=15, le=600, multiple_of=15)]
Count = Annotated[int, Field(strict=True, ge=1)]
Liking = Annotated[int, Field(strict=True, ge=1, le=5)]
Names = Annotated[
    tuple[str, ...],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    Field(min_length=1),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}, "minItems": 1}]}),
]
"""One name, or a list of them."""
WorkHours = Annotated[float, Field(strict=True, gt=0, multiple_of=0.25, allow_inf_nan=False)]
AnnouncedHours = Annotated[float, Field(strict=True, ge=0, multiple_of=0.25, allow_inf_nan=False)]
Credits = Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)]
"""ECTS."""
HoursPerCredit = Annotated[
    tuple[float, float], BeforeValidator(_read_hours_per_credit), WithJsonSchema(_HOURS_PER_CREDIT_SCHEMA)
]
"""`[least, most]`, both included."""


Start = Annotated[time | datetime, BeforeValidator(_read_start), WithJsonSchema(_START_SCHEMA)]
"""A time of the day, or a moment, on the programme's own clock."""
StartTime = Annotated[time, BeforeValidator(_read_start), WithJsonSchema(_START_SCHEMA["anyOf"][0])]
"""A time of the day on the programme's own clock."""
Weekdays = Annotated[
    tuple[Weekday, ...],
    BeforeValidator(lambda value: (value,) if isinstance(value, str) else value),
    Field(min_length=1),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": list(WEEKDAYS)},
                {"type": "array", "items": {"enum": list(WEEKDAYS)}, "minItems": 1, "uniqueItems": True},
            ]
        }
    ),
]
"""One weekday, or a list of them."""


class Table(BaseModel):
    """A table of a file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class When(Table):
    """A weekly pattern, dates, or both together: a weekday, hours of the day, first and last day."""

    weekday: Weekday | None = None
    hours: Hours | None = None
    dates: TwoDates | None = None


class SchoolPeriod(Table):
    """A school holiday typed in by hand, with where it was read."""

    zone: str
    title: str
    dates: TwoDates
    source: str


class Waiver(Table):
    """A school year of a zone whose holidays nobody knows yet, planned without them on somebody's word."""

    zone: str
    dates: TwoDates
    why: str


class Closure(Table):
    """Days on which the institution is shut."""

    title: str
    dates: TwoDates


class DaysOffTable(Table):
    """Where days off come from."""

    country: str = "FR"
    subdivision: str | None = None
    school_zones: tuple[str, ...] = ()
    school_periods: tuple[SchoolPeriod, ...] = ()
    waived: tuple[Waiver, ...] = ()
    closures: tuple[Closure, ...] = ()


class OpeningHoursTable(Table):
    """Hours in which live sessions may lie, on the audience's own clock."""

    monday: Hours | None = None
    tuesday: Hours | None = None
    wednesday: Hours | None = None
    thursday: Hours | None = None
    friday: Hours | None = None
    saturday: Hours | None = None
    sunday: Hours | None = None
    lunch: Hours | None = None


class Can(When):
    """A time in which somebody can give sessions; `liking` says how gladly, 5 being most."""

    liking: Liking = 5


class TrainerTable(Table):
    """Somebody who gives sessions, by role; with `can`, only within one of these times."""

    title: str
    cannot: tuple[When, ...] = ()
    prefers: tuple[When, ...] = ()
    can: tuple[Can, ...] = ()


class RoleTable(Table):
    """What `number` people do in a jury; `trainers` may do it, or whoever a defence names where none are given."""

    title: str
    trainers: Names | None = None
    number: Count = 1


class GroupTable(Table):
    """People who are taught together; `part_of` names the group that they all belong to.

    With `of` it stands for small groups of at most so many, into which all the people of `part_of` are divided.
    """

    title: str
    size: Count | None = None
    part_of: Id | None = None
    of: Count | None = None
    students: tuple[Id, ...] = ()
    school_zones: tuple[str, ...] | None = None
    time_zones: tuple[Zone, ...] | None = None
    cannot: tuple[When, ...] = ()


class ElectiveTable(Table):
    """Groups of which each student chooses so many."""

    title: str
    choose: Count
    groups: tuple[Id, ...] = Field(min_length=2)


class PlaceTable(Table):
    """A room or a site; a virtual one where `virtual` says so.

    A place holds one session at a time where `sessions_at_once` says nothing, a virtual one any number.
    """

    title: str
    virtual: bool = False
    seats: Count | None = None
    sessions_at_once: Count | None = None
    cannot: tuple[When, ...] = ()


class PhaseTable(Table):
    """A named stretch of dates."""

    title: str
    dates: TwoDates


class BlockTable(Table):
    """A run of days whose first day the solver chooses inside `dates`.

    Its length is `days` in a row, or `working_weeks` that pause where a week has no working day.
    """

    title: str
    kind: BlockKind
    group: Id
    dates: TwoDates
    days: Count | None = None
    working_weeks: Count | None = None
    near: date | None = None
    place: Id | None = None


class DefenceTable(Table):
    """The session of one student, by pseudonym; `jury` names by role who alone may hold it there."""

    student: Id
    title: str | None = None
    jury: dict[Id, Names] = {}


class MeetTable(Table):
    """A way to meet regularly: at one hour of some weekdays, in every week of the dates or in every second one.

    Days off are left out. `minutes` and `dates` are those of the part where nothing is given; `points` is what it
    costs to meet so.
    """

    weekdays: Weekdays
    at: StartTime
    minutes: Minutes | None = None
    dates: TwoDates | None = None
    every_weeks: Annotated[int, Field(strict=True, ge=1, le=26)] = 1
    points: Annotated[int, Field(strict=True, ge=0, le=1_000)] = 0


class SessionsTable(Table):
    """`sessions` meetings of `minutes` each, alike but for their dates, or one for each of the `defences`.

    Of several trainers, any `together` of them give a session; of several places, it takes one. A `jury` lists the
    roles that are filled instead. `starts` are the only times of the day, or moments, at which a session may start.
    A part that meets regularly lists in `meets` the ways to do so, of which one is taken.
    """

    kind: SessionKind
    id: Id | None = None
    title: str | None = None
    sessions: Count | None = None
    defences: tuple[DefenceTable, ...] = ()
    minutes: Minutes
    starts: tuple[Start, ...] = ()
    meets: tuple[MeetTable, ...] = ()
    jury: tuple[Id, ...] = ()
    trainer: Names | None = None
    together: Count = 1
    group: Id | None = None
    place: Names | None = None
    blocks: tuple[Id, ...] = ()
    phase: Id | None = None
    dates: TwoDates | None = None
    near: date | None = None


class WorkTable(Table):
    """Self-paced work: `hours` in all, planned by the week.

    It counts as teaching (presence-equivalent) unless it is `personal`, and rests in weeks without a working day of its
    audience unless it runs on `in_holidays`.
    """

    kind: Literal["distance-work"]
    id: Id | None = None
    title: str | None = None
    hours: WorkHours
    step_minutes: Minutes = 30
    personal: bool = False
    in_holidays: bool = False
    group: Id | None = None
    blocks: tuple[Id, ...] = ()
    phase: Id | None = None
    dates: TwoDates | None = None


PartTable = Annotated[SessionsTable | WorkTable, Field(discriminator="kind")]


class ModuleTable(Table):
    """A unit of teaching; its parts inherit what they do not say.

    `year` counts the years of a path: 2 for what is taken in the second one.
    """

    title: str
    group: Id
    credits: Credits | None = None
    year: Count = 1
    trainer: Names | None = None
    together: Count = 1
    place: Names | None = None
    phase: Id | None = None
    dates: TwoDates | None = None
    blocks: tuple[Id, ...] = ()
    parts: tuple[PartTable, ...] = Field(min_length=1)


class InternshipTable(Table):
    """Days with a host, beside the teaching; `closures` are the host's own."""

    title: str
    group: Id
    dates: TwoDates
    hours: Count
    minutes_per_day: Minutes = 420
    credits: Credits | None = None
    closures: tuple[Closure, ...] = ()


class MilestoneTable(Table):
    """A day to hit inside `dates`."""

    title: str
    group: Id
    dates: TwoDates
    near: date | None = None


class AnnouncedTable(Table):
    """What a student is promised in all; on-site hours are part of the teaching hours. Defences are in none of them."""

    credits: Credits | None = None
    teaching_hours: AnnouncedHours | None = None
    on_site_hours: AnnouncedHours | None = None
    personal_hours: AnnouncedHours | None = None
    internship_hours: AnnouncedHours | None = None


class FindingsTable(Table):
    """What the plan is held against; a finding is a remark, and refuses nothing.

    `exempt` says who granted the exemption from the least teaching beside an internship.
    """

    hours_per_credit: HoursPerCredit = (25, 30)
    teaching_hours_per_year: AnnouncedHours = 200
    on_site_hours_per_year: AnnouncedHours = 50
    exempt: str | None = None


class SiteFile(Table):
    """What several programmes have in common; `scheduler.problem` adds the laws that bind them together.

    `enrolments` is the path of a table of who takes which programme, from the folder of this file.
    """

    title: str
    trainers: dict[Id, TrainerTable] = {}
    places: dict[Id, PlaceTable] = {}
    closures: tuple[Closure, ...] = ()
    enrolments: str | None = None


class ProgrammeFile(Table):
    """A whole programme file but for its laws and preferences, which `scheduler.problem` adds.

    `site` is the path of a site file, from the folder of this one.
    """

    title: str
    site: str | None = None
    language: Literal["fr", "en"] = "fr"
    time_zone: Zone = "Europe/Paris"
    dates: TwoDates
    starts_every_minutes: Minutes = 30
    working_week: tuple[Weekday, ...] = WEEKDAYS[:5]
    opening_hours: OpeningHoursTable
    days_off: DaysOffTable = DaysOffTable()
    trainers: dict[Id, TrainerTable] = {}
    roles: dict[Id, RoleTable] = {}
    groups: dict[Id, GroupTable] = Field(min_length=1)
    electives: dict[Id, ElectiveTable] = {}
    places: dict[Id, PlaceTable] = {}
    phases: dict[Id, PhaseTable] = {}
    blocks: dict[Id, BlockTable] = {}
    modules: dict[Id, ModuleTable] = {}
    internships: dict[Id, InternshipTable] = {}
    milestones: dict[Id, MilestoneTable] = {}
    announced: AnnouncedTable = AnnouncedTable()
    findings: FindingsTable = FindingsTable()


def opening_of(hours: OpeningHoursTable) -> dict[int, tuple[int, int]]:
    """Opening hours by weekday number, Monday 0."""
    return {n: opened for n, name in enumerate(WEEKDAYS) if (opened := getattr(hours, name)) is not None}


def at(minute: int) -> time:
    """The wall time of a minute of the day; midnight at the end of a day is shown as 23:59."""
    return time(*divmod(min(minute, 1439), 60))
