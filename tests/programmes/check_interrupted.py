"""Ctrl-C at any moment: what a command was given stays as it is, and what it writes is old or new, never a mixture."""

import json
import re
import subprocess
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from shutil import copytree
from signal import SIGINT
from typing import NamedTuple

import pytest

from calendars.writing import settle
from door import semainier_here
from programmes import ROOT, environment, files_of, write
from weekly import WEEK, week

TIMES = 2
MOMENTS = (*map(str, range(TIMES)), "staged", "committed")
"""One in each half of the time that a command takes undisturbed, and two while it writes, which takes little time."""
STOPPED = "The search ended before a lawful year was found, and nothing is proved: give it more time.\n"
OURS = re.compile(r'cli\.py", line [1-9]')
"""In a traceback: our code has begun. Before its first line Python itself tells of Ctrl-C, in its own way."""

CHANGES = """\
[[away]]
trainer = "ann"
dates = [2026-11-10, 2026-11-10]
"""
DESIGN = "design.virtual-class#1"
DAY = ("--as-of", "2026-10-02")
COMMANDS: dict[str, tuple[object, ...]] = {
    "replan": ("small.toml", "published/calendar.json", "away.toml", "-o", "out", *DAY),
    "compare": ("published/calendar.json", "other/calendar.json", "-o", "new"),
    "publish": ("small.toml", "other/calendar.json", "--name", "Second", *DAY),
    "restore": ("small.toml", "published", "First", "-o", "new", *DAY),
    "pin": ("other/calendar.json", DESIGN, *DAY),
    "accept": ("published/calendar.json", "offer", "3", "-o", "new", *DAY),
    "poll confirm": ("published/calendar.json", "poll", "--slot", "3", "-o", "new", *DAY),
}
WRITTEN = {"replan": "out", "publish": "published", "pin": "other"}
"""Folders that are written to and stand already; the others write to a new one."""


Running = subprocess.Popen[str]


class Ended(NamedTuple):
    """How a command ended, and every file by then; `seconds` from its start."""

    code: int
    out: str
    err: str
    files: dict[str, bytes]
    seconds: float

    @property
    def has_begun(self) -> bool:
        """Whether it said something of its own; before its first line Python itself names the exception, or nothing."""
        return bool(self.out) or bool(self.err and "KeyboardInterrupt" not in self.err)


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A week that is published, made again with the session of a poll at another time, and something that happened."""
    folder = week(tmp_path_factory.mktemp("given"), WEEK + "[laws.availability]\n")
    write(folder, CHANGES, "away.toml")
    write(folder, "voter,required\nDelegate,\n", "voters.csv")
    calendar, offer = folder / "published" / "calendar.json", folder / "offer"
    commands: tuple[tuple[object, ...], ...] = (
        (
            "publish",
            folder / "small.toml",
            folder / "out" / "calendar.json",
            "--name",
            "First",
            "-o",
            folder / "published",
            *DAY,
        ),
        ("offer", folder / "small.toml", calendar, DESIGN, "--published", "-o", offer, *DAY),
        ("accept", calendar, offer, 3, "-o", folder / "other", *DAY),
        (
            "poll",
            "open",
            offer,
            "--voters",
            folder / "voters.csv",
            "--until",
            "2026-10-05",
            "-o",
            folder / "poll",
            *DAY,
        ),
    )
    assert [semainier_here(*words).code for words in commands] == [0] * len(commands)
    return folder


def run(name: str, folder: Path, wait: Callable[[Running], None] | None) -> Ended:
    """A command in a folder; with Ctrl-C after a wait, or undisturbed."""
    words = [sys.executable, str(ROOT / "cli.py"), *name.split(), *map(str, COMMANDS[name])]
    start = time.monotonic()
    with subprocess.Popen(
        words, cwd=folder, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        if wait is not None:
            wait(running)
            running.send_signal(SIGINT)
        out, err = running.communicate(timeout=60)
    seconds = time.monotonic() - start
    for place in (folder / "new", *map(folder.joinpath, WRITTEN.values())):
        if place.exists():
            settle(place)
    return Ended(running.returncode, out, err, files_of(folder), seconds)


@pytest.fixture(scope="module")
def usual(given: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Ended]:
    """How a command ends undisturbed."""

    @cache
    def ended(name: str) -> Ended:
        return run(name, copied(given, tmp_path_factory.mktemp("usual")), None)

    return ended


def copied(given: Path, folder: Path) -> Path:
    """The week once more."""
    copytree(given, folder, dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_undisturbed_it_writes_to_one_folder_alone(name: str, given: Path, usual: Callable[[str], Ended]) -> None:
    ended, before = usual(name), files_of(given)
    changed = {path for path in {*before, *ended.files} if before.get(path) != ended.files.get(path)}
    assert (ended.code, "Traceback" in ended.err) == (int(name == "compare"), False)
    assert {path.split("/")[0] for path in changed} == {WRITTEN.get(name, "new")}


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("name", COMMANDS)
def test_ctrl_c_leaves_all_as_it_was_or_whole(
    name: str, moment: str, given: Path, usual: Callable[[str], Ended], tmp_path: Path
) -> None:
    """A search that is ended may have found another calendar, which is whole too."""
    whole, before = usual(name), files_of(given)
    folder = copied(given, tmp_path)
    ended = run(name, folder, waiting(name, moment, folder, whole.seconds))
    assert OURS.search(ended.err) is None, ended.err
    if not ended.has_begun:
        assert ended.files == before
    elif ended.code == 3:
        assert ended.err.endswith("Interrupted.\n") or (ended.out, ended.files == before) == (STOPPED, True)
        assert ended.files in (before, whole.files)
    else:
        assert ended.code in (whole.code, -SIGINT)
        assert ended.files == whole.files or is_another_draft(ended.files, before, tmp_path)


def waiting(name: str, moment: str, folder: Path, seconds: float) -> Callable[[Running], None]:
    """A wait for a moment of a command: for what it writes, or for so much of its time."""
    if moment.isdecimal():
        after = (int(moment) + Random(f"{name} {moment}").random()) / TIMES * seconds
        return lambda running: time.sleep(after)
    place = folder / WRITTEN.get(name, "new")
    before = names_in(place)

    def wait(running: Running) -> None:
        new = set[str]()
        while running.poll() is None and not new:
            time.sleep(0.0005)
            new = names_in(place) - before
            if moment == "committed":
                new &= {".semainier-committed"}

    return wait


def names_in(place: Path) -> set[str]:
    """What stands in a folder, if there is one."""
    return {path.name for path in place.iterdir()} if place.exists() else set()


def is_another_draft(files: dict[str, bytes], before: dict[str, bytes], folder: Path) -> bool:
    """Whether nothing but the draft is new, which is lawful, and whose feed has the times of its calendar."""
    others = [{path: data for path, data in each.items() if not path.startswith("out/")} for each in (files, before)]
    sessions = json.loads(files["out/calendar.json"])["sessions"]
    events = re.findall(r"UID:(\S+)@.*?DTSTART[^:]*:(\S+)", files["out/feeds/programme.ics"].decode(), re.DOTALL)
    times = {(session["uid"], session["start"].replace("-", "").replace(":", "")) for session in sessions}
    check = semainier_here("check", folder / "small.toml", folder / "out" / "calendar.json")
    return others[0] == others[1] and times <= {*events} and check.code == 0
