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
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from allocator.modelling import Count, Floats, Ints, Linear, Row
from allocator.staffing.walking.columns import Cell, WalkingColumns
from allocator.staffing.walking.ways import Alike, Source, can_walk

MOST = 6
"""Cells of a set at most."""
NEAR = 30
"""Cells around one from which its sets are grown."""
LOADS = 3
"""Loads that a set is rounded by at most, the largest first."""
BROKEN = 0.05
"""Periods by which a row must be broken to be told."""
_WHOLE = 1e-6

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class _Outlet:
    """A way in which a source gives periods, and who of it is able to."""

    source: int
    classes: tuple[int, ...] | None
    """None where everyone of the source is able to."""


@dataclass
class _Network:
    """Sources, their outlets, and the cells these lead to."""

    cells: list[Cell] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)
    gives: list[int] = field(default_factory=list)
    """Of each class, what one person gives."""
    counts: list[Linear] = field(default_factory=list)
    """Of each class, how many they are."""
    people: list[tuple[int, ...]] = field(default_factory=list)
    """Of each source, its classes."""
    outlets: list[_Outlet] = field(default_factory=list)
    """Sorted by source."""
    into: list[list[tuple[int, int]]] = field(default_factory=list)
    """Of each cell, outlet and column of every flow into it."""


def _network(walking: WalkingColumns) -> _Network:
    sources = walking.sources
    net = _Network()
    net.cells = [s.cell for s in sources if s.needed]
    net.needed = [s.needed for s in sources if s.needed]
    net.into = [[] for _ in net.cells]
    number = {cell: n for n, cell in enumerate(net.cells)}
    for t, source in enumerate(sources):
        classes = [c for c in source.classes if c.count.most > 0]
        numbers = _add_classes(net, source, classes)
        net.people.append(numbers)
        for able, ways in _ways_out(walking, source, classes):
            if able is not None:
                able = tuple(numbers[n] for n in able)
            net.outlets.append(_Outlet(t, able))
            for cell, column in ways:
                net.into[number[cell]].append((len(net.outlets) - 1, column))
    return net


def _add_classes(net: _Network, source: Source, classes: Sequence[Alike]) -> tuple[int, ...]:
    first = len(net.gives)
    counted: list[tuple[int, Count]] = [(c.gives, c.count) for c in classes]
    if source.supply.most:
        counted.append((source.load, source.supply))
    net.gives += [gives for gives, _ in counted]
    net.counts += [count.expression for _, count in counted]
    return tuple(range(first, len(net.gives)))


def _ways_out(
    walking: WalkingColumns, source: Source, classes: Sequence[Alike]
) -> Iterable[tuple[tuple[int, ...] | None, list[tuple[Cell, int]]]]:
    """Every outlet of a source: who is able to use it, the cells it leads to and the columns."""
    p, s = source.cell
    yield None, [(source.cell, walking.own[source.cell])] if source.needed else []
    if source.reach:
        able = tuple(n for n, c in enumerate(classes) if can_walk(walking.rule, c))
        yield able, [((q.id, s), walking.walks[p, q.id, s]) for q in source.reach]
    for second in source.seconds:
        able = tuple(n for n, c in enumerate(classes) if second in c.able.seconds)
        yield able, [((p, second), walking.flows[p, s, second])]


class CutSets:
    """The cut sets of a flow: rows that hold for whole people, sought where a point breaks them.

    Parameters
    ----------
    walking
        Columns of walking, laid out as a flow.
    upper
        Upper bounds of all decision columns.

    """

    def __init__(self, walking: WalkingColumns, upper: Floats) -> None:
        net = _network(walking)
        self.net, self.upper = net, upper
        self.class_gives = np.array(net.gives, dtype=np.int64)
        sizes = [count.columns.size for count in net.counts]
        self.class_of: Ints = np.repeat(np.arange(len(sizes)), sizes)
        self.columns = np.concatenate([c.columns for c in net.counts] or [np.zeros(0, np.int64)])
        factors = np.concatenate([c.coefficients for c in net.counts] or [np.zeros(0)])
        self.factors = factors * self.class_gives[self.class_of]
        self.settled = np.array([c.constant for c in net.counts])
        self.source_of_class = np.zeros(len(sizes), dtype=np.int64)
        for t, classes in enumerate(net.people):
            self.source_of_class[list(classes)] = t
        self.source_of_outlet = np.array([o.source for o in net.outlets], dtype=np.int64)
        self.near = _near(net)

    def __call__(self, levels: Floats) -> tuple[Row, ...]:
        """Rows that a point of the relaxation breaks, the worst first.

        Parameters
        ----------
        levels
            Levels of all decision columns.

        """
        point = _Point(self, levels)
        found: dict[_Set, float] = {}
        for cell in range(len(self.net.cells)):
            for chosen, much in _around(self, point, cell):
                found[chosen] = much
        worst = sorted(found.items(), key=lambda item: (-item[1], item[0].key))
        return tuple(self._row(point, chosen) for chosen, _ in worst)

    def _row(self, point: _Point, chosen: _Set) -> Row:
        """The row of one set of cells."""
        net, load = self.net, chosen.load
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
        rests, peoples = _rounded(needed - settled, load)
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
            self.net.counts[k] * float(_gain(self.class_gives[k], load, rest)) for k in classes
        )

    def _moves(self, point: _Point, source: int, load: int, rest: int) -> Linear:
        """The same for a source counted from where its columns stand, up or down."""
        mine = self.source_of_class[self.class_of] == source
        columns, turned = self.columns[mine], point.turned[mine]
        gains = _gain(point.steps[mine], load, rest).astype(np.float64)
        away = float((gains[turned] * self.upper[columns[turned]]).sum())
        return Linear.of(columns, np.where(turned, -gains, gains), away)


@dataclass(frozen=True)
class _Set:
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
class _Tables:
    """What sources and outlets count, by the rest r of a set, for one load."""

    people: Floats
    outlets: Floats
    moves: Floats
    odd: Bools
    """Sources whose people do not all give multiples of the load."""


class _Point:
    """A point of the relaxation: what everyone gives there."""

    def __init__(self, cuts: CutSets, levels: Floats) -> None:
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
        self.base = np.bincount(source_of, away, sources)
        self.base += np.bincount(cuts.source_of_class, cuts.settled * gives, sources)
        """What each source gives where all columns stand at the bound they are counted from."""
        broken = np.abs(here - np.round(here)) > _WHOLE
        self.open = np.bincount(source_of, broken, sources) > 0
        """Sources with a fraction of somebody."""
        self._source_of = source_of
        self._tables: dict[int, _Tables] = {}

    def full(self, source: int, given: float, load: int) -> bool:
        """Whether a source of odd loads gives all it has."""
        capacity = self.capacity[source]
        return bool(
            self.tables(load).odd[source] and capacity > _WHOLE and given >= capacity - _WHOLE
        )

    def tables(self, load: int) -> _Tables:
        """The tables of one load."""
        if load not in self._tables:
            self._tables[load] = self._tabulated(load)
        return self._tables[load]

    def _tabulated(self, load: int) -> _Tables:
        cuts, net = self.cuts, self.cuts.net
        rests = np.arange(load + 1)
        each = self.people[:, None] * _gain(cuts.class_gives[:, None], load, rests)
        people = np.zeros((len(net.people), load + 1))
        np.add.at(people, cuts.source_of_class, each)
        outlets = np.full((len(net.outlets), load + 1), np.inf)
        for n, outlet in enumerate(net.outlets):
            if outlet.classes is not None:
                outlets[n] = each[list(outlet.classes)].sum(axis=0)
        moves = np.zeros_like(people)
        some = self.moved > _WHOLE
        gains = _gain(self.steps[some][:, None], load, rests) * self.moved[some][:, None]
        np.add.at(moves, self._source_of[some], gains)
        odd = np.zeros(len(net.people), dtype=np.bool_)
        odd[cuts.source_of_class[cuts.class_gives % load > 0]] = True
        return _Tables(people, outlets, moves, odd)


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


def _around(cuts: CutSets, point: _Point, cell: int) -> Iterable[tuple[_Set, float]]:
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
                yield _Set(load, turned, tuple(sorted(here.cells[cells].tolist()))), much


def _seen(cuts: CutSets, point: _Point, cell: int) -> _Around:
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
    here: _Around, point: _Point, tables: _Tables, load: int, *, turned: bool
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
    point: _Point,
    tables: _Tables,
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
        full = (capacity > _WHOLE) & (by_source >= capacity - _WHOLE)
        full &= tables.odd[here.sources][:, None]
        settled = (full * point.base[here.sources][:, None]).sum(axis=0)
    rest, people = _rounded(needed - settled, load)
    capped = np.minimum(flows, tables.outlets[here.outlets[:, None], rest])
    counted = np.minimum(
        np.add.reduceat(capped, here.first, axis=0), tables.people[here.sources[:, None], rest]
    )
    if turned:
        counted = np.where(full, tables.moves[here.sources[:, None], rest], counted)
    much = flows.sum(axis=0) - counted.sum(axis=0) - (needed - rest * people)
    return np.asarray(np.where(rest < load, much, -np.inf))


def _rounded(needed: Floats, load: int) -> tuple[Ints, Ints]:
    """The rest r and the whole people m of what is needed: ``needed = load (m - 1) + r``."""
    whole = np.round(needed).astype(np.int64)
    people = -(-whole // load)
    return whole - load * (people - 1), people


def _gain(steps: Floats | Ints, load: int, rest: Ints | int) -> Floats:
    """G of mixed-integer rounding."""
    steps = np.round(np.asarray(steps)).astype(np.int64)
    return np.asarray(rest * (steps // load) + np.minimum(rest, steps % load), dtype=np.float64)


def _near(net: _Network) -> list[list[int]]:
    """Cells that a source of a cell leads to as well, by cell, ascending."""
    led: dict[int, set[int]] = defaultdict(set)
    for cell, entries in enumerate(net.into):
        for outlet, _ in entries:
            led[net.outlets[outlet].source].add(cell)
    return [
        sorted(set().union(*(led[net.outlets[o].source] for o, _ in entries)) - {cell})
        for cell, entries in enumerate(net.into)
    ]


def _ones(columns: Sequence[int]) -> Linear:
    return Linear.of(np.array(columns, dtype=np.int64), np.ones(len(columns)))
