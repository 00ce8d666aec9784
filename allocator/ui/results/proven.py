"""Every rule with its verdict, and every goal with its value and bound."""

from __future__ import annotations

import streamlit as st

from allocator import insight
from allocator.insight.vocabulary import PART, STEP, word
from allocator.ui.language import language, say
from allocator.ui.logic.findings import Findings
from allocator.ui.results.grids import show_table


def show_goals(findings: Findings) -> None:
    """Every goal with its value, its bound and what is proven; and where the time went."""
    st.subheader(say("Goals with value and bound"), anchor=False)
    st.caption(say("A bound holds for plans that are as good as this one in all earlier goals."))
    columns = ("part", "rank", "tier_title", "unit", "value", "bound", "gap", "proven")
    show_table(findings.table("proof", language()), columns)
    for line in _timings(findings):
        st.caption(line)


def _timings(findings: Findings) -> list[str]:
    """The seconds of each step, a line a part."""
    lang = language()
    lines = []
    for part in findings.outcome.parts:
        steps = [
            f"{word(STEP, step, lang)} {say('{number} s', number=f'{seconds:.1f}')}"
            for step, seconds in part.timings.items()
        ]
        if steps:
            title = say("Time of {part}", part=word(PART, part.part, lang))
            lines.append(f"{title}：{' · '.join(steps)}" if lang == "zh" else
                         f"{title}: {' · '.join(steps)}")  # fmt: skip
    return lines


def show_rules(findings: Findings) -> None:
    """Every rule with its verdict, and what the result was made from."""
    lang = language()
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
