"""Polls are read back with their offers, and closed together."""

from pathlib import Path

import pytest

from calendars.faults import FaultyInput
from calendars.offer_file import OfferFile
from polling import (
    AFTER,
    ANN,
    BOB,
    CLEO,
    DESIGN,
    EXAM,
    THURSDAY,
    TUESDAY,
    UNTIL,
    offer,
    offered,
    poll,
    session,
    write_offer,
)
from polls.closing import close, excluded_of, read_polls
from polls.deciding import Excluded, Outcome
from polls.poll_file import PolledSession, PollFile, poll_bytes
from polls.votes import Vote

TALK = session("s3", offered(1, TUESDAY), offered(2, THURSDAY), title="Talk")
DESIGN_VOTES = '1,2,3,voter\nyes,no,?,"Trainer, design"\nyes,,,Délégué\n,,,Student 1\n'
EXAM_VOTES = '1,2,voter\nyes,?,"Trainer, design"\nyes,?,Délégué\n,,Student 1\n'


def on_exam(of: str = "../offer", uid: str = "s2") -> PollFile:
    return poll(EXAM.slots, session=PolledSession(uid=uid, title="Exam"), offer=of)


def saved(folder: Path, of: PollFile, votes: str) -> Path:
    """A poll with answers, in a folder."""
    folder.mkdir()
    (folder / "poll.json").write_bytes(poll_bytes(of))
    (folder / "votes.csv").write_text(votes, "utf-8")
    return folder


def two(folder: Path, of: OfferFile) -> list[Path]:
    """Polls on the first two sessions of an offer."""
    write_offer(folder / "offer", of)
    return [saved(folder / "design", poll(), DESIGN_VOTES), saved(folder / "exam", on_exam(), EXAM_VOTES)]


def refused(folder: Path, *folders: Path) -> list[str]:
    with pytest.raises(FaultyInput) as found:
        read_polls(folders)
    return [fault.words("en").replace(f"{folder}/", "") for fault in found.value.faults]


def test_a_poll_is_read_with_its_answers_and_its_offer(tmp_path: Path) -> None:
    of = offer(EXAM, DESIGN)
    design, exam = read_polls(two(tmp_path, of))
    assert (design.folder, design.poll, design.offer, design.place) == (tmp_path / "design", poll(), of, 1)
    assert (exam.offer_folder, exam.place) == (tmp_path / "offer", 0)
    assert design.votes == {
        ANN.key: {1: Vote.YES, 2: Vote.NO, 3: Vote.IF_NEED_BE},
        BOB.key: {1: Vote.YES},
        CLEO.key: {},
    }


def test_polls_are_decided_with_the_moves_that_the_offer_tells(tmp_path: Path) -> None:
    decision = close(read_polls(two(tmp_path, offer(DESIGN, EXAM))), AFTER)
    assert (decision.outcome, decision.numbers) == (Outcome.DECIDED, (1, 1))
    assert [[tally.moved for tally in each.slots] for each in decision.standings] == [[0, 2, 1], [0, 0]]


def test_the_day_of_closing_decides_whether_answers_may_still_come(tmp_path: Path) -> None:
    polls = read_polls(two(tmp_path, offer(DESIGN, EXAM)))
    assert [close(polls, day).outcome for day in (UNTIL, AFTER)] == [Outcome.WAITING, Outcome.DECIDED]


def test_what_fails_together_is_left_out(tmp_path: Path) -> None:
    polls = read_polls(two(tmp_path, offer(DESIGN, EXAM, failing=((1, 1),))))
    assert close(polls, AFTER).numbers == (1, 2)


class TestExcluded:
    def excluded(self, folder: Path, of: OfferFile) -> list[Excluded]:
        return list(excluded_of(read_polls(two(folder, of))))

    def test_nothing_where_nothing_fails(self, tmp_path: Path) -> None:
        assert self.excluded(tmp_path, offer(DESIGN, EXAM)) == []

    def test_the_numbers_stand_in_the_order_of_the_polls(self, tmp_path: Path) -> None:
        # Exam at 2 and Design at 3
        assert self.excluded(tmp_path, offer(EXAM, DESIGN, failing=((2, 3),))) == [
            Excluded((0, 1), frozenset({(3, 2)}))
        ]

    def test_of_a_session_without_a_poll_every_slot_has_to_fail(self, tmp_path: Path) -> None:
        # with Design at 1 and Exam at 1, both slots of the talk fail; with 2 and 1, one of the two
        of = offer(DESIGN, TALK, EXAM, failing=((1, 1, 1), (1, 2, 1), (2, 1, 1), (2, 1, 1)))
        assert self.excluded(tmp_path, of) == [Excluded((0, 1), frozenset({(1, 1)}))]

    def test_polls_of_other_offers_exclude_nothing(self, tmp_path: Path) -> None:
        folders = two(tmp_path, offer(DESIGN, EXAM, failing=((1, 1),)))
        write_offer(tmp_path / "other", offer(EXAM))
        folders[1] = saved(tmp_path / "elsewhere", on_exam("../other"), EXAM_VOTES)
        assert list(excluded_of(read_polls(folders))) == []


def test_every_fault_of_every_poll(tmp_path: Path) -> None:
    write_offer(tmp_path / "offer", offer(DESIGN))
    folders = [
        saved(tmp_path / "lost", poll(offer="../gone"), DESIGN_VOTES.replace("yes,no", "yes,never")),
        saved(tmp_path / "changed", poll(DESIGN.slots[:2]), DESIGN_VOTES.replace("3,", "")),
        saved(tmp_path / "exam", on_exam(), EXAM_VOTES),
        tmp_path / "none",
    ]
    (tmp_path / "changed" / "votes.csv").write_text(EXAM_VOTES, "utf-8")
    changed = "the offer has changed since the poll was opened; open a new poll on it"
    assert refused(tmp_path, *folders) == [
        "lost/votes.csv:2, 2: “never” is no answer: write yes, if need be or no, or leave it empty",
        "gone/offer.json: there is no such file; look at the spelling of its name and folder",
        f"changed/poll.json: {changed}",
        f"exam/poll.json: {changed}",
        "none/poll.json: there is no such file; look at the spelling of its name and folder",
    ]


def test_two_polls_about_the_same_session_are_refused(tmp_path: Path) -> None:
    design, exam = two(tmp_path, offer(DESIGN, EXAM))
    again = saved(tmp_path / "again", poll(), DESIGN_VOTES)
    assert refused(tmp_path, design, exam, again, design) == [
        "again: is about the same session as design; close one of the two",
        "design: is about the same session as design; close one of the two",
    ]
