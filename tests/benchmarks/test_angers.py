"""A tiny made-up instance: solved, written, and judged by the checker that shares no code with the adapter."""

import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks import angers_check
from benchmarks.adapter import solve
from benchmarks.angers import ADAPTER, read_instance, rows_of

INSTANCE = """<timetabling name="tiny" nrWeeks="4" nrDaysPerWeek="2" nrSlotsPerDay="1440">
  <rooms><room id="Hall" capacity="30"/><room id="Lab" capacity="2"/></rooms>
  <teachers><teacher id="T1"/><teacher id="T2"/></teachers>
  <courses><course id="Web" label="OPT">
    <part id="Lec" nrSessions="3" label="LECTURE"><classes><class id="Lec-1" maxHeadCount="1"/></classes>
      <allowedSlots sessionLength="80"><dailySlots>480,570</dailySlots><days>1-2</days><weeks>1-4</weeks></allowedSlots>
      <allowedRooms sessionRooms="single"><room refId="Hall"/><room refId="Lab"/></allowedRooms>
      <allowedTeachers sessionTeachers="1"><teacher refId="T1" nrSessions="3"/></allowedTeachers></part>
    <part id="Lab" nrSessions="2" label="LAB"><classes><class id="Lab-1" parent="Lec-1"/><class id="Lab-2"/></classes>
      <allowedSlots sessionLength="80"><dailySlots>480,570</dailySlots><days>1-2</days><weeks>1-4</weeks></allowedSlots>
      <allowedRooms sessionRooms="multiple"><room refId="Lab"/><room refId="Hall"/></allowedRooms>
      <allowedTeachers sessionTeachers="1"><teacher refId="T1" nrSessions="2"/><teacher refId="T2" nrSessions="2"/>
      </allowedTeachers></part>
  </course></courses>
  <students/>
  <rules>
    <rule><sessions groupBy="class" sessionsMask="1,3"><filter type="part" attributeName="id" in="Lec"/></sessions>
      <constraint name="weekly"/></rule>
    <rule><sessions groupBy="class"><filter type="part" attributeName="label" in="LAB"/></sessions>
      <constraint name="weekly"/></rule>
    <rule><sessions groupBy="part" sessionsMask="1"><filter type="course" attributeName="label" in="OPT"/>
      <filter type="part" attributeName="label" notIn="LECTURE"/></sessions><constraint name="sameSlots"/></rule>
    <rule><sessions groupBy="class"><filter type="course" attributeName="id" in="Web"/></sessions>
      <constraint name="sameTeachers"/></rule>
    <rule><sessions groupBy="class"><filter type="course" attributeName="id" in="Web"/></sessions>
      <constraint name="sameRooms"/></rule>
    <rule><sessions groupBy="session" sessionsMask="2"><filter type="part" attributeName="id" in="Lec"/></sessions>
      <sessions groupBy="session" sessionsMask="1"><filter type="part" attributeName="id" in="Lab"/></sessions>
      <constraint name="sequenced"/></rule>
  </rules>
  <solution><groups>
    <group id="a" headCount="2"><students><student refId="one"/><student refId="two"/></students>
      <classes><class refId="Lec-1"/><class refId="Lab-1"/></classes></group>
    <group id="b" headCount="2"><students><student refId="three"/><student refId="four"/></students>
      <classes><class refId="Lec-1"/></classes></group></groups>
    <classes><class refId="Lab-2"><groups><group refId="b"/></groups></class></classes></solution>
</timetabling>"""
"""Weeks of a Monday and a Tuesday; the first labs are at one time, the second lecture is apart from the others."""


@pytest.fixture
def instance(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.xml"
    path.write_text(INSTANCE)
    return path


def edited(path: Path, **attributes: str) -> Path:
    """The solution with other attributes in the first lab of the second group."""
    tree = ET.parse(path)
    [session] = [each for each in tree.iter("session") if (each.get("class"), each.get("rank")) == ("Lab-2", "1")]
    session.attrib.update(attributes)
    found = path.with_stem("edited")
    tree.write(found)
    return found


def test_the_sessions_that_a_weekly_rule_leaves_out_stand_apart(instance: Path) -> None:
    assert {key: [row.ranks for row in rows] for key, rows in rows_of(read_instance(instance)).items()} == {
        "Lec-1": [(1, 3), (2,)],
        "Lab-1": [(1, 2)],
        "Lab-2": [(1, 2)],
    }


def test_what_is_found_is_lawful_by_both_judges(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    solution = instance.with_stem("solution")
    solve(ADAPTER, [str(instance), "-o", str(solution)])
    assert capsys.readouterr().out.startswith("tiny.xml: 7 sessions, lawful after ")
    assert angers_check.main(str(instance), str(solution)) == 0
    assert capsys.readouterr().out == "7 sessions, 0 faults\n"


def test_the_checker_finds_what_is_edited(instance: Path, capsys: pytest.CaptureFixture[str]) -> None:
    solution = instance.with_stem("solution")
    solve(ADAPTER, [str(instance), "-o", str(solution)])
    capsys.readouterr()
    assert angers_check.main(str(instance), str(edited(solution, rooms="Hut"))) == 1
    assert capsys.readouterr().out.splitlines() == [
        "Lab-2 1 is in ['Hut']",
        "Lab-2 1 has 2 students in 0 seats",
        "rule 5: sameRooms is broken for ['Lab-2 1', 'Lab-2 2']",
        "7 sessions, 3 faults",
    ]
    assert angers_check.main(str(instance), str(edited(solution, slot="481"))) == 1
    assert "Lab-2 1: 481 is none of dailySlots" in capsys.readouterr().out.splitlines()


def test_a_file_without_groups_is_refused(instance: Path) -> None:
    instance.write_text(instance.read_text().replace('<group refId="b"/>', ""))
    with pytest.raises(ValueError, match="no group of students is in class Lab-2"):
        read_instance(instance)
