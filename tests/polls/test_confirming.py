"""The slot that a poll asks of its offer."""

from pathlib import Path

import pytest

from calendars.faults import FaultyInput
from polling import poll
from polls.confirming import Chosen, choice, chosen


def test_the_slot_of_a_number(tmp_path: Path) -> None:
    assert chosen(poll(), 2) == poll().slots[1]
    assert choice(tmp_path / "poll", poll(), 2) == Chosen(tmp_path / "offer", "s1", poll().slots[1])


def test_a_number_that_the_poll_does_not_have() -> None:
    with pytest.raises(FaultyInput) as found:
        chosen(poll(), 4)
    assert [fault.words("en") for fault in found.value.faults] == ["the poll has no slot 4; choose from 1, 2 and 3"]
