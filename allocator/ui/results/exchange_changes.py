"""What a plan changes against a published one and why, and what it proposes about heads."""

from __future__ import annotations

import streamlit as st

from allocator.insight.changes import MOST
from allocator.ui.language import language, say
from allocator.ui.logic.findings import Findings
from allocator.ui.results.grids import show_table

_CHANGES = (
    "name", "subject", "against", "published_school", "now_school", "why", "because", "worse_by",
    "unit", "published_kind", "now_kind", "from_school", "stage", "teacher",
)  # fmt: skip
"""What changed and why first: the rest is off the screen where it is narrow."""
_HEADS = (
    "name", "teacher", "from_school", "to_school", "kind", "minutes", "from_township",
    "to_township",
)  # fmt: skip


def show_changes(findings: Findings) -> None:
    """Who is placed otherwise than published, and what stands against putting it back."""
    staffing = findings.scenario.staffing
    if staffing is None or not staffing.terms.published:
        st.info(say("This result starts from no published plan."))
        return
    table = findings.table("changes", language())
    st.markdown(
        say(
            "{number} people are placed otherwise than in the published plan. Why: each placement "
            "is put back as published, all others left as they are, and the plan is judged anew; "
            "at most {most} people are examined.",
            number=len(table),
            most=MOST,
        )
    )
    show_table(table, _CHANGES, empty=say("Everybody is placed as published."))


def show_heads(findings: Findings) -> None:
    """Moves of heads that nobody decided beforehand: within the personnel section alone."""
    table = findings.table("heads", language())
    st.caption(
        say(
            "Proposed only where the rule that heads are appointed is off; for the personnel "
            "section alone: they stand in no list for publication."
        )
    )
    show_table(table, _HEADS, empty=say("Nothing is proposed about heads."))
