"""Over and short on one sheet, terms of secondments, changes against last year, the approval."""

from __future__ import annotations

import pandas as pd

from allocator.county.people import RunningTerm
from allocator.county.plan import Plan
from allocator.county.quotas import PastQuota
from allocator.insight import tables
from allocator.insight.headings import headed
from allocator.scenario import Scenario, with_published
from tests.insight import small_county as small


def with_terms() -> Scenario:
    """T6 is back at A after the summer, T2 stays two years more, the term of T3 goes on."""
    terms = {
        "T6": RunningTerm(home="A1", started="2017-09", ends="2020-08"),
        "T2": RunningTerm(home="B1", started="2019-09", ends="2022-08"),
        "T3": RunningTerm(home="B1", started="2017-09", ends="2020-08", goes_on=True),
    }
    people = [
        t.model_copy(update={"running_term": terms.get(t.id)}) for t in small.county().teachers
    ]
    return small.scenario(teachers=tuple(people))


def test_over_and_short_are_one_signed_number_a_subject() -> None:
    table = tables.over_short(small.scenario(), small.STAFFING_PLAN).set_index("school_id")
    # A: 30 periods of Chinese are 3 posts, 4 hold one; a secondment leaves the post at home.
    assert list(table["before:chinese"]) == [1, -1, -1]
    assert list(table["after:chinese"]) == [1, -1, -1]
    assert list(table["before:music"]) == [0, -1, 0]
    assert list(table["before:"]) == [1, -2, -1]


def test_over_and_short_agree_with_the_posts_table() -> None:
    scenario = small.scenario()
    wide = tables.over_short(scenario, small.STAFFING_PLAN)
    long = tables.posts(scenario, small.STAFFING_PLAN)
    for when in ("before", "after"):
        total = int((long[f"over_{when}"] - long[f"short_{when}"]).sum())
        assert int(wide[f"{when}:"].sum()) == total


def test_columns_of_subjects_have_words_in_both_languages() -> None:
    scenario = small.scenario()
    wide = tables.over_short(scenario, small.STAFFING_PLAN)
    zh = headed(wide, "zh", names=tables.over_short_names(scenario))
    en = headed(wide, "en", names=tables.over_short_names(scenario, "en"))
    assert {"语文·前", "语文·后", "合计·前"} <= set(zh.columns)
    assert {"Chinese before", "Music after", "Total after"} <= set(en.columns)


def test_terms_that_end_come_first_and_new_ones_last() -> None:
    table = tables.secondment_terms(with_terms(), small.Plan(moves=(small.move(1),)))
    assert list(zip(table["teacher"], table["term_state"], strict=True)) == [
        ("T6", "returning"),
        ("T2", "running"),
        ("T3", "goes_on"),
        ("T1", "begins"),
    ]
    assert list(table["ends"]) == ["2020-08", "2022-08", "2020-08", "2023-08"]
    assert table.iloc[0]["home_school"] == "A校"
    assert table.iloc[0]["serving_school"] == "B校"


def test_quota_places_are_set_beside_those_of_last_year() -> None:
    past = (
        PastQuota(year=2019, senior_high="H1", junior_high="A", places=30),
        PastQuota(year=2019, senior_high="H2", junior_high="A", places=10),
        PastQuota(year=2018, senior_high="H1", junior_high="B", places=99),
    )
    table = tables.quota_changes(small.scenario(past_quotas=past), small.QUOTA_PLAN)
    a, b = table.to_dict("records")
    assert (a["past_total"], a["total"], a["places_change"], a["change_share"]) == (
        40, 51, 11, 0.275,
    )  # fmt: skip
    assert pd.isna(b["past_total"])
    assert pd.isna(b["places_change"])


def test_without_a_record_there_is_nothing_to_compare() -> None:
    assert tables.quota_changes(small.scenario(), small.QUOTA_PLAN).empty
    assert tables.exchange_changes(small.scenario(), small.STAFFING_PLAN).empty


def test_leaving_and_arriving_are_set_beside_the_published_plan() -> None:
    scenario = with_published(small.scenario(), Plan(moves=(small.move(2),)))
    table = tables.exchange_changes(scenario, small.STAFFING_PLAN).set_index("school_id")
    assert tuple(table.loc["A", ["published_out", "now_out", "net_change"]]) == (1, 2, -1)
    assert tuple(table.loc["B", ["published_in", "now_in", "net_change"]]) == (1, 2, 1)
    assert tuple(table.loc["C", ["published_in", "now_in", "net_change"]]) == (0, 0, 0)


def test_the_approval_form_says_what_is_approved_and_names_nobody() -> None:
    scenario = small.scenario()
    outcome = small.outcome(scenario)
    seen = tables.before_after(scenario, small.STAFFING_PLAN)
    for lang in ("zh", "en"):
        table = tables.approval(scenario, outcome, seen, lang)
        text = table.to_csv()
        assert not [t.name for t in scenario.county.teachers if t.name in text]
    table = tables.approval(scenario, outcome, seen).set_index("item")
    assert table.loc["安排人数：交流/支教", "content"] == "2 人（交流 2）"
    assert table.loc["教师交流比例", "content"] == "2/9 人 = 22.2%"
    assert table.loc["教师交流比例", "asked"] == "17.0%，即 1 人"
    assert table.loc["未开足课时", "content"] == "18 → 16 节/周"


def test_without_teachers_the_approval_is_of_quota_places_alone() -> None:
    scenario = small.scenario().model_copy(update={"staffing": None})
    table = tables.approval(scenario, small.outcome(scenario), None)
    assert not table["item"].str.contains("交流").any()
    assert "分配到校名额" in set(table["item"])
