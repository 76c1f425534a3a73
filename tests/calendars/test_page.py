"""The page: what stands on it, that it is well formed and stands alone, and that nothing a person wrote is markup."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from calendars.calendar_file import (
    FORMAT,
    Calendar,
    CertificateRecord,
    Hold,
    PlacedDays,
    PlacedSession,
    PlannedWork,
    Version,
)
from calendars.clock import Dates
from calendars.days_off import DayOff
from calendars.page import page
from calendars.wording import LANGUAGES

STAMP = datetime(2026, 9, 1, tzinfo=UTC)
VOID = {"meta", "link", "input"}
CERTIFICATE = CertificateRecord(levels=(), reproducible=True)


def session(start: str, end: str, module: str = "design", **keys: object) -> PlacedSession:
    """A session of a day in December; the test says what is particular."""
    plain = {
        "uid": f"{module} {start}",
        "last_modified": STAMP,
        "part": f"{module}.virtual-class",
        "number": 1,
        "start": datetime.fromisoformat(start),
        "end": datetime.fromisoformat(f"{start[:10]} {end}"),
        "kind": "virtual-class",
        "title": "virtual class",
        "module": module,
        "module_title": {"design": "Design of courses", "law": "Law", "descartes": "Descartes"}[module],
        "groups": ("all",),
        "trainers": ("ped",),
    }
    return PlacedSession.model_validate(plain | keys)


def days(first: str, last: str, kind: str, title: str, **keys: object) -> PlacedDays:
    plain = {
        "uid": title + first,
        "last_modified": STAMP,
        "source": title,
        "first": date.fromisoformat(first),
        "last": date.fromisoformat(last),
        "kind": kind,
        "title": title,
        "groups": ("all",),
    }
    return PlacedDays.model_validate(plain | keys)


def work(monday: str, minutes: int, group: str = "all", **keys: object) -> PlannedWork:
    plain = {
        "uid": f"{monday} {group}",
        "last_modified": STAMP,
        "part": f"design.{group}",
        "monday": date.fromisoformat(monday),
        "minutes": minutes,
        "title": "reading",
        "module": "design",
        "module_title": "Design of courses",
        "groups": (group,),
    }
    return PlannedWork.model_validate(plain | keys)


SESSIONS = (
    session("2026-11-30 09:00", "10:00"),
    session("2026-12-01 14:00", "15:30", number=2),
    session("2026-12-01 16:00", "17:00", "law", trainers=(), groups=("x",), kind="exam", title="final exam"),
    session("2026-12-02 09:00", "12:00", "descartes", trainers=("ped", "guest"), kind="course", title="", place="room"),
    session("2026-12-05 09:00", "10:00", uid="gone", number=3, state="cancelled"),
)
RUNS = (
    days("2026-11-30", "2026-12-02", "seminar", "Opening", place="room"),
    days("2026-12-02", "2026-12-03", "internship", "Host", groups=("x",)),
    days("2026-12-04", "2026-12-04", "milestone", "Thesis due"),
    days("2026-12-07", "2026-12-09", "internship", "Fair", state="cancelled"),
    days("2026-12-19", "2026-12-22", "internship", "Host"),
)
WORKS = (
    work("2026-11-30", 90),
    work("2026-11-30", 60, "x"),
    work("2026-12-14", 30),
    work("2026-12-14", 45, "x", state="cancelled"),
)
HOLIDAYS = Dates(date(2026, 12, 19), date(2027, 1, 3))
OFF = (
    *(DayOff(day, "school", "Christmas", "B", "JO", "official") for day in HOLIDAYS.days()),
    DayOff(date(2026, 12, 7), "school", "Bridge", "B", "formula", "projected"),
    DayOff(date(2026, 12, 8), "closure", "Closed", None, "", "typed"),
    DayOff(date(2026, 12, 25), "public", "Christmas Day", None, "holidays", "official"),
)
TITLES = {
    "groups": {"all": "Everybody", "x": "Option X", "unused": "Nobody's group"},
    "trainers": {"ped": "Trainer, pedagogy"},
    "places": {"room": "Room 1", "unused": "Room 2"},
}
FIRST = Version(name="Autumn", day=date(2026, 9, 1))


def calendar(**keys: object) -> Calendar:
    """A calendar with one of everything, or with what the test says."""
    plain = {
        "format": FORMAT,
        "programme": "small",
        "title": "Small year",
        "language": "en",
        "time_zone": "Europe/Paris",
        "dates": (date(2026, 11, 30), date(2027, 1, 3)),
        "as_of": date(2026, 9, 1),
        "seed": 0,
        "sessions": SESSIONS,
        "days": RUNS,
        "work": WORKS,
        "titles": TITLES,
        "days_off": OFF,
        "certificate": CERTIFICATE,
    }
    return Calendar.model_validate(plain | keys)


EMPTY = calendar(sessions=(), days=(), work=(), titles={}, days_off=())


@dataclass
class Element:
    """An element with its attributes, and its children and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        """Every element inside, in order."""
        for child in self.children:
            if isinstance(child, Element):
                yield child
                yield from child.all()

    def where(self, **wanted: str) -> list["Element"]:
        """The elements inside with these attributes; a class is one of several."""
        return [element for element in self.all() if all(element.has(*each) for each in wanted.items())]

    def has(self, name: str, value: str) -> bool:
        held = self.attributes.get(name.strip("_").replace("_", "-"))
        return held == value or (name == "class_" and value in (held or "").split())

    @property
    def text(self) -> str:
        """All text inside, with single spaces."""
        parts = (child if isinstance(child, str) else child.text for child in self.children)
        return " ".join(" ".join(parts).split())


class Reader(HTMLParser):
    """A reader that refuses an end tag without its start, and an element that is not closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open = [Element("")]
        self.feed(html)
        self.close()
        assert [element.tag for element in self.open] == [""]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs), f"an attribute of {tag} stands twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(calendar: Calendar, language: str = "en") -> Element:
    """The page as a tree."""
    return Reader(page(calendar, language).decode()).open[0]


def by_id(root: Element, name: str) -> Element:
    (found,) = root.where(id=name)
    return found


def when(root: Element, name: str) -> str:
    (found,) = by_id(root, name).where(class_="when")
    return found.text


def letter(root: Element, kind: str) -> str:
    """What stands for a kind in the legend."""
    (legend,) = root.where(class_="kinds")
    return next(sign.text for sign in legend.where(class_="letter") if sign.has("class_", kind))


def cell(root: Element, day: str) -> Element:
    (found,) = root.where(data_day=day)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_its_language_and_title(language: str) -> None:
    html = page(calendar(), language).decode()
    root = Reader(html).open[0]
    assert html.startswith("<!DOCTYPE html>\n<html")
    assert [(each.tag, each.attributes["lang"]) for each in root.all() if "lang" in each.attributes] == [
        ("html", language)
    ]
    assert [element.text for element in root.all() if element.tag in ("title", "h1")] == ["Small year", "Small year"]


def test_months_weekdays_and_hours_are_in_the_habit_of_the_reader() -> None:
    french, english = read(calendar(), "fr"), read(calendar())
    assert [month.text for month in french.where(scope="col")[:2]] == ["novembre 2026", "décembre 2026"]
    assert [month.text for month in english.where(scope="col")[:2]] == ["November 2026", "December 2026"]
    assert cell(french, "2026-12-01").text == "M 1 V DES 14h E LAW 16h RS".replace("RS", letter(french, "seminar"))
    assert cell(english, "2026-12-01").text == "T 1 V DES 14:00 E LAW 16:00 RS"
    assert when(french, "s2") == "V mar. 1er déc. 2026 14 h–15 h 30"
    assert when(english, "s2") == "V Tue 1 Dec 2026 14:00–15:30"


def test_days_of_a_week_are_named_in_the_habit_of_the_reader() -> None:
    named = {
        language: [element.text for element in by_id(read(calendar(), language), "weeks").all() if element.tag == "h4"]
        for language in LANGUAGES
    }
    assert named["fr"][:2] == ["lundi 30", "mardi 1er"]
    assert named["en"][:2] == ["Monday 30", "Tuesday 1"]


def test_colons_and_semicolons_stand_apart_in_french() -> None:
    french, english = read(calendar(), "fr"), read(calendar())
    (exam,), (test,) = (by_id(root, "s3").where(class_="hidden") for root in (french, english))
    assert ("".join(map(str, exam.children)), "".join(map(str, test.children))) == ("examen\u00a0: ", "exam: ")
    legends = [
        [item.text for item in root.where(class_="kinds")[0].all() if item.tag == "li"] for root in (french, english)
    ]
    assert [legend[-1] for legend in legends] == [
        "4 h 30 travail en autonomie de la semaine ; Σ : somme sur plusieurs groupes",
        "4 h 30 self-paced work of the week; Σ: sum over several groups",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_calendar_gives_the_same_bytes(language: str) -> None:
    assert page(calendar(), language) == page(calendar(), language)


def test_nothing_is_fetched() -> None:
    html = page(calendar(), "en").decode()
    links = [
        value for each in Reader(html).open[0].all() for name in ("src", "href") if (value := each.attributes.get(name))
    ]
    assert {link[:1] for link in links} == {"#", "d"}
    assert [link for link in links if link[0] == "d"] == ["data:,"]
    assert re.findall(r"@import|url\(|https?:|//[a-z]+\.[a-z]|fetch\(|XMLHttpRequest|import\(", html) == []


def test_every_link_and_every_copy_points_at_something_that_stands_once() -> None:
    root = read(calendar())
    ids = Counter(element.attributes["id"] for element in root.all() if "id" in element.attributes)
    targets = {
        element.attributes["href"][1:] for element in root.all() if element.attributes.get("href", "")[:1] == "#"
    }
    copies = {element.attributes["data-of"] for element in root.all() if "data-of" in element.attributes}
    assert set(ids.values()) == {1}
    assert (targets | copies) - ids.keys() == set()


def rows(root: Element, name: str) -> list[Element]:
    """The rows of the lists of one part of the page."""
    return [row for row in by_id(root, name).all() if row.tag == "tr" and "data-of" in row.attributes]


def test_every_session_stands_once_in_its_week_and_once_in_each_list() -> None:
    root = read(calendar())
    cards = [element.attributes["id"] for element in by_id(root, "weeks").where(class_="card")]
    assert cards == ["s1", "s2", "s3", "s4", "s5"]
    listed = {
        name: Counter(row.attributes["data-of"] for row in rows(root, name))
        for name in ("modules", "trainers", "places", "groups")
    }
    assert listed["modules"] == dict.fromkeys(cards, 1)
    assert listed["trainers"] == dict.fromkeys(cards, 1) | {"s4": 2}  # two trainers lead the fourth
    assert listed["places"] == dict.fromkeys([*cards, "d1"], 1)  # the opening has a place, no other run has
    assert listed["groups"] == dict.fromkeys([*cards, "d1", "d2", "d3", "d4", "d5"], 1)


def test_a_card_tells_what_when_with_whom_and_where() -> None:
    root = read(calendar())
    assert (
        by_id(root, "s2").text
        == "V Tue 1 Dec 2026 14:00–15:30 Design of courses virtual class 2/2 Everybody · Trainer, pedagogy"
    )
    assert by_id(root, "s4").text == (
        "C Wed 2 Dec 2026 09:00–12:00 Descartes course Everybody · Trainer, pedagogy + guest · Room 1"
    )


def test_a_day_of_the_planner_shows_its_sessions_bands_and_why_it_is_off() -> None:
    root = read(calendar())
    assert cell(root, "2026-11-30").text == "M 30 Week 49 49 V DES 09:00 RS"
    assert cell(root, "2026-12-02").text == "W 2 C D2 09:00 RS In"
    assert cell(root, "2026-12-07").attributes["class"].split() == ["school", "projected"]
    assert cell(root, "2026-12-07").text == "M 7 Week 50 50 Bridge (?)"
    assert cell(root, "2026-12-08").attributes["class"].split() == ["closure"]
    assert cell(root, "2026-12-25").attributes["class"].split() == ["public", "school"]
    assert cell(root, "2026-12-19").attributes["class"].split() == ["school", "weekend"]
    told = [
        day
        for day in range(19, 32)
        for off in cell(root, f"2026-12-{day}").where(class_="off")
        if off.attributes["class"] == "off" and off.text == "Christmas"
    ]
    assert told == [19]


def test_bands_that_meet_lie_in_lanes_of_their_own() -> None:
    root = read(calendar())
    bands = [
        (band.tag, band.text, band.attributes.get("style")) for band in cell(root, "2026-12-02").where(class_="band")
    ]
    assert bands == [("span", "RS", None), ("a", "In", "--lane:1")]
    assert [(band.tag, band.attributes.get("style")) for band in cell(root, "2026-12-19").where(class_="band")] == [
        ("a", None)
    ]


def test_self_paced_work_is_summed_by_week_and_marked_where_groups_differ() -> None:
    root = read(calendar())
    (mixed,), (alone,) = (cell(root, day).where(class_="work") for day in ("2026-12-05", "2026-12-19"))
    assert mixed.text == "self-paced work Σ 2 h 30"
    assert ["hidden" in mark.attributes for work in (mixed, alone) for mark in work.all() if mark.tag == "i"] == [
        False,
        True,
    ]


def test_sums_leave_out_what_is_cancelled() -> None:
    figures = {
        (each.attributes["data-figure"], each.attributes["data-where"]): each.text
        for each in read(calendar()).all()
        if "data-figure" in each.attributes
    }
    assert (figures["sessions", ""], figures["minutes", ""]) == ("4", "6 h 30")  # 1 h + 1 h 30 + 1 h + 3 h
    assert (figures["sessions", "month=2026-12"], figures["minutes", "month=2026-12"]) == ("3", "5 h 30")
    assert (figures["sessions", "module=law"], figures["sessions", "trainer=guest"]) == ("1", "1")
    assert (figures["sessions", "place=room"], figures["sessions", "place="]) == ("1", "3")
    assert figures["days", "kind=internship"] == "6"  # 2 + 4 days
    assert (figures["work", ""], figures["work", "week=2026-12-14"]) == ("3 h", "30 min")  # 1 h 30 + 1 h + 30 min


def test_the_codes_of_modules_differ() -> None:
    codes = [code.text for code in by_id(read(calendar()), "modules").where(class_="code")]
    assert codes == ["DES", "LAW", "D2"]


def headings(root: Element, name: str) -> list[str]:
    """What a part of the page has lists of."""
    return [element.text for element in by_id(root, name).all() if element.tag == "h3"]


def choices(root: Element, name: str) -> list[str]:
    """What a filter offers."""
    return [label.text for label in root.all() if label.tag == "label" and label.where(name=name)]


def test_modules_of_one_title_are_told_apart_by_their_academic_years() -> None:
    """One module from November 2026 to September 2027, another in September 2027, and self-paced work alone in 2026."""
    held = (
        session("2026-11-30 09:00", "10:00"),
        session("2027-09-06 09:00", "10:00"),
        session("2027-09-07 09:00", "10:00", "law", module_title="Design of courses"),
        session("2027-09-08 09:00", "10:00", "descartes"),
    )
    reading = work("2026-11-30", 30, module="other", part="other.reading")
    root = read(calendar(sessions=held, days=(), work=(reading,)))
    named = [
        "Design of courses (2026-2028)",
        "Design of courses (2027-2028)",
        "Descartes",
        "Design of courses (2026-2027)",
    ]
    assert choices(root, "module") == named
    coded = [f"{code} {name}" for code, name in zip(("DES", "DC2", "D2", "DE2"), named, strict=True)]
    assert headings(root, "modules") == coded
    assert [item.text for item in root.where(class_="codes")[0].all() if item.tag == "li"] == coded


def test_lists_and_filters_name_the_same_subjects_also_untitled_ones_and_what_names_none() -> None:
    root = read(calendar())
    subjects = {
        "group": ["Everybody", "Option X"],
        "module": ["Design of courses", "Law", "Descartes"],
        "trainer": ["Trainer, pedagogy", "(no trainer named)", "guest"],
        "place": ["Room 1", "(no place named)"],
    }
    assert {name: choices(root, name) for name in subjects} == subjects
    assert headings(root, "modules") == ["DES Design of courses", "LAW Law", "D2 Descartes"]
    assert {name: headings(root, f"{name}s") for name in ("group", "trainer", "place")} == {
        name: subjects[name] for name in ("group", "trainer", "place")
    }


def test_a_calendar_without_places_has_neither_list_nor_filter_of_them() -> None:
    root = read(calendar(sessions=SESSIONS[:3], days=(), titles={}))
    links = [link.text for part in root.all() if part.tag == "nav" for link in part.where()]
    assert links == ["Year", "Week by week", "By group", "By module", "By trainer"]
    assert [each.attributes["data-chosen"] for each in root.all() if "data-chosen" in each.attributes] == [
        "group",
        "module",
        "trainer",
        "kind",
    ]


def test_a_list_tells_its_own_subject_where_a_session_has_several() -> None:
    root = read(calendar())
    columns = {
        name: [[column.text for column in table.where(scope="col")] for table in by_id(root, name).where(class_="rows")]
        for name in ("trainers", "places")
    }
    several = ["Date", "Time", "Module", "Kind", "Group", "Trainer", "Place"]
    assert columns["trainers"] == [several, ["Date", "Time", "Module", "Kind", "Group", "Place"], several]
    assert columns["places"] == [["Date", "Time", "Module", "Kind", "Group", "Trainer"]] * 2


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({}, "Draft"),
        ({"versions": (FIRST,)}, "Draft, follows version “Autumn” of Tuesday 1 September 2026"),
        ({"versions": (FIRST,), "draft": False}, "Version “Autumn”, published on Tuesday 1 September 2026"),
    ],
)
def test_the_page_says_whether_it_is_published_and_a_draft_bears_a_mark_on_paper(
    keys: dict[str, object], told: str
) -> None:
    root = read(calendar(**keys))
    (standing,) = root.where(class_="standing")
    assert standing.text == told
    assert standing.has("class_", "draft") == told.startswith("Draft")
    assert [mark.text for mark in root.where(class_="draft-mark")] == (["Draft"] if told.startswith("Draft") else [])


def test_what_is_cancelled_is_struck_through_and_said_in_weeks_and_lists() -> None:
    root = read(calendar())
    assert [by_id(root, name).text for name in ("s5", "d4", "w4")] == [
        "cancelled V Sat 5 Dec 2026 09:00–10:00 Design of courses virtual class Everybody · Trainer, pedagogy",
        "cancelled In Fair 7–9 Dec 2026 Everybody",
        "cancelled W Design of courses reading, 45 min Option X",
    ]
    struck = {
        name: [
            each.attributes.get("id") or each.attributes["data-of"]
            for each in by_id(root, name).where(class_="cancelled")
        ]
        for name in ("weeks", "groups", "modules", "trainers", "places")
    }
    assert struck == {
        "weeks": ["s5", "d4", "w4"],
        "groups": ["s5", "d4"],
        "modules": ["s5"],
        "trainers": ["s5"],
        "places": ["s5"],
    }
    assert [row.text for row in rows(root, "places") if row.has("class_", "cancelled")] == [
        "Sat 5 Dec 2026 09:00–10:00 Design of courses cancelled V virtual class Everybody Trainer, pedagogy"
    ]


def test_the_planner_shows_nothing_that_is_cancelled() -> None:
    planner = by_id(read(calendar()), "planner")
    shown = {each.attributes["data-of"] for each in planner.all() if "data-of" in each.attributes}
    assert shown == {"s1", "s2", "s3", "s4", "d1", "d2", "d3", "d5"}
    assert [work.text for work in cell(planner, "2026-12-19").where(class_="work")] == ["self-paced work Σ 30 min"]


def slot(start: str, end: str, **keys: object) -> Hold:
    """A slot on hold for the class of 1 December."""
    times = {"start": datetime.fromisoformat(start), "end": datetime.fromisoformat(f"{start[:10]} {end}")}
    plain = {"uid": start, "last_modified": STAMP, "session": SESSIONS[1].uid, "offer": "poll"}
    return Hold.model_validate(plain | times | keys)


POLL = calendar(holds=(slot("2026-12-03 14:00", "15:30", place="room"), slot("2026-12-04 14:00", "15:30")))


def test_a_session_and_its_slots_on_hold_are_said_to_be_confirmed_in_weeks_and_lists() -> None:
    root = read(POLL)
    what = "Design of courses virtual class 2/2"
    assert [card.text for card in by_id(root, "weeks").where(class_="tentative")] == [
        f"to be confirmed V Tue 1 Dec 2026 14:00–15:30 {what} Everybody · Trainer, pedagogy",
        f"to be confirmed V Thu 3 Dec 2026 14:00–15:30 {what} Everybody · Room 1",
        f"to be confirmed V Fri 4 Dec 2026 14:00–15:30 {what} Everybody",
    ]
    tentative, on_hold = (
        {
            name: [row.attributes["data-of"] for row in rows(root, name) if row.has("class_", shape)]
            for name in ("groups", "places")
        }
        for shape in ("tentative", "on-hold")
    )
    assert tentative == {"groups": ["s2", "s5", "s6"], "places": ["s5", "s2", "s6"]}
    assert on_hold == {"groups": ["s5", "s6"], "places": ["s5", "s6"]}


def test_slots_on_hold_count_nowhere_and_are_not_in_the_planner() -> None:
    def figures(root: Element) -> dict[tuple[str, str], str]:
        shown = [each for each in root.all() if "data-figure" in each.attributes]
        return {(each.attributes["data-figure"], each.attributes["data-where"]): each.text for each in shown}

    plain, poll = read(calendar()), read(POLL)
    assert figures(poll) == figures(plain)
    chips, with_slots = (by_id(root, "planner").where(class_="chip") for root in (plain, poll))
    assert [chip.text for chip in with_slots] == [chip.text for chip in chips]
    assert [chip.attributes["aria-label"] for chip in with_slots if chip.has("class_", "tentative")] == [
        "14:00–15:30, Design of courses, virtual class, to be confirmed"
    ]


def test_a_year_of_320_sessions_takes_less_than_a_megabyte() -> None:
    mondays = [date(2026, 9, 7) + timedelta(weeks=week) for week in range(40)]
    many = [
        session(
            f"{monday + timedelta(days=day)} {hour:02}:00", f"{hour + 1}:00", place="room", trainers=("ped", "guest")
        )
        for monday in mondays
        for day in range(4)
        for hour in (9, 14)
    ]
    assert len(many) == 320
    assert len(page(calendar(sessions=many, work=[work(str(monday), 90) for monday in mondays]), "en")) < 1_000_000


def test_markup_in_a_title_stays_text() -> None:
    evil = '</script><script>alert("1")</script>'
    hostile = session(
        "2026-12-01 09:00", "10:00", title=evil, module_title=evil, place=evil, trainers=(evil,), groups=(evil,)
    )
    html = page(
        calendar(title=evil, sessions=(hostile,), days=(days("2026-12-01", "2026-12-03", "seminar", evil),)), "en"
    ).decode()
    assert html.count("<script>") == 1
    assert html.count("</script>") == 1
    assert [element.text for element in Reader(html).open[0].all() if element.tag in ("title", "h1")] == [evil, evil]


def sheets(last: str) -> list[tuple[str, str, str, int]]:
    """Of a calendar from November 2026 to a day: how each sheet is headed and called, its first month and how many."""
    root = read(calendar(sessions=(*SESSIONS, session(f"{last} 09:00", "10:00"))))
    found = []
    for sheet in root.where(class_="sheet"):
        headings = [element.text for element in sheet.all() if element.tag == "h3"]
        months = [month.text for month in sheet.where(scope="col")]
        found.append((" ".join(headings), sheet.attributes["aria-label"], months[0], len(months)))
    return found


@pytest.mark.parametrize(
    ("last", "found"),
    [
        ("2027-12-31", [("", "Year 2026-2027", "November 2026", 14)]),
        (
            "2028-01-01",
            [
                ("2026-2027", "Year 2026-2027", "November 2026", 10),
                ("2027-2028", "Year 2027-2028", "September 2027", 5),
            ],
        ),
        (
            "2028-10-31",
            [
                ("2026-2027", "Year 2026-2027", "November 2026", 10),
                ("2027-2028", "Year 2027-2028", "September 2027", 14),
            ],
        ),
        (
            "2028-11-01",
            [
                ("2026-2027", "Year 2026-2027", "November 2026", 10),
                ("2027-2028", "Year 2027-2028", "September 2027", 12),
                ("2028", "Year 2028", "September 2028", 3),
            ],
        ),
    ],
)
def test_a_calendar_of_more_than_14_months_is_cut_where_an_academic_year_begins(
    last: str, found: list[tuple[str, str, str, int]]
) -> None:
    assert sheets(last) == found


def months(root: Element) -> list[str]:
    """The months of the planner."""
    return [month.text for month in by_id(root, "planner").where(scope="col")]


def worked(root: Element) -> dict[str, str]:
    """What the planner tells of self-paced work, by day."""
    days = [element for element in by_id(root, "planner").all() if "data-day" in element.attributes]
    return {day.attributes["data-day"]: work.text for day in days for work in day.where(class_="work")}


AFTER = DayOff(date(2026, 11, 2), "school", "Guess", "B", "formula", "projected")


@pytest.mark.parametrize(
    ("first", "last", "monday", "shown", "day"),
    [
        ("2026-10-26", "2026-10-30", "2026-10-26", ["October 2026"], "2026-10-31"),
        ("2027-06-21", "2027-06-30", "2027-06-28", ["June 2027"], "2027-06-30"),
        ("2026-10-01", "2026-10-09", "2026-09-28", ["October 2026"], "2026-10-03"),
        ("2026-11-01", "2026-11-06", "2026-10-26", ["November 2026"], "2026-11-01"),
    ],
)
def test_the_work_of_a_week_that_the_programme_cuts_adds_no_month(
    first: str, last: str, monday: str, shown: list[str], day: str
) -> None:
    """The work of a week stands on its Saturday, or on the nearest day of the sheet."""
    dates = date.fromisoformat(first), date.fromisoformat(last)
    root = read(calendar(dates=dates, sessions=(), days=(), work=[work(monday, 90)]))
    assert (months(root), worked(root)) == (shown, {day: "self-paced work Σ 1 h 30"})


def test_work_outside_the_programme_is_shown_with_its_whole_week() -> None:
    dates = date(2026, 11, 9), date(2026, 11, 20)
    root = read(calendar(dates=dates, sessions=(), days=(), work=[work("2026-11-30", 90)]))
    assert (months(root), worked(root)) == (
        ["November 2026", "December 2026"],
        {"2026-12-05": "self-paced work Σ 1 h 30"},
    )


def test_the_legend_tells_the_days_off_that_are_shown_only() -> None:
    """The guess is for the Monday after the programme and after its last month."""
    dates = date(2026, 10, 26), date(2026, 10, 30)
    root = read(calendar(dates=dates, sessions=(), days=(), work=[work("2026-10-26", 90)], days_off=(AFTER,)))
    assert root.where(class_="swatch") == []


def test_what_was_waived_is_told_in_the_legend() -> None:
    waived = {"zone": "Corse", "dates": ("2026-09-01", "2027-08-31"), "why": "not published yet"}
    pages = (read(calendar(waived=[waived]), "en"), read(calendar(waived=[waived]), "fr"), read(calendar()))
    assert [[each.text for each in root.where(class_="waived")] for root in pages] == [
        [
            "School zone Corse is planned without school holidays from Tuesday 1 September 2026 to Tuesday 31 August "
            "2027 (not published yet)."
        ],
        [
            "La zone scolaire Corse est planifiée sans vacances scolaires du mardi 1er septembre 2026 au mardi 31 août "
            "2027 (not published yet)."
        ],
        [],
    ]


def test_a_guess_is_marked_where_it_is_what_is_named() -> None:
    """A guess for one zone at least is a guess; beside a public holiday it is not what is named."""
    reasons = (
        *(DayOff(date(2026, 12, day), "school", "Christmas", "B", "formula", "projected") for day in (23, 25, 28)),
        DayOff(date(2026, 12, 25), "public", "Christmas Day", None, "holidays", "official"),
        DayOff(date(2026, 12, 28), "school", "Christmas", "A", "JO", "official"),
    )
    root = read(calendar(days_off=reasons))
    days = [cell(root, f"2026-12-{day}") for day in (23, 25, 28)]
    assert [(day.attributes["class"], day.where(class_="off")[0].text) for day in days] == [
        ("school projected", "Christmas (B) (?)"),
        ("public school", "Christmas Day"),
        ("school projected", "Christmas (A, B) (?)"),
    ]


def test_an_empty_calendar_has_a_page() -> None:
    root = read(EMPTY)
    assert root.where(class_="planner") == root.where(class_="week-detail") == root.where(class_="list") == []
