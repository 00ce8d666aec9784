"""Scenarios that were deleted: each in a folder of its own until somebody takes it back."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from allocator.county.frozen import DataError, Problem
from allocator.jobs.folder import own_only
from allocator.ui.logic.heads import head, version_of
from allocator.ui.logic.library import Entry, entry_of, free_path
from allocator.ui.logic.workspace import scenarios_folder, trash_folder

_STAMP = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True)
class Deleted:
    """A scenario file in the trash, in a folder named after the moment."""

    path: Path

    @property
    def name(self) -> str:
        """The name of its folder, for keys."""
        return self.path.parent.name

    @property
    def title(self) -> str:
        """The title the file gives."""
        return head(self.path, version_of(self.path)).title

    @property
    def when(self) -> datetime:
        """When it was deleted, in local time."""
        try:
            return datetime.strptime(self.name, _STAMP)
        except ValueError:
            return datetime.fromtimestamp(self.path.stat().st_mtime)


def delete(key: str) -> Deleted:
    """Put one of the person's own scenarios into the trash.

    Raises
    ------
    DataError
        If there is none of this key, or it comes with the tool.
    OSError
        If the file cannot be moved.
    """
    entry = entry_of(key)
    if entry is None or entry.origin != "own":
        raise DataError((Problem("", "this scenario cannot be deleted: it is not one of yours"),))
    folder = trash_folder() / f"{datetime.now():{_STAMP}}"
    own_only(trash_folder())
    own_only(folder)
    made = Deleted(folder / entry.path.name)
    os.replace(entry.path, made.path)
    return made


def deleted() -> list[Deleted]:
    """Everything in the trash, deleted last first."""
    folder = trash_folder()
    found = [Deleted(p) for p in folder.glob("*/*.json")] if folder.is_dir() else []
    return sorted(found, key=lambda d: (d.when, d.name), reverse=True)


def take_back(name: str) -> Entry:
    """Put a scenario of the trash back under the name it had, or one still free.

    Raises
    ------
    DataError
        If it is no longer in the trash.
    OSError
        If the file cannot be moved.
    """
    one = next((d for d in deleted() if d.name == name), None)
    if one is None:
        raise DataError((Problem("", "this scenario is no longer in the trash"),))
    own_only(scenarios_folder())
    path = free_path(scenarios_folder(), one.path.stem)
    os.replace(one.path, path)
    with suppress(OSError):
        one.path.parent.rmdir()
    return Entry("own", path)
