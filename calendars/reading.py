"""A programme file from disk: TOML, then its tables, every fault told at once with its line and its cure."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from datetime import date, time
from math import floor, inf
from pathlib import Path as FilePath
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeGuard, TypeVar, Union, get_args, get_origin
from zoneinfo import available_timezones

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from calendars.clock import Dates
from calendars.faults import Fault, FaultyInput, Path, dotted, nearest, with_nearest
from calendars.locate import line_of, place_at
from calendars.programme_file import ID_PATTERN, ProgrammeFile
from calendars.wording import Message, say, say_count

F = TypeVar("F", bound=ProgrammeFile)
Choices = tuple[object, ...]
"""The types that a value may have; several for a union, none where they are not known."""

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


def read_file(path: FilePath, model: type[F]) -> F:
    """The tables of a programme file; all its faults at once in `FaultyInput`."""
    return read_tables(read_text(path), path, model)


def read_text(path: FilePath) -> str:
    """The text of a UTF-8 file, with or without a byte order mark."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FaultyInput([Fault(_unreadable(error), file=str(path))]) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        message = say("the file is not in UTF-8; save it in that encoding")
        raise FaultyInput([Fault(message, file=str(path), line=line)]) from error


def read_tables(text: str, path: FilePath, model: type[F]) -> F:
    """The tables of a programme's text, which stands in the file `path`."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FaultyInput([_syntax_fault(str(error), text, path)]) from error
    try:
        return model.model_validate(tables)
    except ValidationError as error:
        raise FaultyInput(located(_table_faults(error, model, tables), text, path)) from error


def located(faults: Iterable[Fault], text: str, path: FilePath) -> list[Fault]:
    """Faults with the file and their lines, in the order of the lines."""
    return sorted((fault.at(str(path), line_of(text, fault.path)) for fault in faults), key=lambda one: one.line or 0)


def _table_faults(error: ValidationError, model: type[BaseModel], tables: dict[str, Any]) -> list[Fault]:
    """What pydantic refused in the tables of a file, in people's words."""
    faults: list[Fault] = []
    for detail in error.errors(include_url=False):
        fault = _fault(model, detail, tables)
        if fault not in faults and not _counts_faulty_ones(detail):
            faults.append(fault)
    return faults


def _counts_faulty_ones(error: ErrorDetails) -> bool:
    """Whether a list is too short for pydantic only because what stands in it has faults of its own."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _unreadable(error: OSError) -> Message:
    match error:
        case FileNotFoundError():
            return say("there is no such file; look at the spelling of its name and folder")
        case IsADirectoryError():
            return say("this is a folder; name a .toml file in it")
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


def _fault(model: type[BaseModel], error: ErrorDetails, tables: dict[str, Any]) -> Fault:
    path, choices = _walk(model, error["loc"])
    path = _as_written(path, tables)
    match error["type"]:
        case "union_tag_invalid" | "union_tag_not_found":
            return _kind_fault(path, choices, error)
        case "missing":
            return Fault(_missing(_name(path), _form(choices, path, None)), path)
        case "extra_forbidden":
            return Fault(_unknown_key(path, _walk(model, error["loc"][:-1])[1]), path)
        case "multiple_of":
            return Fault(_off_step(_name(path), error, _most(model, error["loc"])), path)
        case _:
            return Fault(_refusal(path, choices, error), path)


def _kind_fault(path: Path, choices: Choices, error: ErrorDetails) -> Fault:
    """The key that tells which of several tables this is has an unknown word, or is not there."""
    key = error["ctx"]["discriminator"].strip("'")
    value = error["input"].get(key)
    form = _one_of(tuple(word for choice in choices if _is_model(choice) for word in _words(choice, key)), value)
    return Fault(_missing(key, form) if value is None else _takes(key, value, form), (*path, key))


def _missing(key: str, form: Message) -> Message:
    return say("{key} is missing; it takes {form}", key=key, form=form)


def _takes(key: str, value: object, form: Message) -> Message:
    return say("{key} is {value}; it takes {form}", key=key, value=_shown(value), form=form)


def _refusal(path: Path, choices: Choices, error: ErrorDetails) -> Message:
    key, value, given = _name(path), error["input"], error.get("ctx", {})
    shown = _shown(value)
    match error["type"]:
        case "semainier":
            message: Message = given["message"]
            return message
        case "dates_reversed":
            return say("the dates end on {last} but start on {first}; put the earlier one first", **given)
        case "hours_reversed":
            return say("{key} is {value}; hours end after they start, at 24:00 at the latest", key=key, value=shown)
        case "time_zone":
            return _nearest_zone(key, value)
        case "string_pattern_mismatch" if given["pattern"] == ID_PATTERN:
            return say('an id has small letters, digits and hyphens; write "{id}"', id=_id(value))
        case "too_short":
            least, actual = given["min_length"], given["actual_length"]
            return say("{key} has {actual} and needs at least {least}; add to it", key=key, actual=actual, least=least)
        case "greater_than_equal":
            return say("{key} is {value}; the least is {least}", key=key, value=shown, least=_number(given["ge"]))
        case "less_than_equal":
            return say("{key} is {value}; the most is {most}", key=key, value=shown, most=_number(given["le"]))
        case "greater_than":
            return say("{key} is {value}; give more than {bound}", key=key, value=shown, bound=_number(given["gt"]))
        case "value_error":
            return say("{key} is refused: {reason}", key=key, reason=str(given["error"]))
        case kind if _is_of_form(kind):
            return _takes(key, value, _form(choices, path, value))
        case _:
            return say("{key} is refused: {reason}", key=key, reason=error["msg"])


def _is_of_form(kind: str) -> bool:
    """Whether pydantic's type of error means a value of another form than the one needed."""
    return kind.endswith(("_type", "_parsing", "_form", "literal_error", "_from_float", "_inexact"))


def _unknown_key(path: Path, table: Choices) -> Message:
    known = [name for choice in table if _is_model(choice) for name in choice.model_fields]
    match path:
        case ("laws", str(name)):
            return with_nearest(say("no law has that name yet"), name, known)
        case ("preferences", str(name)):
            return with_nearest(say("no preference has that name yet"), name, known)
        case _:
            key = str(path[-1])
            return with_nearest(say("{key} is not known here", key=key), key, known)


def _off_step(key: str, error: ErrorDetails, most: float) -> Message:
    value, step = error["input"], error["ctx"]["multiple_of"]
    if key.startswith("minutes") and 0 < value < step and value * 60 <= most:
        return say_count(
            "{key} is {count}; lengths come in steps of {step}: if {count} hour is meant, write {minutes}",
            "{key} is {count}; lengths come in steps of {step}: if {count} hours are meant, write {minutes}",
            value,
            key=key,
            step=step,
            minutes=value * 60,
        )
    below = floor(value / step) * step
    lower, upper = (_number(min(max(length, step), most)) for length in (below, below + step))
    cure = say("use {lower} or {upper}", lower=lower, upper=upper)
    if lower == upper:
        cure = say("use {length}", length=lower)
    return say(
        "{key} is {value}; lengths come in steps of {step}: {cure}",
        key=key,
        value=_shown(value),
        step=_number(step),
        cure=cure,
    )


def _most(model: type[BaseModel], loc: tuple[int | str, ...]) -> float:
    """The greatest number that a key takes."""
    _, tables = _walk(model, loc[:-1])
    fields = [table.model_fields.get(str(loc[-1])) for table in tables if _is_model(table)]
    limits = (limit.le for field in fields if field for limit in field.metadata if hasattr(limit, "le"))
    return min(limits, default=inf)


def _number(value: float) -> str:
    return str(int(value) if value == int(value) else value)


def _nearest_zone(key: str, value: str) -> Message:
    near = nearest(value, sorted(available_timezones()), likeness=0.85) or "Europe/Paris"
    return say(
        "{key} is {value}, which is no time zone; write a name such as {nearest}",
        key=key,
        value=_shown(value),
        nearest=near,
    )


def _id(value: str) -> str:
    """The id nearest to what was written; "module-1" where no letter can be kept."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "module-1"


def _shown(value: object) -> str | Message:
    """A value as it stands in the file."""
    match value:
        case str():
            return f'"{value}"'
        case bool():
            return str(value).lower()
        case date() | time():
            return value.isoformat()
        case dict():
            return say("a table")
        case list():
            return say("a list")
        case _:
            return str(value)


_PLAIN_FORMS: dict[object, Message] = {
    str: say("text in quotes"),
    bool: say("true or false"),
    int: say("a whole number without quotes"),
    float: say("a number without quotes"),
    date: say("a date without quotes such as 2026-09-14"),
    Dates: say("two dates without quotes such as [2026-09-14, 2026-12-18]"),
    tuple[int, int]: say('hours in quotes such as "09:00-12:30"'),
}


def _form(choices: Choices, path: Path, value: object) -> Message:
    """The form of a value that would be right; of words, the one nearest to `value` first."""
    choice = choices[0] if len(choices) == 1 else None
    header = dotted(tuple(step for step in path if isinstance(step, str)))
    if choice is int and "minutes" in _name(path):
        return say("whole minutes without quotes: one hour is 60")
    if choice in _PLAIN_FORMS:
        return _PLAIN_FORMS[choice]
    if choices and all(_is_model(one) for one in choices):
        return say("a table in braces") if isinstance(path[-1], int) else say("a table [{header}]", header=header)
    origin, arguments = get_origin(choice), get_args(choice)
    if origin is Literal:
        return _one_of(arguments, value)
    if origin is dict:
        return say("tables such as [{header}.name]", header=header)
    if origin is tuple and all(_is_model(element) for element in _choices(arguments[0])):
        return say("tables such as [[{header}]]", header=header)
    if origin is tuple:
        return say("a list in square brackets")
    return say("another form of value")


def _one_of(words: tuple[Any, ...], value: object) -> Message:
    near = nearest(value, words) if isinstance(value, str) else None
    return say("one of these words: {words}", words=tuple(sorted(words, key=lambda word: word != near)))


def _name(path: Path) -> str:
    """The last key of a path, with its places if it is a list: `working_week[1]`."""
    last = max((n for n, step in enumerate(path) if isinstance(step, str)), default=0)
    return dotted(path[last:])


def _walk(model: type[BaseModel], loc: tuple[int | str, ...]) -> tuple[Path, Choices]:
    """Where pydantic's place lies in the file, without the marks that pydantic puts in, and what may stand there."""
    path: Path = ()
    choices: Choices = (model,)
    for step in loc:
        if step == "[key]":
            continue
        if len(choices) > 1:
            choices = tuple(choice for choice in choices if _is_model(choice) and step in _words(choice))
        else:
            path = (*path, step)
            choices = _below(choices[0], step) if choices else ()
    return path, choices


def _as_written(path: Path, tables: dict[str, Any]) -> Path:
    """A path without places in lists that the file writes as one table: `[laws.spread]` for `[[laws.spread]]`."""
    written: Path = ()
    here: Any = tables
    for step in path:
        if isinstance(step, int) and isinstance(here, dict):
            continue
        written = (*written, step)
        found = step in here if isinstance(here, dict) else isinstance(here, list)
        here = here[step] if found else None
    return written


def _below(choice: object, step: int | str) -> Choices:
    if _is_model(choice):
        field = choice.model_fields.get(str(step))
        return _choices(field.annotation) if field else ()
    arguments = get_args(choice)
    return _choices(arguments[-1 if get_origin(choice) is dict else 0]) if arguments else ()


def _choices(annotation: object) -> Choices:
    """The types that a value may have, without constraints and without None."""
    if get_origin(annotation) is Annotated:
        return _choices(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        return tuple(choice for one in get_args(annotation) if one is not NoneType for choice in _choices(one))
    return (annotation,)


def _words(table: type[BaseModel], key: str | None = None) -> tuple[Any, ...]:
    """The words of which a table takes one, under a key or under any."""
    fields = [field for name, field in table.model_fields.items() if key in (None, name)]
    literals = (choice for field in fields for choice in _choices(field.annotation) if get_origin(choice) is Literal)
    return tuple(word for literal in literals for word in get_args(literal))


def _is_model(choice: object) -> TypeGuard[type[BaseModel]]:
    return isinstance(choice, type) and issubclass(choice, BaseModel)
