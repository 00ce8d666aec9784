"""Cut sets: what whole people can cover in several cells together.

For a set S of cells (section and subject) and a set T of sources (people of a section and
subject), with D(S) periods needed and flow(T, S) given by T in S,

    flow(T, S) <= D(S)    and    flow(T, S) <= sum of a_j z_j + A

where z_j >= 0 are whole: people of T, or moves in and out of them counted from where nobody of the
column, or everybody, moves. Divided by a load L and rounded, with D' = D(S) - A, m = ceil(D' / L),
r = D' - L (m - 1):

    flow(T, S) <= D(S) - r m + sum of G(a_j) z_j,    G(a) = r floor(a / L) + min(r, a mod L),

the mixed-integer rounding of the two: half a person covers no half of what several cells need
either. These are the cut-set inequalities of network design. The row of one cell and its own people
is laid out with the flow itself (``laying``); the others are far too many and are sought where a
point of the relaxation breaks them. Of an outlet of a source (own cell, visits, each second
subject) either the flow is counted or, if that is less, what whole people able to give it can
cover.

References
----------
Nemhauser and Wolsey, Integer and combinatorial optimization, 1988, II.1.7. Magnanti, Mirchandani
and Vachani, Modeling and solving the two-facility capacitated network loading problem, 1995.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from allocator.modelling import Floats, Linear, Row
from allocator.staffing.walking.cut_growing import CutSet, grown
from allocator.staffing.walking.cut_network import Indexed
from allocator.staffing.walking.cut_point import Point, gain, rounded


class CutSets:
    """The cut sets of a flow: rows that hold for whole people, sought where a point breaks them."""

    def __init__(self, network: Indexed) -> None:
        self.network = network

    def __call__(self, levels: Floats) -> tuple[Row, ...]:
        """Rows that a point of the relaxation breaks, the worst first.

        Parameters
        ----------
        levels
            Levels of all decision columns.

        """
        point = Point(self.network, levels)
        found: dict[CutSet, float] = {}
        for cell in range(len(self.network.net.cells)):
            for chosen, much in grown(self.network, point, cell):
                found[chosen] = much
        worst = sorted(found.items(), key=lambda item: (-item[1], item[0].key))
        return tuple(self._row(point, chosen) for chosen, _ in worst)

    def _row(self, point: Point, chosen: CutSet) -> Row:
        """The row of one set of cells."""
        net, load = self.network.net, chosen.load
        flows: dict[int, list[int]] = defaultdict(list)
        for cell in chosen.cells:
            for outlet, column in net.into[cell]:
                flows[outlet].append(column)
        needed = sum(net.needed[cell] for cell in chosen.cells)
        by_source: dict[int, list[int]] = defaultdict(list)
        for outlet in sorted(flows):
            by_source[net.outlets[outlet].source].append(outlet)
        given = {o: float(point.levels[columns].sum()) for o, columns in flows.items()}
        turned = [
            t
            for t, outlets in by_source.items()
            if chosen.turned and point.full(t, sum(given[o] for o in outlets), load)
        ]
        settled = np.array(sum((point.base[t] for t in turned), start=0.0))
        rests, peoples = rounded(needed - settled, load)
        rest, people = int(rests), int(peoples)
        tables = point.tables(load)
        parts = [_ones([c for columns in flows.values() for c in columns])]
        for t, outlets in by_source.items():
            if t in turned:
                parts.append(self._moves(point, t, load, rest) * -1)
                continue
            one_by_one = sum(min(given[o], tables.outlets[o, rest]) for o in outlets)
            if tables.people[t, rest] < one_by_one:
                parts.append(self._whole(net.people[t], load, rest) * -1)
                continue
            for o in outlets:
                if given[o] <= tables.outlets[o, rest]:
                    parts.append(_ones(flows[o]) * -1)
                else:
                    parts.append(self._whole(net.outlets[o].classes or (), load, rest) * -1)
        names = "+".join(",".join(net.cells[cell]) for cell in chosen.cells)
        where = f"walking.cut.{names}.{load}{'.turned' if chosen.turned else ''}"
        return Row(where, Linear.total(parts), "<=", float(needed - rest * people))

    def _whole(self, classes: Iterable[int], load: int, rest: int) -> Linear:
        """What whole people of some classes count in a rounded row."""
        return Linear.total(
            self.network.net.counts[k] * float(gain(self.network.class_gives[k], load, rest))
            for k in classes
        )

    def _moves(self, point: Point, source: int, load: int, rest: int) -> Linear:
        """The same for a source counted from where its columns stand, up or down."""
        cuts = self.network
        mine = cuts.source_of_class[cuts.class_of] == source
        columns, turned = cuts.columns[mine], point.turned[mine]
        gains = gain(point.steps[mine], load, rest).astype(np.float64)
        away = float((gains[turned] * cuts.upper[columns[turned]]).sum())
        return Linear.of(columns, np.where(turned, -gains, gains), away)


def _ones(columns: Sequence[int]) -> Linear:
    return Linear.of(np.array(columns, dtype=np.int64), np.ones(len(columns)))
