"""The language of one session: Chinese, or English by a switch."""

from __future__ import annotations

from typing import Any

import streamlit as st

from allocator import words
from allocator.modelling import Language
from allocator.ui import session

KEY = "lang"
"""Name of the switch, in the session and in the address."""


def language() -> Language:
    """The language this session reads."""
    asked = st.session_state.get(KEY) or session.address(KEY)
    return "en" if asked == "en" else "zh"


def say(text: str, **details: Any) -> str:
    """A text of the catalogue in the language of the session."""
    return words.say(text, language(), **details)


def switch() -> None:
    """The switch between the two languages."""
    st.session_state.setdefault(KEY, language())
    st.segmented_control(
        "语言 Language",
        ["zh", "en"],
        required=True,
        format_func={"zh": "中文", "en": "English"}.__getitem__,
        key=KEY,
        label_visibility="collapsed",
        on_change=_remember,
    )


def _remember() -> None:
    session.set_address(KEY, st.session_state[KEY])
