"""Whatever stands on the page, each thing with its place on it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession, PlannedWork
from calendars.clock import Dates, monday_of, week_dates
from calendars.days_off import school_year_of
from calendars.holding import live_holds
from calendars.naming import KINDS
from calendars.wording import render


@dataclass(frozen=True)
class Entry:
    """A session, a run of days, or the self-paced work of a module in a week, as the page shows it.

    `anchor` is its place on the page; `code` stands for its module, `series` for its number among its like. A session
    that is `tentative` is to be confirmed; where it is `on_hold`, only a slot is kept free for it.
    """

    anchor: str
    kind: str
    dates: Dates
    title: str
    groups: tuple[str, ...]
    module: str = ""
    module_title: str = ""
    code: str = ""
    series: str = ""
    trainers: tuple[str, ...] = ()
    place: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    minutes: int = 0
    cancelled: bool = False
    tentative: bool = False
    on_hold: bool = False

    @property
    def stands(self) -> bool:
        """Whether the entry counts: it is neither cancelled nor a mere slot."""
        return not (self.cancelled or self.on_hold)

    @property
    def monday(self) -> date:
        """The week that the entry begins in."""
        return monday_of(self.dates.first)

    @property
    def month(self) -> date:
        """The first day of the month that the entry begins in."""
        return self.dates.first.replace(day=1)

    @property
    def is_session(self) -> bool:
        """Whether the entry has a time of day."""
        return self.start is not None

    @property
    def subjects(self) -> dict[str, tuple[str, ...]]:
        """What the entry is found under; a session without a trainer, or without a place, under the empty key."""
        found = {"group": self.groups}
        if self.module:
            found["module"] = (self.module,)
        if self.is_session:
            found["trainer"] = self.trainers or ("",)
        if self.is_session or self.place:
            found["place"] = (self.place or "",)
        return found


@dataclass(frozen=True)
class Entries:
    """Everything that a calendar holds, each kind of entry in order of time."""

    sessions: tuple[Entry, ...]
    runs: tuple[Entry, ...]
    works: tuple[Entry, ...]

    @property
    def all(self) -> tuple[Entry, ...]:
        """Sessions, runs and works."""
        return (*self.sessions, *self.runs, *self.works)

    @property
    def live(self) -> "Entries":
        """The same without what is cancelled, and without slots on hold."""
        kept = (tuple(each for each in some if each.stands) for some in (self.sessions, self.runs, self.works))
        return Entries(*kept)

    @property
    def dates(self) -> Dates | None:
        """From the first to the last day of anything; None in an empty calendar."""
        every = [entry.dates for entry in self.all]
        return Dates(min(dates.first for dates in every), max(dates.last for dates in every)) if every else None


def entries_of(calendar: Calendar, language: str) -> Entries:
    """Everything that a calendar holds, in the words of a reader of `language` where it has no title."""
    codes = codes_of(module_titles(calendar))
    series = _series(calendar)
    held = live_holds(calendar)
    in_question, on_hold = {hold.session for hold, _ in held}, {hold.uid for hold, _ in held}
    slots = (hold.as_session(session) for hold, session in held)
    sessions = sorted((*calendar.sessions, *slots), key=lambda session: (session.start, session.part, session.uid))
    runs = sorted(calendar.days, key=lambda run: (run.first, run.last, run.source, run.uid))
    works = sorted(calendar.work, key=lambda work: (work.monday, work.part, work.uid))
    return Entries(
        tuple(
            replace(
                _session(f"s{n}", each, series, codes, language),
                tentative=each.uid in in_question | on_hold,
                on_hold=each.uid in on_hold,
            )
            for n, each in enumerate(sessions, 1)
        ),
        tuple(_run(f"d{n}", each) for n, each in enumerate(runs, 1)),
        tuple(_work(f"w{n}", each, codes, calendar.dates) for n, each in enumerate(works, 1)),
    )


def _series(calendar: Calendar) -> Counter[str]:
    """The last number of a session in each part; none of a cancelled one."""
    last: Counter[str] = Counter()
    for session in calendar.sessions:
        if session.state != "cancelled":
            last[session.part] = max(last[session.part], session.number)
    return last


def _session(
    anchor: str, session: PlacedSession, series: Counter[str], codes: Mapping[str, str], language: str
) -> Entry:
    last, cancelled = series[session.part], session.state == "cancelled"
    return Entry(
        anchor,
        session.kind,
        Dates(session.start.date(), session.start.date()),
        session.title or render(KINDS[session.kind], language),
        session.groups,
        module=session.module,
        module_title=session.module_title,
        code=codes[session.module],
        series="" if cancelled or last == 1 else f"{session.number}/{last}",
        trainers=session.trainers,
        place=session.place,
        start=session.start,
        end=session.end,
        minutes=round((session.end - session.start).total_seconds() / 60),
        cancelled=cancelled,
    )


def _run(anchor: str, run: PlacedDays) -> Entry:
    dates, cancelled = Dates(run.first, run.last), run.state == "cancelled"
    return Entry(anchor, run.kind, dates, run.title, run.groups, place=run.place, cancelled=cancelled)


def _work(anchor: str, work: PlannedWork, codes: Mapping[str, str], programme: Dates) -> Entry:
    week = week_dates(work.monday)
    cut = week.meet(programme)
    return Entry(
        anchor,
        "distance-work",
        cut if cut.first <= cut.last else week,
        work.title,
        work.groups,
        module=work.module,
        module_title=work.module_title,
        code=codes[work.module],
        minutes=work.minutes,
        cancelled=work.state == "cancelled",
    )


def module_titles(calendar: Calendar) -> dict[str, str]:
    """The title of each module by its key, in the order of the calendar; of equal ones with their academic years."""
    titles = {session.module: session.module_title for session in calendar.sessions}
    titles |= {work.module: work.module_title for work in calendar.work}
    times = Counter(titles.values())
    years = _academic_years(calendar)
    return {key: f"{title} ({years[key]})" if times[title] > 1 else title for key, title in titles.items()}


def _academic_years(calendar: Calendar) -> dict[str, str]:
    """From the first to the last academic year of each module: "2026-2027"."""
    years: defaultdict[str, set[int]] = defaultdict(set)
    for session in calendar.sessions:
        years[session.module].add(school_year_of(session.start.date()))
    for work in calendar.work:
        years[work.module].add(school_year_of(work.monday))
    return {module: f"{min(found)}-{max(found) + 1}" for module, found in years.items()}


def codes_of(titles: Mapping[str, str]) -> dict[str, str]:
    """Two or three letters for each module, from its title, no two alike."""
    codes: dict[str, str] = {}
    for key, title in titles.items():
        codes[key] = next(code for code in _possible_codes(title) if code not in codes.values())
    return codes


def _possible_codes(title: str) -> Iterator[str]:
    """The first letters of the first word, or of each long word, or letters with a number."""
    words = ["".join(filter(str.isalnum, word)).upper() for word in title.replace("'", " ").replace("’", " ").split()]
    long = [word for word in words if len(word) > 3] or [word for word in words if word] or ["M"]
    initials = "".join(word[0] for word in long)
    yield long[0][:3]
    yield from (initials[:3], long[0][:2] + long[-1][0])[: len(long[1:]) * 2]
    yield from (f"{long[0][0]}{number}" for number in range(2, 1000))
