"""A feed as a person edited it in a calendar program, and the timetable that it tells.

Events are known by their UID. With the saved calendar that the feed was made from, the edits are taken over into it.
Without one, sessions and days are found from the programme alone: its activities tell what UIDs they mint.
"""

import re
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import icalendar
from icalendar.prop import vDDDTypes
from icalendar.timezone import tzp

from calendars.calendar_file import Calendar, CertificateRecord, PlacedDays, PlacedSession, PlannedWork, Stamped
from calendars.clock import Dates, Span, days_span, minute_of, monday_of, week_dates
from calendars.faults import Fault, FaultyInput
from calendars.feeds import Event, events, feed_events
from calendars.programme import Block, Internship, Part, Programme
from calendars.programme_file import FIRST_YEAR, LAST_YEAR
from calendars.reading import unreadable
from calendars.saving import calendar_of, identity
from calendars.timetable import Placement, Timetable
from calendars.wording import Message, say, say_count
from calendars.writing import read_whole

E = TypeVar("E", bound=Stamped)
V = TypeVar("V", "FeedEvent", Event)

Eventful = Part | Block | Internship
"""An activity with events of its own; self-paced work has one for the whole week."""

FOLDERS_ABOVE = 3
"""How many folders above that of a feed may have its calendar: the feed of a group lies two below."""

_FOLD = re.compile(rb"\r?\n[ \t]")
_FRAME = re.compile(r"^(BEGIN|END):VCALENDAR\s*$", re.IGNORECASE | re.MULTILINE)
_REPEATS = ("RRULE", "RDATE", "RECURRENCE-ID")


class Hours(NamedTuple):
    """From `start` up to, and without, `end`."""

    start: datetime
    end: datetime

    def wall(self, zone: ZoneInfo) -> "Hours":
        """Moments that know their time zone on the wall clock of another, where they know none."""
        return Hours(*(moment.astimezone(zone).replace(tzinfo=None) for moment in self))


@dataclass(frozen=True)
class FeedEvent:
    """A VEVENT (RFC 5545, 3.6.1): hours that know their time zone, or whole days with both ends included."""

    uid: str
    summary: str
    when: Hours | Dates
    cancelled: bool = False
    location: str | None = None


@dataclass(frozen=True)
class Edited:
    """A saved calendar with the edits of a feed, and what people must know of it."""

    calendar: Calendar
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class Told:
    """The sessions and whole days that a feed tells, and what people must know of it."""

    timetable: Timetable
    notes: tuple[Message, ...] = ()


def find_calendar(feed: Path) -> Path | None:
    """The `calendar.json` in the folder of a feed, or in the nearest of three folders above; None where none has it."""
    folder = feed.parent.resolve()
    paths = (each / "calendar.json" for each in [folder, *folder.parents][: 1 + FOLDERS_ABOVE])
    return next((path for path in paths if path.is_file()), None)


def read_feed(path: Path) -> tuple[FeedEvent, ...]:
    """The events of an iCalendar file (RFC 5545), in its order.

    Whatever else a calendar program adds is passed over. A time zone with an IANA name is read by that name, any
    other by its VTIMEZONE. Without an end, an event of hours lasts no time and one of days lasts one day (3.6.1).

    Raises:
        FaultyInput: with every fault: the file cannot be read, is no iCalendar file or not whole; an event lacks UID
            or DTSTART, has a time that cannot be read or lies in no time zone, repeats, or shares its UID.
    """
    try:
        content = read_whole(path)
    except OSError as error:
        raise FaultyInput([Fault(unreadable(error, ".ics"), (), str(path))]) from None
    read: list[FeedEvent] = []
    faults: list[Message] = []
    for component in _components(content, path):
        event = _event(component)
        if isinstance(event, FeedEvent):
            read.append(event)
        else:
            faults += event
    faults += _faults_of_uids(read)
    if faults:
        raise FaultyInput([Fault(fault, (), str(path)) for fault in faults])
    return tuple(read)


def edited(calendar: Calendar, read: Collection[FeedEvent], feed: str = "") -> Edited:
    """A saved calendar as the events of one of its feeds tell it.

    A session takes its hours, place and cancellation, whole days take their dates, the work of a week takes the week
    in which its event starts. An entry that the feed shows in the calendar is deleted where its event is missing, any
    other stays as saved. `feed` is its path among the calendar's own feeds; where that is none of them, it is taken for
    the smallest that has all known events. Titles, people and descriptions are not looked at.

    Raises:
        FaultyInput: with every fault, but without the file: no event is known, a session has no hours or no length,
            or whole days have hours.
    """
    zone, on_hold = _zone_of(calendar), {hold.uid for hold in calendar.holds}
    feeds = {path: _without(on_hold, shown) for path, shown in feed_events(calendar).items()}
    known = {event.uid: event for event in feeds["programme.ics"]}
    local = [_local(event, zone) for event in _without(on_hold, read)]
    found = {event.uid: event for event in local if event.uid in known}
    shown = feeds.get(feed) or _smallest(feeds.values(), found)
    if not found and (local or shown):
        raise FaultyInput([Fault(say("has no event of the calendar.json beside it; give a feed of that calendar"))])
    _refuse_misfits(found.values(), {uid for uid, event in known.items() if event.timed})
    missing = [event for event in shown if event.uid not in found]
    notes = (
        *_notes_on_places(_places_of(calendar, found), calendar.titles.get("places", {})),
        *_notes_on_strangers(event for event in local if event.uid not in known),
        *_notes_on_missing(missing),
    )
    telling = {entry: event for uid, event in found.items() for entry in known[uid].entries}
    gone = {entry for event in missing for entry in event.entries}
    return Edited(_changed(calendar, telling, gone, _shown_as_cancelled(calendar, known.values())), notes)


def told(programme: Programme, read: Collection[FeedEvent]) -> Told:
    """The sessions, blocks, milestones and host days of a programme that the events tell, without a saved calendar.

    An event is known if its UID is one of the first 4 × n + 50 that are minted for an activity of n sessions, blocks
    or host days. A session has the trainers of its part where all of them give it together, else none; it is in the
    place that LOCATION names, else in the only one of its part. Self-paced work is left out, since an event does not
    tell the minutes of each part.

    Raises:
        FaultyInput: with every fault, but without the file: no event is known, a session has no hours or no length,
            or whole days have hours.
    """
    minted, weeks = _minted(programme), _weeks_of_work(programme)
    local = [_local(event, ZoneInfo(programme.time_zone)) for event in read]
    found = [event for event in local if event.uid in minted]
    if read and not found:
        other = say("has no event of the programme {programme}; give a feed of it", programme=programme.key)
        raise FaultyInput([Fault(other)])
    parts = {uid: activity for uid, activity in minted.items() if isinstance(activity, Part)}
    _refuse_misfits(found, parts)
    places = {key: place.title for key, place in programme.places.items()}
    live = [event for event in found if not event.cancelled]
    placements = [each for event in live for each in _placements(minted[event.uid], event, places)]
    notes = (
        say_count("{count} event is known in the programme", "{count} events are known in the programme", len(found)),
        *_notes_on_places(((event, _only(parts[event.uid])) for event in found if event.uid in parts), places),
        *_notes_on_strangers(event for event in local if event.uid not in minted and event.uid not in weeks),
        *_notes_on_what_is_not_told(sum(event.uid in weeks for event in local)),
    )
    return Told(Timetable(tuple(placements)), notes)


def _components(content: bytes, path: Path) -> list[icalendar.Event]:
    """Every VEVENT. Folds are undone in octets, since some programs fold inside a character (RFC 5545, 3.1)."""
    try:
        text = _FOLD.sub(b"", content).decode("utf-8-sig")
    except UnicodeDecodeError:
        encoded = say("the file is not in UTF-8; save it in that encoding")
        raise FaultyInput([Fault(encoded, (), str(path))]) from None
    frame = [word.upper() for word in _FRAME.findall(text)]
    if "BEGIN" not in frame:
        other = say("is no iCalendar file; give a feed such as programme.ics, or what a calendar program wrote as .ics")
        raise FaultyInput([Fault(other, (), str(path))])
    calendars = _calendars(text)
    if frame != ["BEGIN", "END"] * len(calendars):
        broken = say("is not whole: it breaks off or is damaged; write it again with the calendar program")
        raise FaultyInput([Fault(broken, (), str(path))])
    walked = (component for calendar in calendars for component in calendar.walk("VEVENT"))
    return [component for component in walked if isinstance(component, icalendar.Event)]


def _calendars(text: str) -> list[icalendar.Calendar]:
    """Every whole iCalendar object of a text; none where a line cannot be read."""
    tzp.use_zoneinfo()  # forgets the time zones that another feed defined
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return icalendar.Calendar.from_ical(text.encode(), multiple=True)
        except Exception:  # of damaged lines it raises AttributeError, IndexError and others, as they come
            return []


def _event(component: icalendar.Event) -> FeedEvent | list[Message]:
    """The event of a VEVENT, or all its faults."""
    uid, name, when = _text(component, "UID"), _name(component), _when(component)
    faults = []
    if uid is None:
        faults.append(say("“{event}” has no UID; take it out, and add it anew in the calendar program", event=name))
    if any(repeat in component for repeat in _REPEATS):
        faults.append(say("“{event}” repeats; write each date out as an event of its own", event=name))
    if isinstance(when, Message):
        faults.append(when)
    if faults or uid is None or isinstance(when, Message):
        return faults
    cancelled = (_text(component, "STATUS") or "").upper() == "CANCELLED"
    return FeedEvent(uid, name, when, cancelled, _text(component, "LOCATION"))


def _name(component: icalendar.Event) -> str:
    return _text(component, "SUMMARY") or _text(component, "UID") or "VEVENT"


def _text(component: icalendar.Event, name: str) -> str | None:
    """The first text of a name; None where it is missing or empty."""
    value = component.get(name, "")
    first = value[0] if isinstance(value, list) else value
    return str(first).strip() or None


def _when(component: icalendar.Event) -> Hours | Dates | Message:
    """The hours or days of a VEVENT, or why they are not known."""
    name = _name(component)
    start = _moment(component, "DTSTART")
    if start is None:
        return say("“{event}” has no start (DTSTART); give it one in the calendar program", event=name)
    if isinstance(start, Message):
        return start
    end = _end(component, start)
    if isinstance(end, Message):
        return end
    if isinstance(start, datetime) != isinstance(end, datetime):
        return say("“{event}” has a time of day at one end only; give it to both ends, or to neither", event=name)
    if end < start:
        return say("“{event}” ends before it starts; correct its end", event=name)
    if end.year > LAST_YEAR + 1:
        return _far_away(component)
    if isinstance(start, datetime) and isinstance(end, datetime):
        return Hours(start, end)
    return Dates(start, max(start, end - timedelta(days=1)))


def _moment(component: icalendar.Event, name: str) -> datetime | date | Message | None:
    """The day or the moment of a property, or why it is not known; None where the property is missing."""
    value = component.get(name)
    if value is None:
        return None
    if not isinstance(value, vDDDTypes) or not isinstance(value.dt, date):
        return _unclear(component, name)
    if not FIRST_YEAR <= value.dt.year <= LAST_YEAR + 1:
        return _far_away(component)
    if not isinstance(value.dt, datetime):
        return value.dt
    if value.params.get("VALUE") == "DATE":
        return value.dt.date()
    return _in_its_zone(component, name, value.dt, str(value.params.get("TZID", "")))


def _in_its_zone(component: icalendar.Event, name: str, moment: datetime, zone: str) -> datetime | Message:
    """A moment in the zone of its TZID by IANA name; by UTC where it is UTC already or has a zone of a VTIMEZONE."""
    if named := _zone(zone):
        return moment.replace(tzinfo=named)
    if moment.tzinfo is not None:
        try:
            return moment.astimezone(UTC)
        except Exception:  # a damaged VTIMEZONE is first noticed here, in several ways
            return _unclear(component, name)
    if zone:
        return say(
            "“{event}” is in the time zone {zone}, which the feed does not define; choose one such as Europe/Paris",
            event=_name(component),
            zone=zone,
        )
    return say(
        "“{event}” has a time without a time zone; choose one in the calendar program, such as Europe/Paris",
        event=_name(component),
    )


def _end(component: icalendar.Event, start: datetime | date) -> datetime | date | Message:
    """DTEND, not included, or what stands for it: DURATION, else the start or the day after it (RFC 5545, 3.6.1)."""
    end = _moment(component, "DTEND")
    if end is not None:
        return end
    duration = component.get("DURATION")
    if duration is None:
        return start if isinstance(start, datetime) else start + timedelta(days=1)
    if not isinstance(duration, vDDDTypes) or not isinstance(duration.dt, timedelta):
        return _unclear(component, "DURATION")
    try:
        return _after(start, duration.dt)
    except OverflowError:
        return _far_away(component)


def _after(start: datetime | date, length: timedelta) -> datetime | date:
    """Days are counted on the calendar, then hours as they pass (RFC 5545, 3.3.6)."""
    days_later = start + timedelta(days=length.days)
    if not isinstance(days_later, datetime):
        return days_later
    return (days_later.astimezone(UTC) + timedelta(seconds=length.seconds)).astimezone(days_later.tzinfo)


def _unclear(component: icalendar.Event, name: str) -> Message:
    return say(
        "{name} of “{event}” cannot be read; set it anew in the calendar program", event=_name(component), name=name
    )


def _far_away(component: icalendar.Event) -> Message:
    return say(
        "“{event}” lies outside the years {first} to {last}; correct the year",
        event=_name(component),
        first=FIRST_YEAR,
        last=LAST_YEAR,
    )


def _zone(name: str) -> ZoneInfo | None:
    """A time zone by its IANA name."""
    try:
        return ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return None


def _zone_of(calendar: Calendar) -> ZoneInfo:
    zone = _zone(calendar.time_zone)
    if zone is None:
        unknown = say("there is no time zone {zone}; write it like Europe/Paris", zone=calendar.time_zone)
        raise FaultyInput([Fault(unknown, ("time_zone",))])
    return zone


def _faults_of_uids(read: Iterable[FeedEvent]) -> Iterator[Message]:
    alike = defaultdict(list)
    for event in read:
        alike[event.uid].append(say("“{title}”", title=event.summary))
    for uid, names in alike.items():
        if len(names) > 1:
            yield say("{events} have the same UID, {uid}; keep one of them", events=names, uid=uid)


def _local(event: FeedEvent, zone: ZoneInfo) -> FeedEvent:
    """An event on the wall clock of a zone; whole days are the same everywhere."""
    return replace(event, when=event.when.wall(zone)) if isinstance(event.when, Hours) else event


def _refuse_misfits(found: Iterable[FeedEvent], timed: Collection[str]) -> None:
    """Raises what stands as it cannot; `timed` are the UIDs of sessions, all else takes whole days."""
    if faults := [Fault(fault) for event in found if (fault := _misfit(event, event.uid in timed))]:
        raise FaultyInput(faults)


def _misfit(event: FeedEvent, timed: bool) -> Message | None:
    match event.when:
        case Dates() if timed:
            return say(
                "“{event}” is a session, but an all-day event in the feed; give it its hours", event=event.summary
            )
        case Hours() if not timed:
            return say(
                "“{event}” takes whole days, but has hours in the feed; make it an all-day event", event=event.summary
            )
        case Hours(start, end) if start >= end:
            return say("“{event}” lasts no time; correct its end", event=event.summary)
        case _:
            return None


def _without(uids: Collection[str], some: Iterable[V]) -> tuple[V, ...]:
    return tuple(event for event in some if event.uid not in uids)


def _smallest(feeds: Iterable[Sequence[Event]], found: Collection[str]) -> Sequence[Event]:
    """The smallest of some feeds that has all the UIDs found."""
    return min((feed for feed in feeds if {event.uid for event in feed}.issuperset(found)), key=len)


def _places_of(calendar: Calendar, found: Mapping[str, FeedEvent]) -> Iterator[tuple[FeedEvent, str | None]]:
    """The events of sessions, each with its place as it was saved."""
    return ((found[session.uid], session.place) for session in calendar.sessions if session.uid in found)


def _changed(
    calendar: Calendar, telling: Mapping[str, FeedEvent], gone: Collection[str], off: Collection[str]
) -> Calendar:
    """A calendar as the events tell it, by UIDs of its entries; `off` are those that the feed showed as cancelled."""
    places = calendar.titles.get("places", {})
    entries = {"sessions": calendar.sessions, "days": calendar.days, "work": calendar.work}
    update = {
        kind: tuple(
            _taken_over(entry, telling[entry.uid], entry.uid in off, places) if entry.uid in telling else entry
            for entry in some
            if entry.uid not in gone
        )
        for kind, some in entries.items()
    }
    return calendar.model_copy(update=update)


def _shown_as_cancelled(calendar: Calendar, known: Iterable[Event]) -> set[str]:
    """The UIDs of the entries whose event shows as cancelled: it does when all that it stands for is."""
    entries = (*calendar.sessions, *calendar.days, *calendar.work)
    cancelled = {entry.uid for entry in entries if entry.state == "cancelled"}
    return {entry for event in known if cancelled.issuperset(event.entries) for entry in event.entries}


def _taken_over(entry: E, event: FeedEvent, off: bool, places: Mapping[str, str]) -> E:
    """An entry as its event tells it; `off` where the feed showed it as cancelled."""
    update: dict[str, object] = {"state": "cancelled"} if event.cancelled else {"state": "planned"} if off else {}
    match entry, event.when:
        case PlacedSession(), Hours(start, end):
            place = _named(event.location, entry.place, places) or entry.place if event.location else None
            update |= {"start": start, "end": end, "place": place}
        case PlacedDays(), Dates(first, last):
            update |= {"first": first, "last": last}
        case PlannedWork(), Dates(first, _):
            update |= {"monday": monday_of(first)}
    return entry.model_copy(update=update)


def _placements(activity: Eventful, event: FeedEvent, places: Mapping[str, str]) -> list[Placement]:
    """What stands where by the event of an activity: a session, the days of a block, each host day; else nothing."""
    match activity, event.when:
        case Part(), Hours(start, end):
            trainers = () if activity.chooses_trainers else activity.trainers
            place = _named(event.location, _only(activity), places) or _only(activity)
            span = Span(minute_of(start), minute_of(end))
            return [Placement(span, activity.key, trainers=trainers, place=place)]
        case Internship(), Dates() as run:
            return [Placement(days_span(Dates(day, day)), activity.key) for day in run.days()]
        case Block(), Dates() as run:
            return [Placement(days_span(run), activity.key)]
        case _:
            return []


def _only(part: Part) -> str | None:
    """The place of a part that has no choice of places."""
    return part.places[0] if len(part.places) == 1 else None


def _named(location: str | None, likely: str | None, places: Mapping[str, str]) -> str | None:
    """The place that a location names by its title, the likely one first; None where it names none.

    White space may differ, since calendar programs change it.
    """
    keys = [likely, *places] if likely else [*places]
    words = (location or "").split()
    return next((key for key in keys if places.get(key, key).split() == words), None)


def _minted(programme: Programme) -> dict[str, Eventful]:
    """The activities by the UIDs that they mint, or would after many changes."""
    activities: tuple[Eventful, ...] = (
        *programme.parts.values(),
        *programme.blocks.values(),
        *programme.internships.values(),
    )
    return {
        identity(programme.key, programme.dates.first, activity.key, birth): activity
        for activity in activities
        for birth in range(1, 4 * _count(activity) + 51)
    }


def _count(activity: Eventful) -> int:
    """How many sessions, blocks or host days an activity has."""
    match activity:
        case Part():
            return activity.count
        case Block():
            return 1
        case Internship():
            return -(-activity.minutes // activity.minutes_per_day)


def _weeks_of_work(programme: Programme) -> set[str]:
    """The UIDs of the weeks of self-paced work, whatever weeks have some: those of a calendar that has it in all."""
    weeks = [days_span(week_dates(monday)) for monday in programme.dates.weeks()]
    everywhere = Timetable(tuple(Placement(week, work) for work in programme.works for week in weeks))
    no_certificate = CertificateRecord(levels=(), reproducible=True)
    return {event.uid for event in events(calendar_of(programme, everywhere, no_certificate, programme.dates.first, 0))}


def _when_of(event: FeedEvent) -> Message:
    match event.when:
        case Hours(start, _):
            return say("on {moment}", moment=start)
        case Dates(first, last) if first == last:
            return say("on {day}", day=first)
        case Dates(first, last):
            return say("from {first} to {last}", first=first, last=last)


def _notes_on_places(sessions: Iterable[tuple[FeedEvent, str | None]], places: Mapping[str, str]) -> Iterator[Message]:
    """The locations that name no place; each event stands beside its likely place."""
    for event, likely in sessions:
        if event.location and _named(event.location, likely, places) is None:
            yield say(
                "“{event}” {when}: the location “{location}” is no place of the programme and is not judged",
                event=event.summary,
                when=_when_of(event),
                location=event.location,
            )


def _notes_on_strangers(strangers: Iterable[FeedEvent]) -> Iterator[Message]:
    for event in strangers:
        yield say(
            "“{event}” {when} is nowhere in the programme and is not judged",
            event=event.summary,
            when=_when_of(event),
        )


def _notes_on_missing(missing: Sequence[Event]) -> Iterator[Message]:
    if missing:
        yield say_count(
            "{count} event is missing from the feed and counts as deleted: {events}",
            "{count} events are missing from the feed and count as deleted: {events}",
            len(missing),
            events=[_words_of(event) for event in missing],
        )


def _words_of(event: Event) -> Message:
    """An event of ours as people saw it in their calendar program."""
    summary = str(icalendar.Event.from_ical(event.text)["SUMMARY"])
    day = event.start.date()
    when = say("on {moment}", moment=event.start) if event.timed else say("on {day}", day=day)
    return say("“{event}” {when}", event=summary, when=when)


def _notes_on_what_is_not_told(weeks: int) -> Iterator[Message]:
    if weeks:
        yield say_count(
            "{count} week of self-paced work is not judged: an event does not tell the minutes of each part",
            "{count} weeks of self-paced work are not judged: an event does not tell the minutes of each part",
            weeks,
        )
    yield say(
        "only laws on one session alone are judged: without a calendar.json beside it, a feed does not tell the rest"
    )
