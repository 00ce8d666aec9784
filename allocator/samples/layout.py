"""Which schools there are: legal units with sites, kinds and flags, before any class is counted."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from allocator.county.places import Stage
from allocator.samples.geography import SEAT, SEATS, Seat
from allocator.samples.shares import apportion

Kind = Literal["urban", "seat", "rural", "small"]
"""Urban, at the seat of a town, in a village, or a small village school of 6 to 9 classes."""

STANDARD = 8500
"""Teachers of the county that the other figures of this folder are written for."""
SECTIONS = 170
"""Sections (campus x stage) of the standard county (invented)."""
GROWTH = 0.87
"""A county k times as large has k ** GROWTH times the sections: schools grow too (invented)."""
PRIVATE_SHARE = 0.085
"""Share of sections that are private (invented)."""
PRIMARY_SHARE = 0.68
"""Share of public sections that are primary (invented)."""

_PRIVATE_CYCLE: tuple[tuple[Stage, ...], ...] = (
    ("primary", "junior"),
    ("primary",),
    ("junior",),
    ("primary", "junior"),
    ("primary",),
)
_PRIVATE_PLACES = (
    "zonghan", "zhouxiang", "guanhaiwei", "hushan", "kandun",
    "xiaolin", "gutang", "henghe", "longshan", "andong",
)  # fmt: skip
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Site:
    """A campus to be: where, what kind, which stages."""

    seat: Seat
    kind: Kind
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Unit:
    """A legal unit (法人) to be."""

    name: str
    sites: tuple[Site, ...]
    private: bool = False
    quality: bool = False
    weak: bool = False
    group: str | None = None

    @property
    def stages(self) -> tuple[Stage, ...]:
        """The stages it teaches."""
        return tuple(dict.fromkeys(stage for site in self.sites for stage in site.stages))

    @property
    def kind(self) -> Kind:
        """The kind of its main site."""
        return self.sites[0].kind


def numeral(n: int) -> str:
    """A number from 1 to 99 in Chinese."""
    tens, ones = divmod(n, 10)
    ten = "" if not tens else ("十" if tens == 1 else _NUMERALS[tens] + "十")
    return ten + (_NUMERALS[ones] if ones or not tens else "")


def section_count(teachers: int) -> int:
    """How many sections a county of this many teachers has."""
    return round(SECTIONS * math.pow(teachers / STANDARD, GROWTH))


def lay_out(teachers: int, rng: np.random.Generator) -> list[Unit]:
    """The legal units of a county: township by township, private ones last."""
    sections = section_count(teachers)
    private = max(2, round(PRIVATE_SHARE * sections))
    public = sections - private
    primary = round(PRIMARY_SHARE * public)
    weights = [s.weight for s in SEATS]
    primaries = apportion(primary, weights, at_least=1)
    juniors = apportion(
        public - primary, weights, at_least=1 if public - primary >= 1.5 * len(SEATS) else 0
    )
    units: list[Unit] = []
    for n, seat in enumerate(SEATS):
        sites = _primary_sites(seat, primaries[n], rng), _junior_sites(seat, juniors[n])
        units += _flagged(_named(seat, _joined(n, *sites)), rng)
    return _grouped(units + _private_units(private), teachers)


def _primary_sites(seat: Seat, number: int, rng: np.random.Generator) -> list[Site]:
    """The first lies at the seat, a second too where there are five; then villages."""
    kinds: list[Kind] = []
    for n in range(number):
        if seat.urban:
            kinds.append("urban")
        elif n < (2 if number >= 5 else 1) * max(1, number // 10):
            kinds.append("seat")
        else:
            kinds.append("small" if rng.random() < 0.45 else "rural")
    return [Site(seat, kind, ("primary",)) for kind in sorted(kinds, key=_village)]


def _village(kind: Kind) -> int:
    return ("urban", "seat", "rural", "small").index(kind)


def _junior_sites(seat: Seat, number: int) -> list[Site]:
    """Half of a town's junior highs, rounded up, lie at the seat."""
    return [
        Site(seat, "urban" if seat.urban else "seat" if 2 * n < number else "rural", ("junior",))
        for n in range(number)
    ]


def _joined(number: int, primary: list[Site], junior: list[Site]) -> list[tuple[Site, ...]]:
    """Join sites into legal units: some nine-year schools, some schools of two campuses."""
    primary, junior = list(primary), list(junior)
    units: list[tuple[Site, ...]] = []
    nine: list[tuple[Site, ...]] = []
    for _ in range(max(len(junior) // 2 if number % 3 != 2 else 0, number % 5 == 2)):
        alike = [s for s in primary[1:] if junior and s.kind in (junior[-1].kind, "rural")]
        if alike and len(nine) < max(1, len(junior) // 4):
            primary.remove(alike[-1])
            nine.append((replace(junior.pop(), stages=("primary", "junior")),))
    second = primary.pop() if number % 4 == 0 and len(primary) >= 3 else None
    for n, site in enumerate(primary):
        units.append((site, second) if n == 0 and second else (site,))
    if number % 7 == 0 and len(junior) >= 3:
        last = junior.pop()
        units.append((junior.pop(0), last))
    return units + [(site,) for site in junior] + nine


def _named(seat: Seat, units: list[tuple[Site, ...]]) -> list[Unit]:
    """Give invented names; each is marked 示例."""
    counts: dict[str, int] = defaultdict(int)
    found = []
    for sites in units:
        main = sites[0]
        if len(main.stages) == 2:
            sort = "九年一贯制学校"
        elif main.stages[0] == "junior":
            sort = "初级中学"
        elif main.kind in ("rural", "small"):
            sort = "村小"
        else:
            sort = "小学"
        counts[sort] += 1
        found.append(Unit(f"{seat.stem}示例第{numeral(counts[sort])}{sort}", sites))
    return found


def _flagged(units: list[Unit], rng: np.random.Generator) -> list[Unit]:
    """Quality: the first three tenths of urban schools of each stage. Weak: some in villages."""
    found = []
    rank: dict[tuple[Stage, ...], int] = defaultdict(int)
    for unit in units:
        same = sum(u.stages == unit.stages for u in units)
        chance = {"urban": 0.0, "seat": 0.12, "rural": 0.3, "small": 0.5}[unit.kind]
        weak = bool(rng.random() < chance)
        best = unit.kind == "urban" and rank[unit.stages] < max(1, round(0.3 * same))
        rank[unit.stages] += 1
        found.append(replace(unit, quality=best, weak=weak and not best))
    return found


def _private_units(sections: int) -> list[Unit]:
    """Private schools (民办学校), in turn nine-year, primary and junior."""
    found: list[Unit] = []
    counts: dict[str, int] = defaultdict(int)
    while sections:
        n = len(found)
        stages = _PRIVATE_CYCLE[n % len(_PRIVATE_CYCLE)]
        if len(stages) > sections:
            stages = ("primary",)
        seat = SEAT[_PRIVATE_PLACES[n % len(_PRIVATE_PLACES)]]
        counts[seat.id] += 1
        kind: Kind = "urban" if seat.urban else "seat"
        name = f"{seat.stem}示例民办第{numeral(counts[seat.id])}学校"
        found.append(Unit(name, (Site(seat, kind, stages),), private=True))
        sections -= len(stages)
    return found


def _grouped(units: list[Unit], teachers: int) -> list[Unit]:
    """School groups (教育集团): a quality school and up to two public schools of its zone."""
    wanted = max(2, round(6 * teachers / STANDARD))
    group: dict[int, str] = {}
    leads = [n for n, u in enumerate(units) if u.quality][::2]
    for lead in leads[:wanted]:
        head = units[lead]
        name = f"G{len(set(group.values())) + 1:02d}"
        near = [
            n
            for n, u in enumerate(units)
            if n not in group
            and not (u.private or u.quality)
            and u.sites[0].seat.zone == head.sites[0].seat.zone
            and u.stages == head.stages
        ]
        if near and lead not in group:
            group.update(dict.fromkeys([lead, *near[-2:]], name))
    return [replace(u, group=group.get(n)) for n, u in enumerate(units)]
