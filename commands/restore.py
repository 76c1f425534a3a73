"""`semainier restore`: a version of what is published is brought back, or the versions are told."""

from datetime import date
from pathlib import Path

from rich.console import Console

from calendars.saving import read_calendar
from calendars.writing import write_whole
from commands.printing import print_json
from console.restoring import restored_record, tell_restored, tell_versions, versions_record
from console.screen import Screen
from scheduler.problem import Problem
from scheduler.publishing import kept_as
from scheduler.restoring import ensure_published, restore, version_named


def restore_version(
    problem: Problem, folder: Path, name: str, output: Path, day: date, language: str, as_json: bool
) -> bool:
    """Makes the draft that brings a version back, and tells what changes; whether it was written.

    Args:
        problem: the programme and its rules.
        folder: of what is published.
        name: of the version, or its number.
        output: where the draft is written.
        day: before which nothing changes; time stamps bear it.
        language: of what is told and of the report.
        as_json: whether it is told to a machine.

    Raises:
        FaultyInput: where nothing is published there, or no such version, or something pinned is in its way.
    """
    key, path = problem.programme.key, folder / "calendar.json"
    published = read_calendar(path, key)
    ensure_published(published, path)
    number = version_named(published, name, folder)
    version = read_calendar(folder / kept_as(number, published.versions[number - 1]), key)
    restored = restore(problem, published, number, version, day, language, path)
    if restored.files:
        write_whole(output, restored.files)
    if as_json:
        print_json(restored_record(restored, published, number, output, language))
    else:
        tell_restored(Screen(Console(), language), restored, published, number, output)
    return bool(restored.files)


def list_versions(problem: Problem, folder: Path, language: str, as_json: bool) -> None:
    """Tells the versions of what is published, and what happened in the year.

    Raises:
        FaultyInput: where nothing is published there.
    """
    path = folder / "calendar.json"
    published = read_calendar(path, problem.programme.key)
    ensure_published(published, path)
    if as_json:
        print_json(versions_record(published))
    else:
        tell_versions(Screen(Console(), language), published)
