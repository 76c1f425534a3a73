"""What each reader of a calendar is told of the one that follows it: a text that is ready to be sent.

It has no name of a person in it and no reason. A trainer is told of their own sessions alone, and whoever no longer
has one is not told who has it.
"""

from collections.abc import Iterator
from datetime import timedelta

from calendars.calendar_file import PlacedDays, PlacedSession
from calendars.change_words import keys_of, length_of, named, title_of
from calendars.changes import Change, Kind, Placed, begin_of
from calendars.comparing import Comparison, Seen, Titles, Touched, WorkChange
from calendars.naming import IN_SERIES
from calendars.wording import Message, render, say

_BEGUN = {
    "groups": say("is now for this group"),
    "trainers": say("is now yours"),
    "places": say("now takes place here"),
    "people": say("is now for you"),
}
"""What is said of an entry that stood, and concerns a reader from now on."""

_ENDED = {
    "groups": say("is no longer for this group"),
    "trainers": say("is no longer yours"),
    "places": say("no longer takes place here"),
    "people": say("is no longer for you"),
}
"""What is said of an entry that stands, and no longer concerns a reader."""


def notice(comparison: Comparison, touched: Touched, language: str) -> str:
    """The text for one reader, in order of time."""
    lines = (render(line, language) for line in _lines(comparison, touched))
    return "\n".join(
        (
            render(say("Hello,"), language),
            "",
            render(_opening(comparison, touched), language),
            "",
            *(f"- {line}" for line in lines),
            "",
            render(say("Subscribed calendars update by themselves: there is nothing to do."), language),
            "",
        )
    )


def notices(comparison: Comparison, language: str) -> dict[str, str]:
    """The text for each reader whom something concerns, by path: `groups/KEY.txt`, and so on."""
    return {
        f"{each.reader.folder}/{each.reader.key}.txt": notice(comparison, each, language) for each in comparison.touched
    }


def _opening(comparison: Comparison, touched: Touched) -> Message:
    told = {"calendar": comparison.after.title, "title": touched.reader.title}
    match touched.reader.folder:
        case "groups":
            return say("The calendar of “{calendar}” changes for the group “{title}”:", **told)
        case "trainers":
            return say("The calendar of “{calendar}” changes for the trainer “{title}”:", **told)
        case "places":
            return say("The calendar of “{calendar}” changes for the place “{title}”:", **told)
        case _:
            return say("The calendar of “{calendar}” changes for you:", **told)


def _lines(comparison: Comparison, touched: Touched) -> Iterator[Message]:
    every: list[Seen | WorkChange] = sorted((*touched.seen, *touched.work), key=lambda each: each.when)
    for each in every:
        if isinstance(each, WorkChange):
            yield _of_work(each)
        else:
            yield _of_entry(each, touched.reader.folder, comparison.titles)


def _of_work(work: WorkChange) -> Message:
    return say(
        "Self-paced work of “{module}” in the week of {monday}: {now} instead of {before}.",
        module=work.module_title,
        monday=work.monday,
        now=timedelta(minutes=work.after),
        before=timedelta(minutes=work.before),
    )


def _of_entry(seen: Seen, folder: str, titles: Titles) -> Message:
    own = seen.own
    match seen.kind:
        case Kind.NEW:
            return say("{sentence}.", sentence=_with_staff(_birth(own.entry), own.entry, titles))
        case Kind.GAINED:
            return _sentence(own.entry, (_BEGUN[folder],))
        case Kind.CALLED_OFF:
            return _sentence(own.entry, (say("is called off"),))
        case Kind.LOST:
            return _sentence(own.entry, (_ENDED[folder],))
        case _:
            assert own.before is not None
            return _sentence(own.before, tuple(_news(own, titles)))


def _birth(entry: Placed) -> Message:
    what, when = _subject(entry), _moment(entry)
    if isinstance(entry, PlacedSession):
        return say("{what} is new: {when} ({length})", what=what, when=when, length=length_of(entry))
    return say("{what} is new: {when}", what=what, when=when)


def _sentence(entry: Placed, news: tuple[Message, ...]) -> Message:
    what, when = _subject(entry), _moment(entry)
    if isinstance(entry, PlacedSession):
        return say("{what} on {when} {news}.", what=what, when=when, news=news)
    return say("{what}, {when}, {news}.", what=what, when=when, news=news)


def _subject(entry: Placed) -> Message:
    match entry:
        case PlacedSession() if entry.kind in IN_SERIES:
            told = {"number": entry.number, "module": entry.module_title, "title": title_of(entry)}
            return say("Session {number} of “{module}” ({title})", **told)
        case PlacedSession():
            return say("The session “{title}” of “{module}”", module=entry.module_title, title=title_of(entry))
        case _ if entry.kind == "milestone":
            return say("The date “{title}”", title=entry.title)
        case _:
            return say("The period “{title}”", title=entry.title)


def _moment(entry: Placed) -> object:
    match entry:
        case PlacedSession():
            return entry.start
        case PlacedDays(first=first, last=last) if first == last:
            return say("on {day}", day=first)
        case _:
            return say("from {first} to {last}", first=entry.first, last=entry.last)


def _with_staff(sentence: Message, entry: Placed, titles: Titles) -> Message:
    """A sentence, with the trainers and the place of an entry that has some."""
    if keys_of("trainers", entry):
        sentence = say("{sentence}, led by {trainers}", sentence=sentence, trainers=named("trainers", entry, titles))
    if keys_of("places", entry):
        sentence = say("{sentence}, place: {place}", sentence=sentence, place=named("places", entry, titles))
    return sentence


def _news(change: Change, titles: Titles) -> Iterator[Message]:
    """What becomes of an entry that goes on: its time, its length, who leads it, where and for whom it is."""
    before, after = change.before, change.after
    assert before is not None
    assert after is not None
    if change.kind == Kind.MOVED:
        yield _shift(before, after)
    if length_of(before) != length_of(after):
        yield say("will last {now} instead of {before}", now=length_of(after), before=length_of(before))
    for kind in ("trainers", "places", "groups"):
        if keys_of(kind, before) != keys_of(kind, after):
            yield _swap(kind, named(kind, before, titles), named(kind, after, titles))


def _swap(kind: str, before: object, now: object) -> Message:
    match kind:
        case "trainers":
            return say("will be led by {now} instead of {before}", now=now, before=before)
        case "places":
            return say("will take place in {now} instead of {before}", now=now, before=before)
        case _:
            return say("will be for {now} instead of {before}", now=now, before=before)


def _shift(before: Placed, after: Placed) -> Message:
    earlier = begin_of(after) < begin_of(before)
    if not isinstance(after, PlacedSession):
        when = _moment(after)
        return say("is brought forward: {when}", when=when) if earlier else say("is put back: {when}", when=when)
    now = after.start
    return say("is brought forward to {now}", now=now) if earlier else say("is put back to {now}", now=now)
