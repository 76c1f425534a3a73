"""Two calendars of one programme side by side in time: what differs, what it costs or gains, and whom it concerns."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property

from calendars.calendar_file import Calendar, LevelRecord, PlacedSession, PlannedWork, Revision
from calendars.changes import Change, Kind, Placed, changes
from calendars.readers import FOLDERS, Reader, readers_of, subjects

Titles = Mapping[str, Mapping[str, str]]
"""Of groups, trainers and places, by key."""


@dataclass(frozen=True)
class WorkChange:
    """The self-paced work of a module and its groups in a week, in minutes before and after, 0 for none.

    `uids` are those of its entries in either calendar.
    """

    monday: date
    module: str
    module_title: str
    groups: tuple[str, ...]
    uids: tuple[str, ...]
    before: int
    after: int

    @property
    def when(self) -> datetime:
        """Its place in an order of time: the beginning of the week."""
        return datetime.combine(self.monday, time())


@dataclass(frozen=True)
class LevelChange:
    """A level of both certificates, or of one alone where the other has none of these rules; `proved` is of the new."""

    rank: int
    rules: tuple[str, ...]
    before: int | None
    after: int | None
    proved: bool

    @property
    def difference(self) -> int | None:
        """What the new calendar costs more, or less than nothing where it gains; None where one has no such level."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class Seen:
    """A change as a reader sees it: `own` lacks a side that does not concern them."""

    change: Change
    own: Change

    @property
    def kind(self) -> Kind:
        """What became of the entry for this reader."""
        match self.own.kind:
            case Kind.NEW if self.change.before is not None:
                return Kind.GAINED
            case Kind.CALLED_OFF if self.change.after is not None:
                return Kind.LOST
            case kind:
                return kind

    @property
    def when(self) -> datetime:
        """Its place in an order of time."""
        return self.own.when


@dataclass(frozen=True)
class Touched:
    """A reader whom something concerns, with all of it, each sort in order of time."""

    reader: Reader
    seen: tuple[Seen, ...]
    work: tuple[WorkChange, ...]

    @property
    def total(self) -> int:
        """How many entries and weeks of work of a module differ for this reader."""
        return len(self.seen) + len(self.work)

    def count(self, kind: Kind) -> int:
        """How many entries became so for this reader."""
        return sum(each.kind == kind for each in self.seen)


@dataclass(frozen=True)
class Comparison:
    """What differs from one calendar to another. `since` is what the new one tells of the year, and the old one not."""

    before: Calendar
    after: Calendar
    changes: tuple[Change, ...]
    work: tuple[WorkChange, ...]
    levels: tuple[LevelChange, ...]
    since: tuple[Revision, ...]
    touched: tuple[Touched, ...]

    @property
    def same(self) -> bool:
        """Whether everything stands as it stood."""
        return not (self.changes or self.work)

    @cached_property
    def titles(self) -> Titles:
        """The titles of groups, trainers and places in both; what has another title bears the new one."""
        return titles_of(self.before, self.after)

    def count(self, kind: Kind) -> int:
        """How many sessions and runs of days became so."""
        return sum(change.kind == kind for change in self.changes)


def compare(before: Calendar, after: Calendar) -> Comparison:
    """What differs from one calendar of a programme to a later one; whom it concerns, most concerned first.

    Entries are the same where they bear the same UID. A student is concerned by what happens to the groups that they
    are in by the later calendar that lists them; that they are in other groups than before is not told.
    """
    found, work = changes(after, before), tuple(_work_changes(before, after))
    return Comparison(
        before=before,
        after=after,
        changes=found,
        work=work,
        levels=_level_changes(before.certificate.levels, after.certificate.levels),
        since=tuple(each for each in after.history if each not in before.history),
        touched=_touched(before, after, found, work),
    )


def titles_of(before: Calendar, after: Calendar) -> Titles:
    """The titles of groups, trainers and places in two calendars, those of the later one first."""
    return {kind: {**before.titles.get(kind, {}), **after.titles.get(kind, {})} for kind in FOLDERS}


WorkKey = tuple[date, str, tuple[str, ...]]
"""Monday, module and groups."""


def work_by_week(calendar: Calendar) -> dict[WorkKey, tuple[PlannedWork, ...]]:
    """The self-paced work that stands in a calendar, by week, module and groups, in order of these."""
    found = defaultdict[WorkKey, list[PlannedWork]](list)
    for work in calendar.work:
        if work.state != "cancelled":
            found[work.monday, work.module, work.groups].append(work)
    return {key: tuple(found[key]) for key in sorted(found)}


def _work_changes(before: Calendar, after: Calendar) -> Iterator[WorkChange]:
    then, now = work_by_week(before), work_by_week(after)
    for key in sorted(then.keys() | now.keys()):
        old, new = then.get(key, ()), now.get(key, ())
        minutes = sum(each.minutes for each in old), sum(each.minutes for each in new)
        if minutes[0] != minutes[1]:
            monday, module, groups = key
            uids = tuple(dict.fromkeys(each.uid for each in (*old, *new)))
            yield WorkChange(monday, module, (new or old)[0].module_title, groups, uids, *minutes)


def _level_changes(before: Sequence[LevelRecord], after: Sequence[LevelRecord]) -> tuple[LevelChange, ...]:
    """Levels of the same rank and rules are one; level 0, few changes, says nothing of how good a year is."""
    old, new = ({(each.rank, each.rules): each for each in some if each.rank} for some in (before, after))
    return tuple(
        LevelChange(
            *key,
            before=old[key].value if key in old else None,
            after=new[key].value if key in new else None,
            proved=key in new and new[key].proved,
        )
        for key in sorted(old.keys() | new.keys())
    )


def _touched(
    before: Calendar, after: Calendar, found: Sequence[Change], work: Sequence[WorkChange]
) -> tuple[Touched, ...]:
    readers = {(reader.folder, reader.key): reader for reader in (*readers_of(before), *readers_of(after))}
    every = (_touching(reader, found, work) for reader in readers.values())
    touched = [each for each in every if each.seen or each.work]
    order = {folder: number for number, folder in enumerate(FOLDERS)}
    return tuple(sorted(touched, key=lambda each: (-each.total, order[each.reader.folder])))


def _touching(reader: Reader, found: Sequence[Change], work: Sequence[WorkChange]) -> Touched:
    seen = []
    for change in found:
        own = _concerning(reader, change.before), _concerning(reader, change.after)
        if any(own):
            seen.append(Seen(change, Change(*own)))
    concerned = (each for each in work if subjects(each.groups, (), None) & reader.follows)
    return Touched(reader, tuple(seen), tuple(concerned))


def _concerning(reader: Reader, entry: Placed | None) -> Placed | None:
    """An entry, if the reader sees it."""
    if entry is None:
        return None
    own = (entry.trainers, entry.place, entry.student) if isinstance(entry, PlacedSession) else ((), entry.place)
    return entry if subjects(entry.groups, *own) & reader.follows else None
