"""`semainier compare`: what differs between two calendars of one programme, and whom it concerns."""

from pathlib import Path

from calendars.calendar_file import Calendar
from calendars.comparing import Comparison, compare
from calendars.faults import Fault, FaultyInput
from calendars.readers import FOLDERS
from calendars.saving import read_calendar
from calendars.writing import ensure_writable, write_whole
from commands.printing import print_json, telling_faults
from console.comparison import comparison_record, tell_comparison

_MESSAGES = "messages"


def compare_calendars(before: Path, after: Path, output: Path | None, lang: str | None, as_json: bool) -> bool:
    """Tells what differs from one calendar to a later one, in `lang`, else in the language of the later one.

    Where `output` is given it gets `compare.html`, and a text for each reader whom something concerns:
    `messages/groups/KEY.txt`, and so on. These four folders of messages are the command's own: a text there that is
    not of this comparison is removed, so that none of an earlier one is sent.

    Returns:
        Whether nothing differs.

    Raises:
        FaultyInput: where a calendar cannot be read, or the two are not of one programme.
        SystemExit: where the folder cannot be written to, told in the language of the answer.
    """
    comparison = compare(*_read(before, after))
    language = lang or comparison.after.language
    if output is not None:
        with telling_faults(language):
            _write(comparison, output, language)
    if as_json:
        print_json(comparison_record(comparison, output, language))
    else:
        from rich.console import Console

        from console.screen import Screen

        tell_comparison(Screen(Console(), language), comparison, output)
    return comparison.same


def _read(before: Path, after: Path) -> tuple[Calendar, Calendar]:
    """Both calendars; the faults of both are told at once."""
    found, faults = list[Calendar](), list[Fault]()
    for path in (before, after):
        try:
            found.append(read_calendar(path, found[0].programme if found else None))
        except FaultyInput as error:
            faults += error.faults
    if faults:
        raise FaultyInput(faults)
    return found[0], found[1]


def _write(comparison: Comparison, output: Path, language: str) -> None:
    from calendars.notices import notices
    from calendars.page.comparison import comparison_page

    folders = [output / _MESSAGES / name for name in FOLDERS]
    for folder in (output, *(each for each in folders if each.exists())):
        ensure_writable(folder)
    messages = {f"{_MESSAGES}/{name}": text.encode() for name, text in notices(comparison, language).items()}
    write_whole(output, {"compare.html": comparison_page(comparison, language), **messages})
    written = {output / name for name in messages}
    for folder in folders:
        for path in folder.glob("*.txt"):
            if path not in written and path.is_file():
                path.unlink()
