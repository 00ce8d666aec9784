"""What the benchmarks say follows from their figures."""

from __future__ import annotations

import pytest

from allocator.solving import Event
from allocator.solving.walking import FlowReading
from tests.benchmarks.bench_growth import slope
from tests.benchmarks.tables import judged, table
from tests.benchmarks.trace import Point, Trace, at


def told(*events: tuple[float, str, float | None, float | None]) -> Trace:
    trace = Trace("coverage")
    for seconds, stage, incumbent, bound in events:
        trace.heard(Event("staffing", stage, "coverage", incumbent, bound, seconds))
    return trace


def test_a_bound_before_walking_began_is_no_bound_of_the_flow():
    trace = told((1, "round", 120, 110), (2, "walk", 105, None), (3, "relax", None, 90))
    assert at(trace.points, 1.5).bound is None
    assert trace.points[-1] == Point(3, 90, 105, 105)


def test_a_plan_of_the_flow_is_none_of_persons_but_the_other_way_round():
    trace = told((1, "walk", 105, None), (3, "walk", 100, None))
    trace.read([FlowReading(95, 90, 2)])
    assert trace.points == [Point(1, None, 105, 105), Point(2, 90, 95, 105), Point(3, 90, 95, 100)]
    assert trace.first_plan() == 1


def test_a_gap_is_reached_when_bound_and_plan_first_are_that_near():
    trace = told((1, "walk", 100, None), (2, "relax", None, 90))
    trace.read([FlowReading(91, 90, 5)])
    assert trace.reached(0.10, "flow") == 2
    assert trace.reached(0.02, "flow") == 5
    assert trace.reached(0.02, "persons") is None


def test_worse_plans_lower_bounds_and_other_tiers_change_nothing():
    trace = told((1, "walk", 95, None), (2, "round", 96, 80))
    trace.heard(Event("staffing", "round", "travel", 1.0, 0.5, 3.0))
    trace.read([FlowReading(95, 90, 1), FlowReading(96, 80, 4)])
    assert trace.points == [Point(1, None, 95, 95), Point(1, 90, 95, 95)]


def test_a_slope_is_the_power():
    columns = (1_000, 3_000, 20_000)
    assert slope(columns, [2e-6 * c**1.5 for c in columns]) == pytest.approx(1.5)
    assert slope(columns[:1], [1.0]) is None


def test_what_is_not_measured_is_neither_met_nor_missed():
    lines = [judged("g", "f", met) for met in (True, False, None)]
    assert [line[-1] for line in lines] == ["met", "not met", "not measured"]


def test_a_table_has_as_many_marks_as_columns():
    assert table(("a", "b"), [(1, 2)]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |"
