"""Teacher exchange: who goes where, and what is taught before and after."""

from __future__ import annotations

import streamlit as st

from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.language import say
from allocator.ui.results import staffing


def show_exchange(context: Context) -> None:
    """The exchange list and the coverage of every school."""
    findings = context.solved("staffing")
    if findings is None:
        ask_to_solve(context)
        return
    staffing.show_exchange(findings)
    st.subheader(say("Coverage"), anchor=False)
    staffing.show_coverage(findings)
