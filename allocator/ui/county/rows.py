"""Adding a row by a form, and taking rows away that were chosen."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from allocator.county.county import County
from allocator.records.fields import Field
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic.county_tables import Grid, grid
from allocator.ui.logic.county_tables.grid import worded
from allocator.ui.logic.county_tables.rows import added, removed
from allocator.ui.logic.draft import Draft
from allocator.ui.problems import plain

_COLUMNS = 4
"""Columns by which a row is told when it is to be removed, beside its code."""
_TALL = 420


def show_row_actions(draft: Draft, chosen: Grid, frame: pd.DataFrame) -> None:
    """Buttons that open the dialogs; nothing where rows come from elsewhere."""
    if chosen.form is None:
        return
    if st.button(say("Add a row"), key=f"add-{chosen.name}"):
        st.dialog(say("Add a row"), width="medium")(_add)(draft.key, chosen.name)
    if not frame.empty and st.button(say("Remove rows"), key=f"remove-{chosen.name}"):
        st.dialog(say("Remove rows"), width="large")(_remove)(draft.key, chosen.name, frame)


def _add(draft_key: str, name: str) -> None:
    """The form of a new row."""
    chosen, county, lang = grid(name), session.held(draft_key).scenario.county, language()
    form = chosen.form
    if form is None:
        return
    first = form.first(county)
    with st.form(f"form-{name}", border=False):
        sides, answers = st.columns(2), {}
        for n, (code, about) in enumerate(form.fields.items()):
            with sides[n % 2]:
                raw = _asked(about, county, first.get(code), f"new-{name}-{code}")
                answers[code] = about.meant(raw)
        sent = st.form_submit_button(say("Add"), type="primary")
    if not sent:
        return
    draft, problem = added(session.held(draft_key), chosen, answers, lang)
    if problem:
        st.error(plain(problem))
        return
    session.put(draft)
    session.raise_revision()
    st.rerun()


def _asked(about: Field, county: County, first: Any, key: str) -> Any:
    """The control of one field of the form."""
    label = about.title.say(language())
    helped = None if about.help is None else about.help.say(language())
    if about.kind == "flag":
        return st.checkbox(label, key=key, help=helped)
    if about.kind == "whole":
        return st.number_input(label, value=None, step=1, key=key, help=helped)
    if about.kind in ("number", "percent"):
        return st.number_input(label, value=None, step=None, key=key, help=helped, format="%g")
    if about.kind in ("choice", "choices") and not about.typed:
        known = about.options(county, language())
        if about.kind == "choices":
            return st.multiselect(label, list(known), format_func=known.__getitem__, key=key,
                                  placeholder="", help=helped, select_all=False,)  # fmt: skip
        return st.selectbox(label, list(known), index=None, format_func=known.__getitem__,
                            key=key, placeholder="", help=helped)  # fmt: skip
    hint = "YYYY-MM" if about.kind == "month" else None
    return st.text_input(label, value=first or "", placeholder=hint, key=key, help=helped)


def _remove(draft_key: str, name: str, frame: pd.DataFrame) -> None:
    """Rows to choose from, and the button that takes them away."""
    chosen, county = grid(name), session.held(draft_key).scenario.county
    columns = [c for c in frame.columns if c != "id"][:_COLUMNS]
    columns += [c for c in frame.columns if c == "id"]
    shown = worded(chosen, frame[columns], county, language())
    st.caption(say("Tick the rows to be removed; undo brings them back."))
    if chosen.table == "teachers":
        text = "What is recorded of a teacher goes along: rankings, appointments, kinship, lots."
        st.caption(say(text))
    found: Any = st.dataframe(
        shown,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height=min(_TALL, 35 * (len(shown) + 1) + 2),
        placeholder="",
        key=f"choose-{name}",
    )
    rows = [str(frame.index[n]) for n in found["selection"]["rows"] if n < len(frame)]
    label = say("Remove {number} rows", number=len(rows))
    if not st.button(label, type="primary", disabled=not rows, key=f"really-{name}"):
        return
    draft, problems = removed(session.held(draft_key), chosen, rows, language())
    session.put(draft)
    session.raise_revision()
    if problems:
        st.error("\n".join(f"- {plain(p)}" for p in problems))
        return
    st.rerun()
