"""The few things the theme cannot say: wording of fixed English words, spacing."""

from __future__ import annotations

import streamlit as st

from allocator.ui.language import language

_ALWAYS = """
[data-testid="InputInstructions"] { display: none; }
[class*="st-key-browser"] { display: none; }
[data-testid="stMainBlockContainer"] { padding: 2.2rem 2.5rem 3rem; max-width: 1500px; }
[data-testid="stSidebarUserContent"] { padding-top: 0.5rem; }
[class*="st-key-chart"] [data-testid="stElementToolbar"] { display: none; }
[data-testid="stMetricLabel"] p { white-space: normal; word-break: keep-all; }
[data-testid="stMarkdownContainer"] th { word-break: keep-all; }
[class*="st-key-totals-"] [data-testid="stMetricValue"] { font-size: 1.2rem; }
[class*="st-key-totals-"] [data-testid="stMetricDelta"] { font-size: 0.85rem; }
[class*="st-key-about-"] button p { font-size: 1.12rem; }
[class*="st-key-dials-"] [data-testid="stButtonGroup"] > div { flex-wrap: wrap; }
[data-testid="stPopoverButton"][kind="tertiary"][aria-expanded="true"] { color: inherit; }
[class*="st-key-card-"] [class*="st-key-about-"] button { padding-left: 0; }
"""

_UPLOAD = '[data-testid="stFileUploaderDropzone"] button[kind="secondary"]'
_CHINESE = f"""
{_UPLOAD} p {{ font-size: 0; }}
{_UPLOAD} p::after {{ content: "选择文件"; font-size: 0.95rem; }}
[data-testid="stFileUploaderDropzoneInstructions"] {{ display: none; }}
"""


def apply() -> None:
    """Lay the style on the page, in a hidden place of the sidebar.

    Style alone would be put where short notes go: the first note of a piece of the page that is
    drawn by itself takes that place, and the page lost its style.
    """
    with st.sidebar, st.container(key="browser-style"):
        st.html(f"<i></i><style>{_ALWAYS}{_CHINESE if language() == 'zh' else ''}</style>")
