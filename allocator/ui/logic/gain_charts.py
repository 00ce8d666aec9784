"""Who gains and who loses between two plans, as bars to the left and to the right."""

from __future__ import annotations

import altair as alt
import pandas as pd

from allocator.modelling import Language, Text
from allocator.ui.logic.charts import AFTER, TARGET

_TOWNSHIP = Text("镇（街道）", "township")
_BETTER = Text("改善", "better off")
_WORSE = Text("变差", "worse off")
_NUMBER = "#7b8794"
"""Grey that reads on white and on the dark page: text of a picture takes no colour of the page."""
_BESIDE = 30
"""Pixels for the number beside the longest bar."""


def change_bars(
    table: pd.DataFrame, what: str, better: int, title: str, lang: Language
) -> alt.LayerChart | None:
    """The change of one measure by township, the best change first; None where nothing changes.

    Parameters
    ----------
    what
        The measure, a column ``..:change`` of the table.
    better
        1 where more is better, -1 where less is.
    title
        The measure with its unit.
    """
    shown = table[["township", f"{what}:change"]].rename(columns={f"{what}:change": "change"})
    shown = shown[shown["change"].fillna(0) != 0]
    if shown.empty:
        return None
    good, bad = _BETTER.say(lang), _WORSE.say(lang)
    shown = shown.assign(way=[good if v * better > 0 else bad for v in shown["change"]])
    shown = shown.assign(spoken=[f"{v:+,.0f}" for v in shown["change"]])
    order = list(shown.sort_values("change", ascending=better < 0)["township"])
    base = alt.Chart(shown).encode(
        y=alt.Y("township:N", sort=order, title=None, axis=alt.Axis(labelLimit=200)),
        x=alt.X("change:Q", title=title, scale=alt.Scale(padding=_BESIDE)),
        tooltip=[
            alt.Tooltip("township:N", title=_TOWNSHIP.say(lang)),
            alt.Tooltip("spoken:N", title=title),
            alt.Tooltip("way:N", title=" "),
        ],
    )
    bars = base.mark_bar(size=14).encode(
        color=alt.Color(
            "way:N",
            title=None,
            scale=alt.Scale(domain=[good, bad], range=[AFTER, TARGET]),
            legend=alt.Legend(orient="top"),
        )
    )
    texts = [
        base.transform_filter("datum.change > 0").mark_text(align="left", dx=4, color=_NUMBER),
        base.transform_filter("datum.change < 0").mark_text(align="right", dx=-4, color=_NUMBER),
    ]
    height = 24 * len(order) + 70
    return alt.LayerChart(
        layer=[bars, *(t.encode(text="spoken:N") for t in texts)], height=height, width="container"
    )
