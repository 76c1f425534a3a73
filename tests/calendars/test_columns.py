"""Plain text in columns, character for character."""

from datetime import date, timedelta

from calendars.columns import WIDTH, Section, Table, sentences, underlined
from calendars.wording import say

HEADERS = (say("Name"), say("Count"))


def test_text_to_the_left_and_figures_to_the_right() -> None:
    table = Table("<>", HEADERS, [("a", 1), ("longer", 12), ("b", None)])
    assert table.lines("en") == [
        "Name    Count",
        "a           1",
        "longer     12",
        "b           –",
    ]


def test_values_in_the_form_of_the_language() -> None:
    table = Table("<<", HEADERS, [(date(2026, 11, 10), timedelta(minutes=90))])
    assert table.lines("en") == ["Name             Count", "Tue 10 Nov 2026  1 h 30"]


def test_a_cell_with_several_lines() -> None:
    table = Table("<>", HEADERS, [((("a", "b"), "c"), 1)])
    assert table.lines("en") == ["Name     Count", "a and b      1", "c"]


def test_headers_fold_between_words() -> None:
    table = Table(">>", (say("of which on site"), say("Self-paced")), [(1, 2)])
    assert table.lines("en") == ["of which  Self-paced", " on site", "       1           2"]


def test_a_no_break_space_never_folds() -> None:
    table = Table(">>", (say("Durée\u00a0:"), say("Nombre")), [(1, 2)])
    assert table.lines("en") == ["Durée\u00a0:  Nombre", "      1       2"]
    assert sentences([say("word " * 19 + "quoi\u202f?")], "en") == [("word " * 19).rstrip(), "quoi\u202f?"]


def test_the_first_column_folds_where_a_line_would_be_too_long() -> None:
    title = "word " * 30
    lines = Table("<>", HEADERS, [(title, 1)]).lines("en")
    # 100 columns less two of gap and five of "Count" leave 93; 18 words take 89, 19 would take 94.
    assert lines == [f"{'Name':93}  Count", f"{('word ' * 18):93}      1", ("word " * 12).rstrip()]
    assert max(map(len, lines)) <= WIDTH


def test_wide_and_combining_characters_keep_the_columns_straight() -> None:
    table = Table("<>", HEADERS, [("教育", 1), ("e\u0301te", 2), ("abcd", 3)])
    assert table.lines("en") == ["Name  Count", "教育      1", "e\u0301te       2", "abcd      3"]


def test_a_table_without_rows_is_not_there() -> None:
    assert Table("<>", HEADERS, []).lines("en") == []


def test_a_section_is_a_heading_and_paragraphs() -> None:
    section = Section(
        say("Heading"), [Table("<", (say("Name"),), [("a",)])], [say("One."), say("Two.")], [say("Note.")]
    )
    assert section.lines("en") == ["", "Heading", "-------", "One.", "Two.", "", "Name", "a", "", "Note."]


def test_a_section_without_content_is_not_there() -> None:
    assert Section(say("Heading"), [Table("<", (say("Name"),), [])]).lines("en") == []


def test_sentences_fold_at_the_width() -> None:
    assert sentences([say("word " * 21), say("Next.")], "en") == [("word " * 20).rstrip(), "word", "Next."]


def test_an_underline_is_as_long_as_what_is_seen() -> None:
    assert underlined("教é", "=") == ["教é", "==="]
