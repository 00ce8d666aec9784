"""What only the planner can say of the files, some questions at a time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from allocator.files.intake.findings import worded
from allocator.files.intake.questions import Question
from allocator.ui.bringing import held
from allocator.ui.language import language, say
from allocator.ui.logic.bringing_in import Bringing, choices_of
from allocator.ui.problems import plain

_AT_ONCE = 12
"""Questions on the page at a time."""
_CELLS = 4
"""Cells named with a question."""
_FEW = 4
"""Choices that stand side by side; more are a list."""


def show_questions(bringing: Bringing) -> None:
    """The first of them, answered together: the files are looked through once for all."""
    questions = bringing.proposal.questions
    if bringing.answers:
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(say("{number} answers are given.", number=len(bringing.answers)))
            st.button(
                say("Take the answers back"), key="unanswer", type="tertiary", on_click=_unanswer
            )
    if not questions:
        st.success(say("There is nothing to confirm."))
        return
    shown = questions[:_AT_ONCE]
    with st.form("bringing-questions", border=False):
        for number, question in enumerate(shown):
            _question(bringing, question, number)
        st.form_submit_button(
            say("Confirm these answers"), type="primary", on_click=_answer, args=(shown,)
        )
    if len(questions) > len(shown):
        st.caption(say("and {number} more", number=len(questions) - len(shown)))


def _question(bringing: Bringing, question: Question, number: int) -> None:
    lang = language()
    with st.container(border=True, key=f"question-{number}"):
        asked, more_of_it = worded(question.words, lang)
        st.markdown(f"**{plain(asked.rstrip('：:'))}**")
        if more_of_it:
            st.markdown(plain(more_of_it))
        if question.wheres:
            comma = "、" if lang == "zh" else ", "
            cells = comma.join(str(where) for where in question.wheres[:_CELLS])
            more = len(question.wheres) - _CELLS
            if more > 0:
                cells += " " + say("and {number} more", number=more)
            st.caption(plain(cells))
        offered = choices_of(question, bringing.proposal.county, lang)
        label, key = say("Answer"), _key(question)
        if question.free and len(offered) <= 1:
            st.text_input(label, value=next(iter(offered), ""), key=key, width=360)
        elif len(offered) <= _FEW:
            st.radio(
                label,
                list(offered),
                index=None,
                format_func=offered.__getitem__,
                key=key,
                label_visibility="collapsed",
            )
        else:
            st.selectbox(
                label,
                list(offered),
                index=None,
                format_func=lambda code: offered.get(code, code),
                placeholder=say("choose an answer"),
                accept_new_options=question.free,
                key=key,
                label_visibility="collapsed",
                width=480,
            )


def _key(question: Question) -> str:
    return f"answer-{question.key}"


def _answer(shown: Sequence[Question]) -> None:
    given = {q.key: st.session_state.get(_key(q)) for q in shown}
    held.put(held.held().answered({key: str(answer) for key, answer in given.items() if answer}))


def _unanswer() -> None:
    held.put(held.held().unanswered())
