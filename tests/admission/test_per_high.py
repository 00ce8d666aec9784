"""Quotas divided senior high by senior high: bounds of pairs, lots, and what cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from allocator.admission.per_high import (
    SIMULATED,
    divide_per_high,
    rows_of,
    simulated_lot,
)
from allocator.admission.procedure import row_by_row
from allocator.admission.rule import AdmissionRule
from allocator.admission.terms import AdmissionTerms, Rounding
from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.quotas import QuotaLot
from allocator.modelling import Row, Text
from tests.admission.division import at, county, junior, senior

if TYPE_CHECKING:
    from allocator.admission.variables import Variables

SCHOOLS = (junior("X", 11), junior("Y", 6), junior("Z", 3))
COUNTY = county((senior("A", 20, quota_places=7), senior("B", 20, quota_places=4)), SCHOOLS)
"""Claims from A: 3.85, 2.1, 1.05; from B: 2.2, 1.2, 0.6."""


class PairLimits(AdmissionRule):
    """Some pairs have a least or a most number of places: for these tests only."""

    title = Text("测试", "test")
    sentence = Text("测试", "test")
    measure = Text("测试", "test")
    clause = Text("测试", "test")
    formula = "low <= place[i, j] <= high"
    tier = "protection"

    def rows(self, county: County, x: Variables) -> Iterator[Row]:
        del county
        yield Row("A:Z", x.places(high="A", school="Z").expression, ">=", 2.0)
        yield Row("A:X", x.places(high="A", school="X").expression, "<=", 3.0)


def divided(where: County, rounding: Rounding, rules: Any = (), **terms: Any) -> dict[str, int]:
    """The cells under a rounding, as ``{"A-X": places}``."""
    chosen = AdmissionTerms(rounding=rounding, **terms)
    found = divide_per_high(rows_of(where, rules, chosen), chosen)
    return {f"{high}-{school}": places for (high, school), places in found.cells.items()}


def with_lots(*lots: QuotaLot) -> County:
    return COUNTY.model_copy(update={"quota_lots": lots})


def lot(*order: str, high: str | None = None) -> QuotaLot:
    return QuotaLot(order=order, senior_high=high, drawn_by="示例公证员", on="2020-05")


def test_each_rounding_is_as_counted_by_hand() -> None:
    cells = {
        "largest_remainder": [4, 2, 1, 2, 1, 1],
        "down": [3, 2, 1, 2, 1, 0],
        "half_up": [4, 2, 1, 2, 1, 1],
        "divisor": [4, 2, 1, 2, 1, 1],
    }
    for rounding, places in cells.items():
        assert list(divided(COUNTY, rounding).values()) == places


def test_a_divisor_method_per_senior_high_is_the_one_of_the_terms() -> None:
    # D'Hondt from A: 11, 6, 11/2, 11/3, 3 (Z), 3 (Y), 11/4: seven quotients, all above 11/5.
    assert list(divided(COUNTY, "divisor", method="dhondt").values())[:3] == [4, 2, 1]
    # From B: 11, 6, 11/2, 11/3; Z has 3.
    assert list(divided(COUNTY, "divisor", method="dhondt").values())[3:] == [3, 1, 0]
    assert list(divided(COUNTY, "divisor", method="adams").values())[3:] == [2, 1, 1]


def test_the_places_not_given_are_counted_and_said() -> None:
    terms = AdmissionTerms(rounding="down")
    rows = rows_of(COUNTY, (), terms)
    assert divide_per_high(rows, terms).differences == {"A": -1, "B": -1}
    said = [note.details for note in row_by_row(rows, terms).notes]
    assert [(d["given"], d["quota"], d["rest"]) for d in said] == [(6, 7, 1), (3, 4, 1)]


@pytest.mark.parametrize("rounding", ["largest_remainder", "divisor"])
def test_floors_and_caps_of_pairs_are_kept(rounding: Rounding) -> None:
    cells = divided(COUNTY, rounding, at("must", PairLimits()))
    assert [cells[f"A-{s}"] for s in "XYZ"] == [3, 2, 2]
    assert [cells[f"B-{s}"] for s in "XYZ"] == [2, 1, 1]


def test_rounding_down_looks_at_no_floor_of_a_pair() -> None:
    assert divided(COUNTY, "down", at("must", PairLimits()))["A-Z"] == 1


def test_the_lot_of_a_senior_high_goes_before_the_lot_for_all() -> None:
    where = with_lots(lot("Y", "X", "Z"), lot("Z", "Y", "X", high="B"))
    cells = divided(where, "lots")
    assert [cells[f"A-{s}"] for s in "XYZ"] == [3, 3, 1]
    assert [cells[f"B-{s}"] for s in "XYZ"] == [2, 1, 1]


def test_without_a_lot_nothing_is_drawn() -> None:
    with pytest.raises(DataError) as error:
        divided(with_lots(lot("X", high="A")), "lots")
    (problem,) = error.value.problems
    assert problem.path == "county.quota_lots"
    assert problem.details == {"number": 1, "high": "示例B高中"}


def test_who_is_not_in_the_lot_comes_last_and_is_named() -> None:
    terms = AdmissionTerms(rounding="lots")
    made = row_by_row(rows_of(with_lots(lot("Y")), (), terms), terms)
    assert made.cells["A", "Y"] == 3
    assert [n.details["schools"] for n in made.notes] == ["示例X初中、示例Z初中"] * 2


def test_a_tie_goes_by_protocol_protected_first_or_by_lot_and_is_said() -> None:
    twins = (junior("X", 5), junior("Y", 5))
    where = county((senior("A", 9, quota_places=3),), twins)
    drawn = where.model_copy(update={"quota_lots": (lot("Y", "X"),)})
    for rounding in ("largest_remainder", "divisor"):
        assert list(divided(drawn, rounding).values()) == [2, 1]
        assert list(divided(drawn, rounding, ties="lot").values()) == [1, 2]
        assert list(divided(where, rounding, ties="lot").values()) == [2, 1]
    weak = county((senior("A", 9, quota_places=3),), (twins[0], junior("Y", 5, weak=True)))
    assert list(divided(weak, "largest_remainder").values()) == [1, 2]
    terms = AdmissionTerms(rounding="divisor")
    (note,) = row_by_row(rows_of(where, (), terms), terms).notes
    assert note.details["given"] == "示例X初中"


def test_a_simulated_lot_depends_on_its_seed_alone_and_says_what_it_is() -> None:
    first = simulated_lot("XYZ", 7)
    assert first == simulated_lot("ZYX", 7)
    assert sorted(first.order) == ["X", "Y", "Z"]
    assert first.drawn_by == SIMULATED
    assert len({simulated_lot("XYZ", seed).order for seed in range(60)}) == 6
    where = with_lots(first)
    assert sum(divided(where, "lots").values()) == 11


def test_more_first_places_than_there_are_places_is_named_with_numbers() -> None:
    where = county((senior("A", 9, quota_places=2),), SCHOOLS)
    for method in ("adams", "hill", "dean"):
        with pytest.raises(DataError) as error:
            divided(where, "divisor", method=method)
        (problem,) = error.value.problems
        assert problem.path == "county.senior_highs[0]"
        assert problem.details == {"high": "示例A高中", "quota": 2, "needed": 3}
    assert sum(divided(where, "divisor").values()) == 2


def test_a_quota_nobody_can_claim_is_named() -> None:
    where = county((senior("A", 9, "T2", quota_places=2),), SCHOOLS)
    with pytest.raises(DataError, match="admits from no junior high"):
        divided(where, "largest_remainder")
    with pytest.raises(DataError, match="no senior high divides any places"):
        divided(county((senior("A", 9, quota_places=0),), SCHOOLS), "down")


def test_claims_are_what_is_divided() -> None:
    rows = rows_of(COUNTY, (), AdmissionTerms())
    assert rows.claims("A") == {
        "X": Fraction(7 * 11, 20), "Y": Fraction(7 * 6, 20), "Z": Fraction(7 * 3, 20)
    }  # fmt: skip
