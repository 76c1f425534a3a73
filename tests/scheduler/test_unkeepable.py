"""Laws that nothing keeps, even alone: told with the breaches of a timetable that comes near."""

from datetime import date
from typing import Any

from calendars.wording import render
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.one_at_a_time import OneAtATime
from constraints.order import Order
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.weekly_load import WeeklyLoad
from constraints.within import Within
from constraints.working_hours import WorkingHours
from programmes import plain
from scheduler.candidates import candidates_of
from scheduler.patience import Patience
from scheduler.problem import Problem
from scheduler.unkeepable import unkeepable
from small import classes, module, small

LAWS = (Complete(), Within(), DaysOff(), WorkingHours())
MONDAY, TUESDAY = date(2026, 11, 9), date(2026, 11, 10)


def told(*laws: Rule, language: str = "en", **tables: Any) -> list[str]:
    """The laws that cannot be kept by themselves, in words."""
    problem = Problem(small(**tables), (*LAWS, *laws))
    found = unkeepable(problem, candidates_of(problem.programme, problem.rules), Patience())
    return [plain(render(law.words(problem.programme), language)) for law in found]


def on_days(first: date, second: date) -> dict[str, Any]:
    """A session on each of two days."""
    return {"m": module(classes(1, id="a", dates=[first, first]), classes(1, id="b", dates=[second, second]))}


ORDER = Order(first=("m.a",), then=("m.b",))


NINE: dict[str, Any] = {"opening_hours": dict.fromkeys(("monday", "tuesday"), "09:00-10:00")}


def test_two_parts_in_the_wrong_order() -> None:
    assert told(ORDER, modules=on_days(TUESDAY, MONDAY), **NINE) == [
        "order: impossible even without the other laws; in the nearest calendar “Module” (virtual class) on Monday 9 "
        "November 2026 09:00 begins too early: it comes after “Module” (virtual class) on Tuesday 10 November 2026 "
        "09:00"
    ]


def test_in_french() -> None:
    assert told(ORDER, language="fr", modules=on_days(TUESDAY, MONDAY), **NINE) == [
        "order : impossible même sans les autres lois ; dans le calendrier le plus proche, « Module » (classe "
        "virtuelle) le lundi 9 novembre 2026 à 9 h commence trop tôt : à placer après « Module » (classe virtuelle) le "
        "mardi 10 novembre 2026 à 9 h"
    ]


def test_the_first_breaches_are_told_and_the_others_counted() -> None:
    """Sessions on five days in a row have four neighbours too near; two modules make eight."""
    days = [classes(1, id=f"d{n}", dates=[date(2026, 11, n)] * 2) for n in (2, 3, 4, 5, 6)]
    [words] = told(Spread(days_apart=2), modules={"m": module(*days), "n": module(*days, title="Other")})
    assert (words.count("is too near to"), words.split(" and ")[-1]) == (3, "5 others")
    assert [words.count("is too near to") for words in told(Spread(days_apart=2), modules={"m": module(*days)})] == [4]


def test_a_law_that_can_be_kept_alone_is_not_told() -> None:
    """Two sessions on Monday at nine: one at a time forbids it; the right order does not."""
    tables: dict[str, Any] = {"opening_hours": {"monday": "09:00-10:00"}, "modules": on_days(MONDAY, MONDAY)}
    assert told(Spread(sessions_per_week=2), **tables) == []
    assert [words.split(":")[0] for words in told(OneAtATime(), Spread(sessions_per_week=1), **tables)] == [
        "one_at_a_time",
        "spread",
    ]


def test_laws_that_only_together_are_impossible_are_not_told() -> None:
    """Three sessions in a week of at most two, in the first of two weeks because of the order."""
    later = classes(1, id="b", dates=[date(2026, 11, 9), date(2026, 11, 9)])
    parts = {"m": module(classes(3, id="a"), later)}
    laws = (ORDER, WeeklyLoad(group="all", at_most_hours=2))
    assert told(*laws, modules=parts) == []


def test_two_laws_of_one_kind_are_told_apart() -> None:
    tables: dict[str, Any] = {"modules": on_days(MONDAY, TUESDAY)}
    wrong = Order(first=("m.b",), then=("m.a",))
    assert len(told(ORDER, wrong, wrong, **tables)) == 2


def test_what_holds_always_may_be_unkeepable_too() -> None:
    """Eight sessions inside a day that has seven starts; the window of the block has fourteen."""
    block = {"title": "Day", "kind": "course", "group": "all", "days": 1, "dates": [MONDAY, TUESDAY]}
    [words] = told(blocks={"day": block}, modules={"m": module(classes(8, blocks=["day"]))}, dates=[MONDAY, TUESDAY])
    assert words.startswith(
        "within: impossible even without the other laws; in the nearest calendar “Module” (virtual class) stands"
    )
