"""Every way of rounding on one county: what holds for all, and what sets them apart."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import allocator
from allocator.admission import biproportional_table
from allocator.admission.compare import MethodResult, compare, ways
from allocator.admission.rules import RULES
from allocator.admission.rules.protected_floor import ProtectedFloor
from allocator.admission.rules.school_minimum import SchoolMinimumFloor
from allocator.admission.terms import ROUNDINGS, AdmissionTerms
from allocator.audit import audit
from allocator.county.county import County
from allocator.county.plan import Plan, QuotaCell
from allocator.county.quotas import QuotaLot
from allocator.modelling import Configured
from allocator.scenario import Admission, Scenario
from tests.admission.division import ORDER, at, county, junior, senior

DEFAULTS = [Configured(rule(), rule.default_firmness) for rule in RULES]
TERMS = AdmissionTerms()
TOWN, SEAT, VILLAGE = "T1", "T2", "T3"
COUNTY = county(
    (senior("A", 10, quota_places=6), senior("B", 6, quota_places=4)),
    (junior("X", 11, TOWN), junior("Y", 6, SEAT), junior("Z", 3, VILLAGE)),
)
BUNDLED = Path(__file__).parents[2] / "scenarios"


def lost_to_rounding() -> County:
    """Eight senior highs, sixty junior highs, twenty of them rural with 8 to 39 graduates."""
    rng = random.Random(2020)
    schools = [
        *(junior(f"T{n:02}", rng.randint(150, 600), TOWN) for n in range(40)),
        *(junior(f"V{n:02}", rng.randint(8, 39), VILLAGE) for n in range(20)),
    ]
    return county(
        [senior(f"H{n}", 500, quota_places=rng.randint(100, 300)) for n in range(8)], schools
    )


def by_key(*args: object, **kwargs: object) -> dict[str, MethodResult]:
    return {r.key: r for r in compare(*args, **kwargs)}


def with_lot(where: County) -> County:
    order = tuple(sorted(s.id for s in where.junior_highs))
    lot = QuotaLot(order=order, drawn_by="示例公证员", on="2020-05")
    return where.model_copy(update={"quota_lots": (lot,)})


def test_every_rounding_and_every_divisor_method_is_tried_once() -> None:
    keys = [r.key for r in compare(COUNTY, (), TERMS)]
    assert len(keys) == len(set(keys)) == 15
    assert {key.split(".")[0] for key in keys} == set(ROUNDINGS)
    assert len(ways(TERMS)) == len(keys)


def test_rounding_row_by_row_takes_the_last_place_from_small_rural_schools() -> None:
    where = lost_to_rounding()
    found = by_key(where, at("must", SchoolMinimumFloor(per_school=0)), TERMS)
    lost = {key: len(r.without_in["rural"]) for key, r in found.items() if r.possible}
    for key, number in lost.items():
        if key.startswith("biproportional") or key == "controlled":
            assert number == 0, key
    assert lost["divisor.dhondt"] == 20
    assert lost["divisor.webster"] >= 10
    assert lost["largest_remainder"] >= 10
    assert found["divisor.dhondt"].off_by_one >= 20
    assert found["controlled"].farthest_below < 1


def test_deviations_are_as_counted_by_hand() -> None:
    # Claims: X 5.5, Y 3, Z 1.5. Down: A gives 3, 1, 0; B gives 2, 1, 0.
    down = by_key(COUNTY, (), TERMS)["down"]
    assert down.totals == {"X": 5, "Y": 2, "Z": 0}
    assert down.entitlement == {"X": Fraction(11, 2), "Y": 3, "Z": Fraction(3, 2)}
    assert (down.farthest_below, down.farthest_above) == (Fraction(3, 2), 0)
    assert down.off_by_one == 2
    assert down.without == down.without_in["rural"] == ("Z",)
    assert down.without_in["township_seat"] == ()
    assert down.differences == {"A": -2, "B": -1}
    assert not down.sums_kept


def test_only_roundings_that_say_so_break_a_sum() -> None:
    for seed in range(6):
        where = drawn(random.Random(seed))
        for result in compare(with_lot(where), (), TERMS):
            if result.possible and result.rounding not in ("down", "half_up"):
                assert result.sums_kept, result.key


def test_rules_broken_are_those_the_audit_finds() -> None:
    rules = at("must", ProtectedFloor(), SchoolMinimumFloor(per_school=1))
    listed = tuple({"rule": c.rule.name, "firmness": "must"} for c in rules)
    for result in compare(with_lot(COUNTY), rules, TERMS):
        part = Admission.model_validate(
            {"rules": listed, "terms": {"rounding": result.rounding, "method": result.method}}
            if result.method
            else {"rules": listed, "terms": {"rounding": result.rounding}}
        )
        scenario = Scenario(title="示例", county=with_lot(COUNTY), admission=part)
        plan = Plan(
            quotas=tuple(
                QuotaCell(senior_high=h, junior_high=s, places=n)
                for (h, s), n in result.cells.items()
                if n
            )
        )
        judged = audit(scenario, plan)
        assert not judged.flaws
        assert tuple(v.rule for v in judged.broken()) == result.broken
        if result.rounding in ("biproportional", "controlled"):
            assert result.broken == ()


def test_a_way_that_makes_no_table_says_why() -> None:
    found = by_key(
        county((senior("A", 9, quota_places=2),), (junior("X", 9), junior("Y", 5), junior("Z", 3))),
        (),
        TERMS,
    )
    impossible = {key for key, r in found.items() if not r.possible}
    assert impossible == {
        "biproportional.adams", "biproportional.hill", "biproportional.dean",
        "divisor.adams", "divisor.hill", "divisor.dean", "lots",
    }  # fmt: skip
    for key in impossible:
        assert found[key].problems
        assert not found[key].totals
        assert not found[key].sums_kept
    assert found["lots"].problems[0].path == "county.quota_lots"


def test_a_lot_on_record_makes_lots_possible() -> None:
    found = by_key(with_lot(COUNTY), (), TERMS)["lots"]
    assert found.possible
    assert found.sums_kept


def test_controlled_rounding_has_the_totals_of_the_chosen_divisor_method() -> None:
    for method in ("webster", "dhondt", "adams"):
        found = by_key(COUNTY, DEFAULTS, AdmissionTerms(method=method))
        assert found["controlled"].totals == found[f"biproportional.{method}"].totals
        assert found["controlled"].method == method


def test_an_order_of_goals_that_flows_cannot_follow_is_said() -> None:
    found = by_key(COUNTY, DEFAULTS, TERMS, ("protection", "matrix", "columns"))
    assert not found["biproportional.webster"].possible
    assert not found["controlled"].possible
    assert found["largest_remainder"].possible


def drawn(rng: random.Random, times: int = 1) -> County:
    """A small county with areas; ``times`` multiplies all graduates."""
    schools = [
        junior(f"S{n}", rng.randint(1, 30) * times, rng.choice([TOWN, SEAT, VILLAGE]))
        for n in range(rng.randint(2, 6))
    ]
    highs = [
        senior(
            f"H{n}",
            60,
            *rng.choice([(), (), (TOWN,), (SEAT, VILLAGE)]),
            quota_places=rng.randint(0, 25),
        )
        for n in range(rng.randint(1, 4))
    ]
    return county(highs, schools)


def tables(results: tuple[MethodResult, ...]) -> list[object]:
    return [(r.key, dict(r.cells), r.broken, r.farthest_above) for r in results]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6), st.integers(2, 9))
def test_order_of_input_and_scale_of_graduates_change_no_way(seed: int, times: int) -> None:
    rules = at("must", ProtectedFloor(weak=False))
    where = with_lot(drawn(random.Random(seed)))
    data = where.model_dump()
    for key in ("schools", "senior_highs", "townships"):
        data[key] = data[key][::-1]
    turned, scaled = County.model_validate(data), with_lot(drawn(random.Random(seed), times))
    first = tables(compare(where, rules, TERMS))
    assert tables(compare(turned, rules, TERMS)) == first
    assert tables(compare(scaled, rules, TERMS)) == first


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.integers(0, 10**6))
def test_floors_hold_wherever_a_way_looks_at_totals(seed: int) -> None:
    rules = at("must", ProtectedFloor(), SchoolMinimumFloor(per_school=1))
    for result in compare(drawn(random.Random(seed)), rules, TERMS, ORDER):
        if result.rounding in ("biproportional", "controlled"):
            assert result.broken == ()


def test_a_matrix_cell_may_lose_to_another_though_its_weight_gains_on_it() -> None:
    # A weighs the first junior high five times as much as before, the second as before; yet A's
    # place for the first goes to the second, for B weighs the first even more against the second.
    sums = {"rows": [3, 4], "columns": [1, 6]}
    before = biproportional_table([[1, 2], [1, 4]], **sums)
    after = biproportional_table([[5, 2], [3, 1]], **sums)
    assert not before.ties
    assert not after.ties
    assert before.table.to_numpy().tolist() == [[1, 2], [0, 4]]
    assert after.table.to_numpy().tolist() == [[0, 3], [1, 3]]


def test_matrix_cells_may_lose_a_place_though_no_sum_falls() -> None:
    """One place more in row and column: another cell falls from 2 to 1, as no divisor row would."""
    weights = [[6, 7, 6], [4, 9, 8]]
    before = allocator.admission.biproportional_table(weights, [5, 3], [3, 2, 3])
    after = allocator.admission.biproportional_table(weights, [5, 4], [4, 2, 3])
    assert before.table.to_numpy().tolist() == [[2, 1, 2], [1, 1, 1]]
    assert after.table.to_numpy().tolist() == [[3, 1, 1], [1, 1, 2]]
    assert before.proven
    assert after.proven
    assert before.ties == after.ties == ()


def test_the_bundled_county_is_compared_in_every_way_but_by_lot() -> None:
    scenario = allocator.load(BUNDLED / "cixi-2020.json")
    assert scenario.admission is not None
    results = compare(scenario.county, scenario.configured("admission"), scenario.admission.terms)
    assert [r.key for r in results if not r.possible] == ["lots"]
    assert all(r.broken == () for r in results if r.rounding in ("biproportional", "controlled"))
