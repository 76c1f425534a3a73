"""Who can give a session together: so many of some trainers, or a jury in which each role takes its own."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple


class Role(NamedTuple):
    """What `number` of some trainers do in a session, such as presiding."""

    key: str
    title: str
    trainers: tuple[str, ...]
    number: int = 1


class Need(NamedTuple):
    """At least so many of these trainers give the session."""

    trainers: tuple[str, ...]
    number: int


def trainers_of(roles: Sequence[Role]) -> tuple[str, ...]:
    """Everybody who may hold one of the roles, each once, in the order of the roles."""
    return tuple(dict.fromkeys(trainer for role in roles for trainer in role.trainers))


def needs_of(roles: Sequence[Role]) -> tuple[Need, ...]:
    """What a set of trainers has to have so that each role finds its own among them, and nobody holds two.

    For some roles together: as many of those who may hold any of them as they take (P. Hall, On representatives of
    subsets, 1935). Roles between which no trainer could choose need no sum of their own.
    """
    return tuple(
        Need(trainers_of(some), sum(role.number for role in some))
        for size in range(1, len(roles) + 1)
        for some in combinations(roles, size)
        if _hang_together(some)
    )


def holders(roles: Sequence[Role], trainers: Collection[str]) -> Mapping[str, tuple[str, ...]] | None:
    """By the key of each role those of the trainers who hold it; None where they cannot fill all roles.

    Each role in turn has the first of its trainers who are left; where nobody is left, others change roles for it.
    """
    seats = [role for role in roles for _ in range(role.number)]
    held: dict[str, int] = {}
    if not all(_seat(seats, number, trainers, held, set()) for number in range(len(seats))):
        return None
    taken = {trainer: seats[number].key for trainer, number in held.items()}
    return {role.key: tuple(one for one in role.trainers if taken.get(one) == role.key) for role in roles}


def _seat(seats: Sequence[Role], number: int, trainers: Collection[str], held: dict[str, int], asked: set[str]) -> bool:
    """Finds a trainer for a seat; who sits elsewhere may change seats (an augmenting path in the graph of the two)."""
    there = [trainer for trainer in seats[number].trainers if trainer in trainers]
    for trainer in sorted(there, key=held.__contains__):
        if trainer not in asked:
            asked.add(trainer)
            if trainer not in held or _seat(seats, held[trainer], trainers, held, asked):
                held[trainer] = number
                return True
    return False


def _hang_together(roles: Sequence[Role]) -> bool:
    """Whether the roles cannot be parted into two sets without a trainer in common."""
    reached, rest = set(roles[0].trainers), list(roles[1:])
    while near := [role for role in rest if not reached.isdisjoint(role.trainers)]:
        reached.update(trainer for role in near for trainer in role.trainers)
        rest = [role for role in rest if role not in near]
    return not rest


def certain(roles: Sequence[Role]) -> Iterator[str]:
    """The trainers without whom the roles cannot be filled."""
    everybody = trainers_of(roles)
    for trainer in everybody:
        if holders(roles, [other for other in everybody if other != trainer]) is None:
            yield trainer
