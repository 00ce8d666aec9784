"""Choices that rules of several parts offer, with their words."""

from __future__ import annotations

from typing import Literal

from allocator.county.places import AreaClass
from allocator.modelling.rule import Text

Rounding = Literal["down", "up"]

ROUNDING_CHOICES: tuple[tuple[Rounding, Text], ...] = (
    ("down", Text("去尾取整", "rounded down")),
    ("up", Text("进一取整", "rounded up")),
)

AREA_CHOICES: tuple[tuple[AreaClass, Text], ...] = (
    ("urban", Text("城区", "urban")),
    ("township_seat", Text("镇区", "township seat")),
    ("rural", Text("乡村", "rural")),
)
