"""Claims about the quota places of earlier years in the sample county."""

from __future__ import annotations

from collections import Counter

import pytest

from allocator.admission.acceptance import planned_channels
from allocator.admission.claimants import admits
from allocator.admission.terms import AdmissionTerms
from allocator.admission.usable import usable
from allocator.county.county import County
from allocator.insight.simulation_tables import area_of
from allocator.samples import generate_county


@pytest.fixture(scope="module")
def made() -> County:
    return generate_county(teachers=8500)


def test_two_years_are_recorded_for_every_quality_senior_high_and_its_area(made) -> None:
    highs = {h.id: h for h in made.senior_highs}
    assert {p.year for p in made.past_quotas} == {2018, 2019}
    for year in (2018, 2019):
        here = {p.senior_high for p in made.past_quotas if p.year == year}
        assert here == {h.id for h in made.senior_highs if h.quality}
    assert all(admits(made, highs[p.senior_high], made.school[p.junior_high])
               for p in made.past_quotas)  # fmt: skip
    pairs = [(p.year, p.senior_high, p.junior_high) for p in made.past_quotas]
    assert len(set(pairs)) == len(pairs)


def test_most_places_were_filled_fewer_by_rural_pupils_at_the_first_senior_highs(made) -> None:
    area = area_of(made)
    places: Counter[tuple[bool, bool]] = Counter()
    filled: Counter[tuple[bool, bool]] = Counter()
    for p in made.past_quotas:
        assert p.filled is not None
        assert 0 <= p.filled <= p.places
        kind = (area[p.junior_high] == "rural", p.senior_high in ("H01", "H02", "H03"))
        places[kind] += p.places
        filled[kind] += p.filled
    rate = {kind: filled[kind] / places[kind] for kind in places}
    assert (
        0.8 < rate[True, True] < 0.92 < min(r for kind, r in rate.items() if kind != (True, True))
    )
    assert 0.92 < sum(filled.values()) / sum(places.values()) < 1


def test_the_quota_share_rises_slowly_towards_this_years(made) -> None:
    now = sum(h.places for h in made.senior_highs if h.quality)
    years = [sum(p.places for p in made.past_quotas if p.year == y) for y in (2018, 2019)]
    assert 0.5 * now < years[0] < years[1] < 0.6 * now


def test_junior_highs_had_about_what_their_graduates_are_due(made) -> None:
    graduates = {
        s.id: sum(p.section.registered_graduates for p in made.places_of_school[s.id])
        for s in made.junior_highs
    }
    whole = {h.id for h in made.senior_highs if not h.admission_area}
    last: Counter[str] = Counter()
    for p in made.past_quotas:
        last[p.junior_high] += p.places if p.year == 2019 and p.senior_high in whole else 0
    assert sum(last.values()) / sum(graduates.values()) == pytest.approx(0.148, abs=0.002)
    for school, n in graduates.items():
        assert last[school] == pytest.approx(0.148 * n, rel=0.25, abs=3)


def test_the_expected_use_of_this_year_follows_from_them(made) -> None:
    places = {(p.senior_high, p.junior_high): p.places for p in made.past_quotas}
    found = usable(made, AdmissionTerms(), places)
    assert found is not None
    assert set(found.returned) == {h.id for h in made.senior_highs if h.quality}
    assert 0 < sum(found.returned.values()) < 0.08 * sum(places.values())
    assert planned_channels(made, places)["H01"].unified > 0


@pytest.mark.parametrize(("teachers", "seed"), [(1500, 1), (3000, 4)])
def test_small_counties_have_a_record_too(teachers, seed) -> None:
    made = generate_county(teachers=teachers, seed=seed)
    assert made.past_quotas
    assert made.past_quotas == generate_county(teachers=teachers, seed=seed).past_quotas
