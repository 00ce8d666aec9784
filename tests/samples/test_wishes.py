"""Claims about what people of the sample county wish and schools object to."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from numpy.random import PCG64, Generator

from allocator.county.county import County
from allocator.samples import generate_county
from allocator.samples.wishes import with_wishes

SMALL = 2000


@cache
def county(teachers: int = 8500, seed: int = 2020) -> County:
    """One county for several tests."""
    return generate_county(teachers=teachers, seed=seed)


@pytest.mark.parametrize(("teachers", "couples", "relatives"), [(8500, 30, 6), (SMALL, 7, 1)])
def test_couples_and_relatives_are_staff_of_their_own_without_pins(teachers, couples, relatives):
    made = county(teachers)
    kinds = Counter(k.kind for k in made.kinships)
    assert kinds == {"couple": couples, "relatives": relatives}
    people = [made.teacher[t] for k in made.kinships for t in k.between]
    assert len({t.id for t in people}) == len(people)
    assert not any(t.pins or t.employment != "establishment" for t in people)
    for kin in made.kinships:
        first, second = (made.teacher[t] for t in kin.between)
        homes = [made.home(t) for t in (first, second)]
        if kin.kind == "couple":
            assert {first.sex, second.sex} == {"f", "m"}
        else:
            assert homes[0].zone == homes[1].zone
            assert homes[0].school.id != homes[1].school.id


def test_ten_strong_schools_object_to_one_to_four_teachers_who_are_not_pinned():
    made = county()
    objecting = [s for s in made.schools if s.vetoes]
    assert len(objecting) == 10
    assert all(s.quality and 1 <= len(s.vetoes) <= 4 for s in objecting)
    entries = [v for s in objecting for v in s.vetoes]
    assert {v.against for v in entries} == {"leaving", "arriving"}
    assert max(len(s.vetoes) for s in objecting) == 4
    assert not any(made.teacher[v.teacher].pins for v in entries)
    assert all(made.standings[v.teacher].movable for v in entries)


def test_three_in_a_hundred_ask_to_be_exchanged():
    staff = [t for t in county().teachers if t.employment == "establishment"]
    assert sum(t.volunteer for t in staff) / len(staff) == pytest.approx(0.03, abs=0.001)
    assert sum(t.volunteer for t in county().teachers) == sum(t.volunteer for t in staff)


def test_about_a_third_of_junior_teachers_teach_graduating_classes():
    made = county()
    graduating = [t for t in made.teachers if t.graduating]
    assert {t.stage for t in graduating} == {"junior"}
    assert "it" not in {t.subject for t in graduating}  # no periods in grade 9
    junior = [t for t in made.teachers if t.stage == "junior" and t.employment == "establishment"]
    assert 0.28 <= len(graduating) / len(junior) <= 0.36


def test_wishes_change_nothing_else_of_the_county():
    """Whatever their random numbers, the rest of the county is the same."""
    made = county(SMALL, 5)
    other = with_wishes(made, Generator(PCG64(99)))
    assert other.kinships != made.kinships
    plain = {"volunteer": False, "graduating": False}
    assert [t.model_copy(update=plain) for t in other.teachers] == [
        t.model_copy(update=plain) for t in made.teachers
    ]
    assert [s.model_copy(update={"vetoes": ()}) for s in other.schools] == [
        s.model_copy(update={"vetoes": ()}) for s in made.schools
    ]
