"""A sample scenario: a sample county with the rules and targets of its year."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from allocator.samples import generate_county
from allocator.scenario import Admission, Scenario, Staffing, with_rule
from allocator.staffing.terms import StaffingTerms

CAPS = {2020: ("0.35", "0.30"), 2025: ("0.30", "0.25")}
"""The plan's indicator 17, primary and junior, by the year from which it holds."""
TIGHT = ("0.20", "0.18")
"""Caps that cannot all be kept, for the hard case."""


def assemble(*, teachers: int, seed: int, year: int, tight: bool) -> Scenario:
    """Both parts with their default rules; caps on the coefficients by year, or too tight."""
    county = generate_county(teachers=teachers, seed=seed, year=year)
    terms = StaffingTerms(start=f"{year}-09")
    scenario = Scenario(
        title=_title(year, tight),
        notes=county.notes,
        county=county,
        staffing=Staffing(terms=terms),
        admission=Admission(),
    )
    primary, junior = TIGHT if tight else CAPS[max((y for y in CAPS if y <= year), default=2020)]
    caps: dict[str, Any] = {
        "primary_at_most": Decimal(primary),
        "junior_at_most": Decimal(junior),
    }
    return with_rule(scenario, "staffing", {"rule": "balance_cap", "parameters": caps})


def _title(year: int, tight: bool) -> str:
    return f"慈溪市 {year} 年（示例数据{'，差异系数从严' if tight else ''}）"
