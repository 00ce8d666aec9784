"""A results workbook that people changed by hand: edits, what they broke or cost, keeping them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from allocator.county.frozen import DataError, Problem
from allocator.insight.by_hand.edits import MoveEdit
from allocator.modelling import Text
from allocator.ui import session
from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.heading import start_run
from allocator.ui.language import language, say
from allocator.ui.links import page_of
from allocator.ui.logic.edited import MOST, Review, pin_edits, uploaded
from allocator.ui.logic.findings import Findings
from allocator.ui.problems import plain, show_problems
from allocator.ui.results.grids import show_table, view
from allocator.words import tell

_HELD, _KEPT, _REMOVED = "edited", "edited-kept", "edited-removed"
_KINDS = ("xlsx", "xls", "ods")
_ABOUT = ("edit", "edit_about", "edit_home", "edit_was", "edit_now", "edit_at")
_VIEWS: Mapping[str, Text] = {
    "verdicts": Text("逐处改动", "Edit by edit"),
    "tiers": Text("目标", "Goals"),
    "rules": Text("规则", "Rules"),
}
_COLUMNS: Mapping[str, Sequence[str]] = {
    "verdicts": (
        "edit_about", "edit_was", "edit_now", "edit_alone", "edit_alone_broken",
        "edit_alone_cost", "edit_among", "edit_among_broken", "edit_among_cost", "edit_at",
    ),
    "tiers": ("tier_title", "unit", "value_before", "value_after", "change", "bound"),
    "rules": ("title", "firmness", "step_by", "said_before", "said_after"),
}  # fmt: skip


def show_edited(context: Context) -> None:
    """The file, its edits, their price, and the way to a plan that keeps them."""
    text = (
        "The workbook of a result, changed by hand: destinations, rows taken out or added, quota "
        "places. Every edit is listed, judged by all rules, and can be kept while the rest is "
        "solved again."
    )
    st.caption(say(text))
    findings, run = context.findings, context.run
    if findings is None or not findings.solved or run is None:
        ask_to_solve(context)
        return
    _kept()
    file = st.file_uploader(
        say("The changed workbook (xlsx, xls, ods)"), type=list(_KINDS), key="edited-upload"
    )
    told = say("It is compared with the result of {time}.", time=f"{run.asked:%Y-%m-%d %H:%M}")
    st.caption(told)
    if file is None:
        st.page_link(page_of("export"), label=say("Take the workbook away"))
        return
    with st.spinner(say("Reading the files")):
        review = _read(file, findings, run.job.id)
    if isinstance(review, tuple):
        show_problems(review)
        return
    for note in review.notes:
        st.caption(plain(tell(note, language())))
    if not review.edits:
        st.success(say("Nothing was changed by hand."))
        return
    _keep(context, review)
    _judged(review, file.file_id)


def _read(file: Any, findings: Findings, run: str) -> Review | tuple[Problem, ...]:
    """What was changed, looked up once for each file and result."""
    key = (file.file_id, run)
    held = st.session_state.get(_HELD)
    if held is None or held[0] != key:
        found: Review | tuple[Problem, ...]
        try:
            found = uploaded(findings.scenario, findings.outcome, file.getvalue(), file.name)
        except DataError as error:
            found = error.problems
        held = st.session_state[_HELD] = (key, found)
    made: Review | tuple[Problem, ...] = held[1]
    return made


def _keep(context: Context, review: Review) -> None:
    """Keep the edits as pins, at once with a new run or without."""
    pinned = len(review.edits) - len(review.unpinned)
    with st.container(horizontal=True, gap="small", key="totals-edited"):
        st.metric(say("Edits"), f"{len(review.edits):,}", width="content")
        st.metric(say("Can be kept"), f"{pinned:,}", width="content")
    if any(isinstance(e, MoveEdit) and e.now is None for e in review.edits):
        words = {"stays": say("stays at school"), "not_to": say("only does not go there")}
        st.segmented_control(
            say("A teacher taken off the list"),
            list(words),
            default="stays",
            required=True,
            format_func=words.__getitem__,
            key=_REMOVED,
        )
    blocked = not pinned or bool(context.draft.wrong) or context.how == "running"
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="take"):
        for label, key, solve in (
            (say("Keep the edits and solve the rest again"), "keep-and-solve", True),
            (say("Only keep the edits"), "keep-edits", False),
        ):
            st.button(
                label,
                key=key,
                type="primary" if solve else "secondary",
                disabled=blocked,
                on_click=_take,
                args=(context.draft.key, review, solve),
            )
    if review.unpinned:
        st.markdown(f"**{say('Edits that cannot be kept')}**")
        show_table(review.table("unpinned", language()), (*_ABOUT, "why_unpinned"))


def _take(key: str, review: Review, solve: bool) -> None:
    removed = st.session_state.get(_REMOVED, "stays")

    def change(draft: Any) -> Any:
        return draft.with_each(pin_edits(review, into=draft.scenario, removed=removed))

    session.edit(key, change)
    session.raise_revision()
    st.session_state[_KEPT] = len(review.edits) - len(review.unpinned)
    if solve:
        start_run(key)


def _kept() -> None:
    """What became of the edits kept just now."""
    number = st.session_state.pop(_KEPT, None)
    if number is not None:
        with st.container(border=True, horizontal=True, vertical_alignment="center", key="kept"):
            st.markdown(say("{number} edits are kept as decided.", number=number), width="stretch")
            st.page_link(page_of("compare"), label=say("Compare with the plan before"))


def _judged(review: Review, file_id: str) -> None:
    """The edits; once asked, what each broke or cost."""
    asked = f"edited-judged-{file_id}"
    if not st.session_state.get(asked):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.button(
                say("What each edit broke or cost"), key="judge", on_click=_ask, args=(asked,)
            )
            text = "All rules judge the plan with and without each edit: some seconds."
            st.caption(say(text))
        show_table(review.table("edits", language()), _ABOUT)
        return
    with st.spinner(say("Judging the edits")):
        judgement = review.judged()
    if judgement.after.clean:
        st.success(say("With all edits, every rule that must be kept is kept."))
    else:
        st.error(say("With all edits, the audit rejects the plan."))
    chosen = view(_VIEWS, "edited-view")
    show_table(
        review.table(chosen, language()),
        _COLUMNS[chosen],
        empty=say("No rule is missed by more or by less."),
    )
    if chosen == "verdicts" and judgement.left_out:
        st.caption(say("The first {number} edits are judged one by one.", number=MOST))


def _ask(asked: str) -> None:
    st.session_state[asked] = True
