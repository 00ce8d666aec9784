"""Tables of a division: steps of every junior high, multipliers, every cell checked, ties."""

from __future__ import annotations

from typing import Any

import pandas as pd

from allocator.admission.record import written
from allocator.insight.quota_division import Division
from allocator.insight.quota_steps import Explanation, explanations
from allocator.modelling import Language

_STEPS = ("base", "entitlement", "bounds", "factor", "top_up", "cells", "ties")


def quota_steps(found: Division, lang: Language = "zh") -> pd.DataFrame:
    """One row a junior high: the steps from its base to its places, each in a column.

    ``product`` is claim times multiplier, rounded at the signposts; empty without multipliers.
    """
    rows = [_steps(found, told, lang) for told in explanations(found, lang)]
    columns = [
        "school_id", "junior_high", "quota_base", "quota_entitlement", "share", "quota_bounds",
        "quota_factor", "quota_top_up", "claim", "total_multiplier", "product", "total", "held_by",
        "over_share", "quota_cells", "quota_ties", "clause",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    numbers = ("share", "claim", "total_multiplier", "product", "over_share")
    return table.astype(dict.fromkeys(numbers, "float64"))


def _steps(found: Division, told: Explanation, lang: Language) -> dict[str, Any]:
    said = {code: told.step(code) for code in _STEPS}
    entry = found.on_record.get(told.id)
    power = found.record.power if found.record else 1
    clauses = dict.fromkeys(c for s in told.steps for c in s.clauses)
    return {
        "school_id": told.id,
        "junior_high": told.name,
        **{f"quota_{code}": "\n".join(s.lines) if s else "" for code, s in said.items()},
        "share": float(told.share),
        "claim": float(told.claim),
        "total_multiplier": float(entry.total_multiplier) if entry else None,
        "product": float(entry.claim**power * entry.total_multiplier) if entry else None,
        "total": told.total,
        "held_by": entry.held if entry else "",
        "over_share": float(told.total - told.share),
        "clause": ("；" if lang == "zh" else "; ").join(clauses),
    }


def quota_multipliers(found: Division) -> pd.DataFrame:
    """One row a senior high or junior high: its multiplier as an exact fraction and as a number."""
    rows: list[dict[str, Any]] = []
    if found.record is not None:
        names = {h.id: h.name for h in found.highs}
        rows += [
            _multiplier("row", names[h.id], h.multiplier) | {"total": h.quota}
            for h in found.record.senior_highs
        ]
        rows += [
            _multiplier("column", found.claimants[c.id].name, c.multiplier)
            | {"total": c.total, "total_exact": written(c.total_multiplier), "held_by": c.held}
            for c in found.record.claimants
        ]
    columns = [
        "side", "place", "multiplier_exact", "multiplier", "total", "total_exact", "held_by",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns)
    return table.fillna({"total_exact": "", "held_by": ""})


def _multiplier(side: str, name: str, value: Any) -> dict[str, Any]:
    return {
        "side": side,
        "place": name,
        "multiplier_exact": written(value),
        "multiplier": float(value),
    }


def quota_checks(found: Division) -> pd.DataFrame:
    """One row a cell with a claim: claim, both multipliers, product, signposts, places.

    ``low`` and ``high`` are the signposts on both sides of the places, to the power of the method;
    ``held_at`` is the floor or cap that holds the cell, empty where none does.
    """
    rows: list[dict[str, Any]] = []
    if found.record is not None:
        names = {h.id: h.name for h in found.highs}
        row_of = {h.id: float(h.multiplier) for h in found.record.senior_highs}
        column_of = {c.id: float(c.multiplier) for c in found.record.claimants}
        divisor = found.record.divisor
        marked = {(c.senior_high, c.claimant): c.held for c in found.record.held_cells}
        rows = [
            {
                "senior_high": names[c.senior_high],
                "junior_high": found.claimants[c.claimant].name,
                "claim": float(c.claim),
                "row_multiplier": row_of[c.senior_high],
                "column_multiplier": column_of[c.claimant],
                "product": float(c.product),
                "low": float(divisor.post(c.places)) if c.places else 0.0,
                "cell_places": c.places,
                "high": float(divisor.post(c.places + 1)),
                "held_by": c.held,
                "held_at": c.places if c.held else None,
                "agrees": c.held == marked.get((c.senior_high, c.claimant), ""),
            }
            for c in found.checked
        ]
    columns = [
        "senior_high", "junior_high", "claim", "row_multiplier", "column_multiplier", "product",
        "low", "cell_places", "high", "held_by", "held_at",
        "agrees",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype({"held_at": "Int64"})


def quota_ties(found: Division) -> pd.DataFrame:
    """One row a cell or total that is another number in a table just as good."""
    names = {h.id: h.name for h in found.highs}
    rows = [
        {
            "senior_high": names[t.senior_high] if t.senior_high is not None else "",
            "junior_high": found.claimants[t.claimant].name,
            "cell_places": t.places,
            "or_else": t.or_else,
        }
        for t in found.ties
    ]
    return pd.DataFrame(rows, columns=["senior_high", "junior_high", "cell_places", "or_else"])
