"""Who gives the periods of each subject, and schools where nobody of their own can."""

from __future__ import annotations

import streamlit as st

from allocator.insight.walking_sources import without_own
from allocator.staffing.walking.able import walking_rule
from allocator.ui.language import language, say
from allocator.ui.logic.choices import fitting
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.walking_charts import ROWS, by_school, by_subject, giver_bars
from allocator.ui.results.grids import pick, show_table

_BESIDE = ("by_supply", "by_second", "by_visit", "uncovered_after")


def _subjects(findings: Findings) -> tuple[str, ...]:
    rule = walking_rule(findings.scenario.configured("staffing"))
    return () if rule is None else tuple(rule.subjects)


def show_subjects(findings: Findings) -> None:
    """By subject: own people, supply, second subjects, visits, and what is not given."""
    lang = language()
    table = by_subject(findings.table("sources", lang), _subjects(findings))
    whole = st.toggle(
        say("Own people as well"), key="walking-own", persist_state="session", value=False
    )
    chart = (
        giver_bars(table, "subject", lang)
        if whole
        else giver_bars(table, "subject", lang, givers=_BESIDE)
    )
    if chart is None:
        st.success(say("Own people give every period of the subjects that may walk."))
    else:
        with st.container(key="charts"):
            st.altair_chart(chart, alt=say("Periods of each subject by who gives them"))
    columns = (
        "subject", "needed", "by_own", "by_supply", "by_second", "by_visit", "uncovered_after",
        "uncovered_alone",
    )  # fmt: skip
    show_table(table, columns, empty=say("No subject that may walk is needed in this county."))


def show_small(findings: Findings) -> None:
    """Schools that would have no teacher of a subject without walking."""
    lang = language()
    cells = without_own(findings.table("sources", lang), _subjects(findings))
    if cells.empty:
        st.success(say("Every school has a teacher of each subject that may walk."))
        return
    nobody = int((cells["uncovered_after"] == cells["needed"]).sum())
    st.markdown(
        say(
            "Without walking, {cells} subjects at {schools} schools have no teacher: they need "
            "{needed} periods a week. Visits and second subjects give {given} of them, {missing} "
            "are not given; of {nobody} subjects none is given.",
            schools=cells["section"].nunique(),
            cells=len(cells),
            needed=f"{cells['needed'].sum():,}",
            given=f"{(cells['needed'] - cells['uncovered_after']).sum():,}",
            missing=f"{cells['uncovered_after'].sum():,}",
            nobody=nobody,
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = {
            "township": pick(say("Township"), cells["township"], "walking-small-town", width=170),
            "subject": pick(say("Subject"), cells["subject"], "walking-small-subject", width=160),
        }
    found = fitting(cells, chosen)
    schools = by_school(found, lang)
    chart = giver_bars(schools.head(ROWS), "place", lang)
    if len(schools) > ROWS:
        st.caption(
            say("The {number} that need most; the table holds all {all}.", number=ROWS,
                all=len(schools))
        )  # fmt: skip
    if chart is not None:
        with st.container(key="charts"):
            st.altair_chart(chart, alt=say("Periods of each school by who gives them"))
    columns = (
        "campus", "stage", "township", "subject", "needed", "by_second", "by_visit",
        "uncovered_after",
    )  # fmt: skip
    order = found.sort_values(["uncovered_after", "needed"], ascending=False)
    show_table(order, columns, empty=say("No school fits these choices: choose all again."))
