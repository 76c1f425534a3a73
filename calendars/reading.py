"""A programme file from disk: TOML, then its tables, every fault told at once with its line and its cure."""

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path as FilePath
from typing import TypeVar

from pydantic import ValidationError

from calendars.fault_words import faults_of_tables
from calendars.faults import Fault, FaultyInput, Path
from calendars.locate import line_of, place_at
from calendars.programme_file import Table
from calendars.wording import Message, say
from calendars.writing import read_whole

F = TypeVar("F", bound=Table)

_TABLES = {
    "trainers": say("trainers"),
    "groups": say("groups"),
    "electives": say("electives"),
    "places": say("places"),
    "phases": say("phases"),
    "blocks": say("blocks"),
    "modules": say("modules"),
    "internships": say("internships"),
    "milestones": say("milestones"),
}

_SYNTAX = (
    ("Duplicate inline table key", say("a key stands twice in these braces; keep one of the two")),
    ("Unclosed array", say("the list is not closed; end it with ]")),
    (
        "Invalid initial character for a key part",
        say("braces hold keys on one line, with no comma at the end; join it"),
    ),
    ("Unclosed inline table", say("the braces are not closed; close them on the same line")),
    ("Illegal character '\\n'", say("the text is not closed; end it with a quotation mark on the same line")),
    ("Expected \"'", say("the text is not closed; end it with its quotation mark")),
    ("Unterminated string", say("the text is not closed; end it with its quotation mark")),
    ("Expected '\"", say("the text is not closed; end it with its quotation mark")),
    ("Unescaped '\\'", say("a backslash in a text is written twice; write \\\\")),
    ("Expected '=' after a key", say("a key is followed by = and its value; put = between them")),
    ("at the end of a", say("the table's name is not closed; end it with ] or ]], as it begins")),
    ("Invalid statement", say("a line is [a table] or key = value; begin it with the name of a key")),
    (
        "Expected newline",
        say("the line goes on after the value; put text and hours in quotes, and write dates as 2026-09-14"),
    ),
    ("Invalid value", say("the value cannot be read; put text and hours in quotes, and write dates as 2026-09-14")),
)


def read_text(path: FilePath, kind: str = ".toml", otherwise: str | None = None) -> str:
    """The text of a UTF-8 file, with or without a byte order mark; `kind` is the ending that its name should have.

    `otherwise` is the encoding of a file that is not in UTF-8, where another one is allowed; it has to fit any octets.

    Raises:
        FaultyInput: where the file cannot be read or is in another encoding.
    """
    try:
        content = read_whole(path)
    except OSError as error:
        raise FaultyInput([Fault(unreadable(error, kind), file=str(path))]) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if otherwise is not None:
            return content.decode(otherwise)
        line = content[: error.start].count(b"\n") + 1
        message = say("the file is not in UTF-8; save it in that encoding")
        raise FaultyInput([Fault(message, file=str(path), line=line)]) from error


def read_tables(text: str, path: FilePath, model: type[F]) -> F:
    """The tables of a programme's text, which stands in the file `path`.

    Raises:
        FaultyInput: with every fault of the text at once.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyInput([_syntax_fault(str(error), text, path)]) from error
    try:
        return model.model_validate(tables)
    except ValidationError as error:
        raise FaultyInput(located(faults_of_tables(error, model, tables), text, path)) from error


def located(faults: Iterable[Fault], text: str, path: FilePath) -> list[Fault]:
    """Faults with the file and their lines, in the order of the lines."""
    return sorted((fault.at(str(path), line_of(text, fault.path)) for fault in faults), key=lambda one: one.line or 0)


def unreadable(error: OSError, kind: str) -> Message:
    """Why a file cannot be read, and the cure; `kind` is the ending that its name should have."""
    match error:
        case FileNotFoundError():
            return say("there is no such file; look at the spelling of its name and folder")
        case IsADirectoryError():
            return say("this is a folder; name a {kind} file in it", kind=kind)
        case PermissionError():
            return say("this account may not read the file; ask its owner for the right to read it")
        case _:
            return say("the file cannot be read: {reason}; try a copy of it", reason=error.strerror or str(error))


def _syntax_fault(reason: str, text: str, path: FilePath) -> Fault:
    found = re.search(r"\(at line (\d+)", reason)
    line = int(found[1]) if found else text.rstrip().count("\n") + 1
    begun, place = place_at(text, line)
    if place and ("Cannot declare" in reason or "Cannot overwrite" in reason):
        return Fault(_repeated(text, begun, place), place, str(path), begun)
    if "Unclosed array" in reason:
        line = begun
    other = say("this is not TOML ({reason}); look at the line and the one above", reason=reason.partition(" (at ")[0])
    return Fault(next((cure for part, cure in _SYNTAX if part in reason), other), (), str(path), line)


def _repeated(text: str, line: int, place: Path) -> Message:
    if len(place) == 2 and place[0] in _TABLES:
        return say("two {things} have the id {id}; give each its own", things=_TABLES[str(place[0])], id=place[1])
    key, first = next(step for step in reversed(place) if isinstance(step, str)), line_of(text, place)
    if first == line:
        return say("what {key} belongs to already has a value above; keep one of the two", key=key)
    return say("{key} stands twice, first on line {first}; keep one of the two", key=key, first=first)
