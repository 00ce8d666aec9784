"""The JSON Schemas of scenario and outcome files, for editors and for other programs."""

from __future__ import annotations

from typing import Any

from allocator.scenario import Scenario

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """The JSON Schema of a scenario file: every field, every rule with the range it accepts."""
    return {"$schema": _DIALECT, **_numbers(Scenario.model_json_schema())}


def outcome_schema() -> dict[str, Any]:
    """The JSON Schema of an outcome file: status, plan, tiers with bounds, audit, division."""
    # Imported only here: it brings the solvers along, and a scenario does not need them.
    from allocator.solving.outcome import Outcome

    return {"$schema": _DIALECT, **_numbers(Outcome.model_json_schema(mode="serialization"))}


def _numbers(value: Any) -> Any:
    """Exact decimals as plain numbers: pydantic also offers them as text, files never do."""
    if isinstance(value, list):
        return [_numbers(item) for item in value]
    if not isinstance(value, dict):
        return value
    value = {name: _numbers(item) for name, item in value.items()}
    kinds = value.get("anyOf")
    if isinstance(kinds, list) and any(_decimal(k, kinds) for k in kinds):
        rest = [k for k in kinds if k.get("type") != "string"]
        value = {name: item for name, item in value.items() if name != "anyOf"}
        value |= rest[0] if len(rest) == 1 else {"anyOf": rest}
        if isinstance(value.get("default"), str):
            value["default"] = float(value["default"])
    return value


def _decimal(kind: Any, kinds: list[Any]) -> bool:
    texts = [k for k in kinds if isinstance(k, dict) and k.get("type") == "string"]
    return isinstance(kind, dict) and kind.get("type") == "number" and len(texts) == 1
