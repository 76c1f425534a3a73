from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.one_at_a_time import OneAtATime
from defended import defended, viva, vivas
from small import at, classes, module, small, staffed
from solving import allowed

GROUPS = {
    "all": {"title": "All"},
    "half": {"title": "Half", "part_of": "all"},
    "rest": {"title": "Rest", "part_of": "all"},
    "guests": {"title": "Guests"},
}
TABLES: dict[str, Any] = {
    "trainers": {"ann": {"title": "Tutor"}, "bob": {"title": "Speaker"}},
    "places": {"room": {"title": "Room 1"}, "screen": {"title": "Screen", "virtual": True}},
}


def two(one: dict[str, Any], other: dict[str, Any], **tables: Any) -> Programme:
    """A programme with a session "m.one" and a session "m.other"; those who are not told apart are apart."""
    parts = [classes(1, id="one", **({"group": "all"} | one)), classes(1, id="other", **({"group": "guests"} | other))]
    return small(**({"groups": GROUPS} | TABLES | tables), modules={"m": module(*parts)})


def one_and_other(start: str, then: str) -> list[Placement]:
    return [at(f"2026-11-10 {start}", part="m.one"), at(f"2026-11-10 {then}", part="m.other")]


def words(programme: Programme, *placements: Placement, **parameters: int) -> list[str]:
    return [
        str(breach.message) for breach in OneAtATime(**parameters).check(programme, staffed(programme, *placements))
    ]


def test_sessions_that_share_nothing_may_meet() -> None:
    programme = two({"trainer": "ann"}, {"trainer": "bob"})
    assert words(programme, *one_and_other("09:00", "09:00")) == []


def test_a_trainer_is_in_one_session_at_a_time() -> None:
    programme = two({"trainer": "ann"}, {"trainer": "ann"})
    assert words(programme, *one_and_other("09:00", "09:30")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and "
        "“Module” (virtual class) on Tuesday 10 November 2026 09:30 overlap for trainer “Tutor”"
    ]


def test_exactly_the_buffer_is_allowed() -> None:
    programme = two({"trainer": "ann"}, {"trainer": "ann"})
    assert words(programme, *one_and_other("09:00", "10:15")) == []
    assert words(programme, *one_and_other("09:00", "10:14")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and “Module” (virtual class) "
        "on Tuesday 10 November 2026 10:14 are 14 min apart for trainer “Tutor”; the least is 15 min"
    ]


def test_without_a_buffer_one_session_may_follow_the_other_at_once() -> None:
    programme = two({"trainer": "ann"}, {"trainer": "ann"})
    assert words(programme, *one_and_other("09:00", "10:00"), buffer_minutes=0) == []


def test_a_group_is_in_one_session_at_a_time_and_so_is_the_group_that_it_is_part_of() -> None:
    same = two({"group": "half"}, {"group": "half"})
    below = two({"group": "half"}, {"group": "all"})
    apart = two({"group": "half"}, {"group": "rest"})
    together = one_and_other("09:00", "09:00")
    sessions = "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and " * 2
    told = sessions.removesuffix(" and ") + " overlap for "
    assert words(same, *together) == [told + "group “Half”"]
    assert words(below, *together) == [told + "groups “All” and “Half”"]
    assert words(apart, *together) == []


def test_groups_that_list_one_student_are_one_person() -> None:
    shared = {
        "all": {"title": "All"},
        "half": {"title": "Half", "part_of": "all", "students": ["eve"]},
        "guests": {"title": "Guests", "students": ["eve", "joe"]},
    }
    assert words(two({}, {}), *one_and_other("09:00", "09:30")) == []
    assert words(two({}, {}, groups=shared), *one_and_other("09:00", "09:30")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and "
        "“Module” (virtual class) on Tuesday 10 November 2026 09:30 overlap for groups “All” and “Guests”"
    ]


def test_a_pair_that_two_enrolments_share_is_told_once() -> None:
    """Half and Rest are both in what All attends."""
    programme = two({}, {"group": "all"})
    assert len(words(programme, *one_and_other("09:00", "09:00"))) == 1


def test_what_students_may_choose_is_left_to_electives() -> None:
    electives = {"options": {"title": "Options", "choose": 2, "groups": ["half", "rest"]}}
    programme = two({"group": "half"}, {"group": "rest"}, electives=electives)
    assert words(programme, *one_and_other("09:00", "09:00")) == []


def test_a_place_holds_one_session_at_a_time_without_a_buffer() -> None:
    programme = two({"place": "room"}, {"place": "room"})
    assert words(programme, *one_and_other("09:00", "10:00")) == []
    assert words(programme, *one_and_other("09:00", "09:59")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and "
        "“Module” (virtual class) on Tuesday 10 November 2026 09:59 overlap for place “Room 1”"
    ]


def test_a_virtual_place_holds_several() -> None:
    programme = two({"place": "screen"}, {"place": "screen"})
    assert words(programme, *one_and_other("09:00", "09:00")) == []


def test_between_site_and_virtual_people_have_longer_both_ways() -> None:
    programme = two({"trainer": "ann", "kind": "course"}, {"trainer": "ann"})
    assert words(programme, *one_and_other("09:00", "11:00")) == []
    assert words(programme, *one_and_other("09:00", "10:59")) == [
        "“Module” (course) on Tuesday 10 November 2026 09:00 and “Module” (virtual class) "
        "on Tuesday 10 November 2026 10:59 are 59 min apart for trainer “Tutor”; the least is 1 h"
    ]
    assert words(programme, *one_and_other("11:00", "09:00")) == []
    assert len(words(programme, *one_and_other("10:59", "09:00"))) == 1


def test_the_longer_buffer_is_never_the_shorter_one() -> None:
    programme = two({"trainer": "ann", "kind": "course"}, {"trainer": "ann"})
    parameters = {"buffer_minutes": 30, "between_site_and_virtual_minutes": 0}
    assert words(programme, *one_and_other("09:00", "10:30"), **parameters) == []
    assert len(words(programme, *one_and_other("09:00", "10:29"), **parameters)) == 1


def test_each_reason_is_a_breach_of_its_own() -> None:
    both = {"trainer": "ann", "group": "all", "place": "room"}
    told = words(two(both, both), *one_and_other("09:00", "09:00"))
    assert [sentence.partition(" overlap for ")[2] for sentence in told] == [
        "trainer “Tutor”",
        "group “All”",
        "place “Room 1”",
    ]


def test_a_session_entered_twice_clashes_with_itself() -> None:
    programme = two({}, {})
    assert len(words(programme, *[at("2030-01-01 09:00", part="m.one")] * 3)) == 3


def pairs_of_starts(programme: Programme, **parameters: int) -> set[tuple[int, int]]:
    """The hours of the two sessions in each timetable that the model allows, on one day from 09:00 to 17:00."""
    found = allowed(programme, [Complete(), OneAtATime(**parameters)])
    hours = [[timetable.of(part)[0].span.start // 60 % 24 for part in ("m.one", "m.other")] for timetable in found]
    return {(one, other) for one, other in hours}


ONE_DAY: dict[str, Any] = {"dates": [date(2026, 11, 2)] * 2}
STARTS = [(one, other) for one in range(9, 17) for other in range(9, 17)]


def test_the_model_keeps_people_apart_by_the_buffer() -> None:
    """On an hourly grid an hour's session and 15 min leave a start free: the one right after."""
    programme = two({"trainer": "ann"}, {"trainer": "ann"}, **ONE_DAY)
    assert pairs_of_starts(programme, buffer_minutes=0) == {(one, other) for one, other in STARTS if one != other}
    assert pairs_of_starts(programme) == {(one, other) for one, other in STARTS if abs(one - other) > 1}


def test_the_model_keeps_site_and_virtual_apart_by_the_longer_buffer() -> None:
    """An hour's session and 60 min: two hours from start to start; 61 min: three."""
    programme = two({"trainer": "ann", "kind": "course"}, {"trainer": "ann"}, **ONE_DAY)
    assert pairs_of_starts(programme) == {(one, other) for one, other in STARTS if abs(one - other) >= 2}
    longer = pairs_of_starts(programme, between_site_and_virtual_minutes=61)
    assert longer == {(one, other) for one, other in STARTS if abs(one - other) >= 3}


def test_the_model_keeps_a_room_to_one_session() -> None:
    programme = two({"place": "room"}, {"place": "room"}, **ONE_DAY)
    assert pairs_of_starts(programme) == {(one, other) for one, other in STARTS if one != other}


def test_the_model_lets_strangers_meet() -> None:
    assert pairs_of_starts(two({}, {}, **ONE_DAY)) == set(STARTS)


def test_what_the_model_allows_is_what_the_check_finds_clean() -> None:
    """Three sessions of unlike lengths, on site and virtual, with a group, a trainer or a room in common."""
    parts = [
        classes(1, 60, id="a", group="all", trainer="ann"),
        classes(1, 120, id="b", group="half", kind="course", place="room"),
        classes(1, 90, id="c", group="guests", kind="course", trainer="ann", place="room"),
    ]
    programme = small(groups=GROUPS, modules={"m": module(*parts)}, **TABLES, **ONE_DAY)
    for law in (OneAtATime(), OneAtATime(buffer_minutes=45), OneAtATime(between_site_and_virtual_minutes=150)):
        clean = {one for one in allowed(programme, [Complete()]) if not list(law.check(programme, one))}
        assert clean
        assert allowed(programme, [Complete(), law]) == clean


PAIR = {"trainer": ["ann", "bob"], "together": 2}
EITHER = {"trainer": ["ann", "bob"]}
PLACES = {"places": {"room": {"title": "Room 1"}, "hall": {"title": "Hall"}, "screen": {"title": "S", "virtual": True}}}


def given(start: str, part: str, *trainers: str, place: str | None = None) -> Placement:
    return at(f"2026-11-10 {start}", part=f"m.{part}", trainers=trainers, place=place)


def test_trainers_who_give_a_session_together_are_both_busy() -> None:
    both = two(PAIR, {"trainer": "bob"})
    assert words(both, *one_and_other("09:00", "10:15")) == []
    assert words(both, *one_and_other("09:00", "09:30")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and "
        "“Module” (virtual class) on Tuesday 10 November 2026 09:30 overlap for trainer “Speaker”"
    ]
    told = words(two(PAIR, PAIR), *one_and_other("09:00", "09:30"))
    assert [sentence.partition(" overlap for ")[2] for sentence in told] == ["trainer “Tutor”", "trainer “Speaker”"]


def test_only_who_gives_a_session_is_busy() -> None:
    programme = two(EITHER, {"trainer": "ann"})
    assert words(programme, given("09:00", "one", "bob"), given("09:00", "other", "ann")) == []
    assert len(words(programme, given("09:00", "one", "ann"), given("09:00", "other", "ann"))) == 1


def test_only_the_place_where_a_session_stands_is_taken() -> None:
    programme = two({"place": ["room", "hall"]}, {"place": ["room", "hall"]}, **PLACES)
    assert words(programme, given("09:00", "one", place="room"), given("09:30", "other", place="hall")) == []
    assert words(programme, given("09:00", "one", place="hall"), given("10:00", "other", place="hall")) == []
    assert words(programme, given("09:00", "one", place="hall"), given("09:59", "other", place="hall")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and "
        "“Module” (virtual class) on Tuesday 10 November 2026 09:59 overlap for place “Hall”"
    ]


def test_a_place_that_holds_several_is_left_to_capacity_and_a_virtual_one_of_one_is_not() -> None:
    several = {"room": {"title": "Room 1", "sessions_at_once": 2}}
    single = {"room": {"title": "Screen", "virtual": True, "sessions_at_once": 1}}
    shared = {"place": "room"}, {"place": "room"}
    assert words(two(*shared, places=several), *one_and_other("09:00", "09:00")) == []
    assert len(words(two(*shared, places=single), *one_and_other("09:00", "09:00"))) == 1
    assert pairs_of_starts(two(*shared, places=several, **ONE_DAY)) == set(STARTS)
    assert pairs_of_starts(two(*shared, places=single, **ONE_DAY)) == {
        (one, other) for one, other in STARTS if one != other
    }


def test_trainers_and_places_that_the_programme_does_not_know_are_left_to_complete() -> None:
    programme = two({}, {})
    edited = [given("09:00", part, "zoe", place="gym") for part in ("one", "other")]
    assert words(programme, *edited) == []


def test_a_trainer_whom_a_calendar_names_twice_is_told_once() -> None:
    programme = two(EITHER, {"trainer": "ann"})
    assert len(words(programme, given("09:00", "one", "ann", "ann"), given("09:00", "other", "ann"))) == 1


HOUR = {"dates": [date(2026, 11, 2)] * 2, "opening_hours": {"monday": "09:00-10:00"}}


def staff_of_both(programme: Programme) -> set[tuple[tuple[str, ...], str | None, tuple[str, ...], str | None]]:
    """Who gives the two sessions, and where, in each timetable that the model allows."""
    found = allowed(programme, [Complete(), OneAtATime()])
    pairs = [(one.of("m.one")[0], one.of("m.other")[0]) for one in found]
    return {(one.trainers, one.place, other.trainers, other.place) for one, other in pairs}


def test_the_model_chooses_different_trainers_and_places_at_one_time() -> None:
    """There is one start only."""
    ann, bob = ("ann",), ("bob",)
    assert staff_of_both(two(EITHER, EITHER, **HOUR)) == {(ann, None, bob, None), (bob, None, ann, None)}
    assert staff_of_both(two(EITHER, {"trainer": "ann"}, **HOUR)) == {(bob, None, ann, None)}
    rooms = {"place": ["room", "hall"]}
    assert staff_of_both(two(rooms, rooms, **PLACES, **HOUR)) == {((), "room", (), "hall"), ((), "hall", (), "room")}
    assert staff_of_both(two(rooms, {"place": "hall"}, **PLACES, **HOUR)) == {((), "room", (), "hall")}


def test_the_model_finds_nothing_where_both_trainers_are_needed_twice() -> None:
    assert staff_of_both(two(PAIR, PAIR, **HOUR)) == set()
    assert staff_of_both(two(PAIR, EITHER, **HOUR)) == set()


def test_the_model_keeps_a_chosen_trainer_apart_by_the_longer_buffer() -> None:
    """Who gives both on site and online has 60 min in between; with 15 min on an hourly grid an hour is too short."""
    programme = two(EITHER | {"kind": "course"}, EITHER, **ONE_DAY)
    found = allowed(programme, [Complete(), OneAtATime()])
    both = [(one.of("m.one")[0], one.of("m.other")[0]) for one in found]
    apart = {abs(one.span.start - other.span.start) for one, other in both if one.trainers == other.trainers}
    assert (min(apart), max(apart)) == (120, 420)
    # different trainers at any two of eight starts, two ways; one trainer at 8 · 8 - 8 - 2 · 7 = 42 of them
    assert len(found) == 2 * 64 + 2 * 42


def of_students(*parts: dict[str, Any], **tables: Any) -> Programme:
    """Defences of Eve and Joe, of whom the half lists Joe, before Ann and Bob, who take turns."""
    groups = {
        "all": {"title": "All"},
        "half": {"title": "Half", "part_of": "all", "students": ["joe"]},
        "rest": {"title": "Rest", "part_of": "all"},
    }
    return defended(vivas("eve", "joe"), *parts, groups=groups, **tables)


def test_two_students_defend_at_once_before_two_juries() -> None:
    programme = of_students()
    both = viva("eve", "2026-11-10 09:00", "ann", "cy"), viva("joe", "2026-11-10 09:00", "bob", "dan")
    assert words(programme, *both) == []
    assert words(programme, both[0], viva("joe", "2026-11-10 09:00", "ann", "dan")) == [
        "“Module” (defence, eve) on Tuesday 10 November 2026 09:00 and "
        "“Module” (defence, joe) on Tuesday 10 November 2026 09:00 overlap for trainer “Ann”"
    ]


def test_a_student_is_in_their_defence_and_in_what_all_of_their_groups_attend() -> None:
    """Eve is in the whole, Joe in the half too; nobody says that either is in the rest."""
    parts = [classes(1, id=group, group=group) for group in ("all", "half", "rest")]
    programme = of_students(*parts)
    met = {
        (student, group): len(
            words(programme, viva(student, "2026-11-10 09:00"), at("2026-11-10 09:30", part=f"m.{group}"))
        )
        for student in ("eve", "joe")
        for group in ("all", "half", "rest")
    }
    assert met == {
        ("eve", "all"): 1,
        ("eve", "half"): 0,
        ("eve", "rest"): 0,
        ("joe", "all"): 1,
        ("joe", "half"): 1,
        ("joe", "rest"): 0,
    }


def test_two_defences_of_one_student_do_not_meet() -> None:
    programme = of_students(vivas("eve", id="oral", jury=[]))
    oral = at("2026-11-10 10:14", part="m.oral.eve")
    assert [len(words(programme, viva(student, "2026-11-10 09:00"), oral)) for student in ("eve", "joe")] == [1, 0]


def test_whoever_defends_in_two_groups_is_in_both() -> None:
    """Nobody lists Eve; her defences say that she is in the half and in the rest, whose classes do not meet then."""
    classes_of_both = [classes(1, id=group, group=group, minutes=60) for group in ("half", "rest")]
    oral = vivas("eve", id="oral", group="rest", jury=[])
    viva_of_half = vivas("eve", group="half", jury=[])
    tables = {"dates": [date(2026, 11, 10)] * 2, "opening_hours": {"tuesday": "09:00-11:00"}}
    groups = {key: GROUPS["guests"] | {"title": key.title()} for key in ("all", "half", "rest")}
    programme = defended(viva_of_half, oral, *classes_of_both, groups=groups, **tables)
    together = [at("2026-11-10 09:00", part=f"m.{group}") for group in ("half", "rest")]
    assert words(programme, *together) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and "
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 overlap for groups “Half” and “Rest”"
    ]
    assert [one for one in allowed(programme, [OneAtATime()]) if {*together} <= {*one.placements}] == []
