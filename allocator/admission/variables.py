"""The variables as admission rules and goals see them: places of pairs, sums of columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from allocator.admission.entitlement import Cell, Entitlement
from allocator.modelling import Count, Floats, Linear


@dataclass(frozen=True)
class Variables:
    """The columns ``place[i, j]``: quota places of senior high i for junior high j."""

    entitlement: Entitlement
    position: Mapping[Cell, int]
    """Column of each pair that may be served, sorted."""
    upper: Floats

    def places(self, *, high: str | None = None, school: str | None = None) -> Count:
        """Places of one pair, one senior high, one junior high, or all."""
        columns = np.array(
            [
                column
                for (i, j), column in self.position.items()
                if high in (None, i) and school in (None, j)
            ],
            dtype=np.int64,
        )
        return Count(
            Linear.of(columns, np.ones(columns.size)), 0, round(float(self.upper[columns].sum()))
        )
