"""What became of the entries of a calendar, briefly: for tables and pages."""

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta

from calendars.calendar_file import PlacedSession
from calendars.changes import Change, Kind, Placed
from calendars.comparing import Titles
from calendars.naming import KINDS
from calendars.wording import Message, say, say_count, short_day

CHANGE_HEADERS = (say("Before"), say("Now"), say("What"))

_COUNTED: dict[Kind, Callable[[int], Message]] = {
    Kind.MOVED: lambda count: say_count("{count} moved", "{count} moved", count),
    Kind.CHANGED: lambda count: say_count("{count} changed", "{count} changed", count),
    Kind.NEW: lambda count: say_count("{count} new", "{count} new", count),
    Kind.CALLED_OFF: lambda count: say_count("{count} called off", "{count} called off", count),
    Kind.GAINED: lambda count: say_count("{count} more", "{count} more", count),
    Kind.LOST: lambda count: say_count("{count} fewer", "{count} fewer", count),
}


def counted(kinds: Iterable[Kind]) -> tuple[Message, ...]:
    """How many entries became what, without what none became."""
    every = list(kinds)
    return tuple(words(every.count(kind)) for kind, words in _COUNTED.items() if kind in every)


def what_of(entry: Placed) -> Message | str:
    """A session or run of days, as a line of a table names it."""
    if isinstance(entry, PlacedSession):
        told = {"module": entry.module_title, "title": title_of(entry), "number": entry.number}
        return say("{module} · {title} ({number})", **told)
    return entry.title


def title_of(session: PlacedSession) -> Message | str:
    """The title of a session, its kind where it has none."""
    return session.title or KINDS[session.kind]


def when_of(entry: Placed | None, language: str) -> Message | str | None:
    """When an entry begins, briefly; None where there is none."""
    match entry:
        case PlacedSession():
            return say("{day} {hour}", day=short_day(entry.start.date(), language), hour=entry.start.time())
        case None:
            return None
        case _:
            return short_day(entry.first, language)


def change_row(change: Change, titles: Titles, language: str) -> tuple[object, object, object]:
    """Beneath `CHANGE_HEADERS`: when it began, when it begins, and what it is, with what else is not as it was."""
    return when_of(change.before, language), when_of(change.after, language), what_became_of(change, titles)


def what_became_of(change: Change, titles: Titles) -> Message | str:
    """An entry by name, and what else than its beginning is not as it was."""
    if told := tuple(aspects(change, titles)):
        return say("{what}: {now}", what=what_of(change.entry), now=told)
    return what_of(change.entry)


def aspects(change: Change, titles: Titles) -> Iterator[Message]:
    """What else than its beginning is not as it was; nothing where the entry is new or called off."""
    if change.before is None or change.after is None:
        return
    sides = (
        (length_of(change.before), length_of(change.after)),
        *(
            (named(kind, change.before, titles), named(kind, change.after, titles))
            for kind in ("trainers", "places", "groups")
        ),
    )
    for before, after in sides:
        if before != after:
            yield say("{now} instead of {before}", now=after, before=before)


def length_of(entry: Placed) -> object:
    """How long an entry lasts: hours and minutes of a session, else days."""
    if isinstance(entry, PlacedSession):
        return entry.end - entry.start
    return say_count("{count} day", "{count} days", (entry.last - entry.first) // timedelta(days=1) + 1)


def named(kind: str, entry: Placed, titles: Titles) -> object:
    """The trainers, places or groups of an entry by title, whatever their order."""
    keys = keys_of(kind, entry)
    if not keys:
        return say("(no trainer named)") if kind == "trainers" else say("(no place named)")
    return tuple(say("“{title}”", title=titles[kind].get(key, key)) for key in sorted(keys))


def keys_of(kind: str, entry: Placed) -> frozenset[str]:
    """The keys of the trainers, places or groups of an entry."""
    match kind:
        case "groups":
            return frozenset(entry.groups)
        case "trainers":
            return frozenset(entry.trainers) if isinstance(entry, PlacedSession) else frozenset()
        case _:
            return frozenset([entry.place] if entry.place else [])
