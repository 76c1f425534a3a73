"""The charts of docs/figures.md: the numbers along their axes, the whole of a small picture, and what is measured."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from benchmarks.charts import Axis, Line, Panel, chart, log_ticks, steps, ticks
from benchmarks.figures import FIGURES, POINTS, drawn, kept, main, with_point
from programmes import ROOT, SMALL, changed

GOLDEN = ROOT / "tests" / "golden" / "chart.svg"
LEVELS = "[preferences.trainer_preference]\nlevel = 1\n\n[preferences.regular_slot]\nlevel = 2\n"


@pytest.mark.parametrize(
    ("most", "numbers"),
    [
        (0, [0, 1]),
        (0.4, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (5.1, [0, 2, 4, 6]),
        (25, [0, 5, 10, 15, 20, 25]),
        (26, [0, 10, 20, 30]),
        (87165, [0, 20000, 40000, 60000, 80000, 100000]),
    ],
)
def test_an_axis_from_0_has_one_step_to_five(most: float, numbers: Sequence[int]) -> None:
    assert list(ticks(most)) == numbers


@pytest.mark.parametrize(
    ("least", "most", "numbers"),
    [
        (20, 100, [20, 50, 100]),
        (19.9, 100.1, [10, 20, 50, 100, 200]),
        (20, 20, [20, 50]),
        (0.01, 0.1, [0.01, 0.02, 0.05, 0.1]),
    ],
)
def test_a_logarithmic_axis_ends_at_round_numbers(least: float, most: float, numbers: Sequence[float]) -> None:
    assert list(log_ticks(least, most)) == numbers


def test_a_logarithmic_axis_gives_each_doubling_the_same_room() -> None:
    axis = Axis("courses", (10, 20, 50, 1000), is_log=True)
    assert [round(axis.share(value), 6) for value in (10, 100, 1000)] == [0, 0.5, 1]
    assert axis.share(40) - axis.share(20) == pytest.approx(axis.share(20))


def test_a_value_holds_until_the_next() -> None:
    assert steps([(1, 9), (3, 4), (5, 2)]) == [(1, 9), (3, 9), (3, 4), (5, 4), (5, 2)]
    assert steps([(1, 9)]) == [(1, 9)]


def test_the_whole_picture() -> None:
    """Three seconds are half way along, and two of four half way up; a title is text, whatever its signs."""
    points = [(0, 4), (3, 2), (6, 2)]
    panels = [
        Panel(Axis("level 1", ticks(4)), [Line("value", steps(points)), Line("bound", [(0, 0), (6, 2)])]),
        Panel(Axis("MiB", (100, 200, 400), is_log=True), [Line("value", [(0, 100), (6, 200)], is_marked=True)]),
    ]
    picture = chart("Value & bound", Axis("seconds", ticks(6)), panels)
    if os.environ.get("SEMAINIER_GOLDEN") == "rewrite":
        GOLDEN.write_text(picture, "utf-8")
    assert picture == GOLDEN.read_text("utf-8")


def test_a_point_takes_the_place_of_that_of_as_many_courses() -> None:
    rows = [{"courses": "20", "MiB": "200"}, {"courses": "1000", "MiB": "900"}]
    assert with_point(rows, {"courses": "100", "MiB": "300"}) == [
        {"courses": "20", "MiB": "200"},
        {"courses": "100", "MiB": "300"},
        {"courses": "1000", "MiB": "900"},
    ]
    assert with_point(rows, {"courses": "1000", "MiB": "800"}) == [
        {"courses": "20", "MiB": "200"},
        {"courses": "1000", "MiB": "800"},
    ]


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an empty place for points and figures, in which the commands of the project work."""
    for folder in (POINTS, FIGURES):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_levels_of_a_programme_are_kept_and_drawn(elsewhere: Path) -> None:
    """Three sessions on two Tuesdays: nothing against what the trainer prefers, and a slot too many."""
    (elsewhere / "small.toml").write_text(SMALL, "utf-8")
    main(["programme", "small.toml"])
    ends = {(row["level"], row["rules"]): (row["value"], row["bound"]) for row in kept("small")}
    assert ends == {("1", "trainer_preference"): ("0", "0"), ("2", "regular_slot"): ("1", "1")}
    assert (FIGURES / "small.svg").read_text("utf-8") == drawn("small")


def test_a_programme_without_a_level_is_refused(elsewhere: Path) -> None:
    (elsewhere / "plain.toml").write_text(changed(LEVELS, ""), "utf-8")
    with pytest.raises(SystemExit) as refused:
        main(["programme", "plain.toml"])
    assert refused.value.code == "plain.toml: lawful, without a level"
    assert list(POINTS.iterdir()) == []


def test_a_region_is_kept_and_drawn(elsewhere: Path) -> None:
    """A plan of one course is proved the best long before the time allowed is over."""
    main(["region", "--courses", "1"])
    (row,) = kept("region")
    measured = {"date", "commit", "machine", "load", "lawful after s", "MiB"}
    assert {key: cell for key, cell in row.items() if key not in measured} == {"courses": "1", "allowed s": "120"}
    assert (FIGURES / "region.svg").read_text("utf-8") == drawn("region")


def test_the_page_shows_the_points_that_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    names = sorted(path.stem for path in POINTS.iterdir())
    page = (FIGURES.parent / "figures.md").read_text("utf-8")
    assert sorted(re.findall(r"\(figures/(.+)\.svg\)", page)) == names
    assert {path.stem: path.read_text("utf-8") for path in FIGURES.iterdir()} == {name: drawn(name) for name in names}
