"""Moves between townships as a Sankey or chord diagram, and as arrows on a map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pandas as pd

from allocator.county.county import County
from allocator.modelling import Language, Text
from allocator.staffing.placement import Moved
from allocator.ui.logic.charts import AFTER, BEFORE, TARGET
from allocator.ui.logic.plane import Plane

_FROM = Text("{place}（流出）", "from {place}")
_TO = Text("{place}（流入）", "to {place}")
_FLOW = Text("{a} → {b}：{n} 人", "{a} → {b}: {n} people")
_GAINS = Text("流入多于流出", "more come than go")
_LOSES = Text("流出多于流入", "more go than come")
_EVEN = Text("持平或无交流", "as many, or nobody")
_SCHOOL = Text("{school}：流出 {out} 人，流入 {into} 人", "{school}: {out} go, {into} come")
_FLOWS = Text("镇（街道）之间的交流", "moves between townships")

PALETTE = (
    "#0b6e99", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#8c6bb1", "#b2a100",
    "#666666", "#80b1d3",
)  # fmt: skip
"""Ten colours that colour-blind eyes tell apart, repeated where there are more townships."""


def sankey(table: pd.DataFrame, lang: Language) -> dict[str, Any]:
    """Townships left on the one side, reached on the other; bands as wide as people go.

    Parameters
    ----------
    table
        The table of moves by township.
    """
    colours = _colours(table)
    nodes: list[dict[str, Any]] = []
    for side, words, column in (("out", _FROM, "from_township"), ("in", _TO, "to_township")):
        sums = table.groupby(column, sort=False)["moves"].sum().sort_values(ascending=False)
        nodes += [
            {
                "name": words.say(lang).format(place=place),
                "itemStyle": {"color": colours[str(place)]},
                "label": {
                    "formatter": f"{place} {number}",
                    "position": "left" if side == "out" else "right",
                },
            }
            for place, number in sums.items()
        ]
    links = [
        {
            "source": _FROM.say(lang).format(place=a),
            "target": _TO.say(lang).format(place=b),
            "value": int(n),
            "lineStyle": {"color": colours[a], "opacity": 0.35},
        }
        for a, b, n in _flows(table)
    ]
    series = {
        "type": "sankey",
        "data": nodes,
        "links": links,
        "left": 110,
        "right": 110,
        "top": 8,
        "bottom": 8,
        "nodeGap": 14,
        "layoutIterations": 0,
        "nodeWidth": 14,
        "draggable": False,
        "emphasis": {"focus": "adjacency"},
        "label": {"fontSize": 13},
    }
    return {"tooltip": {"trigger": "item"}, "series": [series]}


def chord(table: pd.DataFrame, lang: Language) -> dict[str, Any]:
    """Townships on a circle, joined by ribbons as wide as people go between them."""
    colours = _colours(table)
    apart = [(a, b, n) for a, b, n in _flows(table) if a != b]
    named = sorted({place for a, b, _ in apart for place in (a, b)})
    series = {
        "type": "chord",
        "name": _FLOWS.say(lang),
        "data": [{"name": place, "itemStyle": {"color": colours[place]}} for place in named],
        "links": [{"source": a, "target": b, "value": int(n)} for a, b, n in apart],
        "radius": ["78%", "83%"],
        "padAngle": 2,
        "startAngle": 90,
        "label": {"show": True, "fontSize": 13},
        "lineStyle": {"color": "source", "opacity": 0.4},
        "emphasis": {"focus": "adjacency"},
    }
    return {"tooltip": {"trigger": "item"}, "series": [series]}


def _flows(table: pd.DataFrame) -> list[tuple[str, str, int]]:
    columns = (table[c] for c in ("from_township", "to_township", "moves"))
    return [(str(a), str(b), int(n)) for a, b, n in zip(*columns, strict=True)]


def _colours(table: pd.DataFrame) -> Mapping[str, str]:
    """Townships by the people they exchange: those with most have a colour of their own."""
    sums: Counter[str] = Counter()
    for a, b, n in _flows(table):
        if a != b:
            sums.update({a: n, b: n})
    places = sorted({*table["from_township"], *table["to_township"]}, key=lambda p: (-sums[p], p))
    return {str(place): PALETTE[n % len(PALETTE)] for n, place in enumerate(places)}


def net_of_schools(moved: tuple[Moved, ...]) -> tuple[Counter[str], Counter[str]]:
    """People who leave and who come, by school; moves inside a school are none."""
    apart = [m for m in moved if m.exchange]
    return (
        Counter(m.origin.school.id for m in apart),
        Counter(m.destination.school.id for m in apart),
    )


def move_map(
    county: County, moved: tuple[Moved, ...], table: pd.DataFrame, least: int, lang: Language
) -> dict[str, Any]:
    """Schools as points by whether they gain people, and arrows from township to township.

    East and north in kilometres on plain axes, both in the same scale.

    Parameters
    ----------
    table
        The table of moves by township.
    least
        Arrows of fewer people are left out.
    """
    place_on = Plane(county)
    seats = {t.name: place_on(t.latitude, t.longitude) for t in county.townships}
    shown = [(a, b, n) for a, b, n in _flows(table) if a != b and n >= least]
    most = max((n for *_, n in shown), default=1)
    arrows = [
        {
            "name": _FLOW.say(lang).format(a=a, b=b, n=n),
            "coords": [seats[a], seats[b]],
            "lineStyle": {"width": round(1 + 6 * n / most, 2)},
        }
        for a, b, n in sorted(shown, key=lambda flow: flow[2])
    ]
    lines = {
        "type": "lines",
        "coordinateSystem": "cartesian2d",
        "name": _FLOWS.say(lang),
        "data": arrows,
        "symbol": ["none", "arrow"],
        "symbolSize": 9,
        "lineStyle": {"color": AFTER, "opacity": 0.7, "curveness": 0.18},
        "emphasis": {"lineStyle": {"opacity": 1, "color": TARGET}},
        "z": 3,
    }
    labels = {
        "type": "scatter",
        "name": _FLOWS.say(lang),
        "symbolSize": 1,
        "silent": True,
        "data": [{"name": name, "value": point} for name, point in sorted(seats.items())],
        "label": {"show": True, "formatter": "{b}", "fontSize": 13, "position": "top"},
        "z": 4,
    }
    return {
        "tooltip": {"trigger": "item", "formatter": "{b}"},
        "legend": {
            "top": 0,
            "itemWidth": 14,
            "data": [w.say(lang) for w in (_GAINS, _LOSES, _EVEN)],
        },
        "grid": place_on.grid,
        **place_on.axes,
        "series": [*_points(county, moved, place_on, lang), lines, labels],
    }


def _points(
    county: County, moved: tuple[Moved, ...], place_on: Plane, lang: Language
) -> list[dict[str, Any]]:
    """Schools in three series, for the legend."""
    gone, come = net_of_schools(moved)
    kinds: dict[Text, list[dict[str, Any]]] = {_GAINS: [], _LOSES: [], _EVEN: []}
    for school, places in county.places_of_school.items():
        out, into = gone[school], come[school]
        kind = _GAINS if into > out else _LOSES if out > into else _EVEN
        kinds[kind].append(
            {
                "name": _SCHOOL.say(lang).format(
                    school=county.school[school].name, out=out, into=into
                ),
                "value": place_on.section(places[0]),
                "symbolSize": 6 + 2 * min(8, abs(into - out)) ** 0.5 * 2,
            }
        )
    marks = {
        _GAINS: (AFTER, "circle"), _LOSES: (TARGET, "diamond"), _EVEN: (BEFORE, "circle"),
    }  # fmt: skip
    return [
        {
            "type": "scatter",
            "name": kind.say(lang),
            "data": data,
            "symbol": marks[kind][1],
            "itemStyle": {"color": marks[kind][0], "opacity": 0.85},
            "z": 2,
        }
        for kind, data in kinds.items()
    ]
