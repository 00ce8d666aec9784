"""The quota matrix and its headline figures, counted by hand on the small county."""

from __future__ import annotations

from decimal import Decimal

import pytest

from allocator.admission.terms import AdmissionTerms
from allocator.insight import tables
from allocator.scenario import Admission
from tests.insight import small_county as small


@pytest.fixture(scope="module")
def scenario():
    return small.scenario()


def test_the_matrix_has_a_row_a_junior_high_and_a_column_a_senior_high(scenario) -> None:
    table = tables.quota_matrix(scenario, small.QUOTA_PLAN)
    columns = ["junior_high", "places:H1", "places:H2", "total", "graduates", "registered"]
    assert table[columns].values.tolist() == [
        ["A校", 34, 17, 51, 60, 50],
        ["B校", 26, 13, 39, 40, 40],
    ]
    # 60 and 30 places for 50 and 40 eligible graduates.
    assert table["entitlement"].tolist() == pytest.approx([50, 40])
    assert table["difference"].tolist() == pytest.approx([1, -1])


def test_the_entitlement_follows_the_terms(scenario) -> None:
    terms = AdmissionTerms(base="graduates")
    other = scenario.model_copy(update={"admission": Admission(terms=terms)})
    table = tables.quota_matrix(other, small.QUOTA_PLAN)
    assert table["entitlement"].tolist() == pytest.approx([54, 36])


def test_admission_figures_are_counted(scenario) -> None:
    table = tables.summary(scenario, small.outcome(scenario)).set_index("figure")

    def after(code: str) -> float:
        return table.loc[code, "after"]

    assert (after("offered"), after("quota_places")) == (150, 90)
    assert after("quota_share") == pytest.approx(0.6)
    assert (after("without_place"), after("farthest_above"), after("farthest_below")) == (0, 1, 1)
    assert table.loc["quota_share", "target"] == 0.6
    assert table.loc["quota_places", "kept"]
    assert table.loc["without_place", "kept"]


def test_a_junior_high_left_without_a_place_is_counted(scenario) -> None:
    cells = [q.model_copy(update={"places": q.places if q.junior_high == "A" else 0})
             for q in small.QUOTA_PLAN.quotas]  # fmt: skip
    lost = small.Plan(quotas=tuple(cells))
    outcome = small.outcome(scenario)
    parts = tuple(p.model_copy(update={"plan": lost}) for p in outcome.parts[1:])
    table = tables.summary(scenario, outcome.model_copy(update={"parts": parts}))
    row = table.set_index("figure").loc["without_place"]
    assert (row["after"], row["target"], row["kept"]) == (1, 0, False)


def test_a_private_junior_high_that_counts_for_nothing_misses_nothing(scenario) -> None:
    schools = [s.model_copy(update={"private": s.id == "B"}) for s in small.county().schools]
    staff = (small.teacher(6, "B1", "junior", "chinese", employment="private"),)
    made = small.scenario(schools=tuple(schools), teachers=staff)
    terms = AdmissionTerms(private_factor=Decimal(0))
    made = made.model_copy(update={"admission": Admission(terms=terms)})
    quotas = tuple(
        q.model_copy(update={"places": 60 if q.senior_high == "H1" else 30})
        for q in small.QUOTA_PLAN.quotas
        if q.junior_high == "A"
    )
    table = tables.quota_matrix(made, small.Plan(quotas=quotas)).set_index("school_id")
    assert table.loc["B", "entitlement"] == 0
    outcome = small.outcome(scenario)
    part = outcome.parts[1].model_copy(update={"plan": small.Plan(quotas=quotas)})
    figures = tables.summary(made, outcome.model_copy(update={"parts": (part,)}))
    assert figures.set_index("figure").loc["without_place", "after"] == 0


def test_admission_rules_have_verdicts_and_words(scenario) -> None:
    audit = small.outcome(scenario).parts[1].audit
    assert audit is not None
    table = tables.rules(scenario, audit).set_index("rule")
    assert set(table["part"]) == {"admission"}
    # A has 50 eligible graduates and receives 51 places.
    assert not table.loc["graduates_cap", "kept"]
    assert table.loc["graduates_cap", "verdict"] == (
        "1/2 处未达到；最大缺口：A校：分得名额51个名额，应不超过50个名额，超出1个名额"
    )
    assert table.loc["quota_share_floor", "kept"]
    places = tables.readings(scenario, audit)
    assert set(places.loc[places["rule"] == "quota_share_floor", "place"]) == {"一中", "二中"}
