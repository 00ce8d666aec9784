"""The page of one scenario: its rules, solving it, its result."""

from __future__ import annotations

import streamlit as st

from allocator.county.frozen import DataError
from allocator.solving import Outcome
from allocator.ui import session, style
from allocator.ui.cards import show_rules
from allocator.ui.downloads import show_downloads
from allocator.ui.heading import show_actions, show_heading
from allocator.ui.language import language, say
from allocator.ui.live import just_ended, show_live
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.library import Entry
from allocator.ui.logic.runs import Run
from allocator.ui.logic.standing import Standing, standing
from allocator.ui.problems import show_problems
from allocator.ui.results import TITLES, show_view, views
from allocator.ui.sidebar import show_sidebar


def show_plan() -> None:
    """The whole page."""
    style.apply()
    entry = session.opened()
    show_sidebar(entry)
    if entry is None:
        st.title(say("Allocator"), anchor=False)
        st.info(say("There is no scenario yet: bring in a scenario file on the left."))
        return
    try:
        with st.spinner(say("Reading the scenario")):
            draft = session.draft_of(entry)
    except DataError as error:
        st.title(entry.title, anchor=False)
        st.markdown(say("This scenario file cannot be used:"))
        show_problems(error.problems)
        return
    _show(entry, draft, session.run_open(entry.key))


def _show(entry: Entry, draft: Draft, run: Run | None) -> None:
    found = session.findings_of(run.job.id) if run is not None and run.job.ended else None
    findings = found if isinstance(found, Findings) else None
    outcome: Outcome | None = findings.outcome if findings is not None else None
    how = standing(draft, run, outcome)
    show_heading(draft)
    show_actions(entry, draft, how)
    if how == "running" and run is not None:
        show_live(run, draft.scenario)
    elif isinstance(found, tuple):
        show_problems(found)
    if just_ended(run) and findings is not None:
        st.session_state[session.VIEW] = session.OVERVIEW
        st.toast(say("The run is over: this is its result."))
    view = _choose_view(findings)
    if view == session.RULES or findings is None or run is None:
        show_rules(draft, findings if how == "current" else None)
    else:
        _show_result(view, findings, run, how)


def _choose_view(findings: Findings | None) -> str:
    """The switch between rules and the views of the result; rules alone need none."""
    listed = (session.RULES, *(views(findings) if findings is not None else ()))
    wanted = st.session_state.get(session.VIEW, st.query_params.get(session.VIEW))
    st.session_state[session.VIEW] = wanted if wanted in listed else session.RULES
    if findings is None:
        return session.RULES
    lang = language()
    chosen: str | None = st.segmented_control(
        say("View"),
        listed,
        required=True,
        format_func=lambda v: say("Rules") if v == session.RULES else TITLES[v].say(lang),
        key=session.VIEW,
        label_visibility="collapsed",
    )
    view = chosen or session.RULES
    st.query_params[session.VIEW] = view
    return view


def _show_result(view: str, findings: Findings, run: Run, how: Standing) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        made = say("Result of {time}", time=f"{run.asked:%Y-%m-%d %H:%M}")
        st.caption(made)
        show_downloads(run, findings)
    if how == "outdated":
        st.warning(say("Rules were changed since this result: it belongs to the earlier settings."))
    show_view(view, findings)
