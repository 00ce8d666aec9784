"""The pages, in the order of the navigation. A new page adds one line here."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from allocator.ui.pages.plan import show_plan


def pages() -> Sequence[st.Page]:
    """Every page of the tool."""
    return [st.Page(show_plan, title="教师交流与名额分配", url_path="plan", default=True)]
