"""What a CP-SAT model of 0/1 unknowns and whole numbers says, as sums with limits."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ortools.sat.python import cp_model
from ortools.sat.python.cp_model_helper import ConstraintProto

_UNBOUNDED = 1 << 62
"""At or beyond this a domain has no end."""


class Unreadable(Exception):
    """The model says something else than sums."""


class Row(NamedTuple):
    """A sum of unknowns by index, each with its factor, is at most `limit`."""

    terms: Mapping[int, int]
    limit: int

    def negated(self) -> "Row":
        """The sum is at least the limit."""
        return Row({index: -factor for index, factor in self.terms.items()}, -self.limit)


@dataclass
class Said:
    """All that a model says: rows, sums that are equal to their limits, unions, and what the unknowns cost.

    A union is 1 exactly where one of its members is. `least` and `most` bound each unknown; what is fixed is in no row.
    """

    least: list[int]
    most: list[int]
    rows: list[Row]
    equal: list[Row]
    unions: dict[int, frozenset[int]]
    prices: Mapping[int, int]


def said_by(cp: cp_model.CpModel) -> Said:
    """All that a model says.

    Raises:
        Unreadable: where it has other things than sums, clauses and implications.
    """
    domains = [list(variable.domain) for variable in cp.proto.variables]
    objective = cp.proto.objective
    prices = dict(zip(objective.vars, objective.coeffs, strict=True))
    if any(len(domain) != 2 for domain in domains) or min(prices, default=0) < 0:
        raise Unreadable
    said = Said([domain[0] for domain in domains], [domain[1] for domain in domains], [], [], {}, prices)
    clauses, implied = list[Row](), defaultdict[int, set[int]](set)
    for constraint in cp.proto.constraints:
        _read(constraint, said, clauses, implied)
    _unite(said, clauses, implied)
    _bound(said)
    return _without_fixed(said)


def _read(constraint: ConstraintProto, said: Said, clauses: list[Row], implied: dict[int, set[int]]) -> None:
    if constraint.has_bool_and():
        [condition] = constraint.enforcement_literal
        for literal in constraint.bool_and.literals:
            implied[literal].add(condition)
    elif list(constraint.enforcement_literal):
        raise Unreadable
    elif constraint.has_linear():
        linear = constraint.linear
        _limit(said, dict(zip(linear.vars, linear.coeffs, strict=True)), list(linear.domain))
    elif constraint.has_at_most_one():
        said.rows.append(_sum_of(constraint.at_most_one.literals, 1))
    elif constraint.has_exactly_one():
        said.equal.append(_sum_of(constraint.exactly_one.literals, 1))
    elif constraint.has_bool_or():
        clauses.append(_sum_of(constraint.bool_or.literals, 1))
    else:
        raise Unreadable


def _limit(said: Said, terms: Mapping[int, int], domain: list[int]) -> None:
    if len(domain) != 2 or min(terms, default=0) < 0:
        raise Unreadable
    least, most = domain
    if least == most:
        said.equal.append(Row(terms, most))
    else:
        if most < _UNBOUNDED:
            said.rows.append(Row(terms, most))
        if least > -_UNBOUNDED:
            said.rows.append(Row(terms, least).negated())


def _sum_of(literals: Iterable[int], limit: int) -> Row:
    """Some literals, those below 0 negated, with a limit of their sum."""
    terms = defaultdict[int, int](int)
    for literal in literals:
        terms[literal if literal >= 0 else -literal - 1] += 1 if literal >= 0 else -1
        limit -= literal < 0
    return Row(dict(terms), limit)


def _unite(said: Said, clauses: Iterable[Row], implied: Mapping[int, set[int]]) -> None:
    """A clause of an unknown and those that imply it is a union; all others are rows."""
    united = set[int]()
    for clause in clauses:
        whole = [index for index, factor in clause.terms.items() if factor < 0]
        members = frozenset(clause.terms) - set(whole)
        if len(whole) == 1 and whole[0] not in united and implied.get(whole[0], set()) == members:
            united.add(whole[0])
            said.unions[whole[0]] = members
        else:
            said.rows.append(clause.negated())
    for literal, conditions in implied.items():
        if literal not in united:
            said.rows += [_sum_of([condition, -literal - 1], 1) for condition in conditions]


def _bound(said: Said) -> None:
    """Rows of a single unknown bound it; where it is a union, its members are bound with it."""
    for row in (*said.rows, *said.equal, *(row.negated() for row in said.equal)):
        if len(row.terms) == 1:
            [(index, factor)] = row.terms.items()
            if factor > 0:
                said.most[index] = min(said.most[index], row.limit // factor)
            elif factor < 0:
                said.least[index] = max(said.least[index], -(row.limit // -factor))
    while _bind_unions(said):
        pass
    for index, members in said.unions.items():
        if said.least[index]:
            said.rows.append(Row(dict.fromkeys(members, -1), -1))


def _bind_unions(said: Said) -> bool:
    """What is fixed of a union or its members fixes the others; whether anything was new."""
    fixed = sum(said.least) - sum(said.most)
    for index, members in said.unions.items():
        if any(said.least[member] for member in members):
            said.least[index] = 1
        elif not any(said.most[member] for member in members):
            said.most[index] = 0
        elif not said.most[index]:
            for member in members:
                said.most[member] = 0
    return sum(said.least) - sum(said.most) != fixed


def _without_fixed(said: Said) -> Said:
    """The same where fixed unknowns are in no row, and rows that nothing can break are left out."""
    fixed = {index: least for index, least in enumerate(said.least) if least == said.most[index]}
    said.rows = [left for row in said.rows if _can_break(left := _left(row, fixed), said)]
    said.equal = [left for row in said.equal if (left := _left(row, fixed)).terms]
    said.unions = {
        index: frozenset(member for member in members if member not in fixed)
        for index, members in said.unions.items()
        if index not in fixed
    }
    return said


def _left(row: Row, fixed: Mapping[int, int]) -> Row:
    if fixed.keys().isdisjoint(row.terms):
        return row
    taken = sum(factor * fixed[index] for index, factor in row.terms.items() if index in fixed)
    return Row({index: factor for index, factor in row.terms.items() if index not in fixed}, row.limit - taken)


def _can_break(row: Row, said: Said) -> bool:
    most = sum(factor * (said.most if factor > 0 else said.least)[index] for index, factor in row.terms.items())
    return most > row.limit
