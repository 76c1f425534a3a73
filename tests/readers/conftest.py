"""What `make verify` says first: the parsers that read the feeds, and their versions."""

from importlib.metadata import version

import pytest

from tests.readers.parsers import ical_js


def pytest_report_header() -> str:
    try:
        versions = {name: version(name) for name in ("icalendar", "vobject", "ics")} | ical_js()
    except FileNotFoundError:
        raise pytest.UsageError("ical.js or node is missing, so no feed was read: make verify installs both") from None
    return f"feeds are read by {', '.join(f'{name} {number}' for name, number in versions.items())}"
