from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from pydantic import Field

from calendars.faults import with_nearest
from calendars.juries import Role
from calendars.naming import name_of_trainer
from calendars.programme import Part, Programme
from calendars.programme_file import Names
from calendars.timetable import Timetable
from calendars.wording import Message, say, say_count
from constraints.members import given, named, unknown
from constraints.rule import Breach, Model, Preference, keys_in_order


class EvenShares(Preference):
    """Sessions that several trainers could give are evenly shared out between them.

    Those who may hold a role of juries share the sessions in which it is open; without roles, those whom parts name
    together share the sessions of these parts. Who gives a session in any case, be it in another role, has none of it
    by choice; who could hold two open roles of a session has one of both.

    Formula: for each role, or list of trainers, of n sessions to be taken and k trainers, Σ over the trainers of
    max(0, Σ x - ⌈n / k⌉) over the candidates x that they are chosen for. Unit: sessions. Boundary: exactly ⌈n / k⌉
    sessions cost nothing. Source: custom; master IPM (Lille), juries shared out between tutors.

    Example:
        [preferences.even_shares]
        parts = "memoire"
    """

    name: ClassVar[str] = "even_shares"

    parts: Names | None = Field(None, description="modules or parts whose sessions are shared; all if left out")

    def faults(self, programme: Programme) -> Iterator[Message]:
        """Names of no sessions."""
        for name, known in unknown(programme.parts.values(), self.parts):
            yield with_nearest(say("there are no sessions {name}", name=name), name, known)

    def post(self, programme: Programme, model: Model) -> None:
        """One bound for each trainer who shares."""
        for pool in self._pools(programme):
            for trainer, parts in pool.trainers.items():
                chosen = (model.given_by(part.key, trainer) for part in parts)
                model.at_most(pool.share, [(1, variable) for taken in chosen for variable in taken.values()])

    def check(self, programme: Programme, timetable: Timetable) -> Iterator[Breach]:
        """Counts what each trainer is chosen for."""
        for pool in self._pools(programme):
            for trainer, parts in pool.trainers.items():
                sessions = given(parts, timetable, trainer)
                if len(sessions) > pool.share:
                    message = _words(len(sessions), pool, name_of_trainer(programme, trainer))
                    found = keys_in_order(programme, [session.part.key for session, _ in sessions])
                    excess = len(sessions) - pool.share
                    yield Breach(self.name, message, excess, activities=found, trainers=(trainer,))

    def _pools(self, programme: Programme) -> Iterator["_Pool"]:
        """The roles, and the lists of trainers, between whom there is a choice."""
        open_roles: dict[object, list[tuple[Part, Role]]] = defaultdict(list)
        for part in named(programme.parts.values(), self.parts):
            for role in part.all_roles:
                if not part.certain_trainers.issuperset(role.trainers):
                    open_roles[role.key or frozenset(role.trainers)].append((part, role))
        yield from map(_pool, open_roles.values())


class _Pool(NamedTuple):
    """Those who share some sessions, each with the parts that they may be chosen for, and the even share of each."""

    role: str
    trainers: Mapping[str, Sequence[Part]]
    share: int


def _pool(open_roles: Sequence[tuple[Part, Role]]) -> _Pool:
    trainers: dict[str, list[Part]] = defaultdict(list)
    for part, role in open_roles:
        for trainer in role.trainers:
            if trainer not in part.certain_trainers:
                trainers[trainer].append(part)
    seats = sum(part.count * role.number for part, role in open_roles)
    return _Pool(open_roles[0][1].title, trainers, -(-seats // len(trainers)))


def _words(count: int, pool: _Pool, trainer: Message) -> Message:
    if not pool.role:
        return say_count(
            "{count} session falls to {trainer}; the even share is {share}",
            "{count} sessions fall to {trainer}; the even share is {share}",
            count,
            trainer=trainer,
            share=pool.share,
        )
    return say_count(
        "{count} session falls to {trainer} as {role}; the even share is {share}",
        "{count} sessions fall to {trainer} as {role}; the even share is {share}",
        count,
        trainer=trainer,
        role=pool.role,
        share=pool.share,
    )
