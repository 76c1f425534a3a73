"""Juries: what their needs allow, and who holds which role, is what trying everything finds."""

from collections.abc import Sequence
from itertools import combinations, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendars.juries import Need, Role, certain, holders, needs_of, trainers_of

EVERYBODY = "abcde"

TRAINERS = st.lists(st.sampled_from(EVERYBODY), min_size=1, max_size=4, unique=True).map(tuple)
ROLES = st.lists(st.tuples(TRAINERS, st.integers(1, 2)), min_size=1, max_size=3).map(
    lambda drawn: [Role(str(key), f"Role {key}", trainers, number) for key, (trainers, number) in enumerate(drawn)]
)


def role(key: str, trainers: str, number: int = 1) -> Role:
    """A role that each of the trainers, a letter each, may hold."""
    return Role(key, key.title(), tuple(trainers), number)


def teams(roles: Sequence[Role]) -> list[tuple[str, ...]]:
    """Every set of as many trainers as the roles take."""
    return list(combinations(trainers_of(roles), sum(role.number for role in roles)))


def can_fill(roles: Sequence[Role], team: Sequence[str]) -> bool:
    """Whether some way of seating a team, one on each seat, has everybody in a role that they may hold."""
    seats = [role for role in roles for _ in range(role.number)]
    ways = permutations(team, len(seats))
    return any(all(one in seat.trainers for one, seat in zip(way, seats, strict=True)) for way in ways)


@given(ROLES)
def test_a_team_meets_the_needs_exactly_where_it_can_be_seated(roles: list[Role]) -> None:
    lawful = [team for team in teams(roles) if can_fill(roles, team)]
    needs = needs_of(roles)
    assert [
        team for team in teams(roles) if all(len({*need.trainers} & {*team}) >= need.number for need in needs)
    ] == lawful
    assert [team for team in teams(roles) if holders(roles, team) is not None] == lawful


@given(ROLES, st.sets(st.sampled_from(EVERYBODY)))
def test_each_role_has_its_number_of_those_who_may_hold_it_and_nobody_holds_two(
    roles: list[Role], people: set[str]
) -> None:
    """Of more people than the roles take some hold none."""
    held = holders(roles, people)
    assert (held is not None) == can_fill(roles, sorted(people))
    if held is not None:
        assert {key: len(names) for key, names in held.items()} == {role.key: role.number for role in roles}
        assert all({*held[role.key]} <= people & {*role.trainers} for role in roles)
        names = [name for each in held.values() for name in each]
        assert len(names) == len({*names})


@given(ROLES)
def test_certain_are_those_who_are_in_every_team_that_can_be_seated(roles: list[Role]) -> None:
    lawful = [team for team in teams(roles) if can_fill(roles, team)]
    assert list(certain(roles)) == [one for one in trainers_of(roles) if all(one in team for team in lawful)]


def test_everybody_stands_once_in_the_order_of_the_roles() -> None:
    assert trainers_of([role("chair", "ba"), role("member", "acb")]) == ("b", "a", "c")
    assert trainers_of([]) == ()


def test_roles_without_a_trainer_in_common_need_no_sum_together() -> None:
    assert needs_of([role("chair", "ab"), role("guest", "c"), role("member", "bd", 2)]) == (
        Need(("a", "b"), 1),
        Need(("c",), 1),
        Need(("b", "d"), 2),
        Need(("a", "b", "d"), 3),
    )


def test_three_roles_hang_together_by_the_one_between_them() -> None:
    roles = [role("chair", "ab"), role("guest", "cd"), role("member", "bc")]
    together = [need.number for need in needs_of(roles)]
    # each alone, chair and member, guest and member, all three; chair and guest share nobody
    assert together == [1, 1, 1, 2, 2, 3]


def test_the_first_roles_have_the_first_of_their_trainers() -> None:
    roles = [role("chair", "ab"), role("member", "abc")]
    assert holders(roles, "abc") == {"chair": ("a",), "member": ("b",)}
    assert holders(roles, "ca") == {"chair": ("a",), "member": ("c",)}


def test_a_trainer_leaves_a_seat_that_others_can_take_for_the_one_that_is_left() -> None:
    roles = [role("chair", "ab"), role("member", "a")]
    assert holders(roles, "ab") == {"chair": ("b",), "member": ("a",)}


def test_several_hold_a_role_of_several() -> None:
    assert holders([role("member", "abc", 2)], "cab") == {"member": ("a", "b")}


@pytest.mark.parametrize("people", ["", "a", "c", "ac"])
def test_too_few_of_those_who_may_fill_nothing(people: str) -> None:
    assert holders([role("chair", "ab"), role("member", "ab")], people) is None


def test_without_roles_nobody_is_needed() -> None:
    assert (needs_of([]), holders([], "a"), list(certain([]))) == ((), {}, [])
