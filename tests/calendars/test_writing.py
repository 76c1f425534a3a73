"""Files of a folder are all written or none, whenever a process is killed; refusals name the cure."""

import json
import os
import subprocess
import sys
from errno import EXDEV
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

import pytest

from calendars.writing import alone, ensure_writable, read_whole, settle, write_whole
from programmes import ROOT, files_of
from refusals import in_both

STAGED, COMMITTED = ".semainier-staged", ".semainier-committed"


class TestWriting:
    """These run as any account: what is in the way stops root too, permissions do not."""

    def test_files_are_written_into_folders_that_are_made(self, tmp_path: Path) -> None:
        files = {"calendar.json": b"{}", "feeds/programme.ics": b"BEGIN", "empty.txt": b""}
        write_whole(tmp_path / "new" / "out", files)
        assert files_of(tmp_path / "new" / "out") == files

    def test_files_of_a_name_are_replaced_and_others_stay(self, tmp_path: Path) -> None:
        write_whole(tmp_path, {"calendar.json": b"old", "report.txt": b"old"})
        write_whole(tmp_path, {"calendar.json": b"new"})
        assert files_of(tmp_path) == {"calendar.json": b"new", "report.txt": b"old"}

    def test_a_name_that_is_a_folder_leaves_every_file_as_it_was(self, tmp_path: Path) -> None:
        before = {"calendar.json": b"old", "report.txt": b"old"}
        write_whole(tmp_path, before)
        (tmp_path / "feeds").mkdir()
        new = {"calendar.json": b"new", "feeds": b"new", "report.txt": b"new", "more.txt": b"new"}
        assert in_both(lambda: write_whole(tmp_path, new), tmp_path) == (
            [f"{tmp_path}: cannot be written to (feeds is in the way): name another folder with -o"],
            [
                f"{tmp_path} : n’est pas accessible en écriture (feeds occupe la place) : "
                "indiquez un autre dossier avec -o"
            ],
        )
        assert files_of(tmp_path) == before

    def test_a_folder_that_is_a_file_leaves_every_file_as_it_was(self, tmp_path: Path) -> None:
        before = {"calendar.json": b"old", "feeds": b"old"}
        write_whole(tmp_path, before)
        new = {"calendar.json": b"new", "feeds/programme.ics": b"new"}
        english, _ = in_both(lambda: write_whole(tmp_path, new), tmp_path)
        assert english == [f"{tmp_path}: cannot be written to (feeds is in the way): name another folder with -o"]
        assert files_of(tmp_path) == before

    def test_a_folder_that_can_be_written_to_is_made_and_stays_empty(self, tmp_path: Path) -> None:
        ensure_writable(tmp_path / "new" / "out")
        ensure_writable(tmp_path / "new" / "out")
        assert [path.name for path in tmp_path.rglob("*")] == ["new", "out"]

    @pytest.mark.parametrize("name", ["out", "out/year", "out/year/1"])
    def test_a_file_in_the_way_of_the_folder(self, name: str, tmp_path: Path) -> None:
        (tmp_path / "out").write_bytes(b"old")
        assert in_both(lambda: ensure_writable(tmp_path / name), tmp_path) == (
            [f"{name}: cannot be written to (out is in the way): name another folder with -o"],
            [f"{name} : n’est pas accessible en écriture (out occupe la place) : indiquez un autre dossier avec -o"],
        )
        assert files_of(tmp_path) == {"out": b"old"}

    def test_a_name_that_the_system_refuses(self, tmp_path: Path) -> None:
        """255 octets are the longest name of a file."""
        english, _ = in_both(lambda: write_whole(tmp_path, {"a": b"", "x" * 256: b""}), tmp_path)
        assert english == [
            f"{tmp_path}: cannot be written to (File name too long): name another folder with -o",
        ]
        assert files_of(tmp_path) == {}


def killed(how: str, folder: Path) -> list[str]:
    """What stands in a folder each time that a process was killed there, by `tests/support/killing.py`."""
    words = [sys.executable, str(ROOT / "tests" / "support" / "killing.py"), how, str(folder)]
    run = subprocess.run(words, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True)
    found: list[str] = json.loads(run.stdout)
    return found


class TestKilled:
    """Twelve files in six folders, of one version or the next, never of both, and nothing beside them."""

    def test_fifty_times_at_random_leaves_the_last_version_written_or_the_next(self, tmp_path: Path) -> None:
        assert killed("random", tmp_path / "out") == ["whole"] * 50

    def test_at_any_step_leaves_the_old_version_up_to_one_moment_and_then_the_new_one(self, tmp_path: Path) -> None:
        """Each of the twelve files takes a step at least, before that moment and after it."""
        found = killed("steps", tmp_path / "out")
        old, new = found.count("old"), found.count("new")
        assert found == ["old"] * old + ["new"] * new
        assert min(old, new) > 12

    def test_while_the_moves_are_finished_leaves_the_new_version(self, tmp_path: Path) -> None:
        found = killed("finishing", tmp_path / "out")
        assert found == ["new"] * len(found)
        assert len(found) > 12


FILES = {"calendar.json": b"new", "feeds/groups/all.ics": b"new"}


def left(folder: Path, files: dict[str, bytes], below: str = COMMITTED) -> None:
    """Leaves some files as a process does that is killed at the moment from which on they count, or before."""
    for name, data in files.items():
        path = folder / below / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


class TestCutShort:
    def test_reading_a_file_finishes_what_was_written_with_it(self, tmp_path: Path) -> None:
        write_whole(tmp_path, {"calendar.json": b"old", "report.txt": b"old"})
        left(tmp_path, FILES)
        assert read_whole(tmp_path / "feeds" / "groups" / "all.ics") == b"new"
        assert files_of(tmp_path) == {**FILES, "report.txt": b"old"}
        assert not (tmp_path / COMMITTED).exists()

    def test_reading_from_inside_the_folder_does_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        left(tmp_path, FILES)
        (tmp_path / "feeds").mkdir()
        monkeypatch.chdir(tmp_path / "feeds")
        assert read_whole(Path("groups", "all.ics")) == b"new"
        assert files_of(tmp_path) == FILES

    @pytest.mark.parametrize("below", [".", "feeds", "feeds/groups"])
    def test_writing_finishes_it_before(self, below: str, tmp_path: Path) -> None:
        """So what comes later is not undone by it."""
        (tmp_path / "feeds" / "groups").mkdir(parents=True)
        left(tmp_path, {"all.ics": b"new", "feeds/all.ics": b"new", "feeds/groups/all.ics": b"new"})
        write_whole(tmp_path / below, {"all.ics": b"newer"})
        settle(tmp_path)
        written = Path(below, "all.ics").as_posix()
        assert {name for name, data in files_of(tmp_path).items() if data == b"newer"} == {written}
        assert len(files_of(tmp_path)) == 3

    def test_what_never_counted_is_forgotten(self, tmp_path: Path) -> None:
        write_whole(tmp_path, {"calendar.json": b"old"})
        left(tmp_path, {"calendar.json": b"new"}, STAGED)
        assert read_whole(tmp_path / "calendar.json") == b"old"
        write_whole(tmp_path, {"report.txt": b"new"})
        assert files_of(tmp_path) == {"calendar.json": b"old", "report.txt": b"new"}

    def test_what_cannot_be_moved_is_read_where_it_is(self, tmp_path: Path) -> None:
        """A folder is in the way, which stops any account, as a disk for reading only would."""
        left(tmp_path, {"calendar.json": b"new"})
        (tmp_path / "calendar.json").mkdir()
        assert read_whole(tmp_path / "calendar.json") == b"new"
        english, _ = in_both(lambda: write_whole(tmp_path, {"report.txt": b""}), tmp_path)
        assert english == [
            f"{tmp_path}: cannot be written to (calendar.json is in the way): name another folder with -o"
        ]
        assert files_of(tmp_path / COMMITTED) == {"calendar.json": b"new"}

    def test_a_folder_on_another_disk_gets_its_files_too(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        replace = os.replace

        def refusing(source: Path, place: Path) -> None:
            if source.parent.name == "groups" and place.parent != source.parent:
                raise OSError(EXDEV, os.strerror(EXDEV), str(source), None, str(place))
            replace(source, place)

        monkeypatch.setattr(os, "replace", refusing)
        write_whole(tmp_path, FILES)
        assert files_of(tmp_path) == FILES


def test_nobody_else_writes_to_a_folder_in_the_meantime(tmp_path: Path) -> None:
    lock = os.open(tmp_path, os.O_RDONLY)
    with alone(tmp_path) as write:
        with pytest.raises(BlockingIOError):
            flock(lock, LOCK_EX | LOCK_NB)
        write({"calendar.json": b"1"})
        with pytest.raises(BlockingIOError):
            flock(lock, LOCK_EX | LOCK_NB)
    flock(lock, LOCK_EX | LOCK_NB)
    os.close(lock)
    assert files_of(tmp_path) == {"calendar.json": b"1"}


def test_a_folder_that_is_missing_is_made_only_where_something_is_written(tmp_path: Path) -> None:
    with alone(tmp_path / "out") as write:
        assert not (tmp_path / "out").exists()
        write({"calendar.json": b"1"})
    assert files_of(tmp_path / "out") == {"calendar.json": b"1"}
