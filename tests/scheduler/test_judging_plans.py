"""The verdict on the calendars of several programmes of one site, each in a folder of its name."""

from datetime import date
from pathlib import Path

import pytest

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.faults import FaultyInput
from calendars.saving import calendar_bytes, calendar_of
from calendars.timetable import Placement
from programmes import write
from scheduler.judging import Verdict, judge, judge_plan
from scheduler.plan import Plan, plan_of, read_problems
from scheduler.problem import Problem
from small import at, timetable

SITE = """\
title = "Campus"

[trainers.ann]
title = "Ann"

[places.hall]
title = "Hall"
virtual = true
sessions_at_once = 2

[laws.one_at_a_time]
buffer_minutes = 30

[laws.capacity]
"""

YEAR = """\
title = "Year"
language = "en"
site = "site.toml"
dates = [2026-11-09, 2026-11-13]
starts_every_minutes = 60

[opening_hours]
monday = "09:00-17:00"
tuesday = "09:00-17:00"

[trainers.bob]
title = "Bob"

[groups.all]
title = "Everybody"
students = ["eve"]

[modules.m]
title = "Design"
group = "all"
trainer = ["ann", "bob"]
place = "hall"
parts = [{ kind = "virtual-class", sessions = 2, minutes = 60 }]

[laws.days_off]
[laws.one_at_a_time]
"""

PART = "m.virtual-class"


def session(moment: str, trainer: str, place: str = "hall", part: str = PART) -> Placement:
    """An hour of November."""
    return at(f"2026-11-{moment}", part=part, trainers=(trainer,), place=place)


LAWFUL = {
    "a": (session("09 09:00", "ann"), session("10 09:00", "bob")),
    "b": (session("09 10:30", "ann"), session("10 09:00", "bob")),
    "c": (session("09 12:00", "ann"), session("10 14:00", "bob")),
}
"""Ann has half an hour between two classes; each Bob is somebody else; two classes at once fit into the hall."""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """Three programmes of one site."""
    write(tmp_path, SITE, "site.toml")
    law = YEAR.replace('title = "Design"', 'title = "Law"')
    paths = [write(tmp_path, text, f"{key}.toml") for key, text in (("a", YEAR), ("b", law), ("c", YEAR))]
    return plan_of(read_problems(paths), paths)


def saved(problem: Problem, *placements: Placement, as_of: date = date(2026, 9, 1)) -> Calendar:
    """The calendar of these placements."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(problem.programme, timetable(*placements), certificate, as_of, seed=0)


def verdict(plan: Plan, folder: Path, **others: tuple[Placement, ...]) -> Verdict:
    """The verdict on the lawful years, some of which have other sessions."""
    for problem in plan.problems:
        key = problem.programme.key
        put(folder, key, saved(problem, *(LAWFUL | others)[key]))
    return judge_plan(plan, folder)


def put(folder: Path, key: str, calendar: Calendar) -> Path:
    """The calendar as a file."""
    (folder / key).mkdir(exist_ok=True)
    path = folder / key / "calendar.json"
    path.write_bytes(calendar_bytes(calendar))
    return path


def told(found: Verdict) -> list[str]:
    assert found.notes == ()
    return [f"{breach.rule}: {breach.message}" for breach in found.breaches]


def test_lawful_years_have_no_breach(plan: Plan, tmp_path: Path) -> None:
    assert verdict(plan, tmp_path) == Verdict(())


def test_a_clash_of_a_shared_trainer_is_seen_together_and_not_alone(plan: Plan, tmp_path: Path) -> None:
    found = verdict(plan, tmp_path, b=(session("09 10:00", "ann"), session("10 09:00", "bob")))
    assert told(found) == [
        "one_at_a_time: “Design” (virtual class) on Monday 9 November 2026 09:00 and “Law” (virtual class) on "
        "Monday 9 November 2026 10:00 are 0 min apart for trainer “Ann”; the least is 30 min"
    ]
    for problem in plan.problems:
        assert judge(problem, tmp_path / problem.programme.key / "calendar.json") == Verdict(())


def test_a_shared_place_holds_no_more_than_it_can(plan: Plan, tmp_path: Path) -> None:
    found = verdict(plan, tmp_path, c=(session("09 12:00", "ann"), session("10 09:00", "bob")))
    names = "“Design” (virtual class), “Law” (virtual class) and “Design” (virtual class)"
    assert told(found) == [
        f"capacity: place “Hall” has 3 sessions at once on Tuesday 10 November 2026 09:00, at most 2 are possible: "
        f"{names}"
    ]


def test_each_is_judged_by_its_own_laws_first_in_the_order_of_the_files(plan: Plan, tmp_path: Path) -> None:
    """One session of the first year is gone; the third one has a session on 11 November, at which Ann is twice."""
    off = session("11 09:00", "ann")
    found = verdict(plan, tmp_path, a=(session("09 09:00", "bob"),), b=(off, LAWFUL["b"][0]), c=(off, LAWFUL["c"][1]))
    assert told(found) == [
        "complete: “Design” (virtual class) has 1 sessions; the programme announces 2",
        "days_off: “Law” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day",
        "days_off: “Design” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day",
        "one_at_a_time: “Law” (virtual class) on Wednesday 11 November 2026 09:00 and “Design” (virtual class) on "
        "Wednesday 11 November 2026 09:00 overlap for trainer “Ann”",
    ]


def test_edited_calendars_may_name_whom_and_what_nobody_knows(plan: Plan, tmp_path: Path) -> None:
    strange = session("10 09:00", "zoe", place="moon")
    unknown = session("12 09:00", "ann", part="gone.course")
    by_key = {problem.programme.key: problem for problem in plan.problems}
    verdict(plan, tmp_path)
    calendar = saved(by_key["b"], LAWFUL["b"][0], strange)
    other = calendar.sessions[0].model_copy(update={"part": unknown.activity, "uid": "x@semainier"})
    put(tmp_path, "b", calendar.model_copy(update={"sessions": (*calendar.sessions, other)}))
    alone = judge(by_key["b"], tmp_path / "b" / "calendar.json")
    assert len(alone.breaches) > 0
    assert told(judge_plan(plan, tmp_path)) == told(alone)


def test_a_session_of_another_group_is_told(plan: Plan, tmp_path: Path) -> None:
    verdict(plan, tmp_path)
    calendar = saved(plan.problems[1], *LAWFUL["b"])
    first, second = calendar.sessions
    moved = calendar.model_copy(update={"sessions": (first.model_copy(update={"groups": ("few",)}), second)})
    put(tmp_path, "b", moved)
    assert told(judge_plan(plan, tmp_path)) == [
        "programme: “Law” (virtual class) on Monday 9 November 2026 10:30 has another group than the programme: "
        "change it there"
    ]


def test_what_was_held_of_activities_that_are_gone_is_not_looked_at(plan: Plan, tmp_path: Path) -> None:
    """As of the 10th: a session of the 9th that the programme has no more, at an hour at which Ann is elsewhere."""
    verdict(plan, tmp_path)
    calendar = saved(plan.problems[0], *LAWFUL["a"], as_of=date(2026, 11, 10))
    gone = saved(plan.problems[0], session("09 12:00", "ann")).sessions[0]
    gone = gone.model_copy(update={"part": "gone.course", "uid": "x@semainier"})
    put(tmp_path, "a", calendar.model_copy(update={"sessions": (gone, *calendar.sessions)}))
    assert judge_plan(plan, tmp_path) == Verdict(())


def test_each_calendar_lies_in_the_folder_of_its_name(plan: Plan, tmp_path: Path) -> None:
    verdict(plan, tmp_path)
    calendar = tmp_path / "b" / "calendar.json"
    calendar.write_bytes((tmp_path / "a" / "calendar.json").read_bytes())
    assert refused(plan, tmp_path) == [
        "b/calendar.json, programme: is the calendar of a, not of b; give the two that belong together"
    ]
    calendar.unlink()
    assert refused(plan, tmp_path) == [
        "b/calendar.json: there is no such file; look at the spelling of its name and folder"
    ]


def refused(plan: Plan, folder: Path) -> list[str]:
    with pytest.raises(FaultyInput) as error:
        judge_plan(plan, folder)
    return [fault.words("en").replace(f"{folder}/", "") for fault in error.value.faults]
