"""How one goal closes in on its bound, as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd

from allocator.modelling import Language, Text
from allocator.solving import Event
from allocator.ui.logic.charts import AFTER, TARGET
from allocator.ui.logic.runs import TierLook
from allocator.ui.logic.wording import unit_word

_PLAN = Text("当前方案", "current plan")
_BOUND = Text("可证明的下界", "proven bound")
_SECONDS = Text("用时（秒）", "seconds")
_VALUE = Text("数值", "value")
_LINE = Text("线", "line")
HEIGHT = 260
_VALUES = alt.Axis(format=",.6~f")
"""Decimals only where there are some: the axis of a value that never moved had six zeros."""


def history(events: Sequence[Event], tier: TierLook, now: float) -> pd.DataFrame:
    """Plan and bound of one goal over time: ``seconds``, ``line``, ``value``.

    Every line goes on to the present at its newest value.
    """
    rows: list[tuple[float, str, float]] = []
    for event in events:
        if (event.part, event.tier) == (tier.part, tier.name):
            for line, value in (("plan", event.incumbent), ("bound", event.bound)):
                if value is not None:
                    rows.append((event.seconds, line, value))
    for line in ("plan", "bound"):
        mine = [row for row in rows if row[1] == line]
        if mine and now > mine[-1][0]:
            rows.append((now, line, mine[-1][2]))
    return pd.DataFrame(rows, columns=["seconds", "line", "value"])


def closing_in(
    events: Sequence[Event], tier: TierLook, now: float, lang: Language
) -> alt.LayerChart | None:
    """The picture of a goal: plan from above, bound from below; None before the first number."""
    told = history(events, tier, now)
    if told.empty:
        return None
    words = {"plan": _PLAN.say(lang), "bound": _BOUND.say(lang)}
    told["line"] = told["line"].map(words)
    unit = unit_word(tier.unit, lang)
    title = unit or _VALUE.say(lang)
    base = alt.Chart(told).encode(
        x=alt.X("seconds:Q", title=_SECONDS.say(lang), scale=alt.Scale(domainMin=0)),
        y=alt.Y("value:Q", title=title, scale=alt.Scale(zero=False, padding=12), axis=_VALUES),
        color=alt.Color(
            "line:N",
            title=None,
            scale=alt.Scale(domain=list(words.values()), range=[AFTER, TARGET]),
            legend=alt.Legend(orient="top", symbolType="stroke"),
        ),
        tooltip=[
            alt.Tooltip("line:N", title=_LINE.say(lang)),
            alt.Tooltip("seconds:Q", title=_SECONDS.say(lang), format=".1f"),
            alt.Tooltip("value:Q", title=title, format=",.3~f"),
        ],
    )
    lines = base.mark_line(interpolate="step-after", strokeWidth=2.5)
    return alt.LayerChart(
        layer=[lines, base.mark_point(filled=True, size=45)],
        height=HEIGHT,
        width="container",
        view=alt.ViewBackground(strokeOpacity=0),
    )
