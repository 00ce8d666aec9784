"""A published plan beside a scenario: what is wrong with it is told at once, each with its path."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from allocator.county.frozen import DataError
from allocator.county.plan import Move, Plan
from allocator.files import load, save
from allocator.samples.scenarios import toy_scenario
from allocator.scenario import Scenario, outdated, with_published
from allocator.scenario.hashing import scenario_hash


def move(teacher: str, destination: str, **more: Any) -> Move:
    return Move(
        teacher=teacher,
        origin="C1.junior",
        destination=destination,
        kind="secondment",
        ground=more.get("ground", "exchange"),
        start="2019-09",
    )


GOOD = (move("T00001", "C2.junior"), move("T00006", "C3.junior"))
BAD = (
    move("T00001", "C2.junior"),
    move("T99999", "C2.junior"),
    move("T00006", "C99.junior"),
    move("T00001", "C3.junior"),
)


def test_every_fault_of_a_published_plan_is_told_with_its_path(tmp_path: Path) -> None:
    scenario = toy_scenario()
    assert scenario.staffing is not None
    terms = scenario.staffing.terms.model_copy(update={"published": BAD})
    staffing = scenario.staffing.model_copy(update={"terms": terms})
    path = tmp_path / "bad.json"
    save(scenario.model_copy(update={"staffing": staffing}), path)
    with pytest.raises(DataError) as caught:
        load(path)
    assert [p.path for p in caught.value.problems] == [
        "staffing.terms.published[1].teacher",
        "staffing.terms.published[2].destination",
        "staffing.terms.published[3].teacher",
    ]


def test_who_is_gone_and_what_is_closed_is_left_out_and_listed() -> None:
    found = with_published(toy_scenario(), Plan(moves=BAD[:3]))
    assert found.staffing is not None
    assert found.staffing.terms.published == BAD[:1]
    assert outdated(found.county, Plan(moves=BAD[:3])) == BAD[1:3]


def test_a_plan_that_moves_somebody_twice_is_refused() -> None:
    with pytest.raises(DataError) as caught:
        with_published(toy_scenario(), Plan(moves=BAD))
    assert [p.path for p in caught.value.problems] == ["moves[3].teacher"]


def test_returns_of_a_published_plan_are_left_out() -> None:
    plan = Plan(moves=(*GOOD, move("T00008", "C1.junior", ground="return")))
    found = with_published(toy_scenario(), plan)
    assert found.staffing is not None
    assert found.staffing.terms.published == GOOD


def test_a_scenario_that_places_no_teachers_has_no_published_plan() -> None:
    with pytest.raises(DataError):
        with_published(toy_scenario().model_copy(update={"staffing": None}), Plan())


def test_the_published_plan_is_saved_with_the_scenario_and_part_of_its_hash(
    tmp_path: Path,
) -> None:
    scenario = toy_scenario()
    found = with_published(scenario, Plan(moves=GOOD))
    save(found, tmp_path / "s.json")
    assert isinstance(again := load(tmp_path / "s.json"), Scenario)
    assert again == found
    assert scenario_hash(again) == scenario_hash(found) != scenario_hash(scenario)
