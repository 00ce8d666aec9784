"""Figures above a table, with their change against the file."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from allocator.scenario import Scenario
from allocator.ui.language import language
from allocator.ui.logic.county_tables import Grid, Total
from allocator.ui.logic.draft import Draft


def show_totals(draft: Draft, grid: Grid) -> None:
    """The figures of a table as they stand; what differs from the file beside them."""
    now = _counted(grid, draft.scenario, "now")
    if not now:
        return
    saved = now if draft.scenario is draft.saved else _counted(grid, draft.saved, "saved")
    before = {total.title: total.value for total in saved}
    with st.container(horizontal=True, gap="small", key=f"totals-{grid.name}"):
        for total in now:
            change = total.value - before.get(total.title, total.value)
            st.metric(
                total.title.say(language()),
                f"{total.value:,.0f}" if total.grouped else f"{total.value:.0f}",
                f"{change:+,.0f}" if change else None,
                delta_color=_colour(total),
                width="content",
            )


def _colour(total: Total) -> Literal["normal", "inverse", "off"]:
    if total.less_is_better is None:
        return "off"
    return "inverse" if total.less_is_better else "normal"


def _counted(grid: Grid, scenario: Scenario, which: str) -> tuple[Total, ...]:
    """The totals of a scenario, counted once as long as its county is the same."""
    key = f"totals-of-{grid.name}-{which}"
    held = st.session_state.get(key)
    if held is None or held[0] is not scenario.county:
        held = (scenario.county, grid.totals(scenario))
        st.session_state[key] = held
    found: tuple[Total, ...] = held[1]
    return found
