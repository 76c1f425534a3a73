"""Juries of defences: a made-up agenda is solved by its family's command, which tells people and machines."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.adapter import solve
from benchmarks.juries import ADAPTER

AGENDA = """\
<agenda duration="01:00:00">
  <vivas>
    <viva student="first" title="First"><president id="ann"/><advisor id="bob"/></viva>
    <viva student="second" title="Second"><president id="bob"/></viva>
  </vivas>
  <teachers>
    <teacher id="ann">
      <availability start="2026-06-01T09:00:00" end="2026-06-01T11:00:00" preference="2"/>
    </teacher>
    <teacher id="bob">
      <availability start="2026-06-01T09:00:00" end="2026-06-01T10:00:00" preference="5"/>
      <availability start="2026-06-01T10:00:00" end="2026-06-01T11:00:00" preference="{later}"/>
    </teacher>
  </teachers>
</agenda>
"""


def solved(folder: Path, agenda: str, *options: str) -> str:
    """What is written of an agenda."""
    (folder / "agenda.xml").write_text(agenda, encoding="utf-8")
    solve(ADAPTER, [str(folder / "agenda.xml"), "-o", str(folder / "schedule.xml"), *options])
    return (folder / "schedule.xml").read_text(encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The record for machines but for its seconds."""
    record = json.loads(capsys.readouterr().out)
    return {key: value for key, value in record.items() if "seconds" not in key}


def test_the_greatest_preference_is_written_and_proved(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bob likes his two hours with 5 and 1, Ann likes hers with 2."""
    written = solved(tmp_path, AGENDA.format(later=1))
    assert 'totalPreference="8"' in written
    out = capsys.readouterr().out
    assert out.startswith("agenda.xml: total preference 8, proved to be the greatest, search ")
    assert len(out.splitlines()) == 1


def test_machines_are_told_the_greatest_preference_and_its_bound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    solved(tmp_path, AGENDA.format(later=4), "--cpu", "20", "--seed", "1", "--json")
    assert told(capsys) == {"outcome": "lawful", "levels": [{"value": 11, "bound": 11}], "breaches": []}


def test_an_agenda_without_a_schedule_is_told_as_impossible(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ann and Bob have no hour in common."""
    apart = AGENDA.format(later=1).replace("2026-06-01T09:00:00", "2026-06-02T09:00:00", 1)
    apart = apart.replace("2026-06-01T11:00:00", "2026-06-02T11:00:00", 1)
    written = solved(tmp_path, apart, "--json")
    assert written.splitlines()[1] == '<schedule error="no schedule exists" />'
    assert told(capsys) == {"outcome": "impossible", "levels": [], "breaches": []}
