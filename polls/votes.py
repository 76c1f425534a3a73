"""The answers in `votes.csv`, as people and their spreadsheets leave them."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path

from calendars.faults import Fault, FaultyInput, with_nearest
from calendars.sheets import Row, column_of, folded, no_column, read_rows, sheet_bytes
from calendars.wording import say
from polls.poll_file import PollFile
from polls.voters import VOTER, doubled


class Vote(Enum):
    """What a voter says to a slot."""

    YES = "yes"
    IF_NEED_BE = "if need be"
    NO = "no"


Votes = Mapping[str, Mapping[int, Vote]]
"""For each voter by key the answers by the number of the slot; empty of a voter who has not answered."""

_WORDS = {
    **dict.fromkeys(("yes", "y", "oui", "o", "x", "1"), Vote.YES),
    **dict.fromkeys(("if need be", "si besoin", "?"), Vote.IF_NEED_BE),
    **dict.fromkeys(("no", "n", "non", "0"), Vote.NO),
}
_NUMBER = re.compile(r"(\d+)\s*(?::|$)")


def empty_votes(poll: PollFile) -> bytes:
    """The table in which the voters answer: a row for each, a column for each slot, nothing in the cells."""
    headings = [slot.heading(poll.language) for slot in poll.slots]
    own = VOTER[1] if poll.language == "fr" else VOTER[0]
    rows = [[voter.title, *("" for _ in headings)] for voter in poll.voters]
    return sheet_bytes([[own, *headings], *rows], poll.language)


def read_votes(path: Path, poll: PollFile) -> Votes:
    """The answers to a poll; rows and columns may stand in any order.

    Raises:
        FaultyInput: with every fault of the table.
    """
    headings, *rows = read_rows(path)
    own = column_of(headings, VOTER)
    faults = [*_faults_of_headings(headings, own, poll), *_faults_of_rows(headings, rows, own, poll)]
    if faults or own is None:
        raise FaultyInput([fault.at(str(path), fault.line) for fault in faults])
    columns = _columns(headings)
    return {
        folded(row.cell(own)): {
            number: _WORDS[word] for column, number in columns.items() if (word := folded(row.cell(column)))
        }
        for row in rows
    }


def _columns(headings: Row) -> dict[int, int]:
    """The number of the slot that each column is about."""
    found = ((column, _NUMBER.match(cell)) for column, cell in enumerate(headings.cells))
    return {column: int(number[1]) for column, number in found if number}


def _faults_of_headings(headings: Row, own: int | None, poll: PollFile) -> Iterator[Fault]:
    line = headings.line
    if own is None:
        yield Fault(no_column(VOTER), line=line)
    columns = _columns(headings)
    known = {slot.number: slot.heading(poll.language) for slot in poll.slots}
    for column, cell in enumerate(headings.cells):
        if cell and column != own and columns.get(column) not in known:
            yield Fault(
                with_nearest(say("no slot of the poll is called “{name}”", name=cell), cell, list(known.values())),
                line=line,
            )
    counts = Counter(columns.values())
    for number, heading in known.items():
        if not counts[number]:
            yield Fault(say("the column “{name}” is missing; put it back", name=heading), line=line)
        elif counts[number] > 1:
            yield Fault(
                say("the column “{name}” stands {count} times; keep one", name=heading, count=counts[number]), line=line
            )


def _faults_of_rows(headings: Row, rows: Sequence[Row], own: int | None, poll: PollFile) -> Iterator[Fault]:
    titles = {voter.key: voter.title for voter in poll.voters}
    lines: dict[str, int] = {}
    for row in rows:
        yield from _faults_of_answers(headings, row)
        if own is None:
            continue
        title = row.cell(own)
        if not title:
            yield Fault(say("the row has no voter; write whose answers these are, or remove the row"), line=row.line)
        elif folded(title) not in titles:
            unknown = say("“{voter}” is no voter of the poll", voter=title)
            yield Fault(with_nearest(unknown, title, list(titles.values())), line=row.line)
        elif fault := doubled(lines, title):
            yield Fault(fault, line=row.line)
        lines.setdefault(folded(title), row.line)
    for key, title in titles.items():
        if own is not None and key not in lines:
            yield Fault(say("“{voter}” is missing; put the row back, empty if there is no answer", voter=title))


def _faults_of_answers(headings: Row, row: Row) -> Iterator[Fault]:
    slots = _columns(headings)
    for column, cell in enumerate(row.cells):
        heading = headings.cell(column)
        if cell and not heading:
            yield Fault(say("“{word}” stands in a column without a heading; remove it", word=cell), line=row.line)
        elif cell and column in slots and folded(cell) not in _WORDS:
            unknown = say("“{word}” is no answer: write yes, if need be or no, or leave it empty", word=cell)
            yield Fault(unknown, (heading,), line=row.line)
