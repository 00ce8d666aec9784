"""Weekly periods and travel minutes, counted by hand."""

from typing import Any

import pytest
from pydantic import ValidationError

from allocator.county.county import County
from allocator.county.curriculum import ZHEJIANG_2023, demand
from allocator.county.places import Campus, ExtraPeriods, Section, Township
from allocator.county.travel import Road, Travel, TravelTime, kilometres, travel_minutes
from allocator.samples.toy import toy_county

LOADS = {
    "morality": (18, 14),
    "chinese": (14, 12),
    "maths": (14, 12),
    "english": (18, 12),
    "society": (18, 14),
    "science": (18, 14),
    "it": (18, 16),
    "pe": (18, 14),
    "music": (18, 16),
    "art": (18, 16),
    "practice": (18, 16),
}


def test_the_zhejiang_table_adds_to_the_printed_totals() -> None:
    totals = [sum(s.periods[grade] for s in ZHEJIANG_2023) for grade in range(9)]
    assert totals == [26, 26, 30, 30, 30, 30, 34, 34, 34]


def test_arts_are_half_music_and_half_art() -> None:
    periods = {s.id: s.periods for s in ZHEJIANG_2023}
    assert periods["music"] == periods["art"] == (2, 2, 2, 2, 2, 2, 1, 1, 1)


def test_loads_are_those_of_the_standard() -> None:
    assert {s.id: (s.load("primary"), s.load("junior")) for s in ZHEJIANG_2023} == LOADS


def test_a_junior_section_needs_the_periods_of_its_classes() -> None:
    section = Section(stage="junior", classes=(2, 1, 3), pupils=250)
    assert demand(section, ZHEJIANG_2023) == {
        "morality": 12,  # six classes of 2
        "chinese": 30,  # six of 5
        "maths": 30,
        "english": 24,  # six of 4
        "society": 18,  # six of 3
        "science": 30,
        "it": 3,  # 2 + 1, none in grade 9
        "pe": 18,
        "music": 6,
        "art": 6,
        "practice": 27,  # 3 * 4 + 3 * 5
    }


def test_a_primary_section_needs_nothing_of_what_its_grades_are_not_taught() -> None:
    section = Section(stage="primary", classes=(1, 1, 0, 0, 0, 2), pupils=120)
    found = demand(section, ZHEJIANG_2023)
    # two classes of 8 and two of 6; two of 1 and two of 3
    assert (found["chinese"], found["science"]) == (28, 8)
    assert (found["english"], found["it"]) == (6, 2)  # grade 6 alone
    assert "society" not in found


def test_jobs_at_the_school_add_their_periods() -> None:
    extra = (ExtraPeriods(subject="maths", periods=4), ExtraPeriods(subject="music", periods=1))
    section = Section(stage="junior", classes=(1, 0, 0), pupils=40, extra_periods=extra)
    found = demand(section, ZHEJIANG_2023)
    assert (found["maths"], found["music"], found["chinese"]) == (9, 2, 5)  # 5 + 4, 1 + 1, 5


def test_a_job_can_ask_for_a_subject_that_no_class_has() -> None:
    extra = (ExtraPeriods(subject="society", periods=2),)
    section = Section(stage="primary", classes=(0,) * 6, pupils=0, extra_periods=extra)
    assert demand(section, ZHEJIANG_2023) == {"society": 2}


# Travel. One degree of latitude is 6371 pi / 180 = 111.195 km, so .09 degrees are 10.0075 km; at
# 60 kilometres an hour and without detour a kilometre takes a minute.

DEGREE = 111.195
LEVEL = {"local_speed": 60, "detour": 1}


def township(name: str, latitude: float) -> Township:
    return Township(
        id=name,
        name=name,
        kind="town",
        area_class="rural",
        zone="Z1",
        latitude=latitude,
        longitude=121,
    )


def campus(name: str, home: str, latitude: float) -> Campus:
    section = Section(stage="junior", classes=(0, 0, 0), pupils=0)
    return Campus(
        id=name, name=name, township=home, latitude=latitude, longitude=121, sections=(section,)
    )


SEATS = (township("A", 30.0), township("B", 30.5), township("C", 30.9))
CAMPUSES = (
    campus("a", "A", 30.01),  # 1.112 km from its seat
    campus("a9", "A", 30.10),  # 10.0075 km on, 11.12 km from its seat
    campus("b", "B", 30.5),  # at its seat
    campus("c", "C", 30.9),
)


def minutes(**travel: Any) -> dict[tuple[str, str], int]:
    table = travel_minutes(CAMPUSES, SEATS, Travel(**(LEVEL | travel)))
    ids = [c.id for c in CAMPUSES]
    return {(a, b): int(table[i, j]) for i, a in enumerate(ids) for j, b in enumerate(ids)}


def road(a: str, b: str, minutes: int) -> Road:
    return Road(between=(a, b), minutes=minutes)


def test_a_degree_of_latitude_is_111_kilometres_and_of_longitude_less() -> None:
    assert kilometres((30, 121), (31, 121)) == pytest.approx(DEGREE, abs=1e-3)
    assert kilometres((60, 121), (60, 122)) == pytest.approx(DEGREE / 2, rel=1e-3)


def test_minutes_are_rounded_up() -> None:
    assert minutes()["a", "a9"] == 11  # 10.0075


def test_speed_and_detour_lengthen_the_way() -> None:
    # 10.0075 km, 1.3 times as long, at 30 km an hour: 26.02 minutes
    assert minutes(local_speed=30, detour=1.3)["a", "a9"] == 27


def test_within_a_township_the_way_is_direct_whatever_the_roads() -> None:
    assert minutes(roads=(road("A", "B", 0), road("A", "C", 0)))["a", "a9"] == 11


def test_without_roads_townships_are_as_far_as_the_direct_way() -> None:
    found = minutes()
    assert found["a", "b"] == 55  # .49 degrees: 54.49
    assert found["b", "c"] == 45  # .40 degrees: 44.48


def test_the_way_over_seats_and_roads_is_taken_where_it_is_shorter() -> None:
    roads = (road("A", "B", 20), road("B", "C", 20))
    found = minutes(roads=roads)
    assert found["a", "b"] == 22  # 1.112 + 20
    assert found["a9", "b"] == 32  # 11.12 + 20, shorter than 44.48
    assert found["a", "c"] == 42  # 1.112 + 20 + 20, changing roads at B
    assert found["b", "c"] == 20


def test_a_slow_road_is_not_taken() -> None:
    assert minutes(roads=(road("A", "B", 90),))["a", "b"] == 55


def test_of_two_roads_between_the_same_seats_the_shorter_is_taken() -> None:
    for roads in ((20, 30), (30, 20)):
        found = minutes(roads=tuple(road("A", "B", n) for n in roads))
        assert found["a", "b"] == 22, roads


@pytest.mark.parametrize("listed", [0, 5, 70])
def test_a_listed_time_overrides_both_ways(listed: int) -> None:
    found = minutes(
        roads=(road("A", "B", 20),),
        times=(TravelTime(between=("b", "a"), minutes=listed),),
    )
    assert found["a", "b"] == found["b", "a"] == listed
    assert found["a9", "b"] == 32  # others as before


def test_minutes_are_symmetric_and_nobody_travels_to_where_they_are() -> None:
    found = minutes(roads=(road("A", "B", 20), road("C", "A", 25)))
    assert all(found[a, b] == found[b, a] for a, b in found)
    assert all(found[c.id, c.id] == 0 for c in CAMPUSES)


def test_minutes_of_the_toy_county_are_as_by_hand() -> None:
    county = toy_county()
    place = county.places
    # 30 km an hour and detour 1.3: 2.6 minutes a kilometre, 2.891 for .01 degrees of latitude.
    # C1 lies .01 from its seat, C2 .02, C3 at its seat, C4 .01; 20 minutes T1-T2, 45 T1-T3.
    assert county.minutes(place["C1.junior"], place["C2.junior"]) == 29  # 2.891 + 20 + 5.782
    assert county.minutes(place["C1.junior"], place["C3.junior"]) == 23  # 2.891 + 20
    assert county.minutes(place["C1.junior"], place["C4.junior"]) == 51  # 2.891 + 45 + 2.891
    assert county.minutes(place["C2.junior"], place["C3.junior"]) == 6  # 5.782
    # over both roads: 5.782 + 20 + 45 + 2.891
    assert county.minutes(place["C2.junior"], place["C4.junior"]) == 74


def test_a_time_below_zero_is_refused() -> None:
    data = toy_county().model_dump()
    data["travel"]["times"] = [{"between": ("C1", "C2"), "minutes": -1}]
    with pytest.raises(ValidationError, match="greater than or equal to 0"):
        County.model_validate(data)
