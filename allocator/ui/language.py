"""The language of one session: Chinese, or English by a switch."""

from __future__ import annotations

from typing import Any

import streamlit as st

from allocator import words
from allocator.modelling import Language

KEY = "lang"
"""Name of the switch, in the session and in the address."""


def language() -> Language:
    """The language this session reads."""
    return "en" if st.session_state.get(KEY) == "en" else "zh"


def say(text: str, **details: Any) -> str:
    """A text of the catalogue in the language of the session."""
    return words.say(text, language(), **details)


def switch() -> None:
    """The switch between the two languages."""
    st.segmented_control(
        "语言 Language",
        ["zh", "en"],
        default="zh",
        required=True,
        format_func={"zh": "中文", "en": "English"}.__getitem__,
        key=KEY,
        label_visibility="collapsed",
        bind="query-params",
    )
