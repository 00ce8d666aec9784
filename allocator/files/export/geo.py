"""Schools and flows as GeoJSON, for any map: counts alone, nobody is named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from allocator.county.county import County
from allocator.county.places import Campus, School, Township
from allocator.files.export.result import Result
from allocator.insight.identity import without_identity
from allocator.insight.tables import coverage, quota_matrix
from allocator.insight.view import BeforeAfter
from allocator.scenario import Scenario

_PLACES = 6
"""Decimals of a coordinate: a tenth of a metre."""
_PERIODS = ("needed", "covered_before", "covered_after", "uncovered_before", "uncovered_after")


def geojson(scenario: Scenario, result: Result | None = None) -> dict[str, Any]:
    """Campuses as points, moves between them and between townships as lines (RFC 7946).

    Coordinates are longitude and latitude as the county records them; a campus without its own
    stands at the seat of its township (``located``). Lines carry how many people move, ``moves``,
    and of these backbone teachers; ends at one and the same point make no line, the feature then
    has no geometry. Periods are weekly. Without a result there are only points.
    """
    county = scenario.county
    seen = result.placed if result is not None else None
    features = [*_points(scenario, result, seen), *(_flows(county, seen) if seen else ())]
    return {"type": "FeatureCollection", "features": features}


def _feature(id: str, geometry: Any, properties: dict[str, Any]) -> dict[str, Any]:
    told = {k: without_identity(v) if isinstance(v, str) else v for k, v in properties.items()}
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": told}


def _points(
    scenario: Scenario, result: Result | None, seen: BeforeAfter | None
) -> Iterator[dict[str, Any]]:
    county = scenario.county
    townships = {t.id: t for t in county.townships}
    zones = {z.id: z.name for z in county.zones}
    taught = _taught(scenario, seen) if seen is not None else {}
    moved = _moved(seen) if seen is not None else {}
    quotas = _quotas(scenario, result)
    for school in county.school.values():
        for campus in school.campuses:
            township = townships[campus.township]
            here = {s.stage: s for s in campus.sections}
            properties = {
                "kind": "campus",
                "campus": campus.name,
                "school_id": school.id,
                "school": school.name,
                "township": township.name,
                "zone": zones.get(township.zone, township.zone),
                "area": campus.area_class or township.area_class,
                "stages": sorted(here),
                "pupils": sum(s.pupils for s in campus.sections),
                "classes": sum(sum(s.classes) for s in campus.sections),
                **_flags(county, school),
                "located": "campus" if campus.latitude is not None else "township",
                **taught.get(campus.id, {}),
                **moved.get(campus.id, {}),
            }
            if school.id in quotas:
                properties["quota_places"] = quotas[school.id]
            point = {"type": "Point", "coordinates": _at(campus, township)}
            yield _feature(campus.id, point, properties)


def _flags(county: County, school: School) -> dict[str, Any]:
    return {
        "private": school.private,
        "quality": school.quality,
        "weak": school.weak,
        "opens": county.opens(school),
    }


def _at(campus: Campus, township: Township) -> list[float]:
    found = (campus.longitude, campus.latitude)
    if campus.latitude is None or campus.longitude is None:
        found = (township.longitude, township.latitude)
    return [round(float(x or 0.0), _PLACES) for x in found]


def _taught(scenario: Scenario, seen: BeforeAfter) -> dict[str, dict[str, Any]]:
    """Campus -> periods needed and covered, all stages and subjects together."""
    table = coverage(scenario, seen)
    table = table.assign(campus_id=table["section"].str.rpartition(".")[0])
    summed = table.groupby("campus_id")[list(_PERIODS)].sum()
    return {str(id): {name: int(row[name]) for name in _PERIODS} for id, row in summed.iterrows()}


def _moved(seen: BeforeAfter) -> dict[str, dict[str, Any]]:
    """Campus -> people arriving and leaving."""
    arriving = Counter(m.destination.campus.id for m in seen.after.moved)
    leaving = Counter(m.origin.campus.id for m in seen.after.moved)
    return {
        p.campus.id: {"arrivals": arriving[p.campus.id], "departures": leaving[p.campus.id]}
        for p in seen.county.places.values()
    }


def _quotas(scenario: Scenario, result: Result | None) -> dict[str, int]:
    """School -> its quota places; pooled schools have none of their own."""
    if result is None or "admission" not in result.solved:
        return {}
    table = quota_matrix(scenario, result.outcome.plan)
    return {str(id): int(n) for id, n in zip(table["school_id"], table["total"], strict=True)}


def _flows(county: County, seen: BeforeAfter) -> Iterator[dict[str, Any]]:
    """Moves between campuses, then between townships."""
    townships = {t.id: t for t in county.townships}
    campuses = {c.id: c for s in county.schools for c in s.campuses}
    at = {id: _at(c, townships[c.township]) for id, c in campuses.items()}
    seats = {t.id: [round(t.longitude, _PLACES), round(t.latitude, _PLACES)]
             for t in county.townships}  # fmt: skip
    names = {id: c.name for id, c in campuses.items()}
    yield from _lines(
        "campus",
        [(m.origin.campus.id, m.destination.campus.id, m.teacher.backbone)
         for m in seen.after.moved],
        at,
        names,
    )  # fmt: skip
    yield from _lines(
        "township",
        [(m.origin.township.id, m.destination.township.id, m.teacher.backbone)
         for m in seen.after.moved if m.origin.township.id != m.destination.township.id],
        seats,
        {t.id: t.name for t in county.townships},
    )  # fmt: skip


def _lines(
    level: str,
    moves: list[tuple[str, str, bool]],
    at: dict[str, list[float]],
    names: dict[str, str],
) -> Iterator[dict[str, Any]]:
    counted = Counter((a, b) for a, b, _ in moves)
    backbone = Counter((a, b) for a, b, famous in moves if famous)
    for (a, b), number in sorted(counted.items()):
        ends = [at[a], at[b]]
        line = {"type": "LineString", "coordinates": ends} if ends[0] != ends[1] else None
        properties = {
            "kind": "flow",
            "level": level,
            "from": names[a],
            "to": names[b],
            "from_id": a,
            "to_id": b,
            "moves": number,
            "backbone_moves": backbone[a, b],
        }
        yield _feature(f"{level}:{a}>{b}", line, properties)
