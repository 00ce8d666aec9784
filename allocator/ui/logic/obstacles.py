"""Why quota places cannot be divided by the rules and terms as they stand, before any solve."""

from __future__ import annotations

from dataclasses import dataclass

from allocator.admission.impossible import impossible_requests
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import Problem
from allocator.modelling import Configured
from allocator.scenario import Scenario
from allocator.scenario.checks import division_problems


@dataclass(frozen=True)
class Obstacles:
    """What is in the way of a division, with what it was found from."""

    county: County
    rules: tuple[Configured, ...]
    terms: AdmissionTerms
    problems: tuple[Problem, ...]

    def hold_for(self, scenario: Scenario) -> bool:
        """Whether they are still those of a scenario."""
        return (
            scenario.admission is not None
            and scenario.county is self.county
            and scenario.configured("admission") == self.rules
            and scenario.admission.terms == self.terms
        )


def obstacles(scenario: Scenario, known: Obstacles | None = None) -> Obstacles | None:
    """What is in the way of dividing quota places; None where a scenario divides none.

    Parameters
    ----------
    known
        Obstacles found before, kept where nothing they depend on was changed.
    """
    if scenario.admission is None:
        return None
    if known is not None and known.hold_for(scenario):
        return known
    county, terms = scenario.county, scenario.admission.terms
    rules = scenario.configured("admission")
    problems = division_problems(county, terms) or impossible_requests(county, rules, terms)
    return Obstacles(county, rules, terms, problems)
