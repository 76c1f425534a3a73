"""Findings: remarks on the plan itself, which never refuse a calendar. Hours are a student's, defences left out."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from calendars.figures import Form, form_of, names_of_modules
from calendars.programme import Module, Part, Programme, Work
from calendars.wording import Message, say

Student = Sequence[Part | Work]
"""What somebody in all groups of an enrolment does; each attends their own defence, so that these are left out."""


class Volume(NamedTuple):
    """Minutes of presence-equivalent teaching, those of it on site, and personal work."""

    taught: int
    on_site: int
    personal: int


class Finding(NamedTuple):
    """A remark, and the key of the look that found it."""

    key: str
    message: Message


def findings_of(programme: Programme) -> tuple[Finding, ...]:
    """All that is remarkable about the plan of a programme, wherever its sessions stand."""
    return tuple(Finding(key, message) for key, look in _LOOKS.items() for message in look(programme))


def _credits(programme: Programme) -> Iterator[Message]:
    """A credit stands for 25 to 30 h of a student's work of all kinds (ECTS Users' Guide, 2015)."""
    least, most = (round(60 * hours) for hours in programme.findings.hours_per_credit)
    names = names_of_modules(programme)
    for module in programme.modules.values():
        planned = _minutes_of_module(programme, module)
        if module.credits is None or not planned:
            continue
        for_one = [round(minutes / module.credits) for minutes in planned]
        if min(for_one) < least or max(for_one) > most:
            yield say(
                "“{module}” has {planned} for {credits} ECTS, {each} for each; one means {least} to {most} of work",
                module=names[module.key],
                planned=_hours(planned),
                credits=module.credits,
                each=_hours(for_one),
                least=timedelta(minutes=least),
                most=timedelta(minutes=most),
            )
    planned_credits = {_credits_of(programme, groups) for groups in programme.enrolments}
    announced = programme.announced.credits
    if announced is not None and planned_credits != {announced}:
        yield say(
            "the credits of a student add up to {planned} ECTS; {announced} ECTS are announced",
            planned=_range(planned_credits),
            announced=announced,
        )


def _minutes_of_module(programme: Programme, module: Module) -> list[int]:
    """The minutes of a module for each student who takes it."""
    taken = ([one for one in student if one.module == module.key] for student in _students(programme))
    return [sum(map(_minutes, share)) for share in taken if share]


def _credits_of(programme: Programme, groups: Collection[str]) -> float:
    """The credits of all modules and internships of somebody in these groups."""
    credits = [module.credits for module in _modules_of(programme, groups)]
    credits += [internship.credits for internship in programme.internships.values() if internship.group in groups]
    return round(sum(each or 0 for each in credits), 2)


def _teaching_volume(programme: Programme) -> Iterator[Message]:
    """Beside an internship a year has 200 h of teaching, 50 h of them on site (Code de l'éducation, D124-2)."""
    if programme.findings.exempt:
        return
    least_taught = timedelta(hours=programme.findings.teaching_hours_per_year)
    least_on_site = timedelta(hours=programme.findings.on_site_hours_per_year)
    for year, students in _years_beside_an_internship(programme).items():
        volumes = [_volume(programme, student) for student in students]
        taught, on_site = [volume.taught for volume in volumes], [volume.on_site for volume in volumes]
        if timedelta(minutes=min(taught)) < least_taught:
            yield say(
                "beside an internship a year has at least {least} of teaching (Code de l'éducation, D124-2); "
                "year {year} has {planned}",
                least=least_taught,
                year=year,
                planned=_hours(taught),
            )
        if timedelta(minutes=min(on_site)) < least_on_site:
            yield say(
                "beside an internship a year has at least {least} of teaching on site (Code de l'éducation, D124-2); "
                "year {year} has {planned}",
                least=least_on_site,
                year=year,
                planned=_hours(on_site),
            )


def _years_beside_an_internship(programme: Programme) -> dict[int, list[Student]]:
    """What each student with an internship does in each year in which they are taught, year 1 if in none."""
    hosts = {internship.group for internship in programme.internships.values()}
    years: defaultdict[int, list[Student]] = defaultdict(list)
    for groups in programme.enrolments:
        if not hosts.isdisjoint(groups):
            modules = {module.key: module.year for module in _modules_of(programme, groups)}
            for year in set(modules.values()) or {1}:
                years[year].append([one for one in _student(programme, groups) if modules[one.module] == year])
    return dict(sorted(years.items()))


def _announced_hours(programme: Programme) -> Iterator[Message]:
    """What the file announces is what it plans for every student."""
    announced, volumes = programme.announced, [_volume(programme, student) for student in _students(programme)]
    hosted = [_host_minutes(programme, groups) for groups in programme.enrolments]
    for what, hours, planned in (
        (say("teaching"), announced.teaching_hours, [volume.taught for volume in volumes]),
        (say("on site"), announced.on_site_hours, [volume.on_site for volume in volumes]),
        (say("personal work"), announced.personal_hours, [volume.personal for volume in volumes]),
        (say("internship"), announced.internship_hours, hosted),
    ):
        if hours is not None and set(planned) != {round(60 * hours)}:
            yield say(
                "{what}, {announced} announced and {planned} planned for a student",
                what=what,
                announced=timedelta(hours=hours),
                planned=_hours(planned),
            )


def _host_minutes(programme: Programme, groups: Collection[str]) -> int:
    return sum(internship.minutes for internship in programme.internships.values() if internship.group in groups)


def _roll_over(programme: Programme) -> Iterator[Message]:
    """What a student took in one year of a path does not come again in a later one."""
    told = set()
    for groups in programme.enrolments:
        taken: dict[str, Module] = {}
        for module in sorted(_modules_of(programme, groups), key=lambda module: module.year):
            first = taken.setdefault(module.title.casefold(), module)
            if first.year < module.year and module.key not in told:
                told.add(module.key)
                yield say(
                    "“{module}” is taken in year {first} and again in year {again}; what is covered is not repeated",
                    module=module.title,
                    first=first.year,
                    again=module.year,
                )


_LOOKS: Mapping[str, Callable[[Programme], Iterator[Message]]] = {
    "credits": _credits,
    "teaching_volume": _teaching_volume,
    "announced_hours": _announced_hours,
    "roll_over": _roll_over,
}


def _students(programme: Programme) -> list[Student]:
    return [_student(programme, groups) for groups in programme.enrolments]


def _student(programme: Programme, groups: Collection[str]) -> Student:
    attended = [part for part in programme.live_parts(groups) if part.kind != "defence"]
    return [*attended, *programme.works_of(groups)]


def _modules_of(programme: Programme, groups: Collection[str]) -> list[Module]:
    """The modules of somebody in these groups, defences included."""
    parts, works = programme.live_parts(groups), programme.works_of(groups)
    taken = {part.module for part in parts} | {work.module for work in works}
    return [module for key, module in programme.modules.items() if key in taken]


def _volume(programme: Programme, student: Student) -> Volume:
    forms: Counter[Form] = Counter()
    for activity in student:
        forms[form_of(programme, activity)] += _minutes(activity)
    return Volume(forms.total() - forms["personal"], forms["on site"], forms["personal"])


def _minutes(activity: Part | Work) -> int:
    return activity.most_minutes if isinstance(activity, Part) else activity.minutes


def _hours(minutes: Collection[int]) -> object:
    """The length that all students have, or the least and the most."""
    return _range([timedelta(minutes=each) for each in minutes])


def _range(amounts: Collection[float] | Collection[timedelta]) -> object:
    least, most = min(amounts), max(amounts)
    return most if least == most else say("{least}–{most}", least=least, most=most)
