"""Walking as pictures: ways on a map, and who gives the periods of each subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from allocator.county.county import County
from allocator.insight.vocabulary import STAGE, word
from allocator.modelling import Language, Text
from allocator.ui.logic.charts import AFTER, BEFORE, TARGET
from allocator.ui.logic.flow_charts import PALETTE
from allocator.ui.logic.plane import Plane

_WAY = Text(
    "{a} → {b}：{subject} {n} 节/周，{people} 人，单程 {minutes} 分钟",
    "{a} → {b}: {n} periods of {subject} a week, {people} people, {minutes} min one way",
)
_SCHOOL = Text(
    "{school}：来走教 {into} 节，外出走教 {out} 节",
    "{school}: {into} periods given to it, {out} given elsewhere",
)
_GETS = Text("有教师来走教", "visited")
_SENDS = Text("有教师外出走教", "people walk from here")
_NEITHER = Text("无走教", "neither")
_TOWNSHIPS = Text("镇（街道）", "townships")
_INK = {False: ("#3e4c59", "#ffffff"), True: ("#cbd2d9", "#14191f")}
"""Dark theme or not -> colour of names, and of the seam around them."""

GIVERS: Mapping[str, tuple[Text, str]] = {
    "by_own": (Text("本校教师", "own people"), BEFORE),
    "by_supply": (Text("补充师资", "further supply"), "#8c6bb1"),
    "by_second": (Text("兼课", "second subjects"), "#009e73"),
    "by_visit": (Text("走教", "visits"), AFTER),
    "uncovered_after": (Text("未开足", "not given"), TARGET),
}
"""Column of the table of sources -> words and colour."""
ROWS = 30
"""Schools drawn at once, those that need most first."""
_ROW = 26
_AROUND = 140
"""Pixels of legend and axis."""
_PERIODS = Text("每周课时（节）", "periods a week")
_SUBJECT = Text("学科", "subject")
_PLACE = Text("学校", "school")
_BY = Text("由谁上课", "given by")


def subject_colours(subjects: Sequence[str]) -> Mapping[str, str]:
    """Subject -> colour, in the order given."""
    return {subject: PALETTE[n % len(PALETTE)] for n, subject in enumerate(subjects)}


def walking_map(
    county: County, table: pd.DataFrame, colours: Mapping[str, str], lang: Language, *, dark: bool
) -> dict[str, Any]:
    """Schools, and a line from home to each section visited, as wide as periods are given.

    Parameters
    ----------
    table
        Rows of the walking list; second subjects go nowhere and are left out.
    colours
        Subject -> colour.
    """
    visits, on = table[table["teaches_as"] == "visit"], Plane(county)
    keys = ["served_section", "section", "subject"]
    ways = (
        visits.groupby(keys, sort=True)
        .agg(periods=("periods", "sum"), people=("teacher", "nunique"), minutes=("minutes", "max"))
        .reset_index()
    )
    most = max(ways["periods"], default=1)
    lines: dict[str, list[dict[str, Any]]] = {subject: [] for subject in colours}
    for way in ways.to_dict("records"):
        a, b = county.places[way["served_section"]], county.places[way["section"]]
        told = _WAY.say(lang).format(
            a=a.name,
            b=b.name,
            subject=way["subject"],
            n=way["periods"],
            people=way["people"],
            minutes=way["minutes"],
        )
        lines[way["subject"]].append(
            {
                "name": told,
                "coords": [on.section(a), on.section(b)],
                "lineStyle": {"width": round(1.2 + 5 * int(way["periods"]) / int(most), 2)},
            }
        )
    drawn = [
        _lines(subject, ways_of, colours[subject], 0.08 + 0.07 * n)
        for n, (subject, ways_of) in enumerate(lines.items())
        if ways_of
    ]
    points = _points(county, visits, on, lang, dark=dark)
    return {
        "animation": False,
        "tooltip": {"trigger": "item", "formatter": "{b}", "confine": True},
        "legend": {"top": 0, "data": [s["name"] for s in (*drawn, *points)]},
        "grid": on.grid,
        **on.axes,
        "series": [*points, *drawn, _names(county, on, lang, dark=dark)],
    }


def _lines(subject: str, ways: list[dict[str, Any]], colour: str, bent: float) -> dict[str, Any]:
    """The ways of one subject; each subject is bent otherwise, so that none hides another."""
    return {
        "type": "lines",
        "coordinateSystem": "cartesian2d",
        "name": subject,
        "color": colour,
        "data": ways,
        "symbol": ["none", "arrow"],
        "symbolSize": 8,
        "lineStyle": {"color": colour, "opacity": 0.75, "curveness": round(bent, 2)},
        "emphasis": {"lineStyle": {"opacity": 1}},
        "z": 3,
    }


def _points(
    county: County, visits: pd.DataFrame, on: Plane, lang: Language, *, dark: bool
) -> list[dict[str, Any]]:
    """Public schools in three series, for the legend."""
    out, into = (
        Counter({str(k): int(n) for k, n in visits.groupby(side)["periods"].sum().items()})
        for side in ("served_section", "section")
    )
    kinds: dict[Text, list[dict[str, Any]]] = {_GETS: [], _SENDS: [], _NEITHER: []}
    for school, places in county.places_of_school.items():
        if county.school[school].private:
            continue
        gets, sends = (sum(n[p.id] for p in places) for n in (into, out))
        kind = _GETS if gets and gets >= sends else _SENDS if sends else _NEITHER
        kinds[kind].append(
            {
                "name": _SCHOOL.say(lang).format(
                    school=county.school[school].name, into=gets, out=sends
                ),
                "value": on.section(places[0]),
                "symbolSize": 6 if kind is _NEITHER else round(8 + abs(gets - sends) ** 0.5, 1),
            }
        )
    marks = {
        _GETS: ("circle", "#ffffff" if dark else "#1f2933"),
        _SENDS: ("rect", "#7b8794"),
        _NEITHER: ("circle", "#52606d" if dark else "#b8c2cc"),
    }
    return [
        {
            "type": "scatter",
            "name": kind.say(lang),
            "data": data,
            "symbol": marks[kind][0],
            "itemStyle": {"color": marks[kind][1], "opacity": 0.9},
            "z": 2,
        }
        for kind, data in kinds.items()
        if data
    ]


def _names(county: County, on: Plane, lang: Language, *, dark: bool) -> dict[str, Any]:
    ink, seam = _INK[dark]
    return {
        "type": "scatter",
        "name": _TOWNSHIPS.say(lang),
        "symbolSize": 1,
        "silent": True,
        "data": [
            {"name": t.name, "value": on(t.latitude, t.longitude)} for t in county.townships
        ],
        "label": {"show": True, "formatter": "{b}", "fontSize": 13, "position": "top",
                  "color": ink, "textBorderColor": seam, "textBorderWidth": 3},
        "z": 4,
    }  # fmt: skip


def by_subject(table: pd.DataFrame, subjects: Sequence[str]) -> pd.DataFrame:
    """Periods of some subjects over all sections, by who gives them.

    Parameters
    ----------
    table
        The table of sources.
    subjects
        Ids of the subjects that may walk; those with second subjects are added.
    """
    wanted = table["subject_id"].isin(subjects)
    taught_beside = set(table[table["by_second"] > 0]["subject_id"])
    chosen = table[wanted | table["subject_id"].isin(taught_beside)]
    columns = ["needed", *GIVERS, "uncovered_alone"]
    return chosen.groupby(["subject_id", "subject"], sort=False)[columns].sum().reset_index()


def by_school(table: pd.DataFrame, lang: Language) -> pd.DataFrame:
    """Periods by section and who gives them, sections that need most first.

    Parameters
    ----------
    table
        Rows of the table of sources: where nobody serves who teaches the subject.
    """
    stages = (f"（{word(STAGE, s, lang)}）" if lang == "zh" else f" ({word(STAGE, s, lang)})"
              for s in table["stage"])  # fmt: skip
    named = table.assign(place=[f"{c}{s}" for c, s in zip(table["campus"], stages, strict=True)])
    columns = ["needed", *GIVERS, "uncovered_alone"]
    summed = named.groupby(["section", "place", "township"], sort=False)[columns].sum()
    subjects = named.groupby(["section", "place", "township"], sort=False)["subject"]
    summed["subjects"] = subjects.agg(("、" if lang == "zh" else ", ").join)
    return summed.reset_index().sort_values(["needed", "place"], ascending=[False, True])


def giver_bars(
    table: pd.DataFrame, row: str, lang: Language, *, givers: Sequence[str] = tuple(GIVERS)
) -> alt.Chart | None:
    """Bars of periods, stacked by who gives them; None where there is nothing to draw.

    Parameters
    ----------
    table
        As :func:`by_subject` or :func:`by_school` makes it.
    row
        The column that names a bar.
    givers
        The parts drawn.
    """
    order = list(table[row])
    parts = [
        pd.DataFrame(
            {
                "label": table[row],
                "by": GIVERS[code][0].say(lang),
                "rank": rank,
                "value": table[code],
            }
        )
        for rank, code in enumerate(givers)
    ]
    long = pd.concat(parts, ignore_index=True)
    long = long[long["value"] > 0]
    if long.empty:
        return None
    kept = [code for code in givers if table[code].sum() > 0]
    chart: alt.Chart = (
        alt.Chart(
            long,
            height=_ROW * len(order) + _AROUND,
            width="container",
            view=alt.ViewBackground(strokeOpacity=0),
        )
        .mark_bar()
        .encode(
            y=alt.Y(
                "label:N",
                sort=order,
                title=None,
                axis=alt.Axis(labelLimit=280, labelOverlap=False, ticks=False),
            ),
            x=alt.X(
                "value:Q",
                title=_PERIODS.say(lang),
                stack="zero",
                axis=alt.Axis(tickMinStep=1, format=",d"),
            ),
            order=alt.Order("rank:Q"),
            color=alt.Color(
                "by:N",
                title=None,
                scale=alt.Scale(
                    domain=[GIVERS[code][0].say(lang) for code in kept],
                    range=[GIVERS[code][1] for code in kept],
                ),
                legend=alt.Legend(orient="top", symbolType="square"),
            ),
            tooltip=[
                alt.Tooltip("label:N", title=(_SUBJECT if row == "subject" else _PLACE).say(lang)),
                alt.Tooltip("by:N", title=_BY.say(lang)),
                alt.Tooltip("value:Q", title=_PERIODS.say(lang), format=",d"),
            ],
        )
    )
    return chart


def at_school(table: pd.DataFrame, school: str | None) -> pd.DataFrame:
    """The rows of the walking list that begin or end at a school; None leaves all."""
    if school is None:
        return table
    return table[(table["served_school"] == school) | (table["school"] == school)]
