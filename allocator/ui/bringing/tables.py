"""Tables of the bureau: files, what they hold, what is open, what would change, one button."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from allocator.county.frozen import DataError
from allocator.files.intake.proposal import Proposal, remembered
from allocator.ui import session
from allocator.ui.bringing import held
from allocator.ui.bringing.questions import show_questions
from allocator.ui.bringing.sheets import show_sheets
from allocator.ui.bringing.templates import show_templates
from allocator.ui.bringing.told import show_changes, show_report
from allocator.ui.frame import Context
from allocator.ui.language import language, say
from allocator.ui.links import page_of
from allocator.ui.logic import library
from allocator.ui.logic.bringing_in import Bringing, settle, settled_before, settled_number
from allocator.ui.logic.kept_edits import fresh_id
from allocator.ui.problems import show_problems

_FAILED = "bringing-failed"
_SECTION = "bringing-section"
_TAKEN = "bringing-taken"

_SECTIONS: Mapping[str, Callable[[Bringing], None]] = {
    "sheets": show_sheets,
    "questions": show_questions,
    "report": show_report,
    "changes": show_changes,
}


def show_tables(context: Context) -> None:
    """Everything is shown first; one button takes it over."""
    st.caption(
        say(
            "Workbooks and CSV files as the bureau has them: rosters, exchange lists, schools, "
            "senior highs. Everything is shown first; nothing changes before you take it over. "
            "Identity numbers are used to join people and are not kept."
        )
    )
    _just_taken()
    new = _target(context)
    files = st.file_uploader(
        say("Workbooks (xlsx, xls, ods) and CSV files, one or several"),
        type=list(held.KINDS),
        accept_multiple_files=True,
        key=held.uploader(),
    )
    if not files:
        show_templates(context.scenario)
    _settled()
    with st.spinner(say("Reading the files")):
        bringing, refused = held.taken(files or [], None if new else context.scenario)
        if bringing is not None:
            proposal = bringing.proposal
    show_problems(refused)
    show_problems(st.session_state.pop(_FAILED, ()))
    if bringing is None:
        return
    _figures(proposal)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="take"):
        _take(context, bringing, new)
    section = _section(proposal)
    _SECTIONS[section](bringing)


def _target(context: Context) -> bool:
    """Whether the files make a new scenario."""
    words = {
        "open": say("into “{title}”", title=context.scenario.title),
        "new": say("as a new scenario"),
    }
    chosen = st.segmented_control(
        say("Read the files"),
        list(words),
        default="open",
        required=True,
        format_func=words.__getitem__,
        key=held.target_key(language()),
        persist_state="session",
    )
    return chosen == "new"


def _settled() -> None:
    """What is known from earlier files."""
    number = settled_number(settled_before())
    if number:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            text = "{number} headings, sheets and names are known from earlier files."
            st.caption(say(text, number=number))
            st.button(say("Forget them"), key="forget-settled", type="tertiary", on_click=_forget)


def _forget() -> None:
    from allocator.files.intake.mapping import SavedMapping

    settle(SavedMapping())
    held.forgotten()


def _figures(proposal: Proposal) -> None:
    added = sum(len(t.added) for t in proposal.tables)
    changed = sum(t.rows_changed for t in proposal.tables)
    removed = sum(len(t.removed) for t in proposal.tables)
    same = sum(t.unchanged for t in proposal.tables)
    with st.container(horizontal=True, gap="small", key="totals-bringing"):
        for title, number in (
            (say("Problems (cells)"), len(proposal.findings)),
            (say("To confirm (questions)"), len(proposal.questions)),
            (say("Added (rows)"), added),
            (say("Changed (rows)"), changed),
            (say("Removed (rows)"), removed),
            (say("Unchanged (rows)"), same),
        ):
            st.metric(title, f"{number:,}", width="content")


def _section(proposal: Proposal) -> str:
    """The part looked at: what is open first."""
    words = {
        "sheets": say("What was recognised"),
        "questions": say("To confirm ({number})", number=len(proposal.questions)),
        "report": say(
            "Problems ({number})", number=len(proposal.findings) + len(proposal.questions)
        ),
        "changes": say("Changes"),
    }
    first = "report" if proposal.findings else "changes"
    first = "questions" if proposal.questions else first
    chosen: str | None = st.session_state.get(_SECTION)
    if chosen is None or (chosen == "questions" and not proposal.questions):
        st.session_state[_SECTION] = first
    found: Any = st.segmented_control(
        say("View"),
        list(words),
        required=True,
        format_func=words.__getitem__,
        key=_SECTION,
        label_visibility="collapsed",
    )
    return str(found)


def _take(context: Context, bringing: Bringing, new: bool) -> None:
    """The one button, and why it cannot be pressed yet."""
    proposal = bringing.proposal
    ready = not proposal.open and proposal.any
    st.button(
        say("Make the new scenario") if new else say("Take over into the scenario"),
        key="take-over",
        type="primary",
        disabled=not ready or bool(context.draft.wrong),
        on_click=_make if new else _take_over,
        args=() if new else (context.draft.key,),
    )
    if proposal.open:
        text = "First answer the questions and repair the files; a repaired file is uploaded again."
        st.caption(say(text))
    elif ready and not new:
        st.caption(say("One edit: Undo takes all of it back."))


def _take_over(key: str) -> None:
    bringing = held.held()
    try:
        edit = bringing.edit(fresh_id())
    except DataError as error:
        st.session_state[_FAILED] = error.problems
        return
    settle(remembered(bringing.proposal))
    session.edit(key, lambda draft: draft.with_edit(edit))
    session.raise_revision()
    st.session_state[_TAKEN] = [book.name for book in bringing.books]
    held.done()


def _make() -> None:
    bringing = held.held()
    made = bringing.proposal.scenario
    assert made is not None
    try:
        entry = library.keep(made, made.title)
    except (DataError, OSError) as error:
        st.session_state[_FAILED] = error.problems if isinstance(error, DataError) else ()
        return
    settle(remembered(bringing.proposal))
    session.open_scenario(entry.key)
    st.session_state[_TAKEN] = [book.name for book in bringing.books]
    held.done()


def _just_taken() -> None:
    """What to do next, once files were taken over."""
    names = st.session_state.pop(_TAKEN, None)
    if names is None:
        return
    comma = "、" if language() == "zh" else ", "
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="taken"):
        st.markdown(say("Taken over: {files}", files=comma.join(names)), width="stretch")
        st.page_link(page_of("county"), label=say("Look at the tables"))
        st.page_link(page_of("rules"), label=say("Go on to the rules"))
