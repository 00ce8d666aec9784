"""The few things the theme cannot say: wording of fixed English words, spacing."""

from __future__ import annotations

import streamlit as st

from allocator.ui.language import language

_ALWAYS = """
[data-testid="InputInstructions"] { display: none; }
[data-testid="stMainBlockContainer"] { padding-top: 2.2rem; padding-bottom: 3rem; max-width: 1500px; }
[data-testid="stSidebarUserContent"] { padding-top: 0.5rem; }
.st-key-charts [data-testid="stElementToolbar"] { display: none; }
[data-testid="stMetricValue"] { font-size: 1.7rem; }
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
