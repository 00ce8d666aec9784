"""The admission rules, in the order planners read them. A new rule adds one line here."""

from __future__ import annotations

from allocator.admission.rule import AdmissionRule
from allocator.admission.rules.graduates_cap import GraduatesCap
from allocator.admission.rules.protected_floor import ProtectedFloor
from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.admission.rules.school_minimum import SchoolMinimumFloor

RULES: tuple[type[AdmissionRule], ...] = (
    QuotaShareFloor,
    ProtectedFloor,
    SchoolMinimumFloor,
    GraduatesCap,
)
