"""Summary, rules, readings, proof and names on the small county."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest

from allocator.audit import audit
from allocator.insight import tables
from allocator.scenario import with_rule
from allocator.staffing.rules import RULES as STAFFING_RULES
from tests.insight import small_county as small


@pytest.fixture(scope="module")
def scenario():
    return small.scenario()


@pytest.fixture(scope="module")
def outcome(scenario):
    return small.outcome(scenario)


@pytest.fixture(scope="module")
def judged(scenario):
    return audit(scenario, small.STAFFING_PLAN, ("staffing",))


def test_the_summary_counts_before_after_and_target(scenario, outcome) -> None:
    table = tables.summary(scenario, outcome).set_index("figure")

    def figures(code: str) -> list[float | None]:
        row = table.loc[code, ["before", "after", "target"]]
        return [None if math.isnan(v) else round(v, 6) for v in row]

    assert figures("teachers") == [9, 9, None]
    assert figures("moves") == [None, 2, None]
    assert figures("exchanged") == [None, 2, 1]
    assert figures("exchange_base") == [9, 9, None]
    assert figures("exchange_rate") == [None, round(2 / 9, 6), 0.17]
    assert figures("backbone_moved") == [None, 1, 1]
    assert figures("backbone_share") == [None, 0.5, 0.2]
    assert figures("uncovered") == [18, 16, None]
    # Before 5 of 15, 3 of 3, 10 of 30; after 6 of 6, 10 of 30; thirds cost 1, 1.2 and 1.5.
    assert figures("uncovered_priced") == [18.7, 17.4, None]
    assert figures("cells_short") == [3, 2, None]
    assert figures("worst_uncovered") == [1, 1, None]
    assert figures("famous_need") == [2, 2, None]
    assert figures("famous_have") == [0, 1, None]
    assert figures("famous_missing") == [2, 1, 0]
    assert figures("famous_worst") == [1, 0.5, None]
    assert figures("minutes_mean") == [None, 25, None]
    assert table.loc["cv_capped_junior", "target"] == 0.3
    assert table.loc["uncovered", "change"] == -2
    assert table.loc["exchanged", "kept"]
    assert not table.loc["famous_missing", "kept"]
    assert table.isna().loc["exchange_rate", "kept"]


def test_a_part_without_a_plan_has_no_figures(scenario, outcome) -> None:
    bare = outcome.model_copy(
        update={
            "parts": tuple(
                p.model_copy(update={"plan": None, "audit": None, "status": "infeasible"})
                for p in outcome.parts
            )
        }
    )
    assert tables.summary(scenario, bare).empty


def test_every_rule_is_listed_with_its_verdict(scenario, judged) -> None:
    table = tables.rules(scenario, judged).set_index("rule")
    assert set(table["part"]) == {"staffing"}
    assert len(table) == len(STAFFING_RULES)
    rate = table.loc["exchange_rate_floor"]
    assert rate["title"] == "教师交流比例"
    assert "17%" in rate["sentence"]
    assert (rate["firmness"], rate["kept"], rate["checked"]) == ("should", True, 1)
    assert rate["verdict"] == "小县：交流人数2人，应不少于1人"
    famous = table.loc["famous_teacher_floor"]
    assert (famous["kept"], famous["missed"], famous["shortfall"]) == (False, 1, 1)
    assert (famous["unit"], famous["tier"]) == ("people", "famous")
    assert famous["verdict"].endswith("差1人")


def test_a_rule_that_is_off_is_listed_without_a_verdict(scenario) -> None:
    off = with_rule(scenario, "staffing", {"rule": "turnover_cap", "firmness": "off"})
    table = tables.rules(off, audit(off, small.STAFFING_PLAN, ("staffing",))).set_index("rule")
    row = table.loc["turnover_cap"]
    assert row["firmness"] == "off"
    assert table.isna().loc["turnover_cap", "kept"]
    assert row["verdict"] == ""


def test_the_worst_of_several_readings_is_named(scenario, judged) -> None:
    row = tables.rules(scenario, judged).set_index("rule").loc["turnover_cap"]
    # Two of A's five leave, one may; two come to B's one, one may.
    assert row["missed"] == 2
    assert row["verdict"].startswith("2/6 处未达到")
    assert "A校（流出）" in row["verdict"]


def test_readings_name_their_place_and_missed_ones_come_first(scenario, judged) -> None:
    table = tables.readings(scenario, judged)
    turnover = table[table["rule"] == "turnover_cap"]
    assert turnover["kept"].tolist() == [False, False, True, True, True, True]
    assert turnover["verdict"].iloc[0] == "A校（流出）：流动人数2人，应不超过1人，超出1人"
    moved = table[table["rule"] == "eligibility_lock"]
    assert moved["place"].tolist() == ["教师1（T1）", "教师5（T5）"]
    english = tables.readings(scenario, judged, "en")
    said = "小县: teachers exchanged 2 people, needs at least 1 person"
    assert english["verdict"].iloc[0] == said


@pytest.mark.parametrize(
    ("where", "zh", "en"),
    [
        ("county", "小县", "小县"),
        ("A", "A校", "A校"),
        ("A1", "A校本部", "A校本部"),
        ("A1.junior", "A校本部（初中）", "A校本部 (junior)"),
        ("A:leaving", "A校（流出）", "A校 (leaving)"),
        ("H1:A", "一中（A校）", "一中 (A校)"),
        ("L1.primary", "小学 L1", "primary L1"),
        ("T1", "教师1（T1）", "教师1 (T1)"),
        ("Z1", "一片区", "一片区"),
        ("W", "西街道", "西街道"),
        ("H1", "一中", "一中"),
        ("nowhere", "nowhere", "nowhere"),
        ("no:where", "no（where）", "no (where)"),
    ],
)
def test_places_have_names(scenario, where, zh, en) -> None:
    assert tables.place_name(scenario, where) == zh
    assert tables.place_name(scenario, where, "en") == en


def test_the_proof_lists_tiers_with_value_bound_and_gap(scenario, outcome) -> None:
    table = tables.proof(scenario, outcome)
    staffing = table[table["part"] == "staffing"].set_index("tier")
    assert staffing["rank"].tolist() == [1, 2, 3, 4, 5, 6]
    coverage = staffing.loc["coverage"]
    assert (coverage["value"], coverage["bound"]) == (17.4, 8.7)
    assert coverage["gap"] == pytest.approx(0.5)
    assert (coverage["unit"], coverage["proven"]) == ("priced", False)


def test_the_proof_says_what_it_was_made_from(scenario, outcome) -> None:
    head = dict(tables.proof_head(scenario, outcome).values.tolist())
    assert head["方案设定指纹（SHA-256）"] == outcome.scenario_hash
    assert head["求解引擎"] == "highs"
    assert head["与本方案设定一致"] == "是"
    assert head["教师交流与名师配置：核验"].startswith("未通过")
    changed = with_rule(scenario, "staffing", {"rule": "turnover_cap", "firmness": "off"})
    head = dict(tables.proof_head(changed, outcome, "en").values.tolist())
    assert head["Made from this very scenario"].startswith("no")


def test_timings_stand_apart(scenario) -> None:
    table = tables.timings(small.outcome(scenario, {"build": 0.25}))
    assert table["seconds"].unique().tolist() == [0.25]
    assert table["step"].unique().tolist() == ["build"]


def test_headings_are_words_and_keys_are_left_out(scenario) -> None:
    table = tables.coverage(scenario, small.STAFFING_PLAN)
    zh = tables.headed(table, "zh")
    assert "学科" in zh
    assert "section" not in zh
    assert zh["学段"].unique().tolist() == ["初中", "小学"]
    assert len(tables.headed(table, "zh", keys=True).columns) == len(table.columns)
    english = tables.headed(tables.coverage(scenario, small.STAFFING_PLAN, "en"), "en")
    assert english["Subject"].unique().tolist() == ["Chinese", "Music"]


def test_a_senior_high_named_like_a_heading_keeps_its_own_column() -> None:
    made = small.scenario(
        senior_highs=(
            small.SeniorHigh(id="H1", name="初中学校", places=100, quality=True),
            small.SeniorHigh(id="H2", name="初中学校", places=50, quality=True),
        )
    )
    table = tables.quota_matrix(made, small.QUOTA_PLAN)
    shown = tables.headed(table, "zh", names=tables.senior_high_names(made))
    assert list(shown.columns)[:3] == ["初中学校", "初中学校 H1", "初中学校 H2"]
    assert shown["初中学校"].tolist() == ["A校", "B校"]


def test_importing_tables_loads_no_solver() -> None:
    code = (
        "import sys, allocator.insight.tables;"
        "sys.exit(any(m in sys.modules for m in ('pulp', 'highspy', 'streamlit')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
