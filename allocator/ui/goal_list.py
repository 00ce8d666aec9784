"""The order of goals of both parts, most important first, moved up and down by buttons."""

from __future__ import annotations

import streamlit as st

from allocator.insight.registry import TIERS, tier_unit
from allocator.insight.vocabulary import PART, word
from allocator.scenario import PartName
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.goal_order import meaning, moved, paid_by, suggested
from allocator.ui.logic.wording import capital, titled_once
from allocator.ui.problems import plain


def show_goals(draft: Draft) -> None:
    """A list for each part."""
    st.caption(
        say(
            "Goals count in this order: a later one never makes an earlier one worse. In all of "
            "them less is better."
        )
    )
    for part in draft.scenario.parts:
        held = draft.scenario.part(part)
        if held is not None:
            _part(draft, part, list(held.goals))


def _part(draft: Draft, part: PartName, order: list[str]) -> None:
    usual = suggested(draft.scenario, part)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(capital(word(PART, part, language())), anchor=False, width="content")
        if order != usual:
            st.button(
                say("Usual order"),
                key=f"usual-{part}",
                type="tertiary",
                on_click=_set,
                args=(draft.key, part, usual),
                help=say("The order of the preset, or the tool's own."),
            )
    with st.container(border=True, gap="small", key=f"goals-{part}"):
        for number, tier in enumerate(order):
            _tier(draft, part, order, number, tier)


def _tier(draft: Draft, part: PartName, order: list[str], number: int, tier: str) -> None:
    lang, about = language(), TIERS[part][tier]
    title = titled_once(about.title.say(lang), tier_unit(about), lang)
    words, buttons = st.columns([9, 2], vertical_alignment="center")
    with words, st.container(gap=None):
        st.markdown(f"**{number + 1}　{plain(capital(title))}**")
        told = meaning(tier, lang)
        rules = paid_by(draft.scenario, part, tier, lang)
        if rules:
            listed = ("、" if lang == "zh" else ", ").join(rules)
            told += (" " if lang == "en" else "") + say("Rules wished for: {rules}", rules=listed)
        st.caption(plain(told))
    with buttons, st.container(horizontal=True, horizontal_alignment="right", gap="small"):
        for label, by in ((say("Up"), -1), (say("Down"), 1)):
            st.button(
                label,
                key=f"goal{by}-{part}-{tier}",
                disabled=not 0 <= number + by < len(order),
                help=title,
                on_click=_set,
                args=(draft.key, part, moved(order, tier, by)),
            )


def _set(key: str, part: PartName, order: list[str]) -> None:
    session.edit(key, lambda d: d.with_edit(Edit("goals", (part,), order)))
