"""Sets of cells whose rounded row a point of the relaxation breaks, grown cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from allocator.modelling import Floats, Ints
from allocator.staffing.walking.cut_network import Indexed
from allocator.staffing.walking.cut_point import WHOLE, Bools, Point, Tables, rounded

MOST = 6
"""Cells of a set at most."""
NEAR = 30
"""Cells around one from which its sets are grown."""
LOADS = 3
"""Loads that a set is rounded by at most, the largest first."""
BROKEN = 0.05
"""Periods by which a row must be broken to be told."""


@dataclass(frozen=True)
class CutSet:
    """A set of cells, the load it is rounded by, and how full sources are counted."""

    load: int
    turned: bool
    """Whether people of odd loads who give all they have to the set count as settled."""
    cells: tuple[int, ...]

    @property
    def key(self) -> tuple[int, bool, tuple[int, ...]]:
        """What sets are sorted by."""
        return self.load, self.turned, self.cells


@dataclass(frozen=True)
class _Around:
    """The cells around one, the outlets into them, and what flows."""

    cells: Ints
    flows: Floats
    """Outlets x cells."""
    outlets: Ints
    first: Ints
    """Where the outlets of each source begin."""
    sources: Ints
    beside: Bools
    needed: Floats


def grown(cuts: Indexed, point: Point, cell: int) -> Iterable[tuple[CutSet, float]]:
    """Grow sets of cells from one, greedily; give the most broken one for each load and way."""
    net = cuts.net
    feeding = [net.outlets[o].source for o, _ in net.into[cell]]
    if not point.open[feeding].any():
        return
    loads = sorted({net.gives[k] for t in feeding for k in net.people[t]}, reverse=True)[:LOADS]
    here = _seen(cuts, point, cell)
    for load in loads:
        if load < 2:
            continue
        tables = point.tables(load)
        for turned in (False, True) if tables.odd[here.sources].any() else (False,):
            much, cells = _grown(here, point, tables, load, turned=turned)
            if much > BROKEN:
                yield CutSet(load, turned, tuple(sorted(here.cells[cells].tolist()))), much


def _seen(cuts: Indexed, point: Point, cell: int) -> _Around:
    """The cells around one, nearest first."""
    net = cuts.net
    cells, known = [cell], {cell}
    for c in cells:
        for other in cuts.near[c]:
            if len(cells) < NEAR and other not in known:
                known.add(other)
                cells.append(other)
    entries = [(o, n, column) for n, c in enumerate(cells) for o, column in net.into[c]]
    outlets = np.unique(np.array([o for o, *_ in entries], dtype=np.int64))
    flows = np.zeros((outlets.size, len(cells)))
    rows = np.searchsorted(outlets, [o for o, *_ in entries])
    flows[rows, [n for _, n, _ in entries]] = point.levels[[column for *_, column in entries]]
    sources, first = np.unique(cuts.source_of_outlet[outlets], return_index=True)
    place = {c: n for n, c in enumerate(cells)}
    beside = np.zeros((len(cells), len(cells)), dtype=np.bool_)
    for n, c in enumerate(cells):
        beside[n, [place[other] for other in cuts.near[c] if other in place]] = True
    needed = np.array([net.needed[c] for c in cells], dtype=np.float64)
    return _Around(np.array(cells), flows, outlets, first.astype(np.int64), sources, beside, needed)


def _grown(
    here: _Around, point: Point, tables: Tables, load: int, *, turned: bool
) -> tuple[float, list[int]]:
    """A set grown from the first cell, one cell more at a time; how much its row is broken."""
    chosen = [0]
    flow, needed = here.flows[:, 0], here.needed[0]
    used, near = np.zeros(here.cells.size, dtype=np.bool_), here.beside[0].copy()
    used[0] = True
    much = _broken(here, point, tables, load, flow[:, None], needed[None], turned)
    best = float(much[0]), [0]
    while len(chosen) < MOST:
        further = np.flatnonzero(near & ~used)
        if not further.size:
            break
        more = flow[:, None] + here.flows[:, further]
        much = _broken(here, point, tables, load, more, needed + here.needed[further], turned)
        k = int(np.argmax(much))
        cell = int(further[k])
        chosen.append(cell)
        flow, needed = more[:, k], needed + here.needed[cell]
        used[cell] = True
        near |= here.beside[cell]
        if much[k] > best[0] + 1e-9:
            best = float(much[k]), list(chosen)
    return best


def _broken(
    here: _Around,
    point: Point,
    tables: Tables,
    load: int,
    flows: Floats,
    needed: Floats,
    turned: bool,
) -> Floats:
    """By how much the rows of several sets are broken: flows are outlets x sets."""
    by_source = np.add.reduceat(flows, here.first, axis=0)
    settled = 0.0
    if turned:
        capacity = point.capacity[here.sources][:, None]
        full = (capacity > WHOLE) & (by_source >= capacity - WHOLE)
        full &= tables.odd[here.sources][:, None]
        settled = (full * point.base[here.sources][:, None]).sum(axis=0)
    rest, people = rounded(needed - settled, load)
    capped = np.minimum(flows, tables.outlets[here.outlets[:, None], rest])
    counted = np.minimum(
        np.add.reduceat(capped, here.first, axis=0), tables.people[here.sources[:, None], rest]
    )
    if turned:
        counted = np.where(full, tables.moves[here.sources[:, None], rest], counted)
    much = flows.sum(axis=0) - counted.sum(axis=0) - (needed - rest * people)
    return np.asarray(np.where(rest < load, much, -np.inf))
