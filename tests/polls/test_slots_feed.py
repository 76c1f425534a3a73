"""The feed of the slots: tentative, with identities of its own, sound for every reader."""

from datetime import date
from typing import Any

import icalendar
import pytest

from calendars.faults import FaultyInput
from calendars.feed_lint import faults_of_feed
from polling import DESIGN, THURSDAY, TUESDAY, offered, poll
from polls.poll_file import PolledSession
from polls.slots_feed import slots_feed


def events_of(data: bytes) -> list[Any]:
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


def told(data: bytes) -> list[tuple[str, ...]]:
    """Of each event status, start, end, summary and description, as an iCalendar library reads them."""
    return [
        (
            str(event["STATUS"]),
            event["DTSTART"].dt.isoformat(),
            event["DTEND"].dt.isoformat(),
            str(event["SUMMARY"]),
            str(event["DESCRIPTION"]).replace("\u00a0", " "),
        )
        for event in events_of(data)
    ]


def uids(data: bytes) -> list[str]:
    return [str(event["UID"]) for event in events_of(data)]


def test_each_slot_is_a_tentative_event() -> None:
    data = slots_feed(poll([offered(1, THURSDAY), offered(2, TUESDAY)]))
    assert faults_of_feed(data) == []
    assert told(data) == [
        (
            "TENTATIVE",
            "2026-11-10T14:00:00+01:00",
            "2026-11-10T15:00:00+01:00",
            "[To be confirmed] Design",
            "Slot 2 of a poll.\nAnswer by Friday 16 October 2026.",
        ),
        (
            "TENTATIVE",
            "2026-11-12T09:00:00+01:00",
            "2026-11-12T10:00:00+01:00",
            "[To be confirmed] Design",
            "Slot 1 of a poll.\nAnswer by Friday 16 October 2026.",
        ),
    ]


def test_in_french() -> None:
    [event] = told(slots_feed(poll(DESIGN.slots[:1], language="fr")))
    assert event[3:] == (
        "[À confirmer] Design",
        "Créneau 1 d’un sondage.\nRépondez avant la fin du vendredi 16 octobre 2026.",
    )


def test_the_identity_is_that_of_a_slot_of_a_session() -> None:
    first = uids(slots_feed(poll()))
    assert len({*first, "s1"}) == 4
    assert uids(slots_feed(poll(until=date(2026, 10, 20), opened=date(2026, 10, 6)))) == first
    others = uids(slots_feed(poll(session=PolledSession(uid="s2", title="Design"))))
    assert set(first) & set(others) == set()


def test_the_stamps_are_those_of_the_day_it_was_opened() -> None:
    lines = slots_feed(poll(DESIGN.slots[:1])).decode().split("\r\n")
    assert [line for line in lines if line.startswith(("DTSTAMP", "LAST-MOD", "SEQ"))] == [
        "DTSTAMP:20261005T000000Z",
        "LAST-MODIFIED:20261005T000000Z",
        "SEQUENCE:0",
    ]


def test_a_title_that_calendar_programs_would_stumble_over_is_refused() -> None:
    with pytest.raises(FaultyInput) as found:
        slots_feed(poll(DESIGN.slots[:1], session=PolledSession(uid="s1", title="De\x07sign")))
    assert [fault.words("en").partition(" has ")[2] for fault in found.value.faults] == [
        "the control character U+0007; take it out",
        "the control character U+0007; take it out",
        "the control character U+0007; take it out",
    ]
