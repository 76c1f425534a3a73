"""Tables become a programme: what is inherited, what is worked out, and every fault with its line."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from calendars.clock import Dates, Span, minute_of
from calendars.enrolments import Elective, Group
from calendars.faults import FaultyInput
from calendars.juries import Need, Role
from calendars.opening_hours import OpeningHours
from calendars.programme import Block, Internship, Module, Part, Place, Programme, Trainer, Work
from calendars.programme_file import ProgrammeFile, When
from calendars.resolving import load, resolve

YEAR = """\
title = "Master 2"
language = "en"
dates = [2026-09-01, 2027-06-30]
starts_every_minutes = 15
working_week = ["monday", "wednesday"]
days_off.school_zones = ["B"]

[opening_hours]
monday = "09:00-17:00"
wednesday = "09:00-12:00"
lunch = "12:00-13:00"

[trainers.scenario]
title = "Trainer, scenario design"
cannot = [{ weekday = "monday" }]
prefers = [{ hours = "09:00-12:00" }]

[trainers.other]
title = "Trainer"

[groups.all]
title = "Everybody"
size = 24

[groups.lille]
title = "Lille"
part_of = "all"
students = ["s1", "s2"]
school_zones = []

[groups.abroad]
title = "Abroad"
part_of = "all"
school_zones = ["A", "B"]
time_zones = ["America/Montreal", "Europe/Paris"]
cannot = [{ weekday = "wednesday" }]

[electives.site]
title = "Site"
choose = 1
groups = ["lille", "abroad"]

[places.online]
title = "Online"
virtual = true

[places.room]
title = "Room"
cannot = [{ dates = [2026-11-02, 2026-11-06] }]

[phases.one]
title = "Phase 1"
dates = [2026-09-01, 2026-11-30]

[phases.two]
title = "Phase 2"
dates = [2026-12-01, 2027-01-31]

[blocks.autumn]
title = "Autumn seminar"
kind = "seminar"
group = "all"
dates = [2026-11-02, 2026-11-20]
days = 5
near = 2026-11-09
place = "room"

[blocks.work]
title = "Project"
kind = "course"
group = "all"
dates = [2026-09-07, 2026-12-18]
working_weeks = 3

[modules.scenario]
title = "Scenario design"
group = "all"
trainer = "scenario"
place = "online"
phase = "one"
dates = [2026-10-01, 2027-06-30]
blocks = ["autumn"]

[[modules.scenario.parts]]
kind = "virtual-class"
sessions = 10
minutes = 60

[[modules.scenario.parts]]
kind = "exam"
id = "final"
title = "Final exam"
sessions = 1
minutes = 120
trainer = "other"
group = "lille"
place = "room"
blocks = ["work"]
phase = "two"
dates = [2026-12-14, 2027-02-05]
near = 2026-12-16

[[modules.scenario.parts]]
kind = "distance-work"
hours = 7.5

[modules.thesis]
title = "Thesis"
group = "all"
credits = 6
year = 2

[[modules.thesis.parts]]
kind = "distance-work"
id = "writing"
title = "Writing"
hours = 100
step_minutes = 60
personal = true
in_holidays = true
group = "abroad"

[internships.host]
title = "Internship"
group = "all"
dates = [2027-01-04, 2027-06-30]
hours = 450
closures = [{ title = "Inventory", dates = [2027-02-01, 2027-02-05] }]

[milestones.defence]
title = "Defences"
group = "all"
dates = [2027-06-01, 2027-06-30]
near = 2027-06-24
"""


@pytest.fixture
def year(tmp_path: Path) -> Programme:
    path = tmp_path / "master-2.toml"
    path.write_text(YEAR, "utf-8")
    return load(path, ProgrammeFile)[1]


def days(first: str, last: str) -> Dates:
    return Dates(date.fromisoformat(first), date.fromisoformat(last))


def test_the_file_comes_with_its_programme(tmp_path: Path) -> None:
    path = tmp_path / "master-2.toml"
    path.write_text(YEAR, "utf-8")
    file, programme = load(path, ProgrammeFile)
    assert (file.title, programme.title, programme.key) == ("Master 2", "Master 2", "master-2")


def test_the_programme_itself(year: Programme) -> None:
    assert year.language == "en"
    assert year.time_zone == "Europe/Paris"
    assert year.dates == days("2026-09-01", "2027-06-30")
    assert year.starts_every == 15
    assert year.working_week == frozenset({0, 2})
    assert year.opening == OpeningHours({0: (540, 1020), 2: (540, 720)}, (720, 780))
    assert year.modules == {
        "scenario": Module("scenario", "Scenario design", credits=None, year=1),
        "thesis": Module("thesis", "Thesis", credits=6, year=2),
    }
    assert year.module_titles == {"scenario": "Scenario design", "thesis": "Thesis"}


def test_people_and_places(year: Programme) -> None:
    monday, morning = When(weekday="monday"), When.model_validate({"hours": "09:00-12:00"})
    seminar = When.model_validate({"dates": [date(2026, 11, 2), date(2026, 11, 6)]})
    assert year.trainers == {
        "scenario": Trainer("scenario", "Trainer, scenario design", (monday,), (morning,)),
        "other": Trainer("other", "Trainer"),
    }
    assert year.places == {
        "online": Place("online", "Online", virtual=True, sessions_at_once=None),
        "room": Place("room", "Room", cannot=(seminar,)),
    }
    assert year.electives == {"site": Elective("site", "Site", 1, ("lille", "abroad"))}


def test_groups_have_the_zones_of_the_programme_where_they_are_silent(year: Programme) -> None:
    local = ("Europe/Paris",)
    assert year.groups == {
        "all": Group("all", "Everybody", size=24, school_zones=("B",), time_zones=local),
        "lille": Group("lille", "Lille", part_of="all", students=frozenset({"s1", "s2"}), time_zones=local),
        "abroad": Group(
            "abroad",
            "Abroad",
            part_of="all",
            school_zones=("A", "B"),
            time_zones=("America/Montreal", "Europe/Paris"),
            cannot=(When(weekday="wednesday"),),
        ),
    }


def test_parts_have_what_is_their_modules_where_they_are_silent(year: Programme) -> None:
    assert year.parts == {
        "scenario.virtual-class": Part(
            key="scenario.virtual-class",
            module="scenario",
            title="",
            kind="virtual-class",
            group="all",
            trainers=("scenario",),
            together=1,
            places=("online",),
            count=10,
            minutes=60,
            dates=days("2026-10-01", "2026-11-30"),
            blocks=("autumn",),
            series="scenario.virtual-class",
        ),
        "scenario.final": Part(
            key="scenario.final",
            module="scenario",
            title="Final exam",
            kind="exam",
            group="lille",
            trainers=("other",),
            together=1,
            places=("room",),
            count=1,
            minutes=120,
            dates=days("2026-12-14", "2027-01-31"),
            blocks=("work",),
            near=date(2026, 12, 16),
            series="scenario.final",
        ),
    }


def staffed(module: dict[str, Any], part: dict[str, Any]) -> tuple[tuple[str, ...], int, tuple[str, ...]]:
    """The trainers, how many give a session together, and the places of the only part of a module."""
    classes = {"kind": "virtual-class", "sessions": 1, "minutes": 60} | part
    tables = {
        "title": "Year",
        "dates": [date(2026, 11, 2), date(2026, 11, 13)],
        "opening_hours": {"monday": "09:00-17:00"},
        "groups": {"all": {"title": "All"}},
        "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve")},
        "places": {key: {"title": key.title()} for key in ("room", "hall")},
        "modules": {"m": {"title": "M", "group": "all", "parts": [classes]} | module},
    }
    (resolved,) = resolve(ProgrammeFile.model_validate(tables), "year").parts.values()
    return resolved.trainers, resolved.together, resolved.places


def test_a_part_has_the_trainers_of_its_module_with_their_number_or_its_own_with_its_own() -> None:
    pair = {"trainer": ["ann", "bob", "eve"], "together": 2}
    assert staffed(pair, {}) == (("ann", "bob", "eve"), 2, ())
    assert staffed(pair, {"trainer": ["eve", "bob"]}) == (("eve", "bob"), 1, ())
    assert staffed(pair, {"trainer": "eve"}) == (("eve",), 1, ())
    assert staffed({"trainer": "eve"}, {"trainer": ["ann", "bob"], "together": 2}) == (("ann", "bob"), 2, ())


def test_a_part_without_trainers_is_given_by_nobody() -> None:
    assert staffed({}, {}) == ((), 0, ())


def test_a_part_has_the_places_of_its_module_or_its_own_instead() -> None:
    assert staffed({"place": ["room", "hall"]}, {}) == ((), 0, ("room", "hall"))
    assert staffed({"place": ["room", "hall"]}, {"place": "hall"}) == ((), 0, ("hall",))
    assert staffed({"place": "room"}, {"place": ["hall", "room"], "trainer": "ann"}) == (("ann",), 1, ("hall", "room"))


def test_a_place_holds_one_session_at_once_a_virtual_one_any_number_or_what_it_says(tmp_path: Path) -> None:
    text = YEAR
    for number, keys in enumerate(("", "seats = 30", "sessions_at_once = 2", "virtual = true\nsessions_at_once = 1")):
        text += f'\n[places.p{number}]\ntitle = "P"\n{keys}\n'
    path = tmp_path / "year.toml"
    path.write_text(text, "utf-8")
    places = load(path, ProgrammeFile)[1].places
    assert [places[f"p{number}"] for number in range(4)] == [
        Place("p0", "P", seats=None, sessions_at_once=1),
        Place("p1", "P", seats=30, sessions_at_once=1),
        Place("p2", "P", seats=None, sessions_at_once=2),
        Place("p3", "P", virtual=True, seats=None, sessions_at_once=1),
    ]


def divided(size: int, of: int, **tables: Any) -> Programme:
    """A cohort of this size in teams of at most so many, and a module with two parts for them and one for all."""
    parts = [
        {"kind": "meeting", "sessions": 2, "minutes": 60},
        {"kind": "distance-work", "id": "diary", "title": "Diary", "hours": 3},
        {"kind": "exam", "sessions": 1, "minutes": 60, "group": "cohort"},
    ]
    team = {"title": "Team", "part_of": "cohort", "of": of, "time_zones": ["America/Montreal"]}
    plain = {
        "title": "Year",
        "dates": [date(2026, 11, 2), date(2026, 11, 13)],
        "opening_hours": {"monday": "09:00-17:00"},
        "groups": {"cohort": {"title": "Cohort", "size": size}, "team": team, "last": {"title": "Last"}},
        "modules": {"m": {"title": "M", "group": "team", "parts": parts}},
    }
    return resolve(ProgrammeFile.model_validate(plain | tables), "year")


def test_a_group_with_of_stands_for_small_groups() -> None:
    """Seven people in threes are three groups, as alike as they can be; they stand where the table stood."""
    programme = divided(size=7, of=3)
    local = ("America/Montreal",)
    small = [
        Group(f"team-{n}", f"Team {n}", size=size, part_of="cohort", time_zones=local, division="team")
        for n, size in ((1, 3), (2, 2), (3, 2))
    ]
    assert list(programme.groups) == ["cohort", "team-1", "team-2", "team-3", "last"]
    assert [programme.groups[f"team-{n}"] for n in (1, 2, 3)] == small


@pytest.mark.parametrize(
    ("size", "of", "sizes"),
    [
        (70, 3, [3] * 22 + [2] * 2),
        (6, 3, [3, 3]),
        (7, 4, [4, 3]),
        (9, 4, [3, 3, 3]),
        (10, 4, [4, 3, 3]),
        (3, 1, [1, 1, 1]),
        (2, 5, [2]),
    ],
)
def test_the_sizes_of_small_groups(size: int, of: int, sizes: list[int]) -> None:
    """No group is above the most, no two differ by more than one, and there are as few as can be."""
    groups = divided(size, of).groups.values()
    assert [group.size for group in groups if group.division == "team"] == sizes


def test_what_is_for_small_groups_is_made_for_each_of_them() -> None:
    programme = divided(size=4, of=2)
    assert [(part.key, part.title, part.group) for part in programme.parts.values()] == [
        ("m.meeting.1", "Team 1", "team-1"),
        ("m.meeting.2", "Team 2", "team-2"),
        ("m.exam", "", "cohort"),
    ]
    assert [(work.key, work.title, work.group) for work in programme.works.values()] == [
        ("m.diary.1", "Diary, Team 1", "team-1"),
        ("m.diary.2", "Diary, Team 2", "team-2"),
    ]
    assert list(programme.parts) == ["m.meeting.1", "m.meeting.2", "m.exam"]
    assert [part.count for part in programme.parts.values()] == [2, 2, 1]


def test_a_larger_cohort_leaves_the_keys_as_they_are() -> None:
    few, more = divided(size=6, of=3), divided(size=7, of=3)
    assert [*few.groups, *few.parts] == [
        key for key in (*more.groups, *more.parts) if key not in ("team-3", "m.meeting.3")
    ]


def test_self_paced_work_in_minutes(year: Programme) -> None:
    assert year.works == {
        "scenario.distance-work": Work(
            key="scenario.distance-work",
            module="scenario",
            title="",
            group="all",
            minutes=450,
            step=30,
            personal=False,
            in_holidays=False,
            dates=days("2026-10-01", "2026-11-30"),
            blocks=("autumn",),
            series="scenario.distance-work",
        ),
        "thesis.writing": Work(
            key="thesis.writing",
            module="thesis",
            title="Writing",
            group="abroad",
            minutes=6000,
            step=60,
            personal=True,
            in_holidays=True,
            dates=year.dates,
            series="thesis.writing",
        ),
    }


def test_a_milestone_is_a_block_of_one_day(year: Programme) -> None:
    autumn, work, june = (
        days("2026-11-02", "2026-11-20"),
        days("2026-09-07", "2026-12-18"),
        days("2027-06-01", "2027-06-30"),
    )
    assert year.blocks == {
        "autumn": Block("autumn", "Autumn seminar", "seminar", "all", autumn, 5, None, date(2026, 11, 9), "room"),
        "work": Block("work", "Project", "course", "all", work, None, 3),
        "defence": Block("defence", "Defences", "milestone", "all", june, 1, None, date(2027, 6, 24)),
    }


def test_an_internship_in_minutes(year: Programme) -> None:
    closed = (days("2027-02-01", "2027-02-05"),)
    assert year.internships == {
        "host": Internship("host", "Internship", "all", days("2027-01-04", "2027-06-30"), 27_000, 420, closed)
    }


def test_days_off_are_those_of_every_zone(year: Programme) -> None:
    zones = {off.zone for off in year.days_off.days if off.kind == "school"}
    assert zones == {"A", "B"}


FAULTY = """\
title = "Master 2"
dates = [2026-09-01, 2027-06-30]
opening_hours.monday = "09:00-12:00"
groups.all.title = "Everybody"

[modules.scenario]
title = "Scenario design"
group = "al"

[[modules.scenario.parts]]
kind = "virtual-class"
sessions = 10
minutes = 240

[days_off]
school_zones = ["B", "Z"]
"""
FAULTS = [
    "modules.scenario.group: there is no [groups.al] in this file; did you mean all?",
    "modules.scenario.parts[0].minutes: a session lasts 4 h, but the longest opening without a break is 3 h; "
    "shorten the sessions, or open longer",
]


def test_faults_between_tables_and_of_days_off_together(tmp_path: Path) -> None:
    path = tmp_path / "master-2.toml"
    path.write_text(FAULTY, "utf-8")
    with pytest.raises(FaultyInput) as refused:
        load(path, ProgrammeFile)
    *between_tables, of_days_off = [fault.words("en") for fault in refused.value.faults]
    assert between_tables == [f"{path}:{line}, {fault}" for line, fault in zip((8, 13), FAULTS, strict=True)]
    assert of_days_off.startswith(f"{path}:16, days_off.school_zones: ")


def test_without_a_file_faults_have_no_line() -> None:
    sound = {
        "title": "Year",
        "dates": [date(2026, 9, 1), date(2027, 6, 30)],
        "opening_hours": {"monday": "09:00-17:00"},
        "groups": {"all": {"title": "Everybody"}},
    }
    with pytest.raises(FaultyInput) as refused:
        resolve(ProgrammeFile.model_validate(sound), "year")
    assert str(refused.value) == "there is nothing to plan; add a module, a block, an internship or a milestone"


def with_juries(*parts: dict[str, Any], **tables: Any) -> Programme:
    """Parts of a module of the cohort and its trainer, with three roles, one of which the file leaves open."""
    plain = {
        "title": "Year",
        "dates": [date(2026, 11, 2), date(2026, 11, 13)],
        "opening_hours": {"monday": "09:00-17:00"},
        "groups": {
            "cohort": {"title": "Cohort"},
            "option": {"title": "Option", "part_of": "cohort", "students": ["joe"]},
        },
        "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "cy", "dan")},
        "roles": {
            "chair": {"title": "Chair", "trainers": ["ann", "bob"]},
            "member": {"title": "Member", "trainers": ["bob", "cy", "dan"], "number": 2},
            "tutor": {"title": "Tutor"},
        },
        "modules": {"m": {"title": "M", "group": "cohort", "trainer": "dan", "parts": list(parts)}},
    }
    return resolve(ProgrammeFile.model_validate(plain | tables), "year")


JURY = {"kind": "defence", "minutes": 60, "jury": ["chair", "member"]}
CHAIR, MEMBER = Role("chair", "Chair", ("ann", "bob")), Role("member", "Member", ("bob", "cy", "dan"), 2)


def test_whoever_may_hold_a_role_of_the_jury_gives_a_session_and_each_role_takes_its_own() -> None:
    """One who presides and two members; the trainer of the module is one of those who may be a member."""
    [part] = with_juries(JURY | {"sessions": 2}).parts.values()
    assert (part.key, part.count, part.roles) == ("m.defence", 2, (CHAIR, MEMBER))
    assert (part.trainers, part.together, part.chooses_trainers) == (("ann", "bob", "cy", "dan"), 3, True)
    assert (part.needs, part.certain_trainers, part.trainers_to_choose) == (
        (Need(("ann", "bob"), 1), Need(("bob", "cy", "dan"), 2), Need(("ann", "bob", "cy", "dan"), 3)),
        frozenset(),
        ("ann", "bob", "cy", "dan"),
    )
    assert part.staff() == ("ann", "bob", "cy")


def test_without_a_jury_all_trainers_have_the_same_role() -> None:
    two = {"kind": "exam", "sessions": 1, "minutes": 60, "trainer": ["ann", "bob", "cy"], "together": 2}
    alone = {"kind": "exam", "id": "alone", "sessions": 1, "minutes": 60}
    exam, other = with_juries(two, alone).parts.values()
    assert (exam.roles, exam.needs, exam.trainers_to_choose) == (
        (),
        (Need(("ann", "bob", "cy"), 2),),
        ("ann", "bob", "cy"),
    )
    assert exam.staff() == ("ann", "bob")
    assert (other.certain_trainers, other.trainers_to_choose, other.staff()) == (frozenset(["dan"]), (), ("dan",))


def test_each_of_the_defences_is_a_part_of_one_session_that_one_student_attends() -> None:
    listed = [{"student": "eve", "title": "On feeds"}, {"student": "joe", "jury": {"chair": "bob"}}]
    programme = with_juries(JURY | {"id": "viva", "title": "Viva", "defences": listed})
    eve, joe = programme.parts.values()
    assert {key: (part.title, part.student, part.count, part.series) for key, part in programme.parts.items()} == {
        "m.viva.eve": ("On feeds", "eve", 1, "m.viva"),
        "m.viva.joe": ("Viva, joe", "joe", 1, "m.viva"),
    }
    assert (eve.key, eve.roles, eve.certain_trainers) == ("m.viva.eve", (CHAIR, MEMBER), frozenset())
    # Bob presides, so that Cy and Dan are left as members
    assert (joe.key, joe.roles) == ("m.viva.joe", (CHAIR._replace(trainers=("bob",)), MEMBER))
    assert (joe.certain_trainers, joe.trainers) == (frozenset(["bob", "cy", "dan"]), ("bob", "cy", "dan"))
    assert programme.names == ("m", "m.viva.eve", "m.viva.joe", "m.viva")


def test_defences_without_a_title_are_called_by_their_kind_in_the_language_of_the_file() -> None:
    part = {"kind": "defence", "minutes": 60, "defences": [{"student": "eve"}]}
    [english], [french] = (with_juries(part, language=one).parts.values() for one in ("en", "fr"))
    assert (english.title, french.title) == ("defence, eve", "soutenance, eve")
    assert (english.trainers, english.together, english.roles) == (("dan",), 1, ())


def test_a_role_that_the_file_leaves_open_is_held_by_whom_a_defence_names() -> None:
    part = JURY | {"jury": ["tutor"], "defences": [{"student": "eve", "jury": {"tutor": ["cy", "ann"]}}]}
    [defence] = with_juries(part).parts.values()
    assert defence.roles == (Role("tutor", "Tutor", ("cy", "ann")),)


def test_who_attends_alone_is_in_the_groups_of_all_that_they_attend() -> None:
    """Joe is listed in the option; Eve, whom nobody lists, is in the two groups whose defences are hers."""
    groups = {
        "cohort": {"title": "Cohort"},
        "option": {"title": "Option", "part_of": "cohort", "students": ["joe"]},
        "guests": {"title": "Guests"},
    }
    one = JURY | {"defences": [{"student": "eve"}]}
    other = JURY | {"id": "other", "group": "guests", "defences": [{"student": "eve"}]}
    programme = with_juries(one, other, groups=groups)
    assert programme.students == {"joe": ("cohort", "option"), "eve": ("cohort", "guests")}


def test_two_defences_share_their_student_alone_and_others_whoever_is_in_their_group() -> None:
    groups = {"cohort": {"title": "Cohort"}, "guests": {"title": "Guests"}}
    viva = JURY | {"id": "viva", "defences": [{"student": "eve"}, {"student": "joe"}]}
    oral = JURY | {"id": "oral", "group": "guests", "defences": [{"student": "eve"}]}
    classes = {"kind": "virtual-class", "sessions": 1, "minutes": 60}
    programme = with_juries(viva, oral, classes, classes | {"id": "visit", "group": "guests"}, groups=groups)
    parts = programme.parts
    expected = {
        ("m.viva.eve", "m.viva.joe"): False,
        ("m.viva.eve", "m.oral.eve"): True,
        ("m.viva.joe", "m.oral.eve"): False,
        ("m.viva.eve", "m.virtual-class"): True,
        ("m.viva.eve", "m.visit"): True,
        ("m.viva.joe", "m.virtual-class"): True,
        ("m.viva.joe", "m.visit"): False,
        ("m.virtual-class", "m.visit"): False,
    }
    found = {(one, other): programme.meets_somebody_of(parts[one], parts[other]) for one, other in expected}
    turned = {(one, other): programme.meets_somebody_of(parts[other], parts[one]) for one, other in expected}
    assert found == turned == expected


def test_the_parts_of_a_group_are_not_what_one_of_them_attends_alone() -> None:
    viva = JURY | {"defences": [{"student": "eve"}]}
    programme = with_juries(viva, {"kind": "exam", "sessions": 1, "minutes": 60})
    assert [part.key for part in programme.live_parts(["cohort"])] == ["m.exam"]


def test_starts_are_the_moments_listed_and_the_times_on_each_day_of_the_part() -> None:
    """Twice 9:10 from 3 to 4 November, and a moment; what is listed twice counts once, in order of time."""
    part = JURY | {
        "sessions": 1,
        "dates": [date(2026, 11, 3), date(2026, 11, 4)],
        "starts": [datetime(2026, 11, 4, 9, 10), time(9, 10), datetime(2026, 11, 3, 14, 5)],
    }
    programme = with_juries(part)
    [exam] = programme.parts.values()
    starts = [datetime(2026, 11, 3, 9, 10), datetime(2026, 11, 3, 14, 5), datetime(2026, 11, 4, 9, 10)]
    assert exam.starts == tuple(map(minute_of, starts))
    assert [span.start for span in programme.candidates(exam)] == list(exam.starts)
    assert {span.minutes for span in programme.candidates(exam)} == {60}


def test_when_alone_a_trainer_can_and_how_gladly() -> None:
    """Of several times that take a session in whole, the one liked best counts; two that share it out do not."""
    morning, dated = {"hours": "09:00-12:00", "liking": 2}, {"dates": [date(2026, 11, 3)] * 2, "hours": "11:00-14:00"}
    trainers = {"ann": {"title": "Ann", "can": [morning, dated]}}
    ann = with_juries(trainers=trainers, roles={}, modules={}, milestones=MILESTONE).trainers["ann"]
    starts = {when: minute_of(datetime.fromisoformat(f"2026-11-03 {when}")) for when in LIKINGS}
    assert {when: ann.liking(Span(start, start + 60)) for when, start in starts.items()} == LIKINGS


MILESTONE = {"end": {"title": "End", "group": "cohort", "dates": [date(2026, 11, 3)] * 2}}
LIKINGS = {"09:00": 2, "10:30": 2, "11:00": 5, "11:30": 5, "13:00": 5, "13:01": None, "10:59": 2, "08:59": None}
