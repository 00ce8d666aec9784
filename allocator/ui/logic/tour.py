"""A tour of the bundled Cixi county: four steps, each with one button."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from allocator.modelling import Text
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.ui.logic.controls import controls
from allocator.ui.logic.draft import Draft, chosen

SCENARIO = "bundled/cixi-2020"
"""The scenario the tour goes through."""
_RAISE = Decimal("0.01")


@dataclass(frozen=True)
class Step:
    """One step: what it is for, and what its button does."""

    code: str
    title: Text
    text: Text
    button: Text


STEPS: tuple[Step, ...] = (
    Step(
        "open",
        Text("打开慈溪示例", "Open the Cixi example"),
        Text(
            "示例县域有 8,500 名教师、14 所高中，学校和教师全部为虚构。",
            "A county of 8,500 teachers and 14 senior highs; schools and teachers are invented.",
        ),
        Text("打开", "Open it"),
    ),
    Step(
        "raise",
        Text("提高交流比例", "Raise the exchange rate"),
        Text(
            "每年交流的教师不低于规定比例：提高 1 个百分点，规则卡片上会标出改动。",
            "At least a given share of teachers moves each year. One percentage point more: the "
            "card of the rule marks the change.",
        ),
        Text("提高 1 个百分点", "One point more"),
    ),
    Step(
        "solve",
        Text("求解", "Solve"),
        Text(
            "按各项规则安排交流和名额，并证明不可能更好；约需十余秒。",
            "Teachers and places are placed by the rules, with proof that no plan is better. This "
            "takes about fifteen seconds.",
        ),
        Text("开始求解", "Start"),
    ),
    Step(
        "look",
        Text("查看结果", "Look at the result"),
        Text(
            "谁到哪里交流、为什么、各校课时开足了多少。",
            "Who goes where and why, and what every school can teach.",
        ),
        Text("看交流名单", "See the exchange list"),
    ),
)


def raised(draft: Draft) -> Draft:
    """The draft with the exchange rate raised by one percentage point, to 100 % at most."""
    rate = next(c for c in controls(ExchangeRateFloor) if c.name == "at_least")
    rule = chosen(draft.scenario, "staffing", ExchangeRateFloor).rule
    now: Decimal = rule.at_least if isinstance(rule, ExchangeRateFloor) else Decimal(0)
    value = rate.shown(min(Decimal(1), now + _RAISE))
    return draft.with_value("staffing", ExchangeRateFloor, rate, value, "zh")
