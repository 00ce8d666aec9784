"""What one browser window has open: scenario, edits, run. Its address brings all of it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import streamlit as st

from allocator.county.frozen import DataError, Problem
from allocator.files import load
from allocator.scenario import PARTS, PartName, Scenario
from allocator.staffing.walking.able import walking_rule
from allocator.ui.logic import kept_edits, library, runs
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.heads import head, version_of
from allocator.ui.logic.library import Entry
from allocator.ui.logic.runs import Run

if TYPE_CHECKING:
    # Loaded when a result is looked at: tables and workbooks take a second, and the tool opens
    # without any.
    from allocator.ui.logic.findings import Findings
    from allocator.ui.logic.staffing_views import Measured

FIRST = "bundled/cixi-2020"
"""Opened where nothing else is asked for."""
_ADDRESS = ("lang", "scenario", "run")
"""Parts of the address beside the name of the window."""


def address(name: str) -> str | None:
    """A part of the address; another page of the tool starts without it, so it is kept here."""
    given: str | None = st.query_params.get(name)
    if given is None:
        given = st.session_state.get(f"address-{name}")
        if given is not None:
            st.query_params[name] = given
    else:
        st.session_state[f"address-{name}"] = given
    return given


def set_address(name: str, value: str | None) -> None:
    """Change a part of the address, None takes it out."""
    if value is None:
        st.query_params.pop(name, None)
        st.session_state.pop(f"address-{name}", None)
    elif address(name) != value:
        st.query_params[name] = st.session_state[f"address-{name}"] = value


def keep_address() -> None:
    """Put the whole address back after a page change: a reload then brings everything again."""
    window()
    for name in _ADDRESS:
        address(name)


def opened() -> Entry | None:
    """The scenario file that is open; None only where there is none at all."""
    listed = library.entries()
    known = {entry.key: entry for entry in listed}
    asked = address("scenario")
    entry = known.get(asked or "") or known.get(FIRST) or next(iter(listed), None)
    if asked is not None and asked not in known:
        st.session_state["gone"] = True
    if entry is not None:
        set_address("scenario", entry.key)
    return entry


def parts_open() -> tuple[PartName, ...]:
    """The parts of the scenario that is open, told by its file; no edit adds one."""
    entry = opened()
    return PARTS if entry is None else entry.head.parts


def walking_open() -> bool:
    """Whether teachers may walk in the scenario that is open as it stands, or in its result.

    A file that this window has not read yet speaks for itself.
    """
    entry = opened()
    if entry is None or "staffing" not in entry.head.parts:
        return False
    draft = draft_held(entry)
    if entry.head.walks if draft is None else walks(draft.scenario):
        return True
    run = run_open(entry.key)
    if run is None or not run.job.ended:
        return False
    try:
        path = run.job.folder.scenario
        return head(path, version_of(path)).walks
    except OSError:
        return False


def walks(scenario: Scenario) -> bool:
    """Whether teachers may walk in a scenario."""
    return walking_rule(scenario.configured("staffing")) is not None


def open_scenario(key: str) -> None:
    """Open another scenario; edits of this one stay where they are."""
    set_address("scenario", key)
    set_address("run", None)


def window() -> str:
    """The name of this browser window, in its address."""
    name = address("draft")
    if name is None or not kept_edits.is_id(name):
        name = kept_edits.fresh_id()
        set_address("draft", name)
    return name


@st.cache_resource(max_entries=8, show_spinner=False)
def scenario_in(path: str, version: tuple[int, int]) -> Scenario:
    """A scenario file, read once as long as it stays as it is."""
    del version
    return load(path)


def draft_of(entry: Entry) -> Draft:
    """The scenario of a file with the edits of this window.

    Raises
    ------
    DataError
        With everything that is wrong with the file.
    """
    drafts: dict[str, tuple[tuple[int, int], Draft]] = st.session_state.setdefault("drafts", {})
    version = entry.version
    held = drafts.get(entry.key)
    if held is not None and held[0] == version:
        return held[1]
    saved = scenario_in(str(entry.path), version)
    fresh = kept_edits.take_up(window(), Draft(entry.key, saved, saved))
    drafts[entry.key] = (version, fresh)
    return fresh


def draft_held(entry: Entry) -> Draft | None:
    """The draft of a scenario if this window has read it already."""
    drafts: dict[str, tuple[tuple[int, int], Draft]] = st.session_state.get("drafts", {})
    held = drafts.get(entry.key)
    return held[1] if held is not None and held[0] == entry.version else None


def put(draft: Draft) -> None:
    """Take an edit: it stands on the page and is written down."""
    drafts = st.session_state["drafts"]
    drafts[draft.key] = (drafts[draft.key][0], draft)
    kept_edits.write_down(window(), draft)


def held(key: str) -> Draft:
    """The draft of a scenario that is open already; for callbacks."""
    drafts: dict[str, tuple[tuple[int, int], Draft]] = st.session_state["drafts"]
    return drafts[key][1]


def saved(entry: Entry, scenario: Scenario) -> None:
    """The file now holds what stood on the page: nothing differs from it any more."""
    draft = Draft(entry.key, scenario, scenario)
    st.session_state["drafts"][entry.key] = (entry.version, draft)
    kept_edits.write_down(window(), draft)


def edit(key: str, change: Callable[[Draft], Draft]) -> None:
    """Edit the draft of a scenario; for the callbacks of controls."""
    put(change(held(key)))


def revision() -> int:
    """Part of every control's key: controls read the draft anew once it is raised."""
    return int(st.session_state.get("revision", 0))


def raise_revision() -> None:
    """Make all controls read the draft anew."""
    st.session_state["revision"] = revision() + 1


def run_open(key: str) -> Run | None:
    """The run this window looks at: the one in its address, else the scenario's last."""
    run = runs.run_of(address("run"))
    if run is None or run.key != key:
        run = runs.latest_of(key)
    set_address("run", None if run is None else run.job.id)
    if run is not None:
        run.job.folder.is_seen()
    return run


@st.cache_resource(max_entries=6, show_spinner=False)
def findings_of(job_id: str) -> Findings | tuple[Problem, ...]:
    """What came of a run that is over, or why there is nothing."""
    run = runs.run_of(job_id)
    if run is None:
        return (Problem("", "this run is no longer there: solve again"),)
    try:
        outcome = run.job.result()
        path = run.job.folder.scenario
        from allocator.ui.logic.findings import Findings

        return Findings(load(path), outcome)
    except DataError as error:
        return error.problems


def measured(draft: Draft) -> Measured:
    """The county of a draft as it is, looked up once as long as nothing is edited."""
    return measured_of(draft.scenario)


@st.cache_resource(max_entries=4, show_spinner=False, hash_funcs={Scenario: id})
def measured_of(scenario: Scenario) -> Measured:
    """The county of a scenario as it is; kept with the scenario, so no other takes its place."""
    from allocator.ui.logic.staffing_views import Measured

    return Measured(scenario)
