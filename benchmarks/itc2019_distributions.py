"""Which rule says what a distribution of the International Timetabling Competition 2019 asks of its classes.

Kinds that ask who attends are not here: they make people, or need the ways between rooms.
"""

from collections.abc import Callable, Mapping
from functools import partial

from constraints.alike import Alike
from constraints.apart import Apart
from constraints.rule import Rule
from constraints.side_by_side import SideBySide

RULES: Mapping[str, Callable[..., Rule]] = {
    "SameStart": partial(Alike.model_construct, same="start"),
    "SameTime": partial(Alike.model_construct, same="hours"),
    "SameDays": partial(Alike.model_construct, same="weekdays"),
    "SameWeeks": partial(Alike.model_construct, same="weeks"),
    "SameRoom": partial(Alike.model_construct, same="place"),
    "DifferentTime": partial(Apart.model_construct, different="hours"),
    "DifferentDays": partial(Apart.model_construct, different="weekdays"),
    "DifferentWeeks": partial(Apart.model_construct, different="weeks"),
    "DifferentRoom": partial(Apart.model_construct, different="place"),
    "Overlap": SideBySide.model_construct,
}
"""By kind, what makes the rule of some `parts` at a `weight`, which is None where it is required."""
