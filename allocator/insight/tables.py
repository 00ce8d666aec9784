"""The front of all tables: what workbook, command line and browser ask for."""

from __future__ import annotations

from allocator.insight.admission_tables import quota_matrix
from allocator.insight.approval import approval
from allocator.insight.balance_of_posts import over_short, over_short_names
from allocator.insight.balance_tables import indicators, school_indicators
from allocator.insight.changes import changes
from allocator.insight.headings import headed
from allocator.insight.last_year import exchange_changes, quota_changes
from allocator.insight.method_tables import (
    junior_highs_by_method,
    method_comparison,
    method_results,
    way_names,
)
from allocator.insight.names import namer, place_name, senior_high_names
from allocator.insight.people_tables import eligibility, eligibility_by_school, ties
from allocator.insight.plan_tables import plan_indicators, plan_indicators_missing
from allocator.insight.post_tables import posts, recruitment, school_posts, vacancies
from allocator.insight.proof import proof, proof_head, timings
from allocator.insight.rate_tables import county_rates, school_rates
from allocator.insight.rule_tables import readings, rules
from allocator.insight.simulation_tables import (
    simulation,
    simulation_areas,
    simulation_cells,
    simulation_highs,
    simulation_pupils,
    simulation_schools,
    simulation_ties,
)
from allocator.insight.staffing_tables import (
    coverage,
    exchange_list,
    famous,
    head_proposals,
    moves_by_township,
)
from allocator.insight.summary import summary
from allocator.insight.supply_tables import supply, supply_left
from allocator.insight.term_tables import secondment_terms
from allocator.insight.training_tables import training
from allocator.insight.usable_tables import expected_return, expected_use
from allocator.insight.view import before_after
from allocator.insight.walking_tables import walking

__all__ = [
    "approval",
    "before_after",
    "changes",
    "county_rates",
    "coverage",
    "eligibility",
    "eligibility_by_school",
    "exchange_changes",
    "exchange_list",
    "expected_return",
    "expected_use",
    "famous",
    "head_proposals",
    "headed",
    "indicators",
    "junior_highs_by_method",
    "method_comparison",
    "method_results",
    "moves_by_township",
    "namer",
    "over_short",
    "over_short_names",
    "place_name",
    "plan_indicators",
    "plan_indicators_missing",
    "posts",
    "proof",
    "proof_head",
    "quota_changes",
    "quota_matrix",
    "readings",
    "recruitment",
    "rules",
    "school_indicators",
    "school_posts",
    "school_rates",
    "secondment_terms",
    "senior_high_names",
    "simulation",
    "simulation_areas",
    "simulation_cells",
    "simulation_highs",
    "simulation_pupils",
    "simulation_schools",
    "simulation_ties",
    "summary",
    "supply",
    "supply_left",
    "ties",
    "timings",
    "training",
    "vacancies",
    "walking",
    "way_names",
]
