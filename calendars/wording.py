"""Words for people: messages are data until a reader's language is known.

A message keeps its English sentence, which is the key of the translations, and the values that fill it. Dates, times,
durations and lists take the form that the reader is used to. French sentences have their no-break spaces from here, so
that the catalogue is typed with plain ones; a value that a person wrote stays as it was written.
"""

import gettext
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

DOMAIN = "semainier"
LANGUAGES = ("fr", "en")
TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"
_BABEL = {"fr": "fr_FR", "en": "en_GB"}

_BEFORE_HIGH_MARKS = re.compile(r" (?=[;!?])")
_BESIDE_OTHER_MARKS = re.compile(r" (?=[:»%])|(?<=«) ")


@dataclass(frozen=True)
class Message:
    """A sentence still to be worded: English text with `{fields}`, a plural where `count` decides, and values.

    A value may be a date, datetime, time, timedelta, number, text, another message, or a sequence of these.
    """

    text: str
    values: tuple[tuple[str, object], ...] = ()
    plural: str | None = None
    count: int = 1

    def __str__(self) -> str:
        return render(self, "en")


def say(text: str, /, **values: object) -> Message:
    """A message from its English sentence and the values of its fields."""
    return Message(text, tuple(values.items()))


def say_count(one: str, many: str, count: int, /, **values: object) -> Message:
    """A message whose sentence depends on a number, which the field `{count}` shows."""
    return Message(one, (("count", count), *values.items()), many, count)


def render(message: Message, language: str) -> str:
    """The message in `language`, "fr" or "en"."""
    catalogue = _catalogue(language)
    if message.plural is None:
        sentence = catalogue.gettext(message.text)
    else:
        sentence = catalogue.ngettext(message.text, message.plural, message.count)
    if language == "fr":
        sentence = _unbroken(sentence)
    return sentence.format_map({name: show(value, language) for name, value in message.values})


def show(value: object, language: str) -> str:
    """One value as a reader of `language` writes it."""
    match value:
        case Message():
            return render(value, language)
        case datetime():
            at = " à" if language == "fr" else ""
            return f"{show(value.date(), language)}{at} {show(value.time(), language)}"
        case date():
            return _long_day(value, language)
        case time():
            return _clock_time(value, language)
        case timedelta():
            return _duration(value)
        case float():
            return _number(value, language)
        case str():
            return value
        case Sequence():
            return _list([show(item, language) for item in value], language)
        case _:
            return str(value)


def show_cell(value: object, language: str) -> str:
    """One value in a table: days are short, nothing is a dash."""
    match value:
        case None:
            return "–"
        case date():
            return short_day(value, language)
        case _:
            return show(value, language)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, TRANSLATIONS, [language])


@cache
def _unbroken(sentence: str) -> str:
    """French with no-break spaces: narrow before ; ! and ?, wide before : » and %, and after «."""
    return _BESIDE_OTHER_MARKS.sub("\u00a0", _BEFORE_HIGH_MARKS.sub("\u202f", sentence))


def _long_day(day: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, f"EEEE {_day_of_month(day, language)} MMMM y", locale=_BABEL[language])


def short_day(day: date, language: str) -> str:
    """A day for tables: "mar. 10 nov. 2026", "Tue 10 Nov 2026"."""
    from babel.dates import format_date

    return format_date(day, f"EEE {_day_of_month(day, language)} MMM y", locale=_BABEL[language])


def short_days(first: date, last: date, language: str) -> str:
    """Days in a row in short: "7–11 Sept 2026", one alone as `short_day`."""
    from babel import Locale
    from babel.dates import format_date

    if first == last:
        return short_day(first, language)
    differs = "y" if first.year != last.year else "M" if first.month != last.month else "d"
    patterns = Locale.parse(_BABEL[language]).interval_formats["yMMMd"][differs]
    return "".join(
        format_date(day, pattern.replace("d", _day_of_month(day, language)), locale=_BABEL[language])
        for day, pattern in zip((first, last), patterns, strict=True)
    )


def weekday_of(day: date, language: str) -> str:
    """A day within its week: "mardi 1er", "Tuesday 1"."""
    from babel.dates import format_date

    return format_date(day, f"EEEE {_day_of_month(day, language)}", locale=_BABEL[language])


def _day_of_month(day: date, language: str) -> str:
    """The pattern of the number: French counts the first of a month, "1er septembre", and no other."""
    return "d'er'" if language == "fr" and day.day == 1 else "d"


def _clock_time(at: time, language: str) -> str:
    if language == "fr":
        return f"{at.hour} h {at.minute:02}" if at.minute else f"{at.hour} h"
    return f"{at.hour:02}:{at.minute:02}"


def _duration(length: timedelta) -> str:
    hours, minutes = divmod(round(length.total_seconds() / 60), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes:02}" if minutes else f"{hours} h"


def _number(value: float, language: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(value, "#,##0.##", locale=_BABEL[language])


def _list(items: list[str], language: str) -> str:
    from babel.lists import format_list

    return format_list(items, locale=_BABEL[language])
