"""What roles, juries and defences of a programme file do wrong together."""

from collections.abc import Iterator, Mapping, Sequence

from calendars.faults import Fault, Path, with_nearest
from calendars.juries import Role, holders, trainers_of
from calendars.programme_file import DefenceTable, ProgrammeFile, SessionsTable
from calendars.wording import say


def jury_faults(file: ProgrammeFile) -> Iterator[Fault]:
    """Unknown names, juries that cannot be filled, and sessions that are counted twice or not at all."""
    yield from _roles(file)
    for key, module in file.modules.items():
        for place, part in enumerate(module.parts):
            if isinstance(part, SessionsTable):
                yield from _part(file, ("modules", key, "parts", place), part, part.group or module.group)


def _roles(file: ProgrammeFile) -> Iterator[Fault]:
    for key, role in file.roles.items():
        for trainer in role.trainers or ():
            yield from _unknown_trainer(file, trainer, ("roles", key, "trainers"))
        if role.trainers is not None and len({*role.trainers}) < role.number:
            count = len({*role.trainers})
            message = say(
                "the role takes {number}, but {count} may hold it; name more", number=role.number, count=count
            )
            yield Fault(message, ("roles", key, "trainers"))


def _unknown_trainer(file: ProgrammeFile, trainer: str, place: Path) -> Iterator[Fault]:
    if trainer not in file.trainers:
        message = say("there is no [{header}] in this file", header=f"trainers.{trainer}")
        yield Fault(with_nearest(message, trainer, file.trainers), place)


def _part(file: ProgrammeFile, path: Path, part: SessionsTable, group: str) -> Iterator[Fault]:
    if part.sessions is None and not part.defences and not part.meets:
        yield Fault(say("how many sessions is not said; add sessions, or list defences"), path)
    if part.sessions is not None and part.defences:
        yield Fault(say("each of the defences is a session; remove sessions"), (*path, "sessions"))
    if part.jury and part.trainer:
        yield Fault(say("the jury says who gives the sessions; remove trainer"), (*path, "trainer"))
    if len({*part.jury}) < len(part.jury):
        yield Fault(say("a role stands twice here; name each once"), (*path, "jury"))
    if part.defences and group in file.groups and file.groups[group].of is not None:
        message = say("{name} stands for small groups; defences are of students of one group", name=group)
        yield Fault(message, (*path, "group") if part.group else path)
    yield from _unlisted(file, path, part, group)
    if any(key not in file.roles for key in part.jury):
        return
    if part.jury and not part.defences:
        yield from _unfilled(file, part, {}, (*path, "jury"))
    yield from _defences(file, path, part)


def _unlisted(file: ProgrammeFile, path: Path, part: SessionsTable, group: str) -> Iterator[Fault]:
    """Defences of students who are in no list, although their group has one."""
    if group not in file.groups or not file.groups[group].students:
        return
    listed = sorted({student for table in file.groups.values() for student in table.students})
    for number, defence in enumerate(part.defences):
        if defence.student not in listed:
            message = say("no group lists the student {student}", student=defence.student)
            place = (*path, "defences", number, "student")
            yield Fault(with_nearest(message, defence.student, listed), place)


def _defences(file: ProgrammeFile, path: Path, part: SessionsTable) -> Iterator[Fault]:
    seen: set[str] = set()
    for number, defence in enumerate(part.defences):
        place = (*path, "defences", number)
        if defence.student in seen:
            yield Fault(say("{student} has a defence above; keep one of the two", student=defence.student), place)
        seen.add(defence.student)
        faults = list(_misnamed(file, place, part, defence))
        yield from faults or _unfilled(file, part, defence.jury, place)


def _misnamed(file: ProgrammeFile, path: Path, part: SessionsTable, defence: DefenceTable) -> Iterator[Fault]:
    for key, named in defence.jury.items():
        place = (*path, "jury", key)
        if key not in part.jury:
            message = with_nearest(say("the jury of these defences has no role {role}", role=key), key, part.jury)
            yield Fault(message, place)
            continue
        for trainer in named:
            yield from _unknown_trainer(file, trainer, place)
            may = file.roles[key].trainers
            if may is not None and trainer not in may and trainer in file.trainers:
                message = say(
                    "{trainer} may not hold this role; name them in [roles.{role}]", trainer=trainer, role=key
                )
                yield Fault(message, place)


def _unfilled(
    file: ProgrammeFile, part: SessionsTable, named: Mapping[str, Sequence[str]], path: Path
) -> Iterator[Fault]:
    """Roles that nobody may hold, or that too few may hold once nobody holds two."""
    roles = [
        Role(key, file.roles[key].title, tuple(named.get(key) or file.roles[key].trainers or ())) for key in part.jury
    ]
    for role in roles:
        if not role.trainers:
            message = say("nobody may hold the role {role}; name somebody here, or in [roles.{role}]", role=role.key)
            yield Fault(message, path)
    whole = [role._replace(number=file.roles[role.key].number) for role in roles]
    if all(role.trainers for role in roles) and holders(whole, trainers_of(whole)) is None:
        message = say("too few people are named for the roles {roles}, as nobody holds two; name more", roles=part.jury)
        yield Fault(message, path)
