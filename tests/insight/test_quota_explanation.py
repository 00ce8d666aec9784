"""How each number of a quota table came about, counted by hand on tiny counties."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar

import pytest

from allocator.admission.direct import solve_exactly
from allocator.admission.entitlement import entitle
from allocator.admission.record import division_record
from allocator.admission.rule import AdmissionRule
from allocator.admission.rules.school_minimum import SchoolMinimumFloor
from allocator.admission.terms import AdmissionTerms, WeightedColumn
from allocator.audit import audit
from allocator.county.quotas import QuotaLot, QuotaPool, SchoolFigure
from allocator.insight import quota_numbers as numbers
from allocator.insight.quota_division import Division, division
from allocator.insight.quota_method import method
from allocator.insight.quota_steps import explained
from allocator.insight.quota_tables import (
    quota_checks,
    quota_multipliers,
    quota_steps,
    quota_ties,
)
from allocator.modelling import Configured, Text
from tests.insight import quota_cases as cases
from tests.insight.quota_cases import small


def told(made, id, lang="zh"):
    found = division(made, cases.solved(made))
    assert found is not None
    return {s.code: s for s in explained(found, id, lang).steps}


def test_every_step_of_a_total_that_a_floor_lifts():
    steps = told(cases.lifted(), "Y")
    assert steps["base"].lines == ("示例Y初中：三年学籍毕业生 4，计 4",)
    assert steps["entitlement"].lines == ("示例A高中：10 × 4 ÷ 100 = 0.40", "合计 0.40")
    assert "每校最低名额：应不少于 1 个，实得 1 个" in steps["bounds"].lines
    assert "各地办法：小规模初中至少 1 个名额" in steps["bounds"].clauses
    (line,) = steps["total"].lines
    assert line.startswith("0.40 × ")
    assert line.endswith("不到 0.50，由下限定为 1（每校最低名额）")
    assert steps["total"].clauses == ("各地办法：小规模初中至少 1 个名额",)
    assert steps["result"].lines == ("分得 1 个名额，比按比例应得多 0.60。",)
    # Nothing is weighted or added here, and nothing ties.
    assert not {"factor", "top_up", "claim", "ties"} & set(steps)


def test_every_step_of_a_total_that_is_rounded_in_english():
    steps = told(cases.lifted(), "X", "en")
    assert steps["base"].lines == (
        "示例X初中: graduates with three years' registration 96, counts 96",
    )
    assert steps["entitlement"].lines == ("示例A高中: 10 × 96 / 100 = 9.60", "in all 9.60")
    (line,) = steps["total"].lines
    assert line.startswith("9.60 × ")
    assert line.endswith("between 8.50 and 9.50, gives 9")
    (cell,) = steps["cells"].lines
    assert cell.startswith("示例A高中: 9.60 × ")
    assert cell.endswith(" → 9")
    assert steps["result"].lines == ("9 places, 0.60 below its proportional share.",)
    assert not any("\u4e00" <= c <= "\u9fff" for c in steps["total"].title + line)


def test_a_tie_is_told_with_what_else_could_be_and_what_settled_it():
    made = cases.tied()
    found = division(made, cases.solved(made))
    for id in "XY":
        steps = {s.code: s for s in explained(found, id).steps}
        places = found.totals[id]
        assert steps["ties"].lines[0] == (
            f"示例A高中：得 {places}，同样好的另一张表中为 {3 - places}"
        )
        assert steps["ties"].lines[-1].startswith("并列按规则裁定")
        assert "= 1.50 → " in steps["cells"].lines[0]
    assert "2 格、2 个合计存在并列" in method(found).ties
    assert len(quota_ties(found)) == 4


def test_a_lot_is_told_by_its_month_and_without_a_name():
    lot = QuotaLot(order=("Y", "X"), drawn_by="某监督员", on="2020-05")
    made = cases.scenario(
        [small.senior("A", 9, quota_places=3, quality=False)],
        [small.junior("X", 7), small.junior("Y", 7)],
        AdmissionTerms(ties="lot"),
        quota_lots=(lot,),
    )
    found = division(made, cases.solved(made))
    said = method(found, "zh").ties + method(found, "en").ties
    assert "2020-05" in said
    assert "某监督员" not in said


def test_a_formula_with_deductions_and_a_private_factor_is_told():
    figures = (SchoolFigure(name="在校三年", amount=Decimal(40)),)
    schools = [
        small.junior("X", 30, figures=figures, private=True),
        small.junior("Y", 50),
    ]
    terms = AdmissionTerms(
        base="formula",
        formula=(
            WeightedColumn(column="graduates"),
            WeightedColumn(column="在校三年", weight=Decimal("0.5")),
        ),
        deductions=(WeightedColumn(column="registered", weight=Decimal("0.2")),),
        private_factor=Decimal("0.5"),
    )
    made = cases.scenario([small.senior("A", 20, quota_places=10, quality=False)], schools, terms)
    # (30 + 40 x 0.5 - 30 x 0.2) x 0.5 = 22
    assert told(made, "X")["base"].lines == (
        "示例X初中：毕业生 30 + 在校三年 40 × 0.5 减 三年学籍毕业生 30 × 0.2，民办系数 0.5，计 22",
    )


def test_a_pool_is_told_school_by_school():
    pool = QuotaPool(id="P", name="小规模学校", schools=("Y", "Z"))
    made = cases.scenario(
        [small.senior("A", 20, quota_places=10, quality=False)],
        [small.junior("X", 90), small.junior("Y", 6), small.junior("Z", 4)],
        quota_pools=(pool,),
    )
    steps = told(made, "P")
    assert steps["base"].lines == (
        "示例Y初中：三年学籍毕业生 6，计 6",
        "示例Z初中：三年学籍毕业生 4，计 4",
        "合计 10",
    )
    assert steps["entitlement"].lines[0] == "示例A高中：10 × 10 ÷ 100 = 1"
    found = division(made, cases.solved(made))
    assert list(quota_steps(found)["junior_high"]) == ["小规模学校", "示例X初中"]


class Shaped(AdmissionRule):
    """Y counts double and gets half a place on top."""

    title: ClassVar[Text] = Text("照顾", "favour")
    sentence: ClassVar[Text] = Text("照顾", "favour")
    measure: ClassVar[Text] = Text("名额", "places")
    clause: ClassVar[Text] = Text("示例条款", "example clause")
    formula: ClassVar[str] = "f[j] w[j]"
    tier: ClassVar[str] = "protection"

    def rows(self, county, x) -> Iterator:
        yield from ()

    def readings(self, county, table) -> Iterator:
        yield from ()

    def factor(self, county, claimant):
        return Fraction(2 if claimant.id == "Y" else 1)

    def top_up(self, county, claimant):
        return Fraction(1, 2) if claimant.id == "Y" else Fraction(0)


def test_factor_and_top_up_are_told_with_their_clause():
    made = cases.lifted()
    rules, terms = (
        [Configured(Shaped(), "must"), Configured(SchoolMinimumFloor(), "must")],
        (AdmissionTerms()),
    )
    answer = solve_exactly(made.county, rules, made.admission.goals, terms)
    found = Division(
        made,
        answer.plan,
        judged=audit(made, answer.plan),
        record=division_record(answer, made.county, terms),
        proven=True,
        due=entitle(made.county, rules, terms),
        rules=tuple(rules),
    )
    steps = {s.code: s for s in explained(found, "Y").steps}
    assert steps["factor"].lines == ("权重乘以 2",)
    assert steps["top_up"].lines == ("另加 0.50 个", "示例A高中：0.50")
    assert steps["factor"].clauses == steps["top_up"].clauses == ("示例条款",)
    # (10 - 0.5) x 8 / 104 + 0.5 = 1.2308
    assert steps["claim"].lines[-1] == "合计 1.23"
    assert found.problems == ()
    # X has neither, but its claim shrinks.
    other = {s.code: s for s in explained(found, "X").steps}
    assert "factor" not in other
    assert other["claim"].lines[-1] == "合计 8.77"


def test_without_multipliers_the_method_is_named_and_the_claims_are_shown():
    made = cases.lifted()
    outcome = cases.solved(made)
    part = outcome.parts[0].model_copy(update={"division": None})
    found = division(made, outcome.model_copy(update={"parts": (part,)}))
    steps = {s.code: s for s in explained(found, "X").steps}
    assert steps["total"].lines == ("取整方法：双向比例分配；此方法没有乘数。",)
    assert steps["cells"].lines == ("示例A高中：应得 9.60，得 9",)
    assert quota_checks(found).empty
    assert quota_multipliers(found).empty


@pytest.mark.parametrize("name", ["webster", "dhondt", "adams", "hill", "dean"])
def test_every_method_is_told_and_its_cells_agree(name):
    made = cases.scenario(
        [
            small.senior("A", 90, quota_places=37, quality=False),
            small.senior("B", 50, quota_places=33, quality=False),
        ],
        [small.junior("X", 41), small.junior("Y", 27), small.junior("Z", 9)],
        AdmissionTerms(method=name),
    )
    found = division(made, cases.solved(made))
    assert found.record is not None
    assert quota_checks(found)["agrees"].all()
    zh, en = method(found, "zh"), method(found, "en")
    assert len(zh.lines) == len(en.lines)
    assert ("²" in zh.formula[0]) == (name == "hill")
    assert any("6 格" in line for line in zh.proof)
    assert any("6 cells" in line for line in en.proof)


def test_a_changed_place_is_said_not_to_agree():
    made = cases.lifted()
    outcome = cases.solved(made)
    plan = outcome.plan
    cells = tuple(
        q.model_copy(update={"places": q.places + (1 if q.junior_high == "Y" else -1)})
        for q in plan.quotas
    )
    part = outcome.parts[0].model_copy(
        update={"plan": plan.model_copy(update={"quotas": cells}), "audit": None}
    )
    found = division(made, outcome.model_copy(update={"parts": (part,)}))
    assert found.problems
    assert any("请勿公布" in line for line in method(found).proof)


@pytest.mark.parametrize(
    ("value", "posts", "text"),
    [
        (Fraction(1249999, 100000), (Fraction(25, 2),), "12.49999"),
        (Fraction(25, 2), (Fraction(25, 2),), "12.50"),
        (Fraction(123456, 10000), (Fraction(25, 2),), "12.35"),
    ],
)
def test_a_number_is_never_rounded_over_its_signpost(value, posts, text):
    assert numbers.beside(value, *posts) == text


def test_signs_tell_exact_from_rounded():
    assert numbers.equals(Fraction(1, 2), "0.50") == "= 0.50"
    assert numbers.equals(Fraction(1, 3), "0.33") == "≈ 0.33"
    assert numbers.multiplier(Fraction(1, 3)) == "0.333333"
    assert numbers.multiplier(Fraction(5, 4)) == "1.25"
