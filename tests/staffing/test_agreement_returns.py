"""Rows and readings agree key by key also where earlier terms end and people return home."""

from __future__ import annotations

import pytest

from allocator.county.county import County
from allocator.modelling import Configured
from allocator.solving.program import least_slack
from allocator.staffing.model import build
from allocator.staffing.placement import placement
from allocator.staffing.rules.eligibility import EligibilityLock
from tests.staffing.plans import ORDER, TERMS, configured, some_levels
from tests.staffing.test_agreement import CASES, met_by, pinned

HOMES = {"T00001": "C2", "T00002": "C4", "T00006": "C2", "T00008": "C1", "T00012": "C1"}
"""Who returns, and to which campus; among them people with pins, results, kin and objections."""


def returning(county: County) -> County:
    data = county.model_dump()
    for teacher in data["teachers"]:
        if teacher["id"] in HOMES:
            home = HOMES[teacher["id"]]
            teacher["running_term"] = {"home": home, "started": "2017-09", "ends": "2020-08"}
    return County.model_validate(data)


@pytest.mark.parametrize(("rule", "settings"), CASES, ids=lambda v: getattr(v, "name", ""))
def test_rows_and_readings_agree_where_people_return(rule, settings):
    county = returning(pinned(met_by(rule)))
    one = configured(rule(**settings), firmness="should")
    # Nobody who returns is moved again: that is what the eligibility keeps apart.
    rules = one if rule is EligibilityLock else [*one, Configured(EligibilityLock(), "must")]
    allocation = build(county, rules, ORDER, TERMS)
    rows = next(r.rows for r in allocation.rules if isinstance(r.configured.rule, rule))
    for levels in some_levels(allocation, 100, seed=7):
        seen = placement(county, allocation.decode(levels))
        read = {r.where: r.shortfall for r in one[0].rule.readings(county, seen)}
        slack = {row.where: least_slack(row, levels) for row in rows}
        for where in read.keys() | slack.keys():
            assert slack.get(where, 0.0) == pytest.approx(read.get(where, 0.0), abs=1e-6), where
