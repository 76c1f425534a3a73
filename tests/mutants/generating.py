"""Mutants: the functions of a module, each with one thing changed in the syntax tree of its source.

A mutant forgets a statement, a yield, a condition or a term, moves a bound or a whole number by one, or lets a limit in
or out. Parameters, annotations and f-strings, which name unknowns for those who read the model, stay as they are.
"""

import ast
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from types import CodeType
from typing import NamedTuple, TypeVar

BOUNDS = {"at_most": 0, "at_least": 0, "links": 0, "charge": 1, "Breach": 2}
"""Where in a call its limit stands, the constant of a charge, or the excess of a breach."""
NEIGHBOURS = {ast.Lt: ast.LtE(), ast.LtE: ast.Lt(), ast.Gt: ast.GtE(), ast.GtE: ast.Gt()}
"""Comparisons that differ only where both sides are equal."""

LEFT_ALONE = ("annotation", "returns", "decorator_list")
CHANGED = ast.stmt | ast.expr | ast.comprehension | ast.keyword | ast.match_case

Thing = TypeVar("Thing")


class Mutant(NamedTuple):
    """A changed function: where it is, the statement with what was changed marked in it, and what it does now."""

    line: int
    function: str
    change: str
    code: CodeType

    @property
    def key(self) -> tuple[str, str]:
        """What names the mutant as long as the function stays as it is, wherever it stands."""
        return self.function, self.change

    def __str__(self) -> str:
        return f"{self.line} in {self.function}: {self.change}"


class Place(NamedTuple):
    """Where a node hangs in the tree, and the statement that it belongs to."""

    parent: ast.AST
    field: str
    position: int | None
    statement: ast.stmt

    def put(self, node: ast.AST) -> None:
        """Hangs a node here."""
        if self.position is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.position] = node


def mutants_of(source: Path) -> Iterator[Mutant]:
    """Every mutant of a file."""
    tree = ast.parse(source.read_text("utf-8"))
    for name, function in _functions(tree):
        for place, node in _places(function, function):
            for new in (*_without(place, node), *_moved(place, node)):
                change = _marked(place, node, new)
                place.put(new)
                code = compile(ast.fix_missing_locations(tree), source, "exec")
                place.put(node)
                yield Mutant(place.statement.lineno, name, change, _code_of(code, name))


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions and methods by their full names; what stands inside one of them belongs to it."""
    for node in tree.body:
        for each in node.body if isinstance(node, ast.ClassDef) else [node]:
            if isinstance(each, ast.FunctionDef) and not _counts_before_the_search(each):
                yield f"{node.name}.{each.name}" if isinstance(node, ast.ClassDef) else each.name, each


def _counts_before_the_search(function: ast.FunctionDef) -> bool:
    """Whether it is given the starts that are still to be had; its tests are beside those of the search."""
    types = [argument.annotation for argument in function.args.args]
    return any(isinstance(each, ast.Name) and each.id == "Starts" for each in types)


def _places(parent: ast.AST, statement: ast.stmt) -> Iterator[tuple[Place, ast.AST]]:
    """Every node below another, with its place."""
    for field, value in ast.iter_fields(parent):
        for position, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if field not in LEFT_ALONE and isinstance(node, CHANGED) and not isinstance(node, ast.JoinedStr):
                within = node if isinstance(node, ast.stmt) else statement
                yield Place(parent, field, position, within), node
                yield from _places(node, within)


def _without(place: Place, node: ast.AST) -> Iterator[ast.AST]:
    """The node less one of the things that make it."""
    match node:
        case ast.Expr(value=ast.Constant()) if isinstance(place.parent, ast.FunctionDef):
            if place.parent.name in ("post", "forbids"):
                yield ast.Return()
        case ast.Expr(value=ast.Yield() | ast.YieldFrom()):
            yield ast.Expr(ast.YieldFrom(ast.Tuple([], ast.Load())))
        case ast.Expr() | ast.AugAssign():
            yield ast.Pass()
        case ast.BoolOp(op=op, values=values):
            yield from (rest[0] if len(rest) == 1 else ast.BoolOp(op, rest) for rest in _one_less(values))
        case ast.BinOp(left=left, op=ast.Add() | ast.BitOr() | ast.BitAnd(), right=right):
            yield from (left, right)
        case ast.BinOp(left=left, op=ast.Sub(), right=right):
            yield from (left, ast.UnaryOp(ast.USub(), right))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand
        case ast.Compare(left=left, ops=[first, *ops], comparators=[second, *others]) if ops:
            yield ast.Compare(left, [first, *ops[:-1]], [second, *others[:-1]])
            yield ast.Compare(second, ops, others)
        case ast.List(elts=[_, _, *_] as elements, ctx=ctx):
            yield from (ast.List(rest, ctx) for rest in _one_less(elements))
        case ast.Tuple(elts=[_, _, *_] as elements, ctx=ctx) if any(isinstance(one, ast.Starred) for one in elements):
            yield from (ast.Tuple(rest, ctx) for rest in _one_less(elements))
        case ast.Set(elts=[_, _, *_] as elements):
            yield from (ast.Set(rest) for rest in _one_less(elements))
        case ast.Call(func=ast.Name(id="min" | "max"), args=[_, _, *_] as arguments):
            yield from (rest[0] if len(rest) == 1 else ast.Call(node.func, rest, []) for rest in _one_less(arguments))
        case ast.Call(func=ast.Name(id="Breach") as func, args=arguments, keywords=keywords):
            if arguments[2:]:
                yield ast.Call(func, arguments[:2], keywords)
            yield from (ast.Call(func, arguments, rest) for rest in _one_less(keywords))
    if place.field == "ifs":
        yield ast.Constant(True)
    elif place.field == "test":
        yield from (ast.Constant(True), ast.Constant(False))


def _moved(place: Place, node: ast.AST) -> Iterator[ast.expr]:
    """The node with a number moved by one, or with a limit let in or out."""
    match node:
        case ast.Constant(value=1) if isinstance(place.parent, ast.UnaryOp) or _is_factor(place):
            yield ast.Constant(0)
        case ast.Constant(value=int(number)) if not isinstance(number, bool):
            yield from (ast.Constant(number + 1), ast.Constant(number - 1))
        case ast.Compare(ops=[_], comparators=[ast.Constant(value=int())]):
            return  # to move the number is the same
        case ast.Compare(left=left, ops=ops, comparators=others):
            for number, op in enumerate(ops):
                if type(op) in NEIGHBOURS:
                    yield ast.Compare(left, [*ops[:number], NEIGHBOURS[type(op)], *ops[number + 1 :]], others)
        case ast.BinOp(right=ast.Constant(value=int())):
            return
        case ast.expr() if _is_bound(place):
            yield from (ast.BinOp(node, op, ast.Constant(1)) for op in (ast.Add(), ast.Sub()))


def _is_bound(place: Place) -> bool:
    match place.parent:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
            return place.field == "args" and BOUNDS.get(name) == place.position
        case ast.keyword(arg="constant" | "excess"):
            return True
    return False


def _is_factor(place: Place) -> bool:
    """Whether a number stands before an unknown in a term: a tie holds with more of it as well."""
    return isinstance(place.parent, ast.Tuple) and place.position == 0


def _one_less(things: list[Thing]) -> list[list[Thing]]:
    return [things[:number] + things[number + 1 :] for number in range(len(things))]


def _marked(place: Place, node: ast.AST, new: ast.AST) -> str:
    """The statement of a node, less what stands below it, with the change marked."""
    mark = ast.Name(f"[{ast.unparse(node)} -> {ast.unparse(new)}]")
    if isinstance(node, ast.stmt):
        return mark.id
    place.put(mark)
    statement = copy(place.statement)
    for name in {"body", "orelse"} & {*statement._fields}:
        setattr(statement, name, [])
    told = ast.unparse(ast.fix_missing_locations(statement))
    place.put(node)
    return told


def _code_of(code: CodeType, name: str) -> CodeType:
    """The code of a function inside that of its module."""
    inner = [each for each in code.co_consts if isinstance(each, CodeType)]
    return next((each for each in inner if each.co_qualname == name), None) or next(
        _code_of(each, name) for each in inner if each.co_qualname == name.partition(".")[0]
    )
