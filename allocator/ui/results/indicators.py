"""Balance between schools and the plan's indicators, with a plan or on the county as it is."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from allocator import insight
from allocator.county.indicators import INDICATORS, NAMES, THRESHOLDS, Indicator
from allocator.county.places import STAGES, Stage
from allocator.insight.balance_tables import resource_floor
from allocator.insight.lorenz import gini, lorenz
from allocator.insight.vocabulary import STAGE, YES_NO, word
from allocator.modelling import Language, Text
from allocator.ui.language import language, say
from allocator.ui.logic.charts import dumbbells
from allocator.ui.logic.choices import fitting
from allocator.ui.logic.result_charts import lorenz_curves
from allocator.ui.logic.staffing_views import Looked
from allocator.ui.logic.wording import figure, named_once
from allocator.ui.results.grids import pick, show_table


def show_coefficients(found: Looked, *, solved: bool) -> None:
    """Each difference coefficient with its target."""
    lang = language()
    table = found.table("indicators", lang)
    if table.empty:
        st.info(say("There are no data for the indicators."))
        return
    chart = dumbbells(table, lang, every=True, solved=solved)
    if chart is not None:
        with st.container(key="charts"):
            st.altair_chart(chart, alt=say("Differences between schools, before and after"))
    st.caption(
        say("0 is perfectly even. Teachers move L1 to L3; L4 to L7 are rooms and equipment.")
    )
    values = ("before", "after", "change") if solved else ("now",)
    columns = ("stage", "indicator", "indicator_name", *values, "target", "kept")
    show_table(named_once(table.assign(now=table["before"])), columns, tall=18)


def show_lorenz(found: Looked, *, solved: bool) -> None:
    """Which part of the pupils has which part of a resource."""
    lang = language()
    known = found.table("indicators", lang)
    if known.empty:
        st.info(say("There are no data for the indicators."))
        return
    stage, indicator = _choice(known)
    curve = lorenz(found.scenario, found.seen, stage, indicator)
    chart = lorenz_curves(curve, lang, solved=solved)
    if chart is None:
        st.info(say("There are no data for this indicator at this stage."))
        return
    left, right = st.columns([2, 1], gap="large")
    title = f"{word(STAGE, stage, lang)} {indicator} {Text(*NAMES[indicator]).say(lang)}"
    with left, st.container(key="charts"):
        st.markdown(f"**{title}**")
        st.altair_chart(chart, alt=say("Lorenz curve: {title}", title=title))
    with right:
        row = known[(known["stage"] == stage) & (known["indicator"] == indicator)].iloc[0]
        _spread(say("Difference coefficient"), row["before"], row["after"] if solved else None)
        after = gini(curve, "after") if solved else None
        _spread(say("Gini coefficient"), gini(curve, "before"), after)
        st.caption(
            say(
                "Schools stand in the order of what they have a head, the least first. The nearer "
                "the curve is to the straight line, the more even. Point at a dot to see its "
                "school."
            )
        )


def _choice(known: pd.DataFrame) -> tuple[Stage, Indicator]:
    """The stage and the indicator looked at, of those with data."""
    lang = language()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        stage: Stage = st.segmented_control(
            say("Stage"),
            [s for s in STAGES if s in set(known["stage"])],
            default=known["stage"].iloc[0],
            required=True,
            format_func=lambda s: word(STAGE, s, lang),
            key="lorenz-stage",
            persist_state="session",
        )
        listed = set(known[known["stage"] == stage]["indicator"])
        indicator: Indicator = st.selectbox(
            say("Indicator"),
            [i for i in INDICATORS if i in listed],
            format_func=lambda i: f"{i} {Text(*NAMES[i]).say(lang)}",
            key=f"lorenz-{stage}",
            filter_mode=None,
            width=420,
            persist_state="session",
        )
    return stage, indicator


def _spread(label: str, before: float | None, after: float | None) -> None:
    """A coefficient, smaller is better."""
    if after is None or before is None:
        st.metric(label, figure(before, "cv"), border=True)
        return
    change = figure(after - before, "cv", signed=True)
    st.metric(label, figure(after, "cv"), change, delta_color="inverse", border=True)


def show_schools(found: Looked, *, solved: bool) -> None:
    """Every school's indicators, and how many thresholds it reaches."""
    lang = language()
    table = found.table("school_indicators", lang)
    if table.empty:
        st.info(say("There are no data for the indicators."))
        return
    judged = table[table["reached"].notna()]
    st.markdown(
        say(
            "{kept} of {judged} schools and stages reach what is asked of each",
            kept=int(judged["reached"].sum()),
            judged=len(judged),
        )
    )
    st.caption(resource_floor(found.scenario).asks(lang))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen: dict[str, Any] = {
            "stage": pick(say("Stage"), table["stage"], "school-stage", STAGE, width=150),
            "township": pick(say("Township"), table["township"], "school-township"),
            "reached": pick(
                say("Thresholds reached"), table["reached"], "school-reached", YES_NO, width=150
            ),
        }
    was = {i: (f"{i}_before",) if solved else () for i in ("L1", "L2", "L3")}
    values = [column for i in INDICATORS for column in (*was.get(i, ()), i)]
    columns = ("school", "township", "stage", "pupils", *values, "met", "reached")
    shown = fitting(table, chosen).sort_values(["reached", "met"], kind="stable")
    show_table(shown, columns, tall=18, empty=say("No school fits these choices."))
    with st.expander(say("Indicators and thresholds")):
        _thresholds(lang)


def _thresholds(lang: Language) -> None:
    """What the indicators are, and what a school shall reach."""
    frame = pd.DataFrame(
        [
            {
                "indicator": indicator,
                "indicator_name": Text(*NAMES[indicator]).say(lang),
                **{str(stage): THRESHOLDS[indicator][stage] for stage in STAGES},
            }
            for indicator in INDICATORS
        ]
    )
    names = {
        str(stage): say("Threshold, {stage}", stage=word(STAGE, stage, lang)) for stage in STAGES
    }
    show_table(frame, ("indicator", "indicator_name", *STAGES), names=names)


def show_plan(found: Looked, *, solved: bool) -> None:
    """The plan's Table 1, as far as there are data."""
    lang = language()
    table = found.table("plan_indicators", lang)
    st.caption(
        say(
            "Target: the value of this year on the straight line from 2020 to 2025. What the "
            "roster gives is counted, the rest is typed in; only what is taken from roster and "
            "plan can be changed by moving teachers."
        )
    )
    after = ("after",) if solved else ()
    columns = (
        "number", "indicator_name", "unit", "in_2020", "now", *after, "target", "by_2025", "kept",
        "computed_from", "typed_as_of",
    )  # fmt: skip
    show_table(table, columns, tall=26, empty=say("There are no data for the plan's Table 1."))
    missing = insight.plan_indicators_missing(found.scenario, found.seen, lang)
    if missing:
        joint = "、" if lang == "zh" else ", "
        st.caption(say("no data for: {numbers}", numbers=joint.join(missing)))
