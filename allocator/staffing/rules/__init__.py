"""The staffing rules, in the order planners read them. A new rule adds one line here."""

from __future__ import annotations

from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules.backbone_rate import BackboneRateFloor
from allocator.staffing.rules.backbone_share import BackboneShare
from allocator.staffing.rules.balance_cap import BalanceCap
from allocator.staffing.rules.eligibility import EligibilityLock
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.rules.pins import PinLock
from allocator.staffing.rules.resource_floor import ResourceFloor
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor
from allocator.staffing.rules.subject_lock import SubjectLock
from allocator.staffing.rules.travel_cap import TravelCap
from allocator.staffing.rules.turnover_cap import TurnoverCap

RULES: tuple[type[StaffingRule], ...] = (
    ExchangeRateFloor,
    SendingSchoolRateFloor,
    BackboneShare,
    BackboneRateFloor,
    EligibilityLock,
    SubjectLock,
    TravelCap,
    TurnoverCap,
    PinLock,
    FamousTeacherFloor,
    BalanceCap,
    ResourceFloor,
)
