"""The law book: what the docstring and the fields of each rule say of it, as data.

A docstring starts with the rule in a sentence; more paragraphs may explain it. Then come the labels of `LABELS`, each
with its text, and at the end, where a programme file declares the rule, an example in TOML below "Example:".
"""

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from textwrap import dedent
from typing import Any, BinaryIO, NamedTuple

from calendars.faults import Fault, FaultyInput, with_nearest
from calendars.wording import Message, say
from constraints import RULES
from constraints.rule import Preference, Rule

LABELS = ("Formula", "Unit", "Boundary", "Source")

_LABEL = re.compile(rf"(?:^|\s)({'|'.join(LABELS)}):\s")

Form = Mapping[str, Any]
"""The JSON Schema of a value."""


class Parameter(NamedTuple):
    """A key in the table of a rule; `default` is in TOML, None where there is none, `bounds` of numbers only."""

    name: str
    form: Message | str
    is_required: bool
    default: str | None
    bounds: Message | None
    meaning: Message


class Page(NamedTuple):
    """What the law book says of a rule; `example` is TOML, or empty.

    The explanation and the texts of the labels are in English alone.
    """

    name: str
    kind: Message
    sentence: Message
    explanation: tuple[Message, ...]
    labels: Mapping[str, str]
    undeclared: Message | None
    parameters: tuple[Parameter, ...]
    example: str


_KIND = {False: say("law"), True: say("preference")}
_UNDECLARED = {
    "file": None,
    "always": say("It holds in every programme; no file declares it."),
    "previous": say("It comes with a calendar that people know; no file declares it."),
    "asked": say("It comes with a question; no file declares it."),
}


def law_book() -> tuple[Page, ...]:
    """A page for each rule, in the order in which rules strike."""
    return tuple(map(page_of, RULES))


def page_named(name: str) -> Page:
    """The page of a rule.

    Raises:
        FaultyInput: where no rule has that name; the cure is the nearest name.
    """
    known = {rule.name: rule for rule in RULES}
    if name not in known:
        fault = with_nearest(say("no law or preference is called {name}", name=name), name, known)
        raise FaultyInput([Fault(fault)])
    return page_of(known[name])


def page_of(rule: type[Rule]) -> Page:
    """The page of a rule, from its docstring and its fields."""
    text, _, example = inspect.cleandoc(rule.__doc__ or "").partition("\nExample:\n")
    said, *labelled = _LABEL.split(text)
    sentence, *explanation = map(_on_one_line, said.strip().split("\n\n"))
    return Page(
        name=rule.name,
        kind=_KIND[issubclass(rule, Preference)],
        sentence=Message(sentence),
        explanation=tuple(map(Message, explanation)),
        labels=dict(zip(labelled[::2], map(_on_one_line, labelled[1::2]), strict=True)),
        undeclared=_UNDECLARED[rule.origin],
        parameters=tuple(_parameters(rule)) if rule.origin == "file" else (),
        example=dedent(example).strip(),
    )


def sentences() -> tuple[str, ...]:
    """Whatever the law book says in the reader's language: the sentence of each rule and what its keys mean."""
    said = [message for page in law_book() for message in (page.sentence, *(key.meaning for key in page.parameters))]
    return tuple(dict.fromkeys(message.text for message in said))


def extract(source: BinaryIO, keywords: Any, comment_tags: Any, options: Any) -> Iterator[tuple[int, Any, Any, Any]]:
    """What babel finds in this module: its own words, and those of every rule."""
    from babel.messages.extract import extract_python

    yield from extract_python(source, keywords, comment_tags, options)
    yield from ((1, None, sentence, []) for sentence in sentences())


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


def _parameters(rule: type[Rule]) -> Iterator[Parameter]:
    """The keys of a rule, its own before those that many have."""
    schema = rule.model_json_schema()
    for name, field in sorted(rule.model_fields.items(), key=lambda named: named[0] in ("weight", "level")):
        written = schema["properties"][name]
        form, default = _where_given(written), written.get("default")
        yield Parameter(
            name=name,
            form=_form(form, schema.get("$defs", {})),
            is_required=field.is_required(),
            default=None if default is None else json.dumps(default, ensure_ascii=False),
            bounds=_bounds(form),
            meaning=Message(field.description or ""),
        )


def _where_given(written: Form) -> Form:
    """The form of a key that may be left out, where it is there."""
    forms = [form for form in written.get("anyOf", (written,)) if form != {"type": "null"}]
    return forms[0] if len(forms) == 1 else {"anyOf": forms}


def _form(form: Form, tables: Mapping[str, Form]) -> Message | str:
    match form:
        case {"$ref": str(table)}:
            return say("tables with {keys}", keys=tuple(tables[table.rpartition("/")[2]]["properties"]))
        case {"enum": words}:
            return " / ".join(f'"{word}"' for word in words)
        case {"anyOf": [one, several]}:
            return say("{one}, or {several}", one=_form(one, tables), several=_form(several, tables))
        case {"type": "array", "items": {"format": "date"}}:
            return say("two dates")
        case {"type": "array", "items": items}:
            return say("list of {items}", items=_form(items, tables))
        case {"type": "object", "additionalProperties": values}:
            return say("table, each key with {values}", values=_form(values, tables))
        case {"format": "date"}:
            return say("date")
        case {"pattern": _}:
            return say('hours such as "09:00-12:30"')
    return _PLAIN_FORMS[form["type"]]


_PLAIN_FORMS = {
    "integer": say("whole number"),
    "number": say("number"),
    "boolean": say("true or false"),
    "string": say("text"),
}


def _bounds(form: Form) -> Message | None:
    match form:
        case {"minimum": least, "maximum": most}:
            bounds = say("{least} to {most}", least=str(least), most=str(most))
        case {"exclusiveMinimum": above, "maximum": most}:
            bounds = say("above {above} to {most}", above=str(above), most=str(most))
        case {"exclusiveMinimum": above}:
            bounds = say("above {above}", above=str(above))
        case {"minimum": least}:
            bounds = say("at least {least}", least=str(least))
        case {"maximum": most}:
            bounds = say("at most {most}", most=str(most))
        case _:
            return None
    return say("{bounds}, by {step}", bounds=bounds, step=str(form["multipleOf"])) if "multipleOf" in form else bounds
