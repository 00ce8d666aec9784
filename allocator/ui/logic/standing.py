"""How a scenario stands: solved or not, and whether the result is still that of the scenario."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from allocator.modelling import Text
from allocator.solving import Outcome
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.runs import Run

Standing = Literal["unsolved", "running", "current", "outdated", "failed"]

STANDING: Mapping[Standing, Text] = {
    "unsolved": Text("尚未求解", "not solved yet"),
    "running": Text("求解中", "solving"),
    "current": Text("已按当前设定求解", "solved as it stands"),
    "outdated": Text("此结果之后设定已有改动", "changed since this result"),
    "failed": Text("上次求解未得到方案", "the last run gave no plan"),
}
IN_SHORT: Mapping[Standing, Text] = {
    "unsolved": Text("未求解", "not solved"),
    "running": Text("求解中", "solving"),
    "current": Text("已求解", "solved"),
    "outdated": Text("求解后有改动", "changed since"),
    "failed": Text("未得到方案", "no plan"),
}
"""The same for a column of a list."""
COLOUR: Mapping[Standing, Literal["gray", "blue", "green", "orange", "red"]] = {
    "unsolved": "gray",
    "running": "blue",
    "current": "green",
    "outdated": "orange",
    "failed": "red",
}


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
    if outcome is None or all(part.plan is None for part in outcome.parts):
        return "failed"
    return "current" if outcome.scenario_hash == draft.hash_titled(run.title) else "outdated"
