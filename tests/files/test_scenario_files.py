"""Scenario files: the same bytes for the same scenario, and every fault told at once."""

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from allocator.county.frozen import DataError
from allocator.files import load, save, schema, text_of
from allocator.scenario import Scenario, with_rule
from allocator.scenario.hashing import scenario_hash


def _faults(path: Path, data: Any) -> dict[str, str]:
    """Path -> text of everything wrong with a document."""
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    with pytest.raises(DataError) as caught:
        load(path)
    return {p.path: p.text for p in caught.value.problems}


@pytest.fixture
def document(small_path: Path) -> dict[str, Any]:
    return copy.deepcopy(json.loads(small_path.read_text("utf-8")))


def test_saving_what_was_loaded_gives_the_same_bytes(small_path: Path, tmp_path: Path) -> None:
    save(load(small_path), tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == small_path.read_bytes()


def test_what_was_saved_loads_as_it_was(small: Scenario, tmp_path: Path) -> None:
    choice = {"rule": "exchange_rate_floor", "parameters": {"at_least": "0.123456789012345"}}
    odd = with_rule(small, "staffing", choice).model_copy(update={"notes": '"“\\\n\t\u2028😀'})
    save(odd, tmp_path / "odd.json")
    assert load(tmp_path / "odd.json") == odd


def test_text_does_not_depend_on_the_hash_seed(small_path: Path) -> None:
    program = "import sys; from allocator.files import *; print(text_of(load(sys.argv[1])))"
    texts = [
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program, str(small_path)],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert texts[0] == texts[1]


def test_a_teacher_has_a_line_without_what_stands_at_its_default(small: Scenario) -> None:
    (line,) = [row for row in text_of(small).splitlines() if '"T05"' in row]
    assert json.loads(line.strip().rstrip(","))["name"] == "教师05"
    assert "employment" not in line


def test_every_fault_is_told_at_once_with_its_path(
    document: dict[str, Any], tmp_path: Path
) -> None:
    county, rules = document["county"], document["staffing"]["rules"]
    del county["teachers"][1]["born"]
    county["teachers"][2]["born"] = "1983-13"
    county["teachers"][3]["nickname"] = "x"
    county["schools"][0]["campuses"][0]["sections"][0]["pupils"] = -1
    county["schools"][1]["campuses"][0]["township"] = "nowhere"
    county["teachers"][5]["campus"] = "C9"
    county["teachers"][8]["id"] = "T08"
    rules[0]["parameters"]["at_least"] = 1.5
    rules[3]["firmness"] = "watch"
    rules[4]["rule"] = "no_such_rule"
    document["settings"]["threads"] = "two"
    assert set(_faults(tmp_path / "bad.json", document)) == {
        "county.teachers[1].born",
        "county.teachers[2].born",
        "county.teachers[3].nickname",
        "county.schools[0].campuses[0].sections[0].pupils",
        "county.schools[1].campuses[0].township",
        "county.teachers[5].campus",
        "county.teachers[8]",
        "staffing.rules[0].parameters.at_least",
        "staffing.rules[3].firmness",
        "staffing.rules[4]",
        "settings.threads",
    }


def test_a_rule_and_a_goal_listed_twice_are_told(document: dict[str, Any], tmp_path: Path) -> None:
    document["staffing"]["rules"].append(document["staffing"]["rules"][0])
    document["staffing"]["goals"][5] = document["staffing"]["goals"][0]
    found = _faults(tmp_path / "bad.json", document)
    assert set(found) == {"staffing.rules", "staffing.goals[5]"}


def test_an_unknown_version_is_refused(document: dict[str, Any], tmp_path: Path) -> None:
    for version in (2, 0, True, "1", None):
        found = _faults(tmp_path / "bad.json", document | {"version": version})
        assert "is unknown" in found["version"]


def test_another_document_is_refused(document: dict[str, Any], tmp_path: Path) -> None:
    found = _faults(tmp_path / "bad.json", document | {"format": "allocator-outcome"})
    assert set(found) == {"format"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \n",
        b"{",
        b"\x00",
        b"[]",
        b"null",
        b'"x"',
        b"\xff\xfe{\x00}\x00",
        b"[" * 100_000,
        b'{"format": "allocator-scenario", "version": ' + b"9" * 5000 + b"}",
        b'{"format": "allocator-scenario", "version": 1, "title": "\\ud800", "county": 1e999}',
        b'{"a":' * 80 + b"1" + b"}" * 80,
    ],
)
def test_what_is_no_scenario_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    assert _faults(tmp_path / "bad.json", content)


def test_a_missing_file_and_a_folder_are_refused_in_words(tmp_path: Path) -> None:
    for path in (tmp_path / "none.json", tmp_path, tmp_path / "a\0b"):
        with pytest.raises(DataError):
            load(path)


def test_nan_and_a_field_given_twice_are_told_with_their_path(
    document: dict[str, Any], tmp_path: Path
) -> None:
    document["county"]["teachers"][0]["points"] = float("nan")
    text = json.dumps(document).replace('"Z1", "name"', '"Z1", "name": "x", "name"', 1)
    found = _faults(tmp_path / "bad.json", text.encode())
    assert set(found) == {"county.teachers[0].points", "county.zones[0]"}


def test_a_failed_save_leaves_the_old_file_and_nothing_else(
    small: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "kept.json"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        save(small, path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_settings_stay_outside_the_hash_and_rules_inside(small: Scenario) -> None:
    hurried = small.settings.model_copy(update={"time_limit": 5.0})
    assert scenario_hash(small.model_copy(update={"settings": hurried})) == scenario_hash(small)
    choice = {"rule": "exchange_rate_floor", "parameters": {"at_least": "0.18"}}
    assert scenario_hash(with_rule(small, "staffing", choice)) != scenario_hash(small)


def test_the_schema_accepts_the_file_and_knows_each_range(document: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    made = schema()
    jsonschema.Draft202012Validator.check_schema(made)
    jsonschema.validate(document, made)
    share = made["$defs"]["ExchangeRateFloor"]["properties"]["at_least"]
    assert (share["type"], share["minimum"], share["maximum"]) == ("number", 0, 1)
    document["staffing"]["rules"][0]["parameters"]["at_least"] = 1.5
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, made)


def test_every_reference_of_the_schema_resolves() -> None:
    made = schema()

    def references(node: Any) -> Any:
        if isinstance(node, dict):
            yield from ([node["$ref"]] if "$ref" in node else [])
            node = list(node.values())
        for inner in node if isinstance(node, list) else []:
            yield from references(inner)

    names = {reference.removeprefix("#/$defs/") for reference in references(made)}
    assert names <= set(made["$defs"])
