"""The law book on a console: all rules in a table, or the page of one."""

from collections.abc import Mapping, Sequence

from calendars.wording import Message, say, show
from console.screen import Screen
from constraints.law_book import Page, Parameter

HEADINGS: Mapping[str, Message] = {
    "Formula": say("Formula"),
    "Unit": say("Unit"),
    "Boundary": say("Boundary"),
    "Source": say("Source"),
}
"""The labels of a page, in words."""


def tell_rules(screen: Screen, pages: Sequence[Page]) -> None:
    """Tells the name, the kind and the sentence of each rule."""
    rows = [(page.name, page.kind, page.sentence) for page in pages]
    screen.table("<<<", (say("Name"), say("Kind"), say("What it says")), rows)


def tell_rule(screen: Screen, page: Page) -> None:
    """Tells all that the law book has on a rule."""
    screen.line(say("{name}: {kind}", name=page.name, kind=page.kind), "bold")
    for paragraph in (page.sentence, *page.explanation):
        _tell_paragraph(screen, paragraph)
    for label, text in page.labels.items():
        _tell_paragraph(screen, say("{label}: {text}", label=HEADINGS[label], text=text))
    if page.undeclared is not None:
        _tell_paragraph(screen, page.undeclared)
    if page.parameters:
        _tell_paragraph(screen, say("Parameters:"))
        for parameter in page.parameters:
            screen.item(_parameter(parameter, screen.language))
    if page.example:
        _tell_paragraph(screen, say("Example:"))
        screen.verbatim(page.example)


def _tell_paragraph(screen: Screen, message: Message) -> None:
    screen.gap()
    screen.line(message)


def _parameter(parameter: Parameter, language: str) -> Message:
    details = (parameter.form, parameter.bounds, _default(parameter))
    return say(
        "{name} ({details}): {meaning}",
        name=parameter.name,
        details=", ".join(show(detail, language) for detail in details if detail is not None),
        meaning=parameter.meaning,
    )


def _default(parameter: Parameter) -> Message | None:
    if parameter.is_required:
        return say("required")
    return say("{value} by default", value=parameter.default) if parameter.default is not None else None
