"""Faults in rules of famous teachers, balance and heads and in tiers: at once, both languages."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from allocator.county.frozen import DataError
from allocator.files import load, text_of
from allocator.samples import toy_scenario
from allocator.words import tell

TOY = json.loads(text_of(toy_scenario()))
MOVE = {
    "teacher": "T00001", "origin": "C1.junior", "destination": "C2.junior", "kind": "secondment",
    "ground": "exchange", "start": "2020-09", "years": 3,
}  # fmt: skip


def told(folder: Path, lang: Any, **staffing: Any) -> list[str]:
    """What is said of the toy county with some rules of the staffing part, and more of it."""
    data = copy.deepcopy(TOY)
    data["staffing"] = staffing
    path = folder / "scenario.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load(path)
    return [tell(p, lang) for p in caught.value.problems]


def test_every_wrong_parameter_is_told_with_its_path(tmp_path: Path) -> None:
    rules = [
        {"rule": "famous_teacher_floor", "parameters": {"per_100": -1, "areas": [], "seconded": 2}},
        {"rule": "balance_cap", "parameters": {"binds": "median", "indicators": ["L1", "L8"]}},
        {"rule": "head_lock", "firmness": "should"},
        {"rule": "head_term_cap", "parameters": {"at_least": 7, "at_most": 5}},
        {"rule": "resource_floor", "firmness": "must"},
    ]
    assert told(tmp_path, "en", rules=rules) == [
        "staffing.rules[0].parameters.per_100: -1 is too small: at least 0",
        "staffing.rules[0].parameters.areas: 0 entries are too few: at least 1",
        "staffing.rules[0].parameters.seconded: 2 is too large: at most 1",
        "staffing.rules[1].parameters.binds: median is not one of the choices: "
        "choose each / largest / mean",
        "staffing.rules[1].parameters.indicators[1]: L8 is not one of the choices: "
        "choose L1 / L2 / L3 / L4 / L5 / L6 / L7",
        "staffing.rules[2].firmness: should is not one of the choices: choose must / off",
        "staffing.rules[3].parameters.at_least: 7 is too large: at most 6",
        "staffing.rules[3].parameters.at_most: 5 is too small: at least 6",
        "staffing.rules[4].firmness: must is not one of the choices: choose watch / off",
    ]


def test_in_chinese_no_english_word_is_left_between_the_choices(tmp_path: Path) -> None:
    rules = [{"rule": "balance_cap", "parameters": {"binds": "median"}},
             {"rule": "head_lock", "firmness": "should"}]  # fmt: skip
    assert told(tmp_path, "zh", rules=rules) == [
        "staffing.rules[0].parameters.binds：median 不在可选范围内：请选 each / largest / mean",
        "staffing.rules[1].firmness：should 不在可选范围内：请选 must / off",
    ]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "staffing.rules[0].parameters.indicators: something is listed twice: keep it once"),
        ("zh", "staffing.rules[0].parameters.indicators：有重复项：请只保留一次"),
    ],
)
def test_a_list_with_something_twice_is_told_in_the_language_asked_for(
    tmp_path: Path, lang: str, said: str
) -> None:
    rules = [{"rule": "balance_cap", "parameters": {"indicators": ["L1", "L1"]}}]
    assert told(tmp_path, lang, rules=rules) == [said]


def test_tiers_and_published_moves_are_told_together(tmp_path: Path) -> None:
    moves = [MOVE, MOVE | {"destination": "C3.junior"}, MOVE | {"teacher": "T9"}]
    found = told(
        tmp_path, "en", goals=["coverage", "beauty", "coverage"], terms={"published": moves}
    )
    assert found == [
        "staffing.goals[1]: goal beauty is unknown: choose from coverage, famous, famous_share, "
        "rates, balance, vacancies, wishes, stability, travel",
        "staffing.goals[2]: goal coverage is listed twice: keep it once",
        "staffing.terms.published[2].teacher: teacher T9 of the published plan is not in the "
        "roster: remove the move",
        "staffing.terms.published[1].teacher: teacher T00001 is moved twice in the published plan, "
        "first at staffing.terms.published[0]: keep one",
    ]


def test_a_wrong_parameter_hides_neither_the_order_of_goals_nor_a_rule_listed_twice(
    tmp_path: Path,
) -> None:
    rules = [
        {"rule": "balance_cap", "parameters": {"binds": "median"}},
        {"rule": "head_lock", "firmness": "off"},
        {"rule": "head_lock", "firmness": "must"},
    ]
    moves = [MOVE | {"destination": "C99.junior"}]
    found = told(tmp_path, "en", rules=rules, goals=["beauty"], terms={"published": moves})
    assert found == [
        "staffing.rules[0].parameters.binds: median is not one of the choices: "
        "choose each / largest / mean",
        "staffing.rules: rule head_lock is listed twice: keep one",
        "staffing.goals[0]: goal beauty is unknown: choose from coverage, famous, famous_share, "
        "rates, balance, vacancies, wishes, stability, travel",
        "staffing.terms.published[0].destination: section C99.junior of the published plan is not "
        "in this county: remove the move",
    ]


def test_faults_of_a_part_are_told_once(tmp_path: Path) -> None:
    found = told(tmp_path, "en", goals=["beauty"])
    assert len(found) == len(set(found)) == 1
