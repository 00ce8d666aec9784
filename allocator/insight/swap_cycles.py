"""Swap cycles (对调): moves of one subject that only pass teachers round between schools."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import pandas as pd

from allocator.insight.names import person, subject_names
from allocator.insight.view import Seen, before_after
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.staffing.placement import Moved

_COLUMNS = (
    "cycle", "subject_id", "subject", "stage", "cycle_length", "cycle_schools", "cycle_people",
)  # fmt: skip


def swap_cycles(scenario: Scenario, plan: Seen, lang: Language = "zh") -> pd.DataFrame:
    """Cycles of moves between schools within one subject and stage, the longest last.

    After the moves of a cycle every school has as many teachers of the subject as before: they
    exchange people and move no posts. Each move stands in at most one cycle; short cycles are
    taken first. Returns at the end of a term are left out.
    """
    seen = before_after(scenario, plan)
    subjects = subject_names(scenario, lang)
    joint = "、" if lang == "zh" else ", "
    found = sorted(_cycles(seen.after.exchanges), key=_order)
    rows = [
        {
            "cycle": n,
            "subject_id": cycle[0].teacher.subject,
            "subject": subjects[cycle[0].teacher.subject],
            "stage": cycle[0].teacher.stage,
            "cycle_length": len(cycle),
            "cycle_schools": " → ".join(m.origin.school.name for m in (*cycle, cycle[0])),
            "cycle_people": joint.join(person(m.teacher, lang) for m in cycle),
        }
        for n, cycle in enumerate(found, start=1)
    ]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _order(cycle: list[Moved]) -> tuple[int, str, str, str]:
    first = cycle[0]
    return len(cycle), first.teacher.stage, first.teacher.subject, first.teacher.id


def _cycles(moves: tuple[Moved, ...]) -> Iterator[list[Moved]]:
    """Cycles that share no move, of each subject and stage by itself."""
    alike: dict[tuple[str, str], list[Moved]] = defaultdict(list)
    for m in sorted(moves, key=lambda m: m.teacher.id):
        alike[m.teacher.stage, m.teacher.subject].append(m)
    for group in alike.values():
        yield from _of_group(group)


def _of_group(moves: list[Moved]) -> Iterator[list[Moved]]:
    """Shortest cycles first; the moves of a cycle found are taken out."""
    between: dict[tuple[str, str], list[Moved]] = defaultdict(list)
    for m in moves:
        between[m.origin.school.id, m.destination.school.id].append(m)
    graph = nx.DiGraph(sorted(between))
    while (ring := _shortest(graph)) is not None:
        cycle = [between[edge].pop(0) for edge in pairwise((*ring, ring[0]))]
        graph.remove_edges_from([e for e in pairwise((*ring, ring[0])) if not between[e]])
        first = min(range(len(cycle)), key=lambda n: cycle[n].teacher.id)
        yield [*cycle[first:], *cycle[:first]]


def _shortest(graph: nx.DiGraph[str]) -> list[str] | None:
    """The schools of a shortest cycle, None where there is none."""
    best: list[str] | None = None
    for school in sorted(graph):
        for beyond in sorted(graph[school]):
            if best is not None and len(best) == 2:
                return best
            try:
                back = nx.shortest_path(graph, beyond, school)
            except nx.NetworkXNoPath:
                continue
            if best is None or len(back) < len(best):
                best = back
    return best
