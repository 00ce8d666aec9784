"""What a search leaves for the next one: its bound and cuts are used only where they still hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.files.left import load_left, save_left
from allocator.modelling import Row
from allocator.scenario import Scenario, with_rule
from allocator.solving import Clock
from allocator.solving import walking as together
from allocator.solving.building import build
from allocator.solving.left import Left, carried
from allocator.solving.program import lay_out
from allocator.solving.tiers import rounded_up
from tests.staffing.walking_counties import solved, walking_case

SEEDS = range(100)
STAYS = {"kind": "stays"}


@pytest.fixture(autouse=True)
def _by_flow(monkeypatch):
    monkeypatch.setattr(together, "WAYS", 0)


def _searched(scenario: Scenario, earlier: Left | None = None) -> together.Walked:
    return together.search_with_walking(scenario, Clock(), earlier)


def _pinned(scenario: Scenario, pins: list[dict[str, str]]) -> Scenario:
    """The scenario with other pins of its first teacher."""
    data = scenario.county.model_dump()
    data["teachers"][0]["pins"] = pins
    return scenario.model_copy(update={"county": County.model_validate(data)})


def _changes(scenario: Scenario) -> dict[str, Scenario]:
    """The scenario with one thing changed, tighter or wider."""

    def ruled(rule: str, **parameters: object) -> Scenario:
        return with_rule(scenario, "staffing", {"rule": rule, "parameters": parameters})

    return {
        "nothing": scenario,
        "stays": _pinned(scenario, [STAYS]),
        "free": _pinned(scenario, []),
        "near": ruled("travel_cap", within=30),
        "far": ruled("travel_cap", within=90),
        "block": ruled("walking", block=4),
        "walk": ruled("walking", within=90),
    }


@pytest.fixture(scope="module")
def seen():
    return Counter()


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_and_cuts_carried_over_hold_and_the_search_ends_no_worse(seed, seen):
    scenario = walking_case(seed).scenario
    left = _searched(scenario).left
    if left is None:
        pytest.skip("nobody could walk, so no flow was searched")
    for name, changed in _changes(scenario).items():
        allocation = build(changed, "staffing", "flow")
        program = lay_out(allocation)
        brought = carried(left, program)
        flow, _ = solved(allocation)
        # What persons leave uncovered stands on the lattice of the tier.
        least = rounded_up(flow, allocation.tiers[0])
        assert brought.bound <= least + 1e-6, name
        cut = tuple(Row("", e, "<=", most, f"cut{n}") for n, (e, most) in enumerate(brought.cuts))
        held, _ = solved(replace(allocation, structure=(*allocation.structure, *cut)))
        assert held == pytest.approx(flow, abs=1e-6), name
        warm, cold = _searched(changed, left), _searched(changed)
        assert warm.found.bounds["coverage"] <= least + 1e-6
        assert warm.found.bounds["coverage"] >= min(brought.bound, least) - 1e-6
        assert warm.found.values["coverage"] >= least - 1e-6
        assert warm.found.values["coverage"] <= warm.two_steps["coverage"] + 1e-6
        assert cold.two_steps == warm.two_steps
        seen[name, bool(np.isfinite(brought.bound)), brought.is_plan] += 1


def test_bounds_are_carried_over_tighter_rules_and_pins_and_not_over_wider_ones(seen):
    carried_over = {name for name, held, _ in seen if held}
    assert {"nothing", "stays", "near"} <= carried_over
    assert all(held and kept for (name, held, kept) in seen if name == "nothing")
    assert any(not held for name, held, _ in seen if name == "far")
    assert any(not kept for name, _, kept in seen if name == "stays")


def test_what_is_left_is_read_as_it_was_written(tmp_path):
    left = next(found for n in SEEDS if (found := _searched(walking_case(n).scenario).left))
    save_left(left, tmp_path / "left.npz")
    again = load_left(tmp_path / "left.npz")
    program = lay_out(build(walking_case(0).scenario, "staffing", "flow"))
    for one, other in ((left, again), (left.proof, again.proof), (left.cuts, again.cuts)):
        for name, value in vars(one).items():
            if isinstance(value, np.ndarray):
                assert value.dtype == getattr(other, name).dtype
                assert np.array_equal(value, getattr(other, name))
            elif name not in ("proof", "cuts"):
                assert value == getattr(other, name)
    one, other = carried(left, program), carried(again, program)
    assert (one.rows, one.bound) == (other.rows, other.bound)


@pytest.mark.parametrize("content", [b"", b"{}", b"PK\x03\x04 no archive", None])
def test_a_file_that_holds_something_else_is_refused(content, tmp_path):
    path = tmp_path / "left.npz"
    if content is None:
        np.savez(path, version=np.array(1))
    else:
        path.write_bytes(content)
    with pytest.raises(DataError, match=r"left\.npz"):
        load_left(path)
