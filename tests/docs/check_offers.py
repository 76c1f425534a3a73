"""The walk from an offer to a confirmed slot: each command is given in order, each answer is what the page shows.

`SEMAINIER_GOLDEN=rewrite` writes the answers into the pages instead. Of the group's feed, as it is published before,
during and after the poll, three readers of calendars tell the same.
"""

import csv
import re
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import pytest

from programmes import ROOT
from tests.readers.parsers import PARSERS, Row
from walking import Walk, languages_of, walk

PAGES = {"en": ROOT / "docs" / "offers-and-polls.md", "fr": ROOT / "docs" / "offres-et-sondages.md"}
HEADINGS = {"en": "voter,required\n", "fr": "votant;obligatoire\n"}
TRAINER = {"en": '"Formateur, ingénierie pédagogique",yes\n', "fr": "Formateur, ingénierie pédagogique;oui\n"}
STUDENT = {"en": "Student {number:02},\n", "fr": "Étudiant {number:02};\n"}
WORDS = {"en": ("yes", "if need be", "no"), "fr": ("oui", "si besoin", "non")}
DAYS = {
    "en": {"answers-of-14-september.csv": 15, "answers-of-18-september.csv": 22},
    "fr": {"reponses-du-14-septembre.csv": 15, "reponses-du-18-septembre.csv": 22},
}
"""How many have answered in each table that comes back."""

TITLE = re.compile(r"(\[.+\] )?Ingénierie des dispositifs à distance · (classe virtuelle|virtual class) \(3\)")
CLASS = "3581d49605051f2b7dae22941049edc5@semainier"


class Walked(NamedTuple):
    """The walk, and the group's feed at each publication."""

    walk: Walk
    feeds: tuple[bytes, ...]


@pytest.fixture(scope="module", params=languages_of(PAGES))
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Walked:
    language: str = request.param
    folder, feeds = tmp_path_factory.mktemp(language), list[bytes]()
    students = "".join(STUDENT[language].format(number=number) for number in range(1, 24))
    (folder / "voters.csv").write_text(HEADINGS[language] + TRAINER[language] + students, "utf-8")

    def after(command: str) -> None:
        if command.startswith("semainier publish"):
            feeds.append((folder / "published" / "feeds" / "groups" / "promotion.ics").read_bytes())
        if command.startswith("semainier poll open"):
            answer(folder, language)

    return Walked(walk(PAGES[language], folder, after), tuple(feeds))


def answer(folder: Path, language: str) -> None:
    """The tables that come back: so many of the voters have answered, by turns and not all in the same way."""
    empty = (folder / "polls" / "ingenierie" / "votes.csv").read_text("utf-8-sig")
    headings, *rows = csv.reader(StringIO(empty), delimiter=";" if language == "fr" else ",")
    yes, if_need_be, no = WORDS[language]
    turns = ([yes, no, yes, if_need_be], [no, yes, yes, no], [if_need_be, yes, no, yes], [no, no, if_need_be, yes])
    for name, count in DAYS[language].items():
        answered = [[row[0], *turns[place % len(turns)]] for place, row in enumerate(rows[:count])]
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";", lineterminator="\n").writerows([headings, *answered, *rows[count:]])


def test_the_page_shows_what_is_told(walked: Walked) -> None:
    walked.walk.settle()


def test_what_is_too_early_or_stale_ends_otherwise(walked: Walked) -> None:
    """Nobody needs a folder of these; `grep` ends with 1 where it counts nothing."""
    assert walked.walk.codes == {
        "semainier poll close polls/ingenierie --as-of 2026-09-14": 3,
        "grep -c STATUS:TENTATIVE published/feeds/groups/promotion.ics": 1,
        "semainier accept published/calendar.json offers/ingenierie 1 -o out-again --as-of 2026-09-21": 2,
    }


@pytest.mark.parametrize("reader", ["icalendar", "vobject", "ics"])
def test_readers_see_the_class_and_its_slots(walked: Walked, reader: str) -> None:
    """Every slot is an event of its own; `ics` gives no SEQUENCE."""
    sequence = [None] * 3 if reader == "ics" else [0, 1, 3]
    slot = None if reader == "ics" else 0
    assert [of_the_class(PARSERS[reader](feed)) for feed in walked.feeds] == [
        [("class", "CONFIRMED", sequence[0], "2026-10-01T11:30:00Z", "2026-10-01T12:30:00Z")],
        [
            ("slot", "TENTATIVE", slot, "2026-09-30T07:00:00Z", "2026-09-30T08:00:00Z"),
            ("slot", "TENTATIVE", slot, "2026-09-30T07:30:00Z", "2026-09-30T08:30:00Z"),
            ("slot", "TENTATIVE", slot, "2026-10-01T07:00:00Z", "2026-10-01T08:00:00Z"),
            ("slot", "TENTATIVE", slot, "2026-10-01T07:30:00Z", "2026-10-01T08:30:00Z"),
            ("class", "TENTATIVE", sequence[1], "2026-10-01T11:30:00Z", "2026-10-01T12:30:00Z"),
        ],
        [("class", "CONFIRMED", sequence[2], "2026-09-30T07:30:00Z", "2026-09-30T08:30:00Z")],
    ]


def of_the_class(rows: list[Row]) -> list[tuple[object, ...]]:
    """What the feed says of the class, by start: by its UID, or by the title that its slots bear too."""
    named = [row for row in rows if TITLE.fullmatch(row["summary"])]
    told = [
        ("class" if row["uid"] == CLASS else "slot", row["status"], row.get("sequence"), row["start"], row["end"])
        for row in named
    ]
    return sorted(told, key=lambda row: str(row[3]))
