"""Presets: every one loads, one line takes it, what stands beside it wins, saved files keep all."""

from __future__ import annotations

import json
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from allocator.cli import main
from allocator.county.frozen import DataError
from allocator.files import load, save, text_of
from allocator.samples import toy_scenario
from allocator.scenario import (
    Preset,
    Scenario,
    Staffing,
    default_choices,
    difference,
    preset,
    presets,
    with_rule,
)
from allocator.scenario.registry import STAFFING_CHOICES
from allocator.staffing.rules import RULES

FILES = [
    f for f in files("allocator.scenario").joinpath("presets").iterdir() if f.name.endswith(".json")
]


def _document(staffing: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text_of(toy_scenario()))
    return found | {"staffing": staffing}


def _loaded(tmp_path: Path, staffing: Any) -> Scenario:
    path = tmp_path / "scenario.json"
    path.write_text(json.dumps(_document(staffing)), "utf-8")
    return load(path)


def _staffing(tmp_path: Path, staffing: Any) -> Staffing:
    found = _loaded(tmp_path, staffing).staffing
    assert found is not None
    return found


def _choice(staffing: Staffing, rule: str) -> Any:
    (found,) = [c for c in staffing.rules if c.rule == rule]
    return found


def _rule(name: str) -> Any:
    (found,) = [r for r in RULES if r.name == name]
    return found


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_preset_names_registered_rules_and_tiers_and_its_sources(file) -> None:
    data = json.loads(file.read_text("utf-8"))
    read = Preset.model_validate(data)
    assert f"{read.name}.json" == file.name
    assert read in presets()
    assert read.notes
    assert all(text.zh and text.en for text in (read.title, *read.notes))
    made = Staffing(preset=read.name)
    assert {c.rule for c in made.rules} == {r["rule"] for r in data["rules"]}
    assert sorted(made.goals) == sorted(Staffing().goals)


def test_the_numbers_are_those_of_the_documents() -> None:
    def asked(name: str, rule: str, parameter: str) -> Any:
        return getattr(preset(name).choice(_rule(rule)).parameters, parameter)

    assert len(presets()) == len(FILES) >= 4
    for name in ("national-2014", "cixi-plan", "hefei"):
        assert asked(name, "sending_school_rate_floor", "at_least") == Decimal("0.1")
        assert asked(name, "backbone_share", "at_least") == Decimal("0.2")
    assert asked("zhejiang-2013", "backbone_rate_floor", "at_least") == Decimal("0.15")
    assert asked("hefei", "graduating_rate_floor", "at_least") == Decimal("0.3")
    assert asked("cixi-plan", "exchange_rate_floor", "at_least") == Decimal("0.17")
    assert asked("cixi-plan", "famous_teacher_floor", "per_100") == 1


def test_a_rule_that_is_not_registered_is_an_error() -> None:
    data = json.loads(FILES[0].read_text("utf-8"))
    data["rules"][0]["rule"] = "renamed_rule"
    with pytest.raises(ValidationError):
        Preset.model_validate(data)


def test_one_line_takes_a_preset(tmp_path: Path) -> None:
    found = _staffing(tmp_path, {"preset": "national-2014"})
    assert found.preset == "national-2014"
    assert found.rules == preset("national-2014").rules
    assert found.goals[:2] == ("coverage", "rates")
    # not in the preset, so off, though on by default
    assert "famous_teacher_floor" not in {c.rule for c in found.rules}


def test_a_rule_beside_a_preset_overrides_only_what_it_names(tmp_path: Path) -> None:
    beside = [
        {"rule": "exchange_rate_floor", "firmness": "must"},
        {"rule": "balance_cap", "parameters": {"junior_at_most": 0.4}},
        {"rule": "backbone_share", "firmness": "off"},
    ]
    found = _staffing(tmp_path, {"preset": "cixi-plan", "rules": beside})
    rate, cap = _choice(found, "exchange_rate_floor"), _choice(found, "balance_cap")
    assert (rate.firmness, rate.parameters.at_least) == ("must", Decimal("0.17"))
    assert (cap.firmness, cap.parameters.junior_at_most) == ("should", Decimal("0.4"))
    assert cap.parameters.primary_at_most == Decimal("0.3")
    assert _choice(found, "backbone_share").firmness == "off"
    assert len(found.rules) == len(preset("cixi-plan").rules)


def test_a_rule_whose_firmness_is_not_named_stays_as_firm_as_the_preset_has_it() -> None:
    # only watched in the preset, must by default
    beside = {"rule": "backbone_share", "parameters": {"at_least": 0.3}}
    made = Staffing.model_validate({"preset": "zhejiang-2013", "rules": [beside]})
    share = _choice(made, "backbone_share")
    assert (share.firmness, share.parameters.at_least) == ("watch", Decimal("0.3"))


def test_a_rule_the_preset_does_not_have_can_stand_beside_it(tmp_path: Path) -> None:
    beside = [{"rule": "famous_teacher_floor", "parameters": {"per_100": 2}}]
    found = _staffing(tmp_path, {"preset": "hefei", "rules": beside})
    famous = _choice(found, "famous_teacher_floor")
    assert (famous.firmness, famous.parameters.per_100) == ("should", 2)


def test_an_order_of_goals_in_the_file_wins_over_the_presets(tmp_path: Path) -> None:
    goals = list(reversed(Staffing().goals))
    assert _staffing(tmp_path, {"preset": "hefei", "goals": goals}).goals == tuple(goals)


def test_a_saved_scenario_states_the_rules_in_full_and_loads_as_it_was(tmp_path: Path) -> None:
    made = _loaded(tmp_path, {"preset": "cixi-plan"})
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    save(made, first)
    again = load(first)
    save(again, second)
    assert again == made
    assert first.read_bytes() == second.read_bytes()
    said = json.loads(first.read_text("utf-8"))["staffing"]
    assert said["preset"] == "cixi-plan"
    for choice in said["rules"]:
        assert set(choice["parameters"]) == set(_rule(choice["rule"]).model_fields)


def test_what_is_missing_from_a_file_in_full_stays_off_when_a_preset_grows(tmp_path: Path) -> None:
    made = _loaded(tmp_path, {"preset": "cixi-plan"})
    staffing = json.loads(text_of(made))["staffing"]
    older = {**staffing, "rules": staffing["rules"][:-1]}
    assert len(_staffing(tmp_path, older).rules) == len(staffing["rules"]) - 1


def test_a_scenario_without_a_preset_is_written_without_one() -> None:
    assert "preset" not in json.loads(text_of(toy_scenario()))["staffing"]


def test_editing_a_rule_keeps_the_presets_name(tmp_path: Path) -> None:
    made = _loaded(tmp_path, {"preset": "hefei"})
    edited = with_rule(made, "staffing", {"rule": "turnover_cap", "firmness": "off"}).staffing
    assert isinstance(edited, Staffing)
    assert edited.preset == "hefei"
    assert [(d.rule, d.firmness, d.parameters) for d in difference(edited, preset("hefei"))] == [
        ("turnover_cap", ("must", "off"), ())
    ]


def test_an_unknown_preset_is_told_with_its_path_and_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        _loaded(tmp_path, {"preset": "cixi"})
    (problem,) = caught.value.problems
    assert problem.path == "staffing.preset"
    assert problem.details["known"] == ", ".join(p.name for p in presets())


def test_faults_beside_a_preset_keep_their_place_in_the_file(tmp_path: Path) -> None:
    beside = [
        {"rule": "backbone_share", "parameters": {"at_least": 2}},
        {"rule": "no_such_rule"},
        "x",
        {"rule": "balance_cap", "parameters": []},
    ]
    with pytest.raises(DataError) as caught:
        _loaded(tmp_path, {"preset": "cixi-plan", "rules": beside})
    assert {p.path for p in caught.value.problems} == {
        "staffing.rules[0].parameters.at_least",
        "staffing.rules[1]",
        "staffing.rules[2]",
        "staffing.rules[3].parameters",
    }


@pytest.mark.parametrize("wrong", [7, ["cixi-plan"], {}])
def test_a_preset_that_is_no_name_is_refused(wrong: Any, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        _loaded(tmp_path, {"preset": wrong})
    assert {p.path for p in caught.value.problems} == {"staffing.preset"}


def test_a_rule_listed_twice_beside_a_preset_is_told(tmp_path: Path) -> None:
    twice = [{"rule": "backbone_share"}, {"rule": "backbone_share", "firmness": "should"}]
    with pytest.raises(DataError) as caught:
        _loaded(tmp_path, {"preset": "cixi-plan", "rules": twice})
    assert {p.path for p in caught.value.problems} == {"staffing.rules"}


def test_nothing_differs_from_the_preset_it_was_made_of() -> None:
    for known in presets():
        assert difference(Staffing(preset=known.name), known) == ()


def test_differences_from_the_defaults_are_counted_rule_by_rule() -> None:
    base = preset("cixi-plan")
    default = Staffing(rules=default_choices(STAFFING_CHOICES))
    capped = {"rule": "balance_cap", "parameters": {"primary_at_most": 0.2, "junior_at_most": 0.2}}
    listed = [c.model_dump(mode="json") for c in default.rules if c.rule != "balance_cap"]
    changed = Staffing.model_validate({"rules": [*listed, capped]})
    found = {d.rule: (d.firmness, d.parameters) for d in difference(changed, base)}
    assert found["balance_cap"] == (None, ("primary_at_most", "junior_at_most"))
    assert found["surplus_transfer_lock"] == (("must", "off"), ())
    assert "exchange_rate_floor" not in found


def test_rules_off_on_both_sides_do_not_differ() -> None:
    off = {"rule": "famous_teacher_floor", "firmness": "off", "parameters": {"per_100": 3}}
    made = Staffing.model_validate({"preset": "hefei", "rules": [off]})
    assert difference(made, preset("hefei")) == ()


def test_the_command_lists_every_preset_with_its_notes(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["presets", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    for known in presets():
        assert f"{known.name}:" in shown
        assert all(n.zh in shown and n.en in shown for n in known.notes)
    assert '"staffing": {"preset": "NAME"}' in shown


def test_rules_are_shown_as_a_preset_sets_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--preset", "cixi-plan", "--part", "staffing", "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    transfers = shown[shown.index("(surplus_transfer_lock)") :]
    assert transfers[: transfers.index("allowed")].endswith("firmness: must (")
    assert main(["rules", "--preset", "nowhere"]) == 2
    assert "cixi-plan" in capsys.readouterr().err
