"""Exit codes: what a script learns from a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from allocator.solving.outcome import Outcome, PartOutcome

CLEAN = 0
"""A plan, audited clean: no MUST rule broken."""
BAD_INPUT = 2
NO_PLAN_EXISTS = 3
"""Proven."""
STOPPED = 4
"""Stopped at a limit, or by a failing engine, without a plan."""
REJECTED = 5
"""A plan its audit rejects."""
QUESTIONS = 6
"""Files that were read and leave questions to the planner; nothing is taken over."""
INTERRUPTED = 130
"""Ended by the keyboard, as shells have it."""


def exit_code(outcome: Outcome) -> int:
    """The exit code of an outcome: the worst of its parts."""
    return max((_of_part(part) for part in outcome.parts), default=STOPPED)


def _of_part(part: PartOutcome) -> int:
    if part.plan is None:
        return NO_PLAN_EXISTS if part.status == "infeasible" else STOPPED
    return CLEAN if part.audit is not None and part.audit.clean else REJECTED
