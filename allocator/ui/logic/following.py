"""The proven plan follows the estimates (自动求解): a run of its own once the numbers rest."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.ui.logic import runs
from allocator.ui.logic.standing import Standing

REST = 1.5
"""Seconds without a change after which a person no longer moves a number."""


@dataclass(frozen=True)
class Following:
    """The run started by itself last, and what for."""

    scenario: str = ""
    """The hash it was started for: each is run once, whatever became of it."""
    job: str = ""

    def due(self, scenario: str, how: Standing, rested: float) -> bool:
        """Whether a run shall be started now.

        Parameters
        ----------
        scenario
            The hash of the scenario as it stands.
        how
            How the scenario stands to its last run.
        rested
            Seconds since the last change.
        """
        known = how in ("current", "running") or scenario == self.scenario
        return not known and rested >= REST

    def given_up(self) -> Following:
        """After a change: the run of its own is ended and leaves nothing, no other one is."""
        if self.job:
            runs.give_up(self.job)
        return Following()
