"""The site of several programmes: trainers, places, closures and people that they share, in a file of its own."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, TypeVar

from calendars.enrolment_file import EnrolmentFile, read_enrolments
from calendars.faults import Fault, FaultyInput
from calendars.programme_file import ProgrammeFile, SiteFile
from calendars.reading import read_tables, read_text
from calendars.wording import say

F = TypeVar("F", bound=ProgrammeFile)


class Site(NamedTuple):
    """A site file, where it is, and its table of enrolments where it has one."""

    path: Path
    file: SiteFile
    enrolments: EnrolmentFile | None = None


class Sites:
    """The site files that the programme files of some folders name; each is read once, however many name it."""

    def __init__(self, model: type[SiteFile], folders: Iterable[Path]) -> None:
        self._model = model
        self._folders = frozenset(folders)
        self._found: dict[Path, Site | FaultyInput] = {}

    def of(self, programme: Path, named: str) -> Site:
        """The site that a programme file names, by a path from its own folder.

        Raises:
            FaultyInput: with the faults of the site file or of its enrolments, which bear its own name.
        """
        path = programme.parent / named
        key = path.resolve()
        if key not in self._found:
            self._found[key] = self._read(path)
        found = self._found[key]
        if isinstance(found, FaultyInput):
            raise found
        return found

    def _read(self, path: Path) -> Site | FaultyInput:
        try:
            file = read_tables(read_text(path), path, self._model)
            if file.enrolments is None:
                return Site(path.resolve(), file)
            table = read_enrolments(path.parent / file.enrolments, self._courses_beside(path))
            return Site(path.resolve(), file, table)
        except FaultyInput as error:
            return error

    def _courses_beside(self, site: Path) -> frozenset[str]:
        """The keys of all programmes that lie in the folders, whether or not anybody asks for them now."""
        paths = (path for folder in self._folders for path in folder.glob("*.toml"))
        return frozenset(path.stem for path in paths if path != site)


def programme_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files of a command, where a folder stands for its programme files in the order of their names.

    These are all its `.toml` files but the sites that they name.

    Raises:
        FaultyInput: where a folder has none.
    """
    files: list[Path] = []
    faults: list[Fault] = []
    for path in paths:
        found = _programmes_in(path) if path.is_dir() else [path]
        if not found:
            why = say("there is no programme file in this folder; name one with .toml files, or a file")
            faults.append(Fault(why, (), str(path)))
        files += found
    if faults:
        raise FaultyInput(faults)
    return tuple(files)


def _programmes_in(folder: Path) -> list[Path]:
    paths = sorted(folder.glob("[!.]*.toml"))
    sites = {_site_named(path) for path in paths}
    return [path for path in paths if path.resolve() not in sites]


def _site_named(path: Path) -> Path | None:
    """The site that a file names; None too where the file cannot be read, which is told when it is read as a whole."""
    try:
        named = tomllib.loads(read_text(path)).get("site")
    except (FaultyInput, tomllib.TOMLDecodeError):
        return None
    return (path.parent / named).resolve() if isinstance(named, str) else None


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
