"""The tables of the staffing plan."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from allocator.insight.vocabulary import STAGE, word
from allocator.ui.language import language, say
from allocator.ui.logic.charts import dumbbells, uncovered_bars
from allocator.ui.logic.findings import Findings
from allocator.ui.results.grids import pick, show_table


def show_exchange(findings: Findings) -> None:
    """Who goes where."""
    table = findings.table("exchange", language())
    with st.container(horizontal=True):
        subject = pick(say("Subject"), table["subject"], "exchange-subject")
        origin = pick(say("From township"), table["from_township"], "exchange-from")
        target = pick(say("To township"), table["to_township"], "exchange-to")
    table = _only(table, {"subject": subject, "from_township": origin, "to_township": target})
    st.caption(say("{number} teachers", number=f"{len(table):,}"))
    columns = (
        "name", "teacher", "subject", "stage", "from_school", "from_township", "to_school",
        "to_township", "kind", "ground", "start", "years", "minutes", "backbone", "honours",
    )  # fmt: skip
    show_table(table, columns, empty=say("Nobody is moved: lower a cap, or choose all."))


def show_coverage(findings: Findings) -> None:
    """What is taught, by school and subject, before and after."""
    lang = language()
    table = findings.table("coverage", lang)
    chart = uncovered_bars(table, lang)
    if chart is not None:
        with st.container(key="charts"):
            st.altair_chart(chart, alt=say("Uncovered periods by subject"))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        subject = pick(say("Subject"), table["subject"], "coverage-subject")
        township = pick(say("Township"), table["township"], "coverage-township")
        short = st.toggle(say("Only where periods are uncovered"), value=True, key="only-short")
    table = _only(table, {"subject": subject, "township": township})
    if short:
        table = table[(table["uncovered_before"] > 0) | (table["uncovered_after"] > 0)]
    table = table.sort_values("uncovered_after", ascending=False)
    columns: tuple[str, ...] = (
        "school", "campus", "township", "stage", "subject", "needed", "teachers_before",
        "teachers_after", "uncovered_before", "uncovered_after",
    )  # fmt: skip
    if (table["school"] == table["campus"]).all():
        columns = tuple(c for c in columns if c != "campus")
    empty = say("Every subject is covered at every school.")
    show_table(table, columns, empty=empty)


def show_famous(findings: Findings) -> None:
    """Rural junior highs and their famous teachers."""
    table = findings.table("famous", language()).sort_values("missing_after", ascending=False)
    columns = (
        "school", "township", "area", "pupils", "need", "have_before", "have_after",
        "missing_before", "missing_after",
    )  # fmt: skip
    show_table(table, columns, tall=40, empty=say("There is no rural junior high in this county."))


def show_indicators(findings: Findings) -> None:
    """Difference coefficients, and every school's indicators."""
    lang = language()
    table = findings.table("indicators", lang)
    chart = dumbbells(table, lang)
    if chart is not None:
        with st.container(key="charts"):
            st.altair_chart(chart, alt=say("Differences between schools, before and after"))
    columns = (
        "stage", "indicator", "indicator_name", "before", "after", "change", "target", "kept",
    )  # fmt: skip
    show_table(table, columns, tall=18, empty=say("There are no data for the indicators."))
    st.subheader(say("Every school"), anchor=False)
    schools = findings.table("school_indicators", lang)
    stage = pick(say("Stage"), schools["stage"].map(lambda s: word(STAGE, s, lang)), "school-stage")
    if stage is not None:
        schools = schools[[word(STAGE, s, lang) == stage for s in schools["stage"]]]
    per_school = (
        "school", "township", "stage", "pupils", "L1_before", "L1", "L2_before", "L2",
        "L3_before", "L3", "L4", "L5", "L6", "L7", "met", "reached",
    )  # fmt: skip
    show_table(schools, per_school)


def _only(table: pd.DataFrame, chosen: dict[str, str | None]) -> pd.DataFrame:
    for column, value in chosen.items():
        if value is not None:
            table = table[table[column] == value]
    return table
