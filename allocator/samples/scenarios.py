"""Sample scenarios: a generated county, or the toy, with the rules a bureau would start from."""

from __future__ import annotations

from decimal import Decimal

from allocator.county.indicators import STAFF_INDICATORS
from allocator.modelling import Rule
from allocator.samples.generator import generate_county
from allocator.samples.toy import toy_county
from allocator.scenario import Admission, Choice, PartName, Scenario, Staffing, with_rule
from allocator.staffing.rules.balance_cap import BalanceCap
from allocator.staffing.terms import StaffingTerms

TIGHT = BalanceCap(
    primary_from=Decimal("0.15"),
    primary_at_most=Decimal("0.15"),
    junior_from=Decimal("0.12"),
    junior_at_most=Decimal("0.12"),
    binds="each",
    indicators=STAFF_INDICATORS,
)
"""Caps on each coefficient that teachers move, which cannot all be kept: the hard case."""


_NOTES = (
    "县域数据为合成示例，教师规则采用预设规则组 cixi-plan，名额规则为默认设置。 / "
    "A synthetic county; "
    "staffing rules of the preset cixi-plan, admission rules at their defaults."
)


def sample_scenario(
    *, teachers: int = 8500, seed: int = 2020, year: int = 2020, tight: bool = False
) -> Scenario:
    """A scenario of both parts around a generated county, staffing by the preset ``cixi-plan``.

    Parameters
    ----------
    year
        Year of the data; the caps of the difference coefficients follow the plan's path to 2025.
    tight
        Caps so low that some are exceeded whatever is moved.

    Raises
    ------
    DataError
        If a figure is out of range.
    """
    scenario = Scenario(
        title=f"慈溪示例{'（均衡上限收紧）' if tight else ''} {year}",
        notes=_NOTES,
        county=generate_county(teachers=teachers, seed=seed, year=year),
        staffing=Staffing.model_validate(
            {"preset": "cixi-plan", "terms": StaffingTerms(start=f"{year}-09")}
        ),
        admission=Admission(),
    )
    return _set(scenario, "staffing", TIGHT) if tight else scenario


def toy_scenario() -> Scenario:
    """The toy county with both parts, all rules at their defaults."""
    return Scenario(
        title="示例县（可手工核对）",
        notes="三个学科、七所学校、二十名教师。 / Three subjects, seven schools, twenty teachers.",
        county=toy_county(),
        staffing=Staffing(),
        admission=Admission(),
    )


def _set(scenario: Scenario, part: PartName, rule: Rule) -> Scenario:
    held = scenario.part(part)
    known: tuple[Choice, ...] = held.rules if held is not None else ()
    firmness = next((c.firmness for c in known if c.rule == rule.name), rule.default_firmness)
    parameters = rule.model_dump(mode="json")
    return with_rule(
        scenario, part, {"rule": rule.name, "firmness": firmness, "parameters": parameters}
    )
