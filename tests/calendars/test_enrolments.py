from calendars.enrolments import Elective, Group, enrolments, groups_of_students, with_ancestors


def groups(**above: str | None) -> dict[str, Group]:
    """Groups by key, each with the group that it is part of."""
    return {key: Group(key, key, part_of=part_of) for key, part_of in above.items()}


def listing(group: str, part_of: str | None, *students: str) -> dict[str, Group]:
    """A group that lists students."""
    return {group: Group(group, group, part_of=part_of, students=frozenset(students))}


def elective(choose: int, *keys: str) -> dict[str, Elective]:
    return {"-".join(keys): Elective("-".join(keys), "Elective", choose, keys)}


def found(known: dict[str, Group], electives: dict[str, Elective] | None = None) -> list[str]:
    """The enrolments as words of their sorted groups."""
    return [" ".join(sorted(one)) for one in enrolments(known, electives or {})]


def test_groups_apart_share_nobody() -> None:
    assert found(groups(a=None, b=None)) == ["a", "b"]


def test_a_sub_group_is_in_every_group_above_it() -> None:
    known = groups(all=None, half=("all"), quarter="half")
    assert with_ancestors("quarter", known) == ("quarter", "half", "all")
    assert found(known) == ["all half quarter"]


def test_sub_groups_are_apart() -> None:
    assert found(groups(all=None, a="all", b="all")) == ["a all", "all b"]


def test_two_groups_that_list_one_student_are_together() -> None:
    known = groups(all=None) | listing("a", "all", "ann", "bob") | listing("x", None, "bob")
    assert found(known) == ["a all x"]


def test_a_listed_student_does_not_tie_sub_groups_of_others() -> None:
    """Bob is in a and x; nobody known is in b and x."""
    known = groups(all=None, b="all") | listing("a", "all", "bob") | listing("x", None, "bob")
    assert found(known) == ["a all x", "all b"]


def test_one_of_three_keeps_the_three_apart() -> None:
    known = groups(all=None, a="all", b="all", c="all")
    assert found(known, elective(1, "a", "b", "c")) == ["a all", "all b", "all c"]


def test_two_of_four_are_six_combinations() -> None:
    known = groups(all=None, a="all", b="all", c="all", d="all")
    assert found(known, elective(2, "a", "b", "c", "d")) == [
        "a all b",
        "a all c",
        "a all d",
        "all b c",
        "all b d",
        "all c d",
    ]


def test_two_electives_cross() -> None:
    known = groups(all=None, a="all", b="all", c="all", d="all")
    electives = elective(1, "a", "b") | elective(1, "c", "d")
    assert found(known, electives) == ["a all c", "a all d", "all b c", "all b d"]


def test_a_plain_sub_group_crosses_an_elective() -> None:
    known = groups(all=None, half="all", other="all", a="all", b="all")
    assert found(known, elective(1, "a", "b")) == ["a all half", "a all other", "all b half", "all b other"]


def test_sub_groups_of_elective_groups_are_in_their_combinations() -> None:
    known = groups(all=None, a="all", b="all", left="a", right="a")
    assert found(known, elective(2, "a", "b")) == ["a all b left", "a all b right"]


def test_choices_that_are_known_replace_the_combinations() -> None:
    known = (
        groups(all=None) | listing("a", "all", "ann") | listing("b", "all", "ann", "bob") | listing("c", "all", "bob")
    )
    assert found(known, elective(2, "a", "b", "c")) == ["a all b", "all b c"]


def test_every_combination_counts_until_each_group_lists_its_students() -> None:
    known = groups(all=None, c="all") | listing("a", "all", "ann") | listing("b", "all", "ann")
    assert found(known, elective(2, "a", "b", "c")) == ["a all b", "a all c", "all b c"]


def test_every_group_is_in_an_enrolment_also_below_known_choices() -> None:
    known = groups(all=None, left="a", right="a") | listing("a", "all", "ann") | listing("b", "all", "bob")
    assert found(known, elective(1, "a", "b")) == ["a all left", "a all right", "all b"]


def test_without_its_electives_a_programme_is_certain_of_the_hierarchy_and_the_lists_only() -> None:
    known = groups(all=None, a="all", b="all")
    assert found(known) == ["a all", "all b"]
    assert found(known, elective(2, "a", "b")) == ["a all b"]


def test_students_are_in_the_groups_that_list_them_and_in_those_above_in_order_of_the_groups() -> None:
    """Ann is listed by a quarter of a half, Bob by that and by a group apart, which stands before it in the file."""
    known = listing("x", None, "bob") | groups(all=None, half="all") | listing("quarter", "half", "bob", "ann")
    assert groups_of_students(known) == {
        "ann": ("all", "half", "quarter"),
        "bob": ("x", "all", "half", "quarter"),
    }


def test_a_student_whom_a_group_and_one_above_it_list_is_in_each_once() -> None:
    known = listing("all", None, "ann", "bob") | listing("half", "all", "ann")
    assert groups_of_students(known) == {"ann": ("all", "half"), "bob": ("all",)}


def test_students_come_in_the_order_of_their_names() -> None:
    assert list(groups_of_students(listing("a", None, "joe", "eve", "ann"))) == ["ann", "eve", "joe"]


def test_groups_that_list_nobody_have_no_students() -> None:
    assert groups_of_students(groups(all=None, half="all")) == {}


def small_groups(division: str, part_of: str, number: int) -> dict[str, Group]:
    """The small groups of a division."""
    keys = [f"{division}{n}" for n in range(1, number + 1)]
    return {key: Group(key, key, part_of=part_of, division=division) for key in keys}


def test_whoever_is_in_a_group_is_in_one_of_its_small_groups() -> None:
    assert found(groups(all=None, apart=None) | small_groups("t", "all", 3)) == ["all t1", "all t2", "all t3", "apart"]


def test_two_divisions_of_one_group_cross() -> None:
    known = groups(all=None) | small_groups("t", "all", 2) | small_groups("u", "all", 2)
    assert found(known) == ["all t1 u1", "all t1 u2", "all t2 u1", "all t2 u2"]


def test_sub_groups_and_electives_cross_the_small_groups_of_those_above() -> None:
    known = groups(all=None, a="all", b="all") | small_groups("t", "all", 2)
    assert found(known) == ["a all t1", "a all t2", "all b t1", "all b t2"]
    assert found(known, elective(2, "a", "b")) == ["a all b t1", "a all b t2"]


def test_a_sub_group_may_be_divided_alone() -> None:
    assert found(groups(all=None, a="all", b="all") | small_groups("t", "a", 2)) == ["a all t1", "a all t2", "all b"]


def test_listed_students_may_be_in_each_of_the_small_groups() -> None:
    known = groups(all=None) | small_groups("t", "all", 2) | listing("a", "all", "ann") | listing("x", None, "ann")
    assert found(known) == ["a all t1 x", "a all t2 x"]
