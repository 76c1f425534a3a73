"""What became of a calendar: what moved, what is new, what is called off, and nothing else."""

from datetime import date, datetime

import pytest

from calendars.calendar_file import Calendar, CertificateRecord
from calendars.changes import Change, Placed, changes
from calendars.saving import calendar_of
from calendars.timetable import Placement
from small import at, classes, module, on, small, timetable, week_of, work

DATES = [date(2026, 11, 2), date(2026, 11, 13)]
PROGRAMME = small(
    trainers={"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
    places={"room": {"title": "Room"}, "hall": {"title": "Hall"}},
    modules={"m": module(classes(3), work(2))},
    blocks={"b": {"title": "Opening", "kind": "seminar", "days": 2, "group": "all", "dates": DATES, "place": "room"}},
    internships={"host": {"title": "Host", "hours": 14, "group": "all", "dates": DATES}},
)


def made(*placements: Placement) -> Calendar:
    """The calendar of these placements as it comes from the search."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(PROGRAMME, timetable(*placements), certificate, date(2026, 9, 1), seed=0)


BEFORE = made(
    on("2026-11-02", "2026-11-03"),
    at("2026-11-04 09:00", trainers=("ann", "bob"), place="room"),
    at("2026-11-05 09:00"),
    on("2026-11-09", activity="host"),
    on("2026-11-10", activity="host"),
    week_of("2026-11-02", 120),
)
FIRST, SECOND = BEFORE.sessions
SEMINAR, HOST = BEFORE.days


def edited(calendar: Calendar, entry: Placed, **values: object) -> Calendar:
    """The calendar with an entry changed."""
    changed = {
        kind: tuple(each.model_copy(update=values) if each == entry else each for each in getattr(calendar, kind))
        for kind in ("sessions", "days", "work")
    }
    return calendar.model_copy(update=changed)


def without(entry: Placed) -> Calendar:
    """The calendar before, less an entry."""
    kinds = ("sessions", "days")
    return BEFORE.model_copy(
        update={kind: tuple(each for each in getattr(BEFORE, kind) if each != entry) for kind in kinds}
    )


def test_a_calendar_changes_nothing_of_itself() -> None:
    assert changes(BEFORE, BEFORE) == ()


@pytest.mark.parametrize(
    "edit",
    [
        {"start": datetime(2026, 11, 4, 8)},
        {"end": datetime(2026, 11, 4, 11)},
        {"place": "hall"},
        {"place": None},
        {"trainers": ("ann",)},
        {"trainers": ()},
    ],
)
def test_another_time_place_or_trainer_of_a_session_is_a_change(edit: dict[str, object]) -> None:
    assert changes(edited(BEFORE, FIRST, **edit), BEFORE) == (Change(FIRST, FIRST.model_copy(update=edit)),)


@pytest.mark.parametrize("edit", [{"first": date(2026, 11, 1)}, {"last": date(2026, 11, 4)}, {"place": "hall"}])
def test_another_day_or_place_of_a_block_is_a_change(edit: dict[str, object]) -> None:
    assert changes(edited(BEFORE, SEMINAR, **edit), BEFORE) == (Change(SEMINAR, SEMINAR.model_copy(update=edit)),)


def test_another_group_is_a_change() -> None:
    edit = {"groups": ("option",)}
    for entry in (FIRST, SEMINAR):
        assert changes(edited(BEFORE, entry, **edit), BEFORE) == (Change(entry, entry.model_copy(update=edit)),)


@pytest.mark.parametrize(
    "edit",
    [
        {"trainers": ("bob", "ann")},
        {"title": "Welcome", "module_title": "Design", "number": 3},
        {"state": "published", "sequence": 4, "last_modified": datetime(2026, 10, 1)},
    ],
)
def test_other_words_stamps_and_the_order_of_trainers_are_none(edit: dict[str, object]) -> None:
    assert changes(edited(BEFORE, FIRST, **edit), BEFORE) == ()


def test_self_paced_work_is_not_told() -> None:
    assert changes(BEFORE.model_copy(update={"work": ()}), BEFORE) == ()


@pytest.mark.parametrize("entry", [FIRST, SEMINAR])
def test_what_is_cancelled_stands_no_more_as_little_as_what_is_gone(entry: Placed) -> None:
    off = edited(BEFORE, entry, state="cancelled")
    assert changes(off, BEFORE) == changes(without(entry), BEFORE) == (Change(entry, None),)
    assert changes(off, off) == changes(off, without(entry)) == ()


@pytest.mark.parametrize("entry", [FIRST, SEMINAR])
def test_what_stands_again_is_as_new_as_what_never_stood(entry: Placed) -> None:
    off = edited(BEFORE, entry, state="cancelled")
    assert changes(BEFORE, off) == changes(BEFORE, without(entry)) == (Change(None, entry),)


def test_entries_are_known_by_their_identity_alone() -> None:
    swapped = edited(BEFORE, FIRST, uid=SECOND.uid)
    swapped = edited(swapped, SECOND, uid=FIRST.uid)
    first, second = swapped.sessions
    assert changes(swapped, BEFORE) == (Change(SECOND, first), Change(FIRST, second))


def test_changes_stand_in_order_of_the_time_at_which_things_stand_now_or_stood_last() -> None:
    """A day stands before its hours; what is at the same time stands in order of its UID."""
    same = {"start": datetime(2026, 11, 6, 9), "end": datetime(2026, 11, 6, 10)}
    after = edited(edited(BEFORE, FIRST, **same), SECOND, **same)
    after = edited(edited(after, SEMINAR, state="cancelled"), HOST, first=date(2026, 11, 6))
    first, second = sorted((FIRST, SECOND), key=lambda session: session.uid)
    assert changes(after, BEFORE) == (
        Change(SEMINAR, None),
        Change(HOST, HOST.model_copy(update={"first": date(2026, 11, 6)})),
        Change(first, first.model_copy(update=same)),
        Change(second, second.model_copy(update=same)),
    )


def test_a_change_tells_the_entry_as_it_stands_now_or_stood_last() -> None:
    assert [Change(FIRST, SECOND).entry, Change(None, SECOND).entry, Change(FIRST, None).entry] == [
        SECOND,
        SECOND,
        FIRST,
    ]
    with pytest.raises(ValueError, match="a change of nothing"):
        _ = Change(None, None).entry
