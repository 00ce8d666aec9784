"""The sidebar: language, and which scenario is open."""

from __future__ import annotations

import streamlit as st

from allocator.ui.language import say, switch
from allocator.ui.links import page_of
from allocator.ui.logic.library import Entry
from allocator.ui.problems import plain


def show_sidebar(entry: Entry | None, *, choosing: bool) -> None:
    """What all pages are about, and the way to another scenario.

    Parameters
    ----------
    choosing
        Whether the page below is the one where scenarios are chosen.
    """
    with st.sidebar:
        switch()
        if entry is None:
            return
        about = entry.head
        with st.container(gap=None, key="opened"):
            st.caption(say("Open scenario"))
            st.markdown(f"**{plain(about.title)}**")
            st.caption(plain(about.county))
            if about.as_of:
                st.caption(say("data of {month}", month=about.as_of))
        if not choosing:
            st.page_link(page_of("start"), label=say("Open another one"))
