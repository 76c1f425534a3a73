"""What is pinned in a calendar, in words and for machines."""

from typing import TYPE_CHECKING, Any

from calendars.calendar_file import Calendar, Pin
from calendars.change_words import what_of, when_of
from calendars.pins import pins_of, reason_of
from calendars.wording import say
from console.screen import Screen
from scheduler.asked import number_of

if TYPE_CHECKING:
    from calendars.changes import Placed


def tell_pins(screen: Screen, calendar: Calendar) -> None:
    """Tells everything that is pinned, in the order in which it was."""
    pins = pins_of(calendar)
    if not pins:
        screen.line(say("Nothing is pinned."))
        return
    for pin, entry in pins:
        told = {"name": what_of(entry), "when": when_of(entry, screen.language), "reason": reason_of(pin)}
        screen.item(say("{name}, {when}; {reason}", **told))


def tell_pinned(screen: Screen, entry: "Placed", was: Pin | None) -> None:
    """Tells that an entry is pinned from now on, and what it was before."""
    told = {"name": what_of(entry), "when": when_of(entry, screen.language)}
    screen.line(say("{name} is pinned where it stands: {when}.", **told), "bold green")
    if was is not None:
        screen.line(say("Until now it was {reason}.", reason=reason_of(was)))


def tell_unpinned(screen: Screen, entry: "Placed", was: Pin) -> None:
    """Tells that an entry is no longer pinned."""
    told = {"name": what_of(entry), "reason": reason_of(was)}
    screen.line(say("{name} may move again; it was {reason}.", **told), "bold green")


def pins_record(calendar: Calendar, was: Pin | None = None) -> dict[str, Any]:
    """Everything that is pinned now; `was` is the pin that was taken off or replaced, if any."""
    return {
        "pins": [
            {"session": number_of(entry), "title": entry.title, **pin.model_dump(mode="json")}
            for pin, entry in pins_of(calendar)
        ],
        "was": None if was is None else was.model_dump(mode="json"),
    }
