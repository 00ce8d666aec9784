"""The few settings that go with a table, each a number of its own."""

from __future__ import annotations

import streamlit as st

from allocator.records.tables import table
from allocator.ui import session
from allocator.ui.language import language
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit


def show_settings(draft: Draft, name: str) -> None:
    """The fields of a table of one row."""
    held, lang = table(name), language()
    with st.popover(held.title.say(lang), key=f"settings-{name}"):
        for column, about in held.fields.items():
            key = f"{name}-{column}-{draft.key}-{session.revision()}"
            value = held.cell(draft.scenario.county, name, column)
            if key not in st.session_state:
                st.session_state[key] = value
            st.number_input(
                about.title.say(lang),
                key=key,
                step=1 if about.kind == "whole" else 0.1,
                on_change=_set,
                args=(draft.key, name, column, key),
            )


def _set(draft_key: str, name: str, column: str, key: str) -> None:
    value = table(name).fields[column].meant(st.session_state[key])
    session.edit(draft_key, lambda d: d.with_edit(Edit("cell", (name, name, column), value)))
