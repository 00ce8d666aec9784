"""Totals of the junior highs: apportion the county's quota within what the cells can carry.

Symbols
-------
q[i], c[j]
    Places of senior high i, total of junior high j: some table x with low <= x <= high has these
    row and column sums.
a[j](k)
    What the k-th place of j changes in the places missing under wished rules: -1, 0 or 1 each.
(d(k) / E[j])^p
    What the k-th place of j costs in nearness to its claim; logarithms compare like these ratios.

The possible totals form an M-convex set, so totals are best, first by a and then by ratio, if and
only if no single exchange of a place between two junior highs is better. That is checked in whole
numbers and fractions; the flow before it only finds a good start.

References
----------
Murota, K. (2003). Discrete Convex Analysis, SIAM, theorem 6.26.
Groenevelt, H. (1991). Two algorithms for maximizing a separable concave function over a polymatroid
feasible region, European Journal of Operational Research 54, 227-236.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from allocator.admission.divisor import between
from allocator.admission.flow import Ints, Marks
from allocator.admission.form import FlowForm

_COST_UNIT = 2.0**30
_WISH_UNIT = 2**37
"""More than any difference of two prices: one missing place outweighs all nearness."""

Price = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Totals:
    """Totals of the junior highs, the proof that they are best, and what ties leave open.

    Attributes
    ----------
    places
        Total of each junior high.
    proven
        Whether sums, bounds and the absence of a better exchange were checked exactly.
    factors
        Claim times factor, rounded at the signposts, is the total wherever no floor or cap holds;
        junior highs that can pass places to each other both ways share one factor.
    tied
        Groups of junior highs of which some have one place that others could have as well:
        position -> whether it has it.
    """

    places: Ints
    proven: bool
    factors: tuple[Fraction, ...]
    tied: tuple[Mapping[int, bool], ...]


def best_totals(form: FlowForm, *, wishes_first: bool = True) -> Totals | None:
    """The best totals; None if no table keeps all floors and caps.

    Parameters
    ----------
    wishes_first
        Whether missing places under wished rules count before nearness to the claims.
    """
    prices = _Prices(form, wishes_first=wishes_first)
    table = _start(form, prices, wishes_first=wishes_first)
    if table is None:
        return None
    while True:
        exchanges = _Exchanges(form, prices, table)
        better = exchanges.better()
        if better is None:
            break
        _pass_place(form, table, *better)
    places = table.sum(axis=0)
    return Totals(
        places=places,
        proven=bool(
            np.array_equal(table.sum(axis=1), form.quotas)
            and (form.cell_low <= table).all()
            and (table <= form.cell_high).all()
            and (form.low <= places).all()
            and (places <= form.high).all()
        ),
        factors=_factors(prices, exchanges),
        tied=_tied(exchanges),
    )


class _Prices:
    """Exact price of every place of every junior high."""

    def __init__(self, form: FlowForm, *, wishes_first: bool) -> None:
        self.wishes = [form.wishes.get(j, []) for j in range(len(form.schools))]
        claims = form.entitlement.columns
        self.claims = [claims[s] for s in form.schools]
        self.divisor = form.divisor
        self.first = wishes_first

    def missing(self, j: int, place: int) -> int:
        return sum(wish.step(place) for wish in self.wishes[j])

    def ratio(self, j: int, place: int) -> Fraction:
        return self.divisor.price(place, self.claims[j])

    def of(self, j: int, place: int) -> Price:
        pair = Fraction(self.missing(j, place)), self.ratio(j, place)
        return pair if self.first else (pair[1], pair[0])


class _Exchanges:
    """Which junior highs can take a place from which others, and at what price."""

    def __init__(self, form: FlowForm, prices: _Prices, table: Ints) -> None:
        self.places = table.sum(axis=0)
        totals = self.places.tolist()
        self.up = {j: prices.of(j, totals[j] + 1)
                   for j in np.flatnonzero(self.places < form.high).tolist()}  # fmt: skip
        self.down = {j: prices.of(j, totals[j])
                     for j in np.flatnonzero(self.places > form.low).tolist()}  # fmt: skip
        self.reach = _reach(form, table)
        rank = {price: n for n, price in enumerate(
            sorted({*self.up.values(), *self.down.values()}))}  # fmt: skip
        never = len(rank)
        self.up_rank = np.array([rank[self.up[j]] if j in self.up else never
                                 for j in range(len(totals))])  # fmt: skip
        self.down_rank = np.array([rank[self.down[j]] if j in self.down else -1
                                   for j in range(len(totals))])  # fmt: skip

    def better(self) -> tuple[int, int] | None:
        """The exchange that gains most ranks: who takes a place, from whom; None if none gains."""
        gain = np.where(self.reach, self.down_rank[None, :] - self.up_rank[:, None], 0)
        if gain.max(initial=0) <= 0:
            return None
        takes, gives = np.unravel_index(int(gain.argmax()), gain.shape)
        return int(takes), int(gives)


def _rows_linked(form: FlowForm, table: Ints) -> tuple[Marks, Marks, Marks]:
    """Cells that may rise, cells that may fall, and rows linked by a column.

    Row i is linked to row k if i can give up a place in some column where k can add one.
    """
    rises, falls = table < form.cell_high, table > form.cell_low
    linked = falls.astype(np.float32) @ rises.astype(np.float32).T > 0
    return rises, falls, linked


def _reach(form: FlowForm, table: Ints) -> Marks:
    """reach[j, k]: junior high j can take a place from k, all row sums kept."""
    rises, falls, linked = _rows_linked(form, table)
    closure = linked | np.eye(len(linked), dtype=np.bool_)
    for k in range(len(closure)):
        closure |= closure[:, [k]] & closure[[k], :]
    through = rises.T.astype(np.float32) @ closure.astype(np.float32) > 0
    reach: Marks = through.astype(np.float32) @ falls.astype(np.float32) > 0
    np.fill_diagonal(reach, val=False)
    return reach


def _pass_place(form: FlowForm, table: Ints, takes: int, gives: int) -> None:
    """Pass one place from one junior high to another along a shortest chain of cells."""
    rises, falls, linked = _rows_linked(form, table)
    before = dict.fromkeys(np.flatnonzero(rises[:, takes]).tolist(), -1)
    queue = list(before)
    for i in queue:
        if falls[i, gives]:
            break
        for k in np.flatnonzero(linked[i]).tolist():
            if k not in before:
                before[k] = i
                queue.append(k)
    row, column = i, gives
    while row >= 0:
        table[row, column] -= 1
        if before[row] < 0:
            table[row, takes] += 1
            return
        above = before[row]
        column = int(np.flatnonzero(rises[row] & falls[above])[0])
        table[row, column] += 1
        row = above


def _start(form: FlowForm, prices: _Prices, *, wishes_first: bool) -> Ints | None:
    """A table whose totals are best up to rounded prices, None if there is none.

    Each total has unit arcs in a window around its claim; windows that are left grow.
    """
    claims = np.array([math.floor(c) for c in prices.claims], dtype=np.int64)
    least = form.low
    if (form.cell_low > form.cell_high).any() or (least > form.high).any():
        return None
    bottom = np.clip(claims - 3, least, form.high)
    top = np.clip(claims + 4, least, form.high)
    reach = 4
    while True:
        table = _flow(form, prices, least, bottom, top, wishes_first=wishes_first)
        if table is None:
            return None
        places = table.sum(axis=0)
        below, above = places < bottom, places > top
        if not (below.any() or above.any()):
            return table
        bottom = np.maximum(least, bottom - reach * below)
        top = np.minimum(form.high, top + reach * above)
        reach *= 2


def _flow(
    form: FlowForm,
    prices: _Prices,
    least: Ints,
    bottom: Ints,
    top: Ints,
    *,
    wishes_first: bool,
) -> Ints | None:
    from ortools.graph.python.min_cost_flow import (
        SimpleMinCostFlow,
    )

    height, width = form.cell_low.shape
    sink = height + width
    flow = SimpleMinCostFlow()
    rows, columns = np.nonzero(form.cell_high > form.cell_low)
    cells = flow.add_arcs_with_capacity_and_unit_cost(
        rows,
        height + columns,
        (form.cell_high - form.cell_low)[rows, columns],
        np.zeros(rows.size, dtype=np.int64),
    )

    def price(j: int, place: int) -> int:
        ratio, missing = prices.ratio(j, place), prices.missing(j, place)
        near = round((math.log(ratio.numerator) - math.log(ratio.denominator)) * _COST_UNIT)
        return missing * _WISH_UNIT + near if wishes_first else near + missing

    for j in range(width):
        first, last = int(bottom[j]), int(top[j])
        if first > least[j]:
            flow.add_arc_with_capacity_and_unit_cost(
                height + j, sink, first - int(least[j]), price(j, first)
            )
        for place in range(first + 1, last + 1):
            flow.add_arc_with_capacity_and_unit_cost(height + j, sink, 1, price(j, place))
        if last < form.high[j]:
            flow.add_arc_with_capacity_and_unit_cost(
                height + j, sink, int(form.high[j]) - last, price(j, last + 1)
            )
    supplies = form.quotas - form.cell_low.sum(axis=1)
    demands = least - form.cell_low.sum(axis=0)
    rest = int(supplies.sum() - demands.sum())
    if (supplies < 0).any() or rest < 0:
        return None
    flow.set_nodes_supplies(
        np.arange(sink + 1), np.concatenate([supplies, -demands, [-rest]]).astype(np.int64)
    )
    status = flow.solve()
    if status == flow.INFEASIBLE:
        return None
    if status != flow.OPTIMAL:
        # Reading flows now would end the interpreter (OR-Tools 9.15).
        raise RuntimeError(f"the flow of the column totals ended with status {status}")
    table = form.cell_low.copy()
    table[rows, columns] += flow.flows(cells)
    return table


def _factors(prices: _Prices, exchanges: _Exchanges) -> tuple[Fraction, ...]:
    """One factor for each group of junior highs that can pass places to each other both ways."""
    both = exchanges.reach & exchanges.reach.T
    np.fill_diagonal(both, val=True)
    group = both.argmax(axis=1)
    totals = exchanges.places.tolist()
    found: dict[int, Fraction] = {}
    for label in np.unique(group).tolist():
        members = np.flatnonzero(group == label).tolist()
        low = [prices.ratio(j, totals[j]) for j in members
               if j in exchanges.down and not prices.missing(j, totals[j])]  # fmt: skip
        high = [prices.ratio(j, totals[j] + 1) for j in members
                if j in exchanges.up and not prices.missing(j, totals[j] + 1)]  # fmt: skip
        factor, _ = between(max(low, default=None), min(high, default=None))
        found[label] = factor or Fraction(1)
    return tuple(found[label] for label in group.tolist())


def _tied(exchanges: _Exchanges) -> tuple[Mapping[int, bool], ...]:
    """Junior highs on either side of an exchange that costs exactly nothing, by their price."""
    equal = exchanges.reach & (exchanges.up_rank[:, None] == exchanges.down_rank[None, :])
    groups: dict[int, dict[int, bool]] = {}
    for takes, gives in np.argwhere(equal).tolist():
        group = groups.setdefault(int(exchanges.up_rank[takes]), {})
        group[takes], group[gives] = False, True
    return tuple(dict(sorted(group.items())) for _, group in sorted(groups.items()))
