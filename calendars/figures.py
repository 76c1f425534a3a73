"""Sums over a timetable: who has how much of what, in minutes, by week where weeks matter."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal, NamedTuple, get_args

from calendars.clock import Dates, Span, dates_of
from calendars.days_off import DayOff, State
from calendars.programme import Part, Programme, Work
from calendars.timetable import Placement, Timetable, weekly_minutes
from calendars.wording import Message, say

Form = Literal["live online", "on site", "self-paced", "personal"]
FORMS: tuple[Form, ...] = get_args(Form)
"""How teaching and work are done; all but personal work is presence-equivalent."""


def form_of(programme: Programme, activity: Part | Work) -> Form:
    """How a part is held, or some work done."""
    if isinstance(activity, Work):
        return "personal" if activity.personal else "self-paced"
    return "live online" if programme.is_virtual(activity) else "on site"


def names_of_modules(programme: Programme) -> dict[str, str | Message]:
    """The title of each module, with its year where another one has the same title."""
    times = Counter(programme.module_titles.values())
    return {
        key: say("{title} (year {year})", title=module.title, year=module.year)
        if times[module.title] > 1
        else module.title
        for key, module in programme.modules.items()
    }


def weekly_forms(
    programme: Programme, timetable: Timetable, activities: Iterable[Part | Work]
) -> dict[Form, Counter[date]]:
    """Minutes of some activities together by form, then by week, named by its Monday."""
    by_form: defaultdict[Form, list[Part | Work]] = defaultdict(list)
    for activity in activities:
        by_form[form_of(programme, activity)].append(activity)
    return {form: weekly_minutes(timetable, by_form[form]) for form in FORMS}


def spans_by_trainer(programme: Programme, timetable: Timetable) -> dict[str, list[Span]]:
    """The sessions of each trainer, and under the empty key those without one; several trainers have each theirs."""
    sessions = _sessions(programme, timetable)
    return _by_key(programme.needed_trainers, ((key, each.span) for each in sessions for key in each.trainers or ("",)))


def spans_by_place(programme: Programme, timetable: Timetable) -> dict[str, list[Span]]:
    """The sessions in each place, and under the empty key those without one."""
    return _by_key(programme.needed_places, ((each.place or "", each.span) for each in _sessions(programme, timetable)))


def _sessions(programme: Programme, timetable: Timetable) -> list[Placement]:
    return [placement for part in programme.parts for placement in timetable.of(part)]


def _by_key(known: Iterable[str], spans: Iterable[tuple[str, Span]]) -> dict[str, list[Span]]:
    """Spans under their keys, known keys first, also those without a span."""
    found: dict[str, list[Span]] = {key: [] for key in known}
    for key, span in spans:
        found.setdefault(key, []).append(span)
    return found


def most_at_once(spans: Sequence[Span]) -> int:
    """How many of some spans share a minute at most; where one begins as another ends they do not."""
    starts, ends = sorted(span.start for span in spans), sorted(span.end for span in spans)
    return max((bisect_right(starts, at) - bisect_right(ends, at) for at in starts), default=0)


@dataclass(frozen=True)
class Student:
    """The year of a person in all groups of an enrolment, by week.

    `minutes` leave defences out, since each student attends their own; open days are all days with a live session.
    `years` are the minutes of each year of the path in the order of `FORMS`, empty where all are of one year.
    """

    groups: frozenset[str]
    minutes: Mapping[Form, Counter[date]]
    years: Mapping[int, tuple[int, ...]]
    open_days: Counter[date]
    host_days: Counter[date]

    @property
    def totals(self) -> tuple[int, ...]:
        """Minutes of the whole year, in the order of `FORMS`."""
        return _totals(self.minutes)


def students_of(programme: Programme, timetable: Timetable) -> tuple[Student, ...]:
    """One student for each enrolment, in the order of the enrolments."""
    return tuple(_student(programme, timetable, groups) for groups in programme.enrolments)


def _student(programme: Programme, timetable: Timetable, groups: frozenset[str]) -> Student:
    live = programme.live_parts(groups)
    attended: list[Part | Work] = [*(part for part in live if part.kind != "defence"), *programme.works_of(groups)]
    internships = [internship for internship in programme.internships.values() if internship.group in groups]
    return Student(
        groups,
        weekly_forms(programme, timetable, attended),
        _by_year(programme, timetable, attended),
        _weekly_days(timetable, [part.key for part in live]),
        _weekly_days(timetable, [internship.key for internship in internships]),
    )


def _by_year(
    programme: Programme, timetable: Timetable, activities: Iterable[Part | Work]
) -> dict[int, tuple[int, ...]]:
    years: defaultdict[int, list[Part | Work]] = defaultdict(list)
    for activity in activities:
        years[programme.modules[activity.module].year].append(activity)
    if len(years) == 1:
        return {}
    return {year: _totals(weekly_forms(programme, timetable, done)) for year, done in sorted(years.items())}


def _totals(minutes: Mapping[Form, Counter[date]]) -> tuple[int, ...]:
    return tuple(minutes[form].total() for form in FORMS)


def _weekly_days(timetable: Timetable, activities: Iterable[str]) -> Counter[date]:
    """The number of days with a placement of any of these, by week."""
    spans = {placement.span.day: placement.span for key in activities for placement in timetable.of(key)}
    return Counter(span.week for span in spans.values())


def dates_taken(timetable: Timetable) -> Dates | None:
    """From the first to the last day on which anything stands; None where nothing does."""
    days = [dates_of(placement.span) for placement in timetable.placements]
    return Dates(min(run.first for run in days), max(run.last for run in days)) if days else None


class Break(NamedTuple):
    """Days off in a row, weekends not looked at; `zones` is empty where everybody has them."""

    dates: Dates
    name: str
    source: str
    state: State
    zones: tuple[str, ...]


def breaks(programme: Programme, days_off: Iterable[DayOff]) -> list[Break]:
    """The days off that fall on the working week of a programme, joined into runs and over zones, in order."""
    working = [day for day in programme.dates.days() if day.weekday() in programme.working_week]
    place = {day: number for number, day in enumerate(working)}
    days: defaultdict[tuple[str, str, State, str | None], set[date]] = defaultdict(set)
    for off in days_off:
        if off.day in place:
            days[off.name, off.source, off.state, off.zone].add(off.day)
    zones: defaultdict[tuple[Dates, str, str, State], list[str]] = defaultdict(list)
    for (name, source, state, zone), found in sorted(days.items(), key=lambda each: str(each[0])):
        for run in _runs(place, found):
            zones[run, name, source, state] += [] if zone is None else [zone]
    return sorted(Break(*run, tuple(names)) for run, names in zones.items())


def _runs(place: Mapping[date, int], days: Iterable[date]) -> list[Dates]:
    """Runs of days whose places follow each other: place less rank stays the same within a run."""
    ranked = enumerate(sorted(days))
    runs = [[day for _, day in run] for _, run in groupby(ranked, key=lambda pair: place[pair[1]] - pair[0])]
    return [Dates(run[0], run[-1]) for run in runs]
