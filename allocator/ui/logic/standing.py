"""How a scenario stands: solved or not, and whether the result is still that of the scenario."""

from __future__ import annotations

from typing import Literal

from allocator.solving import Outcome
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.runs import Run

Standing = Literal["unsolved", "running", "current", "outdated", "failed"]


def standing(draft: Draft, run: Run | None, outcome: Outcome | None) -> Standing:
    """How a scenario stands to its last run.

    Parameters
    ----------
    outcome
        What came of the run; None while it runs, or where it was refused.
    """
    if run is None:
        return "unsolved"
    if not run.job.ended:
        return "running"
    if outcome is None:
        return "failed"
    return "current" if outcome.scenario_hash == draft.hash_titled(run.title) else "outdated"
