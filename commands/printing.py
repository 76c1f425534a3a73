"""Records for machines on the standard output, faults on the standard error."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from calendars.faults import FaultyInput

BAD_INPUT = 2
"""The exit code of bad input."""


def print_json(record: dict[str, Any]) -> None:
    """Prints a record as JSON, its letters as they are."""
    click.echo(json.dumps(record, indent=1, ensure_ascii=False))


@contextmanager
def telling_faults(language: str) -> Iterator[None]:
    """Bad input ends the command: every fault is printed on a line of its own."""
    try:
        yield
    except FaultyInput as found:
        for fault in found.faults:
            click.echo(fault.words(language), err=True)
        sys.exit(BAD_INPUT)
