"""What a changes file means for a calendar: what is recorded for good, and what is asked for."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from calendars.amending import amended
from calendars.calendar_file import (
    Away,
    BarredSlot,
    Calendar,
    Closed,
    PlacedSession,
    PlannedWork,
    Revision,
    SchoolHoliday,
    Struck,
)
from calendars.changes_file import ChangesFile
from calendars.clock import minute_of, moment_of, start_of
from calendars.faults import Fault, FaultyInput, Path, with_nearest
from calendars.naming import name_of, when_of
from calendars.programme import Programme
from calendars.saving import placement_of, standing
from calendars.wording import Message, say
from constraints.availability import Availability
from constraints.days_off import DaysOff
from constraints.pinned import Pinned
from constraints.rule import Rule
from scheduler.asked import Standing, candidate_at, entry_named
from scheduler.problem import Problem


@dataclass(frozen=True)
class Happened:
    """What changes mean for a calendar.

    `asked` are slots that are to be taken.
    """

    revision: Revision
    asked: tuple[Pinned, ...] = ()


def happened(changes: ChangesFile, problem: Problem, calendar: Calendar, day: date) -> Happened:
    """What changes mean for a calendar of a problem on a day, before which all has taken place.

    Raises:
        FaultyInput: with all that does not fit the programme or the calendar; faults have the keys of the file.
    """
    reader = _Reader(changes, problem, calendar, day)
    found = reader.read()
    if reader.faults:
        raise FaultyInput(reader.faults)
    return found


@dataclass
class _Reader:
    """Goes through a changes file, and gathers its faults."""

    changes: ChangesFile
    problem: Problem
    calendar: Calendar
    day: date
    faults: list[Fault] = field(default_factory=list)
    asked: list[Pinned] = field(default_factory=list)

    @cached_property
    def _days_off(self) -> Revision:
        """What the changes tell of days, on which depends how long blocks are."""
        return Revision(
            day=self.day,
            struck=tuple(Struck(**dict(one)) for one in self.changes.struck),
            school_holidays=tuple(SchoolHoliday(**dict(one)) for one in self.changes.school_holidays),
        )

    @cached_property
    def _programme(self) -> Programme:
        """The programme with the days off that the changes tell of."""
        return amended(self.problem.programme, [self._days_off])

    def read(self) -> Happened:
        changes = self.changes
        tables = (name for name in ChangesFile.model_fields if name != "why")
        if not any(getattr(changes, name) for name in tables):
            self._refuse((), say("tells of no change: write one as [[away]], [[struck]], [[move]] or the like"))
        self._ensure_names()
        moves = self._named("move", [one.session for one in changes.move], self._moving)
        missed = self._named("missed", [one.session for one in changes.missed], self._missing)
        called_off = self._named("cancel", [one.session for one in changes.cancel], self._session)
        self._ensure_each_once({"move": moves, "missed": missed, "cancel": called_off})
        asked = {place: self._asked(place, entry) for place, entry in moves.items()}
        for place in range(len(changes.add)):
            self._ask_for_added(place)
        more = Counter[str]()
        for one in changes.add:
            more[one.part] += one.sessions
        more.subtract(entry.activity for entry in called_off.values())
        return Happened(
            Revision(
                day=self.day,
                why=changes.why,
                away=tuple(Away(**dict(one)) for one in changes.away),
                closed=tuple(Closed(**dict(one)) for one in changes.closed),
                struck=self._days_off.struck,
                school_holidays=self._days_off.school_holidays,
                barred=(
                    *(slot for place, entry in moves.items() for slot in _barred(entry, asked[place])),
                    *(slot for entry in called_off.values() if not self._has_begun(entry) for slot in _barred(entry)),
                ),
                sessions={part: count for part, count in more.items() if count},
                missed=tuple(entry.uid for entry in missed.values()),
                called_off=tuple(entry.uid for entry in called_off.values()),
                moved=tuple(entry.uid for entry in moves.values()),
            ),
            asked=tuple(self.asked),
        )

    def _ensure_names(self) -> None:
        """Every trainer, place and zone is one of the programme, and the law that looks at it is declared there."""
        programme = self.problem.programme
        zones = {zone for group in programme.groups.values() for zone in group.school_zones}
        for place, away in enumerate(self.changes.away):
            self._ensure_known(("away", place, "trainer"), away.trainer, [*programme.trainers], Availability)
        for place, closed in enumerate(self.changes.closed):
            self._ensure_known(("closed", place, "place"), closed.place, [*programme.places], Availability)
        for place, _ in enumerate(self.changes.struck):
            self._ensure_declared(("struck", place), DaysOff)
        for place, period in enumerate(self.changes.school_holidays):
            self._ensure_known(("school_holidays", place, "zone"), period.zone, sorted(zones), DaysOff)
        for place, one in enumerate(self.changes.add):
            self._ensure_known(("add", place, "part"), one.part, [*programme.parts], None)

    def _ensure_known(self, path: Path, name: str, known: Sequence[str], law: type[Rule] | None) -> None:
        if name not in known:
            unknown = say("the programme has no {name}", name=name)
            self._refuse(path, with_nearest(unknown, name, known))
        elif law is not None:
            self._ensure_declared(path[:-1], law)

    def _ensure_declared(self, path: Path, law: type[Rule]) -> None:
        if not any(isinstance(rule, law) for rule in self.problem.rules):
            declare = say("the programme does not declare [laws.{law}], which looks at this; declare it", law=law.name)
            self._refuse(path, declare)

    def _named(
        self, table: str, names: Sequence[str], judge: Callable[[Standing], Message | None]
    ) -> dict[int, Standing]:
        """By place in a table the entry that is named there, if it may be."""
        found = {}
        for place, name in enumerate(names):
            path: Path = (table, place, "session")
            try:
                entry = entry_named(self.calendar, name)
            except FaultyInput as error:
                self.faults += (Fault(fault.message, path) for fault in error.faults)
                continue
            wrong = judge(entry)
            if wrong is None:
                found[place] = entry
            else:
                self._refuse(path, wrong)
        return found

    def _moving(self, entry: Standing) -> Message | None:
        if self._has_begun(entry):
            return self._told(entry, say("it has begun, and does not move any more; if it was missed, say [[missed]]"))
        if entry.activity not in self.problem.programme.activities:
            return self._told(entry, say("the programme file has it no more"))
        return None

    def _missing(self, entry: Standing) -> Message | None:
        if isinstance(entry, PlacedSession) and not self._has_begun(entry):
            return self._told(entry, say("it is still to come; say [[move]] or [[cancel]]"))
        return self._session(entry)

    def _session(self, entry: Standing) -> Message | None:
        if not isinstance(entry, PlacedSession):
            return self._told(entry, say("it is no session"))
        if entry.activity not in self.problem.programme.parts:
            return self._told(entry, say("the programme file has it no more"))
        return None

    def _ensure_each_once(self, tables: Mapping[str, Mapping[int, Standing]]) -> None:
        seen = set[str]()
        for table, entries in tables.items():
            for place, entry in entries.items():
                if entry.uid in seen:
                    twice = say("it is named twice; keep one of the two")
                    self._refuse((table, place, "session"), self._told(entry, twice))
                seen.add(entry.uid)

    def _asked(self, place: int, entry: Standing) -> Pinned | None:
        to = self.changes.move[place].to
        return None if to is None else self._slot(("move", place, "to"), entry.activity, to)

    def _ask_for_added(self, place: int) -> None:
        one = self.changes.add[place]
        if one.at is not None and one.part in self.problem.programme.parts:
            self._slot(("add", place, "at"), one.part, one.at)

    def _slot(self, path: Path, activity: str, moment: datetime) -> Pinned | None:
        """What is asked for, at a time to come at which nothing of the activity stands."""
        programme = self._programme
        try:
            span = candidate_at(programme, programme.activities[activity], minute_of(moment))
        except FaultyInput as error:
            self.faults += (Fault(fault.message, path) for fault in error.faults)
            return None
        if span.start < start_of(self.day):
            self._refuse(path, say("{moment} lies before {day}, the day of the change", moment=moment, day=self.day))
            return None
        for entry in standing(self.calendar):
            if not isinstance(entry, PlannedWork) and placement_of(entry)[:2] == (span, activity):
                self._refuse(path, self._told(entry, say("it stands there already")))
        asked = Pinned(activity=activity, span=span)
        if asked in self.asked:
            self._refuse(path, say("{moment} is asked for twice; keep one of the two", moment=moment))
        self.asked.append(asked)
        return asked

    def _has_begun(self, entry: Standing) -> bool:
        return placement_of(entry).span.start < start_of(self.day)

    def _told(self, entry: Standing, wrong: Message) -> Message:
        activity = self.problem.programme.activities.get(entry.activity)
        if activity is None:
            return say("{name}: {wrong}", name=entry.title, wrong=wrong)
        span = placement_of(entry).span
        told = {"name": name_of(self.problem.programme, activity), "when": when_of(activity, span)}
        return say("{name} {when}: {wrong}", wrong=wrong, **told)

    def _refuse(self, path: Path, message: Message) -> None:
        self.faults.append(Fault(message, path))


def _barred(entry: Standing, asked: Pinned | None = None) -> Iterator[BarredSlot]:
    """Where an entry stood, but for what it shares with where it is to go; nothing where that is all of it."""
    start, end = placement_of(entry).span
    if asked is not None and start < asked.span.start < end:
        end = asked.span.start
    elif asked is not None and asked.span.start <= start < asked.span.end:
        start = min(end, asked.span.end)
    if start < end:
        yield BarredSlot(activity=entry.activity, start=moment_of(start), end=moment_of(end))
