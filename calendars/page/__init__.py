"""The page of a calendar, `calendar.html`: a year planner, each week in detail, and a list for everyone concerned.

The page stands alone: style and script are inside, nothing is fetched, and it reads well without the script, which
only filters and shows notes. It names roles, as the calendar does. The same calendar gives the same bytes. Sources:
`templates/page.html`, `page.css` and `page.js`.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache
from hashlib import sha256
from pathlib import Path

from babel.dates import format_date, format_interval
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from calendars.calendar_file import Calendar
from calendars.clock import Dates
from calendars.naming import KINDS
from calendars.page.entries import Entry, codes_of, entries_of, module_titles
from calendars.page.listings import subjects_of
from calendars.page.planner import planners
from calendars.page.rest import offs
from calendars.page.weeks import weeks
from calendars.page.words import LETTERS, OFF, WORDS
from calendars.standing import standing_of
from calendars.wording import render, say, short_day, show

SOURCES = Path(__file__).parent.parent / "templates"


def page(calendar: Calendar, language: str) -> bytes:
    """The page of a calendar for a reader of `language`."""
    entries = entries_of(calendar, language)
    off = offs(calendar.days_off)
    kinds = {entry.kind for entry in entries.all}
    modules = module_titles(calendar)
    script = (SOURCES / "page.js").read_text("utf-8")
    template = _environment(language).get_template("page.html")
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
        off_marks={mark: name for mark, name in OFF.items() if any(mark in day.marks for day in off.values())},
        live=entries.live,
        planners=list(planners(entries.live, off)),
        weeks=list(weeks(entries, off)),
        subjects=subjects_of(calendar, entries),
        titles={name: calendar.titles.get(name, {}) for name in ("groups", "trainers", "places")},
        codes=[(code, modules[key]) for key, code in codes_of(modules).items()],
    )
    return html.encode()


@cache
def _environment(language: str) -> Environment:
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
        "short_day": cache(lambda day: short_day(day, language)),
        "week_name": lambda day: render(say("Week {number}", number=day.isocalendar().week), language),
        "dated": lambda day, pattern: format_date(day, pattern, locale=locale),
        "from_to": cache(lambda dates: _from_to(dates, language, locale)),
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


def _from_to(dates: Dates, language: str, locale: str) -> str:
    """Days in short: "7–11 Sept 2026", one alone "Tue 10 Nov 2026"."""
    if dates.first == dates.last:
        return short_day(dates.first, language)
    return str(format_interval(dates.first, dates.last, "yMMMd", locale=locale))
