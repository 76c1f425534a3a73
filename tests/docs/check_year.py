"""A year that is played: each command is given in order, each answer is what the page shows.

`SEMAINIER_GOLDEN=rewrite` writes the answers into the pages instead. Of the feed of a student, who subscribed once,
three readers of calendars tell the same of each publication.
"""

import csv
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from programmes import ROOT
from tests.readers.parsers import PARSERS, Row
from walking import Walk, languages_of, walk

PAGES = {"en": ROOT / "docs" / "a-year.md", "fr": ROOT / "docs" / "une-annee.md"}
TABLES = {"en": "polls/ingenierie/votes.csv", "fr": "sondages/ingenierie/votes.csv"}
ANSWERS = {"en": "answers.csv", "fr": "reponses.csv"}
VOTERS = {"en": "voter,required\n", "fr": "votant;obligatoire\n"}
VOTES = {"en": ("no", "yes", "if need be"), "fr": ("non", "oui", "si besoin")}
NUMBER_OF_VOTERS = 12


class Year(NamedTuple):
    """The walk, and the group's feed at each publication."""

    walk: Walk
    feeds: tuple[bytes, ...]


@pytest.fixture(scope="module", params=languages_of(PAGES))
def year(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Year:
    language: str = request.param
    folder, feeds = tmp_path_factory.mktemp(language), list[bytes]()
    separator = ";" if language == "fr" else ","
    voters = "".join(f"{number:02}{separator}\n" for number in range(1, NUMBER_OF_VOTERS + 1))
    (folder / "voters.csv").write_text(VOTERS[language] + voters, "utf-8")

    def after(command: str) -> None:
        if command.startswith("semainier publish"):
            feeds.append((folder / "published" / "feeds" / "groups" / "promotion.ics").read_bytes())
        if command.startswith("semainier poll open"):
            answer(folder, language)

    return Year(walk(PAGES[language], folder, after), tuple(feeds))


def answer(folder: Path, language: str) -> None:
    """The table that comes back: everybody has answered, and most would rather have the second slot."""
    table = (folder / TABLES[language]).read_text("utf-8-sig")
    headings, *rows = csv.reader(StringIO(table), delimiter=";" if language == "fr" else ",")
    turns = (VOTES[language], (*VOTES[language][1:], VOTES[language][0]))
    answered = [[row[0], *turns[place % 3 == 0][: len(headings) - 1]] for place, row in enumerate(rows)]
    with (folder / ANSWERS[language]).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";", lineterminator="\n").writerows([headings, *answered])


def test_the_page_shows_what_is_told(year: Year) -> None:
    year.walk.settle()


def test_what_is_impossible_or_differs_ends_with_one(year: Year) -> None:
    """What cannot be settled before Christmas, a calendar that differs; a version that would leave a pinned slot."""
    commands = [command.split(" --as-of")[0] for command in year.walk.codes]
    assert [(command.split()[1], code) for command, code in zip(commands, year.walk.codes.values(), strict=True)] == [
        ("compare", 1),
        ("replan", 1),
        ("restore", 2),
    ]


@pytest.mark.parametrize("reader", ["icalendar", "vobject", "ics"])
def test_readers_agree_on_what_changed(year: Year, reader: str) -> None:
    """Every publication tells of what moved alone, and of each slot on hold; `ics` gives no SEQUENCE."""
    told = [PARSERS[reader](feed) for feed in year.feeds]
    assert [changed(before, after) for before, after in pairwise(told)] == [
        [("2026-11-10T15:30:00Z", "2026-11-24T15:30:00Z", "CONFIRMED")],
        [
            ("2026-11-12T16:00:00Z", "2026-11-20T16:00:00Z", "CONFIRMED"),
            ("2026-11-19T10:30:00Z", "2026-11-26T10:30:00Z", "CONFIRMED"),
            ("2026-11-19T12:30:00Z", "2027-01-14T12:30:00Z", "CONFIRMED"),
            ("2026-11-19T16:00:00Z", "2027-01-07T16:00:00Z", "CONFIRMED"),
        ],
        [
            ("", "2027-01-12T08:00:00Z", "TENTATIVE"),
            ("", "2027-01-13T08:00:00Z", "TENTATIVE"),
            ("", "2027-01-14T08:00:00Z", "TENTATIVE"),
            ("2027-01-14T12:30:00Z", "2027-01-14T12:30:00Z", "TENTATIVE"),
        ],
        [
            ("2027-01-12T08:00:00Z", "", ""),
            ("2027-01-13T08:00:00Z", "", ""),
            ("2027-01-14T08:00:00Z", "", ""),
            ("2027-01-14T12:30:00Z", "2027-01-13T08:00:00Z", "CONFIRMED"),
        ],
    ]


def changed(before: list[Row], after: list[Row]) -> list[tuple[str, str, str]]:
    """By UID the start before and now, and the status now, of all whose start or status is another."""
    was, now = ({row["uid"]: (row["start"], row["status"]) for row in rows if is_live(row)} for rows in (before, after))
    nothing = ("", "")
    return sorted(
        (was.get(uid, nothing)[0], *now.get(uid, nothing))
        for uid in {*was, *now}
        if was.get(uid, nothing) != now.get(uid, nothing)
    )


def is_live(row: Row) -> bool:
    """Weeks of self-paced work have dates, not times; what is cancelled stands no more."""
    return "T" in row["start"] and row["status"] != "CANCELLED"
