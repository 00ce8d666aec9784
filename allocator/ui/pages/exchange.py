"""Teacher exchange: who goes where and why, what flows, what is taught before and after."""

from __future__ import annotations

import streamlit as st

from allocator.modelling import Text
from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.language import say
from allocator.ui.results.coverage import show_coverage
from allocator.ui.results.exchange_changes import show_changes, show_heads
from allocator.ui.results.exchange_flows import show_cycles, show_flows
from allocator.ui.results.exchange_list import show_list, show_ties
from allocator.ui.results.grids import view
from allocator.ui.results.overview import show_metrics

_VIEWS = {
    "list": Text("交流名单", "List"),
    "flows": Text("流向", "Flows"),
    "cycles": Text("对调", "Swaps"),
    "coverage": Text("学科覆盖", "Coverage"),
    "ties": Text("同分", "Ties"),
    "changes": Text("方案变化", "Changes"),
    "heads": Text("书记校长", "Heads"),
}
_HEADLINES = ("moves", "exchange_rate", "backbone_share", "uncovered", "cells_short",
              "minutes_mean")  # fmt: skip


def show_exchange(context: Context) -> None:
    """Headline figures, then the view that is chosen."""
    findings = context.solved("staffing")
    if findings is None:
        ask_to_solve(context)
        return
    show_metrics(findings, "staffing", _HEADLINES)
    st.caption(say("Arrows show the change against today, with nobody moved."))
    shown = view(_VIEWS, "exchange-view")
    if shown == "list":
        show_list(context, findings)
    elif shown == "flows":
        show_flows(findings)
    elif shown == "cycles":
        show_cycles(findings)
    elif shown == "coverage":
        show_coverage(findings)
    elif shown == "changes":
        show_changes(findings)
    elif shown == "heads":
        show_heads(findings)
    else:
        show_ties(findings)
