"""All data of a scenario as a workbook: read back, nothing is lost, nothing becomes a formula."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from allocator.county.county import County
from allocator.county.frozen import DataError
from allocator.county.plan import Move
from allocator.files import load
from allocator.files.books import RawBook, open_book
from allocator.files.intake.proposal import accepted, propose
from allocator.files.templates import data_bytes, write_data
from allocator.modelling import Language
from allocator.records import TABLES
from allocator.scenario import Admission, Scenario, Staffing, with_rule
from allocator.scenario.scenario import Settings
from tests.records.full import full_county

ROOT = Path(__file__).parents[2]
SCENARIOS = {
    "toy": ROOT / "scenarios" / "toy.json",
    "small": ROOT / "tests" / "files" / "small.json",
    "jiading": ROOT / "scenarios" / "jiading-2023.json",
    "conghua": ROOT / "scenarios" / "conghua-2026.json",
}
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def full_scenario() -> Scenario:
    """Something in every table, and every setting other than by default."""
    staffing = Staffing.model_validate(
        {
            "preset": "cixi-plan",
            "goals": list(reversed(Staffing().goals)),
            "terms": {
                "start": "2021-02",
                "years": 2,
                "opening_kind": "secondment",
                "coverage": "posts",
                "minutes_per_move": 45,
                "published": [
                    Move(teacher="T00006", origin="C1.junior", destination="C3.junior",
                         kind="secondment", ground="exchange", start="2020-09", years=3,
                         points_rank=1),
                    Move(teacher="T00001", origin="C1.junior", destination="C2.junior",
                         kind="transfer", ground="surplus", start="2020-09"),
                ],
            },
        }
    )  # fmt: skip
    admission = Admission.model_validate(
        {
            "terms": {
                "base": "formula",
                "formula": [{"column": "registered", "weight": 1},
                            {"column": "困难学生", "weight": 0.25}],
                "deductions": [{"column": "住校生", "weight": 0.5}],
                "private_factor": 0.5,
                "pool_below": 60,
                "rounding": "controlled",
                "method": "adams",
                "ties": "lot",
                "usable": {"years": 3},
                "sequence": {"points_below": 12.5},
            }
        }
    )  # fmt: skip
    return Scenario(
        title="样样都有",
        notes="第一行\n第二行",
        county=full_county(),
        staffing=staffing,
        admission=admission,
        settings=Settings(threads=1, time_limit=90.5),
    )


def back(scenario: Scenario, lang: Language = "zh") -> Scenario:
    """A scenario made from its workbook alone."""
    return accepted(propose(None, [_book(scenario, lang)]))


def _book(scenario: Scenario, lang: Language = "zh") -> RawBook:
    return open_book(data_bytes(scenario, lang), "数据.xlsx")


def _same(made: Scenario, before: Scenario) -> None:
    for name in County.model_fields:
        assert getattr(made.county, name) == getattr(before.county, name), name
    assert made == before


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_workbook_of_a_scenario_makes_it_again(name: str, lang: Language) -> None:
    scenario = load(SCENARIOS[name])
    _same(back(scenario, lang), scenario)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_scenario_with_everything_in_it_comes_back_whole(lang: Language) -> None:
    scenario = full_scenario()
    _same(back(scenario, lang), scenario)


@pytest.mark.parametrize("part", ["staffing", "admission"])
def test_a_scenario_of_one_part_comes_back_with_that_part_alone(part: str) -> None:
    scenario = full_scenario().model_copy(update={part: None})
    _same(back(scenario), scenario)


def test_the_workbook_of_a_whole_county_makes_it_again() -> None:
    scenario = load(ROOT / "scenarios" / "cixi-2020.json")
    _same(back(scenario), scenario)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_workbook_changes_nothing_of_its_own_scenario(lang: Language) -> None:
    scenario = full_scenario()
    made = propose(scenario, [_book(scenario, lang)])
    assert not made.any
    assert not made.open
    assert not made.notes


def test_every_table_with_rows_has_a_sheet() -> None:
    scenario = full_scenario()
    names = {s.name for s in _book(scenario).sheets}
    assert {held.title.zh for held in TABLES} <= names


def test_the_same_scenario_makes_the_same_bytes() -> None:
    assert data_bytes(full_scenario()) == data_bytes(full_scenario())


DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "＝1", "\tx", "=cmd|' /C calc'!A0", "http://a.b/c")


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_a_number_or_a_link(text: str) -> None:
    county = full_county()
    teacher = county.teachers[0].model_copy(update={"name": text})
    zone = county.zones[0].model_copy(update={"name": text})
    county = county.model_copy(
        update={
            "notes": text,
            "teachers": (teacher, *county.teachers[1:]),
            "zones": (zone, *county.zones[1:]),
        }
    )
    scenario = full_scenario().model_copy(update={"county": county, "title": text, "notes": text})
    made = openpyxl.load_workbook(BytesIO(data_bytes(scenario)))
    found = [c for page in made for row in page.iter_rows() for c in row if c.value == text]
    assert len(found) >= 5
    assert all(c.data_type == "s" and c.hyperlink is None for c in found)
    kinds = {c.data_type for page in made for row in page.iter_rows() for c in row}
    assert "f" not in kinds
    _same(back(scenario), _stripped(scenario))


def _stripped(scenario: Scenario) -> Scenario:
    """As it is read: without blanks at the ends of a text."""
    county = scenario.county
    teacher, zone = county.teachers[0], county.zones[0]
    county = county.model_copy(
        update={
            "notes": county.notes.strip(),
            "teachers": (teacher.model_copy(update={"name": teacher.name.strip()}),
                         *county.teachers[1:]),
            "zones": (zone.model_copy(update={"name": zone.name.strip()}), *county.zones[1:]),
        }
    )  # fmt: skip
    texts = {n: getattr(scenario, n).strip() for n in ("title", "notes")}
    return scenario.model_copy(update={"county": county, **texts})


def test_two_schools_of_one_name_stand_by_their_codes() -> None:
    county = full_county()
    twins = tuple(s.model_copy(update={"name": "同名学校"}) for s in county.schools)
    scenario = full_scenario().model_copy(
        update={"county": county.model_copy(update={"schools": twins})}
    )
    _same(back(scenario), scenario)


def _edited(scenario: Scenario, change: Any) -> RawBook:
    """The workbook of a scenario after somebody typed into it."""
    made = openpyxl.load_workbook(BytesIO(data_bytes(scenario)))
    change(made)
    stream = BytesIO()
    made.save(stream)
    return open_book(stream.getvalue(), "数据.xlsx")


def _cell(page: Any, column: str, **where: str) -> Any:
    """The cell of a column in the row whose other columns say this."""
    titles = {cell.value: cell.column for cell in page[1]}
    for row in range(2, page.max_row + 1):
        if all(page.cell(row, titles[t]).value == v for t, v in where.items()):
            return page.cell(row, titles[column])
    raise AssertionError(where)


def test_settings_typed_into_the_sheets_are_taken_over_and_told() -> None:
    before = full_scenario()

    def typed(made: Any) -> None:
        firm = {"规则代码": "backbone_share", "参数代码": "firmness"}
        _cell(made["规则"], "数值", **firm).value = "仅监测"
        _cell(made["规则"], "数值", 规则代码="backbone_share", 参数代码="at_least").value = 0.25
        _cell(made["方案设定"], "数值", 代码="staffing.terms.years").value = 4
        _cell(made["方案设定"], "数值", 代码="admission.terms.rounding").value = "双向比例"

    made = propose(before, [_edited(before, typed)])
    assert made.any
    after = accepted(made)
    rule = {"rule": "backbone_share", "firmness": "watch", "parameters": {"at_least": 0.25}}
    expected = with_rule(before, "staffing", rule)
    assert after.staffing is not None
    assert expected.staffing is not None
    assert after.staffing.rules == expected.staffing.rules
    assert after.staffing.terms.years == 4
    assert after.admission is not None
    assert after.admission.terms.rounding == "biproportional"
    (note,) = made.notes
    assert "骨干" in str(note.problem.details["settings"])
    assert "取整方法" in str(note.problem.details["settings"])


def test_a_setting_that_cannot_be_is_told_by_its_cell() -> None:
    before, places = full_scenario(), []

    def typed(made: Any) -> None:
        for cell, value in (
            (_cell(made["规则"], "数值", 规则代码="backbone_share", 参数代码="at_least"), 7),
            (_cell(made["规则"], "数值", 规则代码="travel_cap", 参数代码="firmness"), "也许"),
            (_cell(made["方案设定"], "数值", 代码="staffing.terms.start"), "下月"),
            (_cell(made["方案设定"], "代码", 代码="staffing.terms.years"), "staffing.terms.day"),
        ):
            places.append((cell.parent.title, cell.row))
            cell.value = value

    made = propose(before, [_edited(before, typed)])
    assert made.scenario is None
    assert sorted((f.where.sheet, f.where.row) for f in made.findings) == sorted(places)
    with pytest.raises(DataError):
        accepted(made)


def test_a_part_left_out_is_left_out() -> None:
    before = full_scenario()

    def typed(made: Any) -> None:
        _cell(made["方案设定"], "数值", 代码="parts").value = "名额分配"

    after = accepted(propose(before, [_edited(before, typed)]))
    assert after.staffing is None
    assert after.admission == before.admission


def test_months_and_numbers_of_teachers_are_kept_as_text(tmp_path: Path) -> None:
    write_data(tmp_path / "d.xlsx", full_scenario())
    made = openpyxl.load_workbook(tmp_path / "d.xlsx")
    page = made["教师"]
    titles = {cell.value: cell.column for cell in page[1]}
    for title in ("教职工号", "出生年月", "进本校年月"):
        cell = page.cell(2, titles[title])
        assert (cell.data_type, cell.number_format) == ("s", "@")


def test_a_parameter_whose_row_is_gone_keeps_its_value() -> None:
    before = full_scenario()
    rule = {"rule": "turnover_cap", "parameters": {"leaving_at_most": 0.35}}
    before = with_rule(before, "staffing", rule)

    def typed(made: Any) -> None:
        cell = _cell(made["规则"], "数值", 规则代码="turnover_cap", 参数代码="leaving_at_most")
        made["规则"].delete_rows(cell.row)

    assert accepted(propose(before, [_edited(before, typed)])).staffing == before.staffing


def test_a_goal_moved_up_comes_first_and_an_unknown_part_is_told() -> None:
    before = full_scenario()
    assert before.staffing is not None
    first, second = before.staffing.goals[:2]

    def swapped(made: Any) -> None:
        cells = [_cell(made["目标次序"], "目标代码", 目标代码=goal) for goal in (first, second)]
        cells[0].value, cells[1].value = second, first

    after = accepted(propose(before, [_edited(before, swapped)]))
    assert after.staffing is not None
    assert after.staffing.goals[:2] == (second, first)

    def wrong(made: Any) -> None:
        made["目标次序"].cell(2, 1).value = "教师"

    (finding,) = propose(before, [_edited(before, wrong)]).findings
    assert (finding.where.sheet, finding.where.row) == ("目标次序", 2)
