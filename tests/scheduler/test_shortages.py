"""Shortages: what cannot fit is said before any search, with how many starts there are and who took them."""

from datetime import date
from typing import Any

from calendars.wording import render
from constraints.availability import Availability
from constraints.days_off import DaysOff
from constraints.internship_alternating import InternshipAlternating
from constraints.rule import Rule
from constraints.within import Within
from constraints.working_hours import WorkingHours
from programmes import plain
from scheduler.candidates import candidates_of
from scheduler.shortages import shortages
from small import classes, module, small, work

WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")
LAWS = (Within(), DaysOff(), WorkingHours(), Availability())


def days(first: int, last: int) -> list[date]:
    return [date(2026, 11, first), date(2026, 11, last)]


def told(language: str = "en", laws: tuple[Rule, ...] = LAWS, **tables: Any) -> list[str]:
    """The shortages of a programme in words."""
    programme = small(**tables)
    found = shortages(candidates_of(programme, laws))
    return [plain(render(shortage.words(programme), language)) for shortage in found]


WINDOW: dict[str, Any] = {
    "opening_hours": {**dict.fromkeys(WEEK, "09:00-12:00"), "lunch": "11:00-12:00"},
    "trainers": {"ann": {"title": "Ann", "cannot": [{"weekday": "thursday", "hours": "09:00-10:00"}]}},
    "modules": {"m": module(classes(4, dates=days(10, 12)), trainer="ann")},
}
"""Three days with starts at 9, 10 and 11. The 11th is off (3 starts), 11:00 is lunch (2), Ann cannot once at 9 (1)."""


def test_more_sessions_than_starts_in_english() -> None:
    assert told(**WINDOW) == [
        "“Module” (virtual class) needs 4 sessions; its dates hold 9 starts, of which the laws leave 3, with room for "
        "3 sessions; the others are taken by days_off (3), working_hours (2) and availability (1)"
    ]


def test_more_sessions_than_starts_in_french() -> None:
    assert told("fr", **WINDOW) == [
        "« Module » (classe virtuelle) demande 4 séances ; ses dates offrent 9 débuts, dont les lois laissent 3, de "
        "quoi placer 3 séances ; le reste est pris par days_off (3), working_hours (2) et availability (1)"
    ]


def test_exactly_as_many_sessions_as_starts_are_no_shortage() -> None:
    assert told(**WINDOW | {"modules": {"m": module(classes(3, dates=days(10, 12)), trainer="ann")}}) == []


def test_starts_that_overlap_have_room_for_fewer_sessions() -> None:
    """From 9:00 to 12:00 on the hour: two hours start at 9:00 or 10:00, and overlap."""
    one_day: dict[str, Any] = {"dates": days(10, 10), "opening_hours": {"tuesday": "09:00-12:00"}}
    assert told(**one_day, modules={"m": module(classes(2, 120))}) == [
        "“Module” (virtual class) needs 2 sessions, but its dates hold 2 starts only, with room for 1 session; "
        "widen them"
    ]


def test_no_start_is_left() -> None:
    assert told(**WINDOW | {"modules": {"m": module(classes(1, dates=days(11, 11)))}}) == [
        "“Module” (virtual class) needs 1 session; its dates hold 3 starts, and the laws take all of them: days_off (3)"
    ]
    assert told("fr", **WINDOW | {"modules": {"m": module(classes(1, dates=days(11, 11)))}}) == [
        "« Module » (classe virtuelle) demande 1 séance ; ses dates offrent 3 débuts, et les lois n’en laissent rien : "
        "days_off (3)"
    ]


def test_every_activity_that_is_short_in_the_order_of_the_programme() -> None:
    parts = module(
        classes(1, dates=days(11, 11)),
        classes(1, id="sound"),
        classes(2, id="other", dates=days(10, 10)),
    )
    opening = {**dict.fromkeys(WEEK, "09:00-11:00")}
    assert told(opening_hours=opening, starts_every_minutes=120, modules={"m": parts}) == [
        "“Module” (virtual class) needs 1 session; its dates hold 1 start, and the laws take all of them: days_off (1)",
        "“Module” (virtual class) needs 2 sessions, but its dates hold 1 start only, with room for 1 session; "
        "widen them",
    ]


def test_self_paced_work_in_hours_and_weeks() -> None:
    closed = {"closures": [{"title": "Closed", "dates": days(2, 13)}]}
    assert told(modules={"m": module(work(8))}, days_off=closed) == [
        "“Module” (self-paced work) needs 8 h; its dates hold 2 weeks, and the laws take all of them: days_off (2)"
    ]


def test_a_block_in_first_days() -> None:
    blocks = {"b": {"title": "Seminar", "kind": "seminar", "group": "all", "days": 2, "dates": days(7, 9)}}
    # 2 days from the 7th to the 9th: a Saturday or a Sunday to start on
    assert told(blocks=blocks) == [
        "“Seminar” needs a first day; its dates hold 2 first days, and the laws take all of them: days_off (2)"
    ]
    assert told("fr", blocks=blocks) == [
        "« Seminar » demande un premier jour ; ses dates offrent 2 premiers jours, et les lois n’en laissent rien : "
        "days_off (2)"
    ]


def test_a_block_that_is_longer_than_its_dates() -> None:
    blocks = {"b": {"title": "Seminar", "kind": "seminar", "group": "all", "days": 5, "dates": days(2, 4)}}
    assert told(blocks=blocks) == ["“Seminar” needs a first day, but its dates are too short for it; widen them"]
    assert told("fr", blocks=blocks) == [
        "« Seminar » demande un premier jour, mais ses dates sont trop courtes ; élargissez-les"
    ]


def test_an_internship_in_host_days() -> None:
    """Monday 9 to Friday 13 November, the 11th off: 4 host days of 7 h, where 30 h take 5."""
    internships = {"host": {"title": "Internship", "group": "all", "dates": days(9, 13), "hours": 30}}
    laws = (Within(), InternshipAlternating(internship="host"))
    assert told(laws=laws, internships=internships) == [
        "“Internship” needs 5 host days; its dates hold 5 days, of which the laws leave 4, with room for 4 host days; "
        "the others are taken by internship_alternating (1)"
    ]
    assert told("fr", laws, internships=internships) == [
        "« Internship » demande 5 jours de stage ; ses dates offrent 5 jours, dont les lois laissent 4, de quoi placer "
        "4 jours de stage ; le reste est pris par internship_alternating (1)"
    ]


def test_starts_outside_the_blocks_of_a_part_are_not_counted() -> None:
    """The seminar can only stand on the 10th, where one session starts at 9:00, 10:00 or 11:00."""
    blocks = {"b": {"title": "Seminar", "kind": "seminar", "group": "all", "days": 1, "dates": days(10, 10)}}
    programme: dict[str, Any] = {"opening_hours": dict.fromkeys(WEEK, "09:00-12:00"), "blocks": blocks}
    assert told(**programme, modules={"m": module(classes(4, blocks=["b"]))}) == [
        "“Module” (virtual class) needs 4 sessions, but its dates hold 3 starts only, with room for 3 sessions; "
        "widen them"
    ]
