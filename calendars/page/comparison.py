"""The page of two calendars side by side, `compare.html`: a row for each week, before on the left, now on the right.

The page stands alone: its style is inside, it has no script, nothing is fetched. What differs stands out on both sides,
and each links to where it stands on the other. Weeks in which nothing differs are folded. The same two calendars give
the same bytes. Sources: `templates/compare.html` and `compare.css`.
"""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from markupsafe import Markup

from calendars.calendar_file import Calendar, PlacedSession
from calendars.change_words import aspects, title_of, when_of
from calendars.changes import Change, Placed, live, moment_of
from calendars.clock import Dates, monday_of, week_dates
from calendars.comparing import Comparison, WorkKey, work_by_week
from calendars.comparison_words import (
    NOTHING_DIFFERS,
    changes_grid,
    count_words,
    described,
    level_notes,
    levels_grid,
    touched_grid,
    work_grid,
)
from calendars.naming import KINDS
from calendars.page import SOURCES, environment
from calendars.page.words import LETTERS
from calendars.wording import Message, render, say, say_count, show_cell

_WORDS = {
    "before": say("Before"),
    "now": say("Now"),
    "moved": say("moved"),
    "changed": say("changed"),
    "new": say("new"),
    "called_off": say("called off"),
    "what": say("What differs"),
    "cost": say("Preferences"),
    "people": say("Whom to tell"),
    "weeks": say("Week by week"),
    "nothing": say("Nothing stands in this week."),
    "work": say("self-paced work"),
    "to_before": say("where it stood"),
    "to_now": say("where it stands now"),
}


@dataclass(frozen=True)
class Card:
    """An entry in a week of one side: its anchor where it begins, and the change that it is part of, if any."""

    entry: Placed
    dates: Dates
    anchor: str | None
    other: str | None
    change: Change | None


@dataclass(frozen=True)
class Pace:
    """The self-paced work of a module and its groups in a week of one side; `differs` where the other has another."""

    title: str
    length: timedelta
    differs: bool


@dataclass(frozen=True)
class Side:
    """A week of one calendar."""

    cards: tuple[Card, ...]
    work: tuple[Pace, ...]


@dataclass(frozen=True)
class Week:
    """A week of both calendars."""

    dates: Dates
    before: Side
    after: Side

    @property
    def differs(self) -> bool:
        """Whether anything in it does."""
        cards, work = (*self.before.cards, *self.after.cards), (*self.before.work, *self.after.work)
        return any(card.change for card in cards) or any(each.differs for each in work)


@dataclass(frozen=True)
class Stretch:
    """Weeks in a row, in all of which something differs, or in none."""

    weeks: tuple[Week, ...]
    differs: bool

    @property
    def summary(self) -> Message:
        """What it is called where it is folded."""
        return say_count("{count} week without a difference", "{count} weeks without a difference", len(self.weeks))

    @property
    def dates(self) -> Dates:
        """From the first to the last day."""
        return Dates(self.weeks[0].dates.first, self.weeks[-1].dates.last)


def comparison_page(comparison: Comparison, language: str) -> bytes:
    """The page of a comparison for a reader of `language`."""
    template = environment(language).get_template("compare.html")
    weeks = groupby(_weeks(comparison), lambda week: week.differs)
    html = template.render(
        language=language,
        comparison=comparison,
        style=Markup((SOURCES / "compare.css").read_text("utf-8")),
        words={name: render(message, language) for name, message in _WORDS.items()},
        sides=(described(comparison.before), described(comparison.after)),
        counts=NOTHING_DIFFERS if comparison.same else count_words(comparison),
        grids=[grid for grid in (changes_grid(comparison, language), work_grid(comparison)) if grid.rows],
        levels=levels_grid(comparison),
        notes=list(level_notes(comparison)),
        people=touched_grid(comparison),
        stretches=[Stretch(tuple(some), differs) for differs, some in weeks],
        kinds={kind: (LETTERS[kind], name) for kind, name in KINDS.items()},
        aspects_of=lambda change: tuple(aspects(change, comparison.titles)),
        titles=comparison.titles,
        begin_of=lambda entry: when_of(entry, language),
        title_of=title_of,
        cell=lambda value: show_cell(value, language),
        is_session=lambda entry: isinstance(entry, PlacedSession),
    )
    return html.encode()


def _weeks(comparison: Comparison) -> Iterator[Week]:
    """Every week in which something stands, before or now."""
    changed = {change.entry.uid: change for change in comparison.changes}
    numbers = {uid: n for n, uid in enumerate({**live(comparison.before), **live(comparison.after)}, 1)}
    differing = {(work.monday, work.module, work.groups) for work in comparison.work}
    sides = [
        (_cards(calendar, own, other, numbers, changed), _paces(calendar, differing))
        for calendar, own, other in ((comparison.before, "b", "a"), (comparison.after, "a", "b"))
    ]
    for monday in sorted({monday for cards, paces in sides for monday in (*cards, *paces)}):
        before, after = (Side(tuple(cards.get(monday, ())), tuple(paces.get(monday, ()))) for cards, paces in sides)
        yield Week(week_dates(monday), before, after)


def _cards(
    calendar: Calendar, own: str, other: str, numbers: Mapping[str, int], changed: Mapping[str, Change]
) -> dict[date, list[Card]]:
    """The entries of a calendar in order of time, by each week that they stand in."""
    found: defaultdict[date, list[Card]] = defaultdict(list)
    for uid, entry in live(calendar).items():
        change = changed.get(uid)
        goes_on = change is not None and change.before is not None and change.after is not None
        link = f"{other}{numbers[uid]}" if goes_on else None
        dates = _dates(entry)
        for monday in dates.weeks():
            anchor = f"{own}{numbers[uid]}" if monday == monday_of(dates.first) else None
            found[monday].append(Card(entry, dates, anchor, link, change))
    return {
        monday: sorted(cards, key=lambda card: (moment_of(card.entry), card.entry.uid))
        for monday, cards in found.items()
    }


def _dates(entry: Placed) -> Dates:
    if isinstance(entry, PlacedSession):
        return Dates(entry.start.date(), entry.start.date())
    return Dates(entry.first, entry.last)


def _paces(calendar: Calendar, differing: Container[WorkKey]) -> dict[date, list[Pace]]:
    """The self-paced work of each week."""
    found: defaultdict[date, list[Pace]] = defaultdict(list)
    for key, items in work_by_week(calendar).items():
        length = timedelta(minutes=sum(item.minutes for item in items))
        found[key[0]].append(Pace(items[0].module_title, length, key in differing))
    return found
