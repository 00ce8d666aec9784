"""How each scenario of the library stands to its last run, without reading any county."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from allocator.ui.logic.draft import Draft
from allocator.ui.logic.heads import Version, fingerprint, version_of
from allocator.ui.logic.library import Entry
from allocator.ui.logic.runs import Run
from allocator.ui.logic.standing import Standing

_PLAN = re.compile(rb'"plan": \{')
_HASH = re.compile(rb'"scenario_hash": "([0-9a-f]+)"')


def latest(found: Sequence[Run]) -> Mapping[str, Run]:
    """The newest run of each scenario, of runs listed newest first."""
    return {run.key: run for run in reversed(found)}


def state_of(entry: Entry, run: Run | None, draft: Draft | None) -> Standing:
    """How a scenario stands to its last run.

    Parameters
    ----------
    draft
        The scenario as it stands in this window, where it was opened already; else its file is
        compared with the one that was solved.
    """
    if run is None:
        return "unsolved"
    if not run.job.ended:
        return "running"
    solved = _solved(run)
    if solved is None:
        return "failed"
    if draft is not None:
        return "current" if draft.hash_titled(run.title) == solved else "outdated"
    with suppress(OSError):
        path = run.job.folder.scenario
        if fingerprint(path, version_of(path)) == fingerprint(entry.path, entry.version):
            return "current"
    return "outdated"


def _solved(run: Run) -> str | None:
    """The hash of the scenario that a run has a plan of, None where it has none."""
    with suppress(OSError):
        path = run.job.folder.result
        return _hash_with_plan(path, version_of(path))
    return None


@lru_cache(maxsize=512)
def _hash_with_plan(path: Path, version: Version) -> str | None:
    del version
    content = path.read_bytes()
    found = _HASH.search(content)
    return found.group(1).decode() if found and _PLAN.search(content) else None
