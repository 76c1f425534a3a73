"""A version that is brought back, and the versions and the history that there are, in words and for machines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calendars.calendar_file import Calendar, Revision
from calendars.clock import Dates
from calendars.wording import Message, say, say_count, short_days
from console.changes import tell_changes
from console.records import breach_records, changes_record
from console.screen import Screen
from console.verdict import tell_breaches
from scheduler.restoring import Restored


def tell_restored(screen: Screen, restored: Restored, published: Calendar, number: int, output: Path) -> None:
    """Tells that a version of what is published stands in a draft in `output`, or why it cannot."""
    told: dict[str, object] = {"number": number, "name": published.versions[number - 1].name}
    if not restored.files:
        why = say("Version {number}, “{name}”, is not brought back: it would be in breach of laws.", **told)
        screen.line(why, "bold red")
        tell_breaches(screen, restored.breaches)
        return
    back = say("Version {number}, “{name}”, is brought back in {folder}.", **told, folder=str(output))
    screen.finding(back, "bold green")
    tell_changes(screen, restored.calendar, published)
    screen.line(say("It is a draft: publish it, and the feeds follow."))


def restored_record(
    restored: Restored, published: Calendar, number: int, output: Path, language: str
) -> dict[str, Any]:
    """Which version it is, what changes of what is published, and where the draft is: null with breaches against it."""
    return {
        "version": version_records(published)[number - 1],
        "changes": changes_record(restored.calendar, published),
        "breaches": breach_records(restored.breaches, language),
        "output": str(output) if restored.files else None,
    }


def tell_versions(screen: Screen, published: Calendar) -> None:
    """Tells the versions, and what happened in the year."""
    rows = [(number, version.day, version.name) for number, version in enumerate(published.versions, 1)]
    screen.table("><<", (say("Version"), say("Published on"), say("Name")), rows)
    if published.history:
        screen.line(say("What happened:"), "bold")
    for revision in published.history:
        screen.item(_happened(revision, published, screen.language))


def versions_record(published: Calendar) -> dict[str, Any]:
    """The versions and the history, the oldest first."""
    history = [revision.model_dump(mode="json") for revision in published.history]
    return {"versions": version_records(published), "history": history}


def version_records(published: Calendar) -> list[dict[str, Any]]:
    """Number, name and day of each version."""
    return [
        {"number": number, "name": version.name, "day": version.day.isoformat()}
        for number, version in enumerate(published.versions, 1)
    ]


def _happened(revision: Revision, calendar: Calendar, language: str) -> Message:
    """A revision in a line: day, reason, what it is about, and whether it still holds."""
    day, what = revision.day, tuple(_what(revision, calendar, language))
    if revision.why and what:
        told = say("{day}: {why} ({what})", day=day, why=revision.why, what=what)
    else:
        told = say("{day}: {what}", day=day, what=revision.why or what)
    if revision.withdrawn is None:
        return told
    return say("{what}; withdrawn on {day}", what=told, day=revision.withdrawn)


def _what(revision: Revision, calendar: Calendar, language: str) -> Iterator[Message]:
    def in_short(dates: Dates) -> str:
        return short_days(dates.first, dates.last, language)

    def titled(kind: str, key: str) -> str:
        return calendar.titles.get(kind, {}).get(key, key)

    for away in revision.away:
        yield say("{who} away: {days}", who=titled("trainers", away.trainer), days=in_short(away.dates))
    for closed in revision.closed:
        yield say("{place} closed: {days}", place=titled("places", closed.place), days=in_short(closed.dates))
    for struck in revision.struck:
        yield say("{title}: {days}", title=struck.title, days=in_short(struck.dates))
    for holiday in revision.school_holidays:
        told = {"title": holiday.title, "zone": holiday.zone, "days": in_short(holiday.dates)}
        yield say("{title} of zone {zone}: {days}", **told)
    for barred in revision.barred:
        name = _part(barred.activity, calendar)
        yield say("{name} not from {start} to {end}", name=name, start=barred.start, end=barred.end)
    for part, more in revision.sessions.items():
        name, count = _part(part, calendar), abs(more)
        if more > 0:
            yield say_count("{count} more session of {name}", "{count} more sessions of {name}", count, name=name)
        else:
            yield say_count("{count} fewer session of {name}", "{count} fewer sessions of {name}", count, name=name)
    if missed := len(revision.missed):
        yield say_count("{count} session did not take place", "{count} sessions did not take place", missed)


def _part(key: str, calendar: Calendar) -> Message | str:
    session = next((session for session in calendar.sessions if session.part == key), None)
    return key if session is None else say("“{module}” ({part})", module=session.module_title, part=session.title)
