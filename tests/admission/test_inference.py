"""Protected junior highs told by fit: against brute force, and for Conghua's published column."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.admission.inference import Published, infer
from allocator.county.frozen import DataError
from allocator.samples.published import conghua_inference, conghua_table

Row = tuple[int, int]


def published(rows: Sequence[Row]) -> list[Published]:
    return [Published(f"S{n}", e, q) for n, (e, q) in enumerate(rows)]


def least_error(rows: Sequence[Row], tops: Sequence[Fraction]) -> Fraction:
    """For each set of flags the best base rate: the error is convex, so corners are enough."""
    best = None
    for flags in product((0, 1), repeat=len(rows)):
        due = [q - f * t for (_, q), f, t in zip(rows, flags, tops, strict=True)]
        size = [e for e, _ in rows]
        corners = {a / e for a, e in zip(due, size, strict=True)}
        for i, j in product(range(len(rows)), repeat=2):
            corners.add((due[i] + due[j]) / (size[i] + size[j]))
            if size[i] != size[j]:
                corners.add((due[i] - due[j]) / (size[i] - size[j]))
        for base in corners:
            error = max(abs(a - base * e) for a, e in zip(due, size, strict=True))
            best = error if best is None else min(best, error)
    assert best is not None
    return best


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 90), st.integers(0, 25)), min_size=1, max_size=4))
def test_no_base_rate_and_flags_have_a_smaller_largest_error(rows: list[Row]) -> None:
    found = infer(published(rows), per=10)
    assert found.error == least_error(rows, [Fraction(e, 10) for e, _ in rows])
    assert found.error == max(abs(p.places - found.fitted[p.name]) for p in found.published)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 90), st.integers(0, 25)), min_size=1, max_size=4))
def test_rounded_places_on_top_are_fitted_as_well(rows: list[Row]) -> None:
    found = infer(published(rows), per=10, whole=True)
    assert found.error == least_error(rows, [Fraction((e + 5) // 10) for e, _ in rows])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 90), st.integers(0, 25)), min_size=1, max_size=4),
    st.fractions(0, 3, max_denominator=6),
)
def test_schools_that_fit_either_way_are_those_of_all_flags_that_fit(
    rows: list[Row], slack: Fraction
) -> None:
    found = infer(published(rows), per=10)
    tolerance = found.error + slack
    seen: dict[str, set[int]] = {p.name: set() for p in found.published}
    for flags in product((0, 1), repeat=len(rows)):
        due = [q - f * Fraction(e, 10) for (e, q), f in zip(rows, flags, strict=True)]
        low = max((a - tolerance) / e for a, (e, _) in zip(due, rows, strict=True))
        high = min((a + tolerance) / e for a, (e, _) in zip(due, rows, strict=True))
        if low <= high:
            for one, flag in zip(found.published, flags, strict=True):
                seen[one.name].add(flag)
    assert set(found.either_way(tolerance)) == {n for n, f in seen.items() if f == {0, 1}}


def test_below_the_largest_error_nothing_fits() -> None:
    assert infer(published([(30, 5), (30, 8), (60, 20)])).either_way(0) == ()


def test_exact_data_give_the_rate_and_the_flags_back() -> None:
    rows = [(120, 28), (150, 30), (90, 21), (60, 12)]
    found = infer(published(rows))
    assert (found.base, found.error, found.flagged) == (Fraction(1, 5), 0, ("S0", "S2"))


def test_the_order_of_the_junior_highs_does_not_matter() -> None:
    rows = published([(179, 37), (252, 52), (172, 42), (423, 102), (15, 3)])
    one, other = infer(rows), infer(reversed(rows))
    assert (one.base, one.error) == (other.base, other.error)
    assert set(one.flagged) == set(other.flagged)


def test_what_cannot_be_fitted_is_said_all_at_once() -> None:
    with pytest.raises(DataError) as caught:
        infer([Published("A", 0, 1), Published("B", 5, 1), Published("B", 6, 1)])
    assert [p.path for p in caught.value.problems] == ["[0]", "[2]"]
    with pytest.raises(DataError):
        infer([])


def test_conghua_district_fits_nine_schools_with_places_on_top() -> None:
    found = conghua_inference("district")
    assert found.base == Fraction(4109, 19830)
    assert float(found.base) == pytest.approx(0.2072, abs=5e-5)
    assert float(found.error) == pytest.approx(0.63, abs=5e-3)
    assert found.flagged == (
        "桃园中学", "河东中学", "神岗中学", "太平中学", "城郊中学", "棋杆中学",
        "鳌头中学", "龙潭中学", "从化中学",
    )  # fmt: skip
    # One school of 15 graduates fits both ways, within the largest error and within one place.
    assert found.either_way(found.error) == found.either_way(1) == ("博大学校(民办)",)


def test_conghua_district_with_rounded_places_on_top_fits_within_half_a_place() -> None:
    found = conghua_inference("district", whole=True)
    assert (found.base, found.error) == (Fraction(17, 82), Fraction(20, 41))
    assert found.flagged == conghua_inference("district").flagged
    assert found.either_way(1) == ()
    # So with these flags, rounding half up gives every published number: still an inference.
    published = {name: row["district_quota"] for name, row in conghua_table().items()}
    assert {n: int(x + Fraction(1, 2)) for n, x in found.fitted.items()} == published


def test_conghua_city_fits_places_on_top_for_two_other_schools() -> None:
    found = conghua_inference("city")
    assert (found.base, found.error) == (Fraction(32, 625), Fraction(331, 625))
    assert found.flagged == ("从化区第五中学", "广大附中从化实验学校")
    assert not set(found.flagged) & set(conghua_inference("district").flagged)
    # One in twenty graduates, and two schools at about four places above it.
    plain = [abs(r["city_quota"] - found.base * r["eligible_graduates"])
             for r in conghua_table().values()]  # fmt: skip
    assert sum(error >= 1 for error in plain) == 2
