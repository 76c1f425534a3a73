"""Who takes which course: the table of a site, as spreadsheets leave it, and every fault in it with its cure."""

from pathlib import Path

import pytest

from calendars.faults import FaultyInput
from calendars.programme import Programme
from calendars.programme_file import ProgrammeFile
from calendars.resolving import load
from programmes import SMALL, changed, write

TABLES = changed("dates", 'site = "site.toml"\ndates', SMALL.partition("[laws")[0])
"""The small year of a site, with one group, `all`."""

DIVIDED = TABLES + '\n[groups.day]\ntitle = "Day"\npart_of = "all"\n\n[groups.late]\ntitle = "Late"\n'
"""Two groups that are not part of another one, `all` and `late`, and a group `day` that is part of `all`."""


def course(folder: Path, table: bytes, text: str = TABLES) -> Path:
    """The file of a course whose site has this table, beside the file of another course."""
    write(folder, 'title = "Region"\nenrolments = "who.csv"\n', "site.toml")
    write(folder, text, "numeracy.toml")
    (folder / "who.csv").write_bytes(table)
    return write(folder, text, "literacy.toml")


def students(programme: Programme) -> dict[str, list[str]]:
    return {key: sorted(group.students) for key, group in programme.groups.items()}


def refused(path: Path) -> list[str]:
    with pytest.raises(FaultyInput) as error:
        load(path, ProgrammeFile)
    return [fault.words("en").replace(f"{path.parent}/", "") for fault in error.value.faults]


@pytest.mark.parametrize(
    "table",
    [
        b"person;course;group\np01;literacy;all\np02;numeracy;all\np03;literacy;\n",
        b"course,person\nliteracy,p01\nnumeracy,p02\nliteracy,p03\n",
        b"\xef\xbb\xbfPersonne;Parcours\r\np01;literacy\r\np02;numeracy\r\np03;literacy\r\n",
        "personne;parcours;groupe;établissement\np01;literacy;;Nord\np02;numeracy;;\np03;literacy;;Été".encode(
            "latin-1"
        ),
    ],
    ids=["english", "commas, no group", "byte order mark", "latin-1, another column"],
)
def test_the_rows_of_a_course_are_the_students_of_its_group(tmp_path: Path, table: bytes) -> None:
    _, programme = load(course(tmp_path, table), ProgrammeFile)
    assert students(programme) == {"all": ["p01", "p03"]}
    assert programme.shared_people == {"p01", "p02", "p03"}


def test_they_are_beside_those_whom_the_file_lists(tmp_path: Path) -> None:
    listing = changed('title = "Everybody"', 'title = "Everybody"\nstudents = ["eve"]', TABLES)
    _, programme = load(course(tmp_path, b"person,course\np01,literacy\n", listing), ProgrammeFile)
    assert students(programme) == {"all": ["eve", "p01"]}
    assert programme.shared_people == {"p01"}


def test_a_person_may_be_in_several_groups_of_a_course(tmp_path: Path) -> None:
    table = b"person,course,group\np01,literacy,day\np01,literacy,late\np02,literacy,all\n"
    _, programme = load(course(tmp_path, table, DIVIDED), ProgrammeFile)
    assert students(programme) == {"all": ["p02"], "day": ["p01"], "late": ["p01"]}


def test_a_group_that_is_part_of_another_is_not_in_question_where_none_is_written(tmp_path: Path) -> None:
    path = course(tmp_path, b"person,course\np01,literacy\n", DIVIDED.partition("[groups.late]")[0])
    assert students(load(path, ProgrammeFile)[1]) == {"all": ["p01"], "day": []}


def test_missing_columns_are_told_at_once(tmp_path: Path) -> None:
    assert refused(course(tmp_path, b"\nname;group\np01;all\n")) == [
        "who.csv:2: there is no column “person”; write this heading, or “personne”",
        "who.csv:2: there is no column “course”; write this heading, or “parcours”",
    ]


def test_unknown_courses_and_bad_pseudonyms_are_told_at_once(tmp_path: Path) -> None:
    """`numeracy` lies in the folder, so that its rows are left to whoever reads it."""
    table = b"person;course\np01;litteracy\nAnn B;literacy\n;numeracy\np02;\np03;site\n"
    cure = "is no pseudonym; write small letters, digits and hyphens, such as p012"
    assert refused(course(tmp_path, table)) == [
        "who.csv:2: no programme file in the folder is that of “litteracy”; did you mean literacy?",
        f"who.csv:3: “Ann B” {cure}",
        f"who.csv:4: “” {cure}",
        "who.csv:5: no programme file in the folder is that of “”; write its name, without .toml",
        "who.csv:6: no programme file in the folder is that of “site”; write its name, without .toml",
    ]


def test_groups_that_are_unknown_or_missing_and_doubled_rows_are_told_at_once(tmp_path: Path) -> None:
    rows = ("p01;literacy;days", "p01;literacy;", "p02;literacy;day", "p02;literacy;late", "p02;literacy;day")
    table = "\n".join(("person;course;group", *rows)).encode()
    assert refused(course(tmp_path, table, DIVIDED)) == [
        "who.csv:2, literacy: there is no group days; did you mean day?",
        "who.csv:3, literacy: the course has several groups; write one of all, day and late",
        "who.csv:6: p02 stands in day on line 4 too; keep one of the two rows",
    ]


def test_small_groups_that_share_out_a_group_take_no_rows(tmp_path: Path) -> None:
    teams = changed('title = "Everybody"', 'title = "Everybody"\nsize = 4', TABLES)
    teams += '\n[groups.team]\ntitle = "Team"\npart_of = "all"\nof = 2\n'
    assert refused(course(tmp_path, b"person,course,group\np01,literacy,team-1\n", teams)) == [
        "who.csv:2, literacy: there is no group team-1; choose from all"
    ]


def test_a_group_is_as_large_as_those_enrolled_in_it_and_in_its_parts(tmp_path: Path) -> None:
    sized = changed('title = "Everybody"', 'title = "Everybody"\nsize = 2', DIVIDED)
    table = b"person,course,group\np01,literacy,all\np02,literacy,day\np03,literacy,late\n"
    load(course(tmp_path, table, sized), ProgrammeFile)
    path = course(tmp_path, table + b"p04,literacy,day\n", sized)
    line = path.read_text("utf-8").splitlines().index("size = 2") + 1
    assert refused(path) == [
        f"literacy.toml:{line}, groups.all.size: 3 people are enrolled here, and the size is 2; "
        "write size = 3, or enrol fewer"
    ]


def test_a_table_that_is_not_there_is_told(tmp_path: Path) -> None:
    path = course(tmp_path, b"")
    (tmp_path / "who.csv").unlink()
    assert refused(path) == ["who.csv: there is no such file; look at the spelling of its name and folder"]
