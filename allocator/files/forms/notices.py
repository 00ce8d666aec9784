"""Notices (通知单) as a workbook: a directory, then one upright A4 page for each school."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from xlsxwriter.utility import quote_sheetname

from allocator.files.export.result import Result
from allocator.files.forms.paper import Block, Paper
from allocator.files.text import write_aside
from allocator.files.workbook.begun import begun
from allocator.files.workbook.page import HEADING_ROW, Known, Page
from allocator.files.workbook.private import sheet_without_identity
from allocator.files.workbook.sheet import Sheet
from allocator.files.workbook.styles import Styles
from allocator.files.workbook.text import clean, tab_name
from allocator.insight.identity import table_without_identity, without_identity
from allocator.insight.notices import Notice, notice_directory, notices
from allocator.insight.released import FORM, Form
from allocator.modelling import Language, Text
from allocator.scenario import Scenario

_DIRECTORY = Text("目录", "Directory")
_ALL = Text("各校通知单目录", "Notices of all schools")
_TITLE = Text("通知单", "Notice")
_ARRIVE = Text("一、调入教师（{n} 人）", "1 Teachers who come ({n})")
_LEAVE = Text("二、调出教师（{n} 人）", "2 Teachers who go ({n})")
_WITHIN = Text("校内校区间调整（{n} 人）", "From one campus to another ({n})")
_COVERAGE = Text("三、课时开足情况（节/周）", "3 Weekly periods covered")
_QUOTAS = Text("四、优质高中名额（合计 {n} 名）", "4 Quota places of senior highs ({n})")
_POOLED = Text(
    "四、优质高中名额（与“{pool}”各校合并，合计 {n} 名）",
    "4 Quota places of senior highs (together with all schools of {pool}: {n})",
)
_INDICATORS = Text("五、办学指标", "5 Indicators of the school")
_NONE = Text("无", "none")
_CLAIM = Text("取整前应得 {claim} 名。", "Claim before rounding: {claim} places.")
_FOOT = Text(
    "如有异议，请在公示期内向教育局人事科书面提出。",
    "Objections go to the bureau in writing while the list is published.",
)
_SEAL = Text("教育局（盖章）　　　　　　　　年　　月　　日", "Bureau (seal)                Date:")


def notices_bytes(result: Result, form: Form | None, lang: Language = "zh") -> bytes:
    """The notices of all schools in one form.

    Raises
    ------
    ValueError
        If teachers are placed and no form is chosen.
    """
    if form is None and result.placed is not None:
        raise ValueError("notices are about persons: their form must be chosen")
    scenario = result.scenario
    told = list(notices(scenario, result.placed, result.outcome.plan, form or "publication", lang))
    return _book(scenario, told, form, lang)


def write_notices(path: Path, result: Result, form: Form | None, lang: Language = "zh") -> None:
    """Write the notices of all schools.

    Raises
    ------
    OSError
        If the folder cannot be written to; an old file is then untouched.
    """
    write_aside(path, notices_bytes(result, form, lang))


def _book(scenario: Scenario, told: list[Notice], form: Form | None, lang: Language) -> bytes:
    held = BytesIO()
    county = scenario.county
    book = begun(held, title=scenario.title, month=county.as_of, subject=county.name)
    styles = Styles(book)
    said = [scenario.title, county.name, county.as_of, FORM[form].say(lang) if form else ""]
    head = without_identity("　".join(part for part in said if part))
    first = _DIRECTORY.say(lang)
    sheet = sheet_without_identity(_directory(told))
    directory = Page(book.add_worksheet(first), first, sheet, styles, lang)
    taken = {first.lower()}
    names = []
    for notice in told:
        names.append(tab_name(without_identity(notice.school.name), taken))
        taken.add(names[-1].lower())
    directory.write(head, Known((), taken))
    _link(directory, names, styles)
    for name, notice in zip(names, told, strict=True):
        page = book.add_worksheet(name)
        title = f"{without_identity(notice.school.name)}　{_TITLE.say(lang)}"
        told_to = f"{without_identity(notice.townships)}　{head}"
        Paper(page, styles, lang).write(title, told_to, _blocks(notice, form, lang), _end(lang))
    book.close()
    return held.getvalue()


def _directory(told: list[Notice]) -> Sheet:
    counts = ("arrivals", "departures", "uncovered_before", "uncovered_after", "places_given")
    table = notice_directory(told)
    return Sheet(_DIRECTORY, _ALL, table, fixed=2, totals=counts, key="notices")


def _link(page: Page, names: list[str], styles: Styles) -> None:
    """Every school of the directory leads to its page."""
    n = page.codes.index("school")
    style = styles.get(border=1, border_color="#BFBFBF", font_color="#0563C1", underline=1)
    for row, name in enumerate(names, start=HEADING_ROW + 1):
        text = clean(page.columns[n].iloc[row - HEADING_ROW - 1])
        target = f"internal:{quote_sheetname(name)}!A1"
        page.page.write_url(row, n, target, style, text)


def _blocks(notice: Notice, form: Form | None, lang: Language) -> Iterable[Block]:
    """The parts of a notice; one about teachers also where there are none, so that it is said."""
    none = _NONE.say(lang)
    if len(notice.coverage) or len(notice.arrivals) or len(notice.departures):
        number = ("teacher",) if form == "internal" else ()
        term = ("kind", "ground", "start", "years", *number)
        come = ("name", "subject", "stage", "from_school", *term)
        go = ("name", "subject", "stage", "to_school", *term)
        n = len(notice.arrivals)
        yield Block(_ARRIVE.say(lang).format(n=n), _clean(notice.arrivals), come, none)
        n = len(notice.departures)
        yield Block(_LEAVE.say(lang).format(n=n), _clean(notice.departures), go, none)
        if n := len(notice.within):
            spread = ("name", "subject", "stage", "from_campus", "to_campus", "", "kind", "start",
                      *number)  # fmt: skip
            yield Block(_WITHIN.say(lang).format(n=n), _clean(notice.within), spread)
    if len(notice.coverage):
        taught = ("stage", "subject", "needed", "campus", "teachers_before", "teachers_after",
                  "uncovered_before", "uncovered_after")  # fmt: skip
        short = ("uncovered_before", "uncovered_after")
        yield Block(_COVERAGE.say(lang), _clean(notice.coverage), taught, alarms=short)
    if len(notice.quotas):
        title = (_QUOTAS if notice.pooled_with is None else _POOLED).say(lang)
        past = ("past_places_given",) if notice.quotas["past_places_given"].notna().any() else ()
        yield Block(
            title.format(n=notice.places, pool=without_identity(notice.pooled_with or "")),
            _clean(notice.quotas),
            ("senior_high", "", "", "", "places_given", *past),
            note=_CLAIM.say(lang).format(claim=f"{notice.claim or 0:.2f}"),
        )
    if len(notice.indicators):
        values = ("stage", "indicator", "indicator_name", "", "value_before", "value_after",
                  "threshold", "met_after")  # fmt: skip
        yield Block(_INDICATORS.say(lang), _clean(notice.indicators), values)


_clean = table_without_identity


def _end(lang: Language) -> tuple[str, str]:
    return _FOOT.say(lang), _SEAL.say(lang)
