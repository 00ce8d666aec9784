"""What is told of a run from its events."""

from allocator.solving import Event
from allocator.ui.logic.runs import tiers

ORDER = [("staffing", ("coverage", "famous"))]


def test_a_tier_nothing_is_told_of_is_empty() -> None:
    first, _ = tiers([], ORDER)  # type: ignore[arg-type]
    assert (first.incumbent, first.bound, first.gap) == (None, None, None)


def test_the_newest_figures_count_and_a_missing_one_keeps_the_last() -> None:
    events = [
        Event("staffing", "relax", "coverage", None, 90.0),
        Event("staffing", "round", "coverage", 100.0, None),
        Event("staffing", "prove", "coverage", 100.0, 95.0),
        Event("staffing", "prove", "famous"),
    ]
    coverage, famous = tiers(events, ORDER)  # type: ignore[arg-type]
    assert (coverage.incumbent, coverage.bound) == (100.0, 95.0)
    assert coverage.gap == 0.05
    assert famous.current
    assert not coverage.current


def test_a_plan_below_a_bound_takes_it_and_the_later_ones_back() -> None:
    # moves alone were proven first; with walking less stays uncovered
    events = [
        Event("staffing", "prove", "coverage", 100.0, 100.0),
        Event("staffing", "prove", "famous", 9.0, 9.0),
        Event("staffing", "round", "coverage", 70.0),
        Event("staffing", "round", "famous", 9.0),
    ]
    coverage, famous = tiers(events, ORDER)  # type: ignore[arg-type]
    assert (coverage.incumbent, coverage.bound, coverage.gap) == (70.0, None, None)
    assert (famous.incumbent, famous.bound) == (9.0, None)
    events.append(Event("staffing", "relax", "coverage", 70.0, 60.0))
    coverage, famous = tiers(events, ORDER)  # type: ignore[arg-type]
    assert (coverage.incumbent, coverage.bound) == (70.0, 60.0)
    assert famous.bound is None


def test_a_goal_before_the_one_that_fell_keeps_its_bound() -> None:
    events = [
        Event("staffing", "prove", "coverage", 100.0, 100.0),
        Event("staffing", "prove", "famous", 9.0, 9.0),
        Event("staffing", "round", "famous", 8.0),
    ]
    coverage, famous = tiers(events, ORDER)  # type: ignore[arg-type]
    assert coverage.bound == 100.0
    assert famous.bound is None
