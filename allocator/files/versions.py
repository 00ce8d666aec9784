"""Versions of the documents: known ones are brought up to date, others refused in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from allocator.county.frozen import DataError, Problem

Migration = Callable[[dict[str, Any]], dict[str, Any]]

MIGRATIONS: Mapping[str, Mapping[int, Migration]] = {
    "allocator-scenario": {},
    "allocator-outcome": {},
}
"""Kind of document -> old version -> the step that makes it the next version."""


def migrate(data: Any, kind: str, current: int) -> dict[str, Any]:
    """Bring a document of a known kind to the current version.

    Raises
    ------
    DataError
        If it is another kind of document, or of a version this release does not know.
    """
    if not isinstance(data, dict):
        raise DataError((Problem("", "this is no document of this tool: choose another file"),))
    if data.get("format") != kind:
        text = "a document of format {wanted} is needed, this one says {given}"
        details = {"wanted": kind, "given": _said(data.get("format"))}
        raise DataError((Problem("format", text, details),))
    version = data.get("version")
    while version != current or isinstance(version, bool):
        step = MIGRATIONS[kind].get(version) if type(version) is int else None
        if step is None:
            text = "version {given} is unknown, this release reads version {current}: update it"
            known = {"given": _said(version), "current": str(current)}
            raise DataError((Problem("version", text, known),))
        data = step(data)
        version = data.get("version")
    return dict(data)


def _said(value: Any) -> str:
    return "null" if value is None else str(value)[:40]
