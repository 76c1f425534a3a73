"""The verdict on a file: a saved calendar, also an edited one, or a feed edited in a calendar program."""

from dataclasses import dataclass, replace
from pathlib import Path

from calendars.calendar_file import Calendar
from calendars.faults import FaultyInput
from calendars.feed_reading import edited, find_calendar, read_feed, told
from calendars.joint import Scope, together
from calendars.saving import read_calendar
from calendars.wording import Message, say
from constraints.rule import Breach, StrikingLaw
from scheduler.amending import amended
from scheduler.plan import Plan, plan_of
from scheduler.problem import Problem
from scheduler.verdict import breaches, estranged, judged


@dataclass(frozen=True)
class Verdict:
    """Every breach in a file, and notes on what was judged by what, or could not be."""

    breaches: tuple[Breach, ...]
    notes: tuple[Message, ...] = ()


def judge(problem: Problem, path: Path) -> Verdict:
    """The verdict on a `calendar.json`, or on an `.ics` with the `calendar.json` beside it.

    Without one, a feed is judged by the laws on one session alone, since it does not tell the rest.

    Raises:
        FaultyInput: where a file cannot be read, or is no calendar of the programme.
    """
    if path.suffix.lower() != ".ics":
        return Verdict(_found(problem, read_calendar(path, problem.programme.key)))
    try:
        return _judge_feed(problem, path)
    except FaultyInput as error:
        raise FaultyInput([fault if fault.file else fault.at(str(path), None) for fault in error.faults]) from error


def _found(problem: Problem, calendar: Calendar) -> tuple[Breach, ...]:
    problem = amended(problem, calendar)
    return breaches(problem, judged(problem, calendar)) + estranged(problem, calendar)


def judge_plan(plan: Plan, folder: Path) -> Verdict:
    """The verdict on the calendars of several programmes, each in a folder of its name; their site's laws count."""
    problems = plan.problems
    calendars = [read_calendar(folder / each.programme.key / "calendar.json", each.programme.key) for each in problems]
    plan = plan_of([amended(*pair) for pair in zip(problems, calendars, strict=True)], plan.files)
    pairs = list(zip(plan.problems, calendars, strict=True))
    scopes = [Scope(problem.programme) for problem in plan.problems]
    whole = together(scopes, [judged(problem, calendar) for problem, calendar in pairs])
    strays = tuple(stray for problem, calendar in pairs for stray in estranged(problem, calendar))
    return Verdict(breaches(plan.whole, whole) + strays)


def _judge_feed(problem: Problem, path: Path) -> Verdict:
    events, saved = read_feed(path), find_calendar(path)
    if saved is None:
        found = told(problem.programme, events)
        alone = replace(problem, rules=tuple(law for law in problem.laws if isinstance(law, StrikingLaw)))
        return Verdict(breaches(alone, found.timetable), found.notes)
    changed = edited(read_calendar(saved, problem.programme.key), events, _path_below(saved.parent / "feeds", path))
    beside = say("Read with {path}, by the UIDs of its events.", path=str(saved))
    return Verdict(_found(problem, changed.calendar), (beside, *changed.notes))


def _path_below(folder: Path, path: Path) -> str:
    """The path of a file below a folder; empty where it lies elsewhere."""
    whole = path.resolve()
    return whole.relative_to(folder).as_posix() if whole.is_relative_to(folder) else ""
