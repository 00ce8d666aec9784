"""The map of the schools."""

from __future__ import annotations

import streamlit as st

from allocator.scenario import Scenario
from allocator.ui.language import language, say
from allocator.ui.logic.school_map import COLOURINGS, school_map

_HEIGHT = 580
"""Pixels."""


def show_map(scenario: Scenario) -> None:
    """Where the schools lie, coloured by what is asked for."""
    lang = language()
    offered = [c for c in COLOURINGS if c != "short" or scenario.staffing is not None]
    colouring = st.segmented_control(
        say("Colour by"),
        offered,
        default=offered[0],
        required=True,
        format_func=lambda c: COLOURINGS[c].say(lang),
        key="map-colour",
        persist_state="session",
    )
    dark = st.context.theme.type == "dark"
    spec = school_map(scenario, colouring or offered[0], lang, dark=dark)
    if spec is None:
        st.info(say("There is no school yet: add one in the table of schools."))
        return
    with st.container(key="chart-map"):
        st.echarts_chart(spec, height=_HEIGHT, alt=say("Map of the schools"))
    st.caption(
        say(
            "Circle: primary · triangle: junior high · diamond: nine-year school. The larger the "
            "sign, the more pupils. Point at a school for its figures; click the legend to hide."
        )
    )
