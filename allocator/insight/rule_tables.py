"""Every rule with its verdict, and every reading behind the verdicts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from allocator.audit import Audit, Verdict
from allocator.insight.names import namer
from allocator.insight.registry import REGISTRY, TIERS, tier_unit
from allocator.modelling import Language, Reading, Rule, Text, Tier, verdict
from allocator.scenario import PartName, Scenario

_ALL_KEPT = Text("{n} 处均达到", "kept at all {n} places")
_NOTHING = Text("没有需要核验之处", "nothing to check")
_WORST = Text(
    "{missed}/{n} 处未达到；最大缺口：{worst}", "missed at {missed} of {n}; worst: {worst}"
)


def rules(scenario: Scenario, audit: Audit, lang: Language = "zh") -> pd.DataFrame:
    """Every rule of the parts audited: what it asks for, how firmly, and the verdict.

    A rule that is off is listed with its parameters and no verdict. ``shortfall`` is in the unit
    of the rule's tier.
    """
    name = namer(scenario, lang)
    found = {(v.part, v.rule): v for v in audit.verdicts}
    rows: list[dict[str, Any]] = []
    for part in scenario.parts:
        if part not in audit.tiers:
            continue
        for rule, firmness in _chosen(scenario, part):
            tier = TIERS[part][rule.tier]
            heard = found.get((part, rule.name))
            rows.append(
                {
                    "part": part,
                    "rule": rule.name,
                    "title": rule.title.say(lang),
                    "sentence": rule.asks(lang),
                    "firmness": firmness,
                    "kept": heard.kept if heard else None,
                    "checked": len(heard.readings) if heard else None,
                    "missed": sum(not r.kept for r in heard.readings) if heard else None,
                    "shortfall": heard.shortfall if heard else None,
                    "unit": _shortfall_unit(rule, tier, heard),
                    "tier": tier.name,
                    "tier_title": tier.title.say(lang),
                    "verdict": _in_words(rule, heard, name, lang) if heard else "",
                    "clause": rule.clause.say(lang),
                }
            )
    columns = (
        "part", "rule", "title", "sentence", "firmness", "kept", "checked", "missed", "shortfall",
        "unit", "tier", "tier_title", "verdict", "clause",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns)).astype(
        {"kept": "boolean", "checked": "Int64", "missed": "Int64", "shortfall": "float64"}
    )


def _shortfall_unit(rule: Rule, tier: Tier, heard: Verdict | None) -> str:
    """The unit of a rule's shortfall; one that is only watched pays in no tier."""
    if heard is None or not {"must", "should"}.isdisjoint(rule.firmness_allowed):
        return tier_unit(tier)
    return next((r.unit for r in heard.readings), "")


def _chosen(scenario: Scenario, part: PartName) -> Iterable[tuple[Rule, str]]:
    """Every rule of the registry as the scenario has it; those not listed are off."""
    held = scenario.part(part)
    listed = {c.rule: c for c in held.rules} if held is not None else {}
    for kind in REGISTRY[part]:
        choice = listed.get(kind.name)
        yield (choice.parameters, choice.firmness) if choice else (kind(), "off")


def _in_words(rule: Rule, heard: Verdict, name: Any, lang: Language) -> str:
    """One sentence: the only reading, or how many are missed and the worst of them."""
    readings = heard.readings
    if not readings:
        return _NOTHING.say(lang)
    if len(readings) == 1:
        return verdict(rule, readings[0], name(readings[0].where), lang)
    if heard.kept:
        return _ALL_KEPT.say(lang).format(n=len(readings))
    worst = max(readings, key=lambda r: r.shortfall)
    return _WORST.say(lang).format(
        missed=sum(not r.kept for r in readings),
        n=len(readings),
        worst=verdict(rule, worst, name(worst.where), lang),
    )


def readings(scenario: Scenario, audit: Audit, lang: Language = "zh") -> pd.DataFrame:
    """Every reading with its place in words and its verdict, missed ones first in each rule."""
    name = namer(scenario, lang)
    spoken = {
        (part, rule.name): rule for part in scenario.parts for rule, _ in _chosen(scenario, part)
    }
    rows = [
        _row(v, reading, spoken[v.part, v.rule], name(reading.where), lang)
        for v in audit.verdicts
        for reading in sorted(v.readings, key=lambda r: r.kept)
    ]
    columns = (
        "part", "rule", "title", "firmness", "where", "place", "actual", "limit", "unit", "kept",
        "shortfall", "verdict",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns))


def _row(v: Verdict, reading: Reading, rule: Rule, place: str, lang: Language) -> dict[str, Any]:
    return {
        "part": v.part,
        "rule": v.rule,
        "title": rule.title.say(lang),
        "firmness": v.firmness,
        "where": reading.where,
        "place": place,
        "actual": float(reading.actual),
        "limit": float(reading.limit),
        "unit": reading.unit,
        "kept": reading.kept,
        "shortfall": float(reading.shortfall),
        "verdict": verdict(rule, reading, place, lang),
    }
