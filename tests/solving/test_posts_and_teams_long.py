"""The bundled county of 8,500 teachers with one rule or term more, counted again by hand."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

import allocator
from allocator.county.county import County
from allocator.county.people import HONOURS
from allocator.scenario import Scenario, with_rule
from allocator.solving import solve_scenario
from allocator.solving.outcome import PartOutcome

pytestmark = pytest.mark.long
BUNDLED = Path(__file__).parents[2] / "scenarios" / "cixi-2020.json"


@pytest.fixture(scope="module")
def bundled() -> Scenario:
    return allocator.load(BUNDLED)


def solved(scenario: Scenario) -> PartOutcome:
    """The staffing part, every tier proven and the plan audited clean."""
    (part,) = solve_scenario(scenario, parts=("staffing",)).parts
    assert (part.status, part.reason) == ("optimal", "proven")
    assert part.audit is not None
    assert part.audit.clean
    assert all(tier.proven for tier in part.tiers)
    return part


def value(part: PartOutcome, name: str) -> float:
    return next(tier.value for tier in part.tiers if tier.name == name)


def by_thirds(missing: int, needed: int) -> Fraction:
    """1 a period in the first third of what is needed, rounded up, then 1.2, then 1.5."""
    third = -(-needed // 3)
    prices = [Fraction(1)] * third + [Fraction(6, 5)] * third + [Fraction(3, 2)] * third
    return sum(prices[:missing], Fraction(0))


def divided(periods: int, weights: list[int]) -> list[int]:
    """One period after the other, each where its weight is the most per 1, 3, 5, ... of them."""
    given = [0] * len(weights)
    for _ in range(periods):
        most = max(range(len(weights)), key=lambda n: Fraction(weights[n], 2 * given[n] + 1))
        given[most] += 1
    return given


def test_coverage_by_agreed_posts_asks_for_posts_times_load_and_elsewhere_for_periods(bundled):
    terms = bundled.staffing.terms.model_copy(update={"coverage": "posts"})
    staffing = bundled.staffing.model_copy(update={"terms": terms})
    part, county = solved(bundled.model_copy(update={"staffing": staffing})), bundled.county
    needed = {
        (place.id, subject): periods
        for place in county.places.values()
        if not place.school.private
        for subject, periods in place.demand.items()
    }
    by_periods, agreed = dict(needed), 0
    for school in county.schools:
        for posts in school.agreed_posts:
            here = [p for p in county.places_of_school[school.id] if p.stage == posts.stage]
            whole = posts.posts * county.subject[posts.subject].load(posts.stage)
            keys = [(p.id, posts.subject) for p in here]
            needed.update(zip(keys, divided(whole, [by_periods[k] for k in keys]), strict=True))
            agreed += 1
    # 13 schools agreed the posts of two subjects each; S005 24 of Chinese at 14 periods a week.
    assert agreed == 26
    (place,) = county.places_of_school["S005"]
    assert needed[place.id, "chinese"] == 24 * 14
    taught = Counter[tuple[str, str]]()
    for entry in part.plan.teaching:
        taught[entry.section, entry.subject] += entry.periods
    assert all(taught[key] <= periods for key, periods in needed.items())
    assert any(taught[key] > by_periods[key] for key in needed)
    price = sum(by_thirds(periods - taught[key], periods) for key, periods in needed.items())
    assert float(price) == pytest.approx(value(part, "coverage"))


def test_with_the_group_lock_only_applicants_and_heads_leave_both_zone_and_group(bundled):
    rule = {"rule": "group_lock", "firmness": "must", "parameters": {"inside": "either"}}
    part = solved(with_rule(bundled, "staffing", rule))
    county = bundled.county
    results = {(a.teacher, a.campus) for held in county.rounds for a in held.appointments}
    exchanged, outside = 0, set()
    for move in part.plan.moves:
        old, new = county.places[move.origin], county.places[move.destination]
        if move.ground == "return" or old.school.id == new.school.id:
            continue
        exchanged += 1
        together = old.school.group is not None and old.school.group == new.school.group
        if old.township.zone != new.township.zone and not together:
            outside.add((move.teacher, new.campus.id))
    assert outside <= results
    # 17 % of 2,738 eligible teachers are 465.46, rounded down.
    assert exchanged >= 465
    assert value(part, "rates") == 0


def with_opening(county: County) -> County:
    """One more junior high, S900 beside the first one: eight classes of grade 7 and no staff."""
    data = county.model_dump()
    first = next(
        s
        for s in data["schools"]
        if not s["private"] and s["campuses"][0]["sections"][0]["stage"] == "junior"
    )
    section = {"stage": "junior", "classes": (8, 0, 0), "pupils": 360}
    campus = first["campuses"][0] | {"id": "C900", "name": "示例新校", "sections": (section,)}
    data["schools"] += (
        {
            "id": "S900",
            "name": "示例新校",
            "campuses": (campus,),
            "opened": "2020-09",
            "establishment": 40,
            "non_teaching_posts": 4,
        },
    )
    return County.model_validate(data)


def test_an_opening_team_is_experienced_and_led_by_backbone_teachers_in_each_main_subject(bundled):
    county = with_opening(bundled.county)
    part = solved(bundled.model_copy(update={"county": county}))
    moves = [m for m in part.plan.moves if m.destination == "C900.junior"]
    team = [county.teacher[m.teacher] for m in moves]
    assert {(m.kind, m.ground) for m in moves} == {("transfer", "opening")}
    # 8 classes x 5 periods of Chinese and of mathematics, 8 x 4 of English, 12 a full load.
    subjects = Counter(t.subject for t in team)
    assert [subjects[s] for s in ("chinese", "maths", "english")] == [4, 4, 3]
    # Five years of work in June 2020: at work since June 2015 or before.
    assert 2 * sum(t.entered_work <= "2015-06" for t in team) >= len(team)
    high = set(HONOURS) - {"county_rising"}
    for subject in ("chinese", "maths", "english"):
        assert any(t.subject == subject and high & set(t.honours) for t in team)
    # 40 posts less 4 that teach nothing; whoever comes brings the post, nobody leaves.
    assert len(team) <= 36
    assert not any(m.origin == "C900.junior" for m in part.plan.moves)
    read = {
        r.where: (r.actual, r.limit)
        for v in part.audit.verdicts
        if v.rule == "opening_team_floor"
        for r in v.readings
    }
    assert set(read) == {"S900:experienced", "S900:chinese", "S900:maths", "S900:english"}
    assert read["S900:experienced"][1] == -(-len(team) // 2)
    # A cap on arrivals would be one in five of a staff of nobody: the team is exempt.
    turnover = next(v for v in part.audit.verdicts if v.rule == "turnover_cap")
    assert not any(r.where.startswith("S900") for r in turnover.readings)
