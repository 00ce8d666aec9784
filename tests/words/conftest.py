"""Every text of the package that goes through the catalogue, found in its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import allocator

PACKAGE = Path(allocator.__file__).parent
_FIRST = {"say": 0, "Problem": 1}
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
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.Name):
        for value in scope.values.get(node.id, ()):
            yield from _texts(value, scope)
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body, scope)
        yield from _texts(node.orelse, scope)
    elif isinstance(node, ast.Dict):
        for value in node.values:
            yield from _texts(value, scope)
    elif isinstance(node, ast.Subscript):
        yield from _texts(node.value, scope)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        for value in scope.returns.get(node.func.id, ()):
            yield from _texts(value, scope)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "get":
            for part in (node.func.value, *node.args[1:]):
                yield from _texts(part, scope)
    elif isinstance(node, ast.JoinedStr):
        raise AssertionError(f'line {node.lineno}: a text with f"" cannot be looked up')
