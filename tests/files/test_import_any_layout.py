"""A roster in any order of columns, its values written in any way, is no change."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from allocator.files.intake.proposal import propose
from allocator.records import table
from allocator.samples.generator import generate_county
from allocator.scenario import Scenario, Staffing
from tests.sheets import book, questions, told, toy

TEACHERS = table("teachers")
_KEPT = ("certificates", "pin", "not_to", "term_home", "term_started", "term_ends", "term_goes_on")


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


_MONTH: tuple[Callable[[int, int], Any], ...] = (
    lambda y, m: f"{y}-{m:02d}",
    lambda y, m: f"{y}.{m:02d}",
    lambda y, m: f"{y}年{m}月",
    lambda y, m: f"{y}/{m}",
    lambda y, m: f"{y}{m:02d}",
    lambda y, m: date(y, m, 15),
    lambda y, m: _wide(f"{y}年{m:02d}月"),
    lambda y, m: f" {y}.{m:02d}　",
)
_YES, _NO = ("是", "√", "1", "Y", "有", 1), ("否", "×", "0", "N", "无", 0, None)


def written(value: Any, kind: str, rng: random.Random) -> Any:
    """A plain value as somebody might write it."""
    if value is None or value == "":
        return rng.choice((None, "", "　"))
    if kind == "month":
        year, month = str(value).split("-")
        return rng.choice(_MONTH)(int(year), int(month))
    if kind == "flag":
        return rng.choice(_YES if value else _NO)
    if kind in ("choices", "list"):
        return rng.choice(("、", "，", ",", "；")).join(value) or rng.choice((None, "无", "/"))
    if kind in ("whole", "number"):
        return rng.choice((value, str(value), _wide(str(value)), f" {value} "))
    return rng.choice((value, f" {value}", f"{value}　"))


def sheet(scenario: Scenario, rng: random.Random) -> list[list[Any]]:
    """The roster in a random layout."""
    columns = [name for name in TEACHERS.fields if name not in _KEPT]
    needed = ["id", "name"]
    columns = needed + rng.sample(columns[2:], rng.randint(1, len(columns) - 2))
    rng.shuffle(columns)
    rows = [[TEACHERS.heading(name).zh for name in columns]]
    for record in TEACHERS.rows(scenario.county).values():
        fields = TEACHERS.fields
        said = {n: fields[n].spoken(record[n], scenario.county, "zh") for n in columns}
        rows.append([written(said[n], fields[n].kind, rng) for n in columns])
    body = rows[1:]
    rng.shuffle(body)
    above = [["教师名册"]] * rng.randint(0, 2)
    return [*above, rows[0], *body]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**6))
def test_the_toy_roster_in_any_layout_is_no_change(seed: int) -> None:
    made = propose(toy(), [book({"教师": sheet(toy(), random.Random(seed))})])
    assert told(made) == []
    assert questions(made) == []
    assert not any(t.any for t in made.tables)
    assert made.scenario == toy()


@pytest.mark.parametrize("seed", [1, 2])
def test_a_generated_roster_in_any_layout_is_no_change(seed: int) -> None:
    county = generate_county(teachers=1500, seed=seed)
    scenario = Scenario(title="示例", county=county, staffing=Staffing())
    made = propose(scenario, [book({"教师": sheet(scenario, random.Random(seed))})])
    assert told(made) == []
    assert questions(made) == []
    assert made.scenario == scenario
