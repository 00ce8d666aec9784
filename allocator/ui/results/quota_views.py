"""Views of the quota table beyond the table: all ways of rounding, expected use, hand edits."""

from __future__ import annotations

import streamlit as st

from allocator.admission.entitlement import Cell
from allocator.county.frozen import Problem
from allocator.files.matrix import matrix_bytes
from allocator.files.naming import file_stem
from allocator.insight import senior_high_names
from allocator.insight.method_tables import way_names
from allocator.insight.quota_division import Division
from allocator.ui import session
from allocator.ui.language import language, say
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.quota_charts import deviations, left_with_nothing
from allocator.ui.logic.quota_edit import PLACES, changed, folded
from allocator.ui.problems import plain, show_problems
from allocator.ui.results.grids import show_table
from allocator.ui.results.overview import show_missed


def show_methods(findings: Findings, found: Division) -> None:
    """Every way of rounding on this county: whom it leaves with nothing, how far it strays."""
    del found
    lang = language()
    with st.spinner(say("Dividing the places in every way")):
        table = findings.table("methods", lang)
    st.caption(
        say(
            "The same claims, rounded in every way that can be chosen. The way in force is the one "
            "of the scenario."
        )
    )
    columns = (
        "way", "sums_kept", "given_less_quota", "rural_without", "seat_without", "without",
        "farthest_below", "farthest_above", "off_by_one", "rules_broken",
    )  # fmt: skip
    made = table["without"].notna()
    show_table(table[made], columns, tall=20)
    for row in table[~made].to_dict("records"):
        st.caption(plain(say("{what}: {said}", what=row["way"], said=row["no_table"])))
    picture = left_with_nothing(table, lang)
    if picture is None:
        st.markdown(say("No way of rounding leaves a junior high with nothing here."))
        place = st.container()
    else:
        left, place = st.columns(2, gap="large")
        with left, st.container(key="charts-left-out"):
            st.markdown(f"**{say('Junior highs left with nothing')}**")
            st.altair_chart(picture, alt=say("Junior highs left with nothing"))
    with place, st.container(key="charts-deviations"):
        st.markdown(f"**{say('Places less entitlement, a dot each junior high')}**")
        schools = findings.table("schools_by_method", lang)
        dots = deviations(schools, way_names(findings.methods, lang), lang)
        if dots is not None:
            st.altair_chart(dots, alt=say("Places less entitlement, a dot each junior high"))
    with st.expander(say("Every junior high under every way")):
        ways = dict(way_names(findings.methods, lang))
        given = [c for c in schools.columns if c in ways]
        show_table(schools, ("junior_high", "entitlement", *given), names=ways, tall=25)


def show_use(findings: Findings, found: Division) -> None:
    """What earlier years let expect: places filled, and places that return."""
    del found
    lang = language()
    back = findings.table("expected_return", lang)
    if back.empty or not findings.scenario.county.past_quotas:
        st.info(say("There is no record of earlier years: enter places and places filled."))
        return
    st.caption(
        say(
            "Expected from the fill rates of earlier years. Places not filled return to unified "
            "admission of the same senior high."
        )
    )
    show_table(back, tuple(str(c) for c in back.columns), tall=20)
    cells = findings.table("expected_use", lang)
    with st.expander(say("Every pair")):
        show_table(cells, tuple(str(c) for c in cells.columns), tall=25)


def show_edit(findings: Findings, found: Division) -> None:
    """Change cells by hand and see at once what that breaks; nothing is solved."""
    del found
    lang = language()
    run = session.address("run") or ""
    cells: dict[Cell, int] = st.session_state.setdefault("quota-cells", {}).setdefault(run, {})
    table = findings.table("quotas", lang)
    names = senior_high_names(findings.scenario)
    places = [c for c in map(str, table.columns) if c.startswith(PLACES)]
    key = f"quota-editor-{run}-{session.revision()}-{lang}"
    frozen = f"{key}-table"
    if key not in st.session_state or frozen not in st.session_state:
        shown = table[["school_id", "junior_high", "total", *places]].copy()
        for (high, school), value in cells.items():
            shown.loc[shown["school_id"] == school, f"{PLACES}{high}"] = value
        shown["total"] = shown[places].sum(axis=1)
        st.session_state[frozen] = shown
    shown = st.session_state[frozen]
    st.caption(say("Type another number into a cell: what it breaks is told below at once."))
    st.data_editor(
        shown,
        key=key,
        hide_index=True,
        disabled=["school_id", "junior_high", "total"],
        column_config={
            "school_id": None,
            "junior_high": st.column_config.TextColumn(say("Junior high"), pinned=True),
            "total": None,
            **{c: st.column_config.NumberColumn(names[c], step=1, format="%d") for c in places},
        },
        height=420,
        on_change=lambda: cells.update(folded(shown, st.session_state[key]["edited_rows"])),
    )
    if not cells:
        return
    judged = changed(findings, cells)
    _judged(judged)
    with st.container(horizontal=True):
        st.download_button(
            say("Download this table (xlsx)"),
            data=lambda: matrix_bytes(findings.scenario, judged.outcome.plan, lang),
            file_name=f"{file_stem(findings.scenario.title)}-{say('quota table')}.xlsx",
            on_click="ignore",
            key="download-edited-quotas",
        )
        st.button(say("Undo all hand edits"), key="undo-quota-cells", on_click=_forget, args=(run,))


def _judged(judged: Findings) -> None:
    part = judged.outcome.part("admission")
    assert part is not None
    assert part.audit is not None
    lang = language()
    if part.audit.clean:
        st.success(say("The changed table keeps every rule that must be kept."))
    else:
        st.error(say("The changed table breaks what must be kept:"))
    show_problems([Problem(f.path, f.text, f.details) for f in part.audit.flaws])
    broken = judged.missed("admission", "must", lang)
    missed = judged.missed("admission", "should", lang)
    if broken:
        show_missed(broken)
    if missed:
        st.markdown(f"**{say('Rules wished for and missed:')}**")
        show_missed(missed)


def _forget(run: str) -> None:
    st.session_state["quota-cells"].pop(run, None)
    session.raise_revision()
