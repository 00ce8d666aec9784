"""The admission rules, in the order planners read them. A new rule adds one line here."""

from __future__ import annotations

from allocator.admission.rule import AdmissionRule
from allocator.admission.rules.change_cap import ChangeCap
from allocator.admission.rules.channel_limits import ChannelLimits
from allocator.admission.rules.graduates_cap import GraduatesCap
from allocator.admission.rules.pair_minimum import PairMinimumFloor
from allocator.admission.rules.pins import QuotaPinLock
from allocator.admission.rules.protected_factor import ProtectedFactor
from allocator.admission.rules.protected_floor import ProtectedFloor
from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.admission.rules.school_minimum import SchoolMinimumFloor
from allocator.admission.rules.top_up import TopUpFloor

RULES: tuple[type[AdmissionRule], ...] = (
    QuotaShareFloor,
    ChannelLimits,
    ProtectedFloor,
    ProtectedFactor,
    TopUpFloor,
    SchoolMinimumFloor,
    PairMinimumFloor,
    GraduatesCap,
    ChangeCap,
    QuotaPinLock,
)
