"""Where the folders of jobs stand, and finding one again."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from allocator.jobs.folder import Folder, age
from allocator.jobs.job import Job
from allocator.jobs.turn import is_id
from allocator.jobs.watch import settle

_AWAY = "put away"
"""Folder of the jobs put away, inside their home."""
_KEPT_AWAY = 24 * 3600.0
"""Seconds for which a job put away can be brought back."""
_LOOKED_AT = 24 * 3600.0
"""Seconds for which a job somebody looked at is not swept."""


def default_home() -> Path:
    """The person's own folder for jobs; the environment's ``ALLOCATOR_JOBS`` overrides it."""
    if chosen := os.environ.get("ALLOCATOR_JOBS"):
        return Path(chosen)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_STATE_HOME", Path.home() / ".local" / "state"))
    return base / "allocator" / "jobs"


def find(home: Path | None, job_id: str) -> Job | None:
    """The job of an id, None if there is none; an id never leads out of the home."""
    if not is_id(job_id):
        return None
    folder = Folder((home or default_home()).resolve() / job_id)
    return Job(folder) if (folder.path / "request.json").is_file() else None


def jobs_in(home: Path | None = None) -> list[Job]:
    """All jobs of a home, the newest first."""
    base = home or default_home()
    names = sorted((p.name for p in base.iterdir()), reverse=True) if base.is_dir() else []
    return [job for name in names if (job := find(base, name)) is not None]


def put_away(job: Job) -> bool:
    """Take a job that is over off the shelf; False for one that runs. It can be brought back."""
    if not job.ended:
        return False
    settle(job.folder)
    path = job.folder.path
    away = path.parent / _AWAY
    away.mkdir(exist_ok=True)
    os.utime(path)
    with suppress(OSError):
        path.rename(away / path.name)
        return True
    return False


def bring_back(home: Path | None, job_id: str) -> Job | None:
    """Put a job back on the shelf; None if it is no longer there."""
    base = (home or default_home()).resolve()
    if not is_id(job_id) or not (base / _AWAY / job_id).is_dir():
        return None
    (base / _AWAY / job_id).rename(base / job_id)
    return find(base, job_id)


def sweep(home: Path | None = None, *, keep: int, spared: Collection[str] = ()) -> list[str]:
    """Remove old jobs, and those put away a day ago: a county's teachers are in them.

    Parameters
    ----------
    keep
        How many of the newest stay in any case. A job that is not over, or that somebody looked at
        within a day, is never removed.
    spared
        Ids that stay whatever their age.

    Returns
    -------
    list
        Ids of the jobs removed.
    """
    gone = []
    for job in jobs_in(home)[keep:]:
        looked_at = job.folder.seen.exists() and age(job.folder.seen) < _LOOKED_AT
        if job.id not in spared and not looked_at and job.ended:
            job.remove()
            gone.append(job.id)
    away = (home or default_home()) / _AWAY
    for path in sorted(away.iterdir()) if away.is_dir() else ():
        if age(path) > _KEPT_AWAY:
            shutil.rmtree(path, ignore_errors=True)
    return gone
