"""A rule as a card, generated from the rule: what it asks for, how firmly, its parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from allocator.insight.vocabulary import FIRMNESS, KEPT, word
from allocator.modelling import Configured, Firmness, Rule
from allocator.scenario import PartName, Preset
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic.controls import Control, controls, told
from allocator.ui.logic.draft import Draft, chosen
from allocator.ui.logic.rule_filter import MARKS, Mark
from allocator.ui.logic.today import Said
from allocator.ui.problems import plain
from allocator.ui.widgets import draw

_WIDE = 176
"""Width of a control, pixels: three in a row on a common screen."""
_BADGES: Mapping[Mark, Literal["orange", "violet", "blue"]] = {
    "changed": "orange",
    "preset": "violet",
    "since": "blue",
}
"""What is marked beside the title; what is missed stands in a sentence."""


@dataclass(frozen=True)
class Notes:
    """What is told beside a rule."""

    marks: tuple[Mark, ...] = ()
    result: Said | None = None
    """What the last result says of it; None while unknown."""
    now: str | None = None
    """What it says of the county as it is, as a line of Markdown; None while unknown."""
    stale: bool = False
    """Whether that result belongs to earlier settings."""
    base: Preset | None = None
    """The preset it is compared with."""


def show_card(draft: Draft, part: PartName, rule: type[Rule], notes: Notes) -> DeltaGenerator:
    """One rule, and the place where its reading of today's county shall stand."""
    now = chosen(draft.scenario, part, rule)
    with st.container(border=True, key=f"card-{part}-{rule.name}"):
        words, dials = st.columns([5, 7], gap="medium")
        with words:
            slot = _words(draft, part, now, notes)
        with dials:
            _firmness(draft, part, rule, now)
            # The sentence beside tells the numbers of a rule that is off.
            if now.firmness != "off" or any(p[:2] == (part, rule.name) for p in draft.wrong):
                _parameters(draft, part, rule, now)
    return slot


def _words(draft: Draft, part: PartName, now: Configured, notes: Notes) -> DeltaGenerator:
    rule, lang = now.rule, language()
    title = plain(rule.title.say(lang))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        # The heading is a button: a keyboard reaches it, and it opens source and formula.
        with st.popover(f"**{title}**", type="tertiary", key=f"about-{part}-{rule.name}"):
            _about(draft, part, now, notes)
        for mark in notes.marks:
            if mark in _BADGES:
                st.badge(MARKS[mark].say(lang), color=_BADGES[mark])
    st.markdown(plain(rule.asks(lang)))
    slot = st.empty()
    told = [] if notes.now is None else [notes.now]
    if notes.result is not None:
        text = "Earlier result" if notes.stale else "Result"
        told.append(verdict_line(say(text), notes.result))
    if told:
        # One element for both: a page of forty cards takes a browser long enough.
        (slot if notes.now is not None else st).caption("  \n".join(told))
    if "changed" in notes.marks or any(p[:2] == (part, rule.name) for p in draft.wrong):
        st.button(
            say("Undo"),
            key=f"undo-{part}-{rule.name}",
            type="tertiary",
            on_click=_restore,
            args=(draft.key, part, rule.name),
        )
    return slot


def verdict_line(when: str, said: Said) -> str:
    """What a rule says of a plan, in one line of Markdown."""
    colour = "green" if said.kept else "orange"
    mark = word(KEPT, said.kept, language())
    return f"{when} :{colour}-badge[{mark}] {plain(said.verdict)}"


def _about(draft: Draft, part: PartName, now: Configured, notes: Notes) -> None:
    """Source and formula, and how the rule stands elsewhere."""
    rule, lang = now.rule, language()
    st.markdown(f"**{say('Source')}**  \n{plain(rule.clause.say(lang))}")
    st.markdown(f"**{say('Formula')}**  \n`{rule.formula}`")
    if "changed" in notes.marks:
        before = chosen(draft.saved, part, type(rule))
        _elsewhere(say("In the file"), before.rule, before.firmness)
    if notes.base is not None and "preset" in notes.marks:
        there = notes.base.choice(type(rule))
        title = notes.base.title.say(lang)
        _elsewhere(say("In the preset {title}", title=title), there.parameters, there.firmness)


def _elsewhere(where: str, rule: Rule, firmness: Firmness) -> None:
    lang = language()
    st.markdown(
        f"**{plain(where)}**  \n{word(FIRMNESS, firmness, lang)} · {plain(rule.asks(lang))}"
    )


def _firmness(draft: Draft, part: PartName, rule: type[Rule], now: Configured) -> None:
    key = widget_key(draft, part, rule, "firmness")
    st.segmented_control(
        say("Firmness"),
        rule.firmness_allowed,
        default=now.firmness,
        required=True,
        format_func=lambda f: word(FIRMNESS, f, language()),
        key=key,
        label_visibility="collapsed",
        on_change=_taken,
        args=(key, draft.key, lambda d, raw: d.with_firmness(part, rule.name, raw)),
    )


def _parameters(draft: Draft, part: PartName, rule: type[Rule], now: Configured) -> None:
    known = controls(rule)
    listed = [c for c in known if c.kind in ("choice", "choices")]
    # A single list stands on the card.
    listed = listed if len(listed) > 1 else []
    shown = [c for c in known if c not in listed]
    with st.container(
        horizontal=True, vertical_alignment="bottom", gap="small", key=f"dials-{part}-{rule.name}"
    ):
        for control in sorted(shown, key=lambda c: c.kind == "choices"):
            _parameter(draft, part, rule, now, control)
        if listed:
            # What is chosen stands in the sentence; a browser draws the lists once they are open.
            with st.popover(say("Scope and counting")):
                for control in listed:
                    _parameter(draft, part, rule, now, control)
    for control in known:
        wrong = draft.wrong.get((part, rule.name, control.name))
        if wrong is not None:
            title = control.about.title.say(language())
            said = told(wrong.problem, language())
            st.error(plain(say("{what}: {said}", what=title, said=said)))


def _parameter(
    draft: Draft, part: PartName, rule: type[Rule], now: Configured, control: Control
) -> None:
    lang = language()
    wrong = draft.wrong.get((part, rule.name, control.name))
    value = control.shown(getattr(now.rule, control.name)) if wrong is None else wrong.raw
    key = widget_key(draft, part, rule, control.name)
    draw(
        control,
        value,
        key=key,
        width="content" if control.kind == "choices" else _WIDE,
        on_change=_taken,
        args=(key, draft.key, lambda d, raw: d.with_value(part, rule, control, raw, lang)),
    )


def widget_key(draft: Draft, part: PartName, rule: type[Rule], name: str) -> str:
    """The key of a control; it changes when the control shall read the draft anew."""
    return f"{draft.key}/{part}/{rule.name}/{name}/{session.revision()}"


def _taken(key: str, draft_key: str, change: Callable[[Draft, Any], Draft]) -> None:
    """Fold what a widget gives into the draft."""
    raw = st.session_state[key]
    session.edit(draft_key, lambda draft: change(draft, raw))


def _restore(draft_key: str, part: PartName, rule: str) -> None:
    session.edit(draft_key, lambda draft: draft.restored(part, rule))
    session.raise_revision()
