"""The report of several programmes of one site: a row for each course, then how good the plan is."""

from collections.abc import Sequence
from datetime import date

from calendars.calendar_file import CertificateRecord
from calendars.columns import Section, Table, sentences, underlined
from calendars.courses import Course
from calendars.report import level_in_words
from calendars.wording import say, say_count


def plan_report(
    title: str, courses: Sequence[Course], certificate: CertificateRecord, as_of: date, language: str
) -> str:
    """The text of the `report.txt` beside the folders of the courses; `title` is that of their site."""
    count = say_count("{count} programme", "{count} programmes", len(courses))
    head = [*underlined(title, "="), *sentences([count, say("Made as of {day}.", day=as_of)], language)]
    sections = (_courses(courses), _certificate(certificate))
    return "\n".join([*head, *(line for section in sections for line in section.lines(language))]) + "\n"


def _courses(courses: Sequence[Course]) -> Section:
    headers = (
        say("Programme"),
        say("First day"),
        say("Last day"),
        say("Live sessions"),
        say("People"),
        say("Days from wish"),
    )
    return Section(say("Programmes"), [Table("<<<>>>", headers, [_row(course) for course in courses])])


def _row(course: Course) -> tuple[object, ...]:
    first, last = course.dates or (None, None)
    return course.title, first, last, course.sessions, course.people, course.off_wish


def _certificate(certificate: CertificateRecord) -> Section:
    said = [level_in_words(level) for level in certificate.levels]
    if len(said) > 1:
        said.append(say("The bound of a level holds given the values of the levels above it."))
    return Section(say("Certificate"), [], said)
