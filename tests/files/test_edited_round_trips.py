"""What is exported and read back unedited holds no edit; drawn edits are found exactly."""

from __future__ import annotations

import random
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from allocator.files import load
from allocator.files.edited import read_edited
from allocator.files.workbook import workbook_bytes
from allocator.files.workbook.released import released_workbook
from allocator.samples import conghua_scenario, jiading_scenario
from allocator.scenario import Scenario
from allocator.solving import solve_scenario
from allocator.solving.outcome import Outcome
from tests.files.edited_books import (
    GIVEN,
    HEADINGS,
    MOVES,
    QUOTAS,
    SENT,
    changed,
    column,
    content,
    outcome_of,
    plan,
    row_of,
    scenario,
    short,
)

HOME = Path(__file__).parent
SCHOOLS = {
    "S1": "示例城区初中",
    "S2": "示例镇初中",
    "S3": "示例村初中",
    "S4": "示例东部初中",
    "S7": "示例民办初中",
}
HIGHS = {"H1": "示例第一高中", "H2": "示例第二高中"}


@cache
def solved(name: str) -> tuple[Scenario, Outcome]:
    if name == "toy":
        return scenario(), outcome_of(scenario(), plan())
    found = {
        "small": lambda: load(HOME / "small.json"),
        "jiading": jiading_scenario,
        "conghua": conghua_scenario,
    }[name]()
    return found, solve_scenario(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["plain", "internal", "publication"])
@pytest.mark.parametrize("name", ["toy", "small", "jiading", "conghua"])
def test_what_is_exported_and_not_changed_holds_no_edit(name: str, form: Any, lang: Any) -> None:
    where, outcome = solved(name)
    if form == "publication":
        book = released_workbook(where, outcome, form, lang)
    else:
        book = workbook_bytes(where, outcome, lang, internal=form == "internal")
    found = read_edited(where, outcome, book)
    assert found.edits == ()
    assert found.plan == outcome.plan
    assert found.parts == where.parts
    assert found.notes == ()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls"])
def test_what_libreoffice_saves_is_read_like_the_exported_file(kind: str, tmp_path: Path) -> None:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book[MOVES]
        sheet.cell(row_of(sheet, "T00004"), column(sheet, "交流学校")).value = SCHOOLS["S4"]

    (tmp_path / "given").mkdir()
    given = tmp_path / "given" / "e.xlsx"
    given.write_bytes(changed(change, content()))
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(tmp_path),
            str(given),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    found = read_edited(scenario(), plan(), tmp_path / f"e.{kind}")
    assert short(found.edits) == [("T00004", "C3.junior", "C4.junior")]


WHERE = scenario().county
STAFF = sorted(WHERE.teacher)


def elsewhere(teacher: str) -> list[str]:
    """Sections of the teacher's stage but the own one."""
    home = WHERE.home(WHERE.teacher[teacher])
    return [p.id for p in WHERE.places.values() if p.stage == home.stage and p.id != home.id]


@st.composite
def decisions(draw: st.DrawFn) -> dict[str, str | None]:
    """Teacher -> where they go now, None to stay: a few of those sent, and a few others."""
    chosen = draw(st.lists(st.sampled_from(STAFF), unique=True, max_size=6))
    return {
        id: draw(st.sampled_from([*elsewhere(id), None] if id in SENT else elsewhere(id)))
        for id in chosen
    }


@st.composite
def tables(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    """Cells of the quota table -> their places now."""
    cells = st.tuples(st.sampled_from(sorted(HIGHS)), st.sampled_from(sorted(SCHOOLS)))
    return draw(st.dictionaries(cells, st.integers(0, 40), max_size=4))


def write(book: openpyxl.Workbook, to: dict[str, str | None], places: Any, seed: int) -> None:
    """Enter decisions, then turn rows and columns about."""
    sheet, by_name = book[MOVES], seed % 2
    for id, section in to.items():
        if section is None:
            sheet.delete_rows(row_of(sheet, id))
            continue
        place, who = WHERE.places[section], WHERE.teacher[id]
        row = row_of(sheet, id) if id in SENT else sheet.max_row + 1
        cells = {"交流学校": place.school.name, "交流校区": place.campus.name}
        if id not in SENT:
            cells |= {"姓名": who.name} if by_name else {"教职工号": id}
        for heading, value in cells.items():
            sheet.cell(row, column(sheet, heading)).value = value
    for (high, school), number in places.items():
        table = book[QUOTAS]
        at = row_of(table, SCHOOLS[school]), column(table, HIGHS[high])
        table.cell(*at).value = number
    rng = random.Random(seed)
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=HEADINGS + 1)]
    heads = [c.value for c in sheet[HEADINGS]]
    order = rng.sample(range(len(heads)), len(heads))
    rng.shuffle(rows)
    for n, row in enumerate([heads, *rows]):
        for m, k in enumerate(order):
            sheet.cell(HEADINGS + n, m + 1).value = row[k]


@settings(max_examples=25, deadline=None)
@given(to=decisions(), places=tables(), seed=st.integers(0, 1000))
def test_drawn_edits_are_found_exactly(to: dict[str, str | None], places: Any, seed: int) -> None:
    found = read_edited(
        scenario(), plan(), changed(lambda book: write(book, to, places, seed)), "e.xlsx"
    )
    was = {
        (high, school): number
        for high, numbers in GIVEN.items()
        for school, number in zip(SCHOOLS, numbers, strict=True)
    }
    moves = [(id, SENT.get(id), to[id]) for id in sorted(to) if SENT.get(id) != to[id]]
    cells = [(*c, was[c], places[c]) for c in sorted(places) if was[c] != places[c]]
    assert short(found.edits) == [*moves, *cells]
