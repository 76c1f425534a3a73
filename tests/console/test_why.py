"""Why nothing is possible, word for word."""

from collections.abc import Callable

import pytest

from calendars.wording import say
from console.why import tell_why
from scheduler.conflict import Conflict, Demand, Explanation
from scheduler.search import Outcome

Told = Callable[..., list[str]]

STORY = "A stands on a day off, which is a very long story which is a very long story indeed"
A = Demand("days_off", (say("{what}", what=STORY),), 0)
B = Demand("spread", tuple(say("B is near to {other}", other=other) for other in "CDEFG"), 1)
C = Demand("order", (say("C comes first"),), 2)
UNKNOWN = Demand("order", (), 2)


def impossible(*demands: Demand, minimal: bool = True) -> Explanation:
    return Explanation(Outcome.IMPOSSIBLE, (Conflict(demands, minimal),))


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
        (impossible(C, C), "These two cannot both be kept, either of them can; both is proved:"),
        (
            impossible(C, C, minimal=False),
            "These cannot all be kept, which is proved; perhaps fewer of them cannot either:",
        ),
    ],
    ids=["one", "two", "not minimal"],
)
def test_the_title_says_what_is_proved(told: Told, explanation: Explanation, title: str) -> None:
    lines = told(lambda screen: tell_why(screen, explanation))
    assert lines == [title, *["order; otherwise C comes first"] * (len(lines) - 1)]


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
