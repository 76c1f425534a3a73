"""What people call things, in both languages."""

from datetime import date
from typing import get_args

import pytest

from calendars.calendar_file import DaysKind
from calendars.naming import KINDS, name_of, name_of_groups, name_of_trainer, when_of
from calendars.programme import Programme
from calendars.programme_file import SessionKind
from calendars.timetable import Placement
from calendars.wording import Message, render
from small import at, classes, module, on, small, week_of, work

NOVEMBER = [date(2026, 11, 2), date(2026, 11, 13)]


@pytest.fixture(scope="module")
def programme() -> Programme:
    return small(
        groups={"all": {"title": "All"}, "x": {"title": "X", "part_of": "all"}, "y": {"title": "Y", "part_of": "all"}},
        trainers={"ped": {"title": "Trainer, pedagogy"}},
        modules={
            "m": module(classes(1), classes(1, id="own", title="Storyboard"), work(2), title="Design", trainer="ped")
        },
        blocks={"b": {"title": "Opening", "kind": "seminar", "group": "all", "dates": NOVEMBER, "days": 5}},
        internships={"host": {"title": "Internship", "group": "all", "dates": NOVEMBER, "hours": 7}},
        milestones={"due": {"title": "Thesis due", "group": "all", "dates": NOVEMBER}},
    )


def both(message: Message) -> tuple[str, str]:
    """A message in English, and in French with plain spaces."""
    return render(message, "en"), render(message, "fr").replace("\u00a0", " ")


def test_every_kind_of_a_feed_has_a_word() -> None:
    days = {kind for choice in get_args(DaysKind) for kind in get_args(choice) or [choice]}
    assert set(KINDS) == {*get_args(SessionKind), *days, "distance-work"}


@pytest.mark.parametrize(
    ("key", "english", "french"),
    [
        ("m.virtual-class", "“Design” (virtual class)", "« Design » (classe virtuelle)"),
        ("m.own", "“Design” (Storyboard)", "« Design » (Storyboard)"),
        ("m.distance-work", "“Design” (self-paced work)", "« Design » (travail en autonomie)"),
        ("b", "“Opening”", "« Opening »"),
        ("due", "“Thesis due”", "« Thesis due »"),
        ("host", "“Internship”", "« Internship »"),
    ],
)
def test_an_activity_is_known_by_its_module_and_its_own_title(
    key: str, english: str, french: str, programme: Programme
) -> None:
    assert both(name_of(programme, programme.activities[key])) == (english, french)


@pytest.mark.parametrize(
    ("placement", "english", "french"),
    [
        (at("2026-11-10 14:00"), "on Tuesday 10 November 2026 14:00", "le mardi 10 novembre 2026 à 14 h"),
        (
            week_of("2026-11-09", 60),
            "in the week of Monday 9 November 2026",
            "la semaine du lundi 9 novembre 2026",
        ),
        (
            on("2026-11-09", "2026-11-13"),
            "from Monday 9 November 2026 to Friday 13 November 2026",
            "du lundi 9 novembre 2026 au vendredi 13 novembre 2026",
        ),
        (on("2026-11-09", activity="due"), "on Monday 9 November 2026", "le lundi 9 novembre 2026"),
        (on("2026-11-10", activity="host"), "on Tuesday 10 November 2026", "le mardi 10 novembre 2026"),
    ],
)
def test_when_something_stands(placement: Placement, english: str, french: str, programme: Programme) -> None:
    assert both(when_of(programme.activities[placement.activity], placement.span)) == (english, french)


def test_a_trainer_by_role(programme: Programme) -> None:
    assert both(name_of_trainer(programme, "ped")) == (
        "trainer “Trainer, pedagogy”",
        "l’intervenant « Trainer, pedagogy »",
    )


def test_groups_in_the_order_of_the_programme(programme: Programme) -> None:
    assert both(name_of_groups(programme, ["y"])) == ("group “Y”", "le groupe « Y »")
    assert both(name_of_groups(programme, ["y", "all", "x"])) == (
        "groups “All”, “X” and “Y”",
        "les groupes « All », « X » et « Y »",
    )
