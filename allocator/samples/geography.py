"""The 19 townships of Cixi, their zones and roads, and where campuses lie around a seat."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from allocator.county.places import AreaClass, Township, Zone
from allocator.county.travel import Road, Travel, kilometres

ROAD_SPEED = 40.0
"""Speed on the roads between seats, kilometres an hour (invented)."""
DETOUR = 1.3
"""Length of a road divided by the straight line (invented)."""
KM_PER_DEGREE = 111.2


@dataclass(frozen=True)
class Seat:
    """A township (镇/街道) with its seat.

    Name and kind are real; the coordinates of the seat are approximate; zone and weight (how much
    of the county's schools lie here) are invented.
    """

    id: str
    stem: str
    kind: Literal["subdistrict", "town"]
    latitude: float
    longitude: float
    zone: str
    weight: float

    @property
    def urban(self) -> bool:
        """Whether it is a sub-district, all of it urban area."""
        return self.kind == "subdistrict"

    @property
    def name(self) -> str:
        """The name with 街道 or 镇."""
        return self.stem + ("街道" if self.urban else "镇")


def _seat(line: str) -> Seat:
    id, stem, kind, latitude, longitude, zone, weight = line.split()
    return Seat(
        id,
        stem,
        "subdistrict" if kind == "s" else "town",
        float(latitude),
        float(longitude),
        zone,
        float(weight),
    )


SEATS: tuple[Seat, ...] = tuple(
    _seat(line)
    for line in (
        "hushan 浒山 s 30.170 121.240 Z1 10",
        "baishalu 白沙路 s 30.185 121.262 Z2 6",
        "gutang 古塘 s 30.163 121.222 Z1 7",
        "zonghan 宗汉 s 30.190 121.205 Z4 7",
        "kandun 坎墩 s 30.216 121.268 Z3 5",
        "longshan 龙山 t 30.072 121.570 Z8 7",
        "zhangqi 掌起 t 30.120 121.468 Z8 4",
        "guanhaiwei 观海卫 t 30.172 121.420 Z7 9",
        "fuhai 附海 t 30.212 121.378 Z7 3",
        "qiaotou 桥头 t 30.150 121.352 Z6 3",
        "kuangyan 匡堰 t 30.118 121.318 Z6 2.5",
        "xiaolin 逍林 t 30.163 121.302 Z2 4.5",
        "xinpu 新浦 t 30.243 121.352 Z5 4.5",
        "shengshan 胜山 t 30.192 121.330 Z5 4",
        "henghe 横河 t 30.118 121.252 Z1 6",
        "chongshou 崇寿 t 30.252 121.212 Z3 2.5",
        "andong 庵东 t 30.272 121.188 Z3 6",
        "changhe 长河 t 30.200 121.130 Z4 3.5",
        "zhouxiang 周巷 t 30.178 121.128 Z4 9",
    )
)
"""Sub-districts (s) and towns (t): id, name, kind, latitude, longitude, zone, weight."""

SEAT: dict[str, Seat] = {s.id: s for s in SEATS}

ZONE_NAMES = "一二三四五六七八"


def zones() -> tuple[Zone, ...]:
    """The invented zones, each of two or three neighbouring townships."""
    return tuple(
        Zone(id=f"Z{n}", name=f"示例第{name}片区") for n, name in enumerate(ZONE_NAMES, start=1)
    )


def townships() -> tuple[Township, ...]:
    """The 19 townships: sub-districts are urban, seats of towns are township seats."""
    return tuple(
        Township(
            id=s.id,
            name=s.name,
            kind=s.kind,
            area_class="urban" if s.urban else "township_seat",
            zone=s.zone,
            latitude=s.latitude,
            longitude=s.longitude,
        )
        for s in SEATS
    )


def _apart(a: Seat, b: Seat) -> float:
    return kilometres((a.latitude, a.longitude), (b.latitude, b.longitude))


def roads() -> tuple[Road, ...]:
    """Roads between neighbouring seats, in minutes rounded up.

    Two seats are neighbours where no third lies in the circle over the line between them (the
    Gabriel graph, which is connected).
    """
    found = []
    for n, a in enumerate(SEATS):
        for b in SEATS[n + 1 :]:
            far = _apart(a, b)
            others = (c for c in SEATS if c not in (a, b))
            if all(_apart(a, c) ** 2 + _apart(b, c) ** 2 >= far**2 for c in others):
                minutes = math.ceil(far * DETOUR / ROAD_SPEED * 60)
                found.append(Road(between=(a.id, b.id), minutes=minutes))
    return tuple(found)


def travel() -> Travel:
    """The travel settings of the sample county."""
    return Travel(local_speed=30.0, detour=DETOUR, roads=roads())


_RINGS: dict[AreaClass, tuple[float, float]] = {
    "urban": (0.2, 2.0),
    "township_seat": (0.1, 1.2),
    "rural": (2.0, 5.0),
}
"""How far campuses lie from the seat, kilometres (invented)."""


def scatter(seat: Seat, area: AreaClass, rng: np.random.Generator) -> tuple[float, float]:
    """Latitude and longitude of a campus in a ring around the seat."""
    near, far = _RINGS[area]
    radius = float(rng.uniform(near, far))
    angle = float(rng.uniform(0.0, 2 * math.pi))
    north = radius * math.cos(angle) / KM_PER_DEGREE
    east = radius * math.sin(angle) / (KM_PER_DEGREE * math.cos(math.radians(seat.latitude)))
    return round(seat.latitude + north, 4), round(seat.longitude + east, 4)
