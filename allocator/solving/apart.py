"""A MILP that falls into parts which share no row: each solved by itself."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx
import numpy as np

from allocator.modelling import Floats
from allocator.solving.blocks import Block, part_of
from allocator.solving.milp import solve_milp
from allocator.solving.program import Matrix
from allocator.solving.progress import Clock


def parts_of(matrix: Matrix) -> Iterator[Block]:
    """The parts of a matrix, those with most columns first."""
    row_of = np.repeat(np.arange(matrix.row_lower.size), np.diff(matrix.starts))
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(matrix.lower.size))
    graph.add_edges_from(zip((-1 - row_of).tolist(), matrix.index.tolist(), strict=True))
    found = [sorted(part) for part in nx.connected_components(graph)]
    for part in sorted(found, key=lambda nodes: (-len(nodes), nodes[-1])):
        members = np.array(part, dtype=np.int64)
        columns, rows = members[members >= 0], np.sort(-1 - members[members < 0])
        yield part_of(matrix, row_of, columns, rows)


def least_apart(
    matrix: Matrix,
    cost: Floats,
    start: Floats,
    *,
    threads: int,
    clock: Clock,
    absolute_gap: float,
    nodes: int,
) -> tuple[Floats, float]:
    """A good point of a MILP and a bound on what it costs, part by part.

    Parameters
    ----------
    start
        Levels of the first columns in a plan; a part for which nothing is found stays there.
    nodes
        Nodes of the MILP of each part.

    """
    levels = np.zeros(matrix.lower.size)
    levels[: start.size] = start
    bound = 0.0
    for part in parts_of(matrix):
        known = start[part.columns[part.columns < start.size]]
        answer = solve_milp(
            part.matrix,
            cost[part.columns],
            [],
            lower=part.matrix.lower,
            upper=part.matrix.upper,
            threads=threads,
            clock=clock,
            start=known,
            absolute_gap=absolute_gap,
            nodes=nodes,
        )
        clock.check()
        bound += answer.bound
        if answer.levels.size:
            levels[part.columns] = answer.levels
    return levels, bound
