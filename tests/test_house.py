"""The order of the house: who imports whom, what is loaded when, whose the names are, what a bare machine is told."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "calendars": {"calendars"},
    "constraints": {"calendars", "constraints"},
    "scheduler": {"calendars", "constraints", "scheduler"},
    "polls": {"calendars", "constraints", "polls", "scheduler"},
    "console": {"calendars", "console", "constraints", "polls", "scheduler"},
    "commands": {"calendars", "commands", "console", "constraints", "polls", "scheduler"},
    "cli": {"calendars", "commands", "console", "constraints", "polls", "scheduler"},
}
HEAVY = {"ortools", "holidays", "icalendar", "rich"}


def modules_of(name: str) -> list[Path]:
    """The source files of a top-level name."""
    return sorted((ROOT / name).rglob("*.py")) or [ROOT / f"{name}.py"]


def imported_names(source: Path) -> Iterator[str]:
    """The top-level name of each import of a file, also of those inside functions."""
    for node in ast.walk(ast.parse(source.read_text("utf-8"))):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_imports_go_one_way(name: str) -> None:
    own = set(MAY_IMPORT) | {path.stem for path in ROOT.iterdir() if path.is_dir() or path.suffix == ".py"}
    breaches = [
        f"{source.relative_to(ROOT)} imports {imported}"
        for source in modules_of(name)
        for imported in imported_names(source)
        if imported in own - MAY_IMPORT[name]
    ]
    assert breaches == []


def loaded_by(code: str) -> set[str]:
    """The top-level names that a fresh interpreter has loaded after some code."""
    report = f"{code}\nimport sys\nprint('\\nloaded', *sys.modules)"
    run = subprocess.run([sys.executable, "-c", report], cwd=ROOT, capture_output=True, text=True, check=True)
    return {module.partition(".")[0] for module in run.stdout.splitlines()[-1].split()}


def test_the_laws_load_no_solver_and_no_lists_of_holidays() -> None:
    laws = [f"constraints.{path.stem}" for path in modules_of("constraints") if path.stem != "__init__"]
    loaded = loaded_by(f"import {', '.join(['constraints', *laws])}")
    assert "constraints" in loaded
    assert loaded & HEAVY == set()


def test_help_loads_no_solver_and_no_lists_of_holidays() -> None:
    loaded = loaded_by(
        "import runpy, sys\n"
        "sys.argv = ['cli.py', '--help']\n"
        "try:\n"
        "    runpy.run_path('cli.py', run_name='__main__')\n"
        "except SystemExit as end:\n"
        "    assert not end.code\n"
        "else:\n"
        "    raise AssertionError('cli.py --help did not end by itself')"
    )
    assert "click" in loaded
    assert loaded & HEAVY == set()


def test_comparing_loads_no_search_and_no_law() -> None:
    loaded = loaded_by("import commands.compare, calendars.page.comparison")
    assert "calendars" in loaded
    assert loaded & {"constraints", "holidays", "icalendar", "ortools", "scheduler"} == set()


@pytest.mark.parametrize("name", MAY_IMPORT)
def test_the_names_belong_to_semainier_alone(name: str) -> None:
    assert set(packages_distributions()[name]) == {"semainier"}


def test_no_module_bears_the_name_of_a_dependency() -> None:
    dependencies = {normalised(re.split(r"[^\w.-]", line)[0]) for line in requires("semainier") or ()}
    taken = {
        name
        for name, distributions in packages_distributions().items()
        if dependencies & {normalised(distribution) for distribution in distributions}
    }
    assert {"holidays", "icalendar", "ortools"} <= taken
    assert [str(path) for name in MAY_IMPORT for path in modules_of(name) if path.stem in taken] == []


def normalised(distribution: str) -> str:
    """The name of a distribution in the one form that compares (PEP 503)."""
    return re.sub(r"[-_.]+", "-", distribution).lower()


def test_each_law_has_a_test_of_its_name() -> None:
    laws = {path.stem for path in modules_of("constraints")} - {"__init__", "rule"}
    tests = {path.stem.removeprefix("test_") for path in (ROOT / "tests" / "constraints").glob("test_*.py")}
    assert laws - tests == set()


def test_the_tests_are_no_packages() -> None:
    assert list((ROOT / "tests").rglob("__init__.py")) == []


def project_files() -> Iterator[Path]:
    """Every file of the project but those that `.gitignore` names."""
    ignored = [".git", *(line.rstrip("/") for line in (ROOT / ".gitignore").read_text("utf-8").split())]
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if not any(fnmatch(name, pattern) for pattern in ignored)]
        yield from (Path(folder, name) for name in files if not any(fnmatch(name, pattern) for pattern in ignored))


def test_no_file_names_a_machine_path_or_a_registry() -> None:
    told = re.compile(rb"(?<![\w.~-])/(?:home|opt|root|tmp|work|Users)/|(?:pypi|pythonhosted)\.org")
    assert [str(path.relative_to(ROOT)) for path in project_files() if told.search(path.read_bytes())] == []


def make_with(tmp_path: Path, obstacle: str, body: str) -> subprocess.CompletedProcess[str]:
    """Run `make test` away from the project, with this interpreter made unfit by a module that it finds first."""
    (tmp_path / "obstacle").mkdir()
    (tmp_path / "obstacle" / obstacle).write_text(body, "utf-8")
    python = tmp_path / "python3"
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{tmp_path}/obstacle" exec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    for name in ("Makefile", "requirements.lock", "pyproject.toml", "setup.py"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    command = ["make", f"PYTHON={python}", "test"]
    return subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)


def test_make_says_the_cure_where_python_cannot_make_environments(tmp_path: Path) -> None:
    run = make_with(tmp_path, "ensurepip.py", "raise ImportError('ensurepip is packaged apart')\n")
    sudo = "" if os.geteuid() == 0 else "sudo "
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.splitlines()[:2] == [
        "This Python cannot make environments. The cure / Ce Python ne sait pas créer d’environnement. Le remède :",
        f"    {sudo}apt-get install -y make python3-venv",
    ]
    assert not (tmp_path / ".venv").exists()


def test_make_refuses_a_python_that_is_too_old(tmp_path: Path) -> None:
    run = make_with(tmp_path, "sitecustomize.py", "import sys\n\nsys.version_info = (3, 10, 14, 'final', 0)\n")
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.splitlines()[:2] == [
        "Semainier needs Python 3.11 or newer; name yours: make PYTHON=python3.11",
        "Semainier demande Python 3.11 ou plus récent ; indiquez le vôtre : make PYTHON=python3.11",
    ]
    assert not (tmp_path / ".venv").exists()
