"""What the answers of polls decide: the standing of each slot, and the slot of every poll that wins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from itertools import product
from typing import NamedTuple

from calendars.clock import minute_of
from polls.poll_file import PolledSlot, PollFile, Voter
from polls.votes import Vote, Votes


class Outcome(Enum):
    """How a poll, or several together, end."""

    DECIDED = "decided"
    WAITING = "waiting"
    NO_QUORUM = "no quorum"
    IMPOSSIBLE = "impossible"


class Score(NamedTuple):
    """What decides between slots, or sums of it between combinations: the less of the first that differs wins.

    Available voters (yes or if need be) and those who say yes are counted below zero; `moved` is how many other
    sessions have to move, `start` a minute.
    """

    available: int
    yes: int
    moved: int
    start: int


@dataclass(frozen=True)
class Tally:
    """The answers to a slot: voters who say yes, if need be, no, and those who say nothing to it.

    `refused_by` are the required voters who say no; `gone` where the slot is past.
    """

    slot: PolledSlot
    moved: int
    yes: int
    if_need_be: int
    no: int
    unanswered: int
    refused_by: tuple[Voter, ...] = ()
    gone: bool = False

    @property
    def can_win(self) -> bool:
        """Whether no required voter refuses it, and it is not past."""
        return not self.refused_by and not self.gone

    @property
    def score(self) -> Score:
        """What it has for itself."""
        return Score(-self.yes - self.if_need_be, -self.yes, self.moved, minute_of(self.slot.start))


@dataclass(frozen=True)
class Standing:
    """How a poll stands: its slots in their order, the voters who have not answered, whether it may be closed."""

    poll: PollFile
    slots: tuple[Tally, ...]
    missing: tuple[Voter, ...]
    over: bool

    @property
    def answered(self) -> int:
        """How many voters said something to some slot."""
        return len(self.poll.voters) - len(self.missing)

    @property
    def has_quorum(self) -> bool:
        """Whether as many answered as have to."""
        return self.answered >= self.poll.quorum


class Excluded(NamedTuple):
    """Polls on sessions of one offer, by their places, and the slots that no lawful calendar has together."""

    polls: tuple[int, ...]
    numbers: frozenset[tuple[int, ...]]


class Tie(NamedTuple):
    """Slots with as many votes as those proposed for the same polls, which cost more moves or come later."""

    polls: tuple[int, ...]
    numbers: tuple[int, ...]


@dataclass(frozen=True)
class Decision:
    """What polls decide together: the number of the slot for each of them where the outcome is DECIDED, else none."""

    outcome: Outcome
    standings: tuple[Standing, ...]
    numbers: tuple[int, ...] = ()
    ties: tuple[Tie, ...] = ()


def standing_of(poll: PollFile, votes: Votes, moved: Mapping[int, int], today: date) -> Standing:
    """The standing of a poll on the day `today`.

    Args:
        poll: the poll.
        votes: the answers of all its voters.
        moved: for each slot by number how many other sessions have to move.
        today: a slot before this day is past. A poll whose last day to answer is past may be closed, and one to which
            everybody has answered.
    """
    missing = tuple(voter for voter in poll.voters if not votes[voter.key])
    slots = tuple(_tally(poll, slot, votes, moved[slot.number], today) for slot in poll.slots)
    return Standing(poll, slots, missing, over=not missing or poll.until < today)


def decide(standings: Sequence[Standing], excluded: Sequence[Excluded] = ()) -> Decision:
    """The best combination of slots by the sums over the polls, the smallest numbers among equals.

    Polls between which nothing is excluded are decided each by itself, which has the same sums.

    Args:
        standings: of each poll.
        excluded: what may not stand together; no poll is in two of them.
    """
    every = tuple(standings)
    if not all(standing.over for standing in every):
        return Decision(Outcome.WAITING, every)
    if not all(standing.has_quorum for standing in every):
        return Decision(Outcome.NO_QUORUM, every)
    bound = {place for each in excluded for place in each.polls}
    alone = (Excluded((place,), frozenset()) for place in range(len(every)) if place not in bound)
    numbers, ties = dict[int, int](), list[Tie]()
    for group in sorted([*excluded, *alone]):
        ranked = sorted(_combinations(every, group))
        if not ranked:
            return Decision(Outcome.IMPOSSIBLE, every)
        best, chosen = ranked[0]
        numbers |= zip(group.polls, chosen, strict=True)
        ties += (Tie(group.polls, other) for score, other in ranked[1:] if score[:2] == best[:2])
    return Decision(Outcome.DECIDED, every, tuple(numbers[place] for place in range(len(every))), tuple(ties))


def _combinations(every: Sequence[Standing], group: Excluded) -> Iterator[tuple[Score, tuple[int, ...]]]:
    """Each combination of slots that can win in some polls, with its score."""
    slots = ([slot for slot in every[place].slots if slot.can_win] for place in group.polls)
    for combination in product(*slots):
        numbers = tuple(tally.slot.number for tally in combination)
        if numbers not in group.numbers:
            yield Score(*map(sum, zip(*(tally.score for tally in combination), strict=True))), numbers


def _tally(poll: PollFile, slot: PolledSlot, votes: Votes, moved: int, today: date) -> Tally:
    said = [(voter, votes[voter.key].get(slot.number)) for voter in poll.voters]
    answers = [vote for _, vote in said]
    return Tally(
        slot,
        moved,
        yes=answers.count(Vote.YES),
        if_need_be=answers.count(Vote.IF_NEED_BE),
        no=answers.count(Vote.NO),
        unanswered=answers.count(None),
        refused_by=tuple(voter for voter, vote in said if voter.required and vote is Vote.NO),
        gone=slot.start.date() < today,
    )
