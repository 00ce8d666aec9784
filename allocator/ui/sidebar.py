"""The sidebar: language, which scenario, bringing one in, recent runs."""

from __future__ import annotations

import streamlit as st

from allocator.county.frozen import DataError
from allocator.ui import session
from allocator.ui.language import language, say, switch
from allocator.ui.logic import library, runs
from allocator.ui.logic.library import Entry
from allocator.ui.problems import show_problems


def show_sidebar(entry: Entry | None) -> None:
    """Everything that chooses what the page is about."""
    with st.sidebar:
        switch()
        if entry is not None:
            _choose(entry)
        _bring_in()
        _recent()


def _choose(entry: Entry) -> None:
    listed = {e.key: e for e in library.entries()}
    own = say("mine")
    key = "scenario"
    if st.session_state.get(key) != entry.key:
        st.session_state[key] = entry.key
    st.selectbox(
        say("Scenario"),
        list(listed),
        format_func=lambda k: (
            f"{own} · {listed[k].title}" if listed[k].origin == "own" else listed[k].title
        ),
        key=key,
        filter_mode=None,
        on_change=lambda: session.open_scenario(st.session_state[key]),
    )


def _bring_in() -> None:
    with st.expander(say("Bring in a scenario file (JSON)")):
        key = f"upload{st.session_state.get('uploads', 0)}"
        st.file_uploader(
            say("Scenario file (JSON)"),
            type="json",
            key=key,
            label_visibility="collapsed",
            on_change=_uploaded,
            args=(key,),
        )
        show_problems(st.session_state.get("upload_problems", ()))


def _uploaded(key: str) -> None:
    """Keep an uploaded file among the person's own scenarios and open it."""
    st.session_state["upload_problems"] = ()
    file = st.session_state.get(key)
    if file is None:
        return
    try:
        entry = library.bring_in(file.getvalue(), file.name)
    except DataError as error:
        st.session_state["upload_problems"] = error.problems
        return
    st.session_state["uploads"] = st.session_state.get("uploads", 0) + 1
    session.open_scenario(entry.key)
    st.toast(say("Brought in: {title}", title=entry.title))


def _recent() -> None:
    found = runs.recent(8)
    if not found:
        return
    known = {e.key for e in library.entries()}
    with st.expander(say("Recent runs")):
        for run in found:
            state = runs.STATE[run.job.state].say(language())
            st.button(
                f"{run.asked:%m-%d %H:%M} {run.title}（{state}）",
                key=f"run-{run.job.id}",
                type="tertiary",
                disabled=run.key not in known,
                on_click=_open_run,
                args=(run.key, run.job.id),
            )


def _open_run(key: str, job_id: str) -> None:
    session.open_scenario(key)
    session.set_address("run", job_id)
