"""The sequence of admission, followed by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from allocator.admission.acceptance import Simulation, Tie, simulate
from allocator.admission.pupils import Pupil, in_order
from allocator.admission.terms import AdmissionTerms
from allocator.admission.use_terms import SequenceTerms
from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.quotas import QuotaPool
from tests.admission.division import county, junior, senior
from tests.admission.market import NO_FLOOR, pupil


def where(**flags: object) -> County:
    """H1 with four places and H2 with two; A is a town's school, B and C are villages'."""
    return county(
        [senior("H1", 4, **flags), senior("H2", 2)],
        [junior("A", 40), junior("B", 40, township="T3"), junior("C", 40, township="T3")],
    )


def run(
    places: dict[tuple[str, str], int],
    *pupils: Pupil,
    terms: AdmissionTerms = NO_FLOOR,
    at: County | None = None,
) -> Simulation:
    return simulate(at or where(), terms, places, pupils)


TOWN = tuple(pupil(n, "A", 100 - n, "H1 H2") for n in range(6))


def test_a_quota_place_goes_to_the_best_of_its_school_though_others_score_more() -> None:
    made = run({("H1", "B"): 1}, *TOWN, pupil(11, "B", 60, "H1 H2"), pupil(12, "B", 50, "H1 H2"))
    assert made.admitted["P11"] == ("H1", "B")
    assert "P12" not in made.admitted
    assert [p for p, got in made.admitted.items() if got == ("H1", None)] == ["P00", "P01", "P02"]
    assert made.quota_cut_offs == {"H1": 60}
    assert made.unified_cut_offs == {"H1": 98, "H2": 96}
    # Alone, unified admission had filled H1 with the four best of the town.
    assert made.lines == {"H1": 97, "H2": 95}
    assert made.gained == ("P11",)
    assert made.lowest == {("H1", "B"): 60}


def test_who_had_been_admitted_anyway_gains_nothing_by_a_quota_place() -> None:
    made = run({("H1", "A"): 1}, *TOWN)
    assert made.admitted["P00"] == ("H1", "A")
    assert made.gained == ()


def test_a_place_nobody_may_take_returns_to_unified_admission_of_the_same_senior_high() -> None:
    made = run({("H1", "C"): 2, ("H2", "B"): 1}, *TOWN, pupil(11, "B", 60, "H2 H1"))
    assert made.unfilled == {("H1", "C"): 2, ("H2", "B"): 0}
    assert made.returned == {"H1": 2, "H2": 0}
    assert made.unified.places == {"H1": 4, "H2": 1}
    assert sum(got == ("H1", None) for got in made.admitted.values()) == 4


def test_only_those_with_three_years_registration_may_take_a_quota_place() -> None:
    moved = pupil(11, "B", 70, "H1", registered=False)
    stayed = pupil(12, "B", 60, "H1")
    assert run({("H1", "B"): 1}, moved, stayed, *TOWN).quota.admitted == {"P12": ("H1", "B")}
    every = NO_FLOOR.model_copy(update={"base": "graduates"})
    made = run({("H1", "B"): 1}, moved, stayed, *TOWN, terms=every)
    assert made.quota.admitted == {"P11": ("H1", "B")}


def test_a_stated_score_floor_leaves_a_place_unfilled() -> None:
    pupils = (*TOWN, pupil(11, "B", 60, "H1"))
    assert run({("H1", "B"): 1}, *pupils, at=where(score_floor=60)).unfilled == {("H1", "B"): 0}
    made = run({("H1", "B"): 1}, *pupils, at=where(score_floor=60.5))
    assert made.floors == {"H1": Decimal("60.5")}
    assert made.returned["H1"] == 1


@pytest.mark.parametrize(("below", "taken"), [(36, False), (37, True)])
def test_a_floor_may_lie_some_points_below_the_line_of_unified_admission_alone(
    below: int, taken: bool
) -> None:
    terms = AdmissionTerms(sequence=SequenceTerms(points_below=Decimal(below)))
    made = run({("H1", "B"): 1}, *TOWN, pupil(11, "B", 60, "H1"), terms=terms)
    # H1 filled up with 100, 99, 98 and 97 points.
    assert made.floors["H1"] == 97 - below
    assert ("P11" in made.quota.admitted) is taken


def test_a_senior_high_that_does_not_fill_up_has_no_line_and_no_floor() -> None:
    made = run({("H1", "B"): 1}, TOWN[0], pupil(11, "B", 5, "H1"), terms=AdmissionTerms())
    assert made.floors == {}
    assert made.admitted["P11"] == ("H1", "B")
    assert made.gained == ()


def test_further_scores_then_the_lot_decide_among_equals() -> None:
    equals = [
        pupil(1, "A", 90, further=(30, 20)),
        pupil(2, "A", 90, further=(30, 21)),
        pupil(3, "A", 90, further=(31, 0)),
        pupil(4, "A", 90, further=(30, 20), lot=5),
        pupil(5, "A", 90, further=(30, 20), lot=2),
    ]
    assert [p.number for p in in_order(equals)] == ["P03", "P02", "P05", "P04", "P01"]


def test_a_cut_decided_by_number_alone_is_listed() -> None:
    three = [pupil(n, "B", 60, "H1") for n in (1, 2, 3)]
    made = run({("H1", "B"): 2}, *three, TOWN[5])
    assert made.ties == ()  # the third goes on to unified admission, where H1 has room
    made = run({("H1", "B"): 2}, *three, *(pupil(20 + n, "A", 99, "H1") for n in range(2)))
    assert made.ties == (Tie("H1", "B", ("P01", "P02"), ("P03",)),)
    lots = [p.model_copy(update={"lot": 9 - n}) for n, p in enumerate(three)]
    made = run({("H1", "B"): 2}, *lots, *(pupil(20 + n, "A", 99, "H1") for n in range(2)))
    assert made.ties == ()
    assert set(made.quota.admitted) == {"P02", "P03"}


def test_equals_in_unified_admission_are_listed_too() -> None:
    made = run({}, *(pupil(n, "A", 90, "H2") for n in range(4)))
    assert made.ties == (Tie("H2", None, ("P00", "P01"), ("P02", "P03")),)


def test_the_pupils_of_a_pool_compete_for_its_places() -> None:
    pool = QuotaPool(id="POOL", name="示例合并", schools=("B", "C"))
    at = where().model_copy(update={"quota_pools": (pool,)})
    pupils = (*TOWN, pupil(11, "B", 60, "H1"), pupil(12, "C", 61, "H1"))
    made = run({("H1", "POOL"): 1}, *pupils, at=at)
    assert made.quota.admitted == {"P12": ("H1", "POOL")}


def test_nobody_is_admitted_from_outside_the_admission_area() -> None:
    at = county([senior("H1", 4, "T1")], [junior("A", 40), junior("B", 40, township="T3")])
    made = run({("H1", "A"): 1}, pupil(1, "B", 99, "H1"), pupil(2, "A", 50, "H1"), at=at)
    assert made.admitted == {"P02": ("H1", "A")}


def test_places_filled_outside_are_not_given_again() -> None:
    at = where(self_recruitment=1, specialty=1)
    made = run({("H1", "B"): 1}, *TOWN, at=at)
    assert (made.channels["H1"].unified, made.unified.places["H1"]) == (1, 2)


def test_unified_admission_has_what_the_plan_leaves_of_the_places_whatever_was_stated() -> None:
    made = run({("H1", "B"): 1}, *TOWN, at=where(unified=2, self_recruitment=1))
    assert made.channels["H1"].unified == 2
    made = run({}, *TOWN, at=where(unified=2, self_recruitment=1))
    assert made.channels["H1"].unified == 3


def test_channels_beyond_the_plan_of_a_senior_high_are_refused() -> None:
    with pytest.raises(DataError) as caught:
        run({("H1", "B"): 3}, *TOWN, at=where(self_recruitment=2))
    (problem,) = caught.value.problems
    assert problem.details == {"high": "H1", "places": 4, "needed": 5}


def test_what_is_wrong_with_the_pupils_is_told_at_once() -> None:
    pupils = [
        pupil(1, "A", 90, "H1"),
        pupil(1, "X", 90, "H1 H1"),
        pupil(3, "A", 90, "H9", further=(Decimal(1),)),
    ]
    with pytest.raises(DataError) as caught:
        run({}, *pupils)
    assert [p.path for p in caught.value.problems] == [
        "pupils[1].number",
        "pupils[1].junior_high",
        "pupils[1].quota_wishes[1]",
        "pupils[1].unified_wishes[1]",
        "pupils[2].further",
        "pupils[2].quota_wishes[0]",
        "pupils[2].unified_wishes[0]",
    ]
