"""Famous teachers: rural junior highs, who comes, who is to be trained."""

from __future__ import annotations

import streamlit as st

from allocator.insight.figures import FIGURES
from allocator.insight.vocabulary import MOVE_REASON
from allocator.ui.language import language, say
from allocator.ui.logic.choices import fitting
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.result_charts import famous_bars, missing_by_township, training_bars
from allocator.ui.results.grids import pick, show_table

HEADLINES = tuple(f for f in FIGURES if f.startswith("famous_"))


def show_schools(findings: Findings) -> None:
    """Every rural junior high before and after, beside what it needs."""
    lang = language()
    table = findings.table("famous", lang)
    table = table.sort_values(["missing_after", "need"], ascending=False)
    chart = famous_bars(table, lang)
    if chart is None:
        st.info(say("There is no rural junior high in this county."))
        return
    with st.container(key="charts"):
        st.altair_chart(chart, alt=say("Famous teachers of each rural junior high and its need"))
    columns = (
        "school", "township", "area", "pupils", "need", "have_before", "have_after",
        "missing_before", "missing_after",
    )  # fmt: skip
    show_table(table, columns, tall=40)


def show_movers(findings: Findings) -> None:
    """Which famous teachers go where."""
    table = findings.table("famous_moves", language())
    if table.empty:
        st.info(say("No famous teacher is moved."))
        return
    coming = table[table["to_rural"]]
    leaving = int((table["from_rural"] & ~table["to_rural"]).sum())
    st.caption(
        say(
            "{come} famous teachers come to rural junior highs, {inside} of them from another; "
            "{leave} leave for elsewhere",
            come=len(coming),
            inside=int(coming["from_rural"].sum()),
            leave=leaving,
        )
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = {
            "to_school": pick(say("To school"), table["to_school"], "famous-to"),
            "from_township": pick(
                say("From township"), table["from_township"], "famous-from", width=160
            ),
            "subject": pick(say("Subject"), table["subject"], "famous-subject", width=160),
            "main_reason": pick(
                say("Main reason"), table["main_reason"], "famous-reason", MOVE_REASON, 160
            ),
        }
    columns = (
        "name", "teacher", "honours", "subject", "from_school", "from_township", "to_school",
        "to_township", "kind", "years", "minutes", "main_reason", "reasons",
    )  # fmt: skip
    empty = say("No move fits these choices: choose all again.")
    show_table(fitting(table, chosen), columns, tall=20, empty=empty)


def show_training(findings: Findings) -> None:
    """What is missing by township, and whom to train by subject and year."""
    lang = language()
    schools, table = findings.table("famous", lang), findings.table("training", lang)
    missing, train = missing_by_township(schools, lang), training_bars(table, lang)
    if missing is None:
        st.success(say("No rural junior high lacks a famous teacher."))
        return
    left, right = st.columns(2, gap="large")
    with left, st.container(key="charts"):
        st.markdown(f"**{say('Famous teachers missing by township')}**")
        st.altair_chart(missing, alt=say("Famous teachers missing by township"))
    with right, st.container(key="charts-2"):
        st.markdown(f"**{say('To be trained by subject and year')}**")
        if train is None:
            st.success(say("Nobody is missing after the plan: nobody needs to be trained for it."))
        else:
            st.altair_chart(train, alt=say("To be trained by subject and year"))
    years = [str(c) for c in table.columns if str(c).isdigit()]
    st.caption(
        say(
            "The need is divided over subjects as full loads are at rural junior highs; what is "
            "missing goes to subjects below their part, earlier years first."
        )
    )
    names = {year: say("{year} (people)", year=year) for year in years}
    columns = ("subject", "famous_need", "famous_have", "to_train", *years)
    show_table(table, columns, names=names, empty=say("There is nothing to show here."))
