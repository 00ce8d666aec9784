"""Files in and out: scenarios, outcomes, plans, their schema.

Each function is loaded when first used: reading a scenario needs neither pandas nor workbooks.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# A module of the same name would hide the function, were it loaded first.
from allocator.files.schema import schema

if TYPE_CHECKING:
    from allocator.files.curriculum import load_curriculum, with_curriculum
    from allocator.files.matrix import save_matrix
    from allocator.files.matrix_reading import load_matrix
    from allocator.files.outcomes import (
        load_outcome,
        load_plan,
        load_plan_or_outcome,
        save_outcome,
        save_plan,
    )
    from allocator.files.scenarios import load, save, text_of

__all__ = [
    "load",
    "load_curriculum",
    "load_matrix",
    "load_outcome",
    "load_plan",
    "load_plan_or_outcome",
    "save",
    "save_matrix",
    "save_outcome",
    "save_plan",
    "schema",
    "text_of",
    "with_curriculum",
]

_HOME = {
    "load": "scenarios",
    "load_curriculum": "curriculum",
    "load_matrix": "matrix_reading",
    "load_outcome": "outcomes",
    "load_plan": "outcomes",
    "load_plan_or_outcome": "outcomes",
    "save": "scenarios",
    "save_matrix": "matrix",
    "save_outcome": "outcomes",
    "save_plan": "outcomes",
    "text_of": "scenarios",
    "with_curriculum": "curriculum",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"allocator.files.{_HOME[name]}"), name)
    raise AttributeError(f"module 'allocator.files' has no attribute {name!r}")
