"""The staffing rules, in the order planners read them. A new rule adds one line here."""

from __future__ import annotations

from allocator.staffing.rule import StaffingRule
from allocator.staffing.rules.backbone_rate import BackboneRateFloor
from allocator.staffing.rules.backbone_share import BackboneShare
from allocator.staffing.rules.balance_cap import BalanceCap
from allocator.staffing.rules.couple_distance import CoupleDistanceCap
from allocator.staffing.rules.direction_floor import DirectionFloor
from allocator.staffing.rules.eligibility import EligibilityLock
from allocator.staffing.rules.establishment_cap import EstablishmentCap
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.staffing.rules.experience_floor import ExperienceFloor
from allocator.staffing.rules.famous_floor import FamousTeacherFloor
from allocator.staffing.rules.graded_post_cap import GradedPostCap
from allocator.staffing.rules.graduating_rate import GraduatingRateFloor
from allocator.staffing.rules.group_lock import GroupLock
from allocator.staffing.rules.head_lock import HeadLock
from allocator.staffing.rules.head_term_cap import HeadTermCap
from allocator.staffing.rules.one_principal import OnePrincipalLock
from allocator.staffing.rules.opening_team import OpeningTeamFloor
from allocator.staffing.rules.pins import PinLock
from allocator.staffing.rules.preference import PreferenceCap
from allocator.staffing.rules.relatives_apart import RelativesApartCap
from allocator.staffing.rules.resource_floor import ResourceFloor
from allocator.staffing.rules.round_lock import RoundLock
from allocator.staffing.rules.sending_school_rate import SendingSchoolRateFloor
from allocator.staffing.rules.subject_lock import SubjectLock
from allocator.staffing.rules.supply_floor import SupplyFloor
from allocator.staffing.rules.surplus_transfer import SurplusTransferLock
from allocator.staffing.rules.travel_cap import TravelCap
from allocator.staffing.rules.turnover_cap import TurnoverCap
from allocator.staffing.rules.vacancy_floor import VacancyFloor
from allocator.staffing.rules.veto_lock import VetoLock
from allocator.staffing.rules.volunteers import VolunteerFloor
from allocator.staffing.rules.walking import Walking

RULES: tuple[type[StaffingRule], ...] = (
    ExchangeRateFloor,
    SendingSchoolRateFloor,
    BackboneShare,
    BackboneRateFloor,
    GraduatingRateFloor,
    DirectionFloor,
    EligibilityLock,
    HeadLock,
    OnePrincipalLock,
    HeadTermCap,
    SubjectLock,
    TravelCap,
    GroupLock,
    TurnoverCap,
    ExperienceFloor,
    OpeningTeamFloor,
    PinLock,
    RelativesApartCap,
    VetoLock,
    CoupleDistanceCap,
    PreferenceCap,
    VolunteerFloor,
    RoundLock,
    FamousTeacherFloor,
    BalanceCap,
    VacancyFloor,
    SurplusTransferLock,
    EstablishmentCap,
    GradedPostCap,
    SupplyFloor,
    ResourceFloor,
    Walking,
)
