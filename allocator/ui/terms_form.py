"""The terms of both parts: what is counted, when moves start, how fractions are rounded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from allocator.county.plan import Plan
from allocator.insight.vocabulary import PART, word
from allocator.scenario import PartName, outdated
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic.controls import told
from allocator.ui.logic.draft import Draft, Wrong
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.term_controls import (
    Term,
    column_control,
    columns,
    terms,
    weighted,
    with_term,
    with_weight,
)
from allocator.ui.logic.wording import capital
from allocator.ui.problems import plain
from allocator.ui.widgets import draw

_ABREAST = 3


def show_terms(draft: Draft) -> None:
    """The terms of each part the scenario holds."""
    for part in draft.scenario.parts:
        st.subheader(capital(word(PART, part, language())), anchor=False)
        with st.container(border=True, key=f"terms-{part}"):
            _controls(draft, part)
            if part == "admission":
                _base(draft)
            else:
                _published(draft)


def _controls(draft: Draft, part: PartName) -> None:
    known = terms(part)
    for first in range(0, len(known), _ABREAST):
        columns = st.columns(_ABREAST, vertical_alignment="bottom", gap="medium")
        for column, term in zip(columns, known[first:], strict=False):
            with column:
                show_term(draft, term)
    for term in known:
        _objection(draft.wrong.get(term.place), term.control.about.title.say(language()))


def show_term(draft: Draft, term: Term, *panel: str) -> None:
    """The control of one term; a panel beside the form has keys of its own."""
    wrong, lang = draft.wrong.get(term.place), language()
    value = term.control.shown(term.value(draft.scenario)) if wrong is None else wrong.raw
    key = _key(draft, *panel, *term.place)
    draw(
        term.control,
        value,
        key=key,
        help=term.help(lang),
        on_change=_taken,
        args=(key, draft.key, lambda d, raw: with_term(d, term, raw, lang)),
    )


def _base(draft: Draft) -> None:
    """The columns that make up the base, where it is not simply a number of graduates."""
    assert draft.scenario.admission is not None
    held = draft.scenario.admission.terms
    if held.base == "column":
        control = column_control(draft.scenario.county, held.column)
        key = _key(draft, "admission", "column")
        draw(
            control,
            held.column,
            key=key,
            on_change=_taken,
            args=(
                key,
                draft.key,
                lambda d, raw: d.with_edit(Edit("terms", ("admission", "column"), raw)),
            ),
        )
    elif held.base == "formula":
        _weights(draft, "formula", say("Adds to the base, for each unit (empty: not counted)"))
        _weights(draft, "deductions", say("Is taken off the base (empty: nothing)"))


def _weights(draft: Draft, name: str, title: str) -> None:
    st.markdown(f"**{title}**")
    lang, now = language(), weighted(draft.scenario, name)
    known = columns(draft.scenario.county)
    places = st.columns(_ABREAST, gap="medium")
    for number, (code, words) in enumerate(known.items()):
        wrong = draft.wrong.get(("admission", name, code))
        key = _key(draft, "admission", name, code)
        with places[number % _ABREAST]:
            st.number_input(
                words.say(lang),
                value=now.get(code) if wrong is None else wrong.raw,
                step=0.1,
                format="%g",
                key=key,
                on_change=_taken,
                args=(
                    key,
                    draft.key,
                    lambda d, raw, code=code: with_weight(d, name, code, raw),
                ),
            )
            _objection(wrong, words.say(lang))


def _published(draft: Draft) -> None:
    """The published plan the scenario keeps close to, if there is one."""
    assert draft.scenario.staffing is not None
    moves = draft.scenario.staffing.terms.published
    if not moves:
        return
    gone = outdated(draft.scenario.county, Plan(moves=moves))
    text = say("As little as possible is changed of {number} moves published.", number=len(moves))
    if gone:
        text += " " + say("{number} of them no longer fit the county.", number=len(gone))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(text), width="stretch")
        st.button(
            say("Forget the published plan"),
            key="forget-published",
            on_click=_forget,
            args=(draft.key,),
        )


def _forget(key: str) -> None:
    session.edit(key, lambda d: d.with_edit(Edit("terms", ("staffing", "published"), [])))


def _objection(wrong: Wrong | None, title: str) -> None:
    if wrong is not None:
        said = told(wrong.problem, language())
        st.error(plain(say("{what}: {said}", what=title, said=said)))


def _key(draft: Draft, *place: str) -> str:
    return "/".join((draft.key, "terms", *place, str(session.revision())))


def _taken(key: str, draft_key: str, change: Callable[[Draft, Any], Draft]) -> None:
    """Fold what a widget gives into the draft."""
    raw = st.session_state[key]
    session.edit(draft_key, lambda draft: change(draft, raw))
