"""Columns a division counts by: named, known, and each once."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from allocator.county.frozen import DataError
from allocator.samples.toy import toy_county
from allocator.scenario import Scenario
from allocator.words import tell


def scenario(**terms: Any) -> Scenario:
    county = toy_county().model_dump(mode="json")
    county["schools"][0]["figures"] = [{"name": "常住", "amount": 30}]
    return Scenario.model_validate(
        {"title": "示例", "county": county, "admission": {"terms": terms}}
    )


def said(**terms: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as caught:
        scenario(**terms)
    (fault,) = caught.value.errors()
    error = fault["ctx"]["error"]
    assert isinstance(error, DataError)
    return {p.path: tell(p, "zh") for p in error.problems}


def test_a_base_that_is_a_column_names_one() -> None:
    assert "没有指明" in said(base="column")["admission.terms.column"]


def test_a_base_names_a_column_that_some_junior_high_has() -> None:
    found = said(base="column", column="寄宿")
    assert "registered, graduates, 常住" in found["admission.terms.column"]


def test_a_formula_has_columns_each_known_and_each_once() -> None:
    assert "没有列" in said(base="formula")["admission.terms.formula"]
    found = said(
        base="formula",
        formula=[{"column": "registered"}, {"column": "registered", "weight": 2}],
        deductions=[{"column": "常住"}, {"column": "寄宿"}],
    )
    assert set(found) == {
        "admission.terms.formula[1].column",
        "admission.terms.deductions[1].column",
    }


@pytest.mark.parametrize(
    "terms",
    [
        {"base": "column", "column": "常住"},
        {"base": "column", "column": "graduates"},
        {"base": "formula", "formula": [{"column": "常住"}], "deductions": [{"column": "常住"}]},
        {"base": "registered", "column": "寄宿"},
    ],
)
def test_what_can_be_counted_is_accepted(terms: dict[str, Any]) -> None:
    made = scenario(**terms)
    assert made.admission is not None
    assert Scenario.model_validate(made.model_dump(mode="json")) == made
