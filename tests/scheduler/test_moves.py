"""What stands otherwise, as pairs of what stood and what stands, in a week of November 2026."""

from scheduler.moves import Move, moves
from small import at, classes, module, small, timetable, week_of, work

A, B, WORK = "m.a", "m.b", "m.distance-work"
MON, TUE, WED, THU, FRI = (at(f"2026-11-{day:02} 09:00", part=A) for day in range(2, 7))
B_MON, B_WED, B_FRI = (at(f"2026-11-{day:02} 09:00", part=B) for day in (2, 4, 6))
ANN, BOB = (TUE._replace(trainers=(key,)) for key in ("ann", "bob"))
PROGRAMME = small(modules={"m": module(classes(3, id="b"), classes(3, id="a"), work(2))})
"""In the file `b` comes before `a`."""


def test_nothing_moves_where_the_timetables_are_alike() -> None:
    assert moves(PROGRAMME, timetable(MON, B_FRI), timetable(B_FRI, MON)) == ()


def test_a_session_that_moved() -> None:
    assert moves(PROGRAMME, timetable(MON, TUE), timetable(MON, WED)) == (Move(A, TUE, WED),)


def test_several_are_paired_in_order_of_time() -> None:
    assert moves(PROGRAMME, timetable(MON, TUE), timetable(WED, THU)) == (Move(A, MON, WED), Move(A, TUE, THU))


def test_another_trainer_or_place_at_the_same_time() -> None:
    hall = TUE._replace(place="hall")
    assert moves(PROGRAMME, timetable(ANN), timetable(BOB)) == (Move(A, ANN, BOB),)
    assert moves(PROGRAMME, timetable(TUE), timetable(hall)) == (Move(A, TUE, hall),)


def test_what_stands_at_the_same_time_is_paired_before_what_comes_first() -> None:
    assert moves(PROGRAMME, timetable(MON, ANN), timetable(BOB, WED)) == (Move(A, MON, WED), Move(A, ANN, BOB))


def test_what_is_new_and_what_is_gone() -> None:
    """Sessions of different parts are no pair."""
    assert moves(PROGRAMME, timetable(B_FRI), timetable(WED)) == (Move(A, None, WED), Move(B, B_FRI, None))
    assert moves(PROGRAMME, timetable(MON), timetable(WED, THU)) == (Move(A, MON, WED), Move(A, None, THU))
    assert moves(PROGRAMME, timetable(MON, TUE), timetable(WED)) == (Move(A, MON, WED), Move(A, TUE, None))


def test_work_whose_minutes_change() -> None:
    """An hour goes from the first week to the second; in the second list a whole week of work does."""
    first, second = ("2026-11-02", "2026-11-09")
    two, one, late = week_of(first, 120), week_of(first, 60), week_of(second, 60)
    assert moves(PROGRAMME, timetable(two), timetable(one, late)) == (Move(WORK, two, one), Move(WORK, None, late))
    all_late = week_of(second, 120)
    assert moves(PROGRAMME, timetable(two), timetable(all_late)) == (Move(WORK, two, all_late),)


def test_in_order_of_the_first_time_then_by_name_whatever_the_order_of_the_file() -> None:
    found = moves(PROGRAMME, timetable(WED, B_WED, FRI), timetable(TUE, B_MON, THU))
    assert found == (Move(B, B_WED, B_MON), Move(A, WED, TUE), Move(A, FRI, THU))
    assert moves(PROGRAMME, timetable(MON, B_MON), timetable(TUE, B_WED)) == (Move(A, MON, TUE), Move(B, B_MON, B_WED))


def test_what_the_programme_no_longer_has_is_left_out() -> None:
    assert moves(PROGRAMME, timetable(at("2026-11-02 09:00", part="m.old")), timetable()) == ()


class TestAsked:
    """Somebody asked that a session stands at a time."""

    def test_it_is_paired_as_was_asked(self) -> None:
        found = moves(PROGRAMME, timetable(MON, TUE), timetable(WED, THU), (A, TUE.span, WED.span))
        assert found == (Move(A, TUE, WED), Move(A, MON, THU))

    def test_what_is_at_the_same_time_stays_together(self) -> None:
        found = moves(PROGRAMME, timetable(MON, ANN), timetable(BOB, WED), (A, MON.span, TUE.span))
        assert found == (Move(A, ANN, BOB), Move(A, MON, WED))

    def test_it_comes_first(self) -> None:
        before, after = timetable(TUE, B_FRI), timetable(WED, B_WED)
        assert moves(PROGRAMME, before, after) == (Move(A, TUE, WED), Move(B, B_FRI, B_WED))
        assert moves(PROGRAMME, before, after, (B, None, B_WED.span)) == (Move(B, B_FRI, B_WED), Move(A, TUE, WED))

    def test_another_activity_is_not_asked_for(self) -> None:
        """Of the sessions of `b` on Monday and on Tuesday the one on Tuesday is asked to stand on Wednesday."""
        monday, tuesday, wednesday, thursday = (each._replace(activity=B) for each in (MON, TUE, WED, THU))
        before, after, asked = timetable(monday, tuesday), timetable(wednesday, thursday), (TUE.span, WED.span)
        first, second = Move(B, monday, wednesday), Move(B, tuesday, thursday)
        assert moves(PROGRAMME, before, after, (A, *asked)) == (first, second)
        assert moves(PROGRAMME, before, after, (B, *asked)) == (Move(B, tuesday, wednesday), Move(B, monday, thursday))
        third = Move(A, None, FRI)
        assert moves(PROGRAMME, before, timetable(wednesday, thursday, FRI), (A, None, FRI.span)) == (
            third,
            first,
            second,
        )
