"""The feeds of those whom several programmes of a site share: what concerns them in any of these, in one feed."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from operator import attrgetter

from calendars.calendar_file import Calendar
from calendars.faults import Fault, FaultyInput
from calendars.feed_lint import faults_of_feed
from calendars.feeds import Event, events, framed
from calendars.programme_file import SiteFile
from calendars.readers import readers_of


def feeds_together(site: SiteFile, people: Collection[str], calendars: Sequence[Calendar]) -> dict[str, bytes]:
    """A feed by its path for each of some people, and for each trainer and place of the site.

    The calendars have one time zone, and their events are those of their own feeds. A feed is named after the site; the
    pseudonym of a person stands in its path alone.

    Raises:
        FaultyInput: where calendar programs would stumble over the name of a feed.
    """
    names = {f"people/{person}.ics": site.title for person in sorted(people)}
    names |= {f"trainers/{key}.ics": f"{site.title} · {trainer.title}" for key, trainer in site.trainers.items()}
    names |= {f"places/{key}.ics": f"{site.title} · {place.title}" for key, place in site.places.items()}
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for calendar in calendars:
        for path, event in _seen(calendar, names):
            found[path].append(event)
    language, zone = calendars[0].language, calendars[0].time_zone
    year = min(calendar.dates.first.year for calendar in calendars)
    for name in dict.fromkeys(names.values()):
        if faults := faults_of_feed(framed(name, language, zone, year, ())):
            raise FaultyInput([Fault(message) for message in faults])
    ordered = {path: sorted(found[path], key=attrgetter("start", "uid")) for path in names}
    return {path: framed(names[path], language, zone, year, shown) for path, shown in ordered.items()}


def _seen(calendar: Calendar, names: Mapping[str, str]) -> Iterator[tuple[str, Event]]:
    """The events of a calendar, each with the path of every feed that shows it."""
    followers: defaultdict[str, list[str]] = defaultdict(list)
    for reader in readers_of(calendar):
        path = f"{reader.folder}/{reader.key}.ics"
        for subject in reader.follows if path in names else ():
            followers[subject].append(path)
    for event in events(calendar):
        for path in dict.fromkeys(path for subject in event.subjects for path in followers[subject]):
            yield path, event
