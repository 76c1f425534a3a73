"""The report of a calendar, `report.txt`: how good it is, what stands when, and who has how many hours."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta

from calendars.calendar_file import Calendar, CertificateRecord, LevelRecord
from calendars.clock import Dates, Span, dates_of
from calendars.columns import Section, Table, sentences, underlined
from calendars.figures import (
    FORMS,
    Form,
    Student,
    breaks,
    dates_taken,
    most_at_once,
    names_of_modules,
    spans_by_place,
    spans_by_trainer,
    students_of,
    weekly_forms,
)
from calendars.findings import findings_of
from calendars.loads import titles_of
from calendars.naming import KINDS
from calendars.programme import Block, Internship, Part, Place, Programme, Trainer, Work
from calendars.saving import timetable_of
from calendars.standing import standing_of
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count

_FORMS: Mapping[Form, Message] = {
    "live online": say("Live online"),
    "on site": say("On site"),
    "self-paced": say("Self-paced"),
    "personal": say("Personal"),
}
_STATES = {"official": say("official"), "projected": say("PROJECTED"), "typed": say("typed in")}
_NOBODY = say("(no trainer named)")
_NOWHERE = say("(no place named)")


def report(
    programme: Programme,
    calendar: Calendar,
    prices: Mapping[tuple[int, str], int],
    language: str,
    past: Sequence[Message] = (),
    bent: Sequence[Message] = (),
) -> str:
    """The text of `report.txt`.

    Args:
        programme: what was to be placed.
        calendar: where it was placed, with its certificate.
        prices: what each priced rule costs, by level and name of the rule.
        language: "fr" or "en".
        past: breaches that lie in what was held alone, in words.
        bent: breaches of laws that give way, in words.
    """
    timetable = timetable_of(calendar)
    students = students_of(programme, timetable)
    sections = (
        _certificate(calendar.certificate, prices, _kept(past, bent)),
        _findings(programme),
        _days(programme, timetable),
        _modules(programme, timetable),
        _students(programme, students),
        _trainers(programme, timetable),
        _places(programme, timetable),
        _weeks(programme, timetable, students),
        _days_off(programme, calendar),
    )
    dates = say("From {first} to {last}.", first=programme.dates.first, last=programme.dates.last)
    head = [
        *underlined(programme.title, "="),
        *sentences([standing_of(calendar), dates, say("Made as of {day}.", day=calendar.as_of)], language),
    ]
    return "\n".join([*head, *(line for section in sections for line in section.lines(language))]) + "\n"


def _certificate(
    certificate: CertificateRecord, prices: Mapping[tuple[int, str], int], kept: Sequence[Message]
) -> Section:
    said = [*kept, *map(level_in_words, certificate.levels)]
    if not certificate.levels and not prices:
        said.append(say("No preference is declared, so no lawful calendar is better than this one."))
    if certificate.together:
        said.append(say("Values and bounds are those of {programmes} together.", programmes=certificate.together))
    if len(certificate.levels) > 1:
        said.append(say("The bound of a level holds given the values of the levels above it."))
    if not certificate.reproducible:
        said.append(say("The clock or a person ended the search, so another run may give another calendar."))
    costs = [
        (rule, level.rank, prices[level.rank, rule])
        for level in certificate.levels
        for rule in level.rules
        if (level.rank, rule) in prices
    ]
    table = Table("<>>", (say("Rule"), say("Level"), say("Cost")), costs)
    return Section(say("Certificate"), [table], said)


def _kept(past: Sequence[Message], bent: Sequence[Message]) -> list[Message]:
    if bent:
        return [say("A way out: every law is kept but where it gives way. Preferences were not looked at."), *bent]
    if not past:
        return [say("Every law is kept.")]
    return [say("Every law is kept, but for what was held already and cannot be mended any more:"), *past]


def _findings(programme: Programme) -> Section:
    """What is remarkable about the plan itself."""
    found = [say("{law}: {what}", law=finding.key, what=finding.message) for finding in findings_of(programme)]
    return Section(say("Findings"), [], found)


def level_in_words(level: LevelRecord) -> Message:
    """A level with its value and its bound."""
    points = level.value - level.bound
    above = say_count(
        "at most {count} point above the best possible (gap {gap} %)",
        "at most {count} points above the best possible (gap {gap} %)",
        points,
        gap=100 * points / max(1, abs(level.value)),
    )
    return say(
        "Level {rank}: value {value}, bound {bound}, {quality}.",
        rank=level.rank,
        value=level.value,
        bound=level.bound,
        quality=say("proved optimal") if level.proved else above,
    )


def _days(programme: Programme, timetable: Timetable) -> Section:
    """Whatever takes whole days, in order of date."""
    whole = [activity for activity in programme.activities.values() if isinstance(activity, Block | Internship)]
    placed = {activity: runs for activity in whole if (runs := timetable.of(activity.key))}
    rows = []
    for activity, runs in sorted(placed.items(), key=lambda each: each[1][0].span):
        dates = Dates(dates_of(runs[0].span).first, dates_of(runs[-1].span).last)
        rows.append((activity.title, _kind(activity, len(runs)), *_first_and_last(dates)))
    headers = (say("What"), say("Kind"), say("First day"), say("Last day"))
    return Section(say("Blocks, milestones and internships"), [Table("<<<<", headers, rows)])


def _kind(activity: Block | Internship, days: int) -> tuple[Message, ...]:
    if isinstance(activity, Block):
        return (KINDS[activity.kind],)
    hours = timedelta(minutes=days * activity.minutes_per_day)
    host_days = say_count("{count} host day, {hours}", "{count} host days, {hours}", days, hours=hours)
    return KINDS["internship"], host_days


def _modules(programme: Programme, timetable: Timetable) -> Section:
    activities: defaultdict[str, list[Part | Work]] = defaultdict(list)
    for activity in programme.activities.values():
        if isinstance(activity, Part | Work):
            activities[activity.module].append(activity)
    hours, sessions = [], []
    for module, title in names_of_modules(programme).items():
        minutes = [weeks.total() for weeks in weekly_forms(programme, timetable, activities[module]).values()]
        hours.append((title, *map(_hours, [*minutes, sum(minutes)])))
        parts = [part for part in activities[module] if isinstance(part, Part)]
        days = [placement.span.day for part in parts for placement in timetable.of(part.key)]
        if days:
            sessions.append((title, len(days), min(days), max(days)))
    tables = [
        Table("<>>>>>", (say("Module"), *_FORMS.values(), say("Total")), hours),
        Table("<><<", (say("Module"), say("Sessions"), say("First session"), say("Last session")), sessions),
    ]
    return Section(say("Hours by module"), tables)


def _students(programme: Programme, students: Sequence[Student]) -> Section:
    """Students with the same hours share a row, or several where their hours are of several years."""
    alike: defaultdict[tuple[object, ...], list[Student]] = defaultdict(list)
    for student in students:
        alike[student.totals, *student.years.items()].append(student)
    rows: list[tuple[object, ...]] = []
    for same in alike.values():
        titles = tuple(titles_of(programme, student.groups) for student in same)
        rows.append((say("Every student") if len(alike) == 1 else titles, *_hours_of_a_student(*same[0].totals)))
        for year, totals in same[0].years.items():
            rows.append((say("of which year {year}", year=year), *_hours_of_a_student(*totals)))
    headers = (
        say("Groups"),
        say("Presence-equivalent"),
        say("of which on site"),
        say("of which at a distance"),
        say("Personal work"),
        say("In all"),
    )
    return Section(say("Hours of a student"), [Table("<>>>>>", headers, rows)], notes=_on_defences(programme))


def _hours_of_a_student(live: int, on_site: int, self_paced: int, personal: int) -> tuple[object, ...]:
    presence = live + on_site + self_paced
    share = round(100 * on_site / max(1, presence), 1)
    return (
        _hours(presence),
        say("{hours} ({percent} %)", hours=timedelta(minutes=on_site), percent=share) if on_site else None,
        _hours(live + self_paced),
        _hours(personal),
        _hours(presence + personal),
    )


def _on_defences(programme: Programme) -> list[Message]:
    if any(part.kind == "defence" for part in programme.parts.values()):
        return [say("Defences are not in these hours, since each student attends their own; they count as open days.")]
    return []


def _trainers(programme: Programme, timetable: Timetable) -> Section:
    led = spans_by_trainer(programme, timetable)
    rows = [(_title(programme.trainers, key, _NOBODY), len(spans), _hours_of(spans)) for key, spans in led.items()]
    table = Table("<>>", (say("Trainer"), say("Sessions"), say("Hours")), rows)
    together = any(len(placement.trainers) > 1 for placement in timetable.placements)
    notes = [say("A session with several trainers counts for each of them.")] if together else []
    return Section(say("Hours by trainer"), [table], notes=notes)


def _places(programme: Programme, timetable: Timetable) -> Section:
    held = spans_by_place(programme, timetable) if programme.places else {}
    virtual = {key for key, place in programme.places.items() if place.virtual}
    rows = [
        (
            _title(programme.places, key, _NOWHERE),
            len(spans),
            _hours_of(spans),
            most_at_once(spans) if key in virtual and spans else None,
        )
        for key, spans in held.items()
    ]
    headers = (say("Place"), say("Sessions"), say("Hours"), say("Most at once"))
    return Section(say("Hours by place"), [Table("<>>>", headers, rows)])


def _title(known: Mapping[str, Trainer] | Mapping[str, Place], key: str, none: Message) -> object:
    return known[key].title if key else none


def _hours_of(spans: Iterable[Span]) -> timedelta | None:
    return _hours(sum(span.minutes for span in spans))


def _weeks(programme: Programme, timetable: Timetable, students: Sequence[Student]) -> Section:
    """Every week from the first to the last one in which anything stands, for the least and the most busy student."""
    taken = dates_taken(timetable)
    rows = [_week(monday, students) for monday in taken.weeks()] if taken else []
    headers = (say("Week"), say("Monday"), *_FORMS.values(), say("Total"), say("Open days"), say("Host days"))
    notes = _on_defences(programme)
    if len(students) > 1:
        notes.insert(0, say("A range gives the least and the most, since students differ."))
    return Section(say("Hours by week"), [Table("><>>>>>>>", headers, rows)], notes=notes)


def _week(monday: date, students: Sequence[Student]) -> tuple[object, ...]:
    minutes = [[student.minutes[form][monday] for form in FORMS] for student in students]
    return (
        monday.isocalendar().week,
        f"{monday:%d/%m/%Y}",
        *(_spread(amounts, _length) for amounts in zip(*minutes, strict=True)),
        _spread([sum(amounts) for amounts in minutes], _length),
        _spread([student.open_days[monday] for student in students], int),
        _spread([student.host_days[monday] for student in students], int),
    )


def _days_off(programme: Programme, calendar: Calendar) -> Section:
    found = breaks(programme, calendar.days_off)
    rows = [
        (
            each.name,
            *_first_and_last(each.dates),
            ", ".join(each.zones) or None,
            _STATES[each.state],
            each.source or None,
        )
        for each in found
    ]
    headers = (say("Name"), say("First day"), say("Last day"), say("Zones"), say("State"), say("Source"))
    warning = say("PROJECTED days are guesses until the official text is out: look at them again then.")
    notes = [warning] if any(each.state == "projected" for each in found) else []
    notes += [waived.words for waived in calendar.waived]
    return Section(say("Days off in the working week"), [Table("<<<<<<", headers, rows)], notes=notes)


def _first_and_last(dates: Dates) -> tuple[date, date | None]:
    return dates.first, dates.last if dates.last > dates.first else None


def _length(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def _hours(minutes: int) -> timedelta | None:
    return _length(minutes) if minutes else None


def _spread(amounts: Sequence[int], unit: Callable[[int], object]) -> object:
    """One amount where all are the same, else the least and the most."""
    least, most = min(amounts), max(amounts)
    if least == most:
        return unit(most) if most else None
    return say("{least}–{most}", least=unit(least) if least else 0, most=unit(most))
