from datetime import date
from typing import Any

import pytest

from calendars.clock import moment_of
from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.capacity import Capacity
from constraints.complete import Complete
from constraints.daily_load import DailyLoad
from constraints.days_off import DaysOff
from constraints.distance_cap import DistanceCap
from constraints.electives import Electives
from constraints.held import Held
from constraints.internship_alternating import InternshipAlternating
from constraints.near_date import NearDate
from constraints.one_at_a_time import OneAtATime
from constraints.open_days import OpenDays
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.steady import Steady
from constraints.trainer_preference import TrainerPreference
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from constraints.working_hours import WorkingHours
from scheduler.problem import Problem
from scheduler.result import Level, Limits
from scheduler.search import search
from scheduler.verdict import breaches_of_the_past
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
NINE: dict[str, Any] = {"opening_hours": dict.fromkeys(WEEK, "09:00-10:30")}
"""One start a day, at 9:00."""
LAWS = (Complete(), Within(), DaysOff(), WorkingHours())


def november(first: int, last: int) -> list[date]:
    return [date(2026, 11, first), date(2026, 11, last)]


def nine(*days: int, part: str = "m.virtual-class") -> tuple[Placement, ...]:
    """Sessions at 9:00 on days of November."""
    return tuple(at(f"2026-11-{day:02} 09:00", part=part) for day in days)


def before(day: int, *placements: Placement) -> Held:
    """What was held before a day of November."""
    return Held(before=date(2026, 11, day), placements=placements)


def free(programme: Programme, held: Held, *laws: Rule) -> list[tuple[Placement, ...]]:
    """What the model allows beside what was held, all of which stands in each timetable."""
    found = allowed(programme, [held, *(laws or LAWS)])
    assert [one for one in found if not set(held.placements) <= set(one.placements)] == []
    return sorted(tuple(each for each in one.placements if each not in held.placements) for one in found)


def days(found: list[tuple[Placement, ...]]) -> list[tuple[int, ...]]:
    """The days of November of each timetable."""
    return [tuple(placement.span.day.day for placement in placements) for placements in found]


def past(programme: Programme, held: Held, *laws: Rule) -> list[str]:
    """The breaches that lie in what was held alone."""
    found = breaches_of_the_past(Problem(programme, (held, *(laws or LAWS))))
    return [str(breach.message) for breach in found]


def taught(sessions: int, first: int = 9, last: int = 13, **keys: Any) -> Programme:
    """One part of virtual classes on working days of November, of which the 11th is off."""
    return small(dates=november(first, last), **NINE, modules={"m": module(classes(sessions, **keys))})


class TestTheDate:
    def test_what_begins_on_the_date_is_free_and_what_begins_the_day_before_is_not(self) -> None:
        assert days(free(taught(1), before(10))) == [(10,), (12,), (13,)]
        assert days(free(taught(1), before(12))) == [(12,), (13,)]
        assert days(free(taught(1), before(10, *nine(9)))) == [()]
        assert days(free(taught(2), before(13, *nine(9)))) == [(13,)]

    def test_a_week_of_work_begins_on_its_monday(self) -> None:
        """Three weeks, an hour; on Tuesday 10 November the week of the 9th has begun."""
        programme = small(dates=november(2, 20), modules={"m": module(work(1, step_minutes=30))})
        held = week_of("2026-11-02", 30)
        monday = free(programme, before(9, held))
        assert monday == [(week_of("2026-11-09", 30),), (week_of("2026-11-16", 30),)]
        assert free(programme, before(10, held)) == [(week_of("2026-11-16", 30),)]
        assert free(programme, before(10, held, week_of("2026-11-09", 30))) == [()]

    def test_a_block_across_the_date_stands_and_what_lies_inside_it_goes_on(self) -> None:
        """From Monday to Friday; two of its three sessions were held by Wednesday 11 November."""
        programme = small(
            dates=november(2, 20),
            **NINE,
            modules={"m": module(classes(3, blocks=["b"]))},
            blocks={"b": {"title": "Course", "kind": "course", "days": 5, "group": "all", "dates": november(2, 20)}},
        )
        held = before(11, on("2026-11-09", "2026-11-13"), *nine(9, 10))
        assert days(free(programme, held)) == [(12,), (13,)]
        assert past(programme, held) == ["“Module” (virtual class) has 2 sessions; the programme announces 3"]

    def test_host_days_before_it_were_held(self) -> None:
        """21 hours take three days; the 11th is off."""
        dates = november(9, 13)
        host = {"title": "Internship", "hours": 21, "group": "all", "dates": dates}
        programme = small(dates=dates, internships={"host": host})
        held = before(11, on("2026-11-09", activity="host"), on("2026-11-10", activity="host"))
        assert days(free(programme, held, *LAWS, InternshipAlternating())) == [(12,), (13,)]
        held = before(11, on("2026-11-09", activity="host"))
        assert days(free(programme, held, *LAWS, InternshipAlternating())) == [(12, 13)]


class TestWhatNoLawWouldAllow:
    """It was held all the same: it counts, and the rest is planned around it."""

    @pytest.mark.parametrize(
        ("odd", "told"),
        [
            (at("2026-11-09 09:20"), []),
            (
                at("2026-11-09 18:00"),
                [
                    "“Module” (virtual class) stands on Monday 9 November 2026 18:00: after closing (open from 09:00 "
                    "to 10:30)"
                ],
            ),
            (
                at("2026-11-09 09:00", 90),
                [
                    "“Module” (virtual class) on Monday 9 November 2026 09:00 lasts 1 h 30, which is not the length "
                    "that the programme announces"
                ],
            ),
            (
                at("2026-11-11 09:00"),
                ["“Module” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day"],
            ),
            (
                at("2026-10-30 09:00"),
                [
                    "“Module” (virtual class) stands on Friday 30 October 2026 09:00, outside its dates: from Monday 2 "
                    "November 2026 to Friday 13 November 2026"
                ],
            ),
        ],
        ids=["off the grid", "at another hour", "of another length", "on a day off", "outside the dates"],
    )
    def test_a_session(self, odd: Placement, told: list[str]) -> None:
        programme = taught(2, first=2)
        assert days(free(programme, before(12, odd))) == [(12,), (13,)]
        few = "“Module” (virtual class) has 1 sessions; the programme announces 2"
        assert past(programme, before(12, odd)) == [few, *told]

    @pytest.mark.parametrize(("hours", "left"), [(2.25, [16, 17]), (2.5, [10, 12, 13, 16, 17])])
    def test_the_minutes_of_a_session_are_those_that_it_took(self, hours: float, left: list[int]) -> None:
        """90 minutes instead of 60: with 60 more the week has 2 h 30, exactly the limit or above it."""
        long = at("2026-11-09 09:00", 90)
        cap = WeeklyLoad(group="all", at_most_hours=hours)
        found = free(taught(2, last=17), before(10, long), *LAWS, cap)
        assert days(found) == [(day,) for day in left]

    def test_a_block_of_other_days_than_announced(self) -> None:
        """A seminar of Tuesday and Wednesday is now one of five days; its session may still stand in it."""
        block = {"title": "Course", "kind": "course", "days": 5, "group": "all", "dates": november(2, 20)}
        programme = small(
            dates=november(2, 20), **NINE, modules={"m": module(classes(1, blocks=["b"]))}, blocks={"b": block}
        )
        assert days(free(programme, before(10, on("2026-11-09", "2026-11-10")))) == [(10,)]

    def test_work_of_other_steps_and_in_a_week_of_holidays(self) -> None:
        closed = {"closures": [{"title": "Closed", "dates": november(2, 8)}]}
        programme = small(dates=november(2, 20), days_off=closed, modules={"m": module(work(2, step_minutes=60))})
        held = week_of("2026-11-02", 60)
        assert free(programme, before(9, held)) == [(week_of("2026-11-09", 60),), (week_of("2026-11-16", 60),)]


ONE_A_WEEK: list[Rule] = [
    Spread(sessions_per_week=1),
    WeeklyLoad(group="all", at_most_hours=1),
    DistanceCap(minutes_per_week=60),
    OpenDays(group="all", days_per_week=1),
]


class TestABoundThatThePastBreaks:
    @pytest.mark.parametrize("cap", ONE_A_WEEK, ids=[law.name for law in ONE_A_WEEK])
    def test_the_rest_of_its_week_gets_nothing_and_other_weeks_are_as_usual(self, cap: Rule) -> None:
        """Two in the week of the 2nd, where one is allowed; one each in those of the 9th and the 16th."""
        programme = taught(4, first=2, last=17)
        held = before(4, *nine(2, 3))
        assert days(free(programme, held, *LAWS, cap)) == [
            (day, later) for day in (9, 10, 12, 13) for later in (16, 17)
        ]
        assert len(past(programme, held, *LAWS, cap)) == 1 + 1

    @pytest.mark.parametrize("cap", ONE_A_WEEK, ids=[law.name for law in ONE_A_WEEK])
    def test_exactly_the_bound_is_no_breach_and_leaves_nothing_either(self, cap: Rule) -> None:
        programme = taught(2, first=2, last=10)
        held = before(3, *nine(2))
        assert days(free(programme, held, *LAWS, cap)) == [(9,), (10,)]
        assert past(programme, held, *LAWS, cap) == [
            "“Module” (virtual class) has 1 sessions; the programme announces 2"
        ]

    @pytest.mark.parametrize("cap", ONE_A_WEEK, ids=[law.name for law in ONE_A_WEEK])
    def test_where_other_weeks_have_no_room_it_is_impossible(self, cap: Rule) -> None:
        assert free(taught(3, first=2, last=6), before(4, *nine(2, 3)), *LAWS, cap) == []

    def test_two_sessions_of_a_trainer_that_clashed(self) -> None:
        """Half an hour apart; the sessions still to come may start at 9:00, 9:30 and 10:00, and must not overlap."""
        programme = half_hours(trainer="ann")
        held = before(10, *(each._replace(trainers=("ann",)) for each in CLASHING))
        law = OneAtATime(buffer_minutes=0)
        assert starts(free(programme, held, Complete(), law)) == {("09:00", "10:00")}
        assert past(programme, held, law) == [
            "“Module” (virtual class) on Monday 9 November 2026 09:00 and “Module” (virtual class) on Monday 9 "
            "November 2026 09:30 overlap for trainer “Ann”"
        ]

    def test_two_sessions_of_one_choice_that_clashed(self) -> None:
        programme = half_hours(electives={"e": {"title": "Choice", "choose": 2, "groups": ["x", "y"]}})
        held = before(10, *CLASHING)
        law = Electives(buffer_minutes=0)
        assert starts(free(programme, held, Complete(), law)) == {("09:00", "10:00")}
        assert past(programme, held, law) == [
            "“Module” (virtual class) on Monday 9 November 2026 09:00 and “Module” (virtual class) on Monday 9 "
            "November 2026 09:30 overlap for groups “X” and “Y”"
        ]

    def test_a_day_that_was_too_long_and_had_no_break(self) -> None:
        """Three hours on Monday, where two a day and an hour in a run are allowed."""
        programme = small(
            dates=november(9, 10),
            opening_hours={"monday": "09:00-12:00"},
            modules={"m": module(classes(4))},
        )
        monday = (at(f"2026-11-09 {hour}:00") for hour in ("09", "10", "11"))
        held = before(10, *monday)
        law = DailyLoad(hours_per_day=2, hours_without_break=1, break_minutes=15)
        assert [len(one) for one in free(programme, held, Complete(), law)] == [1, 1, 1]
        assert len(past(programme, held, law)) == 2

    def test_host_days_with_live_sessions(self) -> None:
        """Two starts a day make an open day of several unknowns. The 11th is off; no other host day has a session."""
        dates = november(9, 12)
        programme = small(
            dates=dates,
            opening_hours=dict.fromkeys(WEEK, "09:00-11:00"),
            modules={"m": module(classes(1))},
            internships={"host": {"title": "Internship", "hours": 14, "group": "all", "dates": dates}},
        )
        held = before(10, *nine(9), on("2026-11-09", activity="host"))
        law = InternshipAlternating()
        assert days(free(programme, held, *LAWS, law)) == [(10,), (12,)]
        assert past(programme, held, law) == [
            "“Internship” has a host day on Monday 9 November 2026: “Module” (virtual class) stands on Monday 9 "
            "November 2026 09:00"
        ]

    def test_too_many_in_one_place(self) -> None:
        """Of three at once in a room for two, all were held; of those still to come two may be there at once."""
        parts = [classes(2, id=key, group=key, place="room") for key in "xyz"]
        programme = small(
            dates=november(9, 10),
            opening_hours={"monday": "09:00-11:00"},
            places={"room": {"title": "Room", "sessions_at_once": 2}},
            groups={key: {"title": key} for key in ("all", *"xyz")},
            modules={"m": module(*parts)},
        )
        together = (at("2026-11-09 09:00", part=f"m.{key}", place="room") for key in "xyz")
        held = before(10, *together)
        found = free(programme, held, Complete(), Capacity())
        # three sessions at 9:00 or 10:00 each, but not all three together
        assert len(found) == 2**3 - 2
        assert len(past(programme, held, Capacity())) == 1


CLASHING = at("2026-11-09 09:00", part="m.x"), at("2026-11-09 09:30", part="m.y")


def half_hours(electives: dict[str, Any] | None = None, **keys: Any) -> Programme:
    """Two sessions of each of two groups on Monday and Tuesday, at 9:00, 9:30 or 10:00."""
    return small(
        dates=november(9, 10),
        opening_hours={"monday": "09:00-11:00"},
        starts_every_minutes=30,
        trainers={"ann": {"title": "Ann"}},
        groups={"all": {"title": "All"}} | {key: {"title": key.upper(), "part_of": "all"} for key in "xy"},
        electives=electives or {},
        modules={"m": module(*(classes(2, id=key, group=key, **keys) for key in "xy"))},
    )


def starts(found: list[tuple[Placement, ...]]) -> set[tuple[str, ...]]:
    """The hours at which sessions start together in a timetable."""
    return {tuple(f"{moment_of(each.span.start):%H:%M}" for each in placements) for placements in found}


class TestMoreOrLessThanAnnounced:
    def test_more_sessions_than_announced_add_nothing(self) -> None:
        held = before(11, *nine(9, 10))
        assert days(free(taught(1), held)) == [()]
        assert past(taught(1), held) == ["“Module” (virtual class) has 2 sessions; the programme announces 1"]

    def test_more_work_than_announced_adds_nothing(self) -> None:
        programme = small(dates=november(2, 20), modules={"m": module(work(1))})
        held = before(10, week_of("2026-11-02", 60), week_of("2026-11-09", 90))
        assert free(programme, held) == [()]
        assert past(programme, held) == ["“Module” (self-paced work) has 2 h 30 planned; the programme announces 1 h"]

    def test_a_block_that_stood_twice_and_too_many_host_days(self) -> None:
        dates = november(2, 13)
        programme = small(
            dates=dates,
            blocks={"b": {"title": "Course", "kind": "course", "days": 1, "group": "all", "dates": dates}},
            internships={"host": {"title": "Internship", "hours": 7, "group": "all", "dates": dates}},
        )
        runs = (on(f"2026-11-0{day}", activity=key) for day in (2, 3) for key in ("b", "host"))
        held = before(9, *runs)
        assert free(programme, held) == [()]
        assert past(programme, held) == [
            "“Course” stands 2 times; it must stand once",
            "“Internship” has 2 host days; 7 h take 1",
        ]

    def test_what_the_past_lacks_of_a_part_has_to_be_made_up(self) -> None:
        """Nothing was held in the first week; three are still to be had on the 9th, 10th, 12th and 13th."""
        assert days(free(taught(3, first=2), before(9))) == [
            (9, 10, 12),
            (9, 10, 13),
            (9, 12, 13),
            (10, 12, 13),
        ]
        assert free(taught(5, first=2), before(9)) == []

    def test_the_least_of_a_week_that_is_over_is_missed_and_that_of_the_week_of_the_date_is_not(self) -> None:
        """An hour in each of three weeks, of which the first had none; on the 10th the second can still have one."""
        law = WeeklyLoad(group="all", at_least_hours=1)
        programme = taught(2, first=2, last=17)
        missed = "0 min of teaching and personal work in the week of Monday 2 November 2026 for group “All”; "
        assert days(free(programme, before(10), *LAWS, law)) == [
            (day, later) for day in (10, 12, 13) for later in (16, 17)
        ]
        held = before(12, *nine(9))
        assert days(free(programme, held, *LAWS, law)) == [(16,), (17,)]
        assert past(programme, held, law)[:1] == [f"{missed}at least 1 h are needed"]
        # 30 minutes on the 9th leave as much to do by the 13th
        short = before(10, at("2026-11-09 09:00", 30))
        assert days(free(taught(3, first=2, last=17), short, *LAWS, law)) == [
            (day, later) for day in (10, 12, 13) for later in (16, 17)
        ]


STAFF: dict[str, Any] = {
    "trainers": {
        "ann": {"title": "Ann", "prefers": [{"weekday": "tuesday"}]},
        "bob": {"title": "Bob", "prefers": [{"weekday": "tuesday"}]},
        "zoe": {"title": "Zoe", "prefers": [{"weekday": "friday"}]},
    },
    "places": {key: {"title": key.title()} for key in ("room", "hall", "gym")},
}


class TestSubstitutes:
    """Zoe gave a session in the gym; the programme names neither for it."""

    @pytest.mark.parametrize(
        "named", [{"trainer": "ann", "place": "room"}, {"trainer": ["ann", "bob"], "place": ["room", "hall"]}]
    )
    def test_they_stay_recorded(self, named: dict[str, Any]) -> None:
        programme = small(dates=november(9, 10), **NINE, **STAFF, modules={"m": module(classes(2, **named))})
        monday, tuesday = nine(9, 10)
        held = before(10, monday._replace(trainers=("zoe",), place="gym"))
        either = [
            tuesday._replace(trainers=(trainer,), place=place)
            for trainer in ("ann", "bob")
            for place in ("hall", "room")
            if trainer in named["trainer"] and place in named["place"]
        ]
        assert sorted(free(programme, held)) == sorted((one,) for one in either)
        assert past(programme, held)[1:] == [
            "“Module” (virtual class) on Monday 9 November 2026 09:00 is given by trainer “Zoe”, whom the programme "
            "does not name for it",
            "“Module” (virtual class) on Monday 9 November 2026 09:00 is not in a place that the programme names for "
            "it",
        ]

    def test_those_whom_they_stood_in_for_were_elsewhere(self) -> None:
        """Both who could have given it, and both places, were taken at that time."""
        named: dict[str, dict[str, Any]] = {
            "one": {"trainer": "ann", "place": "room"},
            "other": {"trainer": "bob", "place": "hall"},
        }
        parts = [classes(1, id=key, group=key, **keys) for key, keys in named.items()]
        both = classes(1, id="both", trainer=["ann", "bob"], place=["room", "hall"])
        programme = small(
            dates=november(9, 10),
            **NINE,
            **STAFF,
            groups={key: {"title": key.title()} for key in ("all", "one", "other")},
            modules={"m": module(both, *parts)},
        )
        held = before(
            10,
            at("2026-11-09 09:00", part="m.both", trainers=("zoe",), place="gym"),
            at("2026-11-09 09:00", part="m.one", trainers=("ann",), place="room"),
            at("2026-11-09 09:00", part="m.other", trainers=("bob",), place="hall"),
        )
        assert free(programme, held, Complete(), OneAtATime()) == [()]

    def test_one_of_two_who_give_it_together(self) -> None:
        """Zoe stood in for Bob; Ann was there, and is busy for any other session of that hour."""
        team = classes(1, id="team", trainer=["ann", "bob", "zoe"], together=2)
        programme = small(dates=november(9, 10), **NINE, **STAFF, modules={"m": module(team)})
        held = before(10, at("2026-11-09 09:00", part="m.team", trainers=("ann", "eve")))
        assert free(programme, held) == [()]
        assert past(programme, held) == [
            "“Module” (virtual class) on Monday 9 November 2026 09:00 is given by eve, whom the programme does not "
            "name for it"
        ]

    def test_their_sessions_are_no_change_of_trainer_and_nobody_is_asked_what_they_prefer(self) -> None:
        either = classes(2, trainer=["ann", "bob"], place=["room", "hall"])
        programme = small(dates=november(9, 10), **NINE, **STAFF, modules={"m": module(either)})
        monday, tuesday = nine(9, 10)
        placed = timetable(
            monday._replace(trainers=("zoe",), place="gym"), tuesday._replace(trainers=("ann",), place="room")
        )
        assert [list(rule.check(programme, placed)) for rule in (TrainerPreference(), Steady())] == [[], []]

    @pytest.mark.parametrize(
        "named", [{"trainer": "ann", "place": "room"}, {"trainer": ["ann", "bob"], "place": ["room", "hall"]}]
    )
    def test_nobody_pays_for_the_sessions_of_substitutes(self, named: dict[str, Any]) -> None:
        """A Monday is outside the times of all three, and every other session is Ann's or Bob's, on the Tuesday."""
        programme = small(
            dates=november(9, 10),
            **NINE,
            **STAFF,
            modules={"m": module(classes(1, id="a", **named), classes(1, id="b", near=date(2026, 11, 10), **named))},
        )
        held = before(10, at("2026-11-09 09:00", part="m.a", trainers=("zoe",), place="gym"))
        priced = (TrainerPreference(level=1), Steady(level=2), NearDate(level=3))
        result = search(Problem(programme, (held, *LAWS, *priced)), Limits())
        assert result.levels == (
            Level(1, ("trainer_preference",), 0, 0),
            Level(2, ("steady",), 0, 0),
            Level(3, ("near_date",), 0, 0),
        )


class TestWhatTheProgrammeNoLongerHas:
    def test_it_is_in_nobodys_way_and_nobody_tells_of_it(self) -> None:
        held = before(10, *nine(9, part="m.gone"), on("2026-11-09", activity="gone"))
        found = allowed(taught(1), [held, *LAWS])
        assert found == {timetable(*nine(day)) for day in (10, 12, 13)}
        assert list(held.check(taught(1), timetable(*nine(10)))) == []


class TestTheCheck:
    HELD = before(10, *nine(9), week_of("2026-11-02", 30))

    def told(self, *placements: Placement) -> list[str]:
        programme = small(dates=november(2, 13), modules={"m": module(classes(2), work(1))})
        return [str(breach.message) for breach in self.HELD.check(programme, timetable(*placements))]

    def test_what_was_held_stands_and_all_else_is_to_come(self) -> None:
        assert self.told(*nine(9, 10), week_of("2026-11-02", 30)) == []

    def test_what_was_held_is_gone_or_otherwise(self) -> None:
        assert self.told(*nine(9)) == [
            "“Module” (self-paced work) was held in the week of Monday 2 November 2026 and cannot be moved any more"
        ]
        monday = nine(9)[0]._replace(trainers=("ann",))
        assert self.told(monday, week_of("2026-11-02", 30)) == [
            "“Module” (virtual class) was held on Monday 9 November 2026 09:00 and cannot be moved any more",
            "“Module” (virtual class) on Monday 9 November 2026 09:00 lies in the past and was not held",
        ]

    def test_nothing_is_added_to_the_past(self) -> None:
        late = at("2026-11-09 16:00")
        assert self.told(*nine(9), late, week_of("2026-11-02", 60), week_of("2026-11-09", 30)) == [
            "“Module” (virtual class) on Monday 9 November 2026 16:00 lies in the past and was not held",
            "“Module” (self-paced work) was held in the week of Monday 2 November 2026 and cannot be moved any more",
            "“Module” (self-paced work) in the week of Monday 2 November 2026 lies in the past and was not held",
            "“Module” (self-paced work) in the week of Monday 9 November 2026 lies in the past and was not held",
        ]
