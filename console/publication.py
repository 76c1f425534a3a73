"""A version in words: what was published, or what stands against it."""

from pathlib import Path

from calendars.calendar_file import Calendar
from calendars.holding import live_holds
from calendars.wording import say, say_count
from console.changes import tell_changes
from console.screen import Screen
from console.verdict import tell_breaches
from scheduler.publishing import Publication


def tell_publication(screen: Screen, publication: Publication, published: Calendar | None, output: Path) -> None:
    """Tells that a version was published to `output` after what was published before, or why it was not."""
    if not publication.files:
        screen.line(say("Not published: the calendar is in breach of laws."), "bold red")
        tell_breaches(screen, publication.breaches)
        return
    version = publication.calendar.versions[-1]
    number = len(publication.calendar.versions)
    screen.line(
        say(
            "Version {number}, “{name}”, is published in {folder}.",
            number=number,
            name=version.name,
            folder=str(output),
        ),
        "bold green",
    )
    if published is not None:
        tell_changes(screen, publication.calendar, published)
    if holds := len(live_holds(publication.calendar)):
        screen.line(
            say_count(
                "{count} slot is on hold: feeds show it as to be confirmed.",
                "{count} slots are on hold: feeds show them as to be confirmed.",
                holds,
            )
        )
