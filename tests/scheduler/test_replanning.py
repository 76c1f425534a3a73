"""Replans: faults and limits by examples, and what is told of small programmes against lists of what they could be."""

from collections import Counter
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar

import pytest

from calendars.calendar_file import BarredSlot, Calendar, CertificateRecord, Pin
from calendars.changes_file import ChangesFile
from calendars.clock import Dates
from calendars.programme import Programme
from calendars.saving import calendar_of
from calendars.timetable import Placement
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.one_at_a_time import OneAtATime
from constraints.rule import Rule
from constraints.whole_week import WholeWeek
from constraints.within import Within
from counted import programmes
from happened import KINDS
from replanned import kinds, needs_moves, replanned, told_by_calendar, told_of, true_of, true_of_calendar
from scheduler.happening import happened
from scheduler.problem import Problem
from scheduler.replanning import Fewest, Replanned, Scope, replan, year_after
from scheduler.result import Level, Limits, Outcome
from small import at, classes, module, on, small, timetable

PROGRAMMES = programmes(few=8)
MOVING = len(PROGRAMMES) // 4
"""In at least so many of them something has to move."""
OFTEN = len(PROGRAMMES) // len(KINDS)
"""In at least so many of them each kind of change happens."""

AS_OF = date(2026, 10, 20)
LAWS: tuple[Rule, ...] = (Within(), DaysOff(), Availability(), OneAtATime(buffer_minutes=0), Complete())


def saved(programme: Programme, *placements: Placement) -> Calendar:
    nothing_known = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(programme, timetable(*placements), nothing_known, date(2026, 9, 1), 0)


def after(programme: Programme, calendar: Calendar, day: date = AS_OF, **changes: Any) -> Replanned:
    """The replan after what a changes file says."""
    problem = Problem(programme, (*LAWS, WholeWeek()))
    what = happened(ChangesFile.model_validate(changes), problem, calendar, day)
    return replan(problem, calendar, what, Scope(), day, Path("calendar.json"), Limits(workers=1))


def struck(day: int) -> list[dict[str, Any]]:
    return [{"title": "Storm", "dates": [date(2026, 11, day)] * 2}]


class TestFewest:
    """One start a day: A stands on Monday, and may until Wednesday; H on Tuesday, and may on any day; then L1 and L2.

    H is published, for 60 people, and begins in 14 days, so that it weighs 2 + 1 + 2. Monday is struck, Friday is free:
    A to Tuesday and H to Friday: two moves, 60 points. A to Wednesday, L1 and L2 a day on: three moves, 30 points.
    """

    WEEK: ClassVar[dict[str, Any]] = {
        "dates": [date(2026, 11, 2), date(2026, 11, 6)],
        "opening_hours": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-10:00"),
        "groups": {"all": {"title": "All", "size": 60}},
    }
    PROGRAMME = small(
        **WEEK,
        modules={
            "m": module(
                classes(1, id="a", dates=[date(2026, 11, 2), date(2026, 11, 4)]),
                classes(1, id="h"),
                classes(1, id="l1", dates=[date(2026, 11, 4), date(2026, 11, 5)]),
                classes(1, id="l2", dates=[date(2026, 11, 5), date(2026, 11, 6)]),
            )
        },
    )
    STOOD = ((2, "a"), (3, "h"), (4, "l1"), (5, "l2"))

    def on_days(self, *days: tuple[int, str]) -> list[Placement]:
        return [at(f"2026-11-{day:02} 09:00", part=f"m.{key}") for day, key in days]

    def test_what_disturbs_least_may_move_more_than_has_to_move(self) -> None:
        calendar = saved(self.PROGRAMME, *self.on_days(*self.STOOD))
        sessions = [
            each.model_copy(update={"state": "published"}) if each.part == "m.h" else each for each in calendar.sessions
        ]
        calendar = calendar.model_copy(update={"sessions": tuple(sessions)})
        found = after(self.PROGRAMME, calendar, struck=struck(2))
        assert found.result.timetable == timetable(*self.on_days((3, "h"), (4, "a"), (5, "l1"), (6, "l2")))
        assert found.disturbance == Level(0, ("few_changes",), 30, 30)
        assert (len(found.moved), found.fewest) == (3, Fewest(2, 2))


class TestWhatIsAskedFor:
    def test_tables_that_add_sessions_to_one_part_add_up(self) -> None:
        programme = small(modules={"m": module(classes(1))})
        calendar = saved(programme, at("2026-11-02 09:00"))
        found = after(programme, calendar, add=[{"part": "m.virtual-class"}, {"part": "m.virtual-class"}])
        assert found.what.revision.sessions == {"m.virtual-class": 2}
        assert len(found.new) == 2

    def test_nothing_is_left_to_place_where_the_only_session_is_called_off(self) -> None:
        """No unknown is left either: nothing lies open but a Sunday."""
        programme = small(modules={"m": module(classes(1))})
        calendar, problem = saved(programme, at("2026-11-02 09:00")), Problem(programme, LAWS)
        cancel = ChangesFile.model_validate({"cancel": [{"session": "m.virtual-class"}]})
        what, sunday = happened(cancel, problem, calendar, AS_OF), Dates(date(2026, 11, 8), date(2026, 11, 8))
        found = replan(problem, calendar, what, Scope(dates=(sunday,)), AS_OF, Path("calendar.json"), Limits(workers=1))
        assert (found.result.outcome, found.result.timetable) == (Outcome.LAWFUL, timetable())
        assert found.fewest == Fewest(0, 0)

    def test_what_was_missed_is_made_up_for_without_its_pin(self) -> None:
        programme = small(modules={"m": module(classes(1))})
        calendar = saved(programme, at("2026-11-02 09:00"))
        pinned = calendar.model_copy(update={"pins": (Pin(uid=calendar.sessions[0].uid, day=AS_OF),)})
        day = date(2026, 11, 3)
        found = after(programme, pinned, day, missed=[{"session": "m.virtual-class"}])
        assert year_after(found, day, 0, "en").calendar.pins == ()


class TestWhatIsPinned:
    PROGRAMME = small(
        trainers={"ann": {"title": "Ann"}},
        modules={"m": module(classes(1, trainer="ann"))},
    )
    STANDS = saved(PROGRAMME, at("2026-11-02 09:00", trainers=("ann",)))
    PINNED = STANDS.model_copy(update={"pins": (Pin(uid=STANDS.sessions[0].uid, day=AS_OF),)})

    def test_stays_where_its_trainer_is_there(self) -> None:
        """Without its pin it moves."""
        away = [{"trainer": "ann", "dates": [date(2026, 11, 2)] * 2}]
        assert after(self.PROGRAMME, self.PINNED, away=away).result.outcome is Outcome.IMPOSSIBLE
        assert after(self.PROGRAMME, self.STANDS, away=away).fewest == Fewest(1, 1)

    def test_moves_where_somebody_says_so(self) -> None:
        """Its new time is pinned if it is asked for."""
        [uid] = (session.uid for session in self.STANDS.sessions)
        for to, pins in (({}, []), ({"to": datetime(2026, 11, 3, 9)}, [uid])):
            found = after(self.PROGRAMME, self.PINNED, move=[{"session": uid, **to}])
            assert [pin.uid for pin in year_after(found, AS_OF, 0, "en").calendar.pins] == pins


class TestBlocksOfAWorkingWeek:
    """A course from its first day to the end of that week."""

    PROGRAMME = small(
        blocks={
            "b": {
                "title": "Course",
                "kind": "course",
                "working_weeks": 1,
                "group": "all",
                "dates": [date(2026, 11, 2), date(2026, 11, 13)],
            }
        },
        modules={"m": module(classes(1))},
    )
    SESSION = at("2026-11-12 09:00")

    def moved(self, first: str, to: int, *off: int) -> tuple[Placement, tuple[BarredSlot, ...]]:
        """Where the course stands after it was moved to a day, with some days struck, and what is barred."""
        calendar = saved(self.PROGRAMME, on(first, "2026-11-06"), self.SESSION)
        move = [{"session": "b", "to": datetime(2026, 11, to)}]
        storms = [each for day in off for each in struck(day)]
        found = after(self.PROGRAMME, calendar, move=move, struck=storms)
        assert found.result.timetable is not None
        return found.result.timetable.of("b")[0], found.what.revision.barred

    def barred(self, first: int, end: int) -> tuple[BarredSlot, ...]:
        return (BarredSlot(activity="b", start=datetime(2026, 11, first), end=datetime(2026, 11, end)),)

    def test_may_begin_earlier(self) -> None:
        assert self.moved("2026-11-04", 2) == (on("2026-11-02", "2026-11-06"), ())

    def test_may_begin_later(self) -> None:
        assert self.moved("2026-11-02", 4) == (on("2026-11-04", "2026-11-06"), self.barred(2, 4))

    def test_end_before_a_day_that_is_struck_by_the_same_changes(self) -> None:
        assert self.moved("2026-11-02", 9, 13) == (on("2026-11-09", "2026-11-12"), self.barred(2, 7))

    def test_may_begin_at_the_same_time_and_end_earlier(self) -> None:
        assert self.moved("2026-11-02", 2, 6) == (on("2026-11-02", "2026-11-05"), self.barred(6, 7))


@pytest.mark.parametrize("seed", PROGRAMMES)
def test_replans_are_right_by_enumeration(seed: int) -> None:
    """Whether there is a calendar, the least disturbance, how few have to move, and what the scope costs."""
    for case, found in replanned(seed):
        assert told_of(case, found) == true_of(case, found.result.timetable)


@pytest.mark.parametrize("seed", PROGRAMMES)
def test_the_calendar_is_lawful_and_people_follow_it(seed: int, tmp_path: Path) -> None:
    """What did not move keeps its identity and its SEQUENCE, what moved its identity, and all can be published."""
    for number, (case, found) in enumerate(replanned(seed)):
        if found.result.timetable is not None:
            assert told_by_calendar(case, found, tmp_path / str(number)) == true_of_calendar(case, found)


def test_in_many_programmes_something_has_to_move() -> None:
    assert sum(needs_moves(seed) for seed in PROGRAMMES) >= MOVING


def test_all_kinds_of_changes_happen_often() -> None:
    happening = Counter(kind for seed in PROGRAMMES for kind in kinds(seed))
    assert {kind for kind in KINDS if happening[kind] >= OFTEN} == {*KINDS}
