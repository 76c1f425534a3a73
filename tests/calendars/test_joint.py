"""Several programmes as one: whatever the site has is one thing for all, all else is each programme's own.

Both programmes of these tests give the same ids to their things, which are different things nevertheless.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from calendars.clock import Dates
from calendars.enrolments import Elective
from calendars.joint import Joint, Scope, join, together
from calendars.programme import Module, Place, Programme, Trainer
from calendars.timetable import Timetable
from small import at, classes, module, on, small, timetable, week_of, work

NOVEMBER = [date(2026, 11, 2), date(2026, 11, 13)]
LATER = [date(2026, 11, 9), date(2026, 11, 20)]


def year(key: str, **tables: Any) -> Programme:
    """A programme with one of everything, whose trainer “ann” and place “hall” are those of the site."""
    people = {"title": "All", "students": ["eve"], "size": 4}
    plain: dict[str, Any] = {
        "trainers": {"ann": {"title": "Ann"}, "bob": {"title": f"Bob of {key}"}},
        "places": {"hall": {"title": "Hall"}, "room": {"title": f"Room of {key}"}},
        "groups": {
            "all": people,
            "fr": {"title": "French", "part_of": "all"},
            "en": {"title": "English", "part_of": "all"},
            "team": {"title": "Team", "part_of": "all", "of": 2},
        },
        "electives": {"language": {"title": "Language", "choose": 1, "groups": ["fr", "en"]}},
        "blocks": {
            "b": {"title": "Seminar", "kind": "seminar", "group": "all", "dates": NOVEMBER, "days": 5, "place": "hall"}
        },
        "internships": {"host": {"title": "Internship", "group": "all", "dates": NOVEMBER, "hours": 7}},
        "modules": {
            "m": module(
                classes(2, trainer=["ann", "bob"], place=["hall", "room"], blocks=["b"]),
                work(1),
                title=f"Design of {key}",
                credits=3,
            ),
            "n": module(classes(1), group="team"),
        },
    }
    programme = small(**plain | tables)
    return replace(
        programme,
        key=key,
        title=f"Year {key}",
        site="/site.toml",
        shared_trainers=frozenset({"ann"}),
        shared_places=frozenset({"hall"}),
    )


A, B = year("a"), year("b", dates=LATER, blocks={}, internships={}, modules={"m": module(classes(2, trainer="ann"))})
SCOPES = (Scope(A), Scope(B))
JOINT = join([A, B])


class TestTheJointProgramme:
    def test_trainers_and_places_of_the_site_stand_once_the_others_for_each(self) -> None:
        assert JOINT.trainers == {
            "ann": Trainer("ann", "Ann"),
            "a:bob": Trainer("a:bob", "Bob of a"),
            "b:bob": Trainer("b:bob", "Bob of b"),
        }
        assert JOINT.places == {
            "hall": Place("hall", "Hall"),
            "a:room": Place("a:room", "Room of a"),
            "b:room": Place("b:room", "Room of b"),
        }

    def test_groups_and_students_of_one_id_are_different_people(self) -> None:
        names = ("all", "fr", "en", "team-1", "team-2")
        assert list(JOINT.groups) == [f"{key}:{name}" for key in "ab" for name in names]
        for key, own in (("a", A), ("b", B)):
            plain = own.groups
            assert [JOINT.groups[f"{key}:{name}"] for name in names] == [
                replace(plain["all"], key=f"{key}:all", students=frozenset({f"{key}:eve"})),
                replace(plain["fr"], key=f"{key}:fr", part_of=f"{key}:all"),
                replace(plain["en"], key=f"{key}:en", part_of=f"{key}:all"),
                replace(plain["team-1"], key=f"{key}:team-1", part_of=f"{key}:all", division=f"{key}:team"),
                replace(plain["team-2"], key=f"{key}:team-2", part_of=f"{key}:all", division=f"{key}:team"),
            ]
        assert JOINT.electives == {
            f"{key}:language": Elective(f"{key}:language", "Language", 1, (f"{key}:fr", f"{key}:en")) for key in "ab"
        }
        everybody = {frozenset(f"{each.key}:{group}" for group in some) for each in (A, B) for some in each.enrolments}
        assert set(JOINT.enrolments) == everybody
        assert not JOINT.share_a_person("a:all", "b:all")

    def test_activities_name_the_joint_things(self) -> None:
        assert JOINT.parts == {
            "a:m.virtual-class": replace(
                A.parts["m.virtual-class"],
                key="a:m.virtual-class",
                series="a:m.virtual-class",
                module="a:m",
                group="a:all",
                trainers=("ann", "a:bob"),
                places=("hall", "a:room"),
                blocks=("a:b",),
            ),
            "a:n.virtual-class.1": replace(
                A.parts["n.virtual-class.1"],
                key="a:n.virtual-class.1",
                series="a:n.virtual-class",
                module="a:n",
                group="a:team-1",
            ),
            "a:n.virtual-class.2": replace(
                A.parts["n.virtual-class.2"],
                key="a:n.virtual-class.2",
                series="a:n.virtual-class",
                module="a:n",
                group="a:team-2",
            ),
            "b:m.virtual-class": replace(
                B.parts["m.virtual-class"],
                key="b:m.virtual-class",
                series="b:m.virtual-class",
                module="b:m",
                group="b:all",
            ),
        }
        assert JOINT.works == {
            "a:m.distance-work": replace(
                A.works["m.distance-work"],
                key="a:m.distance-work",
                series="a:m.distance-work",
                module="a:m",
                group="a:all",
            )
        }
        assert JOINT.blocks == {"a:b": replace(A.blocks["b"], key="a:b", group="a:all", place="hall")}
        assert JOINT.internships == {"a:host": replace(A.internships["host"], key="a:host", group="a:all")}
        assert JOINT.modules == {
            "a:m": Module("a:m", "Design of a", 3, 1),
            "a:n": Module("a:n", "Module", None, 1),
            "b:m": Module("b:m", "Module", None, 1),
        }

    def test_its_days_are_those_of_all_and_its_other_settings_those_of_the_first(self) -> None:
        assert (JOINT.key, JOINT.title, JOINT.site) == ("a+b", "Year a + Year b", "/site.toml")
        assert JOINT.dates == join([B, A]).dates == Dates(date(2026, 11, 2), date(2026, 11, 20))
        for name in ("language", "time_zone", "starts_every", "working_week", "opening", "days_off"):
            assert getattr(JOINT, name) is getattr(A, name)

    def test_what_has_the_id_of_a_trainer_or_place_of_the_site_is_not_shared(self) -> None:
        """The module “ann”, the group “hall”, the student “ann”, a room “ann” and a trainer “hall” are not."""
        tables = {
            "trainers": {"ann": {"title": "Ann"}, "hall": {"title": "Mr Hall"}},
            "places": {"hall": {"title": "Hall"}, "ann": {"title": "Ann's room"}},
            "groups": {"hall": {"title": "Those of the hall", "students": ["ann"]}},
            "blocks": {"hall": {"title": "Days", "kind": "course", "group": "hall", "dates": LATER, "days": 1}},
            "electives": {},
            "internships": {},
            "modules": {
                "ann": module(classes(1, trainer=["ann", "hall"], place=["hall", "ann"], blocks=["hall"]), group="hall")
            },
            "dates": LATER,
        }
        joint = join([year("a", **tables), year("b", **tables)])
        assert list(joint.modules) == ["a:ann", "b:ann"]
        assert list(joint.blocks) == ["a:hall", "b:hall"]
        assert {key: group.students for key, group in joint.groups.items()} == {
            f"{key}:hall": frozenset({f"{key}:ann"}) for key in "ab"
        }
        assert list(joint.trainers) == ["ann", "a:hall", "b:hall"]
        assert list(joint.places) == ["hall", "a:ann", "b:ann"]
        for key in "ab":
            part = joint.parts[f"{key}:ann.virtual-class"]
            assert (part.trainers, part.places) == (("ann", f"{key}:hall"), ("hall", f"{key}:ann"))
            assert (part.group, part.blocks, part.module) == (f"{key}:hall", (f"{key}:hall",), f"{key}:ann")


class TestItsTime:
    def test_each_activity_has_the_candidates_of_its_own_programme(self) -> None:
        """The first programme opens at 9 and has two weeks, the second at 14 and has another two."""
        modules = {"m": module(classes(1), work(1))}
        late = year(
            "b", dates=LATER, opening_hours={"monday": "14:00-17:00"}, blocks={}, internships={}, modules=modules
        )
        joint = join([A, late])
        for key, own in (("a", A), ("b", late)):
            for activity in own.activities.values():
                found = list(joint.candidates(joint.activities[f"{key}:{activity.key}"]))
                assert found == list(own.candidates(activity))
        assert len(joint.activities) == len(A.activities) + len(late.activities)

    def test_a_day_is_off_for_the_groups_whose_programme_says_so(self) -> None:
        closed = {"closures": [{"title": "Fair", "dates": [date(2026, 11, 10), date(2026, 11, 10)]}]}
        joint = join(
            [A, year("b", days_off=closed, working_week=["monday", "tuesday"], opening_hours={"monday": "09:00-17:00"})]
        )
        week = [date(2026, 11, day) for day in range(9, 14)]
        assert [joint.is_rest("a:all", day) for day in week] == [False, False, True, False, False]
        assert [joint.is_rest("b:all", day) for day in week] == [False, True, True, True, True]
        assert joint.working_days("b:fr", date(2026, 11, 9)) == (date(2026, 11, 9),)


OF_A = timetable(
    at("2026-11-03 09:00", trainers=("ann",), place="room"),
    at("2026-11-03 10:00", trainers=("bob",), place="hall"),
    on("2026-11-02", "2026-11-06"),
    on("2026-11-09", activity="host"),
    week_of("2026-11-09", 60),
)
OF_B = timetable(at("2026-11-09 09:00", trainers=("ann",)), at("2026-11-16 09:00", trainers=("bob",), place="room"))
WHOLE = timetable(
    on("2026-11-02", "2026-11-06", activity="a:b"),
    at("2026-11-03 09:00", part="a:m.virtual-class", trainers=("ann",), place="a:room"),
    at("2026-11-03 10:00", part="a:m.virtual-class", trainers=("a:bob",), place="hall"),
    week_of("2026-11-09", 60, activity="a:m.distance-work"),
    on("2026-11-09", activity="a:host"),
    at("2026-11-09 09:00", part="b:m.virtual-class", trainers=("ann",)),
    at("2026-11-16 09:00", part="b:m.virtual-class", trainers=("b:bob",), place="b:room"),
)


class TestTimetables:
    def test_those_of_all_make_the_joint_one(self) -> None:
        assert together(SCOPES, [OF_A, OF_B]) == WHOLE

    def test_each_programme_finds_its_own_in_the_joint_one(self) -> None:
        assert [scope.timetable(WHOLE) for scope in SCOPES] == [OF_A, OF_B]

    def test_what_no_programme_knows_comes_back_as_it_was(self) -> None:
        """A person may have edited the calendar."""
        odd = timetable(at("2026-11-09 09:00", part="gone.course", trainers=("zoe", "carl"), place="moon"))
        joint = together(SCOPES, [odd, Timetable()])
        assert joint == timetable(
            at("2026-11-09 09:00", part="a:gone.course", trainers=("a:zoe", "a:carl"), place="a:moon")
        )
        assert [scope.timetable(joint) for scope in SCOPES] == [odd, Timetable()]

    def test_timetables_and_programmes_go_in_pairs(self) -> None:
        with pytest.raises(ValueError, match="shorter"):
            together(SCOPES, [OF_A])

    def test_a_name_that_begins_as_another_is_another(self) -> None:
        longer = Scope(year("a2"))
        assert [scope.inside("a2:m.virtual-class") for scope in (*SCOPES, longer)] == [None, None, "m.virtual-class"]


def test_one_programme_may_be_joined_by_itself() -> None:
    joint = join([A])
    assert isinstance(joint, Joint)
    assert list(joint.activities) == [f"a:{key}" for key in A.activities]
