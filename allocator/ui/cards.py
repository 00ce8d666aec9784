"""A rule as a card, generated from the rule: what it asks for, how firmly, its parameters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from allocator.insight.rule_tables import REGISTRY
from allocator.insight.vocabulary import FIRMNESS, KEPT, PART, word
from allocator.modelling import Configured, Language, Rule
from allocator.scenario import PartName
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic.controls import Control, controls, told
from allocator.ui.logic.draft import Draft, chosen
from allocator.ui.logic.findings import Findings
from allocator.ui.problems import plain

_ABREAST = 3
"""Controls in a row."""


def show_rules(draft: Draft, findings: Findings | None) -> None:
    """Every rule of every part the scenario holds, grouped by part.

    Parameters
    ----------
    findings
        What came of the scenario as it stands, to tell beside each rule; None while unknown.
    """
    told = verdicts(findings, language()) if findings is not None else {}
    with st.container(horizontal=True, vertical_alignment="center"):
        wanted = st.text_input(
            say("Search rules"),
            placeholder=say("Search rules"),
            label_visibility="collapsed",
            key="search",
            width=300,
        )
        only_changed = st.toggle(say("Changed rules only"), key="only_changed")
        if draft.changed or draft.wrong:
            st.button(
                say("Undo all changes"), type="tertiary", on_click=_discard, args=(draft.key,)
            )
    st.caption(
        say(
            "Must: no plan may break it. Should: kept as far as possible, and what is missed is "
            "told. Watch: only measured. Off: not looked at."
        )
    )
    found = False
    for part in draft.scenario.parts:
        rules = [r for r in REGISTRY[part] if _matches(r, wanted or "")]
        if only_changed:
            rules = [r for r in rules if (part, r.name) in draft.changed]
        if rules:
            found = True
            st.subheader(word(PART, part, language()), anchor=False)
        for rule in rules:
            show_card(draft, part, rule, told.get((part, rule.name), ""))
    if not found:
        st.info(say("No rule fits: change the search or show all rules."))


def verdicts(findings: Findings, lang: Language) -> Mapping[tuple[str, str], str]:
    """Part and rule -> what the result says of it, for those judged."""
    if not findings.solved:
        return {}
    table = findings.table("rules", lang)
    return {
        (row["part"], row["rule"]): f"{word(KEPT, row['kept'], lang)} · {row['verdict']}"
        for row in table[table["kept"].notna()].to_dict("records")
    }


def _matches(rule: type[Rule], wanted: str) -> bool:
    spoken = (rule.title, rule.sentence, rule.clause)
    return all(
        any(piece.lower() in text.lower() for words in spoken for text in words)
        for piece in wanted.split()
    )


def show_card(draft: Draft, part: PartName, rule: type[Rule], verdict: str) -> None:
    """One rule, with what the last result says of it."""
    now = chosen(draft.scenario, part, rule)
    with st.container(border=True, key=f"card-{part}-{rule.name}"):
        words, dials = st.columns([5, 7], gap="medium")
        with words:
            _words(draft, part, now, verdict)
        with dials:
            _firmness(draft, part, rule, now)
            _parameters(draft, part, rule, now)


def _words(draft: Draft, part: PartName, now: Configured, verdict: str) -> None:
    rule, lang = now.rule, language()
    changed = (part, rule.name) in draft.changed
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{plain(rule.title.say(lang))}**", width="content")
        if changed:
            st.badge(say("changed"), color="orange")
    st.markdown(plain(rule.asks(lang)))
    if verdict:
        st.caption(plain(say("Result: {verdict}", verdict=verdict)))
    with st.container(horizontal=True, gap="small"):
        with st.popover(say("Source and formula"), type="tertiary"):
            st.markdown(f"**{say('Source')}**  \n{plain(rule.clause.say(lang))}")
            st.markdown(f"**{say('Formula')}**  \n`{rule.formula}`")
            if changed:
                before = chosen(draft.saved, part, type(rule))
                st.markdown(
                    f"**{say('In the file')}**  \n"
                    f"{word(FIRMNESS, before.firmness, lang)} · {plain(before.rule.asks(lang))}"
                )
        if changed or any(place[:2] == (part, rule.name) for place in draft.wrong):
            st.button(
                say("Undo"),
                key=f"undo-{part}-{rule.name}",
                type="tertiary",
                on_click=_restore,
                args=(draft.key, part, rule.name),
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
    wide = [c for c in known if c.kind == "choices"]
    narrow = [c for c in known if c.kind != "choices"]
    for first in range(0, len(narrow), _ABREAST):
        columns = st.columns(_ABREAST, vertical_alignment="bottom")
        for column, control in zip(columns, narrow[first:], strict=False):
            with column:
                _parameter(draft, part, rule, now, control)
    for control in wide:
        _parameter(draft, part, rule, now, control)
    for control in known:
        wrong = draft.wrong.get((part, rule.name, control.name))
        if wrong is not None:
            title = control.about.title.say(language())
            st.error(f"{plain(title)}：{plain(told(wrong.problem, language()))}")


def _parameter(
    draft: Draft, part: PartName, rule: type[Rule], now: Configured, control: Control
) -> None:
    lang = language()
    wrong = draft.wrong.get((part, rule.name, control.name))
    value = control.shown(getattr(now.rule, control.name)) if wrong is None else wrong.raw
    key = widget_key(draft, part, rule, control.name)
    _draw(
        control,
        value,
        key=key,
        disabled=now.firmness == "off",
        on_change=_taken,
        args=(key, draft.key, lambda d, raw: d.with_value(part, rule, control, raw, lang)),
    )


def _draw(control: Control, value: Any, **common: Any) -> None:
    """The widget of a control. Its range is said, not enforced: a refused value must be told."""
    lang = language()
    label = control.label(lang)
    if control.numeric:
        whole = control.kind == "whole"
        st.number_input(
            label, value=value, step=control.step, format="%d" if whole else "%g", **common
        )
    elif control.kind == "choice":
        st.selectbox(
            label,
            control.options,
            index=control.options.index(value),
            format_func=lambda v: control.word(v, lang),
            filter_mode=None,
            **common,
        )
    elif control.kind == "choices":
        st.pills(
            label,
            control.options,
            default=value,
            selection_mode="multi",
            format_func=lambda v: control.word(v, lang),
            **common,
        )
    else:
        st.toggle(label, value=value, **common)


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


def _discard(draft_key: str) -> None:
    session.edit(draft_key, lambda draft: draft.discarded())
    session.raise_revision()
