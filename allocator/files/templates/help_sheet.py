"""The help sheet of a template: what each sheet holds, how it is filled in, what is required."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import xlsxwriter

from allocator.county.county import County
from allocator.files.templates.sheets import TableSheet, explained
from allocator.files.templates.wording import EXAMPLE, HELP
from allocator.files.workbook.styles import Styles
from allocator.modelling import Language, Text

_HEADINGS = (
    Text("工作表", "Sheet"),
    Text("列", "Column"),
    Text("必填", "Required"),
    Text("填写要求", "How to fill in"),
)
_YES = Text("是", "yes")
_WIDTHS = (20, 30, 8, 90)
_HINTS = (
    Text(
        "标题行请勿改动；列的顺序可以调整，不用的列可以删去。深色标题为必填列。",
        "Leave the headings as they are; columns may be moved, and those not needed removed. "
        "A dark heading marks a required column.",
    ),
    Text(
        "以“{mark}”开头的行只作示范，导入时不读，可以删去。",
        "Rows that begin with “{mark}” only show how; they are not read, and may be removed.",
    ),
    Text(
        "教职工号、代码和年月列为文本格式，请勿改成数字或日期；年月写作 2020-09。",
        "Numbers of teachers, codes and months are kept as text: do not turn them into numbers or "
        "dates; a month is written 2020-09.",
    ),
    Text(
        "有下拉列表的列请从列表中选；可填几项的列用顿号隔开。",
        "Choose from the list where a cell offers one; several choices stand with commas between.",
    ),
    Text(
        "请勿填身份证号、家庭住址、病情等个人信息：导入时不保存身份证号。",
        "Enter no identity numbers, home addresses or illnesses: an identity number is never kept.",
    ),
    Text(
        "填好后在网页“方案库”中导入，或运行 allocator import；"
        "导入前会先列出全部问题和改动，确认后才生效。",
        "Bring the file in on the start page, or run allocator import; every problem and change is "
        "shown first, and nothing is taken over before you accept.",
    ),
)


def draw_help(
    book: xlsxwriter.Workbook,
    styles: Styles,
    county: County,
    sheets: Sequence[TableSheet],
    lang: Language,
) -> None:
    """Add the help sheet."""
    page = book.add_worksheet(HELP.say(lang))
    page.hide_gridlines(2)
    for column, wide in enumerate(_WIDTHS):
        page.set_column(column, column, wide)
    page.write_string(0, 0, HELP.say(lang), styles.title)
    row = 2
    mark = EXAMPLE.say(lang).strip()
    for n, hint in enumerate(_HINTS, start=1):
        page.merge_range(
            row, 0, row, len(_WIDTHS) - 1, f"{n}. {hint.say(lang).format(mark=mark)}",
            styles.get(text_wrap=True),
        )  # fmt: skip
        row += 1
    row += 1
    for column, heading in enumerate(_HEADINGS):
        page.write_string(row, column, heading.say(lang), styles.heading)
    for line in _lines(county, sheets, lang):
        row += 1
        for column, text in enumerate(line):
            page.write_string(row, column, text, styles.text(text, wrap=True))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _lines(
    county: County, sheets: Sequence[TableSheet], lang: Language
) -> Iterator[tuple[str, str, str, str]]:
    for sheet in sheets:
        held = sheet.held
        for name in sheet.columns:
            about, required = held.fields[name], name in held.required
            yield (
                held.title.say(lang),
                about.title.say(lang),
                _YES.say(lang) if required else "",
                explained(about, county, lang, required=False),
            )
