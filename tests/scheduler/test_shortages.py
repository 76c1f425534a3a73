"""Shortages: what cannot fit is said before any search, with how many starts there are and who took them."""

from datetime import date
from typing import Any

from calendars.timetable import Placement
from calendars.wording import render
from constraints.availability import Availability
from constraints.days_off import DaysOff
from constraints.held import Held
from constraints.internship_alternating import InternshipAlternating
from constraints.rule import Rule
from constraints.within import Within
from constraints.working_hours import WorkingHours
from programmes import plain
from scheduler.candidates import candidates_of
from scheduler.shortages import shortages
from small import at, classes, module, on, small, week_of, work

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


FAR = {"all": {"title": "All", "time_zones": ["America/Guadeloupe", "Europe/Paris", "Pacific/Noumea"]}}
"""Nouméa is 15 h ahead of Guadeloupe: where the day is open in the one, it is night in the other."""


def test_zones_whose_opening_hours_never_meet_are_named_with_the_cure() -> None:
    """Four days of 8 starts; off are those of the 11th, and three of the 10th, when it is the 11th in Nouméa."""
    part = {"m": module(classes(1, dates=days(9, 12)))}
    assert told(groups=FAR, modules=part) == [
        "“Module” (virtual class) needs 1 session; its dates hold 32 starts, and the laws take all of them: "
        "working_hours (21) and days_off (11); no start lies within the opening hours of all of America/Guadeloupe, "
        "Europe/Paris and Pacific/Noumea: split the group, or declare the preference common_zone_hours instead of the "
        "law working_hours"
    ]
    assert told("fr", groups=FAR, modules=part) == [
        "« Module » (classe virtuelle) demande 1 séance ; ses dates offrent 32 débuts, et les lois n’en laissent rien "
        ": working_hours (21) et days_off (11) ; aucun début n’est dans les heures d’ouverture de tous les fuseaux à "
        "la fois (America/Guadeloupe, Europe/Paris et Pacific/Noumea) : divisez le groupe, ou déclarez la préférence "
        "common_zone_hours au lieu de la loi working_hours"
    ]


def test_zones_that_meet_need_no_cure_where_other_laws_take_what_they_share() -> None:
    """Guadeloupe opens at 14:00 of Paris: three starts are left of each day, when the trainer cannot."""
    groups = {"all": {"title": "All", "time_zones": ["Europe/Paris", "America/Guadeloupe"]}}
    trainers = {"ann": {"title": "Ann", "cannot": [{"hours": "14:00-17:00"}]}}
    part = module(classes(1, dates=days(10, 10)), trainer="ann")
    assert told(groups=groups, trainers=trainers, modules={"m": part}) == [
        "“Module” (virtual class) needs 1 session; its dates hold 8 starts, and the laws take all of them: "
        "working_hours (5) and availability (3)"
    ]


def test_without_the_law_far_zones_need_no_cure() -> None:
    armistice: dict[str, Any] = {"dates": days(11, 11), "modules": {"m": module(classes(1))}}
    assert told(laws=(Within(), DaysOff()), groups=FAR, **armistice) == [
        "“Module” (virtual class) needs 1 session; its dates hold 8 starts, and the laws take all of them: days_off (8)"
    ]


def test_one_zone_needs_no_cure() -> None:
    """It is open on Mondays only, and the programme has none."""
    opening = {"monday": "09:00-12:00"}
    assert told(opening_hours=opening, dates=days(10, 10), modules={"m": module(classes(1))}) == [
        "“Module” (virtual class) needs 1 session; its dates hold 3 starts, and the laws take all of them: "
        "working_hours (3)"
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


def before(day: int, *placements: Placement) -> tuple[Rule, ...]:
    """The laws, with what was held before a day of November."""
    return (Held(before=date(2026, 11, day), placements=placements), *LAWS)


NINE: dict[str, Any] = {"opening_hours": dict.fromkeys(WEEK, "09:00-10:00")}
HELD = at("2026-11-09 09:00")


def test_what_was_held_and_what_is_left_have_no_room_for_the_rest() -> None:
    """One of four was held on the 9th; the 10th is past, the 11th is off, the 12th and the 13th are left."""
    part = classes(4, dates=days(9, 13))
    assert told(laws=before(11, HELD), **NINE, modules={"m": module(part)}) == [
        "“Module” (virtual class) needs 4 sessions; its dates hold 5 starts, of which the laws leave 3, with room for "
        "3 sessions; the others are taken by days_off (1) and held (1)"
    ]
    assert told("fr", before(11, HELD), **NINE, modules={"m": module(part)}) == [
        "« Module » (classe virtuelle) demande 4 séances ; ses dates offrent 5 débuts, dont les lois laissent 3, de "
        "quoi placer 3 séances ; le reste est pris par days_off (1) et held (1)"
    ]


def test_exactly_as_many_as_were_held_and_have_room_are_no_shortage() -> None:
    assert told(laws=before(11, HELD), **NINE, modules={"m": module(classes(3, dates=days(9, 13)))}) == []


def test_everything_lies_in_the_past() -> None:
    assert told(laws=before(14), **NINE, modules={"m": module(classes(1, dates=days(12, 13)))}) == [
        "“Module” (virtual class) needs 1 session; its dates hold 2 starts, and the laws take all of them: held (2)"
    ]


def test_what_was_held_counts_where_it_stood_though_it_overlaps() -> None:
    """Two at once, and one on a day off, outside the dates; a fourth has room on the 12th, and not a fifth."""
    held = at("2026-11-09 09:00"), at("2026-11-09 09:30"), at("2026-11-08 09:00")
    assert told(laws=before(12, *held), **NINE, modules={"m": module(classes(4, dates=days(9, 12)))}) == []
    assert told(laws=before(12, *held), **NINE, modules={"m": module(classes(5, dates=days(9, 12)))}) == [
        "“Module” (virtual class) needs 5 sessions; its dates hold 6 starts, of which the laws leave 4, with room for "
        "4 sessions; the others are taken by days_off (1) and held (1)"
    ]


def test_more_held_than_announced_is_no_shortage() -> None:
    held = at("2026-11-09 09:00"), at("2026-11-10 09:00")
    assert told(laws=before(11, *held), **NINE, modules={"m": module(classes(1))}) == []


def test_work_that_has_no_week_left() -> None:
    """Of three hours one was planned in each week that has begun; on the 9th itself the second week is free."""
    short = [
        "“Module” (self-paced work) needs 3 h, but its dates hold 2 weeks only, with room for 2 h; widen them",
    ]
    held = week_of("2026-11-02", 60), week_of("2026-11-09", 60)
    assert told(laws=before(10, *held), modules={"m": module(work(3))}) == short
    assert told(laws=before(9, held[0]), modules={"m": module(work(3))}) == []
    assert told(laws=before(10, *held), modules={"m": module(work(2))}) == []


def test_a_block_whose_days_are_over_and_one_that_was_held() -> None:
    blocks = {"b": {"title": "Seminar", "kind": "seminar", "group": "all", "days": 2, "dates": days(9, 10)}}
    assert told(laws=before(10), blocks=blocks) == [
        "“Seminar” needs a first day; its dates hold 1 first day, and the laws take all of them: held (1)"
    ]
    assert told(laws=before(10, on("2026-11-09", "2026-11-10")), blocks=blocks) == []


def test_host_days_that_are_over() -> None:
    """Five are needed from Monday to Friday; one was held, the 10th was missed, three are left."""
    internships = {"host": {"title": "Internship", "group": "all", "dates": days(9, 13), "hours": 35}}
    held = before(11, on("2026-11-09", activity="host"))
    assert told(laws=held, internships=internships) == [
        "“Internship” needs 5 host days; its dates hold 5 days, of which the laws leave 4, with room for 4 host days; "
        "the others are taken by held (1)"
    ]
