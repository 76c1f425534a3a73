"""What happened in the year, on top of the programme file and in a saved calendar."""

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

from calendars.amending import amended, in_force, recorded, without_missed
from calendars.calendar_file import (
    Away,
    Calendar,
    CertificateRecord,
    Closed,
    Pin,
    Revision,
    SchoolHoliday,
    Struck,
)
from calendars.clock import Dates
from calendars.days_off import DayOff
from calendars.programme import Programme
from calendars.programme_file import When
from calendars.saving import calendar_of
from small import at, classes, module, small, timetable

DAY = date(2026, 11, 1)
WEEK = Dates(date(2026, 11, 9), date(2026, 11, 13))
TUESDAY = Dates(date(2026, 11, 10), date(2026, 11, 10))


def year(**tables: Any) -> Programme:
    plain: dict[str, Any] = {
        "trainers": {"ann": {"title": "Ann", "cannot": [{"weekday": "monday"}]}, "bob": {"title": "Bob"}},
        "places": {"room": {"title": "Room"}, "hall": {"title": "Hall"}},
        "modules": {"m": module(classes(3), classes(2, id="lab"))},
    }
    return small(**plain | tables)


def after(*revisions: Revision, programme: Programme | None = None) -> Programme:
    return amended(programme or year(), revisions)


def contents(programme: Programme) -> dict[str, Any]:
    return {each.name: getattr(programme, each.name) for each in fields(programme)}


class TestTheProgramme:
    def test_without_a_revision_it_is_the_same(self) -> None:
        assert contents(after()) == contents(year())
        assert contents(after(Revision(day=DAY))) == contents(year())

    def test_a_trainer_who_is_away_cannot(self) -> None:
        found = after(
            Revision(day=DAY, away=(Away(trainer="ann", dates=WEEK), Away(trainer="ann", dates=TUESDAY))),
            Revision(day=DAY, away=(Away(trainer="bob", dates=TUESDAY),)),
        )
        assert {key: trainer.cannot for key, trainer in found.trainers.items()} == {
            "ann": (When(weekday="monday"), When(dates=WEEK), When(dates=TUESDAY)),
            "bob": (When(dates=TUESDAY),),
        }
        assert found.places == year().places

    def test_a_place_that_is_closed_cannot(self) -> None:
        found = after(Revision(day=DAY, closed=(Closed(place="hall", dates=WEEK),)))
        assert {key: place.cannot for key, place in found.places.items()} == {
            "room": (),
            "hall": (When(dates=WEEK),),
        }
        assert found.trainers == year().trainers

    def test_days_that_are_struck_are_off_for_everybody(self) -> None:
        strike = Struck(title="Transport strike", dates=Dates(date(2026, 11, 12), date(2026, 11, 13)))
        found = after(Revision(day=DAY, struck=(strike,)))
        new = [DayOff(date(2026, 11, day), "closure", "Transport strike", None, "", "typed") for day in (12, 13)]
        assert found.days_off.days == tuple(sorted((*year().days_off.days, *new)))
        assert [bool(found.days_off.on(date(2026, 11, day), [])) for day in (10, 11, 12, 13)] == [
            False,
            True,
            True,
            True,
        ]

    def test_what_it_no_longer_has_is_passed_over(self) -> None:
        revision = Revision(
            day=DAY,
            away=(Away(trainer="zoe", dates=WEEK),),
            closed=(Closed(place="gym", dates=WEEK),),
            sessions={"m.gone": 2},
        )
        assert contents(after(revision)) == contents(year())

    @pytest.mark.parametrize(
        ("sessions", "counts"),
        [
            ([{"m.virtual-class": 2}], (5, 2)),
            ([{"m.virtual-class": -1}], (2, 2)),
            ([{"m.virtual-class": -1, "m.lab": 1}], (2, 3)),
            ([{"m.virtual-class": -1}, {"m.virtual-class": -1}, {"m.virtual-class": 3}], (4, 2)),
            ([{"m.lab": -2}], (3, 0)),
            ([{"m.lab": -3}], (3, 0)),
        ],
    )
    def test_sessions_are_more_or_fewer_never_below_none(
        self, sessions: list[dict[str, int]], counts: tuple[int, int]
    ) -> None:
        found = after(*(Revision(day=DAY, sessions=each) for each in sessions))
        assert tuple(part.count for part in found.parts.values()) == counts


YEAR: dict[str, Any] = {"dates": [date(2034, 9, 1), date(2035, 7, 6)], "days_off": {"school_zones": ["A", "B", "C"]}}


class TestSchoolHolidays:
    """In a year for which there is no official text yet."""

    def breaks(self, programme: Programme, zone: str) -> list[tuple[str, str, date, date]]:
        """The runs of school holidays of a zone: name, state, first and last day."""
        found: list[tuple[str, str, date, date]] = []
        for off in (each for each in programme.days_off.days if each.zone == zone):
            if found and found[-1][:2] == (off.name, off.state) and (off.day - found[-1][3]).days == 1:
                found[-1] = (*found[-1][:3], off.day)
            else:
                found.append((off.name, off.state, off.day, off.day))
        return found

    def test_replace_the_projected_ones_that_they_overlap_whole(self) -> None:
        before = small(**YEAR, modules={"m": module(classes(1))})
        autumn, *rest = self.breaks(before, "B")
        assert autumn[1] == "projected"
        first = Dates(autumn[2], autumn[2])
        typed = SchoolHoliday(zone="B", title="All Saints", dates=first, source="Arrêté")
        found = amended(before, [Revision(day=DAY, school_holidays=(typed,))])
        assert self.breaks(found, "B") == [("All Saints", "typed", first.first, first.last), *rest]
        assert self.breaks(found, "A") == self.breaks(before, "A")
        assert {off.source for off in found.days_off.days if off.name == "All Saints"} == {"Arrêté"}
        assert [off for off in found.days_off.days if off.zone is None] == [
            off for off in before.days_off.days if off.zone is None
        ]

    def test_beside_the_projected_ones_are_added(self) -> None:
        before = small(**YEAR, modules={"m": module(classes(1))})
        monday = Dates(date(2034, 10, 2), date(2034, 10, 2))
        typed = SchoolHoliday(zone="B", title="Bridge", dates=monday, source="Arrêté")
        found = amended(before, [Revision(day=DAY, school_holidays=(typed,))])
        assert self.breaks(found, "B") == sorted(
            [*self.breaks(before, "B"), ("Bridge", "typed", monday.first, monday.last)], key=lambda one: one[2]
        )

    def test_of_an_official_break_stay(self) -> None:
        """2026-2027 has its text: what is typed counts beside it."""
        before = small(
            dates=[date(2026, 9, 1), date(2026, 12, 18)],
            days_off={"school_zones": ["B"]},
            modules={"m": module(classes(1))},
        )
        autumn = self.breaks(before, "B")[0]
        last = Dates(autumn[3], date.fromordinal(autumn[3].toordinal() + 1))
        typed = SchoolHoliday(zone="B", title="Longer", dates=last, source="Arrêté")
        found = amended(before, [Revision(day=DAY, school_holidays=(typed,))])
        shorter = (*autumn[:3], date.fromordinal(autumn[3].toordinal() - 1))
        assert self.breaks(found, "B")[:2] == [shorter, ("Longer", "typed", last.first, last.last)]


CALENDAR = calendar_of(
    year(),
    timetable(at("2026-11-09 09:00"), at("2026-11-10 09:00"), at("2026-11-12 09:00")),
    CertificateRecord(levels=(), reproducible=True),
    date(2026, 9, 1),
    seed=0,
)
FIRST, SECOND, THIRD = CALENDAR.sessions


def pinned(*uids: str) -> Calendar:
    return CALENDAR.model_copy(update={"pins": tuple(Pin(uid=uid, day=DAY) for uid in uids)})


class TestTheCalendar:
    def test_what_nobody_has_withdrawn_is_in_force(self) -> None:
        early, late = Revision(day=DAY), Revision(day=DAY, why="flu")
        withdrawn = Revision(day=DAY, why="mistake", withdrawn=date(2026, 11, 2))
        assert in_force(CALENDAR) == ()
        assert in_force(CALENDAR.model_copy(update={"history": (early, withdrawn, late)})) == (early, late)

    def test_what_happened_is_recorded_in_order(self) -> None:
        early, late = Revision(day=DAY), Revision(day=DAY, why="flu")
        assert recorded(recorded(CALENDAR, [early]), [late]) == recorded(CALENDAR, [early, late])
        assert recorded(CALENDAR, [early, late]) == CALENDAR.model_copy(update={"history": (early, late)})
        assert recorded(CALENDAR, []) == CALENDAR

    def test_what_is_called_off_is_cancelled_as_a_feed_tells_it(self) -> None:
        off = Revision(day=DAY, called_off=(SECOND.uid,))
        stamp = datetime(2026, 11, 1, tzinfo=UTC)
        cancelled = SECOND.model_copy(update={"state": "cancelled", "sequence": 1, "last_modified": stamp})
        assert recorded(CALENDAR, [off]) == CALENDAR.model_copy(
            update={"history": (off,), "sessions": (FIRST, cancelled, THIRD)}
        )

    def test_its_time_stamp_grows_in_any_case(self) -> None:
        """Even where it was changed on the same day."""
        late = datetime(2026, 11, 1, 0, 0, 5, tzinfo=UTC)
        calendar = CALENDAR.model_copy(update={"sessions": (FIRST.model_copy(update={"last_modified": late}),)})
        (found,) = recorded(calendar, [Revision(day=DAY, called_off=(FIRST.uid,))]).sessions
        assert found.last_modified == datetime(2026, 11, 1, 0, 0, 6, tzinfo=UTC)

    def test_what_is_cancelled_already_stays_as_it_is(self) -> None:
        off = Revision(day=DAY, called_off=(SECOND.uid,))
        once = recorded(CALENDAR, [off])
        assert recorded(once, [off]).sessions == once.sessions

    def test_what_is_called_off_or_has_to_move_is_no_longer_pinned(self) -> None:
        revision = Revision(day=DAY, called_off=(FIRST.uid,), moved=(SECOND.uid,))
        found = recorded(pinned(FIRST.uid, SECOND.uid, THIRD.uid), [revision])
        assert found.pins == (Pin(uid=THIRD.uid, day=DAY),)

    def test_what_was_missed_is_left_out(self) -> None:
        missed = [Revision(day=DAY, missed=(FIRST.uid,)), Revision(day=DAY, missed=(THIRD.uid, "gone"))]
        assert without_missed(CALENDAR, missed) == CALENDAR.model_copy(update={"sessions": (SECOND,)})
        assert without_missed(CALENDAR, [Revision(day=DAY, called_off=(FIRST.uid,))]) == CALENDAR
