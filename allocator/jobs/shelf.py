"""Where the folders of jobs stand, and finding one again."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from allocator.jobs.folder import Folder
from allocator.jobs.job import Job

_ID = re.compile(r"\d{8}-\d{6}-[0-9a-f]{8}")


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
    if not _ID.fullmatch(job_id):
        return None
    folder = Folder((home or default_home()).resolve() / job_id)
    return Job(folder) if (folder.path / "request.json").is_file() else None


def jobs_in(home: Path | None = None) -> list[Job]:
    """All jobs of a home, the newest first."""
    base = home or default_home()
    names = sorted((p.name for p in base.iterdir()), reverse=True) if base.is_dir() else []
    return [job for name in names if (job := find(base, name)) is not None]
