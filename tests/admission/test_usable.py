"""The expected use of quota places, counted by hand and for any record of earlier years."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.admission.terms import AdmissionTerms
from allocator.admission.usable import Usable, Use, usable
from allocator.admission.use_terms import UsableTerms
from allocator.county.county import County
from allocator.county.quotas import PastQuota, QuotaPool
from tests.admission.division import county, junior, senior

HIGHS = ("H1", "H2")
SCHOOLS = ("A", "B", "C")


def past(year: int, high: str, school: str, places: int, filled: int | None) -> PastQuota:
    return PastQuota(year=year, senior_high=high, junior_high=school, places=places, filled=filled)


def with_past(*records: PastQuota, pools: tuple[QuotaPool, ...] = ()) -> County:
    made = county([senior(h, 100) for h in HIGHS], [junior(s, 60) for s in SCHOOLS])
    return made.model_copy(update={"past_quotas": records, "quota_pools": pools})


def terms(**numbers: int) -> AdmissionTerms:
    chosen = {"enough_cell": 10, "enough_junior_high": 20, "enough_senior_high": 40} | numbers
    return AdmissionTerms(usable=UsableTerms(**chosen))


def expected(where: County, at: AdmissionTerms, places: dict[tuple[str, str], int]) -> Usable:
    found = usable(where, at, places)
    assert found is not None
    return found


def use(where: County, at: AdmissionTerms, high: str, school: str, places: int) -> Use:
    return expected(where, at, {(high, school): places}).cells[high, school]


def test_a_pair_with_a_record_of_its_own_is_used_at_its_own_rate() -> None:
    where = with_past(past(2018, "H1", "A", 4, 4), past(2019, "H1", "A", 8, 5))
    found = use(where, terms(), "H1", "A", 8)
    assert (found.rate, found.reach) == (Fraction(3, 4), "cell")
    assert (found.used, found.unfilled) == (6, 2)


def test_a_short_record_is_filled_up_at_the_rate_of_the_junior_high() -> None:
    where = with_past(past(2019, "H1", "A", 4, 1), past(2019, "H2", "A", 16, 14))
    found = use(where, terms(), "H1", "A", 10)
    # A took up 15 of 20 places in all: 3/4. Six places of ten are missing: (1 + 6 * 3/4) / 10.
    assert (found.rate, found.reach) == (Fraction(11, 20), "junior_high")
    assert found.unfilled == Fraction(9, 2)


def test_a_junior_high_without_a_record_is_used_at_the_rate_of_the_senior_high() -> None:
    where = with_past(past(2019, "H1", "A", 40, 30), past(2019, "H2", "B", 40, 40))
    assert use(where, terms(), "H1", "C", 4).rate == Fraction(3, 4)
    assert use(where, terms(), "H2", "C", 4).rate == 1
    assert use(where, terms(), "H2", "C", 4).reach == "senior_high"


def test_where_every_record_is_short_the_county_decides_the_rest() -> None:
    where = with_past(past(2019, "H1", "A", 2, 1), past(2019, "H2", "B", 6, 5))
    found = use(where, terms(), "H1", "A", 1)
    whole = Fraction(6, 8)
    senior_high = (1 + 38 * whole) / 40
    junior_high = (1 + 18 * senior_high) / 20
    assert (found.rate, found.reach) == ((1 + 8 * junior_high) / 10, "county")


def test_only_the_latest_years_count() -> None:
    records = (past(2017, "H1", "A", 50, 0), past(2019, "H1", "A", 20, 20))
    assert use(with_past(*records), terms(years=1), "H1", "A", 5).rate == 1
    found = expected(with_past(*records), terms(years=2), {("H1", "A"): 5})
    assert (found.years, found.cells["H1", "A"].rate) == ((2017, 2019), Fraction(2, 7))


def test_a_year_that_recorded_no_use_is_no_year_of_record() -> None:
    records = (past(2018, "H1", "A", 20, 15), past(2019, "H1", "A", 20, None))
    found = expected(with_past(*records), terms(years=1), {("H1", "A"): 4})
    assert (found.years, found.cells["H1", "A"].unfilled) == ((2018,), 1)
    assert usable(with_past(past(2019, "H1", "A", 20, None)), terms(), {("H1", "A"): 4}) is None


def test_a_pool_has_the_record_of_its_schools() -> None:
    pool = QuotaPool(id="POOL", name="示例合并", schools=("A", "B"))
    where = with_past(past(2019, "H1", "A", 6, 3), past(2019, "H1", "B", 6, 6), pools=(pool,))
    assert use(where, terms(), "H1", "POOL", 4).used == 3


def test_what_is_not_taken_up_returns_to_the_same_senior_high() -> None:
    where = with_past(
        past(2019, "H1", "A", 10, 5), past(2019, "H1", "B", 10, 9), past(2019, "H2", "A", 10, 10)
    )
    found = expected(where, terms(), {("H1", "A"): 6, ("H1", "B"): 20, ("H2", "A"): 7})
    assert found.returned == {"H1": 5, "H2": 0}
    assert found.lost == {"A": 3, "B": 2}


def records() -> st.SearchStrategy[list[PastQuota]]:
    one = st.tuples(
        st.integers(2015, 2019), st.sampled_from(HIGHS), st.sampled_from(SCHOOLS),
        st.integers(0, 40), st.floats(0, 1),
    )  # fmt: skip
    return st.lists(one.map(lambda t: past(*t[:4], round(t[3] * t[4]))), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(
    records(),
    st.dictionaries(
        st.tuples(st.sampled_from(HIGHS), st.sampled_from(SCHOOLS)), st.integers(0, 50)
    ),
    st.builds(
        UsableTerms,
        years=st.integers(1, 4),
        enough_cell=st.integers(1, 30),
        enough_junior_high=st.integers(1, 60),
        enough_senior_high=st.integers(1, 100),
    ),
)
def test_uses_add_up_and_stay_between_nothing_and_all(drawn, places, chosen) -> None:
    found = usable(with_past(*drawn), AdmissionTerms(usable=chosen), places)
    if found is None:
        assert not sum(p.places for p in drawn)
        return
    assert {c: u.places for c, u in found.cells.items()} == {c: n for c, n in places.items() if n}
    for one in found.cells.values():
        assert 0 <= one.used <= one.places
        assert one.used + one.unfilled == one.places
    whole = sum((u.unfilled for u in found.cells.values()), Fraction(0))
    assert sum(found.returned.values()) == sum(found.lost.values()) == whole


@pytest.mark.parametrize("filled", [0, 7, 20])
def test_where_every_record_has_one_rate_every_estimate_has_it(filled: int) -> None:
    drawn = [past(2019, h, s, 20, filled) for h in HIGHS for s in SCHOOLS[:2]]
    places = {(h, s): 9 for h in HIGHS for s in SCHOOLS}
    found = expected(with_past(*drawn), terms(enough_cell=30), places)
    assert {u.rate for u in found.cells.values()} == {Fraction(filled, 20)}
