"""How far a calendar has come: what its readers are told first, so that nobody takes a draft for what is published."""

from hashlib import sha256

from calendars.calendar_file import Calendar
from calendars.saving import timetable_of
from calendars.wording import Message, say


def standing_of(calendar: Calendar) -> Message:
    """A draft, with the version that it follows, or the version that a calendar was published as."""
    if not calendar.versions:
        return say("Draft")
    last = calendar.versions[-1]
    if calendar.draft:
        return say("Draft, follows version “{name}” of {day}", name=last.name, day=last.day)
    return say("Version “{name}”, published on {day}", name=last.name, day=last.day)


def digest_of(calendar: Calendar) -> str:
    """The SHA-256 of what stands where in a calendar; versions, states, pins and slots on hold do not change it."""
    return sha256(repr([tuple(each) for each in timetable_of(calendar).placements]).encode()).hexdigest()
