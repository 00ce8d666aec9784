"""The workbook of notices: a directory, then a page a school, upright, A4, in the form chosen."""

from __future__ import annotations

import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from allocator.files.export import Result
from allocator.files.forms.notices import notices_bytes
from allocator.insight.released import FORMS, Form

sys.path.insert(0, str(Path(__file__).parents[2]))
small = import_module("tests.insight.small_county")


@pytest.fixture(scope="module")
def result() -> Result:
    scenario = small.scenario()
    return Result(scenario, small.outcome(scenario))


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def said(sheet) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


def rows_after(sheet, title: str) -> list[tuple[object, ...]]:
    """Headings and rows of the part of a page under a title."""
    rows = [tuple(c.value for c in row) for row in sheet.iter_rows()]
    at = next(n for n, row in enumerate(rows) if str(row[0]).startswith(title))
    found = []
    for row in rows[at + 1 :]:
        if row[0] is None:
            break
        found.append(row)
    return found


def test_a_directory_leads_to_one_page_a_school(result: Result) -> None:
    book = opened(notices_bytes(result, "publication"))
    assert book.sheetnames == ["目录", "A校", "B校", "C校"]
    links = [c.hyperlink.location for row in book["目录"].iter_rows() for c in row if c.hyperlink]
    assert links == ["'A校'!A1", "'B校'!A1", "'C校'!A1"] or links == ["A校!A1", "B校!A1", "C校!A1"]


def test_each_notice_is_one_upright_page(result: Result) -> None:
    book = opened(notices_bytes(result, "publication"))
    for name in ("A校", "B校", "C校"):
        page = book[name]
        assert (page.page_setup.orientation, page.page_setup.paperSize) == ("portrait", 9)
        assert page.sheet_properties.pageSetUpPr.fitToPage
        # A file says nothing of one page wide and one page high.
        assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (None, None)
        assert page.print_area


def test_arrivals_coverage_quotas_and_indicators_stand_on_it(result: Result) -> None:
    page = opened(notices_bytes(result, "publication"))["B校"]
    headings, first, second = rows_after(page, "一、调入教师（2 人）")
    assert headings[:4] == ("姓名", "学科", "学段", "原学校")
    assert first[:8] == ("教师1", "语文", "初中", "A校", "交流/支教", "交流", "2020-09", 3)
    assert second[0] == "教师5"
    assert rows_after(page, "二、调出教师（0 人）")[0][0] == "无"
    chinese = rows_after(page, "三、课时开足情况")[1]
    assert (chinese[1], chinese[2], chinese[6], chinese[7]) == ("语文", 15, 5, 0)
    quotas = rows_after(page, "四、优质高中名额（合计 39 名）")
    assert [(r[0], r[4]) for r in quotas[1:3]] == [("一中", 26), ("二中", 13)]
    assert "取整前应得 40.00 名。" in said(page)
    indicators = rows_after(page, "五、办学指标")
    assert [r[1] for r in indicators[1:]][:3] == ["L1", "L2", "L3"]


@pytest.mark.parametrize("form", FORMS)
def test_persons_stand_in_the_form_chosen(result: Result, form: Form) -> None:
    text = said(opened(notices_bytes(result, form))["B校"])
    assert ("教师1" in text) == (form != "web")
    assert ("教*" in text) == (form == "web")
    assert ("T1" in text) == (form == "internal")


def test_no_form_no_notice(result: Result) -> None:
    with pytest.raises(ValueError, match="form must be chosen"):
        notices_bytes(result, None)


def test_notices_of_quota_places_alone_ask_for_no_form() -> None:
    scenario = small.scenario().model_copy(update={"staffing": None})
    book = opened(notices_bytes(Result(scenario, small.outcome(scenario)), None))
    text = said(book["A校"])
    assert "四、优质高中名额（合计 51 名）" in text
    assert not [t for t in text if "教师" in t]


def test_the_same_result_gives_the_same_bytes(result: Result) -> None:
    assert notices_bytes(result, "web", "en") == notices_bytes(result, "web", "en")


def test_names_of_schools_become_names_of_sheets_whatever_they_hold() -> None:
    names = {"A": "=1+1:[x]/" + "长" * 40, "B": "'same", "C": "same'"}
    schools = [s.model_copy(update={"name": names[s.id]}) for s in small.county().schools]
    scenario = small.scenario(schools=tuple(schools))
    book = opened(notices_bytes(Result(scenario, small.outcome(scenario)), "publication"))
    assert len({n.lower() for n in book.sheetnames}) == 4
    formulas = [c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]
    assert all(str(f).startswith("=SUM(") for f in formulas)
