"""Every page that ships, opened in a real browser: quiet, alone, titled, fitting, and the script counts as Python does.

Run by `make verify`: it needs Chromium, which `make test` does not. The calendars are those under `out/` (`make demo`
makes one) and the small one of the tests, each in both languages; for the fit, also with titles as long as can be.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from calendars.calendar_file import Calendar
from calendars.comparing import compare
from calendars.page import page
from calendars.page.comparison import comparison_page
from calendars.wording import LANGUAGES
from tests.browser.chromium import Tab, browser, program
from tests.calendars.test_page import calendar as small_calendar

OUT = Path(__file__).parents[2] / "out"
WIDTHS = (390, 1123, 1440)
"""A telephone, A4 landscape at 96 dots an inch, a desk."""
FILLERS = {"wordy": " et évaluation", "unbroken": "ÉvaluationDesApprentissages"}
"""What makes titles long: words, or one word that cannot be broken."""
LENGTHS = {"title": 80, "module_title": 120, "name": 60}
"""Characters in the long title of an entry, a module, and a day off."""
PAPERS = {"A4": (210, 297), "A3": (297, 420)}

OVERFLOWING = """(() => {
  for (const box of document.querySelectorAll("details")) box.open = true;
  const still = document.createElement("style");
  still.textContent = ".week-detail { content-visibility: visible !important }";
  document.head.append(still);
  const page = document.documentElement;
  const fault = (piece, element) => {
    let found = null;
    for (; element != page; element = element.parentElement) {
      const style = getComputedStyle(element), box = element.getBoundingClientRect();
      if (style.clipPath == "inset(50%)") return null;
      if (style.display == "inline") continue;
      if (["auto", "scroll"].includes(style.overflowX)) return found;
      if (piece.left < box.left - 1 || piece.right > box.right + 1) found ??= "too wide";
      if (piece.bottom > box.bottom + 1 && style.webkitLineClamp != "none") return found;
      if (piece.bottom > box.bottom + 1) found ??= "too high";
    }
    return found;
  };
  const faults = page.scrollWidth > page.clientWidth ? ["the page scrolls sideways"] : [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (texts.nextNode()) {
    const text = texts.currentNode, element = text.parentElement;
    if (!text.data.trim() || element.closest(".skip")) continue;
    range.selectNodeContents(text);
    const found = [...range.getClientRects()].map((piece) => fault(piece, element)).find(Boolean);
    if (found) faults.push(`${found}: ${element.className || element.tagName}: ${text.data.trim()}`);
  }
  return faults;
})()"""
"""Every text that leaves a box in which it stands, or the page.

A box that scrolls is meant so; so are an ellipsis after two lines, and words for screen readers alone.
"""

FIGURES = "[...document.querySelectorAll('[data-figure]')].map((each) => each.textContent)"


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    path = program()
    if path is None:
        pytest.fail("Chromium is missing, so no page was looked at: make verify installs it", pytrace=False)
    with browser(path) as opened:
        yield opened


def calendars() -> dict[str, Calendar]:
    """The calendars to look at, by name."""
    found = {str(path.parent.name): path for path in sorted(OUT.rglob("calendar.json"))}
    return {"small": small_calendar()} | {name: saved(path) for name, path in found.items()}


def saved(path: Path) -> Calendar:
    try:
        return Calendar.model_validate_json(path.read_bytes())
    except ValidationError:
        old = f"{path} was not made by this version: make demo makes it anew"
        raise pytest.Collector.CollectError(old) from None


@pytest.fixture(params=[(name, language) for name in calendars() for language in LANGUAGES], ids="-".join)
def shipped(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Calendar, Path]:
    """A calendar and the file of its page."""
    name, language = request.param
    path = tmp_path / "calendar.html"
    path.write_bytes(page(calendars()[name], language))
    return calendars()[name], path


def long_titled(filler: str) -> Calendar:
    """The small calendar with long titles, two trainers to a session and a place."""

    def long(text: str, length: int) -> str:
        return (text + filler * length)[:length]

    data = small_calendar().model_dump()
    data["titles"]["trainers"]["guest"] = "Guest"
    for session in data["sessions"]:
        session |= {"trainers": ("ped", "guest"), "place": "room"}
    for entry in (data, *data["sessions"], *data["days"], *data["work"], *data["days_off"]):
        entry |= {key: long(entry[key], length) for key, length in LENGTHS.items() if key in entry}
    for titles in data["titles"].values():
        titles |= {key: long(title, 100) for key, title in titles.items()}
    return Calendar.model_validate(data)


def told(tab: Tab, *methods: str) -> list[dict[str, Any]]:
    return [event["params"] for event in tab.events if event.get("method") in methods]


def open_quietly(tab: Tab, path: Path, width: int, fragment: str = "") -> None:
    """Opens a page; fails where it asks for anything but itself or complains."""
    tab.events.clear()
    tab.open(path, width, fragment=fragment)
    asked = {event["request"]["url"].partition("#")[0] for event in told(tab, "Network.requestWillBeSent")}
    assert asked - {"about:blank", "data:,"} == {path.as_uri()}
    assert told(tab, "Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled") == []


@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_quiet_and_alone_and_everything_fits(tab: Tab, shipped: tuple[Calendar, Path], width: int) -> None:
    calendar, path = shipped
    open_quietly(tab, path, width)
    assert tab.run("document.title") == calendar.title
    assert tab.run(OVERFLOWING) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_long_titles_fit(tab: Tab, tmp_path: Path, filler: str, language: str, width: int) -> None:
    path = tmp_path / "calendar.html"
    path.write_bytes(page(long_titled(FILLERS[filler]), language))
    open_quietly(tab, path, width)
    assert tab.run(OVERFLOWING) == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("filler", FILLERS)
def test_two_calendars_side_by_side_fit(tab: Tab, tmp_path: Path, filler: str, language: str, width: int) -> None:
    """Half of the sessions have gone by a week, and another trainer and place."""
    before = long_titled(FILLERS[filler])
    week = timedelta(days=7)
    moved = (
        each.model_copy(
            update={"start": each.start + week, "end": each.end + week, "trainers": ("ped",), "place": None}
        )
        for each in before.sessions[::2]
    )
    after = before.model_copy(update={"sessions": (*moved, *before.sessions[1::2]), "work": ()})
    path = tmp_path / "compare.html"
    path.write_bytes(comparison_page(compare(before, after), language))
    open_quietly(tab, path, width)
    assert tab.run(OVERFLOWING) == []


def test_the_script_counts_as_the_page_says(tab: Tab, shipped: tuple[Calendar, Path]) -> None:
    open_quietly(tab, shipped[1], WIDTHS[-1])
    before = tab.run(FIGURES)
    tab.run("apply()")
    assert tab.run(FIGURES) == before


def test_a_filter_in_the_address_hides_the_rest(tab: Tab, shipped: tuple[Calendar, Path]) -> None:
    calendar, path = shipped
    group = calendar.sessions[-1].groups[0]
    open_quietly(tab, path, WIDTHS[-1], f"#group={group}")
    shown = tab.run("[...document.querySelectorAll('.card')].filter((card) => !card.hidden).length")
    assert shown == sum(group in session.groups for session in calendar.sessions)
    assert tab.run("location.hash") == f"#group={group}"
    tab.run("document.querySelector('button[type=reset]').click()")
    tab.run("new Promise((done) => setTimeout(done, 20))")
    assert tab.run("[...document.querySelectorAll('.card')].filter((card) => card.hidden).length") == 0
    assert tab.run("location.hash") == ""


def test_an_entry_in_focus_tells_itself_and_arrows_go_on(tab: Tab, shipped: tuple[Calendar, Path]) -> None:
    open_quietly(tab, shipped[1], WIDTHS[-1])
    assert tab.run("document.querySelectorAll('.planner a[data-of][tabindex=\"0\"]').length") == 1
    tab.run("links()[0].focus()")
    assert tab.run("entryOf(links()[0]).textContent == note.textContent && !note.hidden")
    tab.call("Input.dispatchKeyEvent", type="keyDown", key="ArrowDown")
    assert tab.run("document.activeElement == links()[1]")
    tab.call("Input.dispatchKeyEvent", type="keyDown", key="Escape")
    assert tab.run("note.hidden")


@pytest.mark.parametrize("paper", PAPERS)
def test_the_planner_prints_on_one_sheet(tab: Tab, shipped: tuple[Calendar, Path], paper: str) -> None:
    """The planner alone, legend included, is one page; the first page of the whole is therefore the planner."""
    open_quietly(tab, shipped[1], WIDTHS[1])
    tab.run("for (const part of document.querySelectorAll('main > section:not(#planner)')) part.remove()")
    pages = tab.print_pdf(*PAPERS[paper]).count(b"/Type /Page\n")
    assert pages == 1
