"""What is said of polls, word for word."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from console.poll import decision_record, opened_record, tell_decision, tell_opened
from polling import AFTER, ANN, BOB, CLEO, EXAM, UNTIL, poll, voter
from polls.deciding import Decision, Excluded, Standing, decide, standing_of
from polls.poll_file import PolledSession, PollFile
from polls.votes import Vote

Told = Callable[..., list[str]]

YES, IF_NEED_BE, NO = Vote
MOVED = {1: 0, 2: 2, 3: 1}
VOTES: dict[str, dict[int, Vote]] = {ANN.key: {1: YES, 2: NO, 3: YES}, BOB.key: {1: YES, 3: YES}, CLEO.key: {}}
ON_EXAM = poll(EXAM.slots, session=PolledSession(uid="s2", title="Exam"))
STANDING = [
    "“Design”: 2 of 3 voters answered.",
    "No answer yet from Student 1.",
    "Slot                      Yes  If need be  No  Silent  Others to move",
    "1: Tue 10 Nov 2026 14:00    2           0   0       1               0",
    "3: Thu 12 Nov 2026 09:00    2           0   0       1               1",
    "2: Wed 11 Nov 2026 09:00    0           0   1       2               2",
    "Slot 2 cannot win: Trainer, design, required, said no.",
    "",
]


def standing(today: date = AFTER, votes: dict[str, dict[int, Vote]] = VOTES, of: PollFile | None = None) -> Standing:
    return standing_of(of or poll(), votes, MOVED, today)


def telling(told: Told, decision: Decision, language: str = "en") -> list[str]:
    return told(lambda screen: tell_decision(screen, decision), language)


def test_a_poll_that_was_opened(told: Told) -> None:
    def opened(language: str, of: PollFile) -> list[str]:
        return told(lambda screen: tell_opened(screen, of, Path("poll")), language)

    assert opened("en", poll()) == [
        "A poll on “Design” is open in poll.",
        "3 slots, 3 voters, a quorum of 2.",
        "Required: Trainer, design. A slot to which one of them says no cannot win.",
        "Until Friday 16 October 2026 they answer yes, if need be or no in votes.csv.",
        "slots.ics shows the slots in calendars.",
    ]
    assert opened("fr", poll(voters=[BOB], quorum=1)) == [
        "Le sondage sur « Design » est ouvert dans poll.",
        "3 créneaux, 1 votant, quorum de 1.",
        "Jusqu’au vendredi 16 octobre 2026, on répond oui, si besoin ou non dans",
        "votes.csv.",
        "slots.ics montre les créneaux dans les agendas.",
    ]


def test_the_record_of_a_poll_that_was_opened() -> None:
    assert opened_record(poll(), Path("poll")) == {"poll": poll().model_dump(mode="json"), "output": "poll"}


def test_the_standing_then_the_slot_that_is_proposed(told: Told) -> None:
    decision = decide([standing()])
    assert telling(told, decision) == [
        *STANDING,
        "“Design”: slot 1 is proposed, on Tuesday 10 November 2026 14:00.",
        "As many votes, but more others to move, or a later time:",
        "- slot 3 of “Design”",
    ]
    assert telling(told, decision, "fr") == [
        "« Design » : réponses reçues : 2 sur 3.",
        "Pas encore de réponse de Student 1.",
        "Créneau                    Oui  Si besoin  Non  Sans avis  À déplacer",
        "1: mar. 10 nov. 2026 14 h    2          0    0          1           0",
        "3: jeu. 12 nov. 2026 9 h     2          0    0          1           1",
        "2: mer. 11 nov. 2026 9 h     0          0    1          2           2",
        "Le créneau 2 ne peut l’emporter : non de Trainer, design (voix obligatoire).",
        "",
        "« Design » : le créneau 1 est proposé, le mardi 10 novembre 2026 à 14 h.",
        "Autant de voix, mais plus de séances à déplacer, ou plus tard :",
        "- créneau 3 de « Design »",
    ]


def test_a_required_voter_who_is_missing_is_named_so(told: Told) -> None:
    votes: dict[str, dict[int, Vote]] = {ANN.key: {}, BOB.key: {1: IF_NEED_BE}, CLEO.key: {}}
    decision = decide([standing(votes=votes, of=poll(quorum=1))])
    assert telling(told, decision) == [
        "“Design”: 1 of 3 voters answered.",
        "No answer yet from Trainer, design (required) and Student 1.",
        "Slot                      Yes  If need be  No  Silent  Others to move",
        "1: Tue 10 Nov 2026 14:00    0           1   0       2               0",
        "3: Thu 12 Nov 2026 09:00    0           0   0       3               1",
        "2: Wed 11 Nov 2026 09:00    0           0   0       3               2",
        "",
        "“Design”: slot 1 is proposed, on Tuesday 10 November 2026 14:00.",
    ]


def test_answers_may_still_come(told: Told) -> None:
    decision = decide([standing(UNTIL)])
    assert telling(told, decision) == [
        *STANDING,
        "“Design” is not decided yet: answers may come until Friday 16 October 2026.",
    ]
    assert telling(told, decision, "fr")[-1] == (
        "« Design » n’est pas encore décidé : on peut répondre jusqu’au vendredi 16 octobre 2026."
    )


def test_there_is_no_quorum(told: Told) -> None:
    decision = decide([standing(of=poll(quorum=3))])
    assert telling(told, decision) == [*STANDING, "“Design” has no quorum: 2 voters have answered, the quorum is 3."]
    assert telling(told, decision, "fr")[-1] == ("« Design » n’a pas le quorum : 2 votants ont répondu, il en faut 3.")


def test_no_slot_can_win(told: Told) -> None:
    against = {ANN.key: {1: NO, 2: NO, 3: NO}, BOB.key: {1: YES}, CLEO.key: {1: YES}}
    both = poll(voters=[ANN, voter("Délégué", required=True), CLEO])
    decision = decide([standing(date(2026, 11, 11), against | {BOB.key: {3: NO}}, both)])
    assert telling(told, decision)[5:] == [
        "Slot 1 cannot win: Trainer, design, required, said no.",
        "Slot 1 cannot win: it is past.",
        "Slot 2 cannot win: Trainer, design, required, said no.",
        "Slot 3 cannot win: Trainer, design and Délégué, required, said no.",
        "",
        "No slot of “Design” can win.",
    ]
    assert telling(told, decision, "fr")[-1] == "Aucun créneau de « Design » ne peut l’emporter."


def test_several_polls_and_what_has_as_many_votes(told: Told) -> None:
    every = [standing(), standing(of=ON_EXAM)]
    assert telling(told, decide(every, [Excluded((0, 1), frozenset({(1, 2)}))]))[-4:] == [
        "“Design”: slot 1 is proposed, on Tuesday 10 November 2026 14:00.",
        "“Exam”: slot 1 is proposed, on Tuesday 10 November 2026 14:00.",
        "As many votes, but more others to move, or a later time:",
        "- slot 3 of “Design” and slot 1 of “Exam” together",
    ]
    assert telling(told, decide(every, [Excluded((0, 1), frozenset({(1, 1)}))]))[-3:] == [
        "",
        "“Design”: slot 3 is proposed, on Thursday 12 November 2026 09:00.",
        "“Exam”: slot 1 is proposed, on Tuesday 10 November 2026 14:00.",
    ]
    assert telling(told, decide(every, [Excluded((0, 1), frozenset({(1, 1), (3, 1)}))]))[-2:] == [
        "",
        "No lawful calendar has the slots that can win together.",
    ]


def test_the_record_of_a_decision() -> None:
    [found] = decision_record(decide([standing()]), [Path("poll")])["polls"]
    assert found == {
        "poll": "poll",
        "uid": "s1",
        "title": "Design",
        "winner": 1,
        "until": "2026-10-16",
        "over": True,
        "voters": 3,
        "answered": 2,
        "quorum": 2,
        "missing": [{"title": "Student 1", "required": False}],
        "slots": [
            slot_record(1, "2026-11-10T14", "2026-11-10T15", yes=2, unanswered=1),
            slot_record(2, "2026-11-11T09", "2026-11-11T10", no=1, unanswered=2, moved=2, refused_by=[ANN.title]),
            slot_record(3, "2026-11-12T09", "2026-11-12T10", yes=2, unanswered=1, moved=1),
        ],
    }


def test_the_record_of_several_polls() -> None:
    every, folders = [standing(), standing(of=ON_EXAM)], [Path("design"), Path("exam")]
    decided = decision_record(decide(every, [Excluded((0, 1), frozenset({(1, 2)}))]), folders)
    assert (decided["outcome"], [each["winner"] for each in decided["polls"]]) == ("decided", [1, 1])
    assert decided["ties"] == [[{"poll": "design", "slot": 3}, {"poll": "exam", "slot": 1}]]
    waiting = decision_record(decide([standing(UNTIL), every[1]]), folders)
    assert (waiting["outcome"], [each["winner"] for each in waiting["polls"]]) == ("waiting", [None, None])
    assert ([each["over"] for each in waiting["polls"]], waiting["ties"]) == ([False, True], [])


def slot_record(number: int, start: str, end: str, **keys: object) -> dict[str, object]:
    plain = {"yes": 0, "if_need_be": 0, "no": 0, "unanswered": 0, "moved": 0, "refused_by": [], "past": False}
    return {"number": number, "start": f"{start}:00:00", "end": f"{end}:00:00", **plain, **keys}
