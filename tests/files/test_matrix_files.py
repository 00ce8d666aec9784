"""Quota tables out and in: round trips, and every fault told with its cell."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import allocator
from allocator.admission.entitlement import entitle
from allocator.county.frozen import DataError
from allocator.county.places import SeniorHigh
from allocator.county.plan import Plan, QuotaCell
from allocator.county.quotas import QuotaPool
from allocator.files import load_matrix, matrix_grid, save_matrix
from allocator.files.workbook import write_workbook
from allocator.samples import toy_scenario
from allocator.samples.published import conghua_plan, conghua_scenario
from allocator.scenario import Scenario
from allocator.words import tell

H1, H2 = "示例第一高中", "示例第二高中"
S1, S2, S3, S4, S7 = "示例城区初中", "示例镇初中", "示例村初中", "示例东部初中", "示例民办初中"
ROWS: list[list[Any]] = [
    ["初中学校", H1, H2, "合计"],
    [S1, 19, 12, 31],
    [S2, 15, 11, 26],
    [S3, 5, 3, 8],
    [S4, 10, 7, 17],
    [S7, 5, 3, 8],
    ["合计", 54, 36, 90],
]
"""The toy county's table as an office would send it."""


@pytest.fixture
def scenario() -> Scenario:
    return toy_scenario()


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Write rows as a file; the encoding of a CSV file may be chosen."""

    def write(rows: Sequence[Sequence[Any]], name: str = "m.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        if path.suffix == ".xlsx":
            book = openpyxl.Workbook()
            for row in rows:
                book.active.append(list(row))
            book.save(path)
        else:
            text = io.StringIO()
            csv.writer(text).writerows(rows)
            path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


def changed(*changes: tuple[int, int, Any]) -> list[list[Any]]:
    rows = [list(row) for row in ROWS]
    for row, column, value in changes:
        rows[row][column] = value
    return rows


def faults(path: Path, scenario: Scenario) -> dict[str, str]:
    """Cell -> what is wrong, in Chinese."""
    with pytest.raises(DataError) as caught:
        load_matrix(path, scenario)
    return {p.path: tell(p, "zh") for p in caught.value.problems}


def random_plan(scenario: Scenario, seed: int) -> Plan:
    assert scenario.admission is not None
    draw = random.Random(seed)
    due = entitle(scenario.county, scenario.configured("admission"), scenario.admission.terms)
    return Plan(
        quotas=tuple(
            QuotaCell(senior_high=high, junior_high=school, places=places)
            for high, school in sorted(due.cells)
            if (places := draw.choice([0, 0, 1, 7, 1234]))
        )
    )


def pooled(scenario: Scenario) -> Scenario:
    """The scenario with two small junior highs in a pool."""
    pool = QuotaPool(id="P1", name="合并组", schools=("S3", "S4"))
    county = scenario.county.model_copy(update={"quota_pools": (pool,)})
    return scenario.model_copy(update={"county": county})


@pytest.mark.parametrize("name", ["m.xlsx", "m.csv", "M.XLSX"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("seed", range(3))
def test_what_is_written_is_read_back_equal(name, lang, seed, scenario, tmp_path) -> None:
    for held in (scenario, pooled(scenario), conghua_scenario()):
        plan = random_plan(held, seed)
        save_matrix(held, plan, tmp_path / name, lang)
        assert load_matrix(tmp_path / name, held) == plan


def test_the_published_table_of_conghua_goes_out_and_comes_back(tmp_path) -> None:
    for name in ("m.xlsx", "m.csv"):
        save_matrix(conghua_scenario(), conghua_plan(), tmp_path / name)
        assert load_matrix(tmp_path / name, conghua_scenario()) == conghua_plan()


@pytest.mark.parametrize("name", ["m.xlsx", "m.csv"])
def test_the_same_plan_gives_the_same_bytes(name, scenario, tmp_path) -> None:
    plan = random_plan(scenario, 1)
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        save_matrix(scenario, plan, tmp_path / folder / name)
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_names_that_would_not_be_enough_are_written_as_codes(scenario, tmp_path) -> None:
    highs = (
        SeniorHigh(id="H1", name="高中", places=9, quality=True),
        SeniorHigh(id="H2", name="高 中", places=9, quality=True),
        SeniorHigh(id="H3", name="合计", places=9, quality=True),
    )
    county = scenario.county.model_copy(update={"senior_highs": highs})
    held = scenario.model_copy(update={"county": county})
    plan = random_plan(held, 2)
    save_matrix(held, plan, tmp_path / "m.csv")
    assert (tmp_path / "m.csv").read_text("utf-8-sig").startswith("初中学校,H1,H2,H3,合计\n")
    assert load_matrix(tmp_path / "m.csv", held) == plan


def test_excel_sees_a_mark_in_csv_and_living_totals_in_a_workbook(scenario, tmp_path) -> None:
    plan = random_plan(scenario, 0)
    save_matrix(scenario, plan, tmp_path / "m.csv")
    assert (tmp_path / "m.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    save_matrix(scenario, plan, tmp_path / "m.xlsx")
    page = openpyxl.load_workbook(tmp_path / "m.xlsx").active
    assert page["D2"].value == "=SUM(B2:C2)"
    assert page["B7"].value == "=SUM(B2:B6)"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_the_encodings_of_chinese_excel(encoding, scenario, put) -> None:
    plan = load_matrix(put(ROWS, encoding=encoding), scenario)
    assert sum(q.places for q in plan.quotas) == 90


def test_titles_notes_blanks_codes_and_running_numbers_are_tolerated(scenario, put) -> None:
    expected = load_matrix(put(ROWS), scenario)
    wide = [
        ["2020 年名额分配表", "", "", "", ""],
        [],
        ["序号", "学　校", "H1", f" {H2} ", "总 计"],
        [1, "S1", "１９", "12 ", 31],
        [2, f"{S2[:3]}  {S2[3:]}", 15.0, 11, None],
        [],
        [3, S3, 5, 3, 8],
        [4, S4, 10, 7, ""],
        [5, "Ｓ7", 5, 3, 8],
        ["合计", "", 54, "", 90],
        ["注：以上名额以公布为准", "", "", "", ""],
    ]
    for name in ("m.xlsx", "m.csv"):
        rows = [["" if c is None and name == "m.csv" else c for c in row] for row in wide]
        assert load_matrix(put(rows, name), scenario) == expected


def test_what_the_workbook_of_an_outcome_shows_beside_the_places_is_left_aside(
    scenario, put
) -> None:
    wide = [
        ["名额分配表", *[""] * 6],
        ["初中学校", H1, H2, "名额合计", "镇（街道）", "毕业生（人）", "应得名额"],
        *[[*row, "示例街道", 50, 30.25] for row in ROWS[1:-1]],
        ["合计", 54, 36, 90, "", 250, 90],
        [],
        ["说明", "名额按双向比例分配", *[""] * 5],
    ]
    for name in ("m.xlsx", "m.csv"):
        assert load_matrix(put(wide, name), scenario) == load_matrix(put(ROWS), scenario)


def test_the_workbook_of_an_outcome_is_read_as_it_is(tmp_path) -> None:
    scenario = conghua_scenario()
    outcome = allocator.solve(scenario)
    write_workbook(tmp_path / "outcome.xlsx", scenario, outcome)
    assert load_matrix(tmp_path / "outcome.xlsx", scenario) == outcome.plan


def test_an_empty_cell_is_no_place_and_totals_may_be_left_out(scenario, put) -> None:
    rows = [row[:3] for row in changed((3, 2, ""), (5, 1, "0"))[:-1]]
    plan = load_matrix(put(rows), scenario)
    pairs = {(q.senior_high, q.junior_high) for q in plan.quotas}
    assert ("H2", "S3") not in pairs
    assert ("H1", "S7") not in pairs
    assert len(pairs) == 8


@pytest.mark.parametrize("name", ["m.xlsx", "m.csv"])
def test_all_faults_are_told_at_once_each_with_its_cell(name, scenario, put) -> None:
    rows = changed(
        (0, 2, "示例第二高级中学"),
        (1, 1, "19.5"),
        (2, 1, -3),
        (3, 0, "示例村中学"),
        (4, 3, 18),
        (5, 0, S2),
        (6, 2, 99),
    )
    found = faults(put(rows, name), scenario)
    at = "Sheet!" if name == "m.xlsx" else ""
    assert {k.removeprefix(at) for k in found} == {
        "C1", "B2", "B3", "A4", "D5", "A6", "C7", "A7"
    }  # fmt: skip
    assert H2 in found[f"{at}C1"]
    assert all(part in found[f"{at}B2"] for part in (S1, H1, "19.5", "可留空"))
    assert S3 in found[f"{at}A4"]
    assert all(part in found[f"{at}D5"] for part in (S4, "18", "17"))
    assert f"{at}A3" in found[f"{at}A6"]
    assert all(part in found[f"{at}C7"] for part in ("99", "36"))
    assert S7 in found[f"{at}A7"]


@pytest.mark.parametrize(
    "value", ["12人", "1,2", "一", "-1", "1e3", "NaN", "12345678", "=1+1", "①"]
)
def test_what_is_no_whole_number_is_refused(value, scenario, put) -> None:
    assert "B2" in faults(put(changed((1, 1, value))), scenario)


def test_a_date_or_a_yes_is_no_number_of_places(scenario, tmp_path, put) -> None:
    path = put(ROWS, "m.xlsx")
    book = openpyxl.load_workbook(path)
    page: Any = book.active
    page["B2"], page["C2"] = True, 12
    page["C3"].number_format = "yyyy-mm-dd"
    book.save(path)
    assert set(faults(path, scenario)) == {"Sheet!B2", "Sheet!C3"}


def test_no_name_is_guessed(scenario, put) -> None:
    for name in ("示例城区", "示例城区初中校", "示例城區初中", "s1"):
        assert "A2" in faults(put(changed((1, 0, name))), scenario)


def test_places_of_a_pooled_school_belong_in_the_row_of_its_pool(scenario, put) -> None:
    found = faults(put(ROWS), pooled(scenario))
    assert set(found) == {"A4", "A5", "A7"}
    assert "合并组" in found["A4"]
    assert "缺少 合并组" in found["A7"]


def test_rows_and_columns_that_belong_nowhere_are_told(scenario, put) -> None:
    rows = changed((2, 0, ""))
    rows[4] += ["", 5]
    rows.append(["示例外校", 1, 1, 2])
    found = faults(put(rows), scenario)
    assert set(found) == {"A3", "F5", "A8", "A7"}
    assert S2 in found["A7"]


def test_a_sheet_is_found_by_its_headings_and_two_are_refused_until_one_is_named(
    scenario, put
) -> None:
    path = put(ROWS, "m.xlsx")
    book = openpyxl.load_workbook(path)
    book.create_sheet("说明", 0).append(["说明", "名额分配"])
    book.save(path)
    expected = load_matrix(path, scenario)
    copy = book.copy_worksheet(book["Sheet"])
    copy["B2"] = 20
    book.save(path)
    assert "Sheet Copy" in next(iter(faults(path, scenario).values()))
    assert load_matrix(path, scenario, "Sheet") == expected
    book["Sheet"].title = "名额分配表"
    book.save(path)
    assert load_matrix(path, scenario) == expected
    with pytest.raises(DataError, match="there is no sheet"):
        load_matrix(path, scenario, "不存在")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("m.csv", b"", "空的"),
        ("m.csv", b"\xff\xfe\x31\x00", "UTF-8"),
        ("m.csv", "甲,乙\n".encode(), "没有一行"),
        ("m.csv", b"," * 600_000, "单元格"),
        ("m.xlsx", b"not a workbook", "工作簿"),
        ("m.xls", b"x", ".xlsx"),
    ],
)
def test_a_file_that_holds_no_table_is_refused(name, content, said, scenario, tmp_path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert said in next(iter(faults(path, scenario).values()))


def test_a_missing_file_and_a_folder_are_refused(scenario, tmp_path) -> None:
    (tmp_path / "f.csv").mkdir()
    assert "文件夹" in next(iter(faults(tmp_path / "f.csv", scenario).values()))
    assert "没有" in next(iter(faults(tmp_path / "none.xlsx", scenario).values()))


def test_sizes_are_limited_before_anything_is_parsed(scenario, put, tmp_path, monkeypatch) -> None:
    far = put(ROWS, "far.xlsx")
    book = openpyxl.load_workbook(far)
    page: Any = book.active
    page["XFD1048576"] = 1
    book.save(far)
    assert "单元格" in next(iter(faults(far, scenario).values()))

    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 101_000_000)
    assert "100 MB" in next(iter(faults(bomb, scenario).values()))

    monkeypatch.setattr(matrix_grid, "MOST_MEGABYTES", 0)
    assert "0 MB" in next(iter(faults(put(ROWS), scenario).values()))


@pytest.mark.parametrize("seed", range(20))
def test_a_broken_workbook_is_refused_in_words(seed, scenario, put) -> None:
    path = put(ROWS, "m.xlsx")
    content, draw = bytearray(path.read_bytes()), random.Random(seed)
    for _ in range(40):
        content[draw.randrange(len(content))] = draw.randrange(256)
    path.write_bytes(bytes(content))
    with suppress(DataError):
        load_matrix(path, scenario)


def test_a_plan_without_places_or_with_strange_pairs_is_not_written(scenario, tmp_path) -> None:
    strange = Plan(quotas=(QuotaCell(senior_high="H9", junior_high="S1", places=1),))
    for plan in (Plan(), strange):
        with pytest.raises(DataError):
            save_matrix(scenario, plan, tmp_path / "m.csv")
    assert not list(tmp_path.iterdir())


def test_a_scenario_without_admission_has_no_table(scenario, tmp_path) -> None:
    with pytest.raises(DataError, match="no such part"):
        load_matrix(tmp_path / "m.csv", scenario.model_copy(update={"admission": None}))
