"""The way to the files of a result: the form of a list of persons is asked for there."""

from __future__ import annotations

import streamlit as st

from allocator.ui.language import say


def link_to_export() -> None:
    """A link to the page where files are taken away."""
    # The pages import this module: the page is looked up when the link is drawn.
    from allocator.ui.pages import registered

    st.page_link(registered("export"), label=say("Take files away"))
