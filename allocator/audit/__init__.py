"""The audit (核验): judging any plan from data alone. Loads no solver."""

from allocator.audit.audit import Audit, Flaw, Verdict, audit

__all__ = ["Audit", "Flaw", "Verdict", "audit"]
