"""Workbooks as a bureau might have them, for the pages that bring them in."""

from __future__ import annotations

import io

import openpyxl

from allocator.scenario import Scenario

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def book(rows: list[list[object]], sheet: str = "教师名册") -> bytes:
    """A workbook of one sheet."""
    made = openpyxl.Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def roster(scenario: Scenario, *more: list[object], birthday: str = "1980.5") -> bytes:
    """The first six teachers with another month of birth, under a title line."""
    rows: list[list[object]] = [
        ["教师名册（2020 年 6 月）"],
        ["教职工号", "姓名", "学校", "出生年月", "备注栏"],
    ]
    for teacher in scenario.county.teachers[:6]:
        school = scenario.county.home(teacher).school.name
        rows.append([teacher.id, teacher.name, school, birthday, "x"])
    return book([*rows, *more])
