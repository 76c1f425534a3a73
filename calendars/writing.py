"""Files of a folder written as one: all of them or none, also where the program is killed meanwhile.

They are staged in a hidden folder, whose renaming is the one moment from which on they count. Whatever reads or writes
next finishes the moves that are left then.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from errno import EACCES, EISDIR, ENOTDIR, EXDEV
from fcntl import LOCK_EX, flock
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile

from calendars.faults import Fault, FaultyInput
from calendars.wording import Message, say

_STAGED, _COMMITTED = ".semainier-staged", ".semainier-committed"


def ensure_writable(folder: Path) -> None:
    """Makes a folder where it is missing, and tries whether files can be written there.

    Raises:
        FaultyInput: where the folder cannot be made or written to.
    """
    with _naming_the_cure(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=folder):
            pass


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes all files, by path below the folder, or none of them; the folder is made where it is missing.

    Raises:
        FaultyInput: where the folder cannot be written to; no file is changed then.
    """
    with _naming_the_cure(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with alone(folder) as write:
        write(files)


@contextmanager
def alone(folder: Path) -> Iterator[Callable[[Mapping[str, bytes]], None]]:
    """Lets no other command write to a folder meanwhile; gives what writes to it as `write_whole` does.

    So what is read in between is not changed before it is written again. Where there is no folder, nothing is locked.

    Raises:
        FaultyInput: where the folder cannot be locked, or what another command left cannot be finished.
    """
    if not folder.exists():
        yield partial(write_whole, folder)
        return
    with _naming_the_cure(folder):
        _settle_above(folder)
        lock = _locked(folder)
    try:
        with _naming_the_cure(folder):
            _finish(folder)
        yield partial(_write, folder)
    finally:
        os.close(lock)


def settle(folder: Path) -> None:
    """Finishes what a command that was cut short has left in a folder: its files are all moved, or all forgotten.

    Raises:
        OSError: where this account cannot do it.
    """
    lock = _locked(folder)
    try:
        _finish(folder)
    finally:
        os.close(lock)


def read_whole(path: Path) -> bytes:
    """The bytes of a file, once what was written with it stands; see `settled`.

    Raises:
        OSError: where it cannot be read.
    """
    return settled(path).read_bytes()


def settled(path: Path) -> Path:
    """Where a file is to be read: in its place, into which all that counts by now is moved first.

    Where this account cannot move it, as on a disk for reading only, the file is still where it was staged.
    """
    whole = path.absolute()
    for folder in whole.parents:
        committed = folder / _COMMITTED
        if not os.path.lexists(committed):
            continue
        try:
            settle(folder)
        except OSError:
            unmoved = committed / whole.relative_to(folder)
            if unmoved.exists():
                return unmoved
    return path


def _settle_above(folder: Path) -> None:
    for above in folder.absolute().parents:
        if os.path.lexists(above / _COMMITTED):
            settle(above)


def _locked(folder: Path) -> int:
    """A descriptor of the folder that no other command has until it is closed; the system closes it with a process."""
    lock = os.open(folder, os.O_RDONLY)
    try:
        flock(lock, LOCK_EX)
    except BaseException:
        os.close(lock)
        raise
    return lock


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    staged = folder / _STAGED
    with _naming_the_cure(folder):
        try:
            staged.mkdir()
            for name, data in files.items():
                _ensure_free(folder / name)
                _stage(staged / name, data)
            for below, _, _ in os.walk(staged):
                _sync(Path(below))
            staged.rename(folder / _COMMITTED)
        finally:
            shutil.rmtree(staged, ignore_errors=True)
        _sync(folder)
        _finish(folder)


def _ensure_free(path: Path) -> None:
    """Raises an OSError where a file cannot be moved to a path, so that nothing has been moved by then."""
    if path.is_dir():
        raise IsADirectoryError(EISDIR, os.strerror(EISDIR), str(path))
    above = next(folder for folder in path.parents if os.path.lexists(folder))
    if not above.is_dir():
        raise NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR), str(above))
    if not os.access(above, os.W_OK | os.X_OK):
        raise PermissionError(EACCES, os.strerror(EACCES), str(above))


def _stage(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _finish(folder: Path) -> None:
    """Moves what is committed to its place, as often as it is called, and forgets what was never committed."""
    committed, staged = folder / _COMMITTED, folder / _STAGED
    if committed.exists():
        for below, _, names in os.walk(committed):
            place = folder / Path(below).relative_to(committed)
            place.mkdir(parents=True, exist_ok=True)
            for name in names:
                _move(Path(below, name), place / name)
            _sync(place)
        shutil.rmtree(committed)
    if staged.exists():
        shutil.rmtree(staged)


def _move(source: Path, place: Path) -> None:
    try:
        source.replace(place)
    except OSError as error:
        if error.errno != EXDEV:
            raise
        # A folder such as feeds may be a link to another disk.
        beside = place.with_name(f".{place.name}.semainier")
        _stage(beside, source.read_bytes())
        beside.replace(place)
        source.unlink()


def _sync(folder: Path) -> None:
    """Has the disk keep the names in a folder, as `os.fsync` of a file has it keep the bytes."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _naming_the_cure(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        why = say("cannot be written to ({why}): name another folder with -o", why=_obstacle(error))
        raise FaultyInput([Fault(why, (), str(folder))]) from None


def _obstacle(error: OSError) -> Message | str:
    match error:
        case FileExistsError() | IsADirectoryError() | NotADirectoryError():
            wanted = Path(error.filename2 or error.filename)
            there = next(path for path in (wanted, *wanted.parents) if path.exists())
            return say("{path} is in the way", path=str(there))
        case PermissionError():
            return say("this account may not write there")
        case _:
            return error.strerror or str(error)
