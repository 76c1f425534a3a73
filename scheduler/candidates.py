"""Where each activity may stand: its lawful candidates, and the law that struck out each of the others."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from calendars.clock import Span
from calendars.programme import Activity, Programme
from constraints.rule import Forbids, Rule


@dataclass(frozen=True)
class Candidates:
    """The lawful spans of one activity in order of time, and of every struck span the first law that forbids it."""

    activity: Activity
    lawful: tuple[Span, ...]
    struck: Mapping[Span, str]

    def struck_by(self) -> Mapping[str, int]:
        """How many candidates each law took, most first."""
        return dict(Counter(self.struck.values()).most_common())


def candidates_of(programme: Programme, rules: Sequence[Rule]) -> dict[str, Candidates]:
    """The candidates of every activity, by key."""
    return {activity.key: _candidates(programme, activity, rules) for activity in programme.activities.values()}


def _candidates(programme: Programme, activity: Activity, rules: Iterable[Rule]) -> Candidates:
    tests: list[tuple[str, Forbids]] = []
    for rule in rules:
        forbids = rule.forbids(programme, activity)
        if forbids is not None:
            tests.append((rule.name, forbids))
    lawful: list[Span] = []
    struck: dict[Span, str] = {}
    for span in programme.candidates(activity):
        for law, forbids in tests:
            if forbids(span):
                struck[span] = law
                break
        else:
            lawful.append(span)
    return Candidates(activity, tuple(lawful), struck)
