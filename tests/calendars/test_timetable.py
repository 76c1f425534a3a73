"""A timetable is its placements in order of time, whoever gave them and however."""

from datetime import date

from calendars.timetable import Timetable, in_week, weekly_minutes
from small import at, classes, module, on, small, timetable, week_of, work

FIRST, SECOND, OTHER = at("2026-11-03 09:00"), at("2026-11-10 14:00"), at("2026-11-03 09:00", part="n.virtual-class")


def test_placements_stand_in_order_of_time_then_of_activity() -> None:
    assert timetable(SECOND, OTHER, FIRST).placements == (FIRST, OTHER, SECOND)
    assert timetable(SECOND, OTHER, FIRST) == timetable(FIRST, SECOND, OTHER)


def test_placements_at_one_time_stand_in_order_of_amount_trainers_and_place() -> None:
    """One without a place comes first."""
    moment = "2026-11-03 09:00"
    placed = [
        at(moment),
        at(moment, place="hall"),
        at(moment, place="room"),
        at(moment, trainers=("ann",)),
        at(moment, trainers=("ann", "bob")),
        at(moment, trainers=("bob",), place="hall"),
        FIRST._replace(amount=2),
    ]
    assert timetable(*reversed(placed)).placements == tuple(placed)


def test_the_rank_of_a_placement_is_its_time_its_activity_its_amount_and_who_and_where() -> None:
    span = FIRST.span
    assert FIRST.rank == (span, "m.virtual-class", 1, (), "")
    given = at("2026-11-03 09:00", trainers=("ann", "bob"), place="room")
    assert given.rank == (span, "m.virtual-class", 1, ("ann", "bob"), "room")
    assert week_of("2026-11-02", 90).rank[1:] == ("m.distance-work", 90, (), "")


def test_the_placements_of_one_activity() -> None:
    placed = timetable(SECOND, OTHER, FIRST)
    assert placed.of("m.virtual-class") == (FIRST, SECOND)
    assert placed.of("n.virtual-class") == (OTHER,)
    assert placed.of("b") == ()


def test_an_empty_timetable() -> None:
    programme = small(modules={"m": module(classes(1))})
    assert Timetable() == timetable()
    assert Timetable().of("m.virtual-class") == ()
    assert weekly_minutes(Timetable(), programme.activities.values()) == {}


def test_a_week_adds_up_sessions_and_the_minutes_of_self_paced_work() -> None:
    programme = small(modules={"m": module(classes(3, 90), work(4))})
    placed = timetable(
        at("2026-11-03 09:00", 90),
        at("2026-11-05 09:00", 90),
        at("2026-11-10 14:00", 90),
        week_of("2026-11-02", 30),
        week_of("2026-11-09", 210),
    )
    everything = programme.activities.values()
    # 90 + 90 + 30 = 210; 90 + 210 = 300
    assert weekly_minutes(placed, everything) == {date(2026, 11, 2): 210, date(2026, 11, 9): 300}
    assert weekly_minutes(placed, programme.parts.values()) == {date(2026, 11, 2): 180, date(2026, 11, 9): 90}


def test_what_is_not_asked_for_does_not_count() -> None:
    programme = small(modules={"m": module(classes(1))})
    placed = timetable(FIRST, OTHER, on("2026-11-09", "2026-11-13"))
    assert weekly_minutes(placed, programme.parts.values()) == {date(2026, 11, 2): 60}


def test_what_stands_in_a_week_is_named_once() -> None:
    programme = small(modules={"m": module(classes(2), classes(1, id="other"), work(5))})
    placed = timetable(FIRST, at("2026-11-05 09:00"), week_of("2026-11-09", 60))
    everything = programme.activities.values()
    assert in_week(placed, everything, date(2026, 11, 2)) == ("m.virtual-class",)
    assert in_week(placed, everything, date(2026, 11, 9)) == ("m.distance-work",)
    assert in_week(placed, programme.parts.values(), date(2026, 11, 9)) == ()


def test_week_53_holds_the_days_of_both_years() -> None:
    programme = small(modules={"m": module(classes(2))}, dates=[date(2026, 12, 14), date(2027, 1, 8)])
    placed = timetable(at("2026-12-28 09:00"), at("2027-01-02 09:00"), at("2027-01-04 09:00"))
    # 60 + 60 = 120 in the week of 28 December to 3 January
    assert weekly_minutes(placed, programme.parts.values()) == {date(2026, 12, 28): 120, date(2027, 1, 4): 60}


def test_a_session_over_midnight_counts_in_the_week_in_which_it_starts() -> None:
    programme = small(modules={"m": module(classes(1))})
    placed = timetable(at("2026-11-08 23:00", 120))
    assert weekly_minutes(placed, programme.parts.values()) == {date(2026, 11, 2): 120}
