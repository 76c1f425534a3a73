"""Measures how long offers take, and prints dated rows for RESULTS.md.

`python -m benchmarks.offers programmes/ifuno-m2.toml out/calendar.json [--sessions 50] [--seed 0] [--moves 2]`: so many
random sessions of the calendar are asked about, each with everything made anew but for the programme itself: the first
ten offers where nothing else moves, the first ten where others may, and the complete list. Then pairs of sessions with
four slots each are certified together. Seconds are wall time of the call; that of a wide model is part of them.
"""

import argparse
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import TypeVar

from benchmarks.rows import dated_row
from calendars.saving import read_calendar, timetable_of
from calendars.timetable import Placement, Timetable
from scheduler.asked import Asked
from scheduler.offers import Offering, Offers
from scheduler.problem import Problem, read_problem
from scheduler.together import Together, together

T = TypeVar("T")

HEADER = (
    "| date | commit | machine | programme | asked | median s | slowest s | outcome |\n"
    "|---|---|---|---|---|---|---|---|"
)


def main(words: Sequence[str] | None = None) -> None:
    """Prints a row for each thing that is asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("programme", type=Path)
    parser.add_argument("calendar", type=Path)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--moves", type=int, default=2)
    chosen = parser.parse_args(words)
    problem = read_problem(chosen.programme)
    timetable = timetable_of(read_calendar(chosen.calendar, problem.programme.key))
    sessions = drawn(problem, timetable, Random(chosen.seed), chosen.sessions)
    name, moves = chosen.programme.stem, chosen.moves
    print(HEADER)
    print(offers_row(name, "first 10, nothing else moves", problem, timetable, sessions, 0, False), flush=True)
    print(
        offers_row(name, f"first 10, {moves} others may move", problem, timetable, sessions, moves, False), flush=True
    )
    print(pairs_row(name, problem, timetable, sessions, 0), flush=True)
    print(pairs_row(name, problem, timetable, sessions, moves), flush=True)
    print(offers_row(name, "all, nothing else moves", problem, timetable, sessions, 0, True), flush=True)
    print(offers_row(name, f"all, {moves} others may move", problem, timetable, sessions, moves, True), flush=True)


def drawn(problem: Problem, timetable: Timetable, random: Random, count: int) -> list[Placement]:
    """Random sessions of the calendar."""
    return random.choices([each for each in timetable.placements if each.activity in problem.programme.parts], k=count)


def offers_row(
    programme: str,
    asked: str,
    problem: Problem,
    timetable: Timetable,
    sessions: Sequence[Placement],
    most: int,
    every: bool,
) -> str:
    """A row of offers for single sessions."""
    taken, found = [], list[Offers]()
    for session in sessions:
        seconds, offers = timed(partial(offers_of, problem, timetable, session, 10, most, every))
        taken.append(seconds)
        found.append(offers)
    slots = median(len(each.certified) for each in found)
    complete = sum(each.complete for each in found)
    return row(programme, asked, taken, f"{slots:g} slots in the median, {complete} of {len(found)} lists complete")


def pairs_row(programme: str, problem: Problem, timetable: Timetable, sessions: Sequence[Placement], most: int) -> str:
    """A row of pairs of sessions with four slots each; the offers themselves are not timed."""
    taken, found = [], list[Together]()
    for pair in zip(sessions[::2], sessions[1::2], strict=False):
        if len(set(pair)) == 2:
            several = [offers_of(problem, timetable, session, 4, most, False) for session in pair]
            seconds, joint = timed(partial(together, problem, timetable, several, most))
            taken.append(seconds)
            found.append(joint)
    remainders, failing = sum(each.remainder is not None for each in found), sum(bool(each.failing) for each in found)
    unknown = sum(bool(each.unknown) for each in found)
    told = f"{remainders} of {len(found)} with one remainder, {failing} with failing combinations, {unknown} not known"
    return row(programme, f"2 polls of 4 slots, {most} others may move", taken, told)


def offers_of(problem: Problem, timetable: Timetable, session: Placement, count: int, most: int, every: bool) -> Offers:
    """The offers for one session."""
    return Offering(problem, timetable).offers(Asked(session.activity, session.span), count, most, every)


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The seconds that some work takes, and what it gives."""
    start = perf_counter()
    given = work()
    return perf_counter() - start, given


def row(programme: str, asked: str, taken: Sequence[float], outcome: str) -> str:
    """A row of the table."""
    return dated_row(programme, asked, f"{median(taken):.1f}", f"{max(taken):.1f}", outcome)


if __name__ == "__main__":
    main()
