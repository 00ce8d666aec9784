"""The quota matrix."""

from __future__ import annotations

import streamlit as st

from allocator.insight import senior_high_names
from allocator.ui.language import language, say
from allocator.ui.logic.findings import Findings
from allocator.ui.results.grids import show_table


def show_quotas(findings: Findings) -> None:
    """Places of each senior high for each junior high, beside the entitlement."""
    table = findings.table("quotas", language())
    places = [c for c in table.columns if str(c).startswith("places:")]
    columns = (
        "junior_high", "township", "registered", "entitlement", "total", "difference", *places,
    )  # fmt: skip
    st.caption(
        say(
            "{schools} junior highs, {places} quota places",
            schools=len(table),
            places=f"{int(table['total'].sum()):,}",
        )
    )
    show_table(table, columns, names=dict(senior_high_names(findings.scenario)))
