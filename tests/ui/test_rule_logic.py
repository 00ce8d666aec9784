"""What the rules page asks of the logic: today's readings, filters, presets, goals, terms."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from allocator.audit import audit
from allocator.county.plan import Plan
from allocator.county.quotas import SchoolFigure
from allocator.insight.registry import REGISTRY, TIERS
from allocator.scenario import Scenario, presets
from allocator.scenario import preset as preset_of
from allocator.ui.logic import kept_edits
from allocator.ui.logic.draft import Draft
from allocator.ui.logic.edits import Edit
from allocator.ui.logic.goal_order import MEANING, moved, paid_by, suggested
from allocator.ui.logic.obstacles import obstacles
from allocator.ui.logic.rule_filter import Since, Wanted, other_than, shown, since, since_result
from allocator.ui.logic.term_controls import (
    Term,
    columns,
    terms,
    unworded,
    with_term,
    with_weight,
)
from allocator.ui.logic.today import Today


@pytest.fixture
def draft(toy: Scenario) -> Draft:
    return Draft("own/toy", toy, toy)


def test_todays_reading_is_the_audit_of_an_empty_plan(toy: Scenario) -> None:
    said = Today(toy.county).said(toy, "zh")
    judged = audit(toy, Plan(), ("staffing",)).verdicts
    assert {rule: s.kept for rule, s in said.items()} == {v.rule: v.kept for v in judged}
    assert any(not s.kept for s in said.values())


def test_todays_reading_follows_the_parameters(draft: Draft) -> None:
    today = Today(draft.scenario.county)
    before = today.said(draft.scenario, "zh")["exchange_rate_floor"]
    rule = {
        "rule": "exchange_rate_floor",
        "firmness": "should",
        "parameters": {"at_least": 0},
    }
    edited = draft.with_edit(Edit("rule", ("staffing", "exchange_rate_floor"), rule))
    after = today.said(edited.scenario, "zh")["exchange_rate_floor"]
    assert (before.kept, after.kept) == (False, True)


def test_a_rule_is_read_once_for_the_same_parameters(
    draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    from allocator.staffing.rules.exchange_rate import ExchangeRateFloor

    read = []
    original = ExchangeRateFloor.readings

    def counted(self, county, plan):
        read.append(self)
        return original(self, county, plan)

    monkeypatch.setattr(ExchangeRateFloor, "readings", counted)
    today = Today(draft.scenario.county)
    today.said(draft.scenario, "zh")
    today.said(draft.with_firmness("staffing", "turnover_cap", "watch").scenario, "zh")
    today.said(draft.with_firmness("staffing", "exchange_rate_floor", "must").scenario, "en")
    assert len(read) == 1


def test_rules_are_found_by_words_firmness_and_mark(draft: Draft) -> None:
    edited = draft.with_firmness("staffing", "turnover_cap", "watch")
    assert len(shown(draft, Wanted(), {})) == sum(map(len, REGISTRY.values()))
    found = [rule.name for _, rule in shown(edited, Wanted(firmness=("watch",)), {})]
    assert "turnover_cap" in found
    assert "exchange_rate_floor" not in found
    marked = {"changed": edited.changed}
    kept = shown(edited, Wanted(mark="changed"), marked)
    assert [(part, rule.name) for part, rule in kept] == [("staffing", "turnover_cap")]
    assert [r.name for _, r in shown(draft, Wanted("骨干比例"), {})] == ["backbone_share"]
    assert not shown(draft, Wanted("no such rule"), {})


def test_what_changed_since_the_result_is_told(draft: Draft) -> None:
    edited = draft.with_firmness("staffing", "turnover_cap", "watch")
    assert since_result(edited.scenario, draft.scenario) == {("staffing", "turnover_cap")}
    assert since_result(draft.scenario, draft.scenario) == set()
    assert since_result(edited.scenario, None) == set()


def test_goals_terms_and_data_changed_since_the_result_are_told(draft: Draft) -> None:
    assert draft.scenario.admission is not None
    order = list(reversed(draft.scenario.admission.goals))
    teacher = draft.scenario.county.teachers[0].id
    steps = [
        Edit("goals", ("admission",), order),
        Edit("terms", ("staffing", "years"), 4),
        Edit("cell", ("teachers", teacher, "points"), 77),
    ]
    edited = draft
    for step in steps:
        edited = edited.with_edit(step)
    assert not edited.wrong
    assert since(edited.scenario, draft.saved) == Since(0, ("admission",), ("staffing",), True)
    assert since(draft.saved, draft.saved) == Since(0, (), (), False)


@pytest.mark.parametrize("name", [p.name for p in presets()])
def test_a_preset_taken_over_differs_in_nothing(draft: Draft, name: str) -> None:
    base = preset_of(name)
    taken = draft.with_edit(Edit("preset", ("staffing",), name))
    assert not taken.wrong
    assert other_than(taken.scenario, base) == set()
    other = taken.with_firmness("staffing", "pin_lock", "off")
    assert other_than(other.scenario, base) == {("staffing", "pin_lock")}
    assert taken.undo().scenario == draft.saved


def test_every_tier_has_a_meaning() -> None:
    assert {tier for tiers in TIERS.values() for tier in tiers} <= MEANING.keys()


@pytest.mark.parametrize(
    ("tier", "by", "expected"),
    [("b", -1, "bac"), ("b", 1, "acb"), ("a", -1, "abc"), ("c", 1, "abc"), ("a", 2, "bca")],
)
def test_a_goal_moves_as_far_as_it_goes(tier: str, by: int, expected: str) -> None:
    assert moved(["a", "b", "c"], tier, by) == list(expected)


def test_the_usual_order_is_that_of_the_preset(draft: Draft) -> None:
    assert draft.scenario.staffing is not None
    assert suggested(draft.scenario, "staffing") == list(draft.scenario.staffing.goals)
    taken = draft.with_edit(Edit("preset", ("staffing",), "hefei"))
    order = suggested(taken.scenario, "staffing")
    assert order.index("rates") < order.index("famous")
    made = taken.with_edit(Edit("goals", ("staffing",), list(preset_of("hefei").goals)))
    assert made.scenario.staffing is not None
    assert list(made.scenario.staffing.goals) == order


def test_only_rules_wished_for_pay_in_a_tier(draft: Draft) -> None:
    before = paid_by(draft.scenario, "staffing", "rates", "zh")
    must = draft.with_firmness("staffing", "exchange_rate_floor", "must")
    after = paid_by(must.scenario, "staffing", "rates", "zh")
    assert set(before) - set(after) == {"教师交流比例"}


def test_every_term_has_words_or_a_form_of_its_own() -> None:
    assert unworded() == []


EVERY = [*terms("staffing"), *terms("admission")]


def _named(name: str) -> Term:
    return next(t for t in EVERY if t.path == (name,))


@pytest.mark.parametrize("term", EVERY, ids=[".".join(t.place) for t in EVERY])
def test_every_term_survives_its_control(draft: Draft, term: Term) -> None:
    seen = term.control.shown(term.value(draft.scenario))
    same = with_term(draft, term, seen, "zh")
    assert not same.wrong
    assert same.scenario == draft.scenario


@pytest.mark.parametrize(
    ("name", "raw", "stored"),
    [
        ("years", 4, 4),
        ("start", "2021-09", "2021-09"),
        ("private_factor", 50, Decimal("0.5")),
        ("rounding", "controlled", "controlled"),
        ("pool_below", 60, 60),
    ],
)
def test_a_term_is_folded_in_and_written_down(
    draft: Draft, name: str, raw: object, stored: object
) -> None:
    term = _named(name)
    edited = with_term(draft, term, raw, "zh")
    assert term.value(edited.scenario) == stored
    plain = json.loads(json.dumps([e.plain() for e in edited.history]))
    again = draft.with_edits([Edit.of(e) for e in plain])
    assert term.value(again.scenario) == stored


@pytest.mark.parametrize(("name", "raw"), [("years", 40), ("start", "2020-13"), ("start", "")])
def test_an_impossible_term_is_noted_and_a_good_one_clears_it(
    draft: Draft, name: str, raw: object
) -> None:
    term = _named(name)
    wrong = with_term(draft, term, raw, "zh")
    assert wrong.scenario is draft.scenario
    assert wrong.wrong[term.place].raw == raw
    good = term.control.shown(term.value(draft.scenario))
    assert not with_term(wrong, term, good, "zh").wrong


def test_a_formula_is_made_of_weights(draft: Draft) -> None:
    made = with_weight(with_weight(draft, "formula", "graduates", 1.0), "formula", "registered", 2)
    held = made.scenario.admission
    assert held is not None
    assert [(c.column, c.weight) for c in held.terms.formula] == [
        ("graduates", 1), ("registered", 2)
    ]  # fmt: skip
    out = with_weight(made, "formula", "graduates", None).scenario.admission
    assert out is not None
    assert [c.column for c in out.terms.formula] == ["registered"]
    refused = with_weight(made, "formula", "graduates", -1)
    assert refused.scenario is made.scenario
    assert ("admission", "formula", "graduates") in refused.wrong


def test_figures_of_the_bureau_are_columns_of_the_base(toy: Scenario) -> None:
    first, *others = toy.county.schools
    own = first.model_copy(update={"figures": (SchoolFigure(name="借读", amount=Decimal(3)),)})
    county = toy.county.model_copy(update={"schools": (own, *others)})
    assert list(columns(county)) == ["registered", "graduates", "借读"]


def test_rules_that_leave_no_division_are_told_at_once(draft: Draft) -> None:
    found = obstacles(draft.scenario)
    assert found is not None
    assert found.problems == ()
    assert obstacles(draft.scenario, found) is found
    choice = {"rule": "school_minimum_floor", "firmness": "must", "parameters": {"per_school": 99}}
    greedy = draft.with_edit(Edit("rule", ("admission", "school_minimum_floor"), choice))
    again = obstacles(greedy.scenario, found)
    assert again is not None
    assert again.problems


def test_a_base_of_one_column_asks_for_the_column(draft: Draft) -> None:
    found = obstacles(with_term(draft, _named("base"), "column", "zh").scenario)
    assert found is not None
    assert [p.path for p in found.problems] == ["admission.terms.column"]


def test_a_scenario_without_quotas_has_no_obstacles(toy: Scenario) -> None:
    assert obstacles(toy.model_copy(update={"admission": None})) is None


def test_only_the_place_of_a_refused_term_is_marked(draft: Draft) -> None:
    marked = with_term(draft, _named("years"), 40, "zh")
    both = with_term(marked, _named("minutes_per_move"), 9999, "zh")
    assert set(both.wrong) == {("staffing", "years"), ("staffing", "minutes_per_move")}
    assert set(with_term(both, _named("years"), 3, "zh").wrong) == {
        ("staffing", "minutes_per_move")
    }


@pytest.mark.usefixtures("home")
def test_terms_survive_a_restart(draft: Draft) -> None:
    window = kept_edits.fresh_id()
    edited = with_term(draft, _named("years"), 5, "zh")
    kept_edits.write_down(window, edited)
    back = kept_edits.take_up(window, replace(draft))
    assert _named("years").value(back.scenario) == 5
