"""Two calendars side by side, in words: the tables that terminal and page show alike."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple

from calendars.calendar_file import Calendar, Revision
from calendars.change_words import CHANGE_HEADERS, change_row, counted
from calendars.changes import Kind
from calendars.comparing import Comparison, LevelChange, Touched, WorkChange
from calendars.naming import AIMS
from calendars.readers import Reader
from calendars.standing import standing_of
from calendars.wording import Message, say, say_count


class Grid(NamedTuple):
    """A table: "<" or ">" for each column, a header for each, and rows; None in a cell stands for nothing."""

    alignment: str
    headers: Sequence[Message]
    rows: Sequence[Sequence[object]]


NOTHING_DIFFERS = say("Nothing differs: sessions, blocks and self-paced work stand as they stood.")


def described(calendar: Calendar) -> Message:
    """Which calendar it is: a draft or a version, and the day as of which it was made."""
    return say("{standing}, made as of {day}", standing=standing_of(calendar), day=calendar.as_of)


def count_words(comparison: Comparison) -> Message:
    """How much differs."""
    kinds = [change.kind for change in comparison.changes]
    return say("What differs: {counts}.", counts=_counts(kinds, comparison.work))


def _counts(kinds: Sequence[Kind], work: Sequence[WorkChange]) -> tuple[Message, ...]:
    weeks = len({each.monday for each in work})
    shifted = say_count("self-paced work in {count} week", "self-paced work in {count} weeks", weeks)
    return (*counted(kinds), *([shifted] if weeks else []))


def since_words(revision: Revision) -> Message:
    """What happened in the year, in a line."""
    why = revision.why or say("(no reason given)")
    if revision.withdrawn is None:
        return say("Since then, on {day}: {why}", day=revision.day, why=why)
    return say("Since then, on {day}: {why} (withdrawn on {end})", day=revision.day, why=why, end=revision.withdrawn)


def changes_grid(comparison: Comparison, language: str) -> Grid:
    """Every session and run of days that is not as it was, in order of time."""
    rows = [change_row(change, comparison.titles, language) for change in comparison.changes]
    return Grid("<<<", CHANGE_HEADERS, rows)


def work_grid(comparison: Comparison) -> Grid:
    """The self-paced work of each week that has more or less of it."""
    headers = (say("Week of"), say("Before"), say("Now"), say("Self-paced work"))
    return Grid("<>><", headers, [_work_row(each, comparison) for each in comparison.work])


def _work_row(work: WorkChange, comparison: Comparison) -> tuple[object, ...]:
    groups = tuple(comparison.titles["groups"].get(key, key) for key in work.groups)
    what = say("{module} · {groups}", module=work.module_title, groups=groups)
    return work.monday, _length(work.before), _length(work.after), what


def _length(minutes: int) -> timedelta | None:
    return timedelta(minutes=minutes) if minutes else None


def levels_grid(comparison: Comparison) -> Grid:
    """What each level costs before and now."""
    headers = (say("Level"), say("Before"), say("Now"), say("Difference"), say("Quality"), say("Preferences"))
    return Grid(">>>><<", headers, [_level_row(level) for level in comparison.levels])


def _level_row(level: LevelChange) -> tuple[object, ...]:
    difference = None if level.difference is None else f"{level.difference:+d}" if level.difference else "="
    aims = tuple(AIMS.get(rule, rule) for rule in level.rules)
    return level.rank, level.before, level.after, difference, say("proved optimal") if level.proved else None, aims


def level_notes(comparison: Comparison) -> Iterator[Message]:
    """What to know before two values are compared."""
    if not comparison.levels:
        yield say("Neither calendar has a level of preferences.")
    if any(level.difference is None for level in comparison.levels):
        yield say("The two were made with different preferences: a level of one alone has nothing to be compared with.")
    together = {comparison.before.certificate.together, comparison.after.certificate.together}
    if len(together) > 1:
        yield say("The two were not solved with the same other programmes, whose costs count in these values.")
    elif together != {()}:
        yield say("These values are of all the programmes that were solved together.")


def touched_grid(comparison: Comparison) -> Grid:
    """Everybody whom something concerns, with how much of it, most concerned first."""
    headers = (say("Changes"), say("Whom to tell"))
    return Grid("><", headers, [_touched_row(each) for each in comparison.touched])


def _touched_row(touched: Touched) -> tuple[int, Message]:
    counts = _counts([each.kind for each in touched.seen], touched.work)
    return touched.total, say("{what}: {now}", what=name_of_reader(touched.reader), now=counts)


def name_of_reader(reader: Reader) -> Message:
    """A group, trainer or place by title, a student by pseudonym."""
    match reader.folder:
        case "groups":
            return say("group “{title}”", title=reader.title)
        case "trainers":
            return say("trainer “{title}”", title=reader.title)
        case "places":
            return say("place “{title}”", title=reader.title)
        case _:
            return say("student {key}", key=reader.key)
