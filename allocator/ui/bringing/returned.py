"""Eligibility lists that schools sent back: what they correct, taken over as one edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from allocator.files.forms.returned import Returned, changes_table, read_returned
from allocator.scenario import Scenario
from allocator.ui import session
from allocator.ui.bringing.held import KINDS
from allocator.ui.frame import Context
from allocator.ui.language import language, say
from allocator.ui.links import page_of
from allocator.ui.logic.bringing_in import opened, returned_edit
from allocator.ui.logic.kept_edits import fresh_id
from allocator.ui.problems import plain, show_problems
from allocator.ui.results.grids import show_table

_HELD, _ROUND, _TAKEN = "returned", "returned-round", "returned-taken"
_SHOWN = (
    "school", "name", "teacher", "standing_now", "reason_now", "corrected_to", "corrected_ground",
    "note", "confirmed_by", "found_in",
)  # fmt: skip
_NAMED = 8
"""Schools named whose lists are missing."""


def show_returned(context: Context) -> None:
    """Files, what they correct, what is wrong with them, whose list is missing."""
    text = (
        "The eligibility lists that schools corrected and sent back, one or several files: what "
        "they correct is shown, then taken over at once."
    )
    st.caption(say(text))
    taken = st.session_state.pop(_TAKEN, None)
    if taken is not None:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(say("{number} corrections are taken over.", number=taken), width="stretch")
            st.page_link(page_of("county"), label=say("Look at the tables"))
    files = st.file_uploader(
        say("Lists sent back (xlsx, xls, ods), one or several"),
        type=list(KINDS),
        accept_multiple_files=True,
        key=f"returned-upload-{st.session_state.get(_ROUND, 0)}",
    )
    if not files:
        st.page_link(page_of("export"), label=say("Write the lists to send out"))
        return
    with st.spinner(say("Reading the files")):
        found, names = _read(files, context.scenario)
    if found is None:
        return
    show_problems(found.problems)
    _schools(context.scenario, found)
    edit_ready = not found.problems and bool(found.lines)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="take"):
        st.button(
            say("Take {number} corrections over", number=len(found.lines)),
            key="take-returned",
            type="primary",
            disabled=not edit_ready,
            on_click=_take,
            args=(context.draft.key, found, names),
        )
        if edit_ready:
            st.caption(say("One edit: Undo takes all of it back."))
    show_table(
        changes_table(context.scenario, found.lines),
        _SHOWN,
        empty=say("The lists agree with what is known: there is nothing to take over."),
    )


def _read(files: Sequence[Any], scenario: Scenario) -> tuple[Returned | None, list[str]]:
    """What the files say, looked up once as long as neither they nor the scenario change."""
    ids = tuple(file.file_id for file in files)
    held = st.session_state.get(_HELD)
    if held is None or held[0] != ids or held[1] is not scenario:
        books, refused = opened([(file.name, file.getvalue()) for file in files])
        found = read_returned(scenario, books) if books else None
        held = st.session_state[_HELD] = (ids, scenario, found, refused, [b.name for b in books])
    show_problems(held[3])
    return held[2], held[4]


def _schools(scenario: Scenario, found: Returned) -> None:
    """How many lists are there, and whose are not."""
    names = {s.id: s.name for s in scenario.county.schools}
    with st.container(horizontal=True, gap="small", key="totals-returned"):
        for title, number in (
            (say("Lists back (schools)"), len(found.schools)),
            (say("Missing (schools)"), len(found.missing)),
            (say("Corrections (people)"), len(found.lines)),
        ):
            st.metric(title, f"{number:,}", width="content")
    if found.missing:
        comma = "、" if language() == "zh" else ", "
        listed = comma.join(names[s] for s in found.missing[:_NAMED])
        if len(found.missing) > _NAMED:
            listed += " " + say("and {number} more", number=len(found.missing) - _NAMED)
        st.caption(plain(say("No list yet from: {schools}", schools=listed)))


def _take(key: str, found: Returned, names: list[str]) -> None:
    edit = returned_edit(fresh_id(), names, found.lines)
    session.edit(key, lambda draft: draft.with_edit(edit))
    session.raise_revision()
    st.session_state[_TAKEN] = len(found.lines)
    st.session_state.pop(_HELD, None)
    st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
