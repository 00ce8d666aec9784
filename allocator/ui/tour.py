"""The tour, as a panel on the start page and as one line on the pages it leads to."""

from __future__ import annotations

import streamlit as st

from allocator.county.frozen import DataError
from allocator.staffing.rules.exchange_rate import ExchangeRateFloor
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.links import go
from allocator.ui.logic import library, runs
from allocator.ui.logic.tour import SCENARIO, STEPS, Step, raised
from allocator.ui.problems import plain, show_problems

_AT = "tour"
"""In the session: number of the step that comes next; absent while the tour is closed."""
_AGAIN = ("open", "look")
"""Steps that change nothing."""
_ASKED = "tour-asked"
"""In the session: whether the tour was opened or closed by hand."""


def offer(fresh: bool) -> None:
    """Open the tour by itself for somebody who has solved nothing yet."""
    if fresh and _ASKED not in st.session_state:
        st.session_state[_ASKED] = True
        st.session_state[_AT] = 0


def is_open() -> bool:
    """Whether the tour is going on in this session."""
    return _AT in st.session_state


def begin() -> None:
    """Start the tour from its first step."""
    st.session_state[_ASKED] = True
    st.session_state[_AT] = 0


def _close() -> None:
    st.session_state[_ASKED] = True
    st.session_state.pop(_AT, None)


def show_panel() -> None:
    """All four steps side by side, the next one with its button."""
    if not is_open():
        return
    at, lang = int(st.session_state[_AT]), language()
    with st.container(border=True, key="tour"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{say('Tour of the Cixi example in four clicks')}**", width="stretch")
            st.button(say("Close the tour"), key="tour-close", type="tertiary", on_click=_close)
        for number, (column, step) in enumerate(zip(st.columns(len(STEPS)), STEPS, strict=True)):
            with column:
                title = f"{number + 1} {plain(step.title.say(lang))}"
                with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                    st.markdown(f"**{title}**", width="content")
                    if number < at:
                        st.badge(say("done"), color="green")
                st.caption(plain(step.text.say(lang)))
                _button(step, number, at)
        if at >= len(STEPS):
            st.caption(say("That was the tour: every page keeps its own place in the navigation."))
    show_problems(st.session_state.pop("tour_problems", ()))


def show_line() -> None:
    """The next step in one line, on every other page while the tour goes on."""
    if not is_open():
        return
    at, lang = int(st.session_state[_AT]), language()
    if at == 0:
        return
    with st.container(border=True, key="tour", horizontal=True, vertical_alignment="center"):
        if at < len(STEPS):
            step = STEPS[at]
            told = say("Tour, step {number} of {all}", number=at + 1, all=len(STEPS))
            words = f"{plain(step.title.say(lang))}。" if lang == "zh" else f"{step.title.en}. "
            text = f"**{told}** · {words}{plain(step.text.say(lang))}"
            st.markdown(text, width="stretch")
            _button(step, at, at)
        else:
            st.markdown(
                f"**{say('Tour')}** · "
                + say("That was the tour: every page keeps its own place in the navigation."),
                width="stretch",
            )
        st.button(say("Close the tour"), key="tour-close", type="tertiary", on_click=_close)
    show_problems(st.session_state.pop("tour_problems", ()))


def _button(step: Step, number: int, at: int) -> None:
    """The button of a step: places can be seen again, what is to come has to wait."""
    waiting = step.code == "look" and number == at and _running()
    label = say("Being solved") if waiting else step.button.say(language())
    pressed = st.button(
        label,
        key=f"tour-{step.code}",
        type="primary" if number == at else "secondary",
        disabled=waiting or number > at or (number < at and step.code not in _AGAIN),
    )
    if not pressed:
        return
    st.session_state[_AT] = max(at, number + 1)
    try:
        _do(step.code)
    except (DataError, OSError) as error:
        st.session_state[_AT] = at
        if isinstance(error, DataError):
            st.session_state["tour_problems"] = error.problems
        st.rerun()


def _running() -> bool:
    run = runs.latest_of(SCENARIO)
    return run is not None and not run.job.ended


def _do(code: str) -> None:
    """What a step does, and the page it leads to."""
    entry = library.entry_of(SCENARIO)
    if entry is None:
        return
    if session.address("scenario") != SCENARIO:
        session.open_scenario(SCENARIO)
    if code == "open":
        go("rules")
    draft = session.draft_of(entry)
    if code == "raise":
        session.edit(draft.key, raised)
        session.raise_revision()
        st.session_state["search"] = ExchangeRateFloor.title.say(language())
        go("rules")
    if code == "solve":
        if not _running():
            run = runs.begin(draft.scenario, draft.key, None, None)
            session.set_address("run", run.job.id)
        go("solve")
    go("exchange")
