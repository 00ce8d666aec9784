"""The views of the comparison: settings, data, figures, moves, quota cells, gains and losses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from allocator.insight.data_compared import TableDifference, data_counts
from allocator.insight.names import senior_high_names
from allocator.insight.results_compared import BETTER, summed
from allocator.insight.side_by_side import side
from allocator.insight.vocabulary import PART, word
from allocator.modelling import Text
from allocator.scenario import PARTS
from allocator.ui.language import language, say
from allocator.ui.logic import comparison
from allocator.ui.logic.gain_charts import change_bars
from allocator.ui.logic.sides import LETTERS, Side
from allocator.ui.logic.wording import capital, named_once
from allocator.ui.problems import plain
from allocator.ui.results.grids import pick, show_table

_CELLS = 500
"""Changed cells listed at most."""
_MEASURES: Mapping[str, Text] = {
    "uncovered": Text("未开足（节/周）", "Uncovered (periods)"),
    "net": Text("净流入（人）", "Net arrivals (people)"),
    "quota": Text("名额（个）", "Quota places"),
}
_STAYS = Text("留在原校", "stays")


def heads(sides: Sequence[Side]) -> dict[str, str]:
    """Column of a side -> its head."""
    return {side(n): one.choice.short(n, language()) for n, one in enumerate(sides)}


def show_settings(table: pd.DataFrame, sides: Sequence[Side]) -> None:
    """Rules, order of goals and terms that differ."""
    if table.empty:
        st.success(say("Rules, order of goals and terms are the same."))
        return
    names = heads(sides)
    for part in dict.fromkeys(table["part"]):
        st.markdown(f"**{word(PART, part, language())}**")
        rows = table[table["part"] == part]
        lines = ["| " + " | ".join(["", *names.values()]) + " |", "|" + ":--|" * (len(names) + 1)]
        for row in rows.to_dict("records"):
            cells = [f"**{plain(row['title'])}**", *(plain(row[c]) for c in names)]
            lines.append("| " + " | ".join(cells) + " |")
        st.markdown("\n".join(lines))


def show_data(differences: Sequence[TableDifference], pair: Sequence[Side]) -> None:
    """Rows added, removed and changed, then the cells."""
    if not differences:
        st.success(say("The data are the same."))
        return
    lang = language()
    columns = ("table", "rows_added", "rows_removed", "rows_changed")
    show_table(data_counts(differences), columns)
    scenarios = (pair[0].scenario, pair[1].scenario)
    cells = comparison.cells(differences, scenarios, lang, _CELLS)
    st.markdown(f"**{say('What differs, cell by cell')}**")
    show_table(cells, ("table", "row", "column", side(0), side(1)), names=heads(pair))
    if len(cells) == _CELLS:
        st.caption(say("Only the first {number} are listed.", number=_CELLS))


def show_figures(sides: Sequence[Side]) -> None:
    """Headline figures, how each ended, goals with bounds, and coefficients."""
    lang, names = language(), heads(sides)
    two = ("change",) if len(sides) == 2 else ()
    if two:
        st.caption(say("Change: the second less the first."))
    only = st.toggle(say("Only what differs"), key="compare-only")
    found = comparison.figures(sides, only_differing=only)
    empty = say("All headline figures are the same.")
    show_table(
        found,
        ("part", "figure", "unit", *names, *two),
        names=names,
        tall=30,
        empty=empty,
        figures=list(names),
    )
    st.subheader(say("Goals with value and bound"), anchor=False)
    for part in PARTS:
        told = comparison.endings(sides, part, lang)
        if any(told):
            ends = (
                say("{what}: {said}", what=name, said=text or "—")
                for name, text in zip(names.values(), told, strict=True)
            )
            st.caption(plain(" · ".join([capital(word(PART, part, lang)), *ends])))
    columns = ("part", "tier_title", "unit", *names)
    show_table(comparison.tiers(sides, lang), columns, names=names, figures=list(names))
    table = named_once(comparison.coefficients(sides, lang))
    if not table.empty:
        st.subheader(say("Difference coefficients between schools"), anchor=False)
        columns = ("stage", "indicator", "indicator_name", "before", *names, *two)
        show_table(table, columns, names=names, tall=20, figures=list(names))


def show_moves(table: pd.DataFrame, pair: Sequence[Side]) -> None:
    """Teachers whom the two plans do not send to the same place."""
    if table.empty:
        st.success(say("Both plans move the same teachers to the same schools."))
        return
    with st.container(horizontal=True):
        only = {word_: code for code, word_ in comparison.kinds_of_move(language()).items()}
        chosen = pick(say("How it differs"), pd.Series(list(only)), "compare-moves")
        subject = pick(say("Subject"), table["subject"], "compare-subject")
    if chosen is not None:
        table = table[table["only"] == only[chosen]]
    if subject is not None:
        table = table[table["subject"] == subject]
    st.caption(say("{number} teachers", number=f"{len(table):,}"))
    names = heads(pair)
    table = comparison.with_reasons(table, pair, language())
    reasons = ("reason:0", "reason:1")
    words = {f"reason:{n}": say("Why in {side}", side=LETTERS[n]) for n in (0, 1)}
    columns = ("name", "teacher", "subject", "stage", "from_school", *names, "only", *reasons)
    stays = dict.fromkeys(names, _STAYS.say(language()))
    show_table(table.fillna(stays), columns, names={**names, **words})
    st.caption(say("A reason is what the move gives while all others are made as planned."))


def show_cells(table: pd.DataFrame, pair: Sequence[Side]) -> None:
    """Quota cells that differ."""
    if table.empty:
        st.success(say("Both plans give every junior high the same places."))
        return
    highs = {**senior_high_names(pair[0].scenario), **senior_high_names(pair[1].scenario)}
    shown = table.assign(high_name=table["senior_high"].map(highs), places_change=table["change"])
    more = int(table["change"].clip(lower=0).sum())
    less = -int(table["change"].clip(upper=0).sum())
    text = "{cells} cells differ: {more} places more, {less} fewer"
    st.caption(say(text, cells=len(table), more=f"{more:,}", less=f"{less:,}"))
    names = heads(pair)
    columns = ("junior_high", "township", "high_name", *names, "places_change")
    show_table(shown, columns, names=names)


def show_gains(table: pd.DataFrame) -> None:
    """Schools, townships and area classes that gain or lose."""
    measured = [w for w in _MEASURES if table[f"{w}:change"].notna().any()]
    if not measured or not (table[[f"{w}:change" for w in measured]] != 0).any().any():
        st.success(say("No school gains or loses."))
        return
    lang = language()
    st.caption(
        say(
            "Gain: fewer uncovered periods, or more quota places. Teachers arriving and leaving "
            "are no gain or loss by themselves."
        )
    )
    columns = st.columns(4)
    judged = [w for w in measured if BETTER[w]]
    marks = [(w, sign) for w in judged for sign in (1, -1)]
    for column, (what, sign) in zip(columns, marks, strict=False):
        count = int((table[f"{what}:change"] * BETTER[what] * sign > 0).sum())
        text = "Schools that gain: {measure}" if sign > 0 else "Schools that lose: {measure}"
        with column:
            measure = _bare(what)
            st.metric(
                say(text, measure=measure), say("{number} schools", number=count), border=True
            )
    measures = _measures(measured)
    by_township = summed(table, ("township",))
    charts = st.columns(2, gap="large")
    for column, what in zip(charts, judged, strict=False):
        title = _MEASURES[what].say(lang)
        chart = change_bars(by_township, what, BETTER[what], title, lang)
        with column, st.container(key=f"charts-gain-{what}"):
            st.markdown(f"**{say('Change by township: {measure}', measure=title)}**")
            if chart is None:
                st.markdown(say("No township gains or loses."))
            else:
                st.altair_chart(chart, alt=title)
    st.subheader(say("By area"), anchor=False)
    show_table(summed(table, ("area",)), ("area", *measures), names=measures)
    st.subheader(say("By township"), anchor=False)
    show_table(by_township, ("township", *measures), names=measures, tall=25)
    st.subheader(say("By school"), anchor=False)
    changes = [f"{w}:change" for w in measured]
    differ = table[(table[changes].fillna(0) != 0).any(axis=1)]
    st.caption(say("{number} of {all} schools differ", number=len(differ), all=len(table)))
    differ = differ.sort_values(changes, ascending=[BETTER[w] > 0 for w in measured])
    show_table(differ, ("school", "township", "area", *measures), names=measures, tall=20)


def _bare(what: str) -> str:
    """A measure without its unit."""
    return _MEASURES[what].say(language()).split("（")[0].split(" (")[0]


def _measures(measured: Sequence[str]) -> dict[str, str]:
    """Columns of the measures under each side with the change; of what is no gain, the change."""
    found: dict[str, str] = {}
    for what in sorted(measured, key=lambda w: not BETTER[w]):
        title = _MEASURES[what].say(language())
        if BETTER[what]:
            found |= {f"{what}:{n}": f"{title} {LETTERS[n]}" for n in (0, 1)}
        found[f"{what}:change"] = f"{title} {say('change')}"
    return found
