"""The quota table: numbers, pictures, and how each number came about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from allocator.insight import senior_high_names
from allocator.insight.quota_division import Division
from allocator.insight.quota_method import method
from allocator.insight.quota_steps import explained
from allocator.insight.quota_tables import quota_ties
from allocator.modelling import Text
from allocator.ui.language import language, say
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.quota_edit import PLACES, with_sums
from allocator.ui.logic.quota_pictures import differences, heat_map
from allocator.ui.problems import plain, show_problems
from allocator.ui.results.grids import show_table
from allocator.ui.results.quota_views import show_edit, show_methods, show_use

_VIEW = "quota-view"


def show_quotas(findings: Findings) -> None:
    """The table with its sums, then one of its pictures or explanations."""
    found = findings.division
    if found is None:
        return
    table = findings.table("quotas", language())
    st.caption(
        say(
            "{schools} junior highs, {places} quota places",
            schools=len(table),
            places=f"{int(table['total'].sum()):,}",
        )
    )
    show_problems(found.problems)
    lang = language()
    chosen: str | None = st.segmented_control(
        say("View"),
        list(_VIEWS),
        required=True,
        default="table",
        format_func=lambda name: _VIEWS[name][0].say(lang),
        key=_VIEW,
        label_visibility="collapsed",
    )
    _VIEWS[chosen or "table"][1](findings, found)


def _table(findings: Findings, found: Division) -> None:
    del found
    table = with_sums(findings.table("quotas", language()), language())
    places = [c for c in table.columns if str(c).startswith(PLACES)]
    columns = (
        "junior_high", "total", "entitlement", "difference", *places, "township", "registered",
    )  # fmt: skip
    show_table(table, columns, names=dict(senior_high_names(findings.scenario)), tall=25)


def _heat(findings: Findings, found: Division) -> None:
    del findings
    lang = language()
    picture = heat_map(found, lang)
    if picture is None:
        st.info(say("This table is too large for a picture: see the table."))
        return
    if found.held or found.ties:
        st.caption(say("Framed: a floor, a cap or a tie decides this number."))
    with st.container(key="charts-quotas"):
        st.altair_chart(picture, alt=say("Places of every pair"))


def _against(findings: Findings, found: Division) -> None:
    del findings
    picture = differences(found, language())
    if picture is None:
        st.info(say("This table is too large for a picture: see the table."))
        return
    with st.container(key="charts-quotas-difference"):
        st.altair_chart(picture, alt=say("Places against the proportional share"))


def _explained(findings: Findings, found: Division) -> None:
    del findings
    lang = language()
    id = st.selectbox(
        say("Junior high"),
        list(found.claimants),
        format_func=lambda id: found.claimants[id].name,
        key="quota-explained",
        width=420,
    )
    if id is None:
        return
    told = explained(found, id, lang)
    for number, step in enumerate(told.steps, start=1):
        st.markdown(f"**{number}. {plain(step.title)}**")
        st.markdown("  \n".join(plain(line) for line in step.lines))
        for clause in step.clauses:
            st.caption(say("Source: {clause}", clause=plain(clause)))


def _method(findings: Findings, found: Division) -> None:
    del findings
    lang = language()
    told = method(found, lang)
    st.markdown(f"**{plain(told.title)}**")
    for line in (*told.formula, told.held, told.ties, *told.proof):
        if line:
            st.markdown(plain(line))
    if found.ties:
        show_table(
            quota_ties(found), ("senior_high", "junior_high", "cell_places", "or_else"), tall=20
        )


_VIEWS: Mapping[str, tuple[Text, Callable[[Findings, Division], None]]] = {
    "table": (Text("名额表", "Table"), _table),
    "heat": (Text("热图", "Heat map"), _heat),
    "against": (Text("与应得比较", "Against the share"), _against),
    "explained": (Text("计算说明", "Step by step"), _explained),
    "method": (Text("方法与并列", "Method and ties"), _method),
    "methods": (Text("取整方法比较", "Ways of rounding"), show_methods),
    "use": (Text("预计使用", "Expected use"), show_use),
    "edit": (Text("手工调整", "Edit by hand"), show_edit),
}
