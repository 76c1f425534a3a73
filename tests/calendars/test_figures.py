"""Sums over a timetable, by hand."""

from collections import Counter
from datetime import date, timedelta

import pytest

from calendars.clock import Dates, Span
from calendars.days_off import DayOff
from calendars.figures import (
    FORMS,
    Break,
    Form,
    Student,
    breaks,
    dates_taken,
    form_of,
    most_at_once,
    names_of_modules,
    spans_by_place,
    spans_by_trainer,
    students_of,
    weekly_forms,
)
from calendars.programme import Part, Programme, Work
from calendars.timetable import Timetable
from calendars.wording import show
from small import at, classes, module, on, small, timetable, week_of, work

FIRST, SECOND = date(2026, 11, 2), date(2026, 11, 9)
"""The Mondays of the two weeks of a small programme."""


def sessions_and_work(programme: Programme) -> list[Part | Work]:
    """All parts and works of a programme."""
    return [activity for activity in programme.activities.values() if isinstance(activity, Part | Work)]


def weeks() -> Programme:
    """The two weeks of a small programme with something to plan."""
    return small(modules={"m": module(classes(1))})


@pytest.mark.parametrize(
    ("part", "form"),
    [
        (classes(1), "live online"),
        (classes(1, place="visio"), "live online"),
        (classes(1, place="campus"), "on site"),
        ({"kind": "exam", "sessions": 1, "minutes": 60}, "on site"),
        (work(1), "self-paced"),
        (work(1, personal=True), "personal"),
    ],
)
def test_the_form_of_an_activity(part: dict[str, object], form: str) -> None:
    places = {"campus": {"title": "Campus"}, "visio": {"title": "Visio", "virtual": True}}
    programme = small(places=places, modules={"m": module(part)})
    assert [form_of(programme, activity) for activity in sessions_and_work(programme)] == [form]


def test_minutes_by_form_and_week() -> None:
    programme = small(modules={"m": module(classes(3, 90), work(2))})
    placed = timetable(
        at("2026-11-02 09:00", 90), at("2026-11-06 09:00", 90), at("2026-11-09 09:00", 90), week_of("2026-11-09", 120)
    )
    assert weekly_forms(programme, placed, sessions_and_work(programme)) == {
        "live online": Counter({FIRST: 180, SECOND: 90}),
        "on site": Counter(),
        "self-paced": Counter({SECOND: 120}),
        "personal": Counter(),
    }


def test_the_sessions_of_trainers_and_places_are_those_that_stand() -> None:
    programme = small(
        trainers={name: {"title": name} for name in ("ped", "law", "idle")},
        places={name: {"title": name} for name in ("room", "hall")},
        modules={"m": module(classes(3, trainer=["ped", "law"], place=["room", "hall"]), work(1))},
    )
    placed = timetable(
        at("2026-11-02 09:00", trainers=("law",), place="hall"),
        at("2026-11-03 09:00", trainers=("ped", "law"), place="hall"),
        at("2026-11-04 09:00"),
        week_of("2026-11-02", 60),
    )
    first, second, third = (each.span for each in placed.of("m.virtual-class"))
    assert list(spans_by_trainer(programme, placed).items()) == [
        ("ped", [second]),
        ("law", [first, second]),
        ("idle", []),
        ("", [third]),
    ]
    assert list(spans_by_place(programme, placed).items()) == [("room", []), ("hall", [first, second]), ("", [third])]


@pytest.mark.parametrize(
    ("spans", "most"),
    [
        ([], 0),
        ([(0, 60)], 1),
        ([(0, 60), (60, 120)], 1),
        ([(0, 60), (59, 120)], 2),
        ([(0, 60), (0, 60), (30, 90), (60, 90), (60, 90)], 3),
        ([(0, 600), (0, 60), (120, 180), (240, 300)], 2),
    ],
)
def test_the_most_sessions_at_once(spans: list[tuple[int, int]], most: int) -> None:
    assert most_at_once([Span(*span) for span in spans]) == most


def test_a_student_has_the_hours_of_their_groups_and_one_open_day_for_two_sessions() -> None:
    programme = small(
        groups={"all": {"title": "All"}, "x": {"title": "X", "part_of": "all"}, "y": {"title": "Y", "part_of": "all"}},
        modules={"m": module(classes(2)), "x": module(classes(1), group="x"), "y": module(classes(1), group="y")},
        internships={"host": {"title": "Host", "group": "y", "dates": [FIRST, SECOND], "hours": 14}},
    )
    placed = timetable(
        at("2026-11-02 09:00"),
        at("2026-11-02 10:00"),
        at("2026-11-02 14:00", part="x.virtual-class"),
        at("2026-11-03 14:00", part="y.virtual-class"),
        on("2026-11-05", activity="host"),
        on("2026-11-09", activity="host"),
    )
    none: Counter[date] = Counter()
    live: dict[Form, Counter[date]] = dict.fromkeys(FORMS, none) | {"live online": Counter({FIRST: 180})}
    assert students_of(programme, placed) == (
        Student(frozenset({"all", "x"}), live, {}, Counter({FIRST: 1}), none),
        Student(frozenset({"all", "y"}), live, {}, Counter({FIRST: 2}), Counter({FIRST: 1, SECOND: 1})),
    )


def test_defences_are_open_days_but_no_hours_of_a_student() -> None:
    defences = {"kind": "defence", "sessions": 2, "minutes": 60}
    programme = small(modules={"m": module(classes(1), defences)})
    placed = timetable(
        at("2026-11-02 09:00"), at("2026-11-10 09:00", part="m.defence"), at("2026-11-10 10:00", part="m.defence")
    )
    (student,) = students_of(programme, placed)
    assert student.totals == (60, 0, 0, 0)
    assert student.open_days == Counter({FIRST: 1, SECOND: 1})


def test_the_dates_taken_end_with_the_last_day_of_a_block() -> None:
    assert dates_taken(timetable(at("2026-11-03 09:00"), on("2026-11-02", "2026-11-12"))) == Dates(
        FIRST, date(2026, 11, 12)
    )


def test_an_empty_timetable_takes_no_dates() -> None:
    assert dates_taken(Timetable()) is None


def school(first: date, days: int, zone: str, name: str = "Autumn") -> list[DayOff]:
    """Days of a school holiday in a row."""
    return [DayOff(first + timedelta(days=n), "school", name, zone, "text", "official") for n in range(days)]


def test_a_weekend_does_not_break_a_run_and_is_no_part_of_it() -> None:
    # Thursday 5 to Tuesday 10 November; the weekend before the programme is outside its dates.
    off = [*school(date(2026, 10, 31), 2, "B"), *school(date(2026, 11, 5), 6, "B")]
    assert breaks(weeks(), off) == [
        Break(Dates(date(2026, 11, 5), date(2026, 11, 10)), "Autumn", "text", "official", ("B",))
    ]


def test_a_working_day_between_breaks_a_run() -> None:
    off = [*school(date(2026, 11, 3), 1, "B"), *school(date(2026, 11, 5), 1, "B")]
    assert [each.dates for each in breaks(weeks(), off)] == [
        Dates(date(2026, 11, 3), date(2026, 11, 3)),
        Dates(date(2026, 11, 5), date(2026, 11, 5)),
    ]


def test_zones_off_on_the_same_days_are_joined() -> None:
    off = [*school(SECOND, 5, "B"), *school(SECOND, 5, "A"), *school(SECOND, 3, "C")]
    assert [(each.dates.last.day, each.zones) for each in breaks(weeks(), off)] == [(11, ("C",)), (13, ("A", "B"))]


def test_days_for_everybody_have_no_zones_and_a_reason_each() -> None:
    public = DayOff(date(2026, 11, 11), "public", "Armistice Day", None, "holidays", "official")
    closure = DayOff(date(2026, 11, 11), "closure", "Closed", None, "", "typed")
    day = Dates(date(2026, 11, 11), date(2026, 11, 11))
    assert breaks(weeks(), [public, closure]) == [
        Break(day, "Armistice Day", "holidays", "official", ()),
        Break(day, "Closed", "", "typed", ()),
    ]


def test_modules_of_one_title_are_named_with_their_year_in_both_languages() -> None:
    programme = small(
        modules={
            "m": module(classes(1), title="Design"),
            "n": module(classes(1), title="Law"),
            "o": module(classes(1), title="Design", year=2),
        }
    )
    names = names_of_modules(programme)
    assert [[show(name, language) for name in names.values()] for language in ("en", "fr")] == [
        ["Design (year 1)", "Law", "Design (year 2)"],
        ["Design (année 1)", "Law", "Design (année 2)"],
    ]


def test_a_student_has_the_hours_of_each_year_where_there_are_several() -> None:
    """Two hours online and half an hour of personal work in year 1, an hour of self-paced work in year 2."""
    own = work(0.5, id="own", personal=True)
    later = module(work(1), {"kind": "defence", "sessions": 1, "minutes": 60}, year=2)
    placed = timetable(
        at("2026-11-02 09:00"),
        at("2026-11-03 09:00"),
        week_of("2026-11-02", 30, "m.own"),
        week_of("2026-11-09", 60, "n.distance-work"),
        at("2026-11-10 09:00", part="n.defence"),
    )
    (student,) = students_of(small(modules={"m": module(classes(2), own), "n": later}), placed)
    assert student.years == {1: (120, 0, 0, 30), 2: (0, 0, 60, 0)}
    (student,) = students_of(small(modules={"m": module(classes(2), own)}), placed)
    assert student.years == {}
