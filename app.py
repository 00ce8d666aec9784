"""Entry of the pages in the browser: ``allocator app`` or ``streamlit run app.py``."""

import streamlit as st

from allocator.ui.pages import show

st.set_page_config(page_title="教师交流与名额分配", layout="wide")
show()
