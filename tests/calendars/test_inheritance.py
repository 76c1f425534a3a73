"""Identities that last: what is continued, what is new, what is cancelled, and what subscribers are told of it."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, permutations
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calendars.calendar_file import Calendar, CertificateRecord, Pin, PlacedDays, PlacedSession, PlannedWork, Version
from calendars.feeds import events
from calendars.holding import SlotToHold, held_slots, released
from calendars.inheritance import CANCELLED_STAYS, follow, inherit
from calendars.programme import Programme
from calendars.saving import calendar_of, identity, timetable_of
from calendars.timetable import Placement, Timetable
from small import at, classes, module, on, small, timetable, week_of, work

Entry = PlacedSession | PlacedDays | PlannedWork

FIRST = date(2026, 9, 1)
"""The day of the first calendar."""
LATER = date(2026, 9, 10)
"""The day of the calendar after it."""
DATES = [date(2026, 11, 2), date(2026, 11, 29)]
EXAM = "n.exam"
READING = "n.distance-work"


def year(**tables: Any) -> Programme:
    """Four weeks of November with one of everything."""
    plain: dict[str, Any] = {
        "dates": DATES,
        "trainers": {"ped": {"title": "Pedagogy"}, "law": {"title": "Law"}},
        "places": {"room": {"title": "Room"}, "hall": {"title": "Hall"}},
        "groups": {"all": {"title": "All"}, "few": {"title": "Few", "part_of": "all"}},
        "modules": {
            "m": module(classes(2), work(6), title="Design"),
            "n": module(classes(1, kind="exam"), work(6), title="Law"),
        },
        "blocks": {"b": {"title": "Opening", "kind": "seminar", "days": 3, "group": "all", "dates": DATES}},
        "internships": {"host": {"title": "Internship", "hours": 35, "group": "all", "dates": DATES}},
    }
    return small(**plain | tables)


YEAR = year()


def made(*placements: Placement, programme: Programme = YEAR, as_of: date = FIRST) -> Calendar:
    """The calendar of these placements as it comes from the search."""
    certificate = CertificateRecord(levels=(), reproducible=True)
    return calendar_of(programme, timetable(*placements), certificate, as_of, seed=0)


def entries(calendar: Calendar) -> tuple[Entry, ...]:
    """All entries."""
    return (*calendar.sessions, *calendar.days, *calendar.work)


def live(found: Iterable[PlacedSession]) -> list[PlacedSession]:
    """Those that are not cancelled."""
    return [each for each in found if each.state != "cancelled"]


def midnight(day: date, seconds: int = 0) -> datetime:
    """Some seconds past midnight UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=seconds)


def born(activity: str, *births: int) -> list[str]:
    """The identities of an activity by birth number."""
    return [identity("small", date(2026, 11, 2), activity, birth) for birth in births]


MONDAY, TUESDAY, WEDNESDAY = born("m.virtual-class", 1, 2, 3)


def sessions(calendar: Calendar) -> list[tuple[str, str, int, str]]:
    """Identity, start, sequence and state of every session."""
    return [(each.uid, f"{each.start:%d %H:%M}", each.sequence, each.state) for each in calendar.sessions]


def days(calendar: Calendar) -> list[tuple[str, int, int, int, str]]:
    """Identity, first and last day, sequence and state of every run of days."""
    return [(each.uid, each.first.day, each.last.day, each.sequence, each.state) for each in calendar.days]


def weeks(calendar: Calendar) -> list[tuple[str, int, int, int, str]]:
    """Identity, day of the Monday, minutes, sequence and state of all work."""
    return [(each.uid, each.monday.day, each.minutes, each.sequence, each.state) for each in calendar.work]


def edited(calendar: Calendar, uid: str, **values: object) -> Calendar:
    """The calendar with an entry changed by hand."""
    changed = {
        kind: tuple(each.model_copy(update=values) if each.uid == uid else each for each in getattr(calendar, kind))
        for kind in ("sessions", "days", "work")
    }
    return calendar.model_copy(update=changed)


def without(calendar: Calendar, uid: str) -> Calendar:
    """The calendar with an entry taken out by hand."""
    kinds = ("sessions", "days", "work")
    return calendar.model_copy(
        update={kind: tuple(each for each in getattr(calendar, kind) if each.uid != uid) for kind in kinds}
    )


class Told(NamedTuple):
    """What a feed tells of an event: its stamps, and all else."""

    sequence: int
    changed: str
    shown: tuple[bytes, ...]


def told(calendar: Calendar) -> dict[str, Told]:
    """What the feeds tell of each event."""
    found = {}
    for event in events(calendar):
        rows = event.text.split(b"\r\n")
        stamps = dict(row.decode().split(":", 1) for row in rows if row.startswith((b"SEQ", b"LAST", b"DTSTAMP")))
        assert stamps["LAST-MODIFIED"] == stamps["DTSTAMP"]
        shown = tuple(row for row in rows if not row.startswith((b"SEQ", b"LAST", b"DTSTAMP")))
        found[event.uid] = Told(int(stamps["SEQUENCE"]), stamps["LAST-MODIFIED"], shown)
    return found


class TestWhoContinuesWhom:
    def test_a_session_at_the_same_time_keeps_its_identity_and_the_rest_take_the_nearest(self) -> None:
        saved = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"))
        new = made(at("2026-11-03 09:00"), at("2026-11-04 09:00"))
        # to pair by rank would move both by a day; so Tuesday stays and Monday alone moves, by two
        assert sessions(inherit(new, saved, LATER)) == [
            (TUESDAY, "03 09:00", 0, "planned"),
            (MONDAY, "04 09:00", 1, "planned"),
        ]

    def test_the_least_sum_decides_and_not_the_nearest_of_each(self) -> None:
        saved = made(at("2026-11-02 09:00"), at("2026-11-02 12:00"))
        new = made(at("2026-11-02 11:00"), at("2026-11-02 16:00"))
        # 2 h + 4 h, as crosswise 1 h + 7 h
        assert sessions(inherit(new, saved, LATER)) == [
            (MONDAY, "02 11:00", 1, "planned"),
            (TUESDAY, "02 16:00", 1, "planned"),
        ]

    def test_the_order_in_the_files_does_not_matter(self) -> None:
        saved = made(*(at(f"2026-11-02 {hour}:00") for hour in ("09", "12", "15")))
        new = made(*(at(f"2026-11-02 {hour}:00") for hour in ("10", "11", "17")))
        turned_saved, turned_new = (each.model_copy(update={"sessions": each.sessions[::-1]}) for each in (saved, new))
        expected = inherit(new, saved, LATER)
        assert inherit(new, turned_saved, LATER) == inherit(turned_new, saved, LATER) == expected

    def test_another_end_is_another_time(self) -> None:
        saved = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"))
        new = made(at("2026-11-02 09:00", 90), at("2026-11-03 09:00"))
        assert sessions(inherit(new, saved, LATER)) == [
            (MONDAY, "02 09:00", 1, "planned"),
            (TUESDAY, "03 09:00", 0, "planned"),
        ]

    def test_a_session_too_many_is_new(self) -> None:
        saved = made(at("2026-11-02 09:00"), at("2026-11-04 09:00"))
        new = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"), at("2026-11-04 09:00"))
        result = inherit(new, saved, LATER)
        assert sessions(result) == [
            (MONDAY, "02 09:00", 0, "planned"),
            (WEDNESDAY, "03 09:00", 0, "planned"),
            (TUESDAY, "04 09:00", 0, "planned"),
        ]
        # the last one has another number, which its summary shows
        assert [each.last_modified for each in result.sessions] == [midnight(FIRST), midnight(LATER), midnight(LATER)]

    def test_a_session_too_few_is_cancelled_and_stands_last_with_the_number_it_had(self) -> None:
        saved = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"), at("2026-11-05 09:00", part=EXAM))
        result = inherit(made(at("2026-11-03 09:00"), at("2026-11-05 09:00", part=EXAM)), saved, LATER)
        assert sessions(result) == [
            (TUESDAY, "03 09:00", 0, "planned"),
            (*born(EXAM, 1), "05 09:00", 0, "planned"),
            (MONDAY, "02 09:00", 1, "cancelled"),
        ]
        assert [each.number for each in result.sessions] == [1, 1, 1]

    def test_a_session_of_another_part_has_nothing_to_pass_on(self) -> None:
        saved = made(at("2026-11-02 09:00"))
        assert sessions(inherit(made(at("2026-11-02 09:00", part=EXAM)), saved, LATER)) == [
            (*born(EXAM, 1), "02 09:00", 0, "planned"),
            (MONDAY, "02 09:00", 1, "cancelled"),
        ]

    def test_a_cancelled_session_is_revived_at_its_very_time(self) -> None:
        both = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"))
        cancelled = inherit(made(at("2026-11-03 09:00")), both, LATER)
        result = inherit(both, cancelled, date(2026, 9, 11))
        assert sessions(result) == [(MONDAY, "02 09:00", 2, "planned"), (TUESDAY, "03 09:00", 0, "planned")]
        assert result.sessions[0].last_modified == midnight(date(2026, 9, 11))

    def test_a_cancelled_session_is_not_revived_at_another_time(self) -> None:
        both = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"))
        cancelled = inherit(made(at("2026-11-03 09:00")), both, LATER)
        assert sessions(inherit(made(at("2026-11-02 10:00"), at("2026-11-03 09:00")), cancelled, LATER)) == [
            (WEDNESDAY, "02 10:00", 0, "planned"),
            (TUESDAY, "03 09:00", 0, "planned"),
            (MONDAY, "02 09:00", 1, "cancelled"),
        ]

    def test_a_live_session_goes_before_a_cancelled_one(self) -> None:
        both = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"))
        cancelled = inherit(made(at("2026-11-03 09:00")), both, LATER)
        assert sessions(inherit(made(at("2026-11-02 09:00")), cancelled, LATER)) == [
            (TUESDAY, "02 09:00", 1, "planned"),
            (MONDAY, "02 09:00", 1, "cancelled"),
        ]

    def test_sessions_of_a_part_at_one_time_keep_apart(self) -> None:
        saved = made(at("2026-11-02 09:00", place="hall"), at("2026-11-02 09:00", place="room"))
        assert inherit(saved, saved, LATER).sessions == saved.sessions

    def test_whole_days_continue_within_their_activity(self) -> None:
        hosted = ("2026-11-09", "2026-11-10", "2026-11-16")
        saved = made(on("2026-11-02", "2026-11-04"), *(on(day, activity="host") for day in hosted))
        new = made(on("2026-11-04", "2026-11-06"), *(on(day, activity="host") for day in ("2026-11-16", "2026-11-23")))
        host = born("host", 1, 2)
        # the run of the 16th stays; that of the 9th and 10th moves to the 23rd
        assert days(inherit(new, saved, LATER)) == [
            (*born("b", 1), 4, 6, 1, "planned"),
            (host[1], 16, 16, 0, "planned"),
            (host[0], 23, 23, 1, "planned"),
        ]

    def test_a_longer_run_of_host_days_has_moved(self) -> None:
        saved = made(on("2026-11-09", activity="host"))
        new = made(on("2026-11-09", activity="host"), on("2026-11-10", activity="host"))
        assert days(inherit(new, saved, LATER)) == [(*born("host", 1), 9, 10, 1, "planned")]

    def test_work_stays_in_its_week(self) -> None:
        saved = made(week_of("2026-11-02", 120), week_of("2026-11-09", 240))
        new = made(week_of("2026-11-09", 180), week_of("2026-11-16", 180))
        gone, kept, joined = born("m.distance-work", 1, 2, 3)
        result = inherit(new, saved, LATER)
        assert weeks(result) == [
            (kept, 9, 180, 0, "planned"),
            (joined, 16, 180, 0, "planned"),
            (gone, 2, 120, 1, "cancelled"),
        ]
        assert [item.last_modified for item in result.work] == [midnight(LATER)] * 3
        again = inherit(made(week_of("2026-11-02", 60)), result, LATER)
        assert weeks(again) == [
            (gone, 2, 60, 2, "planned"),
            (kept, 9, 180, 1, "cancelled"),
            (joined, 16, 180, 1, "cancelled"),
        ]

    def test_work_of_another_group_is_other_work_since_it_stands_in_another_event(self) -> None:
        saved = made(week_of("2026-11-02", 120))
        few = year(modules={"m": module(work(6), title="Design", group="few")})
        result = inherit(made(week_of("2026-11-02", 120), programme=few), saved, LATER)
        gone, joined = born("m.distance-work", 1, 2)
        assert weeks(result) == [(joined, 2, 120, 0, "planned"), (gone, 2, 120, 1, "cancelled")]


class TestIdentities:
    def test_none_is_given_twice_even_when_its_entry_has_vanished(self) -> None:
        two = inherit(made(at("2026-11-02 09:00")), made(at("2026-11-02 09:00"), at("2026-11-03 09:00")), LATER)
        vanished = inherit(made(at("2026-11-02 09:00")), two, LATER + CANCELLED_STAYS + timedelta(days=1))
        assert sessions(vanished) == [(MONDAY, "02 09:00", 0, "planned")]
        assert vanished.births == {"m.virtual-class": 2}
        again = inherit(made(at("2026-11-02 09:00"), at("2026-11-03 09:00")), vanished, date(2026, 12, 1))
        assert sessions(again) == [(MONDAY, "02 09:00", 0, "planned"), (WEDNESDAY, "03 09:00", 0, "planned")]
        assert again.births == {"m.virtual-class": 3}

    def test_those_of_activities_that_are_gone_stay_counted(self) -> None:
        saved = made(at("2026-11-02 09:00"), on("2026-11-02", "2026-11-04"), week_of("2026-11-02", 60))
        result = inherit(made(at("2026-11-05 09:00", part=EXAM)), saved, LATER)
        assert result.births == {"m.virtual-class": 1, "b": 1, "m.distance-work": 1, EXAM: 1}

    def test_one_that_stands_uncounted_is_passed_over(self) -> None:
        saved = made(at("2026-11-02 09:00"), at("2026-11-03 09:00")).model_copy(update={"births": {}})
        result = inherit(made(*(at(f"2026-11-0{day} 09:00") for day in (2, 3, 4))), saved, LATER)
        assert [each.uid for each in result.sessions] == [MONDAY, TUESDAY, WEDNESDAY]
        assert result.births == {"m.virtual-class": 3}


class TestWhatSubscribersAreTold:
    SAVED = made(
        at("2026-11-02 09:00", trainers=("ped",), place="room"),
        at("2026-11-03 09:00", trainers=("ped",), place="room"),
        on("2026-11-02", "2026-11-04"),
        week_of("2026-11-02", 120),
    )

    def stamps(self, new: Calendar) -> list[tuple[int, datetime]]:
        """Sequence and last change of everything, two sessions first, then the seminar and the week."""
        return [(entry.sequence, entry.last_modified) for entry in entries(inherit(new, self.SAVED, LATER))]

    def with_first(self, first: Placement, programme: Programme = YEAR) -> Calendar:
        """The saved timetable with another first session."""
        second = at("2026-11-03 09:00", trainers=("ped",), place="room")
        return made(first, second, on("2026-11-02", "2026-11-04"), week_of("2026-11-02", 120), programme=programme)

    def same(self, **tables: Any) -> Calendar:
        """The saved timetable of a programme with other words."""
        return self.with_first(at("2026-11-02 09:00", trainers=("ped",), place="room"), year(**tables))

    STAYED = (0, midnight(FIRST))
    MOVED = (1, midnight(LATER))
    CHANGED = (0, midnight(LATER))

    def test_of_the_same_year_nothing(self) -> None:
        assert self.stamps(self.same()) == [self.STAYED] * 4
        assert events(inherit(self.same(), self.SAVED, LATER)) == events(self.SAVED)

    def test_of_another_hour_a_move(self) -> None:
        moved = at("2026-11-02 10:00", trainers=("ped",), place="room")
        assert self.stamps(self.with_first(moved)) == [self.MOVED] + [self.STAYED] * 3

    def test_of_another_place_a_move(self) -> None:
        moved = at("2026-11-02 09:00", trainers=("ped",), place="hall")
        assert self.stamps(self.with_first(moved)) == [self.MOVED] + [self.STAYED] * 3

    def test_of_another_place_of_the_same_title_a_move(self) -> None:
        alike = year(places={"room": {"title": "Room"}, "hall": {"title": "Room"}})
        moved = at("2026-11-02 09:00", trainers=("ped",), place="hall")
        assert self.stamps(self.with_first(moved, alike)) == [self.MOVED] + [self.STAYED] * 3

    def test_of_another_trainer_a_change(self) -> None:
        changed = at("2026-11-02 09:00", trainers=("law",), place="room")
        assert self.stamps(self.with_first(changed)) == [self.CHANGED] + [self.STAYED] * 3

    def test_of_another_number_a_change(self) -> None:
        # Monday's session moves behind Tuesday's, which is the first from now on
        moved = at("2026-11-04 09:00", trainers=("ped",), place="room")
        assert self.stamps(self.with_first(moved)) == [self.CHANGED, self.MOVED, self.STAYED, self.STAYED]

    def test_of_other_minutes_of_work_a_change(self) -> None:
        first = at("2026-11-02 09:00", trainers=("ped",), place="room")
        second = at("2026-11-03 09:00", trainers=("ped",), place="room")
        changed = made(first, second, on("2026-11-02", "2026-11-04"), week_of("2026-11-02", 180))
        assert self.stamps(changed) == [self.STAYED] * 3 + [self.CHANGED]

    def test_of_another_time_zone_a_move_of_what_has_an_hour(self) -> None:
        assert self.stamps(self.same(time_zone="Indian/Reunion")) == [self.MOVED] * 2 + [self.STAYED] * 2

    @pytest.mark.parametrize(
        ("tables", "changed"),
        [
            ({"title": "Renamed"}, "1111"),
            ({"language": "fr"}, "1111"),
            ({"groups": {"all": {"title": "Everybody"}, "few": {"title": "Few", "part_of": "all"}}}, "1111"),
            ({"trainers": {"ped": {"title": "Renamed"}, "law": {"title": "Law"}}}, "1100"),
            ({"places": {"room": {"title": "Renamed"}, "hall": {"title": "Hall"}}}, "1100"),
            ({"modules": {"m": module(classes(2), work(6), title="Renamed")}}, "1101"),
            ({"modules": {"m": module(classes(2, title="Named"), work(6), title="Design")}}, "1100"),
            (
                {"blocks": {"b": {"title": "Renamed", "kind": "seminar", "days": 3, "group": "all", "dates": DATES}}},
                "0010",
            ),
        ],
    )
    def test_of_other_words_a_change_where_they_are_shown(self, tables: dict[str, Any], changed: str) -> None:
        expected = [self.CHANGED if each == "1" else self.STAYED for each in changed]
        assert self.stamps(self.same(**tables)) == expected

    def test_a_second_change_on_the_same_day_is_a_second_later(self) -> None:
        once = inherit(made(at("2026-11-02 10:00")), made(at("2026-11-02 09:00")), FIRST)
        twice = inherit(made(at("2026-11-02 11:00")), once, FIRST)
        assert [(each.sequence, each.last_modified) for each in (*once.sessions, *twice.sessions)] == [
            (1, midnight(FIRST, seconds=1)),
            (2, midnight(FIRST, seconds=2)),
        ]

    def test_what_was_published_stays_so_until_it_is_cancelled(self) -> None:
        published = edited(made(at("2026-11-02 09:00")), MONDAY, state="published")
        moved = inherit(made(at("2026-11-02 10:00")), published, LATER)
        assert sessions(moved) == [(MONDAY, "02 10:00", 1, "published")]
        cancelled = inherit(made(at("2026-11-05 09:00", part=EXAM)), moved, LATER)
        assert sessions(cancelled)[1:] == [(MONDAY, "02 10:00", 2, "cancelled")]
        assert sessions(inherit(made(at("2026-11-02 10:00")), cancelled, LATER))[:1] == [
            (MONDAY, "02 10:00", 3, "planned")
        ]

    def test_publishing_is_no_change(self) -> None:
        published = edited(self.SAVED, MONDAY, state="published")
        result = inherit(self.same(), published, LATER)
        assert entries(result) == entries(published)


class TestTheEventOfAWeek:
    """The work of a week and its groups is one event: the sum of the sequences, the latest of the changes."""

    def event(self, calendar: Calendar) -> tuple[int, str, list[str]]:
        """Sequence, last change, status and the first row of the description of the only event."""
        [only] = told(calendar).values()
        words = [row.decode() for row in only.shown if row.startswith((b"STATUS", b"DESCRIPTION"))]
        return only.sequence, only.changed, words

    def test_has_a_later_change_when_work_joins_it_on_the_same_day(self) -> None:
        saved = made(week_of("2026-11-02", 120))
        joined = inherit(made(week_of("2026-11-02", 120), week_of("2026-11-02", 60, READING)), saved, FIRST)
        assert self.event(joined) == (
            0,
            "20260901T000001Z",
            ["STATUS:CONFIRMED", r"DESCRIPTION:Design · self-paced work: 2 h\nLaw · self-paced work: 1 h\nAu"],
        )

    def test_has_a_later_change_even_where_the_work_changed_is_not_the_one_changed_last(self) -> None:
        saved = made(week_of("2026-11-02", 120), week_of("2026-11-02", 60, READING))
        once = inherit(made(week_of("2026-11-02", 180), week_of("2026-11-02", 60, READING)), saved, FIRST)
        twice = inherit(made(week_of("2026-11-02", 180), week_of("2026-11-02", 90, READING)), once, FIRST)
        assert [self.event(each)[:2] for each in (saved, once, twice)] == [
            (0, "20260901T000000Z"),
            (0, "20260901T000001Z"),
            (0, "20260901T000002Z"),
        ]

    def test_has_a_later_change_when_its_modules_are_listed_otherwise(self) -> None:
        placed = (week_of("2026-11-02", 120), week_of("2026-11-02", 60, READING))
        modules = {"n": module(work(6), title="Law"), "m": module(work(6), title="Design")}
        result = inherit(made(*placed, programme=year(modules=modules)), made(*placed), LATER)
        assert self.event(result)[:2] == (0, "20260910T000000Z")

    def test_stands_again_with_a_higher_sequence_whatever_work_revives_it(self) -> None:
        cancelled = inherit(made(), made(week_of("2026-11-02", 120)), LATER)
        revived = inherit(made(week_of("2026-11-02", 60, READING)), cancelled, LATER)
        assert [self.event(each)[:2] for each in (cancelled, revived)] == [
            (1, "20260910T000000Z"),
            (2, "20260910T000001Z"),
        ]
        assert [self.event(each)[2][0] for each in (cancelled, revived)] == ["STATUS:CANCELLED", "STATUS:CONFIRMED"]

    def test_has_a_later_change_when_work_that_was_cancelled_first_stands_again(self) -> None:
        both = made(week_of("2026-11-02", 120), week_of("2026-11-02", 60, READING))
        one = inherit(made(week_of("2026-11-02", 60, READING)), both, FIRST)
        none = inherit(made(), one, LATER)
        turned = none.model_copy(update={"work": none.work[::-1]})
        revived = inherit(made(week_of("2026-11-02", 120)), turned, LATER)
        assert [self.event(each)[:2] for each in (both, one, none, revived)] == [
            (0, "20260901T000000Z"),
            (1, "20260901T000001Z"),
            (2, "20260910T000000Z"),
            (3, "20260910T000001Z"),
        ]

    def test_keeps_its_sum_since_cancelled_work_never_vanishes(self) -> None:
        both = made(week_of("2026-11-02", 120), week_of("2026-11-02", 60, READING))
        cancelled = inherit(made(week_of("2026-11-02", 120)), both, LATER)
        years_later = inherit(made(week_of("2026-11-02", 120)), cancelled, date(2029, 1, 1))
        assert years_later.work == cancelled.work
        assert self.event(years_later)[0] == 1


class TestWhatIsCancelled:
    BOTH = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"), on("2026-11-02", "2026-11-04"))
    LEFT = made(at("2026-11-02 09:00"))
    CANCELLED = inherit(LEFT, BOTH, LATER)

    def test_stays_sixty_days_after_its_last_change_and_no_longer(self) -> None:
        assert [(entry.state, entry.last_modified) for entry in entries(self.CANCELLED)] == [
            ("planned", midnight(FIRST)),
            ("cancelled", midnight(LATER)),
            ("cancelled", midnight(LATER)),
        ]
        # sixty days after 10 September
        assert entries(inherit(self.LEFT, self.CANCELLED, date(2026, 11, 9))) == entries(self.CANCELLED)
        assert entries(inherit(self.LEFT, self.CANCELLED, date(2026, 11, 10))) == entries(self.CANCELLED)[:1]

    def test_keeps_its_words(self) -> None:
        renamed = made(at("2026-11-03 09:00"), programme=year(modules={"m": module(classes(1), title="Renamed")}))
        assert [each.module_title for each in inherit(renamed, self.BOTH, LATER).sessions] == ["Renamed", "Design"]

    def test_keeps_the_titles_that_the_programme_has_no_more(self) -> None:
        saved = made(at("2026-11-02 09:00", trainers=("ped",), place="room"), at("2026-11-03 09:00"))
        bare = {"trainers": {"law": {"title": "Law"}}, "places": {}, "groups": {"all": {"title": "Everybody"}}}
        result = inherit(made(at("2026-11-03 09:00"), programme=year(**bare)), saved, LATER)
        assert result.titles == {
            "groups": {"all": "Everybody"},
            "trainers": {"law": "Law", "ped": "Pedagogy"},
            "places": {"room": "Room"},
        }
        vanished = inherit(made(at("2026-11-03 09:00"), programme=year(**bare)), result, date(2026, 12, 1))
        assert vanished.titles == {"groups": {"all": "Everybody"}, "trainers": {"law": "Law"}, "places": {}}

    def test_does_not_stand_in_the_timetable(self) -> None:
        assert timetable_of(self.CANCELLED) == timetable_of(self.LEFT)


class TestWhatHasBegun:
    """On Wednesday 4 November nothing of the exam, the seminar and the host days is left in the new calendar."""

    DAY = date(2026, 11, 4)
    SAVED = made(
        at("2026-11-05 09:00"),
        at("2026-11-03 16:00", part=EXAM, trainers=("law",), place="hall"),
        at("2026-11-04 09:00", part=EXAM),
        on("2026-11-03", "2026-11-05"),
        on("2026-11-03", activity="host"),
        on("2026-11-04", activity="host"),
        on("2026-11-09", activity="host"),
        week_of("2026-11-02", 120),
    )
    BARE = year(modules={"m": module(classes(1), title="Design")}, blocks={}, internships={}, trainers={}, places={})
    NEW = made(at("2026-11-05 09:00"), programme=BARE, as_of=DAY)
    HELD, TODAY = born(EXAM, 1, 2)
    EDITED = SAVED.model_copy(update={"sessions": SAVED.sessions[:1], "days": (), "work": ()})

    @pytest.mark.parametrize("result", [inherit(NEW, SAVED, DAY), follow(EDITED, SAVED, DAY)])
    def test_is_never_called_off_and_what_begins_on_the_day_is(self, result: Calendar) -> None:
        saved = {entry.uid: entry for entry in entries(self.SAVED)}
        stayed = [entry.uid for entry in entries(result) if entry == saved[entry.uid]]
        assert sessions(result) == [
            (MONDAY, "05 09:00", 0, "planned"),
            (self.HELD, "03 16:00", 0, "planned"),
            (self.TODAY, "04 09:00", 1, "cancelled"),
        ]
        host = born("host", 1, 2)
        assert days(result) == [
            (*born("b", 1), 3, 5, 0, "planned"),
            (host[0], 3, 4, 0, "planned"),
            (host[1], 9, 9, 1, "cancelled"),
        ]
        assert stayed == [MONDAY, self.HELD, *born("b", 1), host[0]]

    @pytest.mark.parametrize("result", [inherit(NEW, SAVED, DAY), follow(EDITED, SAVED, DAY)])
    def test_is_told_to_subscribers_as_before(self, result: Calendar) -> None:
        before, after = told(self.SAVED), told(result)
        same = [MONDAY, self.HELD, *born("b", 1), *born("host", 1)]
        assert {uid: after[uid] for uid in same} == {uid: before[uid] for uid in same}
        assert after[self.TODAY].changed == "20261104T000000Z"

    def test_begins_on_the_day_of_its_start_whatever_the_hour(self) -> None:
        night = made(at("2026-11-03 23:30", part=EXAM), at("2026-11-04 00:00", part=EXAM))
        assert sessions(inherit(made(), night, self.DAY)) == [
            (self.HELD, "03 23:30", 0, "planned"),
            (self.TODAY, "04 00:00", 1, "cancelled"),
        ]

    def test_may_be_work_too_which_is_called_off_all_the_same(self) -> None:
        """A week is one event with all its work, and tells what is planned in it."""
        for result in (inherit(self.NEW, self.SAVED, self.DAY), follow(self.EDITED, self.SAVED, self.DAY)):
            assert weeks(result) == [(*born("m.distance-work", 1), 2, 120, 1, "cancelled")]

    def test_stays_along_a_chain_however_late(self) -> None:
        first = inherit(self.NEW, self.SAVED, self.DAY)
        later = inherit(self.NEW, first, date(2027, 6, 1))
        assert sessions(later) == sessions(first)[:2]
        assert days(later) == days(first)[:2]

    def test_marked_as_cancelled_by_hand_stays_as_it_was(self) -> None:
        draft = edited(edited(self.SAVED, self.HELD, state="cancelled"), self.TODAY, state="cancelled")
        assert sessions(follow(draft, self.SAVED, self.DAY)) == [
            (MONDAY, "05 09:00", 0, "planned"),
            (self.HELD, "03 16:00", 0, "planned"),
            (self.TODAY, "04 09:00", 1, "cancelled"),
        ]

    def test_keeps_the_titles_that_the_programme_has_no_more(self) -> None:
        result = inherit(self.NEW, self.SAVED, self.DAY)
        assert result.titles == {
            "groups": {"all": "All", "few": "Few"},
            "trainers": {"law": "Law"},
            "places": {"hall": "Hall"},
        }


def test_the_result_is_a_draft_that_follows_the_published_versions() -> None:
    versions = (Version(name="1", day=FIRST),)
    saved = made(at("2026-11-02 09:00")).model_copy(update={"versions": versions, "draft": False, "seed": 3})
    new = made(at("2026-11-02 09:00"), as_of=LATER)
    assert inherit(new, saved, LATER) == new.model_copy(update={"versions": versions, "sessions": saved.sessions})
    assert follow(saved, saved, LATER) == saved.model_copy(update={"draft": True, "as_of": LATER})


class TestADraftThatFollows:
    SAVED = made(
        at("2026-11-02 09:00"),
        at("2026-11-03 09:00"),
        on("2026-11-02", "2026-11-04"),
        week_of("2026-11-02", 120),
        week_of("2026-11-09", 60),
    )

    def test_entries_are_known_by_identity_alone(self) -> None:
        swapped = edited(self.SAVED, MONDAY, start=datetime(2026, 11, 3, 9), end=datetime(2026, 11, 3, 10))
        swapped = edited(swapped, TUESDAY, start=datetime(2026, 11, 2, 9), end=datetime(2026, 11, 2, 10))
        result = follow(swapped, self.SAVED, LATER)
        assert sessions(result) == [(TUESDAY, "02 09:00", 1, "planned"), (MONDAY, "03 09:00", 1, "planned")]
        assert (result.days, result.work) == (self.SAVED.days, self.SAVED.work)

    def test_a_move_counts_once_and_a_sequence_raised_by_hand_stays(self) -> None:
        moved = edited(self.SAVED, *born("b", 1), first=date(2026, 11, 3), last=date(2026, 11, 5))
        assert [days(follow(edited(moved, *born("b", 1), sequence=each), self.SAVED, LATER)) for each in (0, 1, 5)] == [
            [(*born("b", 1), 3, 5, sequence, "planned")] for sequence in (1, 1, 5)
        ]

    def test_a_change_of_words_is_stamped(self) -> None:
        result = follow(edited(self.SAVED, MONDAY, title="Welcome"), self.SAVED, LATER)
        assert [(each.title, each.sequence, each.last_modified) for each in result.sessions] == [
            ("Welcome", 0, midnight(LATER)),
            ("virtual class", 0, midnight(FIRST)),
        ]

    def test_what_is_missing_is_cancelled_and_so_is_what_is_marked(self) -> None:
        missing = follow(without(self.SAVED, MONDAY), self.SAVED, LATER)
        assert sessions(missing) == [(TUESDAY, "03 09:00", 0, "planned"), (MONDAY, "02 09:00", 1, "cancelled")]
        assert follow(edited(self.SAVED, MONDAY, state="cancelled"), self.SAVED, LATER) == missing
        assert follow(missing, missing, LATER) == missing

    def test_what_is_cancelled_may_be_revived_by_hand(self) -> None:
        cancelled = follow(without(self.SAVED, MONDAY), self.SAVED, LATER)
        revived = follow(edited(cancelled, MONDAY, state="planned"), cancelled, LATER)
        assert sessions(revived) == [(MONDAY, "02 09:00", 2, "planned"), (TUESDAY, "03 09:00", 0, "planned")]

    def test_what_the_previous_calendar_does_not_have_stays_as_it_is(self) -> None:
        added = self.SAVED.sessions[0].model_copy(update={"uid": "mine", "sequence": 4, "state": "published"})
        off = added.model_copy(update={"uid": "off", "state": "cancelled"})
        idle = self.SAVED.work[0].model_copy(update={"uid": "idle", "state": "cancelled"})
        lists = {"sessions": (added, *self.SAVED.sessions, off), "work": (*self.SAVED.work, idle)}
        draft = self.SAVED.model_copy(update=lists | {"births": {"m.virtual-class": 9}})
        result = follow(draft, self.SAVED, LATER)
        assert (result.sessions, result.work) == (draft.sessions, draft.work)
        assert result.births == {"m.virtual-class": 9, "b": 1, "m.distance-work": 2}

    def test_work_moved_to_another_week_leaves_its_event_behind(self) -> None:
        first, second, moved = born("m.distance-work", 1, 2, 3)
        draft = edited(self.SAVED, first, monday=date(2026, 11, 16), state="published")
        result = follow(draft, self.SAVED, LATER)
        assert weeks(result) == [
            (second, 9, 60, 0, "planned"),
            (moved, 16, 120, 0, "planned"),
            (first, 2, 120, 1, "cancelled"),
        ]
        assert result.births["m.distance-work"] == 3

    def test_work_moved_to_another_week_takes_no_identity_of_the_draft(self) -> None:
        first, second, mine, moved = born("m.distance-work", 1, 2, 3, 4)
        draft = edited(self.SAVED, first, monday=date(2026, 11, 16))
        added = self.SAVED.work[0].model_copy(update={"uid": mine, "monday": date(2026, 11, 23)})
        result = follow(draft.model_copy(update={"work": (*draft.work, added)}), self.SAVED, LATER)
        assert [item.uid for item in result.work] == [second, moved, mine, first]

    def test_work_added_by_hand_joins_its_week(self) -> None:
        mine = self.SAVED.work[0].model_copy(update={"uid": "mine", "part": READING, "minutes": 30})
        draft = self.SAVED.model_copy(update={"work": (*self.SAVED.work, mine)})
        result = follow(draft, self.SAVED, FIRST)
        assert [(item.uid, item.sequence, item.last_modified) for item in result.work] == [
            (*born("m.distance-work", 1), 0, midnight(FIRST, seconds=1)),
            (*born("m.distance-work", 2), 0, midnight(FIRST)),
            ("mine", 0, midnight(FIRST, seconds=1)),
        ]


SLOTS = [f"2026-11-{day:02} {hour:02}:00" for day in (2, 3, 5, 10) for hour in (9, 10, 14)]
MONDAYS = ["2026-11-02", "2026-11-09"]


@st.composite
def timetables(draw: st.DrawFn) -> Timetable:
    """Some sessions of two parts, work in two weeks, a seminar and host days."""
    placed = [
        at(slot, draw(st.sampled_from([60, 90])), part, place=draw(st.sampled_from([None, "room"])))
        for part in ("m.virtual-class", EXAM)
        for slot in draw(st.lists(st.sampled_from(SLOTS), unique=True, max_size=4))
    ]
    placed += (
        week_of(monday, draw(st.sampled_from([60, 120])), part)
        for part in ("m.distance-work", READING)
        for monday in draw(st.lists(st.sampled_from(MONDAYS), unique=True))
    )
    placed += (on(f"2026-11-0{day}", f"2026-11-0{day + 2}") for day in draw(st.sets(st.integers(2, 5), max_size=1)))
    placed += (on(f"2026-11-{day}", activity="host") for day in draw(st.sets(st.integers(16, 26), max_size=4)))
    return Timetable(tuple(placed))


def calendars(*timetables_: Timetable) -> list[Calendar]:
    """Freshly made calendars."""
    return [made(*each.placements) for each in timetables_]


def chain(new: Iterable[Calendar], apart: Sequence[int]) -> list[Calendar]:
    """Each calendar with the identities of the one before it, some days apart."""
    first, *rest = new
    found, day = [first], FIRST
    for calendar, gap in zip(rest, apart, strict=True):
        day += timedelta(days=gap)
        found.append(inherit(calendar, found[-1], day))
    return found


GAPS = st.sampled_from([0, 1, 60, 61])
often = settings(derandomize=True, deadline=None, max_examples=40)


@often
@given(timetables(), timetables())
def test_the_timetable_is_the_new_one(before: Timetable, after: Timetable) -> None:
    saved, new = calendars(before, after)
    result = inherit(new, saved, LATER)
    assert timetable_of(result) == after
    assert [(each.part, each.number) for each in live(result.sessions)] == [
        (each.part, each.number) for each in new.sessions
    ]


@often
@given(timetables(), timetables())
def test_sessions_keep_their_identity_at_their_time_and_the_rest_move_least(
    before: Timetable, after: Timetable
) -> None:
    saved, new = calendars(before, after)
    result = inherit(new, saved, LATER)
    for part in ("m.virtual-class", EXAM):
        old = {each.uid: (each.start, each.end) for each in saved.sessions if each.part == part}
        now = {each.uid: (each.start, each.end) for each in live(result.sessions) if each.part == part}
        kept = {*old.values()} & {*now.values()}
        assert [time for uid, time in old.items() if time in kept and now[uid] != time] == []
        moves = [abs(now[uid][0] - old[uid][0]) for uid in old.keys() & now.keys() if old[uid] not in kept]
        left, taken = ([start for start, _ in {*times.values()} - kept] for times in (old, now))
        assert (len(moves), sum(moves, timedelta())) == (min(len(left), len(taken)), least_sum(left, taken))


def least_sum(one: Sequence[datetime], other: Sequence[datetime]) -> timedelta:
    """The least sum of times between as many pairs as possible, by trying all."""
    few, many = sorted((one, other), key=len)
    ways = permutations(many, len(few))
    return min(sum((abs(a - b) for a, b in zip(few, way, strict=True)), timedelta()) for way in ways)


@often
@given(timetables(), timetables(), timetables(), st.tuples(GAPS, GAPS))
def test_along_a_chain_no_identity_is_shared_or_given_twice(
    first: Timetable, second: Timetable, third: Timetable, apart: tuple[int, int]
) -> None:
    found = chain(calendars(first, second, third), apart)
    activities: dict[str, str] = {}
    for before, after in zip([None, *found], found, strict=False):
        uids = [entry.uid for entry in entries(after)]
        assert len(uids) == len(set(uids))
        known = {entry.uid for entry in entries(before)} if before else set()
        fresh = {entry.uid: entry.activity for entry in entries(after) if entry.uid not in known}
        assert fresh.keys() & activities.keys() == set()
        activities |= fresh
        assert after.births == {key: list(activities.values()).count(key) for key in activities.values()}


@often
@given(timetables(), timetables(), timetables(), st.tuples(GAPS, GAPS))
def test_along_a_chain_subscribers_are_told_each_change_and_nothing_else(
    first: Timetable, second: Timetable, third: Timetable, apart: tuple[int, int]
) -> None:
    found = [(told(each), entries(each)) for each in chain(calendars(first, second, third), apart)]
    for (before, _), (after, standing) in pairwise(found):
        single = {entry.uid for entry in standing}
        for uid in before.keys() & after.keys():
            was, now = before[uid], after[uid]
            if was.shown == now.shown:
                assert now == was
            else:
                assert now.changed > was.changed
            moved = any(row.startswith((b"DT", b"LOCATION", b"STATUS")) for row in {*was.shown} ^ {*now.shown})
            assert now.sequence == was.sequence + moved or (uid not in single and now.sequence > was.sequence)
    assert found[0][0].keys() & found[2][0].keys() <= found[1][0].keys()


@often
@given(timetables(), timetables(), GAPS)
def test_to_inherit_again_changes_nothing(before: Timetable, after: Timetable, gap: int) -> None:
    saved, new = calendars(before, after)
    day = FIRST + timedelta(days=gap)
    result = inherit(new, saved, day)
    assert inherit(new, saved, day) == result
    assert inherit(new, result, day) == result
    assert inherit(result, result, day) == result
    assert follow(result, result, day) == result
    assert follow(result, saved, day) == result


DAY = date(2026, 9, 5)
"""The day between the first calendar and the one after it."""


def pins_on(calendar: Calendar, *uids: str, by: str = "Head") -> Calendar:
    """The calendar with pins, in the stead of those that it had."""
    return calendar.model_copy(update={"pins": tuple(Pin(uid=uid, by=by, day=DAY) for uid in uids)})


class TestPins:
    SAVED = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"), on("2026-11-09", "2026-11-11"))
    (SEMINAR,) = born("b", 1)

    def test_they_stay_on_what_lives(self) -> None:
        new = made(at("2026-11-03 09:00"), on("2026-11-10", "2026-11-12"))
        result = inherit(new, pins_on(self.SAVED, TUESDAY, self.SEMINAR, MONDAY, "unknown"), LATER)
        assert result.pins == pins_on(self.SAVED, TUESDAY, self.SEMINAR).pins

    def test_a_draft_has_its_own_beside_those_of_the_previous_calendar(self) -> None:
        draft = pins_on(inherit(self.SAVED, self.SAVED, LATER), MONDAY, self.SEMINAR, by="Deputy")
        result = follow(draft, pins_on(self.SAVED, TUESDAY, MONDAY), LATER)
        assert [(pin.uid, pin.by) for pin in result.pins] == [
            (TUESDAY, "Head"),
            (MONDAY, "Deputy"),
            (self.SEMINAR, "Deputy"),
        ]

    def test_no_feed_shows_them(self) -> None:
        pinned = pins_on(self.SAVED, TUESDAY)
        assert told(inherit(self.SAVED, pinned, LATER)) == told(inherit(self.SAVED, self.SAVED, LATER))


class TestSlotsOnHold:
    SAVED = made(at("2026-11-02 09:00"), at("2026-11-03 09:00"))
    SLOT = SlotToHold(datetime(2026, 11, 12, 14), datetime(2026, 11, 12, 15))
    POLL = held_slots(SAVED, TUESDAY, [SLOT], "poll", DAY)
    (HOLD,) = POLL.holds

    def test_they_stay_while_their_session_lives(self) -> None:
        again = inherit(self.SAVED, self.POLL, LATER)
        assert again.holds == (self.HOLD,)
        assert told(again) == told(self.POLL)
        assert inherit(made(at("2026-11-02 09:00")), self.POLL, LATER).holds == ()

    def test_a_session_that_moves_meanwhile_is_still_to_be_confirmed(self) -> None:
        result = inherit(made(at("2026-11-02 09:00"), at("2026-11-04 09:00")), self.POLL, LATER)
        assert sessions(result) == [(MONDAY, "02 09:00", 0, "planned"), (TUESDAY, "04 09:00", 2, "planned")]
        assert result.holds == (self.HOLD,)
        assert b"STATUS:TENTATIVE" in told(result)[TUESDAY].shown

    def test_one_that_is_called_off_is_not_to_be_confirmed_any_more(self) -> None:
        result = inherit(made(at("2026-11-02 09:00")), self.POLL, LATER)
        assert sessions(result)[1:] == [(TUESDAY, "03 09:00", 2, "cancelled")]
        assert list(told(result)) == [MONDAY, TUESDAY]

    def test_other_words_of_a_slot_are_a_change_and_another_time_zone_moves_it(self) -> None:
        """The session gets another number, or all times another zone."""
        new = made(at("2026-11-03 09:00"))
        earlier = made(at("2026-10-30 09:00"), at("2026-11-02 09:00"), at("2026-11-03 09:00"))
        known = told(self.POLL)[self.HOLD.uid]
        for calendar, grown in (
            (inherit(new, self.POLL, LATER), 0),
            (inherit(earlier, self.POLL, LATER), 0),
            (inherit(self.SAVED.model_copy(update={"time_zone": "Europe/London"}), self.POLL, LATER), 1),
        ):
            now = told(calendar)[self.HOLD.uid]
            assert (now.sequence, now.changed) == (known.sequence + grown, f"{LATER:%Y%m%d}T000000Z")

    def test_what_was_released_meanwhile_does_not_come_back_with_a_draft(self) -> None:
        draft, free = inherit(self.SAVED, self.POLL, LATER), released(self.POLL, "poll", LATER)
        result = follow(draft, free, LATER)
        assert result.holds == ()
        assert told(result) == told(free)

    def test_what_was_put_on_hold_meanwhile_is_not_lost_with_a_draft(self) -> None:
        result = follow(inherit(self.SAVED, self.SAVED, LATER), self.POLL, LATER)
        assert result.holds == (self.HOLD,)
        assert told(result) == told(self.POLL)

    def test_a_draft_may_put_slots_on_hold_itself(self) -> None:
        draft = held_slots(inherit(self.SAVED, self.SAVED, LATER), TUESDAY, [self.SLOT], "poll", LATER)
        result = follow(draft, self.SAVED, LATER)
        assert result.holds == draft.holds
        assert [each.sequence for each in result.sessions] == [0, 1]
        assert told(result)[TUESDAY].changed == f"{LATER:%Y%m%d}T000000Z"
