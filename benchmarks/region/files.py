"""The files of a drawn region, by name."""

from collections.abc import Iterator
from itertools import pairwise

from benchmarks.region.planting import CAP, Course, Region, Trainer
from benchmarks.region.templates import Template
from calendars.clock import Dates

_COURSE = """\
title = "{title}"
site = "site.toml"
language = "fr"
dates = {dates}
starts_every_minutes = {every}

[opening_hours]
monday = "09:00-17:30"
tuesday = "09:00-17:30"
wednesday = "09:00-12:00"
thursday = "09:00-17:30"
friday = "09:00-17:30"
lunch = "12:00-13:30"

[days_off]
school_zones = [{zones}]

[groups.participants]
title = "{audience}"
size = 24

[blocks.parcours]
title = "{title}"
kind = "course"
group = "participants"
dates = {dates}
working_weeks = {weeks}
near = {near}
"""

_DAY = """
[milestones.journee]
title = "Journée en présence"
group = "participants"
dates = {dates}
"""

_MODULE = """
[modules.{key}]
title = "{title}"
group = "participants"
blocks = ["parcours"]
"""

_WORK = """
[[modules.{module}.parts]]
kind = "distance-work"
id = "{key}"
title = "{title}"
hours = {hours:g}
"""

_CLASS = """
[[modules.{module}.parts]]
kind = "virtual-class"
id = "classe-{number}"
title = "Classe virtuelle {number} : {title}"
sessions = 1
minutes = {minutes}
trainer = "{trainer}"
place = "visio"
"""

_ON_SITE = """
[[modules.{module}.parts]]
kind = "course"
id = "presence"
title = "Journée en présence"
sessions = 2
minutes = 180
trainer = "{trainer}"
place = "{place}"
blocks = ["journee"]
"""

_LAWS = """
[laws.working_hours]
[laws.days_off]
[laws.no_start_before_rest]
[laws.availability]
[laws.one_at_a_time]
"""

_ORDER = """
[[laws.order]]
first = {first}
then = {then}
"""

_PREFERENCES = """
[preferences.near_date]
level = 1

[preferences.trainer_preference]
level = 2

[preferences.even_load]
group = "participants"
target_hours_per_week = {target:g}
level = 3
"""

_SITE = """\
title = "Plan de formation de la région"
enrolments = "inscriptions.csv"

[laws.distance_cap]
minutes_per_week = {cap}

[laws.one_at_a_time]

[places.visio]
title = "Salle virtuelle"
virtual = true
"""

_PLACE = """
[places.{key}]
title = "{title}"
seats = 30
"""

_TRAINER = """
[trainers.{key}]
title = "{title}"
cannot = [{cannot}]
prefers = [{{ weekday = "{day}" }}, {{ hours = "{hours}" }}]
"""


def files_of(region: Region) -> dict[str, str]:
    """The text of every file."""
    return {
        **{f"{course.key}.toml": _course(course) for course in region.courses},
        "site.toml": _site(region),
        "inscriptions.csv": _enrolments(region),
    }


def _course(course: Course) -> str:
    template = course.template
    zones = " et ".join(filter(None, (", ".join(course.zones[:-1]), course.zones[-1])))
    head = _COURSE.format(
        title=course.title,
        dates=_dates(course.dates),
        every=template.starts_every_minutes,
        zones=", ".join(f'"{zone}"' for zone in course.zones),
        audience=f"Participants, {'zones' if len(course.zones) > 1 else 'zone'} {zones}",
        weeks=template.weeks,
        near=course.near,
    )
    day = _DAY.format(dates=_dates(course.dates)) if template.on_site is not None else ""
    module = _MODULE.format(key=template.key, title=template.title)
    orders = (_ORDER.format(first=first, then=then) for first, then in _orders(template))
    target = round(sum(template.load) / template.weeks / 15) / 4
    return "".join((head, day, module, *_parts(course), _LAWS, *orders, _PREFERENCES.format(target=target)))


def _parts(course: Course) -> Iterator[str]:
    template = course.template
    for number, step in enumerate(template.steps):
        hours = sum(step.minutes) / 60
        yield _WORK.format(module=template.key, key=step.key, title=step.title, hours=hours)
        if number < len(template.classes):
            yield _CLASS.format(
                module=template.key,
                number=number + 1,
                title=template.classes[number],
                minutes=template.class_minutes,
                trainer=course.trainers[number % 2],
            )
    if template.on_site is not None:
        yield _ON_SITE.format(module=template.key, trainer=course.trainers[0], place=course.site)


def _orders(template: Template) -> Iterator[tuple[str, str]]:
    """Each step before the class on it and the step after it; the day on site between two steps."""
    keys = [f"{template.key}.{step.key}" for step in template.steps]
    for number, (first, then) in enumerate(pairwise(keys), 1):
        yield _names(first), _names(f"{template.key}.classe-{number}", then)
    for number in range(1, len(template.classes)):
        yield _names(f"{template.key}.classe-{number}"), _names(f"{template.key}.classe-{number + 1}")
    if template.on_site is not None:
        yield _names(keys[template.on_site]), _names("journee")
        yield _names("journee"), _names(keys[template.on_site + 2])


def _site(region: Region) -> str:
    places = (_PLACE.format(key=key, title=title) for key, title in region.sites.items())
    return "".join((_SITE.format(cap=CAP), *places, *map(_trainer, region.trainers)))


def _trainer(trainer: Trainer) -> str:
    weekday, hours = trainer.half
    cannot = [f'{{ weekday = "{trainer.weekday}" }}', f'{{ weekday = "{weekday}", hours = "{hours}" }}']
    cannot += [f"{{ dates = {_dates(dates)} }}" for dates in trainer.away]
    day, preferred = trainer.prefers
    return _TRAINER.format(key=trainer.key, title=trainer.title, cannot=", ".join(cannot), day=day, hours=preferred)


def _enrolments(region: Region) -> str:
    rows = (f"{person};{course}\n" for person, courses in region.people.items() for course in courses)
    return "".join(("personne;parcours\n", *rows))


def _names(*names: str) -> str:
    return str(list(names)).replace("'", '"') if len(names) > 1 else f'"{names[0]}"'


def _dates(dates: Dates) -> str:
    return f"[{dates.first}, {dates.last}]"
