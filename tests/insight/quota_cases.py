"""Small counties with a quota table, solved: a floor that lifts, a tie, a pool, a factor."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.places import School, SeniorHigh
from allocator.scenario import Admission, Scenario
from allocator.solving import Outcome, solve_scenario

sys.path.insert(0, str(Path(__file__).parents[1] / "admission"))
small = import_module("division")


def scenario(
    highs: Sequence[SeniorHigh],
    schools: Sequence[School],
    terms: AdmissionTerms | None = None,
    **changes: object,
) -> Scenario:
    """An admission scenario with the default rules."""
    where: County = small.county(highs, schools).model_copy(update=changes)
    return Scenario(
        title="示例", county=where, admission=Admission(terms=terms or AdmissionTerms())
    )


def lifted(**names: str) -> Scenario:
    """10 places for 96 and 4 graduates: shares 9.6 and 0.4, and the minimum lifts Y to 1."""
    schools = [small.junior("X", 96), small.junior("Y", 4)]
    schools = [s.model_copy(update={"name": names.get(s.id, s.name)}) for s in schools]
    return scenario([small.senior("A", 20, quota_places=10, quality=False)], schools)


def tied() -> Scenario:
    """3 places for two equal junior highs: 1.5 each."""
    return scenario(
        [small.senior("A", 9, quota_places=3, quality=False)],
        [small.junior("X", 7), small.junior("Y", 7)],
    )


def solved(made: Scenario) -> Outcome:
    """The outcome of the admission part."""
    return solve_scenario(made, parts=("admission",))
