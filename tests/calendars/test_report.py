"""The report, byte for byte in both languages, and what it says where a certificate or a programme is plainer."""

import os
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from calendars.calendar_file import Calendar, CertificateRecord, LevelRecord, Version
from calendars.clock import Dates
from calendars.days_off import DayOff
from calendars.programme import Programme
from calendars.report import report
from calendars.saving import calendar_of
from calendars.timetable import Placement
from small import at, classes, module, on, small, staffed, week_of, work

GOLDEN = Path(__file__).parent.parent / "golden" / "report"
AS_OF = date(2026, 9, 1)
PROVED = LevelRecord(rank=1, rules=("near_date", "trainer_preference"), value=5, bound=5, proved=True)
OPEN = LevelRecord(rank=2, rules=("even_load",), value=200, bound=150, proved=False)
COSTS = {(1, "near_date"): 2, (1, "trainer_preference"): 3, (2, "even_load"): 200}


def year() -> Programme:
    """Four weeks with one of everything; a student takes one option, and two of the three are alike."""
    return small(
        title="Master of pedagogy",
        dates=[date(2026, 12, 14), date(2027, 1, 8)],
        groups={
            "all": {"title": "Students"},
            "x": {"title": "Option X", "part_of": "all"},
            "y": {"title": "Option Y", "part_of": "all"},
            "z": {"title": "Option Z", "part_of": "all"},
        },
        electives={"options": {"title": "One option", "choose": 1, "groups": ["x", "y", "z"]}},
        trainers={"ped": {"title": "Trainer, pedagogy"}, "law": {"title": "Trainer, law"}},
        places={"campus": {"title": "Campus"}, "visio": {"title": "Virtual room", "virtual": True}},
        modules={
            "m": module(
                classes(2),
                {
                    "kind": "course",
                    "sessions": 1,
                    "minutes": 180,
                    "place": "campus",
                    "trainer": ["ped", "law"],
                    "together": 2,
                },
                work(6),
                work(10, id="own", personal=True),
                title="Design",
                trainer="ped",
            ),
            "x": module(classes(2), title="Work analysis", group="x", trainer="law", place="visio"),
            "y": module(classes(3), title="Quality", group="y", trainer="law", place="visio"),
            "z": module(classes(2), title="Mediation", group="z"),
            "thesis": module({"kind": "defence", "sessions": 2, "minutes": 60, "place": "campus"}, title="Thesis"),
        },
        blocks={
            "opening": {
                "title": "Opening",
                "kind": "seminar",
                "group": "all",
                "days": 5,
                "dates": [date(2026, 12, 14), date(2026, 12, 18)],
            }
        },
        internships={
            "host": {"title": "Internship", "group": "all", "dates": [date(2027, 1, 4), date(2027, 1, 8)], "hours": 14}
        },
        milestones={"due": {"title": "Thesis due", "group": "all", "dates": [date(2027, 1, 4), date(2027, 1, 8)]}},
    )


PLACED = (
    on("2026-12-14", "2026-12-18", "opening"),
    at("2026-12-14 09:00"),
    at("2026-12-15 09:00"),
    at("2026-12-16 09:00", 180, "m.course"),
    at("2026-12-14 14:00", part="x.virtual-class"),
    at("2027-01-04 09:00", part="x.virtual-class"),
    at("2026-12-17 14:00", part="y.virtual-class"),
    at("2027-01-04 09:00", part="y.virtual-class"),
    at("2027-01-05 09:00", part="y.virtual-class"),
    at("2026-12-14 15:00", part="z.virtual-class"),
    at("2027-01-04 10:00", part="z.virtual-class"),
    at("2027-01-07 09:00", part="thesis.defence"),
    at("2027-01-07 10:00", part="thesis.defence"),
    week_of("2026-12-14", 240),
    week_of("2027-01-04", 120),
    week_of("2026-12-21", 600, "m.own"),
    on("2027-01-05", activity="host"),
    on("2027-01-06", activity="host"),
    on("2027-01-08", activity="due"),
)
"""What the golden files say of them:

- Design: 2 h online, 3 h on site, 4 + 2 = 6 h self-paced, 10 h personal, 21 h in all.
- A student of option X or Z: 2 + 2 = 4 h online, 3 h on site, 6 h self-paced: 13 h, of which 3 on site, 23.1 %, and
  10 at a distance; with 10 h personal 23 h. Of option Y: an hour more online, 14 h, 21.4 %, 24 h.
- Pedagogy: 2 + 1 sessions, 2 + 3 = 5 h. Law: 2 + 3 + 1 sessions, 5 + 3 = 8 h, since the course on site has both.
  Nobody: 2 of option Z and 2 defences, 4 h.
- Campus: 1 + 2 sessions, 3 + 2 = 5 h. Virtual room: 2 + 3 sessions, 5 h, two of them at once on 4 January. Nowhere:
  2 of Design and 2 of option Z, 4 h.
- Week 51: 2 + 1 h online, 3 h on site, 4 h self-paced: 10 h; Monday to Wednesday, with option Y Thursday too.
- Week 1: 1 h online, with option Y 2 h, 2 h self-paced: 3 or 4 h; Monday, Thursday (defences), with option Y Tuesday.
"""


def days_off() -> list[DayOff]:
    """Holidays of two zones from a Saturday to a Sunday, a public holiday, a closure, and a projected day."""
    holidays = Dates(date(2026, 12, 19), date(2027, 1, 3))
    school = [
        DayOff(day, "school", "Christmas holidays", zone, "JORFTEXT000052416058", "official")
        for zone in ("A", "B")
        for day in holidays.days()
    ]
    public = DayOff(date(2026, 12, 25), "public", "Christmas Day", None, "holidays 1.0", "official")
    closure = DayOff(date(2027, 1, 4), "closure", "University closed", None, "", "typed")
    bridge = DayOff(date(2027, 1, 8), "school", "Bridge", "A", "holidays 1.0", "projected")
    return [*school, public, closure, bridge]


def calendar(programme: Programme, *placements: Placement, levels: tuple[LevelRecord, ...] = ()) -> Calendar:
    """A reproducible calendar."""
    return calendar_of(
        programme, staffed(programme, *placements), CertificateRecord(levels=levels, reproducible=True), AS_OF, seed=0
    )


def section(text: str, heading: str) -> list[str]:
    """The lines below a heading, up to the empty line before the next one."""
    lines = text.splitlines()
    first = lines.index(heading) + 2
    following = [lines.index(other) for other in headings(text)]
    return lines[first : min((number - 1 for number in following if number > first), default=len(lines))]


def headings(text: str) -> list[str]:
    """The headings of the sections."""
    lines = text.splitlines()
    return [line for line, below in pairwise(lines) if below == "-" * len(line) != ""]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_whole_report(language: str) -> None:
    programme = year()
    certificate = CertificateRecord(levels=(PROVED, OPEN), reproducible=False)
    saved = calendar_of(programme, staffed(programme, *PLACED), certificate, AS_OF, seed=0)
    text = report(programme, saved.model_copy(update={"days_off": tuple(days_off())}), COSTS, language)
    golden = GOLDEN / f"small.{language}.txt"
    if os.environ.get("SEMAINIER_GOLDEN") == "rewrite":
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, "utf-8")
    assert text == golden.read_text("utf-8")


def test_a_calendar_without_preferences_is_as_good_as_any() -> None:
    programme = small(modules={"m": module(classes(1))})
    text = report(programme, calendar(programme, at("2026-11-10 14:00")), {}, "en")
    assert section(text, "Certificate") == [
        "Every law is kept.",
        "No preference is declared, so no lawful calendar is better than this one.",
    ]


def test_a_single_proved_level_needs_no_conditions() -> None:
    programme = small(modules={"m": module(classes(1))})
    text = report(programme, calendar(programme, at("2026-11-10 14:00"), levels=(PROVED,)), COSTS, "en")
    assert section(text, "Certificate") == [
        "Every law is kept.",
        "Level 1: value 5, bound 5, proved optimal.",
        "",
        "Rule                Level  Cost",
        "near_date               1     2",
        "trainer_preference      1     3",
    ]


def test_a_published_report_says_its_version_below_the_title() -> None:
    programme = small(modules={"m": module(classes(1))})
    published = calendar(programme).model_copy(
        update={"draft": False, "versions": (Version(name="Autumn", day=date(2026, 9, 1)),)}
    )
    assert report(programme, published, {}, "en").splitlines()[:5] == [
        "Small",
        "=====",
        "Version “Autumn”, published on Tuesday 1 September 2026",
        "From Monday 2 November 2026 to Friday 13 November 2026.",
        "Made as of Tuesday 1 September 2026.",
    ]


def test_hours_are_those_of_the_trainers_and_places_that_were_chosen() -> None:
    programme = small(
        trainers={"ped": {"title": "Trainer, pedagogy"}, "law": {"title": "Trainer, law"}},
        places={"room": {"title": "Room"}, "hall": {"title": "Hall"}},
        modules={"m": module(classes(2), trainer=["ped", "law"], place=["room", "hall"])},
    )
    chosen = (
        at("2026-11-02 09:00", trainers=("law",), place="room"),
        at("2026-11-10 14:00", trainers=("law",), place="hall"),
    )
    text = report(programme, calendar(programme, *chosen), {}, "en")
    assert section(text, "Hours by trainer") == [
        "Trainer            Sessions  Hours",
        "Trainer, pedagogy         0      –",
        "Trainer, law              2    2 h",
    ]
    assert section(text, "Hours by place") == [
        "Place  Sessions  Hours   Most at",
        "                            once",
        "Room          1    1 h         –",
        "Hall          1    1 h         –",
    ]


def test_a_point_above_a_bound_of_nothing() -> None:
    programme = small(modules={"m": module(classes(1))})
    level = LevelRecord(rank=1, rules=("near_date",), value=1, bound=0, proved=False)
    text = report(programme, calendar(programme, levels=(level,)), {(1, "near_date"): 1}, "en")
    # (1 - 0) / 1 = 100 %
    assert section(text, "Certificate")[1] == (
        "Level 1: value 1, bound 0, at most 1 point above the best possible (gap 100 %)."
    )


def test_students_who_are_all_alike_share_a_row_and_have_no_ranges() -> None:
    programme = small(modules={"m": module(classes(2))})
    text = report(programme, calendar(programme, at("2026-11-02 09:00"), at("2026-11-10 14:00")), {}, "en")
    assert section(text, "Hours of a student") == [
        "Groups         Presence-equivalent  of which  of which  Personal  In all",
        "                                     on site      at a      work",
        "                                              distance",
        "Every student                  2 h         –       2 h         –     2 h",
    ]
    assert section(text, "Hours by week") == [
        "Week  Monday          Live  On site  Self-paced  Personal  Total      Open      Host",
        "                    online                                            days      days",
        "  45  02/11/2026       1 h        –           –         –    1 h         1         –",
        "  46  09/11/2026       1 h        –           –         –    1 h         1         –",
    ]


def test_sections_without_a_row_are_left_out() -> None:
    first = date(2026, 11, 2)
    programme = small(dates=[first] * 2, milestones={"due": {"title": "Due", "group": "all", "dates": [first] * 2}})
    text = report(programme, calendar(programme, on("2026-11-02", activity="due")), {}, "en")
    assert headings(text) == [
        "Certificate",
        "Blocks, milestones and internships",
        "Hours of a student",
        "Hours by week",
    ]


def test_findings_on_the_plan_follow_the_certificate() -> None:
    programme = small(modules={"m": module(classes(2))}, announced={"teaching_hours": 3, "personal_hours": 1})
    text = report(programme, calendar(programme, at("2026-11-02 09:00"), at("2026-11-10 14:00")), {}, "en")
    assert headings(text)[:2] == ["Certificate", "Findings"]
    assert section(text, "Findings") == [
        "announced_hours: teaching, 3 h announced and 2 h planned for a student",
        "announced_hours: personal work, 1 h announced and 0 min planned for a student",
    ]


def test_what_was_waived_is_told_below_the_days_off() -> None:
    waiver = {"zone": "Corse", "dates": [date(2031, 9, 1), date(2032, 8, 31)], "why": "not published yet"}
    programme = small(
        dates=[date(2031, 11, 3), date(2031, 11, 14)],
        days_off={"school_zones": ["Corse"], "waived": [waiver]},
        modules={"m": module(classes(1))},
    )
    saved = calendar(programme, at("2031-11-04 14:00"))
    armistice = "Armistice Day  Tue 11 Nov 2031  –         –      official  holidays 0.109"
    assert report(programme, saved, {}, "en").splitlines()[-4:] == [
        armistice,
        "",
        "School zone Corse is planned without school holidays from Monday 1 September 2031 to Tuesday 31",
        "August 2032 (not published yet).",
    ]


def test_the_hours_of_several_years_are_told_apart() -> None:
    """Two hours in year 1 and two for X in year 2; as many for Y in all, but three in year 1 and one in year 2."""
    option = {"part_of": "all"}
    programme = small(
        groups={"all": {"title": "All"}, "x": {"title": "X", **option}, "y": {"title": "Y", **option}},
        electives={"one": {"title": "One", "choose": 1, "groups": ["x", "y"]}},
        modules={
            "m": module(classes(2), title="Design"),
            "x": module(classes(2), title="Design", group="x", year=2),
            "y": module(classes(1), title="Law", group="y"),
            "z": module(classes(1), title="Media", group="y", year=2),
        },
    )
    placed = (
        at("2026-11-02 09:00"),
        at("2026-11-03 09:00"),
        at("2026-11-09 09:00", part="x.virtual-class"),
        at("2026-11-10 09:00", part="x.virtual-class"),
        at("2026-11-09 09:00", part="y.virtual-class"),
        at("2026-11-10 09:00", part="z.virtual-class"),
    )
    text = report(programme, calendar(programme, *placed), {}, "en")
    assert section(text, "Hours of a student")[3:] == [
        "All and X                        4 h         –       4 h         –     4 h",
        "of which year 1                  2 h         –       2 h         –     2 h",
        "of which year 2                  2 h         –       2 h         –     2 h",
        "All and Y                        4 h         –       4 h         –     4 h",
        "of which year 1                  3 h         –       3 h         –     3 h",
        "of which year 2                  1 h         –       1 h         –     1 h",
    ]
    assert section(text, "Hours by module")[2:6] == [
        "Design (year 1)       2 h        –           –         –    2 h",
        "Design (year 2)       2 h        –           –         –    2 h",
        "Law                   1 h        –           –         –    1 h",
        "Media                 1 h        –           –         –    1 h",
    ]
    french = section(report(programme, calendar(programme, *placed), {}, "fr"), "Heures d’un étudiant")
    assert [line[:16].strip() for line in french[-6:]] == [
        "All et X",
        "dont l’année 1",
        "dont l’année 2",
        "All et Y",
        "dont l’année 1",
        "dont l’année 2",
    ]
