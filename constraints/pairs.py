"""What laws ask of each two parts: one bound for both, however many rows it takes in the model.

Some parts take one thing only: a way, or the candidate of their single session. For these, each thing is set against
all that does not fit it, which says most to the search.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from calendars.clock import Span
from calendars.naming import name_of, when_of
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.wording import Message, say
from constraints.members import named, unknown_sessions
from constraints.rule import Model, Term, Variable

Key = TypeVar("Key")


class Taken(NamedTuple):
    """All sessions that a part could have, with an unknown that is 1 where it has them."""

    spans: Sequence[Span]
    variable: Variable


def one_taken(model: Model, part: Part) -> list[Taken] | None:
    """What a part takes one of; None where it takes several things, or some of it was held."""
    choices = model.choices(part.key)
    if not (part.ways or part.count == 1) or not all(map(model.is_free, choices.values())):
        return None
    if part.ways:
        return [Taken(part.ways[number].spans, variable) for number, variable in model.ways(part.key).items()]
    return [Taken((span,), variable) for span, variable in choices.items()]


def by_key(
    model: Model, taken: Sequence[Taken] | None, key: Callable[[Sequence[Span]], Key]
) -> Mapping[Key, Variable] | None:
    """What a part takes one of, together where its sessions have the same key."""
    if taken is None:
        return None
    found: dict[Key, list[Variable]] = {}
    for one in taken:
        found.setdefault(key(one.spans), []).append(one.variable)
    return {same: model.any_of(f"any of {len(some)} ways", some) for same, some in found.items()}


def keep_apart(
    model: Model, one: Mapping[Key, Variable], other: Mapping[Key, Variable], clash: Callable[[Key, Key], bool]
) -> None:
    """One bound: two parts that take one thing each take none that clash."""
    against = {mine: [(1, other[theirs]) for theirs in other if clash(mine, theirs)] for mine in one}
    one_at_most(model, [[(1, one[mine]), *some] for mine, some in against.items() if some])


def one_at_most(model: Model, rows: Sequence[Sequence[Term]]) -> None:
    """One bound: of each of some rows of 0/1 unknowns at most one is 1."""
    if not rows:
        return
    broken = model.literal("a row of a pair is broken")
    for row in rows:
        model.links(1, [*row, (-1, broken)])
    model.at_most(0, [(1, broken)])


def once(model: Model, part: Part, choices: Sequence[Variable]) -> list[Term]:
    """Terms that are 1 where any of the choices is taken: of a part with one session or one way, only one is.

    They are of one day, on which a way has one session at most.
    """
    if part.count == 1 or part.ways:
        return [(1, choice) for choice in choices]
    return [(1, model.any_of(f"any of {len(choices)} sessions of {part.key}", choices))]


def faults_of_pairs(programme: Programme, names: Names) -> Iterator[Message]:
    """Unknown names, or one part that has no other beside it."""
    yield from unknown_sessions(programme, names)
    if len(named(programme.parts.values(), names)) == 1:
        yield say("{name} is one part; name two or more", name=names)


def in_words(programme: Programme, pair: Iterable[Part], spans: Iterable[Span]) -> dict[str, Message]:
    """Two parts, and when a session of each is: the values of a sentence about them."""
    (one, span), (other, then) = zip(pair, spans, strict=True)
    return {
        "first": name_of(programme, one),
        "when": when_of(one, span),
        "second": name_of(programme, other),
        "then": when_of(other, then),
    }
