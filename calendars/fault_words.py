"""What pydantic refuses in the tables of a file, in people's words: the key, its value, the form it takes, the cure."""

import re
import unicodedata
from datetime import date, time
from math import floor, inf
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeGuard, Union, get_args, get_origin
from zoneinfo import available_timezones

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from calendars.clock import Dates
from calendars.faults import Fault, Path, dotted, nearest, with_nearest
from calendars.programme_file import ID_PATTERN
from calendars.wording import Message, say, say_count

Choices = tuple[object, ...]
"""The types that a value may have; several for a union, none where they are not known."""


def faults_of_tables(error: ValidationError, model: type[BaseModel], tables: dict[str, Any]) -> list[Fault]:
    """What pydantic refused in the tables of a model, each fault once."""
    faults: list[Fault] = []
    for detail in error.errors(include_url=False):
        fault = _fault(model, detail, tables)
        if fault not in faults and not _counts_faulty_ones(detail):
            faults.append(fault)
    return faults


def _counts_faulty_ones(error: ErrorDetails) -> bool:
    """Whether a list is too short for pydantic only because what stands in it has faults of its own."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _fault(model: type[BaseModel], error: ErrorDetails, tables: dict[str, Any]) -> Fault:
    path, choices = _walk(model, error["loc"])
    path = _as_written(path, tables)
    match error["type"]:
        case "union_tag_invalid" | "union_tag_not_found":
            return _kind_fault(path, choices, error)
        case "missing":
            return Fault(_missing(name_of_key(path), _form(choices, path, None)), path)
        case "extra_forbidden":
            return Fault(_unknown_key(path, _walk(model, error["loc"][:-1])[1]), path)
        case "multiple_of":
            return Fault(_off_step(name_of_key(path), error, _most(model, error["loc"])), path)
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
    return say("{key} is {value}; it takes {form}", key=key, value=shown_value(value), form=form)


def _refusal(path: Path, choices: Choices, error: ErrorDetails) -> Message:
    key, value, given = name_of_key(path), error["input"], error.get("ctx", {})
    shown = shown_value(value)
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
    return kind.endswith(
        ("_type", "_parsing", "_form", "literal_error", "_from_float", "_inexact", "_number", "string_too_short")
    )


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
        value=shown_value(value),
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
        value=shown_value(value),
        nearest=near,
    )


def _id(value: str) -> str:
    """The id nearest to what was written; "module-1" where no letter can be kept."""
    plain = unicodedata.normalize("NFKD", value).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "module-1"


def shown_value(value: object) -> str | Message:
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
    if choice is int and "minutes" in name_of_key(path):
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


def name_of_key(path: Path) -> str:
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
