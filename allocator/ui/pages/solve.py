"""Solve: how the run goes, how it ended, and what is proven."""

from __future__ import annotations

import streamlit as st

from allocator.ui.downloads import link_to_export
from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.language import say
from allocator.ui.results.overview import show_overview
from allocator.ui.results.proven import show_proof


def show_solve(context: Context) -> None:
    """The end of the last run, headline figures and proof."""
    findings = context.findings
    if findings is None:
        ask_to_solve(context)
        return
    if context.run is not None:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(say("Result of {time}", time=f"{context.run.asked:%Y-%m-%d %H:%M}"))
            link_to_export()
    show_overview(findings)
    if findings.solved:
        with st.expander(say("Rules and proof")):
            show_proof(findings)
