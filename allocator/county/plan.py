"""The plan: what is decided. Records only; what follows from them is counted elsewhere."""

from __future__ import annotations

from typing import Literal

from allocator.county.decisions import MoveKind
from allocator.county.frozen import Frozen, Identifier, Month, Whole
from allocator.county.supply import SupplyKind

MoveGround = Literal["exchange", "surplus", "application", "opening", "return", "hire"]
"""Grounds of a move: 交流, 超编分流, 个人申请, 新校组建, 期满返回, 新聘."""

MOVE_GROUNDS: tuple[MoveGround, ...] = (
    "exchange",
    "surplus",
    "application",
    "opening",
    "return",
    "hire",
)


class Move(Frozen):
    """A move (交流): one teacher serves at another section from a month on."""

    teacher: Identifier
    origin: str
    """Section served before, campus and stage, e.g. ``C001.junior``."""
    destination: str
    """Section served from ``start`` on."""
    kind: MoveKind
    """随调 (the establishment relation moves) or 交流/支教 (temporary)."""
    ground: MoveGround
    start: Month
    years: int | None = None
    """Length of the term; None for a transfer."""
    points_rank: int | None = None
    """1 for the first by points among those of the group who could have gone."""


class Teaching(Frozen):
    """Weekly periods one teacher gives in one subject at one section."""

    teacher: Identifier
    section: str
    subject: Identifier
    periods: Whole


class Supply(Frozen):
    """People placed by number: hires, reserve, and the like."""

    section: str
    """Where they serve, campus and stage."""
    subject: Identifier
    kind: SupplyKind
    count: Whole


class QuotaCell(Frozen):
    """Quota places (名额分配) of one senior high for one junior high."""

    senior_high: Identifier
    junior_high: Identifier
    places: Whole


class Plan(Frozen):
    """A plan (方案): moves, teaching, supply and quotas; any of them may be empty."""

    moves: tuple[Move, ...] = ()
    teaching: tuple[Teaching, ...] = ()
    supply: tuple[Supply, ...] = ()
    quotas: tuple[QuotaCell, ...] = ()
