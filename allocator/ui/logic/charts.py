"""Pictures for people who would rather look than read; drawn by the browser itself."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from allocator.insight.vocabulary import SPREAD, STAGE, word
from allocator.modelling import Language, Text

BEFORE, AFTER, TARGET = "#9aa5b1", "#0b6e99", "#c8560b"
"""Grey, blue, orange: told apart by colour-blind eyes and in grey print."""
_BEFORE = Text("方案前", "before")
_AFTER = Text("方案后", "after")
_NOW = Text("现状", "now")
_TARGET = Text("目标上限", "cap")
_CV = Text("校际差异系数", "difference coefficient")
_UNCOVERED = Text("未开足课时（节/周）", "uncovered periods a week")
_SUBJECT = Text("学科", "subject")
_INDICATOR = Text("指标", "indicator")
_STATE = Text("状态", "state")
_BREAK = "|"
"""Where the label of a row is broken into two lines."""
_TWO_LINES = alt.Axis(
    labelLimit=240,
    labelOverlap=False,
    labelFlush=False,
    labelExpr=f"split(datum.label, '{_BREAK}')",
)


def dumbbells(
    table: pd.DataFrame, lang: Language, *, every: bool = False, solved: bool = True
) -> alt.LayerChart | None:
    """Difference coefficients before, after and under a cap; None where there are none.

    Parameters
    ----------
    table
        The table of indicators.
    every
        Whether to draw those that no teacher moves as well, and the largest.
    solved
        Whether there is a plan: else there is no state after it.
    """
    shown = table if every else table[table["indicator"].isin(["L1", "L2", "L3", "mean", "capped"])]
    if shown.empty:
        return None
    labels = [_row_label(r, lang) for r in shown.to_dict("records")]
    wide = shown.assign(label=labels)
    states = {"before": _BEFORE, "after": _AFTER, "target": _TARGET}
    if not solved:
        wide = wide.assign(now=wide["before"])
        states = {"now": _NOW, "target": _TARGET}
    points = _long(wide, states, lang)
    order = list(dict.fromkeys(labels))
    x_title, y_title = _CV.say(lang), _INDICATOR.say(lang)
    y = alt.Y("label:N", sort=order, title=None, axis=_TWO_LINES)
    rule = (
        alt.Chart(wide)
        .mark_rule(color=BEFORE, strokeWidth=2)
        .encode(y=y, x=alt.X("before:Q", title=x_title), x2="after:Q")
    )
    points["spoken"] = [label.replace(_BREAK, " ") for label in points["label"]]
    caps = points["state"] == _TARGET.say(lang)
    marks = [
        made.encode(
            y=y,
            x=alt.X("value:Q", title=x_title, scale=alt.Scale(zero=True)),
            color=_colour(list(states), lang),
            tooltip=[
                alt.Tooltip("spoken:N", title=y_title),
                alt.Tooltip("state:N", title=_STATE.say(lang)),
                alt.Tooltip("value:Q", title=x_title, format=".3f"),
            ],
        )
        for made in (
            alt.Chart(points[~caps]).mark_point(filled=True, size=110, opacity=1),
            alt.Chart(points[caps]).mark_tick(thickness=3, size=20, opacity=1),
        )
    ]
    return alt.LayerChart(layer=[rule, *marks], **_frame(44 * len(order) + 60))


def uncovered_bars(table: pd.DataFrame, lang: Language) -> alt.Chart | None:
    """Uncovered periods by subject before and after; None where everything is covered.

    Parameters
    ----------
    table
        The table of coverage.
    """
    if table.empty:
        return None
    summed = (
        table.groupby("subject", sort=False)[["uncovered_before", "uncovered_after"]]
        .sum()
        .reset_index()
    )
    summed = summed[(summed["uncovered_before"] > 0) | (summed["uncovered_after"] > 0)]
    if summed.empty:
        return None
    summed = summed.sort_values("uncovered_before", ascending=False)
    order = list(summed["subject"])
    renamed = summed.rename(
        columns={"uncovered_before": "before", "uncovered_after": "after", "subject": "label"}
    )
    points = _long(renamed, {"before": _BEFORE, "after": _AFTER}, lang)
    chart: alt.Chart = (
        alt.Chart(points, **_frame(38 * len(order) + 60))
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            y=alt.Y("label:N", sort=order, title=None, axis=alt.Axis(labelLimit=260)),
            yOffset=alt.YOffset("state:N", sort=_domain(["before", "after"], lang)),
            x=alt.X("value:Q", title=_UNCOVERED.say(lang)),
            color=_colour(["before", "after"], lang),
            tooltip=[
                alt.Tooltip("label:N", title=_SUBJECT.say(lang)),
                alt.Tooltip("state:N", title=_STATE.say(lang)),
                alt.Tooltip("value:Q", title=_UNCOVERED.say(lang), format=",d"),
            ],
        )
    )
    return chart


_STATES = {
    "before": (_BEFORE, BEFORE),
    "after": (_AFTER, AFTER),
    "now": (_NOW, AFTER),
    "target": (_TARGET, TARGET),
}


def _domain(states: list[str], lang: Language) -> list[str]:
    return [_STATES[s][0].say(lang) for s in states]


def _colour(states: list[str], lang: Language) -> alt.Color:
    return alt.Color(
        "state:N",
        title=None,
        scale=alt.Scale(domain=_domain(states, lang), range=[_STATES[s][1] for s in states]),
        legend=alt.Legend(orient="top", symbolType="circle"),
    )


def _long(wide: pd.DataFrame, states: dict[str, Text], lang: Language) -> pd.DataFrame:
    """One row a dot or bar, those without a value left out."""
    parts = [
        pd.DataFrame({"label": wide["label"], "state": text.say(lang), "value": wide[code]})
        for code, text in states.items()
    ]
    return pd.concat(parts, ignore_index=True).dropna()


def _row_label(row: dict[Any, Any], lang: Language) -> str:
    stage = word(STAGE, row["stage"], lang)
    if row["indicator"] in SPREAD:
        return f"{stage}{_BREAK}{row['indicator_name']}"
    return f"{stage} {row['indicator']}{_BREAK}{row['indicator_name']}"


def _frame(height: int) -> dict[str, Any]:
    """The size of a chart: as wide as its place, as high as its rows ask for."""
    return {"height": height, "width": "container", "view": alt.ViewBackground(strokeOpacity=0)}
