"""Lists to confirm: one sheet a school with drop-down lists, in one workbook or a file each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path

import pandas as pd

from allocator.files.forms.words import HOW, SEAL
from allocator.files.naming import file_stem
from allocator.files.text import write_aside
from allocator.files.workbook.begun import begun
from allocator.files.workbook.page import Known, Page
from allocator.files.workbook.private import sheet_without_identity
from allocator.files.workbook.sheet import FIRST_ROW, Sheet
from allocator.files.workbook.styles import Styles
from allocator.files.workbook.text import tab_name
from allocator.insight.confirm_tables import confirm_lists
from allocator.insight.headings import COLUMNS
from allocator.insight.identity import without_identity
from allocator.insight.people_tables import eligibility_by_school
from allocator.insight.released import FORM, Form
from allocator.insight.vocabulary import EXEMPTION, STANDING, STANDING_REASON
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

TITLE = Text("教师交流资格核对表", "Eligibility to be confirmed")
_WIDTHS = {"corrected_to": 12.0, "corrected_ground": 20.0, "note": 26.0, "confirmed_by": 12.0}
_SCHOOLS = Text("各校名单", "Schools")
_HOW = Text(
    "逐人核对。资格无误的行不填。有误的，在“更正为”选择正确的资格，并填“更正说明”和“确认人”；"
    "不要改动教职工号和姓名，不要增删行。说明中不得写病情、家庭情况和身份证号。",
    "Go through all. Leave a line that is right as it is. Where one is wrong, choose the right "
    "standing, say why, and who confirms it. Do not change numbers or names, neither add nor "
    "delete lines. Never write medical or family detail or an identity number.",
)
_GROUND = Text(
    "更正为“{not_now}”的，可在“{ground}”选择情形。",
    "For “{not_now}”, a ground may be chosen under “{ground}”.",
)
_OUTSIDE = Text(
    "更正为“{not_now}”的，“{ground}”只填“{withheld}”，具体情形由人事科登记。",
    "For “{not_now}”, enter only “{withheld}” under “{ground}”; the personnel section records "
    "which.",
)
_DATE = Text("　　　　　　　　　　年　　月　　日", "                         Date:")
_ERROR = Text("请从列表中选择", "Choose from the list")


def confirm_bytes(scenario: Scenario, form: Form, lang: Language = "zh") -> bytes:
    """All lists as one workbook: how to fill in, then one sheet a school."""
    lists = confirm_lists(scenario, form, lang)
    sheets = [_directory(scenario, form, lang), *_sheets(scenario, lists, form, lang)]
    return _book(scenario, sheets, form, lang)


def confirm_files(
    scenario: Scenario, form: Form, lang: Language = "zh"
) -> Iterator[tuple[str, bytes]]:
    """The lists as a workbook for each school: file name and content."""
    lists = confirm_lists(scenario, form, lang)
    taken: set[str] = set()
    for id, sheet in zip(lists, _sheets(scenario, lists, form, lang), strict=True):
        stem = file_stem(scenario.county.school[id].name) or id
        if stem.lower() in taken:
            stem = f"{stem} {id}"
        taken.add(stem.lower())
        yield f"{without_identity(stem)}.xlsx", _book(scenario, [sheet], form, lang)


def write_confirm(path: Path, scenario: Scenario, form: Form, lang: Language = "zh") -> list[Path]:
    """Write the lists: one workbook if the path ends in .xlsx, else a folder with a file a school.

    Raises
    ------
    OSError
        If the folder cannot be made or written to.
    """
    if path.suffix.lower() == ".xlsx":
        write_aside(path, confirm_bytes(scenario, form, lang))
        return [path]
    path.mkdir(exist_ok=True)
    written = []
    for name, content in confirm_files(scenario, form, lang):
        write_aside(path / name, content)
        written.append(path / name)
    return written


def _directory(scenario: Scenario, form: Form, lang: Language) -> Sheet:
    return Sheet(
        HOW,
        _SCHOOLS,
        eligibility_by_school(scenario),
        fixed=1,
        totals=("listed", "due", "may", "not_now", "eligible_people"),
        below=((HOW.say(lang), _told(form, lang)),),
        key="confirm_directory",
    )


def _told(form: Form, lang: Language) -> str:
    said = (_GROUND if form == "internal" else _OUTSIDE).say(lang)
    return _HOW.say(lang) + said.format(
        not_now=STANDING["not_now"].say(lang),
        ground=COLUMNS["corrected_ground"].title.say(lang),
        withheld=STANDING_REASON["withheld"].say(lang),
    )


def _sheets(
    scenario: Scenario, lists: Mapping[str, pd.DataFrame], form: Form, lang: Language
) -> Iterator[Sheet]:
    joint = "　" if lang == "zh" else "  "
    for id, table in lists.items():
        school = scenario.county.school[id].name
        yield Sheet(
            Text(school, school),
            Text(*(f"{school}{joint}{words}" for words in TITLE)),
            table,
            note=FORM[form].say(lang),
            fixed=2,
            below=(
                (HOW.say(lang), _told(form, lang)),
                (SEAL.say(lang), f"\n\n{_DATE.say(lang)}"),
            ),
            key=f"confirm_{id.lower()}",
        )


def _book(scenario: Scenario, sheets: list[Sheet], form: Form, lang: Language) -> bytes:
    held = BytesIO()
    county = scenario.county
    book = begun(held, title=scenario.title, month=county.as_of, subject=county.name)
    styles, taken, pages = Styles(book), set[str](), list[Page]()
    for sheet in map(sheet_without_identity, sheets):
        name = tab_name(sheet.name.say(lang), taken)
        taken.add(name.lower())
        pages.append(Page(book.add_worksheet(name), name, sheet, styles, lang))
    known = Known((), taken)
    for page in pages:
        said = [scenario.title, county.name, county.as_of, page.sheet.note]
        page.write(without_identity("　".join(part for part in said if part)), known)
        if "corrected_to" in page.codes:
            _choices(page, form, lang)
    book.close()
    return held.getvalue()


def _choices(page: Page, form: Form, lang: Language) -> None:
    """Drop-down lists, and room to write in."""
    for code, width in _WIDTHS.items():
        n = page.codes.index(code)
        page.page.set_column(n, n, width)
    grounds = EXEMPTION.values() if form == "internal" else (STANDING_REASON["withheld"],)
    for code, words in (("corrected_to", STANDING.values()), ("corrected_ground", grounds)):
        n = page.codes.index(code)
        page.page.data_validation(
            FIRST_ROW - 1,
            n,
            FIRST_ROW + page.count - 2,
            n,
            {
                "validate": "list",
                "source": [text.say(lang) for text in words],
                "error_message": _ERROR.say(lang),
            },
        )
