"""Few starts: one a day for a single session, two for several, none where its people are, and whatever is held."""

from dataclasses import replace
from datetime import date

from calendars.clock import Span
from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from scheduler.candidates import Candidates, candidates_of
from scheduler.few_starts import few_starts
from scheduler.piece import Piece
from small import at, classes, module, small, work


def two_days(sessions: int = 1) -> Programme:
    """A Monday and a Tuesday, open 9:00 to 17:00; a class of Ann's and, for others, classes of hers and of Bob's."""
    week = ("monday", "tuesday", "wednesday", "thursday", "friday")
    return small(
        dates=[date(2026, 11, 9), date(2026, 11, 10)],
        opening_hours=dict.fromkeys(week, "09:00-17:00"),
        groups={"all": {"title": "All"}, "others": {"title": "Others"}},
        trainers={"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
        modules={
            "m": module(classes(sessions, trainer="ann"), work(1)),
            "hers": module(classes(1, trainer="ann"), group="others"),
            "his": module(classes(1, trainer="bob"), group="others"),
        },
    )


def found(programme: Programme) -> dict[str, Candidates]:
    """The candidates of what is free: all starts are lawful."""
    every = candidates_of(programme, ())
    return {key: every[key] for key in ("m.virtual-class", "m.distance-work")}


def starts(programme: Programme, *standing: Placement, before: Timetable | None = None) -> tuple[Span, ...]:
    """The few starts of the class, beside what stands of others."""
    around = {
        each.activity: Candidates(programme.parts[each.activity], (each.span,), {}, {each.span: each}, frozenset())
        for each in standing
    }
    piece = Piece(frozenset({"small"}), programme, around)
    return few_starts(piece, found(programme), before or Timetable())["m.virtual-class"].lawful


def moments(*texts: str) -> tuple[Span, ...]:
    return tuple(at(f"2026-11-{text}").span for text in texts)


def test_a_single_session_has_one_start_a_day_the_earliest_or_the_latest_by_the_weekday() -> None:
    assert starts(two_days()) == moments("09 09:00", "10 16:00")


def test_a_part_of_several_sessions_has_two_starts_a_day() -> None:
    assert starts(two_days(2)) == moments("09 09:00", "09 16:00", "10 09:00", "10 16:00")


def test_where_a_trainer_is_elsewhere_and_an_hour_around_it_nothing_starts() -> None:
    hers = at("2026-11-09 10:00", part="hers.virtual-class", trainers=("ann",))
    assert starts(two_days(), hers) == moments("09 12:00", "10 16:00")


def test_an_hour_is_sixty_minutes() -> None:
    longer = at("2026-11-09 10:00", 61, part="hers.virtual-class", trainers=("ann",))
    assert starts(two_days(), longer) == moments("09 13:00", "10 16:00")


def test_where_one_of_its_people_is_elsewhere_nothing_starts() -> None:
    programme = two_days()
    groups = {key: replace(group, students=frozenset({"p"})) for key, group in programme.groups.items()}
    his = at("2026-11-09 10:00", part="his.virtual-class", trainers=("bob",))
    assert starts(replace(programme, groups=groups), his) == moments("09 12:00", "10 16:00")


def test_sessions_of_other_people_take_nothing() -> None:
    his = at("2026-11-09 10:00", part="his.virtual-class", trainers=("bob",))
    assert starts(two_days(), his) == moments("09 09:00", "10 16:00")


def test_where_it_stood_before_it_may_stand_again_if_that_is_lawful() -> None:
    before = Timetable((at("2026-11-09 11:00"), at("2026-11-12 11:00")))
    assert starts(two_days(), before=before) == moments("09 09:00", "09 11:00", "10 16:00")


def test_what_is_held_or_closed_is_kept_beside_them() -> None:
    programme, held = two_days(), at("2026-11-09 09:00")
    free = found(programme)
    part = replace(free["m.virtual-class"], held={held.span: held}, closed=frozenset(moments("10 16:00")))
    piece = Piece(frozenset({"small"}), programme, {})
    few = few_starts(piece, {**free, part.activity.key: part}, Timetable())[part.activity.key]
    assert few.lawful == moments("09 09:00", "09 10:00", "10 15:00", "10 16:00")


def test_self_paced_work_has_all_its_weeks() -> None:
    programme = two_days()
    free = found(programme)
    few = few_starts(Piece(frozenset({"small"}), programme, {}), free, Timetable())
    assert few["m.distance-work"] == free["m.distance-work"]
