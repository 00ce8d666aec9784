"""Who gives periods to which cells: the network that cut sets are sought in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from allocator.modelling import Count, Floats, Ints, Linear
from allocator.staffing.walking.columns import Cell, WalkingColumns
from allocator.staffing.walking.ways import Alike, Source, can_walk


@dataclass(frozen=True)
class Outlet:
    """A way in which a source gives periods, and who of it is able to."""

    source: int
    classes: tuple[int, ...] | None
    """None where everyone of the source is able to."""


@dataclass
class Network:
    """Sources, their outlets, and the cells these lead to."""

    cells: list[Cell] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)
    gives: list[int] = field(default_factory=list)
    """Of each class, what one person gives."""
    counts: list[Linear] = field(default_factory=list)
    """Of each class, how many they are."""
    people: list[tuple[int, ...]] = field(default_factory=list)
    """Of each source, its classes."""
    outlets: list[Outlet] = field(default_factory=list)
    """Sorted by source."""
    into: list[list[tuple[int, int]]] = field(default_factory=list)
    """Of each cell, outlet and column of every flow into it."""


def network_of(walking: WalkingColumns) -> Network:
    """Sources, outlets and cells of the columns of walking."""
    sources = walking.sources
    net = Network()
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
            net.outlets.append(Outlet(t, able))
            for cell, column in ways:
                net.into[number[cell]].append((len(net.outlets) - 1, column))
    return net


def _add_classes(net: Network, source: Source, classes: Sequence[Alike]) -> tuple[int, ...]:
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


class Indexed:
    """A network with its columns as arrays.

    Parameters
    ----------
    walking
        Columns of walking, laid out as a flow.
    upper
        Upper bounds of all decision columns.

    """

    def __init__(self, walking: WalkingColumns, upper: Floats) -> None:
        net = network_of(walking)
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


def _near(net: Network) -> list[list[int]]:
    """Cells that a source of a cell leads to as well, by cell, ascending."""
    led: dict[int, set[int]] = defaultdict(set)
    for cell, entries in enumerate(net.into):
        for outlet, _ in entries:
            led[net.outlets[outlet].source].add(cell)
    return [
        sorted(set().union(*(led[net.outlets[o].source] for o, _ in entries)) - {cell})
        for cell, entries in enumerate(net.into)
    ]
