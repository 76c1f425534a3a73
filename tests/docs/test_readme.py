"""The tables of the README: every command, and every option with the commands that have it, in both languages."""

import re

import click
import pytest

import cli
from programmes import ROOT

ENGLISH, _, FRENCH = (ROOT / "README.md").read_text("utf-8").partition("\n# En français\n")
PAGES = {"en": ENGLISH, "fr": FRENCH}
HEADERS = {"en": ("command", "option"), "fr": ("commande", "option")}
ALL = {"all": (), "toutes": (), "all but `rules` and `schema`": ("rules", "schema")}
ALL |= {"toutes, sauf `rules` et `schema`": ("rules", "schema")}


def table(language: str, header: str) -> list[list[str]]:
    """The rows of the table that begins with a header."""
    found = re.search(rf"^\| {header} \|.*\n\|[-|]+\|\n((?:\|.*\n)+)", PAGES[language], re.MULTILINE)
    assert found is not None
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in found[1].splitlines()]


def commands() -> dict[str, click.Command]:
    """Every command by what a person types."""
    door = cli._command("en")
    assert isinstance(door, click.Group)
    found = dict(door.commands)
    poll = found.pop("poll")
    assert isinstance(poll, click.Group)
    return found | {f"poll {name}": command for name, command in poll.commands.items()}


def named(cell: str) -> set[str]:
    """The commands of a cell; `poll` is all that polls have."""
    if cell in ALL:
        return {*commands()} - {*ALL[cell]}
    names = set(re.findall(r"`([a-z ]+)`", cell))
    return {command for command in commands() if command in names or command.split()[0] in names}


@pytest.mark.parametrize("language", PAGES)
def test_every_command_has_a_row(language: str) -> None:
    rows = [re.findall(r"`([a-z]+(?: [a-z]+(?= ))?)", row[0])[0] for row in table(language, HEADERS[language][0])]
    assert {*rows} == {*commands()}


@pytest.mark.parametrize("language", PAGES)
def test_every_option_names_the_commands_that_have_it(language: str) -> None:
    told: dict[str, set[str]] = {}
    for names, of, *_ in table(language, HEADERS[language][1]):
        for option in re.findall(r"--[a-z-]+", names):
            told.setdefault(option, set()).update(named(of))
    have: dict[str, set[str]] = {"--help": set(), "--version": set()}
    for name, command in commands().items():
        for option in command.params:
            if isinstance(option, click.Option):
                have.setdefault(option.opts[-1], set()).add(name)
    assert told == have
