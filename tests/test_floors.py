"""The architecture: rooms lie on floors, and imports point down only."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

import allocator

PACKAGE = Path(allocator.__file__).parent
PROJECT = PACKAGE.parent

FLOORS: dict[str, float] = {
    "county": 0,
    "modelling": 1,
    "staffing": 2,
    "admission": 2,
    "words": 2.5,  # beside the floors: for every floor from 3 up; it may name county and modelling
    "scenario": 3,
    "audit": 3.5,
    "solving": 4,
    "insight": 5,
    "records": 5.5,
    "files": 6,
    "samples": 6,
    "jobs": 7,
    "cli": 8,
    "ui": 8,
}
LONGEST = 350


def imported(tree: ast.AST) -> Iterator[tuple[str, int, bool]]:
    """Module imported, line, and whether only once a function is called."""

    def visit(node: ast.AST, inside: bool) -> Iterator[tuple[str, int, bool]]:
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno, inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            home = "." * node.level + (node.module or "")
            if home == "allocator":
                yield from ((f"{home}.{alias.name}", node.lineno, inside) for alias in node.names)
            else:
                yield home, node.lineno, inside
        inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.iter_child_nodes(node):
            yield from visit(child, inside)

    return visit(tree, False)


def faults(room: str, source: str) -> list[str]:
    """What in a file of a room points up, across or into nowhere."""
    found = []
    for module, line, _ in imported(ast.parse(source)):
        steps = module.split(".")
        if module.startswith("."):
            found.append(f"line {line}: {module} names no room")
        elif steps[0] != "allocator" or len(steps) == 1 or steps[1] == room:
            continue
        elif steps[1] not in FLOORS:
            # `from allocator import load`: the package's own front, for the top floors
            if steps[1] not in allocator.__all__ or FLOORS[room] < 7:
                found.append(f"line {line}: {module} names no room")
        elif FLOORS[steps[1]] >= FLOORS[room]:
            found.append(f"line {line}: {room} imports {module}")
    return found


def files_of(room: str) -> list[Path]:
    return sorted((PACKAGE / room).rglob("*.py"))


def named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


EVERY_FILE = sorted(PACKAGE.rglob("*.py"))


def test_every_folder_is_a_room_on_a_floor() -> None:
    folders = {p.parent.name for p in PACKAGE.glob("*/__init__.py")}
    assert folders == set(FLOORS)


def test_every_module_beside_the_rooms_is_known() -> None:
    assert {p.name for p in PACKAGE.glob("*.py")} <= {"__init__.py", "verify.py"}


@pytest.mark.parametrize("room", FLOORS)
def test_a_room_imports_only_what_lies_below(room: str) -> None:
    found = [
        f"{named(path)}, {fault}"
        for path in files_of(room)
        for fault in faults(room, path.read_text("utf-8"))
    ]
    assert found == []


def test_the_entry_of_the_pages_imports_the_pages_alone() -> None:
    tree = ast.parse((PROJECT / "app.py").read_text("utf-8"))
    rooms = {m.split(".")[1] for m, *_ in imported(tree) if m.startswith("allocator.")}
    assert rooms == {"ui"}


def test_the_package_itself_imports_nothing_when_loaded() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    top = [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
    assert not [m for node in top for m, *_ in imported(node) if m.startswith("allocator")]


def solver_faults(name: str, room: str, source: str) -> list[str]:
    """Solvers and pages imported where they do not belong."""
    found = []
    for module, line, inside in imported(ast.parse(source)):
        outer = module.split(".")[0]
        allowed = {
            "streamlit": room in ("ui", "app.py"),
            "pulp": room == "solving",
            "highspy": room == "solving",
            "ortools": room == "solving" or (room == "admission" and inside),
        }.get(outer, True)
        if not allowed:
            found.append(f"{name}, line {line}: {module}")
    return found


def test_solvers_and_pages_are_imported_only_in_their_rooms() -> None:
    found = []
    for path in [*EVERY_FILE, PROJECT / "app.py"]:
        parts = path.relative_to(PROJECT).parts
        room = parts[1] if len(parts) > 1 else parts[0]
        found += solver_faults(named(path), room, path.read_text("utf-8"))
    assert found == []


@pytest.mark.parametrize("room", FLOORS)
def test_no_file_is_too_long_to_be_read_in_one_go(room: str) -> None:
    sizes = {named(p): len(p.read_text("utf-8").splitlines()) for p in files_of(room)}
    assert {name: size for name, size in sizes.items() if size > LONGEST} == {}


PLANTED = """
from __future__ import annotations
from typing import TYPE_CHECKING
import numpy as np
from allocator.{module} import something
if TYPE_CHECKING:
    from allocator.{module}.deep import Something
def late():
    import allocator.{module}.deeper
"""


@pytest.mark.parametrize(("upper", "lower"), list(itertools.permutations(FLOORS, 2)))
def test_the_guard_sees_an_import_wherever_it_stands(upper: str, lower: str) -> None:
    down = FLOORS[lower] < FLOORS[upper]
    assert len(faults(upper, PLANTED.format(module=lower))) == (0 if down else 3)


@pytest.mark.parametrize(
    ("source", "room", "caught"),
    [
        ("from . import outcome", "solving", True),
        ("from .deep import x", "solving", True),
        ("from allocator import scenario", "audit", False),
        ("from allocator import solving", "audit", True),
        ("from allocator import solve", "cli", False),
        ("from allocator import solve", "audit", True),
        ("import allocator", "audit", False),
        ("from allocator.nowhere import x", "cli", True),
    ],
)
def test_the_guard_reads_every_form_of_import(source: str, room: str, caught: bool) -> None:
    assert bool(faults(room, source)) == caught


@pytest.mark.parametrize(
    ("source", "room", "caught"),
    [
        ("import streamlit as st", "insight", True),
        ("import streamlit as st", "ui", False),
        ("from pulp import LpProblem", "staffing", True),
        ("def f():\n    import highspy", "audit", True),
        ("import highspy", "solving", False),
        ("from ortools.graph.python import max_flow", "admission", True),
        ("def f():\n    from ortools.graph.python import max_flow", "admission", False),
        ("def f():\n    from ortools.graph.python import max_flow", "staffing", True),
    ],
)
def test_the_guard_keeps_solvers_in_their_rooms(source: str, room: str, caught: bool) -> None:
    assert bool(solver_faults("x.py", room, source)) == caught
