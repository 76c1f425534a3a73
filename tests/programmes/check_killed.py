"""The command killed while it writes, and given twice at once: what was said to be done is never lost."""

import json
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from programmes import ROOT, command, environment, semainier

Pin = subprocess.Popen[bytes]
TIMES = 10


def pinning(calendar: Path, session: str) -> Pin:
    """A command that pins a session, and has only begun."""
    words = command("pin", calendar, session)
    return subprocess.Popen(words, cwd=ROOT, env=environment(), stdout=subprocess.DEVNULL)


def pinned(calendar: Path) -> set[str]:
    """What is pinned, by UID, as the command tells it."""
    run = semainier("pin", calendar, "--json")
    assert run.code == 0, run.err
    return {pin["uid"] for pin in json.loads(run.out)["pins"]}


def test_a_command_that_is_killed_has_pinned_its_session_or_changed_nothing(
    solved: Callable[[str, int], Path], tmp_path: Path
) -> None:
    made = (solved("magistere", 0) / "calendar.json").read_bytes()
    calendar = tmp_path / "calendar.json"
    calendar.write_bytes(made)
    first, *uids = (session["uid"] for session in json.loads(made)["sessions"])
    start = time.monotonic()
    assert pinning(calendar, first).wait() == 0
    seconds, random, known = time.monotonic() - start, Random(2026), {first}
    for uid in uids[:TIMES]:
        running = pinning(calendar, uid)
        time.sleep(random.uniform(0.5, 1.1) * seconds)
        running.kill()
        done = {uid} if running.wait() == 0 else set()
        now = pinned(calendar)
        assert known | done <= now <= known | {uid}
        known = now
    assert [path.name for path in tmp_path.iterdir() if path != calendar] in ([], [".semainier-staged"])
    assert semainier("check", "programmes/magistere.toml", calendar).code == 0


def test_of_two_commands_at_once_none_undoes_the_other(solved: Callable[[str, int], Path], tmp_path: Path) -> None:
    made = (solved("magistere", 0) / "calendar.json").read_bytes()
    calendar = tmp_path / "calendar.json"
    calendar.write_bytes(made)
    uids = [session["uid"] for session in json.loads(made)["sessions"][:4]]
    all_running = [pinning(calendar, uid) for uid in uids]
    assert [running.wait() for running in all_running] == [0] * len(uids)
    assert pinned(calendar) == set(uids)
