"""What is taught, by school and subject, before and after."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from allocator.insight.names import subject_names
from allocator.insight.vocabulary import STAGE
from allocator.modelling import Text
from allocator.ui.language import language, say
from allocator.ui.logic.charts import uncovered_bars
from allocator.ui.logic.choices import fitting
from allocator.ui.logic.coverage_map import ROWS, by_place, heat_map, shown_places
from allocator.ui.logic.findings import Findings
from allocator.ui.results.grids import pick, show_table, view

_FORMS = {
    "map": Text("热力图", "Heat map"),
    "table": Text("明细表", "Table"),
    "bars": Text("分学科", "By subject"),
}
_COLUMNS = (
    "school", "campus", "township", "stage", "subject", "needed", "teachers_before",
    "teachers_after", "uncovered_before", "uncovered_after",
)  # fmt: skip


def show_coverage(findings: Findings) -> None:
    """A heat map by township, then by school; the table; or bars by subject."""
    lang = language()
    table = findings.table("coverage", lang)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = view(_FORMS, "coverage-form")
        chosen = {
            "township": pick(say("Township"), table["township"], "coverage-township", width=170),
            "stage": pick(say("Stage"), table["stage"], "coverage-stage", STAGE, width=130),
        }
        if form == "table":
            chosen["subject"] = pick(
                say("Subject"), table["subject"], "coverage-subject", width=170
            )
        short = form != "bars" and st.toggle(
            say("Only where periods are uncovered"),
            value=True,
            key="only-short",
            persist_state="session",
        )
    found = fitting(table, chosen)
    if form == "bars":
        _bars(found)
    elif form == "map":
        subjects = list(subject_names(findings.scenario, lang).values())
        _map(found, subjects, schools=chosen["township"] is not None, short=short)
    else:
        _table(found, short=short)


def _bars(table: pd.DataFrame) -> None:
    chart = uncovered_bars(table, language())
    if chart is None:
        st.success(say("Every subject is covered at every school."))
        return
    with st.container(key="charts"):
        st.altair_chart(chart, alt=say("Uncovered periods by subject"))


def _map(table: pd.DataFrame, subjects: list[str], *, schools: bool, short: bool) -> None:
    lang = language()
    cells = by_place(table, lang, schools=schools)
    places = shown_places(cells, uncovered=short)
    if not places:
        st.success(say("Every subject is covered at every school."))
        return
    if not schools:
        st.caption(say("Periods a week uncovered, by township: choose one to see its schools."))
    else:
        st.caption(say("Periods a week uncovered, by school; those with the most first."))
    if len(places) > ROWS:
        st.caption(say("and {number} more", number=len(places) - ROWS))
    left, right = st.columns([1.38, 1], gap="small")
    for side, state, title in ((left, "before", say("Before")), (right, "after", say("After"))):
        with side, st.container(key=f"charts-{state}"):
            st.markdown(f"**{title}**")
            chart = heat_map(
                cells,
                places[:ROWS],
                subjects,
                "before" if state == "before" else "after",
                lang,
                labels=state == "before",
            )
            st.altair_chart(chart, alt=say("Uncovered periods by place and subject"))


def _table(table: pd.DataFrame, *, short: bool) -> None:
    if short:
        table = table[(table["uncovered_before"] > 0) | (table["uncovered_after"] > 0)]
    table = table.sort_values("uncovered_after", ascending=False)
    columns: tuple[str, ...] = _COLUMNS
    if (table["school"] == table["campus"]).all():
        columns = tuple(c for c in columns if c != "campus")
    show_table(table, columns, empty=say("Every subject is covered at every school."))
