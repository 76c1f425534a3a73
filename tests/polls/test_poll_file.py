"""The saved poll: its shape on disk, and that it tells nothing of an answer."""

import json
from pathlib import Path

import pytest

from calendars.faults import FaultyInput
from polling import ANN, DESIGN, offer, poll, write_offer
from polls.poll_file import path_between, poll_bytes
from polls.saved import read_offer, read_poll


def refused(folder: Path, text: str) -> list[str]:
    (folder / "poll.json").write_text(text, "utf-8")
    with pytest.raises(FaultyInput) as found:
        read_poll(folder)
    return [fault.words("en").removeprefix(f"{folder}/") for fault in found.value.faults]


def test_a_poll_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    (tmp_path / "poll.json").write_bytes(poll_bytes(poll()))
    assert read_poll(tmp_path) == poll()


def test_the_shape_of_a_saved_poll() -> None:
    assert json.loads(poll_bytes(poll(DESIGN.slots[:1], [ANN], quorum=1))) == {
        "format": "semainier-poll/1",
        "offer": "../offer",
        "programme": "small",
        "language": "en",
        "time_zone": "Europe/Paris",
        "session": {"uid": "s1", "title": "Design"},
        "slots": [{"number": 1, "start": "2026-11-10T14:00:00", "end": "2026-11-10T15:00:00"}],
        "voters": [{"key": "trainer, design", "title": "Trainer, design", "required": True}],
        "until": "2026-10-16",
        "quorum": 1,
        "opened": "2026-10-05",
    }


def test_a_saved_poll_is_written_for_people_too() -> None:
    lines = poll_bytes(poll()).decode().split("\n")
    assert (lines[0], lines[1], lines[-2:]) == ("{", ' "format": "semainier-poll/1",', ["}", ""])


def test_an_offer_is_read_from_its_folder(tmp_path: Path) -> None:
    assert read_offer(write_offer(tmp_path / "offer", offer(DESIGN))) == offer(DESIGN)


def test_a_slot_in_the_words_of_its_column() -> None:
    slot = poll().slots[0]
    assert (slot.heading("en"), slot.heading("fr")) == ("1: Tue 10 Nov 2026 14:00", "1: mar. 10 nov. 2026 14 h")


def test_the_path_of_the_offer_is_seen_from_the_poll(tmp_path: Path) -> None:
    assert path_between(tmp_path / "polls" / "design", tmp_path / "offer") == "../../offer"
    assert path_between(tmp_path, tmp_path / "offer") == "offer"


def test_what_is_no_poll_is_refused_with_the_cure(tmp_path: Path) -> None:
    cure = "give the folder that poll open wrote (semainier-poll/1)"
    whole = json.loads(poll_bytes(poll()))
    assert refused(tmp_path, "") == [f"poll.json: is not whole: it breaks off or is damaged; {cure}"]
    assert refused(tmp_path, "[]") == [f"poll.json: is something else; {cure}"]
    assert refused(tmp_path, json.dumps(whole | {"format": "semainier-poll/2"})) == [
        f"poll.json: is something else; {cure}"
    ]
    assert refused(tmp_path, json.dumps(whole | {"quorum": 0, "until": "soon", "votes": []})) == [
        "poll.json, until: until cannot stand here as it does; undo the edit",
        "poll.json, quorum: quorum cannot stand here as it does; undo the edit",
        "poll.json, votes: votes cannot stand here as it does; undo the edit",
    ]


def test_a_folder_without_a_poll_or_an_offer_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for read, folder, why in (
        (
            read_poll,
            tmp_path,
            f"{tmp_path}/poll.json: there is no such file; look at the spelling of its name and folder",
        ),
        (
            read_offer,
            tmp_path,
            f"{tmp_path}/offer.json: there is no such file; look at the spelling of its name and folder",
        ),
        (
            read_offer,
            tmp_path / "file",
            f"{tmp_path}/file: this is no folder; give the folder that offer wrote (semainier-offer/1)",
        ),
    ):
        with pytest.raises(FaultyInput) as found:
            read(folder)
        assert [fault.words("en") for fault in found.value.faults] == [why]
