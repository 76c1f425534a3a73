"""A problem is a programme and its rules, read from one programme file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Any, cast

from pydantic import BeforeValidator, Field, WithJsonSchema, create_model

from calendars.faults import Fault, FaultyInput, fault_error
from calendars.faults import Path as Place
from calendars.programme import Programme
from calendars.programme_file import ProgrammeFile, SiteFile, Table
from calendars.reading import located, read_text
from calendars.resolving import load
from calendars.site import Sites
from calendars.timetable import Timetable
from calendars.wording import say
from constraints import RULES
from constraints.complete import Complete
from constraints.rule import Preference, Rule

_MOST_PRICE = 1_000


def _read_price(value: object) -> object:
    if value == "never":
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_PRICE:
        told = {"price": str(value), "most": _MOST_PRICE}
        raise fault_error(say("{price} is no price: write a whole number from 1 to {most}, or never", **told))
    return value


_PRICE_SCHEMA = {"anyOf": [{"const": "never"}, {"type": "integer", "minimum": 1, "maximum": _MOST_PRICE}]}

_Price = Annotated[int | None, BeforeValidator(_read_price), WithJsonSchema(_PRICE_SCHEMA)]
"""What it costs a repair to let a law give way by one; "never" is None."""


@dataclass(frozen=True)
class Problem:
    """What is to be placed and what it must keep; rules in the order in which they strike.

    `previous` is the timetable that it follows, where there is one. `bends` is what it costs a repair to let a law give
    way, by its name, where the file says so; None where it never may.
    """

    programme: Programme
    rules: tuple[Rule, ...]
    previous: Timetable | None = None
    bends: Mapping[str, int | None] = field(default_factory=dict)

    def bend(self, law: Rule) -> int | None:
        """What it costs a repair to let a law give way by one; None where it never may."""
        return self.bends.get(law.name, law.bend)

    @property
    def may_lack_sessions(self) -> bool:
        """Whether a timetable may have fewer sessions than the programme announces."""
        return any(isinstance(rule, Complete) and rule.may_lack_sessions for rule in self.rules)

    @property
    def follows(self) -> bool:
        """Whether a previous calendar or a question brings rules of its own."""
        return any(rule.origin not in ("file", "always") for rule in self.rules)

    @cached_property
    def laws(self) -> tuple[Rule, ...]:
        """The rules that are kept or broken."""
        return tuple(rule for rule in self.rules if rule.price is None)

    @cached_property
    def priced(self) -> tuple[Rule, ...]:
        """The preferences, and the laws that have a weight."""
        return tuple(rule for rule in self.rules if rule.price is not None)


def read_problem(path: Path, sites: Sites | None = None) -> Problem:
    """The problem of a programme file; `sites` are the site files known so far, where several programmes are read.

    Raises:
        FaultyInput: with every fault of the file at once, each with its place and cure.
    """
    file, programme = load(path, file_model(), sites or Sites(site_model(), [path.parent]))
    return Problem(programme, fitting(declared(file), programme, path), bends=_bends(file))


def fitting(rules: Iterable[tuple[Place, Rule]], programme: Programme, path: Path) -> tuple[Rule, ...]:
    """The rules of a file, each with its place there, if their parameters fit the programme.

    Raises:
        FaultyInput: with every parameter that does not.
    """
    every = tuple(rules)
    faults = [Fault(message, place) for place, rule in every for message in rule.faults(programme)]
    if faults:
        raise FaultyInput(located(faults, read_text(path), path))
    return tuple(rule for _, rule in every)


def schema() -> dict[str, Any]:
    """The JSON Schema of programme files."""
    return file_model().model_json_schema()


@cache
def file_model() -> type[ProgrammeFile]:
    """The whole form of a programme file: its things, and a key for each law and preference that exists."""
    repairs: Any = (_repairs_table(), Field(default={}, validate_default=True))
    return create_model("Programme", __base__=ProgrammeFile, repairs=repairs, **_rule_fields())


@cache
def site_model() -> type[SiteFile]:
    """The whole form of a site file: what is shared, and the laws and preferences that bind all programmes together."""
    return create_model("Site", __base__=SiteFile, **_rule_fields())


def _rule_fields() -> dict[str, Any]:
    """A key for each law and preference that a file may declare."""
    declared = [rule for rule in RULES if rule.origin == "file"]
    laws = [rule for rule in declared if not issubclass(rule, Preference)]
    preferences = [rule for rule in declared if issubclass(rule, Preference)]
    return {
        "laws": (_rules_table("Laws", laws), Field(default={}, validate_default=True)),
        "preferences": (_rules_table("Preferences", preferences), Field(default={}, validate_default=True)),
    }


def _rules_table(name: str, rules: Sequence[type[Rule]]) -> type[Table]:
    fields: dict[str, Any] = {rule.name: (_once_or_more(rule), ()) for rule in rules}
    return create_model(name, __base__=Table, **fields)


def _repairs_table() -> type[Table]:
    """A key for each law: what it costs a repair to let it give way by one, or "never"."""
    laws = (rule for rule in RULES if rule.origin in ("file", "always") and not issubclass(rule, Preference))
    fields: dict[str, Any] = {law.name: (_Price, None) for law in laws}
    return create_model("Repairs", __base__=Table, **fields)


def _bends(file: Table) -> dict[str, int | None]:
    """What a file says of repairs."""
    table: Table = file.repairs  # type: ignore[attr-defined]
    return {name: getattr(table, name) for name in table.model_fields_set}


def _once_or_more(rule: type[Rule]) -> Any:
    """A rule is declared by one table, or by several: `[laws.spread]` or `[[laws.spread]]`."""
    several: Any = tuple[rule, ...]  # type: ignore[valid-type]
    listed = BeforeValidator(
        lambda value: [value] if isinstance(value, dict) else value, json_schema_input_type=rule | several
    )
    return Annotated[several, listed]


def declared(file: Table) -> Iterator[tuple[Place, Rule]]:
    """Every rule that holds, with the place in the file at which it stands."""
    for rule in RULES:
        if rule.origin == "always":
            yield (), rule()
        if rule.origin != "file":
            continue
        name = "preferences" if issubclass(rule, Preference) else "laws"
        found = cast(tuple[Rule, ...], getattr(getattr(file, name), rule.name))
        for number, one in enumerate(found):
            yield (name, rule.name, number) if len(found) > 1 else (name, rule.name), one
