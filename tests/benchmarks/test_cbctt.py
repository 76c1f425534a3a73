"""Curriculum-based timetabling: a made-up instance is read, becomes a problem, and costs what its rules say."""

import time
from pathlib import Path

import pytest

from benchmarks.adapter import broken, limits_of, solve
from benchmarks.cbctt import ADAPTER, Course, Instance, problem_of, read_instance, solution_of
from calendars.clock import DAY, Span, start_of
from calendars.timetable import Placement, Timetable

INSTANCE = """\
Name: Made-up
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 2
Constraints: 2

COURSES:
Algebra ann 3 2 30
Botany ann 1 1 10
Chess bob 2 2 20

ROOMS:
large 25
small 15

CURRICULA:
first 2 Algebra Chess
second 1 Chess

UNAVAILABILITY_CONSTRAINTS:
Algebra 0 0
Botany 1 2

END.
"""


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    file = tmp_path / "made-up.ctt"
    file.write_text(INSTANCE, encoding="utf-8")
    return read_instance(file)


def timetable(instance: Instance, *lines: str) -> Timetable:
    """The timetable of a solution."""
    return Timetable(tuple(placement(instance, *line.split()) for line in lines))


def placement(instance: Instance, course: str, room: str, day: str, period: str) -> Placement:
    start = instance.start(int(day), int(period))
    span = Span(start, start + instance.minutes)
    return Placement(span, f"courses.{course}", trainers=(instance.courses[course].teacher,), place=room)


def told(instance: Instance, *lines: str) -> list[tuple[str, int]]:
    """Each rule that a solution breaks, with the points of the breach; 0 for a law."""
    problem = problem_of(instance)
    prices = {rule.name: rule.price or 0 for rule in problem.rules}
    found = [breach for rule in problem.rules for breach in rule.check(problem.programme, timetable(instance, *lines))]
    return [(breach.rule, prices[breach.rule] * breach.excess) for breach in found]


def test_an_instance_is_read(instance: Instance) -> None:
    assert instance == Instance(
        days=2,
        periods=3,
        courses={
            "Algebra": Course("ann", 3, 2, 30),
            "Botany": Course("ann", 1, 1, 10),
            "Chess": Course("bob", 2, 2, 20),
        },
        rooms={"large": 25, "small": 15},
        curricula={"first": ["Algebra", "Chess"], "second": ["Chess"]},
        closed=frozenset({("Algebra", 0, 0), ("Botany", 1, 2)}),
    )


def test_the_periods_of_a_day_share_it_out(instance: Instance) -> None:
    monday = start_of(problem_of(instance).programme.dates.first)
    starts = [instance.start(day, period) - monday for day in range(2) for period in range(3)]
    assert starts == [0, 480, 960, DAY, DAY + 480, DAY + 960]
    assert [instance.period_of(monday + start) for start in starts] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]


def test_a_course_is_a_part_that_starts_at_the_periods_open_to_it(instance: Instance) -> None:
    part = problem_of(instance).programme.parts["courses.Algebra"]
    open_periods = [(0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert [instance.period_of(start) for start in part.starts] == open_periods
    assert (part.count, part.minutes, part.trainers, part.places) == (3, 480, ("ann",), ("large", "small"))


def test_curricula_are_students_of_their_courses(instance: Instance) -> None:
    assert problem_of(instance).programme.students == {
        "first": ("students", "Algebra", "Chess"),
        "second": ("students", "Chess"),
    }


ALGEBRA = ("Algebra large 0 1", "Algebra large 0 2", "Algebra large 1 0")


def test_the_cost_of_a_solution_is_that_of_the_four_preferences(instance: Instance) -> None:
    """Algebra has 30 students in 25 seats, three times 5 without one; Chess has 20 in 15, once 5, and two rooms.

    Chess joins Algebra for the first curriculum, but is alone for the second. Botany, in no curriculum, is alone
    without a cost.
    """
    assert told(instance, *ALGEBRA, "Botany small 0 0", "Chess large 0 0", "Chess small 1 1") == [
        ("steady", 1),
        *[("enough_seats", 5)] * 4,
        *[("lone_sessions", 2)] * 2,
    ]


def test_a_night_joins_no_lectures(instance: Instance) -> None:
    """Chess ends the first day and begins the second one."""
    lines = ("Algebra small 0 1", "Algebra small 1 1", "Algebra small 1 2", "Botany small 0 0")
    assert told(instance, *lines, "Chess large 0 2", "Chess large 1 0") == [
        *[("enough_seats", 15)] * 3,
        *[("lone_sessions", 2)] * 2,
    ]


def test_days_that_a_course_lacks_cost_five_each(instance: Instance) -> None:
    one_day = ("Algebra large 1 0", "Algebra large 1 1", "Algebra large 1 2", "Chess large 0 0", "Chess large 0 1")
    assert told(instance, *one_day, "Botany small 0 0") == [
        *[("enough_seats", 5)] * 3,
        *[("teaching_days", 5)] * 2,
    ]


def test_a_lecture_in_a_closed_period_and_a_lacking_one_break_laws(instance: Instance) -> None:
    lines = (*ALGEBRA[1:], "Algebra large 0 0", "Botany small 0 1", "Chess large 1 1")
    assert [rule for rule, points in told(instance, *lines) if not points] == ["complete", "within"]


def test_lectures_of_one_teacher_room_or_curriculum_are_not_at_once(instance: Instance) -> None:
    """Botany with Algebra: one teacher; Chess with Algebra: one curriculum, and one room."""
    clashing = (*ALGEBRA, "Botany small 0 1", "Chess large 1 0", "Chess large 1 1")
    assert [rule for rule, points in told(instance, *clashing) if not points] == ["one_at_a_time"] * 3


def test_machines_are_told_the_law_of_each_breach_and_no_price(instance: Instance) -> None:
    clashing = timetable(instance, *ALGEBRA, "Botany small 0 1", "Chess large 1 0", "Chess large 1 1")
    assert broken(problem_of(instance), clashing) == ["one_at_a_time"] * 3
    assert broken(problem_of(instance), None) == []


def test_cpu_seconds_are_shared_by_the_workers() -> None:
    limits = limits_of(30, 1)
    assert (limits.seconds, limits.clock, limits.workers, limits.seed) == (30, time.process_time, 2, 1)


def test_the_cheapest_solution_is_written_and_proved(
    instance: Instance, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Three times 5 of Algebra have no seat; Chess is on two days, alone on each for the second curriculum."""
    written = tmp_path / "solution"
    solve(ADAPTER, [str(tmp_path / "made-up.ctt"), "-o", str(written), "--cpu", "20"])
    lines = written.read_text(encoding="utf-8").splitlines()
    assert solution_of(instance, timetable(instance, *lines)) == lines
    assert sum(points for _, points in told(instance, *lines)) == 3 * 5 + 2 * 2
    assert all(points for _, points in told(instance, *lines))
    assert capsys.readouterr().out.startswith("made-up.ctt: cost 19, at least 19, search ")
