"""The few settings that go with a table, each a control of its own."""

from __future__ import annotations

import streamlit as st

from allocator.records.fields import Field
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
            _control(about, key, (draft.key, name, column, key))


def _control(about: Field, key: str, args: tuple[str, str, str, str]) -> None:
    label = about.title.say(language())
    if about.kind in ("whole", "number"):
        step = 1 if about.kind == "whole" else 0.1
        st.number_input(label, key=key, step=step, on_change=_set, args=args)
    elif about.long:
        st.text_area(label, key=key, on_change=_set, args=args)
    else:
        st.text_input(label, key=key, on_change=_set, args=args)


def _set(draft_key: str, name: str, column: str, key: str) -> None:
    value = table(name).fields[column].meant(st.session_state[key])
    session.edit(draft_key, lambda d: d.with_edit(Edit("cell", (name, name, column), value)))
