"""Timetables of the ITC 2019: a made-up instance becomes a problem, and its solution has the cost by hand."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.adapter import cost_of, solve
from benchmarks.itc2019 import ADAPTER, problem_of, read_instance
from scheduler.result import Limits
from scheduler.search import search

INSTANCE = """
<problem name="tiny" nrDays="7" nrWeeks="2" slotsPerDay="288">
  <optimization time="2" room="1" distribution="5" student="0"/>
  <rooms>
    <room id="1" capacity="9">
      <travel room="2" value="3"/>
      <unavailable days="1000000" start="96" length="24" weeks="01"/></room>
    <room id="2" capacity="9"/>
  </rooms>
  <courses><course id="1"><config id="1"><subpart id="1">
    <class id="1" limit="9"><room id="1" penalty="0"/><room id="2" penalty="4"/>
      <time days="1010000" start="108" length="12" weeks="11" penalty="0"/></class>
    <class id="2" limit="9"><room id="2" penalty="0"/>
      <time days="1000000" start="120" length="12" weeks="11" penalty="0"/>
      <time days="1000000" start="123" length="12" weeks="11" penalty="1"/></class>
    <class id="3" limit="9"><room id="1" penalty="0"/>
      <time days="0010000" start="114" length="6" weeks="10" penalty="0"/>
      <time days="0010000" start="114" length="6" weeks="01" penalty="0"/></class>
    <class id="4" limit="9"><time days="0000001" start="0" length="6" weeks="01" penalty="0"/></class>
  </subpart></config></course></courses>
  <distributions>
    <distribution type="SameAttendees" required="true"><class id="1"/><class id="2"/></distribution>
    <distribution type="NotOverlap" penalty="3"><class id="1"/><class id="3"/></distribution>
  </distributions>
</problem>
"""


@pytest.fixture
def problem(tmp_path: Path) -> Path:
    path = tmp_path / "tiny.xml"
    path.write_text(INSTANCE, "utf-8")
    return path


def test_the_solution_costs_what_it_must(problem: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Room 1 is closed to class 1 in the second week, so that it is in room 2 for 4 points.

    Then class 2 has no way to go and may start at once. Class 3 meets in a week of class 1 whichever it takes: 3 × 5.
    """
    out = problem.with_name("out.xml")
    solve(ADAPTER, [str(problem), "-o", str(out), "--cpu", "10"])
    *_, last = capsys.readouterr().out.splitlines()
    assert last.startswith("tiny.xml: total 19, proved to be the least, search")
    found = {one.attrib["id"]: one.attrib for one in ET.parse(out).getroot()}
    assert [found["3"].pop("weeks") in ("10", "01"), list(found.values())] == [
        True,
        [
            {"id": "1", "days": "1010000", "start": "108", "weeks": "11", "room": "2"},
            {"id": "2", "days": "1000000", "start": "120", "weeks": "11", "room": "2"},
            {"id": "3", "days": "0010000", "start": "114", "room": "1"},
            {"id": "4", "days": "0000001", "start": "0", "weeks": "01"},
        ],
    ]


def test_times_are_ways_on_real_dates(problem: Path) -> None:
    """Mondays and Wednesdays of two weeks from 9:00 to 10:00."""
    part = problem_of(read_instance(problem)).programme.parts["classes.1"]
    assert [f"{span.day:%a %d} {span.start % 1440 // 60}-{span.end % 1440 // 60}" for span in part.ways[0].spans] == [
        "Mon 01 9-10",
        "Wed 03 9-10",
        "Mon 08 9-10",
        "Wed 10 9-10",
    ]


MONDAYS = """
<problem name="days" nrDays="7" nrWeeks="2" slotsPerDay="288">
  <optimization time="2" room="0" distribution="5" student="0"/>
  <rooms/>
  <courses><course id="1"><config id="1"><subpart id="1">
    <class id="1"><time days="1000000" start="96" length="12" weeks="11" penalty="1"/></class>
    <class id="2"><time days="1000000" start="114" length="12" weeks="11" penalty="0"/></class>
    <class id="3"><time days="1000000" start="150" length="24" weeks="10" penalty="0"/></class>
    <class id="4"><time days="0100000" start="96" length="12" weeks="01" penalty="0"/></class>
  </subpart></config></course></courses>
  <distributions><distribution type="{kind}" {price}>
    <class id="1"/><class id="2"/><class id="3"/><class id="4"/></distribution></distributions>
</problem>
"""
"""On Mondays from 8:00 to 9:00 and from 9:30 to 10:30, on the first one from 12:30 to 14:30 too; on a Tuesday an hour.

The time costs 2. A distribution with the penalty 4 and the weight 5 costs 20 for each unit.
"""


@pytest.mark.parametrize(
    ("kind", "total"),
    [
        ("Precedence", 2),  # Monday by Monday, then Tuesday
        ("WorkDay(78)", 2),  # from 8:00 to 14:30
        ("WorkDay(77)", 2 + 20),  # too late for the first class, not for the second one
        ("MinGap(6)", 2),
        ("MinGap(7)", 2 + 20),  # half an hour lies between the first two
        ("MaxDays(2)", 2),
        ("MaxDays(1)", 2 + 20),
        ("MaxDayLoad(48)", 2),
        ("MaxDayLoad(22)", 2 + (26 + 2) * 20 // 2),  # 48 and 24 slots on the two Mondays
        ("MaxDayLoad(23)", 2 + (25 + 1) * 20 // 2),
        ("MaxBreaks(1,6)", 2),  # one on the first Monday, two hours long
        ("MaxBreaks(0,5)", 2 + (2 + 1) * 20 // 2),  # two on the first Monday, one on the second
        ("MaxBlock(30,6)", 2),
        ("MaxBlock(29,6)", 2 + (1 + 1) * 20 // 2),  # from 8:00 to 10:30
        ("MaxBlock(12,5)", 2),  # each by itself
    ],
)
def test_days_cost_what_they_must(kind: str, total: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the whole excess comes to in a week is paid: for two weeks half of it."""
    path = tmp_path / "days.xml"
    path.write_text(MONDAYS.format(kind=kind, price='penalty="4"'), "utf-8")
    solve(ADAPTER, [str(path), "-o", str(tmp_path / "out.xml"), "--cpu", "10"])
    *_, last = capsys.readouterr().out.splitlines()
    assert last.startswith(f"days.xml: total {total}, proved to be the least, search")


@pytest.mark.parametrize(
    ("kind", "lawful"), [("MaxBreaks(1,6)", True), ("MaxBreaks(0,6)", False), ("MinGap(6)", True), ("MinGap(7)", False)]
)
def test_what_is_required_is_kept(kind: str, lawful: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "days.xml"
    path.write_text(MONDAYS.format(kind=kind, price='required="true"'), "utf-8")
    solve(ADAPTER, [str(path), "-o", str(tmp_path / "out.xml"), "--cpu", "10"])
    *_, last = capsys.readouterr().out.splitlines()
    assert last.startswith("days.xml: total 2, proved" if lawful else "days.xml: impossible")


PAIR = """
<problem name="pair" nrDays="7" nrWeeks="2" slotsPerDay="288">
  <optimization time="2" room="2" distribution="5" student="0"/>
  <rooms><room id="1" capacity="9"/><room id="2" capacity="9"/></rooms>
  <courses><course id="1"><config id="1"><subpart id="1">
    <class id="1" limit="9"><room id="1" penalty="0"/>
      <time days="1010000" start="108" length="12" weeks="10" penalty="0"/></class>
    <class id="2" limit="9">{options}</class>
  </subpart></config></course></courses>
  <distributions><distribution type="{kind}" {price}><class id="1"/><class id="2"/></distribution></distributions>
</problem>
"""
"""The first class meets on Monday and Wednesday of the first week from slot 108 up to slot 120, in room 1."""

TUESDAYS = ("0100000", 0, 6, "11")

TIMES = {
    "SameStart": (("0100000", 108, 6, "11"), ("0100000", 109, 12, "11")),
    "SameTime": (("0100000", 110, 10, "11"), ("0100000", 110, 11, "11")),
    "SameDays": (("0010000", 120, 6, "11"), ("0110000", 120, 6, "11")),
    "SameWeeks": (("0100000", 108, 6, "11"), ("0100000", 108, 6, "01")),
    "DifferentTime": (("0100000", 120, 6, "11"), ("0100000", 119, 6, "11")),
    "DifferentDays": (("0101000", 108, 6, "11"), ("0110000", 120, 6, "11")),
    "DifferentWeeks": (("1000000", 108, 6, "01"), ("0100000", 108, 6, "11")),
    "Overlap": (("0010000", 119, 6, "11"), ("0010000", 120, 6, "11")),
}
"""By kind, a time of the second class that keeps it, and one that does not."""

ROOMS = {"SameRoom": ("1", "2"), "DifferentRoom": ("2", "1")}
"""By kind, a room of the second class that keeps it, and one that does not; it meets on Tuesdays then."""


def options(kind: str) -> str:
    """What the second class may have: what keeps the distribution has a penalty of 10."""
    rooms = [f'<room id="{room}" penalty="{10 * n}"/>' for n, room in enumerate(reversed(ROOMS.get(kind, ())))]
    times = [
        f'<time days="{days}" start="{start}" length="{length}" weeks="{weeks}" penalty="{10 * n}"/>'
        for n, (days, start, length, weeks) in enumerate(reversed(TIMES.get(kind, (TUESDAYS,))))
    ]
    return "".join(rooms + times)


@pytest.mark.parametrize("kind", [*TIMES, *ROOMS])
@pytest.mark.parametrize(("price", "total"), [('required="true"', 20), ('penalty="3"', 15)])
def test_a_relation_of_two_classes_is_kept_or_paid_once(kind: str, price: str, total: int, tmp_path: Path) -> None:
    """To keep it costs 10 points of a time or a room, each 2; to break it, 3 × 5."""
    path = tmp_path / "pair.xml"
    path.write_text(PAIR.format(kind=kind, price=price, options=options(kind)), "utf-8")
    instance = read_instance(path)
    assert cost_of(search(problem_of(instance), Limits())) == (total, total)
