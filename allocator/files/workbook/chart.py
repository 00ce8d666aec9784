"""Charts native to a spreadsheet program, over the cells of a sheet's own table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from allocator.files.workbook.sheet import FIRST_ROW
from allocator.files.workbook.text import clean
from allocator.insight.headings import COLUMNS
from allocator.modelling import Text

if TYPE_CHECKING:
    from allocator.files.workbook.page import Page

Tone = Literal["before", "after", "target"]

_TONES: Mapping[Tone, str] = {"before": "#9AA5B1", "after": "#0B6E99", "target": "#C8560B"}
"""The colours of the browser's charts, told apart by people blind to red and green as well."""
_WIDEST, _NARROWEST, _PIXELS = 900, 420, 7
"""Pixels of a chart, and of a column of characters: no wider than the table, as it prints."""
_LOW, _HIGH, _ROW, _MANY = 320, 440, 20, 12
"""Pixels; from so many names on they stand aslant and need room. A row nobody changed has 20."""


@dataclass(frozen=True)
class Chart:
    """Columns side by side for each row of a table.

    Parameters
    ----------
    along
        Column with the names under the columns.
    series
        Columns drawn, each in its tone.
    rows
        First row, counted from 0, and number of rows; all where None.
    """

    title: Text
    along: str
    series: tuple[tuple[str, Tone], ...]
    rows: tuple[int, int] | None = None


def insert(book: Any, page: Page, chart: Chart, row: int) -> int:
    """Draw a chart on a page, from a row on, counted from 0; the row after it."""
    first, count = chart.rows or (0, page.count)
    top, last = FIRST_ROW - 1 + first, FIRST_ROW - 2 + first + count
    made = book.add_chart({"type": "column"})
    along = page.codes.index(chart.along)
    # Kept in the drawing as well, where a control character has no escape.
    names = [clean(str(name)) for name in page.columns[along].tolist()[first : first + count]]
    for code, tone in chart.series:
        n = page.codes.index(code)
        made.add_series(
            {
                "name": page.headings[n],
                "categories": [page.name, top, along, last, along],
                "categories_data": names,
                "values": [page.name, top, n, last, n],
                "fill": {"color": _TONES[tone]},
                "gap": 80,
            }
        )
    made.set_title({"name": clean(chart.title.say(page.lang)), "name_font": {"size": 12}})
    made.set_legend({"position": "bottom"})
    share = COLUMNS[chart.series[0][0]].form == "share"
    made.set_y_axis(
        {
            "num_format": "0%" if share else "General",
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    room = round(sum(page.widths[: page.visible]) * _PIXELS)
    height = _HIGH if count > _MANY else _LOW
    made.set_size({"width": max(_NARROWEST, min(_WIDEST, room)), "height": height})
    page.page.insert_chart(row, 0, made, {"object_position": 2})
    return row + height // _ROW + 1
