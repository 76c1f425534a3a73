from calendars.clashes import clash_in_words, clashes, cliques, cliques_between, placed, widest
from calendars.clock import Span
from calendars.wording import say
from small import at, classes, module, small, timetable

Session = tuple[str, Span]


def sessions(**spans: tuple[int, int]) -> list[Session]:
    return [(name, Span(*span)) for name, span in spans.items()]


def names(*sets: tuple[Session, ...]) -> list[str]:
    return ["".join(name for name, _ in members) for members in sets]


def test_sessions_at_one_time_are_one_clique() -> None:
    assert names(*cliques(sessions(a=(0, 60), b=(30, 90), c=(45, 50)), 0)) == ["abc"]


def test_a_clique_ends_where_a_session_ends() -> None:
    """At 30 a and b run, at 60 b and c: a has ended."""
    assert names(*cliques(sessions(a=(0, 60), b=(30, 90), c=(60, 120)), 0)) == ["ab", "bc"]


def test_the_buffer_lengthens_each_session_and_is_itself_free_at_its_end() -> None:
    one_after_another = sessions(a=(0, 60), b=(75, 135))
    assert names(*cliques(one_after_another, 15)) == []
    assert names(*cliques(one_after_another, 16)) == ["ab"]


def test_cliques_inside_another_and_single_sessions_are_left_out() -> None:
    """Only at 20 do three run; what runs at 10 is among them, and d runs alone."""
    found = cliques(sessions(a=(0, 60), b=(10, 60), c=(20, 30), d=(100, 160)), 0)
    assert names(*found) == ["abc"]
    assert cliques(sessions(a=(0, 60)), 15) == []
    assert cliques([], 15) == []


def test_cliques_hold_the_clashing_pairs_and_no_other() -> None:
    """Hourly starts of three lengths, in any order of input."""
    made = [(f"{hour}/{length}", Span(hour * 60, hour * 60 + length)) for length in (90, 30, 150) for hour in range(9)]
    clashing = {
        frozenset({one, other})
        for one in made
        for other in made
        if one != other and one[1].start <= other[1].start < one[1].end + 20
    }
    in_cliques = {frozenset({one, other}) for clique in cliques(made, 20) for one in clique for other in clique}
    assert {pair for pair in in_cliques if len(pair) == 2} == clashing
    assert {frozenset(pair) for pair in clashes(made, 20)} == clashing


def test_ten_thousand_candidates_make_cliques_of_their_neighbours_only() -> None:
    """Starts every 30 min of 60 min and 15 min of buffer: at each start, it and the two before."""
    made = [(n, Span(30 * n, 30 * n + 60)) for n in range(10_000)]
    assert [len(clique) for clique in cliques(made, 15)] == [3] * 9_998


def test_a_longer_buffer_binds_each_start_of_one_kind_with_near_starts_of_the_other() -> None:
    """After 15 min a and b are free for their own kind; the other kind waits 60: until 120 after a, 150 after b."""
    earlier = sessions(a=(0, 60), b=(0, 90))
    later = sessions(c=(60, 90), d=(75, 90), e=(75, 120), f=(120, 150), g=(150, 180))
    assert names(*cliques_between(earlier, later, 15, 60)) == ["abde", "bf"]


def test_a_longer_buffer_that_is_not_longer_binds_nothing() -> None:
    assert list(cliques_between(sessions(a=(0, 60)), sessions(b=(60, 90)), 15, 15)) == []


def test_clashes_are_told_pair_by_pair_in_order_of_time() -> None:
    found = clashes(sessions(c=(60, 90), a=(0, 60), b=(30, 61)), 0)
    assert [names(pair) for pair in found] == [["ab"], ["bc"]]


def test_the_same_session_twice_clashes_with_itself() -> None:
    twice = [("a", Span(0, 60)), ("a", Span(0, 60))]
    assert list(clashes(twice, 0)) == [tuple(twice)]


def test_the_widest_sets_hold_all_others() -> None:
    assert widest([("a",), ("b", "a"), ("a", "b"), ("b", "c"), ()]) == [("a", "b"), ("b", "c")]


def test_placed_sessions_have_the_trainers_and_the_place_of_their_placement() -> None:
    """Part by part, and only of the parts that are asked for."""
    programme = small(modules={"m": module(classes(2)), "n": module(classes(1)), "o": module(classes(1))})
    one, two = programme.parts["n.virtual-class"], programme.parts["m.virtual-class"]
    given = at("2026-11-10 09:00", trainers=("ann", "bob"), place="room")
    plain, other = at("2026-11-11 09:00"), at("2026-11-09 09:00", part="n.virtual-class", place="hall")
    assert placed([two, one], timetable(given, plain, other, at("2026-11-10 09:00", part="o.virtual-class"))) == [
        ((two, ("ann", "bob"), "room"), given.span),
        ((two, (), None), plain.span),
        ((one, (), "hall"), other.span),
    ]


def test_a_clash_is_worded_by_its_gap() -> None:
    programme = small(modules={"m": module(classes(3))})
    parts = programme.parts.values()
    first, second, third = placed(
        parts, timetable(at("2026-11-10 09:00"), at("2026-11-10 09:30"), at("2026-11-10 10:40"))
    )
    assert [str(clash_in_words(programme, pair, 15, say("us"))) for pair in ((first, second), (second, third))] == [
        "“Module” (virtual class) on Tuesday 10 November 2026 09:00 and "
        "“Module” (virtual class) on Tuesday 10 November 2026 09:30 overlap for us",
        "“Module” (virtual class) on Tuesday 10 November 2026 09:30 and "
        "“Module” (virtual class) on Tuesday 10 November 2026 10:40 are 10 min apart for us; the least is 15 min",
    ]
