"""Measures how long replans take, and prints dated rows for RESULTS.md.

`python -m benchmarks.replans programmes/ifuno-m2.toml out/calendar.json [--weeks 20] [--seed 0]`: in so many
random weeks a trainer who has sessions there is away from Monday to Sunday, told a week before. The calendar is taken
as published. Seconds are wall time from the changes to the proved answer: the search, and the proof that no fewer
sessions could move. Then the whole command `compare` of the calendar with the last one that was found.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from benchmarks.offers import HEADER
from benchmarks.rows import dated_row
from calendars.calendar_file import Calendar
from calendars.changes_file import AwayTable, ChangesFile
from calendars.clock import Dates, monday_of
from calendars.saving import calendar_bytes, read_calendar
from scheduler.happening import happened
from scheduler.problem import Problem, read_problem
from scheduler.replanning import Replanned, Scope, replan, year_after
from scheduler.result import Limits, Outcome

COMPARISONS = 5


def main(words: Sequence[str] | None = None) -> None:
    """Prints a row for the replans and one for `compare`."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("programme", type=Path)
    parser.add_argument("calendar", type=Path)
    parser.add_argument("--weeks", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(words)
    problem = read_problem(chosen.programme)
    calendar = published(read_calendar(chosen.calendar, problem.programme.key))
    taken, found = list[float](), list[Replanned]()
    for trainer, monday in drawn(calendar, Random(chosen.seed), chosen.weeks):
        start = perf_counter()
        found.append(without(problem, calendar, trainer, monday, chosen.calendar))
        taken.append(perf_counter() - start)
    print(HEADER)
    print(row(chosen.programme.stem, "a trainer's absent week", taken, told(found)))
    last = next(each for each in reversed(found) if each.result.timetable is not None)
    after = year_after(last, last.what.revision.day, 0, "en").calendar
    print(row(chosen.programme.stem, "compare, the whole command", compared(calendar, after), "exit code 1"))


def drawn(calendar: Calendar, random: Random, count: int) -> list[tuple[str, date]]:
    """Random trainers with a week in which they have sessions, given by its Monday."""
    every = {(key, monday_of(each.start.date())) for each in calendar.sessions for key in each.trainers}
    return random.sample(sorted(every), count)


def without(problem: Problem, calendar: Calendar, trainer: str, monday: date, path: Path) -> Replanned:
    """The year after a trainer is away in a week."""
    day = monday - timedelta(days=7)
    week = Dates(monday, monday + timedelta(days=6))
    changes = ChangesFile(away=(AwayTable(trainer=trainer, dates=week),))
    return replan(problem, calendar, happened(changes, problem, calendar, day), Scope(), day, path, Limits())


def published(calendar: Calendar) -> Calendar:
    """The calendar with everything published."""
    entries = {
        kind: tuple(each.model_copy(update={"state": "published"}) for each in getattr(calendar, kind))
        for kind in ("sessions", "days", "work")
    }
    return calendar.model_copy(update=entries)


def told(found: Sequence[Replanned]) -> str:
    """How many moved, and how many of it is proved."""
    lawful = [each for each in found if each.result.timetable is not None]
    moved = Counter(len(each.moved) for each in lawful)
    fewest = sum(each.fewest is not None and each.fewest.least == each.fewest.most for each in lawful)
    least = sum(each.disturbance is not None and each.disturbance.proved for each in lawful)
    impossible = sum(each.result.outcome is Outcome.IMPOSSIBLE for each in found)
    counts = ", ".join(f"{times} with {count}" for count, times in sorted(moved.items()))
    return (
        f"moved: {counts}; {impossible} proved impossible; of {len(lawful)} the least disturbance is proved in "
        f"{least}, the fewest moves in {fewest}"
    )


def compared(before: Calendar, after: Calendar) -> list[float]:
    """Seconds of the whole command, several times."""
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / "before.json", Path(name) / "after.json"]
        for path, calendar in zip(paths, (before, after), strict=True):
            path.write_bytes(calendar_bytes(calendar))
        return [_seconds([sys.executable, "cli.py", "compare", *map(str, paths)]) for _ in range(COMPARISONS)]


def _seconds(command: Sequence[str]) -> float:
    start = perf_counter()
    subprocess.run(command, check=False, capture_output=True)
    return perf_counter() - start


def row(programme: str, asked: str, taken: Sequence[float], outcome: str) -> str:
    """A row of the table."""
    return dated_row(programme, asked, f"{median(taken):.2f}", f"{max(taken):.2f}", outcome)


if __name__ == "__main__":
    main()
