"""The page of two calendars: a row for each week, what differs linked on both sides, well formed and alone."""

import pytest

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.comparing import compare
from calendars.page.comparison import comparison_page
from calendars.wording import LANGUAGES
from programmes import plain
from tests.calendars.test_page import Element, Reader
from two_years import AFTER, BEFORE

FIRST, SECOND, THIRD, EXAM = BEFORE.sessions
(SEMINAR,) = BEFORE.days
LATE = BEFORE.work[1]


def html(before: Calendar = BEFORE, after: Calendar = AFTER, language: str = "en") -> str:
    return plain(comparison_page(compare(before, after), language).decode())


def read(before: Calendar = BEFORE, after: Calendar = AFTER, language: str = "en") -> Element:
    """The page as a tree."""
    return Reader(html(before, after, language)).open[0]


def tagged(root: Element, *tags: str) -> list[Element]:
    return [element for element in root.all() if element.tag in tags]


def side(week: Element, name: str) -> list[str]:
    """What stands on a side of a week."""
    (found,) = week.where(class_=name)
    return [
        each.text
        for each in found.all()
        if each.tag == "li" or each.has("class_", "work") or each.has("class_", "nothing")
    ]


def table(root: Element, number: int) -> list[list[str]]:
    return [[cell.text for cell in tagged(row, "th", "td")] for row in tagged(tagged(root, "table")[number], "tr")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_alone_and_says_its_language_and_title(language: str) -> None:
    source, root = html(language=language), read(language=language)
    assert source.startswith(f'<!DOCTYPE html>\n<html lang="{language}">\n')
    assert [element.text for element in tagged(root, "title", "h1")] == ["Small year", "Small year"]
    assert (tagged(root, "script"), source.count("http:"), source.count("https:"), source.count("url(")) == (
        [],
        0,
        0,
        0,
    )


def test_no_reason_is_told() -> None:
    """The page goes round; why something happened is for the terminal of who made it."""
    assert "is away" not in html()


def test_the_summary() -> None:
    root = read()
    assert [each.text for each in tagged(root, "dd")] == [
        "Draft, made as of Tuesday 1 September 2026",
        "Draft, made as of Friday 2 October 2026",
    ]
    (counts,) = root.where(class_="counts")
    assert counts.text == "What differs: 2 moved, 1 changed, 1 new, 1 called off and self-paced work in 2 weeks."
    assert [heading.text for heading in tagged(root, "h2")] == [
        "What differs",
        "Whom to tell",
        "Preferences",
        "Week by week",
    ]
    assert table(root, 0)[:3] == [
        ["Before", "Now", "What"],
        [
            "Wed 4 Nov 2026 09:00",
            "Wed 4 Nov 2026 09:00",
            "Design · virtual class (1): “Trainer, law” instead of “Trainer, design”",
        ],
        ["Fri 6 Nov 2026 09:00", "–", "Design · virtual class (3)"],
    ]
    assert table(root, 1)[1] == ["Mon 2 Nov 2026", "2 h", "1 h", "Design · Everybody"]
    assert table(root, 2)[-1] == ["1", "trainer “Examiner”: 1 moved"]
    assert table(root, 3)[2] == ["2", "120", "120", "=", "–", "even weeks"]


def test_the_weeks_side_by_side() -> None:
    first, second = tagged(read(), "article")
    assert [tagged(week, "h3")[0].text for week in (first, second)] == ["Week 45 2–8 Nov 2026", "Week 46 9–15 Nov 2026"]
    assert side(first, "then") == [
        "2–3 Nov 2026 RS Opening days Everybody · Hall",
        "Wed 4 Nov 2026 09:00–10:00 V Design virtual class (1) Everybody · Trainer, design · Room 12 "
        "changed → “Trainer, law” instead of “Trainer, design”",
        "Thu 5 Nov 2026 09:00–10:00 V Design virtual class (2) Everybody · Trainer, design · Room 12 "
        "moved → Tue 10 Nov 2026 17:00 1 h 30 instead of 1 h",
        "Fri 6 Nov 2026 09:00–10:00 V Design virtual class (3) Everybody · Trainer, design · Room 12 called off",
        "self-paced work · Design 2 h",
    ]
    assert side(first, "now") == [
        "2–3 Nov 2026 RS Opening days Everybody · Hall",
        "Wed 4 Nov 2026 09:00–10:00 V Design virtual class (1) Everybody · Trainer, law · Room 12 "
        "changed ← “Trainer, law” instead of “Trainer, design”",
        "Fri 6 Nov 2026 14:00–16:00 E Law exam (1) Option · Examiner moved ← Mon 9 Nov 2026 14:00",
        "self-paced work · Design 1 h",
    ]
    assert side(second, "now")[-2:] == [
        "Thu 12 Nov 2026 09:00–10:00 V Design virtual class (4) Everybody · Trainer, design · Room 12 new",
        "self-paced work · Design 3 h",
    ]


def test_what_goes_on_elsewhere_is_linked_both_ways() -> None:
    root = read()
    entries = {each.attributes["id"]: each for each in tagged(root, "li") if "id" in each.attributes}
    links = {anchor: link.attributes["href"][1:] for anchor, entry in entries.items() for link in tagged(entry, "a")}
    moved = {
        anchor for anchor, entry in entries.items() if entry.has("class_", "moved") or entry.has("class_", "changed")
    }
    assert links.keys() == moved
    assert len(moved) == 6
    assert {links[links[anchor]] for anchor in links} == links.keys()


def test_weeks_without_a_difference_are_folded() -> None:
    """The exam alone moves within the second week; the first and those that hold nothing are no rows of their own."""
    exam = EXAM.model_copy(update={"start": EXAM.start.replace(hour=15), "end": EXAM.end.replace(hour=17)})
    root = read(after=BEFORE.model_copy(update={"sessions": (FIRST, SECOND, THIRD, exam)}))
    (folded,) = tagged(root, "details")
    assert "open" not in folded.attributes
    assert [each.text for each in tagged(folded, "summary", "h3")] == [
        "1 week without a difference 2–8 Nov 2026",
        "Week 45 2–8 Nov 2026",
    ]
    assert [each.text for each in tagged(root, "h3")] == ["Week 45 2–8 Nov 2026", "Week 46 9–15 Nov 2026"]


def test_a_week_with_other_work_alone_is_not_folded() -> None:
    more = LATE.model_copy(update={"minutes": 150})
    root = read(after=BEFORE.model_copy(update={"work": (BEFORE.work[0], more)}))
    (folded,) = tagged(root, "details")
    assert [each.text for each in tagged(folded, "h3")] == ["Week 45 2–8 Nov 2026"]
    assert [each.text for each in root.where(class_="differs")] == ["Design 2 h", "Design 2 h 30"]


def test_a_week_that_has_become_empty_and_days_that_reach_into_the_next() -> None:
    long = SEMINAR.model_copy(update={"last": LATE.monday})
    after = BEFORE.model_copy(update={"sessions": (), "work": (), "days": (long,)})
    root = read(after=after)
    first, second = tagged(root, "article")
    anchors = [each.attributes["id"] for each in root.all() if "id" in each.attributes]
    assert len(set(anchors)) == len(anchors) == 6
    days = "2–9 Nov 2026 RS Opening days Everybody · Hall changed ← 8 days instead of 2 days"
    assert (side(first, "now"), side(second, "now")) == ([days], [days])
    gone = tagged(read(after=after.model_copy(update={"days": ()})), "article")
    assert [side(week, "now") for week in gone] == [["Nothing stands in this week."]] * 2


def test_nothing_differs() -> None:
    root = read(after=BEFORE)
    (counts,) = root.where(class_="counts")
    assert counts.text == "Nothing differs: sessions, blocks and self-paced work stand as they stood."
    assert [heading.text for heading in tagged(root, "h2")] == ["Preferences", "Week by week"]
    assert [each.text for each in tagged(root, "summary")] == ["2 weeks without a difference 2–15 Nov 2026"]


def test_calendars_without_preferences() -> None:
    bare = CertificateRecord(levels=(), reproducible=True)
    before, after = (each.model_copy(update={"certificate": bare}) for each in (BEFORE, AFTER))
    root = read(before, after)
    assert len(tagged(root, "table")) == 3
    assert "Neither calendar has a level of preferences." in [p.text for p in tagged(root, "p")]


def test_nothing_that_a_person_wrote_is_markup() -> None:
    wicked = "<b id='x'>&"
    sessions = tuple(each.model_copy(update={"module_title": wicked, "title": ""}) for each in BEFORE.sessions)
    titles = {kind: dict.fromkeys(keys, wicked) for kind, keys in BEFORE.titles.items()}
    after = AFTER.model_copy(update={"title": wicked, "sessions": sessions[1:], "titles": titles})
    root = read(after=after)
    assert root.where(id="x") == []
    assert tagged(root, "h1")[0].text == wicked
    assert side(tagged(root, "article")[0], "now")[1].startswith(
        f"Thu 5 Nov 2026 09:00–10:00 V {wicked} virtual class (2)"
    )
