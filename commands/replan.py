"""`semainier replan`: the calendar that disturbs least after something happened in the year."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from calendars.calendar_file import Calendar
from calendars.changes_file import read_changes
from calendars.clock import Dates, week_dates
from calendars.enrolments import with_ancestors
from calendars.faults import Fault, FaultyInput, with_nearest
from calendars.programme import Part, Programme, Work
from calendars.reading import located
from calendars.saving import read_calendar
from calendars.wording import say
from calendars.writing import ensure_writable, write_whole
from commands.printing import print_json
from console.progress import showing_progress
from console.replan import Alternative, replanned_record, tell_alternatives, tell_replanned
from console.screen import Screen
from scheduler.amending import amended
from scheduler.conflict import explain
from scheduler.happening import Happened, happened
from scheduler.patience import Patience
from scheduler.problem import Problem
from scheduler.replanning import Replanned, Scope, replan, year_after
from scheduler.result import Limits, Outcome

_EXPLAINED_PIECES = 2_000


@dataclass(frozen=True)
class ReplanAsked:
    """What is asked for: a calendar, files of changes, and what may change, as people name it."""

    calendar: Path
    changes: tuple[Path, ...]
    only: tuple[str, ...]
    output: Path
    dry_run: bool


def replan_year(
    problem: Problem,
    asked: ReplanAsked,
    day: date,
    limits: Limits,
    lang: str | None,
    as_json: bool,
) -> Outcome:
    """Makes the calendar after the changes of one file, or tells what each of several would come to.

    Returns:
        How the search ended; of several the first that did not end with a lawful calendar.

    Raises:
        FaultyInput: with every fault of what is asked for.
    """
    language = lang or problem.programme.language
    calendar, every, scope = _read(problem, asked, day)
    if not asked.dry_run:
        ensure_writable(asked.output)
    with showing_progress(Console(stderr=True), language) as show:
        several = [
            _alternative(path, replan(problem, calendar, what, scope, day, asked.calendar, limits, show), limits)
            for path, what in every
        ]
    screen = Screen(Console(), language)
    if asked.dry_run:
        if as_json:
            print_json({"alternatives": [replanned_record(each, None, language) for each in several]})
        else:
            tell_alternatives(screen, several)
    else:
        _write(screen, several[0], asked.output, day, limits.seed, as_json)
    return next((each for each in map(_outcome, several) if each is not Outcome.LAWFUL), Outcome.LAWFUL)


def scope_named(programme: Programme, names: Iterable[str]) -> Scope:
    """What may change, of names of modules and groups, and of weeks as 2026-W46 or dates as 2026-11-02/2026-11-13.

    Raises:
        FaultyInput: with every name that is none of these.
    """
    activities, dates, faults = set[str](), list[Dates](), list[Fault]()
    known = [programme.key, *programme.modules, *programme.groups]
    for name in names:
        days = _dates_named(name)
        if days is not None:
            dates.append(days)
        elif name in known:
            activities |= _activities(programme, name)
        else:
            unknown = say("{name} is no module, group, week (2026-W46) or dates (2026-11-02/2026-11-13)", name=name)
            faults.append(Fault(with_nearest(unknown, name, known), ("--only",)))
    if faults:
        raise FaultyInput(faults)
    return Scope(frozenset(activities), tuple(dates))


def _read(problem: Problem, asked: ReplanAsked, day: date) -> tuple[Calendar, tuple[tuple[Path, Happened], ...], Scope]:
    """The calendar, what each file of changes means for it, and the scope; all their faults at once."""
    calendar = read_calendar(asked.calendar, problem.programme.key)
    known, faults = amended(problem, calendar), list[Fault]()
    scope, every = Scope(), list[tuple[Path, Happened]]()
    try:
        scope = scope_named(known.programme, asked.only)
    except FaultyInput as error:
        faults += error.faults
    if len(asked.changes) > 1 and not asked.dry_run:
        faults.append(Fault(say("several files of changes are alternatives: compare them with --dry-run")))
    for path in asked.changes:
        try:
            every.append((path, _happened(known, calendar, path, day)))
        except FaultyInput as error:
            faults += error.faults
    if faults:
        raise FaultyInput(faults)
    return calendar, tuple(every), scope


def _happened(problem: Problem, calendar: Calendar, path: Path, day: date) -> Happened:
    changes, text = read_changes(path)
    try:
        return happened(changes, problem, calendar, day)
    except FaultyInput as error:
        raise FaultyInput(located(error.faults, text, path)) from error


def _alternative(path: Path, found: Replanned, limits: Limits) -> Alternative:
    if found.result.outcome is not Outcome.IMPOSSIBLE or found.lacking:
        return Alternative(path, found)
    patience = Patience(stop=limits.stop, pieces=_EXPLAINED_PIECES)
    return Alternative(path, found, explain(found.problem, most=1, patience=patience))


def _write(screen: Screen, made: Alternative, output: Path, day: date, seed: int, as_json: bool) -> None:
    found = made.found
    year = None if found.result.timetable is None else year_after(found, day, seed, screen.language)
    if year is not None:
        write_whole(output, year.files)
    if as_json:
        print_json(replanned_record(made, None if year is None else output, screen.language))
    else:
        tell_replanned(screen, made, year, output)


def _outcome(told: Alternative) -> Outcome:
    return told.found.result.outcome


def _activities(programme: Programme, name: str) -> set[str]:
    """What belongs to a module, to a group and those that are part of it, or to the programme."""
    found = {key for key in programme.activities if name == programme.key}
    taught: tuple[Part | Work, ...] = (*programme.parts.values(), *programme.works.values())
    found |= {each.key for each in taught if each.module == name}
    within = (each for each in programme.activities.values() if name in with_ancestors(each.group, programme.groups))
    return found | {each.key for each in within}


def _dates_named(text: str) -> Dates | None:
    """The days of `2026-W46`, of `2026-11-02/2026-11-13`, or of `2026-11-02`."""
    with suppress(ValueError):
        if "W" in text:
            year, week = text.split("-W")
            return week_dates(date.fromisocalendar(int(year), int(week), 1))
        first, _, last = text.partition("/")
        days = Dates(date.fromisoformat(first), date.fromisoformat(last or first))
        return days if days.first <= days.last else None
    return None
