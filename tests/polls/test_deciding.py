"""Who wins: by hand on small polls, and by the score of every combination on drawn ones."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from calendars.clock import minute_of
from polling import AFTER, ANN, BOB, CLEO, OPENED, THURSDAY, TUESDAY, UNTIL, WEDNESDAY, moment, offered, poll, voter
from polls.deciding import Decision, Excluded, Outcome, Standing, Tally, Tie, decide, standing_of
from polls.poll_file import PollFile
from polls.votes import Vote

YES, IF_NEED_BE, NO = Vote
MOVED = {1: 0, 2: 2, 3: 1}
THREE = poll()
"""Tuesday, Wednesday and Thursday; Ann is required, Bob and Cleo are not."""


def answers(**said: str) -> dict[str, dict[int, Vote]]:
    """What Ann, Bob and Cleo say to the slots from 1 on: y, ?, n, or - for nothing."""
    words = {"y": YES, "?": IF_NEED_BE, "n": NO}
    return {
        who.key: {number: words[each] for number, each in enumerate(said.get(name, ""), 1) if each in words}
        for name, who in (("ann", ANN), ("bob", BOB), ("cleo", CLEO))
    }


def standing(today: date = AFTER, of: PollFile = THREE, moved: Mapping[int, int] = MOVED, **said: str) -> Standing:
    return standing_of(of, answers(**said), moved, today)


def won(*standings: Standing, excluded: tuple[Excluded, ...] = ()) -> tuple[Outcome, tuple[int, ...], tuple[Tie, ...]]:
    decision = decide(standings, excluded)
    assert decision.standings == standings
    return decision.outcome, decision.numbers, decision.ties


class TestStanding:
    def test_every_answer_is_counted(self) -> None:
        tuesday, wednesday, thursday = THREE.slots
        assert standing(ann="yn-", bob="?y", cleo="n?-") == Standing(
            THREE,
            (
                Tally(tuesday, 0, yes=1, if_need_be=1, no=1, unanswered=0),
                Tally(wednesday, 2, yes=1, if_need_be=1, no=1, unanswered=0, refused_by=(ANN,)),
                Tally(thursday, 1, yes=0, if_need_be=0, no=0, unanswered=3),
            ),
            missing=(),
            over=True,
        )

    def test_whoever_says_nothing_to_any_slot_is_missing(self) -> None:
        found = standing(bob="--n")
        assert (found.missing, found.answered) == ((ANN, CLEO), 1)
        assert [tally.can_win for tally in found.slots] == [True, True, True]

    def test_it_is_over_after_the_last_day_or_once_all_have_answered(self) -> None:
        assert standing(UNTIL, ann="y", bob="y").over is False
        assert standing(AFTER, ann="y", bob="y").over is True
        assert standing(OPENED, ann="y", bob="y", cleo="--n").over is True

    def test_a_slot_is_past_from_the_day_after(self) -> None:
        assert [tally.gone for tally in standing(date(2026, 11, 11)).slots] == [True, False, False]
        assert [tally.gone for tally in standing(date(2026, 11, 12)).slots] == [True, True, False]

    def test_the_quorum_is_reached_exactly(self) -> None:
        assert [standing(ann="y" * ann, bob="n" * bob).has_quorum for ann, bob in ((1, 1), (1, 0), (0, 0))] == [
            True,
            False,
            False,
        ]


class TestOnePoll:
    def test_most_who_can_come_win_before_most_who_say_yes(self) -> None:
        # slot 1: two can, two say yes; slot 2: three can, none says yes
        assert won(standing(ann="y?n", bob="y?n", cleo="n?n")) == (Outcome.DECIDED, (2,), ())

    def test_most_who_say_yes_win_before_fewest_moves(self) -> None:
        assert won(standing(ann="?yn", bob="y?n", cleo="nyn")) == (Outcome.DECIDED, (2,), ())
        assert won(standing(ann="??n", bob="?yn", cleo="nnn")) == (Outcome.DECIDED, (2,), ())

    def test_of_equal_votes_fewest_moves_win_and_the_tie_is_told(self) -> None:
        assert won(standing(ann="nyy", bob="yyy", cleo="y")) == (Outcome.DECIDED, (3,), (Tie((0,), (2,)),))

    def test_of_equal_votes_and_moves_the_earliest_wins(self) -> None:
        late_first = poll([offered(1, THURSDAY), offered(2, TUESDAY), offered(3, WEDNESDAY)])
        found = standing(of=late_first, moved={1: 0, 2: 0, 3: 0}, ann="yyy", bob="yyy")
        assert won(found) == (Outcome.DECIDED, (2,), (Tie((0,), (3,)), Tie((0,), (1,))))

    def test_of_two_slots_alike_the_first_number_wins(self) -> None:
        alike = poll([offered(2, TUESDAY), offered(1, TUESDAY)])
        found = standing(of=alike, moved={1: 0, 2: 0}, ann="yy", bob="yy")
        assert won(found) == (Outcome.DECIDED, (1,), (Tie((0,), (2,)),))

    def test_a_required_voter_refuses_and_another_does_not(self) -> None:
        assert won(standing(ann="nyn", bob="yny", cleo="yny")) == (Outcome.DECIDED, (2,), ())

    def test_a_required_voter_who_has_not_answered_refuses_nothing(self) -> None:
        assert won(standing(bob="yn", cleo="y?")) == (Outcome.DECIDED, (1,), ())

    def test_nothing_wins_against_a_required_voter(self) -> None:
        assert won(standing(ann="nnn", bob="yyy", cleo="yyy")) == (Outcome.IMPOSSIBLE, (), ())

    def test_a_slot_that_is_past_does_not_win(self) -> None:
        assert won(standing(date(2026, 11, 11), ann="y??", bob="y?")) == (Outcome.DECIDED, (2,), ())
        assert won(standing(date(2026, 11, 13), ann="yyy", bob="yyy")) == (Outcome.IMPOSSIBLE, (), ())

    def test_too_few_answers_decide_nothing(self) -> None:
        assert won(standing(ann="y")) == (Outcome.NO_QUORUM, (), ())
        assert won(standing(ann="y", bob="--n")) == (Outcome.DECIDED, (1,), ())

    def test_before_the_deadline_nothing_is_decided(self) -> None:
        assert won(standing(UNTIL, ann="y", bob="y")) == (Outcome.WAITING, (), ())
        assert won(standing(UNTIL, ann="y", bob="y", cleo="n")) == (Outcome.DECIDED, (1,), ())


class TestSeveralPolls:
    FIRST = standing(ann="yy?", bob="yyy", cleo="n")
    SECOND = standing(ann="y??", bob="y??", cleo="nnn")

    def test_polls_of_different_offers_are_decided_each_by_itself(self) -> None:
        assert won(self.FIRST, self.SECOND) == (Outcome.DECIDED, (1, 1), (Tie((0,), (2,)),))

    def test_a_combination_that_no_calendar_has_is_left_out(self) -> None:
        # 2 and 1 have the same votes as 1 and 1
        excluded = (Excluded((0, 1), frozenset({(1, 1)})),)
        assert won(self.FIRST, self.SECOND, excluded=excluded) == (Outcome.DECIDED, (2, 1), ())

    def test_the_places_of_an_offer_need_not_follow_each_other(self) -> None:
        between = standing(ann="ny", bob="ny", cleo="nn")
        excluded = (Excluded((0, 2), frozenset({(1, 1), (2, 1)})),)
        # of the others 3 and 1 have most who say yes: one and two
        assert won(self.FIRST, between, self.SECOND, excluded=excluded) == (Outcome.DECIDED, (3, 2, 1), ())

    def test_where_every_combination_fails_none_wins(self) -> None:
        every = frozenset(product((1, 2, 3), (1, 2, 3)))
        excluded = (Excluded((0, 1), every),)
        assert won(self.FIRST, self.SECOND, excluded=excluded) == (Outcome.IMPOSSIBLE, (), ())

    def test_one_poll_without_an_outcome_holds_all_of_them(self) -> None:
        early, few = replace(self.FIRST, over=False), standing(ann="y")
        refused = standing(ann="nnn", bob="yyy")
        assert decide((early, few, refused)) == Decision(Outcome.WAITING, (early, few, refused))
        assert decide((self.FIRST, few, refused)) == Decision(Outcome.NO_QUORUM, (self.FIRST, few, refused))
        assert decide((self.FIRST, refused)) == Decision(Outcome.IMPOSSIBLE, (self.FIRST, refused))


VOTERS = (voter("a", required=True), voter("b", required=True), voter("c"))


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    """A poll of one to three slots, in no order of time, with the answers of three voters."""
    slots = draw(st.lists(st.integers(0, 3), min_size=1, max_size=3))
    of = poll(
        [offered(n, str(moment(TUESDAY) + timedelta(days=day))) for n, day in enumerate(slots, 1)], VOTERS, quorum=1
    )
    numbers = [slot.number for slot in of.slots]
    said = st.fixed_dictionaries({number: st.sampled_from([YES, YES, IF_NEED_BE, NO]) for number in numbers})
    votes = draw(st.fixed_dictionaries({each.key: said for each in VOTERS}))
    moved = draw(st.fixed_dictionaries({number: st.integers(0, 1) for number in numbers}))
    return standing_of(of, votes, moved, draw(st.sampled_from([AFTER, date(2026, 11, 11)])))


def score(every: tuple[Standing, ...], numbers: tuple[int, ...]) -> tuple[int, int, int, int, tuple[int, ...]]:
    """The sums over the polls that the rules of polls name, in their order, less being better."""
    chosen = [
        next(tally for tally in each.slots if tally.slot.number == n) for each, n in zip(every, numbers, strict=True)
    ]
    return (
        -sum(tally.yes + tally.if_need_be for tally in chosen),
        -sum(tally.yes for tally in chosen),
        sum(tally.moved for tally in chosen),
        sum(minute_of(tally.slot.start) for tally in chosen),
        numbers,
    )


@given(st.data())
def test_the_winner_has_the_best_score_of_all_combinations(data: st.DataObject) -> None:
    every = tuple(data.draw(st.lists(standings(), min_size=1, max_size=4)))
    numbers = [[tally.slot.number for tally in each.slots] for each in every]
    excluded = []
    for group in data.draw(st.sampled_from([(), ((0, 1),), ((0, 2),), ((0, 3), (1, 2)), ((0, 1, 2),)])):
        if max(group) < len(every):
            combinations = st.sampled_from(list(product(*(numbers[place] for place in group))))
            excluded.append(Excluded(group, data.draw(st.frozensets(combinations, min_size=1))))
    possible = [
        combination
        for combination in product(
            *([t.slot.number for t in each.slots if not t.refused_by and not t.gone] for each in every)
        )
        if not any(tuple(combination[place] for place in each.polls) in each.numbers for each in excluded)
    ]
    decision = decide(every, excluded)
    best = min(possible, key=lambda combination: score(every, combination), default=())
    assert (decision.outcome, decision.numbers) == (Outcome.DECIDED if possible else Outcome.IMPOSSIBLE, best)
    for tie in decision.ties:
        other = tuple(dict(zip(*tie, strict=True)).get(place, number) for place, number in enumerate(best))
        assert other in possible
        assert score(every, other)[:2] == score(every, best)[:2]


def test_of_many_polls_that_exclude_nothing_the_combinations_are_not_listed() -> None:
    # three to the power of forty
    assert decide([standing(ann="yyy", bob="yyy")] * 40).numbers == (1,) * 40
