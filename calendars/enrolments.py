"""Who may sit in two groups at once: the sets of groups that one person is, or may be, enrolled in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from calendars.programme_file import When


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
    sets = {frozenset(with_ancestors(key, whole)) for key in whole}
    sets |= {set_ for root in whole.values() if root.part_of is None for set_ in _may_be_in(root.key, whole, electives)}
    sets |= {frozenset(joined) for joined in groups_of_students(whole).values()}
    maximal = [one for one in sets if not any(one < other for other in sets)]
    return tuple(sorted((joined for one in maximal for joined in _with_small_groups(one, groups)), key=sorted))


def groups_of_students(groups: Mapping[str, Group]) -> dict[str, tuple[str, ...]]:
    """For each listed student the groups that list them and those that these are part of, in order of the groups."""
    found: dict[str, tuple[str, ...]] = {}
    for student in sorted({student for group in groups.values() for student in group.students}):
        listed = [key for key, group in groups.items() if student in group.students]
        joined = {key for group in listed for key in with_ancestors(group, groups)}
        found[student] = tuple(key for key in groups if key in joined)
    return found


def with_ancestors(group: str, groups: Mapping[str, Group]) -> tuple[str, ...]:
    """A group and every group that it is, through others or directly, part of."""
    found = [group]
    while (above := groups[found[-1]].part_of) is not None:
        found.append(above)
    return tuple(found)


def _may_be_in(group: str, groups: Mapping[str, Group], electives: Mapping[str, Elective]) -> Iterable[frozenset[str]]:
    below = [key for key, child in groups.items() if child.part_of == group]
    chosen = [elective for elective in electives.values() if set(elective.groups) & set(below)]
    plain = [key for key in below if not any(key in elective.groups for elective in chosen)]
    ways: list[list[frozenset[str]]] = []
    if plain:
        ways.append([set_ for key in plain for set_ in _may_be_in(key, groups, electives)])
    for elective in chosen:
        if all(groups[key].students for key in elective.groups):
            continue
        inside = {key: list(_may_be_in(key, groups, electives)) for key in elective.groups}
        choices = combinations(elective.groups, elective.choose)
        ways.append([frozenset().union(*sets) for some in choices for sets in product(*(inside[key] for key in some))])
    for combination in product(*ways):
        yield frozenset({group}).union(*combination)


def _with_small_groups(joined: frozenset[str], groups: Mapping[str, Group]) -> Iterable[frozenset[str]]:
    """Some groups with one small group of each of their divisions."""
    divisions: dict[str, list[str]] = defaultdict(list)
    for key, group in groups.items():
        if group.division is not None and group.part_of in joined:
            divisions[group.division].append(key)
    return (joined.union(some) for some in product(*divisions.values()))
