"""Who reads a calendar: everybody whom a feed is made for, and what of the calendar they see in it."""

from collections.abc import Iterable
from typing import NamedTuple

from calendars.calendar_file import Calendar

FOLDERS = ("groups", "trainers", "places", "people")
"""The sorts of readers, and the folders of what is written for each of them."""


class Reader(NamedTuple):
    """A group, a trainer, a place or a listed student, by folder and key, and the subjects that they follow.

    A student has no title: the key is a pseudonym.
    """

    folder: str
    key: str
    title: str
    follows: frozenset[str]


def readers_of(calendar: Calendar) -> tuple[Reader, ...]:
    """Everybody beside the reader of the whole programme, in the order of the folders.

    A group sees what is planned for that very group, a student what is planned for all of theirs.
    """
    titled = (
        Reader(kind, key, title, frozenset([f"{kind}/{key}"]))
        for kind in ("groups", "trainers", "places")
        for key, title in calendar.titles.get(kind, {}).items()
    )
    listed = (
        Reader("people", student, "", frozenset([f"people/{student}", *(f"members/{group}" for group in groups)]))
        for student, groups in calendar.people.items()
    )
    return (*titled, *listed)


def subjects(
    groups: Iterable[str], trainers: Iterable[str], place: str | None, student: str | None = None
) -> frozenset[str]:
    """What a reader may follow to see an entry, such as `groups/m2`, `trainers/ped` and `places/room`.

    Members of a group see what is for all of it, and of what one student attends alone their own: a group's `members`
    are told nothing of the defence of another, which is in the feed of the group itself.
    """
    named: dict[str, Iterable[str]] = {"groups": groups, "trainers": trainers, "places": [place] if place else []}
    named |= {"people": [student]} if student else {"members": groups}
    return frozenset(f"{kind}/{key}" for kind, keys in named.items() for key in keys)
