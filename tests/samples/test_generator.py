"""Claims about the sample county."""

from __future__ import annotations

import hashlib
import math
import os
import re
import subprocess
import sys
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from allocator.admission.channels import channels
from allocator.admission.entitlement import entitle
from allocator.admission.quotas import quotas
from allocator.admission.rules import ChannelLimits, QuotaShareFloor
from allocator.admission.table import QuotaTable
from allocator.admission.terms import AdmissionTerms
from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.indicators import balance, school_rows
from allocator.modelling import Configured
from allocator.samples import generate_county
from allocator.samples.openings import PROJECTS, due
from allocator.samples.shares import apportion, draw_order

SMALL = 2000
FAMOUS = {"county_famous", "city_backbone", "city_famous", "province_special"}
TABLE_2_NEW = {
    "慈溪市第四实验小学西校区": (36, 1620),
    "新城河区块九年一贯制学校": (54, 2430),
    "城西九年一贯制学校": (54, 2430),
    "新潮塘文锦书院西校区": (72, 3240),
    "前湾创新城九年一贯制学校": (54, 2430),
    "胜西九年一贯制学校": (45, 2025),
    "周巷前湾学校": (54, 2430),
    "龙山镇新城小学": (36, 1620),
}
"""Typed from the plan's Table 2: 义务段教育, 新建, with classes and pupils."""

_DIGEST = """
import hashlib
from allocator.modelling import Configured
from allocator.samples import generate_county
county = generate_county(teachers=2000, seed=5)
print(hashlib.sha256(county.model_dump_json().encode()).hexdigest())
"""


@cache
def county(teachers: int = 8500, seed: int = 2020, year: int = 2020) -> County:
    """One county for several tests."""
    return generate_county(teachers=teachers, seed=seed, year=year)


def digest(made: County) -> str:
    """A fingerprint of everything in a county."""
    return hashlib.sha256(made.model_dump_json().encode()).hexdigest()


def periods(made: County, *, public: bool = True) -> tuple[Counter, Counter]:
    """Periods needed, and periods the teachers in post can give, by stage and subject."""
    needed: Counter = Counter()
    given: Counter = Counter()
    for place in made.places.values():
        if not (public and place.school.private):
            for subject, number in place.demand.items():
                needed[place.stage, subject] += number
    for teacher in made.teachers:
        if teacher.status == "in_post" and not (public and teacher.employment == "private"):
            load = made.subject[teacher.subject].load(teacher.stage)
            given[teacher.stage, teacher.subject] += load
    return needed, given


def test_same_arguments_give_the_same_county_whatever_the_hash_seed():
    here = digest(generate_county(teachers=SMALL, seed=5))
    assert here == digest(generate_county(teachers=SMALL, seed=5))
    root = Path(__file__).parents[2]
    for hash_seed in ("1", "77"):
        there = subprocess.run(
            [sys.executable, "-c", _DIGEST],
            env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(root)},
            capture_output=True,
            text=True,
            check=True,
        )
        assert there.stdout.strip() == here


def test_another_seed_gives_another_county():
    assert digest(generate_county(teachers=SMALL, seed=6)) != digest(
        generate_county(teachers=SMALL, seed=5)
    )


@pytest.mark.parametrize("teachers", [2000, 3333, 8500])
def test_it_has_exactly_the_teachers_asked_for(teachers):
    assert len(county(teachers).teachers) == teachers


def test_numbers_out_of_range_are_refused_all_at_once():
    with pytest.raises(DataError) as refused:
        generate_county(teachers=100, seed=-1, year=1900)
    assert [p.path for p in refused.value.problems] == ["teachers", "seed", "year"]


@pytest.mark.parametrize(
    ("teachers", "seed", "within"), [(8500, 2020, 0.02), (8500, 7, 0.02), (2000, 2020, 0.03)]
)
def test_mean_difference_coefficient_is_the_plans_of_2020(teachers, seed, within):
    primary, junior = balance(school_rows(county(teachers, seed)))
    assert len(primary.coefficients) == len(junior.coefficients) == 7
    assert primary.mean == pytest.approx(0.35, abs=within)
    assert junior.mean == pytest.approx(0.30, abs=within)


def test_coefficients_moved_by_teachers_start_where_they_can_be_reached():
    for stage in balance(school_rows(county())):
        assert 0.18 <= stage.coefficients["L1"] <= 0.32
        assert 0.48 <= stage.coefficients["L2"] <= 0.65
        assert 0.25 <= stage.coefficients["L3"] <= 0.42


def test_it_has_the_19_townships_in_zones_of_two_or_three_joined_by_roads():
    made = county()
    assert len(made.townships) == 19
    assert Counter(t.kind for t in made.townships) == {"subdistrict": 5, "town": 14}
    sizes = Counter(t.zone for t in made.townships)
    assert set(sizes) == {z.id for z in made.zones}
    assert set(sizes.values()) <= {2, 3}
    reached = {made.townships[0].id}
    for _ in made.townships:
        reached |= {e for r in made.travel.roads if reached & {*r.between} for e in r.between}
    assert len(reached) == 19
    primary = {p.township.id for p in made.places.values() if p.stage == "primary"}
    assert primary == {t.id for t in made.townships}


def test_schools_grow_with_the_teachers():
    assert 165 <= len(county().places) <= 175
    assert len(county(SMALL).places) < len(county(3333).places) < len(county().places)


def test_it_has_every_kind_of_school():
    made = county()
    assert 8 <= sum(s.private for s in made.schools) <= 12
    assert sum(len(s.campuses) > 1 for s in made.schools) >= 3
    stages = [{p.stage for p in places} for places in made.places_of_school.values()]
    assert sum(len(s) == 2 for s in stages) >= 5
    assert any(s.weak for s in made.schools)
    for place in made.places.values():
        assert not place.school.quality or place.township.kind == "subdistrict"
        assert place.township.kind == "town" or place.area_class == "urban"
    small = [p for p in made.places.values() if p.stage == "primary" and p.area_class == "rural"]
    assert sum(6 <= sum(p.section.classes) <= 9 for p in small) >= 10


def test_it_has_14_senior_highs_of_which_8_are_quality_ones():
    made = county()
    graduates = sum(p.section.graduates for p in made.places.values())
    assert len(made.senior_highs) == 14
    assert sum(h.quality for h in made.senior_highs) == 8
    assert all(300 <= h.places <= 700 for h in made.senior_highs)
    assert 0.50 <= sum(h.places for h in made.senior_highs) / graduates <= 0.55
    assert any(h.admission_area for h in made.senior_highs)
    assert all("示例" in h.name for h in made.senior_highs)


def test_the_channels_of_every_senior_high_leave_unified_admission_its_part():
    made, rules = county(), [Configured(QuotaShareFloor(), "must")]
    table = QuotaTable(made, entitle(made, rules, AdmissionTerms()), {})
    assert all(held.adds_up for held in channels(made, quotas(made, rules)).values())
    assert {h.self_recruitment for h in made.senior_highs} >= {0, 20}
    assert {h.specialty for h in made.senior_highs} == {10}
    readings = [r for r in ChannelLimits().readings(made, table) if "unified" not in r.where]
    assert len(readings) == 28
    assert all(r.kept for r in readings)


def test_honours_have_the_plans_counts():
    made = county()
    number = Counter(h for t in made.teachers for h in t.honours if t.employment != "private")
    assert number["province_special"] == 18
    assert number["city_famous"] == 65
    assert (number["city_backbone"], number["county_famous"]) == (120, 250)
    assert (number["county_backbone"], number["county_rising"]) == (900, 600)
    scaled = Counter(h for t in county(SMALL).teachers for h in t.honours)
    assert (scaled["province_special"], scaled["city_famous"]) == (4, 15)


@pytest.mark.parametrize(("teachers", "year"), [(8500, 2020), (8500, 2025), (SMALL, 2020)])
def test_four_subjects_stay_short_at_each_stage_even_if_everyone_taught_a_full_load(teachers, year):
    needed, given = periods(county(teachers, year=year))
    for stage in ("primary", "junior"):
        short = {s for (at, s), n in needed.items() if at == stage and given[at, s] < n}
        assert short == {"music", "art", "it", "pe", "science"}


@pytest.mark.parametrize(("teachers", "year"), [(8500, 2020), (8500, 2025), (SMALL, 2020)])
def test_there_is_a_surplus_in_total(teachers, year):
    made = county(teachers, year=year)
    needed, given = periods(made, public=False)
    posts = sum(n / made.subject[s].load(stage) for (stage, s), n in needed.items())
    staff = sum(t.status == "in_post" for t in made.teachers)
    assert 1.12 <= staff / posts <= 1.22
    for key in needed:
        if key[1] in ("chinese", "maths", "english"):
            assert given[key] > 1.1 * needed[key]


def test_private_schools_have_enough_teachers_of_their_own():
    made = county()
    given: Counter = Counter()
    for teacher in made.teachers:
        home = made.home(teacher)
        given[home.id, teacher.subject] += made.subject[teacher.subject].load(home.stage)
    for place in made.places.values():
        if place.school.private:
            assert all(given[place.id, s] >= n for s, n in place.demand.items())


def test_small_village_schools_lack_the_subjects_that_are_scarce():
    made = county()
    taught = {(made.home(t).id, t.subject) for t in made.teachers}
    small = [
        p
        for p in made.places.values()
        if p.area_class == "rural" and sum(p.section.classes) <= 9 and p.stage == "primary"
    ]
    lacking = sum((p.id, s) not in taught for p in small for s in ("music", "art", "it"))
    assert lacking > 0.5 * 3 * len(small)
    assert sum((p.id, "chinese") in taught for p in small) == len(small)


@pytest.mark.parametrize("seed", [2020, 7, 1])
def test_junior_highs_of_the_towns_lack_famous_teachers_even_if_all_movable_went_there(seed):
    made = county(seed=seed)
    pupils: Counter = Counter()
    for place in made.places.values():
        if place.stage == "junior" and place.township.kind == "town" and not place.school.private:
            pupils[place.school.id] += place.section.pupils
    need = sum(math.ceil(n / 100) for n in pupils.values())
    could = sum(
        made.home(t).school.id in pupils or made.standings[t.id].movable
        for t in made.teachers
        if t.stage == "junior"
        and FAMOUS & {*t.honours}
        and t.status == "in_post"
        and t.employment != "private"
    )
    assert 20 <= need - could <= 60


def test_every_legal_unit_with_staff_has_one_principal_and_one_party_secretary():
    made = county()
    heads = Counter((made.home(t).school.id, t.role) for t in made.teachers)
    for school in made.schools:
        assert heads[school.id, "principal"] == heads[school.id, "party_secretary"] == 1


def test_shares_of_staff_are_as_stated():
    made = county()
    staff = [t for t in made.teachers if t.employment == "establishment"]
    junior = [t for t in made.teachers if t.stage == "junior"]
    assert sum(bool(t.exemptions) for t in staff) / len(staff) == pytest.approx(0.08, abs=0.005)
    assert sum(t.running_term is not None for t in staff) / len(staff) == pytest.approx(
        0.02, abs=0.002
    )
    assert sum(t.degree in ("master", "doctor") for t in junior) / len(junior) == pytest.approx(
        0.027, abs=0.001
    )
    assert sum(s.eligible for s in made.standings.values()) > 0.25 * len(staff)


@pytest.mark.parametrize(("teachers", "seed"), [(8500, 2020), (8500, 7), (SMALL, 1)])
def test_pins_can_be_carried_out(teachers, seed):
    made = county(teachers, seed)
    pinned = [(t, p) for t in made.teachers for p in t.pins]
    assert Counter(p.kind for _, p in pinned) == {"goes": 5, "stays": 6, "not_to": 4}
    for teacher, pin in pinned:
        assert made.standings[teacher.id].movable
        if pin.kind == "goes":
            home, there = made.home(teacher), made.places[f"{pin.campus}.{teacher.stage}"]
            assert there.school.id != home.school.id
            assert not there.school.private
            assert there.zone == home.zone
            assert teacher.subject in there.demand
            assert teacher.certified(there.stage, teacher.subject)


@pytest.mark.parametrize("year", [2020, 2025])
def test_every_invented_name_is_marked_and_every_other_stands_in_table_2(year):
    made = county(year=year)
    names = [n for s in made.schools for n in (s.name, *(c.name for c in s.campuses))]
    assert all("示例" in n or n in TABLE_2_NEW for n in names)
    assert len({c.name for s in made.schools for c in s.campuses}) == len(
        [c for s in made.schools for c in s.campuses]
    )
    assert all(re.fullmatch(r"教师\d{5}", t.name) for t in made.teachers)
    assert "虚构" in made.notes
    assert "invented" in made.notes


def test_in_2020_no_school_opens():
    assert not any(county().opens(s) for s in county().schools)


def test_in_2025_the_new_schools_of_table_2_open_with_its_classes_and_pupils_and_no_staff():
    made = county(year=2025)
    opening = {s.name: s for s in made.schools if made.opens(s)}
    assert set(opening) == set(TABLE_2_NEW)
    for name, school in opening.items():
        sections = [s for c in school.campuses for s in c.sections]
        assert sum(sum(s.classes) for s in sections) == TABLE_2_NEW[name][0]
        assert sum(s.pupils for s in sections) == TABLE_2_NEW[name][1]
        assert school.opened in ("2024-09", "2025-09")
        assert school.establishment is None
        assert sections[0].facilities.floor_area is None
        assert name in made.notes


def test_a_small_county_opens_only_what_it_can_staff():
    made = county(SMALL, year=2025)
    opening = [s for s in made.schools if made.opens(s)]
    assert 1 <= len(opening) < len(PROJECTS)


def test_projects_open_by_their_end_year():
    assert not due(2024)
    assert {p.ends for p in due(2025)} == {2024, 2025}


def test_retirement_follows_the_table_of_the_year():
    assert len(county().terms.retirement) == 2
    assert len(county(year=2025).terms.retirement) > 2


def test_30000_teachers_are_made():
    made = generate_county(teachers=30_000, seed=3)
    assert len(made.teachers) == 30_000
    assert 480 <= len(made.places) <= 540


def test_apportion_gives_whole_numbers_that_add_up():
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(10, [0, 3, 1], at_least=1) == [1, 6, 3]
    assert apportion(2, [5, 1, 1], at_least=1) == [2, 0, 0]
    assert apportion(3, [0, 0]) == [0, 0]


def test_draw_order_never_draws_weight_zero():
    from numpy.random import PCG64, Generator

    order = draw_order([1.0, 0.0, 2.0], Generator(PCG64(1)))
    assert sorted(order) == [0, 2]
