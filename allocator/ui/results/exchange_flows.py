"""Moves between townships as pictures, and cycles of moves between schools."""

from __future__ import annotations

import streamlit as st

from allocator.modelling import Text
from allocator.ui.language import language, say
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.flow_charts import chord, move_map, sankey
from allocator.ui.logic.plane import height
from allocator.ui.results.grids import show_table, view

_PICTURES = {
    "sankey": Text("流向图", "From and to"),
    "chord": Text("弦图", "Circle"),
    "map": Text("地图", "Map"),
}
_MOST = 40
"""Arrows shown on the map at first."""


def show_flows(findings: Findings) -> None:
    """One of three pictures, and the table behind them."""
    lang = language()
    table = findings.table("townships", lang)
    if table.empty:
        st.info(say("Nobody is moved: lower a cap on the rules page, then solve again."))
        return
    apart = table[table["from_township_id"] != table["to_township_id"]]
    st.caption(
        say(
            "{apart} people go from one township to another, {inside} inside one",
            apart=f"{apart['moves'].sum():,}",
            inside=f"{table['moves'].sum() - apart['moves'].sum():,}",
        )
    )
    picture = view(_PICTURES, "exchange-picture")
    if picture != "sankey" and apart.empty:
        st.info(say("Nobody goes from one township to another."))
    elif picture == "map":
        _map(findings)
    else:
        made = sankey(table, lang) if picture == "sankey" else chord(apart, lang)
        with st.container(key="charts"):
            st.echarts_chart(made, height=720, alt=say("People moved from township to township"))
    with st.expander(say("Moves between townships as a table")):
        columns = ("from_township", "to_township", "moves", "backbone_moves", "mean_minutes")
        show_table(table.sort_values("moves", ascending=False), columns)


def _map(findings: Findings) -> None:
    """Schools and arrows; small flows can be left out."""
    table = findings.table("townships", language())
    apart = table[table["from_township_id"] != table["to_township_id"]]["moves"]
    sizes = sorted(apart, reverse=True)
    largest = int(sizes[0])
    first = int(sizes[min(_MOST, len(sizes)) - 1])
    least = 1
    if largest > 1:
        least = st.slider(
            say("Arrows of at least (people)"),
            1,
            largest,
            first,
            key="exchange-least",
            width=360,
            persist_state="session",
        )
    county = findings.scenario.county
    made = move_map(county, findings.seen.after.moved, table, least, language())
    with st.container(key="charts"):
        st.echarts_chart(
            made,
            height=height(county),
            alt=say("Map of schools, with arrows from township to township as wide as people go"),
        )
    st.caption(say("Points are schools, larger where more people are gained or lost."))


def show_cycles(findings: Findings) -> None:
    """Moves that pass teachers of one subject round between schools."""
    table = findings.table("cycles", language())
    people = int(table["cycle_length"].sum())
    st.markdown(
        say(
            "{cycles} cycles with {people} people: after each, every school has as many teachers "
            "of the subject as before. The other moves pass teachers on from schools that have "
            "fewer afterwards to schools that have more.",
            cycles=len(table),
            people=people,
        )
    )
    columns = ("cycle", "subject", "stage", "cycle_length", "cycle_schools", "cycle_people")
    empty = say("No moves only pass teachers round between schools.")
    show_table(table, columns, empty=empty)
