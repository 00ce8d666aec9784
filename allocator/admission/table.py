"""A quota plan seen as a table: what readings and scores are counted from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from allocator.admission.entitlement import Cell, Entitlement
from allocator.admission.terms import Rounding
from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.county.plan import Plan


@dataclass(frozen=True)
class QuotaTable:
    """Places of each senior high for each junior high, with the entitlement beside."""

    county: County
    entitlement: Entitlement
    cells: Mapping[Cell, int]

    @property
    def rows(self) -> dict[str, int]:
        """Places given by each senior high that divides a quota."""
        given = dict.fromkeys(self.entitlement.quotas, 0)
        for (high, _), places in self.cells.items():
            given[high] += places
        return given

    @property
    def columns(self) -> dict[str, int]:
        """Places received by each junior high."""
        received: dict[str, int] = dict.fromkeys(self.entitlement.claimants, 0)
        for (_, school), places in self.cells.items():
            received[school] += places
        return received


def _pool_of(entitlement: Entitlement, school: str) -> str:
    """The pool a school is in, empty if it is in none."""
    return next(
        (id for id, c in entitlement.claimants.items() if school in {s.id for s in c.schools}), ""
    )


def quota_table(
    county: County,
    entitlement: Entitlement,
    plan: Plan,
    rounding: Rounding = "biproportional",
) -> QuotaTable:
    """Look a plan's quotas up in the county.

    Raises
    ------
    DataError
        If the plan names a pair that does not exist, lies outside the admission area or comes
        twice, or a senior high divides another number than the rounding gives: fewer than its
        quota only if all is rounded down, any number only if each share is rounded half up.
    """
    found, problems = examined(county, entitlement, plan, rounding)
    if problems:
        raise DataError(problems)
    return found


def examined(
    county: County,
    entitlement: Entitlement,
    plan: Plan,
    rounding: Rounding = "biproportional",
) -> tuple[QuotaTable, tuple[Problem, ...]]:
    """Look a plan's quotas up; what cannot be is named, and such cells are left out."""
    problems: list[Problem] = []
    cells: dict[Cell, int] = {}
    for n, entry in enumerate(plan.quotas):
        cell = (entry.senior_high, entry.junior_high)
        details = {"high": entry.senior_high, "school": entry.junior_high}
        path = f"quotas[{n}]"
        if entry.senior_high not in entitlement.quotas:
            problems.append(Problem(path, "senior high {high} divides no quota", details))
        elif entry.junior_high not in entitlement.claimants:
            text = "{school} is no junior high of this county"
            if pooled := _pool_of(entitlement, entry.junior_high):
                text = "{school} receives its places in pool {pool}: list them there"
                details["pool"] = pooled
            problems.append(Problem(path, text, details))
        elif cell not in entitlement.cells and entry.places:
            text = "senior high {high} does not admit from {school}"
            problems.append(Problem(path, text, details))
        elif cell in cells:
            text = "the pair {high}, {school} is listed twice: keep one"
            problems.append(Problem(path, text, details))
        else:
            cells[cell] = entry.places
    given: dict[str, int] = defaultdict(int)
    for (high, _), places in cells.items():
        given[high] += places
    names = {high.id: high.name for high in county.senior_highs}
    for high, quota in entitlement.quotas.items():
        allowed = rounding == "half_up" or (rounding == "down" and given[high] < quota)
        if not problems and given[high] != quota and not allowed:
            text = "senior high {high} divides {given} places, its quota is {quota}"
            numbers = {"high": names[high], "given": given[high], "quota": quota}
            problems.append(Problem("quotas", text, numbers))
    return QuotaTable(county, entitlement, cells), tuple(problems)
