"""The page of a calendar, `calendar.html`: a year planner, each week in detail, and a list for everyone concerned.

The page stands alone: style and script are inside, nothing is fetched, and it reads well without the script, which
only filters and shows notes. It names roles, as the calendar does. The same calendar gives the same bytes. Sources:
`templates/page.html`, `page.css` and `page.js`.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from calendars.calendar_file import Calendar
from calendars.naming import KINDS
from calendars.page.entries import Entry, codes_of, entries_of, module_titles
from calendars.page.listings import subjects_of
from calendars.page.planner import Planner, planners
from calendars.page.rest import offs
from calendars.page.weeks import Week, weeks
from calendars.page.words import LETTERS, OFF, WORDS
from calendars.standing import standing_of
from calendars.wording import render, say, short_days, show, weekday_of

SOURCES = Path(__file__).parent.parent / "templates"


def page(calendar: Calendar, language: str) -> bytes:
    """The page of a calendar for a reader of `language`."""
    entries = entries_of(calendar, language)
    off = offs(calendar.days_off)
    sheets, details = list(planners(entries.live, off)), list(weeks(entries, off))
    marks = set(_marks(sheets, details))
    kinds = {entry.kind for entry in entries.all}
    modules = module_titles(calendar)
    script = (SOURCES / "page.js").read_text("utf-8")
    template = environment(language).get_template("page.html")
    html = template.render(
        calendar=calendar,
        language=language,
        standing=standing_of(calendar),
        as_of=say("Made as of {day}.", day=calendar.as_of),
        style=Markup((SOURCES / "page.css").read_text("utf-8")),
        script=Markup(script),
        script_hash=b64encode(sha256(script.encode()).digest()).decode(),
        words={name: render(message, language) for name, message in WORDS.items()},
        kinds={kind: (LETTERS[kind], name) for kind, name in KINDS.items() if kind in kinds},
        off_marks={mark: name for mark, name in OFF.items() if mark in marks},
        live=entries.live,
        planners=sheets,
        weeks=details,
        subjects=subjects_of(calendar, entries),
        titles={name: calendar.titles.get(name, {}) for name in ("groups", "trainers", "places")},
        codes=[(code, modules[key]) for key, code in codes_of(modules).items()],
    )
    return html.encode()


def _marks(sheets: Iterable[Planner], details: Iterable[Week]) -> Iterator[str]:
    """The marks of every day off that the page shows."""
    planned = [cell.off for sheet in sheets for row in sheet.rows for cell in row if cell]
    detailed = [day.off for week in details for day in week.days]
    for off in (*planned, *detailed):
        yield from off.marks if off else ()


@cache
def environment(language: str) -> Environment:
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
        "week_name": lambda day: render(say("Week {number}", number=day.isocalendar().week), language),
        "dated": lambda day, pattern: format_date(day, pattern, locale=locale),
        "weekday": lambda day: weekday_of(day, language),
        "from_to": cache(lambda dates: short_days(dates.first, dates.last, language)),
        "labelled": lambda message: render(say("{label}:", label=message), language),
        "clock": lambda entry: f"{show(entry.start.time(), language)}–{show(entry.end.time(), language)}",
        "hour": lambda entry: show(entry.start.time(), language).replace(" ", ""),
        "length_of": _length_of,
        "titled": _titled,
        "days_of": lambda entries: sum((entry.dates.last - entry.dates.first).days + 1 for entry in entries),
    }
    return environment


def _length_of(entries: Iterable[Entry]) -> str:
    """Hours and minutes of all together, in the form that both languages share."""
    minutes = sum(entry.minutes for entry in entries)
    return show(timedelta(minutes=minutes), "en") if minutes else "0 h"


def _titled(keys: Iterable[str], titles: Mapping[str, str]) -> str:
    """The titles of all together; a plus is between them, since a title may have commas."""
    return " + ".join(titles.get(key, key) for key in keys)
