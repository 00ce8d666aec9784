"""The variables as admission rules and goals see them: places of pairs, sums of columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from allocator.admission.entitlement import Cell, Entitlement
from allocator.modelling import Count, Floats, Ints, Linear

_NONE = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Variables:
    """The columns ``place[i, j]``: quota places of senior high i for junior high j."""

    entitlement: Entitlement
    position: Mapping[Cell, int]
    """Column of each pair that may be served, sorted."""
    upper: Floats

    def places(self, *, high: str | None = None, school: str | None = None) -> Count:
        """Places of one pair, one senior high, one junior high, or all."""
        if high is not None and school is not None:
            column = self.position.get((high, school))
            columns = _NONE if column is None else np.array([column], dtype=np.int64)
        elif high is not None:
            columns = self._of_high.get(high, _NONE)
        elif school is not None:
            columns = self._of_school.get(school, _NONE)
        else:
            columns = np.arange(len(self.position), dtype=np.int64)
        return Count(
            Linear(columns, np.ones(columns.size)), 0, round(float(self.upper[columns].sum()))
        )

    @cached_property
    def _of_high(self) -> Mapping[str, Ints]:
        return _positions(high for high, _ in self.position)

    @cached_property
    def _of_school(self) -> Mapping[str, Ints]:
        return _positions(school for _, school in self.position)


def _positions(keys: Iterable[str]) -> Mapping[str, Ints]:
    """Where each key stands, ascending."""
    found: dict[str, list[int]] = {}
    for n, key in enumerate(keys):
        found.setdefault(key, []).append(n)
    return {key: np.array(columns, dtype=np.int64) for key, columns in found.items()}
