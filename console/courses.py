"""Many programmes in a few columns, where each by itself would fill a screen."""

from collections.abc import Iterator, Sequence

from calendars.calendar_file import Calendar
from calendars.changes import changes
from calendars.courses import Course
from calendars.wording import Message, say, say_count, short_days
from console.facts import Facts
from console.screen import Screen


def tell_courses(
    screen: Screen, courses: Sequence[Course], calendars: Sequence[Calendar], previous: Sequence[Calendar | None]
) -> None:
    """A row for each programme, then in how many of them sessions and blocks are not as they were before."""
    count = say_count("Lawful year of {count} programme.", "Lawful year of {count} programmes.", len(courses))
    screen.line(count, "bold green")
    screen.gap()
    headers = (say("Days"), say("Live"), say("People"), say("Off wish"), say("Programme"))
    screen.table("<>>><", headers, [_row(course, screen.language) for course in courses])
    screen.gap()
    pairs = zip(calendars, previous, strict=True)
    counts = [len(changes(calendar, before)) for calendar, before in pairs if before is not None]
    if counts:
        screen.line(_changes(sum(counts), sum(map(bool, counts))))
        screen.gap()


def _row(course: Course, language: str) -> tuple[object, ...]:
    days = course.dates and short_days(*course.dates, language)
    return days, course.sessions, course.people, course.off_wish, course.title


def _changes(count: int, programmes: int) -> Message:
    return say_count(
        "Against the previous calendars: {count} change, in {programmes}.",
        "Against the previous calendars: {count} changes, in {programmes}.",
        count,
        programmes=say_count("{count} programme", "{count} programmes", programmes),
    )


def open_in(facts: Sequence[Facts]) -> Iterator[Message]:
    """How many programmes have something to look at again, which their own reports tell."""
    count = sum(bool(each.projections or each.without_trainer or each.findings) for each in facts)
    if count:
        yield say_count(
            "{count} programme has something to look at again: see its own report.txt.",
            "{count} programmes have something to look at again: see the report.txt of each.",
            count,
        )
