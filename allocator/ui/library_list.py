"""The scenario library as a list: one line a scenario, with everything that can be done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from allocator.county.frozen import DataError, Problem
from allocator.files import text_of
from allocator.files.naming import file_stem
from allocator.insight.vocabulary import PART, word
from allocator.modelling import Text
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.links import go
from allocator.ui.logic import kept_edits, library, trash
from allocator.ui.logic.library import Entry
from allocator.ui.logic.runs import Run
from allocator.ui.logic.standing import COLOUR, IN_SHORT, Standing
from allocator.ui.logic.states import state_of
from allocator.ui.problems import plain, show_problems

_WIDTHS = (4.8, 2.5, 1.4, 2.0, 2.8, 2.8)
_HEADINGS = (
    Text("名称", "Name"),
    Text("县域", "County"),
    Text("数据年月", "Data of"),
    Text("最近修改", "Last change"),
    Text("结果", "Result"),
)
_PROBLEMS = "library_problems"
_DELETED = "deleted"
"""In the session: what was deleted last, for the undo button."""


def show_library(listed: Sequence[Entry], latest: Mapping[str, Run]) -> None:
    """The person's own scenarios, then those that come with the tool."""
    _undo()
    show_problems(st.session_state.pop(_PROBLEMS, ()))
    unsaved = kept_edits.counted(session.window())
    open_key = session.address("scenario")
    own = [e for e in listed if e.origin == "own"]
    with st.container(border=True, key="library", gap="small"):
        _headings()
        _group(say("My scenarios"))
        if not own:
            st.caption(say("None yet: duplicate one below, start a new one, or bring in a file."))
        for entry in own:
            _line(entry, latest.get(entry.key), unsaved.get(entry.key, 0), entry.key == open_key)
        _group(say("Bundled examples"))
        for entry in listed:
            if entry.origin == "bundled":
                held = latest.get(entry.key), unsaved.get(entry.key, 0)
                _line(entry, *held, entry.key == open_key)
    _trash()


def _headings() -> None:
    for column, head in zip(st.columns(_WIDTHS), _HEADINGS, strict=False):
        column.caption(head.say(language()))


def _group(title: str) -> None:
    st.markdown(f"**{title}**")


def _line(entry: Entry, run: Run | None, unsaved: int, is_open: bool) -> None:
    """One scenario; the one that is open says so."""
    about, lang = entry.head, language()
    how, unsaved = _standing(entry, run, unsaved)
    cells = st.columns(_WIDTHS, vertical_alignment="center")
    with cells[0], st.container(gap=None):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{plain(about.title)}**", width="content")
            if is_open:
                st.badge(say("open"), color="blue")
        parts = [word(PART, part, lang) for part in about.parts]
        if unsaved:
            parts.append(say("{number} changes not saved", number=unsaved))
        st.caption(plain(" · ".join(parts)))
    cells[1].markdown(plain(about.county) or "—")
    cells[2].markdown(about.as_of or "—")
    # Files that come with the tool are as old as its installation: that says nothing.
    cells[3].markdown(f"{entry.changed:%Y-%m-%d %H:%M}" if entry.origin == "own" else "—")
    with cells[4]:
        st.badge(IN_SHORT[how].say(lang), color=COLOUR[how])
    with cells[5], st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        if st.button(say("Open"), key=f"open-{entry.key}", help=about.title):
            session.open_scenario(entry.key)
            go("rules")
        _more(entry)


def _standing(entry: Entry, run: Run | None, unsaved: int) -> tuple[Standing, int]:
    """How a scenario stands, and how many edits of this window are not in its file."""
    draft = session.draft_held(entry)
    if draft is None and unsaved and run is not None and run.job.ended:
        try:
            draft = session.draft_of(entry)
        except DataError:
            draft = None
    return state_of(entry, run, draft), unsaved if draft is None else len(draft.edits)


def _more(entry: Entry) -> None:
    with st.popover(say("More"), key=f"more-{entry.key}"):
        if entry.origin == "own":
            st.text_input(say("Name"), value=entry.title, key=f"title-{entry.key}")
            st.button(say("Rename"), key=f"rename-{entry.key}", on_click=_rename, args=(entry.key,))
        st.button(say("Duplicate"), key=f"copy-{entry.key}", on_click=_duplicate, args=(entry.key,))
        st.download_button(
            say("Download (JSON)"),
            data=lambda: _content(entry),
            file_name=f"{file_stem(entry.title) or 'scenario'}.json",
            mime="application/json",
            key=f"download-{entry.key}",
            on_click="ignore",
        )
        if entry.origin == "own":
            st.button(say("Delete"), key=f"delete-{entry.key}", on_click=_delete, args=(entry.key,))
            st.caption(say("A deleted scenario can be taken back."))


def _content(entry: Entry) -> bytes:
    """The scenario as it stands in this window; the file as it is where nothing was edited."""
    draft = session.draft_held(entry)
    if draft is None and kept_edits.counted(session.window()).get(entry.key):
        draft = session.draft_of(entry)
    if draft is None or not draft.edits:
        return entry.path.read_bytes()
    return text_of(draft.scenario).encode()


def _rename(key: str) -> None:
    with_problems(lambda: library.rename(key, str(st.session_state[f"title-{key}"])))


def _duplicate(key: str) -> None:
    """Keep a copy of a scenario as it stands in this window."""
    entry = library.entry_of(key)
    if entry is None:
        return

    def copy() -> None:
        scenario = session.draft_of(entry).scenario
        title = say("{title} (copy)", title=scenario.title)
        made = library.keep(scenario.model_copy(update={"title": title}), title)
        st.toast(say("Saved: {title}", title=made.title))

    with_problems(copy)


def _delete(key: str) -> None:
    def away() -> None:
        st.session_state[_DELETED] = trash.delete(key).name
        if session.address("scenario") == key:
            session.open_scenario(session.FIRST)

    with_problems(away)


def _take_back(name: str) -> None:
    def back() -> None:
        entry = trash.take_back(name)
        if st.session_state.get(_DELETED) == name:
            del st.session_state[_DELETED]
        st.toast(say("Back again: {title}", title=entry.title))

    with_problems(back)


def _undo() -> None:
    """The button that takes the last deletion back; it stays until the next one."""
    name = st.session_state.get(_DELETED)
    found = next((d for d in trash.deleted() if d.name == name), None) if name else None
    if found is None:
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="undo-line"):
        st.markdown(plain(say("Deleted: {title}", title=found.title)), width="stretch")
        st.button(say("Undo"), key="undo-delete", on_click=_take_back, args=(found.name,))


def _trash() -> None:
    found = trash.deleted()
    if not found:
        return
    with st.expander(say("Deleted scenarios ({number})", number=len(found))):
        for one in found:
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(plain(one.title), width="stretch")
                st.caption(f"{one.when:%Y-%m-%d %H:%M}", width="content")
                st.button(
                    say("Take back"),
                    key=f"back-{one.name}",
                    on_click=_take_back,
                    args=(one.name,),
                )


def with_problems(act: Callable[[], None]) -> None:
    """Do something to files; what goes wrong is told on the page."""
    try:
        act()
    except DataError as error:
        st.session_state[_PROBLEMS] = error.problems
    except OSError as error:
        text = "the file cannot be read or written ({reason}): check folder, name and rights"
        problem = Problem("", text, {"reason": error.strerror or str(error)})
        st.session_state[_PROBLEMS] = (problem,)
