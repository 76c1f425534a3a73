"""The law book as the Markdown files of `docs/laws/`: one for each rule, and an index."""

from collections.abc import Iterator
from pathlib import Path

from calendars.wording import Message, render, show
from constraints.law_book import Page, Parameter, law_book

FOLDER = Path(__file__).parent.parent.parent / "docs" / "laws"

_FRENCH_LABELS = {"Formula": "Formule", "Unit": "Unité", "Boundary": "Limite", "Source": "Source"}
_MADE = "<!-- Made by `make laws` from the docstring of the rule: edit that. -->"


def law_pages() -> dict[str, str]:
    """The text of each file, by its name."""
    pages = law_book()
    return {"README.md": _text(_index(pages)), **{f"{page.name}.md": _text(_lines(page)) for page in pages}}


def write(pages: dict[str, str]) -> None:
    """Writes the files, and removes those of rules that are no more."""
    FOLDER.mkdir(exist_ok=True)
    for stale in {path.name for path in FOLDER.iterdir()} - pages.keys():
        (FOLDER / stale).unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, "utf-8")


def _text(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _index(pages: tuple[Page, ...]) -> Iterator[str]:
    yield from ("# The law book · Le livre des lois", "", _MADE, "")
    yield "`semainier rules` prints this table, `semainier rules NAME` a page of it."
    yield "*`semainier rules` affiche ce tableau, `semainier rules NOM` l'une de ses pages.*"
    yield from ("", "| name | kind | what it says | ce qu'elle dit |", "|---|---|---|---|")
    for page in pages:
        yield f"| [`{page.name}`]({page.name}.md) | {page.kind} | {page.sentence} | {render(page.sentence, 'fr')} |"


def _lines(page: Page) -> Iterator[str]:
    yield from (f"# `{page.name}` · {page.kind}, {render(page.kind, 'fr')}", "", _MADE, "")
    yield from (f"**{page.sentence}**", f"*{render(page.sentence, 'fr')}*")
    for paragraph in page.explanation:
        yield from ("", str(paragraph))
    if page.undeclared is not None:
        yield from ("", f"{page.undeclared} *{render(page.undeclared, 'fr')}*")
    yield from ("", "| | |", "|---|---|")
    for label, text in page.labels.items():
        yield f"| {label} · {_FRENCH_LABELS[label]} | {_cell(text)} |"
    if page.parameters:
        yield from ("", "## Parameters · Paramètres", "")
        yield from ("| key | type | bounds | default | meaning | sens |", "|---|---|---|---|---|---|")
        yield from map(_row, page.parameters)
    if page.example:
        yield from ("", "## Example · Exemple", "", "```toml", page.example, "```")


def _row(parameter: Parameter) -> str:
    default = "required" if parameter.is_required else f"`{parameter.default}`" if parameter.default else "–"
    meanings = (render(parameter.meaning, language) for language in ("en", "fr"))
    cells = (f"`{parameter.name}`", show(parameter.form, "en"), _shown(parameter.bounds), default, *meanings)
    return f"| {' | '.join(map(_cell, cells))} |"


def _shown(bounds: Message | None) -> str:
    return "–" if bounds is None else str(bounds)


def _cell(text: str) -> str:
    """A text in a table, whose columns are parted by bars."""
    return text.replace("|", "\\|")
