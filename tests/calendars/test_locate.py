from calendars.faults import Path
from calendars.locate import line_of, place_at

TEXT = '''\
# title = "not this one"
title = "Year"  # = [
dates = [
  2026-09-01,  # [modules.m]
  2027-06-30,
]
opening_hours.monday = "09:00-17:00"

[modules."m-1"]
title = """
[modules.m-2]
title = "inside a text"
"""
group = 'all [ = { #'

[[modules.m-1.parts]]
kind = "course"
dates = [2026-09-01, 2026-09-30]

  [[ modules . m-1 . parts ]]
kind = "exam"
[modules.m-1.parts.more]
note = \'\'\'
kind = 3\'\'\'

[modules.m-2]
cannot = [
  [1],
  { weekday = "monday" },
]
group = "all"
'''


def test_a_key_at_the_top() -> None:
    assert line_of(TEXT, ("title",)) == 2


def test_a_list_has_the_line_of_its_key() -> None:
    assert line_of(TEXT, ("dates", 1)) == 3


def test_a_dotted_key_and_what_it_makes() -> None:
    assert line_of(TEXT, ("opening_hours", "monday")) == 7
    assert line_of(TEXT, ("opening_hours",)) == 7


def test_a_quoted_key() -> None:
    assert line_of(TEXT, ("modules", "m-1")) == 9
    assert line_of(TEXT, ("modules", "m-1", "group")) == 14


def test_each_table_of_an_array_is_counted() -> None:
    parts: Path = ("modules", "m-1", "parts")
    assert [line_of(TEXT, (*parts, n, "kind")) for n in (0, 1)] == [17, 21]
    assert line_of(TEXT, parts) == 16


def test_a_table_inside_an_array_belongs_to_its_last_table() -> None:
    assert line_of(TEXT, ("modules", "m-1", "parts", 1, "more", "note")) == 23


def test_texts_over_several_lines_hold_no_keys() -> None:
    assert line_of(TEXT, ("modules", "m-2")) == 26
    assert line_of(TEXT, ("modules", "m-1", "parts", 1, "more", "kind")) == 22


def test_lists_over_several_lines_hold_no_tables() -> None:
    assert line_of(TEXT, ("modules", "m-2", "cannot", 1, "weekday")) == 27
    assert line_of(TEXT, ("modules", "m-2", "group")) == 31


def test_what_is_missing_has_the_line_of_what_is_around_it() -> None:
    assert line_of(TEXT, ("modules", "m-1", "parts", 0, "minutes")) == 16
    assert line_of(TEXT, ("modules", "m-3", "title")) == 9


def test_what_nothing_is_around_has_no_line() -> None:
    assert line_of(TEXT, ("trainers", "scenario")) is None
    assert line_of(TEXT, ()) is None


def test_the_key_or_table_that_begins_at_a_line_or_above() -> None:
    assert place_at(TEXT, 2) == (2, ("title",))
    assert place_at(TEXT, 12) == (10, ("modules", "m-1", "title"))
    assert place_at(TEXT, 20) == (20, ("modules", "m-1", "parts", 1))


def test_nothing_begins_above_the_first_key() -> None:
    assert place_at(TEXT, 1) == (1, ())
