from datetime import date
from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.held import Held
from constraints.pinned import Pinned
from constraints.rule import Breach
from constraints.within import Within
from small import at, classes, module, on, small, timetable, week_of, work
from solving import allowed

TWO_DAYS = [date(2026, 11, 10), date(2026, 11, 11)]
"""A Tuesday, and a Wednesday that is off."""
MORNING: dict[str, Any] = {"opening_hours": dict.fromkeys(("tuesday", "wednesday"), "09:00-11:00")}
"""Two starts a day, at 9:00 and at 10:00."""
NINE, TEN, OFF = at("2026-11-10 09:00"), at("2026-11-10 10:00"), at("2026-11-11 09:00")
OFF_AT_TEN = at("2026-11-11 10:00")


def year(sessions: int = 1) -> Programme:
    return small(dates=TWO_DAYS, **MORNING, modules={"m": module(classes(sessions))})


def asked(placement: Placement) -> Pinned:
    return Pinned(activity=placement.activity, span=placement.span)


def told(law: Pinned, programme: Programme, *placements: Placement) -> list[Breach]:
    return list(law.check(programme, timetable(*placements)))


class TestCheck:
    def test_what_stands_there_is_what_is_asked(self) -> None:
        assert told(asked(NINE), year(), NINE) == []
        assert told(asked(TEN), year(2), NINE, TEN) == []

    def test_what_stands_elsewhere_or_not_at_all_is_not(self) -> None:
        for placements in ((), (TEN,), (OFF, TEN)):
            assert [str(breach.message) for breach in told(asked(NINE), year(), *placements)] == [
                "“Module” (virtual class) does not stand on Tuesday 10 November 2026 09:00, although that is asked for"
            ]

    def test_it_is_one_breach_of_one_which_what_is_to_come_may_mend(self) -> None:
        (found,) = told(asked(NINE), year())
        assert (found.rule, found.excess, found.lacks) == ("pinned", 1, True)

    def test_another_length_or_another_part_at_that_time_does_not_count(self) -> None:
        longer, stranger = at("2026-11-10 09:00", minutes=90), at("2026-11-10 09:00", part="n.virtual-class")
        assert [len(told(asked(NINE), year(), one)) for one in (longer, stranger)] == [1, 1]

    def test_a_block_is_named_by_its_days(self) -> None:
        dates = [date(2026, 11, 9), date(2026, 11, 13)]
        blocks = {"b": {"title": "Seminar", "kind": "seminar", "days": 2, "group": "all", "dates": dates}}
        programme = small(blocks=blocks)
        law = asked(on("2026-11-10", "2026-11-11"))
        assert told(law, programme, on("2026-11-10", "2026-11-11")) == []
        assert [str(breach.message) for breach in told(law, programme, on("2026-11-09", "2026-11-10"))] == [
            "“Seminar” does not stand from Tuesday 10 November 2026 to Wednesday 11 November 2026, although that "
            "is asked for"
        ]


class TestPost:
    def test_one_session_stands_there_and_the_others_where_they_like(self) -> None:
        assert allowed(year(), [Complete(), Within(), asked(TEN)]) == {timetable(TEN)}
        others = (NINE, OFF, OFF_AT_TEN)
        assert allowed(year(2), [Complete(), Within(), asked(TEN)]) == {timetable(TEN, other) for other in others}

    def test_two_may_be_asked_for(self) -> None:
        assert allowed(year(2), [Complete(), asked(TEN), asked(OFF)]) == {timetable(TEN, OFF)}
        assert allowed(year(), [Complete(), asked(TEN), asked(OFF)]) == set()

    def test_a_candidate_that_is_struck_or_never_was_cannot_be_had(self) -> None:
        assert allowed(year(), [Complete(), DaysOff(), asked(OFF)]) == set()
        assert allowed(year(), [Complete(), asked(at("2026-11-10 09:30"))]) == set()

    def test_any_amount_of_work_will_do(self) -> None:
        programme = small(modules={"m": module(work(1, step_minutes=30))})
        found = allowed(programme, [Complete(), asked(week_of("2026-11-09", 30))])
        halves = timetable(week_of("2026-11-02", 30), week_of("2026-11-09", 30))
        assert found == {timetable(week_of("2026-11-09", 60)), halves}

    def test_the_past_does_not_change_for_what_is_asked(self) -> None:
        """On Wednesday 11 November the session of the 10th has been held, or nothing was."""
        held = Held(before=date(2026, 11, 11), placements=(NINE,))
        nothing = Held(before=date(2026, 11, 11), placements=())
        assert allowed(year(), [held, Complete(), asked(NINE)]) == {timetable(NINE)}
        assert allowed(year(), [nothing, Complete(), asked(NINE)]) == set()
        assert allowed(year(2), [held, Complete(), asked(TEN)]) == set()
        assert allowed(year(2), [held, Complete(), asked(OFF)]) == {timetable(NINE, OFF)}
