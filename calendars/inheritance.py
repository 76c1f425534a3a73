"""Identities that last: a calendar takes over those of the saved one that people may be subscribed to.

In two steps. First entries are named: each gets the UID of the previous entry that it continues, or one never given
before. From then on two entries of one UID are one entry, and what became of it is stamped: SEQUENCE and LAST-MODIFIED
grow (RFC 5545, 3.8.7.4 and 3.8.7.3), and what is gone stays, cancelled. What counts as a change is what feeds write.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate
from typing import TypeVar

from calendars.calendar_file import Calendar, Hold, Pin, PlacedDays, PlacedSession, PlannedWork
from calendars.feeds import Event, events
from calendars.saving import identity, stamp_after

CANCELLED_STAYS = timedelta(days=60)
"""How long after its last change a cancelled session or run of days is still in the calendar; exactly that stays."""

Entry = PlacedSession | PlacedDays | PlannedWork
E = TypeVar("E", PlacedSession, PlacedDays, PlannedWork)


def inherit(calendar: Calendar, previous: Calendar, as_of: date) -> Calendar:
    """The timetable of a freshly made calendar, with the identities of the previous one of the same programme.

    A session continues a live one of its part at the same start and end; of the rest as many as possible are paired at
    the least sum of minutes between starts; a session left over revives a cancelled one of its very time, else it is
    new. Whole days do the same within their block, milestone or internship. Self-paced work stays in its week.

    An entry that has moved, or is cancelled or revived, has `sequence` + 1, and any change that feeds show makes
    `last_modified` grow: to midnight UTC of `as_of`, or a second past the last change. What nothing continues is
    cancelled, but for sessions and runs of days that had begun before `as_of`; see `CANCELLED_STAYS`. States, versions,
    history, and the pins and holds of what lives are those of `previous`, the result is a draft.
    """
    births = Births(calendar, as_of, previous.births, _uids(previous))
    named = {
        "holds": previous.holds,
        "sessions": _named(calendar.sessions, previous.sessions, births.born),
        "days": _named(calendar.days, previous.days, births.born),
        "work": _named(calendar.work, previous.work, births.born),
        "births": births.given,
        "history": previous.history,
    }
    return _Succession(calendar.model_copy(update=named), previous, as_of).result()


def follow(calendar: Calendar, previous: Calendar, as_of: date) -> Calendar:
    """A draft that descends from the previous calendar, perhaps edited by hand, with its changes counted as such.

    Entries of the same UID are one; a live one that is missing, or marked so, is cancelled; one that `previous` does
    not have stays as it is. All else is as in `inherit`, and a `sequence` that the draft has already raised stays.
    Self-paced work moved to another week is cancelled in its own and new there: feeds tell it by the week. The draft's
    pins count beside those of `previous`. The slots on hold for a session are those of the calendar that knows of more
    changes to it, so that what was released meanwhile stays so.
    """
    taken = _uids(previous)
    given = Counter(calendar.births) | Counter(previous.births)
    births = Births(calendar, as_of, given, taken | _uids(calendar))

    def own_or_born(work: PlannedWork) -> PlannedWork:
        return births.born(work) if work.uid in taken else work

    work = (*_named(calendar.work, previous.work, own_or_born), *_cancelled(calendar.work))
    named = {"work": work, "births": births.given, "holds": _holds_of_both(calendar, previous)}
    return _Succession(calendar.model_copy(update=named), previous, as_of).result()


def _holds_of_both(calendar: Calendar, previous: Calendar) -> tuple[Hold, ...]:
    """Those of the draft, but of the previous calendar where its session has the higher SEQUENCE."""
    drafted = {session.uid: session.sequence for session in calendar.sessions}
    outdated = {session.uid for session in previous.sessions if session.sequence > drafted.get(session.uid, 0)}
    kept = (hold for hold in calendar.holds if hold.session not in outdated)
    return (*kept, *(hold for hold in previous.holds if hold.session in outdated))


class Births:
    """Identities that nothing has had.

    The birth number alone tells those of an activity apart, and never falls along a chain of calendars. So the first
    day may be that of the calendar in hand, although the programme's dates may change within the chain; it tells
    apart the years of one programme. `given` counts by activity what has been, `taken` are the UIDs that there are.
    """

    def __init__(self, calendar: Calendar, as_of: date, given: Mapping[str, int], taken: Collection[str]) -> None:
        self.given = dict(given)
        self._calendar = calendar
        self._stamp = _midnight(as_of)
        self._taken = taken

    def born(self, entry: E) -> E:
        """The entry as a new one, under the next identity of its activity."""
        stamps = {"sequence": 0, "last_modified": self._stamp, "state": "planned"}
        return entry.model_copy(update={"uid": self._next(entry.activity)} | stamps)

    def _next(self, activity: str) -> str:
        while True:
            self.given[activity] = self.given.get(activity, 0) + 1
            uid = identity(self._calendar.programme, self._calendar.dates.first, activity, self.given[activity])
            if uid not in self._taken:
                return uid


def _named(new: Iterable[E], old: Iterable[E], otherwise: Callable[[E], E]) -> tuple[E, ...]:
    """The live entries under the UIDs that they continue, or as what they otherwise are."""
    before = _lines(old)
    found: list[E] = []
    for line, entries in _lines(_live(new)).items():
        heirs = _heirs(entries, before.get(line, []))
        for entry in entries:
            uid = heirs.get(entry.uid)
            found.append(entry.model_copy(update={"uid": uid}) if uid else otherwise(entry))
    return tuple(found)


def _lines(entries: Iterable[E]) -> Mapping[tuple[object, ...], list[E]]:
    found: defaultdict[tuple[object, ...], list[E]] = defaultdict(list)
    for entry in entries:
        found[_line(entry)].append(entry)
    return found


def _line(entry: Entry) -> tuple[object, ...]:
    """What an identity never leaves: an activity; of work also its week and groups, by which feeds know it."""
    if isinstance(entry, PlannedWork):
        return entry.part, entry.monday, entry.groups
    return (entry.activity,)


def _heirs(new: Sequence[E], old: Sequence[E]) -> dict[str, str]:
    """The UIDs that the live entries of one line continue, by their own."""
    live, cancelled = _live(old), _cancelled(old)
    found: dict[str, str] = {}
    for pairs, ancestors in ((_at_same_time, live), (_nearest, live), (_at_same_time, cancelled)):
        rest = sorted((entry for entry in new if entry.uid not in found), key=_time)
        free = sorted((entry for entry in ancestors if entry.uid not in found.values()), key=_time)
        found |= {entry.uid: ancestor.uid for entry, ancestor in pairs(rest, free)}
    return found


def _at_same_time(new: Sequence[E], old: Sequence[E]) -> list[tuple[E, E]]:
    standing: defaultdict[tuple[date, date], list[E]] = defaultdict(list)
    for entry in reversed(old):
        standing[_time(entry)].append(entry)
    return [(entry, standing[_time(entry)].pop()) for entry in new if standing[_time(entry)]]


def _nearest(new: Sequence[E], old: Sequence[E]) -> list[tuple[E, E]]:
    """As many pairs as possible at the least sum of times between starts, both in order of time.

    Pairs on a line need not cross. So `least[n][skip]` is the sum for the first n of the shorter list, of the longer
    one at most `skip` being passed over by then.
    """
    if len(new) > len(old):
        return [(entry, ancestor) for ancestor, entry in _nearest(old, new)]
    skip = len(old) - len(new)
    least = [[timedelta()] * (skip + 1)]
    for n, entry in enumerate(new):
        sums = [so_far + _between(entry, old[n + passed]) for passed, so_far in enumerate(least[-1])]
        least.append(list(accumulate(sums, min)))
    pairs = []
    for n in reversed(range(len(new))):
        skip = least[n + 1].index(least[n + 1][skip])
        pairs.append((new[n], old[n + skip]))
    return pairs


def _between(one: Entry, other: Entry) -> timedelta:
    return abs(_time(one)[0] - _time(other)[0])


def _time(entry: Entry) -> tuple[date, date]:
    match entry:
        case PlacedSession():
            return entry.start, entry.end
        case PlacedDays():
            return entry.first, entry.last
        case PlannedWork():
            return entry.monday, entry.monday


@dataclass(frozen=True)
class _Succession:
    """A calendar whose entries have their identities for life, and the one before it."""

    calendar: Calendar
    previous: Calendar
    as_of: date

    def result(self) -> Calendar:
        """The calendar with everything stamped, and what is gone."""
        entries = {
            "sessions": self._entries(self.calendar.sessions, self.previous.sessions),
            "days": self._entries(self.calendar.days, self.previous.days),
            "work": self._entries(self.calendar.work, self.previous.work),
        }
        gone = [entry.uid for each in entries.values() for entry in each if entry.uid not in self._after]
        live = {entry.uid for each in entries.values() for entry in each if entry.state != "cancelled"}
        rest = {
            "as_of": self.as_of,
            "titles": self._titles(gone),
            "versions": self.previous.versions,
            "draft": True,
            "pins": self._pins(live),
            "holds": tuple(self._hold(hold) for hold in self.calendar.holds if hold.session in live),
        }
        return self.calendar.model_copy(update=entries | rest)

    def _pins(self, live: Collection[str]) -> tuple[Pin, ...]:
        """Those of both calendars; where both have one of a session, the newer calendar's."""
        pins = {pin.uid: pin for pin in (*self.previous.pins, *self.calendar.pins)}
        return tuple(pin for uid, pin in pins.items() if uid in live)

    def _hold(self, hold: Hold) -> Hold:
        """Its time and place never change, but its title, its people and the time zone may."""
        before, after = self._before.get(hold.uid), self._after[hold.uid]
        if before is None or before.text == after.text:
            return hold
        moved = self.calendar.time_zone != self.previous.time_zone
        update = {"sequence": hold.sequence + moved, "last_modified": self._stamp(before)}
        return hold.model_copy(update=update)

    def _entries(self, new: Sequence[E], old: Sequence[E]) -> tuple[E, ...]:
        """The live entries by activity and time, then the cancelled ones as long as they stay."""
        known = {entry.uid: entry for entry in old}
        live = [self._standing(entry, known.get(entry.uid)) for entry in _live(new)]
        standing = {entry.uid for entry in live}
        missing = [entry for entry in old if entry.uid not in standing]
        unknown = [entry for entry in _cancelled(new) if entry.uid not in known]
        return tuple(_in_order(live) + self._gone(missing) + self._gone(unknown))

    def _standing(self, entry: E, ancestor: E | None) -> E:
        return self._joining(entry) if ancestor is None else self._continuing(entry, ancestor)

    def _continuing(self, entry: E, ancestor: E) -> E:
        before, after = self._before[ancestor.uid], self._after[entry.uid]
        revived = ancestor.state == "cancelled"
        moved = _time(entry) != _time(ancestor) or before.place != after.place or before.tentative != after.tentative
        if after.timed:
            moved |= self.calendar.time_zone != self.previous.time_zone
        told = revived or moved or before.text != after.text
        return entry.model_copy(
            update={
                "sequence": max(entry.sequence, ancestor.sequence + 1) if revived or moved else ancestor.sequence,
                "last_modified": self._stamp(before) if told else ancestor.last_modified,
                "state": entry.state if revived else ancestor.state,
            }
        )

    def _joining(self, entry: E) -> E:
        """A new entry; work may join a week whose event there was, and make it stand again."""
        event = self._before.get(self._after[entry.uid].uid)
        if event is None:
            return entry
        revived = all(self._ancestors[uid].state == "cancelled" for uid in event.entries)
        return entry.model_copy(
            update={"sequence": max(entry.sequence, int(revived)), "last_modified": self._stamp(event)}
        )

    def _gone(self, entries: Iterable[E]) -> list[E]:
        """Those that stay, as cancelled; a session or run of days that has begun is never called off."""
        return [self._cancelled(entry) for entry in entries if self._stays(entry)]

    def _cancelled(self, entry: E) -> E:
        if entry.state == "cancelled" or self._has_begun(entry):
            return entry
        stamp = self._stamp(self._before[entry.uid])
        return entry.model_copy(update={"state": "cancelled", "sequence": entry.sequence + 1, "last_modified": stamp})

    def _has_begun(self, entry: Entry) -> bool:
        if isinstance(entry, PlannedWork):
            return False
        return (entry.start.date() if isinstance(entry, PlacedSession) else entry.first) < self.as_of

    def _stays(self, entry: Entry) -> bool:
        # Work always stays: the SEQUENCE of a week is the sum of all its work's, and must not fall.
        if entry.state != "cancelled" or isinstance(entry, PlannedWork):
            return True
        return _midnight(self.as_of) - entry.last_modified <= CANCELLED_STAYS

    def _stamp(self, before: Event) -> datetime:
        """The time of a change: later than all that the event has told."""
        told = max(self._last_modified[uid] for uid in before.entries)
        return stamp_after(told, self.as_of)

    def _titles(self, gone: Iterable[str]) -> dict[str, dict[str, str]]:
        """The titles of the calendar, and those that only what is gone from it still needs."""
        needed = {subject for uid in gone if uid in self._before for subject in self._before[uid].subjects}
        kept = {
            kind: {key: title for key, title in titles.items() if f"{kind}/{key}" in needed}
            for kind, titles in self.previous.titles.items()
        }
        return {kind: kept.get(kind, {}) | titles for kind, titles in self.calendar.titles.items()}

    @cached_property
    def _ancestors(self) -> Mapping[str, Entry]:
        return {entry.uid: entry for entry in _all(self.previous)}

    @cached_property
    def _last_modified(self) -> Mapping[str, datetime]:
        return {each.uid: each.last_modified for each in (*_all(self.previous), *self.previous.holds)}

    @cached_property
    def _before(self) -> Mapping[str, Event]:
        return _unstamped(self.previous)

    @cached_property
    def _after(self) -> Mapping[str, Event]:
        return _unstamped(self.calendar)


def _unstamped(calendar: Calendar) -> Mapping[str, Event]:
    """The events of a calendar by their UIDs and those of their entries, alike but for what their readers see."""

    def plain(entries: Iterable[Entry | Hold]) -> tuple[Entry | Hold, ...]:
        stamps = {"sequence": 0, "last_modified": datetime(1970, 1, 1, tzinfo=UTC)}
        return tuple(entry.model_copy(update=stamps) for entry in entries)

    entries = {
        "sessions": plain(calendar.sessions),
        "days": plain(calendar.days),
        "work": plain(calendar.work),
        "holds": plain(calendar.holds),
    }
    written = events(calendar.model_copy(update=entries))
    return {uid: event for event in written for uid in (event.uid, *event.entries)}


def _live(entries: Iterable[E]) -> list[E]:
    return [entry for entry in entries if entry.state != "cancelled"]


def _cancelled(entries: Iterable[E]) -> list[E]:
    return [entry for entry in entries if entry.state == "cancelled"]


def _in_order(entries: Sequence[E]) -> list[E]:
    places = {activity: place for place, activity in enumerate(dict.fromkeys(entry.activity for entry in entries))}
    return sorted(entries, key=lambda entry: (places[entry.activity], _time(entry)))


def _all(calendar: Calendar) -> tuple[Entry, ...]:
    return (*calendar.sessions, *calendar.days, *calendar.work)


def _uids(calendar: Calendar) -> frozenset[str]:
    return frozenset(entry.uid for entry in _all(calendar))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
