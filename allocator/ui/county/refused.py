"""What was typed into tables and cannot be used, each with its repair."""

from __future__ import annotations

import streamlit as st

from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic.county_tables.folding import refusal, refused
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Place
from allocator.ui.problems import plain

_SHOWN = 8


def show_refused(draft: Draft) -> None:
    """A list of cells that cannot be used yet; the scenario keeps their last good values."""
    wrong = refused(draft)
    if not wrong:
        return
    with st.container(border=True, key="refused"):
        st.markdown(f"**{say('These cells cannot be used yet; the earlier values stand')}**")
        for n, (where, what) in enumerate(list(wrong.items())[:_SHOWN]):
            cell, reason = refusal(where, what, draft, language())
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"{plain(cell)}  \n:red[{plain(reason)}]", width="stretch")
                st.button(
                    say("Keep the earlier value"),
                    key=f"drop-{n}-{'-'.join(where)}",
                    type="tertiary",
                    on_click=_drop,
                    args=(draft.key, where),
                )
        if len(wrong) > _SHOWN:
            st.caption(say("and {number} more", number=len(wrong) - _SHOWN))


def _drop(key: str, where: Place) -> None:
    session.edit(key, lambda draft: draft.dropping(where))
    session.raise_revision()
