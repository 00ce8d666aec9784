"""Tables of the use of quota places, expected and simulated, counted by hand."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from allocator.admission.pupils import Pupil
from allocator.county.frozen import DataError
from allocator.county.quotas import PastQuota
from allocator.files.workbook import workbook_bytes
from allocator.insight import tables
from allocator.insight.headings import COLUMNS
from allocator.scenario import Scenario
from tests.insight import small_county as small

PAST = tuple(
    PastQuota(year=2019, senior_high=high, junior_high=junior, places=places, filled=filled)
    for high, junior, places, filled in (
        ("H1", "A", 30, 27), ("H1", "B", 20, 10), ("H2", "A", 20, 20),
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return small.scenario(past_quotas=PAST)


def pupil(number: int, school: str, score: float, quota: str = "", unified: str = "") -> Pupil:
    return Pupil.model_validate(
        {
            "number": f"P{number:03d}",
            "junior_high": school,
            "registered": True,
            "score": score,
            "quota_wishes": quota.split(),
            "unified_wishes": unified.split(),
        }
    )


def test_each_pair_has_its_record_its_rate_and_what_is_expected(scenario) -> None:
    table = tables.expected_use(scenario, small.QUOTA_PLAN)
    shown = ["junior_high", "senior_high", "quota_given", "past_places", "past_filled"]
    assert table[shown].values.tolist() == [
        ["A校", "一中", 34, 30, 27],
        ["A校", "二中", 17, 20, 20],
        ["B校", "一中", 26, 20, 10],
        ["B校", "二中", 13, 0, 0],
    ]
    county = 57 / 70
    senior_high = (20 + 80 * county) / 100
    junior_high = (10 + 40 * senior_high) / 60
    assert table["use_rate"].tolist() == pytest.approx([0.9, 1, 0.5, junior_high])
    assert table["rate_reach"].tolist() == ["cell", "cell", "cell", "county"]
    assert table["unfilled"].tolist() == pytest.approx([3.4, 0, 13, 13 * (1 - junior_high)])


def test_what_is_not_used_is_added_to_unified_admission_of_the_senior_high(scenario) -> None:
    table = tables.expected_return(scenario, small.QUOTA_PLAN).set_index("senior_high")
    # H1 plans 40 places of unified admission beside 60 quota places.
    assert table.loc["一中", "unified_planned"] == 40
    assert table.loc["一中", "unified_expected"] == pytest.approx(40 + 3.4 + 13)
    assert table.loc["一中", "used"] == pytest.approx(60 - 16.4)


def test_a_county_without_records_has_no_such_table_nor_sheet(scenario) -> None:
    without = small.scenario()
    assert tables.expected_use(without, small.QUOTA_PLAN).empty
    assert tables.expected_return(without, small.QUOTA_PLAN).empty

    def names(of: Scenario) -> list[str]:
        content = workbook_bytes(of, small.outcome(of))
        return openpyxl.load_workbook(BytesIO(content)).sheetnames

    more = {"预计使用名额", "未用名额转统招", "名额较上年"}
    assert set(names(scenario)) - set(names(without)) == more


def test_the_sheet_counts_by_living_formulas_and_says_where_the_rates_come_from(scenario) -> None:
    content = workbook_bytes(scenario, small.outcome(scenario))
    sheet = openpyxl.load_workbook(BytesIO(content))["预计使用名额"]
    heads = [c.value for c in sheet[3]]
    first = dict(zip(heads, [c.value for c in sheet[4]], strict=True))
    assert first["预计使用（名额）"].startswith("=")
    text = "".join(str(c.value) for row in sheet.iter_rows() for c in row)
    assert "依据 2019 年" in text
    assert "满 20 个" in text


@pytest.fixture(scope="module")
def found(scenario):
    town = [pupil(n, "A", 600 - n, "H1", "H1 H2 H3") for n in range(50)]
    village = [pupil(100 + n, "B", 500 - n, "H1 H2", "H1 H3") for n in range(30)]
    return tables.simulation(scenario, small.QUOTA_PLAN, [*town, *village])


def test_a_simulation_is_counted_by_senior_high(scenario, found) -> None:
    table = tables.simulation_highs(scenario, found).set_index("senior_high")
    one, two = table.loc["一中"], table.loc["二中"]
    # 34 of A and 26 of B take H1's 60 quota places; 4 of B take H2's 13; nobody of A asked for H2.
    assert (one["quota_filled"], one["quota_left"], one["unified_places"]) == (60, 0, 40)
    assert (two["quota_filled"], two["quota_left"], two["unified_places"]) == (4, 26, 46)
    assert (one["quota_cut"], one["unified_cut"], two["quota_cut"]) == (475, 551, 471)
    assert one["unified_filled"] == 16
    # H1 takes all 80 of them without quota places too: nobody gains, and there is no floor.
    assert (one["gained"], one["line_alone"]) == (0, 471)
    assert table["score_floor"].isna().all()


def test_a_simulation_is_counted_by_junior_high_and_by_area(scenario, found) -> None:
    table = tables.simulation_schools(scenario, found).set_index("junior_high")
    assert table.loc["B校", "quota_filled"] == 30
    assert table.loc["A校", ["quota_filled", "unified_filled", "admitted"]].tolist() == [34, 16, 50]
    areas = tables.simulation_areas(scenario, found).set_index("area")
    assert areas["admitted"].to_dict() == {"urban": 50, "township_seat": 30}
    assert areas["admitted_change"].tolist() == [0, 0]
    cells = tables.simulation_cells(scenario, found)
    assert cells["quota_left"].tolist() == [0, 17, 0, 9]


def test_a_tie_names_numbers_alone(scenario) -> None:
    equals = [pupil(n, "A", 500, "H1", "H1") for n in range(36)]
    better = [pupil(100 + n, "B", 600 + n, "", "H1") for n in range(70)]
    made = tables.simulation(scenario, small.QUOTA_PLAN, [*equals, *better])
    (row,) = tables.simulation_ties(scenario, made).to_dict("records")
    assert (row["senior_high"], row["channel"], row["junior_high"]) == ("一中", "quota", "A校")
    assert row["tied_refused"] == "P034、P035"
    assert row["tied_admitted"].count("、") == 33


def test_a_plan_of_other_schools_is_refused(scenario) -> None:
    cells = [q.model_copy(update={"junior_high": "X"}) for q in small.QUOTA_PLAN.quotas]
    with pytest.raises(DataError):
        tables.simulation(scenario, small.Plan(quotas=tuple(cells)), [])


def test_every_column_has_a_heading_and_headings_differ(scenario, found) -> None:
    made = [
        tables.expected_use(scenario, small.QUOTA_PLAN),
        tables.expected_return(scenario, small.QUOTA_PLAN),
        tables.simulation_highs(scenario, found),
        tables.simulation_areas(scenario, found),
        tables.simulation_schools(scenario, found),
        tables.simulation_cells(scenario, found),
        tables.simulation_ties(scenario, found),
        tables.simulation_pupils(scenario, found),
    ]
    for table in made:
        assert set(map(str, table.columns)) <= set(COLUMNS)
        for lang in ("zh", "en"):
            assert len(tables.headed(table, lang, keys=True).columns) == len(table.columns)
