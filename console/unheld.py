"""Which defences cannot be held, and whose availability would free them, in words and for machines."""

from typing import Any

from calendars.clock import moment_of
from calendars.naming import few, name_of, name_of_trainer, when_of
from calendars.programme import Programme
from calendars.wording import Message, say, say_count
from console.screen import Screen
from scheduler.unheld import Freed, Unheld


def tell_unheld(screen: Screen, programme: Programme, found: Unheld) -> None:
    """The defences that cannot be held, then what would free them."""
    parts = programme.parts
    screen.finding(
        say_count(
            "{count} defence cannot be held, and it is proved that no calendar lacks fewer: {names}",
            "{count} defences cannot be held, and it is proved that no calendar lacks fewer: {names}",
            len(found.parts),
            names=few([name_of(programme, parts[key]) for key in found.parts]),
        ),
        "bold red",
    )
    for freed in found.freed:
        screen.finding(_freed(programme, freed))
    if not found.freed:
        screen.finding(say("Nobody's availability alone would free any of them."))


def _freed(programme: Programme, freed: Freed) -> Message:
    held = [(programme.parts[each.activity], each.span) for each in freed.defences]
    return say(
        "Free at any time, {trainer} would let these be held, for instance: {defences}",
        trainer=name_of_trainer(programme, freed.trainer),
        defences=few(
            [say("{name} {when}", name=name_of(programme, part), when=when_of(part, span)) for part, span in held]
        ),
    )


def unheld_record(found: Unheld | None) -> dict[str, Any] | None:
    """The defences that cannot be held, and what each trainer would free, for machines."""
    if found is None:
        return None
    return {
        "defences": found.parts,
        "freed": [
            {
                "trainer": freed.trainer,
                "defences": [
                    {"part": each.activity, "start": moment_of(each.span.start).isoformat(timespec="minutes")}
                    for each in freed.defences
                ],
            }
            for freed in found.freed
        ],
    }
