"""Corrections, points, ties and returns, each counted by hand on the toy county."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from pydantic import ValidationError

from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.points import PointsTable, points_of
from allocator.county.ties import deciding, in_order, unsettled
from allocator.samples.toy import toy_county
from allocator.words import tell

TOY = toy_county()
T = "T{:05d}".format


def varied(people: dict[int, dict[str, Any]] | None = None, **more: Any) -> County:
    """The toy county with some teachers changed, by number, and more said about them."""
    return County.model_validate(raw(people, **more))


def raw(people: dict[int, dict[str, Any]] | None = None, **more: Any) -> dict[str, Any]:
    data = TOY.model_dump() | more
    for n, changes in (people or {}).items():
        data["teachers"][n - 1].update(changes)
    return data


def told(people: dict[int, dict[str, Any]] | None = None, **more: Any) -> dict[str, str]:
    """Path -> what is wrong, in English; each has its Chinese words."""
    with pytest.raises(ValidationError) as caught:
        varied(people, **more)
    (fault,) = caught.value.errors()
    error = fault["ctx"]["error"]
    assert isinstance(error, DataError)
    for problem in error.problems:
        assert tell(problem, "zh") != tell(problem, "en")
        assert "{" not in tell(problem, "zh") + tell(problem, "en")
    assert len({p.path for p in error.problems}) == len(error.problems)
    return {p.path: tell(p, "en") for p in error.problems}


# Corrections


def correction(number: int, status: str, **more: Any) -> dict[str, Any]:
    return {"teacher": T(number), "status": status, **more}


@pytest.mark.parametrize(
    ("number", "status", "eligible"),
    [
        (7, "due", True),  # came in 2017: by the months not due
        (1, "may", True),  # by the months due, and stays in the base
        (1, "not_now", True),
        (7, "not_now", False),
        (5, "due", True),  # the exemption is over
        (5, "may", True),
        (3, "due", True),  # a head, as the Party committee decided
    ],
)
def test_a_correction_overrides_the_months(number: int, status: str, eligible: bool) -> None:
    county = varied(corrections=(correction(number, status),))
    found = county.standings[T(number)]
    assert (found.status, found.reason, found.eligible) == (status, "corrected", eligible)
    assert (found.since, found.ground) == (None, None)
    others = {t: s for t, s in county.standings.items() if t != T(number)}
    assert others == {t: s for t, s in TOY.standings.items() if t != T(number)}


def test_a_corrected_ground_is_kept_as_a_code() -> None:
    county = varied(corrections=(correction(1, "not_now", ground="flagship"),))
    assert county.standings[T(1)].ground == "flagship"


def test_corrections_that_say_nothing_sensible_are_told_at_once() -> None:
    found = told(
        {
            4: {"running_term": {"home": "C2", "started": "2017-09", "ends": "2020-07"}},
            6: {"status": "out_of_county"},
        },
        corrections=(
            correction(99, "may"),
            correction(1, "may", ground="medical"),
            correction(1, "not_now"),
            correction(19, "due"),  # at a private school
            correction(9, "may"),  # on long sick leave
            correction(4, "due"),  # returns home
            correction(6, "due"),
            correction(8, "not_now", ground="medical"),
        ),
    )
    assert list(found) == [
        "corrections[0].teacher",
        "corrections[1].ground",
        "corrections[2].teacher",
        "corrections[3].status",
        "corrections[4].status",
        "corrections[5].status",
        "corrections[6].status",
    ]
    assert "corrections[1]" in found["corrections[2].teacher"]


# Returns


def test_whoever_returns_has_a_section_at_home() -> None:
    def term(home: str, ends: str, **more: Any) -> dict[str, Any]:
        return {"running_term": {"home": home, "started": "2017-09", "ends": ends, **more}}

    county = varied(
        {
            1: term("C2", "2020-08"),
            2: term("C2", "2020-09"),
            4: term("C3", "2020-08", goes_on=True),
            9: term("C4", "2020-08"),  # on long sick leave, and home again
            14: term("C6", "2020-06"),
        }
    )
    assert {t: p.id for t, p in county.returns.items()} == {
        T(1): "C2.junior",
        T(9): "C4.junior",
        T(14): "C6.primary",
    }
    reasons = {t for t, s in county.standings.items() if s.reason == "returning"}
    assert reasons == set(county.returns)
    assert TOY.returns == {}


def test_a_home_that_nobody_can_return_to_is_told() -> None:
    def term(home: str) -> dict[str, Any]:
        return {"running_term": {"home": home, "started": "2017-09", "ends": "2021-08"}}

    found = told({1: term("C1"), 2: term("C5"), 4: term("C99")})
    assert list(found) == [f"teachers[{n}].running_term.home" for n in (0, 1, 3)]
    assert "C1 is both home" in found["teachers[0].running_term.home"]
    assert "no junior section" in found["teachers[1].running_term.home"]


# Reductions for age


def test_three_reductions_are_taken_and_four_are_told() -> None:
    three = {n: {"reduction": r} for n, r in ((1, 1), (2, 2), (4, 3), (5, 3), (6, 0))}
    varied(three)
    found = told(three | {6: {"reduction": 4}})
    assert list(found) == ["teachers"]
    assert "1, 2, 3, 4" in found["teachers"]


def test_a_reduction_leaves_something_of_the_load() -> None:
    varied({1: {"reduction": 9}, 6: {"reduction": 7}})  # loads of 10 and, in music, 8
    found = told({1: {"reduction": 10}, 6: {"reduction": 8}})
    assert list(found) == ["teachers[0].reduction", "teachers[5].reduction"]


# Points

TABLE = PointsTable.model_validate(
    {
        "per_year_at_school": "1",
        "per_year_of_service": "0.5",
        "per_rural_year": "2",
        "titles": {"senior": "6"},
        "honours": {"county_backbone": "3", "city_famous": "7.5"},
        "roles": {"class_teacher": "1.2"},
    }
)


def test_points_are_added_up_as_by_hand() -> None:
    more = {
        "points": None,
        "rural_years": 3,
        "title": "senior",
        "honours": ("county_backbone", "city_famous"),  # counted once, at the highest
        "role": "class_teacher",
    }
    county = varied({1: more}, points_table=TABLE)
    # at the school since 2010-08: 9; at work since 2005-08: 14 / 2; 3 * 2; 6; 7.5; 1.2
    assert points_of(county, county.teacher[T(1)]) == Decimal("36.7")


def test_points_counted_by_the_bureau_come_before_the_table() -> None:
    county = varied({1: {"points": "0.5"}, 2: {"points": 0}}, points_table=TABLE)
    assert points_of(county, county.teacher[T(1)]) == Decimal("0.5")
    assert points_of(county, county.teacher[T(2)]) == 0


def test_by_default_the_longest_service_at_the_school_comes_first() -> None:
    county = varied({n: {"points": None} for n in (1, 7)})
    assert [points_of(county, county.teacher[T(n)]) for n in (1, 7)] == [9, 2]


def test_no_points_below_zero() -> None:
    with pytest.raises(ValidationError):
        PointsTable.model_validate({"per_rural_year": -1})


# Ties: T1, T2 and T4 are due, with points 1, 2 and 4; made equal here

EQUAL: dict[int, dict[str, Any]] = {n: {"points": 5} for n in (1, 2, 4, 6)}


def decided(*numbers: int, by: str = "lot") -> dict[str, Any]:
    return {"order": [T(n) for n in numbers], "settled_by": by, "name": "示例", "on": "2020-06"}


def order(county: County, *numbers: int) -> list[int]:
    return [int(t.id[1:]) for t in in_order(county, [county.teacher[T(n)] for n in numbers])]


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ((), [1, 2, 4, 6]),
        ((decided(6, 4, 2, 1),), [6, 4, 2, 1]),
        ((decided(4, 1),), [4, 2, 1, 6]),  # turns one and three, the other way round
        ((decided(4, 1), decided(6, 2)), [4, 6, 1, 2]),
        ((decided(6, 8, 1),), [6, 2, 4, 1]),  # T8 is not among them
    ],
)
def test_a_decision_orders_those_it_lists(decisions: Any, expected: list[int]) -> None:
    county = varied(EQUAL, tie_decisions=decisions)
    for numbers in permutations((1, 2, 4, 6)):
        assert order(county, *numbers) == expected


def test_points_and_being_due_come_before_any_decision() -> None:
    people = {1: {"points": 5}, 2: {"points": 6}, 7: {"points": 5}}  # T7 is not due
    county = varied(people, tie_decisions=(decided(7, 1, 2),))
    assert order(county, 7, 1, 2) == [2, 1, 7]


def test_a_tie_at_the_cut_is_open_until_one_decision_lists_all_of_it() -> None:
    def left(going: set[int], *decisions: Any) -> list[tuple[str, ...]]:
        county = varied(EQUAL | {6: {"points": 7}}, tie_decisions=decisions)
        group = [county.teacher[T(n)] for n in (1, 2, 4, 6)]
        return unsettled(county, group, {T(n) for n in going})

    tied = (T(1), T(2), T(4))
    assert left({6}) == []  # the cut lies between 7 and 5 points
    assert left({6, 1}) == [tied]
    assert left({6, 1, 2, 4}) == []
    assert left({6, 1}, decided(1, 2)) == [tied]
    assert left({6, 4}, decided(4, 2, 1)) == []
    assert left({6, 4, 2}, decided(4, 2, 1, by="person")) == []
    assert left({6, 1}, decided(4, 2, 1)) == [(T(4), T(2), T(1))]  # not as decided


def test_the_deciding_decision_is_named() -> None:
    county = varied(EQUAL, tie_decisions=(decided(6, 5), decided(4, 1, by="person")))
    found = deciding(county, (T(4), T(1)), {T(4)})
    assert found is not None
    assert found.settled_by == "person"
    assert deciding(county, (T(4), T(1), T(2)), {T(4)}) is None


def test_the_order_of_the_roster_changes_nothing() -> None:
    more = {"corrections": (correction(7, "due"),), "tie_decisions": (decided(4, 1),)}
    county = varied(EQUAL, **more)
    data = raw(EQUAL, **more)
    data["teachers"] = data["teachers"][::-1]
    turned = County.model_validate(data)
    assert dict(turned.standings) == dict(county.standings)
    everyone = [n for n in range(1, 21) if n not in (19, 20)]
    assert order(turned, *everyone) == order(county, *everyone[::-1])


def test_ties_decided_about_nobody_or_twice_are_told() -> None:
    found = told(tie_decisions=(decided(1, 99, 1), decided(2, 4), decided(6, 4)))
    assert list(found) == [
        "tie_decisions[0].order[1]",
        "tie_decisions[0].order[2]",
        "tie_decisions[2].order[1]",
    ]
    assert "tie_decisions[1].order[1]" in found["tie_decisions[2].order[1]"]
    with pytest.raises(ValidationError):
        varied(tie_decisions=(decided(1),))


def test_problems_come_in_the_order_of_the_file() -> None:
    found = told(
        {20: {"reduction": 99}},
        corrections=(correction(99, "may"),),
        tie_decisions=(decided(1, 1),),
    )
    assert list(found) == [
        "teachers[19].reduction",
        "corrections[0].teacher",
        "tie_decisions[0].order[1]",
    ]
