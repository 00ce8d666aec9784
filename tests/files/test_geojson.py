"""Schools and flows for maps: valid GeoJSON, counts by hand, nobody named."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from allocator.files.export import Result
from allocator.files.export.geo import geojson

sys.path.insert(0, str(Path(__file__).parents[2]))
small = import_module("tests.insight.small_county")

POSITION = {
    "type": "array",
    "prefixItems": [
        {"type": "number", "minimum": -180, "maximum": 180},
        {"type": "number", "minimum": -90, "maximum": 90},
    ],
    "minItems": 2,
    "maxItems": 2,
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["type", "features"],
    "additionalProperties": False,
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties", "id"],
                "additionalProperties": False,
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": "string"},
                    "properties": {"type": "object", "required": ["kind"]},
                    "geometry": {
                        "oneOf": [
                            {"type": "null"},
                            {
                                "type": "object",
                                "required": ["type", "coordinates"],
                                "additionalProperties": False,
                                "properties": {
                                    "type": {"const": "Point"},
                                    "coordinates": POSITION,
                                },
                            },
                            {
                                "type": "object",
                                "required": ["type", "coordinates"],
                                "additionalProperties": False,
                                "properties": {
                                    "type": {"const": "LineString"},
                                    "coordinates": {
                                        "type": "array",
                                        "items": POSITION,
                                        "minItems": 2,
                                    },
                                },
                            },
                        ]
                    },
                },
            },
        },
    },
}
"""What RFC 7946 asks of points, lines and features without a place."""


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    schools = list(small.county().schools)
    campus = schools[1].campuses[0]
    moved = campus.model_copy(update={"latitude": None, "longitude": None})
    schools[1] = schools[1].model_copy(update={"campuses": (moved,)})
    scenario = small.scenario(schools=tuple(schools))
    return geojson(scenario, Result(scenario, small.outcome(scenario)))


def _of(made: dict[str, Any], **wanted: Any) -> list[dict[str, Any]]:
    return [
        f for f in made["features"] if all(f["properties"].get(k) == v for k, v in wanted.items())
    ]


def test_it_is_geojson(made: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    text = json.dumps(made, allow_nan=False)
    jsonschema.validate(json.loads(text), SCHEMA)
    swapped = json.loads(text)
    swapped["features"][0]["geometry"]["coordinates"].reverse()
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(swapped, SCHEMA)


def test_ids_are_unique(made: dict[str, Any]) -> None:
    ids = [f["id"] for f in made["features"]]
    assert len(set(ids)) == len(ids)


def test_every_campus_is_a_point_with_its_coverage(made: dict[str, Any]) -> None:
    points = {f["id"]: f["properties"] for f in _of(made, kind="campus")}
    assert set(points) == {"A1", "B1", "C1"}
    a, b = points["A1"], points["B1"]
    assert (a["area"], a["stages"], a["pupils"]) == ("urban", ["junior"], 200)
    assert (b["needed"], b["uncovered_before"], b["uncovered_after"]) == (18, 8, 0)
    assert (a["arrivals"], a["departures"]) == (0, 2)
    assert (b["arrivals"], b["departures"]) == (2, 0)
    assert (a["quota_places"], b["quota_places"]) == (51, 39)
    assert "quota_places" not in points["C1"]


def test_a_campus_without_a_place_stands_at_the_seat_of_its_township(made: dict[str, Any]) -> None:
    (b,) = _of(made, campus="B校本部")
    assert b["geometry"]["coordinates"] == [121.3, 30.2]
    assert b["properties"]["located"] == "township"


def test_flows_count_people_between_schools_and_townships(made: dict[str, Any]) -> None:
    for level, ends in (("campus", ("A1", "B1")), ("township", ("W", "E"))):
        (flow,) = _of(made, kind="flow", level=level)
        told = flow["properties"]
        assert (told["from_id"], told["to_id"]) == ends
        assert (told["moves"], told["backbone_moves"]) == (2, 1)
        assert flow["geometry"]["coordinates"] == [[121.2, 30.1], [121.3, 30.2]]


def test_a_flow_within_one_point_has_no_line() -> None:
    scenario = small.scenario()  # all three campuses lie at one point
    found = geojson(scenario, Result(scenario, small.outcome(scenario)))
    (flow,) = _of(found, kind="flow", level="campus")
    assert flow["geometry"] is None


def test_nobody_is_named(made: dict[str, Any]) -> None:
    text = json.dumps(made, ensure_ascii=False)
    assert not [t for t in small.county().teachers if t.name in text or f'"{t.id}"' in text]


def test_without_a_result_there_are_only_schools() -> None:
    found = geojson(small.scenario())
    assert {f["properties"]["kind"] for f in found["features"]} == {"campus"}
    assert "needed" not in found["features"][0]["properties"]
