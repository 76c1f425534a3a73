"""What each reader is sent: whole texts in both languages, and nothing that is not theirs to know."""

from datetime import date, datetime

import pytest

from calendars.calendar_file import Calendar, PlacedDays, PlacedSession
from calendars.comparing import compare
from calendars.notices import notices
from programmes import plain
from two_years import AFTER, BEFORE

FIRST, _, _, EXAM = BEFORE.sessions
(SEMINAR,) = BEFORE.days


def text(path: str, after: Calendar = AFTER, language: str = "en") -> list[str]:
    """The lines of one text; what is not sent has none."""
    return plain(notices(compare(BEFORE, after), language).get(path, "")).splitlines()


def told(entry: PlacedSession | PlacedDays, path: str, **values: object) -> list[str]:
    """What a reader is told where one entry alone is changed."""
    kind = "sessions" if isinstance(entry, PlacedSession) else "days"
    changed = [each.model_copy(update=values) if each == entry else each for each in getattr(BEFORE, kind)]
    return [line[2:] for line in text(path, BEFORE.model_copy(update={kind: tuple(changed)})) if line[:2] == "- "]


def test_only_whom_it_concerns_is_written_to() -> None:
    assert list(notices(compare(BEFORE, AFTER), "en")) == [
        "people/s1.txt",
        "groups/all.txt",
        "trainers/ann.txt",
        "places/room.txt",
        "groups/option.txt",
        "trainers/bob.txt",
        "trainers/eve.txt",
    ]
    assert notices(compare(BEFORE, BEFORE), "en") == {}


def test_a_group_is_told_in_order_of_time() -> None:
    assert text("groups/all.txt") == [
        "Hello,",
        "",
        "The calendar of “Small year” changes for the group “Everybody”:",
        "",
        "- Self-paced work of “Design” in the week of Monday 2 November 2026: 1 h instead of 2 h.",
        "- Session 1 of “Design” (virtual class) on Wednesday 4 November 2026 09:00 will be led by “Trainer, law” "
        "instead of “Trainer, design”.",
        "- Session 3 of “Design” (virtual class) on Friday 6 November 2026 09:00 is called off.",
        "- Self-paced work of “Design” in the week of Monday 9 November 2026: 3 h instead of 2 h.",
        "- Session 2 of “Design” (virtual class) on Thursday 5 November 2026 09:00 is put back to Tuesday "
        "10 November 2026 17:00 and will last 1 h 30 instead of 1 h.",
        "- Session 4 of “Design” (virtual class) is new: Thursday 12 November 2026 09:00 (1 h), led by "
        "“Trainer, design”, place: “Room 12”.",
        "",
        "Subscribed calendars update by themselves: there is nothing to do.",
    ]


def test_a_reader_whose_title_has_changed_is_called_by_the_new_one() -> None:
    titles = AFTER.titles | {"trainers": {"bob": "Trainer, rights"}}
    assert text("trainers/bob.txt", AFTER.model_copy(update={"titles": titles}))[2] == (
        "The calendar of “Small year” changes for the trainer “Trainer, rights”:"
    )


def test_a_trainer_is_told_in_french() -> None:
    assert text("trainers/ann.txt", language="fr") == [
        "Bonjour,",
        "",
        "Le calendrier de « Small year » change pour vous (« Trainer, design ») :",
        "",
        "- La séance 1 de « Design » (virtual class) du mercredi 4 novembre 2026 à 9 h ne vous est plus confiée.",
        "- La séance 3 de « Design » (virtual class) du vendredi 6 novembre 2026 à 9 h est annulée.",
        "- La séance 2 de « Design » (virtual class) du jeudi 5 novembre 2026 à 9 h est reportée au mardi "
        "10 novembre 2026 à 17 h et durera 1 h 30 au lieu de 1 h.",
        "- La séance 4 de « Design » (virtual class) est nouvelle : jeudi 12 novembre 2026 à 9 h (1 h), animation : "
        "« Trainer, design », lieu : « Room 12 ».",
        "",
        "Les agendas abonnés se mettent à jour d’eux-mêmes : il n’y a rien à faire.",
    ]


def test_a_student_is_told_of_all_their_groups_and_not_by_pseudonym() -> None:
    lines = text("people/s1.txt")
    now = "Friday 6 November 2026 14:00"
    exam = f"- The session “exam” of “Law” on Monday 9 November 2026 14:00 is brought forward to {now}."
    assert lines[2] == "The calendar of “Small year” changes for you:"
    assert [line for line in lines if line != exam][3:] == text("groups/all.txt")[3:]
    assert text("groups/option.txt")[4:-2] == [exam]
    assert "s1" not in " ".join(lines)


def test_a_trainer_has_no_sessions_of_others_and_hears_neither_who_has_theirs_nor_why() -> None:
    """Bob takes the first session over from Ann; all else that differs is not his."""
    assert text("trainers/bob.txt") == [
        "Hello,",
        "",
        "The calendar of “Small year” changes for the trainer “Trainer, law”:",
        "",
        "- Session 1 of “Design” (virtual class) on Wednesday 4 November 2026 09:00 is now yours.",
        "",
        "Subscribed calendars update by themselves: there is nothing to do.",
    ]
    every = {path: "\n".join(text(path)) for path in notices(compare(BEFORE, AFTER), "en")}
    assert [path for path, words in every.items() if "Examiner" in words] == ["trainers/eve.txt"]
    assert [path for path, words in every.items() if "“Trainer, law”" in words] == [
        "people/s1.txt",
        "groups/all.txt",
        "places/room.txt",
        "trainers/bob.txt",
    ]
    assert [path for path, words in every.items() if "away" in words] == []


NOON = {"start": datetime(2026, 11, 4, 12), "end": datetime(2026, 11, 4, 13)}
SESSION = "Session 1 of “Design” (virtual class) on Wednesday 4 November 2026 09:00"


@pytest.mark.parametrize(
    ("path", "values", "sentence"),
    [
        ("groups/all.txt", {"trainers": ()}, "will be led by (no trainer named) instead of “Trainer, design”"),
        (
            "groups/all.txt",
            {"trainers": ("eve", "bob")},
            "will be led by “Trainer, law” and “Examiner” instead of “Trainer, design”",
        ),
        (
            "trainers/ann.txt",
            {"trainers": ("ann", "bob")},
            "will be led by “Trainer, design” and “Trainer, law” instead of “Trainer, design”",
        ),
        ("trainers/ann.txt", {"place": "hall"}, "will take place in “Hall” instead of “Room 12”"),
        ("trainers/ann.txt", {"place": None}, "will take place in (no place named) instead of “Room 12”"),
        ("trainers/ann.txt", {"groups": ("option",)}, "will be for “Option” instead of “Everybody”"),
        ("places/room.txt", {"place": "hall"}, "no longer takes place here"),
        ("groups/all.txt", {"groups": ("option",)}, "is no longer for this group"),
        (
            "groups/all.txt",
            NOON | {"place": "hall"},
            "is put back to Wednesday 4 November 2026 12:00 and will take place in “Hall” instead of “Room 12”",
        ),
        ("trainers/ann.txt", NOON | {"trainers": ("bob",)}, "is no longer yours"),
    ],
)
def test_what_is_said_of_a_session(path: str, values: dict[str, object], sentence: str) -> None:
    assert told(FIRST, path, **values) == [f"{SESSION} {sentence}."]


@pytest.mark.parametrize(
    ("path", "values", "sentence"),
    [
        ("places/hall.txt", {"place": "hall"}, "Wednesday 4 November 2026 09:00 now takes place here"),
        ("groups/option.txt", {"groups": ("option",)}, "Wednesday 4 November 2026 09:00 is now for this group"),
        ("trainers/bob.txt", NOON | {"trainers": ("bob",)}, "Wednesday 4 November 2026 12:00 is now yours"),
    ],
)
def test_what_is_said_of_a_session_to_those_who_have_it_now(
    path: str, values: dict[str, object], sentence: str
) -> None:
    assert told(FIRST, path, **values) == [f"Session 1 of “Design” (virtual class) on {sentence}."]


def test_a_student_gains_and_loses_by_their_groups() -> None:
    listed = BEFORE.model_copy(update={"people": {"s1": ("option",)}})
    exam = EXAM.model_copy(update={"groups": ("all",)})
    first = FIRST.model_copy(update={"groups": ("option",)})
    after = listed.model_copy(update={"sessions": (first, *BEFORE.sessions[1:3], exam)})
    lines = plain(notices(compare(listed, after), "en")["people/s1.txt"]).splitlines()
    assert lines[4:-2] == [
        f"- {SESSION} is now for you.",
        "- The session “exam” of “Law” on Monday 9 November 2026 14:00 is no longer for you.",
    ]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (
            {"first": date(2026, 11, 9), "last": date(2026, 11, 10)},
            "is put back: from Monday 9 November 2026 to Tuesday 10 November 2026",
        ),
        (
            {"first": date(2026, 11, 1), "last": date(2026, 11, 1)},
            "is brought forward: on Sunday 1 November 2026 and will last 1 day instead of 2 days",
        ),
        ({"state": "cancelled"}, "is called off"),
    ],
)
def test_what_is_said_of_days(values: dict[str, object], sentence: str) -> None:
    days = "The period “Opening days”, from Monday 2 November 2026 to Tuesday 3 November 2026"
    assert told(SEMINAR, "groups/all.txt", **values) == [f"{days}, {sentence}."]


def test_new_days_and_dates() -> None:
    milestone = {"uid": "m@semainier", "kind": "milestone", "title": "Thesis", "place": None, "last": SEMINAR.first}
    days = (*BEFORE.days, SEMINAR.model_copy(update={"uid": "b@semainier"}), SEMINAR.model_copy(update=milestone))
    assert text("groups/all.txt", BEFORE.model_copy(update={"days": days}))[4:-2] == [
        "- The period “Opening days” is new: from Monday 2 November 2026 to Tuesday 3 November 2026, place: “Hall”.",
        "- The date “Thesis” is new: on Monday 2 November 2026.",
    ]
