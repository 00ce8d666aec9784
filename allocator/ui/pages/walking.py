"""Walking: who teaches where beside the own school, and what that leaves uncovered."""

from __future__ import annotations

import streamlit as st

from allocator.modelling import Text
from allocator.staffing.rules.walking import Walking
from allocator.staffing.walking.able import walking_rule
from allocator.ui.frame import Context, ask_to_solve
from allocator.ui.language import language, say
from allocator.ui.links import go
from allocator.ui.logic.findings import Findings
from allocator.ui.results.grids import view
from allocator.ui.results.overview import show_metrics
from allocator.ui.results.walking import show_list, show_map, show_place, show_steps
from allocator.ui.results.walking_sources import show_small, show_subjects

_VIEWS = {
    "list": Text("走教名单", "List"),
    "map": Text("地图", "Map"),
    "subjects": Text("分学科", "By subject"),
    "small": Text("无本学科教师的学校", "Schools without a teacher"),
    "place": Text("一校说明", "One school"),
}
_HEADLINES = ("walking_people", "walking_periods", "second_periods", "uncovered",
              "worst_uncovered")  # fmt: skip


def show_walking(context: Context) -> None:
    """Headline figures, what stays uncovered each way of deciding, then the view chosen."""
    findings = context.solved("staffing")
    walks = walking_rule(context.scenario.configured("staffing")) is not None
    told = findings is not None and _rule(findings) is not None
    if not walks and not told:
        _switched_off()
        return
    if findings is None:
        ask_to_solve(context)
        return
    if not told:
        st.info(say("This result was made with walking off: press Solve above."))
        return
    show_metrics(findings, "staffing", _HEADLINES)
    show_steps(findings)
    shown = view(_VIEWS, "walking-view")
    if shown == "list":
        show_list(findings)
    elif shown == "map":
        show_map(findings)
    elif shown == "subjects":
        show_subjects(findings)
    elif shown == "small":
        show_small(findings)
    else:
        show_place(findings)


def _rule(findings: Findings) -> Walking | None:
    return walking_rule(findings.scenario.configured("staffing"))


def _switched_off() -> None:
    """How to let teachers walk."""
    lang = language()
    st.info(
        say(
            "The rule “{rule}” is off: teachers teach at their own school alone. Set it to must "
            "on the rules page, then press Solve.",
            rule=Walking.title.say(lang),
        )
    )
    if st.button(say("Go to this rule"), key="walking-rule"):
        st.session_state.update({"search": Walking.title.say(lang), "firm": [], "mark": None})
        go("rules")
