"""Where a person's own files stand: scenarios kept, edits not kept yet, runs."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from allocator.jobs import default_home


def workspace() -> Path:
    """The person's own folder; the environment's ``ALLOCATOR_HOME`` overrides it."""
    if chosen := os.environ.get("ALLOCATOR_HOME"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "allocator"


def scenarios_folder() -> Path:
    """Scenarios the person kept or brought in."""
    return workspace() / "scenarios"


def trash_folder() -> Path:
    """Scenarios that were deleted."""
    return workspace() / "trash"


def drafts_folder() -> Path:
    """Edits that are not kept yet."""
    return workspace() / "drafts"


def runs_at_once() -> int:
    """How many runs the machine works on at once; ``ALLOCATOR_AT_ONCE`` overrides it."""
    return _whole("ALLOCATOR_AT_ONCE", 1)


def warm_at_once() -> int:
    """How many windows may use instant mode at once; ``ALLOCATOR_WARM`` overrides it."""
    return _whole("ALLOCATOR_WARM", 2)


def runs_kept() -> int:
    """How many runs are kept, the newest; ``ALLOCATOR_RUNS_KEPT`` overrides it."""
    return _whole("ALLOCATOR_RUNS_KEPT", 40)


def _whole(name: str, usual: int) -> int:
    """A whole number above zero from the environment; the usual one where it is none."""
    given = os.environ.get(name, "")
    return int(given) if given.isdecimal() and int(given) > 0 else usual


def runs_folder() -> Path:
    """Folders of runs: inside the workspace where one is named, else the usual place of jobs."""
    return workspace() / "jobs" if os.environ.get("ALLOCATOR_HOME") else default_home()
