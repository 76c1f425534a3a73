"""iCalendar feeds (RFC 5545, RFC 7986) of a saved calendar.

Each entry becomes the octets of one VEVENT, once; a feed is a frame around the events that concern its reader. The
same calendar gives the same octets, so nothing here asks for the time.

Content lines are written here, not with `icalendar`: that takes six times as long, folds between the two halves of an
escaped backslash, and might write other octets in another version. It reads the feeds in the tests.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession, PlannedWork, RoleRecord, Stamped
from calendars.faults import Fault, FaultyInput
from calendars.feed_lint import CUT_ESCAPE, OCTETS, faults_of_feed
from calendars.holding import live_holds
from calendars.juries import Role, holders
from calendars.naming import IN_SERIES, KINDS
from calendars.readers import readers_of, subjects
from calendars.time_zones import vtimezone
from calendars.wording import Message, render, say

COLOURS = {
    "virtual-class": "steelblue",
    "course": "seagreen",
    "distance-work": "slategray",
    "intensive-week": "darkorange",
    "seminar": "mediumpurple",
    "internship": "sienna",
    "exam": "crimson",
    "defence": "darkred",
    "meeting": "teal",
    "milestone": "goldenrod",
}
"""A CSS3 name for each kind (RFC 7986, 5.9)."""

_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})


@dataclass(frozen=True)
class Event:
    """What a feed shows as one thing: whom it concerns, its wall time for the order, and its VEVENT.

    `entries` are the UIDs of the entries of the calendar that it stands for: its own, or those of a week's work.
    `tentative` where it is to be confirmed.
    """

    uid: str
    entries: tuple[str, ...]
    start: datetime
    timed: bool
    groups: tuple[str, ...]
    trainers: tuple[str, ...]
    place: str | None
    text: bytes
    tentative: bool = False
    student: str | None = None

    @cached_property
    def subjects(self) -> frozenset[str]:
        """What a reader may follow to see it, such as `programme`, `groups/m2`, `trainers/ped` and `places/room`."""
        return frozenset(["programme"]) | subjects(self.groups, self.trainers, self.place, self.student)


class _Feed(NamedTuple):
    """The name that a feed bears in calendar programs, and the subjects that its reader follows."""

    name: str
    follows: frozenset[str]


def feeds_of(calendar: Calendar) -> dict[str, bytes]:
    """Every feed by its path: the whole programme, each group, trainer and place, then each listed student.

    An event is written once. A group's feed has what is planned for that very group; the feed of a student,
    `people/<pseudonym>.ics`, has the events of all their groups, and the pseudonym stands in its path alone.

    Raises:
        FaultyInput: where calendar programs would stumble over a feed.
    """
    chosen = feed_events(calendar)
    ensure_readable(calendar, chosen["programme.ics"])
    return {path: feed(calendar, each.name, chosen[path]) for path, each in _feeds(calendar).items()}


def feed_events(calendar: Calendar) -> dict[str, tuple[Event, ...]]:
    """The events of every feed in order of time, by the path of the feed; each event is the same in all of them."""
    written = events(calendar)
    return {
        path: tuple(event for event in written if not event.subjects.isdisjoint(each.follows))
        for path, each in _feeds(calendar).items()
    }


def _feeds(calendar: Calendar) -> dict[str, _Feed]:
    """Every feed by its path, that of the whole programme first.

    The feed of a student is named after all their groups. That is what is in it, so that it differs from the feed of
    an elective alone; the pseudonym would tell students nothing, and show to others whose calendar it is.
    """
    found = {"programme.ics": _Feed(calendar.title, frozenset(["programme"]))}
    for reader in readers_of(calendar):
        groups = calendar.people[reader.key] if reader.folder == "people" else ()
        titles = _titles(calendar, "groups", groups) or [reader.title]
        found[f"{reader.folder}/{reader.key}.ics"] = _Feed(_joined(calendar.title, *titles), reader.follows)
    return found


def ensure_readable(calendar: Calendar, written: Sequence[Event]) -> None:
    """Refuses the feeds of a calendar with these events where a client would stumble over one.

    Every feed is a frame around some of the programme's events. So the events are looked at once, in the feed of the
    programme, and of each reader's feed the frame alone; otherwise the lint would read an event once for each reader.

    Raises:
        FaultyInput: with the faults of the first feed that has any.
    """
    frames = (feed(calendar, each.name, ()) for each in _feeds(calendar).values())
    for data in (feed(calendar, calendar.title, written), *frames):
        if faults := faults_of_feed(data):
            raise FaultyInput([Fault(message) for message in faults])


def feed(calendar: Calendar, name: str, chosen: Sequence[Event]) -> bytes:
    """The feed of a calendar, under a name, with the chosen events, its zone by the rules of its first year."""
    return framed(name, calendar.language, calendar.time_zone, calendar.dates.first.year, chosen)


def framed(name: str, language: str, time_zone: str, year: int, chosen: Sequence[Event]) -> bytes:
    """An iCalendar object (RFC 5545, 3.4) that shows the chosen events under a name.

    It defines the time zone if an event has a time of day, by the rules of `year`, that of the programme's first day,
    so that no session changes them by coming or going. It asks to be read again after six hours (REFRESH-INTERVAL:
    RFC 7986, 5.7). It bears no UID: readers would take it for the only event.
    """
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Semainier//Semainier//{language.upper()}",
        f"NAME:{escaped(name)}",
        f"X-WR-CALNAME:{escaped(name)}",
        f"X-WR-TIMEZONE:{time_zone}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    )
    zones = [vtimezone(time_zone, year)] if any(event.timed for event in chosen) else []
    return b"".join((*map(content_line, head), *zones, *(event.text for event in chosen), b"END:VCALENDAR\r\n"))


def events(calendar: Calendar) -> tuple[Event, ...]:
    """Every entry of a calendar, in order of time: sessions, runs of days, and the work of each week.

    A slot on hold is an event beside that of its session; all of them are to be confirmed.
    """
    weeks = defaultdict(list)
    for item in calendar.work:
        weeks[item.monday, item.groups].append(item)
    held = live_holds(calendar)
    in_question = {hold.session for hold, _ in held}
    written = (
        *(_session(calendar, session, session.uid in in_question) for session in calendar.sessions),
        *(_session(calendar, hold.as_session(session), True) for hold, session in held),
        *(_days(calendar, days) for days in calendar.days),
        *(_week(calendar, items) for items in weeks.values()),
    )
    return tuple(sorted(written, key=lambda event: (event.start, event.uid)))


def _session(calendar: Calendar, session: PlacedSession, tentative: bool) -> Event:
    """A live session: local times with a TZID (RFC 5545, 3.3.5, form 3)."""
    title = session.title or render(KINDS[session.kind], calendar.language)
    number = f" ({session.number})" if session.kind in IN_SERIES else ""
    times = [
        f"{name};TZID={calendar.time_zone}:{moment:%Y%m%dT%H%M%S}"
        for name, moment in (("DTSTART", session.start), ("DTEND", session.end))
    ]
    notes = _people(calendar, session.groups, session.trainers, calendar.juries.get(session.part, ()))
    summary = _joined(session.module_title, title) + number
    text = _vevent(calendar, session, times, session.kind, summary, session.place, notes, tentative)
    uid, place = session.uid, session.place
    return Event(
        uid, (uid,), session.start, True, session.groups, session.trainers, place, text, tentative, session.student
    )


def _days(calendar: Calendar, days: PlacedDays) -> Event:
    """Whole days: a band above the timed sessions, which leaves its reader free (RFC 5545, 3.8.2.7)."""
    times = _whole_days(days.first, days.last)
    notes = _people(calendar, days.groups)
    text = _vevent(calendar, days, times, days.kind, days.title, days.place, notes)
    start = datetime.combine(days.first, time())
    return Event(days.uid, (days.uid,), start, False, days.groups, (), days.place, text)


def _week(calendar: Calendar, items: Sequence[PlannedWork]) -> Event:
    """The self-paced work of a week and its groups: one band from Monday to Friday, its modules listed inside.

    A band for each module would bury the week. The work of a week never moves to another, it is planned anew there;
    so programme, groups and Monday are the identity of the event, and its UID is a hash of them. Cancelled work is
    not listed; the event is cancelled when all its work is. SEQUENCE is the sum over all items, cancelled ones too: a
    calendar keeps them, so that the sum grows with each change and never falls.
    """
    monday, groups = items[0].monday, items[0].groups
    identity = " ".join((calendar.programme, monday.isoformat(), *groups))
    live = [item for item in items if item.state != "cancelled"]
    stamp = Stamped(
        uid=f"{sha256(identity.encode()).hexdigest()[:32]}@semainier",
        sequence=sum(item.sequence for item in items),
        last_modified=max(_utc(item.last_modified) for item in items),
        state="published" if live else "cancelled",
    )
    shown = live or items
    total = say("Self-paced work: {length}", length=timedelta(minutes=sum(item.minutes for item in shown)))
    listed = [
        say("{title}: {length}", title=_joined(item.module_title, item.title), length=timedelta(minutes=item.minutes))
        for item in shown
    ]
    text = _vevent(
        calendar,
        stamp,
        _whole_days(monday, monday + timedelta(days=4)),
        "distance-work",
        render(total, calendar.language),
        None,
        [*listed, *_people(calendar, groups)],
    )
    entries = tuple(item.uid for item in items)
    return Event(stamp.uid, entries, datetime.combine(monday, time()), False, groups, (), None, text)


def _vevent(
    calendar: Calendar,
    stamp: Stamped,
    times: Iterable[str],
    kind: str,
    summary: str,
    place: str | None,
    notes: Iterable[Message],
    tentative: bool = False,
) -> bytes:
    """A VEVENT (RFC 5545, 3.6.1). DTSTAMP is the last change, since a feed without METHOD says no more by it."""
    changed = f"{_utc(stamp.last_modified):%Y%m%dT%H%M%SZ}"
    status = "CANCELLED" if stamp.state == "cancelled" else "TENTATIVE" if tentative else "CONFIRMED"
    if status == "CANCELLED":
        summary = render(say("CANCELLED: {summary}", summary=summary), calendar.language)
    if status == "TENTATIVE":
        summary = render(say("[To be confirmed] {summary}", summary=summary), calendar.language)
    description = "\n".join(render(note, calendar.language) for note in notes)
    lines = (
        "BEGIN:VEVENT",
        f"UID:{escaped(stamp.uid)}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{stamp.sequence}",
        f"STATUS:{status}",
        *times,
        f"SUMMARY:{escaped(summary)}",
        *(f"LOCATION:{escaped(title)}" for title in _titles(calendar, "places", [place] if place else [])),
        f"DESCRIPTION:{escaped(description)}",
        f"CATEGORIES:{escaped(calendar.title)},{kind}",
        f"COLOR:{COLOURS[kind]}",
        "END:VEVENT",
    )
    return b"".join(map(content_line, lines))


def _whole_days(first: date, last: date) -> tuple[str, ...]:
    return (
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        "TRANSP:TRANSPARENT",
    )


def _people(
    calendar: Calendar, groups: Iterable[str], trainers: Sequence[str] = (), jury: Sequence[RoleRecord] = ()
) -> list[Message]:
    """Who is concerned, by title: a feed that everybody may read has roles and no names."""
    notes = [say("Audience: {groups}", groups=_titles(calendar, "groups", groups))]
    roles = [Role(str(n), role.title, role.trainers, role.number) for n, role in enumerate(jury)]
    if roles and (held := holders(roles, trainers)):
        every = ((role.title, _titles(calendar, "trainers", held[role.key])) for role in roles)
        return [*notes, *(say("{role}: {trainers}", role=role, trainers=names) for role, names in every)]
    if led_by := _titles(calendar, "trainers", trainers):
        notes.append(say("Led by: {trainers}", trainers=led_by))
    return notes


def _titles(calendar: Calendar, kind: str, keys: Iterable[str]) -> list[str]:
    return [calendar.titles.get(kind, {}).get(key, key) for key in keys]


def _joined(*titles: str) -> str:
    """The titles that say something, each once."""
    return " · ".join(dict.fromkeys(filter(None, titles)))


def _utc(stamp: datetime) -> datetime:
    return stamp.astimezone(UTC)


def escaped(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    return text.translate(_ESCAPES)


def content_line(line: str) -> bytes:
    """A content line in rows of at most 75 octets (RFC 5545, 3.1) that cut neither a character nor an escape."""
    rest, rows, room = line.encode(), [], OCTETS
    while len(rest) > room:
        cut = room
        while rest[cut] & 0b1100_0000 == 0b1000_0000:  # an octet that continues a character
            cut -= 1
        if CUT_ESCAPE.search(rest[:cut]):
            cut -= 1
        rows.append(rest[:cut])
        rest, room = rest[cut:], OCTETS - 1
    return b"\r\n ".join((*rows, rest)) + b"\r\n"
