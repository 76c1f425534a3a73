from datetime import date
from typing import Any, ClassVar

from calendars.programme import Internship, Programme
from constraints.complete import Complete
from constraints.host_days import (
    days_with_lessons,
    faults_of,
    host_days,
    internships_of,
    keep_apart,
    lessons_by_day,
    misplaced,
    parts_beside,
    placed_host_days,
    whole_weeks_beside,
    why_away,
)
from constraints.rule import Model, Rule
from small import at, classes, module, on, small, timetable
from solving import allowed, model_of

WEEK = [date(2026, 11, 9), date(2026, 11, 13)]
PLAIN: dict[str, Any] = {
    "dates": WEEK,
    "opening_hours": {"monday": "09:00-11:00"},
    "groups": {
        "all": {"title": "All"},
        "half": {"title": "Half", "part_of": "all"},
        "guests": {"title": "Guests"},
    },
    "internships": {
        "i": {"title": "Internship", "group": "all", "dates": WEEK, "hours": 14},
        "j": {"title": "Long", "group": "guests", "dates": WEEK, "hours": 22},
    },
    "blocks": {
        key: {"title": key.title(), "kind": kind, "group": group, "dates": WEEK, "days": 2}
        for key, kind, group in (
            ("seminar", "seminar", "half"),
            ("week", "intensive-week", "all"),
            ("course", "course", "all"),
            ("theirs", "seminar", "guests"),
        )
    },
    "modules": {key: module(classes(1), group=key) for key in ("all", "half", "guests")},
}


def programme(**tables: Any) -> Programme:
    return small(**(PLAIN | tables))


def the_internship(of: Programme) -> Internship:
    return of.internships["i"]


def test_one_internship_or_every_one() -> None:
    assert [one.key for one in internships_of(programme(), None)] == ["i", "j"]
    assert [one.key for one in internships_of(programme(), "j")] == ["j"]
    assert internships_of(programme(), "k") == []


def test_hours_are_counted_in_whole_host_days() -> None:
    """14 h are two days of 7 h; 22 h are four, 28 h."""
    assert list(faults_of(programme(), None, 28)) == []
    assert [str(fault) for fault in faults_of(programme(), None, 27)] == [
        "“Long” takes 4 host days, 28 h in all; at most 27 h are allowed with one host"
    ]
    assert list(faults_of(programme(), "i", 14)) == []
    assert [str(fault) for fault in faults_of(programme(), "ii", 1)] == ["there is no internship ii; did you mean i?"]


def test_why_nobody_is_with_the_host() -> None:
    closed = {"title": "Shut", "dates": [date(2026, 11, 12)] * 2}
    days_off = {"closures": [{"title": "University closed", "dates": [date(2026, 11, 10)] * 2}]}
    of = programme(internships={"i": PLAIN["internships"]["i"] | {"closures": [closed]}}, days_off=days_off)
    days = [date(2026, 11, day) for day in range(8, 14)]
    assert [why and str(why) for why in (why_away(of, the_internship(of), day) for day in days)] == [
        "not a day of the working week",
        None,
        None,
        "a public holiday, Armistice Day",
        "the host is closed",
        None,
    ]


def test_what_stands_beside_an_internship_shares_a_person_with_it() -> None:
    of = programme()
    assert [part.key for part in parts_beside(of, the_internship(of))] == ["all.virtual-class", "half.virtual-class"]
    assert [block.key for block in whole_weeks_beside(of, the_internship(of))] == ["seminar", "week"]


def test_the_unknowns_of_host_days_and_of_days_with_lessons() -> None:
    of = programme()
    model, stay = model_of(of, []), the_internship(of)
    days = list(of.dates.days())
    assert list(host_days(model, stay)) == list(days_with_lessons(of, model, stay)) == days
    assert list(host_days(model, stay).values()) == list(model.choices("i").values())
    assert list(days_with_lessons(of, model, stay).values()) == [model.open_day("all", day) for day in days]


class Apart(Rule):
    """What `keep_apart` posts, by itself."""

    name: ClassVar[str] = "apart"

    def post(self, programme: Programme, model: Model) -> None:
        """Nothing else."""
        keep_apart(programme, model, the_internship(programme))


def test_the_model_keeps_host_days_from_whole_weeks_and_lessons() -> None:
    """One host day of five, one class on one of five days, a seminar of two days that starts on one of four.

    The first and the last day are in one seminar each, the other three in two: 3 + 2 + 2 + 2 + 3 ways, and 4 for the
    class.
    """
    stay = {"i": {"title": "Internship", "group": "all", "dates": WEEK, "hours": 7}}
    seminar = {"seminar": PLAIN["blocks"]["seminar"]}
    of = programme(
        opening_hours={"monday": "09:00-10:00"},
        internships=stay,
        blocks=seminar,
        modules={"half": PLAIN["modules"]["half"]},
    )
    every = allowed(of, [Complete()])
    clean = {one for one in every if not list(misplaced("away", of, the_internship(of), one, lambda day: None))}
    assert (len(every), len(clean)) == (5 * 5 * 4, 12 * 4)
    assert allowed(of, [Complete(), Apart()]) == clean


def test_host_days_that_are_misplaced_are_told_with_every_reason() -> None:
    of = programme()
    placed = timetable(
        *(on(f"2026-11-{day:02}", activity="i") for day in (9, 10, 11)),
        on("2026-11-10", "2026-11-11", activity="seminar"),
        on("2026-11-09", "2026-11-10", activity="theirs"),
        at("2026-11-11 09:00", part="half.virtual-class"),
        at("2026-11-11 10:00", part="all.virtual-class"),
        at("2026-11-09 10:00", part="guests.virtual-class"),
    )
    stay = the_internship(of)
    assert placed_host_days(stay, placed) == [date(2026, 11, day) for day in (9, 10, 11)]
    assert {day.day: (lesson.part, str(lesson.words)) for day, lesson in lessons_by_day(of, stay, placed).items()} == {
        11: ("all.virtual-class", "“Module” (virtual class) stands on Wednesday 11 November 2026 10:00")
    }
    found = list(misplaced("away", of, stay, placed, lambda day: why_away(of, stay, day)))
    assert {(breach.rule, breach.monday) for breach in found} == {("away", date(2026, 11, 9))}
    assert [(str(breach.message), breach.activities) for breach in found] == [
        (
            "“Internship” has a host day on Tuesday 10 November 2026: the day belongs to “Seminar”",
            ("seminar", "i"),
        ),
        ("“Internship” has a host day on Wednesday 11 November 2026: a public holiday, Armistice Day", ("i",)),
        (
            "“Internship” has a host day on Wednesday 11 November 2026: the day belongs to “Seminar”",
            ("seminar", "i"),
        ),
        (
            "“Internship” has a host day on Wednesday 11 November 2026: "
            "“Module” (virtual class) stands on Wednesday 11 November 2026 10:00",
            ("all.virtual-class", "i"),
        ),
    ]
