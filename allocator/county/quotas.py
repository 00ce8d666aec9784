"""What is known before quota places are divided: figures, pools, last years' places, lots."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from allocator.county.frozen import Exact, Frozen, Identifier, Month, Whole

Calendar = Annotated[int, Field(ge=2000, le=2100)]


class SchoolFigure(Frozen):
    """A figure of the bureau's own about a junior high (自定义指标), for a base that weighs it."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    amount: Annotated[Exact, Field(ge=0)]


class QuotaPool(Frozen):
    """Small junior highs that receive their quota places together (小规模学校合并计算).

    All their pupils compete for the places of the pool; its code stands in the plan where else a
    junior high does. A school large enough stands alone (`pool_below` of the terms), and so does
    the last one left in a pool.
    """

    id: Identifier
    name: str
    schools: Annotated[tuple[Identifier, ...], Field(min_length=2)]


class PastQuota(Frozen):
    """Quota places of one senior high for one junior high in an earlier year."""

    year: Calendar
    senior_high: Identifier
    junior_high: Identifier
    places: Whole
    filled: Whole | None = None
    """Of these, taken up by a pupil; None where not recorded."""


class QuotaLot(Frozen):
    """A lot drawn in public among junior highs (抽签结果), as it was drawn."""

    order: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    """Junior highs, or pools, the first drawn first."""
    senior_high: Identifier | None = None
    """For whose places; None for all senior highs that have no lot of their own."""
    drawn_by: str
    """Who drew it."""
    on: Month
    note: str = ""


class QuotaPin(Frozen):
    """Quota places of one pair of schools fixed beforehand (指定名额)."""

    senior_high: Identifier
    junior_high: Identifier
    """A junior high, or a pool."""
    places: Whole
    reason: str = ""
