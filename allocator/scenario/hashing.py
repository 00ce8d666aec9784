"""A scenario as plain data, and the hash that names it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from allocator.county.county import County
from allocator.county.frozen import Frozen
from allocator.scenario.scenario import PARTS, Scenario


def plain(scenario: Scenario) -> dict[str, Any]:
    """The scenario as data for JSON, keys in the order of the fields.

    Policy is stated in full, so that a later release with other defaults changes no old file. The
    records of a county (teachers, schools, ...) leave out what stands at its default, and a part
    the scenario does not hold is left out, as is the preset where there is none.
    """
    data: dict[str, Any] = {}
    for name in Scenario.model_fields:
        if name == "county":
            data[name] = _county(scenario.county)
        elif name not in PARTS or getattr(scenario, name) is not None:
            data |= scenario.model_dump(mode="json", include={name})
    staffing = scenario.staffing
    if staffing is not None and staffing.preset is None and not staffing.in_full:
        del data["staffing"]["preset"], data["staffing"]["in_full"]
    return data


def _county(county: County) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for name in County.model_fields:
        value = getattr(county, name)
        if isinstance(value, tuple) and all(isinstance(v, Frozen) for v in value):
            data[name] = [v.model_dump(mode="json", exclude_defaults=True) for v in value]
        else:
            data |= county.model_dump(mode="json", include={name})
    return data


def one_line(value: Any) -> str:
    """Plain data as JSON in one line: the same data always gives the same text."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def scenario_hash(scenario: Scenario) -> str:
    """The SHA-256 of what is known and asked for; settings of the search stay outside."""
    data = plain(scenario)
    del data["settings"]
    return hashlib.sha256(one_line(data).encode("utf-8", "backslashreplace")).hexdigest()
