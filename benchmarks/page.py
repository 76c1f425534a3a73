"""Measures the page of a full year, 320 sessions made in memory, and prints a dated row for RESULTS.md.

`python -m benchmarks.page`: its size, seconds to make it, and where Chromium is found, milliseconds from asking for the
page to its first paint and to the end of loading, each time in a new browser. Medians of five.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.rows import dated_row
from calendars.calendar_file import FORMAT, Calendar, CertificateRecord, PlacedDays, PlacedSession, PlannedWork
from calendars.clock import Dates
from calendars.page import page
from tests.browser.chromium import browser, program

HEADER = (
    "| date | commit | machine | sessions | page KB | made in s | first paint ms | loaded ms |\n"
    "|---|---|---|---|---|---|---|---|"
)
TIMES = 5
STAMP = datetime(2026, 9, 1, tzinfo=UTC)
FIRST_MONDAY = date(2026, 9, 7)
WEEKS = 40
HOURS = (9, 11, 14, 16)
MODULES = 12
GROUPS = ("cohort", "option-a", "option-b", "option-c")


def main() -> None:
    """Prints the row."""
    calendar = full_year()
    data = page(calendar, calendar.language)
    paint, loaded = opened(data) if program() else ("–", "–")
    row = dated_row(
        str(len(calendar.sessions)),
        f"{len(data) / 1000:.0f}",
        f"{median(seconds_to_make(calendar) for _ in range(TIMES)):.2f}",
        paint,
        loaded,
    )
    print(f"{HEADER}\n{row}")


def seconds_to_make(calendar: Calendar) -> float:
    """How long the page takes once its templates are read."""
    began = perf_counter()
    page(calendar, calendar.language)
    return perf_counter() - began


def opened(data: bytes) -> tuple[str, str]:
    """Milliseconds to the first paint and to the end of loading."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "calendar.html")
        path.write_bytes(data)
        paints, loads = zip(*(_open_once(path) for _ in range(TIMES)), strict=True)
    return f"{median(paints):.0f}", f"{median(loads):.0f}"


def _open_once(path: Path) -> tuple[float, float]:
    with browser(program() or "") as tab:
        tab.open(path, 1440)
        paint = tab.run("performance.getEntriesByName('first-paint')[0].startTime")
        load = tab.run("performance.getEntriesByType('navigation')[0].loadEventEnd")
    return float(paint), float(load)


def full_year() -> Calendar:
    """A French year of 320 sessions on Tuesdays and Thursdays, with seminars, host days and weekly work."""
    titles = {
        "groups": {group: f"Groupe {group}" for group in GROUPS},
        "trainers": {f"trainer-{n}": f"Formatrice, ingénierie pédagogique {n}" for n in range(MODULES)},
        "places": {"room": "Salle virtuelle", "campus": "Campus, bâtiment principal"},
    }
    return Calendar(
        format=FORMAT,
        programme="full-year",
        title="Une année complète à distance et en regroupement",
        language="fr",
        time_zone="Europe/Paris",
        dates=Dates(FIRST_MONDAY, FIRST_MONDAY + timedelta(weeks=WEEKS, days=-1)),
        as_of=FIRST_MONDAY,
        seed=0,
        sessions=tuple(_sessions()),
        days=tuple(_days()),
        work=tuple(_work()),
        titles=titles,
        days_off=(),
        certificate=CertificateRecord(levels=(), reproducible=True),
    )


def _mondays() -> list[date]:
    return [FIRST_MONDAY + timedelta(weeks=week) for week in range(WEEKS)]


def _sessions() -> Iterator[PlacedSession]:
    days = [monday + timedelta(days=after) for monday in _mondays() for after in (1, 3)]
    for n, (day, hour) in enumerate((day, hour) for day in days for hour in HOURS):
        module = n % MODULES
        start = datetime(day.year, day.month, day.day, hour)
        yield PlacedSession(
            uid=f"session-{n}",
            last_modified=STAMP,
            part=f"module-{module}.class",
            number=n // MODULES + 1,
            start=start,
            end=start + timedelta(minutes=90),
            kind="course" if n % 5 == 0 else "virtual-class",
            title="Conception et évaluation",
            module=f"module-{module}",
            module_title=_module_title(module),
            groups=(GROUPS[n % len(GROUPS)],),
            trainers=(f"trainer-{module}",),
            place="campus" if n % 5 == 0 else "room",
        )


def _days() -> Iterator[PlacedDays]:
    for n, monday in enumerate(_mondays()):
        seminar = n % 10 == 0
        yield PlacedDays(
            uid=f"days-{n}",
            last_modified=STAMP,
            source="seminar" if seminar else "internship",
            first=monday,
            last=monday + timedelta(days=4 if seminar else 0),
            kind="seminar" if seminar else "internship",
            title="Regroupement" if seminar else "Stage en alternance",
            groups=("cohort",),
        )


def _work() -> Iterator[PlannedWork]:
    for n, monday in enumerate(_mondays()):
        for module in (n % MODULES, (n + 5) % MODULES):
            yield PlannedWork(
                uid=f"work-{n}-{module}",
                last_modified=STAMP,
                part=f"module-{module}.work",
                monday=monday,
                minutes=120,
                title="Travail personnel",
                module=f"module-{module}",
                module_title=_module_title(module),
                groups=("cohort",),
            )


def _module_title(module: int) -> str:
    return f"Ingénierie des dispositifs à distance {module + 1}"


if __name__ == "__main__":
    main()
