"""Uncovered periods by place and subject as a heat map."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import altair as alt
import pandas as pd

from allocator.insight.vocabulary import STAGE, word
from allocator.modelling import Language, Text

State = Literal["before", "after"]
ROWS = 60
"""Places shown at once, the worst first."""
_ROW = 24
"""Pixels of one row."""
_PLACE = Text("地点", "place")
_SUBJECT = Text("学科", "subject")
_NEEDED = Text("所需课时（节/周）", "needed (periods a week)")
_UNCOVERED = Text("未开足课时（节/周）", "uncovered (periods a week)")
_RAMP = ("#fff4e8", "#fdbb84", "#c8560b", "#7a2f04")
"""Light to dark orange; dark is worse, also in grey print."""


def by_place(table: pd.DataFrame, lang: Language, *, schools: bool) -> pd.DataFrame:
    """Needed and uncovered periods by place and subject, places with the most uncovered first.

    Parameters
    ----------
    table
        The table of coverage, or some of its rows.
    schools
        Whether a place is a section of a school; else it is a township.

    """
    places = (
        [
            f"{campus} {word(STAGE, stage, lang)}"
            for campus, stage in zip(table["campus"], table["stage"], strict=True)
        ]
        if schools
        else table["township"]
    )
    figures = ["needed", "uncovered_before", "uncovered_after"]
    summed = (
        table.assign(place=places)
        .groupby(["place", "subject"], sort=False, as_index=False)[figures]
        .sum()
    )
    total = summed.groupby("place")[["uncovered_after", "uncovered_before"]].sum()
    order = total.sort_values(["uncovered_after", "uncovered_before"], ascending=False).index
    rank = {place: n for n, place in enumerate(order)}
    return summed.sort_values("place", key=lambda p: p.map(rank), kind="stable")


def shown_places(cells: pd.DataFrame, *, uncovered: bool) -> list[str]:
    """The places to draw, in order; those without anything uncovered left out if wanted."""
    if uncovered:
        cells = cells[(cells["uncovered_before"] > 0) | (cells["uncovered_after"] > 0)]
    return list(dict.fromkeys(cells["place"]))


def heat_map(
    cells: pd.DataFrame,
    places: Sequence[str],
    subjects: Sequence[str],
    state: State,
    lang: Language,
    *,
    labels: bool = True,
) -> alt.LayerChart:
    """One state of the cells, numbers written in; before and after share their colours.

    Parameters
    ----------
    cells
        As :func:`by_place` gives them.
    subjects
        Every subject, in the order of the columns.
    labels
        Whether places are named beside the rows.
    """
    drawn = cells[cells["place"].isin(places)]
    column = f"uncovered_{state}"
    # The ramp ends at the worst cell of either state, so that the two compare.
    worst = max(1, int(drawn[["uncovered_before", "uncovered_after"]].to_numpy().max(initial=0)))
    taught = set(drawn["subject"])
    y = alt.Y(
        "place:N",
        sort=list(places),
        title=None,
        axis=alt.Axis(labelLimit=230, labelOverlap=False, labelFlush=False, ticks=False)
        if labels
        else None,
    )
    x = alt.X(
        "subject:N",
        sort=[subject for subject in subjects if subject in taught],
        title=None,
        axis=alt.Axis(
            orient="top", labelAngle=-45, labelOverlap=False, labelFlush=False, ticks=False
        ),
    )
    base = alt.Chart(drawn).encode(x=x, y=y)
    squares = base.mark_rect(stroke="#ffffff", strokeWidth=1).encode(
        color=alt.Color(
            f"{column}:Q",
            scale=alt.Scale(domain=[0, worst], range=list(_RAMP)),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("place:N", title=_PLACE.say(lang)),
            alt.Tooltip("subject:N", title=_SUBJECT.say(lang)),
            alt.Tooltip("needed:Q", title=_NEEDED.say(lang), format=",d"),
            alt.Tooltip(f"{column}:Q", title=_UNCOVERED.say(lang), format=",d"),
        ],
    )
    numbers = (
        base.transform_filter(f"datum.{column} > 0")
        .mark_text(fontSize=11)
        .encode(
            text=alt.Text(f"{column}:Q", format=",d"),
            color=alt.condition(
                f"datum.{column} > {worst} / 2", alt.value("#fff"), alt.value("#222")
            ),
        )
    )
    return alt.LayerChart(
        layer=[squares, numbers],
        height=_ROW * len(places) + 10,
        width="container",
        view=alt.ViewBackground(strokeOpacity=0),
    )
