"""What a new calendar changes of the previous one, in words."""

from collections.abc import Sequence
from datetime import date

from calendars.calendar_file import Calendar, PlacedSession
from calendars.changes import Change, Placed, changes
from calendars.wording import Message, say, say_count, short_day
from console.screen import Screen

_MOST_ROWS = 12


def tell_changes(screen: Screen, calendar: Calendar, previous: Calendar) -> None:
    """Tells how much moved since the previous calendar, and the first of it one by one."""
    found = changes(calendar, previous)
    if not found:
        screen.line(say("Nothing moves: every session and block stands as in the previous calendar."))
        return
    screen.line(say("Against the previous calendar: {counts}.", counts=_counts(found)))
    headers = (say("Before"), say("Now"), say("What"))
    screen.table("<<<", headers, [_row(change, screen.language) for change in found[:_MOST_ROWS]])
    if (others := len(found) - _MOST_ROWS) > 0:
        screen.line(say_count("… and {count} other change.", "… and {count} other changes.", others))


def _counts(found: Sequence[Change]) -> tuple[Message, ...]:
    stays = [change for change in found if change.before is not None and change.after is not None]
    moved = sum(_start(change.before) != _start(change.after) for change in stays)
    added = sum(change.before is None for change in found)
    cancelled = sum(change.after is None for change in found)
    counts = (
        (moved, say_count("{count} moved", "{count} moved", moved)),
        (len(stays) - moved, say_count("{count} changed", "{count} changed", len(stays) - moved)),
        (added, say_count("{count} new", "{count} new", added)),
        (cancelled, say_count("{count} called off", "{count} called off", cancelled)),
    )
    return tuple(words for count, words in counts if count)


def _row(change: Change, language: str) -> tuple[object, object, object]:
    before, after = when_of(change.before, language), when_of(change.after, language)
    same = change.before is not None and _start(change.before) == _start(change.after)
    return before, say("another end, place or trainer") if same else after, what_of(change.entry)


def _start(entry: Placed | None) -> date | None:
    match entry:
        case PlacedSession():
            return entry.start
        case None:
            return None
        case _:
            return entry.first


def when_of(entry: Placed | None, language: str) -> Message | str | None:
    """When an entry begins, briefly; None where there is none."""
    match entry:
        case PlacedSession():
            return say("{day} {hour}", day=short_day(entry.start.date(), language), hour=entry.start.time())
        case None:
            return None
        case _:
            return short_day(entry.first, language)


def what_of(entry: Placed) -> Message | str:
    """A session or run of days, as a line of a table names it."""
    if isinstance(entry, PlacedSession):
        return say("{module} · {title} ({number})", module=entry.module_title, title=entry.title, number=entry.number)
    return entry.title
