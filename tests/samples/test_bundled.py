"""The bundled scenarios are what the package generates, and saving them changes no byte."""

from __future__ import annotations

from pathlib import Path

import pytest

import allocator
from allocator.samples import (
    conghua_scenario,
    jiading_scenario,
    sample_scenario,
    toy_scenario,
)

SCENARIOS = Path(__file__).parents[2] / "scenarios"
MADE = {
    "toy": toy_scenario,
    "cixi-2020": sample_scenario,
    "cixi-2020-tight": lambda: sample_scenario(tight=True),
    "jiading-2023": jiading_scenario,
    "conghua-2026": conghua_scenario,
}


def test_every_bundled_scenario_is_accounted_for():
    assert {p.stem for p in SCENARIOS.glob("*.json")} == set(MADE)


@pytest.mark.parametrize("name", MADE)
def test_bundled_files_are_generated_and_byte_stable(name, tmp_path):
    bundled = SCENARIOS / f"{name}.json"
    copy, fresh = tmp_path / "copy.json", tmp_path / "fresh.json"
    allocator.save(allocator.load(bundled), copy)
    allocator.save(MADE[name](), fresh)
    assert copy.read_bytes() == bundled.read_bytes() == fresh.read_bytes()
