"""Moves start in the coming school year unless the scenario says otherwise."""

from __future__ import annotations

import pytest

from allocator.samples import toy_scenario
from allocator.scenario import Scenario
from allocator.staffing.terms import StaffingTerms


def dated(as_of: str, **terms: object) -> Scenario:
    data = toy_scenario().model_dump(mode="json")
    data["county"]["as_of"] = as_of
    data["staffing"]["terms"].pop("start")
    data["staffing"]["terms"].update(terms)
    return Scenario.model_validate(data)


@pytest.mark.parametrize(
    ("as_of", "start"),
    [("2026-05", "2026-09"), ("2026-09", "2026-09"), ("2026-10", "2027-09")],
)
def test_a_scenario_without_a_month_takes_the_coming_september(as_of: str, start: str) -> None:
    staffing = dated(as_of).staffing
    assert staffing is not None
    assert staffing.terms.start == start


def test_a_month_that_is_given_stays() -> None:
    staffing = dated("2026-05", start="2027-02").staffing
    assert staffing is not None
    assert staffing.terms.start == "2027-02"


def test_terms_made_in_python_are_dated_too() -> None:
    known = dated("2026-05")
    assert known.staffing is not None
    part = known.staffing.model_copy(update={"terms": StaffingTerms(years=2)})
    again = Scenario(title="t", county=known.county, staffing=part)
    assert again.staffing is not None
    assert (again.staffing.terms.start, again.staffing.terms.years) == ("2026-09", 2)


def test_a_wrong_month_of_the_data_is_told_and_nothing_else() -> None:
    with pytest.raises(ValueError, match="as_of"):
        dated("2026-13")
