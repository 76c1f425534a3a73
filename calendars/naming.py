"""What people call the things of a programme."""

from collections.abc import Collection, Sequence

from calendars.clock import Span, dates_of, moment_of
from calendars.programme import Activity, Block, Internship, Part, Programme, Work
from calendars.wording import Message, say, say_count

KINDS = {
    "virtual-class": say("virtual class"),
    "course": say("course"),
    "distance-work": say("self-paced work"),
    "intensive-week": say("intensive week"),
    "seminar": say("residential seminar"),
    "internship": say("internship"),
    "exam": say("exam"),
    "defence": say("defence"),
    "meeting": say("meeting"),
    "milestone": say("milestone"),
}
"""The kinds of the feeds' categories, in words."""

IN_SERIES = {"virtual-class", "course", "meeting"}
"""Kinds whose sessions people count; an exam or a defence is known by its title."""

AIMS = {
    "as_many": say("all sessions held"),
    "distance_cap": say("distance work within its cap"),
    "weekly_load": say("weekly load within its limits"),
    "open_days": say("few open days"),
    "recurring": say("a session every week"),
    "alike": say("the same times, places and trainers"),
    "begin_in_order": say("parts that begin in order"),
    "daily_spacing": say("sessions of a day well spaced"),
    "daily_hours": say("hours of a day within their limit"),
    "daily_blocks": say("few and short blocks of sessions"),
    "few_weekdays": say("few weekdays"),
    "apart": say("other times, places and trainers"),
    "side_by_side": say("sessions at the same time"),
    "trainer_load": say("loads of trainers within their limits"),
    "jury": say("few days of defences"),
    "trainer_preference": say("times that trainers prefer"),
    "near_date": say("dates aimed at"),
    "liked_ways": say("liked times of regular courses"),
    "liked_places": say("liked places"),
    "few_overlaps": say("parts at the same time"),
    "regular_slot": say("regular weekly slots"),
    "steady": say("the same trainers and places"),
    "enough_seats": say("a seat for everybody"),
    "teaching_days": say("sessions on enough days"),
    "even_load": say("even weeks"),
    "small_groups": say("regular sessions of small groups"),
    "compact_days": say("few and full days on site"),
    "lone_sessions": say("no session by itself"),
    "jury_days": say("few and full days of juries"),
    "even_shares": say("sessions evenly shared between trainers"),
    "fair_shares": say("unloved times shared out"),
    "early_finish": say("an early end"),
    "common_zone_hours": say("hours that suit every time zone"),
    "few_changes": say("few changes"),
}
"""What each rule that may be priced aims at, in words."""


_TOLD = 3


def few(messages: Sequence[Message]) -> tuple[Message, ...]:
    """The first three of some messages and the number of the others, which are two or more."""
    more = len(messages) - _TOLD
    return tuple(messages) if more <= 1 else (*messages[:_TOLD], say("{count} others", count=more))


def name_of(programme: Programme, activity: Activity) -> Message:
    """An activity by its module and its own title, or its kind where it has none."""
    match activity:
        case Part() | Work():
            kind = activity.kind if isinstance(activity, Part) else "distance-work"
            own = activity.title or KINDS[kind]
            return say("“{module}” ({part})", module=programme.module_titles[activity.module], part=own)
        case Block() | Internship():
            return say("“{title}”", title=activity.title)


def when_of(activity: Activity, span: Span) -> Message:
    """When a candidate stands, in the words that fit it: a moment, a first day, or a week."""
    days = dates_of(span)
    match activity:
        case Part():
            return say("on {moment}", moment=moment_of(span.start))
        case Work():
            return say("in the week of {monday}", monday=days.first)
        case Block() | Internship():
            if days.first == days.last:
                return say("on {day}", day=days.first)
            return say("from {first} to {last}", first=days.first, last=days.last)


def on_clock_of(zone: str, programme: Programme, local: Span, why: object) -> object:
    """What is wrong with a span on the clock of a zone, which is named where it is not the programme's own."""
    if zone == programme.time_zone:
        return why
    return say("{why} in {zone}, where it is {moment}", why=why, zone=zone, moment=moment_of(local.start))


def name_of_trainer(programme: Programme, key: str) -> Message:
    """A trainer by role."""
    return say("trainer “{title}”", title=programme.trainers[key].title)


def name_of_place(programme: Programme, key: str) -> Message:
    """A place by its title."""
    return say("place “{title}”", title=programme.places[key].title)


def name_of_groups(programme: Programme, keys: Collection[str]) -> Message:
    """One group or several, in the order of the programme."""
    titles = tuple(say("“{title}”", title=group.title) for key, group in programme.groups.items() if key in keys)
    return say_count("group {titles}", "groups {titles}", len(titles), titles=titles)
