"""Two plans compared: moves and quota cells that differ, and which schools gain or lose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from allocator.county.county import County
from allocator.insight.side_by_side import change, differing, side, side_by_side

Tables = Mapping[str, pd.DataFrame]
"""Tables of one plan by name: ``moves``, ``coverage``, ``quotas``; those it has."""

_PERSON = ("teacher", "name", "subject", "stage", "from_school")


def moves_compared(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Teachers who are not sent to the same section by two plans, by their number.

    Parameters
    ----------
    first, second
        Exchange lists. Where only one plan moves somebody, the other side is empty.
    """
    tables = (first, second)
    wheres = side_by_side(tables, ("teacher",), "to_section")
    differ = set(differing(wheres)["teacher"])
    schools = side_by_side(tables, ("teacher",), "to_school", *_PERSON[1:])
    found = schools[schools["teacher"].isin(differ)]
    one, other = (found[side(n)].notna() for n in (0, 1))
    states = [
        "elsewhere" if a and b else "only_first" if a else "only_second"
        for a, b in zip(one, other, strict=True)
    ]
    return found.assign(only=states).sort_values("teacher", ignore_index=True)


def cells_compared(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Cells of two quota tables that differ: junior high, senior high, places, change."""
    long = [_long(table) for table in (first, second)]
    table = side_by_side(long, ("school_id", "senior_high"), "places", "junior_high", "township")
    table[[side(0), side(1)]] = table[[side(0), side(1)]].astype("float64").fillna(0)
    table = differing(table)
    return table.assign(change=change(table)).reset_index(drop=True)


def _long(matrix: pd.DataFrame) -> pd.DataFrame:
    columns = [c for c in matrix.columns if str(c).startswith("places:")]
    long = matrix.melt(["school_id", "junior_high", "township"], columns, "senior_high", "places")
    return long


def gains(first: Tables, second: Tables, counties: tuple[County, County]) -> pd.DataFrame:
    """What each school has under two plans, a row a school of either county.

    Uncovered periods a week (less is a gain), teachers arriving less those leaving, quota places
    (more is a gain); a column ``..:0`` and ``..:1`` each. Empty where a plan does not say.
    """
    known = {s: c for c in counties for s in c.school}
    measured = {
        what: [
            measure(tables, county)
            for tables, county in zip((first, second), counties, strict=True)
        ]
        for what, measure in _MEASURES.items()
    }
    rows = []
    for school, county in known.items():
        place = county.places_of_school[school][0]
        row: dict[str, Any] = {
            "school_id": school,
            "school": county.school[school].name,
            "township": place.township.name,
            "area": place.area_class,
        }
        for what, sides in measured.items():
            for n, found in enumerate(sides):
                row[f"{what}:{n}"] = None if found is None else found.get(school, 0)
        rows.append(row)
    table = pd.DataFrame(rows, columns=["school_id", "school", "township", "area", *_VALUES])
    return _with_changes(table.astype(dict.fromkeys(_VALUES, "float64")))


def _uncovered(tables: Tables, county: County) -> Mapping[str, float] | None:
    del county
    return _summed(tables.get("coverage"), "uncovered_after")


def _quotas(tables: Tables, county: County) -> Mapping[str, float] | None:
    del county
    return _summed(tables.get("quotas"), "total")


def _teachers(tables: Tables, county: County) -> Mapping[str, float] | None:
    """Teachers arriving less those leaving; moves within a school change nothing."""
    moved = tables.get("moves")
    if moved is None:
        return None
    net = Counter[str]()
    for row in moved.to_dict("records"):
        net[county.places[row["to_section"]].school.id] += 1
        net[county.places[row["from_section"]].school.id] -= 1
    return net


def _summed(table: pd.DataFrame | None, column: str) -> Mapping[str, float] | None:
    if table is None:
        return None
    return {str(k): float(v) for k, v in table.groupby("school_id")[column].sum().items()}


_MEASURES = {"uncovered": _uncovered, "net": _teachers, "quota": _quotas}
"""What is counted for a school."""
_VALUES = [f"{what}:{n}" for what in _MEASURES for n in (0, 1)]
BETTER: Mapping[str, int] = {"uncovered": -1, "net": 0, "quota": 1}
"""Which way is a gain: 1 more, -1 less, 0 neither by itself."""


def _with_changes(table: pd.DataFrame) -> pd.DataFrame:
    made = {f"{what}:change": table[f"{what}:1"] - table[f"{what}:0"] for what in _MEASURES}
    return table.assign(**made)


def summed(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Gains summed over townships or area classes, with how many schools gain and lose.

    A school counts as gaining or losing once for each measure with a better way.
    """
    marked = table.assign(
        **{
            f"{what}:{word}": (table[f"{what}:change"] * way * sign > 0).astype("int64")
            for what, way in BETTER.items()
            if way
            for word, sign in (("gain", 1), ("lose", -1))
        }
    )
    numbers = [c for c in marked.columns if ":" in str(c)]
    found = marked.groupby(list(by), as_index=False, sort=False)[numbers].sum(min_count=1)
    return found
