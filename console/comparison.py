"""Two calendars side by side, in words and for machines: what differs, what it costs or gains, and whom to tell."""

from pathlib import Path
from typing import Any

from calendars.calendar_file import PlacedSession
from calendars.changes import Kind
from calendars.comparing import Comparison, LevelChange, Touched, WorkChange
from calendars.comparison_words import (
    NOTHING_DIFFERS,
    Grid,
    changes_grid,
    count_words,
    described,
    level_notes,
    levels_grid,
    since_words,
    touched_grid,
    work_grid,
)
from calendars.notices import notice
from calendars.wording import say, say_count
from console.records import change_record
from console.screen import Screen

_KINDS = (Kind.MOVED, Kind.CHANGED, Kind.NEW, Kind.CALLED_OFF)
"""What becomes of entries, whoever reads of them."""


def tell_comparison(screen: Screen, comparison: Comparison, output: Path | None) -> None:
    """Tells what differs; page and messages have been written to `output`, if it is given."""
    if comparison.same:
        screen.line(NOTHING_DIFFERS)
    else:
        _tell_differences(screen, comparison)
    if output is not None:
        screen.gap()
        screen.line(
            say_count(
                "Written to {folder}: compare.html and {count} message.",
                "Written to {folder}: compare.html and {count} messages.",
                len(comparison.touched),
                folder=str(output),
            )
        )


def _tell_differences(screen: Screen, comparison: Comparison) -> None:
    screen.line(say("Before: {calendar}.", calendar=described(comparison.before)))
    screen.line(say("Now: {calendar}.", calendar=described(comparison.after)))
    for revision in comparison.since:
        screen.line(since_words(revision))
    screen.line(count_words(comparison), "bold")
    if comparison.changes:
        _tell_grid(screen, changes_grid(comparison, screen.language))
    if comparison.work:
        _tell_grid(screen, work_grid(comparison))
    if comparison.levels:
        _tell_grid(screen, levels_grid(comparison))
    else:
        screen.gap()
    for note in level_notes(comparison):
        screen.line(note)
    _tell_grid(screen, touched_grid(comparison))


def _tell_grid(screen: Screen, grid: Grid) -> None:
    screen.gap()
    screen.table(*grid)


def comparison_record(comparison: Comparison, output: Path | None, language: str) -> dict[str, Any]:
    """What differs as plain JSON values; days are ISO 8601, moments wall times of the programme, work is in minutes.

    `kind` is moved, changed, new or called_off. Of `changes` and `levels` a side is null where there is none of it.
    `people` are groups, trainers, places and listed students (`folder`) whom something concerns, most concerned
    first, each with the counts of what they see and a `text` to be sent in `language`; an entry that concerns them only
    now, or no longer, is gained or lost. `output` is where page and texts were written, or null.
    """
    return {
        "same": comparison.same,
        "counts": {**{str(kind): comparison.count(kind) for kind in _KINDS}, "work": len(comparison.work)},
        "since": [each.model_dump(mode="json") for each in comparison.since],
        "changes": [
            {
                **change_record(each),
                "kind": str(each.kind),
                "number": each.entry.number if isinstance(each.entry, PlacedSession) else None,
            }
            for each in comparison.changes
        ],
        "work": [_work(each) for each in comparison.work],
        "levels": [_level(each) for each in comparison.levels],
        "people": [_touched(comparison, each, language) for each in comparison.touched],
        "output": None if output is None else str(output),
    }


def _work(work: WorkChange) -> dict[str, Any]:
    return {
        "module": work.module,
        "groups": work.groups,
        "monday": work.monday.isoformat(),
        "uids": work.uids,
        "before": work.before,
        "after": work.after,
    }


def _level(level: LevelChange) -> dict[str, Any]:
    return {
        "rank": level.rank,
        "rules": level.rules,
        "before": level.before,
        "after": level.after,
        "difference": level.difference,
        "proved": level.proved,
    }


def _touched(comparison: Comparison, touched: Touched, language: str) -> dict[str, Any]:
    return {
        "folder": touched.reader.folder,
        "key": touched.reader.key,
        **{str(kind): touched.count(kind) for kind in Kind},
        "work": len(touched.work),
        "text": notice(comparison, touched, language),
    }
