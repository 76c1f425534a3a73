"""Four iCalendar parsers that share no code, and what each reads in a feed, in one form.

A row for each event, by UID: instants in UTC such as `2026-11-10T13:00:00Z`, whole days as dates such as `2026-11-16`
with the end not included, categories in order of the alphabet, an empty location where there is none. `icalendar` and
`ics` know the zones of the world by name; `vobject` and ical.js believe the VTIMEZONE of the feed.
"""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import ics
import vobject
from vobject.icalendar import registerTzid

HERE = Path(__file__).parent
Row = dict[str, Any]


def by_icalendar(data: bytes) -> list[Row]:
    return rows(
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "start": told(event.start),
            "end": told(event.end),
            "status": str(event["STATUS"]),
            "sequence": event.sequence,
            "location": str(event.get("LOCATION", "")),
            "description": str(event["DESCRIPTION"]),
            "categories": sorted(event.categories),
        }
        for event in icalendar.Calendar.from_ical(data).walk("VEVENT")
        if isinstance(event, icalendar.Event)
    )


def by_vobject(data: bytes) -> list[Row]:
    text = data.decode()
    for zone in re.findall(r"\nTZID:(\S+)", text):
        registerTzid(zone, None)  # else it would keep the definition that it met first, in another feed
    return rows(
        {
            "uid": event.uid.value,
            "summary": event.summary.value,
            "start": told(event.dtstart.value),
            "end": told(event.dtend.value),
            "status": event.status.value,
            "sequence": int(event.sequence.value),
            "location": event.getChildValue("location", ""),
            "description": event.description.value,
            "categories": sorted(event.categories.value),
        }
        for event in vobject.readOne(text).contents.get("vevent", [])
    )


def by_ics(data: bytes) -> list[Row]:
    """Without `sequence`, which `ics` does not give."""
    return rows(
        {
            "uid": event.uid,
            "summary": event.name,
            "start": told(event.begin.date() if event.all_day else event.begin.datetime),
            "end": told(event.end.date() if event.all_day else event.end.datetime),
            "status": event.status,
            "location": event.location or "",
            "description": event.description,
            "categories": sorted(event.categories),
        }
        for event in ics.Calendar(data.decode()).events
    )


def by_ical_js(data: bytes) -> list[Row]:
    """In a zone far from all feeds, so that nothing comes from the machine's own."""
    environment = os.environ | {"TZ": "Pacific/Kiritimati"}
    command = ["node", str(HERE / "events.mjs")]
    run = subprocess.run(command, env=environment, input=data, stdout=subprocess.PIPE, check=True)
    return rows(json.loads(run.stdout))


PARSERS: dict[str, Callable[[bytes], list[Row]]] = {
    "icalendar": by_icalendar,
    "vobject": by_vobject,
    "ics": by_ics,
    "ical.js": by_ical_js,
}


def ical_js() -> dict[str, str]:
    """The versions of ical.js and of the node that runs it."""
    package = json.loads((HERE / "node_modules" / "ical.js" / "package.json").read_bytes())
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout
    return {"ical.js": package["version"], "node": node.strip().removeprefix("v")}


def rows(found: Iterable[Row]) -> list[Row]:
    return sorted(found, key=lambda row: str(row["uid"]))


def told(value: date) -> str:
    return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if isinstance(value, datetime) else value.isoformat()
