"""Every text of the package that goes through the catalogue, found in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import allocator

PACKAGE = Path(allocator.__file__).parent
_FIRST = {"say": 0, "Problem": 1, "refused": 1, "_wrong": 1, "_note": 1}
"""Functions that take a text, and where."""
_NAMED = {"Problem": "text", "Flaw": "text", "Option": "help", "Argument": "help", "Typer": "help",
          "command": "help"}  # fmt: skip
"""Functions that take a text by keyword."""


@dataclass
class Scope:
    """What names stand for in one module, and in the function being read."""

    values: dict[str, list[ast.expr]] = field(default_factory=dict)
    returns: dict[str, list[ast.expr]] = field(default_factory=dict)


@pytest.fixture(scope="session")
def texts() -> Mapping[str, list[str]]:
    """Every text of the package with its places."""
    return package_texts()


def package_texts() -> Mapping[str, list[str]]:
    """Text -> where it is used, over the whole package."""
    found: dict[str, list[str]] = {}
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        for text, line in texts_in(tree):
            found.setdefault(text, []).append(f"{file.relative_to(PACKAGE)}:{line}")
    return found


def texts_in(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """Every text of a module with its line."""
    module = _scope(tree, Scope())
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    inside = {id(n): f for f in functions for n in ast.walk(f)}
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
        scope = _scope(inside[id(call)], module) if id(call) in inside else module
        for expression in _arguments(call):
            for text in _texts(expression, scope):
                yield text, call.lineno


def _arguments(call: ast.Call) -> Iterator[ast.expr]:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    place = _FIRST.get(name)
    if place is not None and len(call.args) > place:
        yield call.args[place]
    yield from (k.value for k in call.keywords if k.arg == _NAMED.get(name, ""))


def _scope(node: ast.AST, outer: Scope) -> Scope:
    scope = Scope(dict(outer.values), dict(outer.returns))
    mine: dict[str, list[ast.expr]] = {}
    for inner in ast.walk(node):
        if isinstance(inner, ast.Assign) and isinstance(inner.targets[0], ast.Name):
            mine.setdefault(inner.targets[0].id, []).append(inner.value)
        elif isinstance(inner, ast.AnnAssign) and isinstance(inner.target, ast.Name):
            if inner.value is not None:
                mine.setdefault(inner.target.id, []).append(inner.value)
        elif isinstance(inner, ast.FunctionDef):
            scope.returns[inner.name] = [
                r.value for r in ast.walk(inner) if isinstance(r, ast.Return) and r.value
            ]
    if isinstance(node, ast.Module):
        # A name set inside a function means nothing outside it.
        top = {id(n) for n in node.body}
        mine = {
            name: [v for v in values if any(_value(n) is v for n in node.body if id(n) in top)]
            for name, values in mine.items()
        }
    scope.values |= {name: values for name, values in mine.items() if values}
    return scope


def _value(statement: ast.stmt) -> ast.expr | None:
    return statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None


def _texts(node: ast.expr, scope: Scope) -> Iterator[str]:
    """The texts an expression can stand for."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        raise AssertionError(f'line {node.lineno}: a text with f"" cannot be looked up')
    for part in _sources(node, scope):
        yield from _texts(part, scope)


def _sources(node: ast.expr, scope: Scope) -> list[ast.expr]:
    """Where the value of an expression comes from."""
    found: list[ast.expr] = []
    match node:
        case ast.Name(id=name):
            found = scope.values.get(name, [])
        case ast.IfExp(body=one, orelse=other):
            found = [one, other]
        case ast.Dict(values=values):
            found = values
        case ast.Subscript(value=table):
            found = [table]
        case ast.Call(func=ast.Name(id=name)):
            found = scope.returns.get(name, [])
        case ast.Call(func=ast.Attribute(attr="get", value=table), args=[_, *default]):
            found = [table, *default]
    return found
