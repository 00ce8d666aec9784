"""Allocator: fair placement of teachers and senior-high places in a county, with proof.

The functions below are loaded when first used, so that ``import allocator.audit`` loads no
solver.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from allocator.audit import audit
    from allocator.files import load, save
    from allocator.jobs import solve

__all__ = ["audit", "load", "save", "solve"]

_HOME = {
    "audit": "allocator.audit",
    "load": "allocator.files",
    "save": "allocator.files",
    "solve": "allocator.jobs",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'allocator' has no attribute {name!r}")
