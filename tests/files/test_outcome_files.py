"""Outcome files, and plans out of them."""

from pathlib import Path

import pytest

from allocator.audit import audit
from allocator.county.frozen import DataError
from allocator.files import load_outcome, load_plan, save_outcome
from allocator.scenario import Scenario
from allocator.scenario.hashing import scenario_hash
from allocator.solving.outcome import Outcome, PartOutcome
from allocator.staffing.decode import today


@pytest.fixture
def outcome(small: Scenario) -> Outcome:
    plan = today(small.county)
    part = PartOutcome(
        part="staffing",
        status="feasible",
        reason="gap_open",
        plan=plan,
        audit=audit(small, plan),
        timings={"build": 0.25},
    )
    return Outcome(
        scenario_hash=scenario_hash(small), engine="highs", parts=(part,), timings={"load": 0.5}
    )


def test_an_outcome_loads_as_it_was_saved(outcome: Outcome, tmp_path: Path) -> None:
    save_outcome(outcome, tmp_path / "o.json")
    found = load_outcome(tmp_path / "o.json")
    assert found.model_dump(mode="json") == outcome.model_dump(mode="json")
    save_outcome(found, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == (tmp_path / "o.json").read_bytes()


def test_timings_are_left_out_on_request(outcome: Outcome, tmp_path: Path) -> None:
    save_outcome(outcome, tmp_path / "o.json", timings=False)
    found = load_outcome(tmp_path / "o.json")
    assert (found.timings, found.parts[0].timings) == ({}, {})


def test_a_plan_is_read_from_an_outcome_or_a_file_of_its_own(
    outcome: Outcome, tmp_path: Path
) -> None:
    save_outcome(outcome, tmp_path / "o.json")
    (tmp_path / "p.json").write_text(outcome.plan.model_dump_json(), "utf-8")
    assert load_plan(tmp_path / "o.json") == load_plan(tmp_path / "p.json") == outcome.plan


def test_a_faulty_plan_is_refused_with_every_path(tmp_path: Path) -> None:
    text = '{"moves": [{"teacher": "T1"}], "quotas": [{"places": -1}], "extra": 1}'
    (tmp_path / "p.json").write_text(text)
    with pytest.raises(DataError) as caught:
        load_plan(tmp_path / "p.json")
    paths = {p.path for p in caught.value.problems}
    assert {"moves[0].origin", "quotas[0].places", "quotas[0].senior_high", "extra"} <= paths


def test_a_scenario_is_no_plan(small_path: Path) -> None:
    with pytest.raises(DataError):
        load_plan(small_path)
