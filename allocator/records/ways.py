"""Tables of travel: roads, measured times, and how the rest is estimated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from allocator.county.travel import Road, Travel, TravelTime
from allocator.modelling import Text
from allocator.records.fields import Field, Names
from allocator.records.lists import Listed, Single
from allocator.records.rows import Part, Plain, Table, nth


def way_id(way: Any) -> str:
    """Both ends of a way, in the order of their codes."""
    return "+".join(sorted(way.between))


def _end(zh: str, en: str, names: Names) -> Field:
    return Field(Text(zh, en), "choice", names=names, fixed=True)


ENDS: Mapping[str, Part] = {"from": nth("between", 0, ""), "to": nth("between", 1, "")}
"""Both ends of what lies between two records."""
NO_ENDS: Mapping[str, Any] = {"between": ["", ""]}


def between(values: Plain) -> str:
    """The id of what lies between two records."""
    return "+".join(sorted((str(values["from"]), str(values["to"]))))


_MINUTES = Field(Text("单程（分钟）", "One way (minutes)"), "whole")
ROADS = Listed(
    "roads",
    Text("镇街间道路", "Roads"),
    {
        "from": _end("一端镇街", "Township at one end", "townships"),
        "to": _end("另一端镇街", "Township at the other end", "townships"),
        "minutes": _MINUTES,
    },
    "roads",
    record=Road,
    key=way_id,
    keys=("from", "to"),
    made_of=between,
    owner="travel",
    parts=ENDS,
    start=lambda values: NO_ENDS,
)
TIMES = Listed(
    "times",
    Text("校区间路程", "Travel times"),
    {
        "from": _end("一端校区", "Campus at one end", "campuses"),
        "to": _end("另一端校区", "Campus at the other end", "campuses"),
        "minutes": _MINUTES,
    },
    "times",
    record=TravelTime,
    key=way_id,
    keys=("from", "to"),
    made_of=between,
    owner="travel",
    parts=ENDS,
    start=lambda values: NO_ENDS,
)


TRAVEL = Single(
    "travel",
    Text("路程估算", "Travel estimate"),
    {
        "local_speed": Field(Text("行驶速度（公里/小时）", "Speed (km an hour)"), "number"),
        "detour": Field(Text("绕行系数", "Detour (ratio to the straight line)"), "number"),
    },
    "travel",
    record=Travel,
)

WAYS: tuple[Table, ...] = (ROADS, TIMES, TRAVEL)
