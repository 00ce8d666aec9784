"""Presets: which one the rules are compared with, and taking one over."""

from __future__ import annotations

import streamlit as st

from allocator.scenario import Preset, presets
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.rule_filter import other_than
from allocator.ui.problems import plain


def show_presets(draft: Draft) -> Preset | None:
    """Choose a preset to compare with, and take it over; gives the one compared with."""
    staffing = draft.scenario.staffing
    if staffing is None:
        return None
    lang, known = language(), {p.name: p for p in presets()}
    key = f"preset-{draft.key}"
    if key not in st.session_state:
        st.session_state[key] = staffing.preset if staffing.preset in known else None
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="presets"):
        chosen: str | None = st.selectbox(
            say("Preset to compare with"),
            [None, *known],
            format_func=lambda n: say("no preset") if n is None else known[n].title.say(lang),
            key=key,
            filter_mode=None,
            width=360,
        )
        if chosen is None:
            return None
        base = known[chosen]
        differs = len(other_than(draft.scenario, base))
        st.button(
            say("Take over this preset"),
            key="take-preset",
            disabled=differs == 0 and staffing.preset == base.name,
            on_click=_take,
            args=(draft.key, base.name, list(base.goals)),
            help=say("Replaces all staffing rules and their order of goals; it can be undone."),
        )
        with st.popover(say("Where its numbers come from"), type="tertiary"):
            st.markdown("\n".join(f"- {plain(note.say(lang))}" for note in base.notes))
        if differs:
            st.caption(say("{number} staffing rules differ from it", number=differs))
        else:
            st.caption(say("The staffing rules are those of this preset."))
    return base


def _take(key: str, name: str, goals: list[str]) -> None:
    session.edit(key, lambda d: d.with_edit(Edit("preset", ("staffing",), name)))
    if goals:
        session.edit(key, lambda d: d.with_edit(Edit("goals", ("staffing",), goals)))
    session.raise_revision()
