"""The site of several programmes: trainers, places and closures that they share, in a file of its own."""

from pathlib import Path
from typing import NamedTuple, TypeVar

from calendars.faults import Fault, FaultyInput
from calendars.programme_file import ProgrammeFile, SiteFile
from calendars.reading import read_tables, read_text
from calendars.wording import say

F = TypeVar("F", bound=ProgrammeFile)


class Site(NamedTuple):
    """A site file and where it is."""

    path: Path
    file: SiteFile


def site_of(programme: Path, named: str, model: type[SiteFile]) -> Site:
    """The site that a programme file names, by a path from its own folder; its faults bear its own name."""
    path = programme.parent / named
    return Site(path.resolve(), read_tables(read_text(path), path, model))


def joined(file: F, site: SiteFile) -> F:
    """The tables of a programme with those of its site.

    Raises:
        FaultyInput: where the programme gives an id to something of its own that the site has too.
    """
    faults = [
        Fault(say("the site has {id} too; remove one of the two, or give it another id", id=key), (kind, key))
        for kind, own, shared in (("trainers", file.trainers, site.trainers), ("places", file.places, site.places))
        for key in own
        if key in shared
    ]
    if faults:
        raise FaultyInput(faults)
    days_off = file.days_off.model_copy(update={"closures": (*site.closures, *file.days_off.closures)})
    tables = {
        "trainers": {**site.trainers, **file.trainers},
        "places": {**site.places, **file.places},
        "days_off": days_off,
    }
    return file.model_copy(update=tables)
