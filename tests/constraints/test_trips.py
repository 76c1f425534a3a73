"""How long the way is from one place to another."""

from calendars.clock import Span
from constraints.trips import Near, Travel, Trip, meetings

TRAVEL = Travel(
    [
        Trip(between=("a", "far"), minutes=30),
        Trip(between=("b", "far"), minutes=30),
        Trip(between=("a", "b"), minutes=5),
    ]
)


def test_the_way_back_takes_as_long() -> None:
    pairs = [("a", "far"), ("far", "a"), ("a", "a"), ("a", "next door"), (None, "far"), ("far", None)]
    assert [TRAVEL.minutes(*pair) for pair in pairs] == [30, 30, 0, 0, 0, 0]
    assert (TRAVEL.longest, Travel([]).longest) == (30, 0)


def test_places_alike_are_out_of_reach_together() -> None:
    assert TRAVEL.out_of_reach(5) == TRAVEL.out_of_reach(29)
    assert list(TRAVEL.out_of_reach(5)) == [
        Near(frozenset({"a", "b"}), frozenset({"far"})),
        Near(frozenset({"far"}), frozenset({"a", "b"})),
    ]
    assert sorted(sorted(near.places) for near in TRAVEL.out_of_reach(4)) == [["a"], ["b"], ["far"]]
    assert list(TRAVEL.out_of_reach(30)) == []


def test_what_ends_meets_what_starts_soon() -> None:
    early, late, later = ("early", Span(0, 60)), ("late", Span(60, 90)), ("later", Span(75, 105))
    assert list(meetings([early, late, later], 15)) == [([early], [late])]
    assert list(meetings([early, late, later], 16)) == [([early], [late]), ([early], [later])]
