"""A problem is a programme and its rules, read from one programme file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, Field, create_model

from calendars.faults import Fault, FaultyInput
from calendars.faults import Path as Place
from calendars.programme import Programme
from calendars.programme_file import ProgrammeFile, Table
from calendars.reading import located, read_text
from calendars.resolving import load
from constraints import RULES
from constraints.rule import Preference, Rule


@dataclass(frozen=True)
class Problem:
    """What is to be placed and what it must keep; rules in the order in which they strike."""

    programme: Programme
    rules: tuple[Rule, ...]

    @property
    def laws(self) -> tuple[Rule, ...]:
        """The rules that are kept or broken."""
        return tuple(rule for rule in self.rules if rule.price is None)

    @property
    def priced(self) -> tuple[Rule, ...]:
        """The preferences, and the laws that have a weight."""
        return tuple(rule for rule in self.rules if rule.price is not None)


def read_problem(path: Path) -> Problem:
    """The problem of a programme file.

    Raises:
        FaultyInput: with every fault of the file at once, each with its place and cure.
    """
    file, programme = load(path, file_model())
    declared = tuple(_declared(file))
    faults = [Fault(message, place) for place, rule in declared for message in rule.faults(programme)]
    if faults:
        raise FaultyInput(located(faults, read_text(path), path))
    return Problem(programme, tuple(rule for _, rule in declared))


def schema() -> dict[str, Any]:
    """The JSON Schema of programme files."""
    return file_model().model_json_schema()


@cache
def file_model() -> type[ProgrammeFile]:
    """The whole form of a programme file: its things, and a key for each law and preference that exists."""
    laws = [rule for rule in RULES if not rule.always and not issubclass(rule, Preference)]
    preferences = [rule for rule in RULES if issubclass(rule, Preference)]
    return create_model(
        "Programme",
        __base__=ProgrammeFile,
        laws=(_rules_table("Laws", laws), Field(default={}, validate_default=True)),
        preferences=(_rules_table("Preferences", preferences), Field(default={}, validate_default=True)),
    )


def _rules_table(name: str, rules: Sequence[type[Rule]]) -> type[Table]:
    fields: dict[str, Any] = {rule.name: (_once_or_more(rule), ()) for rule in rules}
    return create_model(name, __base__=Table, **fields)


def _once_or_more(rule: type[Rule]) -> Any:
    """A rule is declared by one table, or by several: `[laws.spread]` or `[[laws.spread]]`."""
    several: Any = tuple[rule, ...]  # type: ignore[valid-type]
    listed = BeforeValidator(
        lambda value: [value] if isinstance(value, dict) else value, json_schema_input_type=rule | several
    )
    return Annotated[several, listed]


def _declared(file: ProgrammeFile) -> Iterator[tuple[Place, Rule]]:
    """Every rule that holds, with the place in the file at which it stands."""
    for rule in RULES:
        if rule.always:
            yield (), rule()
            continue
        name = "preferences" if issubclass(rule, Preference) else "laws"
        found = cast(tuple[Rule, ...], getattr(getattr(file, name), rule.name))
        for number, one in enumerate(found):
            yield (name, rule.name, number) if len(found) > 1 else (name, rule.name), one
