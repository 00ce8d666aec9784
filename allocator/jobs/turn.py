"""Whose turn it is: jobs of one home that wait run in the order they were asked for.

Nobody hands the turns out. Every worker looks at the folders beside its own and goes on once few
enough of those asked for earlier are left, so a crash or the end of a server holds up no one.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from allocator.jobs.folder import Folder, Request, age
from allocator.jobs.process import Identity, alive

_BIRTH = 10.0
"""Seconds after which a folder without a process never gets one."""
_LOOK = 0.25
"""Seconds between two looks at the folders beside one's own."""
_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")


def is_id(name: str) -> bool:
    """Whether a folder of that name can be a job's."""
    return _ID.fullmatch(name) is not None


def process_in(folder: Folder) -> Identity | None:
    """The worker of a folder, None before it is known."""
    found = folder.get("process.json")
    return None if found is None else (int(found[0]), float(found[1]))


def living(folder: Folder) -> bool:
    """Whether the worker of a folder is at work, or about to be."""
    known = process_in(folder)
    if known is None:
        path = folder.path / "request.json"
        return path.exists() and age(path) < _BIRTH
    return alive(known)


def ahead(folder: Folder) -> int:
    """How many jobs of the same home were asked for earlier and are not over."""
    request = folder.request
    mine = (request.asked, folder.path.name)
    return sum(1 for other in _beside(folder.path) if _rank(other) < mine and living(other))


def wait_for_turn(folder: Folder, request: Request, wanted: Callable[[], bool]) -> bool:
    """Wait until a job's turn comes; False if it is no longer wanted by then."""
    while request.at_once is not None and ahead(folder) >= request.at_once:
        if not wanted():
            return False
        time.sleep(_LOOK)
    if not wanted():
        return False
    folder.begins()
    return True


def _beside(path: Path) -> Iterator[Folder]:
    for other in sorted(path.parent.iterdir()):
        if other != path and is_id(other.name) and not (other / "end.json").exists():
            yield Folder(other)


def _rank(folder: Folder) -> tuple[float, str]:
    """The place of a job in the queue; last of all where it cannot be told or it queues not."""
    found = folder.get("request.json")
    if not isinstance(found, dict) or found.get("at_once") is None:
        return float("inf"), folder.path.name
    return float(found["asked"]), folder.path.name
