"""The latest runs: how each stands, how long it took, what came of it; to open or to delete."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from allocator.insight.registry import TIERS
from allocator.insight.vocabulary import PART, REASON, STATUS, word
from allocator.jobs import LIVE, JobState, Summary
from allocator.scenario import PartName
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic import library, runs
from allocator.ui.logic.runs import Run
from allocator.ui.logic.wording import figure, unit_word
from allocator.ui.problems import plain

_WIDTHS = [13, 22, 9, 9, 33, 7, 7]
_FIRST, _MORE = 8, 12
"""Runs shown at first, and how many more at each click."""
_TIERS: Mapping[PartName, int] = {"staffing": 2, "admission": 0}
"""Goals told of each part in the list."""
_COLOUR: Mapping[JobState, Literal["gray", "blue", "green", "red", "orange"]] = {
    "waiting": "gray",
    "starting": "blue",
    "running": "blue",
    "done": "green",
    "failed": "red",
    "cancelled": "orange",
}


def show_recent(shown: Run | None) -> None:
    """The list of the latest runs.

    Parameters
    ----------
    shown
        The run the page shows now.
    """
    number = int(st.session_state.get("runs-shown", _FIRST))
    found = runs.recent(number + 1)
    if found or "deleted-run" in st.session_state:
        st.subheader(say("Recent runs"), anchor=False)
    _deleted()
    if not found:
        # The page has said already what to do.
        return
    heads = (say("Asked for"), say("Scenario"), say("State"), say("Duration"), say("Result"))
    with st.container(key="runs", gap="small"):
        for column, head in zip(st.columns(_WIDTHS), heads, strict=False):
            column.caption(head)
        known = {entry.key for entry in library.entries()}
        for run in found[:number]:
            _row(run, here=shown is not None and run.job.id == shown.job.id, known=known)
    if len(found) > number:
        st.button(say("Show more runs"), key="more-runs", on_click=_more, args=(number,))


def _row(run: Run, *, here: bool, known: set[str]) -> None:
    lang, state = language(), run.job.state
    cells = st.columns(_WIDTHS, vertical_alignment="center")
    cells[0].markdown(f"{run.asked:%Y-%m-%d %H:%M}")
    title = plain(run.title)
    cells[1].markdown(f"**{title}**" if here else title)
    # The list is drawn once, and what goes on is told above it.
    goes_on = state in ("starting", "running")
    cells[2].badge(runs.STATE["running" if goes_on else state].say(lang), color=_COLOUR[state])
    seconds = f"{run.job.seconds:,.0f}"
    cells[3].markdown("…" if state in LIVE else say("{number} s", number=seconds))
    cells[4].markdown(_came_of(run, state))
    cells[5].button(
        say("shown") if here else say("Open"),
        key=f"open-{run.job.id}",
        type="tertiary",
        disabled=here or run.key not in known,
        on_click=_open,
        args=(run.key, run.job.id),
    )
    cells[6].button(
        say("Delete"),
        key=f"delete-{run.job.id}",
        type="tertiary",
        disabled=state in LIVE,
        help=say("Stop it first.") if state in LIVE else None,
        on_click=_delete,
        args=(run.job.id, run.title),
    )


def _came_of(run: Run, state: JobState) -> str:
    """What came of a run, in one line a part."""
    if state in LIVE:
        return "…"
    lines = [plain(_told(part)) for part in run.told]
    return "  \n".join(lines) if lines else say("no plan")


def _told(part: Summary) -> str:
    lang = language()
    pieces = [word(STATUS, part.status, lang)]
    if part.moves is None:
        pieces = [word(REASON, part.reason, lang)]
    elif part.part == "staffing":
        pieces.append(say("{number} moves", number=f"{part.moves:,}"))
    for tier in part.tiers[: _TIERS[part.part]]:
        about = TIERS[part.part].get(tier.name)
        if about is not None:
            title, unit = about.title.say(lang), unit_word(tier.unit, lang)
            pieces.append(f"{title} {figure(tier.value, tier.unit)} {unit}".rstrip())
    head = word(PART, part.part, lang)
    return f"{head}：{' · '.join(pieces)}" if lang == "zh" else f"{head}: {' · '.join(pieces)}"


def _deleted() -> None:
    """What was deleted last, to be brought back."""
    gone = st.session_state.get("deleted-run")
    if gone is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(say("Deleted: the run of {title}", title=plain(gone[1])), width="content")
        st.button(say("Undo"), key="undelete", on_click=_bring_back, args=(gone[0],))


def _more(number: int) -> None:
    st.session_state["runs-shown"] = number + _MORE


def _open(key: str, job_id: str) -> None:
    session.open_scenario(key)
    session.set_address("run", job_id)


def _delete(job_id: str, title: str) -> None:
    if runs.put_away(job_id):
        st.session_state["deleted-run"] = (job_id, title)


def _bring_back(job_id: str) -> None:
    del st.session_state["deleted-run"]
    if runs.bring_back(job_id) is None:
        st.toast(say("It is gone for good: runs deleted a day ago cannot be brought back."))
