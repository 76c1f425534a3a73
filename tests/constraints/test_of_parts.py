"""What laws and preferences that name parts say of those that they look at together."""

import pytest

from constraints.apart import Apart
from constraints.begin_in_order import BeginInOrder
from constraints.complete import Complete
from constraints.daily_hours import DailyHours
from constraints.few_overlaps import FewOverlaps
from constraints.rule import Rule
from small import classes, module, small

PROGRAMME = small(modules={"m": module(classes(1), classes(1, id="lecture")), "n": module(classes(1))})
TWO = ["n.virtual-class", "m.lecture"]
IN_ORDER = ("m.lecture", "n.virtual-class")


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        (Apart(parts=TWO, different="hours"), IN_ORDER),
        (BeginInOrder(parts=TWO), IN_ORDER),
        (FewOverlaps(parts=TWO), IN_ORDER),
        (DailyHours(parts=["m"], hours_per_day=4), ("m.virtual-class", "m.lecture")),
        (Complete(), ()),
    ],
)
def test_they_are_told_in_the_order_of_the_programme(rule: Rule, keys: tuple[str, ...]) -> None:
    assert rule.related(PROGRAMME) == keys
