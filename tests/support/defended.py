"""Small programmes of defences: a jury of a chair and a member, students by pseudonym."""

from typing import Any

from calendars.programme import Programme
from calendars.timetable import Placement
from small import at, module, small

TRAINERS = {key: {"title": key.title()} for key in ("ann", "bob", "cy", "dan")}
ROLES = {
    "chair": {"title": "Chair", "trainers": ["ann", "bob"]},
    "member": {"title": "Member", "trainers": ["bob", "cy", "dan"]},
}


def vivas(*students: str, **keys: Any) -> dict[str, Any]:
    """A part "viva" with the defence of each of some students, an hour before a chair and a member."""
    listed = [{"student": student} for student in students]
    return {"id": "viva", "kind": "defence", "minutes": 60, "jury": ["chair", "member"], "defences": listed} | keys


def defended(*parts: dict[str, Any], **tables: Any) -> Programme:
    """Parts of the module "m"; Ann or Bob may preside, Bob, Cy or Dan be a member."""
    return small(**({"trainers": TRAINERS, "roles": ROLES, "modules": {"m": module(*parts)}} | tables))


def viva(student: str, moment: str, *trainers: str, place: str | None = None) -> Placement:
    """The defence of a student before some trainers."""
    return at(moment, part=f"m.viva.{student}", trainers=trainers, place=place)
