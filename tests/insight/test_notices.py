"""One notice a school, counted by hand on the small county, in the three forms."""

from __future__ import annotations

import pytest

from allocator.county.plan import Plan, QuotaCell
from allocator.county.quotas import PastQuota, QuotaPool
from allocator.insight import tables
from allocator.insight.notices import Notice, notice_directory, notices
from allocator.insight.released import FORMS, Form
from allocator.scenario import Scenario
from tests.insight import small_county as small

PLAN = Plan(
    moves=small.STAFFING_PLAN.moves,
    teaching=small.STAFFING_PLAN.teaching,
    quotas=small.QUOTA_PLAN.quotas,
)


def told(
    form: Form = "publication", scenario: Scenario | None = None, plan: Plan = PLAN
) -> dict[str, Notice]:
    of = scenario or small.scenario()
    return {n.school.id: n for n in notices(of, tables.before_after(of, plan), plan, form)}


def test_every_school_has_a_notice_by_township() -> None:
    assert list(told()) == ["A", "B", "C"]


def test_who_leaves_a_school_arrives_at_the_other() -> None:
    found = told()
    assert list(found["A"].departures["name"]) == ["教师1", "教师5"]
    assert list(found["A"].departures["to_school"]) == ["B校", "B校"]
    assert list(found["B"].arrivals["from_school"]) == ["A校", "A校"]
    assert found["A"].arrivals.empty
    assert found["C"].arrivals.empty
    assert found["C"].departures.empty


def test_coverage_is_that_of_the_school_before_and_after() -> None:
    a, b = told()["A"].coverage, told()["B"].coverage
    assert a[["needed", "uncovered_before", "uncovered_after"]].to_numpy().tolist() == [
        [30, 0, 0], [6, 0, 6],
    ]  # fmt: skip
    assert b[["needed", "uncovered_before", "uncovered_after"]].to_numpy().tolist() == [
        [15, 5, 0], [3, 3, 0],
    ]  # fmt: skip


def test_quota_places_are_the_row_of_the_matrix_with_last_years() -> None:
    past = (PastQuota(year=2019, senior_high="H2", junior_high="A", places=12),)
    a = told(scenario=small.scenario(past_quotas=past))["A"]
    assert list(a.quotas["senior_high"]) == ["一中", "二中"]
    assert list(a.quotas["places_given"]) == [34, 17]
    assert a.quotas["past_places_given"].tolist()[1] == 12
    assert a.places == 51
    assert told()["C"].quotas.empty


def test_indicators_are_counted_before_and_after() -> None:
    b = told()["B"].indicators.set_index("indicator")
    # Backbone teachers per 100 of the 150 pupils: none before, T1 after.
    assert b.loc["L2", "value_before"] == 0
    assert b.loc["L2", "value_after"] == pytest.approx(100 / 150)
    assert not b.loc["L2", "met_after"]
    assert b.loc["L4", "value_before"] == b.loc["L4", "value_after"] == 6.0
    assert b.loc["L4", "met_after"]


def test_the_directory_adds_up() -> None:
    table = notice_directory(list(told().values()))
    assert table["arrivals"].sum() == table["departures"].sum() == 2
    assert list(table["uncovered_before"]) == [0, 8, 10]
    assert list(table["uncovered_after"]) == [6, 0, 10]
    assert list(table["places_given"]) == [51, 39, 0]


@pytest.mark.parametrize("form", FORMS)
def test_numbers_stand_in_the_internal_form_alone(form: Form) -> None:
    for notice in told(form).values():
        for table in (notice.arrivals, notice.departures, notice.within):
            assert ("teacher" in table) == (form == "internal")


def test_the_web_masks_everyone() -> None:
    assert set(told("web")["B"].arrivals["name"]) == {"教*"}


def test_what_is_proposed_about_a_head_is_told_inside_only() -> None:
    people = [
        t.model_copy(update={"role": "principal"}) if t.id == "T5" else t
        for t in small.county().teachers
    ]
    made = small.scenario(teachers=tuple(people))
    assert list(told("internal", made)["B"].arrivals["name"]) == ["教师1", "教师5"]
    for form in ("publication", "web"):
        assert len(told(form, made)["B"].arrivals) == 1


def test_pooled_schools_are_told_the_places_of_the_pool() -> None:
    pool = QuotaPool(id="P", name="合并组", schools=("A", "B"))
    made = small.scenario(quota_pools=(pool,))
    made = made.model_copy(
        update={
            "admission": made.admission.model_copy(
                update={"terms": made.admission.terms.model_copy(update={"pool_below": 1000})}
            )
        }
    )
    plan = Plan(quotas=(QuotaCell(senior_high="H1", junior_high="P", places=60),))
    found = told(scenario=made, plan=plan)
    assert (found["A"].pooled_with, found["A"].places) == ("合并组", 60)
    assert found["B"].places == 60
    assert notice_directory(list(found.values()))["places_given"].sum() == 0


def test_a_move_between_campuses_of_a_school_is_neither_arrival_nor_departure() -> None:
    schools = list(small.county().schools)
    second = schools[1].campuses[0].model_copy(update={"id": "A2", "name": "A校分校"})
    both = (*schools[0].campuses, second)
    schools[0] = schools[0].model_copy(update={"campuses": both})
    made = small.scenario(schools=tuple(schools))
    inside = small.move(2).model_copy(update={"destination": "A2.junior"})
    a = told(scenario=made, plan=Plan(moves=(inside,)))["A"]
    assert (len(a.arrivals), len(a.departures), len(a.within)) == (0, 0, 1)
    assert list(a.within["to_campus"]) == ["A校分校"]
