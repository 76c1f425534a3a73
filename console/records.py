"""Outcomes and verdicts for machines: plain JSON values, their keys in English and stable."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from calendars.changes import Change, Placed, changes
from calendars.clock import moment_of
from calendars.saving import timetable_of
from calendars.wording import render
from console.facts import Facts, Range, Stretch, facts_of

if TYPE_CHECKING:
    from calendars.calendar_file import Calendar
    from calendars.timetable import Placement
    from constraints.rule import Breach
    from scheduler.judging import Verdict
    from scheduler.moves import Move
    from scheduler.plan import Plan
    from scheduler.problem import Problem
    from scheduler.publishing import Publication
    from scheduler.result import Level, Result
    from scheduler.year import Year


def outcome_record(
    problem: "Problem", result: "Result", output: Path, language: str, year: "Year | None", previous: "Calendar | None"
) -> dict[str, Any]:
    """How a search ended: `year` and `output` are null where it found none, texts are in `language`."""
    programme, timetable = problem.programme, result.timetable
    return {
        "outcome": result.outcome.value,
        "year": None if timetable is None else _year(facts_of(programme, timetable), language),
        "levels": [level_record(level) for level in result.levels],
        "reproducible": result.reproducible,
        **_against(year, previous, language),
        "shortages": [render(shortage.words(programme), language) for shortage in result.shortages],
        "unkeepable": [render(law.words(programme), language) for law in result.unkeepable],
        "seconds_to_lawful": round(result.seconds_to_lawful, 3),
        "seconds": round(result.seconds, 3),
        "output": None if timetable is None else str(output),
    }


def plan_record(
    plan: "Plan", result: "Result", output: Path, language: str, years: Sequence["Year"], before: Sequence[Any]
) -> dict[str, Any]:
    """How a search for several programmes ended, with a record of each by its id; they have the levels in common."""
    every = zip(plan.problems, years, before, strict=True) if years else ()
    whole = outcome_record(plan.whole, replace(result, timetable=None), output, language, None, None)
    return whole | {
        "output": str(output) if years else None,
        "programmes": {
            problem.programme.key: {
                "year": _year(facts_of(problem.programme, timetable_of(year.calendar)), language),
                **_against(year, previous, language),
                "output": str(output / problem.programme.key),
            }
            for problem, year, previous in every
        },
    }


def _against(year: "Year | None", previous: "Calendar | None", language: str) -> dict[str, Any]:
    """What a year changes of the previous calendar, and the breaches that lie in the past alone."""
    return {
        "changes": None if year is None or previous is None else changes_record(year.calendar, previous),
        "past": [] if year is None else breach_records(year.past, language),
    }


def breach_records(found: Sequence["Breach"], language: str) -> list[dict[str, Any]]:
    """Each breach with its law, its words in `language`, and its excess in the unit of its law."""
    return [{"law": each.rule, "message": render(each.message, language), "excess": each.excess} for each in found]


def verdict_record(verdict: "Verdict", language: str) -> dict[str, Any]:
    """Whether a calendar is lawful, every breach with its excess in the unit of its law, and notes."""
    notes = [render(note, language) for note in verdict.notes]
    return {"lawful": not verdict.breaches, "breaches": breach_records(verdict.breaches, language), "notes": notes}


def publication_record(
    publication: "Publication", published: "Calendar | None", output: Path, language: str
) -> dict[str, Any]:
    """The version and its number from 1, null with the breaches that stand against it."""
    calendar = publication.calendar
    version = calendar.versions[-1] if publication.files else None
    return {
        "version": version and {"number": len(calendar.versions), "name": version.name, "day": version.day.isoformat()},
        "changes": None if published is None else changes_record(calendar, published),
        "breaches": breach_records(publication.breaches, language),
        "output": str(output) if publication.files else None,
    }


def changes_record(calendar: "Calendar", previous: "Calendar") -> list[dict[str, Any]]:
    """Each session and run of days that is not as it was."""
    return [change_record(change) for change in changes(calendar, previous)]


def change_record(change: Change) -> dict[str, Any]:
    """A session or run of days that is not as it was: its UID, what it belongs to, and where it stood and stands."""
    return {
        "uid": change.entry.uid,
        "activity": change.entry.activity,
        "before": change.before and _place_in_time(change.before),
        "after": change.after and _place_in_time(change.after),
    }


def _place_in_time(entry: Placed) -> dict[str, Any]:
    return entry.model_dump(mode="json", include={"start", "end", "first", "last", "trainers", "place"})


def move_record(move: "Move") -> dict[str, Any]:
    """What stood where and what stands where instead, either of which may be null."""
    return {"activity": move.activity, "before": _placed(move.before), "after": _placed(move.after)}


def _placed(placement: "Placement | None") -> dict[str, Any] | None:
    """A placement; its amount is 1, or minutes of self-paced work."""
    if placement is None:
        return None
    return {
        "start": moment_of(placement.span.start).isoformat(),
        "end": moment_of(placement.span.end).isoformat(),
        "amount": placement.amount,
        "trainers": placement.trainers,
        "place": placement.place,
    }


def level_record(level: "Level") -> dict[str, Any]:
    """A level with its value, its bound and how far they are apart."""
    return {
        "rank": level.rank,
        "rules": level.rules,
        "value": level.value,
        "bound": level.bound,
        "proved": level.proved,
        "gap": round(level.gap, 4),
    }


def _year(facts: Facts, language: str) -> dict[str, Any]:
    """The facts; days are ISO 8601, amounts of time whole minutes."""
    minutes = {form.replace(" ", "_").replace("-", "_"): _range(spread) for form, spread in facts.minutes.items()}
    return {
        "sessions": facts.sessions,
        "weeks": facts.weeks,
        "first": facts.dates and facts.dates.first.isoformat(),
        "last": facts.dates and facts.dates.last.isoformat(),
        "stretches": [_stretch(stretch) for stretch in facts.stretches],
        "student_minutes": {**minutes, "all": _range(facts.minutes_in_all)},
        "projected_holidays": [
            {"school_year": projection.years, "sessions_within_a_week": projection.sessions}
            for projection in facts.projections
        ],
        "without_trainer": [{"part": part, "sessions": count} for part, count in facts.without_trainer.items()],
        "findings": [{"about": each.key, "message": render(each.message, language)} for each in facts.findings],
    }


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "kind": stretch.kind,
        "title": stretch.title,
        "count": stretch.count,
        "first": stretch.dates.first.isoformat(),
        "last": stretch.dates.last.isoformat(),
    }


def _range(minutes: Range) -> dict[str, int]:
    return {"least": minutes.least, "most": minutes.most}
