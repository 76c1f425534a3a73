"""What one person has to do: the sessions and self-paced work of an enrolment together, and its teaching weeks."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from calendars.clock import Span
from calendars.faults import with_nearest
from calendars.programme import Part, Programme, Work
from calendars.wording import Message, say

Counts = Literal["teaching", "personal", "all"]
"""Live sessions and presence-equivalent work, personal work, or both."""

COUNTED: Mapping[Counts, Message] = {
    "teaching": say("teaching"),
    "personal": say("personal work"),
    "all": say("teaching and personal work"),
}
"""What counts, in words."""


class Workload(NamedTuple):
    """Sessions and self-paced work of one person; `groups` are all groups of the enrolments with exactly these."""

    groups: frozenset[str]
    activities: tuple[Part | Work, ...]


def is_counted(activity: Part | Work, counts: Counts) -> bool:
    """Whether an activity is of the sort that counts."""
    is_personal = isinstance(activity, Work) and activity.personal
    return counts == "all" or is_personal == (counts == "personal")


def unknown_names(programme: Programme, group: str, modules: Iterable[str]) -> Iterator[Message]:
    """A fault for a group and for each module that the programme does not know."""
    if group not in programme.groups:
        yield with_nearest(say("there is no group {name}", name=group), group, programme.groups)
    for module in modules:
        if module not in programme.module_titles:
            yield with_nearest(say("there is no module {name}", name=module), module, programme.module_titles)


def workloads(
    programme: Programme, counts: Callable[[Part | Work], bool], group: str | None = None
) -> tuple[Workload, ...]:
    """What counts for each enrolment, or for those that contain `group`: every set of activities once."""
    return _distinct(
        Workload(enrolment, tuple(filter(counts, (*programme.live_parts(enrolment), *programme.works_of(enrolment)))))
        for enrolment in programme.enrolments
        if group is None or group in enrolment
    )


def each_module(loads: Iterable[Workload]) -> tuple[Workload, ...]:
    """The share of each module in some workloads: every set of activities once."""
    return _distinct(
        Workload(load.groups, tuple(activity for activity in load.activities if activity.module == module))
        for load in loads
        for module in dict.fromkeys(activity.module for activity in load.activities)
    )


def _distinct(loads: Iterable[Workload]) -> tuple[Workload, ...]:
    """Workloads with the same activities as one, which has the groups of all of them."""
    groups: dict[tuple[Part | Work, ...], frozenset[str]] = {}
    for load in loads:
        groups[load.activities] = groups.get(load.activities, frozenset()) | load.groups
    return tuple(Workload(concerned, activities) for activities, concerned in groups.items())


def teaching_weeks(programme: Programme, groups: Collection[str]) -> tuple[date, ...]:
    """The weeks with a working day of one of the live parts' groups inside that part's dates, by Monday."""
    weeks: set[date] = set()
    for part in programme.live_parts(groups):
        for monday in part.dates.weeks():
            if any(day in part.dates for day in programme.working_days(part.group, monday)):
                weeks.add(monday)
    return tuple(sorted(weeks))


def weekly_reach(activities: Iterable[Part | Work], candidates: Callable[[str], Iterable[Span]]) -> Counter[date]:
    """The most minutes that complete activities could take by week, given the candidates of each key."""
    reach: Counter[date] = Counter()
    for activity in activities:
        lengths = defaultdict(list)
        for span in candidates(activity.key):
            lengths[span.week].append(span.minutes)
        for monday, minutes in lengths.items():
            reach[monday] += _longest(activity.count, minutes) if isinstance(activity, Part) else activity.minutes
    return reach


def _longest(count: int, minutes: Iterable[int]) -> int:
    return sum(sorted(minutes)[-count:])


def titles_of(programme: Programme, groups: Collection[str]) -> tuple[str, ...]:
    """The titles of some groups, in the order of the programme file."""
    return tuple(group.title for key, group in programme.groups.items() if key in groups)
