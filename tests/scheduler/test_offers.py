"""Offers: each kind by an example, and all that is told of them against lists of all lawful timetables."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from threading import Event
from typing import Any, ClassVar

import pytest

from calendars.clock import Span
from calendars.faults import FaultyInput
from calendars.programme import Programme
from calendars.timetable import Placement, Timetable
from calendars.wording import say
from constraints.complete import Complete
from constraints.distance_cap import DistanceCap
from constraints.held import Held
from constraints.one_at_a_time import OneAtATime
from constraints.order import Order
from constraints.pinned import Pinned
from constraints.rule import Breach, Rule
from constraints.spread import Spread
from constraints.trainer_preference import TrainerPreference
from constraints.within import Within
from constraints.working_hours import WorkingHours
from counted import programmes
from offering import drawn, ended_early, moving_helps, told_and_true
from programmes import plain
from scheduler.asked import Asked
from scheduler.candidates import candidates_of_one
from scheduler.certifying import Wide
from scheduler.moves import Move
from scheduler.offers import Offer, Offering, Offers
from scheduler.problem import Problem
from scheduler.ranking import ranked
from scheduler.slot import Price, RefusedWitness
from small import at, classes, module, on, small, timetable, week_of, work

PROGRAMMES = programmes(few=10)

MOVING = len(PROGRAMMES) // 4
"""In at least so many of them there are slots for which others have to move."""

LAWS = (Complete(), Within(), WorkingHours(), OneAtATime(buffer_minutes=0))
A, B, WORK = "m.a", "m.b", "m.distance-work"
TUESDAY: dict[str, Any] = {
    "dates": [date(2026, 11, 10), date(2026, 11, 10)],
    "opening_hours": {"tuesday": "09:00-11:00"},
}
"""Two starts, at 9:00 and at 10:00."""
NINE, TEN = at("2026-11-10 09:00", part=A), at("2026-11-10 10:00", part=A)
B_AT_NINE, B_AT_TEN = NINE._replace(activity=B), TEN._replace(activity=B)
IN_HAND, CHANGED = timetable(NINE, B_AT_TEN), timetable(TEN, B_AT_NINE)


def two(**keys: Any) -> Programme:
    """Two sessions of one group on a Tuesday with room for two."""
    return small(**TUESDAY, **keys, modules={"m": module(classes(1, id="a"), classes(1, id="b"))})


def offered(
    programme: Programme, rules: Sequence[Rule], calendar: Timetable, session: Placement, **wanted: Any
) -> Offers:
    """What is offered for a session that stands in a calendar."""
    offering = Offering(Problem(programme, tuple(rules)), calendar)
    return offering.offers(Asked(session.activity, session.span), **wanted)


class TestEachLayer:
    def test_where_it_stands_it_may_stay(self) -> None:
        stays = Offer(NINE, 0, (), (), (), (), IN_HAND)
        expected = Offers(Asked(A, NINE.span), (stays,), (NINE.span,), True, 0)
        assert offered(two(), LAWS, IN_HAND, NINE) == expected

    def test_where_nothing_else_moves(self) -> None:
        """The trainer prefers 9:00, which costs a point from then on."""
        staff = {"ann": {"title": "Ann", "prefers": [{"hours": "09:00-10:00"}]}}
        programme = small(**TUESDAY, trainers=staff, modules={"m": module(classes(1, id="a", trainer="ann"))})
        nine, ten = (each._replace(trainers=("ann",)) for each in (NINE, TEN))
        found = offered(programme, [*LAWS, TrainerPreference(level=2)], timetable(nine), nine)
        stays = Offer(nine, 0, (), (Price(2, 0, 0),), (), (), timetable(nine))
        moved = Offer(ten, 0, (Move(A, nine, ten),), (Price(2, 0, 1),), ("all",), ("ann",), timetable(ten))
        assert found == Offers(Asked(A, nine.span), (stays, moved), (nine.span, ten.span), True, 0)

    @pytest.mark.parametrize("most", [1, 2, None])
    def test_where_another_one_moves(self, most: int | None) -> None:
        """The two change places."""
        stays = Offer(NINE, 0, (), (), (), (), IN_HAND)
        both = (Move(A, NINE, TEN), Move(B, B_AT_TEN, B_AT_NINE))
        changed = Offer(TEN, 1, both, (), ("all",), (), CHANGED)
        searched = 1 if most == 1 else most
        found = offered(two(), LAWS, IN_HAND, NINE, most=most, every=True)
        assert (found.offers, found.certified, found.complete) == ((stays, changed), (NINE.span, TEN.span), True)
        assert found.searched == searched

    def test_where_work_makes_room(self) -> None:
        """An hour of distance work a week: what was planned for the second week goes to the first one."""
        programme = small(opening_hours={"monday": "09:00-10:00"}, modules={"m": module(classes(1, id="a"), work(1))})
        first, second = at("2026-11-02 09:00", part=A), at("2026-11-09 09:00", part=A)
        now, then = week_of("2026-11-09", 60), week_of("2026-11-02", 60)
        found = offered(programme, [*LAWS, DistanceCap(minutes_per_week=60)], timetable(first, now), first)
        stays = Offer(first, 0, (), (), (), (), timetable(first, now))
        moves = (Move(A, first, second), Move(WORK, now, then))
        moved = Offer(second, 0, moves, (), ("all",), (), timetable(second, then))
        assert found == Offers(Asked(A, first.span), (stays, moved), (first.span, second.span), True, 0)

    def test_what_never_moves_is_in_the_way(self) -> None:
        pinned = Pinned(activity=B, span=B_AT_TEN.span)
        found = offered(two(), [*LAWS, pinned], IN_HAND, NINE, most=None)
        assert (found.certified, found.complete, found.searched) == ((NINE.span,), True, None)


WEEK: dict[str, Any] = {
    "dates": [date(2026, 11, 2), date(2026, 11, 6)],
    "opening_hours": dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "09:00-10:00"),
}
"""One start a day, at 9:00."""
MON, TUE, WED, THU, FRI = (at(f"2026-11-{day:02} 09:00", part=A) for day in range(2, 7))


class TestSessionsOfOnePart:
    def days(self, most: int, last: int = 6) -> list[int]:
        """Two days apart, on Tuesday and on Thursday: the days for the one on Thursday."""
        dates = [date(2026, 11, 2), date(2026, 11, last)]
        programme = small(**WEEK | {"dates": dates}, modules={"m": module(classes(2, id="a"))})
        found = offered(programme, [*LAWS, Spread(days_apart=2)], timetable(TUE, THU), THU, most=most)
        assert (found.complete, found.searched) == (True, most)
        return [span.day.day for span in found.certified]

    def test_the_other_one_stays(self) -> None:
        assert self.days(most=0) == [5, 6]

    def test_the_other_one_moves_too(self) -> None:
        assert self.days(most=1) == [2, 4, 5, 6]

    def test_a_day_may_be_had_only_with_another_one_that_was_found_before(self) -> None:
        """To Monday the other one may go alone; Wednesday is to be had with it on Monday only."""
        assert self.days(most=1, last=5) == [2, 4, 5]


class TestThePast:
    """On Wednesday 4 November the session of the Tuesday has been held, outside the dates that its part has now."""

    LATE: ClassVar[dict[str, Any]] = {"dates": [date(2026, 11, 4), date(2026, 11, 6)]}
    PROGRAMME = small(**WEEK, modules={"m": module(classes(2, id="a", **LATE))})
    RULES = (Held(before=date(2026, 11, 4), placements=(TUE,)), *LAWS)

    def test_what_it_has_broken_is_in_nobodys_way(self) -> None:
        found = offered(self.PROGRAMME, self.RULES, timetable(TUE, THU), THU, most=None)
        assert [offer.witness for offer in found.offers] == [timetable(TUE, each) for each in (WED, THU, FRI)]
        assert (found.complete, found.searched) == (True, None)

    def test_what_was_held_stays(self) -> None:
        """Where the other one may move, the part has its slot; the session asked about stays."""
        found = offered(self.PROGRAMME, self.RULES, timetable(TUE, THU), TUE)
        assert (found.certified, found.complete) == ((TUE.span,), True)
        found = offered(self.PROGRAMME, self.RULES, timetable(TUE, THU), TUE, most=1)
        assert [offer.moves for offer in found.offers] == [(), (Move(A, THU, WED),), (Move(A, THU, FRI),)]


class TestEnough:
    """Ten days with seven starts each; the other session takes one of the seventy."""

    PROGRAMME = small(modules={"m": module(classes(1, id="a"), classes(1, id="b"))})
    B_ON_FRIDAY = at("2026-11-06 13:00", part=B)
    CALENDAR = timetable(MON, B_ON_FRIDAY)

    def slots(self) -> tuple[Span, ...]:
        """All seventy, the best first."""
        part = self.PROGRAMME.parts[A]
        starts = candidates_of_one(self.PROGRAMME, part, LAWS).free
        return ranked(self.PROGRAMME, self.CALENDAR, part, starts, MON.span)

    def test_the_best_are_offered_without_a_look_at_the_rest(self) -> None:
        """Thirty-two are looked at, the best ones and that of the other session among them."""
        found = offered(self.PROGRAMME, LAWS, self.CALENDAR, MON, count=3)
        assert tuple(offer.span for offer in found.offers) == self.slots()[:3]
        assert set(found.certified) == set(self.slots()[:32]) - {self.B_ON_FRIDAY.span}
        assert (found.complete, found.searched) == (False, -1)

    def test_all_are_looked_for_where_that_is_asked(self) -> None:
        found = offered(self.PROGRAMME, LAWS, self.CALENDAR, MON, count=3, every=True)
        assert tuple(offer.span for offer in found.offers) == self.slots()[:3]
        assert set(found.certified) == {*self.slots()} - {self.B_ON_FRIDAY.span}
        assert (found.complete, found.searched) == (True, 0)

    def test_all_are_looked_for_where_there_are_not_enough(self) -> None:
        found = offered(self.PROGRAMME, LAWS, self.CALENDAR, MON, count=70)
        assert set(found.certified) == {*self.slots()} - {self.B_ON_FRIDAY.span}
        assert (found.complete, found.searched) == (True, 0)

    def test_what_takes_moves_of_others_comes_last(self) -> None:
        found = offered(self.PROGRAMME, LAWS, self.CALENDAR, MON, count=71, most=1)
        free = [span for span in self.slots() if span != self.B_ON_FRIDAY.span]
        assert [offer.span for offer in found.offers] == [*free, self.B_ON_FRIDAY.span]
        assert [offer.moved for offer in found.offers] == [*[0] * 69, 1]
        assert (found.complete, found.searched) == (True, 1)

    def test_two_runs_are_the_same(self) -> None:
        one, other = (offered(self.PROGRAMME, LAWS, self.CALENDAR, MON, most=1) for _ in range(2))
        assert one == other


class TestOthersInTheWay:
    def test_what_is_free_beside_the_same_moves_is_had_with_them(self) -> None:
        """The other one comes before it by two days or more: wherever it goes on Monday to Wednesday, that one moves.

        Twelve starts a day, 9:00 to 12:00 in quarters of an hour; the other one stands on Thursday morning.
        """
        programme = small(
            dates=[date(2026, 11, 2), date(2026, 11, 6)],
            opening_hours=dict.fromkeys(("monday", "wednesday", "thursday", "friday"), "09:00-12:00"),
            starts_every_minutes=15,
            modules={"m": module(classes(1, 15, id="a"), classes(1, 15, id="b"))},
        )
        b_on_thursday, a_on_friday = at("2026-11-05 09:00", 15, part=B), at("2026-11-06 09:00", 15, part=A)
        laws = [*LAWS, Order(first=(B,), then=(A,), least_days=1)]
        found = offered(programme, laws, timetable(b_on_thursday, a_on_friday), a_on_friday, count=100, most=1)
        by_day = Counter((offer.span.day.day, offer.moved) for offer in found.offers)
        assert by_day == {(6, 0): 12, (5, 1): 12, (4, 1): 12}
        assert (found.complete, found.searched) == (True, 1)


class TestStopped:
    def test_before_it_began(self) -> None:
        """Nothing but where it stands, and no word of what else there may be."""
        stop = Event()
        stop.set()
        stays = Offer(NINE, 0, (), (), (), (), IN_HAND)
        found = offered(two(), LAWS, IN_HAND, NINE, most=1, stop=stop)
        assert found == Offers(Asked(A, NINE.span), (stays,), (NINE.span,), False, -1)

    def test_where_there_is_nothing_to_look_for(self) -> None:
        stop = Event()
        stop.set()
        programme = small(**TUESDAY, modules={"m": module(classes(2, id="a"))})
        found = offered(programme, LAWS, timetable(NINE, TEN), NINE, stop=stop)
        assert (found.certified, found.complete) == ((NINE.span,), True)


class TestNoSession:
    SEMINAR: ClassVar[dict[str, Any]] = {
        "title": "Seminar",
        "kind": "seminar",
        "days": 1,
        "group": "all",
        "dates": TUESDAY["dates"],
    }

    @pytest.mark.parametrize(
        ("asked", "fault"),
        [
            (Asked(A, TEN.span), "“Module” (virtual class) is no session that stands in the calendar"),
            (Asked(A, None), "“Module” (virtual class) is no session that stands in the calendar"),
            (Asked("b", on("2026-11-10").span), "“Seminar” is no session that stands in the calendar"),
        ],
        ids=["elsewhere", "nowhere", "block"],
    )
    def test_is_a_fault(self, asked: Asked, fault: str) -> None:
        programme = small(**TUESDAY, blocks={"b": self.SEMINAR}, modules={"m": module(classes(1, id="a"))})
        offering = Offering(Problem(programme, LAWS), timetable(NINE, on("2026-11-10")))
        with pytest.raises(FaultyInput) as caught:
            offering.offers(asked)
        assert [plain(each.words("en")) for each in caught.value.faults] == [fault]


class TestPolished:
    """Two hours of work in two weeks."""

    PROGRAMME = small(modules={"m": module(classes(1, id="a"), work(2, step_minutes=30))})
    FIRST, SECOND = "2026-11-02", "2026-11-09"

    def weeks(self, first: int, second: int) -> tuple[Placement, ...]:
        """Minutes of work in each of them."""
        both = ((self.FIRST, first), (self.SECOND, second))
        return tuple(week_of(monday, minutes) for monday, minutes in both if minutes)

    def polished(self, before: tuple[int, int], witness: tuple[int, int], *laws: Rule) -> Timetable:
        """A witness in which the session has moved and the work too."""
        problem = Problem(self.PROGRAMME, (*LAWS, *laws))
        wide = Wide(problem, timetable(MON, *self.weeks(*before)))
        return wide.polished(timetable(TUE, *self.weeks(*witness)), Event())

    def test_work_goes_back_to_where_it_was(self) -> None:
        assert self.polished((90, 30), (0, 120)) == timetable(TUE, *self.weeks(90, 30))


class Unposted(Rule):
    """A law that forgot to tell the model that nothing stands at 10:00."""

    name: ClassVar[str] = "unposted"

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Finds what stands there."""
        return (Breach(self.name, say("moved")) for each in timetable.of(A) if each == TEN)


def test_a_calendar_that_a_laws_own_check_refuses_is_no_offer() -> None:
    with pytest.raises(RefusedWitness):
        offered(two(), [*LAWS, Unposted()], IN_HAND, NINE, most=1)


@pytest.mark.parametrize("seed", PROGRAMMES)
def test_offers_are_right_by_enumeration(seed: int) -> None:
    """Slots, moves and prices of all that may be had, and whether that is all."""
    told, true = zip(*told_and_true(seed), strict=True)
    assert told == true


@pytest.mark.parametrize("seed", PROGRAMMES)
def test_a_search_that_ends_with_enough_tells_no_more_than_it_knows(seed: int) -> None:
    told, true = zip(*ended_early(seed), strict=True)
    assert told == true


def test_in_many_programmes_there_are_slots_for_which_others_have_to_move() -> None:
    assert sum(moving_helps(drawn(seed)) for seed in PROGRAMMES) >= MOVING
