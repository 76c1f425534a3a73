"""Bringing a published version back: what is to come stands as it stood there, what has begun stays as it is."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession, PlannedWork, Revision
from calendars.change_words import what_of
from calendars.clock import Dates
from calendars.faults import Fault, FaultyInput
from calendars.inheritance import Births, follow
from calendars.pins import pins_of, reason_of
from calendars.saving import calendar_of, host_runs
from calendars.timetable import Timetable
from calendars.wording import Message, render, say
from constraints.rule import Breach
from scheduler.amending import amended
from scheduler.following import holding
from scheduler.problem import Problem
from scheduler.publishing import certified, published_past
from scheduler.verdict import breaches, estranged, judged
from scheduler.year import files_of

Entry = PlacedSession | PlacedDays | PlannedWork
E = TypeVar("E", PlacedSession, PlacedDays, PlannedWork)
P = TypeVar("P", PlacedSession, PlacedDays)

_WHERE = ("start", "end", "trainers", "first", "last", "place", "minutes")
"""What of an entry is brought back; its titles and people are of today."""


@dataclass(frozen=True)
class Restored:
    """A draft that brings a version back, and its files by path; no files where breaches forbid it."""

    calendar: Calendar
    breaches: tuple[Breach, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)


def version_named(published: Calendar, text: str, folder: Path) -> int:
    """The number of a version, counted from 1, that goes by this name or this number.

    Raises:
        FaultyInput: where there is none.
    """
    names = [version.name for version in published.versions]
    if text in names:
        return names.index(text) + 1
    if text.isdecimal() and 1 <= int(text) <= len(names):
        return int(text)
    known = tuple(
        say("{number} “{name}”", number=number, name=version.name)
        for number, version in enumerate(published.versions, 1)
    )
    unknown = say("has no version {version}; there are {known}", version=text, known=known)
    raise FaultyInput([Fault(unknown, (), str(folder))])


def ensure_published(calendar: Calendar, path: Path) -> None:
    """Raises FaultyInput where a calendar is a draft, which nothing is brought back into."""
    if calendar.draft or not calendar.versions:
        why = say("is a draft, not what is published; give the folder that publish wrote")
        raise FaultyInput([Fault(why, (), str(path))])


def restore(
    problem: Problem, published: Calendar, number: int, version: Calendar, day: date, language: str, path: Path
) -> Restored:
    """A draft that follows what is published, and has what a version has, as far as that is still to come.

    Sessions and blocks are those of the same UID. What has begun before the day stays as it is published. Of the rest
    each stands as in the version, or, where it would have begun there, as it is published; what the version does not
    have is cancelled. The host days of an internship and the self-paced work of a part go by days and weeks: they are
    the version's from the day on, where as much of them lies before it in both, else all stay as published. What
    happened in the year and was not known to the version is withdrawn; what it knew holds or not as it did there.

    Args:
        problem: the programme and its rules.
        published: what people know.
        number: that of the version, from 1.
        version: what is brought back.
        day: before which nothing changes; time stamps bear it.
        language: of the report.
        path: where `published` was read.

    Raises:
        FaultyInput: where something pinned would have to move.
    """
    draft = _Return(problem, published, version, day).draft()
    faults = [Fault(message, (), str(path)) for message in _unpinned(draft, published)]
    if faults:
        raise FaultyInput(faults)
    name = published.versions[number - 1].name
    brought_back = Revision(day=day, why=render(say("version “{name}” brought back", name=name), published.language))
    history = (*_history(published.history, version.history, day), brought_back)
    draft = follow(draft.model_copy(update={"history": history}), published, day)
    problem = amended(problem, draft)
    bound = holding(problem, published, day, path)
    past = published_past(bound, published)
    found = (*breaches(bound, judged(bound, draft)), *estranged(bound, draft))
    if new := tuple(breach for breach in found if breach not in past):
        return Restored(draft, new)
    draft = certified(problem, draft)
    return Restored(draft, (), files_of(problem, draft, language, found))


@dataclass(frozen=True)
class _Return:
    """From what is published back to what a version has, from a day on."""

    problem: Problem
    published: Calendar
    version: Calendar
    day: date

    def draft(self) -> Calendar:
        """What stands, under the UIDs of what is published, nothing of it stamped yet."""
        now, then = self.published, self.version
        births = Births(now, self.day, now.births, _by_uid(now).keys())
        sessions = self._brought_back(now.sessions, then.sessions, births)
        blocks = self._brought_back(_blocks(now), _blocks(then), births)
        made = calendar_of(self.problem.programme, Timetable(()), now.certificate, self.day, now.seed)
        entries = {
            "sessions": tuple(_numbered(sessions)),
            "days": (*blocks, *self._host_days(births)),
            "work": tuple(self._work()),
        }
        titles = {kind: now.titles.get(kind, {}) | own for kind, own in made.titles.items()}
        rest = {"births": births.given, "holds": now.holds, "titles": titles}
        return made.model_copy(update=entries | rest)

    def _brought_back(self, now: Sequence[P], then: Sequence[P], births: Births) -> list[P]:
        known, wanted = {entry.uid: entry for entry in now}, {entry.uid: entry for entry in _live(then)}
        found = []
        for uid, entry in known.items():
            begun = entry.state != "cancelled" and self._has_begun(entry)
            if not begun and uid in wanted and not self._has_begun(wanted[uid]):
                found.append(_standing_as(entry, wanted[uid]))
            elif begun or (uid in wanted and entry.state != "cancelled"):
                found.append(entry)
        gone = (entry for uid, entry in wanted.items() if uid not in known and not self._has_begun(entry))
        return found + [births.born(entry) for entry in gone]

    def _has_begun(self, entry: PlacedSession | PlacedDays) -> bool:
        return _first_day(entry) < self.day

    def _host_days(self, births: Births) -> Iterator[PlacedDays]:
        now, then = ([run for run in each.days if run.kind == "internship"] for each in (self.published, self.version))
        known = {run.uid: run for run in now}
        for key in dict.fromkeys(run.source for run in (*now, *then)):
            standing, wanted = ({day: run for run in _live_of(key, runs) for day in _days(run)} for runs in (now, then))
            days = self._from_the_day_on(standing, wanted, len)
            used = set[str]()
            for dates in host_runs(sorted(days)):
                run = next((run for day in dates.days() if (run := days[day]).uid not in used), None)
                named = births.born(days[dates.first]) if run is None else known.get(run.uid) or births.born(run)
                used.add(named.uid if run is None else run.uid)
                yield _standing_as(named, named.model_copy(update={"first": dates.first, "last": dates.last}))

    def _work(self) -> Iterator[PlannedWork]:
        now, then = self.published.work, self.version.work
        for key in dict.fromkeys((work.part, work.groups) for work in (*now, *then)):
            standing, wanted = (
                {work.monday: work for work in _live(works) if (work.part, work.groups) == key} for works in (now, then)
            )
            for monday, work in self._from_the_day_on(standing, wanted, _minutes).items():
                yield _standing_as(standing.get(monday) or work.model_copy(update={"state": "cancelled"}), work)

    def _from_the_day_on(
        self, now: Mapping[date, E], then: Mapping[date, E], amount: Callable[[Sequence[E]], int]
    ) -> Mapping[date, E]:
        """What there is now before the day and was then from it on; all of now where that makes another amount."""
        before, early = ([entry for day, entry in each.items() if day < self.day] for each in (now, then))
        if amount(before) != amount(early):
            return now
        past = {day: entry for day, entry in now.items() if day < self.day}
        return past | {day: entry for day, entry in then.items() if day >= self.day}


def _standing_as(entry: E, wanted: E) -> E:
    return entry.model_copy(update=_where(wanted) | ({"state": "planned"} if entry.state == "cancelled" else {}))


def _where(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in _WHERE if name in type(entry).model_fields}


def _numbered(sessions: Iterable[PlacedSession]) -> Iterator[PlacedSession]:
    """The sessions of each part by date."""
    parts: dict[str, list[PlacedSession]] = {}
    for session in sessions:
        parts.setdefault(session.part, []).append(session)
    for of_part in parts.values():
        for number, session in enumerate(sorted(of_part, key=lambda each: (each.start, each.end)), 1):
            yield session.model_copy(update={"number": number})


def _unpinned(draft: Calendar, published: Calendar) -> Iterator[Message]:
    """What is pinned where the draft does not have it."""
    standing = _by_uid(draft)
    for pin, entry in pins_of(published):
        if entry.uid not in standing or _where(standing[entry.uid]) != _where(entry):
            yield say(
                "{name} is {reason}, and the version does not have it there; take the pin off with pin --remove",
                name=what_of(entry),
                reason=reason_of(pin),
            )


def _history(now: Sequence[Revision], then: Sequence[Revision], day: date) -> Iterator[Revision]:
    """What happened by now, of which so much holds as did then."""
    known = [(_of_itself(each), each.withdrawn) for each in then]
    for each in now:
        own = _of_itself(each)
        withdrawn = next((since for one, since in known if one == own), each.withdrawn or day)
        yield own.model_copy(update={"withdrawn": withdrawn})


def _of_itself(revision: Revision) -> Revision:
    return revision.model_copy(update={"withdrawn": None})


def _by_uid(calendar: Calendar) -> dict[str, Entry]:
    every: tuple[Entry, ...] = (*calendar.sessions, *calendar.days, *calendar.work)
    return {entry.uid: entry for entry in every}


def _blocks(calendar: Calendar) -> tuple[PlacedDays, ...]:
    return tuple(run for run in calendar.days if run.kind != "internship")


def _live(entries: Iterable[E]) -> list[E]:
    return [entry for entry in entries if entry.state != "cancelled"]


def _live_of(source: str, runs: Iterable[PlacedDays]) -> list[PlacedDays]:
    return [run for run in _live(runs) if run.source == source]


def _first_day(entry: PlacedSession | PlacedDays) -> date:
    return entry.start.date() if isinstance(entry, PlacedSession) else entry.first


def _days(run: PlacedDays) -> Iterator[date]:
    return Dates(run.first, run.last).days()


def _minutes(works: Sequence[PlannedWork]) -> int:
    return sum(work.minutes for work in works)
