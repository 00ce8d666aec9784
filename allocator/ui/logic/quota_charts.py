"""Pictures of what rounding does to junior highs, one row a way of rounding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from allocator.insight.method_tables import WAY
from allocator.insight.vocabulary import AREA
from allocator.modelling import Language, Text

_ROWS = alt.Axis(labelLimit=260, labelOverlap=False, labelFlush=False)
_COLOURS = {"rural": "#c8560b", "township_seat": "#0b6e99", "other": "#9aa5b1"}
"""Orange, blue, grey: told apart by colour-blind eyes and in grey print."""
_AREAS = {
    "rural": AREA["rural"],
    "township_seat": AREA["township_seat"],
    "other": Text("其他", "other"),
}
_WITHOUT = Text("一个名额也没有的初中（所）", "junior highs left with no place")
_GAP = Text("名额减应得", "places less entitlement")
_WAY = Text("取整方法", "rounding")
_SCHOOL = Text("初中", "junior high")
_AREA = Text("地区", "area")
_ENTITLED = Text("应得名额", "entitlement")
_PLACES = Text("名额", "places")
_MOST_DOTS = 4000
"""Dots drawn, the farthest ones: a browser slows down beyond."""


def left_with_nothing(table: pd.DataFrame, lang: Language) -> alt.Chart | None:
    """Junior highs with a claim and no place, rural ones and others; None if there are none.

    Parameters
    ----------
    table
        The comparison of the ways of rounding, in words of the same language.
    """
    shown = table.dropna(subset=["without"])
    others = shown["without"] - shown["rural_without"] - shown["seat_without"]
    parts = {
        "rural": shown["rural_without"],
        "township_seat": shown["seat_without"],
        "other": others,
    }
    points = pd.concat(
        [
            pd.DataFrame({"way": shown["way"], "area": _AREAS[a].say(lang), "value": v.astype(int)})
            for a, v in parts.items()
        ],
        ignore_index=True,
    )
    if not points["value"].sum():
        return None
    order = list(shown["way"])
    chart: alt.Chart = (
        alt.Chart(points, **_frame(26 * len(order) + 70))
        .mark_bar(cornerRadiusEnd=2)
        .encode(
            y=alt.Y("way:N", sort=order, title=None, axis=_ROWS),
            x=alt.X("value:Q", title=_WITHOUT.say(lang), axis=alt.Axis(tickMinStep=1)),
            color=_colour(lang),
            tooltip=[
                alt.Tooltip("way:N", title=_WAY.say(lang)),
                alt.Tooltip("area:N", title=_AREA.say(lang)),
                alt.Tooltip("value:Q", title=_WITHOUT.say(lang), format=",d"),
            ],
        )
    )
    return chart


def deviations(
    table: pd.DataFrame, names: Mapping[str, str], lang: Language
) -> alt.LayerChart | None:
    """How far each junior high's total is from its entitlement, a dot each; None without schools.

    Parameters
    ----------
    table
        The junior highs under every way of rounding.
    names
        Words for its columns of places.
    """
    ways = [c for c in map(str, table.columns) if c.startswith(WAY)]
    if table.empty or not ways:
        return None
    points = table.melt(
        id_vars=["junior_high", "area", "entitlement"],
        value_vars=ways,
        var_name="code",
        value_name="places",
    )
    points["gap"] = points["places"] - points["entitlement"]
    points["way"] = points["code"].map(dict(names))
    words = {area: text.say(lang) for area, text in _AREAS.items()}
    points["area"] = points["area"].map(words).fillna(words["other"])
    far = points["gap"].abs().sort_values(ascending=False, kind="stable").index[:_MOST_DOTS]
    points = points.loc[sorted(far)]
    order = [names[way] for way in ways]
    marks = (
        alt.Chart(points)
        .mark_tick(thickness=2, size=16, opacity=0.75)
        .encode(
            y=alt.Y("way:N", sort=order, title=None, axis=_ROWS),
            x=alt.X("gap:Q", title=_GAP.say(lang)),
            color=_colour(lang),
            tooltip=[
                alt.Tooltip("junior_high:N", title=_SCHOOL.say(lang)),
                alt.Tooltip("way:N", title=_WAY.say(lang)),
                alt.Tooltip("entitlement:Q", title=_ENTITLED.say(lang), format=".2f"),
                alt.Tooltip("places:Q", title=_PLACES.say(lang), format=",d"),
                alt.Tooltip("gap:Q", title=_GAP.say(lang), format="+.2f"),
            ],
        )
    )
    edges = alt.Chart(pd.DataFrame({"gap": [-1.0, 0.0, 1.0]}))
    lines = edges.mark_rule(color="#d3d9df").encode(x="gap:Q")
    return alt.LayerChart(layer=[lines, marks], **_frame(26 * len(order) + 70))


def _colour(lang: Language) -> alt.Color:
    return alt.Color(
        "area:N",
        title=None,
        scale=alt.Scale(
            domain=[_AREAS[a].say(lang) for a in _COLOURS], range=list(_COLOURS.values())
        ),
        legend=alt.Legend(orient="top", symbolType="circle"),
    )


def _frame(height: int) -> dict[str, Any]:
    """As wide as its place, as high as its rows ask for."""
    return {"height": height, "width": "container", "view": alt.ViewBackground(strokeOpacity=0)}
