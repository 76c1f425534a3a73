"""The verdict on a calendar, word for word."""

from collections.abc import Callable
from datetime import date

from calendars.wording import say
from console.verdict import tell_verdict
from constraints.rule import Breach
from scheduler.judging import Verdict

Told = Callable[..., list[str]]

STORY = "A stands on a day off, which is a very long story which is a very long story indeed"
FOUND = Verdict(
    (
        Breach("days_off", say("{what}", what=STORY)),
        Breach("days_off", say("“{title}” ends on {day}", title="B", day=date(2026, 11, 10))),
        Breach("spread", say("C and D are near")),
    )
)
PATH = "/" + "folder/" * 10 + "calendar.json"
NOTE = say("Read with {path}, by the UIDs of its events.", path=PATH)


def test_no_breach(told: Told) -> None:
    for terminal in (False, True):
        assert told(lambda screen: tell_verdict(screen, Verdict(())), terminal=terminal) == [
            "No breach: every law is kept."
        ]
    assert told(lambda screen: tell_verdict(screen, Verdict(())), "fr") == [
        "Aucune infraction : toutes les lois sont respectées."
    ]


def test_a_line_for_each_breach_in_a_pipe(told: Told) -> None:
    assert told(lambda screen: tell_verdict(screen, FOUND)) == [
        "3 breaches:",
        f"days_off: {STORY}",
        "days_off: “B” ends on Tuesday 10 November 2026",
        "spread: C and D are near",
    ]


def test_a_table_by_law_on_a_terminal(told: Told) -> None:
    assert told(lambda screen: tell_verdict(screen, FOUND), terminal=True) == [
        "3 breaches:",
        "Law        Breach",
        "─" * 76,
        "days_off   A stands on a day off, which is a very long story which is a very",
        "           long story indeed",
        "           “B” ends on Tuesday 10 November 2026",
        "spread     C and D are near",
    ]


def test_notes_come_first_each_on_a_line_of_its_own_in_a_pipe(told: Told) -> None:
    verdict = Verdict(FOUND.breaches[2:], (NOTE, say("draft")))
    assert told(lambda screen: tell_verdict(screen, verdict)) == [
        f"Read with {PATH}, by the UIDs of its events.",
        "draft",
        "1 breach:",
        "spread: C and D are near",
    ]
    assert told(lambda screen: tell_verdict(screen, Verdict((), (NOTE,))), "fr") == [
        f"Lu avec {PATH}, d’après les UID des événements.",
        "Aucune infraction : toutes les lois sont respectées.",
    ]
    assert told(lambda screen: tell_verdict(screen, Verdict((), (NOTE,))), terminal=True) == [
        "Read with",
        f"{PATH},",
        "by the UIDs of its events.",
        "No breach: every law is kept.",
    ]


def test_hundreds_of_breaches_are_all_told(told: Told) -> None:
    found = Verdict(tuple(Breach("spread", say("breach {number}", number=number)) for number in range(500)))
    every = [f"breach {number}" for number in range(500)]
    assert told(lambda screen: tell_verdict(screen, found))[1:] == [f"spread: {breach}" for breach in every]
    table = told(lambda screen: tell_verdict(screen, found), terminal=True)[3:]
    assert [line.removeprefix("spread").strip() for line in table] == every
