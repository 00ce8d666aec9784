"""The widget of a control, whatever the control belongs to."""

from __future__ import annotations

from typing import Any

import streamlit as st

from allocator.ui.language import language
from allocator.ui.logic.controls import Control


def draw(control: Control, value: Any, **common: Any) -> None:
    """The widget of a control. Its range is said, not enforced: a refused value must be told.

    Parameters
    ----------
    common
        What every widget takes: key, callback, help.
    """
    lang = language()
    label = control.label(lang)
    if control.numeric:
        whole = control.kind == "whole"
        st.number_input(
            label, value=value, step=control.step, format="%d" if whole else "%g", **common
        )
    elif control.kind == "choice":
        st.selectbox(
            label,
            control.options,
            index=control.options.index(value) if value in control.options else None,
            format_func=lambda v: control.word(v, lang),
            filter_mode=None,
            **common,
        )
    elif control.kind == "choices":
        st.pills(
            label,
            control.options,
            default=value,
            selection_mode="multi",
            format_func=lambda v: control.word(v, lang),
            **common,
        )
    elif control.kind == "text":
        st.text_input(label, value=value, **common)
    else:
        st.toggle(label, value=value, **common)
