"""A bureau's own workbook through a real browser: upload, a question, taken over, taken back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

from allocator.samples import toy_scenario
from tests.browser.conftest import Opened
from tests.browser.window import Window
from tests.ui.spreadsheets import roster


def _upload(person: Window, path: Path) -> None:
    person.page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(path)
    person.page.locator(".st-key-totals-bringing").wait_for()
    person.settle()


def _figures(person: Window) -> list[str]:
    return [
        value.strip()
        for value in person.page.locator(
            ".st-key-totals-bringing [data-testid=stMetricValue]"
        ).all_inner_texts()
    ]


def test_a_workbook_is_uploaded_answered_taken_over_and_taken_back(
    window: Opened, downloads: Path
) -> None:
    toy = toy_scenario()
    teacher = toy.county.teachers[-1]
    school = toy.county.home(teacher).school.name
    path = downloads / "教师名册.xlsx"
    path.write_bytes(roster(toy, [teacher.id, teacher.name, f"{school}校", "1980.5", ""]))

    person = window("?scenario=own/toy")
    person.goto("导入表格")
    person.picture("5-bringing-empty")
    _upload(person, path)
    person.says("待确认（1）")
    assert person.page.locator(".st-key-take-over button").is_disabled()
    person.picture("5-bringing-question")

    # the copy with marks opens, and its comment stands at the name in doubt
    person.page.get_by_text("问题（1）", exact=True).click()
    person.settle()
    marked = person.takes('[class*="st-key-marked-0"] button', downloads / "标注.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(marked.read_bytes())).active
    noted = [c.value for row in sheet.iter_rows() for c in row if c.comment is not None]
    assert noted == [f"{school}校"]

    # the suggestion is right
    person.page.get_by_text("待确认（1）", exact=True).click()
    person.settle()
    person.page.locator(".st-key-question-0 [data-testid=stSelectbox] input").click()
    person.page.get_by_role("option").first.click()
    person.page.get_by_role("button", name="确认以上答复").click()
    person.settle()
    person.says("作为一次修改")
    assert _figures(person)[:4] == ["0", "0", "0", "7"]
    person.picture("5-bringing-changes")
    person.click("take-over")
    person.says("已采用：教师名册")
    person.says("1 处修改")
    person.page.reload()
    person.settle()
    person.says("1 处修改")
    person.click("undo")
    person.page.get_by_text("1 处修改").wait_for(state="detached")


def test_a_template_is_taken_away(window: Opened, downloads: Path) -> None:
    person = window("intake?scenario=own/toy")
    book = person.takes(".st-key-bringing-template button", downloads)
    assert "教师" in openpyxl.load_workbook(book).sheetnames
