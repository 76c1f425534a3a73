"""A calendar made again: what was held stays, and of the rest no more moves than must, which is proved."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import count, islice
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import pytest

from calendars.calendar_file import Calendar, CertificateRecord, Pin, PlacedDays, PlacedSession
from calendars.faults import FaultyInput
from calendars.holding import SlotToHold, held_slots
from calendars.programme import Programme
from calendars.saving import calendar_of
from calendars.timetable import Placement, Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.few_changes import FewChanges
from constraints.held import Held
from constraints.kept import Kept, Stay
from constraints.near_date import NearDate
from constraints.on_hold import OnHold
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.within import Within
from constraints.working_hours import WorkingHours
from drawing import ONE_START, Shape, Tables, complete_ways, draw, timetables
from scheduler.following import following, kept_of
from scheduler.problem import Problem
from scheduler.result import Level, Limits, Outcome
from scheduler.search import search
from scheduler.verdict import breaches, breaches_of_the_past, price
from small import at, classes, module, on, small, timetable, week_of, work

PATH = Path("before/calendar.json")
LAWS = (Complete(), Within(), DaysOff(), WorkingHours(), Availability(), OneAtATime())
WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday")


def november(first: int, last: int) -> list[date]:
    return [date(2026, 11, first), date(2026, 11, last)]


def saved(programme: Programme, *placements: Placement) -> Calendar:
    """The calendar of these placements."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(programme, timetable(*placements), certificate, date(2026, 9, 1), seed=0)


def after(problem: Problem, *placements: Placement, as_of: int) -> Problem:
    """The problem that follows a calendar of these placements, from a day of November on."""
    return following(problem, saved(problem.programme, *placements), date(2026, 11, as_of), PATH)


def year(**tables: Any) -> Programme:
    """Two weeks with one of everything."""
    dates = november(2, 13)
    plain: dict[str, Any] = {
        "modules": {"m": module(classes(3), work(2, step_minutes=30))},
        "blocks": {"b": {"title": "Course", "kind": "course", "days": 3, "group": "all", "dates": dates}},
        "internships": {"host": {"title": "Internship", "hours": 21, "group": "all", "dates": dates}},
    }
    return small(**plain | tables)


BEFORE = (
    week_of("2026-11-02", 60),
    at("2026-11-02 09:00"),
    on("2026-11-05", activity="host"),
    on("2026-11-06", activity="host"),
    week_of("2026-11-09", 60),
    at("2026-11-09 09:00"),
    on("2026-11-09", "2026-11-11"),
    at("2026-11-10 09:00"),
    on("2026-11-12", activity="host"),
)
"""In order of time."""


class TestTheTwoRules:
    def test_what_begins_before_the_date_is_held_and_the_rest_should_stay(self) -> None:
        """Before the 10th: both weeks, the block, a host day of each run and two sessions."""
        rules = (*LAWS, NearDate())
        followed = after(Problem(year(), rules), *BEFORE, as_of=10)
        held = Held(before=date(2026, 11, 10), placements=timetable(*BEFORE).placements[:-2])
        moved = FewChanges(placements=BEFORE[-2:], weights=(1, 1))
        assert followed.rules == (held, *rules, moved)
        assert followed.previous == timetable(*BEFORE)
        assert (followed.laws, followed.priced) == ((held, *LAWS), (NearDate(), moved))

    def test_on_the_first_day_nothing_is_held_and_after_the_last_everything(self) -> None:
        every = timetable(*BEFORE).placements
        for as_of, number in ((2, 0), (13, len(every))):
            followed = after(Problem(year(), ()), *BEFORE, as_of=as_of)
            assert followed.rules == (
                Held(before=date(2026, 11, as_of), placements=every[:number]),
                FewChanges(placements=every[number:], weights=(1,) * (len(every) - number)),
            )

    def test_cancelled_entries_were_not_held_and_are_not_kept(self) -> None:
        programme = year()
        calendar = saved(programme, at("2026-11-02 09:00"), at("2026-11-10 09:00"))
        cancelled = [session.model_copy(update={"state": "cancelled"}) for session in calendar.sessions]
        calendar = calendar.model_copy(update={"sessions": tuple(cancelled)})
        followed = following(Problem(programme, ()), calendar, date(2026, 11, 3), PATH)
        assert followed.previous == timetable()
        assert followed.rules == (Held(before=date(2026, 11, 3), placements=()), FewChanges(placements=()))


def pin(entry: PlacedSession | PlacedDays, **keys: Any) -> Pin:
    return Pin(uid=entry.uid, day=date(2026, 9, 2), **keys)


class TestPinsAndSlotsOnHold:
    KNOWN = saved(year(), *BEFORE)
    FIRST, SECOND, THIRD = KNOWN.sessions
    COURSE = next(run for run in KNOWN.days if run.kind == "course")
    PINNED = KNOWN.model_copy(update={"pins": (pin(THIRD, by="Head"), pin(FIRST), pin(COURSE, machine=True))})

    def rules(self, known: Calendar, as_of: int) -> tuple[Rule, ...]:
        return following(Problem(year(), LAWS), known, date(2026, 11, as_of), PATH).rules

    def test_what_is_pinned_and_to_come_is_kept(self) -> None:
        third = Stay(at("2026-11-10 09:00"), pin(self.THIRD, by="Head"))
        course = Stay(on("2026-11-09", "2026-11-11"), pin(self.COURSE, machine=True))
        for as_of, kept in ((9, (third, course)), (10, (third,))):
            assert self.rules(self.PINNED, as_of) == (
                self.rules(self.KNOWN, as_of)[0],
                Kept(kept=kept),
                *self.rules(self.KNOWN, as_of)[1:],
            )
        assert self.rules(self.PINNED, 11) == self.rules(self.KNOWN, 11)

    def test_slots_on_hold_that_are_to_come_are_left_free(self) -> None:
        slots = [
            SlotToHold(datetime(2026, 11, day, 14), datetime(2026, 11, day, 15), ("ann",), "room") for day in (10, 12)
        ]
        known = held_slots(self.KNOWN, self.THIRD.uid, slots, "poll", date(2026, 9, 2))
        first, second = (at(f"2026-11-{day} 14:00", trainers=("ann",), place="room") for day in (10, 12))
        for as_of, free in ((10, (first, second)), (11, (second,))):
            held, *others = self.rules(self.KNOWN, as_of)
            assert self.rules(known, as_of) == (held, OnHold(slots=free), *others)
        assert self.rules(known, 13) == self.rules(self.KNOWN, 13)

    def test_what_was_cancelled_binds_nobody(self) -> None:
        known = held_slots(
            self.PINNED,
            self.THIRD.uid,
            [SlotToHold(datetime(2026, 11, 12, 14), datetime(2026, 11, 12, 15))],
            "poll",
            date(2026, 9, 2),
        )
        gone = {
            "sessions": tuple(each.model_copy(update={"state": "cancelled"}) for each in known.sessions),
            "days": tuple(each.model_copy(update={"state": "cancelled"}) for each in known.days),
        }
        rules = self.rules(known.model_copy(update=gone), 2)
        assert [type(rule) for rule in rules] == [Held, *map(type, LAWS), FewChanges]

    def test_what_is_published_is_kept_where_that_is_asked_but_for_some(self) -> None:
        """Self-paced work and host days are not: no session hangs on them."""

        def published(entries: Sequence[Any]) -> tuple[Any, ...]:
            return tuple(entry.model_copy(update={"state": "published"}) for entry in entries)

        new = self.SECOND.model_copy(update={"uid": "new"})
        known = self.PINNED.model_copy(
            update={"sessions": (*published(self.PINNED.sessions), new), "days": published(self.PINNED.days)}
        )
        first, second, third = (at(f"2026-11-{day} 09:00") for day in ("02", "09", "10"))
        course = Stay(on("2026-11-09", "2026-11-11"), pin(self.COURSE, machine=True))
        assert kept_of(known, published=True) == Kept(
            kept=(Stay(first, pin(self.FIRST)), Stay(second), Stay(third, pin(self.THIRD, by="Head")), course)
        )
        assert kept_of(known, published=True, but=[self.FIRST.uid, self.SECOND.uid, self.COURSE.uid]) == Kept(
            kept=(Stay(third, pin(self.THIRD, by="Head")),)
        )
        assert kept_of(known, published=False, but=[self.THIRD.uid]) == Kept(
            kept=(Stay(first, pin(self.FIRST)), course)
        )


class TestFaults:
    def faults(self, programme: Programme, *placements: Placement, as_of: int) -> list[str]:
        with pytest.raises(FaultyInput) as refused:
            after(Problem(programme, LAWS), *placements, as_of=as_of)
        return [fault.words("en") for fault in refused.value.faults]

    def test_what_was_held_twice_at_once_cannot_be_counted(self) -> None:
        twice = [at("2026-11-02 09:00"), at("2026-11-02 09:00", trainers=("ann",)), *[on("2026-11-05")] * 3]
        assert self.faults(year(), *twice, as_of=10) == [
            "before/calendar.json: “Module” (virtual class) stands twice on Monday 2 November 2026 09:00; "
            "remove one of the two",
            "before/calendar.json: “Course” stands twice on Thursday 5 November 2026; remove one of the two",
        ]

    def test_work_that_the_steps_do_not_make(self) -> None:
        odd = week_of("2026-11-02", 45), week_of("2026-11-09", 60)
        assert self.faults(year(), *odd, as_of=10) == [
            "before/calendar.json: “Module” (self-paced work) had 45 minutes in the week of Monday 2 November 2026, "
            "which steps of 30 do not make; lower its step_minutes"
        ]

    def test_all_faults_are_told_at_once(self) -> None:
        twice = [at("2026-11-02 09:00")] * 2
        told = self.faults(year(), *twice, week_of("2026-11-02", 45), as_of=10)
        assert [fault.split("; ")[1] for fault in told] == ["remove one of the two", "lower its step_minutes"]

    def test_what_is_still_to_come_or_gone_from_the_programme_is_no_fault(self) -> None:
        twice = [at("2026-11-10 09:00")] * 2
        gone = [at("2026-11-02 09:00", part="m.gone")] * 2
        programme = small(modules={"m": module(classes(2), classes(1, id="gone"), work(2))})
        calendar = saved(programme, *twice, *gone, week_of("2026-11-09", 45))
        problem = Problem(small(modules={"m": module(classes(2), work(2, step_minutes=30))}), LAWS)
        followed = following(problem, calendar, date(2026, 11, 9), PATH)
        assert search(followed, Limits()).outcome == Outcome.LAWFUL


def taught(sessions: int = 3, hours: str = "09:00-12:00", cannot: Sequence[Tables] = (), **keys: Any) -> Problem:
    """One part of a trainer in two weeks of November; the 11th is off."""
    programme = small(
        opening_hours=dict.fromkeys(WEEK, hours),
        trainers={"ann": {"title": "Ann", "cannot": list(cannot)}},
        modules={"m": module(classes(sessions, trainer="ann", **keys))},
    )
    return Problem(programme, LAWS)


def by_ann(*moments: str) -> tuple[Placement, ...]:
    return tuple(at(f"2026-11-{moment}", trainers=("ann",)) for moment in moments)


class TestTheSearch:
    FOUND = by_ann("03 10:00", "06 09:00", "12 11:00")

    def test_where_nothing_changed_nothing_moves(self) -> None:
        """Though the sessions would rather be near the 10th."""
        problem = taught(near=date(2026, 11, 10))
        problem = Problem(problem.programme, (*LAWS, NearDate()))
        result = search(after(problem, *self.FOUND, as_of=5), Limits())
        assert result.timetable == timetable(*self.FOUND)
        # 7, 4 and 2 days from the 10th
        assert result.levels == (Level(0, ("few_changes",), 0, 0), Level(1, ("near_date",), 13, 13))

    def test_where_what_is_pinned_cannot_stay_it_is_impossible(self) -> None:
        """Ann cannot on the 6th: without the pin one session moves."""
        problem = taught(cannot=[{"dates": november(6, 6)}])
        known = saved(problem.programme, *self.FOUND)
        known = known.model_copy(update={"pins": (pin(known.sessions[1], by="Head", why="hall booked"),)})
        result = search(following(problem, known, date(2026, 11, 4), PATH), Limits())
        assert (result.outcome, result.timetable) == (Outcome.IMPOSSIBLE, None)
        assert [str(law.words(problem.programme)) for law in result.unkeepable] == [
            "kept: impossible even without the other laws; in the nearest calendar “Module” (virtual class) does not "
            "stand on Friday 6 November 2026 09:00, where it is pinned since Wednesday 2 September 2026 by Head: hall "
            "booked"
        ]

    def test_only_what_a_new_absence_hits_moves(self) -> None:
        problem = taught(cannot=[{"dates": november(6, 6)}])
        result = search(after(problem, *self.FOUND, as_of=4), Limits())
        assert result.levels == (Level(0, ("few_changes",), 10, 10),)
        assert result.timetable is not None
        assert {*self.FOUND} - {*result.timetable.placements} == {*by_ann("06 09:00")}

    def test_an_absence_in_the_past_hits_nothing(self) -> None:
        problem = taught(cannot=[{"dates": november(2, 6)}])
        result = search(after(problem, *self.FOUND, as_of=9), Limits())
        assert result.timetable == timetable(*self.FOUND)
        assert result.levels == (Level(0, ("few_changes",), 0, 0),)

    def test_where_the_only_room_is_taken_others_make_way(self) -> None:
        """The 9th is lost to the exam, which can stand on the 10th besides; the course leaves it for the 12th."""
        dates = {"dates": november(9, 12), "opening_hours": dict.fromkeys(WEEK, "09:00-10:00")}
        parts = [
            classes(1, id="exam", dates=november(9, 10), trainer="ann"),
            classes(1, id="course", dates=november(10, 12)),
        ]
        cannot = [{"dates": november(9, 9)}]
        programme = small(**dates, trainers={"ann": {"title": "Ann", "cannot": cannot}}, modules={"m": module(*parts)})
        before = at("2026-11-09 09:00", part="m.exam", trainers=("ann",)), at("2026-11-10 09:00", part="m.course")
        result = search(after(Problem(programme, LAWS), *before, as_of=9), Limits())
        assert result.levels == (Level(0, ("few_changes",), 20, 20),)
        assert result.timetable == timetable(
            at("2026-11-10 09:00", part="m.exam", trainers=("ann",)), at("2026-11-12 09:00", part="m.course")
        )

    def test_where_what_was_held_leaves_no_room_it_is_impossible(self) -> None:
        """Held on the 2nd and 3rd, the third session can no longer stand anywhere."""
        problem = taught(cannot=[{"dates": november(4, 13)}])
        result = search(after(problem, *by_ann("02 09:00", "03 09:00", "12 09:00"), as_of=4), Limits())
        assert (result.outcome, result.timetable) == (Outcome.IMPOSSIBLE, None)

    def test_more_held_than_announced_adds_nothing(self) -> None:
        problem = taught(sessions=1)
        result = search(after(problem, *by_ann("02 09:00", "03 09:00", "12 09:00"), as_of=4), Limits())
        assert result.timetable == timetable(*by_ann("02 09:00", "03 09:00"))
        assert result.levels == (Level(0, ("few_changes",), 10, 10),)


class Again(NamedTuple):
    """A calendar that was lawful, and the same programme with a day on which nobody can any more."""

    problem: Problem
    lawful: list[Timetable]
    hit: int

    @property
    def least(self) -> int | None:
        """The least price of a lawful timetable, of which there may be none."""
        return min((price(self.problem, one, 0) for one in self.lawful), default=None)

    @property
    def is_tight(self) -> bool:
        """Whether more sessions have to move than those that are hit."""
        return self.least is not None and self.least >= 10 * (self.hit + 1)


KEPT: tuple[Rule, ...] = (Complete(), Within(), Availability(), OneAtATime(), Spread(days_apart=1))
SHAPES = (
    Shape(("sessions", "several parts", "work")),
    Shape(("sessions", "trainers", "places", "choices", "juries", "students"), clocks=ONE_START),
    Shape(("sessions", "blocks"), clocks=ONE_START),
    Shape(("sessions", "internship"), clocks=ONE_START),
)


def full_days(random: Random) -> tuple[Tables, Programme, list[Timetable]]:
    """Six days with one start each, four sessions of three parts, two or three days for each part."""
    parts = []
    for key, sessions in zip("xyz", (1, 1, 2), strict=True):
        first = random.randint(9, 12)
        trainer = random.choice(("ann", "ann", ["ann", "bob"]))
        parts.append(
            classes(sessions, id=key, dates=november(first, min(14, first + random.randint(1, 2))), trainer=trainer)
        )
    tables: Tables = {
        "dates": november(9, 14),
        "opening_hours": dict.fromkeys(WEEK, "09:00-10:00"),
        "groups": {"all": {"title": "All", "cannot": []}},
        "trainers": {"ann": {"title": "Ann"}, "bob": {"title": "Bob"}},
        "modules": {"m": module(*parts)},
    }
    programme = small(**tables)
    inside = [
        [way for way in ways if all(each.span.day in programme.parts[each.activity].dates for each in way)]
        for ways in complete_ways(programme)
    ]
    return tables, programme, timetables(inside)


def again(random: Random, drawn: tuple[Tables, Programme, list[Timetable]]) -> Again | None:
    """None where there was no old calendar, or no session in it."""
    tables, programme, every = drawn
    lawful = [one for one in every if not breaches(Problem(programme, KEPT), one)]
    previous = random.choice(lawful or [Timetable()]).placements
    sessions = [each for each in previous if each.activity in programme.parts]
    if not sessions:
        return None
    day = random.choice(sessions).span.day
    as_of = random.choice([each for each in programme.dates.days() if each <= day])
    away = {"dates": [day, day]}
    groups = {key: group | {"cannot": [*group["cannot"], away]} for key, group in tables["groups"].items()}
    problem = Problem(small(**tables | {"groups": groups}), KEPT)
    problem = following(problem, saved(programme, *previous), as_of, PATH)
    past = breaches_of_the_past(problem)
    still = [one for one in every if all(breach in past for breach in breaches(problem, one))]
    return Again(problem, still, sum(each.span.day == day for each in sessions))


def cases() -> Iterator[Again]:
    """Ten of any shape; ten in which days are full; ten in which others have to make way."""
    random = Random("again")
    drawn = filter(None, (again(random, draw(random, random.choice(SHAPES))) for _ in count()))
    yield from islice(drawn, 10)
    full = filter(None, (again(random, full_days(random)) for _ in count()))
    yield from islice(full, 10)
    yield from islice((case for case in full if case.is_tight), 10)


@pytest.fixture(scope="module")
def drawn() -> list[Again]:
    return list(cases())


class TestTheLeastChange:
    """Thirty small programmes, every timetable of which is listed without a solver."""

    @pytest.mark.parametrize("number", range(30))
    def test_is_found_and_proved(self, drawn: list[Again], number: int) -> None:
        case = drawn[number]
        result = search(case.problem, Limits())
        if case.least is None:
            assert (result.outcome, result.timetable) == (Outcome.IMPOSSIBLE, None)
            return
        assert result.levels == (Level(0, ("few_changes",), case.least, case.least),)
        assert result.timetable in case.lawful
        assert price(case.problem, result.timetable, 0) == case.least

    def test_is_at_times_more_than_what_is_hit_and_at_times_impossible(self, drawn: list[Again]) -> None:
        """So that the comparison says something."""
        tight, impossible = (sum(case.is_tight for case in drawn), [case.least for case in drawn].count(None))
        assert len(drawn) == 30
        assert tight >= 10
        assert 3 <= impossible <= 12
