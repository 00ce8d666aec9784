"""County data: every table of the county, and a map of its schools."""

from __future__ import annotations

import streamlit as st

from allocator.modelling import Text
from allocator.ui import session
from allocator.ui.county.editor import show_grid
from allocator.ui.county.map import show_map
from allocator.ui.county.refused import show_refused
from allocator.ui.frame import Context
from allocator.ui.language import language, say
from allocator.ui.links import page_of
from allocator.ui.logic.county_tables import Grid, shown_for
from allocator.ui.logic.county_tables.grids import Group

_MAP = Group("map", Text("地图", "Map"), ())


def show_county(context: Context) -> None:
    """The table chosen, or the map; nothing else is drawn."""
    groups = {g.code: g for g in (*shown_for(context.scenario), _MAP)}
    grids = {grid.name: (group, grid) for group in groups.values() for grid in group.grids}
    asked = session.address("table") or ""
    group = groups.get(asked) or (grids[asked][0] if asked in grids else None)
    group = group or next(iter(groups.values()))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        _choose_group(groups, group)
        chosen = grids[asked][1] if asked in grids else next(iter(group.grids), None)
        if chosen is not None:
            _choose_table(group, chosen)
        st.page_link(page_of("intake"), label=say("Bring in sheets"))
    show_refused(context.draft)
    if chosen is None:
        show_map(context.scenario)
    else:
        show_grid(context, chosen)


def _choose_group(groups: dict[str, Group], group: Group) -> None:
    lang, key = language(), f"county-group-{'-'.join(groups)}"
    st.segmented_control(
        say("Data"),
        list(groups),
        default=group.code,
        required=True,
        format_func=lambda code: groups[code].title.say(lang),
        key=key,
        label_visibility="collapsed",
        on_change=_open_group,
        args=(key, {g.code: _first(g) for g in groups.values()}),
    )


def _choose_table(group: Group, chosen: Grid) -> None:
    lang, key = language(), f"county-table-{group.code}"
    titles = {grid.name: grid.heading.say(lang) for grid in group.grids}
    st.pills(
        say("Table"),
        list(titles),
        default=chosen.name,
        required=True,
        format_func=titles.__getitem__,
        key=key,
        label_visibility="collapsed",
        on_change=_open_table,
        args=(key,),
    )


def _first(group: Group) -> str:
    return group.grids[0].name if group.grids else group.code


def _open_group(key: str, first: dict[str, str]) -> None:
    session.set_address("table", first[st.session_state[key]])


def _open_table(key: str) -> None:
    session.set_address("table", st.session_state[key])
