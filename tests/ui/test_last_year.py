"""Last year's quota table, read by the rules of this year before any solve."""

import pytest
from streamlit.testing.v1 import AppTest

from allocator.audit import audit
from allocator.county.plan import Plan, QuotaCell
from allocator.county.quotas import PastQuota, QuotaPool
from allocator.files import save
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.solving import solve_scenario
from allocator.ui.logic.last_year import LastTable
from tests.ui.conftest import goto
from tests.ui.reading import open_rules


def _with_past(scenario: Scenario, past: tuple[PastQuota, ...], **more: object) -> Scenario:
    county = scenario.county.model_copy(update={"past_quotas": past, **more})
    return scenario.model_copy(update={"county": county})


@pytest.fixture
def issued(toy: Scenario) -> tuple[Scenario, Plan]:
    """The toy county with the plan of this year on record as that of last year."""
    plan = solve_scenario(toy.model_copy(update={"staffing": None})).plan
    past = [
        PastQuota(
            year=year,
            senior_high=c.senior_high,
            junior_high=c.junior_high,
            places=c.places + (year == 2018),
        )
        for year in (2018, 2019)
        for c in plan.quotas
    ]
    return _with_past(toy, tuple(past)), plan


def test_the_latest_table_is_judged_as_the_audit_judges_a_plan(
    issued: tuple[Scenario, Plan],
) -> None:
    scenario, plan = issued
    table = LastTable(scenario.county)
    judged = audit(scenario, Plan(quotas=plan.quotas), ("admission",)).verdicts
    assert table.year == 2019
    said = table.said(scenario, "zh")
    assert said
    assert {rule: s.kept for rule, s in said.items()} == {v.rule: v.kept for v in judged}


def test_a_table_that_gave_half_misses_the_share(issued: tuple[Scenario, Plan]) -> None:
    scenario, plan = issued
    half = tuple(
        PastQuota(
            year=2019,
            senior_high=c.senior_high,
            junior_high=c.junior_high,
            places=c.places // 2,
        )
        for c in plan.quotas
    )
    fewer = _with_past(scenario, half)
    assert not LastTable(fewer.county).said(fewer, "en")["quota_share_floor"].kept


def test_places_of_schools_pooled_now_are_counted_in_their_pool(
    issued: tuple[Scenario, Plan],
) -> None:
    scenario, plan = issued
    schools = sorted({c.junior_high for c in plan.quotas})[:2]
    pool = QuotaPool(id="POOL", name="合并", schools=tuple(schools))
    pooled = _with_past(scenario, scenario.county.past_quotas, quota_pools=(pool,))
    merged: dict[tuple[str, str], int] = {}
    for c in plan.quotas:
        key = (c.senior_high, "POOL" if c.junior_high in schools else c.junior_high)
        merged[key] = merged.get(key, 0) + c.places
    asked = Plan(
        quotas=tuple(
            QuotaCell(senior_high=h, junior_high=j, places=n) for (h, j), n in merged.items()
        )
    )
    judged = audit(pooled, asked, ("admission",)).verdicts
    said = LastTable(pooled.county).said(pooled, "zh")
    assert {rule: s.kept for rule, s in said.items()} == {v.rule: v.kept for v in judged}


def test_without_a_table_on_record_nothing_is_said(toy: Scenario) -> None:
    assert LastTable(toy.county).year is None
    assert LastTable(toy.county).said(toy, "zh") == {}


@pytest.mark.parametrize(
    ("lang", "told", "missing"),
    [
        ("zh", "若沿用 2019 年名额", "未录入往年名额"),
        ("en", "With the quotas of 2019", "No earlier"),
    ],
)
def test_the_rules_page_says_what_it_reads_before_a_solve(
    page: AppTest,
    home: object,
    issued: tuple[Scenario, Plan],
    lang: Language,
    told: str,
    missing: str,
) -> None:
    page.query_params["lang"] = lang
    open_rules(goto(page, "rules"), "admission")
    assert not page.exception
    assert any(missing in c.value for c in page.caption)
    save(issued[0], f"{home}/scenarios/toy.json")
    page.run()
    assert not page.exception
    assert any(c.value.startswith(told) for c in page.caption)
    assert not any(missing in c.value for c in page.caption)
