"""What differs between two calendars of a programme: work, levels, history, and whom it concerns."""

from datetime import date

import pytest

from calendars.calendar_file import Calendar, CertificateRecord, LevelRecord, Revision
from calendars.changes import Change, Kind
from calendars.comparing import Comparison, LevelChange, Touched, WorkChange, compare, work_by_week
from two_years import AFTER, BEFORE, LEVELS

FIRST, SECOND, THIRD, EXAM = BEFORE.sessions
NEW = AFTER.sessions[-1]


def edited(calendar: Calendar, **values: object) -> Calendar:
    return calendar.model_copy(update=values)


def certified(*levels: LevelRecord) -> Calendar:
    return edited(BEFORE, certificate=CertificateRecord(levels=levels, reproducible=True))


def counts(touched: Touched) -> dict[str, int]:
    """What a reader sees, without what there is none of."""
    found = {str(kind): touched.count(kind) for kind in Kind} | {"work": len(touched.work)}
    return {name: count for name, count in found.items() if count}


def readers(comparison: Comparison) -> dict[str, dict[str, int]]:
    return {f"{each.reader.folder}/{each.reader.key}": counts(each) for each in comparison.touched}


def test_a_calendar_differs_in_nothing_from_itself() -> None:
    found = compare(BEFORE, BEFORE)
    assert found.same
    assert (found.changes, found.work, found.since, found.touched) == ((), (), (), ())


def test_what_else_a_calendar_tells_is_no_difference() -> None:
    assert compare(BEFORE, edited(AFTER, sessions=BEFORE.sessions, work=BEFORE.work)).same


def test_all_changes_with_their_kinds() -> None:
    found = compare(BEFORE, AFTER)
    assert not found.same
    first, second, _, exam, new = AFTER.sessions
    assert found.changes == (
        Change(FIRST, first),
        Change(THIRD, None),
        Change(EXAM, exam),
        Change(SECOND, second),
        Change(None, new),
    )
    kinds = [Kind.CHANGED, Kind.CALLED_OFF, Kind.MOVED, Kind.MOVED, Kind.NEW]
    assert [change.kind for change in found.changes] == kinds
    assert [found.count(kind) for kind in Kind] == [2, 1, 1, 1, 0, 0]


def test_work_that_shifts_between_weeks() -> None:
    early, late = (work.uid for work in BEFORE.work)
    assert compare(BEFORE, AFTER).work == (
        WorkChange(date(2026, 11, 2), "m", "Design", ("all",), (early,), 120, 60),
        WorkChange(date(2026, 11, 9), "m", "Design", ("all",), (late,), 120, 180),
    )


def test_work_of_a_module_counts_together_and_cancelled_work_not_at_all() -> None:
    early, late = BEFORE.work
    split = tuple(early.model_copy(update={"minutes": 60, "uid": uid}) for uid in ("one", "two"))
    assert compare(BEFORE, edited(BEFORE, work=(*split, late))).same
    cancelled = early.model_copy(update={"state": "cancelled"})
    off = edited(BEFORE, work=(cancelled, late))
    assert work_by_week(off) == {(date(2026, 11, 9), "m", ("all",)): (late,)}
    lost = WorkChange(date(2026, 11, 2), "m", "Design", ("all",), (early.uid,), 120, 0)
    assert compare(BEFORE, off).work == (lost,)
    assert not compare(BEFORE, off).same


def test_levels_side_by_side_without_level_0() -> None:
    assert compare(BEFORE, AFTER).levels == (
        LevelChange(1, ("near_date", "trainer_preference"), 7, 5, True),
        LevelChange(2, ("even_load",), 120, 120, False),
    )
    assert [level.difference for level in compare(BEFORE, AFTER).levels] == [-2, 0]


def test_levels_of_other_rules_are_not_compared() -> None:
    one, other = LEVELS[1], LEVELS[1].model_copy(update={"rules": ("near_date",), "value": 3})
    found = compare(certified(one), certified(other)).levels
    assert found == (
        LevelChange(1, ("near_date",), None, 3, True),
        LevelChange(1, ("near_date", "trainer_preference"), 7, None, False),
    )
    assert [level.difference for level in found] == [None, None]


def test_what_happened_since() -> None:
    one, other = (Revision(day=date(2026, 10, day)) for day in (2, 9))
    known = edited(BEFORE, history=(one,))
    withdrawn = one.model_copy(update={"withdrawn": date(2026, 10, 12)})
    assert compare(known, edited(BEFORE, history=(one, other))).since == (other,)
    assert compare(known, edited(BEFORE, history=(withdrawn,))).since == (withdrawn,)
    assert compare(known, BEFORE).since == ()


def test_whom_it_concerns_most_concerned_first() -> None:
    """A group sees its own sessions, a student those of all their groups; what only changes hands is gained or lost."""
    all_of_it = {"moved": 1, "changed": 1, "new": 1, "called_off": 1, "work": 2}
    assert list(readers(compare(BEFORE, AFTER)).items()) == [
        ("people/s1", all_of_it | {"moved": 2}),
        ("groups/all", all_of_it),
        ("trainers/ann", {"moved": 1, "new": 1, "called_off": 1, "lost": 1}),
        ("places/room", {"moved": 1, "changed": 1, "new": 1, "called_off": 1}),
        ("groups/option", {"moved": 1}),
        ("trainers/bob", {"gained": 1}),
        ("trainers/eve", {"moved": 1}),
    ]


def test_another_group_or_place_concerns_those_of_before_and_of_now() -> None:
    exam = EXAM.model_copy(update={"groups": ("all",), "place": "hall"})
    found = compare(BEFORE, edited(BEFORE, sessions=(FIRST, SECOND, THIRD, exam)))
    assert readers(found) == {
        "groups/all": {"gained": 1},
        "groups/option": {"lost": 1},
        "trainers/eve": {"changed": 1},
        "places/hall": {"gained": 1},
        "people/s1": {"changed": 1},
    }


@pytest.mark.parametrize(("before", "after"), [(("option", "all"), ()), ((), ("option", "all"))])
def test_a_student_whom_one_calendar_alone_lists_is_concerned(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    listed = [{"s1": groups} if groups else {} for groups in (before, after)]
    found = compare(edited(BEFORE, people=listed[0]), edited(AFTER, people=listed[1]))
    assert readers(found)["people/s1"]["moved"] == 2


def test_titles_are_those_of_both_the_new_ones_first() -> None:
    after = edited(AFTER, titles={**AFTER.titles, "trainers": {"ann": "Trainer", "new": "New trainer"}})
    assert compare(BEFORE, after).titles["trainers"] == {
        "ann": "Trainer",
        "bob": "Trainer, law",
        "eve": "Examiner",
        "new": "New trainer",
    }


def test_nobody_learns_of_a_defence_but_its_student_its_jury_its_place_and_its_group() -> None:
    """The exam, which is moved, is the defence of one of two students; Eve of the jury gives it to Bob."""
    people = {"s1": ("all", "option"), "s2": ("all", "option")}
    before, after = (
        edited(BEFORE, people=people, sessions=(exam.model_copy(update={"student": "s2", "place": "hall"} | others),))
        for exam, others in ((EXAM, {}), (AFTER.sessions[3], {"trainers": ("bob",)}))
    )
    assert readers(compare(before, after)) == {
        "people/s2": {"moved": 1},
        "groups/option": {"moved": 1},
        "trainers/eve": {"lost": 1},
        "trainers/bob": {"gained": 1},
        "places/hall": {"moved": 1},
    }
