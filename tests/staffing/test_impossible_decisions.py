"""A decision on one person that a rule forbids is named, with the rule, before any solve."""

from __future__ import annotations

import pytest

from allocator.county.county import County
from allocator.staffing.impossible import impossible_requests
from allocator.staffing.rules.eligibility import EligibilityLock
from allocator.staffing.rules.group_lock import GroupLock
from allocator.staffing.rules.pins import PinLock
from allocator.staffing.rules.round_lock import RoundLock
from allocator.staffing.rules.subject_lock import SubjectLock
from allocator.staffing.rules.supply_floor import SupplyFloor
from allocator.staffing.rules.surplus_transfer import SurplusTransferLock
from allocator.staffing.rules.travel_cap import TravelCap
from allocator.staffing.rules.veto_lock import VetoLock
from allocator.words import tell
from tests.staffing.plans import configured
from tests.staffing.toy import T, varied

LOCKS = (PinLock(), RoundLock(), EligibilityLock(), SubjectLock(), TravelCap(), VetoLock())


def pinned(teacher: int, campus: str, **more: object) -> County:
    return varied({teacher: {"pins": ({"kind": "goes", "campus": campus},)}}, **more)


def appointed(teacher: int, campus: str, kind: str = "transfer") -> County:
    result = {"teacher": T(teacher), "campus": campus, "kind": kind}
    held = {"id": "R1", "name": "一", "kind": "application", "appointments": [result]}
    return varied(rounds=[held])


def named(county: County, *rules, firmness="must") -> list[tuple[str, str]]:
    """Path and rule of each decision named."""
    found = impossible_requests(county, configured(*rules, firmness=firmness))
    return [(p.path, p.details["rule"]["en"]) for p in found]


@pytest.mark.parametrize(
    ("teacher", "campus", "rule"),
    [
        (5, "C2", EligibilityLock),  # on maternity leave
        (1, "C7", EligibilityLock),  # a private school
        (7, "C2", SubjectLock),  # teaches music, certified for maths only
        (6, "C4", TravelCap),  # no backbone teacher, C4 lies in the other zone
    ],
)
def test_a_pin_that_a_rule_forbids_is_named_with_it(teacher, campus, rule):
    path = f"county.teachers[{teacher - 1}].pins[0]"
    assert named(pinned(teacher, campus), *LOCKS) == [(path, rule.title.en)]


def test_a_pin_against_an_objection_that_binds_is_named_and_a_later_one_is_not():
    vetoes = [{"teacher": T(n), "against": "leaving"} for n in (2, 4, 5, 1)]
    county = pinned(1, "C2", schools={1: {"vetoes": vetoes}})
    assert named(county, PinLock(), VetoLock(at_most=3)) == []
    assert named(county, PinLock(), VetoLock(at_most=4)) == [
        ("county.teachers[0].pins[0]", "Objections of schools")
    ]


def test_the_result_of_a_round_goes_however_far_but_not_against_the_eligibility():
    assert named(appointed(6, "C4"), *LOCKS) == []
    assert named(appointed(5, "C4"), *LOCKS) == [
        ("county.rounds[0].appointments[0]", "Eligibility and exemptions")
    ]


def test_each_rule_that_forbids_is_named():
    rules = [rule for _, rule in named(pinned(13, "C1"), *LOCKS, GroupLock(inside="zone"))]
    # T13, born in 1961-09, retires at 60 in 2021-09, fewer than three years after 2020-06.
    assert sorted(rules) == [
        "Eligibility and exemptions",
        "Exchange inside groups and zones",
        "Reach of ordinary teachers",
    ]  # fmt: skip


def test_rules_that_may_be_missed_or_order_nothing_forbid_nothing():
    assert named(pinned(6, "C4"), PinLock(), TravelCap(), firmness="should") == []
    assert named(pinned(6, "C4"), TravelCap()) == []
    assert named(pinned(6, "C1"), *LOCKS) == []
    # A rule on transfers says nothing of a pin, which a secondment follows.
    assert named(pinned(6, "C2"), PinLock(), SurplusTransferLock()) == []


def test_hires_whose_subject_is_taught_nowhere_at_their_stage_are_named():
    data = varied().model_dump()
    data["subjects"] += (data["subjects"][2] | {"id": "dance", "periods": (2,) * 6 + (0,) * 3},)
    data["supply"] = [
        {"kind": kind, "stage": stage, "subject": "dance", "count": count}
        for kind, stage, count in (
            ("hire", "junior", 2), ("hire", "primary", 1), ("exam_intake", "junior", 0),
            ("reserve", "junior", 1),
        )
    ]  # fmt: skip
    rule = SupplyFloor(kinds=("hire", "exam_intake", "reserve"))
    found = impossible_requests(County.model_validate(data), configured(rule, firmness="must"))
    assert [(p.path, p.details["count"]) for p in found] == [("county.supply[0]", 2)]


def test_the_rule_is_named_in_the_language_of_the_reader():
    (problem,) = impossible_requests(pinned(5, "C2"), configured(*LOCKS, firmness="must"))
    assert "Eligibility and exemptions" in tell(problem, "en")
    assert "规则“交流资格与暂缓情形”不允许" in tell(problem, "zh")
