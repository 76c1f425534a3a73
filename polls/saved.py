"""Saved offers and polls from disk."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from calendars.calendar_file import Record
from calendars.fault_words import name_of_key
from calendars.faults import Fault, FaultyInput
from calendars.offer_file import OFFER_FORMAT, OfferFile
from calendars.reading import unreadable
from calendars.wording import Message, say
from calendars.writing import read_whole
from polls.poll_file import POLL_FORMAT, PollFile

R = TypeVar("R", bound=Record)


def read_offer(folder: Path) -> OfferFile:
    """The offer in a folder.

    Raises:
        FaultyInput: where there is none that this program wrote.
    """
    cure = say("give the folder that offer wrote ({format})", format=OFFER_FORMAT)
    return _read(folder / "offer.json", OfferFile, cure)


def read_poll(folder: Path) -> PollFile:
    """The poll in a folder.

    Raises:
        FaultyInput: where there is none that this program wrote.
    """
    cure = say("give the folder that poll open wrote ({format})", format=POLL_FORMAT)
    return _read(folder / "poll.json", PollFile, cure)


def _read(path: Path, model: type[R], cure: Message) -> R:
    try:
        return model.model_validate_json(read_whole(path))
    except NotADirectoryError:
        faults = [Fault(say("this is no folder; {cure}", cure=cure), (), str(path.parent))]
    except OSError as error:
        faults = [Fault(unreadable(error, ".json"), (), str(path))]
    except ValidationError as error:
        faults = [fault.at(str(path), None) for fault in _misfits(error, cure)]
    raise FaultyInput(faults)


def _misfits(error: ValidationError, cure: Message) -> list[Fault]:
    """That the file is damaged or something else, or every key that cannot stand as it does."""
    found = error.errors(include_url=False)
    if found[0]["type"] == "json_invalid":
        return [Fault(say("is not whole: it breaks off or is damaged; {cure}", cure=cure))]
    if any(each["loc"] in [(), ("format",)] for each in found):
        return [Fault(say("is something else; {cure}", cure=cure))]
    return [
        Fault(say("{key} cannot stand here as it does; undo the edit", key=name_of_key(each["loc"])), each["loc"])
        for each in found
    ]
