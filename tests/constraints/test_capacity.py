from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.capacity import Capacity
from constraints.complete import Complete
from constraints.rule import Breach
from defended import defended, viva, vivas
from scheduler.candidates import candidates_of
from small import at, classes, module, small, staffed, timetable
from solving import allowed, model_of

GROUPS = {"all": {"title": "All", "size": 30}, "half": {"title": "Half", "size": 15}, "guests": {"title": "Guests"}}
ONE_DAY: dict[str, Any] = {"dates": [date(2026, 11, 2)] * 2, "opening_hours": {"monday": "09:00-11:00"}}


def room(**keys: Any) -> dict[str, Any]:
    return {"title": "Room"} | keys


def meeting(places: dict[str, Any], *parts: dict[str, Any], **tables: Any) -> Programme:
    """The parts "m.p0", "m.p1", … in these places; in "room" where they name none."""
    plain: list[dict[str, Any]] = [{"sessions": 1, "id": f"p{number}"} for number in range(len(parts))]
    listed = [classes(**(each | part)) for each, part in zip(plain, parts, strict=True)]
    return small(**({"groups": GROUPS} | tables), places=places, modules={"m": module(*listed, place="room")})


def breaches(programme: Programme, *placements: Placement) -> list[Breach]:
    return list(Capacity().check(programme, staffed(programme, *placements)))


def words(programme: Programme, *placements: Placement) -> list[str]:
    return [str(breach.message) for breach in breaches(programme, *placements)]


def session(part: int, start: str, minutes: int = 60, **keys: Any) -> Placement:
    """A session of "m.p<part>" on 10 November."""
    return at(f"2026-11-10 {start}", minutes, f"m.p{part}", **keys)


def test_a_group_as_large_as_the_seats_fits() -> None:
    assert breaches(meeting({"room": room(seats=30)}, {}), session(0, "09:00")) == []


def test_a_group_larger_than_the_seats_does_not() -> None:
    assert words(meeting({"room": room(seats=29)}, {}), session(0, "09:00")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 is in place “Room”, which seats 29; "
        "its group “All” has 30"
    ]


def test_every_session_that_is_too_large_is_a_breach_of_its_own() -> None:
    programme = meeting({"room": room(seats=15)}, {"sessions": 2}, {"group": "half"})
    found = breaches(programme, session(0, "09:00"), session(0, "10:00"), session(1, "11:00"))
    assert [(breach.rule, breach.excess) for breach in found] == [("capacity", 1), ("capacity", 1)]


def test_a_group_or_a_place_without_a_number_has_no_limit() -> None:
    assert words(meeting({"room": room(seats=1)}, {"group": "guests"}), session(0, "09:00")) == []
    assert words(meeting({"room": room()}, {}), session(0, "09:00")) == []


def test_the_seats_of_a_virtual_place_bind_too() -> None:
    assert len(words(meeting({"room": room(seats=29, virtual=True)}, {}), session(0, "09:00"))) == 1


def test_the_place_where_a_session_stands_seats_it_or_does_not() -> None:
    places = {"room": room(seats=20), "hall": room(title="Hall", seats=30)}
    programme = meeting(places, {"sessions": 2, "place": ["room", "hall"]})
    assert words(programme, session(0, "09:00", place="room"), session(0, "10:00", place="hall")) == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 is in place “Room”, which seats 20; "
        "its group “All” has 30"
    ]


def test_as_many_sessions_at_once_as_the_place_holds() -> None:
    programme = meeting({"room": room(sessions_at_once=2)}, {}, {}, {})
    assert words(programme, session(0, "09:00"), session(1, "09:00"), session(2, "10:00")) == []


def test_one_session_at_once_too_many_is_told_with_all_that_run() -> None:
    titles = [{"title": title} for title in ("A", "B", "C")]
    programme = meeting({"room": room(sessions_at_once=2)}, *titles)
    assert words(programme, session(0, "09:00"), session(1, "09:15"), session(2, "09:30")) == [
        "place “Room” has 3 sessions at once on Tuesday 10 November 2026 09:30, at most 2 are possible: "
        "“Module” (A), “Module” (B) and “Module” (C)"
    ]


def test_a_session_may_start_when_another_ends() -> None:
    programme = meeting({"room": room(sessions_at_once=2)}, {}, {}, {})
    both = session(0, "09:00"), session(1, "09:00", 120)
    assert words(programme, *both, session(2, "10:00")) == []
    assert len(words(programme, *both, session(2, "09:59"))) == 1


def test_each_start_with_too_many_is_told() -> None:
    """Two run from 9:00 to 11:00; a third from 9:00, and another from 10:00."""
    programme = meeting({"room": room(sessions_at_once=2)}, {"minutes": 120, "sessions": 2}, {"sessions": 2})
    long = session(0, "09:00", 120), session(0, "09:00", 120)
    found = words(programme, *long, session(1, "09:00"), session(1, "10:00"))
    assert [sentence.partition(", ")[0] for sentence in found] == [
        "place “Room” has 3 sessions at once on Tuesday 10 November 2026 09:00",
        "place “Room” has 3 sessions at once on Tuesday 10 November 2026 10:00",
    ]


def test_sessions_elsewhere_do_not_count() -> None:
    places = {"room": room(sessions_at_once=2), "hall": room(sessions_at_once=2)}
    programme = meeting(places, {}, {}, {"place": "hall"}, {"place": ["room", "hall"]})
    together = [session(part, "09:00") for part in range(3)]
    assert words(programme, *together, session(3, "09:00", place="hall")) == []
    assert len(words(programme, *together, session(3, "09:00", place="room"))) == 1


def test_a_room_of_one_session_and_a_virtual_place_without_a_number_are_left_alone() -> None:
    for place in (room(), room(sessions_at_once=1), room(virtual=True)):
        programme = meeting({"room": place}, {}, {}, **ONE_DAY)
        assert words(programme, session(0, "09:00"), session(1, "09:00")) == []
        assert allowed(programme, [Complete(), Capacity()]) == allowed(programme, [Complete()])


def test_a_place_that_the_programme_does_not_know_has_no_limit() -> None:
    programme = meeting({"room": room(seats=1, sessions_at_once=2)}, {})
    assert words(programme, *[session(0, "09:00", place="gym")] * 3) == []


def test_starts_are_struck_where_no_place_of_a_part_seats_its_group() -> None:
    places = {"room": room(seats=29), "hall": room(seats=15), "large": room(seats=30), "any": room()}
    programme = meeting(
        places,
        {"place": ["room", "hall"]},
        {"place": ["room", "large"]},
        {"place": "any"},
        {"group": "half", "place": "hall"},
        {"group": "guests"},
        **ONE_DAY,
    )
    found = candidates_of(programme, [Capacity()])
    # two starts a day, at 9:00 and 10:00
    assert {key: (len(part.lawful), part.struck_by()) for key, part in found.items()} == {
        "m.p0": (0, {"capacity": 2}),
        "m.p1": (2, {}),
        "m.p2": (2, {}),
        "m.p3": (2, {}),
        "m.p4": (2, {}),
    }


def test_a_part_without_a_place_is_never_struck() -> None:
    programme = small(groups=GROUPS, modules={"m": module(classes(1))}, places={"room": room(seats=1)}, **ONE_DAY)
    assert len(candidates_of(programme, [Capacity()])["m.virtual-class"].lawful) == 2


def test_the_model_chooses_only_places_that_seat_the_group() -> None:
    """Thirty people, two starts and three places, of which one is too small by a seat."""
    places = {"room": room(seats=29), "hall": room(seats=30), "any": room()}
    programme = meeting(places, {"place": ["room", "hall", "any"]}, **ONE_DAY)
    found = allowed(programme, [Complete(), Capacity()])
    assert {(one.placements[0].span.start // 60 % 24, one.placements[0].place) for one in found} == {
        (hour, place) for hour in (9, 10) for place in ("hall", "any")
    }


def test_the_model_holds_as_many_sessions_at_once_as_the_place() -> None:
    """Three parts on two starts, two of them at once: all but the two ways with three at one start."""
    places = {"room": room(sessions_at_once=2)}
    found = allowed(meeting(places, {}, {}, {}, **ONE_DAY), [Complete(), Capacity()])
    hours = {tuple(one.of(f"m.p{part}")[0].span.start // 60 % 24 for part in range(3)) for one in found}
    assert len(hours) == 2**3 - 2
    assert hours.isdisjoint({(9, 9, 9), (10, 10, 10)})
    assert len(allowed(meeting({"room": room(sessions_at_once=3)}, {}, {}, {}, **ONE_DAY), [Capacity()])) == 4**3


def test_the_model_sends_what_is_too_much_to_another_place() -> None:
    """One start; three parts may be in either place, of which one holds two at once and the other three."""
    places = {"room": room(sessions_at_once=2), "hall": room(sessions_at_once=3)}
    hour = ONE_DAY | {"opening_hours": {"monday": "09:00-10:00"}}
    parts = [{"place": ["room", "hall"]}] * 3
    found = allowed(meeting(places, *parts, **hour), [Complete(), Capacity()])
    chosen = {tuple(str(one.of(f"m.p{part}")[0].place) for part in range(3)) for one in found}
    assert len(chosen) == 2**3 - 1
    assert ("room",) * 3 not in chosen


def test_nothing_is_posted_where_the_place_cannot_be_full() -> None:
    """Two parts of one start each: of three at once there can be no more than two."""
    hour = ONE_DAY | {"opening_hours": {"monday": "09:00-10:00"}}
    few = meeting({"room": room(sessions_at_once=2, seats=30)}, {}, {}, **hour)
    many = meeting({"room": room(sessions_at_once=2, seats=30)}, {}, {}, {}, **hour)
    assert [len(model_of(one, [Capacity()]).cp.proto.constraints) for one in (few, many)] == [0, 1]


def test_what_the_model_allows_is_what_the_check_finds_clean() -> None:
    """Three groups of unlike sizes and lengths, with and without a choice of places."""
    places = {"room": room(seats=15, sessions_at_once=2), "hall": room(title="Hall", sessions_at_once=2)}
    both = {"place": ["room", "hall"]}
    programme = meeting(
        places,
        {"minutes": 90} | both,
        {"group": "half"} | both,
        {"group": "guests", "place": "hall"},
        dates=[date(2026, 11, 2)] * 2,
        opening_hours={"monday": "09:00-11:00"},
        starts_every_minutes=30,
    )
    everything = allowed(programme, [Complete()])
    clean = {one for one in everything if not list(Capacity().check(programme, one))}
    assert 0 < len(clean) < len(everything)
    assert allowed(programme, [Complete(), Capacity()]) == clean


def test_a_student_who_comes_alone_needs_one_seat() -> None:
    places = {"booth": {"title": "Booth", "seats": 1}}
    groups = {"all": {"title": "All", "size": 20}}
    programme = defended(
        vivas("eve", place="booth"),
        {"kind": "exam", "sessions": 1, "minutes": 60, "place": "booth"},
        groups=groups,
        places=places,
    )
    defence = viva("eve", "2026-11-03 09:00", place="booth")
    exam = at("2026-11-03 11:00", part="m.exam", place="booth")
    assert [breach.activities for breach in Capacity().check(programme, timetable(defence, exam))] == [("m.exam",)]
    struck = {key: Capacity().forbids(programme, part) is not None for key, part in programme.parts.items()}
    assert struck == {"m.viva.eve": False, "m.exam": True}
