"""French stands beside English, complete: the catalogue and the sentences of the code are the same set."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from constraints.law_book import sentences as law_book

ROOT = Path(__file__).parent.parent
KEYWORDS = {"_": None, "say": (1,), "say_count": (1, 2)}

Sentence = str | tuple[str, ...]
"""An English sentence, or its singular and plural."""


def sentences_of_the_code() -> Iterator[Sentence]:
    """Every sentence that a person may read."""
    folders = (ROOT / name for name in ("calendars", "commands", "console", "constraints", "polls", "scheduler"))
    for source in (*(path for folder in folders for path in folder.rglob("*.py")), ROOT / "cli.py"):
        for _, sentence, _, _ in extract_from_file("python", source, KEYWORDS):
            yield sentence
    yield from law_book()


def catalogue() -> Catalog:
    """The French catalogue."""
    with (ROOT / "translations" / "fr" / "LC_MESSAGES" / "semainier.po").open("rb") as source:
        return read_po(source, locale="fr", abort_invalid=True)


def french() -> list[Message]:
    """The sentences of the catalogue, without its header."""
    return [message for message in catalogue() if message.id]


def forms(sentence: str | Iterable[str] | None) -> tuple[str, ...]:
    """The singular and the plural, or the one form that there is."""
    return (sentence or "",) if sentence is None or isinstance(sentence, str) else tuple(sentence)


def fields(*sentences: str) -> set[str]:
    """The names in braces."""
    return {name for sentence in sentences for name in re.findall(r"{(\w+)}", unescaped(sentence))}


def unescaped(sentence: str) -> str:
    """A sentence without the doubled braces that stand for braces."""
    return re.sub(r"{{|}}", "", sentence)


def test_every_sentence_is_in_the_catalogue_and_no_other() -> None:
    assert {message.id for message in french()} == set(sentences_of_the_code())


def test_every_brace_belongs_to_a_field() -> None:
    sentences = {form for message in french() for side in (message.id, message.string) for form in forms(side)}
    assert [form for form in sorted(sentences) if re.search(r"[{}]", re.sub(r"{\w+}", "", unescaped(form)))] == []


def test_every_sentence_has_its_french() -> None:
    assert [message.id for message in french() if not all(forms(message.string))] == []


def test_no_translation_is_a_guess() -> None:
    assert [message.id for message in french() if message.fuzzy] == []


def test_no_translation_is_left_over() -> None:
    assert list(catalogue().obsolete) == []


def test_the_french_has_the_fields_of_the_english() -> None:
    """Each French form has all of them: the French singular also words 0, so it must show the number."""
    differing = [
        (form, fields(form) ^ fields(*forms(message.id)))
        for message in french()
        for form in forms(message.string)
        if form and fields(form) != fields(*forms(message.id))
    ]
    assert differing == []
