"""The workbook of an outcome: sheets, headings, totals, text that stays text, equal bytes."""

from __future__ import annotations

import re
import sys
import zipfile
from importlib import import_module
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from allocator.files.workbook import workbook_bytes, write_workbook

sys.path.insert(0, str(Path(__file__).parents[2]))
small = import_module("tests.insight.small_county")

SHEETS = [
    "摘要", "审批表", "交流名单", "学科课时覆盖", "课时缺口汇总", "名师配置", "名师培养需求",
    "交流比例达标", "各校交流比例", "交流任期", "编制岗位表", "学校编制汇总", "缺编信息",
    "招聘建议", "超缺编一览", "交流资格名单", "交流资格汇总", "名额分配表", "名额比例",
    "名额计算说明", "取整方法比较", "各初中各法结果", "均衡指标", "规划指标对照", "各校指标",
    "活动核验", "规则核验", "核验明细", "证明", "核验用·人员", "核验用·学部",
]  # fmt: skip
ENGLISH = [
    "Summary", "Approval form", "Exchange list", "Coverage", "Coverage by subject",
    "Famous teachers", "Training need", "Exchange rates", "School rates", "Terms", "Posts",
    "Establishment", "Vacancies", "Recruitment", "Over and short", "Eligibility list",
    "Eligibility by school", "Quota matrix", "Quota shares", "Quota steps", "Ways of rounding",
    "Junior highs by rounding", "Indicators", "Plan indicators", "School indicators",
    "Living checks", "Rules", "Readings", "Proof", "Counted people", "Numbered places",
]  # fmt: skip
UNSORTED = ("Summary", "Coverage by subject", "Indicators", "Counted people", "Numbered places")
"""Sheets whose formulas count on the order of their rows."""
HEADINGS = 3
WORDS = (
    "达到", "未达到", "kept", "missed", "是", "否", "yes", "no", "小学", "初中", "primary",
    "junior", ">0",
)  # fmt: skip
"""Every text that formulas of ours hold, beside names of sheets."""
DANGEROUS = ["=1+1", "+86", "@x", "-1", "\t=1", '=HYPERLINK("http://x","y")', "＝1+1", "{=1}"]


@pytest.fixture(scope="module")
def scenario():
    return small.scenario()


@pytest.fixture(scope="module")
def outcome(scenario):
    return small.outcome(scenario)


def opened(content: bytes, *, values: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def shown(book: openpyxl.Workbook) -> list[str]:
    """The sheets people see."""
    return [sheet.title for sheet in book if sheet.sheet_state == "visible"]


def headings(sheet) -> list[str]:
    return [c.value for c in sheet[HEADINGS] if c.value is not None]


def rows(sheet) -> list[dict[str, object]]:
    """The table of a sheet: from the headings to its filter's last row, and the total."""
    names = headings(sheet)
    found = []
    for row in sheet.iter_rows(min_row=HEADINGS + 1, values_only=True):
        if not any(v is not None for v in row):
            break
        found.append(dict(zip(names, row, strict=False)))
    return found


@pytest.fixture(scope="module")
def book(scenario, outcome):
    return opened(workbook_bytes(scenario, outcome), values=True)


def test_sheets_and_headings_are_chinese(book) -> None:
    assert shown(book) == SHEETS
    assert headings(book["摘要"])[:4] == ["部分", "指标", "单位", "方案前"]
    listed = headings(book["交流名单"])
    assert listed[:4] == ["教职工号", "姓名", "学科", "学段"]
    assert {"原学校", "原校区", "交流学校", "单程（分钟）", "骨干教师", "荣誉称号"} <= set(listed)
    assert "缺口·后（节）" in headings(book["学科课时覆盖"])
    assert "理论界" in headings(book["证明"])


def test_sheets_and_headings_are_english_on_request(scenario, outcome) -> None:
    book = opened(workbook_bytes(scenario, outcome, "en"))
    assert shown(book) == ENGLISH
    assert headings(book["Exchange list"])[:4] == ["Teacher no.", "Name", "Subject", "Stage"]
    every = [h for title in ENGLISH for h in headings(book[title])]
    assert not [h for h in every if re.search(r"[\u4e00-\u9fff]", h) and h not in ("一中", "二中")]


def test_the_exchange_list_has_a_row_a_move(book) -> None:
    table = rows(book["交流名单"])
    assert [r["姓名"] for r in table] == ["教师1", "教师5"]
    assert table[0]["骨干教师"] == "是"
    assert table[0]["单程（分钟）"] == 25


def test_why_somebody_does_not_move_now_is_told_to_the_personnel_section_alone() -> None:
    teachers = list(small.county().teachers)
    teachers[1] = teachers[1].model_copy(update={"exemptions": ("medical",)})
    teachers[2] = teachers[2].model_copy(update={"role": "principal"})
    made = small.scenario(teachers=tuple(teachers))
    plan = small.outcome(made)
    outside = opened(workbook_bytes(made, plan))
    said = {str(c.value) for line in outside["交流资格名单"].iter_rows() for c in line}
    assert not [text for text in said if "医疗" in text or "书记" in text]
    listed = {r["教职工号"]: r["资格认定原因"] for r in rows(outside["交流资格名单"])}
    assert listed["T2"] == listed["T3"] == "符合暂不交流规定"
    assert listed["T4"] == "任教已满规定年限"
    inside = opened(workbook_bytes(made, plan, internal=True))["交流资格名单"]
    assert [r["资格认定原因"] for r in rows(inside)][1:3] == ["医疗", "书记、校长由组织任免"]
    assert "内部" in inside["A2"].value
    assert "内部" not in outside["交流资格名单"]["A2"].value


def test_ties_have_a_sheet_where_there_are_some(scenario, outcome) -> None:
    goes = small.Plan(moves=(small.move(2),))  # T2, T3 and T4 are alike
    part = outcome.parts[0].model_copy(update={"plan": goes})
    tied = opened(workbook_bytes(scenario, outcome.model_copy(update={"parts": (part,)})))
    assert [r["裁定方式"] for r in rows(tied["同分裁定"])] == ["尚未裁定"]


def test_counts_of_standing_add_up(book) -> None:
    *schools, total = rows(book["交流资格汇总"])
    assert [r["应交流（人）"] for r in schools] == [5, 1, 3]
    assert (total["教师（人）"], total["应交流（人）"], total["符合交流条件（人）"]) == (9, 9, 9)


def test_proposals_about_heads_are_in_the_internal_workbook_alone(scenario, outcome) -> None:
    people = scenario.county.model_dump()["teachers"]
    people[0]["role"] = "principal"
    made = small.scenario(teachers=people)
    plan = outcome.model_copy(update={"scenario_hash": ""})
    outside = opened(workbook_bytes(made, plan))
    inside = opened(workbook_bytes(made, plan, internal=True))
    for book in (outside, inside):
        assert [r["姓名"] for r in rows(book["交流名单"])] == ["教师5"]
    assert "书记校长建议（内部）" not in outside.sheetnames
    assert [r["姓名"] for r in rows(inside["书记校长建议（内部）"])] == ["教师1"]
    assert (
        "书记校长建议（内部）"
        not in opened(workbook_bytes(scenario, outcome, internal=True)).sheetnames
    )


def test_numbered_samples_are_called_samples(scenario, outcome, book) -> None:
    assert "编号示例" in book["交流名单"]["A2"].value
    real = scenario.model_copy(update={"county": small.county(notes="")})
    other = opened(workbook_bytes(real, small.outcome(real)))
    assert "编号示例" not in other["交流名单"]["A2"].value


def test_totals_are_live_sums_with_their_values(scenario, outcome, book) -> None:
    total = rows(book["学科课时覆盖"])[-1]
    assert (total["所需课时（节/周）"], total["缺口·前（节）"], total["缺口·后（节）"]) == (
        90,
        18,
        16,
    )
    live = opened(workbook_bytes(scenario, outcome))["学科课时覆盖"]
    last = HEADINGS + 6
    cell = live.cell(last + 1, headings(live).index("缺口·后（节）") + 1)
    letter = cell.column_letter
    assert cell.value == f"=SUM({letter}{HEADINGS + 1}:{letter}{last})"


def test_the_quota_matrix_adds_up_both_ways(scenario, outcome, book) -> None:
    assert headings(book["名额分配表"])[:4] == ["初中学校", "一中", "二中", "名额合计"]
    first, second, total = rows(book["名额分配表"])
    assert (first["初中学校"], first["一中"], first["二中"], first["名额合计"]) == (
        "A校",
        34,
        17,
        51,
    )
    assert (second["一中"], second["二中"], second["名额合计"]) == (26, 13, 39)
    assert (total["初中学校"], total["一中"], total["二中"], total["名额合计"]) == (
        "合计",
        60,
        30,
        90,
    )
    live = opened(workbook_bytes(scenario, outcome))["名额分配表"]
    assert live["D4"].value == "=SUM(B4:C4)"
    assert live["D6"].value == "=SUM(D4:D5)"


def test_every_formula_has_its_value(scenario, outcome) -> None:
    content = workbook_bytes(scenario, outcome)
    live, cached = opened(content), opened(content, values=True)
    formulas = [
        (sheet.title, cell.coordinate)
        for sheet in live
        for line in sheet.iter_rows()
        for cell in line
        if cell.data_type == "f"
    ]
    assert formulas
    for title, at in formulas:
        assert cached[title][at].value is not None, (title, at)


def test_rules_carry_their_verdicts(book) -> None:
    table = {r["规则"]: r for r in rows(book["规则核验"])}
    assert table["农村初中名师配备"]["核验结论"] == "未达到"
    assert table["教师交流比例"]["核验结论"] == "达到"
    assert "17%" in table["教师交流比例"]["要求"]


def test_the_proof_sheet_carries_hash_engine_and_tiers(outcome, book) -> None:
    said = [c.value for line in book["证明"].iter_rows() for c in line]
    assert outcome.scenario_hash in said
    assert "highs" in said
    coverage = rows(book["证明"])[0]
    assert (coverage["方案值"], coverage["理论界"]) == (17.4, 8.7)


def test_sheets_print_and_scroll_well(book) -> None:
    for title in SHEETS:
        sheet = book[title]
        assert sheet.page_setup.paperSize == 9
        assert sheet.print_title_rows == f"${HEADINGS}:${HEADINGS}"
        assert sheet.freeze_panes.endswith(str(HEADINGS + 1))
        assert (sheet.page_setup.fitToWidth or 1) == 1
        high = sheet.page_setup.fitToHeight
        assert (high is None or high == 1) if title == "摘要" else high == 0
        assert sheet.print_area.startswith(f"'{title}'!$A$1:")
        assert sheet.oddHeader.left.text.startswith(sheet["A1"].value[:10])
        assert sheet.oddFooter.center.text == "&P / &N"
    assert book["交流名单"].page_setup.orientation == "landscape"
    assert book["名师培养需求"].page_setup.orientation == "portrait"


def test_every_table_has_a_name_and_a_filter(book) -> None:
    for title, english in zip(SHEETS, ENGLISH, strict=True):
        (table,) = book[title].tables.values()
        assert table.displayName == "t_" + english.lower().replace(" ", "_")
        assert table.ref.startswith(f"A{HEADINGS}:")
        if english not in UNSORTED:
            assert table.autoFilter.ref == table.ref
        assert [c.name for c in table.tableColumns] == headings(book[title])


def test_a_sheet_out_of_sight_says_which_table_stands_where(scenario, outcome) -> None:
    for lang in ("zh", "en"):
        book = opened(workbook_bytes(scenario, outcome, lang), values=True)
        sheet = book["_allocator"]
        assert sheet.sheet_state == "veryHidden"
        lines = [[c.value for c in line] for line in sheet.iter_rows()]
        said = {str(line[0]): line[1] for line in lines[:3]}
        assert said == {"format": 1, "language": lang, "scenario": outcome.scenario_hash}
        listed = [dict(zip(lines[4], line, strict=True)) for line in lines[5:]]
        assert [x["code"] for x in listed if x["sheet"] == "quota_matrix"][:4] == [
            "junior_high", "places:H1", "places:H2", "total",
        ]  # fmt: skip
        for column in listed:
            cell = book[column["tab"]].cell(column["first_row"] - 1, column["column"])
            assert cell.value == column["heading"]


def test_shortages_are_coloured_by_live_conditions(book) -> None:
    sheet = book["学科课时覆盖"]
    found = {str(r.sqref) for r in sheet.conditional_formatting}
    headings = {c.value: c.column_letter for c in sheet[HEADINGS]}
    short = [letter for heading, letter in headings.items() if heading.startswith("缺口")]
    assert found == {f"{letter}4:{letter}9" for letter in short}


def test_text_is_never_a_formula() -> None:
    names = dict(zip("ABC", DANGEROUS, strict=False))
    schools = [s.model_copy(update={"name": names[s.id]}) for s in small.county().schools]
    more = iter(DANGEROUS[3:])
    teachers = [t.model_copy(update={"name": next(more, "-x")}) for t in small.county().teachers]
    seniors = [s.model_copy(update={"name": f"=SUM({s.id})"}) for s in small.county().senior_highs]
    made = small.scenario(
        schools=tuple(schools), teachers=tuple(teachers), senior_highs=tuple(seniors),
        name="=cmd|' /C calc'!A0", notes="@SUM(1)",
    )  # fmt: skip
    made = made.model_copy(update={"title": "+1"})
    for lang in ("zh", "en"):
        content = workbook_bytes(made, small.outcome(made), lang)
        book = opened(content)
        cells = [c for sheet in book for line in sheet.iter_rows() for c in line]
        texts = {c.value for c in cells if c.data_type == "s"}
        assert set(names.values()) <= texts
        assert "@SUM(1)" in texts
        formulas = {c.value for c in cells if c.data_type == "f"}
        known = {
            '"|"',
            '""',
            *(f'"{text}"' for text in WORDS),
            *(f'"{t}"' for t in book.sheetnames),
        }
        known |= {f"\"#'{title}'!A1\"" for title in book.sheetnames}
        said = {text for f in formulas for text in re.findall(r'"[^"]*"', f)}
        assert said <= known | {f'"~{mark}"' for mark in "~*?"} | {f'"{mark}"' for mark in "~*?"}
        links = [n for n in zipfile.ZipFile(BytesIO(content)).namelist() if "externalLink" in n]
        assert not links
    edited = next(c for c in cells if c.value == "=1+1")
    assert edited.quotePrefix


@pytest.mark.parametrize("name", [*DANGEROUS, "\r=1", "\n=1", "_x003D_1", "=\u0007", " =1", "'=1"])
def test_a_name_comes_back_as_it_was(name) -> None:
    schools = tuple(s.model_copy(update={"name": name}) for s in small.county().schools)
    made = small.scenario(schools=schools)
    cell = opened(workbook_bytes(made, small.outcome(made)))["名额分配表"]["A4"]
    assert cell.data_type == "s"
    # Control characters are written as _xHHHH_; openpyxl undoes only the mark of a literal one.
    read = re.sub(r"_x(00[01][0-9A-F])_", lambda m: chr(int(m[1], 16)), cell.value)
    assert read == name


def test_the_same_outcome_gives_the_same_bytes(scenario, tmp_path) -> None:
    quick, slow = small.outcome(scenario, {"build": 0.1}), small.outcome(scenario, {"build": 9.0})
    for name, outcome in (("a.xlsx", quick), ("b.xlsx", slow)):
        write_workbook(tmp_path / name, scenario, outcome)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_only_parts_solved_have_sheets(scenario, outcome) -> None:
    def with_parts(*parts: str) -> list[str]:
        kept = tuple(p for p in outcome.parts if p.part in parts)
        return shown(opened(workbook_bytes(scenario, outcome.model_copy(update={"parts": kept}))))

    quotas = ["名额分配表", "名额比例", "名额计算说明", "取整方法比较", "各初中各法结果"]
    assert with_parts("staffing") == [s for s in SHEETS if s not in quotas]
    judged = ["活动核验", "规则核验", "核验明细", "证明"]
    assert with_parts("admission") == ["摘要", "审批表", *quotas, *judged]


def test_an_outcome_without_a_plan_still_tells_why(scenario, outcome) -> None:
    parts = tuple(
        p.model_copy(
            update={"plan": None, "audit": None, "tiers": (), "status": "infeasible",
                    "reason": "no_plan_exists"}
        )
        for p in outcome.parts
    )  # fmt: skip
    book = opened(workbook_bytes(scenario, outcome.model_copy(update={"parts": parts})))
    assert shown(book) == ["摘要", "证明"]
    said = [c.value for line in book["证明"].iter_rows() for c in line if c.value]
    assert any("已证明无可行方案" in text for text in said)


def test_a_file_is_replaced_whole_or_not_at_all(scenario, outcome, tmp_path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_text("old")
    stranger = small.Plan(moves=(small.move(99),))
    parts = tuple(p.model_copy(update={"plan": stranger}) for p in outcome.parts[:1])
    with pytest.raises(ValueError, match="T99"):
        write_workbook(path, scenario, outcome.model_copy(update={"parts": parts}))
    assert path.read_text() == "old"
    write_workbook(path, scenario, outcome)
    assert zipfile.is_zipfile(path)
    assert [p.name for p in tmp_path.iterdir()] == ["plan.xlsx"]
