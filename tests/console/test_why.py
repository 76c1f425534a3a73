"""Why nothing is possible, word for word."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calendars.timetable import Timetable
from calendars.wording import Message, say
from console.why import explanation_record, tell_repairs, tell_why
from constraints.days_off import DaysOff
from constraints.order import Order
from constraints.rule import Breach, Rule
from constraints.spread import Spread
from scheduler.conflict import Conflict, Demand, Explanation
from scheduler.repairs import Repair
from scheduler.result import Outcome

Told = Callable[..., list[str]]

MONDAY = date(2026, 11, 9)
STORY = "A stands on a day off, which is a very long story which is a very long story indeed"


def demand(law: Rule, *messages: Message, monday: date | None = None) -> Demand:
    """What a law asks of two parts, and what becomes of it."""
    breaches = tuple(Breach(law.name, message) for message in messages)
    return Demand(law, frozenset({"m.p1", "m.p0"}), (monday,), False, breaches)


SPREAD = Spread(days_apart=2)
A = demand(DaysOff(), say("{what}", what=STORY))
B = demand(SPREAD, *(say("B is near to {other}", other=other) for other in "CDEFG"))
ORDER = Order(first=("a",), then=("c",))
C = demand(ORDER, say("C comes first"), monday=MONDAY)
UNKNOWN = demand(ORDER)


def impossible(*demands: Demand, minimal: bool = True) -> Explanation:
    return Explanation(Outcome.IMPOSSIBLE, (Conflict(demands, minimal),))


def repair(cost: int, bound: int, *breaches: tuple[str, str]) -> Repair:
    """A way out by its cost and bound in points, with the law and the words of each breach."""
    return Repair(tuple(Breach(law, say("{what}", what=what)) for law, what in breaches), Timetable(), cost, bound)


def test_each_demand_is_a_line_with_what_would_become_of_its_law(told: Told) -> None:
    assert told(lambda screen: tell_why(screen, impossible(A, B, C))) == [
        "These 3 cannot all be kept, any 2 of them can; both is proved:",
        f"days_off; otherwise {STORY}",
        "spread; otherwise B is near to C, B is near to D, B is near to E and 2 others",
        "order; otherwise C comes first",
    ]


def test_in_french(told: Told) -> None:
    assert told(lambda screen: tell_why(screen, impossible(A, B, C)), "fr") == [
        "Ces 3 exigences ne peuvent être toutes respectées, 2 d’entre elles peuvent toujours l’être ; les deux sont "
        "prouvés :",
        f"days_off ; sinon {STORY}",
        "spread ; sinon B is near to C, B is near to D, B is near to E et 2 autres",
        "order ; sinon C comes first",
    ]


@pytest.mark.parametrize(
    ("explanation", "title"),
    [
        (impossible(C), "This cannot be kept by itself, which is proved:"),
        (impossible(A, C), "These two cannot both be kept, either of them can; both is proved:"),
        (
            impossible(A, C, minimal=False),
            "These cannot all be kept, which is proved; perhaps fewer of them cannot either:",
        ),
    ],
    ids=["one", "two", "not minimal"],
)
def test_the_title_says_what_is_proved(told: Told, explanation: Explanation, title: str) -> None:
    laws = [f"days_off; otherwise {STORY}", "order; otherwise C comes first"]
    lines = told(lambda screen: tell_why(screen, explanation))
    assert lines == [title, *laws[-len(explanation.conflicts[0].demands) :]]


def test_a_demand_without_a_witness(told: Told) -> None:
    explanation = impossible(UNKNOWN, minimal=False)
    assert told(lambda screen: tell_why(screen, explanation))[1:] == ["order, whose part in it is not known"]


def test_several_conflicts_are_apart(told: Told) -> None:
    explanation = Explanation(Outcome.IMPOSSIBLE, (Conflict((C,), True), Conflict((A,), True)))
    by_itself = "This cannot be kept by itself, which is proved:"
    assert told(lambda screen: tell_why(screen, explanation)) == [
        by_itself,
        "order; otherwise C comes first",
        "",
        by_itself,
        f"days_off; otherwise {STORY}",
    ]


def test_nothing_to_explain_and_nothing_known(told: Told) -> None:
    assert told(lambda screen: tell_why(screen, Explanation(Outcome.LAWFUL))) == [
        "A lawful calendar exists: nothing is impossible."
    ]
    assert told(lambda screen: tell_why(screen, Explanation(Outcome.UNKNOWN))) == [
        "It is not known whether a lawful calendar exists: the time was too short."
    ]


def test_several_demands_of_one_law_are_told_together(told: Told) -> None:
    """With the first breach of each."""
    other = demand(SPREAD, say("D is near to C"), say("D is near to E"))
    assert told(lambda screen: tell_why(screen, impossible(A, B, other))) == [
        "These two cannot both be kept, either of them can; both is proved:",
        f"days_off; otherwise {STORY}",
        "spread, 2 times; otherwise B is near to C and D is near to C",
    ]


def test_one_of_several_demands_without_a_witness(told: Told) -> None:
    explanation = impossible(C, UNKNOWN, minimal=False)
    assert told(lambda screen: tell_why(screen, explanation))[1:] == ["order, 2 times; otherwise C comes first"]


WAYS = (
    repair(60, 60, ("order", "C comes first")),
    repair(480, 300, *(("spread", f"B is near to {other}") for other in "CDEFG"), ("order", "C comes first")),
    repair(490, 490, ("weekly_load", "nine hours")),
)


def test_ways_out_are_told_with_their_prices_and_what_gives_way(told: Told) -> None:
    """A price is in places at which a law gives way, of 60 points each."""
    assert told(lambda screen: tell_repairs(screen, WAYS, ())) == [
        "Way out 1, at a price of 1, which is proved to be the least:",
        "order gives way: C comes first",
        "Way out 2, at a price of 8; the least is 5 or more:",
        "spread gives way in 5 places: B is near to C, B is near to D, B is near to E and 2 others",
        "order gives way: C comes first",
        "Way out 3, at a price of 8.2, which is proved to be the least:",
        "weekly_load gives way: nine hours",
    ]


def test_ways_out_with_their_calendars(told: Told) -> None:
    folders = (Path("out/way-out-1"), Path("out/way-out-2"))
    assert told(lambda screen: tell_repairs(screen, WAYS[::2], folders)) == [
        "Way out 1, at a price of 1, which is proved to be the least:",
        "order gives way: C comes first",
        "Its calendar: out/way-out-1",
        "Way out 2, at a price of 8.2, which is proved to be the least:",
        "weekly_load gives way: nine hours",
        "Its calendar: out/way-out-2",
    ]


def test_no_way_out(told: Told) -> None:
    assert told(lambda screen: tell_repairs(screen, (), ())) == [
        "No way out was found among the laws that may give way; [repairs] in the file names them.",
    ]


RECORD: dict[str, Any] = {
    "outcome": "impossible",
    "conflicts": [
        {
            "minimal": True,
            "demands": [
                {"law": "days_off", "activities": ["m.p0", "m.p1"], "mondays": [], "otherwise": [STORY]},
                {
                    "law": "order",
                    "activities": ["m.p0", "m.p1"],
                    "mondays": ["2026-11-09"],
                    "otherwise": ["C comes first"],
                },
            ],
        }
    ],
    "repairs": [
        {
            "price": 1,
            "bound": 1,
            "breaches": [{"law": "order", "text": "C comes first"}],
            "calendar": "out/1/calendar.json",
        },
        {
            "price": 490 / 60,
            "bound": 490 / 60,
            "breaches": [{"law": "weekly_load", "text": "nine hours"}],
            "calendar": "out/2/calendar.json",
        },
    ],
}


def test_the_record_for_machines() -> None:
    folders = (Path("out/1"), Path("out/2"))
    assert explanation_record(impossible(A, C), WAYS[::2], folders, "en") == RECORD
    without = {**RECORD, "repairs": [{**repair, "calendar": None} for repair in RECORD["repairs"]]}
    assert explanation_record(impossible(A, C), WAYS[::2], (), "en") == without
    assert explanation_record(Explanation(Outcome.LAWFUL), (), (), "en") == {
        "outcome": "lawful",
        "conflicts": [],
        "repairs": [],
    }
