"""Measures juries of seeded defences, and prints dated rows for RESULTS.md.

`python -m benchmarks.defences [24 70] [--seed 0]`: so many defences of 45 minutes on an hourly grid, each with its
supervisor, a tutor of the host organisation who can on some half-days and likes them from 1 to 5, and a president to be
chosen among the other supervisors; 12 defences fall to a supervisor, and 8 at most to a day. Liked times and even
shares come first, then few and full days of each member. Seconds are wall time of the search.
"""

import argparse
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from benchmarks.rows import dated_row
from calendars.programme_file import WEEKDAYS, ProgrammeFile
from calendars.resolving import resolve
from constraints.availability import Availability
from constraints.capacity import Capacity
from constraints.complete import Complete
from constraints.even_shares import EvenShares
from constraints.jury import Jury
from constraints.jury_days import JuryDays
from constraints.one_at_a_time import OneAtATime
from constraints.trainer_preference import TrainerPreference
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.problem import Problem
from scheduler.result import Limits
from scheduler.search import search

HEADER = (
    "| date | commit | machine | defences | seed | lawful s | all levels s | levels, value and bound |\n"
    "|---|---|---|---|---|---|---|---|"
)
FIRST = date(2027, 6, 7)
OF_A_SUPERVISOR, OF_A_DAY = 12, 8


def main(words: Sequence[str] | None = None) -> None:
    """Prints a row for each number of defences."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("defences", type=int, nargs="*", default=[24, 70])
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args(words)
    print(HEADER)
    for number in chosen.defences:
        print(row(number, chosen.seed), flush=True)


def row(number: int, seed: int) -> str:
    """A row of the table."""
    result = search(problem_of(number, Random(seed)), Limits())
    levels = [f"{' and '.join(level.rules)} {level.value} ≥ {level.bound}" for level in result.levels]
    return dated_row(
        str(number),
        str(seed),
        f"{result.seconds_to_lawful:.1f}",
        f"{result.seconds:.1f}",
        "; ".join(levels) or result.outcome.value,
    )


def problem_of(number: int, random: Random) -> Problem:
    """So many defences, with the laws and preferences on their juries."""
    laws = Complete(), Within(), WorkingHours(), Availability(), Capacity(), OneAtATime(), Jury(days_per_member=4)
    priced = TrainerPreference(), EvenShares(), JuryDays(level=2)
    return Problem(resolve(ProgrammeFile.model_validate(tables(number, random)), "defences"), (*laws, *priced))


def tables(number: int, random: Random) -> dict[str, Any]:
    """The tables of a programme file."""
    days = list(_working_days(-(-number // OF_A_DAY) + 1))
    supervisors = [f"supervisor-{n}" for n in range(1, -(-number // OF_A_SUPERVISOR) + 2)]
    hosts = {f"tutor-{n}": {"title": f"Tutor {n}", "can": _windows(random, days)} for n in range(1, number + 1)}
    defences = [
        {
            "student": f"student-{n}",
            "jury": {
                "supervisor": supervisors[n % len(supervisors)],
                "tutor": tutor,
                "president": [key for key in supervisors if key != supervisors[n % len(supervisors)]],
            },
        }
        for n, tutor in enumerate(hosts)
    ]
    roles = ("supervisor", "tutor", "president")
    part = {"kind": "defence", "defences": defences, "minutes": 45, "jury": roles, "place": "rooms"}
    return {
        "title": "Defences",
        "language": "en",
        "dates": [days[0], days[-1]],
        "starts_every_minutes": 60,
        "opening_hours": dict.fromkeys(WEEKDAYS[:5], "09:00-18:00") | {"lunch": "12:00-13:00"},
        "groups": {"students": {"title": "Students"}},
        "places": {"rooms": {"title": "Rooms", "virtual": True, "sessions_at_once": 3}},
        "trainers": {key: {"title": key} for key in supervisors} | hosts,
        "roles": {key: {"title": key.title()} for key in roles},
        "modules": {"thesis": {"title": "Thesis", "group": "students", "parts": [part]}},
    }


def _working_days(number: int) -> Iterator[date]:
    for n in range(number):
        yield FIRST + timedelta(days=n // 5 * 7 + n % 5)


def _windows(random: Random, days: Sequence[date]) -> list[dict[str, Any]]:
    """Some half-days on which somebody can, and how gladly."""
    halves = [(day, hours) for day in days for hours in ("09:00-12:00", "13:00-18:00")]
    return [
        {"dates": [day, day], "hours": hours, "liking": random.randint(1, 5)}
        for day, hours in random.sample(halves, random.randint(3, 6))
    ]


if __name__ == "__main__":
    main()
