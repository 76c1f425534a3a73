from typing import Any

import pytest

from constraints.duties import Duty
from constraints.members import defences, given, members, named, unknown
from small import at, classes, module, small, timetable

TRAINERS = {key: {"title": key.title()} for key in ("ann", "bob", "kim")}
JUNE: dict[str, Any] = {"kind": "defence", "id": "june", "minutes": 60, "jury": ["chair"]}
PROGRAMME = small(
    trainers=TRAINERS,
    roles={"chair": {"title": "Chair", "trainers": ["ann", "bob"]}},
    modules={
        "m": module(JUNE | {"defences": [{"student": "eve"}, {"student": "joe", "jury": {"chair": "ann"}}]}),
        "n": module(classes(1, trainer="kim")),
    },
)
PARTS = list(PROGRAMME.parts.values())


def test_defences_are_the_parts_of_that_kind() -> None:
    assert [part.key for part in defences(PROGRAMME)] == ["m.june.eve", "m.june.joe"]


@pytest.mark.parametrize(
    ("names", "keys"),
    [
        (None, ["m.june.eve", "m.june.joe", "n.virtual-class"]),
        (("m",), ["m.june.eve", "m.june.joe"]),
        (("m.june",), ["m.june.eve", "m.june.joe"]),
        (("n", "m.june.joe"), ["m.june.joe", "n.virtual-class"]),
    ],
)
def test_parts_are_named_by_module_by_list_of_defences_or_one_by_one(names: Any, keys: list[str]) -> None:
    assert [part.key for part in named(PARTS, names)] == keys
    assert [*unknown(PARTS, names)] == []


def test_an_unknown_name_comes_with_the_known_ones() -> None:
    known = ("m", "m.june", "m.june.eve", "m.june.joe")
    assert [*unknown(defences(PROGRAMME), ("n", "m"))] == [("n", known)]


def test_a_member_has_the_sessions_that_they_give_or_may_give() -> None:
    assert dict(members(PROGRAMME, defences(PROGRAMME))) == {
        "ann": [Duty("m.june.eve", "ann"), Duty("m.june.joe")],
        "bob": [Duty("m.june.eve", "bob")],
    }


def test_what_is_given_by_whom_the_programme_names_in_order_of_time() -> None:
    late, early = (
        at(moment, part=f"m.june.{student}", trainers=("ann", "kim"))
        for student, moment in (("eve", "2026-11-03 09:00"), ("joe", "2026-11-02 09:00"))
    )
    held = timetable(late, early)
    assert [span for _, span in given(PARTS, held, "ann")] == [early.span, late.span]
    assert given(PARTS, held, "bob") == given(PARTS, held, "kim") == []
