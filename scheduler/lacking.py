"""A problem in which sessions may be lacking, to find out how few cannot be held."""

from dataclasses import replace

from constraints.as_many import AsMany
from constraints.complete import Complete
from scheduler.problem import Problem


def without_some(problem: Problem) -> Problem:
    """The problem in which sessions may be called off, but as few as can be; preferences are left aside."""
    rules = (
        Complete(may_lack_sessions=True) if isinstance(rule, Complete) else rule
        for rule in problem.rules
        if rule.price is None or rule.rank == 0
    )
    return replace(problem, rules=(*rules, AsMany()))
