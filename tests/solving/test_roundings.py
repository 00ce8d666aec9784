"""A scenario with any way of rounding is solved, audited and written."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest

from allocator.admission.direct import solve_exactly
from allocator.admission.per_high import PER_HIGH
from allocator.admission.terms import ROUNDINGS
from allocator.audit import audit
from allocator.county.plan import Plan
from allocator.county.quotas import QuotaLot
from allocator.files.workbook import workbook_bytes
from allocator.scenario import Admission, Scenario
from allocator.solving import solve_scenario
from tests.admission.division import county, junior, plan, senior

LOT = QuotaLot(order=("Z", "Y", "X", "P"), drawn_by="示例公证员", on="2020-05")
COUNTY = county(
    (senior("A", 10, quota_places=6), senior("B", 6, quota_places=4)),
    (junior("X", 11), junior("Y", 6, "T2", weak=True), junior("Z", 3, "T3"), junior("P", 4)),
).model_copy(update={"quota_lots": (LOT,)})


def scenario(rounding: str, rules: tuple[str, ...] = (), **admission: Any) -> Scenario:
    listed = [{"rule": rule, "firmness": "must"} for rule in rules]
    data = {"rules": listed, "terms": {"rounding": rounding}, **admission}
    return Scenario(title="示例", county=COUNTY, admission=Admission.model_validate(data))


@pytest.mark.parametrize("engine", ["highs", "cbc"])
@pytest.mark.parametrize("rounding", ROUNDINGS)
def test_every_rounding_gives_an_audited_plan_and_a_workbook(rounding: str, engine: str) -> None:
    made = scenario(rounding)
    outcome = solve_scenario(made, engine=engine)
    (part,) = outcome.parts
    assert part.plan is not None
    assert part.audit is not None
    assert part.audit.clean
    assert part.audit == audit(made, part.plan)
    assert {t.name: t.value for t in part.tiers} == part.audit.tiers["admission"]
    if rounding == "biproportional":
        assert part.reason == "proven"
    else:
        assert (part.status, part.reason) == ("feasible", "by_procedure")
    book = openpyxl.load_workbook(BytesIO(workbook_bytes(made, outcome)))
    assert "名额分配表" in book.sheetnames
    words = [str(c.value) for row in book["证明"].iter_rows() for c in row]
    assert all(
        str(n.details["given"]) in " ".join(words) for n in part.notes if "given" in n.details
    )


def test_only_what_totals_prove_is_claimed() -> None:
    made = scenario("controlled", ("protected_floor", "school_minimum_floor"))
    (part,) = solve_scenario(made).parts
    assert {t.name: t.proven for t in part.tiers} == {
        "protection": True, "columns": True, "matrix": False
    }  # fmt: skip
    assert part.tiers[2].bound is None
    assert part.audit is not None
    assert part.audit.clean
    assert made.admission is not None
    exact = solve_exactly(
        made.county, made.configured("admission"), made.admission.goals, made.admission.terms
    )
    assert exact is not None
    for tier in part.tiers[:2]:
        assert tier.value == exact.tiers[tier.name]
    for rounding in PER_HIGH:
        (part,) = solve_scenario(scenario(rounding)).parts
        assert all(t.bound is None and not t.proven for t in part.tiers)


def test_places_not_given_and_sums_not_kept_are_said() -> None:
    (down,) = solve_scenario(scenario("down")).parts
    # Claims from A: X 2.75, Y 1.5, Z 0.75, P 1; from B: 1.83, 1, 0.5, 0.67.
    assert [(n.details["given"], n.details["rest"]) for n in down.notes] == [(4, 2), (2, 2)]
    (up,) = solve_scenario(scenario("half_up")).parts
    assert [n.details["given"] for n in up.notes] == [7, 5]


def test_the_audit_names_the_floors_a_procedure_breaks() -> None:
    made = scenario("down", ("protected_floor", "school_minimum_floor", "quota_share_floor"))
    (part,) = solve_scenario(made).parts
    assert part.audit is not None
    assert not part.audit.clean
    assert not part.audit.flaws
    assert {v.rule for v in part.audit.broken()} == {
        "protected_floor", "school_minimum_floor", "quota_share_floor"
    }  # fmt: skip


def test_what_a_procedure_needs_and_does_not_find_is_named() -> None:
    made = scenario("lots")
    bare = made.model_copy(update={"county": COUNTY.model_copy(update={"quota_lots": ()})})
    (part,) = solve_scenario(bare).parts
    assert (part.status, part.reason) == ("unknown", "impossible_request")
    assert part.problems[0].path == "county.quota_lots"
    first = scenario("controlled", goals=("protection", "matrix", "columns"))
    (part,) = solve_scenario(first).parts
    assert part.problems[0].path == "admission.terms.rounding"


FEWER = plan({"A-X": 3, "A-Y": 2, "B-X": 2, "B-Y": 1, "B-P": 1})
MORE = plan({"A-X": 3, "A-Y": 2, "A-P": 2, "B-X": 2, "B-Y": 1, "B-P": 1})


@pytest.mark.parametrize(
    ("rounding", "given", "clean"),
    [
        ("down", FEWER, True),
        ("down", MORE, False),
        ("half_up", FEWER, True),
        ("half_up", MORE, True),
        ("lots", FEWER, False),
        ("controlled", FEWER, False),
        ("biproportional", MORE, False),
    ],
)
def test_only_roundings_that_break_sums_may(rounding: str, given: Plan, clean: bool) -> None:
    flaws = audit(scenario(rounding), given).flaws
    assert [f.details.get("quota") for f in flaws] == ([] if clean else [6])
