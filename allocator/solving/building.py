"""The program of one part of a scenario."""

from __future__ import annotations

from allocator.admission import model as admission_model
from allocator.modelling import Allocation
from allocator.scenario import PartName, Scenario
from allocator.staffing import model as staffing_model


def build(
    scenario: Scenario, part: PartName, walking: staffing_model.WalkingProgram = "flow"
) -> Allocation:
    """Build the program of a part the scenario holds.

    Parameters
    ----------
    walking
        How it speaks of walking, where that rule is in force: as a flow, which bounds every plan,
        or person by person, which is exact and on a county far larger.

    """
    county, configured = scenario.county, scenario.configured(part)
    if part == "staffing" and scenario.staffing is not None:
        return staffing_model.build(
            county, configured, scenario.staffing.goals, scenario.staffing.terms, walking
        )
    assert scenario.admission is not None
    return admission_model.build(
        county, configured, scenario.admission.goals, scenario.admission.terms
    )
