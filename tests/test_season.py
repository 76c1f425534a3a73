"""A season, played by the commands that people give: solve, publish, change two things, solve again, publish again.

The feeds that people subscribed to tell each change once, and nothing else of them changes by a byte.
"""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from programmes import Run, changed, files_of, plain, semainier, write

AUTUMN = """\
title = "Autumn course"
language = "en"
dates = [2026-10-05, 2026-12-18]
starts_every_minutes = 30

[opening_hours]
monday = "09:00-17:00"
tuesday = "09:00-17:00"
wednesday = "09:00-17:00"
thursday = "09:00-17:00"
friday = "09:00-17:00"
lunch = "12:00-13:30"

[days_off]
school_zones = ["B"]

[groups.all]
title = "Everybody"
students = ["p01", "p02"]

[groups.french]
title = "French option"
part_of = "all"
students = ["p02"]

[trainers.design]
title = "Trainer, design"
cannot = [{ weekday = "monday" }]
prefers = [{ weekday = "tuesday" }]

[trainers.tutoring]
title = "Trainer, tutoring"
cannot = [{ weekday = "monday" }]
prefers = [{ weekday = "thursday" }]

[places.room]
title = "Room 12"

[places.online]
title = "Online room"
virtual = true

[blocks.opening]
title = "Opening week"
kind = "seminar"
group = "all"
dates = [2026-10-05, 2026-10-16]
days = 5
place = "room"

[modules.design]
title = "Design"
group = "all"
trainer = "design"
parts = [
    { kind = "virtual-class", sessions = 6, minutes = 90, place = "online" },
    { kind = "exam", sessions = 1, minutes = 120, place = "room", dates = [2026-12-01, 2026-12-18] },
    { kind = "distance-work", hours = 12 },
]

[modules.tutoring]
title = "Tutoring"
group = "french"
trainer = "tutoring"
parts = [{ kind = "virtual-class", sessions = 5, minutes = 60, place = "online" }]

[laws.days_off]
[laws.working_hours]
[laws.availability]
[laws.whole_week]
[laws.one_at_a_time]
[laws.distance_cap]
minutes_per_week = 300

[laws.spread]
sessions_per_week = 1
modules = ["design", "tutoring"]

[preferences.trainer_preference]
[preferences.regular_slot]
level = 2
[preferences.even_load]
level = 3
group = "all"
target_hours_per_week = 3
"""

SOLVED, PUBLISHED, SOLVED_AGAIN, PUBLISHED_AGAIN = "2026-09-15", "2026-09-20", "2026-11-18", "2026-11-19"
"""The days on which things are done; the second time five classes have been held."""


class Season(NamedTuple):
    """A folder in which a season was played, and what was done to whom."""

    folder: Path
    hit: frozenset[str]
    said: dict[str, Run]

    def calendar(self, name: str) -> dict[str, Any]:
        saved: dict[str, Any] = json.loads((self.folder / name / "calendar.json").read_bytes())
        return saved

    def sessions(self, name: str) -> dict[str, dict[str, Any]]:
        """The sessions of a calendar by UID."""
        return {session["uid"]: session for session in self.calendar(name)["sessions"]}

    def events(self, name: str) -> dict[str, bytes]:
        """The events of a programme's feed by UID, as they are written."""
        data = (self.folder / name / "feeds" / "programme.ics").read_bytes()
        found = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", data, re.DOTALL)
        return {re.search(rb"UID:(\S+)", event)[1].decode(): event for event in found}  # type: ignore[index]


def sequence(event: bytes) -> int:
    found = re.search(rb"SEQUENCE:(\d+)", event)
    assert found
    return int(found[1])


def last_of(calendar: dict[str, Any], part: str) -> dict[str, Any]:
    """The last session of a part: it can move a little without passing another one, so that numbers stay."""
    session: dict[str, Any] = max(
        (session for session in calendar["sessions"] if session["part"] == part), key=lambda session: session["start"]
    )
    return session


@pytest.fixture(scope="module")
def season(tmp_path_factory: pytest.TempPathFactory) -> Season:
    """A trainer is away on the day of the last class, and the room is closed on the day of the exam."""
    folder = tmp_path_factory.mktemp("season")
    file, published = write(folder, AUTUMN, "autumn.toml"), folder / "published"
    said = {
        "solve": semainier("solve", file, "-o", folder / "out", "--as-of", SOLVED),
        "publish": semainier(
            "publish", file, folder / "out/calendar.json", "--name", "Start", "-o", published, "--as-of", PUBLISHED
        ),
    }
    (folder / "first").mkdir()
    for name, data in files_of(published).items():
        (folder / "first" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "first" / name).write_bytes(data)
    calendar = json.loads((published / "calendar.json").read_bytes())
    hit = [last_of(calendar, part) for part in ("design.virtual-class", "design.exam")]
    away, closed = (session["start"][:10] for session in hit)
    before = 'cannot = [{ weekday = "monday" }]\nprefers = [{ weekday = "tuesday" }]'
    text = changed(before, before.replace("}]", f"}}, {{ dates = [{away}, {away}] }}]", 1), AUTUMN)
    text = changed('title = "Room 12"', f'title = "Room 12"\ncannot = [{{ dates = [{closed}, {closed}] }}]', text)
    write(folder, text, "autumn.toml")
    said["solve again"] = semainier(
        "solve", file, "-o", folder / "out", "--previous", published / "calendar.json", "--as-of", SOLVED_AGAIN
    )
    said["publish again"] = semainier(
        "publish", file, folder / "out/calendar.json", "--name", "All Saints", "-o", published,
        "--as-of", PUBLISHED_AGAIN,
    )  # fmt: skip
    return Season(folder, frozenset(session["uid"] for session in hit), said)


def test_every_command_went_well(season: Season) -> None:
    assert {name: run.code for name, run in season.said.items()} == dict.fromkeys(season.said, 0)


def test_exactly_the_sessions_that_lost_their_day_moved(season: Season) -> None:
    first, second = season.sessions("first"), season.sessions("published")
    assert first.keys() == second.keys()
    assert {uid for uid in first if first[uid]["start"] != second[uid]["start"]} == season.hit


def test_exactly_those_have_a_new_sequence_and_all_others_the_same_bytes(season: Season) -> None:
    first, second = season.events("first"), season.events("published")
    assert {uid for uid in first if first[uid] != second[uid]} == season.hit
    assert {uid: sequence(event) for uid, event in second.items()} == {
        uid: int(uid in season.hit) for uid in first.keys() | second.keys()
    }


def test_a_draft_tells_what_its_version_will_tell_but_for_the_day(season: Season) -> None:
    drafted, published = season.events("out"), season.events("published")
    days = (b"20261118T000000Z", b"20261119T000000Z")
    assert {uid: event.replace(*days) for uid, event in drafted.items()} == published


def test_feeds_of_readers_whom_no_change_concerns_are_the_same_files(season: Season) -> None:
    first, second = files_of(season.folder / "first" / "feeds"), files_of(season.folder / "published" / "feeds")
    assert {name for name in first if first[name] != second[name]} == {
        "programme.ics",
        "groups/all.ics",
        "people/p01.ics",
        "people/p02.ics",
        "places/online.ics",
        "places/room.ics",
        "trainers/design.ics",
    }
    assert first.keys() == second.keys()


def test_what_was_held_stands_where_it_stood(season: Season) -> None:
    first, second = season.sessions("first"), season.sessions("published")
    held = {uid for uid, session in first.items() if session["start"] < SOLVED_AGAIN}
    assert len(held) == 5
    assert {uid: second[uid] for uid in held} == {uid: first[uid] for uid in held}


def test_versions_are_named_dated_and_kept(season: Season) -> None:
    start, saints = {"name": "Start", "day": PUBLISHED}, {"name": "All Saints", "day": PUBLISHED_AGAIN}
    published = season.calendar("published")
    assert (published["versions"], published["draft"]) == ([start, saints], False)
    assert (season.calendar("out")["versions"], season.calendar("out")["draft"]) == ([start], True)
    assert {session["state"] for session in published["sessions"]} == {"published"}
    kept = files_of(season.folder / "published" / "versions")
    assert list(kept) == ["01-start.json", "02-all-saints.json"]
    assert kept["02-all-saints.json"] == (season.folder / "published" / "calendar.json").read_bytes()
    assert kept["01-start.json"] == (season.folder / "first" / "calendar.json").read_bytes()


def test_the_draft_says_what_moves(season: Season) -> None:
    lines = season.said["solve again"].lines
    assert "Against the previous calendar: 2 moved." in lines
    assert "    0     60     60  proved optimal  few changes" in lines
    assert "Version 2, “All Saints”, is published in" in plain(season.said["publish again"].out)


def test_the_published_feed_is_found_without_breach(season: Season) -> None:
    feed = season.folder / "published" / "feeds" / "programme.ics"
    run = semainier("check", season.folder / "autumn.toml", feed)
    assert (run.code, run.lines[1:]) == (0, ["No breach: every law is kept."])


def test_a_moved_event_is_named(season: Season, tmp_path: Path) -> None:
    """An exam goes to the Sunday after it in a calendar program; the feed lies beside its calendar."""
    for name, data in files_of(season.folder / "published").items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    exam = next(one for one in season.sessions("published").values() if one["kind"] == "exam")
    day = date.fromisoformat(exam["start"][:10])
    sunday = day + timedelta(days=6 - day.weekday())
    feed = tmp_path / "feeds" / "groups" / "all.ics"
    old, new = (f"Europe/Paris:{each:%Y%m%d}" for each in (day, sunday))
    event = season.events("published")[exam["uid"]]
    feed.write_bytes(feed.read_bytes().replace(event, event.replace(old.encode(), new.encode())))
    run = semainier("check", season.folder / "autumn.toml", feed)
    name = "“Design” (exam)"
    when = f"on Sunday {sunday.day} {sunday:%B} {sunday.year} {exam['start'][11:16]}"
    assert run.code == 1
    assert [line for line in run.lines if line.startswith("days_off")] == [
        f"days_off: {name} stands {when}: not a day of the working week"
    ]


def test_a_year_made_without_the_published_one_cannot_replace_it(season: Season) -> None:
    file = season.folder / "autumn.toml"
    assert semainier("solve", file, "-o", season.folder / "anew", "--as-of", SOLVED).code == 0
    before = files_of(season.folder / "published")
    run = semainier(
        "publish", file, season.folder / "anew/calendar.json", "--name", "Anew", "-o", season.folder / "published"
    )
    assert (run.code, files_of(season.folder / "published")) == (2, before)
    assert run.errors == [
        f"{season.folder / 'published'}: version “All Saints” is published there, and the calendar does not follow it, "
        f"so that feeds would contradict themselves: make it with solve --previous "
        f"{season.folder / 'published' / 'calendar.json'}, or name another folder with -o"
    ]
