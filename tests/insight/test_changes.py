"""What differs from a published plan and why, counted by hand on the small county.

A needs 30 periods of Chinese and has four teachers of 10; B needs 15 and has one. A and B are
junior highs, so T1 to T4 at A and T6 at B are the people concerned.
"""

from __future__ import annotations

from typing import Any

import pytest

from allocator.county.county import County
from allocator.county.plan import Move, Plan
from allocator.insight import vocabulary as words
from allocator.insight.changes import changes
from allocator.modelling import Firmness
from allocator.scenario import Scenario, with_published, with_rule
from tests.insight import small_county as small

NOTHING = Plan()


def lenient(**firmness: Firmness) -> Scenario:
    """The small scenario without a cap on turnover, some rules as firm as told."""
    found = small.scenario()
    for rule, firm in {"turnover_cap": "off", "backbone_share": "off", **firmness}.items():
        choice: dict[str, Any] = {"rule": rule, "firmness": firm}
        found = with_rule(found, "staffing", choice)
    return found


def only(scenario: Scenario, published: Plan, plan: Plan, **more: Any) -> dict[Any, Any]:
    """The one row of the table."""
    (row,) = changes(with_published(scenario, published), plan, "en", **more).to_dict("records")
    return row


def sent(*numbers: int) -> Plan:
    return Plan(moves=tuple(small.move(n) for n in numbers))


def test_a_plan_as_published_has_no_change() -> None:
    table = changes(with_published(lenient(), sent(1, 5)), sent(1, 5))
    assert table.empty
    assert {"teacher", "why", "worse_by"} <= set(table.columns)


def test_where_nothing_is_published_nothing_differs() -> None:
    assert changes(lenient(), sent(1, 5)).empty


def test_a_move_that_was_not_published_is_told_with_the_goal_it_serves() -> None:
    row = only(lenient(), sent(1), sent(1, 2))
    assert (row["teacher"], row["against"]) == ("T2", "added")
    assert (row["published_school"], row["now_school"]) == ("A校", "B校")
    # without T2 there, B has what it needs and A too: nothing stands against taking it back
    assert row["why"] == "free"


def test_the_first_goal_that_gets_worse_is_named_with_how_much() -> None:
    # Without T1 at B, 5 of its 15 periods of Chinese are not taught: a third, at price 1.
    row = only(lenient(), sent(5), sent(5, 1))
    assert (row["why"], row["worse_by"], row["unit"]) == ("worse", 5.0, "priced")
    assert row["because"] == "uncovered periods, priced"


def test_a_must_rule_that_excludes_the_published_placement_is_named() -> None:
    county = small.county()
    people = [
        t.model_copy(update={"exemptions": ("medical",)}) if t.id == "T1" else t
        for t in county.teachers
    ]
    scenario = small.scenario(teachers=people)
    row = only(scenario, sent(1), NOTHING)
    assert (row["against"], row["why"]) == ("not_made", "excluded")
    assert (row["because"], row["worse_by"]) == ("Eligibility and exemptions", 1.0)
    assert "medical" not in str(row)


def test_a_must_rule_that_would_be_broken_is_named_with_how_much() -> None:
    # At most a fifth of six leaves A, rounded up to one: T1 has left, T2 would be the second,
    # and the second to arrive at B.
    scenario = with_rule(lenient(), "staffing", {"rule": "turnover_cap", "firmness": "must"})
    row = only(scenario, sent(1, 2), sent(1))
    assert (row["teacher"], row["why"], row["worse_by"]) == ("T2", "breaks", 2.0)
    assert row["because"] == "Cap on a school's turnover"


def test_what_no_plan_can_contain_any_more_is_called_impossible() -> None:
    other_stage = small.move(1).model_copy(update={"destination": "C1.primary"})
    row = only(lenient(), Plan(moves=(other_stage,)), NOTHING)
    assert (row["against"], row["why"]) == ("not_made", "impossible")


def test_beyond_the_limit_changes_are_listed_and_not_examined() -> None:
    table = changes(with_published(lenient(), sent(1, 2, 3)), NOTHING, most=1)
    assert table["teacher"].tolist() == ["T1", "T2", "T3"]
    assert table["why"].tolist()[1:] == ["not_examined"] * 2
    assert table["why"].tolist()[0] != "not_examined"


def test_a_published_move_made_differs_in_nothing_though_its_term_does() -> None:
    late = small.move(1).model_copy(update={"start": "2019-09", "years": 1})
    assert changes(with_published(lenient(), Plan(moves=(late,))), sent(1)).empty


def test_every_reason_has_words() -> None:
    assert set(words.WHY) == {
        "excluded", "breaks", "worse", "impossible", "free", "not_examined",
    }  # fmt: skip
    assert set(words.AGAINST) == {"not_made", "kind", "other", "added"}


@pytest.mark.parametrize("published", [sent(1, 2), sent(4), sent(2, 5)])
def test_reordering_teachers_and_moves_gives_the_same_table(published: Plan) -> None:
    scenario = lenient()
    data = scenario.county.model_dump()
    turned = scenario.model_copy(
        update={"county": County.model_validate(data | {"teachers": data["teachers"][::-1]})}
    )
    back = Plan(moves=tuple(reversed(published.moves)))
    plan, again = sent(1, 5), sent(5, 1)
    one = changes(with_published(scenario, published), plan)
    two = changes(with_published(turned, back), again)
    assert one.equals(two)


def _moves(table: Any) -> list[tuple[str, str]]:
    return list(zip(table["teacher"], table["against"], strict=True))


def test_kinds_of_change_are_told_apart() -> None:
    scenario = small.scenario()
    county = small.county()
    third = small.school("D", "E", "junior", 1, 100, (30, 30))
    scenario = scenario.model_copy(
        update={"county": small.county(schools=(*county.schools, third))}
    )
    elsewhere: Move = small.move(2).model_copy(update={"destination": "D1.junior"})
    plan = Plan(moves=(elsewhere, small.move(3)))
    table = changes(with_published(scenario, sent(1, 2)), plan, most=0)
    assert _moves(table) == [("T1", "not_made"), ("T2", "other"), ("T3", "added")]
