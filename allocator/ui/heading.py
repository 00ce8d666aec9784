"""The head of the page: what is open, how it stands, and what to do with it."""

from __future__ import annotations

import streamlit as st

from allocator.county.frozen import DataError, Problem
from allocator.files import save, text_of
from allocator.files.naming import file_stem
from allocator.insight.vocabulary import PART, word
from allocator.scenario import PartName
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic import library, runs
from allocator.ui.logic.change_list import told
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.library import Entry
from allocator.ui.logic.runs import Run
from allocator.ui.logic.standing import COLOUR, STANDING, Standing
from allocator.ui.problems import plain, show_problems

_LISTED = 40
"""Changes shown one by one."""


def show_facts(draft: Draft) -> None:
    """Which scenario it is, and the size of the county."""
    county = draft.scenario.county
    facts = [draft.scenario.title, county.name, say("data of {month}", month=county.as_of)]
    facts.append(say("{number} schools", number=f"{len(county.schools):,}"))
    if draft.scenario.staffing is not None:
        facts.append(say("{number} teachers", number=f"{len(county.teachers):,}"))
    if draft.scenario.admission is not None:
        facts.append(say("{number} senior highs", number=len(county.senior_highs)))
    notes = [n for n in (draft.scenario.notes, county.notes) if n]
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="facts"):
        st.caption(plain(" · ".join(facts)), width="content")
        if notes:
            with st.popover(say("About the data"), type="tertiary", width="content"):
                st.markdown(plain("\n\n".join(notes)))


def show_actions(entry: Entry, draft: Draft, how: Standing, *, options: bool = True) -> None:
    """Solve, save, download; and how the scenario stands to its last result.

    Parameters
    ----------
    options
        Whether the options of a run are offered here; one page shows them itself.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="actions"):
        blocked = bool(draft.wrong) or how == "running"
        st.button(
            say("Solve again") if how in ("current", "outdated", "failed") else say("Solve"),
            type="primary",
            key="solve",
            disabled=blocked,
            on_click=_solve,
            args=(draft.key,),
        )
        if options:
            with st.popover(say("Options")):
                show_options(draft)
        if entry.origin == "own":
            st.button(
                say("Save"),
                key="save",
                disabled=bool(draft.wrong) or not draft.edits,
                on_click=_save,
                args=(entry,),
            )
        _save_as(draft)
        _changes(draft)
        st.download_button(
            say("Download scenario (JSON)"),
            data=lambda: text_of(draft.scenario).encode(),
            file_name=f"{file_stem(draft.scenario.title) or 'scenario'}.json",
            mime="application/json",
            key="download-scenario",
            on_click="ignore",
            disabled=bool(draft.wrong),
        )
        _status(how)
    if draft.wrong:
        st.error(say("{number} values cannot be used: correct them first", number=len(draft.wrong)))
    show_problems(st.session_state.pop("start_problems", ()))


def _status(how: Standing) -> None:
    st.badge(STANDING[how].say(language()), color=COLOUR[how])


def _changes(draft: Draft) -> None:
    """Undo, redo, and what differs from the file, each to be taken back alone."""
    st.button(say("Undo"), key="undo", disabled=not draft.history, on_click=_step, args=(
        draft.key, "undo"))  # fmt: skip
    if draft.undone:
        st.button(say("Redo"), key="redo", on_click=_step, args=(draft.key, "redo"))
    if not draft.edits:
        return
    with st.popover(say("{number} changes", number=len(draft.edits)), key="changes"):
        for edit in reversed(draft.edits[-_LISTED:]):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(plain(told(edit, draft, language())), width="stretch")
                st.button(
                    say("Undo"),
                    key="undo-" + "-".join(edit.place),
                    type="tertiary",
                    on_click=_without,
                    args=(draft.key, edit),
                )
        if len(draft.edits) > _LISTED:
            st.caption(say("and {number} more", number=len(draft.edits) - _LISTED))
        st.button(
            say("Undo all changes"), key="discard", on_click=_step, args=(draft.key, "discarded")
        )


def _step(key: str, step: str) -> None:
    session.edit(key, lambda draft: getattr(draft, step)())
    session.raise_revision()


def _without(key: str, edit: Edit) -> None:
    session.edit(key, lambda draft: draft.without(edit))
    session.raise_revision()


def show_options(draft: Draft) -> None:
    """What to solve, and for how long."""
    parts = draft.scenario.parts
    if len(parts) > 1:
        st.segmented_control(
            say("Solve"),
            ["both", *parts],
            default="both",
            required=True,
            format_func=lambda p: say("both parts") if p == "both" else word(PART, p, language()),
            key="part",
        )
    st.number_input(
        say("Time limit (minutes)"),
        min_value=1,
        max_value=24 * 60,
        value=max(1, round(draft.scenario.settings.time_limit / 60)),
        key=f"limit-{draft.key}",
        help=say("When it is over, the best plan so far is kept."),
        width=220,
    )
    if session.walks(draft.scenario) and runs.left_of(draft.key) is not None:
        st.checkbox(
            say("Start from the last run"),
            value=True,
            key=f"warm-{draft.key}",
            help=say(
                "With walking, plan and bound of the last run are taken up where they still hold: "
                "much faster after a small change. Without it the search begins anew."
            ),
        )


def _solve(key: str) -> None:
    start_run(key)


def start_run(key: str) -> Run | None:
    """Start a run of the scenario as it stands; None where it is refused, which is told."""
    draft = session.held(key)
    asked = st.session_state.get("part", "both")
    parts: tuple[PartName, ...] | None = None
    if asked != "both" and asked in draft.scenario.parts:
        parts = (asked,)
    minutes = st.session_state.get(f"limit-{key}")
    limit = 60.0 * minutes if minutes else None
    try:
        earlier = runs.left_of(key) if st.session_state.get(f"warm-{key}", True) else None
        run = runs.begin(draft.scenario, key, parts, limit, earlier)
    except (DataError, OSError) as error:
        _refused(error)
        return None
    session.set_address("run", run.job.id)
    return run


def _refused(error: DataError | OSError) -> None:
    """Keep what went wrong, to be told on the page."""
    if isinstance(error, DataError):
        st.session_state["start_problems"] = error.problems
        return
    text = "the file cannot be read or written ({reason}): check folder, name and rights"
    problem = Problem("", text, {"reason": error.strerror or str(error)})
    st.session_state["start_problems"] = (problem,)


def _save(entry: Entry) -> None:
    draft = session.held(entry.key)
    try:
        save(draft.scenario, entry.path)
    except OSError as error:
        _refused(error)
        return
    session.saved(entry, draft.scenario)
    st.toast(say("Saved: {title}", title=entry.title))


def _save_as(draft: Draft) -> None:
    with st.popover(say("Save as"), disabled=bool(draft.wrong)):
        st.text_input(say("Name"), value=draft.scenario.title, key=f"name-{draft.key}")
        st.button(
            say("Save to my scenarios"),
            key="save-as",
            type="primary",
            on_click=_save_under_name,
            args=(draft.key,),
        )


def _save_under_name(key: str) -> None:
    """Keep the scenario as it stands under a name, and go on in the new one."""
    draft = session.held(key)
    name = str(st.session_state[f"name-{key}"]).strip()
    named = draft.scenario.model_copy(update={"title": name or draft.scenario.title})
    try:
        entry = library.keep(named, name)
    except (DataError, OSError) as error:
        _refused(error)
        return
    session.edit(key, lambda d: d.discarded())
    session.raise_revision()
    session.open_scenario(entry.key)
    st.toast(say("Saved: {title}", title=entry.title))
