"""iCalendar feeds (RFC 5545, RFC 7986) of a saved calendar, and what a feed must never hold.

Each entry becomes the octets of one VEVENT, once; a feed is a frame around the events that concern its reader. The
same calendar gives the same octets, so nothing here asks for the time.

Content lines are written here, not with `icalendar`: that takes six times as long, folds between the two halves of an
escaped backslash, and might write other octets in another version. It reads the feeds in the tests.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import NamedTuple

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession, PlannedWork, Stamped
from calendars.faults import Fault, FaultyInput
from calendars.naming import KINDS
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

_IN_SERIES = {"virtual-class", "course", "meeting"}
"""Kinds whose sessions people count; an exam or a defence is known by its title."""

_OCTETS = 75
_ESCAPES = str.maketrans({"\\": r"\\", ";": r"\;", ",": r"\,", "\n": r"\n", "\r": None})
_CUT_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\\Z")


@dataclass(frozen=True)
class Event:
    """An entry as a feed shows it: whom it concerns, its wall time for the order, and its VEVENT."""

    uid: str
    start: datetime
    timed: bool
    groups: tuple[str, ...]
    trainers: tuple[str, ...]
    place: str | None
    text: bytes


def programme_feed(calendar: Calendar) -> bytes:
    """The feed of the whole programme; refused where any feed joined from its events would be faulty."""
    data = feed(calendar, calendar.title, events(calendar))
    if faults := faults_of_feed(data):
        raise FaultyInput([Fault(message) for message in faults])
    return data


def feed(calendar: Calendar, name: str, chosen: Sequence[Event]) -> bytes:
    """An iCalendar object (RFC 5545, 3.4) that shows the chosen events under a name.

    It defines the calendar's time zone if an event has a time of day, and asks to be read again after six hours
    (REFRESH-INTERVAL: RFC 7986, 5.7). It bears no UID: readers would take it for the only event.
    """
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Semainier//Semainier//{calendar.language.upper()}",
        f"NAME:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",
        f"X-WR-TIMEZONE:{calendar.time_zone}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    )
    zones = []
    if any(event.timed for event in chosen):
        zones.append(vtimezone(calendar.time_zone, min(session.start.year for session in calendar.sessions)))
    return b"".join((*map(_folded, head), *zones, *(event.text for event in chosen), b"END:VCALENDAR\r\n"))


def events(calendar: Calendar) -> tuple[Event, ...]:
    """Every entry of a calendar, in order of time: sessions, runs of days, and the work of each week."""
    weeks = defaultdict(list)
    for item in calendar.work:
        weeks[item.monday, item.groups].append(item)
    written = (
        *(_session(calendar, session) for session in calendar.sessions),
        *(_days(calendar, days) for days in calendar.days),
        *(_week(calendar, items) for items in weeks.values()),
    )
    return tuple(sorted(written, key=lambda event: (event.start, event.uid)))


def _session(calendar: Calendar, session: PlacedSession) -> Event:
    """A live session: local times with a TZID (RFC 5545, 3.3.5, form 3)."""
    title = session.title or render(KINDS[session.kind], calendar.language)
    number = f" ({session.number})" if session.kind in _IN_SERIES else ""
    times = [
        f"{name};TZID={calendar.time_zone}:{moment:%Y%m%dT%H%M%S}"
        for name, moment in (("DTSTART", session.start), ("DTEND", session.end))
    ]
    notes = _people(calendar, session.groups, session.trainers)
    summary = _joined(session.module_title, title) + number
    text = _vevent(calendar, session, times, session.kind, summary, session.place, notes)
    return Event(session.uid, session.start, True, session.groups, session.trainers, session.place, text)


def _days(calendar: Calendar, days: PlacedDays) -> Event:
    """Whole days: a band above the timed sessions, which leaves its reader free (RFC 5545, 3.8.2.7)."""
    times = _whole_days(days.first, days.last)
    notes = _people(calendar, days.groups)
    text = _vevent(calendar, days, times, days.kind, days.title, days.place, notes)
    return Event(days.uid, datetime.combine(days.first, time()), False, days.groups, (), days.place, text)


def _week(calendar: Calendar, items: Sequence[PlannedWork]) -> Event:
    """The self-paced work of a week and its groups: one band from Monday to Friday, its modules listed inside.

    A band for each module would bury the week. The work of a week never moves to another, it is planned anew there;
    so programme, groups and Monday are the identity of the event, and its UID is a hash of them. Cancelled work is
    not counted; the event is cancelled when all its work is. SEQUENCE adds up, so that it grows with each change.
    """
    monday, groups = items[0].monday, items[0].groups
    live = [item for item in items if item.state != "cancelled"]
    stamp = Stamped(
        uid=sha256(" ".join((calendar.programme, monday.isoformat(), *groups)).encode()).hexdigest()[:32],
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
    return Event(stamp.uid, datetime.combine(monday, time()), False, groups, (), None, text)


def _vevent(
    calendar: Calendar,
    stamp: Stamped,
    times: Iterable[str],
    kind: str,
    summary: str,
    place: str | None,
    notes: Iterable[Message],
) -> bytes:
    """A VEVENT (RFC 5545, 3.6.1). DTSTAMP is the last change, since a feed without METHOD says no more by it."""
    changed = f"{_utc(stamp.last_modified):%Y%m%dT%H%M%SZ}"
    cancelled = stamp.state == "cancelled"
    if cancelled:
        summary = render(say("CANCELLED: {summary}", summary=summary), calendar.language)
    description = "\n".join(render(note, calendar.language) for note in notes)
    lines = (
        "BEGIN:VEVENT",
        f"UID:{_escaped(stamp.uid)}",
        f"DTSTAMP:{changed}",
        f"LAST-MODIFIED:{changed}",
        f"SEQUENCE:{stamp.sequence}",
        f"STATUS:{'CANCELLED' if cancelled else 'CONFIRMED'}",
        *times,
        f"SUMMARY:{_escaped(summary)}",
        *(f"LOCATION:{_escaped(title)}" for title in _titles(calendar, "places", [place] if place else [])),
        f"DESCRIPTION:{_escaped(description)}",
        f"CATEGORIES:{_escaped(calendar.title)},{kind}",
        f"COLOR:{COLOURS[kind]}",
        "END:VEVENT",
    )
    return b"".join(map(_folded, lines))


def _whole_days(first: date, last: date) -> tuple[str, ...]:
    return (
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        "TRANSP:TRANSPARENT",
    )


def _people(calendar: Calendar, groups: Iterable[str], trainers: Iterable[str] = ()) -> list[Message]:
    """Who is concerned, by title: a feed that everybody may read has roles and no names."""
    notes = [say("Audience: {groups}", groups=_titles(calendar, "groups", groups))]
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


def _escaped(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    return text.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """A content line in rows of at most 75 octets (RFC 5545, 3.1) that cut neither a character nor an escape."""
    rest, rows, room = line.encode(), [], _OCTETS
    while len(rest) > room:
        cut = room
        while rest[cut] & 0b1100_0000 == 0b1000_0000:  # an octet that continues a character
            cut -= 1
        if _CUT_ESCAPE.search(rest[:cut]):
            cut -= 1
        rows.append(rest[:cut])
        rest, room = rest[cut:], _OCTETS - 1
    return b"\r\n ".join((*rows, rest)) + b"\r\n"


_LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:]*))*):(.*)', re.DOTALL)
_CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_WHEN = re.compile(r"\d{8}(T\d{6}(Z|[+-]\d{4})?)?")
_STATUSES = ("TENTATIVE", "CONFIRMED", "CANCELLED")


class _Line(NamedTuple):
    """A content line: its name, its parameters as they are written, its value."""

    name: str
    parameters: str
    value: str

    @property
    def zone(self) -> str:
        """The TZID parameter; empty where there is none."""
        found = re.search(r';TZID="?([^";:]*)', self.parameters)
        return found[1] if found else ""


class _Component(NamedTuple):
    """A component and its own lines, without those of the components in it."""

    name: str
    lines: list[_Line]

    def first(self, name: str) -> _Line | None:
        """The first line of a name."""
        return next((line for line in self.lines if line.name == name), None)

    @property
    def title(self) -> str:
        """What a message calls it."""
        line = self.first("SUMMARY") or self.first("UID")
        return line.value if line else self.name


def faults_of_feed(data: bytes) -> list[Message]:
    """What in a feed readers would refuse or show wrongly, although parsers may let it pass; none in a sound feed."""
    rows = data.split(b"\r\n")
    components = _components(data)
    if components is None:
        broken = say("the feed is no whole iCalendar object: NAME:value on each line, an END for each BEGIN")
        return [broken, *_faults_of_rows(rows)]
    found = [component for component in components if component.name == "VEVENT"]
    return [
        *_faults_of_rows(rows),
        *_faults_of_frame(components[0]),
        *(fault for event in found for fault in _faults_of_event(event)),
        *_faults_of_uids(found),
        *_faults_of_zones(components),
    ]


def _components(data: bytes) -> list[_Component] | None:
    """Every component in the order in which it begins, the VCALENDAR first; None where they do not nest."""
    text = re.sub(r"\r\n[ \t]", "", data.decode(errors="replace")).removesuffix("\r\n")
    found: list[_Component] = []
    still_open: list[_Component] = []
    for row in text.split("\r\n"):
        read = _LINE.fullmatch(row)
        if read is None or (found and not still_open):
            return None
        line = _Line(read[1], read[2], read[3])
        if line.name == "BEGIN":
            still_open.append(_Component(line.value, []))
            found.append(still_open[-1])
        elif not still_open:
            return None
        elif line.name != "END":
            still_open[-1].lines.append(line)
        elif still_open.pop().name != line.value:
            return None
    return found if not still_open and found[0].name == "VCALENDAR" else None


def _faults_of_rows(rows: Sequence[bytes]) -> Iterator[Message]:
    if rows[-1]:
        yield say("the feed does not end with CRLF")
    for number, row in enumerate(rows, 1):
        if len(row) > _OCTETS:
            yield say("line {number} has {octets} octets; fold it at 75", number=number, octets=len(row))
        if control := _CONTROL.search(row):
            code = f"U+{control[0][0]:04X}"
            yield say("line {number} has the control character {code}; take it out", number=number, code=code)
        if _CUT_ESCAPE.search(row) or not _is_utf8(row):
            yield say("line {number} is cut inside a character or an escape; fold it elsewhere", number=number)


def _is_utf8(row: bytes) -> bool:
    try:
        row.decode()
    except UnicodeDecodeError:
        return False
    return True


def _faults_of_frame(frame: _Component) -> Iterator[Message]:
    for name in ("UID", "METHOD", "SOURCE"):
        if frame.first(name):
            yield say("the calendar itself has {name}; only its events may", name=name)


def _faults_of_event(event: _Component) -> Iterator[Message]:
    for name in ("UID", "DTSTAMP", "DTSTART"):
        if not event.first(name):
            yield say("{event}: {name} is missing", event=event.title, name=name)
    status, colour = event.first("STATUS"), event.first("COLOR")
    if status and status.value not in _STATUSES:
        yield say(
            "{event}: STATUS is {status}; use one of {statuses}",
            event=event.title,
            status=status.value,
            statuses=_STATUSES,
        )
    if colour and not colour.value.isalpha():
        yield say("{event}: COLOR is {colour}; use a CSS3 name", event=event.title, colour=colour.value)
    times = [line for name in ("DTSTART", "DTEND") if (line := event.first(name))]
    for line in times:
        if fault := _fault_of_time(event.title, line):
            yield fault
    if len(times) == 2 and not _runs(*times):
        yield say(
            "{event}: DTEND {end} does not come after DTSTART {start}, written alike",
            event=event.title,
            start=times[0].value,
            end=times[1].value,
        )


def _fault_of_time(event: str, line: _Line) -> Message | None:
    when = _WHEN.fullmatch(line.value)
    if when is None or (when[1] is None) != ("VALUE=DATE" in line.parameters.split(";")):
        return say("{event}: {name} is {value}, no date and no time", event=event, name=line.name, value=line.value)
    if when[2]:
        return say("{event}: {name} has a fixed offset; write local time with TZID", event=event, name=line.name)
    if when[1] and not line.zone:
        return say("{event}: {name} floats; name its time zone with TZID", event=event, name=line.name)
    return None


def _runs(start: _Line, end: _Line) -> bool:
    alike = start.parameters == end.parameters and len(start.value) == len(end.value)
    return alike and start.value < end.value


def _faults_of_uids(found: Sequence[_Component]) -> Iterator[Message]:
    counted = Counter(line.value for event in found if (line := event.first("UID")))
    for uid, count in counted.items():
        if count > 1:
            yield say("several events have the UID {uid}; each needs its own", uid=uid)


def _faults_of_zones(components: Sequence[_Component]) -> Iterator[Message]:
    used = {line.zone for component in components for line in component.lines if line.zone}
    defined = {
        line.value for component in components if component.name == "VTIMEZONE" if (line := component.first("TZID"))
    }
    for zone in sorted(used - defined):
        yield say("the time zone {zone} is used but not defined; add its VTIMEZONE", zone=zone)
    for zone in sorted(defined - used):
        yield say("the time zone {zone} is defined but not used; take it out", zone=zone)
