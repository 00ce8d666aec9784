"""The eligibility list of each school, to be confirmed and sent back (名单核对)."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from allocator.county.people import Teacher
from allocator.insight.people_tables import eligibility
from allocator.insight.released import Form
from allocator.modelling import Language
from allocator.scenario import Scenario

ANSWERS = ("corrected_to", "corrected_ground", "note", "confirmed_by")
"""Columns a school fills in; empty confirms the line as it stands."""
CONFIRM = ("teacher", "name", "stage", "subject", "standing", "standing_reason", "since", *ANSWERS)


def confirm_lists(
    scenario: Scenario, form: Form, lang: Language = "zh"
) -> Mapping[str, pd.DataFrame]:
    """School -> its teachers with their standing, and empty columns for corrections.

    The number of a teacher stands in either form, as a list that comes back is joined by it; the
    ground of those who do not move now, and the month of a reason, only in the internal one.

    Raises
    ------
    ValueError
        If the form is for the open web: such a list goes to a school and to nobody else.
    """
    if form == "web":
        raise ValueError("a list to confirm is not for the open web")
    inside = form == "internal"
    table = eligibility(scenario, lang, internal=inside)
    columns = [c for c in CONFIRM if inside or c != "since"]
    empty = dict.fromkeys(ANSWERS, "")
    found = table.assign(**empty).groupby("school_id", sort=False)
    return {str(id): rows[columns].reset_index(drop=True) for id, rows in found}


def confirmable(scenario: Scenario) -> Mapping[str, tuple[str, Teacher]]:
    """Teacher -> school that confirms the line, and who it is: all of public schools."""
    county = scenario.county
    homes = {t.id: county.home(t).school for t in county.teacher.values()}
    return {
        id: (school.id, county.teacher[id]) for id, school in homes.items() if not school.private
    }
