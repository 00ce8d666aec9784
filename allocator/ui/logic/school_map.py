"""A map of the schools on plain axes: where they lie, what they are, where teachers are short."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from allocator.county.county import County, Place
from allocator.county.posts import post_lines
from allocator.insight.vocabulary import AREA, STAGE
from allocator.modelling import Language, Text
from allocator.scenario import Scenario
from allocator.ui.logic.charts import AFTER, BEFORE, TARGET
from allocator.words import say

Colouring = Literal["area", "flags", "short"]
COLOURINGS: Mapping[Colouring, Text] = {
    "area": Text("地区类别", "Area"),
    "flags": Text("学校性质", "Kind of school"),
    "short": Text("缺编", "Posts short"),
}
_AMBER, _GREEN, _ROSE = "#e69f00", "#009e73", "#cc79a7"
_INK = {False: ("#3e4c59", "#ffffff"), True: ("#cbd2d9", "#14191f")}
"""Dark theme or not -> colour of names, and of the seam around them."""
_SYMBOLS = {"primary": "circle", "junior": "triangle", "both": "diamond"}
_SHAPE = 1.65
"""Width of the picture divided by its height, about: no side of the map is stretched."""
_KM = 111.2
"""Kilometres in one degree of latitude."""
_SOME, _MUCH = 0.05, 0.10


@dataclass(frozen=True)
class Dot:
    """A school at one campus."""

    campus: str
    name: str
    township: str
    area: str
    stage: str
    kinds: tuple[str, ...]
    longitude: float
    latitude: float
    pupils: int
    classes: int
    graduates: int
    posts: int = 0
    in_post: int = 0
    short: int = 0
    """The school's, all campuses together."""
    over: int = 0


def dots(scenario: Scenario) -> tuple[Dot, ...]:
    """Every campus with its figures; posts only where teachers are planned."""
    county = scenario.county
    sums: dict[str, Counter[str]] = {}
    if scenario.staffing is not None:
        for line in post_lines(county):
            here = sums.setdefault(line.school, Counter())
            here.update(posts=line.posts, in_post=line.in_post, short=line.short, over=line.over)
    campuses: dict[str, list[Place]] = {}
    for place in county.places.values():
        campuses.setdefault(place.campus.id, []).append(place)
    return tuple(_dot(places, sums) for places in campuses.values())


def _dot(places: Sequence[Place], sums: Mapping[str, Counter[str]]) -> Dot:
    first = places[0]
    campus, school, seat = first.campus, first.school, first.township
    here = campus.latitude is not None and campus.longitude is not None
    held = sums.get(school.id, Counter())
    kinds = [k for k in ("private", "quality", "weak") if getattr(school, k)]
    return Dot(
        campus=campus.id,
        name=campus.name,
        township=seat.name,
        area=first.area_class,
        stage="both" if len(places) > 1 else first.stage,
        kinds=tuple(kinds),
        longitude=float(campus.longitude or 0) if here else seat.longitude,
        latitude=float(campus.latitude or 0) if here else seat.latitude,
        pupils=sum(p.section.pupils for p in places),
        classes=sum(sum(p.section.classes) for p in places),
        graduates=sum(p.section.graduates for p in places),
        posts=held["posts"],
        in_post=held["in_post"],
        short=held["short"],
        over=held["over"],
    )


@dataclass(frozen=True)
class Shade:
    """One entry of the legend."""

    text: Text
    colour: str
    holds: Callable[[Dot], bool]


_SHADES: Mapping[Colouring, tuple[Shade, ...]] = {
    "area": (
        Shade(AREA["urban"], AFTER, lambda d: d.area == "urban"),
        Shade(AREA["township_seat"], _AMBER, lambda d: d.area == "township_seat"),
        Shade(AREA["rural"], _GREEN, lambda d: d.area == "rural"),
    ),
    "flags": (
        Shade(Text("优质", "quality"), AFTER, lambda d: d.kinds[:1] == ("quality",)),
        Shade(Text("薄弱", "weak"), TARGET, lambda d: d.kinds[:1] == ("weak",)),
        Shade(Text("民办", "private"), _ROSE, lambda d: d.kinds[:1] == ("private",)),
        Shade(Text("其他", "other"), BEFORE, lambda d: not d.kinds),
    ),
    "short": (
        Shade(Text("缺编10%以上", "10 % or more short"), TARGET, lambda d: _lack(d) >= _MUCH),
        Shade(Text("缺编5%–10%", "5 to 10 % short"), _AMBER, lambda d: _SOME <= _lack(d) < _MUCH),
        Shade(
            Text("缺编不足5%", "less than 5 % short"),
            BEFORE,
            lambda d: d.posts > 0 and _lack(d) < _SOME,
        ),
        Shade(Text("无岗位数据（民办）", "no posts (private)"), _ROSE, lambda d: d.posts == 0),
    ),
}


def _lack(dot: Dot) -> float:
    return dot.short / dot.posts if dot.posts else 0.0


def school_map(
    scenario: Scenario, colouring: Colouring, lang: Language, *, dark: bool = False
) -> dict[str, Any] | None:
    """The picture as the charting library takes it; None where there is no school."""
    schools = dots(scenario)
    if not schools:
        return None
    county = scenario.county
    points = [(d.longitude, d.latitude) for d in schools]
    points += [(t.longitude, t.latitude) for t in county.townships]
    x, y = _window(points)
    staffed = scenario.staffing is not None
    series = [
        {
            "type": "scatter",
            "name": shade.text.say(lang),
            "itemStyle": {"color": shade.colour, "opacity": 0.85},
            "data": [_item(d, x, lang) for d in schools if shade.holds(d)],
            "tooltip": {"formatter": _tooltip(lang, staffed=staffed)},
            "emphasis": {"scale": 1.3},
        }
        for shade in _SHADES[colouring]
    ]
    series = [s for s in series if s["data"]]
    return {
        "animation": False,
        "grid": {"left": 8, "right": 8, "top": 44, "bottom": 8},
        "legend": {"top": 4, "left": "center", "icon": "circle",
                   "data": [s["name"] for s in series]},
        "tooltip": {"trigger": "item", "confine": True},
        "xAxis": _axis(x.low, x.high),
        "yAxis": _axis(y.low, y.high),
        "series": [_townships(county, x, dark=dark), *_scale(x, y, lang, dark=dark), *series],
    }  # fmt: skip


@dataclass(frozen=True)
class Side:
    """One side of the map, in degrees of latitude."""

    low: float
    high: float
    by: float = 1.0
    """One degree along it, in degrees of latitude."""


def _window(points: Sequence[tuple[float, float]]) -> tuple[Side, Side]:
    """The sides of the picture, the shorter one widened so that distances are true."""
    middle = sum(lat for _, lat in points) / len(points)
    by = math.cos(math.radians(middle))
    xs, ys = [lon * by for lon, _ in points], [lat for _, lat in points]
    wide, high = max(max(xs) - min(xs), 0.02), max(max(ys) - min(ys), 0.02)
    wide, high = wide * 1.08, high * 1.12
    if wide / high < _SHAPE:
        wide = high * _SHAPE
    else:
        high = wide / _SHAPE
    cx, cy = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
    return (
        Side(cx - wide / 2, cx + wide / 2, by),
        Side(cy - high / 2, cy + high / 2),
    )


def _axis(low: float, high: float) -> dict[str, Any]:
    return {"type": "value", "min": low, "max": high, "show": False}


def _item(dot: Dot, x: Side, lang: Language) -> dict[str, Any]:
    stage = say("nine-year school", lang) if dot.stage == "both" else STAGE[dot.stage].say(lang)
    kinds = [text.text.say(lang) for text in _SHADES["flags"] if _named(text, dot)]
    told = " · ".join([dot.township, AREA[dot.area].say(lang), stage, *kinds])
    figures = (dot.pupils, dot.classes, dot.graduates, dot.posts, dot.in_post, dot.short, dot.over)
    return {
        "name": dot.name,
        "value": [dot.longitude * x.by, dot.latitude, told, *(f"{n:,}" for n in figures)],
        "symbol": _SYMBOLS[dot.stage],
        "symbolSize": round(8 + math.sqrt(dot.pupils) / 4, 1),
    }


def _named(shade: Shade, dot: Dot) -> bool:
    return bool(dot.kinds) and shade.holds(dot)


def _tooltip(lang: Language, *, staffed: bool) -> str:
    """What stands beside a school: blanks are filled by the charting library."""
    lines = [
        "<b>{b}</b>",
        "{@[2]}",
        say("Pupils: {pupils} people · classes: {classes}", lang, pupils="{@[3]}",
            classes="{@[4]}"),
    ]  # fmt: skip
    if staffed:
        lines.append(
            say("Posts: {posts} · in post: {in_post} people", lang, posts="{@[6]}",
                in_post="{@[7]}")
        )  # fmt: skip
        lines.append(
            say("By subject short: {short} · over: {over} people", lang, short="{@[8]}",
                over="{@[9]}")
        )  # fmt: skip
    else:
        lines.append(say("Graduates: {graduates} people", lang, graduates="{@[5]}"))
    return "<br/>".join(lines)


def _townships(county: County, x: Side, *, dark: bool) -> dict[str, Any]:
    ink, seam = _INK[dark]
    return {
        "type": "scatter",
        "silent": True,
        "symbolSize": 1,
        "itemStyle": {"color": "transparent"},
        "label": {"show": True, "formatter": "{b}", "color": ink, "fontSize": 13,
                  "position": "top", "textBorderColor": seam, "textBorderWidth": 3},
        "labelLayout": {"hideOverlap": True},
        "data": [
            {"name": t.name, "value": [t.longitude * x.by, t.latitude]} for t in county.townships
        ],
        "z": 5,
    }  # fmt: skip


def _scale(x: Side, y: Side, lang: Language, *, dark: bool) -> Iterator[dict[str, Any]]:
    """A line of whole kilometres in the lower left corner."""
    span = (x.high - x.low) * _KM
    length = next((n for n in (20, 10, 5, 2, 1) if n < span / 4), 1)
    left, low = x.low + (x.high - x.low) * 0.02, y.low + (y.high - y.low) * 0.03
    right, (ink, seam) = left + length / _KM, _INK[dark]
    yield {
        "type": "line",
        "silent": True,
        "symbolSize": 1,
        "itemStyle": {"color": ink},
        "lineStyle": {"color": ink, "width": 3},
        "data": [
            {"value": [left, low]},
            {
                "value": [right, low],
                "label": {
                    "show": True,
                    "formatter": say("{number} km", lang, number=length),
                    "color": ink,
                    "textBorderColor": seam,
                    "textBorderWidth": 3,
                    "position": "right",
                },
            },
        ],
    }
