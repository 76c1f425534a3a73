"""A version brought back: what stands again, what stays as it has begun, what forbids it, what subscribers are told."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from calendars.calendar_file import (
    Away,
    Calendar,
    CertificateRecord,
    LevelRecord,
    Pin,
    PlacedDays,
    PlacedSession,
    PlannedWork,
    Revision,
    Version,
)
from calendars.clock import Dates
from calendars.faults import FaultyInput
from calendars.holding import SlotToHold, held_slots
from calendars.inheritance import inherit
from calendars.pins import pinned
from calendars.programme import Programme
from calendars.saving import calendar_of, timetable_of
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.near_date import NearDate
from constraints.rule import Rule
from programmes import plain
from scheduler.problem import Problem
from scheduler.publishing import publish
from scheduler.restoring import Restored, ensure_published, restore, version_named
from scheduler.year import files_of
from small import at, classes, module, on, small, timetable, week_of, work

Entry = PlacedSession | PlacedDays | PlannedWork

FOLDER, PATH = Path("published"), Path("published/calendar.json")
MADE, EARLY = date(2026, 9, 1), date(2026, 10, 1)
"""The day of the first version, and one on which nothing has begun."""
DATES = [date(2026, 11, 2), date(2026, 11, 13)]
BLOCKS = {"b": {"title": "Opening", "kind": "seminar", "group": "all", "days": 2, "dates": DATES}}
HOST = {"host": {"title": "Internship", "hours": 35, "group": "all", "dates": DATES}}


def programme(*parts: dict[str, Any], **tables: Any) -> Programme:
    """A module of some parts, two classes where none are given."""
    return small(modules={"m": module(*(parts or (classes(2),)), title="Design")}, **tables)


def problem(*parts: dict[str, Any], rules: Sequence[Rule] = (Complete(), DaysOff()), **tables: Any) -> Problem:
    """Its problem."""
    return Problem(programme(*parts, **tables), tuple(rules))


def made(of: Problem, *placements: Placement) -> Calendar:
    """A calendar as the search leaves it."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(of.programme, timetable(*placements), certificate, MADE, seed=0)


def published(of: Problem, *several: Sequence[Placement]) -> list[Calendar]:
    """Versions 1, 2, … one after the other, each of these placements."""
    versions: list[Calendar] = []
    for placements in several:
        before = versions[-1] if versions else None
        draft = made(of, *placements)
        versions.append(next_version(of, inherit(draft, before, MADE) if before else draft, before, MADE))
    return versions


def next_version(of: Problem, draft: Calendar, before: Calendar | None, day: date) -> Calendar:
    """A draft that follows another calendar as the version after it."""
    version = Version(name=f"V{len(before.versions) + 1 if before else 1}", day=day)
    publication = publish(of, draft, before, version, "en", FOLDER)
    assert publication.breaches == ()
    return publication.calendar


def restored(of: Problem, now: Calendar, then: Calendar, day: date = EARLY) -> Restored:
    """A version brought back on a day."""
    return restore(of, now, len(then.versions), then, day, "en", PATH)


def back(of: Problem, now: Calendar, then: Calendar, day: date = EARLY) -> Calendar:
    """The same, published as the next version."""
    found = restored(of, now, then, day)
    assert (found.breaches, found.calendar.draft) == ((), True)
    return next_version(of, found.calendar, now, day)


def standing(calendar: Calendar) -> dict[str, tuple[object, ...]]:
    """What lives, by UID."""
    every: tuple[Entry, ...] = (*calendar.sessions, *calendar.days, *calendar.work)
    fields = ("start", "end", "trainers", "place", "first", "last", "monday", "minutes", "number")
    return {
        entry.uid: tuple(getattr(entry, name, None) for name in fields) for entry in every if entry.state != "cancelled"
    }


def told(entries: Sequence[Entry]) -> list[tuple[int, str, int]]:
    """Day of the month, state and SEQUENCE of each."""

    def day(entry: Entry) -> int:
        match entry:
            case PlacedSession():
                return entry.start.day
            case PlacedDays():
                return entry.first.day
            case PlannedWork():
                return entry.monday.day

    return [(day(entry), entry.state, entry.sequence) for entry in entries]


def november(day: int) -> date:
    return date(2026, 11, day)


def hour(day: int, minutes: int = 60) -> Placement:
    """A class at nine on a day of November."""
    return at(f"2026-11-{day:02} 09:00", minutes)


def refused(of: Problem, now: Calendar, then: Calendar, day: date = EARLY) -> tuple[list[str], list[str]]:
    """What is said in English and in French of what cannot be brought back."""
    with pytest.raises(FaultyInput) as error:
        restored(of, now, then, day)
    english, french = ([plain(fault.words(each)) for fault in error.value.faults] for each in ("en", "fr"))
    return english, french


class TestSessions:
    CLASSES = problem()

    def test_stand_again_where_they_stood_with_sequences_that_have_grown(self) -> None:
        first, second = published(self.CLASSES, [hour(5), hour(10)], [hour(6), hour(10)])
        third = back(self.CLASSES, second, first)
        assert standing(third) == standing(first)
        assert told(third.sessions) == [(5, "published", 2), (10, "published", 0)]
        assert [version.name for version in third.versions] == ["V1", "V2", "V3"]
        assert third.sessions[0].last_modified.date() == EARLY

    def test_are_known_by_their_identities_also_where_times_have_changed_hands(self) -> None:
        """In the second version, edited by hand, the one stands where the other stood."""
        (first,) = published(self.CLASSES, [hour(5), hour(10)])
        one, other = first.sessions
        swapped = (
            one.model_copy(update={"start": other.start, "end": other.end}),
            other.model_copy(update={"start": one.start, "end": one.end}),
        )
        second = next_version(self.CLASSES, first.model_copy(update={"sessions": swapped}), first, MADE)
        third = back(self.CLASSES, second, first)
        assert standing(third) == standing(first)
        assert told(third.sessions) == [(5, "published", 2), (10, "published", 2)]

    def test_that_have_been_held_since_stay(self) -> None:
        first, second = published(self.CLASSES, [hour(5), hour(10)], [hour(3), hour(9)])
        third = back(self.CLASSES, second, first, november(4))
        assert told(third.sessions) == [(3, "published", 1), (10, "published", 2)]

    def test_that_would_have_been_held_by_now_stay_where_they_are_to_come(self) -> None:
        first, second = published(self.CLASSES, [hour(3), hour(10)], [hour(6), hour(9)])
        third = back(self.CLASSES, second, first, november(4))
        assert told(third.sessions) == [(6, "published", 1), (10, "published", 2)]

    def test_begin_with_the_day_itself(self) -> None:
        """On the 4th, the class of the 4th may go away and may come back."""
        first, second = published(self.CLASSES, [hour(4), hour(10)], [hour(5), hour(10)])
        assert told(back(self.CLASSES, second, first, november(4)).sessions)[0] == (4, "published", 2)
        assert told(back(self.CLASSES, second, first, november(5)).sessions)[0] == (5, "published", 1)
        third = back(self.CLASSES, second, first)
        assert told(back(self.CLASSES, third, second, november(4)).sessions)[0] == (5, "published", 3)
        assert told(back(self.CLASSES, third, second, november(5)).sessions)[0] == (4, "published", 2)

    def test_are_numbered_by_date(self) -> None:
        """What was held stands before the other one by now, and stood after it then."""
        first, second = published(self.CLASSES, [hour(5), hour(10)], [hour(5), hour(3)])
        third = back(self.CLASSES, second, first, november(4))
        assert [(each.start.day, each.number) for each in third.sessions] == [(3, 1), (5, 2)]

    def test_that_the_version_does_not_have_are_cancelled(self) -> None:
        three = problem(classes(3))
        (first,) = published(self.CLASSES, [hour(5), hour(10)])
        second = next_version(three, inherit(made(three, hour(5), hour(10), hour(12)), first, MADE), first, MADE)
        third = back(self.CLASSES, second, first)
        assert standing(third) == standing(first)
        assert told(third.sessions) == [(5, "published", 0), (10, "published", 0), (12, "cancelled", 1)]

    def test_that_were_cancelled_are_held_again(self) -> None:
        three = problem(classes(3))
        (first,) = published(three, [hour(5), hour(10), hour(12)])
        second = next_version(self.CLASSES, inherit(made(self.CLASSES, hour(5), hour(10)), first, MADE), first, MADE)
        draft = restored(three, second, first).calendar
        assert standing(draft) == standing(first)
        assert told(draft.sessions) == [(5, "published", 0), (10, "published", 0), (12, "planned", 2)]

    def test_that_were_cancelled_long_ago_come_back_as_new_ones(self) -> None:
        """Their last SEQUENCE is forgotten, so that a subscriber might not believe the old identity any more."""
        three = problem(classes(3))
        (first,) = published(three, [hour(5), hour(10), hour(12)])
        second = next_version(self.CLASSES, inherit(made(self.CLASSES, hour(5), hour(10)), first, MADE), first, MADE)
        third = next_version(self.CLASSES, second, second, november(4))
        assert told(third.sessions) == [(5, "published", 0), (10, "published", 0)]
        draft = restored(three, third, first, november(4)).calendar
        assert told(draft.sessions) == [(5, "published", 0), (10, "published", 0), (12, "planned", 0)]
        assert draft.sessions[2].uid not in [session.uid for session in first.sessions]
        assert draft.births == {"m.virtual-class": 4}

    def test_that_were_cancelled_stay_so_where_they_would_have_been_held_by_now(self) -> None:
        """Also where nobody knows of them any more."""
        three = problem(classes(3))
        (first,) = published(three, [hour(3), hour(5), hour(10)])
        second = next_version(self.CLASSES, inherit(made(self.CLASSES, hour(5), hour(10)), first, MADE), first, MADE)
        numbers = [(5, 1), (10, 2)]
        for now in (second, next_version(self.CLASSES, second, second, november(4))):
            draft = restored(self.CLASSES, now, first, november(4)).calendar
            live = [each for each in draft.sessions if each.state != "cancelled"]
            assert [(each.start.day, each.number) for each in live] == numbers


class TestBlocks:
    SEMINAR = problem(blocks=BLOCKS)

    def versions(self) -> list[Calendar]:
        classes = (hour(12), hour(13))
        return published(
            self.SEMINAR,
            [*classes, on("2026-11-05", "2026-11-06")],
            [*classes, on("2026-11-09", "2026-11-10")],
            [*classes, on("2026-11-02", "2026-11-03")],
        )

    def test_stand_again_where_they_stood(self) -> None:
        first, second, _ = self.versions()
        third = back(self.SEMINAR, second, first)
        assert (standing(third), told(third.days)) == (standing(first), [(5, "published", 2)])

    def test_that_have_begun_stay_also_before_their_end(self) -> None:
        first, _, third = self.versions()
        assert told(back(self.SEMINAR, third, first, november(3)).days) == [(2, "published", 2)]

    def test_that_would_have_begun_stay_where_they_are_to_come(self) -> None:
        first, second, _ = self.versions()
        assert told(back(self.SEMINAR, second, first, november(6)).days) == [(9, "published", 1)]


class TestHostDays:
    """Three host days in the first week and two in the second; later two and three."""

    HOSTED = problem(internships=HOST, rules=[Complete()])
    CLASSES = (hour(2), hour(3))
    THEN = ("2026-11-04", "2026-11-05", "2026-11-06", "2026-11-09", "2026-11-10")
    NOW = ("2026-11-04", "2026-11-05", "2026-11-09", "2026-11-12", "2026-11-13")

    def versions(self) -> list[Calendar]:
        days = ([on(day, activity="host") for day in each] for each in (self.THEN, self.NOW))
        return published(self.HOSTED, *([*self.CLASSES, *each] for each in days))

    def runs(self, day: date) -> list[tuple[int, int, str, int]]:
        """First and last day, state and SEQUENCE of each run of days, where the first version is brought back."""
        first, second = self.versions()
        return [
            (run.first.day, run.last.day, run.state, run.sequence) for run in back(self.HOSTED, second, first, day).days
        ]

    def test_are_those_of_the_version(self) -> None:
        assert self.runs(EARLY) == [(4, 6, "published", 2), (9, 10, "published", 2), (12, 13, "cancelled", 1)]

    def test_that_have_passed_stay_and_the_others_are_those_of_the_version(self) -> None:
        """On Friday two have passed, in both."""
        assert self.runs(november(6)) == [(4, 6, "published", 2), (9, 10, "published", 2), (12, 13, "cancelled", 1)]

    def test_stay_as_published_where_more_or_fewer_have_passed(self) -> None:
        """On Saturday three would have passed, and two have."""
        assert self.runs(november(7)) == [(4, 5, "published", 1), (9, 9, "published", 1), (12, 13, "published", 0)]

    def test_that_were_called_off_are_planned_again_and_as_new_ones_where_that_is_long_ago(self) -> None:
        first, second = self.versions()
        for day in (MADE, november(3)):
            third = back(self.HOSTED, second, first, MADE)
            third = next_version(self.HOSTED, third, third, day)
            run = restored(self.HOSTED, third, second, november(3)).calendar.days[2]
            known = run.uid in [each.uid for each in second.days]
            assert (run.first.day, run.state, run.sequence) == (12, "planned", 2 if day == MADE else 0)
            assert known == (day == MADE)

    def test_are_told_by_the_week(self) -> None:
        """From Friday to Tuesday they are two runs, of which the one begins again where it ended."""
        weeks = (range(6, 11), range(9, 14))
        then, now = ([on(f"2026-11-{day:02}", activity="host") for day in days] for days in weeks)
        first, second = published(self.HOSTED, [*self.CLASSES, *then], [*self.CLASSES, *now])
        runs = back(self.HOSTED, second, first).days
        assert [(run.first.day, run.last.day) for run in runs if run.state != "cancelled"] == [(6, 8), (9, 10)]


class TestWork:
    """An hour in each of two weeks, then both in the second, or the first."""

    WORKED = problem(classes(1), work(2), rules=[Complete()])
    THEN = (week_of("2026-11-02", 60), week_of("2026-11-09", 60))

    def works(self, *now: Placement, day: date) -> list[tuple[int, int, str]]:
        """Week, minutes and state of the work, where the first version is brought back."""
        first, second = published(self.WORKED, [hour(13), *self.THEN], [hour(13), *now])
        return [(each.monday.day, each.minutes, each.state) for each in back(self.WORKED, second, first, day).work]

    def test_is_that_of_the_version(self) -> None:
        assert self.works(week_of("2026-11-09", 120), day=november(2)) == [(2, 60, "published"), (9, 60, "published")]
        assert self.works(week_of("2026-11-02", 120), day=november(2)) == [(2, 60, "published"), (9, 60, "published")]

    def test_stays_as_published_where_another_amount_lies_in_the_weeks_begun(self) -> None:
        """On Tuesday the first week has begun."""
        assert self.works(week_of("2026-11-09", 120), day=november(3)) == [(9, 120, "published"), (2, 60, "cancelled")]
        assert self.works(week_of("2026-11-02", 120), day=november(3)) == [(2, 120, "published"), (9, 60, "cancelled")]

    def test_of_weeks_begun_stays_and_the_rest_is_that_of_the_version(self) -> None:
        weeks = problem(classes(1), work(2), rules=[Complete()], dates=[november(2), november(27)])
        begun = week_of("2026-11-02", 60)
        first, second = published(
            weeks,
            [hour(13), begun, week_of("2026-11-16", 60)],
            [hour(13), begun, week_of("2026-11-09", 60)],
        )
        third = back(weeks, second, first, november(3))
        assert [(each.monday.day, each.state) for each in third.work] == [
            (2, "published"),
            (16, "published"),
            (9, "cancelled"),
        ]


class TestRefusals:
    CLASSES = problem()

    def test_what_is_in_breach_of_a_law_by_now_has_no_files(self) -> None:
        free = problem(rules=[Complete()])
        first, second = published(free, [hour(5), hour(11)], [hour(5), hour(10)])
        found = restored(self.CLASSES, second, first)
        assert (found.breaches, found.files) == (
            tuple(DaysOff().check(self.CLASSES.programme, timetable(hour(11)))),
            {},
        )
        assert restored(free, second, first).breaches == ()

    def test_a_breach_that_was_published_and_is_past_is_told_in_the_report_alone(self) -> None:
        free = problem(rules=[Complete()])
        first, second = published(free, [hour(11), hour(12)], [hour(11), hour(13)])
        found = restored(self.CLASSES, second, first, november(12))
        past = tuple(DaysOff().check(self.CLASSES.programme, timetable(hour(11))))
        assert found == Restored(found.calendar, (), files_of(self.CLASSES, found.calendar, "en", past))

    def test_of_what_lacks_a_session_by_now(self) -> None:
        three = problem(classes(3))
        (first,) = published(self.CLASSES, [hour(5), hour(10)])
        second = next_version(three, inherit(made(three, hour(5), hour(10), hour(12)), first, MADE), first, MADE)
        assert [breach.rule for breach in restored(three, second, first).breaches] == ["complete"]

    def test_of_what_has_another_group_by_now(self) -> None:
        """The class is for everybody, and was published for a few."""
        groups = {"all": {"title": "All"}, "few": {"title": "Few", "part_of": "all"}}
        few = Problem(small(groups=groups, modules={"m": module(classes(1), group="few")}), (Complete(),))
        first, second = published(few, [hour(5)], [hour(6)])
        assert [breach.rule for breach in restored(problem(classes(1), groups=groups), second, first).breaches] == [
            "programme"
        ]

    def test_of_what_would_stand_in_a_slot_on_hold_and_the_slot_stays_on_hold(self) -> None:
        exam = problem(classes(1), classes(1, kind="exam"))
        held_on = at("2026-11-10 09:00", part="m.exam")
        first, second = published(exam, [hour(5), held_on], [hour(6), held_on])
        for day, laws in ((5, ["on_hold"]), (12, [])):
            slot = SlotToHold(datetime(2026, 11, day, 9), datetime(2026, 11, day, 10), (), None)
            held = held_slots(second, second.sessions[1].uid, [slot], "offer", MADE)
            found = restored(exam, held, first)
            assert ([breach.rule for breach in found.breaches], found.calendar.holds) == (laws, held.holds)

    def test_what_is_pinned_elsewhere_has_to_be_let_go(self) -> None:
        first, second = published(self.CLASSES, [hour(5), hour(10)], [hour(6), hour(10)])
        moved, kept = (Pin(uid=session.uid, by="Manager", day=MADE) for session in second.sessions)
        assert refused(self.CLASSES, pinned(second, moved), first) == (
            [
                "published/calendar.json: Design · virtual class (1) is pinned since Tuesday 1 September 2026 by "
                "Manager, and the version does not have it there; take the pin off with pin --remove"
            ],
            [
                "published/calendar.json : Design · virtual class (1) : épinglé depuis le mardi 1er septembre 2026 par "
                "Manager, et la version ne l’a pas à cet endroit ; retirez l’épingle avec pin --remove"
            ],
        )
        assert restored(self.CLASSES, pinned(second, kept), first).calendar.pins == (kept,)

    def test_what_is_pinned_and_not_in_the_version_has_to_be_let_go(self) -> None:
        three = problem(classes(3))
        (first,) = published(self.CLASSES, [hour(5), hour(10)])
        second = next_version(three, inherit(made(three, hour(5), hour(10), hour(12)), first, MADE), first, MADE)
        english, _ = refused(self.CLASSES, pinned(second, Pin(uid=second.sessions[2].uid, day=MADE)), first)
        assert len(english) == 1

    def test_what_was_pinned_and_held_is_in_nobodys_way(self) -> None:
        first, second = published(self.CLASSES, [hour(5), hour(10)], [hour(3), hour(10)])
        held = pinned(second, Pin(uid=second.sessions[0].uid, day=MADE))
        assert restored(self.CLASSES, held, first, november(4)).breaches == ()


class TestHistory:
    CLASSES = problem()
    AWAY = Revision(day=MADE, why="ill", away=(Away(trainer="ann", dates=Dates(november(5), november(6))),))
    BACK = Revision(day=EARLY, why="version “V1” brought back")

    def versions(self) -> list[Calendar]:
        """The trainer has been away since the second version."""
        (first,) = published(self.CLASSES, [hour(5), hour(10)])
        draft = inherit(made(self.CLASSES, hour(9), hour(10)), first, MADE).model_copy(update={"history": (self.AWAY,)})
        return [first, next_version(self.CLASSES, draft, first, MADE)]

    def test_withdraws_what_the_version_did_not_know(self) -> None:
        first, second = self.versions()
        withdrawn = self.AWAY.model_copy(update={"withdrawn": EARLY})
        assert back(self.CLASSES, second, first).history == (withdrawn, self.BACK)

    def test_keeps_what_the_version_knew(self) -> None:
        _, second = self.versions()
        third = next_version(self.CLASSES, second, second, MADE)
        brought = Revision(day=EARLY, why="version “V2” brought back")
        assert restored(self.CLASSES, third, second).calendar.history == (self.AWAY, brought)

    def test_has_again_what_had_been_withdrawn_with_a_version(self) -> None:
        first, second = self.versions()
        third = back(self.CLASSES, second, first)
        again = Revision(day=november(1), why="version “V2” brought back")
        assert restored(self.CLASSES, third, second, november(1)).calendar.history == (
            self.AWAY,
            self.BACK.model_copy(update={"withdrawn": november(1)}),
            again,
        )

    def test_is_told_in_the_language_of_the_calendar(self) -> None:
        first, second = self.versions()
        french = second.model_copy(update={"language": "fr"})
        told = restored(self.CLASSES, french, first).calendar.history[-1].why
        assert plain(told) == "version « V1 » rétablie"


def test_a_draft_has_the_people_of_the_programme_and_the_cost_of_now() -> None:
    """Level 1 costs a day from the 4th to the 5th, of which nothing is proved."""
    parts = classes(1, near=november(4))
    dear = problem(parts, rules=[Complete(), NearDate(level=1)])
    first, second = published(dear, [hour(5)], [hour(4)])
    proved = LevelRecord(rank=1, rules=("near_date",), value=0, bound=0, proved=True)
    second = second.model_copy(update={"certificate": CertificateRecord(levels=(proved,), reproducible=True)})
    renamed = problem(parts, rules=dear.rules, groups={"all": {"title": "Everybody"}})
    gone = {"trainers": {"ann": "Trainer who is gone"}}
    draft = restored(renamed, second.model_copy(update={"titles": second.titles | gone}), first).calendar
    assert draft.titles == {"groups": {"all": "Everybody"}, **gone, "places": {}}
    assert draft.certificate.levels == (LevelRecord(rank=1, rules=("near_date",), value=1, bound=0, proved=False),)
    assert timetable_of(draft) == timetable_of(first)


class TestNames:
    (FIRST, SECOND) = published(problem(), [hour(5), hour(10)], [hour(6), hour(10)])

    def of(self, *names: str) -> Calendar:
        versions = tuple(Version(name=name, day=MADE) for name in names)
        return self.SECOND.model_copy(update={"versions": versions})

    @pytest.mark.parametrize(("text", "number"), [("Rentrée", 1), ("1", 1), ("Spring", 2), ("2", 2)])
    def test_a_version_goes_by_its_name_and_its_number(self, text: str, number: int) -> None:
        assert version_named(self.of("Rentrée", "Spring"), text, FOLDER) == number

    def test_a_name_goes_before_a_number(self) -> None:
        assert version_named(self.of("2", "1"), "2", FOLDER) == 1

    @pytest.mark.parametrize("text", ["0", "3", "-1", "Autumn", "rentrée", ""])
    def test_of_another_one_those_that_there_are_are_told(self, text: str) -> None:
        with pytest.raises(FaultyInput) as error:
            version_named(self.of("Rentrée", "Spring"), text, FOLDER)
        (fault,) = error.value.faults
        assert fault.words("en") == f"published: has no version {text}; there are 1 “Rentrée” and 2 “Spring”"
        assert plain(fault.words("fr")) == (
            f"published : n’a pas de version {text} ; il y a 1 « Rentrée » et 2 « Spring »"
        )

    def test_a_draft_is_no_version(self) -> None:
        ensure_published(self.SECOND, PATH)
        for draft in (
            self.SECOND.model_copy(update={"draft": True}),
            self.SECOND.model_copy(update={"versions": ()}),
        ):
            with pytest.raises(FaultyInput) as error:
                ensure_published(draft, PATH)
            assert [plain(fault.words("fr")) for fault in error.value.faults] == [
                "published/calendar.json : est un brouillon, non ce qui est publié ; donnez le dossier que publish a "
                "écrit"
            ]
