"""Slots on hold: their identities, and what becomes of the session that is to be confirmed."""

from datetime import UTC, date, datetime

from calendars.calendar_file import Calendar, CertificateRecord, Hold
from calendars.holding import SlotToHold, held_slots, live_holds, released
from calendars.saving import calendar_of, identity
from small import at, classes, module, small, timetable

FIRST_DAY, LATER, LAST = date(2026, 9, 1), date(2026, 9, 10), date(2026, 9, 20)
TUESDAY = SlotToHold(datetime(2026, 11, 10, 14), datetime(2026, 11, 10, 15), ("ann",), "room")
THURSDAY = SlotToHold(datetime(2026, 11, 12, 9), datetime(2026, 11, 12, 10))


def year() -> Calendar:
    programme = small(modules={"m": module(classes(2))})
    placed = timetable(at("2026-11-03 09:00"), at("2026-11-10 09:00"))
    return calendar_of(programme, placed, CertificateRecord(levels=(), reproducible=True), FIRST_DAY, 0)


YEAR = year()
ONE, OTHER = YEAR.sessions


def stamp(day: date, seconds: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, second=seconds, tzinfo=UTC)


def held(*slots: SlotToHold, of: Calendar = YEAR, session: str = ONE.uid, offer: str = "poll") -> Calendar:
    return held_slots(of, session, slots, offer, LATER)


def test_slots_are_on_hold_and_the_session_is_changed_once() -> None:
    calendar = held(TUESDAY, THURSDAY)
    first, second = calendar.holds
    plain = {"sequence": 0, "last_modified": stamp(LATER), "session": ONE.uid, "offer": "poll"}
    assert first == Hold(uid=first.uid, **plain, **TUESDAY._asdict())
    assert second == Hold(uid=second.uid, **plain, **THURSDAY._asdict())
    changed = ONE.model_copy(update={"sequence": 1, "last_modified": stamp(LATER)})
    assert calendar == YEAR.model_copy(update={"sessions": (changed, OTHER), "holds": (first, second)})


def test_each_slot_of_each_session_and_offer_has_an_identity_for_good() -> None:
    uids = [
        held(slot, session=session, offer=offer).holds[0].uid
        for slot in (TUESDAY, TUESDAY._replace(place=None), TUESDAY._replace(trainers=()), THURSDAY)
        for session in (ONE.uid, OTHER.uid)
        for offer in ("poll", "other")
    ]
    assert len(set(uids)) == 16
    named = f"{ONE.uid}/poll/2026-11-12 09:00:00/2026-11-12 10:00:00/()/None"
    assert uids[12] == identity("small", date(2026, 11, 2), named, 1)


def test_what_is_on_hold_already_stays_as_it_is() -> None:
    calendar = held(TUESDAY)
    assert held_slots(calendar, ONE.uid, [TUESDAY, TUESDAY], "poll", LAST) == calendar
    more = held_slots(calendar, ONE.uid, [THURSDAY, THURSDAY, TUESDAY], "poll", LAST)
    assert more.sessions == calendar.sessions
    assert [(hold.start.day, hold.last_modified) for hold in more.holds] == [(10, stamp(LATER)), (12, stamp(LAST))]


def test_no_slot_changes_nothing() -> None:
    assert held() == YEAR
    assert released(YEAR, "poll", LATER) == YEAR


def test_a_released_session_is_changed_again() -> None:
    calendar = released(held(TUESDAY, THURSDAY), "poll", LAST)
    confirmed = ONE.model_copy(update={"sequence": 2, "last_modified": stamp(LAST)})
    assert calendar == YEAR.model_copy(update={"sessions": (confirmed, OTHER)})


def test_on_the_day_of_the_last_change_a_second_passes() -> None:
    calendar = released(held(TUESDAY), "poll", LATER)
    assert [session.last_modified for session in calendar.sessions] == [stamp(LATER, seconds=1), stamp(FIRST_DAY)]


def test_what_another_offer_holds_stays_on_hold() -> None:
    both = held(THURSDAY, of=held(TUESDAY, of=held(TUESDAY), offer="other"), session=OTHER.uid)
    calendar = released(both, "poll", LAST)
    assert calendar.holds == both.holds[1:2]
    assert [session.sequence for session in both.sessions] == [1, 1]
    assert [session.sequence for session in calendar.sessions] == [1, 2]


def test_those_of_a_cancelled_or_unknown_session_do_not_count() -> None:
    calendar = held(THURSDAY, of=held(TUESDAY), session=OTHER.uid)
    one, other = calendar.sessions
    cancelled = calendar.model_copy(update={"sessions": (one.model_copy(update={"state": "cancelled"}), other)})
    assert live_holds(calendar) == ((calendar.holds[0], one), (calendar.holds[1], other))
    assert live_holds(cancelled) == ((calendar.holds[1], other),)
    assert live_holds(calendar.model_copy(update={"sessions": (one,)})) == ((calendar.holds[0], one),)


def test_a_slot_shows_its_session_there() -> None:
    (hold,) = held(TUESDAY).holds
    assert hold.as_session(ONE) == ONE.model_copy(
        update={"uid": hold.uid, "last_modified": stamp(LATER), **TUESDAY._asdict()}
    )
