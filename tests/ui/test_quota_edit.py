"""A quota table changed by hand: cells folded in, and what the audit says of them."""

import pytest

from allocator.files import load
from allocator.scenario import Scenario
from allocator.solving import solve_scenario
from allocator.ui.logic.findings import Findings
from allocator.ui.logic.quota_edit import changed, folded, with_sums
from tests.ui.conftest import TOY


@pytest.fixture(scope="module")
def solved() -> Findings:
    scenario: Scenario = load(TOY)
    return Findings(scenario, solve_scenario(scenario, parts=("admission",)))


def _cells(found: Findings) -> dict[tuple[str, str], int]:
    return {(q.senior_high, q.junior_high): q.places for q in found.outcome.plan.quotas}


def test_the_editor_s_rows_and_columns_become_pairs(solved: Findings) -> None:
    table = solved.table("quotas", "zh")
    school = table.iloc[1]["school_id"]
    assert folded(table, {1: {"places:H1": 7, "places:H2": None}}) == {
        ("H1", school): 7,
        ("H2", school): 0,
    }


def test_a_row_of_sums_stands_above_the_schools(solved: Findings) -> None:
    table = solved.table("quotas", "zh")
    first, *rest = with_sums(table, "zh").to_dict("records")
    assert first["junior_high"] == "合计"
    assert len(rest) == len(table)
    places = sum(_cells(solved).values())
    assert first["total"] == places
    assert sum(v for c, v in first.items() if c.startswith("places:")) == places
    for column in ("total", "places:H1"):
        assert with_sums(table, "zh")[column].dtype == table[column].dtype


def test_places_beyond_the_quota_are_told_by_the_audit(solved: Findings) -> None:
    (high, school), places = next(iter(_cells(solved).items()))
    found = changed(solved, {(high, school): places + 1})
    part = found.outcome.part("admission")
    assert part is not None
    assert part.audit is not None
    assert not part.audit.clean
    assert [f.details["given"] for f in part.audit.flaws] == [
        part.audit.flaws[0].details["quota"] + 1
    ]


def test_a_place_passed_on_and_back_is_judged_as_before(solved: Findings) -> None:
    assert _cells(changed(solved, _cells(solved))) == _cells(solved)
    part = changed(solved, {}).outcome.part("admission")
    assert part is not None
    assert part.audit is not None
    assert part.audit.clean


def test_a_school_below_its_floor_breaks_its_rule(solved: Findings) -> None:
    cells = _cells(solved)
    high = next(iter(cells))[0]
    row = {pair: n for pair, n in cells.items() if pair[0] == high}
    poor, rich = min(row, key=lambda p: row[p]), max(row, key=lambda p: row[p])
    emptied = {pair: 0 for pair in cells if pair[1] == poor[1]}
    moved = {rich: cells[rich] + cells[poor]}
    others = {
        (h, rich[1]): cells.get((h, rich[1]), 0) + cells[h, poor[1]]
        for h, s in cells
        if s == poor[1] and h != high
    }
    found = changed(solved, {**emptied, **moved, **others})
    broken = found.missed("admission", "must", "zh")
    assert "每校最低名额" in {m.title for m in broken}
