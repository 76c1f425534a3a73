from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import ClassVar, NamedTuple, Self

from pydantic import Field, model_validator

from calendars.clock import Dates, dates_of, days_span, last_of_months, monday_of
from calendars.faults import fault_error
from calendars.naming import name_of, when_of
from calendars.programme import Activity, Block, Internship, Part, Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count
from constraints.complete import needed
from constraints.host_days import (
    faults_of,
    host_days,
    internships_of,
    keep_apart,
    misplaced,
    parts_beside,
    placed_host_days,
    whole_weeks_beside,
    why_away,
)
from constraints.prefixes import times
from constraints.rule import Breach, Forbids, Model, Rule, Term, Variable, keys_in_order


class InternshipFullTime(Rule):
    """An internship at full time is one unbroken run of host days, which begins when all teaching is over.

    A host day is a day of the working week that is neither a public holiday nor a closure of the host; school holidays
    and closures of the institution are host days like others. None is left out between the first and the last, and
    none lies in an intensive week or a seminar, or on a day with a live session, of a group that shares a person with
    the internship's. All virtual classes, courses, seminars and intensive weeks of these groups end before the first;
    exams, defences and meetings may come later.

    Months are those of the calendar: three from 1 February end on 30 April, one from 31 January on the last day of
    February. A run has every host day of its first `least_months`, and none after its first `most_months`.

    Where `teaching_before` is false, teaching may also come after the internship, or on days inside it on which nobody
    is with the host, such as a closure.

    Formula: for host days h in a row, n of them needed, b(i) = h(1) or … or h(i) and e(i) = h(i) or h(i+1) or …:
    b(i - 1) + e(i + 1) - h(i) <= 1, b(i) - b(i - n) <= h(i); b(i - 1) + e(the last one of `least_months` from i) >= 1;
    b(i) - b(i - 1) + e(the first one after `most_months` from i) <= 1; x + b(the last one by the end of x) <= 1 for
    each session or block x of the teaching; h + Y <= 1 for each block Y over the day, h + open(day) <= 1.
    Boundary: teaching on the eve, host days on the last day of the months, and exactly the hours are allowed.
    Source: Code de l'éducation L124-5 and D124-6 (924 h with one host, 7 h a day); master IPM (Lille), 455 h in 3 to 5
    months after all courses.

    Example:
        [laws.internship_full_time]
        internship = "stage"
        least_months = 3
        most_months = 5
    """

    name: ClassVar[str] = "internship_full_time"
    bend: ClassVar[int | None] = 3
    bends_strikes: ClassVar[bool] = False

    internship: str | None = Field(None, description="key of the internship; every one where it is left out")
    least_months: int | None = Field(None, ge=1, le=24, description="months that it lasts at least")
    most_months: int | None = Field(None, ge=1, le=24, description="months that it lasts at most")
    most_hours: int = Field(924, ge=1, description="most hours of presence with the host in all")
    teaching_before: bool = Field(True, description="all teaching ends before the first day with the host")

    @model_validator(mode="after")
    def _limits(self) -> Self:
        if self.least_months and self.most_months and self.least_months > self.most_months:
            raise fault_error(say("least_months is above most_months; lower it"))
        return self

    def faults(self, programme: Programme) -> Iterator[Message]:
        """An unknown internship, or more hours than one host may have."""
        yield from faults_of(programme, self.internship, self.most_hours)

    def forbids(self, programme: Programme, activity: Activity) -> Forbids | None:
        """Strikes the days on which nobody is with the host."""
        if not isinstance(activity, Internship) or activity not in internships_of(programme, self.internship):
            return None
        return lambda span: why_away(programme, activity, span.day) is not None

    def post(self, programme: Programme, model: Model) -> None:
        """Ties what has begun and what is to come to the host days, then compares the two."""
        for internship in internships_of(programme, self.internship):
            keep_apart(programme, model, internship)
            run = _run(programme, model, internship)
            _post_unbroken(model, run, needed(internship))
            self._post_months(programme, model, internship, run)
            if self.teaching_before:
                _post_teaching(programme, model, internship, run)

    def _post_months(self, programme: Programme, model: Model, internship: Internship, run: "_Run") -> None:
        for place, first in enumerate(run.days):
            if self.least_months is not None:
                months = Dates(first, last_of_months(first, self.least_months))
                last = max(day for day in months.days() if day == first or why_away(programme, internship, day) is None)
                model.at_least(1, [*run.begun[place], *run.to_come[bisect_left(run.days, last)]])
            if self.most_months is not None:
                after = bisect_right(run.days, last_of_months(first, self.most_months))
                if after < len(run.days):
                    begun_here = [*run.begun[place + 1], *times(-1, run.begun[place])]
                    model.at_most(1, [*begun_here, *run.to_come[after]])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Goes through the host days one by one, then along the run, then through the teaching."""
        for internship in internships_of(programme, self.internship):
            yield from misplaced(self.name, programme, internship, timetable, partial(why_away, programme, internship))
            hosts = sorted(set(placed_host_days(internship, timetable)))
            if hosts:
                yield from self._left_out(programme, internship, hosts)
                yield from self._months_missed(programme, internship, hosts)
                if self.teaching_before:
                    yield from self._late_teaching(programme, internship, timetable, hosts[0])

    def _months_missed(self, programme: Programme, internship: Internship, hosts: Sequence[date]) -> Iterator[Breach]:
        name, first, last = name_of(programme, internship), hosts[0], hosts[-1]
        if self.least_months is not None:
            months = Dates(first, last_of_months(first, self.least_months))
            missing = [day for day in months.days() if day > last and why_away(programme, internship, day) is None]
            if missing:
                message = say(
                    "{name} lasts from {first} to {last}; it must last {months} at least, up to {end}",
                    name=name,
                    first=first,
                    last=last,
                    months=_months(self.least_months),
                    end=missing[-1],
                )
                yield Breach(self.name, message, lacks=True, activities=(internship.key,), monday=monday_of(first))
        if self.most_months is not None and last > (end := last_of_months(first, self.most_months)):
            message = say(
                "{name} begins on {first} and goes on after {end}; it may last {months} at most",
                name=name,
                first=first,
                end=end,
                months=_months(self.most_months),
            )
            yield Breach(self.name, message, activities=(internship.key,), monday=monday_of(first))

    def _left_out(self, programme: Programme, internship: Internship, hosts: Sequence[date]) -> Iterator[Breach]:
        every = Dates(hosts[0], hosts[-1]).days()
        run = [day for day in every if day in hosts or why_away(programme, internship, day) is None]
        for is_taken, found in groupby(run, lambda day: day in hosts):
            days = list(found)
            if not is_taken:
                message = say_count(
                    "{name} leaves out {count} host day {when}; it must be unbroken",
                    "{name} leaves out {count} host days {when}; it must be unbroken",
                    len(days),
                    name=name_of(programme, internship),
                    when=when_of(internship, days_span(Dates(days[0], days[-1]))),
                )
                yield Breach(self.name, message, activities=(internship.key,), monday=monday_of(days[0]))

    def _late_teaching(
        self, programme: Programme, internship: Internship, timetable: Timetable, first: date
    ) -> Iterator[Breach]:
        for activity in _teaching(programme, internship):
            for placement in timetable.of(activity.key):
                if dates_of(placement.span).last >= first:
                    message = say(
                        "{teaching} stands {when}; it must be over before {name} begins, on {first}",
                        teaching=name_of(programme, activity),
                        when=when_of(activity, placement.span),
                        name=name_of(programme, internship),
                        first=first,
                    )
                    activities = keys_in_order(programme, (activity.key, internship.key))
                    yield Breach(self.name, message, activities=activities, monday=placement.span.week)


class _Run(NamedTuple):
    """The days on which an internship may run, with terms that are 1 where a host day is among them, else 0.

    `begun[n]` looks at the first n days, `to_come[n]` at the days after these.
    """

    days: Sequence[date]
    hosts: Sequence[Sequence[Variable]]
    begun: Sequence[Sequence[Term]]
    to_come: Sequence[Sequence[Term]]


def _run(programme: Programme, model: Model, internship: Internship) -> _Run:
    """Every host day from the first to the last that can be taken, also those that another rule has struck."""
    hosts = host_days(model, internship)
    around = Dates(min(hosts), max(hosts)).days() if hosts else ()
    days = [day for day in around if day in hosts or why_away(programme, internship, day) is None]
    taken = [[hosts[day]] if day in hosts else [] for day in days]
    begun = _any_so_far(model, f"{internship.key} begun", taken)
    to_come = _any_so_far(model, f"{internship.key} to come", taken[::-1])
    return _Run(days, taken, begun, to_come[::-1])


def _any_so_far(model: Model, name: str, taken: Iterable[Sequence[Variable]]) -> list[list[Term]]:
    """For each number of days, terms that are 1 if one of so many is taken."""
    found: list[list[Term]] = [[]]
    for place, day in enumerate(taken, start=1):
        so_far = [variable for _, variable in found[-1]]
        found.append([(1, model.any_of(f"{name} in {place}", [*so_far, *day]))])
    return found


def _post_unbroken(model: Model, run: _Run, number: int) -> None:
    """No day is left out, and so many from the first on are taken: the latter follows, but makes the bound."""
    model.at_least(1, run.begun[max(0, len(run.days) - number + 1)])
    for place, hosts in enumerate(run.hosts):
        taken = [(-1, variable) for variable in hosts]
        model.at_most(1, [*run.begun[place], *run.to_come[place + 1], *taken])
        model.at_most(0, [*run.begun[place + 1], *times(-1, run.begun[max(0, place + 1 - number)]), *taken])


def _post_teaching(programme: Programme, model: Model, internship: Internship, run: _Run) -> None:
    for activity in _teaching(programme, internship):
        for span, variable in model.choices(activity.key).items():
            begun = run.begun[bisect_right(run.days, dates_of(span).last)]
            if begun:
                model.at_most(1, [(1, variable), *begun])


def _teaching(programme: Programme, internship: Internship) -> list[Part | Block]:
    parts = [part for part in parts_beside(programme, internship) if part.kind in ("virtual-class", "course")]
    return [*parts, *whole_weeks_beside(programme, internship)]


def _months(count: int) -> Message:
    return say_count("{count} month", "{count} months", count)
