"""A year ready to publish: the files of a result, judged by every law before any of them is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from calendars.calendar_file import Calendar, CertificateRecord, LevelRecord
from calendars.courses import course_of
from calendars.feeds import feeds_of
from calendars.inheritance import inherit
from calendars.page import page
from calendars.plan_feeds import feeds_together
from calendars.plan_report import plan_report
from calendars.programme import Programme
from calendars.programme_file import SiteFile
from calendars.report import report
from calendars.saving import calendar_bytes, calendar_of, timetable_of
from calendars.timetable import Timetable
from constraints.rule import Breach
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.repairs import Repair
from scheduler.result import Result
from scheduler.verdict import breaches, breaches_of_the_past, prices


class RefusedYear(Exception):
    """The search returned a timetable that a law's own check refuses: an error of this program, never published."""


@dataclass(frozen=True)
class Year:
    """A judged calendar and the files that tell it, by path below the output folder.

    `past` are breaches that lie in what was held alone.
    """

    calendar: Calendar
    files: Mapping[str, bytes]
    past: tuple[Breach, ...] = ()


def year_of(
    problem: Problem,
    timetable: Timetable,
    result: Result,
    as_of: date,
    seed: int,
    language: str,
    previous: Calendar | None = None,
    together: tuple[str, ...] = (),
) -> Year:
    """The files of a lawful timetable, whose entries are those of the previous calendar wherever they can be.

    Raises:
        RefusedYear: where any law's own check finds a breach that does not lie in the past alone.
    """
    calendar, past = drafted(problem, timetable, result, as_of, seed, previous, together)
    return Year(calendar, files_of(problem, calendar, language, past), past)


def drafted(
    problem: Problem,
    timetable: Timetable,
    result: Result,
    as_of: date,
    seed: int,
    previous: Calendar | None = None,
    together: tuple[str, ...] = (),
) -> tuple[Calendar, tuple[Breach, ...]]:
    """The calendar of a lawful timetable as `year_of` has it, and the breaches that lie in the past alone.

    Raises:
        RefusedYear: as `year_of`.
    """
    past = _refuse_breaches(problem, timetable)
    calendar = calendar_of(problem.programme, timetable, _certificate(result, together), as_of, seed)
    return calendar if previous is None else inherit(calendar, previous, as_of), past


def years_of(
    plan: Plan, result: Result, as_of: date, seed: int, language: str, previous: Sequence[Calendar | None]
) -> tuple[Year, ...]:
    """The year of each programme of a plan; none where the search found none.

    Raises:
        RefusedYear: as `year_of`, also where the laws of the site are broken.
    """
    if result.timetable is None:
        return ()
    titles: tuple[str, ...] = ()
    if len(plan.problems) > 1:
        _refuse_breaches(plan.whole, result.timetable)
        titles = tuple(problem.programme.title for problem in plan.problems)
    timetables = plan.parts(result.timetable)
    return tuple(
        year_of(problem, timetable, result, as_of, seed, language, before, titles)
        for problem, timetable, before in zip(plan.problems, timetables, previous, strict=True)
    )


def files_together(plan: Plan, years: Sequence[Year], language: str) -> dict[str, bytes]:
    """The files of all years of a plan: one alone is in the output folder itself, of several each in its own.

    Beside the folders of several are their common report, and the feeds of those whom they share.
    """
    if plan.site is None:
        return dict(years[0].files)
    calendars = [year.calendar for year in years]
    people = {person for problem in plan.problems for person in _shared_people(problem.programme)}
    feeds = feeds_together(plan.site, people, calendars)
    return {
        **{f"{year.calendar.programme}/{name}": data for year in years for name, data in year.files.items()},
        **{f"feeds/{name}": data for name, data in feeds.items()},
        "report.txt": _report_together(plan.site, plan, calendars, language).encode(),
    }


def _shared_people(programme: Programme) -> set[str]:
    """Those of a programme who are one person in all programmes of the site."""
    return {person for group in programme.groups.values() for person in group.students & programme.shared_people}


def _report_together(site: SiteFile, plan: Plan, calendars: Sequence[Calendar], language: str) -> str:
    pairs = zip(plan.problems, calendars, strict=True)
    courses = [course_of(problem.programme, timetable_of(calendar)) for problem, calendar in pairs]
    return plan_report(site.title, courses, calendars[0].certificate, calendars[0].as_of, language)


def ways_out(plan: Plan, repair: Repair, as_of: date, language: str) -> tuple[Year, ...]:
    """The calendar of each programme of a plan that a repair makes possible; laws give way in it."""
    timetables = plan.parts(repair.timetable)
    return tuple(
        _way_out(problem, each, as_of, language) for problem, each in zip(plan.problems, timetables, strict=True)
    )


def _way_out(problem: Problem, timetable: Timetable, as_of: date, language: str) -> Year:
    nothing_known = CertificateRecord(levels=(), reproducible=True)
    calendar, found = calendar_of(problem.programme, timetable, nothing_known, as_of, 0), breaches(problem, timetable)
    return Year(calendar, files_of(problem, calendar, language, (), found), found)


def _refuse_breaches(problem: Problem, timetable: Timetable) -> tuple[Breach, ...]:
    """The breaches that lie in the past alone."""
    past = breaches_of_the_past(problem)
    found = breaches(problem, timetable)
    if any(breach not in past for breach in found):
        raise RefusedYear("; ".join(str(breach.message) for breach in found if breach not in past))
    return found


def files_of(
    problem: Problem, calendar: Calendar, language: str, past: Sequence[Breach], bent: Sequence[Breach] = ()
) -> dict[str, bytes]:
    """Every file that tells a calendar; `past` are breaches that it cannot mend any more, `bent` those of a repair."""
    costs = prices(problem, timetable_of(calendar))
    told, giving_way = ([breach.message for breach in some] for some in (past, bent))
    return {
        "calendar.json": calendar_bytes(calendar),
        "calendar.html": page(calendar, language),
        **{f"feeds/{name}": data for name, data in feeds_of(calendar).items()},
        "report.txt": report(problem.programme, calendar, costs, language, told, giving_way).encode(),
    }


def _certificate(result: Result, together: tuple[str, ...]) -> CertificateRecord:
    levels = tuple(
        LevelRecord(rank=level.rank, rules=level.rules, value=level.value, bound=level.bound, proved=level.proved)
        for level in result.levels
    )
    return CertificateRecord(levels=levels, reproducible=result.reproducible, together=together)
