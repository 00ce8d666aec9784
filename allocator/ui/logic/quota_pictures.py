"""Pictures of a quota table: the matrix as a heat map, places against the proportional share."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from allocator.insight.quota_division import Division
from allocator.insight.vocabulary import HELD, word
from allocator.modelling import Language, Text

MOST_CELLS = 4_000
"""A larger table is no picture any more."""
_ROW = 22
_NUMBERS = 16
"""Senior highs beyond which a cell is too narrow for its number."""
_ROWS = alt.Axis(labelLimit=260, labelOverlap=False, labelFlush=False)
_HIGH = Text("高中", "senior high")
_SCHOOL = Text("初中", "junior high")
_PLACES = Text("名额", "places")
_CLAIM = Text("取整前应得", "claim before rounding")
_SHARE = Text("按比例应得", "proportional share")
_DIFFERENCE = Text("名额减按比例应得", "places less proportional share")
_HELD = Text("由上下限决定", "held by")
_TIED = Text("并列", "tie")
_MARK = Text("有标记", "marked")
_ABOVE, _BELOW, _EDGE = "#0b6e99", "#c8560b", "#c8560b"


def heat_map(found: Division, lang: Language) -> alt.LayerChart | None:
    """Places of every pair with a claim; framed where a floor, a cap or a tie decides.

    None where there is nothing to draw or too much.
    """
    if not found.due.cells or len(found.due.cells) > MOST_CELLS:
        return None
    table = _cells(found, lang)
    highs = [h.name for h in found.highs]
    schools = [c.name for c in found.claimants.values()]
    x = alt.X("high:N", sort=highs, title=None, axis=alt.Axis(orient="top", labelAngle=-40,
                                                              labelLimit=140))  # fmt: skip
    y = alt.Y("school:N", sort=schools, title=None, axis=_ROWS)
    base = alt.Chart(table).encode(x=x, y=y)
    layers: list[Any] = [
        base.mark_rect().encode(
            color=alt.Color(
                "places:Q",
                title=_PLACES.say(lang),
                scale=alt.Scale(scheme="blues", zero=True),
                legend=alt.Legend(orient="right"),
            ),
            tooltip=[
                alt.Tooltip("school:N", title=_SCHOOL.say(lang)),
                alt.Tooltip("high:N", title=_HIGH.say(lang)),
                alt.Tooltip("places:Q", title=_PLACES.say(lang)),
                alt.Tooltip("claim:Q", title=_CLAIM.say(lang), format=".2f"),
                alt.Tooltip("mark:N", title=_MARK.say(lang)),
            ],
        ),
        base.transform_filter("datum.mark != ''").mark_rect(
            filled=False, stroke=_EDGE, strokeWidth=1.2
        ),
    ]
    if len(highs) <= _NUMBERS:
        half = float(table["places"].max()) * 0.55
        colour = alt.condition(alt.datum.places > half, alt.value("white"), alt.value("#1a1a1a"))
        layers.append(base.mark_text(fontSize=11).encode(text="places:Q", color=colour))
    return alt.LayerChart(layer=layers, width="container", height=_ROW * len(schools) + 120)


def _cells(found: Division, lang: Language) -> pd.DataFrame:
    names = {h.id: h.name for h in found.highs}
    marks = {cell: word(HELD, held, lang) for cell, held in found.held.items()}
    marks |= {(t.senior_high, t.claimant): _TIED.say(lang)
              for t in found.ties if t.senior_high is not None}  # fmt: skip
    return pd.DataFrame(
        [
            {
                "high": names[high],
                "school": found.claimants[id].name,
                "places": found.cells.get((high, id), 0),
                "claim": float(claim),
                "mark": marks.get((high, id), ""),
            }
            for (high, id), claim in found.due.cells.items()
            if high in names
        ]
    )


def differences(found: Division, lang: Language) -> alt.Chart | None:
    """Places less proportional share of every junior high, the most favoured on top."""
    table = pd.DataFrame(
        [
            {
                "school": claimant.name,
                "places": found.totals[id],
                "share": float(found.due.plain[id]),
                "difference": float(found.totals[id] - found.due.plain[id]),
                "held": word(HELD, found.on_record[id].held, lang) if id in found.on_record else "",
            }
            for id, claimant in found.claimants.items()
            if found.due.plain[id] or found.totals[id]
        ]
    )
    if table.empty or len(table) > MOST_CELLS // 8:
        return None
    order = table.sort_values(["difference", "school"], ascending=[False, True])["school"]
    chart: alt.Chart = (
        alt.Chart(table, width="container", height=_ROW * len(table) + 60)
        .mark_bar()
        .encode(
            y=alt.Y("school:N", sort=list(order), title=None, axis=_ROWS),
            x=alt.X("difference:Q", title=_DIFFERENCE.say(lang), axis=alt.Axis(orient="top")),
            color=alt.condition(alt.datum.difference < 0, alt.value(_BELOW), alt.value(_ABOVE)),
            tooltip=[
                alt.Tooltip("school:N", title=_SCHOOL.say(lang)),
                alt.Tooltip("places:Q", title=_PLACES.say(lang)),
                alt.Tooltip("share:Q", title=_SHARE.say(lang), format=".2f"),
                alt.Tooltip("difference:Q", title=_DIFFERENCE.say(lang), format="+.2f"),
                alt.Tooltip("held:N", title=_HELD.say(lang)),
            ],
        )
    )
    return chart
