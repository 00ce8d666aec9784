"""Numbers as people write them: with units, separators of thousands, signs of full width."""

from __future__ import annotations

import re
import unicodedata

_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[零一二两三四五六七八九十]{1,3})"
    r"(?P<unit>%|万)?(?:个?(?:人|名|个|班|节|周|年|岁|月|分|分钟|间|所|元|万元|平方米|平米|m2|㎡|"
    r"度|公里|km|教学班|周岁|学年|点)?)(?:/周|每周)?"
)
_DIGITS = "零一二三四五六七八九十"


def number_in(text: str) -> int | float | None:
    """The number a text states, of a percentage the figure before the sign; None for none."""
    tight = "".join(unicodedata.normalize("NFKC", text).split()).lower().lstrip("'")
    found = _NUMBER.fullmatch(tight)
    if found is None:
        return None
    number = found["number"].replace(",", "")
    value = float(number) if number[-1].isdigit() else _chinese(number)
    if value is None:
        return None
    value *= 10_000 if found["unit"] == "万" or "万元" in tight else 1
    return int(value) if float(value).is_integer() and abs(value) < 1e15 else value


def _chinese(text: str) -> float | None:
    """A number below 100 in Chinese numerals."""
    text = text.replace("两", "二")
    tens, ten, units = text.rpartition("十")
    if not ten:
        return float(_DIGITS.index(text)) if len(text) == 1 else None
    if len(tens) > 1 or len(units) > 1 or "零" in tens + units:
        return None
    return 10.0 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(units) if units else 0)
