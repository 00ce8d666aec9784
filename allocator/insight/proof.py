"""What was proven, how tightly, from which data: the tiers of a solve with value and bound."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from allocator.insight.registry import TIERS, tier_unit
from allocator.insight.vocabulary import PART, REASON, STATUS, word
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.scenario.hashing import scenario_hash

if TYPE_CHECKING:
    # Only for its type: importing it at run time would load the solvers.
    from allocator.solving.outcome import Outcome, PartOutcome

_ITEMS = {
    "title": Text("方案设定", "Scenario"),
    "county": Text("县域", "County"),
    "as_of": Text("数据年月", "Data as of"),
    "hash": Text("方案设定指纹（SHA-256）", "Scenario hash (SHA-256)"),
    "same": Text("与本方案设定一致", "Made from this very scenario"),
    "engine": Text("求解引擎", "Engine"),
    "status": Text("状态", "Status"),
    "size": Text("模型规模", "Size of the program"),
    "audit": Text("核验", "Audit"),
    "two_steps": Text("先交流后走教", "Moves first, walking after"),
}
_SAME = {
    True: Text("是", "yes"),
    False: Text("否：方案设定在求解后已改动", "no: it was changed after the solve"),
}
_SIZE = Text("{columns} 列，{rows} 行", "{columns} columns, {rows} rows")
_TWO_STEPS = Text(
    "{tier} {before}，合并求解后 {after}", "{tier} {before}, decided together {after}"
)
_AUDIT = {
    "clean": Text("通过：硬性规则全部达到", "clean: every rule that must be kept is kept"),
    "broken": Text("未通过：硬性规则未达到 {n} 条", "rejected: {n} must rules broken"),
    "flawed": Text("未通过：方案有 {n} 处错误", "rejected: {n} flaws in the plan"),
}


def proof_head(
    scenario: Scenario, outcome: Outcome, lang: Language = "zh", *, program: bool = True
) -> pd.DataFrame:
    """What the outcome was made from and how each part ended: items and their content.

    Parameters
    ----------
    program
        Whether to tell the engine and the size of the program.
    """
    county = scenario.county
    items: list[tuple[str, str]] = [
        ("title", scenario.title),
        ("county", county.name),
        ("as_of", county.as_of),
        ("hash", outcome.scenario_hash),
        ("same", _SAME[scenario_hash(scenario) == outcome.scenario_hash].say(lang)),
        *([("engine", outcome.engine)] if program else []),
    ]
    rows = [(_ITEMS[item].say(lang), content) for item, content in items]
    for part in outcome.parts:
        label = PART[part.part].say(lang)
        rows += [
            (f"{label}：{_ITEMS[item].say(lang)}" if lang == "zh" else
             f"{_ITEMS[item].say(lang)}, {label}", content)
            for item, content in _of_part(part, lang)
            if program or item != "size"
        ]  # fmt: skip
    return pd.DataFrame(rows, columns=["item", "content"])


def _of_part(part: PartOutcome, lang: Language) -> list[tuple[str, str]]:
    status, reason = word(STATUS, part.status, lang), word(REASON, part.reason, lang)
    found = [("status", f"{status}（{reason}）" if lang == "zh" else f"{status} ({reason})")]
    if part.columns:
        found.append(("size", _SIZE.say(lang).format(columns=part.columns, rows=part.rows)))
    first = part.tiers[0] if part.tiers else None
    if first is not None and first.name in part.two_steps:
        tier = TIERS[part.part].get(first.name)
        before = f"{part.two_steps[first.name]:g}"
        said = _TWO_STEPS.say(lang).format(
            tier=tier.title.say(lang) if tier else first.name,
            before=before,
            after=f"{first.value:g}",
        )
        found.append(("two_steps", said))
    if part.audit is not None:
        flaws, broken = len(part.audit.flaws), len(part.audit.broken())
        key = "flawed" if flaws else "broken" if broken else "clean"
        found.append(("audit", _AUDIT[key].say(lang).format(n=flaws or broken)))
    return found


def proof(scenario: Scenario, outcome: Outcome, lang: Language = "zh") -> pd.DataFrame:
    """Every tier in the planner's order: value of the plan, bound, gap, and what is proven.

    A bound holds for plans that are no worse than this one in all earlier tiers.
    """
    del scenario
    rows: list[dict[str, Any]] = []
    for part in outcome.parts:
        for rank, result in enumerate(part.tiers, start=1):
            tier = TIERS[part.part].get(result.name)
            rows.append(
                {
                    "part": part.part,
                    "rank": rank,
                    "tier": result.name,
                    "tier_title": tier.title.say(lang) if tier else result.name,
                    "unit": tier_unit(tier) if tier else result.unit,
                    "value": result.value,
                    "bound": result.bound,
                    "gap": result.gap,
                    "proven": result.proven,
                    "exact": result.exact,
                    "status": part.status,
                    "reason": part.reason,
                }
            )
    columns = (
        "part", "rank", "tier", "tier_title", "unit", "value", "bound", "gap", "proven", "exact",
        "status", "reason",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns)).astype(
        dict.fromkeys(("value", "bound", "gap"), "float64")
    )


def timings(outcome: Outcome) -> pd.DataFrame:
    """Seconds of each step, apart from the proof: they differ from run to run."""
    rows: list[tuple[str | None, str, float]] = [
        (None, step, seconds) for step, seconds in outcome.timings.items()
    ]
    for part in outcome.parts:
        rows += [(part.part, step, seconds) for step, seconds in part.timings.items()]
    return pd.DataFrame(rows, columns=["part", "step", "seconds"])
