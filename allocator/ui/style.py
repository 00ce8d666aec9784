"""The few things the theme cannot say: wording of fixed English words, spacing."""

from __future__ import annotations

import streamlit as st

from allocator.ui.language import language

_ALWAYS = """
[data-testid="InputInstructions"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 2.2rem 2.5rem 3rem; max-width: 1500px; }
[data-testid="stSidebarUserContent"] { padding-top: 0.5rem; }
[class*="st-key-chart"] [data-testid="stElementToolbar"] { display: none; }
[data-testid="stMetricLabel"] p { white-space: normal; }
"""

_CHINESE = """
[data-testid="stFileUploaderDropzone"] button p,
[data-testid="stFileUploaderDropzone"] button span:not([data-testid="stIconMaterial"]) {
  font-size: 0;
}
[data-testid="stFileUploaderDropzone"] button::after { content: "选择文件"; }
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
"""


def apply() -> None:
    """Lay the style on the page."""
    st.html(f"<style>{_ALWAYS}{_CHINESE if language() == 'zh' else ''}</style>")
