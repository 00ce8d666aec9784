"""Edits of the toy county's plan, judged by hand, kept as pins, and solved again."""

from __future__ import annotations

import pytest

from allocator.county.people import Pin
from allocator.county.plan import Move, Plan
from allocator.county.supply import SupplyOffer
from allocator.insight.by_hand import (
    MoveEdit,
    QuotaEdit,
    SupplyEdit,
    edit_table,
    edit_verdicts,
    edits_between,
    judged,
    pinned,
    rules_by_hand,
    tiers_by_hand,
    unpinned,
    with_edits,
)
from allocator.scenario import with_rule
from allocator.solving import solve_scenario
from tests.files.edited_books import plan, scenario

BASE = plan()
SENT = {m.teacher: m for m in BASE.moves}


def to(teacher: str, section: str, **more) -> MoveEdit:
    """A teacher sent to a section."""
    where = scenario().county
    was = SENT.get(teacher)
    made = {
        "teacher": teacher,
        "origin": where.home(where.teacher[teacher]).id,
        "destination": section,
        "kind": "secondment",
        "ground": "exchange",
        "start": "2020-09",
        "years": 3,
    }
    return MoveEdit(teacher, was, Move(**(made | more)))


def home(teacher: str) -> MoveEdit:
    return MoveEdit(teacher, SENT[teacher], None)


MUSIC = home("T00006")
MATHS = to("T00004", "C4.junior")
QUOTA = (QuotaEdit("H1", "S1", 19, 20), QuotaEdit("H1", "S2", 15, 14))


def test_a_teacher_who_stays_leaves_the_periods_of_the_school_uncovered() -> None:
    # The town school needs 6 periods of music and has nobody: two at 1, two at 1.2, two at 1.5.
    (verdict,) = judged(scenario(), BASE, [MUSIC]).each
    assert verdict.alone == verdict.among
    first = verdict.alone.first
    assert (first.name, round(first.by, 6)) == ("coverage", 7.4)
    assert (verdict.alone.said, verdict.alone.broken) == ("worse", ())


def test_without_its_only_backbone_teacher_the_exchange_breaks_a_rule() -> None:
    (verdict,) = judged(scenario(), BASE, [home("T00004")]).each
    assert verdict.alone.said == "breaks"
    (broken,) = verdict.alone.broken
    assert (broken.rule, broken.was.actual, broken.now.actual) == ("backbone_share", 1, 0)


def test_what_breaks_a_rule_alone_may_keep_it_among_the_others() -> None:
    # The urban junior high may lose two teachers, the town school receive one.
    alone = judged(scenario(), BASE, [to("T00002", "C2.junior")]).each[0]
    assert {(c.rule, c.now.where, c.now.actual) for c in alone.alone.broken} == {
        ("turnover_cap", "S1:leaving", 3),
        ("turnover_cap", "S2:arriving", 2),
    }
    found = judged(scenario(), BASE, [to("T00002", "C2.junior"), MUSIC])
    assert [v.alone.said for v in found.each] == ["breaks", "worse"]
    assert found.after.clean
    # Without it, only T00004 leaves; with it, nothing is broken.
    assert found.each[0].among.broken == ()
    # Without the second, three leave: staying mends the cap.
    assert {c.rule for c in found.each[1].among.mended} == {"turnover_cap"}


def test_places_of_one_senior_high_are_judged_together() -> None:
    # The town school has 25 of 25 places; its floor is 25.
    found = judged(scenario(), BASE, QUOTA)
    assert [v.together for v in found.each] == [2, 2]
    (broken,) = found.each[0].alone.broken
    assert (broken.rule, broken.now.where, broken.by) == ("protected_floor", "S2", 1)


def test_a_place_given_and_taken_nowhere_is_no_plan() -> None:
    (verdict,) = judged(scenario(), BASE, QUOTA[:1]).each
    assert verdict.alone.said == "impossible"
    (flaw,) = verdict.alone.flaws
    assert flaw.details == {"high": "示例第一高中", "given": 55, "quota": 54}


def test_all_edits_together_are_the_audit_of_the_edited_plan() -> None:
    edits = [MUSIC, MATHS, *QUOTA]
    found = judged(scenario(), BASE, edits)
    values = {(t.part, t.name): t.after for t in found.whole.tiers}
    assert values == {
        (part, name): value
        for part, tiers in found.after.tiers.items()
        for name, value in tiers.items()
    }
    assert {c.rule for c in found.whole.broken} == {"protected_floor"}
    assert edits_between(BASE, with_edits(scenario(), BASE, edits)) == tuple(
        sorted([MATHS, MUSIC], key=lambda e: e.teacher)
    ) + tuple(QUOTA)


def test_beyond_the_number_asked_for_edits_are_judged_together_only() -> None:
    found = judged(scenario(), BASE, [MATHS, MUSIC, *QUOTA], most=1)
    assert [v.alone is None for v in found.each] == [False, True, False, False]
    assert found.left_out == 1
    assert list(edit_verdicts(scenario(), found)["edit_alone"])[1] == "not_judged"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_tables_say_who_from_what_to_what(lang) -> None:
    edits = [MATHS, MUSIC, *QUOTA]
    table = edit_table(scenario(), edits, lang)
    assert list(table["edit"]) == ["elsewhere", "withdrawn", "places", "places"]
    assert list(table["edit_was"])[2:] == ["19", "15"]
    assert "示例村初中" in table["edit_was"][0]
    assert "示例东部初中" in table["edit_now"][0]
    found = judged(scenario(), BASE, edits)
    assert set(rules_by_hand(scenario(), found, lang)["step_by"]) >= {"broken"}
    tiers = tiers_by_hand(scenario(), found, lang).set_index("tier")
    assert round(tiers.loc["coverage", "change"], 6) == 13.3
    verdicts = edit_verdicts(scenario(), found, lang)
    assert (verdicts["edit_alone_cost"] != "").all()


def test_edits_are_kept_as_pins_with_their_reason() -> None:
    found = pinned(scenario(), [MUSIC, MATHS, *QUOTA]).county
    assert found.teacher["T00006"].pins == (Pin(kind="stays", reason="手工调整"),)
    assert found.teacher["T00004"].pins == (Pin(kind="goes", campus="C4", reason="手工调整"),)
    assert [(p.junior_high, p.places) for p in found.quota_pins] == [("S1", 20), ("S2", 14)]
    found = pinned(scenario(), [MUSIC], removed="not_to").county
    assert found.teacher["T00006"].pins == (Pin(kind="not_to", campus="C2", reason="手工调整"),)


def test_a_pin_against_the_edit_gives_way() -> None:
    first = pinned(scenario(), [MATHS, *QUOTA])
    again = pinned(first, [home("T00004"), QuotaEdit("H1", "S1", 20, 18)])
    assert again.county.teacher["T00004"].pins == (Pin(kind="stays", reason="手工调整"),)
    assert [(p.junior_high, p.places) for p in again.county.quota_pins] == [("S2", 14), ("S1", 18)]


def test_rules_on_pins_come_into_force_where_they_were_off() -> None:
    where = with_rule(scenario(), "staffing", {"rule": "pin_lock", "firmness": "off"})
    where = with_rule(where, "admission", {"rule": "quota_pin_lock", "firmness": "off"})
    found = pinned(where, [MUSIC, *QUOTA])
    active = {c.rule.name for part in found.parts for c in found.configured(part)}
    assert {"pin_lock", "quota_pin_lock"} <= active


def test_the_plan_solved_again_keeps_every_edit_that_was_pinned() -> None:
    edits = [MUSIC, MATHS, to("T00002", "C2.junior"), *QUOTA]
    where = pinned(scenario(), edits)
    assert unpinned(scenario(), edits) == ()
    found = solve_scenario(where)
    assert [p.status for p in found.parts] == ["optimal", "optimal"]
    assert all(p.audit.clean for p in found.parts)
    going = {m.teacher: m.destination for m in found.plan.moves}
    assert (going["T00004"], going["T00002"]) == ("C4.junior", "C2.junior")
    assert "T00006" not in going
    cells = {(q.senior_high, q.junior_high): q.places for q in found.plan.quotas}
    assert (cells["H1", "S1"], cells["H1", "S2"]) == (20, 14)


def test_edits_that_no_rule_admits_are_named_and_not_pinned() -> None:
    # T00005 is on maternity leave; T00014 teaches where nobody lacks a term.
    edits = [to("T00005", "C2.junior"), to("T00014", "C6.primary", years=5)]
    left = unpinned(scenario(), edits)
    assert [e.teacher for e, _ in left] == ["T00005", "T00014"]
    assert [w.details.get("rule") for _, w in left] == ["交流资格与暂缓情形", None]
    assert "kind and term" in left[1][1].text
    assert pinned(scenario(), edits).county == scenario().county


def test_pins_that_contradict_a_sum_are_named_by_the_solver() -> None:
    where = pinned(scenario(), [QuotaEdit("H1", s, 0, 30) for s in ("S1", "S2")])
    part = solve_scenario(where, parts=("admission",)).part("admission")
    assert (part.status, part.reason) == ("infeasible", "impossible_request")
    assert part.problems[0].details["needed"] == 60


def test_further_supply_is_an_edit_that_cannot_be_pinned() -> None:
    offer = SupplyOffer(kind="hire", stage="junior", subject="music", count=2)
    where = scenario().model_copy(
        update={"county": scenario().county.model_copy(update={"supply": (offer,)})}
    )
    edit = SupplyEdit("C4.junior", "music", "hire", 0, 1)
    made = with_edits(where, BASE, [edit])
    assert edits_between(BASE, made) == (edit,)
    # The eastern school lacks 4 periods of music and has nobody.
    (verdict,) = judged(where, BASE, [edit]).each
    assert verdict.alone.first.name == "coverage"
    assert verdict.alone.said == "better"
    assert [e for e, _ in unpinned(where, [edit])] == [edit]


def test_a_plan_without_edits_is_the_plan_itself() -> None:
    assert with_edits(scenario(), BASE, ()) is BASE
    assert edits_between(BASE, BASE) == ()
    assert judged(scenario(), BASE, ()).whole.changes == ()
    assert edits_between(Plan(), BASE)[0].was is None
