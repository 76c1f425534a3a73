"""The facts of a placed year, by hand."""

from datetime import date

from calendars.clock import Dates
from console.facts import Projection, Range, Stretch, facts_of
from small import at, classes, module, on, small, timetable, week_of, work

NONE = Range(0, 0)


def dates(first: str, last: str) -> Dates:
    """Days, both included."""
    return Dates(date.fromisoformat(first), date.fromisoformat(last))


def test_sessions_their_weeks_and_their_days() -> None:
    programme = small(modules={"m": module(classes(3), work(1))})
    facts = facts_of(
        programme,
        timetable(at("2026-11-04 09:00"), at("2026-11-05 09:00"), at("2026-11-12 09:00"), week_of("2026-11-09", 60)),
    )
    assert (facts.sessions, facts.weeks, facts.dates) == (3, 2, dates("2026-11-04", "2026-11-12"))


def test_a_year_without_live_sessions() -> None:
    facts = facts_of(small(modules={"m": module(work(1))}), timetable(week_of("2026-11-09", 60)))
    assert (facts.sessions, facts.weeks, facts.dates, facts.stretches) == (0, 0, None, ())


def test_blocks_internships_exams_and_defences_in_order_of_time() -> None:
    """Exams and defences are one stretch each, whatever their modules."""
    exam = {"kind": "exam", "sessions": 1, "minutes": 60}
    defence = {"kind": "defence", "sessions": 2, "minutes": 60}
    programme = small(
        modules={"m": module(exam, defence), "n": module(exam)},
        blocks={
            "b": {
                "title": "Week",
                "kind": "seminar",
                "group": "all",
                "days": 5,
                "dates": [date(2026, 11, 2), date(2026, 11, 13)],
            }
        },
        milestones={"d": {"title": "Thesis", "group": "all", "dates": [date(2026, 11, 2), date(2026, 11, 13)]}},
        internships={
            "i": {"title": "Host", "group": "all", "dates": [date(2026, 11, 2), date(2026, 11, 13)], "hours": 14}
        },
    )
    placed = timetable(
        on("2026-11-02", "2026-11-06"),
        on("2026-11-09", activity="i"),
        on("2026-11-13", activity="i"),
        on("2026-11-10", activity="d"),
        at("2026-11-12 09:00", part="m.exam"),
        at("2026-11-11 14:00", part="n.exam"),
        at("2026-11-12 14:00", part="m.defence"),
        at("2026-11-12 15:00", part="m.defence"),
    )
    assert facts_of(programme, placed).stretches == (
        Stretch("seminar", "Week", 1, dates("2026-11-02", "2026-11-06")),
        Stretch("internship", "Host", 2, dates("2026-11-09", "2026-11-13")),
        Stretch("milestone", "Thesis", 1, dates("2026-11-10", "2026-11-10")),
        Stretch("exam", None, 2, dates("2026-11-11", "2026-11-12")),
        Stretch("defence", None, 2, dates("2026-11-12", "2026-11-12")),
    )


def test_minutes_of_the_least_and_of_the_most_busy_student() -> None:
    """One elective has a class of an hour, the other one of two; all have an hour of work."""
    elective = {"title": "Elective", "part_of": "all"}
    programme = small(
        groups={"all": {"title": "All"}, "a": elective, "b": elective},
        electives={"e": {"title": "Choice", "choose": 1, "groups": ["a", "b"]}},
        modules={
            "m": module(work(1)),
            "a": module(classes(1), group="a"),
            "b": module(classes(1, 120), group="b"),
        },
    )
    placed = timetable(
        week_of("2026-11-02", 60),
        at("2026-11-03 09:00", part="a.virtual-class"),
        at("2026-11-03 09:00", 120, part="b.virtual-class"),
    )
    facts = facts_of(programme, placed)
    assert facts.minutes == {
        "live online": Range(60, 120),
        "on site": NONE,
        "self-paced": Range(60, 60),
        "personal": NONE,
    }
    assert facts.minutes_in_all == Range(120, 180)


def test_parts_without_a_trainer() -> None:
    programme = small(
        trainers={"ann": {"title": "Ann"}},
        modules={"m": module(classes(2)), "n": module(classes(1, trainer="ann"), work(1))},
    )
    assert facts_of(programme, timetable()).without_trainer == {"m.virtual-class": 2}


def winter(*sessions: tuple[str, str]) -> tuple[Projection, ...]:
    """The projections of January to March 2031, with classes at 9:00 of these groups on these days.

    No official text has the school year 2030-2031. The formula gives zone A 24 February to 7 March, zone B 10 to 21
    February.
    """
    programme = small(
        dates=[date(2031, 1, 6), date(2031, 3, 28)],
        groups={"a": {"title": "A", "school_zones": ["A"]}, "b": {"title": "B", "school_zones": ["B"]}},
        modules={"a": module(classes(9), group="a"), "b": module(classes(9), group="b")},
    )
    placed = timetable(*(at(f"{day} 09:00", part=f"{group}.virtual-class") for group, day in sessions))
    return facts_of(programme, placed).projections


def test_no_projection_where_every_text_is_out() -> None:
    group = {"title": "All", "school_zones": ["A", "B", "C"]}
    programme = small(
        dates=[date(2026, 9, 7), date(2027, 6, 25)], groups={"all": group}, modules={"m": module(classes(1))}
    )
    assert facts_of(programme, timetable()).projections == ()


def test_sessions_within_a_week_of_projected_holidays_of_their_zone() -> None:
    assert winter() == (Projection("2030-2031", 0),)
    assert winter(("a", "2031-02-16"), ("a", "2031-03-15")) == (Projection("2030-2031", 0),)
    assert winter(("a", "2031-02-17"), ("a", "2031-03-14")) == (Projection("2030-2031", 2),)
    # a week before the holidays of zone B, three before those of zone A
    assert winter(("a", "2031-02-03"), ("b", "2031-02-03")) == (Projection("2030-2031", 1),)


def test_each_school_year_has_its_own_projection() -> None:
    programme = small(
        dates=[date(2030, 4, 1), date(2030, 12, 20)],
        groups={"all": {"title": "All", "school_zones": ["A"]}},
        modules={"m": module(classes(2))},
    )
    placed = timetable(at("2030-07-01 09:00"), at("2030-11-04 09:00"))
    assert facts_of(programme, placed).projections == (Projection("2029-2030", 1), Projection("2030-2031", 1))
