"""CSV: two hundred texts that a spreadsheet could take for formulas come out as text, and back."""

from __future__ import annotations

import csv
import itertools
import re
from io import StringIO

import pandas as pd
import pytest

from allocator.files.csv_guard import guarded, unguarded
from allocator.files.csv_tables import csv_bytes

SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
BEFORE = ("", " ", "　", "\t", "\u00a0", "\u200b", "\ufeff", "'", "''", "\r", "\n", "' ")
AFTER = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "SUM(A1:A2)", "")
CORPUS = [f"{b}{s}{a}" for b, s, a in itertools.product(BEFORE, SIGNS, AFTER)]
FIELDS = ["a;=1+1", "a\t=1+1", "a,=1+1", 'a",=1+1,"', "a\n=1+1", "a\r=1+1", '";=cmd|x!A0;"']
PLAIN = ["张三", "'", "''", "'张三", "O'Neill", "3-1", "a=b", "", "-", "'-1'", "0", "''=x"]
EVERY = [*CORPUS, *FIELDS, *PLAIN, "\x00=1", "\x07", "\x1b[0m", "\x7fx"]
LIVE = re.compile(r"[\s\u200b\ufeff]*[=+\-@＝＋－＠]|[\x00-\x1f\x7f]")


def test_the_corpus_has_two_hundred_texts() -> None:
    assert len(set(CORPUS)) >= 200


@pytest.mark.parametrize("text", EVERY)
def test_nothing_that_is_written_begins_as_a_formula_does(text: str) -> None:
    assert not LIVE.match(guarded(text))


@pytest.mark.parametrize("text", EVERY)
def test_what_was_guarded_is_given_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_guarded_texts_stay_apart() -> None:
    assert len({guarded(text) for text in EVERY}) == len(set(EVERY))


def test_a_text_without_danger_stays_as_it_is() -> None:
    for text in ("张三", "'", "'张三", "3-1", "a=b", ""):
        assert guarded(text) == text == unguarded(text)


def test_the_corpus_goes_through_a_file_and_back() -> None:
    content = csv_bytes(pd.DataFrame({"school": EVERY}))
    text = content.decode("utf-8-sig")
    cells = [row[0] for row in csv.reader(StringIO(text, newline=""))][1:]
    assert [unguarded(cell) for cell in cells] == EVERY


def test_no_comma_quote_or_line_in_a_text_begins_a_cell_of_its_own() -> None:
    content = csv_bytes(pd.DataFrame({"school": FIELDS, "township": FIELDS}))
    rows = list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))[1:]
    assert rows == [[text, text] for text in FIELDS]


def test_negative_numbers_are_numbers_and_no_text() -> None:
    content = csv_bytes(pd.DataFrame({"moves": [-3, 4], "rate": [-0.5, float("nan")]}))
    assert content.decode("utf-8-sig").splitlines()[1] == "-3,-0.5"
