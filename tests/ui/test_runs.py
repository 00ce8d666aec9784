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
