"""One table of the county: totals, filters, the cells themselves, rows just changed."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from allocator.scenario import Scenario
from allocator.ui import session
from allocator.ui.county.columns import column_config
from allocator.ui.county.rows import show_row_actions
from allocator.ui.county.settings import show_settings
from allocator.ui.county.totals import show_totals
from allocator.ui.frame import Context
from allocator.ui.language import language, say
from allocator.ui.logic.county_tables import Grid, grid
from allocator.ui.logic.county_tables.folding import edits_of
from allocator.ui.logic.county_tables.grid import choices_of, filtered, worded

_ROW = 35
"""Height of a row, pixels."""
_TALLEST = 15
"""Rows in sight; a longer table scrolls."""
_FILTER = 130
"""Width of a filter, pixels: five of them stand beside the actions on an office screen."""
_JUST_CHANGED = 5
_HELD = "county-snapshot"
_ALL = ""
"""What a filter holds that leaves every row."""


@dataclass(frozen=True)
class Snapshot:
    """What was handed to the table when it was drawn first; handed in unchanged until it goes."""

    key: str
    whole: pd.DataFrame
    """All rows, for what the filters offer."""
    frame: pd.DataFrame
    """The rows in sight."""

    @property
    def rows(self) -> list[str]:
        """Ids of the rows in sight."""
        return [str(row) for row in self.frame.index]


def show_grid(context: Context, chosen: Grid) -> None:
    """A table with everything around it."""
    draft = context.draft
    st.caption(chosen.about.say(language()))
    show_totals(draft, chosen)
    snapshot = _snapshot(context, chosen)
    if snapshot.whole.empty:
        st.info(chosen.missing.say(language()))
        with st.container(horizontal=True, gap="small"):
            if chosen.settings is not None:
                show_settings(draft, chosen.settings)
            show_row_actions(draft, chosen, snapshot.frame)
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        _filters(context, chosen, snapshot)
        _number(snapshot)
        if chosen.settings is not None:
            show_settings(draft, chosen.settings)
        show_row_actions(draft, chosen, snapshot.frame)
    if snapshot.frame.empty:
        st.info(say("No row fits the filters: choose all again."))
        return
    _editor(context, chosen, snapshot)
    _just_changed(draft.scenario, chosen, snapshot)


def _number(snapshot: Snapshot) -> None:
    number, every = f"{len(snapshot.frame):,}", f"{len(snapshot.whole):,}"
    if number == every:
        st.caption(say("{number} rows", number=number), width="content")
    else:
        st.caption(say("{number} of {all} rows", number=number, all=every), width="content")


def _editor(context: Context, chosen: Grid, snapshot: Snapshot) -> None:
    tall = min(len(snapshot.frame), _TALLEST) + 1
    st.data_editor(
        snapshot.frame,
        key=snapshot.key,
        hide_index=True,
        num_rows="fixed",
        height=_ROW * tall + 2,
        column_config=column_config(chosen, snapshot.frame, context.scenario.county, language()),
        placeholder="",
        on_change=_fold,
        args=(context.draft.key, chosen.name, snapshot.key),
        alt=chosen.heading.say(language()),
    )


def _fold(draft_key: str, name: str, key: str) -> None:
    """Take what was typed since last time into the draft."""
    held = st.session_state.get(_HELD)
    if not isinstance(held, Snapshot) or held.key != key:
        return
    now = copy.deepcopy(dict(st.session_state[key].get("edited_rows", {})))
    before = st.session_state.get(f"{_HELD}-seen", {}).get(key, {})
    made = edits_of(grid(name), held.rows, before, now)
    st.session_state[f"{_HELD}-seen"] = {key: now}
    if made:
        session.edit(draft_key, lambda draft: draft.with_each(made))


def _snapshot(context: Context, chosen: Grid) -> Snapshot:
    """The frame of the table, made anew only where the table itself is drawn anew."""
    lang, scenario = language(), context.scenario
    picked = {c: _picked(context, chosen, c) for c in chosen.filters}
    text = str(_state(context, chosen, "search") or "")
    marked = bool(_state(context, chosen, "marked"))
    key = "|".join(
        [
            "table", context.draft.key, chosen.name, lang, str(session.revision()),
            str(context.entry.version), *(str(v) for v in picked.values()), text, str(marked),
        ]
    )  # fmt: skip
    held = st.session_state.get(_HELD)
    if isinstance(held, Snapshot) and held.key == key and key in st.session_state:
        return held
    whole = _whole(context.scenario, chosen)
    frame = filtered(chosen, whole, picked, text, scenario.county, lang, marked=marked)
    made = Snapshot(key, whole, frame)
    st.session_state[_HELD] = made
    return made


def _whole(scenario: Scenario, chosen: Grid) -> pd.DataFrame:
    """All rows of a table, made once as long as the county is the same."""
    made: dict[str, Any] = st.session_state.setdefault(f"{_HELD}-whole", {})
    lang, held = language(), made.get(chosen.name)
    if held is not None and held[0] is scenario.county and held[1:3] == (lang, scenario.parts):
        found: pd.DataFrame = held[3]
        return found
    frame = chosen.frame(scenario, lang)
    made[chosen.name] = (scenario.county, lang, scenario.parts, frame)
    return frame


def _key(context: Context, chosen: Grid, what: str) -> str:
    return f"filter-{context.draft.key}-{chosen.name}-{what}"


def _state(context: Context, chosen: Grid, what: str) -> Any:
    return st.session_state.get(_key(context, chosen, what))


def _picked(context: Context, chosen: Grid, column: str) -> Any:
    return _state(context, chosen, column) or None


def _filters(context: Context, chosen: Grid, snapshot: Snapshot) -> None:
    """Filters, each offering what the earlier ones leave."""
    lang, county = language(), context.scenario.county
    everything, left = say("all"), snapshot.whole
    for column in chosen.filters:
        offered = choices_of(chosen, left, column, county, lang)
        key = _key(context, chosen, column)
        if st.session_state.get(key) not in (None, _ALL, *offered):
            st.session_state[key] = _ALL
            st.rerun()
        words = {_ALL: everything, **offered}
        picked = st.selectbox(
            chosen.about_column(column).title.say(lang),
            list(words),
            format_func=words.__getitem__,
            key=key,
            persist_state="session",
            width=_FILTER,
        )
        left = filtered(chosen, left, {column: picked or None}, "", county, lang)
    if chosen.search:
        names = " / ".join(chosen.about_column(c).title.say(lang) for c in chosen.search)
        st.text_input(
            say("Search"),
            key=_key(context, chosen, "search"),
            placeholder=names,
            persist_state="session",
            width=_FILTER,
        )
    if chosen.marked:
        st.toggle(
            chosen.marked_text.say(lang),
            key=_key(context, chosen, "marked"),
            persist_state="session",
        )


def _just_changed(scenario: Scenario, chosen: Grid, snapshot: Snapshot) -> None:
    """Rows changed in the table above, with what is computed of them as it stands now."""
    seen = st.session_state.get(f"{_HELD}-seen", {}).get(snapshot.key, {})
    rows = [snapshot.rows[n] for n in list(seen)[-_JUST_CHANGED:] if n < len(snapshot.rows)]
    if not rows or not chosen.extra:
        return
    frame = chosen.frame(scenario, language(), rows)
    frame = frame.loc[[row for row in rows if row in frame.index]]
    st.markdown(f"**{say('Rows just changed, with their figures as they stand now')}**")
    st.dataframe(
        worded(chosen, frame, scenario.county, language()), hide_index=True, placeholder=""
    )
