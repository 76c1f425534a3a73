"""A plan of many programmes, placed piece by piece: lawful, as good as the whole search finds, bounds that hold."""

from pathlib import Path
from random import Random
from threading import Event
from typing import NamedTuple

import pytest

from programmes import write
from scheduler.piecewise import MANY, search_plan
from scheduler.plan import Plan, plan_of, read_problems
from scheduler.result import Limits, Outcome, Progress, Result
from scheduler.search import search
from scheduler.verdict import breaches, price

SITE = """\
title = "Region"
enrolments = "who.csv"

[trainers.ann]
title = "Ann"

[trainers.eve]
title = "Eve"

[trainers.bob]
title = "Bob"
prefers = [{ hours = "10:00-11:00" }]

[laws.distance_cap]
minutes_per_week = 120

[laws.one_at_a_time]
buffer_minutes = 0
"""

COURSE = """\
title = "Course"
language = "en"
site = "site.toml"
dates = [2026-11-02, 2026-11-27]
starts_every_minutes = 60

[opening_hours]
tuesday = "09:00-11:00"
thursday = "09:00-11:00"

[groups.all]
title = "Teachers"

[blocks.course]
title = "Course"
kind = "course"
group = "all"
dates = [2026-11-02, 2026-11-27]
working_weeks = 2
near = {near}

[modules.m]
title = "Practice"
group = "all"
blocks = ["course"]

[[modules.m.parts]]
kind = "virtual-class"
sessions = {sessions}
minutes = 60
trainer = "{trainer}"

[[modules.m.parts]]
kind = "distance-work"
hours = {hours}

[laws.working_hours]
[laws.days_off]
[laws.no_start_before_rest]

[preferences.near_date]
level = 1

[preferences.trainer_preference]
level = 2

[preferences.even_load]
group = "all"
target_hours_per_week = 1
level = 3
"""
"""Two weeks of four, with one class or two on a Tuesday or a Thursday at 9 or 10, and some hours of work."""


SECOND_CLASS = """\
kind = "virtual-class"
id = "two"
sessions = 1
minutes = 60
trainer = "ann"
"""

LAWFUL_AND_NOT = 7, 3
"""Of the drawn plans."""


def drawn(folder: Path, seed: int, courses: int = 5) -> Plan:
    """A plan of so many courses for ten people, each in one to three of them."""
    random = Random(seed)
    keys = [f"c{n}" for n in range(courses)]
    for key in keys:
        told = {
            "near": random.choice(("2026-11-02", "2026-11-03", "2026-11-09", "2026-11-16")),
            "sessions": random.choice((1, 1, 2)),
            "trainer": random.choice(("ann", "bob")),
            "hours": random.choice((0.5, 0.5, 1, 1.5)),
        }
        write(folder, COURSE.format(**told), f"{key}.toml")
    rows = [(f"p{n}", key) for n in range(10) for key in sorted(random.sample(keys, random.choice((1, 1, 2, 3))))]
    write(folder, "person;course\n" + "".join(f"{person};{key}\n" for person, key in rows), "who.csv")
    write(folder, SITE, "site.toml")
    paths = [folder / f"{key}.toml" for key in keys]
    return plan_of(read_problems(paths), paths)


def values(plan: Plan, result: Result) -> list[int]:
    """What the timetable costs by the rules' own checks, rank by rank."""
    assert result.timetable is not None
    return [price(plan.whole, result.timetable, level.rank) for level in result.levels]


class Answers(NamedTuple):
    """What both searches make of a plan."""

    plan: Plan
    whole: Result
    piecewise: Result


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[Answers]:
    """Ten drawn plans."""
    plans = [drawn(tmp_path_factory.mktemp("plan"), seed) for seed in range(10)]
    return [Answers(plan, search(plan.whole, Limits()), search_plan(plan, Limits())) for plan in plans]


def test_it_ends_as_the_search_of_the_whole_does(answers: list[Answers]) -> None:
    outcomes = [each.whole.outcome for each in answers]
    assert [each.piecewise.outcome for each in answers] == outcomes
    assert (outcomes.count(Outcome.LAWFUL), outcomes.count(Outcome.IMPOSSIBLE)) == LAWFUL_AND_NOT


def test_its_plans_are_lawful_and_cost_what_it_says(answers: list[Answers]) -> None:
    for plan, whole, piecewise in answers:
        if piecewise.timetable is not None:
            assert breaches(plan.whole, piecewise.timetable) == ()
            assert [level.value for level in piecewise.levels] == values(plan, piecewise)
            assert [(each.rank, each.rules) for each in piecewise.levels] == [
                (each.rank, each.rules) for each in whole.levels
            ]


def test_its_bounds_are_below_the_best_plan(answers: list[Answers]) -> None:
    for _, whole, piecewise in answers:
        for place, (best, level) in enumerate(zip(whole.levels, piecewise.levels, strict=True)):
            above = [each.value for each in piecewise.levels[:place]]
            assert level.bound <= level.value
            if above == [each.value for each in whole.levels[:place]]:
                assert level.bound <= best.value <= level.value


def test_most_of_its_plans_are_as_good_as_the_best(answers: list[Answers]) -> None:
    best = [[level.value for level in each.whole.levels] for each in answers]
    found = [[level.value for level in each.piecewise.levels] for each in answers]
    assert sum(one == other for one, other in zip(best, found, strict=True)) >= 8


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    plan = drawn(tmp_path, 3)
    one, other = search_plan(plan, Limits()), search_plan(plan, Limits())
    assert one.timetable == other.timetable
    assert one.levels == other.levels
    assert one.reproducible


@pytest.mark.parametrize("after", [0, 1, 3, 6])
def test_it_is_lawful_whenever_it_is_stopped(tmp_path: Path, after: int) -> None:
    plan, stop, heard = drawn(tmp_path, 5), Event(), list[Progress]()

    def hear(progress: Progress) -> None:
        heard.append(progress)
        if len(heard) > after:
            stop.set()

    result = search_plan(plan, Limits(stop=stop), hear)
    assert result.outcome == Outcome.LAWFUL
    assert result.timetable is not None
    assert breaches(plan.whole, result.timetable) == ()
    assert [level.value for level in result.levels] == values(plan, result)


def test_stopped_before_there_is_a_plan_it_knows_nothing(tmp_path: Path) -> None:
    stop = Event()
    stop.set()
    result = search_plan(drawn(tmp_path, 5), Limits(stop=stop))
    assert (result.outcome, result.timetable, result.reproducible) == (Outcome.UNKNOWN, None, False)


def test_a_course_that_has_no_room_by_itself_is_impossible(tmp_path: Path) -> None:
    drawn(tmp_path, 5)
    text = (tmp_path / "c2.toml").read_text(encoding="utf-8")
    write(tmp_path, _too_long(text), "c2.toml")
    paths = sorted(tmp_path.glob("c*.toml"))
    result = search_plan(plan_of(read_problems(paths), paths), Limits())
    assert (result.outcome, result.timetable) == (Outcome.IMPOSSIBLE, None)


def _too_long(text: str) -> str:
    """Five hours of work in two weeks of two."""
    head, _, tail = text.partition("hours = ")
    rest = tail.partition("\n")[2]
    return f"{head}hours = 5\n{rest}"


def test_a_course_that_needs_every_start_has_them(tmp_path: Path) -> None:
    """Two classes, both on the one Tuesday: of few starts each would have that at ten alone."""
    drawn(tmp_path, 5)
    text = COURSE.format(near="2026-11-03", sessions=1, trainer="ann", hours=1)
    for old, new in (
        ('thursday = "09:00-11:00"\n', ""),
        ("2026-11-27", "2026-11-08"),
        ("working_weeks = 2", "working_weeks = 1"),
        ("sessions = 1\n", 'id = "one"\nsessions = 1\n'),
        ('kind = "distance-work"\nhours = 1\n', SECOND_CLASS),
    ):
        text = text.replace(old, new)
    write(tmp_path, text, "c2.toml")
    paths = sorted(tmp_path.glob("c*.toml"))
    plan = plan_of(read_problems(paths), paths)
    result = search_plan(plan, Limits())
    assert result.timetable is not None
    assert breaches(plan.whole, result.timetable) == ()


NOVEMBER = "2026-11-02, 2026-11-27"
FIRST, SECOND, THIRD = "2026-11-02, 2026-11-08", "2026-11-09, 2026-11-15", "2026-11-16, 2026-11-22"
"""Its first weeks."""


def of_a_week(folder: Path, courses: dict[str, tuple[str, str, str]], together: list[tuple[str, str]]) -> Plan:
    """Courses of a week each, by their wish, trainer and dates, and those of which two have a person in common.

    Each has two hours in its week, the most that a person may have: two of one person never stand in one week.
    """
    for key, (near, trainer, dates) in courses.items():
        text = COURSE.format(near=near, sessions=1, trainer=trainer, hours=1)
        text = text.replace(NOVEMBER, dates).replace("working_weeks = 2", "working_weeks = 1")
        write(folder, text, f"{key}.toml")
    rows = [(f"p{number}", key) for number, pair in enumerate(together) for key in pair]
    write(folder, "person;course\n" + "".join(f"{person};{key}\n" for person, key in rows), "who.csv")
    write(folder, SITE, "site.toml")
    paths = [folder / f"{key}.toml" for key in courses]
    return plan_of(read_problems(paths), paths)


def found(plan: Plan) -> list[tuple[int, int]]:
    """Value and bound of each level of its lawful plan."""
    result = search_plan(plan, Limits())
    assert result.timetable is not None
    assert breaches(plan.whole, result.timetable) == ()
    return [(level.value, level.bound) for level in result.levels]


def test_members_that_cost_less_only_together_are_settled_together(tmp_path: Path) -> None:
    """The last could stand as it wishes if three others started on Monday instead of Thursday, at 4 days each.

    No two of them suffice. Without them it pays 14, since two more need the weeks before and after. Six courses of
    another month have more people in common with all four.
    """
    three = {f"c{n}": ("2026-11-12", trainer, NOVEMBER) for n, trainer in enumerate(("ann", "bob", "eve"))}
    beside = {"before": ("2026-11-02", "ann", FIRST), "after": ("2026-11-16", "ann", THIRD)}
    later = {f"d{n}": (f"2026-12-{1 + n % 3 * 7:02}", "ann", "2026-11-30, 2026-12-18") for n in range(6)}
    near = [("last", key) for key in (*three, *beside)]
    near += 3 * [(one, other) for one in ("last", *three) for other in later]
    courses = {**three, **beside, "last": ("2026-11-09", "bob", NOVEMBER), **later}
    assert found(of_a_week(tmp_path, courses, near)) == [(12, 12), (0, 0), (2160, 2160)]


def test_sets_that_share_a_member_are_proved_together(tmp_path: Path) -> None:
    """Two are 4 days late because of one that has to stand in their week: for the two pairs it could pay alone."""
    late = dict.fromkeys(("a", "b"), ("2026-11-12", "ann", NOVEMBER))
    others = dict.fromkeys(("x", "y"), ("2026-11-02", "bob", FIRST))
    plan = of_a_week(
        tmp_path, {**late, "fixed": ("2026-11-09", "bob", SECOND), **others}, [("a", "fixed"), ("b", "fixed")]
    )
    assert found(plan)[0] == (8, 8)


def test_few_programmes_are_searched_as_one(tmp_path: Path) -> None:
    plan = drawn(tmp_path, 1, MANY - 1)
    one, other = search(plan.whole, Limits()), search_plan(plan, Limits())
    assert (one.timetable, one.levels) == (other.timetable, other.levels)
