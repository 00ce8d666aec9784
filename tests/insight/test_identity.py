"""Identity numbers in texts: what is blotted out, and what is not taken for one."""

from __future__ import annotations

import pandas as pd
import pytest

from allocator.insight.identity import (
    BLOTTED,
    names_identity,
    table_without_identity,
    without_identity,
)

NUMBERS = [
    "330282198501011234",
    "33028219850101123X",
    "33028220041231002x",
    "330282 19850101 1234",
    "330282-19850101-123X",
    "３３０２８２１９８５０１０１１２３４",
]
OTHERS = [
    "13800000000",
    "2020-09",
    "3302821985010112345",
    "123456789012345678/987654321987654321",
    "330282198501011234/7",
    "",
    "张三",
]


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("text", ["{}", "张三{}", "（{}）", "证件 {}，备注", "a{}b"])
def test_an_identity_number_is_blotted_out_wherever_it_stands(number: str, text: str) -> None:
    found = without_identity(text.format(number))
    assert number not in found
    assert found == text.format(BLOTTED)
    assert not names_identity(found)


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_stay(text: str) -> None:
    assert without_identity(text) == text


def test_every_column_of_a_table_is_looked_through() -> None:
    table = pd.DataFrame(
        {"name": [f"张三{NUMBERS[0]}", "李四"], "moves": [1, 2], "note": ["", None]}
    )
    found = table_without_identity(table)
    assert list(found["name"]) == [f"张三{BLOTTED}", "李四"]
    assert list(found["moves"]) == [1, 2]
    clean = table.iloc[1:]
    assert table_without_identity(clean) is clean
