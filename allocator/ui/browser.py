"""What the browser does by itself: Chinese for the library's fixed words, chunks loaded ahead."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import streamlit as st

from allocator.modelling import Language
from allocator.ui.language import language
from allocator.ui.logic.browser_words import PATTERNS, WORDS

_AHEAD = (
    "NumberInput",
    "Selectbox",
    "TextInput",
    "ButtonGroup",
    "PageLink",
    "Metric",
    "Checkbox",
    "DownloadButton",
    "DataFrame",
    "Multiselect",
    "EChartsChart",
    "ArrowVegaLiteChart",
    "FileUploader",
)
"""Pieces of the library that the first visit of a page would wait for, most needed first."""

_SCRIPT = (Path(__file__).parent / "browser.js").read_text("utf-8")


def help_browser() -> None:
    """Hand the browser its script; the same one on every page, so that it runs once."""
    with st.sidebar, st.container(key="browser"):
        st.html(_page(language()), unsafe_allow_javascript=True)


@cache
def _page(lang: Language) -> str:
    told = {"lang": lang, "words": WORDS, "patterns": PATTERNS, "ahead": _chunks()}
    # "<" would end the script where a word held a tag.
    data = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return f"<script>({_SCRIPT.strip().removesuffix(';')})({data});</script>"


def _chunks() -> list[str]:
    """The files of the pieces, as this version of the library names them; missing ones not."""
    folder = Path(st.__file__).parent / "static" / "static"
    found = [path for name in _AHEAD for path in sorted(folder.glob(f"*/{name}.*.[jc]s*"))]
    return [
        f"../{path.parent.name}/{path.name}" for path in found if path.suffix in (".js", ".css")
    ]
