"""Measures what docs/figures.md shows: keeps the points in benchmarks/points, and draws them into docs/figures.

    python -m benchmarks.figures programme programmes/ifuno-m2.toml [--seconds 120]
    python -m benchmarks.figures region --courses 500 [--seconds 120]
    python -m benchmarks.figures draw

The first takes the place of a programme's points, the second that of a region's point for as many courses; each draws
its chart anew. `draw` draws all charts from the points that are kept. *Load* is that of the minute before.
"""

import argparse
import csv
import os
from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

from benchmarks.charts import Axis, Line, Panel, Point, chart, log_ticks, steps, ticks
from benchmarks.families import region
from benchmarks.rows import origin

POINTS = Path("benchmarks/points")
FIGURES = Path("docs/figures")
REGION = "region"
_GROWTH = 1.2

Row = Mapping[str, str]


def main(words: Sequence[str] | None = None) -> None:
    """Measures and draws, from the project's folder."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(required=True)
    programme = commands.add_parser("programme", description="Measures the levels of a programme over time.")
    programme.add_argument("file", type=Path)
    programme.add_argument("--seconds", type=int, default=120)
    programme.set_defaults(work=measure_programme)
    courses = commands.add_parser("region", description="Measures the plan of a region.")
    courses.add_argument("--courses", type=int, required=True)
    courses.add_argument("--seconds", type=int, default=120)
    courses.set_defaults(work=measure_region)
    commands.add_parser("draw", description="Draws all charts.").set_defaults(work=draw_all)
    chosen = parser.parse_args(words)
    chosen.work(chosen)


def measure_programme(chosen: argparse.Namespace) -> None:
    """Keeps each moment of each level, and draws them."""
    now = measured_now()
    keep(chosen.file.stem, [{**now, **moment} for moment in moments(chosen.file, chosen.seconds)])


def measure_region(chosen: argparse.Namespace) -> None:
    """Keeps the point of a region of so many courses beside the others, and draws them."""
    now, found = measured_now(), region(chosen.courses, chosen.seconds)
    if found.lawful_seconds is None:
        raise SystemExit(f"{chosen.courses} courses: {found.outcome} after {chosen.seconds} s")
    point = now | {
        "courses": str(chosen.courses),
        "lawful after s": f"{found.lawful_seconds:.2f}",
        "allowed s": str(chosen.seconds),
        "MiB": f"{found.used.mebibytes:.0f}",
    }
    keep(REGION, with_point(kept(REGION), point))


def draw_all(_: argparse.Namespace) -> None:
    """Draws all points that are kept."""
    for table in sorted(POINTS.glob("*.csv")):
        draw(table.stem)


def measured_now() -> dict[str, str]:
    """What every point tells of its measurement."""
    return dict(zip(("date", "commit", "machine"), origin(), strict=True)) | {"load": f"{os.getloadavg()[0]:.0f}"}


def moments(file: Path, seconds: float) -> list[Row]:
    """Every value and bound that the search of a programme reports.

    Raises:
        SystemExit: where it reports none.
    """
    # Imported here, because the system counts the memory of whoever starts a command, as for regions, with it.
    from scheduler.problem import read_problem
    from scheduler.result import Limits, Progress
    from scheduler.search import search

    reported: list[Progress] = []
    result = search(read_problem(file), Limits(seconds=seconds), reported.append)
    if not reported:
        raise SystemExit(f"{file}: {result.outcome.value}, without a level")
    rules = {level.rank: ", ".join(level.rules) for level in result.levels}
    return [
        {
            "level": str(moment.rank),
            "rules": rules[moment.rank],
            "seconds": f"{moment.seconds:.2f}",
            "value": str(moment.value),
            "bound": str(moment.bound),
        }
        for moment in reported
    ]


def with_point(rows: Sequence[Row], point: Row) -> list[Row]:
    """The points of a region with one more, in the place of that of as many courses, by their number."""
    others = [row for row in rows if row["courses"] != point["courses"]]
    return sorted([*others, point], key=lambda row: int(row["courses"]))


def keep(name: str, rows: Sequence[Row]) -> None:
    """Writes a table, and draws it."""
    POINTS.mkdir(exist_ok=True)
    with (POINTS / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, rows[0], lineterminator="\n")
        table.writeheader()
        table.writerows(rows)
    draw(name)


def kept(name: str) -> list[Row]:
    """The rows of a table; none where it has not been measured yet."""
    path = POINTS / f"{name}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines())) if path.exists() else []


def draw(name: str) -> None:
    """Draws a table."""
    FIGURES.mkdir(exist_ok=True)
    (FIGURES / f"{name}.svg").write_text(drawn(name), encoding="utf-8")


def drawn(name: str) -> str:
    """The chart of a table."""
    return region_chart(kept(name)) if name == REGION else programme_chart(name, kept(name))


def programme_chart(name: str, rows: Sequence[Row]) -> str:
    """A panel for each level, with its value and its bound over the seconds since the search began."""
    seconds = Axis("seconds", ticks(float(rows[-1]["seconds"])))
    levels = [(title, list(level)) for title, level in groupby(rows, _title)]
    return chart(f"{name}: value and bound over time", seconds, [_level(title, level) for title, level in levels])


def region_chart(rows: Sequence[Row]) -> str:
    """Seconds to the first lawful plan, and memory, over the number of courses N."""
    lawful, memory = _points(rows, "courses", "lawful after s"), _points(rows, "courses", "MiB")
    (least, first), (most, _) = lawful[0], lawful[-1]
    growing = [(least, first), (most, first * (most / least) ** _GROWTH)]
    slow = Axis("seconds to the first lawful plan", _log_ticks_of([*lawful, *growing]), is_log=True)
    large = Axis("memory, MiB", _log_ticks_of(memory), is_log=True)
    return chart(
        "A region's plan: seconds to the first lawful plan, and memory, over the number of courses",
        Axis("courses (N)", log_ticks(least, most), is_log=True),
        [
            Panel(slow, [Line("measured", lawful, is_marked=True), Line(f"N^{_GROWTH}", growing)]),
            Panel(large, [Line("measured", memory, is_marked=True)]),
        ],
    )


def _title(row: Row) -> str:
    return f"level {row['level']}: {row['rules'].replace('_', ' ')}"


def _level(title: str, rows: Sequence[Row]) -> Panel:
    lines = [Line(name, steps(_points(rows, "seconds", name))) for name in ("value", "bound")]
    return Panel(Axis(title, ticks(max(float(row["value"]) for row in rows))), lines)


def _log_ticks_of(points: Sequence[Point]) -> Sequence[float]:
    heights = [height for _, height in points]
    return log_ticks(min(heights), max(heights))


def _points(rows: Sequence[Row], along: str, up: str) -> list[Point]:
    return [(float(row[along]), float(row[up])) for row in rows]


if __name__ == "__main__":
    main()
