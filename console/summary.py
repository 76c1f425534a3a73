"""The outcome of a search in words: a year in a few lines and two tables, or why there is none."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from calendars.calendar_file import Calendar
from calendars.courses import course_of
from calendars.figures import Form
from calendars.naming import AIMS
from calendars.programme import Programme
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count, short_day
from console.changes import tell_changes
from console.courses import open_in, tell_courses
from console.facts import Facts, Projection, Range, Stretch, facts_of
from console.screen import Screen
from scheduler.plan import Plan
from scheduler.problem import Problem
from scheduler.result import Level, Outcome, Result
from scheduler.year import Year

_FORMS: Mapping[Form, Message] = {
    "live online": say("live online"),
    "on site": say("on site"),
    "self-paced": say("self-paced"),
    "personal": say("of personal work"),
}
_MOST_NAMES = 3
_MOST_TOLD = 3
"""So many programmes are told one by one."""

ENDED_EARLY = say("The clock or a person ended the search, so another run may give another calendar.")


def tell_outcome(
    screen: Screen, problem: Problem, result: Result, output: Path, year: Year | None, previous: Calendar | None
) -> None:
    """Tells how a search ended; a year that it found has been written to `output`."""
    if result.timetable is not None and year is not None:
        facts = facts_of(problem.programme, result.timetable)
        _tell_facts(screen, problem.programme, facts)
        screen.gap()
        tell_levels(screen, result)
        screen.gap()
        if previous is not None:
            tell_changes(screen, year.calendar, previous)
            screen.gap()
        tell_past(screen, year)
        _tell_open(screen, list(_open(problem.programme, result, facts)))
        _tell_where(screen, result, output)
    else:
        tell_no_year(screen, problem.programme, result)


def _tell_where(screen: Screen, result: Result, output: Path) -> None:
    seconds = round(result.seconds, 1)
    screen.line(say("Found in {seconds} s and written to {folder}.", seconds=seconds, folder=str(output)))


def tell_no_year(screen: Screen, programme: Programme, result: Result) -> None:
    """Tells that there is no year, then why, as far as it is known."""
    ending, *reasons = _no_year(programme, result)
    screen.finding(ending, "bold red")
    for reason in reasons:
        screen.finding(reason)


def _no_year(programme: Programme, result: Result) -> list[Message]:
    """That there is no year, then why, as far as it is known."""
    if result.shortages:
        short = [shortage.words(programme) for shortage in result.shortages]
        return [say("Impossible, seen before any search:"), *short]
    if result.unkeepable:
        alone = [law.words(programme) for law in result.unkeepable]
        return [say("Impossible: it is proved that no calendar keeps these laws, each by itself:"), *alone]
    if result.outcome == Outcome.IMPOSSIBLE:
        return [say("Impossible: it is proved that no calendar keeps all these laws together.")]
    if result.reproducible:
        return [say("No lawful year was found, and nothing is proved: try another --seed.")]
    return [say("The search ended before a lawful year was found, and nothing is proved: give it more time.")]


def tell_plan(
    screen: Screen,
    plan: Plan,
    result: Result,
    output: Path,
    years: Sequence[Year],
    previous: Sequence[Calendar | None],
) -> None:
    """Tells how a search for several programmes ended; their years have been written below `output`."""
    if result.timetable is None:
        tell_no_year(screen, plan.whole.programme, result)
        return
    pairs = zip(plan.problems, plan.parts(result.timetable), strict=True)
    placed = [(problem.programme, timetable) for problem, timetable in pairs]
    facts = [facts_of(*each) for each in placed]
    if len(placed) > _MOST_TOLD:
        courses = [course_of(*each) for each in placed]
        tell_courses(screen, courses, [year.calendar for year in years], previous)
        still_open = [*open_in(facts), *_open_of_search(result)]
    else:
        still_open = _tell_each(screen, result, placed, facts)
    tell_levels(screen, result)
    screen.gap()
    for (programme, _), year, before in zip(placed, years, previous, strict=True):
        if before is not None and len(placed) <= _MOST_TOLD:
            screen.line(say("“{title}”", title=programme.title), "bold")
            tell_changes(screen, year.calendar, before)
            screen.gap()
        tell_past(screen, year)
    _tell_open(screen, still_open)
    _tell_where(screen, result, output)


def _tell_each(
    screen: Screen, result: Result, placed: Sequence[tuple[Programme, Timetable]], facts: Sequence[Facts]
) -> list[Message]:
    """Tells each programme at length, and gives what to look at again."""
    for (programme, _), each in zip(placed, facts, strict=True):
        screen.line(say("“{title}”", title=programme.title), "bold")
        _tell_facts(screen, programme, each)
        screen.gap()
    pairs = zip(placed, facts, strict=True)
    return [message for (programme, _), each in pairs for message in _open(programme, result, each)]


def tell_past(screen: Screen, year: Year) -> None:
    """Tells the breaches that lie in what was held alone."""
    if year.past:
        screen.line(say("In what was held already, and cannot be mended any more:"), "bold yellow")
    for breach in year.past:
        screen.item(say("{law}: {what}", law=breach.rule, what=breach.message))


def _tell_facts(screen: Screen, programme: Programme, facts: Facts) -> None:
    screen.line(_headline(facts, screen.language), "bold green")
    if facts.minutes_in_all.most:
        screen.line(_hours(programme, facts))
    if facts.stretches:
        screen.gap()
        screen.table("<<<", (say("First day"), say("Last day"), say("What")), list(map(_stretch_row, facts.stretches)))


def tell_levels(screen: Screen, result: Result) -> None:
    """Tells each level with its value and its bound."""
    if result.levels:
        headers = (say("Level"), say("Value"), say("Bound"), say("Quality"), say("Preferences"))
        screen.table(">>><<", headers, list(map(_level_row, result.levels)))
    else:
        screen.line(say("No preference is declared, so no lawful calendar is better than this one."))


def _tell_open(screen: Screen, still_open: Sequence[Message]) -> None:
    if still_open:
        screen.line(say("Still open:"), "bold yellow")
    for message in dict.fromkeys(still_open):
        screen.item(message)


def _headline(facts: Facts, language: str) -> Message:
    if facts.dates is None:
        return say("Lawful year, without a live session.")
    first, last = (short_day(day, language) for day in facts.dates)
    return say_count(
        "Lawful year: {count} session in {weeks}, {dates}.",
        "Lawful year: {count} sessions in {weeks}, {dates}.",
        facts.sessions,
        weeks=say_count("{count} week", "{count} weeks", facts.weeks),
        dates=say("from {first} to {last}", first=first, last=last),
    )


def _hours(programme: Programme, facts: Facts) -> Message:
    hours = tuple(
        say("{hours} {form}", hours=_spread(minutes), form=_FORMS[form])
        for form, minutes in facts.minutes.items()
        if minutes.most
    )
    every = _spread(facts.minutes_in_all)
    if any(part.kind == "defence" for part in programme.parts.values()):
        return say("A student has {hours}; {every} in all, without defences.", hours=hours, every=every)
    return say("A student has {hours}; {every} in all.", hours=hours, every=every)


def _spread(minutes: Range) -> object:
    least, most = timedelta(minutes=minutes.least), timedelta(minutes=minutes.most)
    return most if least == most else say("{least}–{most}", least=least, most=most)


def _stretch_row(stretch: Stretch) -> tuple[date, date | None, Message | str | None]:
    first, last = stretch.dates
    return first, last if last > first else None, _what(stretch)


def _what(stretch: Stretch) -> Message | str | None:
    match stretch.kind:
        case "exam":
            return say_count("{count} exam", "{count} exams", stretch.count)
        case "defence":
            return say_count("{count} defence", "{count} defences", stretch.count)
        case "internship":
            return say_count(
                "{title}: {count} host day", "{title}: {count} host days", stretch.count, title=stretch.title
            )
        case _:
            return stretch.title


def _level_row(level: Level) -> tuple[object, ...]:
    quality = say("proved optimal") if level.proved else say("gap {gap} %", gap=100 * level.gap)
    return level.rank, level.value, level.bound, quality, tuple(AIMS[rule] for rule in level.rules)


def _open(programme: Programme, result: Result, facts: Facts) -> Iterator[Message]:
    """What to look at again."""
    yield from map(_projection, facts.projections)
    yield from (waived.words for waived in programme.days_off.waived)
    if facts.without_trainer:
        modules = dict.fromkeys(programme.parts[part].module for part in facts.without_trainer)
        titles = [say("“{title}”", title=programme.module_titles[module]) for module in modules]
        yield say_count(
            "No trainer is named for {count} session of {modules}.",
            "No trainer is named for {count} sessions of {modules}.",
            sum(facts.without_trainer.values()),
            modules=_some(titles),
        )
    if facts.findings:
        yield say_count(
            "The plan has {count} finding: see report.txt.",
            "The plan has {count} findings: see report.txt.",
            len(facts.findings),
        )
    yield from _open_of_search(result)


def _open_of_search(result: Result) -> Iterator[Message]:
    if ranks := tuple(level.rank for level in result.levels if not level.proved):
        yield say_count(
            "Level {ranks} is not proved optimal: a better year may exist.",
            "Levels {ranks} are not proved optimal: a better year may exist.",
            len(ranks),
            ranks=ranks,
        )
    if not result.reproducible:
        yield ENDED_EARLY


def _projection(projection: Projection) -> Message:
    return say_count(
        "Some school holidays of {years} are PROJECTED, with {count} session within a week of them: look again when "
        "the official text is out.",
        "Some school holidays of {years} are PROJECTED, with {count} sessions within a week of them: look again when "
        "the official text is out.",
        projection.sessions,
        years=projection.years,
    )


def _some(names: Sequence[Message]) -> tuple[Message, ...]:
    """The first names, and how many others there are."""
    others = len(names) - _MOST_NAMES
    if others <= 0:
        return tuple(names)
    return (*names[:_MOST_NAMES], say_count("{count} other", "{count} others", others))
