"""A MILP that falls into parts which share no row: each solved by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import networkx as nx
import numpy as np

from allocator.modelling import Floats, Linear
from allocator.solving.blocks import Block, part_of
from allocator.solving.milp import solve_milp
from allocator.solving.program import Matrix
from allocator.solving.progress import Clock

WHOLE_ROOM = 0.25
"""By how much a cost that is whole may be overstepped, well above the tolerance of the engine."""

HINT = 1e-4
"""What the next cost weighs while one is minimised: a hint, as it is minimised later anyway."""


def parts_of(matrix: Matrix) -> Iterator[Block]:
    """The parts of a matrix, those with most columns first."""
    row_of = matrix.row_of_entries()
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


def least_in_turn(
    matrix: Matrix,
    held: Floats,
    room: float,
    costs: Sequence[Floats],
    start: Floats,
    *,
    threads: int,
    clock: Clock,
    nodes: int,
) -> Floats:
    """A point that costs no more than one given in what is held, and less in the others in turn.

    Each part is left as it is where no other cost arises; else the costs, whole at every whole
    point, are minimised one after the other, the earlier ones held as well.

    Parameters
    ----------
    held
        The cost that no part may exceed, one number a column.
    room
        By how much that may be overstepped: less than the least by which points differ.
    start
        Levels of all columns at the point given.
    nodes
        Nodes of each MILP.

    """
    levels = start.copy()
    for part in parts_of(matrix):
        mine = part.columns
        here = levels[mine]
        if not any(cost[mine] @ here > WHOLE_ROOM for cost in costs):
            continue
        limits = [(_linear(held[mine]), float(held[mine] @ here) + room)]
        for k, cost in enumerate(costs):
            later = sum(HINT ** (n + 1) * other[mine] for n, other in enumerate(costs[k + 1 :]))
            answer = solve_milp(
                part.matrix,
                cost[mine] + later,
                limits,
                lower=part.matrix.lower,
                upper=part.matrix.upper,
                threads=threads,
                clock=clock,
                start=here,
                absolute_gap=1 - WHOLE_ROOM,
                nodes=nodes,
            )
            clock.check()
            if answer.levels.size and cost[mine] @ answer.levels < cost[mine] @ here + WHOLE_ROOM:
                here = answer.levels
            if answer.ending != "optimal":
                break
            limits.append((_linear(cost[mine]), float(cost[mine] @ here) + WHOLE_ROOM))
        levels[mine] = here
    return levels


def _linear(cost: Floats) -> Linear:
    columns = np.flatnonzero(cost)
    return Linear(columns, cost[columns])
