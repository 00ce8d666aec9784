"""Going from one page to another."""

from __future__ import annotations

from typing import NoReturn

import streamlit as st


def page_of(code: str) -> st.Page:
    """A page of the navigation."""
    from allocator.ui.pages import registered

    return registered(code)


def go(code: str) -> NoReturn:
    """Leave this page for another one."""
    st.switch_page(page_of(code))
