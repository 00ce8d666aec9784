"""Who gives what at each section of the toy county, counted by hand.

Music takes two periods a class and a load is 8: C1 needs 6, C2 6, C3 2, C4 4, and C5 and C6 of the
primary stage 4 and 2. Teachers 6 and 7 serve at C1, teacher 17 at C5.
"""

from __future__ import annotations

import pytest

from allocator.county.plan import Plan
from allocator.insight import tables
from allocator.insight.walking_place import explained
from allocator.insight.walking_sources import SOURCES, sources, steps, without_own
from allocator.insight.walking_tables import crossed, walking
from allocator.scenario import Scenario
from allocator.solving.outcome import PartOutcome, TierResult
from tests.insight.walking_toy import PLAN, teach, walking_toy


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return walking_toy()


def _row(scenario: Scenario, plan: Plan, section: str, subject: str) -> dict[str, int]:
    table = sources(scenario, plan)
    (found,) = table[(table["section"] == section) & (table["subject_id"] == subject)].to_dict(
        "records"
    )
    return found


def test_what_is_given_and_what_is_not_add_up_to_what_is_needed(scenario) -> None:
    table = sources(scenario, PLAN)
    assert (table[list(SOURCES)].sum(axis=1) == table["needed"]).all()
    # twelve classes of public schools, twelve periods each
    assert table["needed"].sum() == 144
    assert table["by_visit"].sum() == 6
    assert table["by_second"].sum() == 3


@pytest.mark.parametrize(
    ("section", "own", "visit", "missing", "alone"),
    [
        ("C1.junior", 6, 0, 0, 0),
        ("C2.junior", 0, 4, 2, 6),
        ("C3.junior", 0, 2, 0, 2),
        ("C4.junior", 0, 0, 4, 4),
    ],
)
def test_music_at_each_junior_high(scenario, section, own, visit, missing, alone) -> None:
    row = _row(scenario, PLAN, section, "music")
    assert (row["by_own"], row["by_visit"]) == (own, visit)
    assert (row["uncovered_after"], row["uncovered_alone"]) == (missing, alone)


def test_a_second_subject_is_told_apart_from_the_own_one(scenario) -> None:
    row = _row(scenario, PLAN, "C1.junior", "maths")
    assert (row["needed"], row["by_own"], row["by_second"]) == (15, 0, 3)
    # the two teachers of maths alone would give all
    assert row["uncovered_alone"] == 0


def test_schools_without_a_teacher_of_music(scenario) -> None:
    found = without_own(sources(scenario, PLAN), ("music",))
    assert found["section"].tolist() == ["C2.junior", "C3.junior", "C4.junior", "C6.primary"]


def test_what_stays_uncovered_each_way_of_deciding(scenario) -> None:
    tier = TierResult(name="coverage", unit="periods", value=29.0, bound=20.0)
    part = PartOutcome(
        part="staffing",
        status="feasible",
        reason="gap_open",
        plan=PLAN,
        tiers=(tier,),
        two_steps={"coverage": 31.0},
    )
    found = steps(scenario, PLAN, part)
    assert [s.way for s in found] == ["today", "moves", "two_steps", "together", "bound"]
    # Chinese: 5 at C2 and 5 at C6. Maths: 5 at C2 and 5 at C3. Music: 6, 2, 4 and 2.
    assert found[0].periods == found[1].periods == 34
    assert found[3].periods == 144 - 15
    assert (found[2].periods, found[2].priced) == (None, 31.0)
    assert found[4].priced == 20.0


def test_steps_that_an_outcome_does_not_tell_of_are_left_out(scenario) -> None:
    part = PartOutcome(part="staffing", status="feasible", reason="gap_open", plan=PLAN)
    assert [s.way for s in steps(scenario, PLAN, part)] == ["today", "moves", "together"]
    assert len(steps(scenario, PLAN, None)) == 3


def test_a_school_is_explained_in_chinese_and_english(scenario) -> None:
    told = explained(scenario, PLAN, "C2.junior")
    (music,) = [g for g in told.subjects if g.id == "music"]
    assert music.head == "音乐：每周需 6 节，尚缺 2 节"
    assert music.lines == (
        "本校没有这一学科的教师",
        "教师00006（T00006）从示例城区初中来走教 4 节，单程 29 分钟",
        "如无走教和兼课，缺 6 节",
        "30 分钟以内可走教的同学科教师 2 人，均已空不出 2 节或已走满 2 处",
    )
    assert told.going == ()
    english = explained(scenario, PLAN, "C2.junior", "en").subjects[0]
    assert english.head == "Music: 6 periods a week are needed, 2 not given"


def test_who_goes_elsewhere_is_told_of_the_own_school(scenario) -> None:
    told = explained(scenario, PLAN, "C1.junior")
    assert told.going == (
        "教师00006（T00006）去示例镇初中走教音乐 4 节，单程 29 分钟",
        "教师00006（T00006）去示例村初中走教音乐 2 节，单程 23 分钟",
    )
    maths = next(g for g in told.subjects if g.id == "maths")
    assert "教师00007（T00007）兼课 3 节，本学科为音乐" in maths.lines


@pytest.mark.parametrize(
    ("section", "parameters", "why"),
    [
        ("C4.junior", {}, "30 分钟以内没有可走教的同学段同学科教师"),
        ("C2.junior", {"within": 28}, "28 分钟以内没有可走教的同学段同学科教师"),
    ],
)
def test_why_nobody_comes(section, parameters, why) -> None:
    music = explained(walking_toy(**parameters), Plan(), section).subjects[0]
    assert music.lines[-1] == why


def test_periods_to_spare_nearby_are_told() -> None:
    plan = Plan(teaching=(teach("T00006", "C1.junior", 6),))
    music = explained(walking_toy(), plan, "C2.junior").subjects[0]
    assert music.lines[-1].startswith("30 分钟以内还有 2 名同学科教师可空出 2 节")


def test_less_than_a_visit_is_told() -> None:
    plan = Plan(teaching=(teach("T00006", "C1.junior", 3), teach("T00006", "C2.junior", 5)))
    # one period is missing at C2, teacher 7 has eight to spare, and a visit takes four
    music = explained(walking_toy(block=4), plan, "C2.junior").subjects[0]
    assert music.uncovered == 1
    assert music.lines[-1] == "所缺不足一次走教至少的 4 节"


def test_a_school_whose_own_people_walk_away_is_told(scenario) -> None:
    plan = Plan(teaching=(teach("T00006", "C2.junior", 6), teach("T00007", "C1.junior", 4)))
    music = explained(scenario, plan, "C1.junior").subjects[0]
    assert music.uncovered == 2
    assert "如无人外出走教，这里可以开足" in music.lines


def test_without_the_rule_nothing_is_explained() -> None:
    from allocator.samples import toy_scenario

    with pytest.raises(ValueError, match="off"):
        explained(toy_scenario(), Plan(), "C1.junior")


def test_periods_two_schools_give_each_other_are_counted_both_ways(scenario) -> None:
    table = walking(scenario, PLAN)
    assert crossed(table) == 0
    back = table.iloc[[0]].assign(
        teacher="T9", served_section="C2.junior", section="C1.junior", periods=3
    )
    both = tables.walking(scenario, PLAN)
    both = type(both)([*both.to_dict("records"), *back.to_dict("records")])
    assert crossed(both) == 6
