"""The page of a calendar, `calendar.html`: a year planner, each week in detail, and a list for everyone concerned.

The page stands alone: style and script are inside, nothing is fetched, and it reads well without the script, which
only filters and shows notes. It names roles, as the calendar does. The same calendar gives the same bytes. Sources:
`templates/page.html`, `page.css` and `page.js`.
"""

from base64 import b64encode
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from babel.dates import format_date, format_interval
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession, PlannedWork
from calendars.clock import Dates, monday_of, week_dates
from calendars.days_off import DayOff
from calendars.naming import KINDS
from calendars.wording import render, say, short_day, show

SOURCES = Path(__file__).with_name("templates")

_MONTHS_ABREAST = 14
"""Months that a sheet of paper shows side by side; a longer calendar has several sheets of equal width."""

_LETTERS = {
    "virtual-class": say("V"),
    "course": say("C"),
    "distance-work": say("W"),
    "intensive-week": say("IW"),
    "seminar": say("RS"),
    "internship": say("In"),
    "exam": say("E"),
    "defence": say("D"),
    "meeting": say("M"),
    "milestone": say("Mi"),
}
"""What tells the kinds apart where there is no colour; each is shown beside its kind in the legend."""

_OFF = {
    "public": say("public holiday"),
    "school": say("school holidays"),
    "closure": say("closure"),
    "projected": say("projected holidays, to be confirmed"),
}

_WORDS = {
    "all": say("Show everything"),
    "any_group": say("Several groups may be chosen: a group and its sub-groups together make the year of a student."),
    "date": say("Date"),
    "filters": say("Show only"),
    "group": say("Group"),
    "groups": say("By group"),
    "hour": say("Time"),
    "hours": say("Hours"),
    "kind": say("Kind"),
    "legend": say("Legend"),
    "module": say("Module"),
    "modules": say("By module"),
    "nobody": say("(no trainer named)"),
    "nothing": say("Nothing matches this choice."),
    "parts": say("Parts of the page"),
    "day_count": say("days"),
    "place": say("Place"),
    "planner": say("Year"),
    "sessions": say("Sessions"),
    "skip": say("Skip the planner"),
    "sum": say("sum over several groups"),
    "total": say("Total"),
    "trainer": say("Trainer"),
    "trainers": say("By trainer"),
    "weeks": say("Week by week"),
    "work": say("self-paced work of the week"),
    "working": say("self-paced work"),
}


@dataclass(frozen=True)
class Entry:
    """A session, a run of days, or the self-paced work of a module in a week, as the page shows it.

    `anchor` is its place on the page; `code` stands for its module, `series` for its number among its like.
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

    @property
    def monday(self) -> date:
        """The week that the entry begins in."""
        return monday_of(self.dates.first)

    @property
    def month(self) -> date:
        """The first day of the month that the entry begins in."""
        return self.dates.first.replace(day=1)

    @property
    def counted(self) -> int:
        """Minutes in the sums: a cancelled entry has none."""
        return 0 if self.cancelled else self.minutes


@dataclass(frozen=True)
class Band:
    """The piece of a run of days that a day shows; bands that meet lie in lanes of their own.

    A run of days is `named` once, on a day that has room for it.
    """

    entry: Entry
    lane: int
    first: bool
    named: bool


@dataclass(frozen=True)
class Off:
    """Why a day is off; it `heads` the days that are off for the same reason, so there the planner tells it."""

    marks: tuple[str, ...]
    names: str
    heads: bool


@dataclass(frozen=True)
class Cell:
    """A day of the planner; `works` are those of the week, which its Saturday shows."""

    day: date
    chips: tuple[Entry, ...]
    bands: tuple[Band, ...]
    off: Off | None
    works: tuple[Entry, ...]

    @property
    def lanes(self) -> int:
        """Lanes that the day needs for its bands."""
        return 1 + max((band.lane for band in self.bands), default=-1)


@dataclass(frozen=True)
class Planner:
    """Months side by side, and under each the same day of all of them in a row; None where a month has no such day."""

    months: tuple[date, ...]
    rows: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True)
class Day:
    """A day in the detail of a week."""

    day: date
    sessions: tuple[Entry, ...]
    off: Off | None


@dataclass(frozen=True)
class Week:
    """A week in detail: runs of days cut to it, its days, and its self-paced work."""

    dates: Dates
    runs: tuple[tuple[Entry, Dates], ...]
    days: tuple[Day, ...]
    works: tuple[Entry, ...]


@dataclass(frozen=True)
class Listing:
    """The entries of one module, trainer or group, in order of time."""

    key: str
    title: str
    code: str
    entries: tuple[Entry, ...]
    works: tuple[Entry, ...]


@dataclass(frozen=True)
class Entries:
    """Everything that a calendar holds, each kind of entry in order of time."""

    sessions: tuple[Entry, ...]
    runs: tuple[Entry, ...]
    works: tuple[Entry, ...]

    @property
    def dates(self) -> Dates | None:
        """From the first to the last day of anything; None in an empty calendar."""
        every = [entry.dates for entry in (*self.sessions, *self.runs, *self.works)]
        return Dates(min(dates.first for dates in every), max(dates.last for dates in every)) if every else None


def page(calendar: Calendar, language: str) -> bytes:
    """The page of a calendar for a reader of `language`."""
    entries = _entries(calendar, language)
    off = _offs(calendar.days_off)
    script = (SOURCES / "page.js").read_text("utf-8")
    template = _environment(language).get_template("page.html")
    html = template.render(
        calendar=calendar,
        language=language,
        as_of=say("Made as of {day}.", day=calendar.as_of),
        style=Markup((SOURCES / "page.css").read_text("utf-8")),
        script=Markup(script),
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
        words={name: render(message, language) for name, message in _WORDS.items()},
        kinds={kind: (_LETTERS[kind], name) for kind, name in KINDS.items() if kind in _kinds_of(entries)},
        off_marks={mark: name for mark, name in _OFF.items() if any(mark in day.marks for day in off.values())},
        entries=entries,
        planners=list(_planners(entries, off)),
        weeks=list(_weeks(entries, off)),
        modules=_modules(calendar, entries),
        trainers=_trainers(calendar, entries),
        groups=_groups(calendar, entries),
    )
    return html.encode()


@cache
def _environment(language: str) -> Environment:
    """Jinja with the values of a calendar in the reader's language; whatever a person wrote is escaped."""
    environment = Environment(
        loader=FileSystemLoader(SOURCES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    locale = {"fr": "fr_FR", "en": "en_GB"}[language]
    environment.filters |= {
        "show": lambda value: show(value, language),
        "short_day": cache(lambda day: short_day(day, language)),
        "week_name": lambda day: render(say("Week {number}", number=day.isocalendar().week), language),
        "dated": lambda day, pattern: format_date(day, pattern, locale=locale),
        "from_to": cache(lambda dates: _from_to(dates, language, locale)),
        "clock": lambda entry: f"{show(entry.start.time(), language)}–{show(entry.end.time(), language)}",
        "hour": lambda entry: show(entry.start.time(), language).replace(" ", ""),
        "length_of": _length_of,
        "days_of": lambda entries: sum((entry.dates.last - entry.dates.first).days + 1 for entry in entries),
        "live": lambda entries: [entry for entry in entries if not entry.cancelled],
    }
    return environment


def _length_of(entries: Iterable[Entry]) -> str:
    """Hours and minutes of all together, in the form that both languages share."""
    minutes = sum(entry.counted for entry in entries)
    return show(timedelta(minutes=minutes), "en") if minutes else "0 h"


def _from_to(dates: Dates, language: str, locale: str) -> str:
    """Days in short: "7–11 Sept 2026", one alone "Tue 10 Nov 2026"."""
    if dates.first == dates.last:
        return short_day(dates.first, language)
    return str(format_interval(dates.first, dates.last, "yMMMd", locale=locale))


def _entries(calendar: Calendar, language: str) -> Entries:
    codes = _codes(_module_titles(calendar))
    series = Counter(session.part for session in calendar.sessions)
    sessions = sorted(calendar.sessions, key=lambda session: (session.start, session.part, session.uid))
    runs = sorted(calendar.days, key=lambda run: (run.first, run.last, run.source, run.uid))
    works = sorted(calendar.work, key=lambda work: (work.monday, work.part, work.uid))
    return Entries(
        tuple(_session(f"s{n}", each, series[each.part], codes, language) for n, each in enumerate(sessions, 1)),
        tuple(_run(f"d{n}", each) for n, each in enumerate(runs, 1)),
        tuple(_work(f"w{n}", each, codes) for n, each in enumerate(works, 1)),
    )


def _session(anchor: str, session: PlacedSession, of_its_part: int, codes: Mapping[str, str], language: str) -> Entry:
    return Entry(
        anchor,
        session.kind,
        Dates(session.start.date(), session.start.date()),
        session.title or render(KINDS[session.kind], language),
        session.groups,
        module=session.module,
        module_title=session.module_title,
        code=codes[session.module],
        series=f"{session.number}/{of_its_part}" if of_its_part > 1 else "",
        trainers=session.trainers,
        place=session.place,
        start=session.start,
        end=session.end,
        minutes=round((session.end - session.start).total_seconds() / 60),
        cancelled=session.state == "cancelled",
    )


def _run(anchor: str, run: PlacedDays) -> Entry:
    dates, cancelled = Dates(run.first, run.last), run.state == "cancelled"
    return Entry(anchor, run.kind, dates, run.title, run.groups, place=run.place, cancelled=cancelled)


def _work(anchor: str, work: PlannedWork, codes: Mapping[str, str]) -> Entry:
    return Entry(
        anchor,
        "distance-work",
        week_dates(work.monday),
        work.title,
        work.groups,
        module=work.module,
        module_title=work.module_title,
        code=codes[work.module],
        minutes=work.minutes,
        cancelled=work.state == "cancelled",
    )


def _module_titles(calendar: Calendar) -> dict[str, str]:
    titles = {session.module: session.module_title for session in calendar.sessions}
    return titles | {work.module: work.module_title for work in calendar.work}


def _codes(titles: Mapping[str, str]) -> dict[str, str]:
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


def _kinds_of(entries: Entries) -> set[str]:
    return {entry.kind for entry in (*entries.sessions, *entries.runs, *entries.works)}


def _offs(days: Sequence[DayOff]) -> dict[date, Off]:
    """Each day that is off; its label is told again after a gap longer than a weekend, and in a new month."""
    zoned = len({off.zone for off in days if off.zone}) > 1
    told: dict[str, date] = {}
    by_day: dict[date, Off] = {}
    for day, reasons in groupby(sorted(days), key=lambda off: off.day):
        every = list(reasons)
        names = _names_of(every, zoned)
        before = told.get(names)
        heads = before is None or (day - before).days > 3 or before.month != day.month
        told[names] = day
        by_day[day] = Off(tuple(_marks_of(every)), names, heads)
    return by_day


def _names_of(reasons: Sequence[DayOff], zoned: bool) -> str:
    """The name of a public holiday or closure where there is one, else of the school holidays."""
    kinds = {off.kind for off in reasons}
    strongest = next(kind for kind in ("public", "closure", "school") if kind in kinds)
    zones: defaultdict[str, list[str]] = defaultdict(list)
    for off in reasons:
        if off.kind == strongest:
            zones[off.name] += [off.zone] if off.zone and zoned else []
    return ", ".join(f"{name} ({', '.join(found)})" if found else name for name, found in zones.items())


def _marks_of(reasons: Iterable[DayOff]) -> Iterator[str]:
    kinds = {off.kind for off in reasons}
    yield from (kind for kind in ("public", "closure", "school") if kind in kinds)
    if any(off.state == "projected" for off in reasons):
        yield "projected"


def _planners(entries: Entries, off: Mapping[date, Off]) -> Iterator[Planner]:
    """The planner on as few sheets as hold its months, each sheet of about as many months."""
    months = _months(entries.dates)
    sheets = -(-len(months) // _MONTHS_ABREAST)
    cells = _cells(entries, off, months)
    for sheet in range(sheets):
        some = months[sheet * len(months) // sheets : (sheet + 1) * len(months) // sheets]
        rows = (tuple(cells.get((month, number)) for month in some) for number in range(1, 32))
        yield Planner(some, tuple(rows))


def _months(dates: Dates | None) -> tuple[date, ...]:
    """The first day of each month that has a day in these dates."""
    if dates is None:
        return ()
    first, last = (day.year * 12 + day.month - 1 for day in dates)
    return tuple(date(number // 12, number % 12 + 1, 1) for number in range(first, last + 1))


def _cells(entries: Entries, off: Mapping[date, Off], months: Sequence[date]) -> dict[tuple[date, int], Cell]:
    """Every day of the months, by month and number."""
    chips, bands, works = defaultdict(list), defaultdict(list), defaultdict(list)
    for entry in (*(run for run in entries.runs if run.kind == "milestone"), *entries.sessions):
        chips[entry.dates.first].append(entry)
    taken = {day for day, why in off.items() if why.heads} | chips.keys()
    lanes = _lanes(entries.runs)
    for entry in entries.runs:
        if entry.anchor in lanes:
            name_day = _day_with_room(entry.dates, taken)
            for day in entry.dates.days():
                bands[day].append(Band(entry, lanes[entry.anchor], day == entry.dates.first, day == name_day))
    for entry in entries.works:
        works[entry.dates.first + timedelta(days=5)].append(entry)
    return {
        (month, day.day): Cell(day, tuple(chips[day]), tuple(bands[day]), off.get(day), tuple(works[day]))
        for month in months
        for day in _days_of(month)
    }


def _day_with_room(dates: Dates, taken: Container[date]) -> date | None:
    """Where the name of a run of three days or more can stand."""
    if (dates.last - dates.first).days < 2:
        return None
    return next((day for day in dates.days() if day not in taken), None)


def _days_of(month: date) -> Iterator[date]:
    day = month
    while day.month == month.month:
        yield day
        day += timedelta(days=1)


def _lanes(runs: Iterable[Entry]) -> dict[str, int]:
    """The first lane that is free for a whole run, by anchor; a milestone is a point and needs none."""
    ends: list[date] = []
    lanes: dict[str, int] = {}
    for run in runs:
        if run.kind != "milestone":
            lane = next((number for number, end in enumerate(ends) if end < run.dates.first), len(ends))
            ends[lane : lane + 1] = [run.dates.last]
            lanes[run.anchor] = lane
    return lanes


def _weeks(entries: Entries, off: Mapping[date, Off]) -> Iterator[Week]:
    """Every week that holds something."""
    sessions = {day: tuple(some) for day, some in groupby(entries.sessions, key=lambda entry: entry.dates.first)}
    works = {monday: tuple(some) for monday, some in groupby(entries.works, key=lambda entry: entry.monday)}
    for monday in entries.dates.weeks() if entries.dates else ():
        dates = week_dates(monday)
        runs = ((entry, entry.dates.meet(dates)) for entry in entries.runs)
        held = tuple((entry, cut) for entry, cut in runs if cut.first <= cut.last)
        days = [Day(day, sessions.get(day, ()), off.get(day)) for day in dates.days()]
        if held or monday in works or any(day.sessions for day in days):
            last = max([5, *(day.day.weekday() + 1 for day in days if day.sessions or _holds(held, day.day))])
            yield Week(dates, held, tuple(days[:last]), works.get(monday, ()))


def _holds(runs: Iterable[tuple[Entry, Dates]], day: date) -> bool:
    return any(day in cut for _, cut in runs)


def _modules(calendar: Calendar, entries: Entries) -> list[Listing]:
    titles = _module_titles(calendar)
    return [
        Listing(
            key,
            titles[key],
            code,
            tuple(entry for entry in entries.sessions if entry.module == key),
            tuple(entry for entry in entries.works if entry.module == key),
        )
        for key, code in _codes(titles).items()
    ]


def _trainers(calendar: Calendar, entries: Entries) -> list[Listing]:
    """Trainers who lead something; the key of nobody is empty."""
    used = {key for entry in entries.sessions for key in entry.trainers or ("",)}
    return [
        Listing(key, title, "", tuple(entry for entry in entries.sessions if key in (entry.trainers or ("",))), ())
        for key, title in _titles(calendar, "trainers", used).items()
    ]


def _groups(calendar: Calendar, entries: Entries) -> list[Listing]:
    used = {key for entry in (*entries.sessions, *entries.runs, *entries.works) for key in entry.groups}
    dated = sorted((*entries.sessions, *entries.runs), key=lambda entry: (entry.dates.first, entry.start is not None))
    return [
        Listing(
            key,
            title,
            "",
            tuple(entry for entry in dated if key in entry.groups),
            tuple(entry for entry in entries.works if key in entry.groups),
        )
        for key, title in _titles(calendar, "groups", used).items()
    ]


def _titles(calendar: Calendar, kind: str, used: set[str]) -> dict[str, str]:
    """The titles of the keys in use, in the order of the calendar, unknown keys last under their own name."""
    known = calendar.titles.get(kind, {})
    return {key: known.get(key, key) for key in (*known, *sorted(used - known.keys())) if key in used}
