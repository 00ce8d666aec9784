"""``allocator solve --warm``: what one solve leaves, the next one starts from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from allocator.cli import main
from allocator.files import load, save
from allocator.files.left import load_left
from allocator.samples import sample_scenario
from allocator.scenario import with_rule
from allocator.solving.building import build
from allocator.solving.left import carried
from allocator.solving.program import lay_out

WALKING = {"rule": "walking", "firmness": "must", "parameters": {"subjects": ["music", "it"]}}
RATE = {"rule": "exchange_rate_floor", "parameters": {"at_least": "0.18"}}


def _solved(path: Path, left: Path, out: Path) -> dict:
    arguments = ["solve", str(path), "--part", "staffing", "--warm", str(left), "--json", str(out)]
    assert main([*arguments, "--lang", "en"]) == 0
    return json.loads(out.read_text("utf-8"))["parts"][0]


def test_the_second_solve_takes_up_the_bound_of_the_first(tmp_path: Path) -> None:
    scenario = with_rule(sample_scenario(teachers=1500, seed=7), "staffing", WALKING)
    path, left = tmp_path / "s.json", tmp_path / "left.npz"
    save(scenario, path)
    first = _solved(path, left, tmp_path / "o.json")
    told = load_left(left)
    changed = with_rule(load(path), "staffing", RATE)
    save(changed, path)
    second = _solved(path, left, tmp_path / "o.json")
    assert second["audit"]["flaws"] == [] == first["audit"]["flaws"]
    bounds = [part["tiers"][0]["bound"] for part in (first, second)]
    brought = carried(told, lay_out(build(changed, "staffing", "flow")))
    assert told.bound == bounds[0] == brought.bound <= bounds[1]
    assert second["tiers"][0]["value"] <= second["two_steps"]["coverage"]
    assert load_left(left).bound == bounds[1]


def test_a_file_of_something_else_is_refused_before_anything_is_solved(
    small_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.npz"
    other.write_text("none of it")
    assert main(["solve", str(small_path), "--warm", str(other), "--lang", "en"]) == 2
    assert "name another file" in capsys.readouterr().err
    assert other.read_text() == "none of it"
    assert main(["solve", str(small_path), "--warm", str(small_path), "--lang", "en"]) == 2
