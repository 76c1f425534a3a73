"""The law book is complete, its pages in `docs/laws/` are those of the code, and its examples are read."""

import os
from datetime import date
from pathlib import Path
from typing import Annotated, ClassVar, Literal

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from pydantic import Field

from calendars.faults import FaultyInput
from calendars.programme_file import Hours, Names, TwoDates, When
from calendars.wording import say, show
from constraints import RULES, law_book
from constraints.law_book import LABELS, Page, Parameter, page_named, page_of, sentences
from constraints.rule import BendingLaw, Preference, Rule
from law_pages import FOLDER, law_pages, write
from scheduler.problem import read_problem

ROOT = Path(__file__).parents[2]
DECLARED = [rule for rule in RULES if rule.origin == "file"]
"""The rules that programme files declare."""

PROGRAMME = """\
title = "Year"
language = "en"
dates = [2026-09-07, 2027-07-02]

[opening_hours]
monday = "09:00-18:00"
tuesday = "09:00-18:00"

[trainers.direction]
title = "Head of the programme"

[groups.promotion]
title = "Cohort"
size = 24

[groups.equipe]
title = "Team"
part_of = "promotion"
of = 3

[blocks.integration]
title = "Integration"
kind = "seminar"
group = "promotion"
days = 5
dates = [2026-09-07, 2026-09-25]

[places.campus]
title = "Campus"

[places.hospital]
title = "Hôpital"

[modules.scenario]
title = "Scenario design"
group = "promotion"
trainer = "direction"

[[modules.scenario.parts]]
kind = "virtual-class"
sessions = 12
minutes = 60

[[modules.scenario.parts]]
kind = "meeting"
place = ["campus", "hospital"]
id = "accueil"
sessions = 1
minutes = 60
blocks = ["integration"]

[[modules.scenario.parts]]
kind = "distance-work"
hours = 6

[modules.memoire]
title = "Thesis"
group = "promotion"
trainer = "direction"

[[modules.memoire.parts]]
kind = "meeting"
id = "permanence"
sessions = 43
minutes = 60

[[modules.memoire.parts]]
kind = "meeting"
id = "tutorat"
group = "equipe"
sessions = 12
minutes = 30

[[modules.memoire.parts]]
kind = "defence"
id = "soutenances"
sessions = 12
minutes = 60
dates = [2027-06-14, 2027-06-30]

[internships.stage]
title = "Internship"
group = "promotion"
dates = [2027-01-04, 2027-06-30]
hours = 450

[milestones.devoir]
title = "Essay due"
group = "promotion"
dates = [2027-01-04, 2027-03-31]

[milestones.depot]
title = "Thesis due"
group = "promotion"
dates = [2027-05-03, 2027-06-11]

"""
"""What the examples speak of."""


class Sample(BendingLaw):
    """A law for
    this test: it binds nobody.

    It has a paragraph
    of explanation.

    And another.

    Formula: a = b. Unit: minutes
    above. Boundary: exactly b.
    Source: none.

    Example:
        [[laws.sample]]
        group = "all"

        [[laws.sample]]
        group = "half"
    """

    name: ClassVar[str] = "sample"

    group: str = Field(description="group that it binds")
    count: int = Field(3, ge=0, le=9, description="how many")
    hours: Annotated[float | None, Field(gt=0, le=24, multiple_of=0.25, description="how long")] = None
    above: float = Field(0.5, gt=0, description="more")
    least: int = Field(2, ge=1, description="at least")
    most: int = Field(2, le=5, description="at most")
    kind: Literal["one", "other"] = Field("one", description="which")
    kinds: tuple[Literal["one", "other"], ...] = Field((), description="which ones")
    names: Names = Field(description="who")
    day: date | None = Field(None, description="when")
    dates: TwoDates | None = Field(None, description="from when to when")
    open: Hours | None = Field(None, description="at what time")
    times: tuple[When, ...] = Field((), description="when not")
    each: dict[str, Names] = Field({}, description="for each")
    strict: bool = Field(True, description="whether")


def shown(parameter: Parameter) -> tuple[str, str, bool, str | None, str | None, str]:
    """A parameter with its messages in English."""
    bounds = None if parameter.bounds is None else str(parameter.bounds)
    form = show(parameter.form, "en")
    return parameter.name, form, parameter.is_required, parameter.default, bounds, str(parameter.meaning)


def test_the_page_of_a_law() -> None:
    page = page_of(Sample)
    assert page._replace(parameters=()) == Page(
        name="sample",
        kind=say("law"),
        sentence=say("A law for this test: it binds nobody."),
        explanation=(say("It has a paragraph of explanation."), say("And another.")),
        labels={"Formula": "a = b.", "Unit": "minutes above.", "Boundary": "exactly b.", "Source": "none."},
        undeclared=None,
        parameters=(),
        example='[[laws.sample]]\ngroup = "all"\n\n[[laws.sample]]\ngroup = "half"',
    )
    assert list(map(shown, page.parameters)) == [
        ("group", "text", True, None, None, "group that it binds"),
        ("count", "whole number", False, "3", "0 to 9", "how many"),
        ("hours", "number", False, None, "above 0 to 24, by 0.25", "how long"),
        ("above", "number", False, "0.5", "above 0", "more"),
        ("least", "whole number", False, "2", "at least 1", "at least"),
        ("most", "whole number", False, "2", "at most 5", "at most"),
        ("kind", '"one" / "other"', False, '"one"', None, "which"),
        ("kinds", 'list of "one" / "other"', False, "[]", None, "which ones"),
        ("names", "text, or list of text", True, None, None, "who"),
        ("day", "date", False, None, None, "when"),
        ("dates", "two dates", False, None, None, "from when to when"),
        ("open", 'hours such as "09:00-12:30"', False, None, None, "at what time"),
        ("times", "list of tables with weekday, hours and dates", False, "[]", None, "when not"),
        ("each", "table, each key with text, or list of text", False, "{}", None, "for each"),
        ("strict", "true or false", False, "true", None, "whether"),
        (
            "weight",
            "whole number",
            False,
            None,
            "1 to 1000",
            "cost of each unit above or below; without it none is allowed",
        ),
        ("level", "whole number", False, "1", "1 to 9", "level at which it is paid; 1 is looked at first"),
    ]


def test_a_rule_that_no_file_declares() -> None:
    """What it needs to know does not come from a file, so that it has no parameters."""
    few_changes, complete = page_named("few_changes"), page_named("complete")
    assert (few_changes.kind, few_changes.undeclared) == (
        say("preference"),
        say("It comes with a calendar that people know; no file declares it."),
    )
    assert (complete.kind, complete.undeclared) == (
        say("law"),
        say("It holds in every programme; no file declares it."),
    )
    assert page_named("pinned").undeclared == say("It comes with a question; no file declares it.")
    assert few_changes.parameters == complete.parameters == page_named("pinned").parameters == ()


def test_a_name_that_no_rule_has() -> None:
    with pytest.raises(FaultyInput, match=r"^no law or preference is called days_of; did you mean days_off\?$"):
        page_named("days_of")


def lacks(rule: type[Rule], french: set[object]) -> list[str]:
    """What the law book lacks of a rule."""
    page = page_of(rule)
    said = {page.sentence.text, *(parameter.meaning.text for parameter in page.parameters)}
    labels = {*LABELS} if issubclass(rule, BendingLaw | Preference) else {*LABELS} - {"Unit"}
    has = {
        "a test": (ROOT / "tests" / "constraints" / f"test_{rule.name}.py").exists(),
        "a page in docs/laws": (FOLDER / f"{rule.name}.md").exists(),
        "an example": bool(page.example) or rule.origin != "file",
        **{label: label in page.labels for label in sorted(labels)},
        **{f"a description of {each.name}": bool(each.meaning.text) for each in page.parameters},
        **{f"the French of “{sentence}”": sentence in french for sentence in sorted(said)},
    }
    return [what for what, is_there in has.items() if not is_there]


def test_every_law_has_its_test_page_example_and_french() -> None:
    with (ROOT / "translations" / "fr" / "LC_MESSAGES" / "semainier.po").open("rb") as source:
        french: set[object] = {message.id for message in read_po(source, locale="fr") if message.string}
    lacking = {rule.name: found for rule in RULES if (found := lacks(rule, french))}
    assert lacking == {}


def test_what_a_law_lacks_is_named() -> None:
    class Bare(Preference):
        name: ClassVar[str] = "bare"

        group: str

    Bare.__doc__ = "A preference that says nothing of itself."
    assert lacks(Bare, {"cost of each unit"}) == [
        "a test",
        "a page in docs/laws",
        "an example",
        "Boundary",
        "Formula",
        "Source",
        "Unit",
        "a description of group",
        "the French of “”",
        "the French of “A preference that says nothing of itself.”",
        "the French of “level at which it is paid; 1 is looked at first”",
    ]


def test_the_pages_are_those_of_the_code() -> None:
    pages = law_pages()
    if os.environ.get("SEMAINIER_GOLDEN") == "rewrite":
        write(pages)
    assert {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()} == pages


@pytest.mark.parametrize("rule", [rule for rule in DECLARED if page_of(rule).example], ids=lambda rule: rule.name)
def test_the_example_is_read_in_a_programme(rule: type[Rule], tmp_path: Path) -> None:
    file = tmp_path / "year.toml"
    file.write_text(PROGRAMME + page_of(rule).example, "utf-8")
    assert [type(one) for one in read_problem(file).rules if one.origin == "file"] == [rule]


def test_babel_finds_what_the_laws_say() -> None:
    keywords = {"say": (1,)}
    found = [found for _, found, _, _ in extract_from_file("constraints.law_book:extract", law_book.__file__, keywords)]
    assert found[-len(sentences()) :] == list(sentences())
    assert "whole number" in found
