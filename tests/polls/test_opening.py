"""A poll is opened on a session of an offer, or refused with every fault at once."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from calendars.calendar_file import CertificateRecord
from calendars.faults import FaultyInput
from calendars.offer_file import FileRecord, OfferFile
from calendars.saving import calendar_bytes, calendar_of
from polling import (
    ANN,
    BOB,
    CLEO,
    DESIGN,
    OPENED,
    THURSDAY,
    UNTIL,
    offer,
    offered,
    poll,
    session,
    voter,
    write_offer,
    write_voters,
)
from polls.opening import Opening, open_poll, poll_files, usual_quorum
from polls.poll_file import PolledSession, PollFile
from small import at, classes, module, small, timetable

VOTERS = 'voter,required\n"Trainer, design",yes\nDélégué,\nStudent 1,\n'


def asked(folder: Path, of: OfferFile, voters: str = VOTERS, until: date = UNTIL, **keys: Any) -> Opening:
    """An offer and a table of voters in a folder, and a poll to be opened beside them."""
    write_offer(folder / "offer", of)
    return Opening(folder / "offer", write_voters(folder, voters), until, folder / "poll", **keys)


def opened(folder: Path, of: OfferFile, today: date = OPENED, **keys: Any) -> PollFile:
    return open_poll(asked(folder, of, **keys), today)


def refused(folder: Path, of: OfferFile, today: date = OPENED, **keys: Any) -> list[str]:
    with pytest.raises(FaultyInput) as found:
        opened(folder, of, today, **keys)
    return [fault.words("en").replace(f"{folder}/", "") for fault in found.value.faults]


def test_a_poll_on_the_only_session_of_an_offer(tmp_path: Path) -> None:
    assert opened(tmp_path, offer(DESIGN)) == poll()


def test_its_files_bear_no_answer(tmp_path: Path) -> None:
    files = poll_files(opened(tmp_path, offer(DESIGN)))
    assert sorted(files) == ["poll.json", "slots.ics", "votes.csv"]
    assert files == poll_files(poll())


class TestQuorum:
    def test_half_of_the_voters_rounded_up_and_all_who_are_required(self) -> None:
        free, required = [voter(f"v{n}") for n in range(5)], [voter(f"r{n}", required=True) for n in range(3)]
        assert [usual_quorum(free[:count]) for count in range(1, 6)] == [1, 1, 2, 2, 3]
        assert [usual_quorum([*required, *free[:count]]) for count in range(5)] == [3, 3, 3, 3, 4]

    def test_a_number_of_its_own_up_to_all_voters(self, tmp_path: Path) -> None:
        assert opened(tmp_path, offer(DESIGN), quorum=3) == poll(quorum=3)
        assert opened(tmp_path, offer(DESIGN), quorum=1) == poll(quorum=1)
        assert refused(tmp_path, offer(DESIGN), quorum=4) == ["--quorum 4 is more than all voters; choose 3 or fewer"]


class TestDeadline:
    def test_from_today_to_the_eve_of_the_first_slot(self, tmp_path: Path) -> None:
        for until in (OPENED, date(2026, 11, 9)):
            assert opened(tmp_path, offer(DESIGN), until=until) == poll(until=until)

    def test_the_day_before_today_is_past(self, tmp_path: Path) -> None:
        assert refused(tmp_path, offer(DESIGN), until=date(2026, 10, 4)) == [
            "--until Sunday 4 October 2026 is past; choose Monday 5 October 2026 or a later day"
        ]

    def test_the_day_of_the_first_slot_is_too_late(self, tmp_path: Path) -> None:
        assert refused(tmp_path, offer(DESIGN), until=date(2026, 11, 10)) == [
            "--until Tuesday 10 November 2026 is too late: the first slot is on Tuesday 10 November 2026; choose "
            "Monday 9 November 2026 or a day before"
        ]

    def test_on_its_eve_today_is_left(self, tmp_path: Path) -> None:
        eve, first = date(2026, 11, 9), date(2026, 11, 10)
        assert opened(tmp_path, offer(DESIGN), eve, until=eve) == poll(until=eve, opened=eve)
        assert refused(tmp_path, offer(DESIGN), eve, until=first) == [
            "--until Tuesday 10 November 2026 is too late: the first slot is on Tuesday 10 November 2026; choose "
            "Monday 9 November 2026 or a day before"
        ]

    def test_on_the_day_of_the_first_slot_no_day_is_left(self, tmp_path: Path) -> None:
        first = date(2026, 11, 10)
        assert refused(tmp_path, offer(DESIGN), first, until=first) == [
            "--until Tuesday 10 November 2026 is too late: the first slot is on Tuesday 10 November 2026; make an "
            "offer of later slots"
        ]


class TestSession:
    EXAM = session("s2", offered(1, THURSDAY), title="Exam", part="m.exam")
    AGAIN = session("s3", title="Exam", part="m.exam")

    def polled(self, folder: Path, of: OfferFile, name: str | None) -> PolledSession:
        return opened(folder, of, session=name).session

    def test_by_its_uid_or_its_part(self, tmp_path: Path) -> None:
        of = offer(DESIGN, self.EXAM)
        exam = PolledSession(uid="s2", title="Exam")
        assert [self.polled(tmp_path, of, name) for name in ("s2", "m.exam", "s1")] == [
            exam,
            exam,
            PolledSession(uid="s1", title="Design"),
        ]

    def test_by_its_number_in_the_calendar_of_the_offer(self, tmp_path: Path) -> None:
        programme = small(modules={"m": module(classes(2))})
        placed = timetable(at("2026-11-02 09:00"), at("2026-11-03 09:00"))
        calendar = calendar_of(programme, placed, CertificateRecord(levels=(), reproducible=True), OPENED, seed=0)
        (tmp_path / "small.toml").touch()
        (tmp_path / "calendar.json").write_bytes(calendar_bytes(calendar))
        first, second = (session(each.uid, offered(1, THURSDAY), title=str(each.number)) for each in calendar.sessions)
        files = (FileRecord(path="../small.toml", digest="0"), FileRecord(path="../calendar.json", digest="1"))
        of = offer(second, first, files=files)
        assert self.polled(tmp_path, of, "m.virtual-class#1") == PolledSession(uid=first.uid, title="1")
        assert self.polled(tmp_path, of, "m.virtual-class#2") == PolledSession(uid=second.uid, title="2")
        for name in (None, "m.virtual-class"):
            assert refused(tmp_path, of, session=name) == [
                "a poll is about one session: name it with --session, as m.virtual-class#2 and m.virtual-class#1"
            ]
        assert refused(tmp_path, of, session="m.virtual-clas#2") == [
            "the offer has no session m.virtual-clas#2; did you mean m.virtual-class#2?"
        ]

    def test_several_and_a_calendar_that_is_gone(self, tmp_path: Path) -> None:
        gone = offer(DESIGN, self.EXAM, files=(FileRecord(path="../calendar.json", digest="1"),))
        assert refused(tmp_path, gone, session="m.virtual-class#1") == [
            "the offer has no session m.virtual-class#1; choose from s1 and s2"
        ]

    def test_several_and_no_calendar(self, tmp_path: Path) -> None:
        assert refused(tmp_path, offer(DESIGN, self.EXAM), session=None) == [
            "a poll is about one session: name it with --session, as s1 and s2"
        ]

    def test_one_without_a_slot(self, tmp_path: Path) -> None:
        assert refused(tmp_path, offer(DESIGN, self.AGAIN), session="s3") == [
            "s3 has no slot in the offer to vote on; make another offer"
        ]


def test_every_fault_is_told_at_once_and_no_poll_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "poll").mkdir()
    for name in ("poll.json", "votes.csv"):
        (tmp_path / "poll" / name).write_text("as it was", "utf-8")
    faults = refused(
        tmp_path, offer(DESIGN), voters="voter,required\nA,\na,\n", until=date(2026, 10, 4), session="s2", quorum=9
    )
    assert faults == [
        "poll/poll.json: a poll is open here already; name another folder with -o",
        "poll/votes.csv: a poll is open here already; name another folder with -o",
        "the offer has no session s2; choose from s1",
        "voters.csv:3: a stands on line 2 too; keep one of the two rows",
        "--until Sunday 4 October 2026 is past; choose Monday 5 October 2026 or a later day",
    ]


def test_the_voters_are_those_of_the_table(tmp_path: Path) -> None:
    assert opened(tmp_path, offer(DESIGN)).voters == (ANN, BOB, CLEO)
