"""Instant mode of the quota places: the table the moved numbers give, against the last result."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

import streamlit as st

from allocator.insight.names import namer
from allocator.insight.vocabulary import PART, word
from allocator.ui import session
from allocator.ui.dials import show_dial
from allocator.ui.frame import Context
from allocator.ui.language import language, say
from allocator.ui.logic.instant_quotas import (
    Look,
    columns_of,
    figures,
    look,
    main_quota_dials,
    moved,
    quota_dials,
    quota_terms,
)
from allocator.ui.logic.wording import capital, figure, titled_once
from allocator.ui.problems import plain, show_problems
from allocator.ui.terms_form import show_term

QUOTAS_BEFORE = "instant-quotas-before"
_DRAWN = "instant-quotas-drawn"
_ABREAST = 2
Columns = Mapping[str, int]


def show_quota_instant(context: Context) -> None:
    """Dials and figures; what the last result says beside them."""
    found = context.solved("admission")
    plan: dict[str, float] = {}
    columns: Columns = {}
    if found is not None and found.division is not None:
        due = found.division.due
        columns = columns_of(due, found.outcome.plan)
        plan = {f.name: f.value for f in figures(found.scenario, due, found.outcome.plan)}
    st.session_state[_DRAWN] = len(context.draft.history)
    st.markdown(f"**{plain(capital(word(PART, 'admission', language())))}**")
    _panel(context.draft.key, plan, columns)


@st.fragment
def _panel(key: str, plan: Mapping[str, float], columns: Columns) -> None:
    left, right = st.columns([5, 6], gap="large")
    with left:
        _dials(key)
    draft = session.held(key)
    with right:
        if draft.wrong:
            st.warning(say("A value cannot be used: correct it to see estimates."))
        else:
            _figures(key, plan, columns)
    if st.session_state.get(_DRAWN) != len(draft.history):
        # The head of the page tells of changes.
        st.rerun()


def _dials(key: str) -> None:
    draft, lang = session.held(key), language()
    known = {dial.code: dial for dial in quota_dials(draft.scenario)}
    with st.popover(say("Choose numbers")):
        asked = st.multiselect(
            say("Numbers to move"),
            list(known),
            default=main_quota_dials(draft.scenario),
            format_func=lambda code: known[code].title(lang),
            key=f"instant-quota-dials-{key}",
            placeholder=say("Choose numbers"),
            select_all=False,
        )
    cells = [("rule", code) for code in asked if code in known]
    offered = {term.path[-1]: term for term in quota_terms()}
    cells += [("term", name) for name in offered]
    for start in range(0, len(cells), _ABREAST):
        places = st.columns(_ABREAST, vertical_alignment="bottom")
        for place, (kind, code) in zip(places, cells[start:], strict=False):
            with place:
                if kind == "rule":
                    show_dial(key, known[code])
                else:
                    show_term(draft, offered[code], "instant")


def _figures(key: str, plan: Mapping[str, float], columns: Columns) -> None:
    scenario = session.held(key).scenario
    begin = time.perf_counter()
    now = look(scenario)
    seconds = time.perf_counter() - begin
    if now.problems:
        st.markdown(f"**{say('Quota places cannot be divided by these rules:')}**")
        show_problems(now.problems)
        return
    if now.columns is None:
        st.info(say("These rules leave no quick way to a table: press Solve."))
        return
    held: dict[str, Look] = st.session_state.setdefault(QUOTAS_BEFORE, {})
    before = held.setdefault(key, now)
    text = "The table these numbers give, after {number} s"
    st.markdown(f"**{say(text, number=f'{seconds:.1f}')}**")
    st.markdown(_table(now, before, plan, columns, namer(scenario, language())))
    st.caption(
        say(
            "By the same method as a run, and not kept: press Solve for the table with its "
            "proof and checks."
        )
        if now.proven
        else say("Not proven to be the best, and not kept: press Solve for the table of a run.")
    )


def _table(
    now: Look, before: Look, plan: Mapping[str, float], columns: Columns, name: Callable[[str], str]
) -> str:
    lang = language()
    heads = (say("Figure"), say("Estimate"), say("Change"), say("Last plan"))
    rows = ["| " + " | ".join(heads) + " |", "|:--|--:|--:|--:|"]
    earlier = before.values
    for one in now.figures:
        title = titled_once(capital(one.title.say(lang)), one.unit, lang)
        value = figure(one.value, one.unit)
        if one.about:
            value = f"{plain(name(one.about))} {value}"
        change = one.value - earlier.get(one.name, one.value)
        told = figure(change, one.unit, signed=True) if abs(change) > 1e-9 else figure(0, one.unit)
        rows.append(f"| {title} | {value} | {told} | {figure(plan.get(one.name), one.unit)} |")
    assert now.columns is not None
    if columns:
        title = say("Places that go to another junior high than in the last plan")
        number = moved(now.columns, columns)
        rows.append(f"| {title} | {number} |  |  |")
    if before.columns is not None:
        title = say("Places that go to another junior high than before the numbers were moved")
        rows.append(f"| {title} | {moved(now.columns, before.columns)} |  |  |")
    return "\n".join(rows)
