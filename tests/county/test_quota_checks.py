"""What is known before quota places are divided: every contradiction is told, with its path."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from allocator.county.county import County
from allocator.county.frozen import DataError, Problem
from allocator.samples.toy import toy_county
from allocator.words import tell

Data = dict[str, Any]


def toy() -> Data:
    """Junior highs S1 to S4 and S7, S5 a primary school; senior highs H1 to H3; 2020-06."""
    data = toy_county().model_dump(mode="json")
    data["quota_pools"] = [{"id": "P1", "name": "示例合并组", "schools": ["S2", "S3"]}]
    data["past_quotas"] = [
        {"year": 2019, "senior_high": "H1", "junior_high": "S1", "places": 9, "filled": 9},
        {"year": 2019, "senior_high": "H1", "junior_high": "P1", "places": 5},
        {"year": 2018, "senior_high": "H1", "junior_high": "S1", "places": 9},
    ]
    data["quota_lots"] = [
        {"order": ["S1", "P1"], "drawn_by": "示例公证处", "on": "2020-05"},
        {"order": ["S1"], "senior_high": "H2", "drawn_by": "示例公证处", "on": "2020-05"},
    ]
    data["quota_pins"] = [{"senior_high": "H1", "junior_high": "P1", "places": 4}]
    return data


def found(data: Data) -> tuple[Problem, ...]:
    with pytest.raises(ValidationError) as caught:
        County.model_validate(data)
    (fault,) = caught.value.errors()
    error = fault["ctx"]["error"]
    assert isinstance(error, DataError)
    return error.problems


def test_the_toy_county_with_pools_earlier_years_and_lots_is_whole() -> None:
    assert County.model_validate(toy()).quota_pools


def high(data: Data, number: int, **fields: Any) -> None:
    data["senior_highs"][number - 1] |= fields


def figure(data: Data, *names: str) -> None:
    data["schools"][0]["figures"] = [{"name": name, "amount": 1} for name in names]


def pooled(data: Data, id: str, *schools: str) -> None:
    data["quota_pools"].append({"id": id, "name": "另一组", "schools": list(schools)})


def earlier(data: Data, **fields: Any) -> None:
    entry = {"year": 2017, "senior_high": "H1", "junior_high": "S1", "places": 3}
    data["past_quotas"].append({**entry, **fields})


def lot(data: Data, *order: str, **fields: Any) -> None:
    entry = {"order": list(order), "senior_high": "H3", "drawn_by": "示例", "on": "2020-05"}
    data["quota_lots"].append({**entry, **fields})


def pin(data: Data, high: str, school: str) -> None:
    data["quota_pins"].append({"senior_high": high, "junior_high": school, "places": 1})


CASES: list[tuple[Callable[[Data], None], str, str]] = [
    # H1 has 90 places, H3 60 and no quality.
    (lambda d: high(d, 1, quota_places=91), "senior_highs[0].quota_places", "91"),
    (
        lambda d: high(d, 1, quota_places=60, self_recruitment=20, specialty=11),
        "senior_highs[0]",
        "合计 91，而招生名额只有 90",
    ),
    (lambda d: high(d, 1, self_recruitment=60, specialty=31), "senior_highs[0]", "合计 91"),
    (lambda d: high(d, 1, quota_places=60, unified=29), "senior_highs[0]", "合计 89"),
    (lambda d: high(d, 3, specialty=5, unified=50), "senior_highs[2]", "合计 55"),
    (lambda d: figure(d, "常住", "寄宿", "常住"), "schools[0].figures[2].name", "常住"),
    (lambda d: figure(d, "registered"), "schools[0].figures[0].name", "另取名称"),
    (lambda d: pooled(d, "P2", "S1", "S5"), "quota_pools[1].schools[1]", "S5 不是本县域的初中"),
    (lambda d: pooled(d, "P2", "S1", "S9"), "quota_pools[1].schools[1]", "S9"),
    (
        lambda d: pooled(d, "P2", "S1", "S3"),
        "quota_pools[1].schools[1]",
        "quota_pools[0].schools[1]",
    ),
    (lambda d: pooled(d, "P2", "S1", "S1"), "quota_pools[1].schools[1]", "两次"),
    (lambda d: pooled(d, "P1", "S1", "S7"), "quota_pools[1].id", "P1"),
    (lambda d: pooled(d, "S4", "S1", "S7"), "quota_pools[1].id", "S4"),
    (lambda d: pooled(d, "H2", "S1", "S7"), "quota_pools[1].id", "H2"),
    (lambda d: pooled(d, "Z1", "S1", "S7"), "quota_pools[1].id", "Z1"),
    (lambda d: earlier(d, senior_high="H9"), "past_quotas[3].senior_high", "H9"),
    (lambda d: earlier(d, junior_high="S5"), "past_quotas[3].junior_high", "S5"),
    (lambda d: earlier(d, filled=4), "past_quotas[3].filled", "3 个名额中录取了 4 个"),
    (lambda d: earlier(d, year=2020), "past_quotas[3].year", "2020"),
    (lambda d: earlier(d, year=2018), "past_quotas[3]", "past_quotas[2]"),
    (lambda d: lot(d, "S1", "S9"), "quota_lots[2].order[1]", "S9"),
    (lambda d: lot(d, "S1", "P1", "S1"), "quota_lots[2].order[2]", "第 1 号"),
    (lambda d: lot(d, "S1", senior_high="H9"), "quota_lots[2].senior_high", "H9"),
    (lambda d: lot(d, "S1", senior_high="H2"), "quota_lots[2].senior_high", "quota_lots[1]"),
    (lambda d: lot(d, "S1", senior_high=None), "quota_lots[2].senior_high", "quota_lots[0]"),
    (lambda d: pin(d, "H9", "S1"), "quota_pins[1].senior_high", "H9"),
    (lambda d: pin(d, "H1", "S5"), "quota_pins[1].junior_high", "S5"),
    (lambda d: pin(d, "H1", "P1"), "quota_pins[1]", "quota_pins[0]"),
]


@pytest.mark.parametrize(("change", "path", "said"), CASES)
def test_a_contradiction_is_told_once_with_its_path(
    change: Callable[[Data], None], path: str, said: str
) -> None:
    data = toy()
    change(data)
    (problem,) = found(data)
    assert problem.path == path
    assert said in tell(problem, "zh")
    assert "{" not in tell(problem, "zh")


def test_all_are_told_at_once() -> None:
    data = toy()
    high(data, 1, quota_places=91)
    figure(data, "graduates")
    pooled(data, "P2", "S1", "S9")
    earlier(data, filled=4, year=2021)
    lot(data, "S9")
    assert [p.path for p in found(data)] == [
        "senior_highs[0].quota_places",
        "schools[0].figures[0].name",
        "quota_pools[1].schools[1]",
        "past_quotas[3].year",
        "past_quotas[3].filled",
        "quota_lots[2].order[0]",
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda d: high(d, 1, quota_places=60, self_recruitment=20, specialty=10),
        lambda d: high(d, 1, quota_places=60, self_recruitment=20, unified=10),
        lambda d: high(d, 1, unified=10),  # the rule's share may be the rest
        lambda d: high(d, 3, specialty=5, unified=55),
        lambda d: lot(d, "S1", "S2", "S3", "P1"),  # who is pooled depends on the terms
        lambda d: earlier(d, filled=3),
    ],
)
def test_what_can_be_is_let_be(change: Callable[[Data], None]) -> None:
    data = toy()
    change(data)
    County.model_validate(data)
