"""What an iCalendar feed (RFC 5545) must never hold: parsers may let it pass, readers would show it wrongly."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from calendars.wording import Message, say

OCTETS = 75
"""What a row holds at most, without its CRLF (RFC 5545, 3.1)."""

CUT_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\\Z")
"""A row that ends with half an escape: an odd number of backslashes."""

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
        if len(row) > OCTETS:
            yield say("line {number} has {octets} octets; fold it at 75", number=number, octets=len(row))
        if control := _CONTROL.search(row):
            code = f"U+{control[0][0]:04X}"
            yield say("line {number} has the control character {code}; take it out", number=number, code=code)
        if CUT_ESCAPE.search(row) or not _is_utf8(row):
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
