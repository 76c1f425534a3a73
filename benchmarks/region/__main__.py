"""A region's plan of in-service courses for teachers, as large as one likes: its files, and how long it takes.

`python -m benchmarks.region generate --courses 20 --seed 1 -o DIR` writes a site file, a programme file for each course
and the table of enrolments. The same arguments give the same bytes. `python -m benchmarks.region measure DIR --seconds
60` prints a dated row for RESULTS.md, with `--json` how the search ended.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from benchmarks.adapter import Score, record
from benchmarks.region.files import files_of
from benchmarks.region.measuring import HEADER, measured, row
from benchmarks.region.planting import planted


def main(words: Sequence[str] | None = None) -> None:
    """Writes the files, or measures their plan."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    commands = parser.add_subparsers(required=True)
    generate = commands.add_parser("generate", description="Writes the files of a region.")
    generate.add_argument("--courses", type=int, default=20)
    generate.add_argument("--seed", type=int, default=1)
    generate.add_argument("-o", "--output", type=Path, required=True)
    generate.set_defaults(work=write)
    measure = commands.add_parser("measure", description="Prints a row for a region's files.")
    measure.add_argument("folder", type=Path)
    measure.add_argument("--seconds", type=float, default=60)
    measure.add_argument("--json", action="store_true")
    measure.set_defaults(work=tell)
    chosen = parser.parse_args(words)
    chosen.work(chosen)


def write(chosen: argparse.Namespace) -> None:
    """Writes the files."""
    chosen.output.mkdir(parents=True, exist_ok=True)
    for name, text in files_of(planted(chosen.courses, chosen.seed)).items():
        (chosen.output / name).write_text(text, encoding="utf-8")


def tell(chosen: argparse.Namespace) -> None:
    """Measures the files, and prints what was found."""
    found = measured(chosen.folder, chosen.seconds)
    if chosen.json:
        levels = [Score(level.value, level.bound) for level in found.result.levels]
        print(json.dumps(record(found.result, levels)))
    else:
        print(f"{HEADER}\n{row(found)}")


if __name__ == "__main__":
    main()
