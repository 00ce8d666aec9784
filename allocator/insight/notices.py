"""One notice (通知单) per school: who comes, who goes, what is taught, quota places, indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from allocator.county.county import County
from allocator.county.indicators import INDICATORS, STAFF_INDICATORS, THRESHOLDS
from allocator.county.indicators import NAMES as INDICATOR_NAMES
from allocator.county.places import STAGES, School
from allocator.county.plan import Plan
from allocator.insight.admission_tables import entitlement, quota_matrix
from allocator.insight.balance_tables import school_indicators
from allocator.insight.last_year import past_year
from allocator.insight.names import senior_high_names
from allocator.insight.released import Form, released_moves
from allocator.insight.staffing_tables import coverage
from allocator.insight.view import BeforeAfter
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

_PERSON = ("name", "subject", "stage")
_TERM = ("kind", "ground", "start", "years")
ARRIVALS = (*_PERSON, "from_school", *_TERM)
DEPARTURES = (*_PERSON, "to_school", *_TERM)
WITHIN = (*_PERSON, "from_campus", "to_campus", "kind", "start")
COVERAGE = (
    "stage", "subject", "needed", "campus", "teachers_before", "teachers_after",
    "uncovered_before", "uncovered_after",
)  # fmt: skip
INDICATOR = (
    "stage", "indicator", "indicator_name", "value_before", "value_after", "threshold",
    "met_after",
)  # fmt: skip
QUOTA = ("senior_high", "places_given", "past_places_given")
"""Columns of the parts of a notice."""


@dataclass(frozen=True)
class Notice:
    """What one school is told (通知单). A part that says nothing is empty.

    Attributes
    ----------
    school, townships
        Who is told.
    arrivals, departures, within
        Moves from and to other schools, and from one campus to another.
    coverage
        Weekly periods by campus, stage and subject, before and after.
    quotas
        Quota places by senior high, beside the last year on record.
    pooled_with
        The pool that receives the places, where the school has none of its own.
    claim
        The claim before rounding, None without quota places.
    indicators
        L1 to L7 by stage, before and after.
    """

    school: School
    townships: str
    arrivals: pd.DataFrame
    departures: pd.DataFrame
    within: pd.DataFrame
    coverage: pd.DataFrame
    quotas: pd.DataFrame
    pooled_with: str | None
    claim: float | None
    indicators: pd.DataFrame

    @property
    def places(self) -> int:
        """All its quota places."""
        return int(self.quotas["places_given"].sum())


def notices(
    scenario: Scenario, seen: BeforeAfter | None, plan: Plan, form: Form, lang: Language = "zh"
) -> Iterator[Notice]:
    """The notices of all schools, by township and school.

    Parameters
    ----------
    seen
        The staffing plan beside the county as it is; None tells of quota places alone.
    plan
        Holds the quota places.
    form
        How persons are named; only the internal form adds their numbers.
    """
    county = scenario.county
    moves = _moves(scenario, seen, form, lang)
    taught = _none(("school_id", *COVERAGE)) if seen is None else coverage(scenario, seen, lang)
    values = _none(("school_id", *INDICATOR)) if seen is None else _indicators(scenario, seen, lang)
    quotas = _quotas(scenario, plan)
    by = {
        "coverage": _split(taught, "school_id", COVERAGE),
        "indicators": _split(values, "school_id", INDICATOR),
    }
    number = ("teacher",) if form == "internal" else ()
    across = moves[moves["from_id"] != moves["to_id"]]
    inside = moves[moves["from_id"] == moves["to_id"]]
    arriving = _split(across, "to_id", (*ARRIVALS, *number))
    leaving = _split(across, "from_id", (*DEPARTURES, *number))
    within = _split(inside, "from_id", (*WITHIN, *number))
    for school, townships in _schools(county):
        told, pool, claim = quotas.get(school.id, (_none(QUOTA), None, None))
        yield Notice(
            school=school,
            townships=townships,
            arrivals=arriving.get(school.id, _none((*ARRIVALS, *number))),
            departures=leaving.get(school.id, _none((*DEPARTURES, *number))),
            within=within.get(school.id, _none((*WITHIN, *number))),
            coverage=by["coverage"].get(school.id, _none(COVERAGE)),
            quotas=told,
            pooled_with=pool,
            claim=claim,
            indicators=by["indicators"].get(school.id, _none(INDICATOR)),
        )


def _schools(county: County) -> Iterator[tuple[School, str]]:
    """Schools with the names of their townships, by township as the county lists them."""
    order = {t.id: n for n, t in enumerate(county.townships)}
    found = county.places_of_school
    for id in sorted(found, key=lambda s: (order[found[s][0].township.id], s)):
        yield county.school[id], "、".join(dict.fromkeys(p.township.name for p in found[id]))


def _none(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(columns=list(columns))


def _split(table: pd.DataFrame, key: str, columns: tuple[str, ...]) -> Mapping[str, pd.DataFrame]:
    """The rows of each school, in their order."""
    found = table.groupby(key, sort=False)
    return {str(id): rows[list(columns)].reset_index(drop=True) for id, rows in found}


def _moves(
    scenario: Scenario, seen: BeforeAfter | None, form: Form, lang: Language
) -> pd.DataFrame:
    """Moves in the form asked for, with the codes of both schools."""
    ids = ("from_id", "to_id")
    if seen is None:
        return _none(tuple(dict.fromkeys((*ARRIVALS, *DEPARTURES, *WITHIN, "teacher", *ids))))
    table = released_moves(scenario, seen, form, lang)
    school = {p.id: p.school.id for p in seen.county.places.values()}
    return table.assign(
        from_id=table["from_section"].map(school), to_id=table["to_section"].map(school)
    )


def _indicators(scenario: Scenario, seen: BeforeAfter, lang: Language) -> pd.DataFrame:
    """The indicators of every school, one row an indicator with data."""
    rows: list[dict[str, Any]] = []
    for row in school_indicators(scenario, seen).to_dict("records"):
        stage = next(s for s in STAGES if s == row["stage"])
        for indicator in INDICATORS:
            after = row[indicator]
            if pd.isna(after):
                continue
            moved = indicator in STAFF_INDICATORS
            limit = THRESHOLDS[indicator][stage]
            rows.append(
                {
                    "school_id": row["school_id"],
                    "stage": stage,
                    "indicator": indicator,
                    "indicator_name": Text(*INDICATOR_NAMES[indicator]).say(lang),
                    "value_before": row[f"{indicator}_before"] if moved else after,
                    "value_after": after,
                    "threshold": limit,
                    "met_after": bool(after >= limit),
                }
            )
    return pd.DataFrame(rows, columns=["school_id", *INDICATOR])


def _quotas(
    scenario: Scenario, plan: Plan
) -> Mapping[str, tuple[pd.DataFrame, str | None, float | None]]:
    """School -> its places by senior high, the pool that receives them, its claim."""
    if not plan.quotas:
        return {}
    table = quota_matrix(scenario, plan)
    names = senior_high_names(scenario)
    highs = [c for c in map(str, table.columns) if c in names]
    year = past_year(scenario)
    past = {
        (p.junior_high, f"places:{p.senior_high}"): p.places
        for p in scenario.county.past_quotas
        if p.year == year
    }
    found: dict[str, tuple[pd.DataFrame, str | None, float | None]] = {}
    claimants = entitlement(scenario).claimants
    for row in table.to_dict("records"):
        id = row["school_id"]
        told = pd.DataFrame(
            [
                {
                    "senior_high": names[high],
                    "places_given": row[high],
                    "past_places_given": past.get((id, high)),
                }
                for high in highs
            ],
            columns=list(QUOTA),
        ).astype({"past_places_given": "Int64"})
        pool = row["junior_high"] if id not in scenario.county.school else None
        for school in claimants[id].schools:
            found[school.id] = (told, pool, float(row["entitlement"]))
    return found


def notice_directory(listed: list[Notice]) -> pd.DataFrame:
    """The directory of notices: a row a school, in their order, with what its notice says."""
    rows = [
        {
            "notice": number,
            "school_id": n.school.id,
            "school": n.school.name,
            "township": n.townships,
            "arrivals": len(n.arrivals),
            "departures": len(n.departures),
            "uncovered_before": int(n.coverage["uncovered_before"].sum()),
            "uncovered_after": int(n.coverage["uncovered_after"].sum()),
            # The places of a pool are told to each of its schools; they are counted at none.
            "places_given": 0 if n.pooled_with else n.places,
        }
        for number, n in enumerate(listed, start=1)
    ]
    columns = [
        "notice", "school_id", "school", "township", "arrivals", "departures", "uncovered_before",
        "uncovered_after", "places_given",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
