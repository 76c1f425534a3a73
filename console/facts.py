"""What a manager asks of a placed year, as facts: the summary words them, the record for machines lists them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from calendars.calendar_file import DaysKind
from calendars.clock import Dates, Span, dates_of
from calendars.days_off import school_year_of
from calendars.figures import FORMS, Break, Form, breaks, students_of
from calendars.findings import Finding, findings_of
from calendars.programme import Block, Internship, Part, Programme
from calendars.programme_file import SessionKind
from calendars.timetable import Timetable

_BESIDE = timedelta(days=7)
"""How far from projected holidays a session may be met by a correction, which mostly moves them by a week."""


@dataclass(frozen=True)
class Stretch:
    """From the first to the last day of a block, an internship, or all exams or defences, which have no title.

    `count` is 1 for a block or a milestone, else host days or sessions.
    """

    kind: DaysKind | SessionKind
    title: str | None
    count: int
    dates: Dates


@dataclass(frozen=True)
class Range:
    """Minutes of the least and of the most busy student."""

    least: int
    most: int


@dataclass(frozen=True)
class Projection:
    """A school year with projected holidays, "2027-2028", and how many sessions stand within a week of them."""

    years: str
    sessions: int


@dataclass(frozen=True)
class Facts:
    """What, when, how much, and what is still open.

    `weeks` and `dates` are those with live sessions. `minutes` and `minutes_in_all` are a student's, defences left out.
    `without_trainer` has the sessions of each part for which no trainer is named; `findings` remark on the plan.
    """

    sessions: int
    weeks: int
    dates: Dates | None
    stretches: tuple[Stretch, ...]
    minutes: Mapping[Form, Range]
    minutes_in_all: Range
    projections: tuple[Projection, ...]
    without_trainer: Mapping[str, int]
    findings: tuple[Finding, ...]


def facts_of(programme: Programme, timetable: Timetable) -> Facts:
    """The facts of a timetable that holds all of a programme."""
    sessions = [(part, placed.span) for part in programme.parts.values() for placed in timetable.of(part.key)]
    totals = [student.totals for student in students_of(programme, timetable)]
    return Facts(
        sessions=len(sessions),
        weeks=len({span.week for _, span in sessions}),
        dates=_dates([span for _, span in sessions]),
        stretches=tuple(sorted(_stretches(programme, timetable, sessions), key=lambda stretch: stretch.dates)),
        minutes={form: _range(column) for form, column in zip(FORMS, zip(*totals, strict=True), strict=True)},
        minutes_in_all=_range([sum(minutes) for minutes in totals]),
        projections=tuple(_projections(programme, sessions)),
        without_trainer={part.key: part.count for part in programme.parts.values() if not part.trainers},
        findings=findings_of(programme),
    )


def _dates(spans: Sequence[Span]) -> Dates | None:
    """From the first to the last day of some spans."""
    days = [dates_of(span) for span in spans]
    return Dates(min(run.first for run in days), max(run.last for run in days)) if days else None


def _range(minutes: Sequence[int]) -> Range:
    return Range(min(minutes), max(minutes))


def _stretches(programme: Programme, timetable: Timetable, sessions: Sequence[tuple[Part, Span]]) -> Iterator[Stretch]:
    for activity in programme.activities.values():
        if isinstance(activity, Block | Internship):
            kind = activity.kind if isinstance(activity, Block) else "internship"
            yield from _stretch(kind, activity.title, [placed.span for placed in timetable.of(activity.key)])
    yield from _stretch("exam", None, [span for part, span in sessions if part.kind == "exam"])
    yield from _stretch("defence", None, [span for part, span in sessions if part.kind == "defence"])


def _stretch(kind: DaysKind | SessionKind, title: str | None, spans: Sequence[Span]) -> Iterator[Stretch]:
    dates = _dates(spans)
    if dates is not None:
        yield Stretch(kind, title, len(spans), dates)


def _projections(programme: Programme, sessions: Sequence[tuple[Part, Span]]) -> Iterator[Projection]:
    projected = [run for run in breaks(programme, programme.days_off.days) if run.state == "projected"]
    for year in sorted({school_year_of(run.dates.first) for run in projected}):
        runs = [run for run in projected if school_year_of(run.dates.first) == year]
        beside = [span for part, span in sessions if any(_is_beside(programme, part, span, run) for run in runs)]
        yield Projection(f"{year}-{year + 1}", len(beside))


def _is_beside(programme: Programme, part: Part, span: Span, run: Break) -> bool:
    """Whether a session stands within a week of a holiday of its group's zones."""
    around = Dates(run.dates.first - _BESIDE, run.dates.last + _BESIDE)
    return span.day in around and not set(run.zones).isdisjoint(programme.groups[part.group].school_zones)
