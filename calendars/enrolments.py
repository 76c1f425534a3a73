"""Who may sit in two groups at once: the sets of groups that one person is, or may be, enrolled in."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import TypeVar

from calendars.programme_file import When

M = TypeVar("M")
"""A member of sets."""


@dataclass(frozen=True)
class Group:
    """People who are taught together; all of them also belong to `part_of`.

    Small groups of one `division` share out all the people of `part_of`.
    """

    key: str
    title: str
    size: int | None = None
    part_of: str | None = None
    students: frozenset[str] = frozenset()
    school_zones: tuple[str, ...] = ()
    time_zones: tuple[str, ...] = ()
    cannot: tuple[When, ...] = ()
    division: str | None = None


@dataclass(frozen=True)
class Elective:
    """Groups of which each student chooses `choose`."""

    key: str
    title: str
    choose: int
    groups: tuple[str, ...]


def enrolments(groups: Mapping[str, Group], electives: Mapping[str, Elective]) -> tuple[frozenset[str], ...]:
    """The maximal sets of groups that one person is, or may be, in, in a stable order.

    A listed student is in the groups that list them and in the groups that those are part of. Where not every group
    of an elective lists its students, each combination that may be chosen counts; sub-groups outside electives are
    taken to share nobody but listed students. Whoever is in a group is in one small group of each of its divisions.
    """
    whole = {key: group for key, group in groups.items() if group.division is None}
    ways = _Ways(whole, electives)
    sets = {frozenset(with_ancestors(key, whole)) for key in whole}
    sets |= {each for root in whole.values() if root.part_of is None for each in ways.below(root.key)}
    sets |= {frozenset(joined) for joined in groups_of_students(whole).values()}
    divisions = _divisions(groups)
    every = (joined for one in maximal(sets) for joined in _with_small_groups(one, divisions))
    return tuple(sorted(every, key=sorted))


def maximal(sets: Collection[frozenset[M]]) -> list[frozenset[M]]:
    """Those sets, in their order, of which no other one has all members and more."""
    having: defaultdict[M, list[frozenset[M]]] = defaultdict(list)
    for one in sets:
        for member in one:
            having[member].append(one)
    largest = max(sets, key=len, default=frozenset[M]())

    def rivals(one: frozenset[M]) -> list[frozenset[M]]:
        return min((having[member] for member in one), key=len, default=[largest])

    return [one for one in sets if not any(one < other for other in rivals(one))]


def groups_of_students(groups: Mapping[str, Group]) -> dict[str, tuple[str, ...]]:
    """For each listed student the groups that list them and those that these are part of, in order of the groups."""
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for key, group in groups.items():
        for student in group.students:
            joined[student].update(with_ancestors(key, groups))
    place = {key: number for number, key in enumerate(groups)}
    return {student: tuple(sorted(joined[student], key=place.__getitem__)) for student in sorted(joined)}


def with_ancestors(group: str, groups: Mapping[str, Group]) -> tuple[str, ...]:
    """A group and every group that it is, through others or directly, part of."""
    found = [group]
    while (above := groups[found[-1]].part_of) is not None:
        found.append(above)
    return tuple(found)


class _Ways:
    """How a person of a group may be in the groups that are part of it."""

    def __init__(self, groups: Mapping[str, Group], electives: Mapping[str, Elective]) -> None:
        self._groups = groups
        self._below: defaultdict[str | None, list[str]] = defaultdict(list)
        for key, group in groups.items():
            self._below[group.part_of].append(key)
        self._electives: defaultdict[str | None, list[Elective]] = defaultdict(list)
        for elective in electives.values():
            for above in dict.fromkeys(groups[key].part_of for key in elective.groups):
                self._electives[above].append(elective)

    def below(self, group: str) -> Iterator[frozenset[str]]:
        """Each set of the group and groups below it in which one person may be."""
        chosen = self._electives[group]
        optional = {key for elective in chosen for key in elective.groups}
        plain = [key for key in self._below[group] if key not in optional]
        ways = [[each for key in plain for each in self.below(key)]] if plain else []
        ways += [self._choices(elective) for elective in chosen if self._is_open(elective)]
        for combination in product(*ways):
            yield frozenset({group}).union(*combination)

    def _is_open(self, elective: Elective) -> bool:
        """Whether it is not known who chooses what."""
        return not all(self._groups[key].students for key in elective.groups)

    def _choices(self, elective: Elective) -> list[frozenset[str]]:
        inside = {key: list(self.below(key)) for key in elective.groups}
        choices = combinations(elective.groups, elective.choose)
        return [frozenset().union(*sets) for some in choices for sets in product(*(inside[key] for key in some))]


def _divisions(groups: Mapping[str, Group]) -> dict[str, dict[str, list[str]]]:
    """The small groups of each division, by the group that they share out."""
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for key, group in groups.items():
        if group.division is not None and group.part_of is not None:
            found[group.part_of].setdefault(group.division, []).append(key)
    return found


def _with_small_groups(
    joined: frozenset[str], divisions: Mapping[str, Mapping[str, list[str]]]
) -> Iterator[frozenset[str]]:
    """Some groups with one small group of each of their divisions."""
    small = [keys for group in joined for keys in divisions.get(group, {}).values()]
    return (joined.union(some) for some in product(*small))
