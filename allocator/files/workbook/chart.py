"""Charts native to a spreadsheet program, over the cells of a sheet's own table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from allocator.files.workbook.sheet import FIRST_ROW
from allocator.files.workbook.text import clean
from allocator.modelling import Text

if TYPE_CHECKING:
    from allocator.files.workbook.page import Page

Tone = Literal["before", "after", "target"]

_TONES: Mapping[Tone, str] = {"before": "#9AA5B1", "after": "#0B6E99", "target": "#C8560B"}
"""The colours of the browser's charts, told apart by people blind to red and green as well."""
_WIDTH, _HEIGHT, _ROW = 900, 320, 20
"""Pixels; the last is the height of a row nobody changed."""
CHART_ROWS = _HEIGHT // _ROW + 2
"""Rows a chart takes under a table."""


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


def insert(book: Any, page: Page, chart: Chart, row: int) -> None:
    """Draw a chart on a page, from a row on, counted from 0."""
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
    made.set_y_axis({"major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}}})
    made.set_size({"width": _WIDTH, "height": _HEIGHT})
    page.page.insert_chart(row, 0, made, {"object_position": 2})
