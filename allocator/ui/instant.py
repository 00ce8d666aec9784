"""Instant mode: numbers to move, and what the relaxation says of them at once."""

from __future__ import annotations

import time
from collections.abc import Mapping

import streamlit as st

from allocator.insight.vocabulary import PART, word
from allocator.jobs.warm import Told
from allocator.ui import session
from allocator.ui.dials import FOLLOWING, MOVED, show_dial
from allocator.ui.frame import Context
from allocator.ui.heading import start_run
from allocator.ui.instant_quotas import QUOTAS_BEFORE, show_quota_instant
from allocator.ui.language import language, say
from allocator.ui.logic import instant
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.following import Following
from allocator.ui.logic.instant import Line
from allocator.ui.logic.standing import Standing
from allocator.ui.logic.wording import capital, figure, titled_once
from allocator.ui.problems import plain

_ON = "instant-mode"
_BEFORE = "instant-before"
_DRAWN = "instant-drawn"
_ABREAST = 2
"""Dials side by side."""
_FOLLOWS = "instant-follows"
_TICK = 0.4
"""Seconds between two looks at the answer."""


def show_instant(context: Context) -> None:
    """The switch, and where it is on the dials and the estimates of each part."""
    st.subheader(say("Instant estimates"), anchor=False)
    st.toggle(
        say("Show at once what a moved number does"),
        key=_ON,
        on_change=_switched,
        help=say("A process of its own keeps the program of this county ready: it takes memory."),
    )
    if not st.session_state.get(_ON):
        return
    if context.draft.scenario.staffing is not None:
        _staffing(context)
    if context.draft.scenario.admission is not None:
        show_quota_instant(context)


def _staffing(context: Context) -> None:
    """The panel of the staffing rules, answered by a warm program."""
    try:
        warm = instant.switch_on(session.window(), context.draft.scenario)
    except OSError as error:
        st.error(say("Instant mode cannot start ({reason}).", reason=error.strerror or str(error)))
        return
    if warm is None:
        st.info(say("Other windows use instant mode now: try again in a while."))
        return
    plan: dict[str, float] = {}
    found = context.solved("staffing")
    part = None if found is None else found.outcome.part("staffing")
    if part is not None:
        plan = {tier.name: tier.value for tier in part.tiers}
    st.session_state[_DRAWN] = len(context.draft.history)
    if context.draft.scenario.admission is not None:
        st.markdown(f"**{plain(capital(word(PART, 'staffing', language())))}**")
    st.toggle(
        say("Solve by itself once the numbers rest"),
        key=_FOLLOWS,
        persist_state="session",
        help=say("The proven plan follows the estimates; the next change ends its run."),
    )
    _panel(context.draft.key, plan, context.how)


def _switched() -> None:
    st.session_state.pop(_BEFORE, None)
    st.session_state.pop(QUOTAS_BEFORE, None)
    if not st.session_state[_ON]:
        instant.switch_off(session.window())


@st.fragment(run_every=_TICK)
def _panel(key: str, plan: Mapping[str, float], how: Standing) -> None:
    draft = session.held(key)
    left, right = st.columns([5, 6], gap="large")
    with left:
        _dials(key)
    told = None if draft.wrong else instant.ask(session.window(), draft.scenario)
    with right:
        if draft.wrong:
            st.warning(say("A value cannot be used: correct it to see estimates."))
        elif told is None:
            st.warning(say("The county was changed: switch instant mode off and on again."))
        else:
            _estimates(key, told, plan)
    rests = told is not None and told.stage in ("done", "infeasible")
    if rests and st.session_state.get(_DRAWN) != len(draft.history):
        # The head of the page tells of changes: drawn again once the numbers rest.
        st.rerun()
    if told is not None and told.stage == "done" and st.session_state.get(_FOLLOWS):
        _follow(draft, how)


def _follow(draft: Draft, how: Standing) -> None:
    """Start the run of the numbers that rest."""
    held: Following = st.session_state.get(FOLLOWING, Following())
    rested = time.monotonic() - st.session_state.get(MOVED, 0.0)
    if held.due(draft.hash, how, rested):
        run = start_run(draft.key)
        st.session_state[FOLLOWING] = Following(draft.hash, "" if run is None else run.job.id)
        st.rerun()


def _dials(key: str) -> None:
    scenario = session.held(key).scenario
    known = {dial.code: dial for dial in instant.dials(scenario)}
    lang = language()
    first = instant.main_dials(scenario)
    with st.popover(say("Choose numbers")):
        asked = st.multiselect(
            say("Numbers to move"),
            list(known),
            default=first or list(known)[:4],
            format_func=lambda code: known[code].title(lang),
            key=f"instant-dials-{key}",
            placeholder=say("Choose numbers"),
            select_all=False,
        )
    for start in range(0, len(asked), _ABREAST):
        columns = st.columns(_ABREAST, vertical_alignment="bottom")
        for column, code in zip(columns, asked[start:], strict=False):
            with column:
                show_dial(key, known[code])


def _estimates(key: str, told: Told, plan: Mapping[str, float]) -> None:
    if told.stage == "failed":
        st.error(say("Instant mode ended: switch it off and on again, or press Solve."))
        return
    if told.stage == "infeasible":
        st.error(
            say(
                "Under these rules there is no plan: set one that must be kept to should, "
                "or move the number back."
            )
        )
        return
    held: dict[str, dict[str, float]] = st.session_state.setdefault(_BEFORE, {})
    if told.stage == "done" and key not in held:
        held[key] = dict(told.bounds)
    shown = instant.lines(session.held(key).scenario, told, held.get(key, {}), plan)
    st.markdown(f"**{_state(told)}**")
    st.markdown(_table(shown))
    st.caption(
        say(
            "Estimates from the linear relaxation, no plan: no plan that is as good in the goals "
            "above can be below them, a plan may be above them. Press Solve for a proven plan."
        )
    )
    if session.walks(session.held(key).scenario):
        st.caption(
            say(
                "Walking is estimated as a flow of periods, without the limits of each person "
                "(schools, periods a visit): a plan leaves more uncovered. It takes longer."
            )
        )


def _state(told: Told) -> str:
    if told.stage == "warming":
        return say("Warming up: the program of the county is built, some seconds")
    if told.stage == "building":
        return say("This change moves who may go where: the program is built anew, some seconds")
    if told.stage == "bounding":
        return say("Estimating: {number} goals so far", number=len(told.bounds))
    return say("Estimates for the numbers beside, after {number} s", number=f"{told.seconds:.1f}")


def _table(shown: tuple[Line, ...]) -> str:
    lang = language()
    heads = (
        say("Goal"),
        say("Estimate (at best)"),
        say("Change"),
        say("Last plan"),
    )
    rows = ["| " + " | ".join(heads) + " |", "|:--|--:|--:|--:|"]
    for line in shown:
        unit = "cv" if line.unit in ("share", "cv", "log") else line.unit
        title = titled_once(line.title.say(lang), line.unit, lang)
        estimate = "…" if line.bound is None else f"≥ {figure(line.bound, unit)}"
        change = "" if line.change is None else figure(line.change, unit, signed=True)
        rows.append(f"| {title} | {estimate} | {change} | {figure(line.plan, unit)} |")
    return "\n".join(rows)
