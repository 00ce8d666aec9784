"""Decisions made beforehand that leave no plan are named; by hand on the toy county."""

from __future__ import annotations

from typing import Any

import pytest

from allocator.cli.entry import main
from allocator.county.county import County
from allocator.files import save
from allocator.insight.decided import against_decided
from allocator.samples import toy_scenario
from allocator.scenario import Scenario, with_rule
from allocator.solving import solve_scenario
from tests.staffing.toy import TOY, T, heads, varied

GOES_TO_C2 = ({"kind": "goes", "campus": "C2"},)


def of(county: County, **firmness: str) -> Scenario:
    found = toy_scenario().model_copy(update={"county": county, "admission": None})
    for rule, chosen in firmness.items():
        found = with_rule(found, "staffing", {"rule": rule, "firmness": chosen})
    return found


def status(scenario: Scenario) -> str:
    part = solve_scenario(scenario).part("staffing")
    assert part is not None
    return part.status


WRONG: list[tuple[Scenario, list[str]]] = [
    (  # T3 goes to S4 and nobody comes for S1
        of(heads(first="C4")),
        [
            "一校一长：示例城区初中：在岗校长0人，应为1人，差1人",
            "一校一长：示例东部初中：在岗校长2人，应为1人，差1人",
        ],
    ),
    (  # two principals in the roster, neither of them sent away
        of(varied({2: {"role": "principal"}})),
        ["一校一长：示例城区初中：在岗校长2人，应为1人，差1人"],
    ),
    (  # T12 has served two years of three
        of(heads(first="C4", second="C1"), head_term_cap="must"),
        ["书记校长任职年限：教师00012（T00012）：调离人数1人，应不超过0人，超出1人"],
    ),
    (  # T3 has served eleven years of ten, and nobody sends T3 anywhere
        of(heads(), head_term_cap="must"),
        ["书记校长任职年限：教师00003（T00003）：调离人数0人，应不少于1人，差1人"],
    ),
    (  # a teacher of a private school
        of(varied({20: {"pins": GOES_TO_C2}})),
        ["交流资格与暂缓情形：教师00020（T00020）：不应安排的交流1人，应不超过0人，超出1人"],
    ),
]


@pytest.mark.parametrize(("scenario", "said"), WRONG)
def test_what_was_decided_and_leaves_no_plan_is_named(scenario: Scenario, said: list[str]) -> None:
    assert list(against_decided(scenario, "zh")) == said
    assert status(scenario) == "infeasible"


@pytest.mark.parametrize(
    "scenario",
    [
        of(TOY),
        of(heads(first="C4", second="C1")),  # a swap
        of(heads(first="C4"), head_lock="off"),  # somebody may be proposed for S1
        of(heads(first="C4"), one_principal_lock="should"),
        of(varied({20: {"pins": GOES_TO_C2}}), pin_lock="off"),
    ],
)
def test_where_there_is_a_plan_nothing_is_in_its_way(scenario: Scenario) -> None:
    assert against_decided(scenario) == ()
    assert status(scenario) == "optimal"


def test_the_command_names_them_in_the_language_asked_for(tmp_path: Any, capsys: Any) -> None:
    path = tmp_path / "two.json"
    save(of(varied({2: {"role": "principal"}})), path)
    assert main(["--lang", "en", "solve", str(path)]) == 3
    told = capsys.readouterr().out
    assert "Decided beforehand, and against rules that must be kept:" in told
    assert "One principal a school: 示例城区初中: principals in post 2 people" in told
    assert main(["--lang", "zh", "solve", str(path)]) == 3
    assert "事先已定、而与硬性规则相抵的安排：" in capsys.readouterr().out


def test_an_appointment_counts_as_a_decision() -> None:
    result = {"teacher": T(3), "campus": "C2"}
    held = ({"id": "R1", "name": "示例", "kind": "application", "appointments": (result,)},)
    scenario = of(varied(rounds=held))
    assert [s.split("：")[1] for s in against_decided(scenario)] == ["示例城区初中"]
    assert status(scenario) == "infeasible"
