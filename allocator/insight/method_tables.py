"""All ways of rounding side by side: what each keeps, breaks and gives every junior high."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from allocator.admission.compare import MethodResult, compare, lies_in
from allocator.county.frozen import DataError, Problem
from allocator.insight.admission_tables import entitlement
from allocator.insight.names import bracketed
from allocator.insight.vocabulary import AREA, DIVISOR, ROUNDING
from allocator.modelling import Language
from allocator.scenario import Scenario
from allocator.words import tell

if TYPE_CHECKING:
    from allocator.admission.entitlement import Entitlement

WAY = "way:"
"""Columns named after ways of rounding begin with this."""


def method_results(scenario: Scenario) -> tuple[MethodResult, ...]:
    """Every way of rounding on a scenario's county; made once, shown in several tables.

    Raises
    ------
    DataError
        If the scenario divides no quota places.
    """
    if scenario.admission is None:
        raise DataError((Problem("admission", "the scenario holds no such part", {}),))
    return compare(
        scenario.county,
        scenario.configured("admission"),
        scenario.admission.terms,
        scenario.admission.goals,
    )


def way_name(result: MethodResult, lang: Language) -> str:
    """The words for a way of rounding."""
    name = ROUNDING[result.rounding].say(lang)
    if "." not in result.key:
        return name
    return bracketed(name, DIVISOR[result.method].say(lang), lang)


def way_names(results: Sequence[MethodResult], lang: Language = "zh") -> Mapping[str, str]:
    """Column of the table of junior highs -> the way of rounding it shows."""
    return {f"{WAY}{r.key}": way_name(r, lang) for r in results}


def method_comparison(
    scenario: Scenario, results: Sequence[MethodResult], lang: Language = "zh"
) -> pd.DataFrame:
    """One row a way of rounding; where it makes no table, figures are empty and it is said why.

    ``rural_without`` counts claimants all of whose schools are rural, ``seat_without`` those all of
    whose schools lie in township seats, ``without`` all with a claim and no place.
    """
    titles = {c.rule.name: c.rule.title.say(lang) for c in scenario.configured("admission")}
    quota = sum(entitlement(scenario).quotas.values())
    rows: list[dict[str, Any]] = []
    for result in results:
        row: dict[str, Any] = {"way_code": result.key, "way": way_name(result, lang)}
        if result.possible:
            given = sum(result.totals.values())
            row |= {
                "sums_kept": result.sums_kept,
                "given": given,
                "given_less_quota": given - quota,
                "rural_without": len(result.without_in["rural"]),
                "seat_without": len(result.without_in["township_seat"]),
                "without": len(result.without),
                "farthest_below": float(result.farthest_below),
                "farthest_above": float(result.farthest_above),
                "off_by_one": result.off_by_one,
                "rules_broken": _listed([titles[rule] for rule in result.broken], lang),
            }
        row["no_table"] = _listed([_said(p, lang) for p in result.problems], lang)
        rows.append(row)
    columns = (
        "way_code", "way", "sums_kept", "given", "given_less_quota", "rural_without",
        "seat_without", "without", "farthest_below", "farthest_above", "off_by_one",
        "rules_broken", "no_table",
    )  # fmt: skip
    return pd.DataFrame(rows, columns=list(columns)).astype({"sums_kept": "boolean"})


def junior_highs_by_method(scenario: Scenario, results: Sequence[MethodResult]) -> pd.DataFrame:
    """One row a junior high or pool: entitlement, and a column of places for each possible way."""
    due = entitlement(scenario)
    rows = [
        {
            "school_id": id,
            "junior_high": claimant.name,
            "area": _area(scenario, due, id),
            "entitlement": float(due.columns[id]),
            **{f"{WAY}{r.key}": r.totals[id] for r in results if r.possible},
        }
        for id, claimant in due.claimants.items()
    ]
    ways = [f"{WAY}{r.key}" for r in results if r.possible]
    return pd.DataFrame(rows, columns=["school_id", "junior_high", "area", "entitlement", *ways])


def _area(scenario: Scenario, due: Entitlement, id: str) -> str | None:
    """The class of area of all sections of a claimant; None where they differ."""
    found = (a for a in AREA if lies_in(scenario.county, due.claimants[id], a))
    return next(found, None)


def _said(problem: Problem, lang: Language) -> str:
    return tell(Problem("", problem.text, problem.details), lang)


def _listed(texts: Sequence[str], lang: Language) -> str:
    return ("；" if lang == "zh" else "; ").join(texts)
