"""The summary with living cells: figures after the plan, change, target and verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from allocator.county.indicators import INDICATORS
from allocator.files.workbook.living.checks import FUZZ, Check
from allocator.files.workbook.living.movers import Living
from allocator.files.workbook.living.quota_cells import LivingQuotas
from allocator.files.workbook.sheet import FIRST_ROW, Letters, Sheet
from allocator.insight.balance_tables import indicators
from allocator.insight.figures import FIGURES
from allocator.insight.vocabulary import KEPT
from allocator.modelling import Language
from allocator.staffing.rules.backbone_share import BackboneShare

_PARTS = {"exchange_rate": ("exchanged", "exchange_base"),
          "backbone_share": ("backbone_moved", "exchanged"),
          "quota_share": ("quota_places", "offered")}  # fmt: skip
"""Shares, each of two other lines."""
_PEOPLE = {
    "moves": "SUM(moves_moved)",
    "exchanged": "SUM(moves_exchanged_now)",
    "backbone_moved": "SUMIF(moves_is_backbone,1,moves_exchanged_now)",
    "uncovered": "SUM(coverage_uncovered_after)",
    "cells_short": 'COUNTIF(coverage_uncovered_after,">0")',
    "famous_have": "SUM(famous_have_after)",
    "famous_missing": "SUM(famous_missing_after)",
}


def summary_alive(
    sheet: Sheet,
    people: Living | None,
    quotas: LivingQuotas | None,
    checks: tuple[Check, ...],
    lang: Language,
) -> Sheet:
    """The summary on one page, its figures counted again after every edit where they can be."""
    table = sheet.table
    codes = list(table["figure"])
    counted = {**(_people(people) if people is not None and people.movers else {})}
    if quotas is not None:
        counted["quota_places"] = "SUM(quota_matrix_total)"
    row_of = {code: n for n, code in enumerate(codes, start=FIRST_ROW)}
    judged = table["kept"].notna().tolist()
    changed = table["change"].notna().tolist()
    backbone = next((c.limit for c in checks if c.limit and _backbone(c)), "")
    yes, no = (KEPT[kept].say(lang) for kept in (True, False))

    def after(at: Letters, row: int) -> str:
        code = codes[row - FIRST_ROW]
        if code in _PARTS and all(part in row_of for part in _PARTS[code]):
            part, whole = (f"{at['after']}{row_of[c]}" for c in _PARTS[code])
            return f"=IF({whole}=0,0,{part}/{whole})" if _PARTS[code][0] in counted else ""
        return f"={counted[code]}" if code in counted else ""

    def target(at: Letters, row: int) -> str:
        del at
        return backbone if codes[row - FIRST_ROW] == "backbone_moved" else ""

    def change(at: Letters, row: int) -> str:
        return f"={at['after']}{row}-{at['before']}{row}" if changed[row - FIRST_ROW] else ""

    def kept(at: Letters, row: int) -> str:
        if not judged[row - FIRST_ROW]:
            return ""
        less, cells = FIGURES[codes[row - FIRST_ROW]].less_is_better, (f"{at[c]}{row}" for c in (
            "after", "target"))  # fmt: skip
        one, other = cells if less else reversed(list(cells))
        return f'=IF({one}-{other}<={FUZZ},"{yes}","{no}")'

    return replace(
        sheet,
        formulas={"after": after, "target": target, "change": change, "kept": kept},
        filtered=False,
        one_page=True,
    )


def _backbone(check: Check) -> bool:
    return check.title in BackboneShare.title


def _people(living: Living) -> Mapping[str, str]:
    """Figures of the staffing part, by formula."""
    found = dict(_PEOPLE)
    table = indicators(living.scenario, living.seen, living.lang)
    lines = list(zip(table["stage"], table["indicator"], strict=True))
    for n, (stage, indicator) in enumerate(lines, start=1):
        if indicator not in INDICATORS:
            found[f"cv_{indicator}_{stage}"] = f"INDEX(indicators_after,{n})"
    return found
