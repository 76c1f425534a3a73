"""`make bench`: instances are solved by commands, judged by an outside checker, and set beside what others reach."""

import json
import re
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.families import PUBLIC, Instance
from benchmarks.peers import PEERS, Others, others_on
from benchmarks.process import Ended, ended
from benchmarks.rows import append
from benchmarks.runs import Checker, Run, compared, run, run_checked
from benchmarks.table import COLUMNS, line
from programmes import ROOT

INSTANCE = """\
Name: Made-up
Courses: 1
Rooms: 1
Days: 2
Periods_per_day: 2
Curricula: 0
Constraints: 0

COURSES:
Algebra ann 2 2 {students}

ROOMS:
large 25

CURRICULA:

UNAVAILABILITY_CONSTRAINTS:

END.
"""
CHECKER = """\
import json, sys
lines = open(sys.argv[2]).read().splitlines()
cost = sum(max(0, int(open(sys.argv[1]).read().split("Algebra ann 2 2 ")[1].split()[0]) - 25) for _ in lines)
print(json.dumps({"cost": cost, "hard": {"conflicts": 1} if cost > 20 else {}}))
sys.exit(cost > 20)
"""
MEASURED = {"date", "commit", "machine", "lawful s", "CPU s", "wall s", "MiB"}


@pytest.fixture(autouse=True)
def _at_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder of made-up instances, with their checker, which finds a breach in whatever costs more than 20."""
    instances = tmp_path / "bench-data" / "cbctt"
    instances.mkdir(parents=True)
    for name, students in (("easy", 30), ("far", 31)):
        (instances / f"{name}.ctt").write_text(INSTANCE.format(students=students), encoding="utf-8")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools" / "cbctt_check.py").write_text(CHECKER, encoding="utf-8")
    return tmp_path


def peers(data: Path, name: str, best: int) -> Path:
    """What others reach on one of the instances."""
    digest = sha256((data / "bench-data" / "cbctt" / f"{name}.ctt").read_bytes()).hexdigest()[:12]
    file = data / "peers.toml"
    told = (
        f'[cbctt]\npeers = ["one", "other"]\n[cbctt.instances]\n{digest} = {{ best = {best}, figures = ["12", "–"] }}'
    )
    file.write_text(told, encoding="utf-8")
    return file


def bench(data: Path, peers: Path) -> int:
    """Measures the made-up instances."""
    options = ["--data", str(data), "--family", "cbctt", "--peers", str(peers), "--results", str(data / "results.md")]
    return main([*options, "--budget", "short"])


def cells(printed: str) -> list[dict[str, str]]:
    """The rows of a printed table, but for what is measured."""
    rows = [dict(zip(COLUMNS, row[2:-2].split(" | "), strict=True)) for row in printed.splitlines() if row[:3] == "| 2"]
    return [{key: cell for key, cell in row.items() if key not in MEASURED} for row in rows]


def test_each_instance_has_a_row_and_the_family_its_sums(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two lectures of 30 lack 5 seats each, two of 31 lack 6."""
    assert bench(data, peers(data, "easy", 10)) == 0
    printed = capsys.readouterr().out
    lawful = {"budget": "short", "outcome": "lawful, proved"}
    assert cells(printed) == [
        lawful
        | {"instance": "easy", "scores": "10", "median": "10", "bound": "10"}
        | {"best known": "10", "ratio": "1.00", "peers": "12 / –"},
        lawful
        | {"instance": "far", "scores": "12", "median": "12", "bound": "12"}
        | {"best known": "–", "ratio": "–", "peers": "–"},
        {"budget": "short", "instance": "**all 2**", "scores": "1 of 1 compared", "median": "10", "bound": "–"}
        | {"best known": "10", "ratio": "1.00", "peers": "–", "outcome": "2 of 2 runs proved, 0 wrong"},
    ]
    assert (data / "results.md").read_text(encoding="utf-8") == printed.removeprefix("\n")
    assert "\n\nPeers: one / other.\n\n" in printed


def test_breaches_that_the_checker_finds_are_loud_and_count_as_no_score(
    data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two lectures of 40 lack 15 seats each; a file without courses cannot be read."""
    instances = data / "bench-data" / "cbctt"
    (instances / "easy.ctt").write_text(INSTANCE.format(students=40), encoding="utf-8")
    (instances / "far.ctt").write_text("nonsense", encoding="utf-8")
    assert bench(data, peers(data, "easy", 30)) == 1
    printed, errors = capsys.readouterr()
    breaches = f"HARD BREACHES by the checker: {json.dumps({'cost': 30, 'hard': {'conflicts': 1}})}"
    failed = "FAILED, exit code 1: KeyError: 'Days'"
    assert [(row["scores"], row["median"], row["outcome"]) for row in cells(printed)] == [
        ("–", "–", f"**{breaches}**"),
        ("–", "–", f"**{failed}**"),
        ("0 of 1 compared", "–", "0 of 2 runs proved, 2 wrong"),
    ]
    assert errors.splitlines() == [f"!!! cbctt, easy, seed 0: {breaches}", f"!!! cbctt, far, seed 0: {failed}"]


def test_the_score_of_the_checker_counts(data: Path) -> None:
    """It sees 10 where the search is content with as much; a checker that says 11 is believed."""
    checker = data / "tools" / "other.py"
    checker.write_text("print(11)", encoding="utf-8")
    instance = data / "bench-data" / "cbctt" / "easy.ctt"
    found = run_checked("benchmarks.cbctt", instance, 20, Checker(checker, int), 0)
    assert (found.outcome, found.values, found.bounds, found.proved) == (
        "lawful, 10 by our own count",
        (11,),
        (10,),
        False,
    )


def test_a_folder_without_instances_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert bench(tmp_path, PEERS) == 1
    assert capsys.readouterr().err == "!!! cbctt: no instances found\n"


def test_public_instances_need_their_folder(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(["--family", "juries"])
    assert refused.value.code == 2
    assert capsys.readouterr().err.endswith("error: --data: where are the public instances?\n")


def test_breaches_of_our_own_laws_are_wrong_too() -> None:
    told = {"outcome": "lawful", "levels": [], "seconds_to_lawful": 1, "breaches": ["within", "alike", "within"]}
    found = run(["-c", f"print({json.dumps(json.dumps(told))})"])
    assert (found.outcome, found.values, found.wrong) == ("HARD BREACHES by our own laws: within, alike", None, True)


def test_a_search_without_an_answer_is_not_wrong() -> None:
    told = {"outcome": "unknown", "levels": [], "seconds_to_lawful": 0}
    found = run(["-c", f"print({json.dumps(json.dumps(told))})"])
    assert (found.outcome, found.values, found.proved, found.wrong) == ("unknown", None, False, False)


USED = Ended(0, "", "", 1.0, 1.0, 100.0)
UNKNOWN = Run("unknown", None, (), None, USED)


def lawful(value: int, bound: int) -> Run:
    return Run("lawful", (value,), (bound,), 0.5, USED)


@pytest.mark.parametrize(
    ("is_most_best", "values", "middle"),
    [
        (False, [7, 9, 8], 8),
        (False, [7, None, 8], 8),
        (False, [None, 9, None], None),
        (False, [7, 9], 9),
        (True, [7, 9, 8], 8),
        (True, [7, None, 8], 7),
        (True, [7, 9], 7),
    ],
)
def test_the_median_takes_what_is_not_lawful_for_the_worst(
    is_most_best: bool, values: list[int | None], middle: int | None
) -> None:
    runs = [UNKNOWN if value is None else lawful(value, 0) for value in values]
    found = line(Instance("made-up", len(runs), lambda seed: runs[seed], Others(), is_most_best), runs)
    assert found.middle.values == (None if middle is None else (middle,))


def test_a_known_solution_refutes_a_bound_beyond_it() -> None:
    assert compared(lawful(9, 7), 7, False) == lawful(9, 7)
    assert compared(lawful(9, 8), 7, False).outcome == "FALSE BOUND 8: 7 is known"
    assert compared(lawful(7, 9), 9, True) == lawful(7, 9)
    assert compared(lawful(7, 8), 9, True).outcome == "FALSE BOUND 8: 9 is known"
    assert compared(lawful(9, 8), None, False) == lawful(9, 8)


def test_a_known_solution_refutes_that_there_is_none() -> None:
    impossible = Run("impossible", None, (), None, USED)
    assert impossible.proved
    assert compared(impossible, None, False) == impossible
    assert compared(impossible, 7, False).wrong
    assert compared(UNKNOWN, 7, False) == UNKNOWN


def test_a_row_goes_to_the_end_of_its_table(tmp_path: Path) -> None:
    results = tmp_path / "results.md"
    first, second = "## A\n\n| x |\n|---|", "## B\n\n| y |\n|---|"
    for head, row in ((first, "| 1 |"), (second, "| 2 |"), (first, "| 3 |")):
        append(results, head, row)
    assert results.read_text(encoding="utf-8") == (
        "## A\n\n| x |\n|---|\n| 1 |\n| 3 |\n\n## B\n\n| y |\n|---|\n| 2 |\n"
    )


def test_a_command_is_measured_from_outside() -> None:
    code = "import sys; data = b'x' * (300 << 20); print('printed'); sys.exit('error')"
    found = ended([sys.executable, "-c", code])
    assert (found.code, found.printed, found.errors) == (1, "printed\n", "error\n")
    assert found.mebibytes > 300
    assert found.cpu_seconds > 0


def test_who_measures_memory_loads_no_solver() -> None:
    """Its own memory counts as that of the commands that it starts."""
    loaded = ended([sys.executable, "-c", "import benchmarks.__main__, sys; print(*sys.modules)"]).printed.split()
    assert "benchmarks.table" in loaded
    assert "ortools" not in loaded


def test_what_others_reach_has_a_figure_of_each_peer_and_no_name_of_an_instance() -> None:
    families = tomllib.loads(PEERS.read_text(encoding="utf-8"))
    assert [*families] == [*PUBLIC]
    for family, table in families.items():
        for digest, others in table["instances"].items():
            assert re.fullmatch("[0-9a-f]{12}", digest)
            assert (family, digest, len(Others(**others).figures)) == (family, digest, len(table["peers"]))


def test_an_instance_that_nobody_measured_has_no_figures() -> None:
    assert others_on(PEERS, "cbctt", ROOT / "Makefile") == Others()
