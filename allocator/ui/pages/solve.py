"""Solve: how the run goes, how it ended, what is proven, and the runs before it."""

from __future__ import annotations

import streamlit as st

from allocator.ui.downloads import link_to_export
from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.heading import show_options
from allocator.ui.instant import show_instant
from allocator.ui.language import say
from allocator.ui.recent import show_recent
from allocator.ui.results.overview import show_overview
from allocator.ui.results.proven import show_goals, show_rules


def show_solve(context: Context) -> None:
    """Options, the end of the last run, headline figures and proof, and the runs before it."""
    if context.how != "running":
        with st.container(border=True, horizontal=True, gap="large", key="options"):
            show_options(context.draft)
    show_instant(context)
    findings = context.findings
    if findings is None:
        ask_to_solve(context)
    else:
        if context.run is not None:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.caption(say("Result of {time}", time=f"{context.run.asked:%Y-%m-%d %H:%M}"))
                link_to_export()
        show_overview(findings)
        if findings.solved:
            show_goals(findings)
            with st.expander(say("Rules and proof")):
                show_rules(findings)
    show_recent(context.run)
