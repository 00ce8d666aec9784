"""What came of a job in a few numbers, so that a list of runs need not read whole plans."""

from __future__ import annotations

from allocator.county.frozen import Frozen
from allocator.jobs.folder import Folder
from allocator.scenario import PartName
from allocator.solving import Outcome
from allocator.solving.outcome import Reason, Status, TierResult


class Summary(Frozen):
    """One part of a job in a few numbers."""

    part: PartName
    status: Status
    reason: Reason
    moves: int | None = None
    """People who move; None without a plan."""
    tiers: tuple[TierResult, ...] = ()
    clean: bool = True
    """Whether the audit accepts the plan."""


def summaries(outcome: Outcome) -> tuple[Summary, ...]:
    """The parts of an outcome, each in a few numbers."""
    return tuple(
        Summary(
            part=p.part,
            status=p.status,
            reason=p.reason,
            moves=None if p.plan is None else len(p.plan.moves),
            tiers=p.tiers,
            clean=p.audit is None or p.audit.clean,
        )
        for p in outcome.parts
    )


def summary_in(folder: Folder) -> tuple[Summary, ...]:
    """What a job wrote down of its outcome; empty for one that came to none."""
    found = folder.get("summary.json")
    return tuple(Summary.model_validate(p) for p in found) if isinstance(found, list) else ()
