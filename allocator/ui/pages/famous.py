"""Famous teachers: rural junior highs against the number asked for."""

from __future__ import annotations

import streamlit as st

from allocator.modelling import Text
from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.language import say
from allocator.ui.results.famous import HEADLINES, show_movers, show_schools, show_training
from allocator.ui.results.grids import view
from allocator.ui.results.overview import show_metrics

_VIEWS = {
    "schools": Text("各校配备", "Schools"),
    "movers": Text("名师去向", "Who goes where"),
    "training": Text("缺口与培养", "Missing and training"),
}


def show_famous(context: Context) -> None:
    """Headline figures, then the view that is chosen."""
    findings = context.solved("staffing")
    if findings is None:
        ask_to_solve(context)
        return
    show_metrics(findings, "staffing", HEADLINES)
    st.caption(say("Arrows show the change against today, with nobody moved."))
    shown = view(_VIEWS, "famous-view")
    if shown == "schools":
        show_schools(findings)
    elif shown == "movers":
        show_movers(findings)
    else:
        show_training(findings)
