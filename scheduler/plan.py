"""Several programmes of one site, solved together: each keeps its own laws, and the site's bind them all."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from calendars.faults import Fault, FaultyInput
from calendars.joint import Joint, Scope, join, together
from calendars.programme_file import SiteFile
from calendars.reading import read_tables, read_text
from calendars.site import Sites
from calendars.timetable import Timetable
from calendars.wording import say
from constraints.on_hold import OnHold
from constraints.rule import Rule, StrikingLaw
from constraints.scoped import scoped
from scheduler.problem import Problem, declared, fitting, read_problem, site_model


@dataclass(frozen=True)
class Plan:
    """The problems of some programmes, in the order of their `files`, and the one problem that they are together.

    A plan of one programme is that programme's problem, and has no `site`.
    """

    problems: tuple[Problem, ...]
    whole: Problem
    files: tuple[Path, ...] = ()
    site: SiteFile | None = None

    def parts(self, timetable: Timetable) -> tuple[Timetable, ...]:
        """The timetable of each programme, of that of the whole plan."""
        if isinstance(self.whole.programme, Joint):
            return tuple(scope.timetable(timetable) for scope in self.whole.programme.scopes)
        return (timetable,)


def read_problems(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """The problem of each programme file.

    Raises:
        FaultyInput: with every fault of every file.
    """
    sites = Sites(site_model(), (path.parent for path in paths))
    problems: list[Problem] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            problems.append(read_problem(path, sites))
        except FaultyInput as error:
            faults += [fault for fault in error.faults if fault not in faults]
    if faults:
        raise FaultyInput(faults)
    return tuple(problems)


def plan_of(problems: Sequence[Problem], paths: Sequence[Path]) -> Plan:
    """The plan of these problems, which were read from these files.

    Raises:
        FaultyInput: where several do not name one site, or share a name.
    """
    if len(problems) == 1:
        return Plan(tuple(problems), problems[0], tuple(paths))
    _ensure_they_fit(problems, paths)
    programme = join([problem.programme for problem in problems])
    own = [
        _in_the_plan(rule, scope)
        for problem, scope in zip(problems, programme.scopes, strict=True)
        for rule in problem.rules
    ]
    bends = {name: price for problem in problems for name, price in problem.bends.items()}
    path = Path(programme.site or "")
    site = read_tables(read_text(path), path, site_model())
    whole = Problem(programme, (*own, *_of_the_site(site, programme, path)), _previous(problems, programme), bends)
    return Plan(tuple(problems), whole, tuple(paths), site)


def _in_the_plan(rule: Rule, scope: Scope) -> Rule:
    """A rule of one programme; all of them leave its slots on hold free, since they may share trainers and places."""
    if isinstance(rule, OnHold):
        return OnHold(slots=tuple(map(scope.placement, rule.slots)))
    return scoped(rule, scope)


def _previous(problems: Sequence[Problem], programme: Joint) -> Timetable | None:
    """The previous timetables together, of those that follow one."""
    previous = [problem.previous for problem in problems]
    if all(each is None for each in previous):
        return None
    return together(programme.scopes, (each or Timetable() for each in previous))


def _ensure_they_fit(problems: Sequence[Problem], paths: Sequence[Path]) -> None:
    first, keys = problems[0].programme, [problem.programme.key for problem in problems]
    faults = []
    for problem, path in zip(problems, paths, strict=True):
        programme = problem.programme
        if programme.site is None or programme.site != first.site:
            why = say("programmes that are solved together name one site; write the same site = in each file")
            faults.append(Fault(why, ("site",), str(path)))
        if keys.count(programme.key) > 1:
            faults.append(Fault(say("two files have this name; rename one of them"), (), str(path)))
        if programme.time_zone != first.time_zone:
            why = say("programmes that are solved together have one time zone, here {zone}", zone=first.time_zone)
            faults.append(Fault(why, ("time_zone",), str(path)))
    if faults:
        raise FaultyInput(faults)


def _of_the_site(site: SiteFile, programme: Joint, path: Path) -> list[Rule]:
    """What the site's file declares for all of them; what holds always is kept by each by itself."""
    rules = fitting((each for each in declared(site) if each[1].origin == "file"), programme, path)
    return [one for rule in rules for one in _for_all(rule, programme)]


def _for_all(rule: Rule, programme: Joint) -> list[Rule]:
    """A law on one session alone asks each programme for its opening hours and days off; any other asks them all."""
    return [scoped(rule, scope) for scope in programme.scopes] if isinstance(rule, StrikingLaw) else [rule]
