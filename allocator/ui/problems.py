"""Problems told in plain words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from allocator.county.frozen import Problem
from allocator.ui.language import language, say
from allocator.words import tell

_SHOWN = 20
"""Problems told on the page; a broken file may have thousands."""


def show_problems(problems: Sequence[Problem]) -> None:
    """A box with one line a problem; nothing where there is none."""
    if not problems:
        return
    lines = [f"- {plain(tell(p, language()))}" for p in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        lines.append(f"- {say('and {number} more', number=len(problems) - _SHOWN)}")
    st.error("\n".join(lines))


def plain(text: str) -> str:
    """A text that Markdown leaves as it is."""
    for mark in "\\`*_[]<>$~#|":
        text = text.replace(mark, f"\\{mark}")
    return text
