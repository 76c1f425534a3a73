"""From a draft to a version: named, dated, judged once more, and never at odds with what people already have."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from calendars.amending import called_off, in_force, never_made_up, recorded, without_missed
from calendars.calendar_file import Calendar, PlacedDays, PlacedSession, PlannedWork, Version
from calendars.faults import Fault, FaultyInput
from calendars.inheritance import follow
from calendars.saving import calendar_bytes, timetable_of
from calendars.wording import say
from constraints.rule import Breach
from scheduler.amending import amended
from scheduler.following import following
from scheduler.problem import Problem
from scheduler.verdict import breaches, breaches_of_the_past, estranged, judged, price
from scheduler.year import files_of

E = TypeVar("E", PlacedSession, PlacedDays, PlannedWork)

_LONGEST_SLUG = 60


@dataclass(frozen=True)
class Publication:
    """A version and its files, by path below the folder of what is published; no files where breaches forbid it."""

    calendar: Calendar
    breaches: tuple[Breach, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)


def publish(
    problem: Problem, draft: Calendar, published: Calendar | None, version: Version, language: str, folder: Path
) -> Publication:
    """The draft as a version that follows what is published in the folder.

    An edit by hand counts as a change like any other: SEQUENCE grows, and what is gone stays as cancelled.

    Raises:
        FaultyInput: where the draft does not follow what is published, or its name is taken.
    """
    problem = amended(problem, draft)
    calendar, past = draft, tuple[Breach, ...]()
    if published is not None:
        _ensure_it_follows(draft, published, version, folder)
        since = [one for one in in_force(draft) if one not in published.history]
        missed = never_made_up(draft, since, version.day)
        known = called_off(recorded(published, since), missed, version.day)
        took_place = without_missed(known, since)
        problem = following(problem, took_place, version.day, folder / "calendar.json")
        calendar = follow(draft, known, version.day)
        past = published_past(problem, took_place)
    found = (*breaches(problem, judged(problem, calendar)), *estranged(problem, calendar))
    if any(breach not in past for breach in found):
        return Publication(calendar, tuple(breach for breach in found if breach not in past))
    calendar = _named(certified(problem, calendar), version)
    files = files_of(problem, calendar, language, found)
    return Publication(calendar, (), {**files, kept_as(len(calendar.versions), version): calendar_bytes(calendar)})


def published_past(problem: Problem, published: Calendar) -> tuple[Breach, ...]:
    """The breaches that were published, and lie in what was held alone: an edit by hand adds none to them."""
    known = breaches(problem, judged(problem, published))
    return tuple(breach for breach in breaches_of_the_past(problem) if breach in known and not breach.lacks)


def certified(problem: Problem, calendar: Calendar) -> Calendar:
    """The calendar with what it costs now; from the first level that an edit has changed, nothing is proved.

    What several programmes cost together is not taken apart.
    """
    if calendar.certificate.together:
        return calendar
    levels, timetable, intact = [], timetable_of(calendar), True
    for level in calendar.certificate.levels:
        if level.rank in {rule.rank for rule in problem.priced}:
            value = price(problem, timetable, level.rank)
            intact &= value == level.value
            changed = {"value": value, "bound": 0, "proved": value == 0}
            level = level if intact else level.model_copy(update=changed)
        levels.append(level)
    certificate = calendar.certificate.model_copy(update={"levels": tuple(levels)})
    return calendar.model_copy(update={"certificate": certificate})


def _ensure_it_follows(draft: Calendar, published: Calendar, version: Version, folder: Path) -> None:
    if not published.versions:
        raise FaultyInput([Fault(say("has a draft; publish into a folder of its own, named with -o"), (), str(folder))])
    if draft.versions != published.versions:
        why = say(
            "version “{name}” is published there, and the calendar does not follow it, so that feeds would contradict "
            "themselves: make it with solve --previous {path}, or name another folder with -o",
            name=published.versions[-1].name,
            path=str(folder / "calendar.json"),
        )
        raise FaultyInput([Fault(why, (), str(folder))])
    if version.name in [one.name for one in published.versions]:
        taken = say("a version “{name}” is published already; choose another name", name=version.name)
        raise FaultyInput([Fault(taken, (), str(folder))])


def _named(calendar: Calendar, version: Version) -> Calendar:
    """The calendar as this version; what lives in it is published. No feed shows the difference."""
    return calendar.model_copy(
        update={
            "sessions": _published(calendar.sessions),
            "days": _published(calendar.days),
            "work": _published(calendar.work),
            "versions": (*calendar.versions, version),
            "draft": False,
        }
    )


def _published(entries: tuple[E, ...]) -> tuple[E, ...]:
    return tuple(
        entry if entry.state == "cancelled" else entry.model_copy(update={"state": "published"}) for entry in entries
    )


def kept_as(number: int, version: Version) -> str:
    """The path of a version, counted from 1, below the folder of what is published."""
    return f"versions/{'-'.join(filter(None, (f'{number:02}', _slug(version.name))))}.json"


def _slug(name: str) -> str:
    """A name as part of a file's name: letters and digits without accents, joined by hyphens, not too many."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST_SLUG].strip("-")
