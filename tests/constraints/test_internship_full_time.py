from collections.abc import Collection
from datetime import date
from typing import Any, ClassVar

import pytest
from pydantic import ValidationError

from calendars.clock import Dates
from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete, needed
from constraints.held import Held
from constraints.internship_alternating import InternshipAlternating
from constraints.internship_full_time import InternshipFullTime
from constraints.rule import Breach, Rule
from scheduler.problem import Problem
from scheduler.verdict import breaches_of_the_past
from small import at, classes, module, on, small, timetable
from solving import allowed

GROUPS = {
    "all": {"title": "All"},
    "half": {"title": "Half", "part_of": "all"},
    "others": {"title": "Others"},
}
NOVEMBER = [date(2026, 11, 2), date(2026, 11, 13)]
ONE_START_A_DAY = {"friday": "09:00-10:00"}
SPRING = [date(2027, 1, 25), date(2027, 8, 31)]
SPRING_HOLIDAYS = (date(2027, 3, 29), date(2027, 5, 1), date(2027, 5, 6), date(2027, 5, 8), date(2027, 5, 17))
"""Easter Monday to Whit Monday 2027; 14 July comes later."""


def internship(hours: int = 21, **keys: Any) -> dict[str, Any]:
    return {"title": "Internship", "group": "all", "dates": NOVEMBER, "hours": hours} | keys


def with_internship(*parts: dict[str, Any], **tables: Any) -> Programme:
    modules = {"m": module(*parts)} if parts else {}
    return small(**({"groups": GROUPS, "internships": {"i": internship()}, "modules": modules} | tables))


def in_spring(hours: int, **tables: Any) -> Programme:
    stay = internship(hours, dates=tables.get("dates", SPRING))
    return small(**({"dates": SPRING, "internships": {"i": stay}} | tables))


def hosts(*days: str) -> list[Placement]:
    return [on(f"2026-11-{day}", activity="i") for day in days]


def weekdays(first: date, last: date, without: Collection[date] = SPRING_HOLIDAYS) -> list[date]:
    return [day for day in Dates(first, last).days() if day.weekday() < 5 and day not in without]


def run(first: date, last: date, without: Collection[date] = SPRING_HOLIDAYS) -> list[Placement]:
    return [on(day.isoformat(), activity="i") for day in weekdays(first, last, without)]


def breaches(programme: Programme, *placements: Placement, **parameters: Any) -> list[Breach]:
    return list(InternshipFullTime(**parameters).check(programme, timetable(*placements)))


def words(programme: Programme, *placements: Placement, **parameters: Any) -> list[str]:
    return [str(breach.message) for breach in breaches(programme, *placements, **parameters)]


def runs(programme: Programme, *rules: Rule) -> list[tuple[date, date, int]]:
    """First and last day, and number of days, of the internship in each timetable that the model allows."""
    found = []
    for one in allowed(programme, [Complete(), *rules]):
        days = [placement.span.day for placement in one.of("i")]
        found.append((days[0], days[-1], len(days)))
    return sorted(found)


def lawful_days(programme: Programme, **parameters: Any) -> list[date]:
    host = programme.internships["i"]
    forbids = InternshipFullTime(**parameters).forbids(programme, host)
    assert forbids is not None
    return [span.day for span in programme.candidates(host) if not forbids(span)]


class TestTheRun:
    def test_it_goes_over_weekends_and_public_holidays(self) -> None:
        """7 and 8 November 2026 are a weekend, the 11th is off."""
        assert words(with_internship(), *hosts("05", "06", "09", "10", "12")) == []

    def test_days_left_out_are_told_gap_by_gap(self) -> None:
        assert words(with_internship(), *hosts("02", "04", "05", "12")) == [
            "“Internship” leaves out 1 host day on Tuesday 3 November 2026; it must be unbroken",
            "“Internship” leaves out 3 host days from Friday 6 November 2026 to Tuesday 10 November 2026; "
            "it must be unbroken",
        ]

    def test_a_gap_lies_in_the_week_of_its_first_day(self) -> None:
        found = breaches(with_internship(), *hosts("02", "03", "04", "05", "10"))
        assert [(breach.activities, breach.monday) for breach in found] == [(("i",), date(2026, 11, 2))]

    def test_gaps_on_both_sides_of_a_host_day_that_is_none_are_two(self) -> None:
        """The 11th is a public holiday."""
        assert words(with_internship(), *hosts("09", "11", "13")) == [
            "“Internship” has a host day on Wednesday 11 November 2026: a public holiday, Armistice Day",
            "“Internship” leaves out 1 host day on Tuesday 10 November 2026; it must be unbroken",
            "“Internship” leaves out 1 host day on Thursday 12 November 2026; it must be unbroken",
        ]

    def test_a_closure_of_the_host_is_left_out_and_a_host_day_on_it_is_named(self) -> None:
        closures = [{"title": "Stocktaking", "dates": [date(2026, 11, 5), date(2026, 11, 6)]}]
        programme = with_internship(internships={"i": internship(closures=closures)})
        assert words(programme, *hosts("04", "09")) == []
        assert words(programme, *hosts("06", "07", "09", "10", "11", "12")) == [
            "“Internship” has a host day on Friday 6 November 2026: the host is closed",
            "“Internship” has a host day on Saturday 7 November 2026: not a day of the working week",
            "“Internship” has a host day on Wednesday 11 November 2026: a public holiday, Armistice Day",
        ]
        assert [day.day for day in lawful_days(programme)] == [2, 3, 4, 9, 10, 12, 13]

    def test_school_holidays_and_closures_of_the_institution_are_host_days(self) -> None:
        """Zone B is on holiday from 17 October to 1 November 2026 (arrêté of 22 Oct 2025)."""
        first, last = date(2026, 10, 29), date(2026, 11, 3)
        programme = with_internship(
            dates=[first, last],
            days_off={"school_zones": ["B"], "closures": [{"title": "Closed", "dates": [date(2026, 11, 2)] * 2}]},
            internships={"i": internship(dates=[first, last])},
        )
        assert words(programme, *run(first, last)) == []
        assert words(programme, *run(first, last, without=[date(2026, 10, 30), date(2026, 11, 2)])) == [
            "“Internship” leaves out 2 host days from Friday 30 October 2026 to Monday 2 November 2026; "
            "it must be unbroken"
        ]

    def test_an_internship_of_one_day_or_none_has_no_gap(self) -> None:
        assert words(with_internship(), *hosts("13"), least_months=None) == []
        assert words(with_internship(), least_months=3) == []

    def test_only_the_named_internship_is_bound(self) -> None:
        programme = with_internship(classes(1), internships={"i": internship(), "j": internship(title="Other")})
        law = InternshipFullTime(internship="j")
        assert law.forbids(programme, programme.internships["i"]) is None
        assert law.forbids(programme, programme.internships["j"]) is not None
        assert law.forbids(programme, programme.parts["m.virtual-class"]) is None
        assert words(programme, *hosts("02", "11"), internship="j") == []


class TestTeaching:
    def test_it_ends_on_the_eve_at_the_latest(self) -> None:
        programme = with_internship(classes(2), {"kind": "course", "sessions": 1, "minutes": 60})
        placed = at("2026-11-05 16:00"), at("2026-11-05 09:00", part="m.course")
        assert words(programme, *placed, *hosts("06", "09")) == []

    def test_what_comes_on_the_first_day_or_later_is_told(self) -> None:
        programme = with_internship(classes(2), {"kind": "course", "sessions": 1, "minutes": 60})
        placed = at("2026-11-06 09:00"), at("2026-11-13 09:00"), at("2026-11-07 09:00", part="m.course")
        assert words(programme, *placed, *hosts("06", "09")) == [
            "“Internship” has a host day on Friday 6 November 2026: "
            "“Module” (virtual class) stands on Friday 6 November 2026 09:00",
            *(
                f"“Module” ({what}) stands on {when}; it must be over before “Internship” begins, "
                "on Friday 6 November 2026"
                for what, when in (
                    ("virtual class", "Friday 6 November 2026 09:00"),
                    ("virtual class", "Friday 13 November 2026 09:00"),
                    ("course", "Saturday 7 November 2026 09:00"),
                )
            ),
        ]

    def test_exams_defences_and_meetings_may_come_later_but_not_on_a_host_day(self) -> None:
        kinds = ("exam", "defence", "meeting")
        programme = with_internship(*({"kind": kind, "sessions": 1, "minutes": 60} for kind in kinds))
        later = [at("2026-11-10 09:00", part=f"m.{kind}") for kind in kinds]
        assert words(programme, *later, *hosts("06", "09")) == []
        assert words(programme, *later, *hosts("09", "10")) == [
            "“Internship” has a host day on Tuesday 10 November 2026: "
            "“Module” (exam) stands on Tuesday 10 November 2026 09:00"
        ]

    def test_it_binds_groups_that_share_a_person_and_no_other(self) -> None:
        modules = {key: module(classes(1), group=key) for key in GROUPS}
        programme = with_internship(modules=modules)
        later = [at("2026-11-13 09:00", part=f"{key}.virtual-class") for key in GROUPS]
        assert (
            words(programme, *later, *hosts("02"))
            == [
                "“Module” (virtual class) stands on Friday 13 November 2026 09:00; "
                "it must be over before “Internship” begins, on Monday 2 November 2026"
            ]
            * 2
        )

    def test_seminars_and_intensive_weeks_are_teaching_and_courses_of_weeks_are_none(self) -> None:
        plain = {"title": "Week", "group": "half", "dates": NOVEMBER, "days": 5}
        kinds = {"b": "seminar", "c": "intensive-week", "d": "course"}
        programme = with_internship(blocks={key: plain | {"kind": kind} for key, kind in kinds.items()})
        first, second = ("2026-11-02", "2026-11-06"), ("2026-11-09", "2026-11-13")
        assert words(programme, *(on(*first, activity=key) for key in kinds), *hosts("09", "10")) == []
        assert words(programme, *(on(*second, activity=key) for key in kinds), *hosts("06", "09")) == [
            *["“Internship” has a host day on Monday 9 November 2026: the day belongs to “Week”"] * 2,
            *[
                "“Week” stands from Monday 9 November 2026 to Friday 13 November 2026; "
                "it must be over before “Internship” begins, on Friday 6 November 2026"
            ]
            * 2,
        ]

    def test_a_seminar_that_is_not_over_is_told_too(self) -> None:
        block = {"title": "Week", "kind": "seminar", "group": "all", "dates": NOVEMBER, "days": 5}
        programme = with_internship(blocks={"b": block})
        assert words(programme, on("2026-11-05", "2026-11-09"), *hosts("09", "10")) == [
            "“Internship” has a host day on Monday 9 November 2026: the day belongs to “Week”",
            "“Week” stands from Thursday 5 November 2026 to Monday 9 November 2026; "
            "it must be over before “Internship” begins, on Monday 9 November 2026",
        ]

    def test_it_may_come_later_or_on_a_closure_where_the_file_wants_it(self) -> None:
        closures = [{"title": "Shut", "dates": [date(2026, 11, 5)] * 2}]
        programme = with_internship(classes(2), internships={"i": internship(closures=closures)})
        placed = at("2026-11-05 09:00"), at("2026-11-09 09:00")
        assert words(programme, *placed, *hosts("04", "06"), teaching_before=False) == []
        assert words(programme, *placed, *hosts("06", "09"), teaching_before=False) == [
            "“Internship” has a host day on Monday 9 November 2026: "
            "“Module” (virtual class) stands on Monday 9 November 2026 09:00"
        ]


class TestMonths:
    """1 February 2027 is a Monday, 30 April a Friday."""

    THREE = (date(2027, 2, 1), date(2027, 4, 30))

    def test_from_1_february_to_30_april_are_exactly_three(self) -> None:
        assert words(in_spring(455), *run(*self.THREE), least_months=3, most_months=3) == []
        programme = in_spring(448, dates=list(self.THREE))
        assert lawful_days(programme) == weekdays(*self.THREE)
        assert runs(programme, InternshipFullTime(least_months=3, most_months=3)) == [(*self.THREE, 64)]

    def test_a_day_less_is_too_short(self) -> None:
        found = breaches(in_spring(455), *run(date(2027, 2, 1), date(2027, 4, 29)), least_months=3)
        assert [(breach.activities, breach.monday) for breach in found] == [(("i",), date(2027, 2, 1))]
        assert [(str(breach.message), breach.lacks) for breach in found] == [
            (
                "“Internship” lasts from Monday 1 February 2027 to Thursday 29 April 2027; "
                "it must last 3 months at least, up to Friday 30 April 2027",
                True,
            )
        ]

    def test_a_day_more_is_too_long(self) -> None:
        found = breaches(in_spring(455), *run(date(2027, 2, 1), date(2027, 5, 3)), most_months=3)
        assert [(breach.activities, breach.monday) for breach in found] == [(("i",), date(2027, 2, 1))]
        assert [(str(breach.message), breach.lacks) for breach in found] == [
            (
                "“Internship” begins on Monday 1 February 2027 and goes on after Friday 30 April 2027; "
                "it may last 3 months at most",
                False,
            )
        ]

    def test_the_last_lawful_day_of_the_months_is_enough(self) -> None:
        """February 2027 ends on a Sunday: Friday the 26th is its last host day, and the Thursday is not."""
        february = date(2027, 2, 1), date(2027, 2, 26)
        assert words(in_spring(140), *run(*february), least_months=1, most_months=1) == []
        assert words(in_spring(140), *run(february[0], date(2027, 2, 25)), least_months=1) == [
            "“Internship” lasts from Monday 1 February 2027 to Thursday 25 February 2027; "
            "it must last 1 month at least, up to Friday 26 February 2027"
        ]

    def test_host_days_after_its_own_dates_count_as_missing(self) -> None:
        """A run that its window cuts off is too short, whatever the window."""
        first, last = date(2027, 2, 1), date(2027, 4, 29)
        programme = in_spring(441, dates=[first, last])
        assert len(words(programme, *run(first, last), least_months=3)) == 1
        assert runs(programme, InternshipFullTime()) == [(first, last, 63)]
        assert runs(programme, InternshipFullTime(least_months=3)) == []

    def test_the_model_keeps_to_them(self) -> None:
        """21 of the 24 host days from Thursday 28 January to Tuesday 2 March 2027 start on one of four days.

        They take 29 days with the weekends, of which a month from 28 January has 31; from the 29th to the 31st a month
        ends with February, of which Friday the 26th is the last host day; a month from 1 or 2 February has 28 days.
        """
        programme = in_spring(147, dates=[date(2027, 1, 28), date(2027, 3, 2)])
        starts = [date(2027, 1, 28), date(2027, 1, 29), date(2027, 2, 1), date(2027, 2, 2)]
        for limits, lawful in (
            ({}, starts),
            ({"least_months": 1}, starts[1:]),
            ({"most_months": 1}, starts[:2]),
            ({"least_months": 1, "most_months": 1}, starts[1:2]),
        ):
            assert [first for first, _, _ in runs(programme, InternshipFullTime(**limits))] == lawful

    def test_the_model_allows_the_last_day_of_the_months_to_each_start(self) -> None:
        """20 host days from Monday 1 February end on the 26th, from the 2nd on 1 March: a month, no day more."""
        programme = in_spring(140, dates=[date(2027, 2, 1), date(2027, 3, 1)])
        first, last = date(2027, 2, 1), date(2027, 3, 1)
        assert runs(programme, InternshipFullTime(most_months=1)) == [
            (first, date(2027, 2, 26), 20),
            (date(2027, 2, 2), last, 20),
        ]

    def test_months_that_lack_several_days_are_told_their_last_one(self) -> None:
        found = words(in_spring(140), *run(date(2027, 2, 1), date(2027, 2, 24)), least_months=1)
        assert found == [
            "“Internship” lasts from Monday 1 February 2027 to Wednesday 24 February 2027; "
            "it must last 1 month at least, up to Friday 26 February 2027"
        ]

    def test_the_least_is_no_more_than_the_most(self) -> None:
        assert InternshipFullTime(least_months=3, most_months=3).least_months == 3
        with pytest.raises(ValidationError) as refused:
            InternshipFullTime(least_months=4, most_months=3)
        assert [str(error["ctx"]["message"]) for error in refused.value.errors()] == [
            "least_months is above most_months; lower it"
        ]


class TestHours:
    def test_455_hours_of_7_hours_a_day_are_65_host_days(self) -> None:
        """From 1 February 2027 the 65th is Monday 3 May."""
        first, last = date(2027, 2, 1), date(2027, 5, 3)
        programme = in_spring(455, dates=[first, last])
        assert needed(programme.internships["i"]) == 65
        assert lawful_days(programme) == weekdays(first, last)
        assert runs(programme, InternshipFullTime()) == [(first, last, 65)]

    @pytest.mark.parametrize(("hours", "last"), [(308, date(2027, 4, 2)), (924, date(2027, 8, 9))])
    def test_from_1_february_2027_308_hours_end_on_2_april_and_924_on_9_august(self, hours: int, last: date) -> None:
        """At 7 h a day without public holidays: 44 and 132 host days, of which 14 July is none."""
        first = date(2027, 2, 1)
        programme = in_spring(hours, dates=[first, last])
        assert len(lawful_days(programme)) * 7 == hours
        assert runs(programme, InternshipFullTime()) == [(first, last, hours // 7)]
        assert words(programme, *run(first, last, [*SPRING_HOLIDAYS, date(2027, 7, 14)])) == []

    def test_exactly_924_hours_with_one_host_are_allowed(self) -> None:
        """132 days of 7 h make 924 h; one hour more takes a 133rd day, 931 h in all."""
        assert list(InternshipFullTime().faults(in_spring(924))) == []
        assert [str(fault) for fault in InternshipFullTime().faults(in_spring(925))] == [
            "“Internship” takes 133 host days, 931 h in all; at most 924 h are allowed with one host"
        ]
        assert list(InternshipFullTime(most_hours=931).faults(in_spring(925))) == []

    def test_an_unknown_internship_is_a_fault_that_names_the_nearest(self) -> None:
        faults = InternshipFullTime(internship="ii").faults(in_spring(455))
        assert [str(fault) for fault in faults] == ["there is no internship ii; did you mean i?"]


class TestTheModel:
    """Two host days in a row among 4-6, 9, 10, 12 and 13 November: six runs, from the 4th to the 6th, 9th to 12th."""

    DATES: ClassVar = [date(2026, 11, 4), date(2026, 11, 13)]

    def agree(self, lawful: int, *parts: dict[str, Any], **tables: Any) -> None:
        """The model allows what the checks find clean, and so many timetables."""
        rules = tables.pop("rules", [InternshipFullTime()])
        stay = internship(14, dates=self.DATES)
        plain = {"dates": self.DATES, "internships": {"i": stay}, "opening_hours": ONE_START_A_DAY}
        programme = with_internship(*parts, **(plain | tables))
        clean = {
            one
            for one in allowed(programme, [Complete()])
            if not any(list(rule.check(programme, one)) for rule in rules)
        }
        found = allowed(programme, [Complete(), *rules])
        assert (len(found), len(clean)) == (lawful, lawful)
        assert found == clean

    def test_a_run_without_teaching(self) -> None:
        self.agree(6)

    def test_a_class_comes_before(self) -> None:
        """As many ways as days from the 4th to the eve: 0 + 1 + 2 + 5 + 6 + 8."""
        self.agree(22, classes(1))

    def test_an_exam_or_teaching_that_may_be_later_is_on_any_other_day(self) -> None:
        self.agree(6 * 8, {"kind": "exam", "sessions": 1, "minutes": 60})
        self.agree(6 * 8, classes(1), rules=[InternshipFullTime(teaching_before=False)])

    def test_a_seminar_comes_before(self) -> None:
        """It may start on the 4th for a run from the 9th, until the 5th for the 10th, until the 7th for the 12th."""
        seminar = {"title": "Seminar", "kind": "seminar", "group": "half", "dates": self.DATES, "days": 5}
        self.agree(1 + 2 + 4, blocks={"b": seminar})

    def test_a_host_day_that_another_law_takes_breaks_the_run_too(self) -> None:
        """Without Fridays: from the 4th, 9th and 10th."""
        no_fridays = InternshipAlternating(weekdays=("monday", "tuesday", "wednesday", "thursday"))
        self.agree(3, rules=[no_fridays, InternshipFullTime()])

    def test_too_few_host_days_leave_no_run(self) -> None:
        assert runs(with_internship(internships={"i": internship(70)}), InternshipFullTime()) == []
        closed = [{"title": "Shut", "dates": NOVEMBER}]
        assert runs(with_internship(internships={"i": internship(closures=closed)}), InternshipFullTime()) == []


class TestThePast:
    """What was held may break the law by itself; what is to come must not add to it."""

    def free(self, programme: Programme, as_of: int, *held: Placement, **parameters: Any) -> list[list[int]]:
        """The days that the model still places in each timetable, which adds no breach to those of the past."""
        law = InternshipFullTime(**parameters)
        rules = (Held(before=date(2026, 11, as_of), placements=held), Complete(), law)
        found = sorted(allowed(programme, rules), key=lambda one: one.placements)
        past = {breach for breach in breaches_of_the_past(Problem(programme, rules)) if not breach.lacks}
        assert past
        assert all(set(law.check(programme, one)) <= past for one in found)
        return [[each.span.day.day for each in one.of("i") if each not in held] for one in found]

    def test_a_day_that_was_left_out(self) -> None:
        programme = with_internship(internships={"i": internship(35)})
        assert self.free(programme, 6, *hosts("02", "03", "05")) == [[6, 9]]

    def test_a_closure_that_was_not_known(self) -> None:
        closures = [{"title": "Shut", "dates": [date(2026, 11, 9)] * 2}]
        programme = with_internship(internships={"i": internship(28, closures=closures)})
        assert self.free(programme, 10, *hosts("06", "09")) == [[10, 12]]

    def test_a_closure_of_all_the_months(self) -> None:
        closures = [{"title": "Shut", "dates": [date(2026, 11, 2), date(2026, 12, 31)]}]
        programme = with_internship(internships={"i": internship(7, closures=closures)})
        assert self.free(programme, 3, *hosts("02"), least_months=1) == [[]]

    def test_more_days_than_are_needed(self) -> None:
        assert self.free(with_internship(), 10, *hosts("03", "04", "05", "09")) == [[]]

    def test_a_class_inside(self) -> None:
        programme = with_internship(classes(1), opening_hours=ONE_START_A_DAY)
        assert self.free(programme, 10, at("2026-11-07 09:00"), *hosts("06", "09")) == [[10]]

    def test_months_that_were_too_many(self) -> None:
        """From 2 October 2026 to 5 November is more than a month."""
        dates = [date(2026, 10, 1), date(2026, 11, 13)]
        programme = small(dates=dates, internships={"i": internship(21, dates=dates)})
        held = on("2026-10-02", activity="i"), on("2026-11-05", activity="i")
        assert self.free(programme, 6, *held, most_months=1) == [[6]]

    def test_a_day_that_is_left_out_by_going_on(self) -> None:
        """The 3rd was left out, and is over; no other calendar can make the run of it unbroken."""
        rules = (Held(before=date(2026, 11, 4), placements=tuple(hosts("02"))), Complete(), InternshipFullTime())
        assert allowed(with_internship(), rules) == set()
