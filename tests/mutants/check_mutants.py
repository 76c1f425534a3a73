"""Every law kills its mutants: where one thing in its code is changed, its own tests fail, or those of its voices.

Run by `make verify`. One law alone: `.venv/bin/pytest tests/mutants/check_mutants.py -k deadline`. CONTRIBUTING.md says
what to do about a survivor. `equivalent.toml` lists the mutants that no timetable can tell from the law.
"""

import ast
import sys
import tomllib
from pathlib import Path

import pytest

from constraints import RULES
from tests.mutants.generating import mutants_of
from tests.mutants.trying import End, tried

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests" / "constraints"
LAWS = [rule.name for rule in RULES]
HELPERS = (
    "blocks",
    "duties",
    "full_days",
    "host_days",
    "members",
    "nested",
    "of_spans",
    "pairs",
    "prefixes",
    "scoped",
    "stays",
    "trips",
)
"""Modules that several laws share; the tests of these laws are theirs too."""
EQUIVALENT = tomllib.loads(Path(__file__).with_name("equivalent.toml").read_text("utf-8"))


def source_of(module: str) -> Path:
    return ROOT / "constraints" / f"{module}.py"


def named_tests(module: str) -> list[str]:
    """The tests of a law, its own ones first; of a helper also those of the laws that import it."""
    laws = [module] if module in LAWS else [law for law in LAWS if f"constraints.{module}" in imported(law)]
    own = dict.fromkeys([module, *laws])
    voices = f"{TESTS / 'test_voices_agree.py'}::test_the_voices_of_a_rule_agree"
    return [*(str(TESTS / f"test_{name}.py") for name in own), *(f"{voices}[{law}]" for law in laws)]


def imported(law: str) -> set[str | None]:
    tree = ast.parse(source_of(law).read_text("utf-8"))
    return {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}


@pytest.fixture(autouse=True)
def _plain_asserts(pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests of laws are loaded as they are: to find words for what fails takes longer than the test."""
    rewriting: object = pytestconfig.pluginmanager.rewrite_hook
    monkeypatch.setattr(sys, "meta_path", [each for each in sys.meta_path if each is not rewriting])


@pytest.mark.parametrize("module", [*LAWS, *HELPERS])
def test_no_mutant_survives(module: str) -> None:
    mutants = list(mutants_of(source_of(module)))
    as_it_is, *ends = tried(source_of(module), mutants, named_tests(module))
    assert as_it_is is End.SURVIVED, f"tests of {module} fail without any change"
    alive = [mutant for mutant, end in zip(mutants, ends, strict=True) if end is End.SURVIVED]
    listed = {(entry["function"], entry["change"]) for entry in EQUIVALENT.get(module, ())}
    told = [f"constraints/{module}.py:{each}: survived" for each in alive if each.key not in listed]
    told += [f"{' '.join(key)}: listed, but killed or gone" for key in sorted(listed - {each.key for each in alive})]
    if told:
        pytest.fail("\n".join(told), pytrace=False)


def test_equivalent_mutants_are_of_modules_that_are_tried() -> None:
    assert set(EQUIVALENT) <= {*LAWS, *HELPERS}
