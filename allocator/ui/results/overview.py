"""How the run ended, the headline figures, what is missed, and two pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import streamlit as st

from allocator.county.frozen import Problem
from allocator.insight.decided import against_decided
from allocator.insight.figures import FIGURES, Figure
from allocator.insight.names import bracketed
from allocator.insight.vocabulary import PART, REASON, STATUS, word
from allocator.scenario import PartName, Scenario
from allocator.solving import PartOutcome
from allocator.ui.language import language, say
from allocator.ui.logic.charts import dumbbells, uncovered_bars
from allocator.ui.logic.findings import Findings, Missed
from allocator.ui.logic.wording import capital, figure, figure_title, in_words
from allocator.ui.problems import plain, show_problems
from allocator.words import tell

HEADLINES: dict[PartName, tuple[str, ...]] = {
    "staffing": (
        "moves",
        "exchange_rate",
        "uncovered",
        "famous_missing",
        "cv_mean_primary",
        "cv_mean_junior",
    ),
    "admission": ("quota_places", "quota_share", "without_place"),
}
"""The figures shown large, in this order; all others stand in the table below."""
_NOTHING = 1e-9
"""A change below this is none: an arrow beside it would be read as one."""


def show_overview(findings: Findings) -> None:
    """The first thing to look at after a solve."""
    for part in findings.outcome.parts:
        st.subheader(capital(word(PART, part.part, language())), anchor=False)
        _ending(part)
        if part.part == "staffing" and part.status == "infeasible":
            _decided(findings.scenario)
        if part.plan is None:
            continue
        show_metrics(findings, part.part, HEADLINES[part.part])
        if part.part == "staffing":
            st.caption(say("Arrows show the change against today, with nobody moved."))
        _misses(findings, part.part)
    if "staffing" in findings.solved:
        _pictures(findings)
    if findings.solved:
        with st.expander(say("All headline figures")):
            show_figures(findings)


def _ending(part: PartOutcome) -> None:
    lang = language()
    status, reason = word(STATUS, part.status, lang), word(REASON, part.reason, lang)
    text = capital(say("{status} ({reason})", status=status, reason=reason))
    if part.status == "optimal":
        st.success(text)
    elif part.plan is not None:
        st.info(text)
    else:
        st.error(f"{text}  \n{_advice(part)}")
    show_problems([Problem(f.path, f.text, f.details) for f in part.problems])
    for note in part.notes:
        st.caption(plain(tell(Problem(note.path, note.text, note.details), lang)))
    if part.audit is not None and not part.audit.clean:
        st.error(say("The audit rejects this plan: do not publish it."))
        show_problems([Problem(f.path, f.text, f.details) for f in part.audit.flaws])


def _decided(scenario: Scenario) -> None:
    """What was decided beforehand and leaves no plan."""
    if against := against_decided(scenario, language()):
        lines = "\n".join(f"- {plain(sentence)}" for sentence in against)
        st.error(f"{say('Decided beforehand, and against rules that must be kept:')}\n\n{lines}")


def _advice(part: PartOutcome) -> str:
    """What to do where there is no plan."""
    if part.reason == "impossible_request":
        return say("Repair what is named below, or choose another rounding, then solve again.")
    if part.status == "infeasible":
        return say("Set one of the rules that must be kept to should, then solve again.")
    if part.reason == "time_limit":
        return say("Allow more time under options, then solve again.")
    if part.reason == "cancelled":
        return say("It was stopped before there was a plan: solve again.")
    return say("The run ended by itself: solve again; if it happens again, keep the scenario file.")


def show_metrics(findings: Findings, part: PartName, chosen: Sequence[str]) -> None:
    """Some headline figures, large, each with its change against today or what is asked for."""
    lang = language()
    table = findings.summary
    rows = {r["figure"]: r for r in table[table["part"] == part].to_dict("records")}
    listed = [code for code in chosen if code in rows]
    columns = st.columns(max(len(listed), 4 if part == "admission" else 3))
    for column, code in zip(columns, listed, strict=False):
        row: dict[Any, Any] = rows[code]
        about = FIGURES[code]
        beside = Beside.of(row["change"], row["target"], about)
        with column:
            st.metric(
                figure_title(code, lang),
                figure(row["after"], about.unit),
                beside.text,
                delta_color=beside.colour,
                delta_arrow=beside.arrow,
                border=True,
                height="stretch",
            )


@dataclass(frozen=True)
class Beside:
    """What stands under a headline figure: the change against today, else what is asked for."""

    text: str | None = None
    colour: Literal["normal", "inverse", "off"] = "off"
    arrow: Literal["auto", "off"] = "off"

    @classmethod
    def of(cls, change: float, target: float, about: Figure) -> Beside:
        """The remark for a figure; nothing where there is neither a change nor a target."""
        asked = None if pd.isna(target) else figure(target, about.unit)
        if pd.isna(change):
            return cls(say("asked for {value}", value=asked)) if asked else cls()
        if abs(change) < _NOTHING:
            return cls()
        colour: Literal["normal", "inverse", "off"] = "off"
        if about.less_is_better is not None:
            colour = "inverse" if about.less_is_better else "normal"
        return cls(figure(change, about.unit, signed=True), colour, "auto")


def _misses(findings: Findings, part: PartName) -> None:
    """Rules that are not kept, as sentences."""
    lang = language()
    broken = findings.missed(part, "must", lang)
    if broken:
        st.error(say("Rules broken that must be kept:"))
        show_missed(broken)
    missed = findings.missed(part, "should", lang)
    if missed:
        st.markdown(f"**{say('Rules wished for and missed:')}**")
        show_missed(missed)
    elif findings.wished(part):
        st.markdown(say("Every rule wished for is kept."))


def show_missed(missed: Sequence[Missed]) -> None:
    """Rules that are not kept, each with its worst places."""
    for rule in missed:
        places = say("missed {number} times", number=rule.places)
        title = bracketed(rule.title, places, language()) if rule.places > 1 else rule.title
        with st.expander(title, expanded=rule.places == 1 or len(missed) == 1):
            lines = [f"- {plain(s)}" for s in rule.sentences]
            if rule.places > len(rule.sentences):
                more = rule.places - len(rule.sentences)
                lines.append(f"- {say('and {number} more', number=more)}")
            st.markdown("\n".join(lines))


def _pictures(findings: Findings) -> None:
    lang = language()
    left, right = st.columns(2, gap="large")
    with left, st.container(key="charts"):
        chart = uncovered_bars(findings.table("coverage", lang), lang)
        st.markdown(f"**{say('Uncovered periods by subject')}**")
        if chart is None:
            st.markdown(say("Every subject is covered at every school."))
        else:
            st.altair_chart(chart, alt=say("Uncovered periods by subject"))
    with right, st.container(key="charts-2"):
        picture = dumbbells(findings.table("indicators", lang), lang)
        st.markdown(f"**{say('Differences between schools, before and after')}**")
        if picture is None:
            st.markdown(say("There are no data for the indicators."))
        else:
            st.altair_chart(picture, alt=say("Differences between schools, before and after"))


def show_figures(findings: Findings) -> None:
    """The table of all headline figures."""
    columns = ("part", "figure", "unit", "before", "after", "change", "target", "kept")
    st.dataframe(in_words(findings.summary, columns, language()), hide_index=True)
