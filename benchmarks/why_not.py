"""Measures how long it takes to say why a session cannot stand at another moment, and prints dated rows for RESULTS.md.

`python -m benchmarks.why_not programmes/ifuno-m2.toml out/calendar.json [--pairs 50] [--seed 0]`: so many random pairs
of a session and a moment are asked about in one process, for which the model is built once. *Any* moments are all those
of the grid within the dates of the session's part, *open* ones those that no law forbids by itself. Seconds are wall
time of the whole call.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from typing import NamedTuple

from benchmarks.rows import dated_row
from calendars.clock import Span, days_span
from calendars.programme import Part
from calendars.saving import read_calendar, timetable_of
from calendars.timetable import Placement, Timetable
from scheduler.candidates import candidates_of
from scheduler.problem import Problem, read_problem
from scheduler.slot import Slots

HEADER = (
    "| date | commit | machine | programme | moments | built s | median s | slowest s | answers |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


class Question(NamedTuple):
    """A session of the calendar, and where it is to begin."""

    session: Placement
    to: Span


def main(words: Sequence[str] | None = None) -> None:
    """Prints a row for each way to draw moments."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("programme", type=Path)
    parser.add_argument("calendar", type=Path)
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(words)
    problem = read_problem(chosen.programme)
    timetable = timetable_of(read_calendar(chosen.calendar, problem.programme.key))
    start = perf_counter()
    slots = Slots(problem, timetable)
    built = perf_counter() - start
    print(HEADER)
    for name, moments in (("any", any_moments(problem)), ("open", open_moments(problem))):
        questions = drawn(problem, timetable, moments, Random(chosen.seed), chosen.pairs)
        print(row(chosen.programme.stem, name, built, slots, questions), flush=True)


def any_moments(problem: Problem) -> dict[str, list[Span]]:
    """By part, the candidates within its dates."""
    programme = problem.programme
    return {
        key: [span for span in programme.candidates(part) if days_span(part.dates).contains(span)]
        for key, part in programme.parts.items()
    }


def open_moments(problem: Problem) -> dict[str, list[Span]]:
    """By part, the candidates that no law strikes."""
    return {key: list(found.lawful) for key, found in candidates_of(problem.programme, problem.laws).items()}


def drawn(
    problem: Problem, timetable: Timetable, moments: dict[str, list[Span]], random: Random, pairs: int
) -> list[Question]:
    """Random sessions of the calendar, each with a random moment."""
    parts = problem.programme.activities
    sessions = [each for each in timetable.placements if isinstance(parts[each.activity], Part)]
    some = random.choices(sessions, k=pairs)
    return [Question(session, random.choice(moments[session.activity])) for session in some]


def row(programme: str, moments: str, built: float, slots: Slots, questions: Sequence[Question]) -> str:
    """A row of the table, with how many answers there were of each kind."""
    answers: Counter[str] = Counter()
    seconds = []
    for session, to in questions:
        start = perf_counter()
        answers[slots.ask(session.activity, to.start, session.span).slot.value] += 1
        seconds.append(perf_counter() - start)
    return dated_row(
        programme,
        moments,
        f"{built:.1f}",
        f"{median(seconds):.2f}",
        f"{max(seconds):.1f}",
        ", ".join(f"{count} {slot}" for slot, count in answers.most_common()),
    )


if __name__ == "__main__":
    main()
