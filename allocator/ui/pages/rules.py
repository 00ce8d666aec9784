"""Rules: every rule as a card, the order of goals, the terms of both parts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from allocator.insight.registry import REGISTRY
from allocator.insight.vocabulary import FIRMNESS, PART, word
from allocator.modelling import ALL_FIRMNESS, Rule
from allocator.scenario import PartName, Preset, Scenario
from allocator.ui import session
from allocator.ui.cards import Notes, show_card, verdict_line
from allocator.ui.frame import Context
from allocator.ui.goal_list import show_goals
from allocator.ui.language import language, say
from allocator.ui.logic.draft import Draft, chosen
from allocator.ui.logic.obstacles import obstacles
from allocator.ui.logic.rule_filter import (
    MARKS,
    Key,
    Mark,
    Wanted,
    other_than,
    shown,
    since,
    since_result,
)
from allocator.ui.logic.today import Said, spoken
from allocator.ui.logic.wording import capital
from allocator.ui.preset_bar import show_presets
from allocator.ui.problems import plain, show_problems
from allocator.ui.readings import last_table_of, now_said, today_of
from allocator.ui.terms_form import show_terms

_ASIDE = "rules-off"


def show_rules(context: Context) -> None:
    """Three sheets: rules, goals, terms."""
    _obstacles(context.draft)
    if context.how == "outdated" and context.findings is not None:
        _since(context.scenario, context.findings.scenario)
    titles = [say("Rules"), say("Order of goals"), say("Terms of counting")]
    # Only the sheet looked at is drawn: a browser takes a second for all three.
    rules, goals, terms = st.tabs(titles, key=f"sheets-{language()}", on_change="rerun")
    if rules.open:
        with rules:
            _rules(context)
    if goals.open:
        with goals:
            show_goals(context.draft)
    if terms.open:
        with terms:
            show_terms(context.draft)


def _since(scenario: Scenario, solved: Scenario) -> None:
    """What stands otherwise than when the last result was made, in one line."""
    found, lang = since(scenario, solved), language()
    told = [say("{number} rules", number=found.rules)] if found.rules else []
    told += [f"{word(PART, p, lang)} · {say('order of goals')}" for p in found.goals]
    told += [f"{word(PART, p, lang)} · {say('terms of counting')}" for p in found.terms]
    told += [say("data of the county")] if found.county else []
    if told:
        listed = ("；" if lang == "zh" else "; ").join(told)
        st.caption(plain(say("Changed since the last result: {listed}", listed=listed)))


def _obstacles(draft: Draft) -> None:
    """Why nothing can be divided by the admission rules and terms as they stand."""
    found = obstacles(draft.scenario, st.session_state.get("obstacles"))
    st.session_state["obstacles"] = found
    if found is not None and found.problems:
        st.markdown(f"**{say('Quota places cannot be divided by these rules:')}**")
        show_problems(found.problems)


def _rules(context: Context) -> None:
    draft = context.draft
    base = show_presets(draft)
    wanted = _filter(draft)
    st.caption(
        say(
            "Must: no plan may break it. Should: kept as far as possible, and what is missed is "
            "told. Watch: only measured. Off: not looked at."
        )
    )
    heard, marked = _heard(context), _marked(context, base)
    marked["missed"] = {key for key, said in heard.items() if not said.kept}
    if wanted.mark == "missed_today":
        marked["missed_today"] = {
            key for key, said in now_said(draft.scenario, language()).items() if not said.kept
        }
    found = shown(draft, wanted, marked)
    if not wanted.anything:
        found = _of_part(draft, found)
    lines = _lines(draft) if today_of(draft.scenario.county).read else None
    slots: dict[Key, DeltaGenerator] = {}

    def cards(some: Sequence[tuple[PartName, type[Rule]]]) -> None:
        for part, rule in some:
            key = (part, rule.name)
            notes = Notes(
                marks=tuple(m for m in MARKS if key in marked.get(m, ())),
                result=heard.get(key),
                now=None if lines is None else lines.get(key),
                stale=context.how != "current",
                base=base,
            )
            slots[key] = show_card(draft, part, rule, notes)

    for part in draft.scenario.parts:
        some = [(p, rule) for p, rule in found if p == part]
        if not some:
            continue
        if wanted.anything or len(draft.scenario.parts) == 1:
            st.subheader(capital(word(PART, part, language())), anchor=False)
        if part == "admission":
            _about_last_table(draft)
        aside = set() if wanted.anything else _aside(draft, part)
        cards([(p, rule) for p, rule in some if rule.name not in aside])
        _set_aside([(p, rule) for p, rule in some if rule.name in aside], cards)
    if not found:
        st.info(say("No rule fits: change the search or show all rules."))
    if lines is None and slots:
        # The first reading takes a moment: it is written into the cards once they stand.
        with st.spinner(say("Reading today's county")):
            lines = _lines(draft)
        for card in slots.keys() & lines.keys():
            slots[card].caption(lines[card])


def _of_part(
    draft: Draft, found: Sequence[tuple[PartName, type[Rule]]]
) -> list[tuple[PartName, type[Rule]]]:
    """The rules of the part chosen, where there are two; a search looks through both."""
    parts, lang = draft.scenario.parts, language()
    if len(parts) == 1:
        return list(found)
    chosen_part = st.segmented_control(
        say("Rules of"),
        parts,
        default=parts[0],
        required=True,
        format_func=lambda p: capital(word(PART, p, lang)),
        key="rules-of",
        label_visibility="collapsed",
        persist_state="session",
    )
    return [(part, rule) for part, rule in found if part == chosen_part]


def _aside(draft: Draft, part: PartName) -> set[str]:
    """The rules that were off when the page was opened; one turned on stays where it stands."""
    key = f"{_ASIDE}-{part}"
    mark = (draft.key, session.revision())
    held: tuple[tuple[str, int], set[str]] | None = st.session_state.get(f"{key}-names")
    if held is None or held[0] != mark or key not in st.session_state:
        off = {r.name for r in REGISTRY[part] if chosen(draft.scenario, part, r).firmness == "off"}
        refused = {p[1] for p in draft.wrong if p[0] == part}
        held = (mark, off - refused)
        st.session_state[f"{key}-names"] = held
    return held[1]


def _set_aside(
    some: Sequence[tuple[PartName, type[Rule]]],
    cards: Callable[[Sequence[tuple[PartName, type[Rule]]]], None],
) -> None:
    """Rules that are off, drawn once they are asked for: they are many, and say nothing yet."""
    if not some:
        return
    label = say("Rules that are off: {number}", number=len(some))
    folded = st.expander(label, key=f"{_ASIDE}-{some[0][0]}", on_change="rerun")
    if folded.open:
        with folded:
            cards(some)
    else:
        titles = (plain(rule.title.say(language())) for _, rule in some)
        st.caption(("、" if language() == "zh" else ", ").join(titles))


def _filter(draft: Draft) -> Wanted:
    """The line of filters."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        words = st.text_input(say("Search rules"), key="search", width=220)
        firmness = st.pills(
            say("Firmness"),
            ALL_FIRMNESS,
            selection_mode="multi",
            format_func=lambda f: word(FIRMNESS, f, language()),
            key="firm",
        )
        mark: Mark | None = st.selectbox(
            say("Show"),
            [None, *MARKS],
            format_func=lambda m: say("all rules") if m is None else MARKS[m].say(language()),
            key="mark",
            filter_mode=None,
            width=220,
        )
        if words or firmness or mark:
            st.button(say("Show all rules"), key="show-all", type="tertiary", on_click=_show_all)
    return Wanted(words or "", tuple(firmness or ()), mark)


def _show_all() -> None:
    st.session_state.update({"search": "", "firm": [], "mark": None})


def _heard(context: Context) -> Mapping[Key, Said]:
    """What the last result says of each rule."""
    found = context.findings
    if found is None or not found.solved:
        return {}
    return spoken(found.table("rules", language()))


def _marked(context: Context, base: Preset | None) -> dict[Mark, Collection[Key]]:
    solved = context.findings.scenario if context.findings is not None else None
    scenario = context.scenario
    return {
        "changed": context.draft.changed,
        "preset": other_than(scenario, base),
        "since": since_result(scenario, solved),
    }


def _lines(draft: Draft) -> Mapping[Key, str]:
    """The same as lines of the cards, each saying what it speaks of."""
    year = last_table_of(draft.scenario.county).year
    when = {"staffing": say("Today"), "admission": say("With the quotas of {year}", year=year)}
    return {
        key: verdict_line(when[key[0]], said)
        for key, said in now_said(draft.scenario, language()).items()
    }


def _about_last_table(draft: Draft) -> None:
    """What the rules can be read against before a solve."""
    year = last_table_of(draft.scenario.county).year
    if year is None:
        text = (
            "No earlier quotas are on record: what the rules say of a table is shown after a "
            "solve. Earlier quotas are entered on the page County data."
        )
        st.caption(say(text))
    else:
        text = (
            "Before a solve there is no quota table of this year: the rules read the one of "
            "{year} as if it were published again."
        )
        st.caption(say(text, year=year))
