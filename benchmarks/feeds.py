"""Measures what the feeds of a large programme cost, and prints a dated row for RESULTS.md.

`python -m benchmarks.feeds [--runs 5]`: a calendar of 300 sessions over a year, with self-paced work in each week and
four seminars, for 24 listed students, 12 trainers, 16 groups and 7 places, which is 60 feeds with the programme's.
Steps are measured apart: events are serialised and shared out to their readers, feeds joined, looked over by the lint,
and written into a folder that is thrown away. *All* is the whole as the command does it. Seconds are those of the clock
on the wall; each cell has the best and the median of the runs.
"""

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.rows import dated_row
from calendars.calendar_file import FORMAT, Calendar, CertificateRecord, PlacedDays, PlacedSession, PlannedWork
from calendars.clock import Dates
from calendars.feeds import ensure_readable, feed, feed_events, feeds_of
from calendars.writing import write_whole

HEADER = (
    "| date | commit | machine | feeds | events | events in feeds | KB | events s | joining s | lint s | writing s "
    "| all s |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|"
)
CHANGED = datetime(2026, 9, 1, tzinfo=UTC)
YEAR = Dates(date(2026, 9, 7), date(2027, 7, 3))
"""43 weeks from Monday to Saturday."""

COHORT = "cohort"
ELECTIVES = tuple(f"elective-{n}" for n in range(1, 16))
TRAINERS = tuple(f"trainer-{n}" for n in range(1, 13))
PLACES = tuple(f"place-{n}" for n in range(1, 8))
PEOPLE = {
    f"p{n:02}": (COHORT, *sorted({ELECTIVES[n % 15], ELECTIVES[(n + 4) % 15], ELECTIVES[(n + 9) % 15]}))
    for n in range(24)
}


def main(words: Sequence[str] | None = None) -> None:
    """Prints the row."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    print(f"{HEADER}\n{row(large_calendar(), parser.parse_args(words).runs)}")


def row(calendar: Calendar, runs: int) -> str:
    """A row of the table."""
    chosen, files = feed_events(calendar), feeds_of(calendar)
    with TemporaryDirectory() as name:
        folder = Path(name)
        return dated_row(
            len(files),
            len(chosen["programme.ics"]),
            sum(map(len, chosen.values())),
            round(sum(map(len, files.values())) / 1000),
            seconds(lambda: feed_events(calendar), runs),
            seconds(lambda: [feed(calendar, path, shown) for path, shown in chosen.items()], runs),
            seconds(lambda: ensure_readable(calendar, chosen["programme.ics"]), runs),
            seconds(lambda: write_whole(folder, files), runs),
            seconds(lambda: write_whole(folder, feeds_of(calendar)), runs),
        )


def seconds(step: Callable[[], object], runs: int) -> str:
    """The least and the median seconds that a step takes."""
    taken = []
    for _ in range(runs):
        began = perf_counter()
        step()
        taken.append(perf_counter() - began)
    return f"{min(taken):.3f}, {median(taken):.3f}"


def large_calendar() -> Calendar:
    """A year of a cohort with fifteen electives: half of the sessions are for all, half for one elective each."""
    return Calendar(
        format=FORMAT,
        programme="large",
        title="Master hybride, Le Mans, 2026-2027",
        language="fr",
        time_zone="Europe/Paris",
        dates=YEAR,
        as_of=CHANGED.date(),
        seed=0,
        sessions=tuple(map(_session, range(300))),
        days=tuple(map(_seminar, range(4))),
        work=tuple(_work(week, module) for week in range(43) for module in range(4)),
        titles={
            "groups": {key: f"Groupe {key}" for key in (COHORT, *ELECTIVES)},
            "trainers": {key: f"Formatrice ou formateur {key}" for key in TRAINERS},
            "places": {key: f"Salle {key}, bâtiment principal" for key in PLACES},
        },
        people=PEOPLE,
        days_off=(),
        certificate=CertificateRecord(levels=(), reproducible=True),
    )


def _session(n: int) -> PlacedSession:
    """Seven sessions a week, each fourth with two trainers."""
    week, place_in_week = divmod(n, 7)
    day = YEAR.first + timedelta(days=7 * week + place_in_week % 5)
    start = datetime.combine(day, time(9 if place_in_week < 5 else 14))
    return PlacedSession(
        uid=f"session-{n}@semainier",
        last_modified=CHANGED,
        part=f"module-{n % 20}.course",
        number=n // 20 + 1,
        start=start,
        end=start + timedelta(hours=2),
        kind="virtual-class" if n % 3 else "course",
        title="Étude de cas et retour d’expérience",
        module=f"module-{n % 20}",
        module_title=f"Ingénierie des dispositifs à distance, unité {n % 20}",
        groups=(ELECTIVES[n // 2 % 15] if n % 2 else COHORT,),
        trainers=tuple(TRAINERS[(n + k) % 12] for k in range(2 if n % 4 == 0 else 1)),
        place=PLACES[n % 7],
    )


def _seminar(n: int) -> PlacedDays:
    monday = YEAR.first + timedelta(days=70 * n)
    return PlacedDays(
        uid=f"seminar-{n}@semainier",
        last_modified=CHANGED,
        source=f"seminar-{n}",
        first=monday,
        last=monday + timedelta(days=4),
        kind="seminar",
        title=f"Regroupement {n + 1}",
        groups=(COHORT,),
        place=PLACES[0],
    )


def _work(week: int, module: int) -> PlannedWork:
    """Four modules a week; two are of the cohort, two of an elective that changes each week."""
    return PlannedWork(
        uid=f"work-{week}-{module}@semainier",
        last_modified=CHANGED,
        part=f"module-{module}.distance-work",
        monday=YEAR.first + timedelta(days=7 * week),
        minutes=90,
        title="Lectures et exercices",
        module=f"module-{module}",
        module_title=f"Ingénierie des dispositifs à distance, unité {module}",
        groups=(COHORT if module < 2 else ELECTIVES[week % 15],),
    )


if __name__ == "__main__":
    main()
