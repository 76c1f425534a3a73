"""A fault on one line: where it is, what is wrong, what cures it."""

from typing import Annotated, Never

import pytest
from pydantic import AfterValidator, TypeAdapter, ValidationError

from calendars.faults import Fault, FaultyInput, dotted, fault_error, nearest, with_nearest
from calendars.wording import Message, render, say

NONE = say("no law has that name yet")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Fault(NONE), "no law has that name yet"),
        (Fault(NONE, ("laws", "spreed")), "laws.spreed: no law has that name yet"),
        (Fault(NONE, (), "year.toml"), "year.toml: no law has that name yet"),
        (Fault(NONE, (), "year.toml", 3), "year.toml:3: no law has that name yet"),
        (Fault(NONE, ("laws", "spreed"), "year.toml", 3), "year.toml:3, laws.spreed: no law has that name yet"),
        (Fault(NONE, ("laws", "spreed"), "year.toml"), "year.toml, laws.spreed: no law has that name yet"),
        (Fault(NONE, (), "", 3), "no law has that name yet"),
    ],
)
def test_a_fault_says_where_it_is_as_far_as_that_is_known(fault: Fault, words: str) -> None:
    assert fault.words("en") == words


def test_french_has_a_no_break_space_before_the_colon() -> None:
    fault = Fault(NONE, ("laws", "a : b"), "C :year.toml", 3)
    assert fault.words("fr") == "C :year.toml:3, laws.a : b\u00a0: aucune règle ne porte encore ce nom"


def test_a_fault_is_given_its_file_and_line() -> None:
    assert Fault(NONE, ("laws",)).at("year.toml", 3) == Fault(NONE, ("laws",), "year.toml", 3)


def test_all_faults_are_told_at_once() -> None:
    faults = [Fault(NONE, ("laws", "a")), Fault(NONE, ("laws", "b"))]
    refused = FaultyInput(faults)
    assert refused.faults == tuple(faults)
    assert str(refused) == "laws.a: no law has that name yet; laws.b: no law has that name yet"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ((), ""),
        (("modules",), "modules"),
        (("modules", "scenario", "parts", 2, "minutes"), "modules.scenario.parts[2].minutes"),
        (("working_week", 0), "working_week[0]"),
        (("grid", 0, 1), "grid[0][1]"),
    ],
)
def test_paths_as_people_write_them(path: tuple[str | int, ...], text: str) -> None:
    assert dotted(path) == text


def test_the_nearest_name_is_told_where_one_is_near() -> None:
    names = ("spread", "order", "within")
    assert nearest("spreed", names) == "spread"
    assert nearest("zzz", names) is None
    assert nearest("spread", ()) is None


def test_the_likeness_that_is_needed() -> None:
    # "abcd" and "abxy" have 2 of 4 letters in common: 2 × 2 / 8 = 0.5
    assert nearest("abcd", ["abxy"], likeness=0.5) == "abxy"
    assert nearest("abcd", ["abxy"], likeness=0.51) is None


@pytest.mark.parametrize(
    ("name", "known", "english", "french"),
    [
        ("spreed", ("spread", "order"), "did you mean spread?", "vouliez-vous dire spread\u202f?"),
        ("zzz", ("spread", "order"), "choose from spread and order", "choisissez parmi spread et order"),
        ("zzz", (), "remove it", "supprimez-le"),
    ],
)
def test_the_cure_of_a_wrong_name(name: str, known: tuple[str, ...], english: str, french: str) -> None:
    fault = with_nearest(NONE, name, known)
    assert render(fault, "en") == f"no law has that name yet; {english}"
    assert render(fault, "fr") == f"aucune règle ne porte encore ce nom\u202f; {french}"


def test_a_validator_is_told_in_its_own_words() -> None:
    def refuse(_: int) -> Never:
        raise fault_error(NONE)

    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Annotated[int, AfterValidator(refuse)]).validate_python(3)
    [error] = refused.value.errors()
    message: Message = error["ctx"]["message"]
    assert (error["type"], message) == ("semainier", NONE)
