"""Every rule with its verdict, and every goal with its value and bound."""

from __future__ import annotations

import streamlit as st

from allocator import insight
from allocator.insight.vocabulary import PART, word
from allocator.ui.language import language, say
from allocator.ui.logic.findings import Findings
from allocator.ui.results.grids import show_table


def show_proof(findings: Findings) -> None:
    """What was asked, what was kept, and what is proven."""
    lang = language()
    st.subheader(say("Goals with value and bound"), anchor=False)
    st.caption(say("A bound holds for plans that are as good as this one in all earlier goals."))
    columns = ("part", "rank", "tier_title", "unit", "value", "bound", "gap", "proven")
    show_table(findings.table("proof", lang), columns)
    for part in findings.outcome.parts:
        if part.audit is None:
            continue
        title = say("Rules and their verdicts: {part}", part=word(PART, part.part, lang))
        st.subheader(title, anchor=False)
        rules = findings.table("rules", lang)
        shown = ("title", "firmness", "kept", "checked", "missed", "verdict", "sentence")
        show_table(rules[rules["part"] == part.part], shown)
    with st.expander(say("Made from")):
        head = insight.proof_head(findings.scenario, findings.outcome, lang)
        show_table(head, ("item", "content"))
