"""What everyone gives at a point of the relaxation, and what that counts in a rounded row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from allocator.modelling import Floats, Ints
from allocator.staffing.walking.cut_network import Indexed

WHOLE = 1e-6
"""People or periods that count as none."""

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Tables:
    """What sources and outlets count, by the rest r of a set, for one load."""

    people: Floats
    outlets: Floats
    moves: Floats
    odd: Bools
    """Sources whose people do not all give multiples of the load."""


class Point:
    """A point of the relaxation: what everyone gives there."""

    def __init__(self, cuts: Indexed, levels: Floats) -> None:
        self.cuts, self.levels = cuts, levels
        here, upper = levels[cuts.columns], cuts.upper[cuts.columns]
        size, sources = len(cuts.net.gives), len(cuts.net.people)
        gives = cuts.class_gives.astype(np.float64)
        per = np.bincount(cuts.class_of, cuts.factors * here, size) / np.maximum(gives, 1)
        self.people = per + cuts.settled
        """People of each class."""
        self.capacity = np.bincount(cuts.source_of_class, self.people * gives, sources)
        self.turned = here > upper / 2
        """Columns counted down from their upper bound."""
        self.steps = np.where(self.turned, -cuts.factors, cuts.factors)
        self.moved = np.where(self.turned, upper - here, here)
        source_of = cuts.source_of_class[cuts.class_of]
        away = np.where(self.turned, cuts.factors * upper, 0.0)
        self.base = np.bincount(source_of, away, sources).astype(np.float64)
        self.base += np.bincount(cuts.source_of_class, cuts.settled * gives, sources)
        """What each source gives where all columns stand at the bound they are counted from."""
        broken = np.abs(here - np.round(here)) > WHOLE
        self.open = np.bincount(source_of, broken, sources) > 0
        """Sources with a fraction of somebody."""
        self._source_of = source_of
        self._tables: dict[int, Tables] = {}

    def full(self, source: int, given: float, load: int) -> bool:
        """Whether a source of odd loads gives all it has."""
        capacity = self.capacity[source]
        return bool(
            self.tables(load).odd[source] and capacity > WHOLE and given >= capacity - WHOLE
        )

    def tables(self, load: int) -> Tables:
        """The tables of one load."""
        if load not in self._tables:
            self._tables[load] = self._tabulated(load)
        return self._tables[load]

    def _tabulated(self, load: int) -> Tables:
        cuts, net = self.cuts, self.cuts.net
        rests = np.arange(load + 1)
        each = self.people[:, None] * gain(cuts.class_gives[:, None], load, rests)
        people = np.zeros((len(net.people), load + 1))
        np.add.at(people, cuts.source_of_class, each)
        outlets = np.full((len(net.outlets), load + 1), np.inf)
        for n, outlet in enumerate(net.outlets):
            if outlet.classes is not None:
                outlets[n] = each[list(outlet.classes)].sum(axis=0)
        moves = np.zeros_like(people)
        some = self.moved > WHOLE
        gains = gain(self.steps[some][:, None], load, rests) * self.moved[some][:, None]
        np.add.at(moves, self._source_of[some], gains)
        odd = np.zeros(len(net.people), dtype=np.bool_)
        odd[cuts.source_of_class[cuts.class_gives % load > 0]] = True
        return Tables(people, outlets, moves, odd)


def rounded(needed: Floats, load: int) -> tuple[Ints, Ints]:
    """The rest r and the whole people m of what is needed: ``needed = load (m - 1) + r``."""
    whole = np.round(needed).astype(np.int64)
    people = -(-whole // load)
    return whole - load * (people - 1), people


def gain(steps: Floats | Ints, load: int, rest: Ints | int) -> Floats:
    """G of mixed-integer rounding."""
    steps = np.round(np.asarray(steps)).astype(np.int64)
    return np.asarray(rest * (steps // load) + np.minimum(rest, steps % load), dtype=np.float64)
