"""Lists of persons in the three forms: who is named, what is left out."""

from __future__ import annotations

import pytest

from allocator.insight.released import (
    FORMS,
    Form,
    masked,
    released_eligibility,
    released_exchange,
)
from allocator.scenario import Scenario
from tests.insight import small_county as small


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """T1 is ill, T5 is the principal of A and is moved by the plan without anyone's decision."""
    people = [
        t.model_copy(
            update={"exemptions": ("medical",)} if t.id == "T2" else
            {"role": "principal"} if t.id == "T5" else {}
        )
        for t in small.county().teachers
    ]  # fmt: skip
    return small.scenario(teachers=people)


def test_a_masked_name_keeps_its_first_letter_alone() -> None:
    assert masked("张三") == "张*"
    assert masked("欧阳小明") == "欧*"
    assert masked("李") == "李*"
    assert masked("") == ""


def test_publication_names_in_full_and_the_web_masks(scenario: Scenario) -> None:
    names = {f: set(released_exchange(scenario, small.STAFFING_PLAN, f)["name"]) for f in FORMS}
    assert names["publication"] == {"教师1"}
    assert names["web"] == {"教*"}


def test_what_is_proposed_about_a_head_is_told_inside_only(scenario: Scenario) -> None:
    inside = released_exchange(scenario, small.STAFFING_PLAN, "internal")
    assert "T5" in set(inside["teacher"])
    outside = released_exchange(scenario, small.STAFFING_PLAN, "publication")
    assert "教师5" not in set(outside["name"])


@pytest.mark.parametrize("form", ["publication", "web"])
def test_no_number_points_or_ground_leaves_the_house(scenario: Scenario, form: Form) -> None:
    for table in (
        released_exchange(scenario, small.STAFFING_PLAN, form),
        released_eligibility(scenario, form),
    ):
        assert not {"teacher", "points", "points_rank", "age", "exemption", "since"} & set(table)
        assert "medical" not in table.to_csv()
        assert "T2" not in table.to_csv()


def test_inside_the_ground_of_not_moving_is_told(scenario: Scenario) -> None:
    table = released_eligibility(scenario, "internal").set_index("teacher")
    assert table.loc["T2", "exemption"] == "medical"


def test_every_teacher_of_a_public_school_is_on_every_form(scenario: Scenario) -> None:
    assert {len(released_eligibility(scenario, form)) for form in FORMS} == {9}
