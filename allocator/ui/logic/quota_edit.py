"""A quota table changed by hand: the table as it stands, and what the audit says of it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from allocator.admission.entitlement import Cell
from allocator.audit import audit
from allocator.county.plan import Plan, QuotaCell
from allocator.insight.names import TOTAL
from allocator.insight.usable_tables import quota_cells
from allocator.modelling import Language
from allocator.ui.logic.findings import Findings

PLACES = "places:"
"""What columns of places are called, before the code of the senior high."""


def folded(table: pd.DataFrame, edited_rows: Mapping[int, Mapping[str, object]]) -> dict[Cell, int]:
    """The cells a table editor says were changed, by senior high and junior high or pool.

    Parameters
    ----------
    table
        The table as it was handed to the editor.
    edited_rows
        Row number -> column -> value, as the editor keeps them; blank counts as 0.
    """
    found: dict[Cell, int] = {}
    for row, cells in edited_rows.items():
        school = str(table.iloc[int(row)]["school_id"])
        for column, value in cells.items():
            if column.startswith(PLACES) and isinstance(value, int | float | None):
                found[column.removeprefix(PLACES), school] = max(0, int(value or 0))
    return found


def with_sums(table: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """The quota table under a row that sums every column of places."""
    columns = ["registered", "total", "entitlement", "difference"]
    columns += [c for c in map(str, table.columns) if c.startswith(PLACES)]
    sums = {c: table[c].sum() for c in columns if c in table.columns}
    first = pd.DataFrame([{"junior_high": TOTAL.say(lang), **sums}])
    return pd.concat([first.astype(table[list(sums)].dtypes.to_dict()), table], ignore_index=True)


def changed(findings: Findings, cells: Mapping[Cell, int]) -> Findings:
    """What the audit says of the plan with some cells changed; nothing is solved."""
    plan = findings.outcome.plan
    held = {**quota_cells(plan), **cells}
    quotas = tuple(
        QuotaCell(senior_high=high, junior_high=school, places=places)
        for (high, school), places in sorted(held.items())
        if places
    )
    made = Plan(quotas=quotas)
    part = findings.outcome.part("admission")
    assert part is not None  # a table without a plan has no cells to change
    judged = part.model_copy(
        update={
            "plan": made,
            "audit": audit(findings.scenario, made, ("admission",)),
            "division": None,
        }
    )
    return Findings(findings.scenario, findings.outcome.model_copy(update={"parts": (judged,)}))
