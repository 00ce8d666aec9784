"""The rows of a sheet that hold data: totals, repeated headings, units and notes are skipped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from allocator.files.books import Cell, RawSheet
from allocator.files.intake.headings import Heading
from allocator.files.intake.plain import plain

_TOTALS = frozenset(
    ("合计", "总计", "小计", "共计", "总数", "平均", "平均数", "total", "totals", "subtotal", "sum",
     "average", "全县合计", "全市合计", "全区合计", "本页合计", "累计")
)  # fmt: skip
_UNIT = re.compile(
    r"[(\[]?(?:单位:?)?(?:人|名|个|班|节|节/周|年|年月|年/月|岁|分|分钟|间|所|元|万元|平方米|㎡|m2|"
    r"是/否|男/女|%|年月日|yyyy-mm|yyyy\.mm|km|公里|度|必填|选填|文本|数字|日期)[)\]]?"
)
_NOTE = re.compile(
    r"(?:填表|填写|制表|审核|复核|经办)?(?:说明|人|日期|时间|单位|备注|注|示例|例|须知|提示)\d*[:、.]|"
    r"(?:填表|填写)(?:说明|须知|要求)|(?:以下|此行)为?示例|示例(?:[:、.行]|$)|校长签[字名]|第\d+页"
)


@dataclass
class DataRows:
    """Rows of data, and those skipped by reason."""

    rows: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)


def data_rows(
    sheet: RawSheet, header: int, headings: Mapping[int, Heading], columns: Sequence[int]
) -> DataRows:
    """The rows below the headings.

    Parameters
    ----------
    columns
        Those that hold fields or keys; a row with nothing in them is no data.
    """
    found = DataRows()
    near = True
    for n in range(header + 1, len(sheet.rows)):
        row = sheet.rows[n]
        if near and (_units(row) or _counted(row)):
            continue
        filled = [c for c in columns if c < len(row) and row[c] is not None]
        if not filled and not any((n, c) in sheet.errors for c in columns):
            near = near and not any(cell is not None for cell in row)
            continue
        near = False
        if _total(row):
            found.totals.append(n)
        elif _repeats(row, headings, filled):
            found.repeated.append(n)
        elif _note(row):
            found.notes.append(n)
        else:
            found.rows.append(n)
    return found


def _units(row: Sequence[Cell]) -> bool:
    texts = [plain(cell) for cell in row if isinstance(cell, str) and cell.strip()]
    others = sum(cell not in (None, "") for cell in row) - len(texts)
    units = sum(_UNIT.fullmatch(text) is not None for text in texts)
    return units > 0 and others == 0 and 2 * units > len(texts)


def _counted(row: Sequence[Cell]) -> bool:
    """A row that numbers the columns: 1, 2, 3, ... or 甲, 乙, 1, 2, ..."""
    cells = [cell for cell in row if cell is not None]
    while cells and cells[0] in ("甲", "乙", "丙", "丁"):
        cells = cells[1:]
    numbers = [str(cell).strip("()（） ") for cell in cells]
    return len(cells) > 2 and numbers == [str(n + 1) for n in range(len(cells))]


def _total(row: Sequence[Cell]) -> bool:
    first = [cell for cell in row if cell is not None][:3]
    return any(isinstance(cell, str) and plain(cell).strip(":") in _TOTALS for cell in first)


def _repeats(row: Sequence[Cell], headings: Mapping[int, Heading], filled: list[int]) -> bool:
    """Whether a row says the headings again, as at the top of each printed page."""
    same = [
        c for c in filled if c in headings and plain(str(row[c])) == plain(headings[c].own)
    ]  # fmt: skip
    return len(same) > 1 and 2 * len(same) > len(filled)


def _note(row: Sequence[Cell]) -> bool:
    """A line such as 填表人：..., or an instruction."""
    cells = [cell for cell in row if cell is not None]
    if not isinstance(cells[0], str):
        return False
    told = plain(cells[0])
    if told in ("示例", "例") or told.startswith(
        ("填表说明", "填写说明", "示例:", "示例行", "例:", "【示例】", "[示例]", "[example]")
    ):
        return True
    return len(cells) <= 3 and _NOTE.match(told) is not None


def filled_down(sheet: RawSheet, header: int) -> RawSheet:
    """The sheet with what is merged downwards filled into each row."""
    below = [m for m in sheet.merged if m[0][0] > header]
    if not below:
        return sheet
    rows = [list(row) for row in sheet.rows]
    for (top, left), (bottom, right) in below:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        value = rows[top][left]
        for n in range(top, min(bottom + 1, len(rows))):
            # Only downwards: a heading over several columns of data says nothing of the others.
            if value is not None and rows[n][left] is None and right == left:
                rows[n][left] = value
    return replace(sheet, rows=tuple(tuple(row) for row in rows))
