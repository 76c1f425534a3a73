"""What a new calendar changes of the previous one, in words."""

from calendars.calendar_file import Calendar
from calendars.change_words import CHANGE_HEADERS, change_row, counted
from calendars.changes import changes
from calendars.comparing import titles_of
from calendars.wording import say, say_count
from console.screen import Screen

_MOST_ROWS = 12


def tell_changes(screen: Screen, calendar: Calendar, previous: Calendar) -> None:
    """Tells how much moved since the previous calendar, and the first of it one by one."""
    found = changes(calendar, previous)
    if not found:
        screen.line(say("Nothing moves: every session and block stands as in the previous calendar."))
        return
    counts = counted(change.kind for change in found)
    screen.line(say("Against the previous calendar: {counts}.", counts=counts))
    titles = titles_of(previous, calendar)
    screen.table("<<<", CHANGE_HEADERS, [change_row(each, titles, screen.language) for each in found[:_MOST_ROWS]])
    if (others := len(found) - _MOST_ROWS) > 0:
        screen.line(say_count("… and {count} other change.", "… and {count} other changes.", others))
