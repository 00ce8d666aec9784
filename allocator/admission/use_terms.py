"""Terms of what becomes of quota places: how use is estimated, and who may take one up."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from allocator.county.frozen import Exact, Frozen

Enough = Annotated[int, Field(ge=1, le=100_000)]


class UsableTerms(Frozen):
    """When a record of earlier years speaks for itself (all numbers invented).

    Below its ``enough`` a record is filled up with places at the rate of the next wider one: the
    pair of schools, the junior high, the senior high, the county.
    """

    years: Annotated[int, Field(ge=1, le=20)] = 2
    """Latest years with records that count."""
    enough_cell: Enough = 20
    """Earlier places of a pair of senior high and junior high."""
    enough_junior_high: Enough = 60
    """Earlier places of a junior high at all senior highs."""
    enough_senior_high: Enough = 100
    """Earlier places of a senior high for all junior highs."""


class SequenceTerms(Frozen):
    """Who may take up a quota place in the simulation (名额分配录取最低控制线)."""

    points_below: Annotated[Exact, Field(ge=0)] | None = Decimal(40)
    """How far below the line of its senior high a quota pupil may score (invented); None for no
    such floor. A score floor that a senior high states holds besides."""
