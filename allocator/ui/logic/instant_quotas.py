"""Quota places at once: the table the present rules give, in the figures a planner looks at.

Without a MILP a table takes a fraction of a second, so it is made in the page: the exact one, or
the one of the procedure asked for. Nothing of it is kept or audited; a run does both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from allocator.admission.direct import solve_exactly
from allocator.admission.entitlement import Entitlement, entitle
from allocator.admission.procedure import made
from allocator.admission.rules.quota_share import QuotaShareFloor
from allocator.county.frozen import DataError, Problem
from allocator.county.plan import Plan
from allocator.insight.registry import REGISTRY
from allocator.modelling import Text
from allocator.scenario import Scenario
from allocator.ui.logic.controls import controls
from allocator.ui.logic.draft import chosen
from allocator.ui.logic.instant import Dial
from allocator.ui.logic.obstacles import obstacles
from allocator.ui.logic.term_controls import Term, terms

TERMS = ("method", "rounding", "private_factor", "pool_below")
"""Terms offered beside the numbers of the rules: those that change the table as a whole."""

_FIRST = 6


@dataclass(frozen=True)
class Figure:
    """One figure of a quota table."""

    name: str
    title: Text
    unit: str
    value: float
    about: str = ""
    """The code of the school it belongs to; empty where it belongs to none."""


@dataclass(frozen=True)
class Look:
    """A table made at once, or why there is none."""

    figures: tuple[Figure, ...] = ()
    columns: Mapping[str, int] | None = None
    """Places of each junior high or pool; None without a table."""
    proven: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def values(self) -> dict[str, float]:
        """Name -> figure."""
        return {figure.name: figure.value for figure in self.figures}


def quota_dials(scenario: Scenario) -> tuple[Dial, ...]:
    """Every number of the admission rules that are kept or wished for, in their order."""
    return tuple(
        Dial(rule, control, "admission")
        for rule in REGISTRY["admission"]
        if chosen(scenario, "admission", rule).firmness in ("must", "should")
        for control in controls(rule)
        if control.numeric and not control.optional
    )


def main_quota_dials(scenario: Scenario) -> list[str]:
    """The codes of the dials offered at first: those that say something of this year."""
    rule = chosen(scenario, "admission", QuotaShareFloor).rule
    assert isinstance(rule, QuotaShareFloor)
    steps = ("first", "second", "third")
    idle = {f"{rule.name}.{step}_share" for step in steps if getattr(rule, f"{step}_year") is None}
    return [dial.code for dial in quota_dials(scenario) if dial.code not in idle][:_FIRST]


def quota_terms() -> tuple[Term, ...]:
    """The terms offered."""
    return tuple(term for term in terms("admission") if term.path[-1] in TERMS)


def look(scenario: Scenario) -> Look:
    """The table of a scenario as it stands; a fraction of a second for a county."""
    part = scenario.admission
    assert part is not None
    found = obstacles(scenario)
    if found is not None and found.problems:
        return Look(problems=found.problems)
    county, rules = scenario.county, scenario.configured("admission")
    proven = False
    try:
        if part.terms.rounding == "biproportional":
            answer = solve_exactly(county, rules, part.goals, part.terms)
            if answer is None:
                return Look()
            plan, proven = answer.plan, answer.proven
        else:
            plan = made(county, rules, part.goals, part.terms).plan
    except DataError as error:
        return Look(problems=error.problems)
    due = entitle(county, rules, part.terms)
    return Look(figures(scenario, due, plan), columns_of(due, plan), proven)


def columns_of(due: Entitlement, plan: Plan) -> dict[str, int]:
    """Places of each junior high or pool of a plan."""
    found = Counter(dict.fromkeys(due.claimants, 0))
    for cell in plan.quotas:
        found[cell.junior_high] += cell.places
    return dict(found)


def moved(now: Mapping[str, int], before: Mapping[str, int]) -> int:
    """Places that another junior high has now."""
    apart = [now.get(id, 0) - before.get(id, 0) for id in {*now, *before}]
    return max(sum(d for d in apart if d > 0), sum(-d for d in apart if d < 0))


def figures(scenario: Scenario, due: Entitlement, plan: Plan) -> tuple[Figure, ...]:
    """What a planner looks at first."""
    columns = columns_of(due, plan)
    given: Counter[str] = Counter()
    for cell in plan.quotas:
        given[cell.senior_high] += cell.places
    highs = [h for h in scenario.county.senior_highs if h.id in due.quotas and h.places]
    shares = {h.id: given[h.id] / h.places for h in highs}
    asking = [id for id, claim in sorted(due.columns.items()) if claim > 0]
    graduates = due.graduates
    rates = {id: 100 * columns[id] / graduates[id] for id in asking if graduates[id]}
    found = [
        Figure("places", Text("名额合计", "quota places"), "places", sum(columns.values())),
        Figure(
            "without",
            Text("一个名额也没有的初中", "junior highs without any place"),
            "schools",
            sum(not columns[id] for id in asking),
        ),
    ]
    if shares:
        least = min(shares, key=lambda id: (shares[id], id))
        title = Text("名额占招生计划，最低的高中", "share of the places, lowest senior high")
        found.append(Figure("share", title, "share", shares[least], least))
    for name, title, pick in (
        ("fewest", Text("名额最少的初中", "junior high with the fewest places"), min),
        ("most", Text("名额最多的初中", "junior high with the most places"), max),
    ):
        if asking:
            id = pick(asking, key=columns.__getitem__)
            found.append(Figure(name, title, "places", columns[id], id))
    for name, title, pick in (
        ("lowest", Text("每百名毕业生的名额，最低", "places per 100 graduates, lowest"), min),
        ("highest", Text("每百名毕业生的名额，最高", "places per 100 graduates, highest"), max),
    ):
        if rates:
            id = pick(rates, key=rates.__getitem__)
            found.append(Figure(name, title, "places", round(rates[id], 1), id))
    return tuple(found)
