"""The admission program (名额分配): how quota places are divided.

Sets
    i senior highs that divide a quota q_i, j junior highs they admit from.
Variables
    place[i, j] in {0, ..., q_i}, for every pair with an entitlement.
Structure
    sum_j place[i, j] = q_i; with a first signpost of 0, place[i, j] >= 1.
Rules and goals
    Rows of ``rules``; then column totals nearest the entitlement, then the matrix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from allocator.admission.entitlement import Cell, Entitlement, entitle
from allocator.admission.goals import TIERS, costs, scores
from allocator.admission.rule import AdmissionRule
from allocator.admission.table import QuotaTable, quota_table
from allocator.admission.terms import AdmissionTerms
from allocator.admission.variables import Variables
from allocator.county.county import County
from allocator.county.plan import Plan, QuotaCell
from allocator.modelling import Allocation, Configured, Floats, Row, RuleRows, Tier


def ordered_tiers(order: Sequence[str]) -> tuple[Tier, ...]:
    """The tiers in the planner's order."""
    known = {t.name: t for t in TIERS}
    return tuple(known[name] for name in order)


def read(
    county: County, configured: Sequence[Configured], terms: AdmissionTerms, plan: Plan
) -> QuotaTable:
    """A plan's quotas as a table, with the entitlement the scenario gives."""
    return quota_table(county, entitle(county, configured, terms), plan, terms.rounding)


def tier_values(
    county: County,
    configured: Sequence[Configured],
    order: Sequence[str],
    terms: AdmissionTerms,
    plan: Plan | QuotaTable,
) -> dict[str, float]:
    """The value of each tier, counted from the table of a plan."""
    table = plan if isinstance(plan, QuotaTable) else read(county, configured, terms, plan)
    values = dict.fromkeys(order, 0.0)
    values.update(scores(table, terms))
    for c in configured:
        if c.firmness == "should" and isinstance(c.rule, AdmissionRule):
            values[c.rule.tier] += sum(r.shortfall for r in c.rule.readings(county, table))
    return values


def variables(due: Entitlement) -> Variables:
    """The columns of the program: every pair with an entitlement, sorted."""
    pairs = sorted(due.cells)
    upper = np.array([due.quotas[high] for high, _ in pairs], dtype=np.float64)
    return Variables(due, {pair: n for n, pair in enumerate(pairs)}, upper)


def rule_rows(
    county: County, configured: Sequence[Configured], x: Variables
) -> tuple[RuleRows, ...]:
    """The rows of the MUST and SHOULD rules."""
    return tuple(
        RuleRows(c, tuple(c.rule.rows(county, x)))
        for c in configured
        if c.firmness in ("must", "should") and isinstance(c.rule, AdmissionRule)
    )


def build(
    county: County, configured: Sequence[Configured], order: Sequence[str], terms: AdmissionTerms
) -> Allocation:
    """Build the admission program of a county."""
    x = variables(entitle(county, configured, terms))
    return Allocation(
        part="admission",
        names=tuple(f"place[{high},{school}]" for high, school in x.position),
        upper=x.upper,
        structure=_structure(x, terms),
        rules=rule_rows(county, configured, x),
        costs=costs(x, terms),
        tiers=ordered_tiers(order),
        decode=partial(decode, tuple(x.position)),
        values=partial(_values, county, configured, order, terms),
    )


def _structure(x: Variables, terms: AdmissionTerms) -> tuple[Row, ...]:
    quotas = x.entitlement.quotas
    rows = [
        Row(high, x.places(high=high).expression, "==", float(quota))
        for high, quota in quotas.items()
    ]
    if terms.divisor.first:
        rows += [
            Row(f"{high}:{school}", x.places(high=high, school=school).expression, ">=", 1.0)
            for high, school in x.position
            if quotas[high]
        ]
    return tuple(rows)


def _values(
    county: County,
    configured: Sequence[Configured],
    order: Sequence[str],
    terms: AdmissionTerms,
    plan: Plan,
) -> Mapping[str, float]:
    return tier_values(county, configured, order, terms, plan)


def decode(pairs: Sequence[Cell], levels: Floats) -> Plan:
    """Turn levels of the columns into quota cells, empty ones left out."""
    return Plan(
        quotas=tuple(
            QuotaCell(senior_high=high, junior_high=school, places=round(float(level)))
            for (high, school), level in zip(pairs, levels, strict=True)
            if round(float(level))
        )
    )
