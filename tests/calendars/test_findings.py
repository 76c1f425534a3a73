"""Findings on plans, word for word; what stands exactly on a limit is none."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calendars.findings import findings_of
from calendars.programme_file import AnnouncedTable
from scheduler.problem import read_problem
from small import classes, module, small, work

LE_MANS = Path(__file__).parents[2] / "programmes" / "ifuno-m2.toml"
OPTION = {"title": "Option", "part_of": "all"}
CHOICE: dict[str, Any] = {
    "groups": {"all": {"title": "All"}, "a": OPTION, "b": OPTION},
    "electives": {"options": {"title": "One of two", "choose": 1, "groups": ["a", "b"]}},
}
ROOM = {"room": {"title": "Room"}}
TOO_LITTLE = (
    "teaching_volume: beside an internship a year has at least 200 h of teaching (Code de l'éducation, D124-2);"
)
TOO_LITTLE_ON_SITE = (
    "teaching_volume: beside an internship a year has at least 50 h of teaching on site (Code de l'éducation, D124-2);"
)


def found(**tables: Any) -> list[str]:
    """The findings on a small programme, each with its key."""
    return [f"{finding.key}: {finding.message}" for finding in findings_of(small(**tables))]


def internship(group: str = "all", **keys: Any) -> dict[str, Any]:
    """An internship of 455 h."""
    return {"title": "Internship", "group": group, "dates": [date(2026, 11, 2)] * 2, "hours": 455} | keys


def lectures(sessions: int, **keys: Any) -> dict[str, Any]:
    """Courses of 1 h on site."""
    return {"kind": "course", "sessions": sessions, "minutes": 60, "place": "room"} | keys


PLAN: dict[str, Any] = {
    "places": ROOM,
    "modules": {"m": module(lectures(3, minutes=150), classes(4), work(5), work(20, id="own", personal=True))},
    "internships": {"i": internship()},
    "findings": {"exempt": "the rector"},
}
"""7.5 h on site, 4 h live at a distance, 5 h self-paced: 16.5 h of teaching; 20 h personal; 455 h with the host."""


def test_a_plan_that_says_nothing_of_itself() -> None:
    assert found(modules={"m": module(classes(2), work(100))}) == []


class TestCredits:
    @pytest.mark.parametrize("hours", [50, 60])
    def test_exactly_the_least_and_the_most_hours_for_a_credit(self, hours: int) -> None:
        """2 ECTS stand for 50 to 60 h; of all kinds, here 2 h live and the others personal work."""
        assert found(modules={"m": module(classes(2), work(hours - 2, personal=True), credits=2)}) == []

    def test_too_few_and_too_many(self) -> None:
        modules = {
            "few": module(work(49.5), title="Few", credits=2),
            "many": module(work(60.5), title="Many", credits=2),
        }
        assert found(modules=modules) == [
            "credits: “Few” has 49 h 30 for 2 ECTS, 24 h 45 for each; one means 25 h to 30 h of work",
            "credits: “Many” has 60 h 30 for 2 ECTS, 30 h 15 for each; one means 25 h to 30 h of work",
        ]

    def test_modules_of_one_title_are_told_apart_by_their_years(self) -> None:
        modules = {
            "m": module(work(20), title="Design", credits=1),
            "n": module(work(21), group="later", title="Design", year=2, credits=1),
        }
        groups = {"all": {"title": "All"}, "later": {"title": "Later"}}
        assert found(groups=groups, modules=modules) == [
            "credits: “Design (year 1)” has 20 h for 1 ECTS, 20 h for each; one means 25 h to 30 h of work",
            "credits: “Design (year 2)” has 21 h for 1 ECTS, 21 h for each; one means 25 h to 30 h of work",
        ]

    def test_hours_of_a_credit_as_the_file_says(self) -> None:
        modules = {"m": module(work(24), credits=1.5)}
        assert found(modules=modules, findings={"hours_per_credit": [16, 20]}) == []
        assert found(modules=modules, findings={"hours_per_credit": [16.5, 20]}) == [
            "credits: “Module” has 24 h for 1.5 ECTS, 16 h for each; one means 16 h 30 to 20 h of work"
        ]

    def test_hours_are_those_of_a_student(self) -> None:
        """5 or 15 h by option beside 20 h for all are 25 or 35 h, one too many; beside 15 h 20 or 30 h, one too few."""
        options = (work(5, id="a", group="a"), work(15, id="b", group="b"))
        modules = {
            "many": module(work(20), *options, title="Many", credits=1),
            "few": module(work(15), *options, title="Few", credits=1),
        }
        assert found(**CHOICE, modules=modules) == [
            "credits: “Many” has 25 h–35 h for 1 ECTS, 25 h–35 h for each; one means 25 h to 30 h of work",
            "credits: “Few” has 20 h–30 h for 1 ECTS, 20 h–30 h for each; one means 25 h to 30 h of work",
        ]

    def test_a_module_of_defences_alone_has_credits_but_no_hours(self) -> None:
        thesis = module({"kind": "defence", "sessions": 12, "minutes": 60}, credits=21)
        assert found(modules={"m": thesis}, announced={"credits": 21}) == []

    def test_the_sum_of_the_credits_of_a_student(self) -> None:
        """IPM publishes units of 42 ECTS and an internship of 21: 63, and announces 60."""
        tables = {
            "modules": {"m": module(work(42 * 25), credits=42)},
            "internships": {"i": internship(credits=21)},
            "findings": {"exempt": "the rector"},
        }
        assert found(**tables, announced={"credits": 63}) == []
        assert found(**tables, announced={"credits": 60}) == [
            "credits: the credits of a student add up to 63 ECTS; 60 ECTS are announced"
        ]

    def test_the_sum_by_option(self) -> None:
        """0.1 + 0.2 and 0.1 + 0.3; as binary numbers the first two are a little more than 0.3."""
        modules = {
            "m": module(work(2.5), credits=0.1),
            "a": module(work(5), group="a", credits=0.2),
            "b": module(work(7.5), group="b", credits=0.3),
        }
        assert found(**CHOICE, modules=modules, announced={"credits": 0.3}) == [
            "credits: the credits of a student add up to 0.3–0.4 ECTS; 0.3 ECTS are announced"
        ]
        alike = modules | {"b": modules["a"] | {"group": "b"}}
        assert found(**CHOICE, modules=alike, announced={"credits": 0.3}) == []


class TestTeachingVolume:
    def test_exactly_enough(self) -> None:
        """50 h on site, 100 live at a distance and 50 self-paced: 200 h; personal work is no teaching."""
        parts = (lectures(50), classes(100), work(50), work(99, id="own", personal=True))
        assert found(places=ROOM, modules={"m": module(*parts)}, internships={"i": internship()}) == []

    def test_an_hour_too_few(self) -> None:
        parts = (lectures(49), classes(100), work(50), work(99, id="own", personal=True))
        tables = {"places": ROOM, "modules": {"m": module(*parts)}}
        assert found(**tables) == []
        assert found(**tables, internships={"i": internship()}) == [
            f"{TOO_LITTLE} year 1 has 199 h",
            f"{TOO_LITTLE_ON_SITE} year 1 has 49 h",
        ]

    def test_an_exemption(self) -> None:
        tables = {"modules": {"m": module(classes(2))}, "internships": {"i": internship()}}
        assert found(**tables, findings={"exempt": "the rector, 1 September 2026"}) == []

    def test_other_volumes_as_the_file_says(self) -> None:
        volumes = {"teaching_hours_per_year": 2, "on_site_hours_per_year": 0}
        tables = {"modules": {"m": module(classes(2))}, "internships": {"i": internship()}}
        assert found(**tables, findings=volumes) == []

    def test_defences_are_no_teaching(self) -> None:
        parts = (lectures(200), {"kind": "defence", "sessions": 20, "minutes": 60, "place": "room"})
        volumes = {"teaching_hours_per_year": 200.25}
        tables = {"modules": {"m": module(*parts)}, "internships": {"i": internship()}, "places": ROOM}
        assert found(**tables, findings=volumes) == [
            "teaching_volume: beside an internship a year has at least 200 h 15 of teaching (Code de l'éducation, "
            "D124-2); year 1 has 200 h"
        ]

    def test_each_year_by_itself(self) -> None:
        modules = {
            "two": module(lectures(199), title="Second", year=2),
            "one": module(lectures(200), title="First"),
        }
        assert found(places=ROOM, modules=modules, internships={"i": internship()}) == [
            f"{TOO_LITTLE} year 2 has 199 h"
        ]

    def test_years_in_their_order(self) -> None:
        groups = {"a": {"title": "Second years"}, "b": {"title": "First years"}}
        modules = {"two": module(lectures(199), group="a", year=2), "one": module(lectures(198), group="b")}
        tables = {"groups": groups, "places": ROOM, "modules": modules}
        assert found(**tables, internships={"a": internship("a"), "b": internship("b")}) == [
            f"{TOO_LITTLE} year 1 has 198 h",
            f"{TOO_LITTLE} year 2 has 199 h",
        ]

    def test_only_students_who_have_an_internship(self) -> None:
        """Option A has 200 h and an internship, option B has 150 h and none."""
        tables = {
            "places": ROOM,
            "modules": {"m": module(lectures(150)), "a": module(lectures(50), group="a")},
        }
        assert found(**CHOICE, **tables, internships={"i": internship("a")}) == []
        assert found(**CHOICE, **tables, internships={"i": internship()}) == [f"{TOO_LITTLE} year 1 has 150 h–200 h"]

    def test_an_internship_without_any_module(self) -> None:
        assert found(internships={"i": internship()}, findings={"on_site_hours_per_year": 0}) == [
            f"{TOO_LITTLE} year 1 has 0 min"
        ]


class TestAnnouncedHours:
    def test_as_announced(self) -> None:
        announced = {"teaching_hours": 16.5, "on_site_hours": 7.5, "personal_hours": 20, "internship_hours": 455}
        assert found(**PLAN, announced=announced) == []

    def test_otherwise_than_announced(self) -> None:
        announced = {"teaching_hours": 16.25, "on_site_hours": 0, "personal_hours": 20.25, "internship_hours": 450}
        assert found(**PLAN, announced=announced) == [
            "announced_hours: teaching, 16 h 15 announced and 16 h 30 planned for a student",
            "announced_hours: on site, 0 min announced and 7 h 30 planned for a student",
            "announced_hours: personal work, 20 h 15 announced and 20 h planned for a student",
            "announced_hours: internship, 450 h announced and 455 h planned for a student",
        ]

    def test_students_who_differ(self) -> None:
        modules = {"a": module(classes(2), group="a"), "b": module(classes(3), group="b")}
        tables = {"modules": modules, "internships": {"i": internship("b", hours=7)}, "findings": {"exempt": "x"}}
        assert found(**CHOICE, **tables, announced={"teaching_hours": 2, "internship_hours": 7}) == [
            "announced_hours: teaching, 2 h announced and 2 h–3 h planned for a student",
            "announced_hours: internship, 7 h announced and 0 min–7 h planned for a student",
        ]


class TestRollOver:
    def test_a_module_of_year_1_comes_again(self) -> None:
        modules = {
            "again": module(classes(1), title="scenario design", year=2),
            "design": module(classes(1), title="Scenario design"),
            "thesis": module(classes(1), title="Thesis", year=2),
        }
        assert found(modules=modules) == [
            "roll_over: “scenario design” is taken in year 1 and again in year 2; what is covered is not repeated"
        ]

    def test_twice_in_one_year(self) -> None:
        modules = {"one": module(classes(1), title="English"), "two": module(classes(1), title="English")}
        assert found(modules=modules) == []

    def test_the_same_module_for_students_of_two_cohorts(self) -> None:
        groups = {"first": {"title": "First years"}, "second": {"title": "Second years"}}
        modules = {
            "one": module(classes(1), title="English", group="first"),
            "two": module(classes(1), title="English", group="second", year=2),
        }
        assert found(groups=groups, modules=modules) == []

    def test_it_is_told_once_for_all_students(self) -> None:
        modules = {
            "one": module(classes(1), title="English"),
            "two": module(classes(1), title="English", year=2),
            "a": module(classes(1), title="A", group="a"),
            "b": module(classes(1), title="B", group="b"),
        }
        assert found(**CHOICE, modules=modules) == [
            "roll_over: “English” is taken in year 1 and again in year 2; what is covered is not repeated"
        ]


def test_the_year_of_le_mans_is_planned_as_it_is_announced() -> None:
    """250 h of teaching, a quarter of it on site, 600 h of personal work with the thesis, 450 h with a host."""
    programme = read_problem(LE_MANS).programme
    announced = AnnouncedTable(teaching_hours=250, on_site_hours=62.5, personal_hours=600, internship_hours=450)
    assert programme.announced == announced
    assert findings_of(programme) == ()
