"""A programme answers the laws and the search: candidates, rest days, who meets whom, other clocks, patterns."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from calendars.clock import Dates, Span, days_span, minute_of, moment_of
from calendars.programme import Programme, lies_in, matches
from calendars.programme_file import When
from small import classes, module, small, work

NOVEMBER = [date(2026, 11, 2), date(2026, 11, 13)]
FROM_NINE = {"monday": "09:00-12:00"}


def block(**keys: Any) -> dict[str, Any]:
    """A block of the group "all" within the two weeks."""
    return {"title": "Block", "kind": "course", "group": "all", "dates": NOVEMBER} | keys


def dates(first: str, last: str) -> Dates:
    return Dates(date.fromisoformat(first), date.fromisoformat(last))


def span(start: str, minutes: int) -> Span:
    """A span from a wall time."""
    first = minute_of(datetime.fromisoformat(start))
    return Span(first, first + minutes)


def starts(programme: Programme, key: str = "m.virtual-class") -> list[str]:
    """The starts of the candidates, such as "02 09:00"."""
    return [f"{moment_of(each.start):%d %H:%M}" for each in programme.candidates(programme.activities[key])]


class TestCandidates:
    def test_a_session_starts_on_the_grid_within_the_widest_opening_of_any_day(self) -> None:
        hours = {"monday": "09:30-12:00", "tuesday": "10:00-11:00"}
        monday_to_wednesday = [date(2026, 11, 2), date(2026, 11, 4)]
        programme = small(
            dates=monday_to_wednesday,
            opening_hours=hours,
            starts_every_minutes=45,
            modules={"m": module(classes(1, 60))},
        )
        # 09:30 + 2 × 45 min = 11:00, the last start of an hour before 12:00
        assert starts(programme) == [f"{day:02} {hour}" for day in (2, 3, 4) for hour in ("09:30", "10:15", "11:00")]

    def test_lunch_rest_days_and_weekends_are_left_to_the_laws(self) -> None:
        programme = small(modules={"m": module(classes(1))})
        hours = ["09", "10", "11", "12", "13", "14", "15", "16"]
        assert starts(programme) == [f"{day:02} {hour}:00" for day in range(2, 14) for hour in hours]

    def test_a_session_as_long_as_the_opening_has_one_start_a_day(self) -> None:
        programme = small(
            dates=[date(2026, 11, 2)] * 2, opening_hours=FROM_NINE, modules={"m": module(classes(1, 180))}
        )
        assert starts(programme) == ["02 09:00"]

    @pytest.mark.parametrize(
        ("zones", "hours"),
        [
            (["Pacific/Noumea"], range(23, 31)),
            (["America/Guadeloupe"], range(14, 22)),
            (["Pacific/Noumea", "America/Guadeloupe"], [*range(14, 22), *range(23, 31)]),
            (["Europe/Paris", "Pacific/Noumea"], range(9, 17)),
        ],
    )
    def test_of_a_group_that_lives_only_elsewhere_it_starts_by_its_own_clocks(
        self, zones: list[str], hours: list[int]
    ) -> None:
        """Nouméa is 10 h ahead of Paris in November, Guadeloupe 5 h behind; open 9:00 to 17:00 on Tuesday."""
        programme = small(
            dates=[date(2026, 11, 10)] * 2,
            opening_hours={"tuesday": "09:00-17:00"},
            groups={"all": {"title": "All", "time_zones": zones}},
            modules={"m": module(classes(1))},
        )
        assert starts(programme) == [f"10 {hour:02}:00" for hour in sorted(hour % 24 for hour in hours)]

    def test_far_groups_keep_the_grid_and_the_length(self) -> None:
        """Every 45 min, so that 9:30 is a start in Paris: at 23:45 and 0:30 it is 9:45 and 10:30 in Nouméa.

        At 23:00 it is not open there yet, at 1:15 an hour would last until 12:15.
        """
        programme = small(
            dates=[date(2026, 11, 2), date(2026, 11, 3)],
            opening_hours={"tuesday": "09:30-12:00"},
            starts_every_minutes=45,
            groups={"all": {"title": "All", "time_zones": ["Pacific/Noumea"]}},
            modules={"m": module(classes(1, 60))},
        )
        assert starts(programme) == ["02 00:30", "02 23:45", "03 00:30", "03 23:45"]

    def test_candidates_have_the_length_of_the_session(self) -> None:
        programme = small(modules={"m": module(classes(1, 90))})
        part = programme.parts["m.virtual-class"]
        assert {candidate.minutes for candidate in programme.candidates(part)} == {90}

    def test_a_block_starts_on_any_day_from_which_it_fits(self) -> None:
        programme = small(blocks={"b": block(days=5)})
        # 5 days from 9 November end on the 13th, the last day of the programme
        assert list(programme.candidates(programme.blocks["b"])) == [
            days_span(Dates(date(2026, 11, day), date(2026, 11, day + 4))) for day in range(2, 10)
        ]

    def test_a_milestone_and_a_host_day_take_any_day(self) -> None:
        dated = {"title": "D", "group": "all", "dates": NOVEMBER}
        programme = small(milestones={"due": dated}, internships={"host": dated | {"hours": 14}})
        days = [days_span(Dates(day, day)) for day in programme.dates.days()]
        assert len(days) == 12
        assert list(programme.candidates(programme.blocks["due"])) == days
        assert list(programme.candidates(programme.internships["host"])) == days

    def test_self_paced_work_takes_any_week_whole(self) -> None:
        programme = small(dates=[date(2026, 12, 30), date(2027, 1, 4)], modules={"m": module(work(2))})
        assert list(programme.candidates(programme.works["m.distance-work"])) == [
            days_span(dates("2026-12-28", "2027-01-03")),
            days_span(dates("2027-01-04", "2027-01-10")),
        ]


def test_activities_are_blocks_then_sessions_then_work_then_internships() -> None:
    dated = {"title": "D", "group": "all", "dates": NOVEMBER}
    programme = small(
        modules={"m": module(work(1), classes(1))},
        internships={"host": dated | {"hours": 7}},
        milestones={"due": dated},
        blocks={"b": block(days=1)},
    )
    assert list(programme.activities) == ["b", "due", "m.virtual-class", "m.distance-work", "host"]


class TestDatesOfABlock:
    """Zone B is on holiday from 17 October to 1 November 2026 (arrêté of 22 Oct 2025)."""

    def dates_from(self, first: str, **keys: Any) -> Dates | None:
        autumn = [date(2026, 10, 5), date(2026, 11, 13)]
        programme = small(dates=autumn, days_off={"school_zones": ["B"]}, blocks={"b": block(dates=autumn) | keys})
        return programme.dates_of_block(programme.blocks["b"], date.fromisoformat(first))

    def test_days_run_over_weekends_and_rests(self) -> None:
        assert self.dates_from("2026-10-15", days=5) == dates("2026-10-15", "2026-10-19")

    def test_the_last_day_may_be_the_last_of_the_programme_and_no_later(self) -> None:
        assert self.dates_from("2026-11-09", days=5) == dates("2026-11-09", "2026-11-13")
        assert self.dates_from("2026-11-10", days=5) is None

    def test_working_weeks_pause_in_the_holidays(self) -> None:
        # 12 to 16 October is one week; two are off; 2 to 6 November is the second
        assert self.dates_from("2026-10-12", working_weeks=2) == dates("2026-10-12", "2026-11-06")

    def test_a_week_that_starts_mid_week_counts(self) -> None:
        assert self.dates_from("2026-10-14", working_weeks=2) == dates("2026-10-14", "2026-11-06")
        assert self.dates_from("2026-10-16", working_weeks=1) == dates("2026-10-16", "2026-10-16")

    def test_a_week_without_a_working_day_left_does_not_count(self) -> None:
        assert self.dates_from("2026-10-10", working_weeks=1) == dates("2026-10-10", "2026-10-16")
        assert self.dates_from("2026-10-19", working_weeks=1) == dates("2026-10-19", "2026-11-06")

    def test_a_day_off_within_a_week_shortens_nothing(self) -> None:
        assert self.dates_from("2026-11-09", working_weeks=1) == dates("2026-11-09", "2026-11-13")

    def test_no_week_is_left_before_the_programme_ends(self) -> None:
        assert self.dates_from("2026-11-02", working_weeks=2) == dates("2026-11-02", "2026-11-13")
        assert self.dates_from("2026-11-09", working_weeks=2) is None

    def test_it_ends_on_the_last_working_day(self) -> None:
        """Friday 1 January 2027 is off, so week 53 ends on Thursday."""
        year_end = [date(2026, 12, 21), date(2027, 1, 8)]
        programme = small(dates=year_end, blocks={"b": block(dates=year_end, working_weeks=1)})
        found = programme.dates_of_block(programme.blocks["b"], date(2026, 12, 28))
        assert found == dates("2026-12-28", "2026-12-31")

    def test_a_last_week_that_the_programme_cuts_is_none(self) -> None:
        """The programme ends on Thursday 12 November, the week on Friday 13."""
        short = [date(2026, 11, 2), date(2026, 11, 12)]
        programme = small(dates=short, blocks={"b": block(dates=short, working_weeks=2)})
        assert programme.dates_of_block(programme.blocks["b"], date(2026, 11, 2)) is None


class TestRest:
    def test_weekends_and_days_off_are_rest(self) -> None:
        programme = small(modules={"m": module(classes(1))})
        rests = [day.day for day in programme.dates.days() if programme.is_rest("all", day)]
        assert rests == [7, 8, 11]

    def test_the_working_week_is_the_programmes_own(self) -> None:
        programme = small(
            modules={"m": module(classes(1))},
            working_week=["tuesday", "saturday"],
            opening_hours={"tuesday": "09:00-12:00"},
        )
        assert programme.working_days("all", date(2026, 11, 2)) == (date(2026, 11, 3), date(2026, 11, 7))

    def test_each_group_rests_in_its_own_zones(self) -> None:
        """Zone A is on holiday from 13 to 28 February, zone B from 20 February to 7 March 2027."""
        groups = {
            "a": {"title": "A", "school_zones": ["A"]},
            "b": {"title": "B", "school_zones": ["B"]},
            "both": {"title": "A and B", "school_zones": ["A", "B"]},
            "none": {"title": "Free"},
        }
        programme = small(
            dates=[date(2027, 2, 8), date(2027, 3, 12)], groups=groups, modules={"m": module(classes(1), group="a")}
        )
        mondays = list(programme.dates.weeks())
        open_days = {key: [len(programme.working_days(key, monday)) for monday in mondays] for key in groups}
        assert open_days == {
            "a": [5, 0, 0, 5, 5],
            "b": [5, 5, 0, 0, 5],
            "both": [5, 0, 0, 0, 5],
            "none": [5, 5, 5, 5, 5],
        }

    def test_week_53_is_one_week_with_new_years_day_off(self) -> None:
        programme = small(dates=[date(2026, 12, 14), date(2027, 1, 8)], modules={"m": module(classes(1))})
        days = programme.working_days("all", date(2026, 12, 28))
        assert days == tuple(date(2026, 12, day) for day in (28, 29, 30, 31))

    def test_rest_days_are_known_from_the_first_week_to_two_weeks_after_the_last_day(self) -> None:
        """The eve of a rest day looks ahead: 25 December is off, two weeks after a programme that ends on the 11th."""
        programme = small(dates=[date(2026, 12, 9), date(2026, 12, 11)], modules={"m": module(classes(1))})
        around = [date(2026, 12, 7) + timedelta(days=n) for n in range(19)]
        rests = [day.day for day in around if programme.is_rest("all", day)]
        assert rests == [12, 13, 19, 20, 25]


class TestWhoMeetsWhom:
    def test_sub_groups_share_people_with_what_is_above_them_only(self) -> None:
        groups = {
            "all": {"title": "All"},
            "x": {"title": "X", "part_of": "all"},
            "y": {"title": "Y", "part_of": "all"},
            "guests": {"title": "Guests"},
        }
        programme = small(groups=groups, modules={"m": module(classes(1))})
        pairs = {(one, other) for one in groups for other in groups if programme.share_a_person(one, other)}
        assert pairs == {
            *((key, key) for key in groups),
            *(("all", "x"), ("x", "all"), ("all", "y"), ("y", "all")),
        }

    def test_a_listed_student_joins_groups_that_share_nobody_else(self) -> None:
        groups = {"x": {"title": "X", "students": ["eve"]}, "guests": {"title": "Guests", "students": ["eve", "joe"]}}
        programme = small(groups=groups, modules={"m": module(classes(1), group="x")})
        assert programme.share_a_person("x", "guests")

    @pytest.mark.parametrize(("choose", "together"), [(1, False), (2, True)])
    def test_electives_of_which_one_is_chosen_never_meet(self, choose: int, together: bool) -> None:
        groups = {"all": {"title": "All"}} | {key: {"title": key, "part_of": "all"} for key in "xyz"}
        electives = {"e": {"title": "E", "choose": choose, "groups": ["x", "y", "z"]}}
        programme = small(groups=groups, electives=electives, modules={"m": module(classes(1))})
        assert programme.share_a_person("x", "y") is together

    def test_the_parts_and_work_of_some_groups(self) -> None:
        groups = {"all": {"title": "All"}, "x": {"title": "X", "part_of": "all"}}
        modules = {"m": module(classes(1), work(1)), "n": module(classes(1), work(1), group="x")}
        programme = small(groups=groups, modules=modules)
        assert [part.key for part in programme.live_parts({"x"})] == ["n.virtual-class"]
        assert [work.key for work in programme.works_of({"all", "x"})] == ["m.distance-work", "n.distance-work"]


@pytest.mark.parametrize(
    ("keys", "virtual"),
    [
        ({}, True),
        ({"kind": "course"}, False),
        ({"kind": "course", "place": "screen"}, True),
        ({"place": "room"}, False),
        ({"place": ["room", "hall"]}, False),
        ({"kind": "course", "place": ["screen", "other-screen"]}, True),
    ],
)
def test_a_part_is_virtual_where_its_place_is_or_a_virtual_class_has_none(keys: dict[str, Any], virtual: bool) -> None:
    rooms = {key: {"title": key} for key in ("room", "hall")}
    screens = {key: {"title": key, "virtual": True} for key in ("screen", "other-screen")}
    programme = small(places=rooms | screens, modules={"m": module(classes(1, id="p", **keys))})
    assert programme.is_virtual(programme.parts["m.p"]) is virtual


@pytest.mark.parametrize(
    ("keys", "trainers", "place"),
    [
        ({}, False, False),
        ({"trainer": "ann", "place": "room"}, False, False),
        ({"trainer": ["ann", "bob"], "place": ["room", "hall"]}, True, True),
        ({"trainer": ["ann", "bob"], "together": 2}, False, False),
        ({"trainer": ["ann", "bob", "eve"], "together": 2}, True, False),
        ({"place": ["room"]}, False, False),
    ],
)
def test_there_is_a_choice_where_more_are_named_than_needed(keys: dict[str, Any], trainers: bool, place: bool) -> None:
    named: dict[str, Any] = {
        "trainers": {key: {"title": key} for key in ("ann", "bob", "eve")},
        "places": {key: {"title": key} for key in ("room", "hall")},
    }
    part = small(**named, modules={"m": module(classes(1, id="p", **keys))}).parts["m.p"]
    assert (part.chooses_trainers, part.chooses_place) == (trainers, place)


class TestOtherClocks:
    def there(self, paris: str) -> list[str]:
        """An hour in Paris on the clocks of a group in Paris, La Réunion and Martinique."""
        zones = ["Europe/Paris", "Indian/Reunion", "America/Martinique"]
        programme = small(groups={"all": {"title": "All", "time_zones": zones}}, modules={"m": module(classes(1))})
        spans = programme.local_spans("all", span(paris, 60))
        assert {local.minutes for local in spans} == {60}
        return [f"{moment_of(local.start):%Y-%m-%d %H:%M}" for local in spans]

    def test_a_group_has_a_span_for_each_of_its_zones(self) -> None:
        assert self.there("2026-11-10 14:00") == ["2026-11-10 14:00", "2026-11-10 17:00", "2026-11-10 09:00"]

    def test_another_zone_may_have_another_day(self) -> None:
        assert self.there("2026-11-10 21:00") == ["2026-11-10 21:00", "2026-11-11 00:00", "2026-11-10 16:00"]

    def test_a_session_keeps_its_wall_hour_in_the_week_of_a_clock_change(self) -> None:
        """Paris goes to UTC+2 on Sunday 28 March 2027: an hour earlier where no clock changes."""
        assert [self.there(f"2027-03-{day} 14:00") for day in (26, 29)] == [
            ["2027-03-26 14:00", "2027-03-26 17:00", "2027-03-26 09:00"],
            ["2027-03-29 14:00", "2027-03-29 16:00", "2027-03-29 08:00"],
        ]

    def test_an_hour_that_does_not_exist_is_read_as_the_hour_after_it(self) -> None:
        """On 28 March 2027 no clock in Paris shows 02:30; it stands as written there, elsewhere as 03:30 would."""
        assert self.there("2027-03-28 02:30") == ["2027-03-28 02:30", "2027-03-28 05:30", "2027-03-27 21:30"]
        assert self.there("2027-03-28 03:30") == ["2027-03-28 03:30", "2027-03-28 05:30", "2027-03-27 21:30"]


class TestPatterns:
    """Of Tuesday 10 November 2026, 14:00 to 16:00, a pattern takes all, some or nothing."""

    @pytest.mark.parametrize(
        ("pattern", "takes_some", "takes_all"),
        [
            ({}, True, True),
            ({"weekday": "tuesday"}, True, True),
            ({"weekday": "monday"}, False, False),
            ({"hours": "14:00-16:00"}, True, True),
            ({"hours": "15:00-18:00"}, True, False),
            ({"hours": "15:59-18:00"}, True, False),
            ({"hours": "16:00-18:00"}, False, False),
            ({"hours": "09:00-14:00"}, False, False),
            ({"dates": [date(2026, 11, 10), date(2026, 11, 10)]}, True, True),
            ({"dates": [date(2026, 11, 11), date(2026, 11, 20)]}, False, False),
            ({"weekday": "tuesday", "hours": "13:00-17:00"}, True, True),
            ({"weekday": "tuesday", "hours": "08:00-10:00"}, False, False),
            ({"weekday": "tuesday", "dates": [date(2026, 11, 11), date(2026, 11, 20)]}, False, False),
        ],
    )
    def test_of_a_session(self, pattern: dict[str, Any], takes_some: bool, takes_all: bool) -> None:
        when, session = When.model_validate(pattern), span("2026-11-10 14:00", 120)
        assert (matches(when, session), lies_in(when, session)) == (takes_some, takes_all)

    @pytest.mark.parametrize(
        ("pattern", "takes_some", "takes_all"),
        [
            ({}, True, True),
            ({"weekday": "tuesday"}, True, False),
            ({"weekday": "wednesday"}, True, False),
            ({"hours": "22:00-24:00"}, True, False),
            ({"hours": "00:00-02:00"}, True, False),
            ({"dates": [date(2026, 11, 10), date(2026, 11, 11)]}, True, True),
            ({"hours": "01:00-23:00"}, False, False),
        ],
    )
    def test_of_a_session_over_midnight(self, pattern: dict[str, Any], takes_some: bool, takes_all: bool) -> None:
        """Tuesday 23:00 to Wednesday 01:00: the hours of a pattern bound each day by itself."""
        when, session = When.model_validate(pattern), span("2026-11-10 23:00", 120)
        assert (matches(when, session), lies_in(when, session)) == (takes_some, takes_all)

    def test_of_the_days_of_a_block(self) -> None:
        week = days_span(dates("2026-11-09", "2026-11-13"))
        from_monday, from_tuesday = ({"dates": [date(2026, 11, day), date(2026, 11, 13)]} for day in (9, 10))
        assert lies_in(When.model_validate(from_monday), week)
        assert not lies_in(When.model_validate(from_tuesday), week)
        assert matches(When(weekday="friday"), week)
        assert not matches(When(weekday="saturday"), week)
