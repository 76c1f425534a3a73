"""Where each activity may stand: its lawful candidates, and the law that struck out each of the others."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from sys import maxsize

from calendars.clock import Span, days_span
from calendars.programme import Activity, Part, Programme
from calendars.timetable import Placement
from constraints.held import Held
from constraints.rule import Forbids, Rule
from constraints.scoped import concerned


@dataclass(frozen=True)
class Candidates:
    """The lawful spans of one activity in order of time, and of every struck span in its dates the law that forbids it.

    `held` are the placements that stand in any case, `closed` the spans at which nothing may stand any more; all of
    them are among the lawful ones.
    """

    activity: Activity
    lawful: tuple[Span, ...]
    struck: Mapping[Span, str]
    held: Mapping[Span, Placement]
    closed: frozenset[Span]

    @property
    def free(self) -> tuple[Span, ...]:
        """The lawful spans that are still to be decided."""
        return tuple(span for span in self.lawful if span not in self.held and span not in self.closed)

    @property
    def ways(self) -> tuple[int, ...]:
        """The numbers of the ways of a part that no law strikes at any of their spans."""
        lawful = frozenset(self.lawful)
        ways = self.activity.ways if isinstance(self.activity, Part) else ()
        return tuple(number for number, way in enumerate(ways) if lawful.issuperset(way.spans))

    def struck_by(self) -> Mapping[str, int]:
        """How many candidates each law took, most first."""
        taken = Counter(self.struck.values()) + Counter({Held.name: len(self.closed)})
        return dict(taken.most_common())


def candidates_of(programme: Programme, rules: Sequence[Rule]) -> dict[str, Candidates]:
    """The candidates of every activity, by key."""
    rules_of = concerned(rules)
    return {
        key: candidates_of_one(programme, activity, rules_of(key)) for key, activity in programme.activities.items()
    }


def candidates_of_one(programme: Programme, activity: Activity, rules: Sequence[Rule]) -> Candidates:
    """The candidates of one activity."""
    tests: list[tuple[str, Forbids]] = []
    for rule in rules:
        forbids = rule.forbids(programme, activity)
        if forbids is not None:
            tests.append((rule.name, forbids))
    held = {placement.span: placement for rule in rules for placement in rule.holds(activity)}
    lawful = list(held)
    struck: dict[Span, str] = {}
    for span in _near(programme, activity, rules):
        if span in held:
            continue
        for law, forbids in tests:
            if forbids(span):
                struck[span] = law
                break
        else:
            lawful.append(span)
    known = [rule for rule in rules if rule.origin == "previous"]
    closed = frozenset(span for span in lawful if span not in held and any(rule.closes(span) for rule in known))
    return Candidates(activity, tuple(sorted(lawful)), struck, held, closed)


def _near(programme: Programme, activity: Activity, rules: Sequence[Rule]) -> Iterator[Span]:
    """The candidates with a day in every window."""
    windows = [days_span(window) for rule in rules if (window := rule.window(activity)) is not None]
    first = max((window.start for window in windows), default=0)
    after = min((window.end for window in windows), default=maxsize)
    return (span for span in programme.candidates(activity) if first < span.end and span.start < after)
