"""A list for each group, module, trainer and place; the page filters by the same subjects."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from calendars.calendar_file import Calendar
from calendars.page.entries import Entries, Entry, codes_of, module_titles
from calendars.page.words import NONE
from calendars.wording import Message

_NAMES = {"group": "groups", "module": "modules", "trainer": "trainers", "place": "places"}
"""The kinds of subject, and the plural that names their titles in a calendar and their part of the page."""


@dataclass(frozen=True)
class Listing:
    """The entries of one subject in order of time; `columns` are the kinds of subject that its rows tell."""

    key: str
    title: str | Message
    code: str
    entries: tuple[Entry, ...]
    works: tuple[Entry, ...]
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Subjects:
    """The listings of one kind of subject, in the order of the calendar."""

    kind: str
    name: str
    listings: tuple[Listing, ...]


def subjects_of(calendar: Calendar, entries: Entries) -> list[Subjects]:
    """Every kind of subject that the calendar names: without a place there is no list by place."""
    titles = {**calendar.titles, "modules": module_titles(calendar)}
    every = [
        Subjects(kind, name, tuple(_listings(kind, titles.get(name, {}), entries))) for kind, name in _NAMES.items()
    ]
    return [subjects for subjects in every if any(listing.key for listing in subjects.listings)]


def _listings(kind: str, titles: Mapping[str, str], entries: Entries) -> Iterator[Listing]:
    """A listing for each subject in use, unknown ones last under their own key."""
    dated = sorted((*entries.sessions, *entries.runs), key=lambda entry: (entry.dates.first, entry.is_session))
    found, works = _by_subject(kind, dated), _by_subject(kind, entries.works)
    codes = codes_of(titles) if kind == "module" else {}
    used = found.keys() | works.keys()
    for key in (*titles, *sorted(used - titles.keys())):
        if key in used:
            title = titles.get(key, key) or NONE.get(kind, key)
            held = tuple(found[key])
            yield Listing(key, title, codes.get(key, ""), held, tuple(works[key]), _columns(kind, held))


def _by_subject(kind: str, entries: Iterable[Entry]) -> defaultdict[str, list[Entry]]:
    found: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in entry.subjects.get(kind, ()):
            found[key].append(entry)
    return found


def _columns(kind: str, entries: Iterable[Entry]) -> tuple[str, ...]:
    """Every kind of subject but the one listed, unless a session has several of it: then who else is told."""
    several = any(len(entry.subjects[kind]) > 1 for entry in entries)
    return tuple(column for column in _NAMES if column != kind or several)
