"""The record of a division: it survives a file, and any number changed in it is found out."""

from __future__ import annotations

from fractions import Fraction

import pytest
from pydantic import ValidationError

from allocator.admission.direct import solve_exactly
from allocator.admission.record import (
    DivisionRecord,
    SeniorHighRecord,
    division_record,
    written,
)
from allocator.admission.record_check import check
from allocator.admission.rules.graduates_cap import GraduatesCap
from allocator.admission.rules.school_minimum import SchoolMinimumFloor
from allocator.admission.terms import AdmissionTerms
from allocator.county.plan import Plan
from allocator.county.quotas import QuotaLot
from tests.admission.division import ORDER, at, county, junior, senior

TERMS = AdmissionTerms()
RULES = at("must", SchoolMinimumFloor(per_school=3), GraduatesCap())


def four_schools():
    return county(
        (senior("A", 90, quota_places=37), senior("B", 50, "T1", "T2", quota_places=23)),
        (junior("X", 41), junior("Y", 27, "T2"), junior("Z", 9, "T3"), junior("V", 3, "T3")),
    )


def divided(where, rules=RULES, terms=TERMS):
    found = solve_exactly(where, rules, ORDER, terms)
    assert found is not None
    return division_record(found, where, terms), found.entitlement, found.plan


@pytest.fixture(scope="module")
def case():
    return divided(four_schools())


@pytest.mark.parametrize("method", ["webster", "dhondt", "adams", "hill", "dean"])
def test_the_multipliers_give_every_cell(method):
    # Hill and Dean give every admitted pair a first place, as Adams does.
    record, due, plan = divided(four_schools(), RULES, AdmissionTerms(method=method))
    assert check(record, due, plan) == ()
    assert record.power == (2 if method == "hill" else 1)


def test_a_floor_on_a_total_is_on_record_with_its_rule(case):
    held = {c.id: (c.total, c.held, c.rule) for c in case[0].claimants if c.held}
    # 37 x 3 / 80 is less than 2 places, and there are 3 graduates.
    assert held["V"] == (3, "floor", "school_minimum_floor")


def test_a_record_survives_its_file(case):
    text = case[0].model_dump_json()
    assert DivisionRecord.model_validate_json(text) == case[0]
    assert DivisionRecord.model_validate_json(text).model_dump_json() == text


def changed(record, field, n, **values):
    entries = list(getattr(record, field))
    entries[n] = entries[n].model_copy(update=values)
    return record.model_copy(update={field: tuple(entries)})


def test_a_changed_multiplier_is_found(case):
    record, due, plan = case
    for n, high in enumerate(record.senior_highs):
        wrong = changed(record, "senior_highs", n, multiplier=high.multiplier * Fraction(5, 4))
        assert check(wrong, due, plan)
    for n, one in enumerate(record.claimants):
        wrong = changed(record, "claimants", n, multiplier=one.multiplier * 2)
        assert check(wrong, due, plan)


def test_a_changed_claim_or_total_is_found(case):
    record, due, plan = case
    for n, one in enumerate(record.claimants):
        assert check(changed(record, "claimants", n, claim=one.claim + 1), due, plan)
        assert check(changed(record, "claimants", n, total=one.total + 1), due, plan)


def test_a_place_moved_in_the_plan_is_found(case):
    record, due, plan = case
    for gives in range(len(plan.quotas)):
        for takes in range(len(plan.quotas)):
            if gives != takes:
                cells = list(plan.quotas)
                for n, by in ((gives, -1), (takes, 1)):
                    cells[n] = cells[n].model_copy(update={"places": cells[n].places + by})
                assert check(record, due, Plan(quotas=tuple(cells)))


def test_a_held_total_that_is_not_marked_is_found(case):
    record, due, plan = case
    n = next(n for n, c in enumerate(record.claimants) if c.held)
    assert check(changed(record, "claimants", n, held=""), due, plan)


def test_a_junior_high_left_out_of_the_record_is_found(case):
    record, due, plan = case
    short = record.model_copy(update={"claimants": record.claimants[1:]})
    assert check(short, due, plan)


def test_ties_are_on_the_signpost_and_settled_by_the_protocol():
    where = county((senior("A", 9, quota_places=3),), (junior("X", 7), junior("Y", 7)))
    record, due, plan = divided(where, [])
    assert check(record, due, plan) == ()
    # 3 places for two equal junior highs: 1.5 each.
    cells = {(t.claimant, t.places, t.or_else) for t in record.ties if t.senior_high == "A"}
    totals = {(t.claimant, t.places, t.or_else) for t in record.ties if t.senior_high is None}
    assert cells == totals
    assert sorted((places, other) for _, places, other in cells) == [(1, 2), (2, 1)]
    assert record.settled is not None
    assert record.settled.by == "protocol"
    n = next(n for n, t in enumerate(record.ties) if t.senior_high == "A")
    assert check(changed(record, "ties", n, or_else=record.ties[n].places + 3), due, plan)


def test_a_lot_is_on_record_with_who_drew_it_and_when():
    lot = QuotaLot(order=("Y", "X"), drawn_by="监督员", on="2020-05")
    where = county((senior("A", 9, quota_places=3),), (junior("X", 7), junior("Y", 7)))
    where = where.model_copy(update={"quota_lots": (lot,)})
    record, _, _ = divided(where, [], AdmissionTerms(ties="lot"))
    assert record.settled is not None
    said = (record.settled.by, record.settled.drawn_by, record.settled.on)
    assert said == ("lot", "监督员", "2020-05")


def test_a_division_without_ties_has_nothing_to_settle(case):
    assert not case[0].ties
    assert not case[0].settled


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(3), "3"),
        (Fraction(25, 2), "12.5"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 3), "1/3"),
        (Fraction(10), "10"),
    ],
)
def test_fractions_are_written_exactly(value, text):
    assert written(value) == text
    read = SeniorHighRecord.model_validate({"id": "A", "quota": 1, "multiplier": text})
    assert read.multiplier == value


@pytest.mark.parametrize("text", ["1/0", "1e5", "nan", " 1", 0.5, True, None])
def test_what_is_no_exact_fraction_is_refused(text):
    with pytest.raises(ValidationError):
        SeniorHighRecord.model_validate({"id": "A", "quota": 1, "multiplier": text})
