from datetime import date
from typing import Any

import pytest

from calendars.clock import Dates
from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.frozen import Frozen
from constraints.rule import Breach
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed

TWO_WEEKS = [date(2026, 11, 2), date(2026, 11, 13)]
STAFF: dict[str, Any] = {
    "trainers": {key: {"title": key.title()} for key in ("ann", "bob", "eve", "zoe")},
    "places": {key: {"title": key.title()} for key in ("room", "hall", "gym")},
}
EITHER: dict[str, Any] = {"trainer": ["ann", "bob", "eve"], "together": 2, "place": ["room", "hall"]}
SECOND_WEEK = Dates(date(2026, 11, 9), date(2026, 11, 13))

SESSION, LATER = at("2026-11-03 09:00"), at("2026-11-10 09:00")
TEAM = at("2026-11-04 14:00", part="m.team", trainers=("ann", "bob"), place="room")
WORK, MORE_WORK = week_of("2026-11-02", 60), week_of("2026-11-09", 60)
COURSE = on("2026-11-05", "2026-11-06")
HOST = on("2026-11-12", activity="host")
STOOD = (SESSION, LATER, TEAM, WORK, MORE_WORK, COURSE, HOST)


def year() -> Programme:
    """Two weeks with one of everything."""
    return small(
        dates=TWO_WEEKS,
        **STAFF,
        modules={"m": module(classes(2), classes(1, id="team", title="Team", **EITHER), work(2))},
        blocks={"b": {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": TWO_WEEKS}},
        internships={"host": {"title": "Internship", "hours": 14, "group": "all", "dates": TWO_WEEKS}},
    )


def found(law: Frozen, *placements: Placement) -> list[Breach]:
    return list(law.check(year(), timetable(*placements)))


def told(law: Frozen, *placements: Placement) -> list[tuple[str, int]]:
    """The words of each breach with its excess."""
    return [(str(breach.message), breach.excess) for breach in found(law, *placements)]


def instead(before: Placement, *after: Placement) -> tuple[Placement, ...]:
    """What stood, but for one thing."""
    return (*(placement for placement in STOOD if placement != before), *after)


ALL = Frozen(stood=STOOD, activities=frozenset(["nothing"]))
"""No activity that the programme has may change."""


class TestWhatMayChange:
    @pytest.mark.parametrize(
        ("activities", "dates", "open_of_session", "open_of_later"),
        [
            ((), (), True, True),
            (("m.virtual-class",), (), True, True),
            (("m.team",), (), False, False),
            ((), (SECOND_WEEK,), False, True),
            (("m.virtual-class",), (SECOND_WEEK,), False, True),
            (("m.team",), (SECOND_WEEK,), False, False),
            ((), (SECOND_WEEK, Dates(date(2026, 11, 3), date(2026, 11, 3))), True, True),
        ],
    )
    def test_it_is_of_the_activities_and_on_the_dates_that_are_named(
        self, activities: tuple[str, ...], dates: tuple[Dates, ...], open_of_session: bool, open_of_later: bool
    ) -> None:
        law = Frozen(stood=STOOD, activities=frozenset(activities), dates=dates)
        opened = [law.leaves_open(each.activity, each.span) for each in (SESSION, LATER)]
        assert opened == [open_of_session, open_of_later]

    @pytest.mark.parametrize(
        ("first", "last", "opened"), [(5, 6, True), (4, 7, True), (5, 5, False), (6, 6, False), (6, 9, False)]
    )
    def test_a_block_may_change_where_all_its_days_are_in_the_dates(self, first: int, last: int, opened: bool) -> None:
        law = Frozen(stood=STOOD, dates=(Dates(date(2026, 11, first), date(2026, 11, last)),))
        assert law.leaves_open("b", COURSE.span) == opened

    def test_a_week_of_work_may_change_where_all_seven_days_are(self) -> None:
        for last, opened in ((14, False), (15, True)):
            law = Frozen(stood=STOOD, dates=(Dates(date(2026, 11, 9), date(2026, 11, last)),))
            assert law.leaves_open("m.distance-work", MORE_WORK.span) == opened


class TestCheck:
    def test_what_stands_as_it_stood_is_no_breach(self) -> None:
        assert found(ALL, *STOOD) == []

    def test_within_everything_may_change(self) -> None:
        assert found(Frozen(stood=STOOD)) == []
        law = Frozen(stood=STOOD, activities=frozenset(["m.virtual-class"]))
        assert found(law, *instead(SESSION, at("2026-11-03 10:00"))) == []

    def test_what_stands_elsewhere_is_missed_and_is_new(self) -> None:
        gone, new = found(ALL, *instead(SESSION, at("2026-11-09 10:00")))
        about: dict[str, Any] = {"activities": ("m.virtual-class",)}
        assert gone == Breach("frozen", gone.message, lacks=True, monday=date(2026, 11, 2), **about)
        assert new == Breach("frozen", new.message, monday=date(2026, 11, 9), **about)
        assert [str(each.message) for each in (gone, new)] == [
            "“Module” (virtual class) no longer stands on Tuesday 3 November 2026 09:00, outside what may change",
            "“Module” (virtual class) is new on Monday 9 November 2026 10:00, outside what may change",
        ]

    def test_nothing_moves_out_of_the_dates_and_nothing_into_them_from_outside(self) -> None:
        law = Frozen(stood=STOOD, dates=(SECOND_WEEK,))
        assert told(law, *instead(LATER, at("2026-11-11 09:00"))) == []
        assert told(law, *instead(LATER, at("2026-11-04 09:00"))) == [
            ("“Module” (virtual class) is new on Wednesday 4 November 2026 09:00, outside what may change", 1)
        ]
        assert told(law, *instead(SESSION, at("2026-11-11 09:00"))) == [
            ("“Module” (virtual class) no longer stands on Tuesday 3 November 2026 09:00, outside what may change", 1)
        ]

    def test_blocks_and_host_days_are_looked_at_too(self) -> None:
        assert told(ALL, *instead(COURSE, on("2026-11-04", "2026-11-05"))) == [
            (
                "“Seminar” no longer stands from Thursday 5 November 2026 to Friday 6 November 2026, outside what may "
                "change",
                1,
            ),
            (
                "“Seminar” is new from Wednesday 4 November 2026 to Thursday 5 November 2026, outside what may change",
                1,
            ),
        ]
        assert told(ALL, *instead(HOST)) == [
            ("“Internship” no longer stands on Thursday 12 November 2026, outside what may change", 1)
        ]

    def test_a_time_at_which_something_else_stood_is_new_too(self) -> None:
        assert told(ALL, *instead(SESSION, SESSION, TEAM._replace(activity="m.virtual-class"))) == [
            ("“Module” (virtual class) is new on Wednesday 4 November 2026 14:00, outside what may change", 1)
        ]

    @pytest.mark.parametrize(("minutes", "excess", "lacks"), [(0, 2, True), (30, 1, True), (90, 1, False)])
    def test_a_week_has_its_minutes_of_work_counted_in_steps(self, minutes: int, excess: int, lacks: bool) -> None:
        after = (week_of("2026-11-09", minutes),) if minutes else ()
        words = (
            "“Module” (self-paced work) has not the same minutes in the week of Monday 9 November 2026, outside what "
            "may change"
        )
        (breach,) = found(ALL, *instead(MORE_WORK, *after))
        of: dict[str, Any] = {"activities": ("m.distance-work",), "monday": date(2026, 11, 9)}
        assert (str(breach.message), breach) == (words, Breach("frozen", breach.message, excess, lacks=lacks, **of))

    @pytest.mark.parametrize(
        ("edit", "excess", "missed"),
        [
            ({"trainers": ("bob", "ann")}, 0, ()),
            ({"trainers": ("ann", "eve")}, 1, ("bob",)),
            ({"trainers": ("eve",)}, 2, ("ann", "bob")),
            ({"place": "hall"}, 1, ()),
            ({"trainers": ("bob", "eve"), "place": "hall"}, 2, ("ann",)),
        ],
    )
    def test_a_session_has_its_trainers_and_its_place(
        self, edit: dict[str, Any], excess: int, missed: tuple[str, ...]
    ) -> None:
        breaches = found(ALL, *instead(TEAM, TEAM._replace(**edit)))
        of: dict[str, Any] = {"activities": ("m.team",), "monday": date(2026, 11, 2), "lacks": True}
        assert breaches == [
            Breach("frozen", each.message, excess, trainers=missed, **of) for each in breaches[: 1 if excess else 0]
        ]
        assert [str(each.message) for each in breaches] == [
            "“Module” (Team) on Wednesday 4 November 2026 14:00 has not the same trainers or place, outside what may "
            "change"
        ][: 1 if excess else 0]

    def test_trainers_and_a_place_that_the_programme_alone_decides_may_be_others(self) -> None:
        law = Frozen(stood=(SESSION._replace(trainers=("zoe",), place="gym"),), activities=frozenset(["nothing"]))
        assert found(law, SESSION) == []

    def test_what_the_programme_no_longer_has_need_not_stand(self) -> None:
        gone = (at("2026-11-03 09:00", part="m.gone"), on("2026-11-03", activity="gone"))
        assert found(Frozen(stood=gone, activities=frozenset(["nothing"]))) == []


MORNING: dict[str, Any] = {
    "dates": [date(2026, 11, 9), date(2026, 11, 12)],
    "opening_hours": {"monday": "09:00-10:00", "wednesday": "09:00-11:00", "thursday": "09:00-10:00"},
}
"""Wednesday, with its two hours, is off; that does not matter here."""
MONDAY, THURSDAY = at("2026-11-09 09:00"), at("2026-11-12 09:00")
NINE, TEN = at("2026-11-11 09:00"), at("2026-11-11 10:00")
WEDNESDAY = Dates(date(2026, 11, 11), date(2026, 11, 11))


class TestTheModel:
    def test_outside_everything_stays_and_inside_it_moves(self) -> None:
        programme = small(**MORNING, modules={"m": module(classes(2))})
        laws = [Complete(), Frozen(stood=(MONDAY, NINE), dates=(WEDNESDAY,))]
        assert allowed(programme, laws) == {timetable(MONDAY, NINE), timetable(MONDAY, TEN)}
        laws = [Complete(), Frozen(stood=(MONDAY, THURSDAY), activities=frozenset(["nothing"]))]
        assert allowed(programme, laws) == {timetable(MONDAY, THURSDAY)}

    def test_one_more_session_stands_within_the_dates(self) -> None:
        programme = small(**MORNING, modules={"m": module(classes(2))})
        laws = [Complete(), Frozen(stood=(MONDAY,), dates=(WEDNESDAY,))]
        assert allowed(programme, laws) == {timetable(MONDAY, NINE), timetable(MONDAY, TEN)}

    def test_what_is_no_candidate_any_more_makes_it_impossible(self) -> None:
        sunday = at("2026-11-15 09:00")
        for stood in (sunday, sunday._replace(trainers=("ann", "bob"), place="room")):
            programme = small(**MORNING, **STAFF, modules={"m": module(classes(1, **EITHER))})
            assert allowed(programme, [Complete(), Frozen(stood=(stood,), dates=(WEDNESDAY,))]) == set()
        programme = small(**MORNING, modules={"m": module(work(1))})
        stood = week_of("2026-11-23", 60)
        assert allowed(programme, [Complete(), Frozen(stood=(stood,), dates=(WEDNESDAY,))]) == set()

    def test_trainers_and_place_stay(self) -> None:
        programme = small(**MORNING, **STAFF, modules={"m": module(classes(1, **EITHER))})
        stood = MONDAY._replace(trainers=("ann", "eve"), place="hall")
        assert allowed(programme, [Complete(), Frozen(stood=(stood,), dates=(WEDNESDAY,))]) == {timetable(stood)}

    def test_a_trainer_who_is_no_longer_named_makes_it_impossible(self) -> None:
        programme = small(**MORNING, **STAFF, modules={"m": module(classes(1, **EITHER))})
        stood = MONDAY._replace(trainers=("ann", "zoe"), place="hall")
        assert allowed(programme, [Complete(), Frozen(stood=(stood,), dates=(WEDNESDAY,))]) == set()

    def test_weeks_outside_keep_their_minutes_of_work(self) -> None:
        programme = small(dates=[date(2026, 11, 2), date(2026, 11, 20)], modules={"m": module(work(1.5))})
        first, second, third = "2026-11-02", "2026-11-09", "2026-11-16"
        stood = (week_of(first, 30), week_of(second, 60))
        later = Dates(date(2026, 11, 9), date(2026, 11, 22))
        laws = [Complete(), Frozen(stood=stood, dates=(later,))]
        assert allowed(programme, laws) == {
            timetable(week_of(first, 30), week_of(second, 60)),
            timetable(week_of(first, 30), week_of(second, 30), week_of(third, 30)),
            timetable(week_of(first, 30), week_of(third, 60)),
        }

    def test_of_work_that_no_longer_comes_in_whole_steps_whole_steps_stay(self) -> None:
        """Three quarters of an hour stood; it now comes by half hours."""
        programme = small(modules={"m": module(work(2))})
        law = Frozen(stood=(week_of("2026-11-02", 45),), dates=(Dates(date(2026, 11, 9), date(2026, 11, 15)),))
        every = {one for one in allowed(programme, [Complete()]) if not list(law.check(programme, one))}
        assert (
            allowed(programme, [Complete(), law])
            == every
            == {timetable(week_of("2026-11-02", 30), week_of("2026-11-09", 90))}
        )

    def test_blocks_stay_or_move_with_all_their_days_within_the_dates(self) -> None:
        days = [date(2026, 11, 2), date(2026, 11, 13)]
        block = {"title": "Seminar", "kind": "seminar", "days": 4, "group": "all", "dates": days}
        programme = small(blocks={"b": block})
        first, last = on("2026-11-02", "2026-11-05"), on("2026-11-03", "2026-11-06")
        week = Dates(date(2026, 11, 2), date(2026, 11, 6))
        every = allowed(programme, [Complete()])
        assert allowed(programme, [Complete(), Frozen(stood=(first,), dates=(week,))]) == {
            one for one in every if one.placements[0].span.day in (date(2026, 11, 2), date(2026, 11, 3))
        }
        assert {timetable(first), timetable(last)} <= every
        assert allowed(programme, [Complete(), Frozen(stood=(first,), dates=(SECOND_WEEK,))]) == {timetable(first)}
