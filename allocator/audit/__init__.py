"""The audit (核验): judging any plan from data alone. Loads no solver.

The room bears the name of its one verb, and both are public: ``import allocator.audit`` gives the
room, ``allocator.audit(scenario, plan)`` judges. So the room itself can be called.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType

from allocator.audit.audit import Audit, Flaw, Verdict, audit
from allocator.county.plan import Plan
from allocator.scenario import PartName, Scenario

__all__ = ["Audit", "Flaw", "Verdict", "audit"]


class _Room(ModuleType):
    """A module that can be called like the function it holds."""

    def __call__(
        self, scenario: Scenario, plan: Plan, parts: Iterable[PartName] | None = None
    ) -> Audit:
        return audit(scenario, plan, parts)


sys.modules[__name__].__class__ = _Room
