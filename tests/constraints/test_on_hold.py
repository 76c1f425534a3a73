from datetime import date
from typing import Any

import pytest

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.on_hold import OnHold
from constraints.rule import Breach
from defended import defended, viva, vivas
from small import at, classes, module, on, small, timetable
from solving import allowed

TUESDAY = [date(2026, 11, 10), date(2026, 11, 10)]
MONDAY = date(2026, 11, 9)
STAFF: dict[str, Any] = {
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve")},
    "places": {
        "room": {"title": "Room"},
        "hall": {"title": "Hall"},
        "online": {"title": "Online", "virtual": True},
    },
    "groups": {
        "all": {"title": "All"},
        "few": {"title": "Few", "part_of": "all"},
        "far": {"title": "Far"},
    },
}
SLOT = at("2026-11-10 10:00", part="m.exam")
"""From 10:00 to 11:00."""


def year(exam: dict[str, Any], other: dict[str, Any], **tables: Any) -> Programme:
    """A Tuesday from 9:00 to 13:00 with an exam, for which a slot is on hold, and another part."""
    hours = {"tuesday": "09:00-13:00"}
    parts = classes(1, id="exam", title="Exam", **exam), classes(1, id="other", title="Other", **other)
    plain = STAFF | {"dates": TUESDAY, "opening_hours": hours, "modules": {"m": module(*parts)}}
    return small(**plain | tables)


def other(hour: str, minutes: int = 60, **keys: Any) -> Placement:
    return at(f"2026-11-10 {hour}", minutes, part="m.other", **keys)


def told(programme: Programme, *placements: Placement, slot: Placement = SLOT) -> list[str]:
    return [str(breach.message) for breach in OnHold(slots=(slot,)).check(programme, timetable(*placements))]


def starts(programme: Programme, slot: Placement = SLOT) -> list[tuple[str, tuple[str, ...], str | None]]:
    """Where the other part may stand in the model, with whom and where."""
    found = allowed(programme, [Complete(), OnHold(slots=(slot,))])
    every = {each for one in found for each in one.of("m.other")}
    return [(f"{each.span.start % 1440 // 60}:00", each.trainers, each.place) for each in sorted(every)]


CLASH = "“Module” (Other) on Tuesday 10 November 2026 10:00 overlaps the slot on hold for “Module” (Exam) on Tuesday "
CLASH += "10 November 2026 10:00, for "


class TestPeople:
    def test_nothing_overlaps_the_slot_for_those_who_would_be_there(self) -> None:
        programme = year({}, {})
        assert starts(programme) == [("9:00", (), None), ("11:00", (), None), ("12:00", (), None)]
        assert told(programme, other("10:00")) == [f"{CLASH}group “All”"]

    @pytest.mark.parametrize(
        ("hour", "minutes", "clashes"), [("09:00", 60, 0), ("09:00", 61, 1), ("11:00", 60, 0), ("10:59", 60, 1)]
    )
    def test_what_ends_or_begins_with_it_does_not_overlap(self, hour: str, minutes: int, clashes: int) -> None:
        assert len(told(year({}, {}), other(hour, minutes))) == clashes

    def test_a_group_of_which_they_are_part_is_they_and_one_that_shares_nobody_is_not(self) -> None:
        assert told(year({"group": "all"}, {"group": "few"}), other("10:00")) == [f"{CLASH}groups “All” and “Few”"]
        assert told(year({"group": "few"}, {"group": "all"}), other("10:00")) == [f"{CLASH}groups “All” and “Few”"]
        strangers = year({"group": "all"}, {"group": "far"})
        assert told(strangers, other("10:00")) == []
        assert [start for start, _, _ in starts(strangers)] == ["9:00", "10:00", "11:00", "12:00"]

    def test_a_student_who_may_have_chosen_both_counts(self) -> None:
        groups = {"all": {"title": "All"}} | {key: {"title": key, "part_of": "all"} for key in ("a", "b", "c")}
        for choose, clashes in ((1, 0), (2, 1)):
            electives = {"e": {"title": "Choice", "choose": choose, "groups": ["a", "b", "c"]}}
            programme = year({"group": "a"}, {"group": "b"}, groups=groups, electives=electives)
            assert len(told(programme, other("10:00"))) == clashes

    def test_the_session_itself_and_the_others_of_its_part_may_stand_there(self) -> None:
        programme = year({}, {})
        assert told(programme, SLOT) == []
        found = allowed(programme, [Complete(), OnHold(slots=(SLOT,))])
        assert {each.span for one in found for each in one.of("m.exam")} >= {SLOT.span}

    def test_the_slots_of_one_session_leave_each_other_alone_and_those_of_two_do_not(self) -> None:
        late = at("2026-11-10 12:00", part="m.other")
        law = OnHold(slots=(SLOT, late))
        found = allowed(year({}, {}), [Complete(), law])
        hours = {tuple(one.of(part)[0].span.start % 1440 // 60 for part in ("m.exam", "m.other")) for one in found}
        assert hours == {(exam, later) for exam in (9, 10, 11) for later in (9, 11, 12)}


class TestTrainers:
    def test_the_only_trainer_is_kept_free(self) -> None:
        programme = year({"trainer": "ann"}, {"trainer": "ann", "group": "far"})
        slot = SLOT._replace(trainers=("ann",))
        assert [start for start, _, _ in starts(programme, slot)] == ["9:00", "11:00", "12:00"]
        (breach,) = OnHold(slots=(slot,)).check(programme, timetable(other("10:00", trainers=("ann",))))
        assert str(breach.message) == f"{CLASH}trainer “Ann”"
        assert breach == Breach("on_hold", breach.message, activities=("m.other",), monday=MONDAY, trainers=("ann",))

    def test_of_several_another_one_is_chosen(self) -> None:
        programme = year({"trainer": "ann"}, {"trainer": ["ann", "bob"], "group": "far"})
        slot = SLOT._replace(trainers=("ann",))
        assert starts(programme, slot) == [
            ("9:00", ("ann",), None),
            ("9:00", ("bob",), None),
            ("10:00", ("bob",), None),
            ("11:00", ("ann",), None),
            ("11:00", ("bob",), None),
            ("12:00", ("ann",), None),
            ("12:00", ("bob",), None),
        ]
        assert told(programme, other("10:00", trainers=("bob",)), slot=slot) == []
        assert told(programme, other("10:00", trainers=("ann",)), slot=slot) == [f"{CLASH}trainer “Ann”"]

    def test_where_too_few_are_left_nothing_stands_there(self) -> None:
        either = {"trainer": ["ann", "bob", "eve"], "group": "far"}
        slot = SLOT._replace(trainers=("ann", "bob"))
        exam = {"trainer": ["ann", "bob"], "together": 2}
        for together, at_ten in ((1, [("eve",)]), (2, [])):
            found = starts(year(exam, either | {"together": together}), slot)
            assert [team for start, team, _ in found if start == "10:00"] == at_ten

    def test_each_who_is_needed_twice_is_a_breach(self) -> None:
        exam = {"trainer": ["ann", "bob"], "together": 2}
        programme = year(exam, exam)
        slot = SLOT._replace(trainers=("ann", "bob"))
        assert told(programme, other("10:00", trainers=("bob", "ann")), slot=slot) == [
            f"{CLASH}{who}" for who in ("group “All”", "trainer “Ann”", "trainer “Bob”")
        ]


class TestPlaces:
    def test_the_only_place_is_kept_free(self) -> None:
        programme = year({"place": "room"}, {"place": "room", "group": "far"})
        slot = SLOT._replace(place="room")
        assert [start for start, _, _ in starts(programme, slot)] == ["9:00", "11:00", "12:00"]
        assert told(programme, other("10:00", place="room"), slot=slot) == [f"{CLASH}place “Room”"]

    def test_of_several_another_one_is_chosen(self) -> None:
        programme = year({"place": "room"}, {"place": ["room", "hall"], "group": "far"})
        found = starts(programme, SLOT._replace(place="room"))
        assert [place for start, _, place in found if start == "10:00"] == ["hall"]
        assert [place for start, _, place in found if start == "11:00"] == ["hall", "room"]

    def test_where_both_are_on_hold_nothing_stands_there(self) -> None:
        programme = year({"place": ["room", "hall"]}, {"place": ["room", "hall"], "group": "far"})
        law = OnHold(slots=(SLOT._replace(place="room"), SLOT._replace(place="hall")))
        found = allowed(programme, [Complete(), law])
        assert {each.span.start % 1440 // 60 for one in found for each in one.of("m.other")} == {9, 11, 12}

    def test_a_place_for_several_sessions_at_once_is_free_for_others(self) -> None:
        programme = year({"place": "online"}, {"place": "online", "group": "far"})
        slot = SLOT._replace(place="online")
        assert [start for start, _, _ in starts(programme, slot)] == ["9:00", "10:00", "11:00", "12:00"]
        assert told(programme, other("10:00", place="online"), slot=slot) == []

    def test_sessions_without_a_place_share_none(self) -> None:
        assert told(year({}, {"group": "far"}), other("10:00")) == []


class TestBlocks:
    WEEK = on("2026-11-09", "2026-11-10")

    def blocks(self, kind: str, group: str = "all", **exam: Any) -> Programme:
        dates = [date(2026, 11, 9), date(2026, 11, 13)]
        block = {"title": "Block", "kind": kind, "days": 2, "group": group, "dates": dates}
        return year(exam, {"group": "far"}, dates=dates, blocks={"b": block})

    @pytest.mark.parametrize("kind", ["seminar", "intensive-week"])
    def test_a_seminar_or_an_intensive_week_of_these_people_leaves_the_day_free(self, kind: str) -> None:
        programme = self.blocks(kind)
        (breach,) = OnHold(slots=(SLOT,)).check(programme, timetable(self.WEEK))
        assert breach == Breach("on_hold", breach.message, activities=("b",), monday=MONDAY)
        assert str(breach.message) == (
            "“Block” from Monday 9 November 2026 to Tuesday 10 November 2026 overlaps the slot on hold for “Module” "
            "(Exam) on Tuesday 10 November 2026 10:00, for group “All”"
        )
        forbids = OnHold(slots=(SLOT,)).forbids(programme, programme.blocks["b"])
        assert forbids is not None
        spans = list(programme.candidates(programme.blocks["b"]))
        assert [span.day.day for span in spans if not forbids(span)] == [11, 12]

    @pytest.mark.parametrize(
        ("kind", "group", "exam"),
        [("course", "all", {}), ("seminar", "far", {}), ("seminar", "all", {"blocks": ["b"]})],
        ids=["of another kind", "of others", "to which the session belongs"],
    )
    def test_others_may_take_it(self, kind: str, group: str, exam: dict[str, Any]) -> None:
        programme = self.blocks(kind, group, **exam)
        assert told(programme, self.WEEK) == []
        forbids = OnHold(slots=(SLOT,)).forbids(programme, programme.blocks["b"])
        assert forbids is None or not any(map(forbids, programme.candidates(programme.blocks["b"])))

    def test_a_milestone_may_fall_on_the_day(self) -> None:
        programme = year({}, {}, milestones={"due": {"title": "Due", "group": "all", "dates": TUESDAY}})
        assert told(programme, on("2026-11-10", activity="due")) == []
        assert OnHold(slots=(SLOT,)).forbids(programme, programme.blocks["due"]) is None


def test_a_slot_of_what_the_programme_no_longer_has_is_in_nobodys_way() -> None:
    gone = at("2026-11-10 10:00", part="m.gone", trainers=("ann",), place="room")
    programme = year({}, {"trainer": ["ann", "bob"], "place": ["room", "hall"]})
    assert told(programme, other("10:00", trainers=("ann",), place="room"), slot=gone) == []
    assert len(starts(programme, gone)) == 4 * 2 * 2


def test_a_slot_on_hold_for_a_defence_is_kept_free_of_its_student_and_its_jury() -> None:
    """Another defence may stand there before others; one for all of the group may not, nor a second one of Eve."""
    programme = defended(vivas("eve", "joe"), vivas("eve", id="oral", jury=[]), classes(1, jury=[]))
    law = OnHold(slots=(viva("eve", "2026-11-03 09:00", "ann", "cy"),))
    others = (
        viva("joe", "2026-11-03 09:00", "bob", "dan"),
        viva("joe", "2026-11-03 09:00", "ann", "dan"),
        at("2026-11-03 09:00", part="m.oral.eve"),
        at("2026-11-03 09:00"),
        at("2026-11-03 10:00"),
    )
    assert [[breach.trainers for breach in law.check(programme, timetable(each))] for each in others] == [
        [],
        [("ann",)],
        [()],
        [()],
        [],
    ]


def test_a_jury_is_struck_where_a_slot_leaves_too_few_for_a_role() -> None:
    """With Ann and Bob both taken nobody presides; with Ann alone Bob does."""
    programme = defended(vivas("eve", "joe"), dates=[date(2026, 11, 3)] * 2, opening_hours={"tuesday": "09:00-10:00"})
    joe = programme.parts["m.viva.joe"]
    span = viva("joe", "2026-11-03 09:00").span
    struck = {
        taken: (OnHold(slots=(viva("eve", "2026-11-03 09:00", *taken),)).forbids(programme, joe) or bool)(span)
        for taken in (("ann", "bob"), ("ann", "cy"))
    }
    assert struck == {("ann", "bob"): True, ("ann", "cy"): False}
    law = OnHold(slots=(viva("eve", "2026-11-03 09:00", "ann", "cy"),))
    assert {one.of("m.viva.joe")[0].trainers for one in allowed(programme, [Complete(), law])} == {("bob", "dan")}
