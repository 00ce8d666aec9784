"""Quota places at once: what a moved number does to the table, counted apart."""

from collections import Counter

from streamlit.testing.v1 import AppTest

from allocator.scenario import Scenario, with_rule
from allocator.solving.solve import solve_scenario
from allocator.ui.logic.instant_quotas import TERMS, look, moved, quota_dials, quota_terms
from tests.ui.conftest import goto


def test_the_figures_are_those_of_a_whole_run(toy: Scenario) -> None:
    outcome = solve_scenario(toy, parts=("admission",))
    columns: Counter[str] = Counter()
    for cell in outcome.plan.quotas:
        columns[cell.junior_high] += cell.places
    now = look(toy)
    assert now.proven
    assert now.columns is not None
    assert {id: n for id, n in now.columns.items() if n} == dict(columns)
    assert now.values["places"] == sum(columns.values())
    assert now.values["most"] == max(columns.values())


def test_a_share_moved_is_seen_at_once(toy: Scenario) -> None:
    rule = {"rule": "quota_share_floor", "parameters": {"at_least": "0.9"}}
    more = look(with_rule(toy, "admission", rule))
    assert more.values["places"] > look(toy).values["places"]
    assert more.values["share"] >= 0.9


def test_places_moved_are_counted_once() -> None:
    assert moved({"a": 3, "b": 5}, {"a": 5, "b": 3}) == 2
    assert moved({"a": 3}, {"a": 3}) == 0
    # Places that were not there before are moved to somebody, too.
    assert moved({"a": 4}, {"a": 3}) == 1
    assert moved({"a": 4}, {"b": 4}) == 4


def test_what_cannot_be_divided_is_told(toy: Scenario) -> None:
    rule = {"rule": "school_minimum_floor", "firmness": "must", "parameters": {"per_school": 100}}
    now = look(with_rule(toy, "admission", rule))
    assert now.problems
    assert now.columns is None


def test_every_term_offered_is_there() -> None:
    assert {term.path[-1] for term in quota_terms()} == set(TERMS)


def test_a_number_moved_on_the_page_changes_its_figures(page: AppTest, toy: Scenario) -> None:
    goto(page, "solve")
    page.toggle(key="instant-mode").set_value(True).run()
    assert not page.exception
    assert "quota_share_floor.at_least" in {d.code for d in quota_dials(toy)}
    before = [m.value for m in page.markdown if "名额合计" in m.value]
    page.slider(key="instant/own/toy/quota_share_floor.at_least/0").set_value(90.0).run()
    assert not page.exception
    after = [m.value for m in page.markdown if "名额合计" in m.value]
    assert len(before) == len(after) == 1
    assert before != after
    assert page.session_state["drafts"]["own/toy"][1].edits
    page.toggle(key="instant-mode").set_value(False).run()
