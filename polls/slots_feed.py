"""The slots of a poll as an iCalendar feed: tentative events, so that voters see them beside what they have."""

from datetime import UTC, datetime, time
from hashlib import sha256

from calendars.faults import Fault, FaultyInput
from calendars.feed_lint import faults_of_feed
from calendars.feeds import Event, content_line, escaped, framed
from calendars.wording import render, say
from polls.poll_file import PolledSlot, PollFile


def slots_feed(poll: PollFile) -> bytes:
    """An event for each slot, with identities of their own: the session itself stands in other feeds.

    Raises:
        FaultyInput: where calendar programs would stumble over the feed.
    """
    chosen = sorted((_event(poll, slot) for slot in poll.slots), key=lambda event: (event.start, event.uid))
    name = render(say("Poll: {title}", title=poll.session.title), poll.language)
    data = framed(name, poll.language, poll.time_zone, min(slot.start.year for slot in poll.slots), chosen)
    if faults := faults_of_feed(data):
        raise FaultyInput([Fault(message) for message in faults])
    return data


def _event(poll: PollFile, slot: PolledSlot) -> Event:
    identity = " ".join(("poll", poll.programme, poll.session.uid, str(slot.number), slot.start.isoformat()))
    uid = f"{sha256(identity.encode()).hexdigest()[:32]}@semainier"
    stamp = f"{datetime.combine(poll.opened, time(), UTC):%Y%m%dT%H%M%SZ}"
    summary = say("[To be confirmed] {title}", title=poll.session.title)
    notes = (say("Slot {number} of a poll.", number=slot.number), say("Answer by {day}.", day=poll.until))
    description = "\n".join(render(note, poll.language) for note in notes)
    lines = (
        "BEGIN:VEVENT",
        f"UID:{uid}",
        f"DTSTAMP:{stamp}",
        f"LAST-MODIFIED:{stamp}",
        "SEQUENCE:0",
        "STATUS:TENTATIVE",
        f"DTSTART;TZID={poll.time_zone}:{slot.start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID={poll.time_zone}:{slot.end:%Y%m%dT%H%M%S}",
        f"SUMMARY:{escaped(render(summary, poll.language))}",
        f"DESCRIPTION:{escaped(description)}",
        "END:VEVENT",
    )
    return Event(uid, (uid,), slot.start, True, (), (), None, b"".join(map(content_line, lines)))
