"""Walking and second subjects, counted by hand: what a plan may hold and what the rule reads.

In the toy county C1 needs 6 periods of music and has T6 and T7 with 8 each; C2 needs 6, C3 needs
2 and C4 needs 4, and have nobody. C2 is 29 minutes from C1, C3 is 23, C4 is 51.
"""

from __future__ import annotations

from typing import Any

import pytest

from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.plan import Plan, Teaching
from allocator.staffing.decode import today
from allocator.staffing.goals.coverage import Coverage, price
from allocator.staffing.placement import placement
from allocator.staffing.rules.walking import Walking
from tests.staffing.toy import TOY, T, varied


def teach(teacher: int, campus: str, periods: int, subject: str = "music") -> Teaching:
    stage = TOY.teacher[T(teacher)].stage
    return Teaching(
        teacher=T(teacher), section=f"{campus}.{stage}", subject=subject, periods=periods
    )


def plan(*entries: Teaching) -> Plan:
    return Plan(teaching=entries)


def read(county: County, found: Plan, **settings: Any) -> dict[str, tuple[float, float, bool]]:
    """Where -> what is counted, the limit, whether it is kept."""
    seen = placement(county, found, "periods")
    rule = Walking(**({"subjects": ("music",), "within": 30} | settings))
    return {r.where: (r.actual, r.limit, r.kept) for r in rule.readings(county, seen)}


TWO_VISITS = plan(teach(6, "C1", 2), teach(6, "C2", 4), teach(6, "C3", 2))


def test_a_plan_without_visits_is_read_as_nothing() -> None:
    assert read(TOY, today(TOY)) == {}


def test_each_limit_of_a_person_is_read_once() -> None:
    assert read(TOY, TWO_VISITS, block=2) == {
        f"{T(6)}:music": (0, 0, True),
        T(6): (2, 2, True),
        f"{T(6)}@C2.junior": (29, 30, True),
        f"{T(6)}:C2.junior": (4, 2, True),
        f"{T(6)}@C3.junior": (23, 30, True),
        f"{T(6)}:C3.junior": (2, 2, True),
        f"{T(6)}/C1.junior": (8, 8, True),
    }


@pytest.mark.parametrize(
    ("settings", "broken"),
    [
        ({"block": 2}, set()),
        ({"block": 3}, {f"{T(6)}:C3.junior"}),
        ({"block": 2, "schools": 1}, {T(6)}),
        ({"block": 2, "within": 28}, {f"{T(6)}@C2.junior"}),
        ({"block": 2, "within": 29}, set()),
        ({"block": 2, "travel": 1}, {f"{T(6)}/C1.junior"}),
        ({"block": 2, "subjects": ("art",)}, {f"{T(6)}:music"}),
    ],
)
def test_exactly_the_limit_that_is_missed_is_broken(settings, broken) -> None:
    found = read(TOY, TWO_VISITS, **settings)
    assert {where for where, (*_, kept) in found.items() if not kept} == broken


def test_a_head_does_not_walk_but_may_give_a_second_subject() -> None:
    head = varied({6: {"role": "principal", "also_teaches": ["maths"]}})
    assert not read(head, plan(teach(6, "C2", 4)))[f"{T(6)}:music"][2]
    assert read(head, plan(teach(6, "C1", 4, "maths"))) == {f"{T(6)}:music": (0, 0, True)}


def test_second_subjects_are_broken_where_the_planner_forbids_them() -> None:
    both = varied({6: {"also_teaches": ["maths"]}})
    entry = plan(teach(6, "C1", 4, "maths"))
    assert read(both, entry, second_subjects="no") == {f"{T(6)}:music": (1, 0, False)}


def test_a_visit_of_four_periods_saves_the_last_third_first() -> None:
    # C2 misses 6 periods of music: 2 at 1, 2 at 1.2, 2 at 1.5; a visit of 4 leaves 2 at 1
    def uncovered(found: Plan) -> float:
        return Coverage().score(TOY, placement(TOY, found, "periods"))

    visited = today(TOY).model_copy(update={"teaching": (*today(TOY).teaching, teach(7, "C2", 4))})
    assert uncovered(today(TOY)) - uncovered(visited) == pytest.approx(price(6, 6) - price(2, 6))


# What no plan can hold


def sent(teacher: int, section: str) -> Plan:
    return plan(teach(teacher, "C1", 2).model_copy(update={"section": section}))


REFUSED = {
    "another stage": (sent(17, "C1.junior"), "stays at the primary stage"),
    "a section nobody knows": (sent(6, "C9.junior"), "does not serve at"),
    "a private school": (plan(teach(6, "C7", 2)), "does not serve at"),
    "a second subject nobody listed": (plan(teach(6, "C1", 2, "maths")), "does not teach maths"),
    "a second subject elsewhere": (plan(teach(1, "C2", 2, "maths")), "does not teach maths"),
    "more than the load": (plan(teach(6, "C1", 5), teach(6, "C2", 4)), "full load"),
    "more than is needed": (plan(teach(6, "C3", 3)), "needs 2 periods"),
    "a subject not needed": (plan(teach(7, "C2", 4), teach(6, "C2", 4)), "needs 6 periods"),
    "the same visit twice": (plan(teach(6, "C2", 2), teach(6, "C2", 2)), "listed twice"),
}  # fmt: skip


@pytest.mark.parametrize("flaw", REFUSED)
def test_what_cannot_be_is_refused(flaw) -> None:
    found, words = REFUSED[flaw]
    with pytest.raises(DataError, match=words):
        placement(TOY, found, "periods")


def test_where_nobody_may_walk_a_visit_is_refused() -> None:
    with pytest.raises(DataError, match="does not serve at"):
        placement(TOY, TWO_VISITS)


def test_a_listed_second_subject_needs_a_certificate_where_certificates_are_listed() -> None:
    entry = plan(teach(6, "C1", 4, "maths"))
    taken = varied({6: {"also_teaches": ["maths"]}})
    placement(taken, entry, "periods")
    music = {"stage": "junior", "subject": "music"}
    refused = varied({6: {"also_teaches": ["maths"], "certificates": [music]}})
    with pytest.raises(DataError, match="does not teach maths"):
        placement(refused, entry, "periods")
    both = [music, {"stage": "junior", "subject": "maths"}]
    certified = varied({6: {"also_teaches": ["maths"], "certificates": both}})
    placement(certified, entry, "periods")
