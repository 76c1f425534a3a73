"""Why not this slot: each kind of answer by an example, and all of them against lists of all lawful timetables."""

from collections.abc import Sequence
from datetime import date, time
from threading import Event
from typing import Any

import pytest

from asking import told_and_true
from calendars.clock import start_of
from calendars.faults import FaultyInput
from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from constraints.availability import Availability
from constraints.complete import Complete
from constraints.days_off import DaysOff
from constraints.held import Held
from constraints.one_at_a_time import OneAtATime
from constraints.order import Order
from constraints.regular_slot import RegularSlot
from constraints.rule import Rule
from constraints.spread import Spread
from constraints.trainer_preference import TrainerPreference
from constraints.whole_week import WholeWeek
from constraints.within import Within
from constraints.working_hours import WorkingHours
from counted import programmes
from defended import TRAINERS, defended, vivas
from programmes import plain
from scheduler.moves import Move
from scheduler.problem import Problem
from scheduler.slot import Answer, Price, Slot, Slots
from small import at, classes, module, on, small, timetable, week_of, work

THE_10TH = [date(2026, 11, 10), date(2026, 11, 10)]
LAWS = (Complete(), Within(), DaysOff(), WorkingHours(), OneAtATime(buffer_minutes=0))
TUESDAY: dict[str, Any] = {
    "dates": [date(2026, 11, 10), date(2026, 11, 11)],
    "opening_hours": dict.fromkeys(("tuesday", "wednesday"), "09:00-11:00"),
}
"""A Tuesday with two starts, at 9:00 and at 10:00; the Wednesday is Armistice Day."""
A, B = "m.a", "m.b"
A_AT_NINE, A_AT_TEN = at("2026-11-10 09:00", part=A), at("2026-11-10 10:00", part=A)
B_AT_NINE, B_AT_TEN = at("2026-11-10 09:00", part=B), at("2026-11-10 10:00", part=B)
NINE, TEN = A_AT_NINE.span, A_AT_TEN.span


def two(**keys: Any) -> Programme:
    """Two sessions of one group on a Tuesday with room for two."""
    parts = (classes(1, id="a", **keys), classes(1, id="b", dates=THE_10TH))
    return small(**TUESDAY, modules={"m": module(*parts)})


ORDER = Order(first=(A,), then=(B,))
STAFF: dict[str, Any] = {"trainers": {"ann": {"title": "Ann", "prefers": [{"hours": "09:00-10:00"}]}}}
IN_HAND = timetable(A_AT_NINE, B_AT_TEN)


def asked(programme: Programme, rules: Sequence[Rule], calendar: Timetable | None, to: str, now: str = "") -> Answer:
    """The answer for the part `m.a` at a moment, of the session that stands at another one."""
    now_at = at(now, part=A).span if now else None
    return Slots(Problem(programme, tuple(rules)), calendar).ask(A, at(to).span.start, now_at)


def words(answer: Answer) -> list[tuple[str, str]]:
    """Each breach by itself or in its way."""
    return [(breach.rule, plain(str(breach.message))) for breach in (*answer.by_itself, *answer.in_its_way)]


def conflicts(answer: Answer) -> list[list[str]]:
    """The laws of each conflict."""
    return [sorted(demand.law.name for demand in conflict.demands) for conflict in answer.conflicts]


class TestEachAnswer:
    def test_it_stands_there_already(self) -> None:
        assert asked(two(), LAWS, IN_HAND, "2026-11-10 09:00") == Answer(Slot.STANDS, A, NINE, witness=IN_HAND)

    def test_nothing_else_has_to_move(self) -> None:
        """The trainer prefers 9:00, which costs a point from then on."""
        programme = small(**TUESDAY, **STAFF, modules={"m": module(classes(1, id="a", trainer="ann"))})
        nine, ten = (each._replace(trainers=("ann",)) for each in (A_AT_NINE, A_AT_TEN))
        found = asked(programme, [*LAWS, TrainerPreference(level=2)], timetable(nine), "2026-11-10 10:00")
        moves, prices = (Move(A, nine, ten),), (Price(2, 0, 1),)
        assert found == Answer(Slot.FREE, A, TEN, moves=moves, prices=prices, witness=timetable(ten))

    def test_it_breaks_laws_by_itself(self) -> None:
        """Every one of them, though the candidate is gone with the first: a day off, and outside its dates."""
        found = asked(two(dates=THE_10TH), LAWS, IN_HAND, "2026-11-11 09:00")
        assert found == Answer(Slot.STRUCK, A, at("2026-11-11 09:00").span, by_itself=found.by_itself)
        assert words(found) == [
            (
                "within",
                "“Module” (virtual class) stands on Wednesday 11 November 2026 09:00, outside its dates: from Tuesday "
                "10 November 2026 to Tuesday 10 November 2026",
            ),
            ("days_off", "“Module” (virtual class) stands on Wednesday 11 November 2026 09:00: Armistice Day"),
        ]

    def test_others_have_to_move(self) -> None:
        """The two change places; nothing less will do."""
        found = asked(two(), [*LAWS, RegularSlot()], IN_HAND, "2026-11-10 10:00")
        assert found == Answer(
            Slot.POSSIBLE,
            A,
            TEN,
            in_its_way=found.in_its_way,
            moves=(Move(A, A_AT_NINE, A_AT_TEN), Move(B, B_AT_TEN, B_AT_NINE)),
            least=True,
            prices=(Price(1, 0, 0),),
            witness=timetable(A_AT_TEN, B_AT_NINE),
        )
        assert words(found) == [
            (
                "one_at_a_time",
                "“Module” (virtual class) on Tuesday 10 November 2026 10:00 and “Module” (virtual class) on Tuesday 10 "
                "November 2026 10:00 overlap for group “All”",
            )
        ]

    def test_no_lawful_calendar_has_it_there(self) -> None:
        """The other one has to come after it, for which the day is over."""
        found = asked(two(), [*LAWS, ORDER], IN_HAND, "2026-11-10 10:00")
        assert (found.slot, found.witness, found.moves, found.least) == (Slot.FORBIDDEN, None, (), False)
        assert [breach.rule for breach in found.in_its_way] == ["one_at_a_time", "order"]
        assert conflicts(found) == [["complete", "order", "pinned"]]

    def test_somebody_stopped_it(self) -> None:
        stop = Event()
        stop.set()
        slots = Slots(Problem(two(), LAWS), IN_HAND)
        found = slots.ask(A, TEN.start, stop=stop)
        assert found == Answer(Slot.UNKNOWN, A, TEN, in_its_way=found.in_its_way)

    def test_the_work_allowed_is_too_little(self) -> None:
        found = Slots(Problem(two(), LAWS), IN_HAND, work=0).ask(A, TEN.start)
        assert found == Answer(Slot.UNKNOWN, A, TEN, in_its_way=found.in_its_way)
        assert [law for law, _ in words(found)] == ["one_at_a_time"]

    def test_what_the_calendar_lacks_is_added_with_those_whom_it_needs(self) -> None:
        parts = (classes(1, id="a", trainer=["ann", "bob"], place=["room", "hall"], together=1), classes(1, id="b"))
        programme = small(
            **TUESDAY,
            trainers={key: {"title": key.title()} for key in ("ann", "bob")},
            places={key: {"title": key.title(), "virtual": True} for key in ("room", "hall")},
            modules={"m": module(*parts)},
        )
        found = asked(programme, LAWS, timetable(B_AT_TEN), "2026-11-10 09:00")
        there = A_AT_NINE._replace(trainers=("ann",), place="room")
        assert found == Answer(Slot.FREE, A, NINE, moves=(Move(A, None, there),), witness=timetable(there, B_AT_TEN))

    def test_what_breaks_a_law_in_two_ways_is_told_as_the_calendar_has_it(self) -> None:
        """On the 13th, outside its dates; the block, in which it has to lie, is there on that day."""
        dates = [date(2026, 11, 9), date(2026, 11, 13)]
        block = {"title": "Week", "kind": "course", "days": 5, "group": "all", "dates": dates}
        only = classes(1, id="a", blocks=["b"], dates=[date(2026, 11, 9), date(2026, 11, 12)])
        programme = small(dates=dates, blocks={"b": block}, modules={"m": module(only)})
        calendar = timetable(on("2026-11-09", "2026-11-13"), at("2026-11-10 09:00", part=A))
        assert words(asked(programme, LAWS, calendar, "2026-11-13 09:00")) == [
            (
                "within",
                "“Module” (virtual class) stands on Friday 13 November 2026 09:00, outside its dates: from Monday 9 "
                "November 2026 to Thursday 12 November 2026",
            )
        ]


class TestWithoutCalendar:
    def test_some_lawful_calendar_has_it(self) -> None:
        found = asked(two(), [*LAWS, TrainerPreference()], None, "2026-11-10 10:00")
        assert found == Answer(Slot.POSSIBLE, A, TEN, witness=timetable(A_AT_TEN, B_AT_NINE))

    def test_none_has_it(self) -> None:
        found = asked(two(), [*LAWS, ORDER], None, "2026-11-10 10:00")
        assert found == Answer(Slot.FORBIDDEN, A, TEN, conflicts=found.conflicts)
        assert conflicts(found) == [["complete", "order", "pinned"]]

    def test_it_breaks_a_law_by_itself(self) -> None:
        found = asked(two(), LAWS, None, "2026-11-11 10:00")
        assert (found.slot, [law for law, _ in words(found)]) == (Slot.STRUCK, ["days_off"])

    def test_somebody_stopped_it(self) -> None:
        stop = Event()
        stop.set()
        assert Slots(Problem(two(), LAWS), None).ask(A, TEN.start, stop=stop) == Answer(Slot.UNKNOWN, A, TEN)

    def test_somebody_stopped_it_before_the_reasons_were_looked_for(self) -> None:
        """Three sessions of a part do not fit into two starts, wherever one of them stands."""
        stop = Event()
        stop.set()
        programme = small(**TUESDAY, modules={"m": module(classes(3, id="a"))})
        assert Slots(Problem(programme, LAWS), None).ask(A, TEN.start, stop=stop) == Answer(Slot.FORBIDDEN, A, TEN)


WEEK: dict[str, Any] = {
    "dates": [date(2026, 11, 2), date(2026, 11, 6)],
    "opening_hours": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-10:30"),
}
"""One start a day from Monday to Friday, at 9:00."""


class TestWhatMoves:
    def week(self, *days: int, part: str = A) -> tuple[Placement, ...]:
        return tuple(at(f"2026-11-{day:02} 09:00", part=part) for day in days)

    def moved(self, now: int, to: int, *before: int, laws: Sequence[Rule] = ()) -> list[tuple[int, int]]:
        """From which day to which one the sessions of a part move."""
        programme = small(**WEEK, modules={"m": module(classes(len(before), id="a"))})
        calendar = timetable(*self.week(*before))
        found = asked(programme, [*LAWS, *laws], calendar, f"2026-11-{to:02} 09:00", f"2026-11-{now:02} 09:00")
        return [
            (move.before.span.day.day, move.after.span.day.day) for move in found.moves if move.before and move.after
        ]

    def test_the_session_that_is_asked_about(self) -> None:
        assert self.moved(2, 6, 2, 4) == [(2, 6)]
        assert self.moved(4, 6, 2, 4) == [(4, 6)]

    def test_the_nearest_one_where_none_is_named(self) -> None:
        programme = small(**WEEK, modules={"m": module(classes(2, id="a"))})
        found = asked(programme, LAWS, timetable(*self.week(2, 4)), "2026-11-06 09:00")
        assert found.moves == (Move(A, *self.week(4, 6)),)

    def test_the_one_asked_about_where_another_would_do_as_well(self) -> None:
        """One session a day in all. The 2nd and the 3rd can be had by moving the other part to the 5th or the 6th."""
        parts = (classes(2, id="a"), classes(1, id="b"))
        programme = small(**WEEK, modules={"m": module(*parts)})
        calendar = timetable(*self.week(2, 4), *self.week(3, part=B))
        for now in (2, 4):
            found = asked(programme, LAWS, calendar, "2026-11-03 09:00", f"2026-11-{now:02} 09:00")
            assert found.moves[0] == Move(A, *self.week(now, 3))
            assert (len(found.moves), found.least) == (2, True)

    def test_a_session_of_its_part_may_take_its_place(self) -> None:
        """Two days apart: the 2nd cannot go to the 5th beside the 4th, the 4th can."""
        assert self.moved(2, 5, 2, 4, laws=[Spread(days_apart=2)]) == [(4, 5)]

    def test_what_is_chosen_otherwise_at_the_same_time(self) -> None:
        """Ann gives both; where they are at one hour, Bob has to give the other one."""
        trainers = {key: {"title": key.title()} for key in ("ann", "bob")}
        groups = {key: {"title": key.title()} for key in ("all", "guests")}
        either: dict[str, Any] = {"trainer": ["ann", "bob"]}
        parts = (classes(1, id="a", trainer="ann"), classes(1, id="b", group="guests", dates=THE_10TH, **either))
        programme = small(**TUESDAY, trainers=trainers, groups=groups, modules={"m": module(*parts)})
        nine, ten = (each._replace(trainers=("ann",)) for each in (A_AT_NINE, A_AT_TEN))
        ann, bob = (B_AT_TEN._replace(trainers=(key,)) for key in ("ann", "bob"))
        found = asked(programme, LAWS, timetable(nine, ann), "2026-11-10 10:00")
        assert (found.slot, found.moves) == (Slot.POSSIBLE, (Move(A, nine, ten), Move(B, ann, bob)))

    def test_work_in_other_weeks_and_a_block(self) -> None:
        """The seminar takes the week whose work goes to the week that it leaves."""
        dates = [date(2026, 11, 16), date(2026, 11, 27)]
        seminar = {"title": "Seminar", "kind": "seminar", "days": 5, "group": "all", "dates": dates}
        programme = small(dates=dates, blocks={"b": seminar}, modules={"m": module(work(1, step_minutes=30))})
        before = (on("2026-11-16", "2026-11-20"), week_of("2026-11-23", 60))
        slots = Slots(Problem(programme, (Complete(), Within(), WholeWeek())), timetable(*before))
        found = slots.ask("b", start_of(date(2026, 11, 23)))
        after = (on("2026-11-23", "2026-11-27"), week_of("2026-11-16", 60))
        moves = (Move("b", before[0], after[0]), Move("m.distance-work", before[1], after[1]))
        assert (found.slot, found.moves, found.witness) == (Slot.POSSIBLE, moves, timetable(*after))


class TestThePast:
    """On Wednesday 4 November the session of the 3rd has been held."""

    THIRD, FIFTH = at("2026-11-03 09:00", part=A), at("2026-11-05 09:00", part=A)

    def ask(self, to: str, **keys: Any) -> Answer:
        programme = small(**WEEK, modules={"m": module(classes(2, id="a", **keys))})
        held = Held(before=date(2026, 11, 4), placements=(self.THIRD,))
        return asked(programme, [held, *LAWS], timetable(self.THIRD, self.FIFTH), to, "2026-11-05 09:00")

    def test_nothing_goes_there_any_more(self) -> None:
        found = self.ask("2026-11-02 09:00")
        assert found.slot is Slot.STRUCK
        assert words(found) == [
            ("held", "“Module” (virtual class) on Monday 2 November 2026 09:00 lies in the past and was not held")
        ]

    def test_what_was_held_stands_there(self) -> None:
        assert self.ask("2026-11-03 09:00").slot is Slot.STANDS
        assert self.ask("2026-11-03 09:00", dates=[date(2026, 11, 4), date(2026, 11, 6)]).slot is Slot.STANDS

    def test_the_rest_moves_on(self) -> None:
        assert self.ask("2026-11-06 09:00").slot is Slot.FREE

    def test_what_the_past_has_broken_already_is_in_nobodys_way(self) -> None:
        """Held before the dates of its part, as they are now."""
        assert self.ask("2026-11-06 09:00", dates=[date(2026, 11, 4), date(2026, 11, 6)]).slot is Slot.FREE
        assert words(self.ask("2026-11-06 09:00", dates=[date(2026, 11, 4), date(2026, 11, 5)])) == [
            (
                "within",
                "“Module” (virtual class) stands on Friday 6 November 2026 09:00, outside its dates: from Wednesday 4 "
                "November 2026 to Thursday 5 November 2026",
            )
        ]


class TestNoCandidate:
    @pytest.mark.parametrize(
        ("moment", "fault"),
        [
            (
                "2026-11-10 09:20",
                "m.a: “Module” (virtual class) cannot begin on Tuesday 10 November 2026 09:20, but every 60 minutes: "
                "on Tuesday 10 November 2026 09:00 and on Tuesday 10 November 2026 10:00",
            ),
            (
                "2026-11-10 07:00",
                "m.a: “Module” (virtual class) cannot begin on Tuesday 10 November 2026 07:00, but every 60 minutes: "
                "on Tuesday 10 November 2026 09:00",
            ),
            (
                "2026-11-11 11:00",
                "m.a: “Module” (virtual class) cannot begin on Wednesday 11 November 2026 11:00, but every 60 minutes: "
                "on Wednesday 11 November 2026 10:00",
            ),
            (
                "2026-11-09 09:00",
                "m.a: “Module” (virtual class) cannot begin on Monday 9 November 2026 09:00: choose a day from Tuesday "
                "10 November 2026 to Wednesday 11 November 2026",
            ),
        ],
        ids=["between", "too early", "too late", "out of the year"],
    )
    def test_of_a_session(self, moment: str, fault: str) -> None:
        with pytest.raises(FaultyInput) as caught:
            asked(two(), LAWS, IN_HAND, moment)
        assert [each.words("en") for each in caught.value.faults] == [fault]

    @pytest.mark.parametrize(
        ("days", "fault"),
        [
            (2, "b: “Seminar” cannot begin on Friday 13 November 2026, but on Thursday 12 November 2026"),
            (30, "b: “Seminar” cannot begin on Friday 13 November 2026, nor at any other time: it is too long"),
        ],
    )
    def test_of_a_block(self, days: int, fault: str) -> None:
        dates = [date(2026, 11, 2), date(2026, 11, 13)]
        blocks = {"b": {"title": "Seminar", "kind": "seminar", "days": days, "group": "all", "dates": dates}}
        slots = Slots(Problem(small(blocks=blocks), LAWS), None)
        with pytest.raises(FaultyInput) as caught:
            slots.ask("b", start_of(date(2026, 11, 13)))
        assert [each.words("en") for each in caught.value.faults] == [fault]


@pytest.mark.parametrize("seed", programmes(few=10))
def test_answers_are_right_by_enumeration(seed: int) -> None:
    """With a calendar in hand and without one: what is allowed has the cheapest witness, what is refused has none."""
    told, true = zip(*told_and_true(seed), strict=True)
    assert told == true


def test_without_a_calendar_a_jury_is_asked_about_that_can_hold_its_roles() -> None:
    """Ann and Bob, who come first, only preside: Cy is the member, and is not available in the afternoon."""
    roles = {"chair": {"title": "Chair", "trainers": ["ann", "bob"]}, "member": {"title": "Member", "trainers": "cy"}}
    cy = {"title": "Cy", "cannot": [{"hours": "13:00-17:00"}]}
    programme = defended(vivas("eve"), roles=roles, trainers=TRAINERS | {"cy": cy}, dates=THE_10TH)
    answer = Slots(Problem(programme, (*LAWS, Availability())), None).ask("m.viva.eve", start_of(THE_10TH[0]) + 13 * 60)
    assert (answer.slot, [plain(str(breach.message)) for breach in answer.by_itself]) == (
        Slot.STRUCK,
        [
            "“Module” (defence, eve) stands on Tuesday 10 November 2026 13:00: trainer “Cy” is not available",
        ],
    )


def test_the_starts_that_a_part_lists_are_those_that_are_nearest() -> None:
    programme = defended(vivas("eve", starts=[time(9, 10), time(10, 50)]), dates=THE_10TH)
    with pytest.raises(FaultyInput) as refused:
        Slots(Problem(programme, LAWS), None).ask("m.viva.eve", at("2026-11-10 10:00").span.start)
    assert [plain(fault.words("en")) for fault in refused.value.faults] == [
        "m.viva.eve: “Module” (defence, eve) cannot begin on Tuesday 10 November 2026 10:00, "
        "but on Tuesday 10 November 2026 09:10 and on Tuesday 10 November 2026 10:50"
    ]
