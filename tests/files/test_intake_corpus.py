"""Messy files as bureaus send them, from bytes to values, each with what is expected of it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter

from allocator.files.books import RawBook, RawSheet, open_book
from allocator.files.intake.headers import recognise
from allocator.files.intake.values import Reader
from allocator.records import table
from allocator.samples.toy import toy_county

COUNTY = toy_county()
Draw = Callable[[xlsxwriter.Workbook], None]


@dataclass(frozen=True)
class Messy:
    """A file and what is read from it."""

    content: bytes
    values: Mapping[str, Mapping[str, list[Any]]]
    """Table -> field -> values; one in doubt is the tuple of what it may mean, one unread None."""
    aside: tuple[str, ...] = ()
    asked: tuple[tuple[str, str], ...] = ()
    """Kind of question and the heading, or the sheet, it is about."""
    keys: Mapping[str, list[Any]] = field(default_factory=dict)
    warnings: int = 0


def drawn(draw: Draw) -> bytes:
    held = BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        draw(book)
    return held.getvalue()


def titled(book: xlsxwriter.Workbook) -> None:
    """A title over everything, full-width signs, dates of three kinds, totals at the end."""
    day = book.add_format({"num_format": 'yyyy"年"m"月"'})
    sheet = book.add_worksheet("Sheet1")
    sheet.merge_range(0, 0, 0, 6, "某县２０２０学年教师花名册")
    sheet.write_row(
        2, 0, ("序号", "工  号", "*教师姓名", "学段", "出生年月", "进本校\n年月", "是否在编")
    )
    sheet.write_row(3, 0, (1, "Ｔ００１", " 张三", "小学", "１９８０．１", 2016.9, "√"))
    sheet.write_row(4, 0, (2, "T002", "李四", "初级中学", 198503, "2010年3月1日", "是"))
    sheet.write_row(5, 0, (3, 3, "王五", "小学", None, 1985.1, "在编"))
    sheet.write_datetime(5, 4, dt.datetime(1990, 12, 5), day)
    sheet.write_row(6, 0, ("合计", None, 3))


def merged(book: xlsxwriter.Workbook) -> None:
    """Two rows of headings, schools merged downwards, a unit row, an error."""
    sheet = book.add_worksheet("班级学生")
    for column, text in ((0, "学校名称"), (1, "学段"), (5, "在校生数")):
        sheet.merge_range(0, column, 1, column, text)
    sheet.merge_range(0, 2, 0, 4, "班级数")
    sheet.write_row(1, 2, ("七年级", "八年级", "九年级"))
    sheet.write_row(2, 2, ("（班）", "（班）", "（班）", "（人）"))
    sheet.merge_range(3, 0, 4, 0, "甲校")
    sheet.write_row(3, 1, ("初中", 2, "3个", "４", "1,200人"))
    sheet.write_row(4, 1, ("小学", None, None, "—"))
    sheet.write_formula(4, 5, "=1/0", None, "#DIV/0!")


def doubtful(book: xlsxwriter.Workbook) -> None:
    """Two columns of one meaning, a heading with a slip, words for two things."""
    sheet = book.add_worksheet("教师")
    sheet.write_row(0, 0, ("工号", "姓名", "学历", "最高学历", "任教学课", "职称", "荣誉", "手机"))
    sheet.write_row(1, 0, ("T1", "张三", "本科", "硕士", "语文", "初级", "县级骨干、教坛新秀", 1))
    sheet.write_row(2, 0, ("T2", "李四", "本科", "本科", "数学", "副高", "无", 2))
    other = book.add_worksheet("旧数据")
    other.write_row(0, 0, ("工号", "姓名", "职称"))
    other.hide()


CSV = (
    "填报单位：某局,,,,\r\n"
    "学校名称,办学性质,核定编制（个）,教育集团,建校年月\r\n"
    "甲校,公办,30,,1956.9\r\n"
    "乙校,民办,,,2004/09\r\n"
    "合计,,30,,\r\n"
)
HIGHS = "学校,招生计划,优质,名额分配比例,自主招生\n甲高,500,是,60%,20\n"
CORPUS: Mapping[str, Messy] = {
    "titled": Messy(
        drawn(titled),
        {
            "teachers": {
                "id": ["T001", "T002", "3"],
                "name": ["张三", "李四", "王五"],
                "stage": ["primary", "junior", "primary"],
                "born": ["1980-01", "1985-03", "1990-12"],
                "entered_school": ["2016-09", "2010-03", ("1985-01", "1985-10")],
                "employment": ["establishment", "establishment", "establishment"],
            }
        },
        aside=("序号",),
    ),
    "merged": Messy(
        drawn(merged),
        {
            "sections": {
                "stage": ["junior", "primary"],
                "classes_7": [2, None],
                "classes_8": [3, None],
                "classes_9": [4, None],
                "pupils": [1200, None],
            }
        },
        keys={"school": ["甲校", "甲校"]},
    ),
    "doubtful": Messy(
        drawn(doubtful),
        {
            "teachers": {
                "id": ["T1", "T2"],
                "name": ["张三", "李四"],
                "title": [("third", "second"), "senior"],
                "honours": [["county_backbone", "county_rising"], None],
            }
        },
        aside=("学历", "最高学历", "任教学课", "手机"),
        asked=(("twice", "学历"), ("heading", "任教学课")),
    ),
    "schools in GB18030": Messy(
        CSV.encode("gb18030"),
        {
            "schools": {
                "name": ["甲校", "乙校"],
                "private": [False, True],
                "establishment": [30, None],
                "group": [None, None],
                "opened": ["1956-09", "2004-09"],
            }
        },
    ),
    "senior highs with a mark of the byte order": Messy(
        HIGHS.encode("utf-8-sig"),
        {
            "senior_highs": {
                "name": ["甲高"],
                "places": [500],
                "quality": [True],
                "quota_share": [0.6],
                "self_recruitment": [20],
            }
        },
    ),
}


@pytest.mark.parametrize("name", CORPUS)
def test_a_messy_file_is_read_as_expected(name: str) -> None:
    expected = CORPUS[name]
    book = open_book(expected.content, name)
    seen = recognise(book, COUNTY)
    assert {t.table for t in seen.tables} == set(expected.values)
    assert [(q.kind, q.heading or q.sheet) for q in seen.questions] == list(expected.asked)
    assert seen.problems == ()
    assert len(book.warnings) == expected.warnings
    for found in seen.tables:
        fields = table(found.table).fields
        read = {}
        for column, field_name in found.columns.items():
            if fields[field_name].names in ("schools", "campuses"):
                cells = [found.sheet.rows[row][column] for row in found.rows]
                assert cells == expected.keys[field_name]
                continue
            cells = [found.sheet.rows[row][column] for row in found.rows]
            values = [Reader(fields[field_name], COUNTY, cells).read(cell) for cell in cells]
            read[field_name] = [v.options or v.value for v in values]
        assert read == expected.values[found.table]
        assert tuple(found.headings[c] for c in found.aside) == expected.aside


JUNK = (
    None, None, None, "", " ", "x", "姓名", "工号", "学校名称", "学段", "班级数", "一年级",
    "七年级", "合计", "学历", "（人）", "1", 1, 1985.1, -3, 1e300, float("nan"), True,
    dt.date(2016, 9, 1),
    "#REF!", "语文、书法", "、", "长" * 300, "330282198001010011", "名额（名）", "Name",
    "年月", "镇街",
)  # fmt: skip


def junk(seed: int) -> RawBook:
    by = random.Random(seed)
    width, height = by.randint(1, 9), by.randint(1, 12)
    rows = tuple(tuple(by.choice(JUNK) for _ in range(width)) for _ in range(height))
    corners = [(by.randrange(height + 2), by.randrange(width + 2)) for _ in range(by.randrange(9))]
    merged = tuple(((r, c), (r + by.randrange(4), c + by.randrange(4))) for r, c in corners)
    name = by.choice(("Sheet1", "教师", "班级学生", "", "2020"))
    return RawBook("x", "xlsx", (RawSheet(name, rows, merged),))


def test_whatever_a_sheet_holds_it_is_recognised_or_not_and_read_or_told() -> None:
    for seed in range(400):
        for found in recognise(junk(seed), COUNTY).tables:
            for column, name in found.columns.items():
                cells = [found.sheet.rows[row][column] for row in found.rows]
                reader = Reader(table(found.table).fields[name], COUNTY, cells)
                for cell in cells:
                    value = reader.read(cell)
                    assert value.problem is None or value.problem.text
