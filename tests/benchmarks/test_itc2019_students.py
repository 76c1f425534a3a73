"""Who attends what: seats, parts of a class, and as little as can be at the same time."""

import xml.etree.ElementTree as ET

from benchmarks.itc2019_students import enrolled, read_demands
from small import at

ROOT = ET.fromstring("""
<problem>
  <courses>
    <course id="logic"><config id="1">
      <subpart id="1"><class id="lecture-1" limit="1"/><class id="lecture-2" limit="2"/></subpart>
      <subpart id="2"><class id="lab-1" limit="1" parent="lecture-1"/><class id="lab-2" parent="lecture-2"/></subpart>
    </config></course>
    <course id="law"><config id="2"><subpart id="3"><class id="nine"/><class id="ten"/></subpart></config></course>
  </courses>
  <students>
    <student id="ann"><course id="logic"/><course id="law"/></student>
    <student id="bob"><course id="logic"/></student>
    <student id="eve"><course id="logic"/></student>
    <student id="dan"><course id="law"/><course id="logic"/></student>
  </students>
</problem>
""")
PLACED = {
    "lecture-1": [at("2026-11-02 09:00")],
    "lecture-2": [at("2026-11-02 11:00")],
    "lab-1": [at("2026-11-02 14:00")],
    "lab-2": [at("2026-11-02 15:00")],
    "nine": [at("2026-11-02 09:00"), at("2026-11-09 09:00")],
    "ten": [at("2026-11-02 10:00")],
}


def test_each_attends_one_class_of_every_subpart_with_its_own_lecture() -> None:
    """Ann has law at ten, since her lecture is at nine. Three seats are left of the lectures when Dan asks for none."""
    assert enrolled(read_demands(ROOT), PLACED) == {
        "lecture-1": ["ann"],
        "lab-1": ["ann"],
        "ten": ["ann"],
        "lecture-2": ["bob", "eve"],
        "lab-2": ["bob", "eve"],
        "nine": ["dan"],
    }


def test_classes_at_the_same_time_are_attended_where_there_is_nothing_else() -> None:
    early = PLACED | {"ten": [at("2026-11-02 09:30")]}
    found = enrolled(read_demands(ROOT), early)
    assert (found["nine"], found["ten"]) == (["ann", "dan"], [])


def test_without_students_nobody_is_enrolled() -> None:
    assert enrolled(read_demands(ET.fromstring("<problem/>")), {}) == {}
