"""A number of a rule that instant mode moves."""

from __future__ import annotations

import time
from typing import Any

import streamlit as st

from allocator.ui import session
from allocator.ui.language import language
from allocator.ui.logic.controls import told as in_words
from allocator.ui.logic.draft import chosen
from allocator.ui.logic.following import Following
from allocator.ui.logic.instant import Dial
from allocator.ui.problems import plain

FOLLOWING = "instant-following"
MOVED = "instant-moved"


def show_dial(key: str, dial: Dial) -> None:
    """Its slider or field, and why a value cannot be used."""
    lang, control = language(), dial.control
    draft = session.held(key)
    now = chosen(draft.scenario, dial.part, dial.rule).rule
    place = (dial.part, dial.rule.name, control.name)
    wrong = draft.wrong.get(place)
    value = control.shown(getattr(now, control.name)) if wrong is None else wrong.raw
    name = f"instant/{key}/{dial.code}/{session.revision()}"
    common: dict[str, Any] = {
        "label": dial.title(lang),
        "value": value,
        "step": control.step,
        "key": name,
        "on_change": _moved,
        "args": (name, key, dial),
    }
    if control.kind == "percent" and 0 <= value <= 100:
        st.slider(min_value=0.0, max_value=100.0, format="%g %%", **common)
    else:
        st.number_input(format="%d" if control.kind == "whole" else "%g", **common)
    if wrong is not None:
        st.error(plain(in_words(wrong.problem, lang)))


def _moved(name: str, key: str, dial: Dial) -> None:
    raw, lang = st.session_state[name], language()
    held: Following = st.session_state.get(FOLLOWING, Following())
    st.session_state[FOLLOWING] = held.given_up()
    st.session_state[MOVED] = time.monotonic()
    session.edit(key, lambda d: d.with_value(dial.part, dial.rule, dial.control, raw, lang))
