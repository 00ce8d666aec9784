"""What came of a simulated admission: by senior high, by junior high, by area, and the ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import pandas as pd

from allocator.admission.acceptance import Simulation, simulate
from allocator.admission.claimants import claimants, junior_places
from allocator.admission.pupils import Pupil
from allocator.admission.table import examined
from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.places import AreaClass
from allocator.county.plan import Plan
from allocator.insight.admission_tables import entitlement
from allocator.insight.names import senior_high_names
from allocator.insight.vocabulary import AREA
from allocator.modelling import Language
from allocator.scenario import Admission, Scenario


def simulation(scenario: Scenario, plan: Plan, pupils: Iterable[Pupil]) -> Simulation:
    """Admit pupils to the quota places of a plan, then by unified admission.

    Raises
    ------
    DataError
        If the plan names pairs this scenario does not have, or pupils contradict the county.
    """
    table, problems = examined(scenario.county, entitlement(scenario), plan)
    # A quota missed is for the auditor to say: the places that are given can be taken up.
    if strange := tuple(p for p in problems if p.path != "quotas"):
        raise DataError(strange)
    terms = (scenario.admission or Admission()).terms
    return simulate(scenario.county, terms, table.cells, tuple(pupils))


def simulation_highs(scenario: Scenario, found: Simulation) -> pd.DataFrame:
    """One row a senior high: places by channel, what was filled and returned, lowest scores."""
    names = senior_high_names(scenario)
    places = {h.id: h.places for h in scenario.county.senior_highs}
    filled = Counter(high for high, _ in found.quota.admitted.values())
    unified = Counter(found.unified.admitted.values())
    gained = Counter(found.quota.admitted[p][0] for p in found.gained)
    rows: list[dict[str, Any]] = [
        {
            "senior_high": names[f"places:{high}"],
            "places_planned": places[high],
            "self_recruitment": planned.self_recruitment,
            "specialty": planned.specialty,
            "quota_given": planned.quota,
            "quota_filled": filled[high],
            "quota_left": found.returned[high],
            "unified_planned": planned.unified,
            "unified_places": found.unified.places[high],
            "unified_filled": unified[high],
            "score_floor": _number(found.floors.get(high)) if planned.quota else None,
            "quota_cut": _number(found.quota_cut_offs.get(high)),
            "unified_cut": _number(found.unified_cut_offs.get(high)),
            "line_alone": _number(found.lines.get(high)),
            "gained": gained[high],
        }
        for high, planned in found.channels.items()
    ]
    return pd.DataFrame(rows)


def simulation_areas(scenario: Scenario, found: Simulation) -> pd.DataFrame:
    """One row an area class: who enters the senior highs that divide places, with and without."""
    area = area_of(scenario.county)
    return _entering(found, {n: area[p.junior_high] for n, p in found.pupils.items()}, "area")


def simulation_schools(scenario: Scenario, found: Simulation) -> pd.DataFrame:
    """One row a junior high: who enters the senior highs that divide places, with and without."""
    county = scenario.county
    area, names = area_of(county), {s.id: s.name for s in county.junior_highs}
    home = {number: p.junior_high for number, p in found.pupils.items()}
    table = _entering(found, home, "school_id")
    table.insert(1, "junior_high", table["school_id"].map(names))
    table.insert(2, "area", table["school_id"].map(area))
    return table


def _entering(found: Simulation, group: dict[str, Any], key: str) -> pd.DataFrame:
    divided = {high for high, planned in found.channels.items() if planned.quota}
    everyone = Counter(group.values())
    quota = Counter(group[p] for p in found.quota.admitted)
    unified = Counter(group[p] for p, high in found.unified.admitted.items() if high in divided)
    alone = Counter(group[p] for p, high in found.alone.admitted.items() if high in divided)
    gained = Counter(group[p] for p in found.gained)
    order = [a for a in AREA if a in everyone] if key == "area" else sorted(everyone)
    rows: list[dict[str, Any]] = [
        {
            key: one,
            "applicants": everyone[one],
            "quota_filled": quota[one],
            "unified_filled": unified[one],
            "admitted": quota[one] + unified[one],
            "admitted_share": (quota[one] + unified[one]) / everyone[one],
            "admitted_before": alone[one],
            "admitted_change": quota[one] + unified[one] - alone[one],
            "gained": gained[one],
        }
        for one in order
    ]
    columns = [
        key, "applicants", "quota_filled", "unified_filled", "admitted", "admitted_share",
        "admitted_before", "admitted_change", "gained",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def simulation_cells(scenario: Scenario, found: Simulation) -> pd.DataFrame:
    """One row for each pair with quota places: filled, returned, the lowest score."""
    highs, named = senior_high_names(scenario), _claimant_names(scenario)
    rows: list[dict[str, Any]] = [
        {
            "school_id": id,
            "junior_high": named[id],
            "senior_high": highs[f"places:{high}"],
            "quota_given": places,
            "quota_filled": found.filled[high, id],
            "quota_left": found.unfilled[high, id],
            "quota_cut": _number(found.lowest.get((high, id))),
        }
        for (high, id), places in sorted(found.quota.places.items(), key=lambda i: i[0][::-1])
    ]
    columns = [
        "school_id", "junior_high", "senior_high", "quota_given", "quota_filled", "quota_left",
        "quota_cut",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def simulation_ties(scenario: Scenario, found: Simulation, lang: Language = "zh") -> pd.DataFrame:
    """One row a cut that the number of a pupil decided, provisionally: a lot should be drawn."""
    highs, named = senior_high_names(scenario), _claimant_names(scenario)
    comma = "、" if lang == "zh" else ", "
    rows: list[dict[str, Any]] = [
        {
            "senior_high": highs[f"places:{tie.senior_high}"],
            "channel": "unified" if tie.claimant is None else "quota",
            "junior_high": "" if tie.claimant is None else named[tie.claimant],
            "tied_admitted": comma.join(tie.admitted),
            "tied_refused": comma.join(tie.refused),
        }
        for tie in found.ties
    ]
    columns = ["senior_high", "channel", "junior_high", "tied_admitted", "tied_refused"]
    return pd.DataFrame(rows, columns=columns)


def simulation_pupils(scenario: Scenario, found: Simulation) -> pd.DataFrame:
    """One row a pupil admitted, by number alone, in order of merit."""
    highs = senior_high_names(scenario)
    schools = {s.id: s.name for s in scenario.county.junior_highs}
    rows: list[dict[str, Any]] = [
        {
            "pupil": number,
            "junior_high": schools[pupil.junior_high],
            "score": float(pupil.score),
            "senior_high": highs[f"places:{found.admitted[number][0]}"],
            "channel": "unified" if found.admitted[number][1] is None else "quota",
        }
        for number, pupil in found.pupils.items()
        if number in found.admitted
    ]
    columns = ["pupil", "junior_high", "score", "senior_high", "channel"]
    return pd.DataFrame(rows, columns=columns)


def area_of(county: County) -> dict[str, AreaClass]:
    """Junior high -> area class of its first junior section."""
    return {s.id: junior_places(county, s)[0].area_class for s in county.junior_highs}


def _claimant_names(scenario: Scenario) -> dict[str, str]:
    terms = (scenario.admission or Admission()).terms
    return {id: c.name for id, c in claimants(scenario.county, terms).items()}


def _number(score: Decimal | None) -> float | None:
    return None if score is None else float(score)
