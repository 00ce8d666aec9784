"""A run while it goes on: what it does, how good the plan is, how good any plan can be."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from allocator.insight.vocabulary import PART, STEP, word
from allocator.scenario import PartName, Scenario
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic import runs
from allocator.ui.logic.runs import Look, Run, TierLook
from allocator.ui.logic.wording import figure, titled_once
from allocator.ui.logic.workspace import runs_at_once
from allocator.ui.problems import plain

_WATCHED = "watched"


def show_progress(run: Run, scenario: Scenario, *, whole: bool) -> None:
    """The running job, looked at once a second until it is over.

    Parameters
    ----------
    whole
        Whether every goal is shown, or one line.
    """
    st.session_state[_WATCHED] = run.job.id
    asked = run.job.folder.request.parts
    orders = tuple((p, _goals(scenario, p)) for p in asked)
    _live(run, orders, whole, walks="staffing" in asked and session.walks(scenario))


def just_ended(run: Run | None) -> bool:
    """Whether this window watched the run to its end; true once."""
    if run is None or st.session_state.get(_WATCHED) != run.job.id or not run.job.ended:
        return False
    del st.session_state[_WATCHED]
    return True


def _goals(scenario: Scenario, part: PartName) -> tuple[str, ...]:
    held = scenario.part(part)
    return held.goals if held is not None else ()


@st.fragment(run_every=1)
def _live(
    run: Run, orders: Sequence[tuple[PartName, Sequence[str]]], whole: bool, *, walks: bool
) -> None:
    now = runs.look(run.job, orders)
    if now.ended:
        st.rerun()
    with st.container(border=True, key="live"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{_doing(now)}**", width="stretch")
            st.markdown(say("{number} s", number=f"{now.seconds:.0f}"), width="content")
            st.button(
                say("Leave the queue") if now.ahead else say("Stop and keep the best plan"),
                key="cancel",
                disabled=now.stopping,
                on_click=_cancel,
                args=(run.job.id,),
            )
        if now.ahead:
            st.markdown(
                say(
                    "This machine works on {number} at a time, in the order they were asked for. "
                    "You may close this page: the run goes on by itself.",
                    number=runs_at_once(),
                )
            )
            return
        st.progress(_share(now))
        if whole and any(t.incumbent is not None or t.bound is not None for t in now.tiers):
            _numbers_and_picture(now, walks=walks)


def _numbers_and_picture(now: Look, *, walks: bool) -> None:
    """Every goal in numbers, and the one worked on as a picture."""
    left, right = st.columns([7, 5], gap="medium")
    with left:
        for part in dict.fromkeys(t.part for t in now.tiers):
            st.markdown(_table([t for t in now.tiers if t.part == part]))
        st.caption(
            say(
                "Goals count in this order. The bound is proven: no plan that is as good in "
                "the goals above can be below it."
            )
        )
        if walks:
            st.caption(
                say(
                    "Moves alone are searched and bounded first, then walking after them, then "
                    "both together: once somebody walks, the bounds of moves alone are dropped."
                )
            )
    # The library of pictures takes a third of a second to load, and most pages draw none.
    from allocator.ui.logic.progress_chart import closing_in

    tier = now.current
    chart = None if tier is None else closing_in(now.events, tier, now.seconds, language())
    if tier is not None and chart is not None:
        with right, st.container(key="chart-progress"):
            title = tier.title.say(language())
            st.markdown(f"**{say('Now: {goal}', goal=plain(title))}**")
            st.altair_chart(chart, alt=say("Plan and bound over time"))


def _cancel(job_id: str) -> None:
    run = runs.run_of(job_id)
    if run is None:
        return
    waits = run.job.state == "waiting"
    run.job.cancel()
    if waits:
        st.toast(say("Taken out of the queue."))
    else:
        st.toast(say("Asked to stop: the best plan so far is kept."))


def _doing(now: Look) -> str:
    if now.stopping:
        return say("Stopping: the best plan is being audited")
    if now.state == "waiting":
        return say("Waiting for its turn: {number} before it", number=now.ahead)
    if now.state == "starting" or not now.stage:
        return say("Starting")
    step = word(STEP, now.stage, language())
    return f"{word(PART, now.part, language())} · {step}" if now.part else step


def _share(now: Look) -> float:
    """How many tiers have a plan and a bound; a picture, no forecast of time."""
    if not now.tiers:
        return 0.0
    known = sum((t.incumbent is not None) + (t.bound is not None) for t in now.tiers)
    return min(0.98, 0.04 + 0.94 * known / (2 * len(now.tiers)))


def _table(tiers: Sequence[TierLook]) -> str:
    lang = language()
    heads = (
        word(PART, tiers[0].part, lang),
        say("Current plan"),
        say("Best possible (bound)"),
        say("Still open"),
    )
    lines = ["| " + " | ".join(heads) + " |", "|:--|--:|--:|--:|"]
    for tier in tiers:
        title = titled_once(tier.title.say(lang), tier.unit, lang)
        cells = (
            f"**{title}**" if tier.current else title,
            figure(tier.incumbent, _plain_unit(tier.unit)),
            figure(tier.bound, _plain_unit(tier.unit)),
            "—" if tier.gap is None else f"{tier.gap:.2%}",
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _plain_unit(unit: str) -> str:
    """Tiers of shares and of CV are sums, no percentages: three decimals do."""
    return "cv" if unit in ("share", "cv", "log") else unit
