"""Rules and tiers of both parts, by part: what pages and tables go through."""

from __future__ import annotations

from collections.abc import Mapping

from allocator.admission.goals import TIERS as ADMISSION_TIERS
from allocator.admission.rules import RULES as ADMISSION_RULES
from allocator.modelling import Rule, Tier
from allocator.scenario import PartName
from allocator.staffing.goals import TIERS as STAFFING_TIERS
from allocator.staffing.rules import RULES as STAFFING_RULES

REGISTRY: Mapping[PartName, tuple[type[Rule], ...]] = {
    "staffing": STAFFING_RULES,
    "admission": ADMISSION_RULES,
}
TIERS: Mapping[PartName, Mapping[str, Tier]] = {
    "staffing": {t.name: t for t in STAFFING_TIERS},
    "admission": {t.name: t for t in ADMISSION_TIERS},
}
_UNITS = {"coverage": "priced", "famous_share": "webster", "balance": "thousandths"}
"""Tiers whose values are not in the unit a planner reads elsewhere."""


def tier_unit(tier: Tier) -> str:
    """The unit of a tier's values, as a code of the vocabulary."""
    return _UNITS.get(tier.name, tier.unit)
