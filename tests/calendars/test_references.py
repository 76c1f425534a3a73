"""Each fault between tables alone, in its exact words; what stands exactly on the limit is no fault."""

from datetime import date
from typing import Any, ClassVar

import pytest

from calendars.programme_file import ProgrammeFile
from calendars.references import reference_faults

WEEK = {"monday": "09:00-17:00", "lunch": "12:00-13:00"}
YEAR = [date(2026, 9, 1), date(2027, 6, 30)]


def days(first: str, last: str) -> list[date]:
    return [date.fromisoformat(first), date.fromisoformat(last)]


def module(*parts: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"title": "M", "group": "all", "parts": list(parts or [classes()])} | keys


def classes(**keys: Any) -> dict[str, Any]:
    return {"kind": "virtual-class", "sessions": 2, "minutes": 60} | keys


def work(hours: float, **keys: Any) -> dict[str, Any]:
    return {"kind": "distance-work", "hours": hours} | keys


def block(**keys: Any) -> dict[str, Any]:
    return {"title": "B", "kind": "seminar", "group": "all", "dates": YEAR, "days": 5} | keys


def milestone(**keys: Any) -> dict[str, Any]:
    return {"title": "M", "group": "all", "dates": YEAR} | keys


def faults(**tables: Any) -> list[str]:
    """The faults of a small sound programme with these tables in the place of its own."""
    sound: dict[str, Any] = {
        "title": "Year",
        "dates": YEAR,
        "opening_hours": WEEK,
        "groups": {"all": {"title": "Everybody"}},
        "modules": {"m": module()},
    }
    return [fault.words("en") for fault in reference_faults(ProgrammeFile.model_validate(sound | tables))]


def test_a_sound_programme() -> None:
    assert faults() == []


def test_nothing_to_plan() -> None:
    assert faults(modules={}) == [
        "there is nothing to plan; add a module, a block, an internship or a milestone",
    ]


@pytest.mark.parametrize("table", ["blocks", "milestones", "internships"])
def test_something_to_plan_without_modules(table: str) -> None:
    tables = {
        "blocks": block(),
        "milestones": milestone(),
        "internships": {"title": "I", "group": "all", "dates": YEAR, "hours": 455},
    }
    assert faults(modules={}, **{table: {"one": tables[table]}}) == []


class TestOpeningHours:
    def test_no_day(self) -> None:
        assert faults(opening_hours={"lunch": "12:00-13:00"}) == [
            'opening_hours: no day has opening hours; add some, such as monday = "09:00-17:00"'
        ]

    def test_outside_the_working_week(self) -> None:
        assert faults(opening_hours=WEEK | {"saturday": "09:00-12:00"}) == [
            "opening_hours.saturday: saturday is not in working_week; add it there, or remove its opening hours"
        ]

    def test_on_saturdays_that_are_worked(self) -> None:
        assert faults(opening_hours=WEEK | {"saturday": "09:00-12:00"}, working_week=["monday", "saturday"]) == []

    def test_lunch_takes_all(self) -> None:
        assert faults(opening_hours=WEEK | {"friday": "12:00-13:00"}) == [
            "opening_hours.friday: lunch takes all the opening hours of friday; open longer, or shorten lunch"
        ]

    def test_lunch_leaves_a_minute(self) -> None:
        assert faults(opening_hours=WEEK | {"friday": "12:00-13:01"}) == []

    def test_lunch_before_the_opening(self) -> None:
        assert faults(opening_hours={"monday": "14:00-18:00", "lunch": "12:00-13:00"}) == []


class TestNames:
    def test_unknown_wherever_one_may_stand(self) -> None:
        groups = {"all": {"title": "Everybody"}, "half": {"title": "Half", "part_of": "alll"}}
        parts = [
            classes(id="a", group="hal", trainer="scenarios", place="room-2", phase="phase-3", blocks=["autum", "day"]),
            work(3, group="x", phase="phase-9", blocks=["spring"]),
        ]
        assert faults(
            groups=groups,
            trainers={"scenario": {"title": "Trainer, scenario design"}},
            places={"room": {"title": "Room 1"}},
            phases={"phase-1": {"title": "Phase 1", "dates": YEAR}},
            electives={"e": {"title": "E", "choose": 1, "groups": ["half", "halff"]}},
            blocks={"autumn": block(group="al", place="rom")},
            modules={
                "m": module(*parts, group="everybody", trainer="zzz", phase="fase-1", place="z", blocks=["autumn"])
            },
            internships={"i": {"title": "I", "group": "some", "dates": YEAR, "hours": 100}},
            milestones={"day": milestone(group="halves")},
        ) == [
            "groups.half.part_of: there is no [groups.alll] in this file; did you mean all?",
            "electives.e.groups[1]: there is no [groups.halff] in this file; did you mean half?",
            "blocks.autumn.group: there is no [groups.al] in this file; did you mean all?",
            "blocks.autumn.place: there is no [places.rom] in this file; did you mean room?",
            "modules.m.group: there is no [groups.everybody] in this file; choose from all and half",
            "modules.m.trainer: there is no [trainers.zzz] in this file; choose from scenario",
            "modules.m.place: there is no [places.z] in this file; choose from room",
            "modules.m.phase: there is no [phases.fase-1] in this file; did you mean phase-1?",
            "internships.i.group: there is no [groups.some] in this file; choose from all and half",
            "milestones.day.group: there is no [groups.halves] in this file; did you mean half?",
            "modules.m.parts[0].group: there is no [groups.hal] in this file; did you mean half?",
            "modules.m.parts[0].trainer: there is no [trainers.scenarios] in this file; did you mean scenario?",
            "modules.m.parts[0].place: there is no [places.room-2] in this file; did you mean room?",
            "modules.m.parts[0].phase: there is no [phases.phase-3] in this file; did you mean phase-1?",
            "modules.m.parts[0].blocks[0]: there is no [blocks.autum] in this file; did you mean autumn?",
            "modules.m.parts[1].group: there is no [groups.x] in this file; choose from all and half",
            "modules.m.parts[1].phase: there is no [phases.phase-9] in this file; did you mean phase-1?",
            "modules.m.parts[1].blocks[0]: there is no [blocks.spring] in this file; choose from autumn and day",
        ]

    def test_each_unknown_name_of_a_list(self) -> None:
        tables: dict[str, Any] = {
            "trainers": {"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
            "places": {"room": {"title": "Room"}, "hall": {"title": "Hall"}},
        }
        part = classes(trainer=["bbo", "ann", "zzz"])
        assert faults(**tables, modules={"m": module(part, place=["room", "hal"])}) == [
            "modules.m.place: there is no [places.hal] in this file; did you mean hall?",
            "modules.m.parts[0].trainer: there is no [trainers.bbo] in this file; did you mean bob?",
            "modules.m.parts[0].trainer: there is no [trainers.zzz] in this file; choose from ann and bob",
        ]

    def test_unknown_where_none_is_known(self) -> None:
        assert faults(modules={"m": module(trainer="zzz")}) == [
            "modules.m.trainer: there is no [trainers.zzz] in this file; remove it"
        ]


class TestTeams:
    def faults(self, module_keys: dict[str, Any], **part: Any) -> list[str]:
        trainers = {key: {"title": key.title()} for key in ("ann", "bob", "eve")}
        return faults(trainers=trainers, modules={"m": module(classes(**part), **module_keys)})

    def test_all_or_some_of_those_who_are_named(self) -> None:
        assert self.faults({}, trainer=["ann", "bob"]) == []
        assert self.faults({}, trainer=["ann", "bob"], together=2) == []
        assert self.faults({"trainer": ["ann", "bob", "eve"], "together": 2}) == []
        assert self.faults({"trainer": ["ann", "bob"], "together": 2}, trainer="eve") == []

    def test_more_together_than_are_named(self) -> None:
        assert self.faults({"trainer": ["ann", "bob"], "together": 3}, trainer="eve", together=2) == [
            "modules.m.together: together is 3, but 2 trainers are named beside it; name more, or lower it",
            "modules.m.parts[0].together: together is 2, but 1 trainer is named beside it; name more, or lower it",
        ]

    def test_together_where_nobody_is_named_beside_it(self) -> None:
        """A part has the number of its module only with the trainers of its module."""
        assert self.faults({"trainer": ["ann", "bob"]}, together=2) == [
            "modules.m.parts[0].together: together is 2, but 0 trainers are named beside it; name more, or lower it"
        ]
        assert self.faults({"together": 1}) == [
            "modules.m.together: together is 1, but 0 trainers are named beside it; name more, or lower it"
        ]

    def test_a_trainer_twice(self) -> None:
        """Then nothing is said of the number, which may be meant for another name."""
        twice = "a trainer stands twice here; name each once"
        assert self.faults({"trainer": ["ann", "ann"]}, trainer=["bob", "eve", "bob"], together=4) == [
            f"modules.m.trainer: {twice}",
            f"modules.m.parts[0].trainer: {twice}",
        ]


class TestPlaces:
    def faults(self, module_place: list[str], part_place: list[str] | str) -> list[str]:
        places = {
            "room": {"title": "Room"},
            "hall": {"title": "Hall"},
            "one": {"title": "Screen 1", "virtual": True},
            "two": {"title": "Screen 2", "virtual": True},
        }
        return faults(places=places, modules={"m": module(classes(place=part_place), work(3), place=module_place)})

    def test_rooms_alone_or_virtual_places_alone(self) -> None:
        assert self.faults(["room", "hall"], ["one", "two"]) == []
        assert self.faults(["one"], "room") == []

    def test_a_room_beside_a_virtual_place(self) -> None:
        mixed = "the search chooses among places of one sort; name rooms alone, or virtual places alone"
        assert self.faults(["room", "one"], ["two", "hall"]) == [
            f"modules.m.place: {mixed}",
            f"modules.m.parts[0].place: {mixed}",
        ]

    def test_an_unknown_place_is_of_no_sort(self) -> None:
        assert self.faults(["room"], ["room", "gym"]) == [
            "modules.m.parts[0].place: there is no [places.gym] in this file; choose from room, hall, one and two"
        ]

    def test_a_place_twice(self) -> None:
        twice = "a place stands twice here; name each once"
        assert self.faults(["room", "room"], ["one", "room", "one"]) == [
            f"modules.m.place: {twice}",
            f"modules.m.parts[0].place: {twice}",
        ]


class TestIds:
    def test_two_parts_of_a_kind(self) -> None:
        assert faults(modules={"m": module(classes(), classes(), work(3))}) == [
            "modules.m.parts[1]: two parts of this module are called virtual-class; give each an id"
        ]

    def test_an_id_that_is_the_kind_of_another_part(self) -> None:
        assert faults(modules={"m": module(classes(), classes(kind="exam", id="virtual-class"))}) == [
            "modules.m.parts[1]: two parts of this module are called virtual-class; give each an id"
        ]

    def test_two_parts_with_ids_and_the_same_kind_in_two_modules(self) -> None:
        assert faults(modules={"m": module(classes(id="a"), classes(id="b")), "n": module(classes(id="a"))}) == []

    def test_shared_by_blocks_milestones_and_internships(self) -> None:
        internship = {"title": "I", "group": "all", "dates": YEAR, "hours": 100}
        assert faults(
            blocks={"a": block()},
            milestones={"a": milestone(), "b": milestone(), "c": milestone()},
            internships={"b": internship, "d": internship},
        ) == [
            "milestones.a: a block, a milestone or an internship above has the id a too; give each its own",
            "internships.b: a block, a milestone or an internship above has the id b too; give each its own",
        ]


class TestGroups:
    def test_part_of_itself(self) -> None:
        assert faults(groups={"all": {"title": "Everybody", "part_of": "all"}}) == [
            "groups.all.part_of: a group is not part of itself; remove part_of"
        ]

    def test_part_of_one_another(self) -> None:
        chain = {"all": "b", "b": "c", "c": "b", "d": None}
        groups = {key: {"title": key, "part_of": above} for key, above in chain.items()}
        assert faults(groups=groups) == [
            "groups.b.part_of: the groups b and c are part of one another; remove one part_of"
        ]


GROUPS = {
    "all": {"title": "Everybody"},
    "other": {"title": "Others"},
    "a": {"title": "A", "part_of": "all"},
    "b": {"title": "B", "part_of": "all"},
    "c": {"title": "C", "part_of": "other"},
}


class TestSmallGroups:
    COHORT: ClassVar[dict[str, Any]] = {"title": "Cohort", "size": 70}
    TEAM: ClassVar[dict[str, Any]] = {"title": "Team", "part_of": "all", "of": 3}

    def group_faults(self, tables: dict[str, Any] | None = None, **groups: Any) -> list[str]:
        """What is wrong with these groups beside or in the place of a cohort in teams."""
        return faults(groups={"all": self.COHORT, "team": self.TEAM} | groups, **(tables or {}))

    def test_a_group_whose_size_is_known_is_divided(self) -> None:
        assert self.group_faults({"modules": {"m": module(classes(), work(3, group="team"), group="team")}}) == []

    def test_no_group_to_divide(self) -> None:
        assert self.group_faults(team={"title": "Team", "of": 3}) == [
            "groups.team.of: of divides a group; add part_of, to name it"
        ]

    def test_a_group_of_unknown_size(self) -> None:
        assert self.group_faults(all={"title": "Everybody"}) == [
            "groups.team.of: of divides all, whose size is not given; add it there"
        ]

    def test_an_unknown_group_is_told_once(self) -> None:
        assert self.group_faults(team=self.TEAM | {"part_of": "al"}) == [
            "groups.team.part_of: there is no [groups.al] in this file; did you mean all?"
        ]

    def test_keys_of_one_group(self) -> None:
        assert self.group_faults(team=self.TEAM | {"size": 3, "students": ["s1"]}) == [
            "groups.team.size: size goes with one group, of with several; remove one of the two",
            "groups.team.students: students goes with one group, of with several; remove one of the two",
        ]

    def test_a_key_that_small_groups_have(self) -> None:
        other = {"title": "Other"}
        assert self.group_faults(**{"team-12": other}) == [
            "groups.team.of: of makes groups team-1, team-2 and so on; rename [groups.team-12]"
        ]
        assert self.group_faults(**{"team-0": other, "team-b": other, "my-team-1": other}) == []

    def test_whatever_is_for_one_group_alone(self) -> None:
        tables = {
            "electives": {"e": {"title": "E", "choose": 1, "groups": ["team", "half"]}},
            "blocks": {"b": block(group="team")},
            "internships": {"i": {"title": "I", "group": "team", "dates": YEAR, "hours": 455}},
            "milestones": {"day": milestone(group="team")},
        }
        half = {"title": "Half", "part_of": "all"}
        pair = {"title": "Pair", "part_of": "team", "of": 2}
        told = "team stands for small groups, which only modules and parts are for; name another"
        assert self.group_faults(tables, half=half, pair=pair) == [
            f"groups.pair.part_of: {told}",
            f"electives.e.groups[0]: {told}",
            f"blocks.b.group: {told}",
            f"internships.i.group: {told}",
            f"milestones.day.group: {told}",
        ]


class TestElectives:
    def elective_faults(self, choose: int, *groups: str) -> list[str]:
        return faults(groups=GROUPS, electives={"e": {"title": "E", "choose": choose, "groups": groups}})

    def test_as_many_as_there_are(self) -> None:
        assert self.elective_faults(2, "a", "b") == []

    def test_more_than_there_are(self) -> None:
        assert self.elective_faults(3, "a", "b") == [
            "electives.e.choose: choose is 3, but there are 2 groups; choose fewer, or add groups"
        ]

    def test_a_group_twice(self) -> None:
        assert self.elective_faults(1, "a", "b", "a") == [
            "electives.e.groups: a group stands twice here; keep one of the two"
        ]

    def test_groups_of_two_groups(self) -> None:
        assert self.elective_faults(1, "a", "c") == [
            "electives.e.groups: the groups to choose from are part of one group; give them all the same part_of"
        ]

    def test_groups_of_no_group(self) -> None:
        assert self.elective_faults(1, "all", "other") == [
            "electives.e.groups: the groups to choose from are part of one group; give them all the same part_of"
        ]


class TestBlocks:
    def test_without_length(self) -> None:
        assert faults(blocks={"b": block(days=None)}) == [
            "blocks.b: the block has no length; add days or working_weeks"
        ]

    def test_with_two_lengths(self) -> None:
        assert faults(blocks={"b": block(working_weeks=1)}) == [
            "blocks.b: the block has two lengths; remove days or working_weeks"
        ]

    def test_of_working_weeks(self) -> None:
        assert faults(blocks={"b": block(days=None, working_weeks=3)}) == []


OUTSIDE = (
    "the programme runs from Tuesday 1 September 2026 to Wednesday 30 June 2027; "
    "move these dates inside, or lengthen the programme"
)
PHASES = {
    "one": {"title": "One", "dates": days("2026-09-01", "2026-11-30")},
    "two": {"title": "Two", "dates": days("2026-12-01", "2027-01-31")},
}


class TestDates:
    def test_outside_the_programme(self) -> None:
        late, early = days("2027-06-30", "2027-07-01"), days("2026-08-31", "2026-09-01")
        assert faults(
            phases={"p": {"title": "P", "dates": late}},
            blocks={"b": block(dates=early)},
            modules={"m": module(classes(dates=late), dates=early), "n": module(work(3, dates=late))},
            internships={"i": {"title": "I", "group": "all", "dates": late, "hours": 100}},
            milestones={"day": milestone(dates=early)},
        ) == [
            f"phases.p.dates: {OUTSIDE}",
            f"blocks.b.dates: {OUTSIDE}",
            f"modules.m.dates: {OUTSIDE}",
            f"internships.i.dates: {OUTSIDE}",
            f"milestones.day.dates: {OUTSIDE}",
            f"modules.m.parts[0].dates: {OUTSIDE}",
            f"modules.n.parts[0].dates: {OUTSIDE}",
        ]

    def test_of_a_module_apart_from_its_phase(self) -> None:
        december = days("2026-12-01", "2026-12-31")
        assert faults(phases=PHASES, modules={"m": module(classes(), phase="one", dates=december)}) == [
            "modules.m.dates: the phase one has no day from Tuesday 1 December 2026 to Thursday 31 December 2026; "
            "name another phase, or move the dates"
        ]

    def test_of_a_part_apart_from_the_phase_of_its_module(self) -> None:
        parts = classes(dates=days("2026-12-01", "2026-12-01")), work(3, dates=days("2026-11-30", "2026-12-01"))
        assert faults(phases=PHASES, modules={"m": module(*parts, phase="one")}) == [
            "modules.m.parts[0].dates: the phase one has no day from Tuesday 1 December 2026 "
            "to Tuesday 1 December 2026; name another phase, or move the dates"
        ]

    def test_of_a_module_apart_from_the_phase_of_a_part(self) -> None:
        october = days("2026-10-01", "2026-10-31")
        assert faults(phases=PHASES, modules={"m": module(work(3, phase="two"), dates=october)}) == [
            "modules.m.parts[0].phase: the phase two has no day from Thursday 1 October 2026 "
            "to Saturday 31 October 2026; name another phase, or move the dates"
        ]

    def test_near_them_but_outside(self) -> None:
        november, after = days("2026-11-02", "2026-11-30"), date(2026, 12, 1)
        november_only = "choose a day from Monday 2 November 2026 to Monday 30 November 2026"
        assert faults(
            phases=PHASES,
            blocks={"b": block(dates=november, near=after)},
            milestones={"day": milestone(dates=november, near=date(2026, 11, 1))},
            modules={"m": module(classes(near=after), phase="one", dates=days("2026-11-02", "2026-12-31"))},
        ) == [
            f"blocks.b.near: near is Tuesday 1 December 2026; {november_only}",
            f"milestones.day.near: near is Sunday 1 November 2026; {november_only}",
            f"modules.m.parts[0].near: near is Tuesday 1 December 2026; {november_only}",
        ]

    def test_near_their_first_and_last_day(self) -> None:
        november = days("2026-11-02", "2026-11-30")
        assert (
            faults(
                blocks={"b": block(dates=november, near=november[0])},
                milestones={"day": milestone(dates=november, near=november[1])},
            )
            == []
        )


BLOCKS = {
    "autumn": block(dates=days("2026-11-02", "2026-11-09"), days=5),
    "long": block(dates=days("2027-01-04", "2027-01-08"), days=None, working_weeks=3),
}


class TestBlocksOfAPart:
    def part_faults(self, part: dict[str, Any], **keys: Any) -> list[str]:
        milestones = {"day": milestone(dates=days("2026-10-01", "2026-10-02"))}
        return faults(blocks=BLOCKS, milestones=milestones, modules={"m": module(part, **keys)})

    def test_begin_after_its_dates(self) -> None:
        assert self.part_faults(classes(blocks=["autumn", "long"], dates=days("2026-10-01", "2026-11-01"))) == [
            "modules.m.parts[0].blocks: no block named here can lie between Thursday 1 October 2026 "
            "and Sunday 1 November 2026, the days of this part; move one of them"
        ]

    def test_end_before_its_dates(self) -> None:
        # The seminar starts on Monday 9 November at the latest and then lasts until Friday 13 November.
        assert self.part_faults(work(3, dates=days("2026-11-14", "2026-11-30")), blocks=["autumn", "day"]) == [
            "modules.m.parts[0].blocks: no block named here can lie between Saturday 14 November 2026 "
            "and Monday 30 November 2026, the days of this part; move one of them"
        ]

    def test_have_their_last_day_in_its_dates(self) -> None:
        assert self.part_faults(classes(blocks=["autumn"], dates=days("2026-11-13", "2026-11-30"))) == []

    def test_may_pause_until_its_dates(self) -> None:
        assert self.part_faults(classes(blocks=["long"], dates=days("2027-06-01", "2027-06-30"))) == []

    def test_one_of_them_is_in_reach(self) -> None:
        assert self.part_faults(classes(blocks=["day", "autumn"], dates=days("2026-11-01", "2026-11-30"))) == []


class TestLengths:
    def test_a_session_as_long_as_the_longest_opening(self) -> None:
        # 13:00-17:00 after lunch: 4 h.
        assert faults(modules={"m": module(classes(minutes=240))}) == []

    def test_a_session_longer_than_any_opening(self) -> None:
        assert faults(modules={"m": module(work(3), classes(minutes=255))}) == [
            "modules.m.parts[1].minutes: a session lasts 4 h 15, but the longest opening without a break is 4 h; "
            "shorten the sessions, or open longer"
        ]

    def test_a_session_of_a_long_day_without_lunch(self) -> None:
        assert faults(opening_hours={"friday": "08:00-18:00"}, modules={"m": module(classes(minutes=600))}) == []

    def test_work_in_whole_steps(self) -> None:
        assert faults(modules={"m": module(work(6.5), work(2.25, id="b", step_minutes=45))}) == []

    def test_work_that_leaves_a_part_of_a_step(self) -> None:
        assert faults(modules={"m": module(work(6.25), work(2.5, id="b", step_minutes=45))}) == [
            "modules.m.parts[0].hours: 6.25 hours are not a whole number of steps of 30 min; "
            "write 6.5, or change step_minutes",
            "modules.m.parts[1].hours: 2.5 hours are not a whole number of steps of 45 min; "
            "write 3, or change step_minutes",
        ]


class TestAnnouncement:
    def test_more_on_site_than_in_all(self) -> None:
        assert faults(announced={"teaching_hours": 250, "on_site_hours": 250.25}) == [
            "announced.on_site_hours: on_site_hours is 250.25, more than the 250 teaching_hours of which they are "
            "part; lower it, or raise teaching_hours"
        ]

    def test_all_on_site(self) -> None:
        assert faults(announced={"teaching_hours": 250, "on_site_hours": 250}) == []

    def test_on_site_alone(self) -> None:
        assert faults(announced={"on_site_hours": 250}) == []
