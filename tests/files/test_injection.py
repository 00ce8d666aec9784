"""Text of other people is text in a workbook, whatever it begins with."""

from __future__ import annotations

import re
import sys
import zipfile
from importlib import import_module
from io import BytesIO
from itertools import cycle
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from allocator.files.workbook import workbook_bytes
from allocator.files.workbook.text import cell_text, clean, tab_name
from allocator.scenario import Scenario
from tests.files.office import Office, office

__all__ = ["office"]

sys.path.insert(0, str(Path(__file__).parents[2]))
small = import_module("tests.insight.small_county")

STARTS = (
    "=", "+", "-", "@", "\t=", "\r=", "\n=", "\x07=", " =", "'=", "＝", "＋", "－", "＠", "\u200b=",
    "\ufeff=", '"=', "{=", "%=", "==",
)  # fmt: skip
PAYLOADS = (
    "1+1", "SUM(A1:A9)", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.invalid","y")',
    'WEBSERVICE("http://x.invalid")', 'DDE("cmd","/C calc","a")', "A1", "2&\"x\"", "<b>&amp;</b>",
    "_x003D_1*?~",
)  # fmt: skip
CORPUS = [start + payload for start in STARTS for payload in PAYLOADS]
TEXTS = frozenset({"name", "name_en", "notes", "title", "reason", "source"})
"""Fields of a scenario that people fill with words of their own."""


def filled(held: object, words) -> object:
    """The same data with every text of people replaced by the next of the corpus."""
    if isinstance(held, dict):
        return {
            # The title of a teacher is a grade, no words.
            key: next(words)
            if key in TEXTS and isinstance(value, str) and not (key == "title" and "born" in held)
            else filled(value, words)
            for key, value in held.items()
        }
    if isinstance(held, list | tuple):
        return [filled(value, words) for value in held]
    return held


def books(first: int = 0):
    """Small counties whose texts are strings of the corpus, until each was used."""
    plain = small.scenario(notes="n").model_copy(update={"notes": "n"}).model_dump(mode="json")
    used, words = 0, cycle(CORPUS[first:] + CORPUS[:first])
    while used < len(CORPUS):
        given: list[str] = []

        def counted(given=given):
            for word in words:
                given.append(word)
                yield word

        made = Scenario.model_validate(filled(plain, counted()))
        used += len(given)
        yield made, given


def formulas(book: openpyxl.Workbook) -> set[tuple[str, str]]:
    return {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def read(text: str) -> str:
    """Control characters are written as _xHHHH_; openpyxl undoes only the mark of a literal one."""
    return re.sub(r"_x(00[01][0-9A-F])_", lambda m: chr(int(m[1], 16)), text)


def test_there_are_two_hundred_strings() -> None:
    assert len(set(CORPUS)) == 200


@pytest.mark.parametrize("first", [0, 7])
def test_no_text_of_people_becomes_a_formula(first) -> None:
    plain = small.scenario(notes="n").model_copy(update={"notes": "n"})
    usual = openpyxl.load_workbook(BytesIO(workbook_bytes(plain, small.outcome(plain))))
    expected = formulas(usual)
    met: set[str] = set()
    for made, given in books(first):
        content = workbook_bytes(made, small.outcome(made), internal=True)
        book = openpyxl.load_workbook(BytesIO(content))
        assert formulas(book) <= expected
        cells = [c for sheet in book for row in sheet.iter_rows() for c in row if c.value]
        met |= {read(c.value) for c in cells if c.data_type == "s"} & set(given)
        for name in zipfile.ZipFile(BytesIO(content)).namelist():
            assert "externalLink" not in name
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(zipfile.ZipFile(BytesIO(content)).read(name))
    # What a cell shows together with other words is not met alone.
    assert len(met) > 150


def test_no_text_becomes_a_formula_in_libreoffice(office: Office) -> None:
    made, given = next(iter(books(3)))
    content = workbook_bytes(made, small.outcome(made))
    stored = openpyxl.load_workbook(BytesIO(content))
    found = office.recalculated(content)
    texts = 0
    for sheet in stored:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type != "s" or not cell.value:
                    continue
                now = found[sheet.title][cell.coordinate].value
                assert isinstance(now, str), (sheet.title, cell.coordinate, cell.value)
                if cell.value in given and cell.value.isprintable():
                    assert now == cell.value
                    texts += 1
    assert texts > 20


def test_what_no_file_can_hold_is_replaced() -> None:
    assert cell_text("a\ud800b") == "a\ufffdb"
    assert clean("a\x00\x07\uffffb") == "a\ufffd\ufffd\ufffdb"
    assert len(cell_text("长" * 40_000)) == 32_767
    assert cell_text("长" * 40_000).endswith("…")


def test_a_sheet_gets_a_name_that_every_program_allows() -> None:
    assert tab_name("a/b:c[d]*?") == "a b c d"
    assert tab_name("'") == "_"
    assert tab_name("一" * 40, {"一" * 31}) == "一" * 27 + " (2)"
