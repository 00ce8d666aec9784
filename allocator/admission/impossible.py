"""Impossible requests, named with numbers before any solver runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx as nx

from allocator.admission.direct import column_limits
from allocator.admission.entitlement import Entitlement, entitle
from allocator.admission.goals import TIERS
from allocator.admission.model import build
from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.modelling import Configured, required


def impossible_requests(
    county: County, configured: Sequence[Configured], terms: AdmissionTerms
) -> tuple[Problem, ...]:
    """What no table can satisfy, each with the numbers that show it."""
    must = [c for c in configured if c.firmness == "must"]
    due = entitle(county, configured, terms)
    names = {h.id: h.name for h in county.senior_highs} | {s.id: s.name for s in county.schools}
    problems = _nobody_admitted(due, names) + _stated_too_low(county, must, due)
    order = [t.name for t in TIERS]
    limits = column_limits(build(county, must, order, terms), due)
    if limits is None or problems:
        return tuple(problems)
    floors, caps = limits
    for school in due.weights:
        if floors[school] > caps[school]:
            text = "{school} shall have at least {floor} places but can take only {cap}"
            details = {"school": names[school], "floor": floors[school], "cap": caps[school]}
            problems.append(Problem("admission.rules", text, details))
    if not problems:
        problems = _too_much_to_give(due, caps, names) + _too_much_to_take(due, floors, names)
    return tuple(problems)


def _nobody_admitted(due: Entitlement, names: Mapping[str, str]) -> list[Problem]:
    served = {high for high, _ in due.cells}
    text = "senior high {high} has a quota of {quota} places but admits from no junior high"
    return [
        Problem("county.senior_highs", text, {"high": names[high], "quota": quota})
        for high, quota in due.quotas.items()
        if quota and high not in served
    ]


def _stated_too_low(county: County, must: Sequence[Configured], due: Entitlement) -> list[Problem]:
    problems = []
    for c in must:
        if not isinstance(c.rule, QuotaShareFloor):
            continue
        for n, high in enumerate(county.senior_highs):
            needed = required(c.rule.at_least, high.places, up=True)
            if high.quality and due.quotas.get(high.id, 0) < needed:
                text = "senior high {high} divides {quota} places, the rule asks for {needed}"
                details = {
                    "high": high.name,
                    "quota": due.quotas.get(high.id, 0),
                    "needed": needed,
                }
                problems.append(Problem(f"county.senior_highs[{n}]", text, details))
    return problems


def _cut(
    sources: Mapping[str, int], edges: Sequence[tuple[str, str]], sinks: Mapping[str, int]
) -> tuple[list[str], list[str]] | None:
    """A set of sources that have more than their sinks can take; None if all fits."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    for name, amount in sources.items():
        graph.add_edge("source", f"a:{name}", capacity=amount)
    for a, b in edges:
        graph.add_edge(f"a:{a}", f"b:{b}")
    for name, amount in sinks.items():
        graph.add_edge(f"b:{name}", "sink", capacity=amount)
    flow, (near, _) = nx.minimum_cut(graph, "source", "sink")
    if flow >= sum(sources.values()):
        return None
    return (
        sorted(n[2:] for n in near if n.startswith("a:")),
        sorted(n[2:] for n in near if n.startswith("b:")),
    )


def _too_much_to_give(
    due: Entitlement, caps: Mapping[str, int], names: Mapping[str, str]
) -> list[Problem]:
    cut = _cut(due.quotas, list(due.cells), caps)
    if cut is None:
        return []
    highs, schools = cut
    details = {
        "high": "、".join(names[h] for h in highs),
        "needed": sum(due.quotas[h] for h in highs),
        "number": len(schools),
        "possible": sum(caps[s] for s in schools),
    }
    text = "{high} must give {needed} places, their {number} junior highs can take {possible}"
    return [Problem("admission", text, details)]


def _too_much_to_take(
    due: Entitlement, floors: Mapping[str, int], names: Mapping[str, str]
) -> list[Problem]:
    wanted = {s: n for s, n in floors.items() if n}
    cut = _cut(wanted, [(school, high) for high, school in due.cells], due.quotas)
    if cut is None:
        return []
    schools, highs = cut
    details = {
        "schools": "、".join(names[s] for s in schools[:5]),
        "number": len(schools),
        "needed": sum(wanted[s] for s in schools),
        "possible": sum(due.quotas[h] for h in highs),
    }
    text = (
        "{number} junior highs ({schools}) shall have at least {needed} places together, the "
        "senior highs that admit them have {possible}"
    )
    return [Problem("admission", text, details)]
