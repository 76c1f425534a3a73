"""What choices in order amount to, up to each of some places among them.

A law that compares two such lists at many places would repeat their sums at each place. Here each choice stands in a
few ties only, however many places there are.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from calendars.clock import Span
from calendars.programme import Activity, Work
from constraints.rule import Model, Term, Variable


class Choice(NamedTuple):
    """A candidate with its unknown, which goes from 0 to `most`; each unit is worth `amount`."""

    key: str
    span: Span
    variable: Variable
    most: int
    amount: int


def choices_of(model: Model, activity: Activity) -> list[Choice]:
    """The candidates of an activity; self-paced work is worth its minutes, all else 1."""
    step, most = (activity.step, activity.minutes // activity.step) if isinstance(activity, Work) else (1, 1)
    return [Choice(activity.key, span, variable, most, step) for span, variable in model.choices(activity.key).items()]


def any_before(model: Model, name: str, choices: Sequence[Choice], places: Iterable[int]) -> Mapping[int, list[Term]]:
    """For each place, terms that are 1 where one of the choices before it is taken, else 0."""
    found: dict[int, list[Term]] = {0: []}
    done = 0
    for place in sorted({*places} - {0}):
        literal = model.literal(f"any of {name} in the first {place}")
        for choice in choices[done:place]:
            model.links(0, [(1, choice.variable), (-choice.most, literal)])
        model.links(0, [*found[done], (-1, literal)])
        taken = [*found[done], *((1, choice.variable) for choice in choices[done:place])]
        model.links(0, [(1, literal), *times(-1, taken)])
        found[place] = [(1, literal)]
        done = place
    return found


def sum_before(
    model: Model, name: str, choices: Sequence[Choice], places: Iterable[int], most: int
) -> Mapping[int, list[Term]]:
    """For each place, terms that add up to the amounts taken before it, never more than `most`.

    The sum is written in literals worth 1, 2, 4 and so on.
    """
    found: dict[int, list[Term]] = {0: []}
    done = 0
    for place in sorted({*places} - {0}):
        bits = [1 << bit for bit in range(most.bit_length())]
        number = [(bit, model.literal(f"{bit} of {name} in the first {place}")) for bit in bits]
        taken = [*found[done], *((choice.amount, choice.variable) for choice in choices[done:place])]
        model.links(0, [*taken, *times(-1, number)])
        model.links(0, [*number, *times(-1, taken)])
        found[place] = number
        done = place
    return found


def enough_before(
    model: Model, name: str, choices: Sequence[Choice], places: Iterable[int], number: int, most: int
) -> Mapping[int, list[Term]]:
    """For each place, terms that are 1 where the amounts taken before it reach a number from 1 to `most`, else 0."""
    if number == 1:
        return any_before(model, name, choices, places)
    found: dict[int, list[Term]] = {0: []}
    for place, taken in sum_before(model, name, choices, places, most).items():
        if place:
            enough = model.literal(f"{number} of {name} in the first {place}")
            model.links(number - 1, [*taken, (number - 1 - most, enough)])
            model.links(0, [(number, enough), *times(-1, taken)])
            found[place] = [(1, enough)]
    return found


def times(factor: int, terms: Iterable[Term]) -> list[Term]:
    """Every term times a whole number."""
    return [(factor * amount, variable) for amount, variable in terms]
