"""Start: the scenario library, ways to a new scenario, recent runs, the tour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from allocator.county.frozen import DataError
from allocator.insight.vocabulary import PART, Words, word
from allocator.modelling import Text
from allocator.ui import session, tour
from allocator.ui.language import language, say
from allocator.ui.library_list import show_library, with_problems
from allocator.ui.links import go
from allocator.ui.logic import library, runs
from allocator.ui.logic.runs import Run
from allocator.ui.logic.states import latest
from allocator.ui.logic.templates import TEMPLATES, made_from
from allocator.ui.problems import plain, show_problems

_RUNS_READ = 300
_RUNS_SHOWN = 8
_COLOUR: Mapping[str, Literal["green", "red", "gray"]] = {
    "done": "green",
    "failed": "red",
    "cancelled": "gray",
}
_STATE: Words = {
    "starting": Text("启动中", "starting"),
    "running": Text("求解中", "running"),
    "done": Text("已完成", "finished"),
    "failed": Text("未完成", "failed"),
    "cancelled": Text("已取消", "cancelled"),
}


def show_start() -> None:
    """Everything that chooses what the other pages are about; no county is read here."""
    found, listed = runs.recent(_RUNS_READ), library.entries()
    tour.offer(fresh=not found)
    if tour.is_open():
        tour.show_panel()
    else:
        st.button(
            say("Tour of the Cixi example in four clicks"), key="tour-begin", on_click=tour.begin
        )
    show_library(listed, latest(found))
    left, right = st.columns([5, 6], gap="large")
    with left:
        _new()
    with right:
        _recent(found[:_RUNS_SHOWN], {e.key for e in listed})


def _new() -> None:
    st.subheader(say("New scenario"), anchor=False)
    lang = language()
    code = st.radio(
        say("Start from"),
        [t.code for t in TEMPLATES],
        format_func=lambda c: next(t.name.say(lang) for t in TEMPLATES if t.code == c),
        captions=[t.about.say(lang) for t in TEMPLATES],
        key="template",
    )
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        name = next(t.name.say(lang) for t in TEMPLATES if t.code == code)
        st.text_input(say("Name"), placeholder=name, key=f"new-name-{code}", width="stretch")
        if st.button(say("Create"), key="create"):
            with st.spinner(say("Reading the scenario")):
                with_problems(lambda: _create(code, name))
            st.rerun()
    st.markdown(f"**{say('Bring in a scenario file (JSON)')}**")
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
    st.markdown(f"**{say('Or begin with the workbooks of the bureau')}**")
    if st.button(say("Make a scenario from workbooks"), key="from-workbooks"):
        # Reading workbooks takes the better part of a second to load, and the tool opens without.
        from allocator.ui.bringing.held import target_key

        st.session_state[target_key(language())] = "new"
        go("intake")


def _create(code: str, name: str) -> None:
    """Keep a new scenario among the person's own and open it."""
    title = str(st.session_state.get(f"new-name-{code}") or "").strip() or name
    entry = library.keep(made_from(code, title), title)
    session.open_scenario(entry.key)
    go("rules")


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


def _recent(found: Sequence[Run], known: set[str]) -> None:
    st.subheader(say("Recent runs"), anchor=False)
    if not found:
        st.caption(say("Nothing was solved yet: open a scenario and press Solve."))
        return
    for run in found:
        _run(run, run.key in known)


def _run(run: Run, known: bool) -> None:
    parts = run.job.folder.request.parts
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            st.markdown(plain(run.title))
            told = [f"{run.asked:%Y-%m-%d %H:%M}", *(word(PART, p, language()) for p in parts)]
            told.append(say("{number} s", number=f"{run.job.seconds:.0f}"))
            st.caption(plain(" · ".join(told)))
        state = run.job.state
        st.badge(_STATE[state].say(language()), color=_COLOUR.get(state, "blue"))
        label = say("See the result") if run.job.ended else say("Watch")
        gone = None if known else say("The scenario of this run is no longer in the library.")
        if st.button(label, key=f"run-{run.job.id}", disabled=not known, help=gone):
            session.open_scenario(run.key)
            session.set_address("run", run.job.id)
            go("solve")
