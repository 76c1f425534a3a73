"""Who votes: a table with a row for each voter, typed by the person who opens the poll."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from calendars.faults import Fault, FaultyInput
from calendars.sheets import column_of, folded, no_column, read_rows
from calendars.wording import Message, say
from polls.poll_file import Voter

VOTER = ("voter", "votant")
"""The heading of the column with the voters."""

_REQUIRED = ("required", "obligatoire")
_YES = {"yes", "y", "oui", "o", "x", "1"}
_NO = {"no", "n", "non", "0", ""}


def read_voters(path: Path) -> tuple[Voter, ...]:
    """The voters in a table with the columns `voter` and `required`; other columns are not looked at.

    Raises:
        FaultyInput: with every fault of the table.
    """
    headings, *rows = read_rows(path)
    voter, required = column_of(headings, VOTER), column_of(headings, _REQUIRED)
    if voter is None or required is None:
        missing = [names for names, column in ((VOTER, voter), (_REQUIRED, required)) if column is None]
        raise FaultyInput([Fault(no_column(names), (), str(path), headings.line) for names in missing])
    read = [(row.line, row.cell(voter), row.cell(required)) for row in rows]
    if faults := [fault.at(str(path), fault.line) for fault in _faults(read)]:
        raise FaultyInput(faults)
    return tuple(Voter(key=folded(title), title=title, required=folded(word) in _YES) for _, title, word in read)


def doubled(lines: Mapping[str, int], title: str) -> Message | None:
    """That a voter has a row already; `lines` has those so far by the voter's key."""
    first = lines.get(folded(title))
    if first is None:
        return None
    return say("{voter} stands on line {line} too; keep one of the two rows", voter=title, line=first)


def _faults(read: Sequence[tuple[int, str, str]]) -> Iterator[Fault]:
    if not read:
        yield Fault(say("there is no voter; write a row for each"))
    lines: dict[str, int] = {}
    for line, title, word in read:
        if not title:
            yield Fault(say("the row has no voter; write a role or a pseudonym, or remove the row"), line=line)
        elif fault := doubled(lines, title):
            yield Fault(fault, line=line)
        if folded(word) not in _YES | _NO:
            yield Fault(
                say("“{word}” says neither yes nor no; write yes, or leave the cell empty", word=word), line=line
            )
        lines.setdefault(folded(title), line)
